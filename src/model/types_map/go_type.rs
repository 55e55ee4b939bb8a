//! Go's type expressions, as far as a field of a row can have one (specification, Types).

use crate::golang::ident::KEYWORDS;

/// Whether the text is one type.
pub(super) fn is_type(text: &str) -> bool {
    let mut reader = Reader { rest: text, packages: Vec::new() };
    reader.ty(0).is_some() && reader.rest.trim().is_empty()
}

/// The packages that a type names, in order: `sql`, `decimal`.
pub(super) fn packages(text: &str) -> Vec<String> {
    let mut reader = Reader { rest: text, packages: Vec::new() };
    let _ = reader.ty(0);
    reader.packages
}

/// Whether `%v` of such a value is the value. Of another package's type nobody knows, but for these.
pub(super) fn prints(ty: &str) -> bool {
    const NUMBERS: [&str; 14] =
        ["int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "byte", "rune", "float32", "float64"];
    NUMBERS.contains(&ty) || matches!(ty, "bool" | "string" | "time.Time" | "uuid.UUID")
}

/// So deep may a type nest; deeper ones are refused.
const DEEPEST: usize = 32;

struct Reader<'a> {
    rest: &'a str,
    packages: Vec<String>,
}

impl<'a> Reader<'a> {
    /// One type; `None` where there is none.
    fn ty(&mut self, depth: usize) -> Option<()> {
        let depth = depth + 1;
        if depth > DEEPEST {
            return None;
        }
        if self.eat("*") {
            return self.ty(depth);
        }
        if self.eat("(") {
            self.ty(depth)?;
            return self.eat(")").then_some(());
        }
        if self.eat("[") {
            let length = self.rest.trim_start().len() - self.rest.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).len();
            self.rest = self.rest.trim_start().get(length..)?;
            return if self.eat("]") { self.ty(depth) } else { None };
        }
        let word = self.word()?;
        match word {
            "map" => {
                (self.eat("[")).then_some(())?;
                self.ty(depth)?;
                (self.eat("]")).then_some(())?;
                self.ty(depth)
            }
            "interface" | "struct" => (self.eat("{") && self.eat("}")).then_some(()),
            "_" => None,
            word if KEYWORDS.contains(&word) => None,
            word => {
                if self.eat(".") {
                    let name = self.word()?;
                    name.starts_with(char::is_uppercase).then_some(())?;
                    self.packages.push(word.to_owned());
                }
                if self.eat("[") {
                    self.ty(depth)?;
                    while self.eat(",") {
                        self.ty(depth)?;
                    }
                    (self.eat("]")).then_some(())?;
                }
                Some(())
            }
        }
    }

    fn eat(&mut self, token: &str) -> bool {
        match self.rest.trim_start().strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// An identifier or a keyword.
    fn word(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len());
        let (word, rest) = rest.split_at(end);
        (!word.is_empty() && !word.starts_with(|c: char| c.is_numeric())).then(|| {
            self.rest = rest;
            word
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types() {
        for ty in [
            "int64",
            "*time.Time",
            "[]byte",
            "[16]byte",
            "map[string]any",
            "interface{}",
            "sql.Null[decimal.Decimal]",
            "pair.Of[int, []string]",
            "(*big.Int)",
        ] {
            assert!(is_type(ty), "{ty}");
        }
        for none in [
            "",
            "int 64",
            "int; x",
            "map[string",
            "func()",
            "type",
            "5",
            "a.b",
            "a.",
            "*",
            "sql.Null[",
            "int // x",
            "int `x`",
            "a.B.C",
            "_",
        ] {
            assert!(!is_type(none), "{none}");
        }
        assert!(!is_type(&"*".repeat(100_000)));
    }

    #[test]
    fn packages_of_types() {
        assert_eq!(packages("sql.Null[decimal.Decimal]"), ["sql", "decimal"]);
        assert!(packages("[]byte").is_empty());
    }
}
