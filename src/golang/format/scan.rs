//! The lexer: source text to tokens, comments and inserted semicolons among them.
//!
//! In: the text of a file. Out: every token in order, the last one [`Tok::Eof`], and the first lexical error if there
//! is one; the tokens after an error are a best effort, so that the parser can find an earlier mistake. Invariant:
//! ranges are increasing but for the semicolon after a comment of several lines, which stands at its first line break.

use super::SyntaxError;
use super::scan_literal::{scan_number, scan_raw_string, scan_rune, scan_string};
use super::token::{Pos, Tok, Token};
use super::unicode::{is_digit, is_letter};

/// The tokens of a file.
pub(super) struct Scanned {
    /// All of them, [`Tok::Eof`] last.
    pub(super) tokens: Vec<Token>,
    /// The first lexical error.
    pub(super) error: Option<SyntaxError>,
}

/// The state of the lexer; literals are scanned in [`super::scan_literal`].
pub(super) struct Scanner<'s> {
    /// The source.
    pub(super) src: &'s [u8],
    /// The source as text, for characters beyond ASCII.
    text: &'s str,
    /// The next byte.
    pub(super) at: usize,
    /// The error that starts first.
    error: Option<SyntaxError>,
}

/// Cuts the source into tokens.
pub(super) fn scan(text: &str) -> Scanned {
    let mut scanner = Scanner { src: text.as_bytes(), text, at: 0, error: None };
    scanner.forbidden_characters();
    let tokens = scanner.run();
    Scanned { tokens, error: scanner.error }
}

