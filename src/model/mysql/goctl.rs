//! What goctl 1.10.2 would refuse, and what it reads otherwise (contract: model 2): the Go types of a table that it takes are
//! fixed by what services made with it share (decisions, Models), those of all others are free to be right.

use super::lex::{Kind, Token};
use super::reader::Reader;

/// The first reason found.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Refusal(pub(super) Option<&'static str>);

impl Refusal {
    /// goctl would not take `token`; it reads nothing of versioned comments.
    pub(super) fn at(&mut self, token: Option<Token>, reason: &'static str) {
        if token.is_some_and(|token| !token.versioned) {
            self.0 = self.0.or(Some(reason));
        }
    }
}

/// Refuses what goctl's grammar does not know in an expression: types to cast to, sequences.
pub(super) fn expression(reader: &Reader<'_>, from: usize, refusal: &mut Refusal) {
    const CASTS: [&str; 10] = ["BINARY", "NCHAR", "CHAR", "DATE", "DATETIME", "TIME", "JSON", "DECIMAL", "SIGNED", "UNSIGNED"];
    let read = reader.read_since(from);
    for pair in read.windows(2) {
        let [first, second] = pair else { continue };
        let is = |token: &Token, words: &[&str]| words.iter().any(|word| reader.is(Some(*token), word));
        let cast = is(first, &["AS"]) && second.kind == Kind::Word && !is(second, &CASTS);
        let sized = is(first, &["DATETIME", "TIME"]) && second.kind == Kind::Punct(b'(');
        let sequence = is(first, &["NEXT"]) && is(second, &["VALUE"]);
        if cast || sized || sequence || is(second, &["ARRAY"]) {
            refusal.at(Some(*second), "its grammar does not know what an expression calls");
        }
    }
}

/// Whether the word itself is among the tokens of a type: goctl does not know that `ZEROFILL` implies it.
pub(super) fn says_unsigned(reader: &Reader<'_>, from: usize) -> bool {
    reader.read_since(from).iter().any(|token| !token.versioned && reader.is(Some(*token), "UNSIGNED"))
}

/// Whether goctl takes the tokens behind `DEFAULT` for a default: not if they begin with `NULL`, quoted or not.
pub(super) fn sees_default(reader: &Reader<'_>, from: usize) -> bool {
    let Some(first) = reader.read_since(from).first().filter(|first| !first.versioned) else { return false };
    let text = reader.raw(*first).trim_matches('`').trim_matches('\'');
    !text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("NULL"))
}

/// A comment as goctl puts it into Go: without its outer quotes, of whatever kind and number, and without line ends, be they
/// written out or escaped.
pub(super) fn comment(raw: &str) -> String {
    let text = raw.trim_matches('`').trim_matches('"').trim_matches('\'');
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = c == '\\' && chars.next_if(|next| matches!(next, 'r' | 'n')).is_some();
        if !escaped && !matches!(c, '\r' | '\n') {
            out.push(c);
        }
    }
    out
}
