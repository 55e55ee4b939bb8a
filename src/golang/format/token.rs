//! The tokens of Go.
//!
//! In: nothing. Out: [`Tok`] (the kind of a token), [`Token`] (a kind with its place), the spelling and the precedence
//! of operators. Invariant: a token is a byte range of the source; a semicolon the lexer inserted has an empty range.

/// A byte offset in the source, or [`NO_POS`].
pub(super) type Pos = u32;

/// The place of something the source does not have.
pub(super) const NO_POS: Pos = u32::MAX;

/// A token and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// Its kind.
    pub(super) tok: Tok,
    /// Its first byte.
    pub(super) pos: Pos,
    /// One past its last byte.
    pub(super) end: Pos,
}

/// Declares the kinds of tokens with their spelling.
macro_rules! tokens {
    ($($name:ident = $text:literal,)*) => {
        /// The kind of a token. `None` stands for white space in the printer.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(super) enum Tok { $(#[doc = $text] $name,)* }

        impl Tok {
            /// The spelling of an operator or keyword, the name of a class of tokens otherwise.
            pub(super) fn text(self) -> &'static str {
                match self { $(Tok::$name => $text,)* }
            }
        }
    };
}

tokens! {
    None = "nothing", Eof = "end of file", Comment = "comment", Illegal = "illegal character",
    Ident = "identifier", Int = "integer", Float = "float", Imag = "imaginary number", Char = "rune", Str = "string",
    Add = "+", Sub = "-", Mul = "*", Quo = "/", Rem = "%",
    And = "&", Or = "|", Xor = "^", Shl = "<<", Shr = ">>", AndNot = "&^",
    AddAssign = "+=", SubAssign = "-=", MulAssign = "*=", QuoAssign = "/=", RemAssign = "%=",
    AndAssign = "&=", OrAssign = "|=", XorAssign = "^=", ShlAssign = "<<=", ShrAssign = ">>=", AndNotAssign = "&^=",
    LAnd = "&&", LOr = "||", Arrow = "<-", Inc = "++", Dec = "--",
    Eql = "==", Lss = "<", Gtr = ">", Assign = "=", Not = "!", Tilde = "~",
    Neq = "!=", Leq = "<=", Geq = ">=", Define = ":=", Ellipsis = "...",
    LParen = "(", LBrack = "[", LBrace = "{", Comma = ",", Period = ".",
    RParen = ")", RBrack = "]", RBrace = "}", Semicolon = ";", Colon = ":",
    Break = "break", Case = "case", Chan = "chan", Const = "const", Continue = "continue",
    Default = "default", Defer = "defer", Else = "else", Fallthrough = "fallthrough", For = "for",
    Func = "func", Go = "go", Goto = "goto", If = "if", Import = "import",
    Interface = "interface", Map = "map", Package = "package", Range = "range", Return = "return",
    Select = "select", Struct = "struct", Switch = "switch", Type = "type", Var = "var",
}

/// The precedence below every operator.
pub(super) const LOWEST: u8 = 0;
/// The precedence of unary operators.
pub(super) const UNARY: u8 = 6;
/// The precedence above every operator.
pub(super) const HIGHEST: u8 = 7;

impl Tok {
    /// The precedence of a binary operator, [`LOWEST`] for everything else.
    pub(super) fn precedence(self) -> u8 {
        match self {
            Tok::LOr => 1,
            Tok::LAnd => 2,
            Tok::Eql | Tok::Neq | Tok::Lss | Tok::Leq | Tok::Gtr | Tok::Geq => 3,
            Tok::Add | Tok::Sub | Tok::Or | Tok::Xor => 4,
            Tok::Mul | Tok::Quo | Tok::Rem | Tok::Shl | Tok::Shr | Tok::And | Tok::AndNot => 5,
            _ => LOWEST,
        }
    }

    /// Whether the token's text is more than its kind.
    pub(super) fn is_literal(self) -> bool {
        matches!(self, Tok::Ident | Tok::Int | Tok::Float | Tok::Imag | Tok::Char | Tok::Str)
    }

    /// Whether a line that ends after this token ends a statement: the lexer then inserts a semicolon.
    pub(super) fn ends_statement(self) -> bool {
        self.is_literal()
            || matches!(
                self,
                Tok::Break | Tok::Continue | Tok::Fallthrough | Tok::Return | Tok::Inc | Tok::Dec | Tok::RParen | Tok::RBrack | Tok::RBrace
            )
    }

    /// The assignment operators, `:=` among them.
    pub(super) fn is_assignment(self) -> bool {
        matches!(
            self,
            Tok::Define
                | Tok::Assign
                | Tok::AddAssign
                | Tok::SubAssign
                | Tok::MulAssign
                | Tok::QuoAssign
                | Tok::RemAssign
                | Tok::AndAssign
                | Tok::OrAssign
                | Tok::XorAssign
                | Tok::ShlAssign
                | Tok::ShrAssign
                | Tok::AndNotAssign
        )
    }

    /// The keyword with this spelling.
    pub(super) fn keyword(word: &[u8]) -> Option<Tok> {
        let tok = match word {
            b"break" => Tok::Break,
            b"case" => Tok::Case,
            b"chan" => Tok::Chan,
            b"const" => Tok::Const,
            b"continue" => Tok::Continue,
            b"default" => Tok::Default,
            b"defer" => Tok::Defer,
            b"else" => Tok::Else,
            b"fallthrough" => Tok::Fallthrough,
            b"for" => Tok::For,
            b"func" => Tok::Func,
            b"go" => Tok::Go,
            b"goto" => Tok::Goto,
            b"if" => Tok::If,
            b"import" => Tok::Import,
            b"interface" => Tok::Interface,
            b"map" => Tok::Map,
            b"package" => Tok::Package,
            b"range" => Tok::Range,
            b"return" => Tok::Return,
            b"select" => Tok::Select,
            b"struct" => Tok::Struct,
            b"switch" => Tok::Switch,
            b"type" => Tok::Type,
            b"var" => Tok::Var,
            _ => return None,
        };
        Some(tok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_spelled_as_they_are_looked_up() {
        for word in ["break", "fallthrough", "interface", "var"] {
            assert_eq!(Tok::keyword(word.as_bytes()).map(Tok::text), Some(word));
        }
        assert_eq!(Tok::keyword(b"any"), None);
    }

    #[test]
    fn shifts_bind_as_products_do() {
        assert_eq!(Tok::Shl.precedence(), Tok::Mul.precedence());
        assert!(Tok::Add.precedence() < Tok::Mul.precedence());
        assert_eq!(Tok::Arrow.precedence(), LOWEST);
    }
}