impl Scanner<'_> {
    /// The byte `ahead` of the next one, 0 past the end (a real NUL is an error anyway).
    pub(super) fn peek(&self, ahead: usize) -> u8 {
        self.src.get(self.at + ahead).copied().unwrap_or(0)
    }

    /// The character at the next byte.
    pub(super) fn char(&self) -> Option<char> {
        self.text.get(self.at..).and_then(|rest| rest.chars().next())
    }

    /// Notes an error if it is the first one in the text.
    pub(super) fn error(&mut self, offset: usize, message: impl Into<String>) {
        if self.error.as_ref().is_none_or(|first| offset < first.offset) {
            self.error = Some(SyntaxError { offset, message: message.into() });
        }
    }

    /// NUL is allowed nowhere, a byte order mark only as the first character.
    fn forbidden_characters(&mut self) {
        const BOM: char = '\u{feff}';
        if self.text.starts_with(BOM) {
            self.at = BOM.len_utf8();
        }
        if let Some(offset) = self.src.iter().position(|&b| b == 0) {
            self.error(offset, "illegal character NUL");
        }
        if let Some(offset) = self.text.get(self.at..).and_then(|rest| rest.find(BOM)) {
            self.error(self.at + offset, "illegal byte order mark");
        }
    }

    /// The main loop.
    fn run(&mut self) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(self.src.len() / 4 + 2);
        let mut ends_statement = false;
        loop {
            // White space. A line break is a token where it ends a statement.
            loop {
                match self.peek(0) {
                    b' ' | b'\t' | b'\r' => self.at += 1,
                    b'\n' if !ends_statement => self.at += 1,
                    _ => break,
                }
            }
            let start = self.at;
            let Some(&byte) = self.src.get(start) else { break };
            if byte == b'\n' {
                tokens.push(inserted_semicolon(start));
                ends_statement = false;
                self.at += 1;
                continue;
            }
            if byte == b'/' && matches!(self.peek(1), b'/' | b'*') {
                let line_break = self.comment();
                tokens.push(Token { tok: Tok::Comment, pos: start as Pos, end: self.at as Pos });
                if let Some(line_break) = line_break
                    && ends_statement
                {
                    tokens.push(inserted_semicolon(line_break));
                    ends_statement = false;
                }
                continue;
            }
            let tok = self.token(byte);
            tokens.push(Token { tok, pos: start as Pos, end: self.at as Pos });
            // An illegal character changes nothing: the line goes on as if it were not there.
            if tok != Tok::Illegal {
                ends_statement = tok.ends_statement();
            }
        }
        if ends_statement {
            tokens.push(inserted_semicolon(self.src.len()));
        }
        tokens.push(Token { tok: Tok::Eof, pos: self.src.len() as Pos, end: self.src.len() as Pos });
        tokens
    }

    /// One token that is neither a comment nor white space.
    fn token(&mut self, byte: u8) -> Tok {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(),
            b'0'..=b'9' => scan_number(self),
            b'.' if self.peek(1).is_ascii_digit() => scan_number(self),
            b'"' => scan_string(self),
            b'\'' => scan_rune(self),
            b'`' => scan_raw_string(self),
            0x80.. => match self.char() {
                Some(c) if is_letter(c) => self.word(),
                c => {
                    let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
                    self.error(self.at, illegal_character(c));
                    self.at += c.len_utf8();
                    Tok::Illegal
                }
            },
            _ => self.operator(byte),
        }
    }

    /// A name or a keyword.
    fn word(&mut self) -> Tok {
        let start = self.at;
        loop {
            match self.peek(0) {
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'0'..=b'9' => self.at += 1,
                0x80.. => match self.char() {
                    Some(c) if is_letter(c) || is_digit(c) => self.at += c.len_utf8(),
                    _ => break,
                },
                _ => break,
            }
        }
        let word = self.src.get(start..self.at).unwrap_or_default();
        // The shortest keyword has two letters, the longest eleven.
        if (2..=11).contains(&word.len()) { Tok::keyword(word).unwrap_or(Tok::Ident) } else { Tok::Ident }
    }

    /// An operator: the longest that fits.
    fn operator(&mut self, byte: u8) -> Tok {
        let (tok, len) = match (byte, self.peek(1), self.peek(2)) {
            (b'.', b'.', b'.') => (Tok::Ellipsis, 3),
            (b'<', b'<', b'=') => (Tok::ShlAssign, 3),
            (b'>', b'>', b'=') => (Tok::ShrAssign, 3),
            (b'&', b'^', b'=') => (Tok::AndNotAssign, 3),
            (b':', b'=', _) => (Tok::Define, 2),
            (b'+', b'=', _) => (Tok::AddAssign, 2),
            (b'+', b'+', _) => (Tok::Inc, 2),
            (b'-', b'=', _) => (Tok::SubAssign, 2),
            (b'-', b'-', _) => (Tok::Dec, 2),
            (b'*', b'=', _) => (Tok::MulAssign, 2),
            (b'/', b'=', _) => (Tok::QuoAssign, 2),
            (b'%', b'=', _) => (Tok::RemAssign, 2),
            (b'^', b'=', _) => (Tok::XorAssign, 2),
            (b'<', b'-', _) => (Tok::Arrow, 2),
            (b'<', b'=', _) => (Tok::Leq, 2),
            (b'<', b'<', _) => (Tok::Shl, 2),
            (b'>', b'=', _) => (Tok::Geq, 2),
            (b'>', b'>', _) => (Tok::Shr, 2),
            (b'=', b'=', _) => (Tok::Eql, 2),
            (b'!', b'=', _) => (Tok::Neq, 2),
            (b'&', b'^', _) => (Tok::AndNot, 2),
            (b'&', b'=', _) => (Tok::AndAssign, 2),
            (b'&', b'&', _) => (Tok::LAnd, 2),
            (b'|', b'=', _) => (Tok::OrAssign, 2),
            (b'|', b'|', _) => (Tok::LOr, 2),
            (b':', ..) => (Tok::Colon, 1),
            (b'.', ..) => (Tok::Period, 1),
            (b',', ..) => (Tok::Comma, 1),
            (b';', ..) => (Tok::Semicolon, 1),
            (b'(', ..) => (Tok::LParen, 1),
            (b')', ..) => (Tok::RParen, 1),
            (b'[', ..) => (Tok::LBrack, 1),
            (b']', ..) => (Tok::RBrack, 1),
            (b'{', ..) => (Tok::LBrace, 1),
            (b'}', ..) => (Tok::RBrace, 1),
            (b'+', ..) => (Tok::Add, 1),
            (b'-', ..) => (Tok::Sub, 1),
            (b'*', ..) => (Tok::Mul, 1),
            (b'/', ..) => (Tok::Quo, 1),
            (b'%', ..) => (Tok::Rem, 1),
            (b'^', ..) => (Tok::Xor, 1),
            (b'<', ..) => (Tok::Lss, 1),
            (b'>', ..) => (Tok::Gtr, 1),
            (b'=', ..) => (Tok::Assign, 1),
            (b'!', ..) => (Tok::Not, 1),
            (b'&', ..) => (Tok::And, 1),
            (b'|', ..) => (Tok::Or, 1),
            (b'~', ..) => (Tok::Tilde, 1),
            _ => {
                self.error(self.at, illegal_character(char::from(byte)));
                (Tok::Illegal, 1)
            }
        };
        self.at += len;
        tok
    }

    /// A comment; the answer is the place of the first line break inside it.
    fn comment(&mut self) -> Option<usize> {
        let start = self.at;
        let rest = self.src.get(start + 2..).unwrap_or_default();
        if self.peek(1) == b'/' {
            let len = rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
            self.at = start + 2 + len;
            let starts_line = start == 0 || self.src.get(start - 1) == Some(&b'\n');
            if starts_line {
                let text = rest.get(..len).unwrap_or_default();
                self.line_directive(start + 2, text.strip_suffix(b"\r").unwrap_or(text));
            }
            return None;
        }
        let mut line_break = None;
        let mut from = 0;
        loop {
            match rest.get(from..).and_then(|tail| tail.iter().position(|&b| b == b'/' || b == b'\n')) {
                None => {
                    self.error(start, "comment is not terminated");
                    self.at = self.src.len();
                    return line_break;
                }
                Some(found) => {
                    let found = from + found;
                    if rest.get(found) == Some(&b'\n') {
                        line_break = line_break.or(Some(start + 2 + found));
                    } else if found > 0 && rest.get(found - 1) == Some(&b'*') {
                        self.at = start + 2 + found + 1;
                        self.line_directive(start + 2, rest.get(..found - 1).unwrap_or_default());
                        return line_break;
                    }
                    from = found + 1;
                }
            }
        }
    }

    /// Refuses a `line` directive whose numbers are wrong (go/scanner, updateLineInfo); the rest of it is a comment.
    fn line_directive(&mut self, offset: usize, text: &[u8]) {
        let Some(text) = text.strip_prefix(b"line ") else { return };
        let offset = offset + b"line ".len();
        let Some(colon) = text.iter().rposition(|&b| b == b':') else { return };
        let (head, last) = (text.get(..colon).unwrap_or_default(), text.get(colon + 1..).unwrap_or_default());
        let Some(last) = decimal(last) else {
            return self.error(offset + colon + 1, "invalid line number in a line directive");
        };
        let allowed = |n: u64| n != 0 && n <= 1 << 30;
        let before = head.iter().rposition(|&b| b == b':');
        match before.and_then(|colon| decimal(head.get(colon + 1..).unwrap_or_default()).map(|n| (colon, n))) {
            Some((before, line)) => {
                if !allowed(last) {
                    self.error(offset + colon + 1, "invalid column number in a line directive");
                } else if !allowed(line) {
                    self.error(offset + before + 1, "invalid line number in a line directive");
                }
            }
            None if !allowed(last) => self.error(offset + colon + 1, "invalid line number in a line directive"),
            None => {}
        }
    }
}

