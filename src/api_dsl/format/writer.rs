//! Lines, their comments and their columns: the part of the formatter that knows no statement.
//!
//! A [`Line`] is put together token by token; the comments that stood between the tokens join it on the way, so none can
//! be forgotten. Invariant: comments are taken in source order, each once, and a line comment is the last of its line.

use crate::api_dsl::words::{Word, Words};

/// A line in the making.
#[derive(Default)]
pub(super) struct Line<'a> {
    /// The columns in front of the last; each is padded to line up with its neighbours above and below.
    cells: Vec<String>,
    /// The rest.
    text: String,
    /// Comments from between the tokens that cannot stay there, since the line would end with them.
    moved: Vec<&'a str>,
}

/// The text so far, and the comments still to come.
pub(super) struct Writer<'a> {
    words: &'a Words<'a>,
    comments: Vec<Word>,
    /// The first comment not yet written.
    next: usize,
    out: String,
    indent: usize,
    /// Lines with columns whose widths are not known yet.
    rows: Vec<(Vec<String>, String)>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(words: &'a Words<'a>) -> Self {
        let comments = words.all.iter().filter(|w| w.kind.is_comment()).copied().collect();
        Self { words, comments, next: 0, out: String::with_capacity(words.text.len() + words.text.len() / 8), indent: 0, rows: Vec::new() }
    }

    /// The whole text, with the comments that are left.
    pub(super) fn finish(mut self) -> String {
        self.heads(usize::MAX);
        self.align();
        self.out
    }

    pub(super) fn indent(&mut self) {
        self.align();
        self.indent += 1;
    }

    pub(super) fn outdent(&mut self) {
        self.align();
        self.indent -= 1;
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.align();
        self.out.push('\n');
    }

    /// The text of a comment; blanks at the end of its line go.
    fn comment(&self, word: &Word) -> &'a str {
        self.words.str(word).trim_end_matches(|c: char| c.is_ascii_whitespace() || c == '\u{b}')
    }

    /// Whether a comment stands in front of `offset`.
    pub(super) fn has_comment(&self, offset: usize) -> bool {
        self.comments.get(self.next).is_some_and(|c| c.start() < offset)
    }

    /// The place of the word `text` at `offset` or behind it.
    pub(super) fn find(&self, offset: usize, text: &str) -> usize {
        let rest = &self.words.all[self.words.at(offset)..];
        rest.iter().find(|w| !w.kind.is_comment() && self.words.str(w) == text).map_or(offset, Word::start)
    }

    /// The place of the word in front of `offset`.
    pub(super) fn before(&self, offset: usize) -> usize {
        self.words.before(offset).map_or(offset, Word::start)
    }

    /// The place of the word at `offset` or behind it.
    pub(super) fn after(&self, offset: usize) -> usize {
        self.words.after(offset).map_or(offset, Word::start)
    }

    /// Writes the comments in front of `offset` on lines of their own. One empty line between two of them stays.
    pub(super) fn heads(&mut self, offset: usize) {
        let mut last: Option<Word> = None;
        while let Some(comment) = self.comments.get(self.next).copied().filter(|c| c.start() < offset) {
            let gap = last.and_then(|last| self.words.text.get(last.end()..comment.start()));
            if gap.is_some_and(|gap| gap.trim().is_empty() && gap.bytes().filter(|b| *b == b'\n').count() > 1) {
                self.blank();
            }
            self.write(self.comment(&comment));
            last = Some(comment);
            self.next += 1;
        }
    }

    /// Begins a line with the token at `start`.
    pub(super) fn begin(&mut self, text: &str, start: usize) -> Line<'a> {
        self.heads(start);
        Line { text: text.to_owned(), ..Line::default() }
    }

    /// Adds the token at `start`, parted from the one before by `gap`.
    pub(super) fn add(&mut self, line: &mut Line<'a>, gap: &str, text: &str, start: usize) {
        self.inner(line, start);
        line.text.push_str(gap);
        line.text.push_str(text);
    }

    /// Begins the next column with the token at `start`.
    pub(super) fn add_cell(&mut self, line: &mut Line<'a>, text: &str, start: usize) {
        self.inner(line, start);
        self.cut_cell(line, text);
    }

    /// Begins the next column; comments on the way come behind `text`.
    pub(super) fn cut_cell(&mut self, line: &mut Line<'a>, text: &str) {
        line.cells.push(std::mem::replace(&mut line.text, text.to_owned()));
    }

    /// Ends a line whose last token ends at `end`.
    pub(super) fn end(&mut self, mut line: Line<'a>, end: usize) {
        self.inner(&mut line, end);
        let behind = self.behind(end);
        self.next += behind.len();
        // What ends the line can only be the last of it.
        let mut tail: Vec<&str> = line.moved.into_iter().chain(behind).collect();
        let last = tail.pop();
        // In front of a closer is inside the block.
        let deeper = usize::from(line.text.starts_with(['}', ')']));
        for comment in tail {
            if ends_line(comment) {
                self.indent += deeper;
                self.write(comment);
                self.indent -= deeper;
            } else {
                line.text.push(' ');
                line.text.push_str(comment);
            }
        }
        if let Some(last) = last {
            line.text.push(' ');
            line.text.push_str(last);
        }
        if line.cells.is_empty() {
            self.write(&line.text);
        } else {
            let over_lines = line.text.contains('\n');
            self.rows.push((line.cells, line.text));
            if over_lines {
                self.align();
            }
        }
    }

    /// Takes the comments in front of `offset` into the line.
    fn inner(&mut self, line: &mut Line<'a>, offset: usize) {
        while let Some(comment) = self.comments.get(self.next).filter(|c| c.start() < offset) {
            let text = self.comment(comment);
            if ends_line(text) {
                line.moved.push(text);
            } else {
                line.text.push(' ');
                line.text.push_str(text);
            }
            self.next += 1;
        }
    }

    /// The comments directly behind `end` and on its line.
    fn behind(&self, end: usize) -> Vec<&'a str> {
        let mut from = end;
        let on_line = |word: &&Word| {
            let same = word.kind.is_comment() && !self.words.line_ends(from..word.start());
            from = word.start();
            same
        };
        self.words.all[self.words.at(end)..].iter().take_while(on_line).map(|w| self.comment(w)).collect()
    }

    fn write(&mut self, text: &str) {
        self.align();
        for _ in 0..self.indent {
            self.out.push('\t');
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Writes the waiting rows. All have a first column, so it is one wide for all of them; the second lines up over
    /// neighbours that have one.
    fn align(&mut self) {
        if self.rows.is_empty() {
            return;
        }
        let rows = std::mem::take(&mut self.rows);
        let first = rows.iter().map(|(cells, _)| width(cells, 0)).max().unwrap_or(0);
        for run in rows.chunk_by(|a, b| a.0.len() == b.0.len()) {
            let second = run.iter().map(|(cells, _)| width(cells, 1)).max().unwrap_or(0);
            for (cells, text) in run {
                for _ in 0..self.indent {
                    self.out.push('\t');
                }
                for (cell, column) in cells.iter().zip([first, second]) {
                    self.out.push_str(cell);
                    let pad = column + 1 - cell.chars().count();
                    self.out.extend(std::iter::repeat_n(' ', pad));
                }
                self.out.push_str(text);
                self.out.push('\n');
            }
        }
    }
}

fn width(cells: &[String], at: usize) -> usize {
    cells.get(at).map_or(0, |cell| cell.chars().count())
}

/// Whether nothing can follow a comment on its line.
fn ends_line(comment: &str) -> bool {
    comment.starts_with("//") || comment.contains('\n')
}
