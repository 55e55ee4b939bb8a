//! placeholder
use super::grammar::Rule;
use super::split::Piece;
use crate::api_dsl::words::{Word, Words};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};
use pest::error::ErrorVariant;

pub(super) fn unclosed(file: FileId, words: &Words, word: &Word) -> Diagnostic {
    let _ = words;
    Diagnostic::error(Code::SyntaxError, "not closed").at(Span::new(file, word.start(), word.end()), "")
}
pub(super) fn explain(file: FileId, words: &Words, _piece: &Piece, offset: usize, variant: &ErrorVariant<Rule>) -> (Diagnostic, Option<usize>) {
    let _ = words;
    (Diagnostic::error(Code::SyntaxError, format!("{variant:?}")).at(Span::new(file, offset, offset), ""), None)
}
