//! The printer: its state and how tokens, white space and comments reach the output.
//!
//! In: tokens and white space from the `print_*` modules. Out: text with tab stops for [`super::align`]: literals and
//! comments stand between [`ESCAPE`] bytes, `\t` and `\v` end a cell, `\f` ends a line and all columns.
//! Invariant: white space is held back until the next token, so that the comments before that token can be placed in it
//! (go/printer printer.go).

use super::lines::{Lines, Place};
use super::token::{NO_POS, Pos, Tok};
use super::tree::{ExprId, GroupId, Tree};

/// Brackets text the aligner passes through untouched; it is in no UTF-8 text.
pub(super) const ESCAPE: u8 = 0xff;

/// At most so many line breaks in a row.
const MAX_NEWLINES: u32 = 2;

/// White space that waits for the next token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Space {
    /// Nothing.
    Ignore,
    /// A blank.
    Blank,
    /// The end of a cell that disappears when its column is empty.
    Tab,
    /// A line break.
    Newline,
    /// A line break that ends all columns.
    Formfeed,
    /// One level of indentation more.
    Indent,
    /// One level of indentation less.
    Unindent,
}

/// White space never gets longer than this; more is written at once.
const MAX_PENDING: usize = 16;

/// The white space held back.
#[derive(Clone, Copy)]
pub(super) struct Pending {
    items: [Space; MAX_PENDING],
    len: usize,
}

impl Pending {
    const EMPTY: Pending = Pending { items: [Space::Ignore; MAX_PENDING], len: 0 };

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn items(&self) -> &[Space] {
        self.items.get(..self.len).unwrap_or_default()
    }

    pub(super) fn get(&self, i: usize) -> Space {
        self.items().get(i).copied().unwrap_or(Space::Ignore)
    }

    pub(super) fn set(&mut self, i: usize, space: Space) {
        if let Some(slot) = self.items.get_mut(i) {
            *slot = space;
        }
    }

    fn push(&mut self, space: Space) {
        self.set(self.len, space);
        self.len += 1;
    }

    fn drop_first(&mut self, n: usize) {
        self.items.copy_within(n.min(self.len)..self.len, 0);
        self.len -= n.min(self.len);
    }
}

/// The part of the printer's state that starts anew when a node is only measured.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub(super) indent: u32,
    /// Above zero inside a composite literal.
    pub(super) level: u32,
    pub(super) no_extra_blank: bool,
    pub(super) no_extra_linebreak: bool,
    end_alignment: bool,
    /// Whether a line break here would insert a semicolon.
    pub(super) implied_semicolon: bool,
    pub(super) last_tok: Tok,
    /// The opening bracket printed just before, if no other token followed it.
    pub(super) prev_open: Tok,
    pub(super) pending: Pending,
    /// Where the printer is in the source.
    pub(super) pos: Place,
    /// The line and column it is at in the output.
    pub(super) out: Place,
    /// `pos` after the last token.
    pub(super) last: Place,
    /// Which entry of `line_slots` wants the line of the next token.
    line_slot: Option<usize>,
    /// Bytes written, when measuring.
    pub(super) size: usize,
    /// Blanks that count only if text follows, when measuring.
    blanks: usize,
    /// The size at which measuring gives up; `usize::MAX` when printing.
    pub(super) limit: usize,
}

impl State {
    /// The state at the start of an output.
    pub(super) fn start(limit: usize) -> State {
        let start = Place { offset: 0, line: 1, column: 1 };
        State {
            indent: 0,
            level: 0,
            no_extra_blank: false,
            no_extra_linebreak: false,
            end_alignment: false,
            implied_semicolon: false,
            last_tok: Tok::None,
            prev_open: Tok::None,
            pending: Pending::EMPTY,
            pos: start,
            out: start,
            last: Place { offset: 0, line: 0, column: 0 },
            line_slot: None,
            size: 0,
            blanks: 0,
            limit,
        }
    }
}

