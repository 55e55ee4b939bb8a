//! What is spelled otherwise than the template has it, and where: calls of our functions, and constants.

use std::ops::Range;

use super::{Parser, Prepared};
use crate::render::engine::TemplateError;
use crate::render::respell::Respelled;
use crate::render::tpl::Missing;
use crate::render::tpl::lex::Token;
use crate::render::tpl::literal::{self, Constant};

/// The field of goctl's models whose value is a list with methods (contract: model 9.1).
pub(super) const LIST_WITH_METHODS: &str = "FieldNameJoin";
/// goctl's methods that take arguments.
const METHODS_WITH_ARGUMENTS: [&str; 2] = ["With", "ReplaceAll"];

/// Where an edit goes among those of the same place: what closes an earlier word, what opens the next, the word itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Behind(usize),
    Before(std::cmp::Reverse<usize>),
    Word,
}

pub(super) struct Edit {
    at: Range<usize>,
    rank: Rank,
    text: String,
}

/// How an unknown key is named: as it is written, without the dot it begins with.
pub(super) fn key(written: &str) -> String {
    let rest = written.strip_prefix('$').filter(|rest| rest.starts_with('.')).unwrap_or(written);
    rest.strip_prefix('.').unwrap_or(rest).to_owned()
}

impl Parser<'_> {
    pub(super) fn behind(&mut self, at: usize, text: String) {
        let rank = Rank::Behind(self.edits.len());
        self.edits.push(Edit { at: at..at, rank, text });
    }

    pub(super) fn replace(&mut self, at: Range<usize>, text: String) {
        self.edits.push(Edit { at, rank: Rank::Word, text });
    }

    pub(super) fn before(&mut self, at: usize, text: String) {
        let rank = Rank::Before(std::cmp::Reverse(self.edits.len()));
        self.edits.push(Edit { at: at..at, rank, text });
    }

    pub(super) fn place(&mut self, key: String, at: Range<usize>) -> usize {
        self.places.push(Missing { key, at: Some(at) });
        self.places.len() - 1
    }

    /// Notes when a field is not there.
    pub(super) fn read(&mut self, range: Range<usize>) {
        let key = key(self.slice(&range));
        let place = self.place(key, range.clone());
        self.before(range.start, "(".to_owned());
        self.behind(range.end, format!(" | __read {place})"));
    }

    /// A method that takes arguments, the last field of what stands at `range`.
    pub(super) fn method(&mut self, range: &Range<usize>) {
        let text = self.slice(range);
        let Some((receiver, name)) = text.rsplit_once('.').filter(|(_, name)| METHODS_WITH_ARGUMENTS.contains(name)) else { return };
        let field = range.end - name.len() - 1..range.end;
        // It may have been taken for one without.
        self.edits.retain(|edit| edit.at != field);
        let closes = text.split('.').rev().skip(1).any(|field| field == LIST_WITH_METHODS);
        let dot = if receiver.is_empty() { "." } else { "" };
        if closes {
            // One call was opened for it.
            self.replace(field, format!(" {name:?}"));
            if let Some(place) = self.edits.iter().rposition(|edit| edit.at == (range.start..range.start) && edit.text == "(__method ") {
                self.edits.remove(place);
            }
        } else {
            self.replace(field, format!("{dot} {name:?}"));
        }
        self.before(range.start, "__method ".to_owned());
    }

    pub(super) fn number_constant(&mut self, token: &Token) -> Result<(), TemplateError> {
        let value = literal::number(self.slice(&token.at)).map_err(|why| TemplateError::new(why, Some(token.at.clone())))?;
        let spelled = match value {
            Constant::Int(value) => value.to_string(),
            Constant::Float(value) => format!("(__float \"{value:e}\")"),
        };
        self.replace(token.at.clone(), spelled);
        Ok(())
    }

    /// Spells a text with the escapes that the engine knows.
    pub(super) fn text_constant(&mut self, token: &Token) -> Result<String, TemplateError> {
        let text = literal::unquote(self.slice(&token.at)).map_err(|why| TemplateError::new(why, Some(token.at.clone())))?;
        // The engine resolves escapes between backquotes too, and takes the last of two backslashes before a `"` for an escape.
        let spelled = if !text.contains('`') {
            format!("`{}`", text.replace('\\', r"\\"))
        } else if !text.ends_with('\\') {
            format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\"").replace('\n', "\\n"))
        } else {
            return self.error("a text with a backquote cannot end in a backslash", &token.at);
        };
        self.replace(token.at.clone(), spelled);
        Ok(text)
    }

    pub(super) fn finish(mut self) -> Prepared {
        self.edits.sort_by_key(|edit| (edit.at.start, edit.rank));
        let edits = self.edits.into_iter().map(|edit| (edit.at, edit.text));
        Prepared { spelled: Respelled::new(self.text, edits), places: self.places }
    }
}
