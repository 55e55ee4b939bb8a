//! Pairs to nodes: what all nodes share (places, words, comments). The statements are in `statements`, types in `types`.
//!
//! A function gives `None` only where the grammar and this code disagree; a mistake of the user that the grammar lets
//! through is reported and the node built all the same.

use super::grammar::Rule;
use crate::api_dsl::ast;
use crate::api_dsl::words::{Word, Words};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::ident::KEYWORDS;
use crate::source::{FileId, Span};

pub(super) type Pair<'i> = pest::iterators::Pair<'i, Rule>;

/// What the building of one statement needs.
pub(super) struct Tree<'a> {
    pub file: FileId,
    /// Where the parsed text begins in the file.
    pub base: usize,
    pub words: &'a Words<'a>,
    pub report: &'a mut Report,
}

impl Tree<'_> {
    /// The place of a token.
    pub(super) fn token(&self, pair: &Pair) -> Span {
        let span = pair.as_span();
        Span::new(self.file, self.base + span.start(), self.base + span.end())
    }

    /// The place of a node: pest counts the blanks in front of an absent last part as its own, this does not.
    pub(super) fn span(&self, pair: &Pair) -> Span {
        let span = self.token(pair);
        let end = self.words.before(span.end).map_or(span.end, |word| word.end());
        Span { end: end.clamp(span.start, span.end), ..span }
    }

    /// A token as a word.
    pub(super) fn word(&self, pair: &Pair) -> ast::Word {
        ast::Word { text: pair.as_str().to_owned(), span: self.token(pair) }
    }

    /// A node of several tokens as a word: blanks and comments between them dropped.
    pub(super) fn joined(&self, pair: &Pair) -> ast::Word {
        let span = self.span(pair);
        let from = self.words.at(span.start);
        let inside = self.words.all.iter().skip(from).take_while(|w| w.start() < span.end);
        let text = inside.filter(|w| !w.kind.is_comment()).map(|w| self.words.str(w)).collect();
        ast::Word { text, span }
    }

    /// A name that becomes a name of Go; `what` it is, for the message.
    pub(super) fn go_name(&mut self, pair: &Pair, what: &str) -> ast::Word {
        let word = self.word(pair);
        if KEYWORDS.contains(&word.text.as_str()) {
            let found =
                Diagnostic::error(Code::SyntaxError, format!("`{}` is a keyword of Go and cannot be {what}", word.text)).at(word.span, "");
            self.report.push(match word.text.as_str() {
                "map" => found.help("a map is written `map[string]Type`"),
                "interface" => found.help("the type of any value is written `interface{}` or `any`"),
                "struct" => found.help("a struct is written `Name { … }`"),
                _ => found,
            });
        }
        word
    }

    /// Warns about a form of old goctl versions.
    pub(super) fn legacy(&mut self, span: Span, message: &str, help: String) {
        self.report.push(Diagnostic::warning(Code::LegacyForm, message).at(span, "").help(help));
    }

    /// The comments in front of the token at `start`, those behind the token before it on its line left out.
    pub(super) fn heads(&self, start: usize) -> Vec<ast::Comment> {
        let end = self.words.at(start);
        let all = &self.words.all[..end];
        let count = all.iter().rev().take_while(|w| w.kind.is_comment()).count();
        let comments = &all[end - count..];
        let behind = match all.get((end - count).wrapping_sub(1)) {
            Some(before) => self.on_line(before.end(), comments),
            None => 0,
        };
        comments[behind..].iter().map(|w| comment(self.file, self.words, w)).collect()
    }

    /// The comments behind the token that ends at `end`, on its line.
    pub(super) fn trailing(&self, end: usize) -> Vec<ast::Comment> {
        let rest = &self.words.all[self.words.at(end)..];
        rest[..self.on_line(end, rest)].iter().map(|w| comment(self.file, self.words, w)).collect()
    }

    /// How many of the first of `words` are comments that begin on the line of `end`.
    fn on_line(&self, end: usize, words: &[Word]) -> usize {
        let mut from = end;
        let on_line = |word: &&Word| {
            let same = word.kind.is_comment() && !self.words.line_ends(from..word.start());
            from = word.start();
            same
        };
        words.iter().take_while(on_line).count()
    }
}

/// A comment as a node.
pub(super) fn comment(file: FileId, words: &Words, word: &Word) -> ast::Comment {
    ast::Comment { span: Span::new(file, word.start(), word.end()), text: words.str(word).to_owned() }
}
