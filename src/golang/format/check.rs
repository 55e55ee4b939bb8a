//! The guard: formatting must not change what the file says.
//!
//! In: the tokens of the source and the formatted text. Out: whether they say the same. Invariant: what may differ is
//! what gofmt itself changes: semicolons, commas before closing brackets, pairs of parentheses, the spelling of numbers,
//! the order of imports, and the marks and blanks in comments. Anything else is a mistake of this module.

use super::lines::Lines;
use super::parse::parse;
use super::scan::scan;
use super::token::{Pos, Tok, Token};
use super::tree::{ExprKind, Tree};

/// One side of the comparison.
struct Side<'a> {
    src: &'a str,
    tokens: &'a [Token],
    at: usize,
    /// Import specs, without their order.
    imports: Vec<(&'a str, &'a str)>,
    /// Sum of the hashes of all words in comments.
    words: u64,
    /// Whether a semicolon, written or inserted, stands before the next token.
    semicolon: bool,
    /// The token before.
    before: Tok,
}

/// Compares a source with its formatted text; the error is the place in the source of the first difference.
pub(super) fn check(tree: &Tree<'_>, tokens: &[Token], out: &str, max_depth: u32) -> Result<(), usize> {
    let scanned = scan(out);
    if scanned.error.is_some() {
        return Err(0);
    }
    if !same_tokens(tree.src, tokens, out, &scanned.tokens)? {
        // Parentheses went or came: then the expressions must be the same without them.
        let lines = Lines::new(out);
        let again = parse(out, &scanned.tokens, &lines, max_depth).map_err(|_| 0usize)?;
        same_expressions(tree, &again)?;
    }
    Ok(())
}

/// Compares tokens; the answer is whether even the parentheses are the same.
fn same_tokens(src: &str, tokens: &[Token], out: &str, out_tokens: &[Token]) -> Result<bool, usize> {
    let mut a = Side::new(src, tokens);
    let mut b = Side::new(out, out_tokens);
    let mut same_parens = true;
    loop {
        let (x, y) = (a.next(), b.next());
        if a.same(x, &b, y) {
            if x.tok == Tok::Eof {
                break;
            }
            let separated = a.semicolon == b.semicolon
                || if b.semicolon { matches!(x.tok, Tok::RBrace | Tok::RParen) } else { a.may_lose_semicolon(x.tok) };
            if !separated {
                return Err(x.pos as usize);
            }
            a.before = x.tok;
            (a.semicolon, b.semicolon) = (false, false);
            a.at += 1;
            b.at += 1;
            continue;
        }
        same_parens = false;
        match (is_paren(x.tok), is_paren(y.tok)) {
            (false, false) => return Err(x.pos as usize),
            (left, right) => {
                a.at += usize::from(left);
                b.at += usize::from(right);
            }
        }
    }
    for side in [&mut a, &mut b] {
        side.imports.sort_unstable();
        side.imports.dedup();
    }
    if a.imports != b.imports || a.words != b.words { Err(0) } else { Ok(same_parens) }
}

fn is_paren(tok: Tok) -> bool {
    matches!(tok, Tok::LParen | Tok::RParen)
}

/// Compares the expressions of two files, parentheses aside. A node comes after its operands, so equal sequences of
/// equal kinds mean equal trees.
fn same_expressions(a: &Tree<'_>, b: &Tree<'_>) -> Result<(), usize> {
    let without_parens = |tree: &Tree<'_>| -> Vec<(Pos, Shape)> {
        let exprs = tree.exprs.iter().filter(|expr| !matches!(expr.kind, ExprKind::Paren(_)));
        exprs.map(|expr| (expr.pos, shape(&expr.kind))).collect()
    };
    let (a, b) = (without_parens(a), without_parens(b));
    match a.iter().zip(&b).find(|(x, y)| x.1 != y.1) {
        Some((x, _)) => Err(x.0 as usize),
        None if a.len() != b.len() => Err(0),
        None => Ok(()),
    }
}

/// The kind of a node, its operator and how many operands it has.
type Shape = (std::mem::Discriminant<ExprKind>, Tok, usize);

fn shape(kind: &ExprKind) -> Shape {
    let (tok, operands) = match *kind {
        ExprKind::Unary { op, .. } | ExprKind::Binary { op, .. } => (op, 0),
        ExprKind::Literal(tok) => (tok, 0),
        ExprKind::Composite { typ, elements, .. } => (Tok::None, elements.0.len() * 2 + usize::from(typ.is_some())),
        ExprKind::Index { indices, .. } => (Tok::None, indices.0.len()),
        ExprKind::Call { args, .. } => (Tok::None, args.0.len()),
        ExprKind::Array { len, .. } => (Tok::None, usize::from(len.is_some())),
        _ => (Tok::None, 0),
    };
    (std::mem::discriminant(kind), tok, operands)
}

impl<'a> Side<'a> {
    fn new(src: &'a str, tokens: &'a [Token]) -> Side<'a> {
        Side { src, tokens, at: 0, imports: Vec::new(), words: 0, semicolon: false, before: Tok::None }
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
                Tok::Semicolon => self.semicolon = true,
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

    /// Whether a semicolon before the next token may go: at the ends of blocks, and in headers that need none.
    fn may_lose_semicolon(&self, next: Tok) -> bool {
        let after = matches!(self.before, Tok::LBrace | Tok::LParen | Tok::Colon | Tok::For | Tok::If | Tok::Switch);
        after || matches!(next, Tok::RBrace | Tok::RParen | Tok::LBrace)
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
        same_tokens(src, &scan(src).tokens, out, &scan(out).tokens).is_ok()
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
        assert!(!checked("a, b", "a\n, b"));
        assert!(!checked("f()\ng()", "f() g()"));
        assert!(!checked("f[]", "f["));
        assert!(!checked("import \"a\"", "import \"b\""));
        assert!(!checked("// a\nx", "x"));
        assert!(!checked("x = \"a\"", "x = \"b\""));
    }

    #[test]
    fn parentheses_that_mean_something_stay() {
        let compare = |src: &str, out: &str| {
            let (src, out) = (format!("package p; var x = {src}"), format!("package p; var x = {out}"));
            let tokens = scan(&src).tokens;
            let tree = parse(&src, &tokens, &Lines::new(&src), 100).map_err(|_| 0usize)?;
            check(&tree, &tokens, &out, 100)
        };
        assert_eq!(compare("((a))", "(a)"), Ok(()));
        assert_eq!(compare("func() (int) (a)", "(func() int)(a)"), Ok(()));
        assert!(compare("(a + b) * c", "a + b * c").is_err());
        assert!(compare("(a)", "(a").is_err());
    }
}
