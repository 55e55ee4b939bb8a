//! One statement to tokens. Comments are gone; what stands in `/*! … */` is SQL as MySQL has it, and known to be from there:
//! goctl does not read it.

use crate::source::NOT_TEXT;

use super::split::{line_comment, line_len, quoted_len, version};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword or a name without quotes.
    Word,
    /// A name in backticks.
    Name,
    /// A text in `'`, with `N` in front of it or not.
    Text,
    /// A text in `"`; where a name is wanted it is one (`ANSI_QUOTES`).
    Double,
    /// `1`, `-` not included, `1.5`, `1e3`.
    Number,
    /// `b'0'`, `x'41'`, `0x41`, `0b1`
    Bits,
    /// A single byte of punctuation.
    Punct(u8),
    /// Bytes that are no text: see `source`.
    NotText,
}

/// A token: where it stands in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// In a versioned comment.
    pub(super) versioned: bool,
}

/// The tokens of `text[start..end]`. Ends early at something unfinished, which the splitter knows of.
pub(super) fn tokens(text: &str, start: usize, end: usize) -> Vec<Token> {
    let bytes = text.as_bytes().get(..end).unwrap_or_default();
    let mut tokens = Vec::new();
    let mut at = start;
    let mut versioned = false;
    while let Some(first) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        if first.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        if line_comment(rest) {
            at += line_len(rest);
            continue;
        }
        if rest.starts_with(b"/*") {
            if let Some(len) = version(rest) {
                versioned = true;
                at += len;
                continue;
            }
            let Some(len) = memchr::memmem::find(rest.get(2..).unwrap_or_default(), b"*/") else { break };
            at += 2 + len + 2;
            continue;
        }
        if versioned && rest.starts_with(b"*/") {
            versioned = false;
            at += 2;
            continue;
        }
        let Some((kind, len)) = token(rest) else { break };
        let kind = match kind {
            Kind::Punct(_) => kind,
            _ if rest.get(..len).is_some_and(|word| memchr::memchr(NOT_TEXT, word).is_some()) => Kind::NotText,
            _ => kind,
        };
        tokens.push(Token { kind, start: at, end: at + len, versioned });
        at += len;
    }
    tokens
}

/// The token at the start of `rest`, and its bytes; `None` where a quote is never closed.
fn token(rest: &[u8]) -> Option<(Kind, usize)> {
    let (first, second) = (*rest.first()?, rest.get(1).copied().unwrap_or_default());
    Some(match first {
        b'\'' => (Kind::Text, doubled_len(rest)?),
        b'"' => (Kind::Double, doubled_len(rest)?),
        b'`' => (Kind::Name, doubled_len(rest)?),
        b'n' | b'N' if second == b'\'' => (Kind::Text, 1 + doubled_len(rest.get(1..)?)?),
        b'b' | b'B' | b'x' | b'X' if second == b'\'' => (Kind::Bits, 1 + quoted_len(rest.get(1..)?)?),
        b'.' if second.is_ascii_digit() => (Kind::Number, 1 + number_len(rest.get(1..)?)),
        NOT_TEXT => (Kind::NotText, 1),
        _ if is_word(first) => word(rest),
        _ => (Kind::Punct(first), 1),
    })
}

/// As [`quoted_len`], over doubled quotes.
fn doubled_len(rest: &[u8]) -> Option<usize> {
    let quote = rest.first();
    let mut len = 0;
    loop {
        len += quoted_len(rest.get(len..)?)?;
        if rest.get(len) != quote {
            return Some(len);
        }
    }
}

/// What a name without quotes is made of (MySQL manual, 11.2).
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80 || byte == NOT_TEXT
}

/// A name or a number: a name may begin with digits, but not be made of them alone.
fn word(rest: &[u8]) -> (Kind, usize) {
    let len = rest.iter().take_while(|byte| is_word(**byte)).count();
    let word = rest.get(..len).unwrap_or_default();
    let digits = word.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return (Kind::Word, len);
    }
    let tail = word.get(digits..).unwrap_or_default();
    match tail {
        [] => (Kind::Number, number_len(rest)),
        [b'e' | b'E', power @ ..] if power.iter().all(u8::is_ascii_digit) && (!power.is_empty() || signed(rest.get(len..))) => {
            (Kind::Number, number_len(rest))
        }
        [b'x' | b'X', hex @ ..] if word.first() == Some(&b'0') && digits == 1 && hex.iter().all(u8::is_ascii_hexdigit) => (Kind::Bits, len),
        [b'b' | b'B', bits @ ..] if word.first() == Some(&b'0') && digits == 1 && bits.iter().all(|b| matches!(b, b'0' | b'1')) => {
            (Kind::Bits, len)
        }
        _ => (Kind::Word, len),
    }
}

fn signed(rest: Option<&[u8]>) -> bool {
    matches!(rest, Some([b'+' | b'-', digit, ..]) if digit.is_ascii_digit())
}

/// The bytes of a number that starts with a digit.
fn number_len(rest: &[u8]) -> usize {
    let digits = |from: usize| rest.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut len = digits(0);
    if rest.get(len) == Some(&b'.') {
        len += 1 + digits(len + 1);
    }
    if matches!(rest.get(len), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(rest.get(len + 1), Some(b'+' | b'-')));
        let power = digits(len + 1 + sign);
        if power > 0 {
            len += 1 + sign + power;
        }
    }
    len
}

/// What a name, a text or a word says, without quotes and escapes (MySQL manual, 11.1.1 and 11.2).
pub(super) fn unquoted(kind: Kind, text: &str) -> String {
    let text = if kind == Kind::Text { text.strip_prefix(['n', 'N']).unwrap_or(text) } else { text };
    let quote = match kind {
        Kind::Name => '`',
        Kind::Text => '\'',
        Kind::Double => '"',
        _ => return text.to_owned(),
    };
    let body = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote)).unwrap_or(text);
    let mut out = String::with_capacity(body.len());
    let mut chars = body.chars();
    while let Some(c) = chars.next() {
        if c == quote {
            chars.next();
            out.push(quote);
        } else if c == '\\' && kind != Kind::Name {
            match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                Some('0') => out.push('\0'),
                Some('b') => out.push('\u{8}'),
                Some('Z') => out.push('\u{1a}'),
                // These two keep their backslash: they mean something to LIKE.
                Some(c @ ('%' | '_')) => out.extend(['\\', c]),
                Some(c) => out.push(c),
                None => out.push('\\'),
            }
        } else {
            out.push(c);
        }
    }
    out
}
