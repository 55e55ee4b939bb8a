//! A cursor over the tokens of one statement, and what goes wrong under it.

use super::lex::{Kind, Token, unquoted};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::spec::Name;
use crate::source::{FileId, Span};

/// What could not be read, and where. Whoever goes on says what is lost.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: Option<&'static str>,
}

impl Wrong {
    /// The warning, with what is lost beside the place.
    pub(super) fn warning(self, lost: impl Into<String>) -> Diagnostic {
        let found = Diagnostic::warning(Code::SyntaxError, self.message).at(self.span, lost);
        match self.help {
            Some(help) => found.help(help),
            None => found,
        }
    }
}

/// A `*/` without its `/*`.
pub(super) fn stray_comment(span: Span) -> Wrong {
    let help = Some("comments do not nest: the first `*/` ends them");
    Wrong { span, message: "a comment ends here that does not begin".to_owned(), help }
}

/// The answer of everything that reads.
pub(super) type Read<T> = Result<T, Wrong>;

/// A cursor over tokens.
#[derive(Debug, Clone)]
pub(super) struct Reader<'a> {
    pub(super) file: FileId,
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    /// Where it stands when there is no further token.
    end: usize,
}

impl<'a> Reader<'a> {
    /// At the first of `tokens`, which end before the byte `end`.
    pub(super) fn new(file: FileId, text: &'a str, tokens: &'a [Token], end: usize) -> Self {
        Self { file, text, tokens, at: 0, end }
    }

    pub(super) fn peek(&self) -> Option<Token> {
        self.ahead(0)
    }

    pub(super) fn ahead(&self, by: usize) -> Option<Token> {
        self.tokens.get(self.at + by).copied()
    }

    pub(super) fn advance(&mut self) -> Option<Token> {
        let token = self.peek();
        self.at += usize::from(token.is_some());
        token
    }