/// The printer.
pub(super) struct Printer<'t, 's> {
    pub(super) tree: &'t Tree<'s>,
    pub(super) lines: &'t Lines,
    pub(super) state: State,
    /// The text with tab stops.
    pub(super) output: Vec<u8>,
    /// Whether the printer measures a node: then nothing is written and comments do not count.
    pub(super) measuring: bool,
    /// Whether the node being measured is too large, or has a line break.
    pub(super) too_large: bool,
    /// The next comment group, as an index into the order of groups.
    pub(super) next_group: usize,
    /// Where that group starts, [`NO_POS`] if there is none.
    pub(super) group_pos: Pos,
    /// Whether it contains a line break.
    pub(super) group_newline: bool,
    /// Lines of the output that statement and field lists asked for.
    line_slots: Vec<u32>,
    /// Where `//go:build` and `// +build` comments start in the output.
    pub(super) go_build: Vec<usize>,
    pub(super) plus_build: Vec<usize>,
    /// Sizes of nodes: zero is unknown, otherwise one more than the size.
    pub(super) expr_sizes: Vec<u32>,
    pub(super) stmt_sizes: Vec<u32>,
    /// The left spine of binary expressions being printed.
    pub(super) spine: Vec<(ExprId, u8, u32)>,
    /// Whether a raw string may hold carriage returns.
    pub(super) has_carriage_returns: bool,
}

/// What happened between two tokens.
#[derive(Clone, Copy, Default)]
pub(super) struct Between {
    pub(super) wrote_newline: bool,
    pub(super) dropped_formfeed: bool,
}

impl<'t, 's> Printer<'t, 's> {
    /// A printer at the start of a file.
    pub(super) fn new(tree: &'t Tree<'s>, lines: &'t Lines) -> Printer<'t, 's> {
        let mut printer = Printer {
            tree,
            lines,
            state: State::start(usize::MAX),
            output: Vec::with_capacity(tree.src.len() + tree.src.len() / 4),
            measuring: false,
            too_large: false,
            next_group: 0,
            group_pos: NO_POS,
            group_newline: false,
            line_slots: Vec::new(),
            go_build: Vec::new(),
            plus_build: Vec::new(),
            expr_sizes: Vec::new(),
            stmt_sizes: Vec::new(),
            spine: Vec::new(),
            has_carriage_returns: tree.src.contains('\r'),
        };
        printer.find_group(0);
        printer
    }

    /// The line of a place in the source.
    pub(super) fn line(&self, pos: Pos) -> u32 {
        self.lines.line(pos)
    }

    // Comments.

    /// Makes the group at this index the next one.
    pub(super) fn find_group(&mut self, index: usize) {
        self.next_group = index;
        let Some(&group) = self.tree.group_order.get(index) else {
            self.group_pos = NO_POS;
            return;
        };
        let list = self.tree.group(group);
        self.group_pos = list.first().map_or(NO_POS, |comment| comment.pos);
        let line = self.line(self.group_pos);
        self.group_newline =
            list.iter().any(|comment| self.line(comment.pos) != line || comment.text.starts_with("//") || comment.text.contains('\n'));
    }

    /// The next comment group.
    pub(super) fn group(&self) -> Option<GroupId> {
        self.tree.group_order.get(self.next_group).copied()
    }

    /// Whether the next comment group stands before a place and does not insert a semicolon by its line break.
    pub(super) fn comment_before(&self, offset: Pos) -> bool {
        !self.measuring && self.group_pos < offset && !(self.state.implied_semicolon && self.group_newline)
    }

    // Writing.

    /// Writes white space `n` times.
    pub(super) fn write_byte(&mut self, byte: u8, n: u32) {
        let mut byte = byte;
        if self.state.end_alignment {
            // No alignment on this line; its end closes the columns.
            match byte {
                b'\t' | b'\x0b' => byte = b' ',
                b'\n' | b'\x0c' => {
                    byte = b'\x0c';
                    self.state.end_alignment = false;
                }
                _ => {}
            }
        }
        let breaks_line = matches!(byte, b'\n' | b'\x0c');
        if self.state.out.column == 1 {
            self.write_indent();
        }
        if self.measuring {
            if breaks_line {
                self.too_large = true;
            } else {
                self.state.blanks += n as usize;
            }
        } else {
            for _ in 0..n {
                self.output.push(byte);
            }
        }
        let state = &mut self.state;
        state.pos.offset += n;
        if breaks_line {
            state.pos.line += n;
            state.out.line += n;
            state.pos.column = 1;
            state.out.column = 1;
        } else {
            state.pos.column += n;
            state.out.column += n;
        }
    }

    fn write_indent(&mut self) {
        let n = self.state.indent;
        if self.measuring {
            self.state.blanks += n as usize;
        } else {
            self.output.resize(self.output.len() + n as usize, b'\t');
        }
        self.state.pos.offset += n;
        self.state.pos.column += n;
        self.state.out.column += n;
    }

