//! Columns and keys that begin where a comma is missing: what is behind it would be read as attributes of the column in front.

use super::goctl::Refusal;
use super::lex::Kind;
use super::reader::{Reader, Wrong};
use super::types::column_type;
use crate::diagnostic::Report;

/// A key that begins behind a column without a comma: what is wrong, and what is lost.
pub(super) fn key_behind(reader: &Reader<'_>) -> Option<(Wrong, String)> {
    const WORDS: [&[&str]; 7] =
        [&["PRIMARY", "KEY"], &["UNIQUE", "KEY"], &["UNIQUE", "INDEX"], &["UNIQUE"], &["KEY"], &["INDEX"], &["FOREIGN", "KEY"]];
    let open = |by: usize| reader.ahead(by).is_some_and(|token| token.kind == Kind::Punct(b'('));
    let named = |by: usize| reader.ahead(by).is_some_and(|token| token.kind == Kind::Name) && open(by + 1);
    let words = WORDS.into_iter().find(|words| reader.at_words(words) && (open(words.len()) || named(words.len())))?;
    let message = format!("a key begins here: `{}`", words.join(" "));
    Some((Wrong { span: reader.here(), message, help: Some(COMMA) }, "this key is left out".to_owned()))
}

/// A column that begins behind another one without a comma, at what is no attribute.
pub(super) fn column_behind(reader: &Reader<'_>) -> Option<(Wrong, String)> {
    let mut ahead = reader.rest();
    let name = ahead.name("a column").ok()?;
    column_type(&mut ahead, &name.text, &mut Refusal::default(), &mut Report::new()).ok()?;
    let message = format!("a column begins here: `{}`", name.text);
    Some((Wrong { span: reader.here(), message, help: Some(COMMA) }, format!("column `{}` is left out", name.text)))
}

const COMMA: &str = "a comma may be missing in front of it";
