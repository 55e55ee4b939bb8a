//! The way back from a text that a template made to the template: the literal text in it is marked, and filled in once more.
//!
//! In: a user's templates, and a place in what they made. Out: the place in the template that it comes from. Where the marked
//! text is not the same text with marks in it (a template looked at what it made), there is no way back.

use std::ops::Range;

use super::respell::Respelled;
use super::tpl::literals as go_literals;
use crate::source::{FileId, Span};

/// What stands around a mark's number: characters of no script, which no template has.
const MARK: (char, char) = ('\u{e000}', '\u{e001}');

/// The marks of some templates: the piece of literal text, on one line, that each stands before.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pieces: Vec<Span>,
}

/// Where something made comes from.
pub(super) enum Origin {
    /// From literal text, here.
    Literal(Span),
    /// From what is put in behind this literal text.
    Behind(Span),
}

impl Marks {
    /// The template with a mark before each piece of its literal text.
    pub(super) fn mark(&mut self, file: FileId, text: &str, go: bool) -> String {
        let literals = if go { go_literals(text) } else { tera_literals(text) };
        let mut edits = Vec::new();
        for literal in literals {
            let mut start = literal.start;
            for line in text.get(literal).unwrap_or("").split_inclusive('\n') {
                // Blanks may be trimmed by the action beside them: a mark stands behind those, and is none itself.
                let (blank, piece) = (line.len() - line.trim_start().len(), line.trim());
                if !piece.is_empty() {
                    let at = start + blank;
                    edits.push((at..at, format!("{}{}{}", MARK.0, self.pieces.len(), MARK.1)));
                    self.pieces.push(Span::new(file, at, at + piece.len()));
                }
                start += line.len();
            }
        }
        Respelled::new(text, edits).text
    }

    /// Where the byte `offset` of `made` comes from, by the same text with marks in it.
    pub(super) fn origin(&self, made: &str, marked: &str, offset: usize) -> Option<Origin> {
        let mut plain = String::with_capacity(made.len());
        let mut last = None;
        let mut parts = marked.split(MARK.0);
        plain.push_str(parts.next()?);
        for part in parts {
            let (number, text) = part.split_once(MARK.1)?;
            if plain.len() <= offset {
                last = Some((number.parse::<usize>().ok()?, plain.len()));
            }
            plain.push_str(text);
        }
        let (number, at) = last.filter(|_| plain == made)?;
        let piece = *self.pieces.get(number)?;
        let place = piece.start + (offset - at);
        Some(if place < piece.end { Origin::Literal(Span { start: place, end: place + 1, ..piece }) } else { Origin::Behind(piece) })
    }
}

/// What stands outside of `<% %>`, `<$ $>` and `<# #>`.
fn tera_literals(text: &str) -> Vec<Range<usize>> {
    let mut literals = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| ["<%", "<$", "<#"].iter().filter_map(|open| rest.find(open)).min()) {
        literals.push(at..at + open);
        let close = match text.as_bytes().get(at + open + 1) {
            Some(b'%') => "%>",
            Some(b'$') => "$>",
            _ => "#>",
        };
        match text.get(at + open..).and_then(|rest| rest.find(close)) {
            Some(end) => at += open + end + 2,
            None => return literals,
        }
    }
    literals.push(at..text.len());
    literals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn literal_text_is_what_no_delimiter_holds() {
        let text = "a <$ x $> b\n<# no #><%- if y -%>  c <% endif %>";
        let literals: Vec<&str> = tera_literals(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(literals, ["a ", " b\n", "", "  c ", ""]);
        assert_eq!(tera_literals("a <$ x").len(), 1);
    }

    #[test]
    fn a_text_that_is_another_one_has_no_way_back() {
        let mut sources = Sources::default();
        let text = "one <$ x $> two\nthree";
        let file = sources.add("a.tera", text);
        let mut marks = Marks::default();
        let marked = marks.mark(file, text, false).replace("<$ x $>", "X");
        let made = "one X two\nthree";
        let origin = |offset: usize| match marks.origin(made, &marked, offset) {
            Some(Origin::Literal(span)) => sources.slice(span).to_owned(),
            Some(Origin::Behind(span)) => format!("behind {}", sources.slice(span)),
            None => "nowhere".to_owned(),
        };
        assert_eq!([0, 4, 7, 11].map(origin), ["o", "behind one", "w", "h"]);
        assert!(marks.origin("another text", &marked, 0).is_none());
    }
}