    /// Writes a token or comment that stands at `pos` in the source.
    pub(super) fn write_text(&mut self, pos: Place, text: &str, is_literal: bool) {
        if self.state.out.column == 1 {
            self.write_indent();
        }
        self.state.pos = pos;
        let len = text.len() as u32;
        if self.measuring {
            self.state.size += self.state.blanks + text.len();
            self.state.blanks = 0;
            self.too_large |= self.state.size > self.state.limit;
        } else if is_literal {
            self.output.push(ESCAPE);
            self.output.extend_from_slice(text.as_bytes());
            self.output.push(ESCAPE);
        } else {
            self.output.extend_from_slice(text.as_bytes());
        }
        let state = &mut self.state;
        state.pos.offset += len;
        let breaks = if is_literal { line_breaks(text) } else { None };
        if let Some((count, last)) = breaks {
            // A line break inside a literal ends the alignment of its last line.
            state.end_alignment = true;
            state.pos.line += count;
            state.out.line += count;
            state.pos.column = len - last;
            state.out.column = len - last;
            self.too_large |= self.measuring;
        } else {
            state.pos.column += len;
            state.out.column += len;
        }
        state.last = state.pos;
    }

    /// Writes the first `n` entries of the pending white space.
    pub(super) fn write_pending(&mut self, n: usize) {
        let mut i = 0;
        while i < n {
            match self.state.pending.get(i) {
                Space::Ignore => {}
                Space::Indent => self.state.indent += 1,
                Space::Unindent => self.state.indent = self.state.indent.saturating_sub(1),
                Space::Blank => self.write_byte(b' ', 1),
                Space::Tab => self.write_byte(b'\x0b', 1),
                space @ (Space::Newline | Space::Formfeed) => {
                    // The unindent of a label goes before its line break, which also ends all columns: a long label
                    // must not move the indentation of the lines above.
                    if i + 1 < n && self.state.pending.get(i + 1) == Space::Unindent {
                        self.state.pending.set(i, Space::Unindent);
                        self.state.pending.set(i + 1, Space::Formfeed);
                        continue;
                    }
                    self.write_byte(if space == Space::Newline { b'\n' } else { b'\x0c' }, 1);
                }
            }
            i += 1;
        }
        self.state.pending.drop_first(n);
    }

    // Printing.

    /// Says that the next token stands at this place.
    pub(super) fn set_pos(&mut self, pos: Pos) {
        if pos != NO_POS {
            self.state.pos = self.lines.place(pos);
        }
    }

    /// Remembers an opening bracket for the token after it.
    fn note_open(&mut self) {
        match self.state.last_tok {
            Tok::None => {}
            tok @ (Tok::LParen | Tok::LBrack) => self.state.prev_open = tok,
            _ => self.state.prev_open = Tok::None,
        }
    }

    /// Prints white space.
    pub(super) fn space(&mut self, space: Space) {
        self.note_open();
        if space == Space::Ignore {
            return;
        }
        if self.state.pending.len() == MAX_PENDING {
            self.write_pending(MAX_PENDING);
        }
        self.state.pending.push(space);
        if matches!(space, Space::Newline | Space::Formfeed) {
            self.state.implied_semicolon = false;
        }
        self.state.last_tok = Tok::None;
    }

    /// Prints an operator, bracket or keyword.
    pub(super) fn token(&mut self, tok: Tok) {
        self.note_open();
        let text = tok.text();
        if runs_into(self.state.last_tok, text) {
            self.state.pending = Pending::EMPTY;
            self.state.pending.push(Space::Blank);
        }
        let implied = tok.ends_statement();
        self.text(text, tok, false, implied);
    }

    /// Prints a name.
    pub(super) fn name(&mut self, name: &str) {
        self.note_open();
        self.text(name, Tok::Ident, false, true);
    }

    /// Prints a literal.
    pub(super) fn literal(&mut self, text: &str, tok: Tok) {
        self.note_open();
        self.text(text, tok, true, true);
    }

    /// Prints a token, after the comments and white space before it.
    fn text(&mut self, text: &str, tok: Tok, is_literal: bool, implied: bool) {
        if self.too_large {
            return;
        }
        self.state.last_tok = tok;
        let mut implied = implied;
        let next = self.state.pos;
        let between = self.flush(next, tok);
        // Line breaks of the source are kept where they insert no semicolon.
        if !self.state.implied_semicolon {
            let mut n = limit_newlines(next.line.saturating_sub(self.state.pos.line));
            if between.wrote_newline && n == MAX_NEWLINES {
                n -= 1;
            }
            if n > 0 {
                self.write_byte(if between.dropped_formfeed { b'\x0c' } else { b'\n' }, n);
                implied = false;
            }
        }
        if let Some(slot) = self.state.line_slot.take()
            && let Some(line) = self.line_slots.get_mut(slot)
        {
            *line = self.state.out.line;
        }
        self.write_text(next, text, is_literal);
        self.state.implied_semicolon = implied;
    }

