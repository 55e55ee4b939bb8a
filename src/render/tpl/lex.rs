//! The words of a Go template, cut as Go's own lexer cuts them.
//!
//! Source of every rule: text/template's documentation, and Go's answers in `tests/text_template`.

use std::ops::Range;

use crate::render::engine::TemplateError;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Open,
    Close,
    /// Blanks between words: they part arguments.
    Space,
    Identifier,
    /// `.name`
    Field,
    /// `.`
    Dot,
    /// `$`, `$name`
    Variable,
    Bool,
    Nil,
    Number,
    Char,
    String,
    Raw,
    /// `:=`
    Declare,
    /// `=`
    Assign,
    Pipe,
    ParenOpen,
    ParenClose,
    /// `,` and other signs that no grammar but a declaration knows.
    Sign,
    Keyword,
    End,
}

/// A word and its bytes in the text.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub kind: Kind,
    pub at: Range<usize>,
}

const KEYWORDS: [&str; 10] = ["block", "break", "continue", "define", "else", "end", "if", "range", "template", "with"];

/// Cuts a text into words. The last is an [`Kind::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, TemplateError> {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new() };
    lexer.run()?;
    lexer.push(Kind::End, text.len());
    Ok(lexer.tokens)
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// The letters and digits of names. Go takes all of Unicode's; the engine's idea of them differs at the edges, so those
/// it is sure about are listed and others refused.
fn is_word(c: char) -> bool {
    let listed = matches!(c, '\u{c0}'..='\u{24f}' | '\u{386}'..='\u{3ff}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}'
        | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '가'..='힣');
    c == '_' || c.is_ascii_alphanumeric() || (listed && c.is_alphabetic())
}

/// Whether `- ` follows an opening: it trims the text before.
fn trims_before(rest: &str) -> bool {
    rest.starts_with('-') && rest[1..].starts_with(is_space)
}

