//! Literals: numbers, strings and runes.
//!
//! In: the lexer, at the first byte of a literal. Out: the kind of the literal, the lexer past its last byte; what is
//! wrong inside it is noted in the lexer. Invariant: a literal that is wrong still ends where go/scanner ends it.

use super::scan::Scanner;
use super::token::Tok;

/// A number: integer, float or imaginary, in any base.
pub(super) fn scan_number(s: &mut Scanner<'_>) -> Tok {
    let start = s.at;
    let mut tok = Tok::Int;
    let mut base = 10;
    let mut prefix = 0u8;
    let mut seen = Digits::default();
    let mut invalid = None;

    if s.peek(0) != b'.' {
        if s.peek(0) == b'0' {
            s.at += 1;
            (base, prefix) = match s.peek(0) | 0x20 {
                b'x' => (16, b'x'),
                b'o' => (8, b'o'),
                b'b' => (2, b'b'),
                _ => (8, b'0'),
            };
            if prefix == b'0' {
                seen.digit = true;
            } else {
                s.at += 1;
            }
        }
        seen.add(digits(s, base, &mut invalid));
    }
    if s.peek(0) == b'.' {
        tok = Tok::Float;
        if matches!(prefix, b'o' | b'b') {
            s.error(s.at, format!("a point in {}", name_of(prefix)));
        }
        s.at += 1;
        seen.add(digits(s, base, &mut invalid));
    }
    if !seen.digit {
        s.error(s.at, format!("{} without digits", name_of(prefix)));
    }
    let exponent = s.peek(0) | 0x20;
    if matches!(exponent, b'e' | b'p') {
        if exponent == b'e' && !matches!(prefix, 0 | b'0') {
            s.error(s.at, "an exponent 'e' needs a decimal number");
        } else if exponent == b'p' && prefix != b'x' {
            s.error(s.at, "an exponent 'p' needs a hexadecimal number");
        }
        s.at += 1;
        tok = Tok::Float;
        if matches!(s.peek(0), b'+' | b'-') {
            s.at += 1;
        }
        let found = digits(s, 10, &mut None);
        seen.add(found);
        if !found.digit {
            s.error(s.at, "an exponent without digits");
        }
    } else if prefix == b'x' && tok == Tok::Float {
        s.error(s.at, "a hexadecimal float needs an exponent 'p'");
    }
    if s.peek(0) == b'i' {
        tok = Tok::Imag;
        s.at += 1;
    }
    if tok == Tok::Int
        && let Some(at) = invalid
    {
        s.error(at, format!("a digit that is not allowed in {}", name_of(prefix)));
    }
    if seen.separator
        && let Some(at) = misplaced_separator(s.src.get(start..s.at).unwrap_or_default())
    {
        s.error(start + at, "'_' must stand between digits");
    }
    tok
}

/// What a run of digits holds.
#[derive(Clone, Copy, Default)]
struct Digits {
    digit: bool,
    separator: bool,
}

impl Digits {
    fn add(&mut self, other: Digits) {
        self.digit |= other.digit;
        self.separator |= other.separator;
    }
}

/// Passes over digits and separators. In bases up to ten every decimal digit is taken; the first that is too large is
/// noted.
fn digits(s: &mut Scanner<'_>, base: u8, invalid: &mut Option<usize>) -> Digits {
    let mut seen = Digits::default();
    loop {
        match s.peek(0) {
            b'_' => seen.separator = true,
            d @ b'0'..=b'9' => {
                seen.digit = true;
                if base <= 10 && d - b'0' >= base && invalid.is_none() {
                    *invalid = Some(s.at);
                }
            }
            b'a'..=b'f' | b'A'..=b'F' if base == 16 => seen.digit = true,
            _ => return seen,
        }
        s.at += 1;
    }
}

/// The kind of number a prefix starts, for messages.
fn name_of(prefix: u8) -> &'static str {
    match prefix {
        b'x' => "a hexadecimal number",
        b'o' | b'0' => "an octal number",
        b'b' => "a binary number",
        _ => "a decimal number",
    }
}

/// The place of the first `_` that does not separate digits; the prefix counts as a digit.
fn misplaced_separator(literal: &[u8]) -> Option<usize> {
    let prefix = match literal {
        [b'0', p, ..] if matches!(p | 0x20, b'x' | b'o' | b'b') => p | 0x20,
        _ => 0,
    };
    let from = if prefix == 0 { 0 } else { 2 };
    let mut previous = if prefix == 0 { b'.' } else { b'0' };
    for (i, &byte) in literal.iter().enumerate().skip(from) {
        let class = match byte {
            b'_' => b'_',
            b'0'..=b'9' => b'0',
            b'a'..=b'f' | b'A'..=b'F' if prefix == b'x' => b'0',
            _ => b'.',
        };
        if class == b'_' && previous != b'0' {
            return Some(i);
        }
        if class == b'.' && previous == b'_' {
            return Some(i - 1);
        }
        previous = class;
    }
    (previous == b'_').then(|| literal.len() - 1)
}

