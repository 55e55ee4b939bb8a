//! Words of tables and columns as Go names (contract: model 5; cli-and-ops 13).

use crate::golang::ident::KEYWORDS;
use crate::naming::{camel, identifier, untitle};

/// The type of a table. What Go can take of goctl's name is kept; else each character that no Go name has is a `_`, with a
/// `T` in front where no capital is.
pub(super) fn type_name(table: &str) -> String {
    exported(&camel(table), 'T')
}

/// The field of a column: goctl's where it is one that Go exports, which knows ASCII alone; else with the letters kept and
/// an `F` in front.
pub(super) fn field_name(column: &str) -> String {
    let camel = camel(column);
    let ascii = identifier(&camel);
    if ascii.starts_with(|c: char| c.is_ascii_uppercase()) { ascii } else { exported(&camel, 'F') }
}

/// The field of a column as goctl has it, where Go can say it: not exported if the column begins with no letter of ASCII.
pub(super) fn goctl_field_name(column: &str) -> String {
    let name = identifier(&camel(column));
    if name.is_empty() || name == "_" { field_name(column) } else { name }
}

/// The parameter of a column: goctl's where it is a Go name, after its own replacements for keywords.
pub(super) fn parameter_name(column: &str) -> String {
    let name = untitle(&camel(column));
    let name = if is_identifier(&name) { name } else { untitle(&kept(&name)) };
    let name = if name.starts_with(|c: char| c.is_ascii_digit()) || name.is_empty() { format!("_{name}") } else { name };
    match WORDS.iter().find(|(word, _)| *word == name) {
        Some((_, instead)) => (*instead).to_owned(),
        None if KEYWORDS.contains(&name.as_str()) || name.chars().all(|c| c == '_') => format!("{name}p"),
        None => name,
    }
}

/// goctl's words for Go's keywords, and one for `import`, which it forgot.
const WORDS: [(&str, &str); 25] = [
    ("var", "variable"),
    ("const", "constant"),
    ("package", "pkg"),
    ("func", "function"),
    ("return", "rtn"),
    ("defer", "dfr"),
    ("go", "goo"),
    ("select", "slt"),
    ("struct", "structure"),
    ("interface", "itf"),
    ("chan", "channel"),
    ("type", "tp"),
    ("map", "mp"),
    ("range", "rg"),
    ("break", "brk"),
    ("case", "caz"),
    ("continue", "ctn"),
    ("for", "fr"),
    ("fallthrough", "fth"),
    ("else", "es"),
    ("if", "ef"),
    ("switch", "swt"),
    ("goto", "gt"),
    ("default", "dft"),
    ("import", "imp"),
];

fn exported(camel: &str, letter: char) -> String {
    let name = if is_identifier(camel) { camel.to_owned() } else { kept(camel) };
    if name.starts_with(char::is_uppercase) { name } else { format!("{letter}{name}") }
}

/// With a `_` for each character that no Go name has.
pub(super) fn kept(name: &str) -> String {
    name.chars().map(|c| if is_letter(c) || c.is_ascii_digit() { c } else { '_' }).collect()
}

fn is_identifier(name: &str) -> bool {
    !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()) && name.chars().all(|c| is_letter(c) || c.is_ascii_digit())
}

/// Letters of Go (specification, Letters and digits) in the scripts that names of tables are written in.
fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '_' => true,
        '\u{d7}' | '\u{f7}' => false,
        '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        '\u{386}' | '\u{388}'..='\u{38a}' | '\u{38c}' | '\u{38e}'..='\u{3a1}' | '\u{3a3}'..='\u{3f5}' => true,
        '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' | '\u{e01}'..='\u{e30}' => true,
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}' | '\u{3400}'..='\u{4dbf}' => true,
        '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_go() {
        let types = [
            ("user", "User"),
            ("2fa_codes", "T2FaCodes"),
            ("user-info", "User_Info"),
            ("用户", "T用户"),
            ("user名", "User名"),
            ("😀", "T_"),
        ];
        for (table, name) in types {
            assert_eq!(type_name(table), name);
        }
        let fields = [("id", "Id"), ("1st", "F1St"), ("x-y", "X_Y"), ("名称", "F名称"), ("user名", "User_"), ("[a]", "F_A_"), ("_", "F")];
        for (column, name) in fields {
            assert_eq!(field_name(column), name);
        }
        let goctl = [("id", "Id"), ("2fa", "_2Fa"), ("user_2fa", "User2Fa"), ("x-y", "X_Y"), ("名", "F名"), ("名称", "__"), ("_", "F")];
        for (column, name) in goctl {
            assert_eq!(goctl_field_name(column), name);
        }
        let parameters =
            [("user_id", "userId"), ("type", "tp"), ("import", "imp"), ("x-y", "x_Y"), ("名", "名"), ("1st", "_1St"), ("_", "_p")];
        for (column, name) in parameters {
            assert_eq!(parameter_name(column), name);
        }
    }
}