    /// Writes what waits before the next token.
    pub(super) fn flush(&mut self, next: Place, tok: Tok) -> Between {
        if self.comment_before(next.offset) {
            return self.comments_before(next, tok);
        }
        self.write_pending(self.state.pending.len());
        Between::default()
    }

    /// Breaks the line as often as the source does before `line`, at least `min` times, at most twice. The answer is 0
    /// without a line break, 1 for exactly one, more if a section ended or an empty line was printed.
    pub(super) fn linebreak(&mut self, line: u32, min: u32, space: Space, new_section: bool) -> u32 {
        let mut n = limit_newlines(line.saturating_sub(self.state.pos.line)).max(min);
        if n == 0 {
            return 0;
        }
        self.space(space);
        let mut breaks = 0;
        if new_section {
            self.space(Space::Formfeed);
            n -= 1;
            breaks = 2;
        }
        for _ in 0..n {
            self.space(Space::Newline);
        }
        breaks + n
    }

    // Lines of the output.

    /// Begins a list whose entries ask for the lines they start on.
    pub(super) fn begin_lines(&mut self) -> usize {
        self.line_slots.push(0);
        self.line_slots.len() - 1
    }

    /// Asks for the line of the next token.
    pub(super) fn record_line(&mut self, slot: usize) {
        self.state.line_slot = Some(slot);
    }

    /// How many lines were printed since the token that was asked for.
    pub(super) fn lines_since(&self, slot: usize) -> u32 {
        let line = self.line_slots.get(slot).copied().unwrap_or(0);
        self.state.out.line.saturating_sub(line)
    }

    /// A label does not count as a line of its statement.
    pub(super) fn skip_line(&mut self, slot: usize) {
        if let Some(line) = self.line_slots.get_mut(slot) {
            *line += 1;
        }
    }

    /// Ends the list.
    pub(super) fn end_lines(&mut self, slot: usize) {
        self.line_slots.truncate(slot);
        if self.state.line_slot.is_some_and(|wanted| wanted >= slot) {
            self.state.line_slot = None;
        }
    }
}

/// At most [`MAX_NEWLINES`].
pub(super) fn limit_newlines(n: u32) -> u32 {
    n.min(MAX_NEWLINES)
}

/// How many line breaks a text has and where the last one is.
fn line_breaks(text: &str) -> Option<(u32, u32)> {
    let last = text.bytes().rposition(|b| matches!(b, b'\n' | b'\x0c'))?;
    let count = text.bytes().filter(|b| matches!(b, b'\n' | b'\x0c')).count();
    Some((count as u32, last as u32))
}

/// Whether two tokens would be read as one without a blank between them.
fn runs_into(previous: Tok, next: &str) -> bool {
    let next = next.bytes().next();
    match previous {
        Tok::Int => next == Some(b'.'),
        Tok::Add => next == Some(b'+'),
        Tok::Sub => next == Some(b'-'),
        Tok::Quo => next == Some(b'*'),
        Tok::Lss => matches!(next, Some(b'-' | b'<')),
        Tok::And => matches!(next, Some(b'&' | b'^')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::format;

    #[test]
    fn empty_lines_are_kept_but_not_more_than_one() {
        let src = "package p\n\n\n\nvar a = 1\nvar b = 2\n\n\n\nvar c = 3\n";
        assert_eq!(format(src).as_deref(), Ok("package p\n\nvar a = 1\nvar b = 2\n\nvar c = 3\n"));
    }

    #[test]
    fn tokens_that_would_run_together_stay_apart() {
        let src = "package p\n\nvar a = 1- -b\nvar c = d/ *e\nvar f = g& ^h\n";
        assert_eq!(format(src).as_deref(), Ok("package p\n\nvar a = 1 - -b\nvar c = d / *e\nvar f = g & ^h\n"));
    }

    #[test]
    fn labels_stand_one_level_out() {
        let src = "package p\nfunc f(){\nfor{\nL:\nfor{\nbreak L}}}\n";
        let want = "package p\n\nfunc f() {\n\tfor {\n\tL:\n\t\tfor {\n\t\t\tbreak L\n\t\t}\n\t}\n}\n";
        assert_eq!(format(src).as_deref(), Ok(want));
    }
}