/// A semicolon that is not in the source.
fn inserted_semicolon(at: usize) -> Token {
    Token { tok: Tok::Semicolon, pos: at as Pos, end: at as Pos }
}

/// A number of decimal digits only.
fn decimal(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    digits.iter().try_fold(0u64, |n, d| n.checked_mul(10)?.checked_add(u64::from(d - b'0')))
}

/// The message for a character that starts no token.
fn illegal_character(c: char) -> String {
    match c {
        '“' | '”' => format!("curly quotation mark {c}: write a neutral \""),
        c => format!("illegal character {c:?} (U+{:04X})", u32::from(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(src: &str) -> Vec<&'static str> {
        scan(src).tokens.iter().map(|t| if t.tok == Tok::Semicolon && t.pos == t.end { "\\n" } else { t.tok.text() }).collect()
    }

    #[test]
    fn a_line_that_ends_a_statement_gets_a_semicolon() {
        assert_eq!(kinds("x\n+\n"), ["identifier", "\\n", "+", "end of file"]);
        assert_eq!(kinds("f()"), ["identifier", "(", ")", "\\n", "end of file"]);
        assert_eq!(kinds("x // c\n"), ["identifier", "comment", "\\n", "end of file"]);
        assert_eq!(kinds("x /* \n */ y"), ["identifier", "comment", "\\n", "identifier", "\\n", "end of file"]);
    }

    #[test]
    fn the_longest_operator_wins() {
        assert_eq!(kinds("<<=<-..."), ["<<=", "<-", "...", "end of file"]);
        assert_eq!(kinds("&^=&^&&"), ["&^=", "&^", "&&", "end of file"]);
    }

    #[test]
    fn lexical_errors_have_a_place() {
        let error = |src: &str| scan(src).error.map(|e| e.offset);
        assert_eq!(error("a # b"), Some(2));
        assert_eq!(error("a\0"), Some(1));
        assert_eq!(error("/* x"), Some(0));
        assert_eq!(error("\u{feff}a"), None);
        assert_eq!(error("a\u{feff}"), Some(1));
        assert_eq!(error("//line a.go:0\n"), Some(12));
        assert_eq!(error("//line a.go:7:1\n"), None);
        assert_eq!(error(" //line a.go:0\n"), None);
    }
}