/// A string in double quotes.
pub(super) fn scan_string(s: &mut Scanner<'_>) -> Tok {
    let start = s.at;
    s.at += 1;
    loop {
        match s.src.get(s.at) {
            None | Some(b'\n') => {
                s.error(start, "string is not terminated");
                return Tok::Str;
            }
            Some(b'"') => {
                s.at += 1;
                return Tok::Str;
            }
            Some(b'\\') => {
                s.at += 1;
                escape(s, b'"');
            }
            Some(_) => s.at += 1,
        }
    }
}

/// A string in back quotes.
pub(super) fn scan_raw_string(s: &mut Scanner<'_>) -> Tok {
    let start = s.at;
    let rest = s.src.get(start + 1..).unwrap_or_default();
    match rest.iter().position(|&b| b == b'`') {
        Some(len) => s.at = start + 1 + len + 1,
        None => {
            s.error(start, "raw string is not terminated");
            s.at = s.src.len();
        }
    }
    Tok::Str
}

/// A rune: one character or one escape in single quotes.
pub(super) fn scan_rune(s: &mut Scanner<'_>) -> Tok {
    let start = s.at;
    s.at += 1;
    let mut valid = true;
    let mut count = 0;
    loop {
        match s.char() {
            None | Some('\n') => {
                if valid {
                    s.error(start, "rune is not terminated");
                }
                return Tok::Char;
            }
            Some('\'') => {
                s.at += 1;
                break;
            }
            Some('\\') => {
                s.at += 1;
                count += 1;
                valid &= escape(s, b'\'');
            }
            Some(c) => {
                s.at += c.len_utf8();
                count += 1;
            }
        }
    }
    if valid && count != 1 {
        s.error(start, "a rune must be one character");
    }
    Tok::Char
}

/// An escape sequence, its backslash already passed. A wrong one stops at the offending character.
fn escape(s: &mut Scanner<'_>, quote: u8) -> bool {
    let start = s.at;
    let Some(c) = s.char() else {
        s.error(start, "escape sequence is not terminated");
        return false;
    };
    let (len, base, max) = match c {
        'a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v' | '\\' => {
            s.at += 1;
            return true;
        }
        c if c == char::from(quote) => {
            s.at += 1;
            return true;
        }
        '0'..='7' => (3, 8, 255),
        'x' => (2, 16, 255),
        'u' => (4, 16, u32::from(char::MAX)),
        'U' => (8, 16, u32::from(char::MAX)),
        _ => {
            s.error(start, "unknown escape sequence");
            return false;
        }
    };
    if base == 16 {
        s.at += 1;
    }
    let mut value = 0u32;
    for _ in 0..len {
        let Some(digit) = s.char().and_then(|c| c.to_digit(base)) else {
            let message = if s.char().is_none() { "escape sequence is not terminated" } else { "illegal character in an escape sequence" };
            s.error(s.at, message);
            return false;
        };
        value = value.wrapping_mul(base).wrapping_add(digit);
        s.at += 1;
    }
    if value > max || (0xD800..0xE000).contains(&value) {
        s.error(start, "escape sequence is not a Unicode character");
        return false;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::scan::scan;

    fn error(src: &str) -> Option<usize> {
        scan(src).error.map(|e| e.offset)
    }

    #[test]
    fn good_literals() {
        for src in [
            "0",
            "0777",
            "0x1_F",
            "0b01",
            "0o7",
            "1e+9",
            ".5",
            "0x1p-2",
            "08.5",
            "09i",
            "1_000",
            "'\\''",
            "'世'",
            "\"\\u00e9\\x41\\101\"",
            "`a\nb`",
        ] {
            assert_eq!(error(src), None, "{src}");
        }
    }

    #[test]
    fn bad_literals() {
        assert_eq!(error("08"), Some(1));
        assert_eq!(error("0x"), Some(2));
        assert_eq!(error("0b2"), Some(2));
        assert_eq!(error("1__0"), Some(2));
        assert_eq!(error("1e"), Some(2));
        assert_eq!(error("0x1.0"), Some(5));
        assert_eq!(error("''"), Some(0));
        assert_eq!(error("'ab'"), Some(0));
        assert_eq!(error("\"\\q\""), Some(2));
        assert_eq!(error("\"a\n"), Some(0));
        assert_eq!(error("`a"), Some(0));
    }
}
