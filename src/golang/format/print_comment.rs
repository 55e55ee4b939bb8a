//! The printer: comments between tokens.
//!
//! In: the comments before the next token, and the white space that waits for it. Out: both, mixed. Invariant: every
//! comment of the file is written exactly once (doc comments after [`super::doc_comment`] has reformatted them).

use super::build_constraint::{is_go_build, is_plus_build};
use super::doc_comment::format_doc_comment;
use super::lines::Place;
use super::print::{Between, Printer, Space, limit_newlines};
use super::token::{Pos, Tok};
use super::tree::Comment;

/// The last comment written before a token.
#[derive(Clone, Copy)]
struct Last {
    pos: Pos,
    /// Whether it goes to the end of its line.
    is_line: bool,
}

impl Printer<'_, '_> {
    /// Writes the comments before the next token and the white space around them (go/printer, intersperseComments).
    pub(super) fn comments_before(&mut self, next: Place, tok: Tok) -> Between {
        let mut last: Option<Last> = None;
        while self.comment_before(next.offset)
            && let Some(group) = self.group()
        {
            let tree = self.tree;
            let list = tree.group(group);
            let (Some(first), Some(final_)) = (list.first(), list.last()) else { break };
            let start = self.lines.place(first.pos);
            let is_doc = self.state.last_tok != Tok::Import && start.column == 1 && self.lines.place(final_.end() + 1) == next;
            let doc = if is_doc { format_doc_comment(list) } else { None };
            if let Some(doc) = &doc
                && doc.is_empty()
            {
                // Nothing is left of it.
                self.comment_prefix(start, next, last, tok);
                self.state.pos = next;
                self.state.last = next;
                self.find_group(self.next_group + 1);
                return self.comment_suffix(false);
            }
            for comment in doc.as_deref().unwrap_or(list) {
                self.comment_prefix(self.lines.place(comment.pos), next, last, tok);
                self.comment(comment);
                last = Some(last_of(comment));
            }
            if is_doc {
                // Go on where the comment ended in the source.
                last = Some(last_of(final_));
                self.state.pos = self.lines.place(final_.end());
                self.state.last = self.state.pos;
            }
            self.find_group(self.next_group + 1);
        }
        let Some(last) = last else { return Between::default() };
        let mut needs_linebreak = false;
        // A /* */ comment is set off from the token after it on the same line.
        if !self.state.no_extra_blank
            && !last.is_line
            && self.line(last.pos) == next.line
            && tok != Tok::Comma
            && (tok != Tok::RParen || self.state.prev_open == Tok::LParen)
            && (tok != Tok::RBrack || self.state.prev_open == Tok::LBrack)
        {
            let breaks = self.state.pending.items().iter().any(|s| matches!(s, Space::Newline | Space::Formfeed));
            if breaks && !self.state.no_extra_linebreak && self.state.level == 0 {
                needs_linebreak = true;
            } else {
                self.write_byte(b' ', 1);
            }
        }
        if last.is_line || tok == Tok::Eof || tok == Tok::RBrace && !self.state.no_extra_linebreak {
            needs_linebreak = true;
        }
        self.comment_suffix(needs_linebreak)
    }

    /// Writes the white space before a comment (go/printer, writeCommentPrefix).
    fn comment_prefix(&mut self, pos: Place, next: Place, previous: Option<Last>, tok: Tok) {
        if self.output.is_empty() {
            return;
        }
        if pos.line == self.state.last.line && !previous.is_some_and(|p| p.is_line) {
            // On the line of what comes before: separated at least by a blank or tab.
            let mut has_separator = false;
            if previous.is_none() {
                let mut taken = 0;
                for i in 0..self.state.pending.len() {
                    match self.state.pending.get(i) {
                        Space::Blank => self.state.pending.set(i, Space::Ignore),
                        Space::Tab => has_separator = true,
                        Space::Indent => {}
                        _ => {
                            taken = i;
                            break;
                        }
                    }
                }
                self.write_pending(taken);
            }
            if !has_separator {
                self.write_byte(if pos.line == next.line { b' ' } else { b'\t' }, 1);
            }
            return;
        }
        // On a line of its own: the pending line break is replaced by those of the source.
        let mut dropped_linebreak = false;
        let mut taken = 0;
        for i in 0..self.state.pending.len() {
            match self.state.pending.get(i) {
                Space::Blank | Space::Tab => {
                    self.state.pending.set(i, Space::Ignore);
                    continue;
                }
                Space::Indent => continue,
                Space::Unindent => {
                    // Not the last one: it ends an expression over several lines. The last one ends a block, unless
                    // the comment is aligned with the token after it, as before a case.
                    let is_last = self.state.pending.get(i + 1) != Space::Unindent || i + 1 >= self.state.pending.len();
                    if !is_last || tok != Tok::RBrace && pos.column == next.column {
                        continue;
                    }
                }
                Space::Newline | Space::Formfeed => {
                    self.state.pending.set(i, Space::Ignore);
                    dropped_linebreak = previous.is_none();
                }
                Space::Ignore => {}
            }
            taken = i;
            break;
        }
        self.write_pending(taken);

        let mut n = if self.state.last.line > 0 { pos.line.saturating_sub(self.state.last.line) } else { 0 };
        // Keep the empty line before a doc comment.
        if self.state.indent == 0 && dropped_linebreak {
            n += 1;
        }
        if n == 0 && previous.is_some_and(|p| p.is_line) {
            n = 1;
        }
        if n > 0 {
            self.write_byte(b'\x0c', limit_newlines(n));
        }
    }