    /// The token that was read last.
    pub(super) fn last(&self) -> Option<Token> {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).copied()
    }

    pub(super) fn skip_all(&mut self) {
        self.at = self.tokens.len();
    }

    pub(super) fn done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// How many tokens were read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// The tokens that are left.
    pub(super) fn rest(&self) -> Reader<'a> {
        Reader { at: 0, tokens: self.tokens.get(self.at..).unwrap_or_default(), ..self.clone() }
    }

    /// The text of a token.
    pub(super) fn raw(&self, token: Token) -> &'a str {
        self.text.get(token.start..token.end).unwrap_or("")
    }

    pub(super) fn span(&self, token: Token) -> Span {
        Span::new(self.file, token.start, token.end)
    }

    /// The next token's place, or that of what ends the tokens: `,`, `)`, `;` or nothing.
    pub(super) fn here(&self) -> Span {
        match self.peek() {
            Some(token) => self.span(token),
            None if self.ending().is_some() => Span::new(self.file, self.end, self.end + 1),
            None => {
                let end = self.last().map_or(self.end, |last| last.end);
                Span::new(self.file, end, end)
            }
        }
    }

    fn ending(&self) -> Option<char> {
        self.text.get(self.end..)?.chars().next().filter(|c| matches!(c, ',' | ')' | ';'))
    }

    /// Whether a token is this keyword (upper case here, any case there).
    pub(super) fn is(&self, token: Option<Token>, word: &str) -> bool {
        // The length tells most words apart, and this is asked more often than anything else.
        token.is_some_and(|token| {
            token.kind == Kind::Word && token.end - token.start == word.len() && self.raw(token).eq_ignore_ascii_case(word)
        })
    }

    /// Whether these keywords come next.
    pub(super) fn at_words(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(by, word)| self.is(self.ahead(by), word))
    }

    /// Reads these keywords if all of them come next; the first of them.
    pub(super) fn eat(&mut self, words: &[&str]) -> Option<Token> {
        let first = self.peek().filter(|_| self.at_words(words))?;
        self.at += words.len();
        Some(first)
    }

    /// Reads the first of these keywords that comes next.
    pub(super) fn eat_any(&mut self, words: &[&str]) -> Option<Token> {
        words.iter().find_map(|word| self.eat(&[word]))
    }

    pub(super) fn at_punct(&self, punct: u8) -> bool {
        self.peek().is_some_and(|token| token.kind == Kind::Punct(punct))
    }

    pub(super) fn eat_punct(&mut self, punct: u8) -> Option<Token> {
        let found = self.at_punct(punct);
        if found { self.advance() } else { None }
    }

    /// Reads a quoted text.
    pub(super) fn eat_text(&mut self) -> Option<String> {
        let token = self.peek().filter(|token| matches!(token.kind, Kind::Text | Kind::Double))?;
        self.advance();
        Some(unquoted(token.kind, self.raw(token)))
    }

    /// A name, quoted or not; a keyword is one too where a name is wanted.
    pub(super) fn name(&mut self, what: &str) -> Read<Name> {
        match self.peek() {
            Some(token) if matches!(token.kind, Kind::Word | Kind::Name | Kind::Double | Kind::Text) => {
                self.advance();
                let text = unquoted(token.kind, self.raw(token));
                if text.is_empty() {
                    let message = format!("expected {what}, found an empty name");
                    return Err(Wrong { span: self.span(token), message, help: None });
                }
                Ok(Name { text, span: Some(self.span(token)) })
            }
            _ => Err(self.expected(what)),
        }
    }

    /// A number without fraction.
    pub(super) fn eat_count(&mut self) -> Option<u64> {
        let token = self.peek().filter(|token| token.kind == Kind::Number)?;
        let count = self.raw(token).parse().ok()?;
        self.advance();
        Some(count)
    }

    /// Reads `( … )` whole, with what is nested in it: from the opening parenthesis to the closing one.
    pub(super) fn group(&mut self, what: &str) -> Read<Span> {
        let Some(open) = self.eat_punct(b'(') else { return Err(self.expected(&format!("`(` and {what}"))) };
        let mut depth = 1_usize;
        while let Some(token) = self.advance() {
            match token.kind {
                Kind::Punct(b'(') => depth += 1,
                Kind::Punct(b')') => depth -= 1,
                Kind::NotText => return Err(self.not_text(token)),
                _ => {}
            }
            if depth == 0 {
                return Ok(self.span(open).to(self.span(token)));
            }
        }
        let message = "this parenthesis is never closed".to_owned();
        Err(Wrong { span: self.span(open), message, help: Some("a `)` is missing before the end of the statement") })
    }

    /// The tokens of `( … )` between its parentheses, and the closing one.
    pub(super) fn inside(&mut self, what: &str) -> Read<(Reader<'a>, Token)> {
        let first = self.at + 1;
        self.group(what)?;
        let last = self.at.saturating_sub(1);
        let close = self.tokens.get(last).copied();
        let Some(close) = close else { return Err(self.expected(what)) };
        Ok((Reader { at: 0, tokens: self.tokens.get(first..last).unwrap_or_default(), end: close.start, ..self.clone() }, close))
    }

    /// Cut at the commas that stand outside of parentheses.
    pub(super) fn elements(&self) -> Vec<Reader<'a>> {
        let mut elements = Vec::new();
        let mut start = self.at;
        let mut depth = 0_usize;
        let part = |from: usize, to: usize, end: usize| Reader {
            at: 0,
            tokens: self.tokens.get(from..to).unwrap_or_default(),
            end,
            ..self.clone()
        };
        for (at, token) in self.tokens.iter().enumerate().skip(self.at) {
            match token.kind {
                Kind::Punct(b'(') => depth += 1,
                Kind::Punct(b')') => depth = depth.saturating_sub(1),
                Kind::Punct(b',') if depth == 0 => {
                    elements.push(part(start, at, token.start));
                    start = at + 1;
                }
                _ => {}
            }
        }
        elements.push(part(start, self.tokens.len(), self.end));
        elements
    }

    /// What was written between two tokens, on one line.
    pub(super) fn written(&self, span: Span) -> String {
        let text = self.text.get(span.start..span.end).unwrap_or("");
        if text.contains(|c: char| c.is_whitespace() && c != ' ') {
            return text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        text.to_owned()
    }

    /// The tokens read from `position` on.
    pub(super) fn read_since(&self, position: usize) -> &'a [Token] {
        self.tokens.get(position..self.at).unwrap_or_default()
    }

    /// From the token at `position` to the last one read.
    pub(super) fn since(&self, position: usize) -> Span {
        let first = self.tokens.get(position).map_or(self.end, |token| token.start);
        let last = self.last().map_or(first, |token| token.end);
        Span::new(self.file, first, last.max(first))
    }

    /// `what` was wanted, and something else is there.
    pub(super) fn expected(&self, what: &str) -> Wrong {
        match self.peek() {
            Some(token) if self.text.get(token.start..).is_some_and(|rest| rest.starts_with("*/")) => {
                stray_comment(Span::new(self.file, token.start, token.start + 2))
            }
            Some(token) if token.kind == Kind::NotText => self.not_text(token),
            found => Wrong { span: self.here(), message: format!("expected {what}, found {}", self.shown(found)), help: None },
        }
    }

    pub(super) fn not_text(&self, token: Token) -> Wrong {
        let help = Some("save the file as UTF-8, for example with: iconv -f latin1 -t utf-8 old.sql > new.sql");
        Wrong { span: self.span(token), message: "there are bytes here that are not UTF-8".to_owned(), help }
    }

    /// A token for a message.
    pub(super) fn shown(&self, token: Option<Token>) -> String {
        let Some(token) = token else { return self.ending().map_or("the end".to_owned(), |c| format!("`{c}`")) };
        let raw = self.raw(token);
        let line = raw.lines().next().unwrap_or("");
        let mut shown: String = line.chars().take(40).collect();
        if shown.len() < raw.len() {
            shown.push('…');
        }
        if token.kind == Kind::Name { shown } else { format!("`{shown}`") }
    }
}