/// Whether a closing starts here, and how long it is; ` -}}` trims the text behind.
fn close(rest: &str) -> Option<(usize, bool)> {
    if rest.starts_with("}}") {
        return Some((2, false));
    }
    (rest.starts_with(is_space) && rest[1..].starts_with("-}}")).then_some((4, true))
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: Kind, end: usize) {
        self.tokens.push(Token { kind, at: self.at..end });
        self.at = end;
    }

    fn error<T>(&self, message: impl Into<String>, at: Range<usize>) -> Result<T, TemplateError> {
        Err(TemplateError::new(message, Some(at)))
    }

    fn run(&mut self) -> Result<(), TemplateError> {
        while let Some(found) = self.rest().find("{{") {
            let open = self.at + found;
            if open > self.at {
                self.push(Kind::Text, open);
            }
            let trim = if trims_before(&self.text[open + 2..]) { 2 } else { 0 };
            let inside = open + 2 + trim;
            if self.text[inside..].starts_with("/*") {
                self.comment(open, inside)?;
            } else {
                self.push(Kind::Open, inside);
                self.action(open)?;
            }
        }
        if !self.rest().is_empty() {
            self.push(Kind::Text, self.text.len());
        }
        Ok(())
    }

    /// Steps behind a blank-trimming or plain closing.
    fn skip_trimmed(&mut self, trims: bool) {
        if trims {
            self.at = self.text.len() - self.rest().trim_start_matches(is_space).len();
        }
    }

    fn comment(&mut self, open: usize, inside: usize) -> Result<(), TemplateError> {
        let Some(found) = self.text[inside + 2..].find("*/") else {
            return self.error("this comment is not closed: `*/}}` is missing", open..inside + 2);
        };
        let end = inside + 2 + found + 2;
        let Some((length, trims)) = close(&self.text[end..]) else {
            return self.error("a comment's `*/` must be followed by `}}`", open..end);
        };
        self.at = end + length;
        self.skip_trimmed(trims);
        Ok(())
    }

    fn action(&mut self, open: usize) -> Result<(), TemplateError> {
        let mut parens: Vec<usize> = Vec::new();
        loop {
            if let Some((length, trims)) = close(self.rest()) {
                if let Some(paren) = parens.last() {
                    return self.error("this `(` is not closed", *paren..paren + 1);
                }
                self.push(Kind::Close, self.at + length);
                self.skip_trimmed(trims);
                return Ok(());
            }
            let Some(c) = self.rest().chars().next() else {
                return self.error("this action is not closed: `}}` is missing", open..open + 2);
            };
            let here = self.at;
            match c {
                _ if is_space(c) => self.space(),
                '(' => {
                    parens.push(here);
                    self.push(Kind::ParenOpen, here + 1);
                }
                ')' => {
                    if parens.pop().is_none() {
                        return self.error("there is no `(` for this `)`", here..here + 1);
                    }
                    self.push(Kind::ParenClose, here + 1);
                }
                '=' => self.push(Kind::Assign, here + 1),
                ':' if self.rest().starts_with(":=") => self.push(Kind::Declare, here + 2),
                ':' => return self.error("expected `:=`", here..here + 1),
                '|' => self.push(Kind::Pipe, here + 1),
                '"' => self.quoted('"', Kind::String)?,
                '\'' => self.quoted('\'', Kind::Char)?,
                '`' => {
                    let Some(end) = self.text[here + 1..].find('`') else {
                        return self.error("this text is not closed: a backquote is missing", here..here + 1);
                    };
                    self.push(Kind::Raw, here + 1 + end + 1);
                }
                '$' => self.name(Kind::Variable, Kind::Variable)?,
                '.' if !self.rest()[1..].starts_with(|c: char| c.is_ascii_digit()) => self.name(Kind::Field, Kind::Dot)?,
                '.' | '+' | '-' | '0'..='9' => self.number()?,
                _ if is_word(c) => self.identifier()?,
                _ if c.is_ascii_graphic() => self.push(Kind::Sign, here + 1),
                _ => return self.error(format!("{c:?} cannot stand here"), here..here + c.len_utf8()),
            }
        }
    }

    /// Blanks, but for the one that belongs to ` -}}`.
    fn space(&mut self) {
        let mut end = self.at;
        while self.text[end..].starts_with(is_space) && close(&self.text[end..]).is_none() {
            end += 1;
        }
        self.push(Kind::Space, end);
    }

    fn word_end(&self, from: usize) -> usize {
        self.text.len() - self.text[from..].trim_start_matches(is_word).len()
    }

    /// A name ends where a blank, a closing or one of `.,|:()` stands.
    fn terminated(&self, end: usize) -> Result<(), TemplateError> {
        let rest = &self.text[end..];
        match rest.chars().next() {
            Some(c) if !is_space(c) && !".,|:()".contains(c) && !rest.starts_with("}}") => {
                self.error(format!("{c:?} cannot stand in a name"), end..end + c.len_utf8())
            }
            _ => Ok(()),
        }
    }

    /// `.name` and `$name`; `alone` where no name follows the sign.
    fn name(&mut self, kind: Kind, alone: Kind) -> Result<(), TemplateError> {
        let end = self.word_end(self.at + 1);
        self.terminated(end)?;
        let kind = if end == self.at + 1 { alone } else { kind };
        self.push(kind, end);
        Ok(())
    }

    fn identifier(&mut self) -> Result<(), TemplateError> {
        let end = self.word_end(self.at);
        self.terminated(end)?;
        let kind = match &self.text[self.at..end] {
            "true" | "false" => Kind::Bool,
            "nil" => Kind::Nil,
            word if KEYWORDS.contains(&word) => Kind::Keyword,
            _ => Kind::Identifier,
        };
        self.push(kind, end);
        Ok(())
    }

    fn quoted(&mut self, quote: char, kind: Kind) -> Result<(), TemplateError> {
        let mut letters = self.rest().char_indices().skip(1);
        while let Some((at, c)) = letters.next() {
            match c {
                '\n' => break,
                '\\' if letters.next().is_none_or(|(_, escaped)| escaped == '\n') => break,
                _ if c == quote => {
                    let end = self.at + at + 1;
                    self.push(kind, end);
                    return Ok(());
                }
                _ => {}
            }
        }
        self.error(format!("this text is not closed: `{quote}` is missing"), self.at..self.at + 1)
    }

    /// The shape of a number; its value is looked at later.
    fn number(&mut self) -> Result<(), TemplateError> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut end = start;
        let mut accept = |set: &[u8], many: bool| {
            let mut any = false;
            while bytes.get(end).is_some_and(|b| set.contains(b)) {
                end += 1;
                any = true;
                if !many {
                    break;
                }
            }
            any
        };
        let mut digits: &[u8] = b"0123456789_";
        accept(b"+-", false);
        if accept(b"0", false) {
            if accept(b"xX", false) {
                digits = b"0123456789abcdefABCDEF_";
            } else if accept(b"oO", false) {
                digits = b"01234567_";
            } else if accept(b"bB", false) {
                digits = b"01_";
            }
        }
        accept(digits, true);
        if accept(b".", false) {
            accept(digits, true);
        }
        let exponent: &[u8] = match digits.len() {
            11 => b"eE",
            23 => b"pP",
            _ => b"",
        };
        if accept(exponent, false) {
            accept(b"+-", false);
            accept(b"0123456789_", true);
        }
        match self.text[end..].chars().next() {
            Some('i') => self.error("complex numbers are not supported", start..end + 1),
            Some(c) if is_word(c) || c == '+' || c == '-' || c.is_alphanumeric() => {
                self.error("this is not a number", start..end + c.len_utf8())
            }
            _ => {
                self.push(Kind::Number, end);
                Ok(())
            }
        }
    }
}