    /// Writes the white space after the last comment, with exactly one line break if there must be one (go/printer,
    /// writeCommentSuffix).
    fn comment_suffix(&mut self, needs_linebreak: bool) -> Between {
        let mut needs_linebreak = needs_linebreak;
        let mut between = Between::default();
        for i in 0..self.state.pending.len() {
            match self.state.pending.get(i) {
                Space::Blank | Space::Tab => self.state.pending.set(i, Space::Ignore),
                Space::Newline | Space::Formfeed if needs_linebreak => {
                    needs_linebreak = false;
                    between.wrote_newline = true;
                }
                space @ (Space::Newline | Space::Formfeed) => {
                    between.dropped_formfeed |= space == Space::Formfeed;
                    self.state.pending.set(i, Space::Ignore);
                }
                _ => {}
            }
        }
        self.write_pending(self.state.pending.len());
        if needs_linebreak {
            self.write_byte(b'\n', 1);
            between.wrote_newline = true;
        }
        between
    }

    /// Writes one comment.
    fn comment(&mut self, comment: &Comment<'_>) {
        let text: &str = &comment.text;
        let mut pos = self.lines.place(comment.pos);
        let indent = self.state.indent;
        // A line directive works only at the start of a line.
        if text.starts_with("//line ") && pos.column == 1 {
            self.state.indent = 0;
        }
        if text.starts_with("//") {
            if is_go_build(text) {
                self.go_build.push(self.output.len());
            } else if is_plus_build(text) {
                self.plus_build.push(self.output.len());
            }
            self.write_text(pos, text.trim_end(), true);
        } else {
            let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
            // What started in the first column and is going to be indented is treated as if it had been indented, or
            // formatting would have to be done twice.
            if pos.column == 1 && self.state.indent > 0 {
                for line in lines.iter_mut().skip(1) {
                    line.insert_str(0, "   ");
                }
            }
            strip_common_prefix(&mut lines);
            for (i, line) in lines.iter().enumerate() {
                if i > 0 {
                    self.write_byte(b'\x0c', 1);
                    pos = self.state.pos;
                }
                if !line.is_empty() {
                    self.write_text(pos, line.trim_end(), true);
                }
            }
        }
        self.state.indent = indent;
    }
}

fn last_of(comment: &Comment<'_>) -> Last {
    Last { pos: comment.pos, is_line: comment.text.starts_with("//") }
}

/// Whether a text is white space only, as tabs and blanks go.
fn is_blank(text: &str) -> bool {
    text.bytes().all(|b| b <= b' ')
}

/// How much white space and stars two lines start with alike.
fn common_prefix(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|&(x, y)| x == y && (x <= b' ' || x == b'*')).count()
}

/// Removes the indentation the lines of a `/* */` comment share, so that the printer's own can take its place
/// (go/printer, stripCommonPrefix). Knows lines of stars on the left, and closing marks on lines of their own.
fn strip_common_prefix(lines: &mut [String]) {
    let [first, inner @ .., last] = lines else { return };
    let mut prefix: Option<String> = None;
    for line in inner.iter_mut() {
        if is_blank(line) {
            line.clear();
            continue;
        }
        prefix = Some(match prefix {
            None => line.get(..common_prefix(line, line)).unwrap_or_default().to_owned(),
            Some(mut prefix) => {
                prefix.truncate(common_prefix(&prefix, line));
                prefix
            }
        });
    }
    let mut prefix = prefix.unwrap_or_else(|| last.get(..common_prefix(last, last)).unwrap_or_default().to_owned());

    let mut line_of_stars = false;
    if let Some(star) = prefix.find('*') {
        // Without the blank before them, so that the stars stay aligned.
        prefix.truncate(star);
        if prefix.ends_with(' ') {
            prefix.pop();
        }
        line_of_stars = true;
    } else if is_blank(first.get(2..).unwrap_or_default()) {
        // No text after the opening mark: text that was indented by up to three blanks or a tab stays so.
        let kept = prefix.bytes().rev().take(3).take_while(|&b| b == b' ').count();
        prefix.truncate(prefix.len() - kept);
        if kept == 0 && prefix.ends_with('\t') {
            prefix.pop();
        }
    } else {
        // Text after the opening mark: the mark counts as two blanks, or as nothing before a tab.
        let blanks: String = first.chars().skip(2).take_while(|&c| c <= ' ').collect();
        let suffix = if blanks.starts_with('\t') { blanks } else { format!("  {blanks}") };
        if prefix.ends_with(&suffix) {
            prefix.truncate(prefix.len() - suffix.len());
        }
    }

    let before = last.split("*/").next().unwrap_or_default();
    if is_blank(before) {
        *last = format!("{prefix}{}", if line_of_stars { " */" } else { "*/" });
    } else {
        prefix.truncate(common_prefix(&prefix, last));
    }
    for line in inner.iter_mut().chain(std::iter::once(last)) {
        if !line.is_empty() {
            line.drain(..prefix.len().min(line.len()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::format;

    #[test]
    fn comments_stay_where_they_are() {
        let src = "package p\nvar a=1 // one\nvar b=/* two */2\nfunc f(){ // three\n// four\n}\n// five\n";
        let want = "package p\n\nvar a = 1 // one\nvar b = /* two */ 2\n\nfunc f() { // three\n\t// four\n}\n\n// five\n";
        assert_eq!(format(src).as_deref(), Ok(want));
    }

    #[test]
    fn block_comments_are_indented_as_a_whole() {
        let src = "package p\nfunc f() {\n/*\na\n  b\n*/\n  /* x\n     y */\ng()\n}\n";
        let want = "package p\n\nfunc f() {\n\t/*\n\t   a\n\t     b\n\t*/\n\t/* x\n\t   y */\n\tg()\n}\n";
        assert_eq!(format(src).as_deref(), Ok(want));
    }
}
