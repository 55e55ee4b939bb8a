//! Flags in messages: what a user typed, on one line and not longer than is read.

use super::{Code, Diagnostic};

/// So many characters of a value are shown.
const SHOWN: usize = 80;

/// A flag and its value as a message shows them, in the marks of code.
pub fn shown(flag: &str, value: &str) -> String {
    let visible = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    let start: String = value.chars().take(SHOWN).map(visible).collect();
    match value {
        "" => format!("`{flag} \"\"`"),
        _ => format!("`{flag} {start}{}`", if value.chars().nth(SHOWN).is_some() { "…" } else { "" }),
    }
}

/// A value that a flag cannot have, and why.
pub fn refused(flag: &str, value: &str, why: &str) -> Diagnostic {
    Diagnostic::error(Code::FlagValue, format!("{}: {why}", shown(flag, value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_on_one_line_and_short() {
        let long = "é".repeat(SHOWN + 1);
        let rows = [
            ("a b", "`--x a b`".to_owned()),
            ("", "`--x \"\"`".to_owned()),
            ("a\n\u{7f}", "`--x a\\n\\u{7f}`".to_owned()),
            (&long, format!("`--x {}…`", "é".repeat(SHOWN))),
        ];
        for (value, expected) in rows {
            assert_eq!(shown("--x", value), expected);
        }
    }
}
