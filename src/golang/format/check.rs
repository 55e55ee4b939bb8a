//! The guard: formatting must not change what the file says.
//!
//! In: the tokens of the source and the formatted text. Out: whether they say the same. Invariant: what may differ is
//! what gofmt itself changes: semicolons, commas before closing brackets, pairs of parentheses, the spelling of numbers,
//! the order of imports, and the marks and blanks in comments. Anything else is a mistake of this module.

use super::scan::scan;
use super::token::{Tok, Token};

/// One side of the comparison.
struct Side<'a> {
    src: &'a str,
    tokens: &'a [Token],
    at: usize,
    /// Import specs, without their order.
    imports: Vec<(&'a str, &'a str)>,
    /// Sum of the hashes of all words in comments.
    words: u64,
    open_parens: i64,
}

/// Compares the tokens of a source with its formatted text; the error is the place in the source of the first
/// difference.
pub(super) fn check(src: &str, tokens: &[Token], out: &str) -> Result<(), usize> {
    let scanned = scan(out);
    if scanned.error.is_some() {
        return Err(0);
    }
    let mut a = Side::new(src, tokens);
    let mut b = Side::new(out, &scanned.tokens);
    loop {
        let (x, y) = (a.next(), b.next());
        if a.same(x, &b, y) {
            if x.tok == Tok::Eof {
                break;
            }
            a.at += 1;
            b.at += 1;
        } else if matches!(x.tok, Tok::LParen | Tok::RParen) {
            a.skip_paren(x.tok);
        } else if matches!(y.tok, Tok::LParen | Tok::RParen) {
            b.skip_paren(y.tok);
        } else {
            return Err(x.pos as usize);
        }
    }
    for side in [&mut a, &mut b] {
        side.imports.sort_unstable();
        side.imports.dedup();
    }
    if a.open_parens != 0 || b.open_parens != 0 || a.imports != b.imports || a.words != b.words {
        return Err(0);
    }
    Ok(())
}

impl<'a> Side<'a> {
    fn new(src: &'a str, tokens: &'a [Token]) -> Side<'a> {
        Side { src, tokens, at: 0, imports: Vec::new(), words: 0, open_parens: 0 }
    }

    fn token(&self, i: usize) -> Token {
        self.tokens.get(i).copied().unwrap_or(Token { tok: Tok::Eof, pos: 0, end: 0 })
    }

    fn text(&self, token: Token) -> &'a str {
        self.src.get(token.pos as usize..token.end as usize).unwrap_or_default()
    }

    /// The next token that counts; comments, semicolons, last commas and imports on the way are dealt with.
    fn next(&mut self) -> Token {
        loop {
            let token = self.token(self.at);
            match token.tok {
                Tok::Comment => self.words = self.words.wrapping_add(words_of(self.text(token))),
                Tok::Semicolon => {}
                Tok::Comma if self.closes_after(self.at + 1) => {}
                Tok::Import => {
                    self.imports();
                    continue;
                }
                _ => return token,
            }
            self.at += 1;
        }
    }

    /// Whether the next token that is not a comment or semicolon closes a bracket.
    fn closes_after(&self, from: usize) -> bool {
        let next = self.tokens.iter().skip(from).find(|t| !matches!(t.tok, Tok::Comment | Tok::Semicolon));
        next.is_some_and(|t| matches!(t.tok, Tok::RParen | Tok::RBrack | Tok::RBrace))
    }

    /// Takes an import declaration.
    fn imports(&mut self) {
        self.at += 1;
        let mut name = "";
        let mut grouped = false;
        loop {
            let token = self.token(self.at);
            match token.tok {
                Tok::Comment => self.words = self.words.wrapping_add(words_of(self.text(token))),
                Tok::Semicolon => {}
                Tok::LParen => grouped = true,
                Tok::Ident | Tok::Period => name = self.text(token),
                Tok::Str => {
                    let path = self.text(token).trim_matches(['"', '`']);
                    self.imports.push((std::mem::take(&mut name), path));
                    if !grouped {
                        self.at += 1;
                        return;
                    }
                }
                Tok::RParen => {
                    self.at += 1;
                    return;
                }
                _ => return,
            }
            self.at += 1;
        }
    }

    fn skip_paren(&mut self, tok: Tok) {
        self.open_parens += if tok == Tok::LParen { 1 } else { -1 };
        self.at += 1;
    }

    /// Whether a token of this side and one of the other say the same.
    fn same(&self, x: Token, other: &Side<'_>, y: Token) -> bool {
        if x.tok != y.tok {
            return false;
        }
        match x.tok {
            Tok::Int | Tok::Float | Tok::Imag => {
                let number = |text: &str| text.to_ascii_lowercase().trim_start_matches(['0', '_']).to_owned();
                let (x, y) = (self.text(x), other.text(y));
                x == y || number(x) == number(y)
            }
            Tok::Str => {
                let (x, y) = (self.text(x), other.text(y));
                x == y || x.bytes().filter(|&b| b != b'\r').eq(y.bytes())
            }
            Tok::Ident | Tok::Char => self.text(x) == other.text(y),
            _ => true,
        }
    }
}

/// The sum of the hashes of the words of a comment. Build constraints may be written anew and do not count.
fn words_of(comment: &str) -> u64 {
    const SEED: u64 = 0xcbf2_9ce4_8422_2325;
    if comment.starts_with("//go:build") || comment.strip_prefix("//").is_some_and(|c| c.trim().starts_with("+build")) {
        return 0;
    }
    let mut sum = 0u64;
    let mut hash = SEED;
    for byte in comment.bytes() {
        // Beyond ASCII there are quotes and bullets gofmt writes itself, so those characters do not count.
        if byte.is_ascii_alphanumeric() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        } else if hash != SEED {
            sum = sum.wrapping_add(hash);
            hash = SEED;
        }
    }
    if hash != SEED {
        sum = sum.wrapping_add(hash);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(src: &str, out: &str) -> bool {
        check(src, &scan(src).tokens, out).is_ok()
    }

    #[test]
    fn what_gofmt_changes_may_change() {
        assert!(checked("f(a,\n);if (x) {}", "f(a)\nif x {}"));
        assert!(checked("import (\"b\"; \"a\"; \"a\")", "import (\n\"a\"\n\"b\"\n)"));
        assert!(checked("x = 0X1E", "x = 0x1E"));
        assert!(checked("//* a\nx", "// - a\nx"));
    }

    #[test]
    fn anything_else_may_not() {
        assert!(!checked("f(a)", "f(b)"));
        assert!(!checked("f(a)", "f()"));
        assert!(!checked("a b", "b a"));
        assert!(!checked("f()", "f("));
        assert!(!checked("import \"a\"", "import \"b\""));
        assert!(!checked("// a\nx", "x"));
        assert!(!checked("x = \"a\"", "x = \"b\""));
    }
}
