//! `.api` text to [`ast`](super::ast).
//!
//! In: a file of [`Sources`]. Out: the tree of everything that could be read; the rest is in the report. The grammar is
//! `grammar/api.pest`; each top-level statement is parsed alone, so that one mistake does not hide the next.
//! Invariant: never panics, linear time, and no pest type or offset leaves this module.

mod expected;
mod explain;
mod split;
mod statements;
mod tree;
mod types;

use super::ast;
use super::words::{Kind, Word, Words};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{FileId, Sources, Span};
use grammar::{Api, Rule};
use pest::Parser;
use pest::error::InputLocation;
use split::Piece;
use tree::Tree;

/// What pest makes of the grammar; its derive documents nothing.
#[allow(missing_docs, unreachable_pub)]
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/api.pest"]
    pub struct Api;
}

/// How often the parser starts over behind a string that swallowed the lines after it.
const MAX_RESTARTS: usize = 16;

/// Reads a file. Syntax errors go to the report, one for each statement that has any; the others are in the tree.
pub fn parse(file: FileId, sources: &Sources, report: &mut Report) -> ast::File {
    let text = sources.text(file);
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut statements = Vec::new();
    let mut words = Words::scan(text, bom);
    let mut from = 0;
    for restart in 0.. {
        let next = pieces(file, &words, from, &mut statements, report);
        let Some(resume) = next.filter(|_| restart < MAX_RESTARTS) else { break };
        from = words.resume(resume);
    }
    let comments = comments(file, &words);
    ast::File { source: file, statements, comments }
}

/// Parses statement by statement. Returns the offset to start over from, where a string went on for too long.
fn pieces(file: FileId, words: &Words, from: usize, statements: &mut Vec<ast::Statement>, report: &mut Report) -> Option<usize> {
    // Behind a comment without its end, the next one is inside it: one error is enough.
    let is_open = |word: &Word| word.kind == Kind::Unclosed && words.str(word).starts_with("/*");
    let first = words.all.iter().position(is_open);
    for piece in split::split(words, from) {
        let at = piece.words.start;
        if words.all.get(at).is_some_and(is_open) && first != Some(at) {
            continue;
        }
        match parse_piece(file, words, &piece, report) {
            Ok(statement) => statements.push(statement),
            Err(Some(resume)) => return Some(resume),
            Err(None) => {}
        }
    }
    None
}

fn parse_piece(file: FileId, words: &Words, piece: &Piece, report: &mut Report) -> Result<ast::Statement, Option<usize>> {
    let own = words.all.get(piece.words.clone()).unwrap_or(&[]);
    let (Some(first), Some(last)) = (own.first(), own.last()) else { return Err(None) };
    let (start, end) = (first.start(), last.end());
    if let Some(at) = piece.too_deep {
        let message = format!("this nests deeper than {} levels", split::MAX_DEPTH);
        report.push(Diagnostic::error(Code::NestingTooDeep, message).at(Span::new(file, at, at + 1), ""));
        return Err(None);
    }
    // Pest counts the lines of whatever it is given, so it is given the statement alone.
    let text = words.text.get(start..end).unwrap_or("");
    match Api::parse(Rule::statement, text) {
        Ok(pairs) => Tree { file, base: start, words, report }.statement(pairs).ok_or(None),
        Err(error) => {
            let offset = match error.location {
                InputLocation::Pos(at) | InputLocation::Span((at, _)) => start + at,
            };
            let (diagnostic, resume) = explain::explain(file, words, piece, offset, &error.variant);
            report.push(diagnostic);
            Err(resume)
        }
    }
}

fn comments(file: FileId, words: &Words) -> Vec<ast::Comment> {
    words.all.iter().filter(|w| w.kind.is_comment()).map(|w| tree::comment(file, words, w)).collect()
}

#[cfg(test)]
mod tests;
