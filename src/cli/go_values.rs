//! How Go reads the value of a flag: booleans, integers, comma lists. Pure.

/// Go's spellings of true and false.
pub(super) fn boolean(text: &str) -> Result<bool, String> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
        _ => Err("it is a switch: true or false".to_owned()),
    }
}

/// A Go integer literal, with sign, base prefix (`0x50`, `0o17`, `017`, `0b1`) and `_` between digits.
pub(super) fn integer(text: &str) -> Result<i64, String> {
    let bad = || "a whole number is expected".to_owned();
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, text.get(1..).unwrap_or_default()),
        Some(b'+') => (false, text.get(1..).unwrap_or_default()),
        _ => (false, text),
    };
    let prefix = digits.get(..2).map(str::to_ascii_lowercase);
    let (radix, body, prefixed) = match prefix.as_deref() {
        Some("0x") => (16, digits.get(2..).unwrap_or_default(), true),
        Some("0o") => (8, digits.get(2..).unwrap_or_default(), true),
        Some("0b") => (2, digits.get(2..).unwrap_or_default(), true),
        Some(p) if p.starts_with('0') => (8, digits.get(1..).unwrap_or_default(), true),
        _ => (10, digits, false),
    };
    // A `_` stands between two digits, or between the base prefix and a digit.
    let mut digit_before = prefixed;
    let mut plain = String::new();
    for c in body.chars() {
        match c {
            '_' if digit_before => digit_before = false,
            c if c.is_digit(radix) => {
                digit_before = true;
                plain.push(c);
            }
            _ => return Err(bad()),
        }
    }
    if plain.is_empty() || !digit_before {
        return Err(bad());
    }
    let value = i128::from_str_radix(&plain, radix).map_err(|_| "the number is out of range".to_owned())?;
    i64::try_from(if negative { -value } else { value }).map_err(|_| "the number is out of range".to_owned())
}

/// One CSV record (RFC 4180): `a,"b,c"`. Empty text is an empty list.
pub(super) fn list(text: &str) -> Result<Vec<String>, String> {
    let mut fields = Vec::new();
    let mut rest = text;
    while !(rest.is_empty() && fields.is_empty()) {
        let (field, tail) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted)?,
            None => {
                let (field, tail) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
                if field.contains('"') {
                    return Err("a `\"` stands inside a value that does not start with one".to_owned());
                }
                (field.to_owned(), tail)
            }
        };
        fields.push(field);
        match tail.strip_prefix(',') {
            Some(next) => rest = next,
            None => break,
        }
    }
    Ok(fields)
}

/// The field up to its closing quote, and what follows, which is empty or starts with a comma.
fn quoted_field(text: &str) -> Result<(String, &str), String> {
    let mut field = String::new();
    let mut rest = text;
    loop {
        let Some((before, after)) = rest.split_once('"') else {
            return Err("a `\"` is not closed".to_owned());
        };
        field.push_str(before);
        if let Some(next) = after.strip_prefix('"') {
            field.push('"');
            rest = next;
        } else if after.is_empty() || after.starts_with(',') {
            return Ok((field, after));
        } else {
            return Err("a comma must follow a closing `\"`".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_booleans() {
        for text in ["1", "t", "T", "true", "TRUE", "True"] {
            assert_eq!(boolean(text), Ok(true));
        }
        for text in ["0", "f", "F", "false", "FALSE", "False"] {
            assert_eq!(boolean(text), Ok(false));
        }
        for text in ["", "yes", "tRUE", "2"] {
            assert!(boolean(text).is_err(), "{text}");
        }
    }

    #[test]
    fn go_integers() {
        let rows = [
            ("80", 80),
            ("0x50", 80),
            ("0X5_0", 80),
            ("010", 8),
            ("0o10", 8),
            ("0b101", 5),
            ("1_0", 10),
            ("0_1", 1),
            ("0", 0),
            ("-5", -5),
            ("+5", 5),
            ("-0x10", -16),
            ("0x_1", 1),
            ("9223372036854775807", i64::MAX),
            ("-9223372036854775808", i64::MIN),
        ];
        for (text, value) in rows {
            assert_eq!(integer(text), Ok(value), "{text}");
        }
        for text in [
            "",
            "abc",
            "1.5",
            "_1",
            "1_",
            "1__0",
            "08",
            "0x",
            "0xg",
            "--1",
            "-",
            " 1",
            "9223372036854775808",
            "99999999999999999999",
            "999999999999999999999999999999999999999999",
            "é",
            "0é",
        ] {
            assert!(integer(text).is_err(), "{text}");
        }
    }

    #[test]
    fn csv_records() {
        let rows: [(&str, &[&str]); 9] = [
            ("", &[]),
            ("a", &["a"]),
            ("a,b", &["a", "b"]),
            ("a,", &["a", ""]),
            (",", &["", ""]),
            ("\"a,b\",c", &["a,b", "c"]),
            ("\"a\"\"b\"", &["a\"b"]),
            ("\"\"", &[""]),
            ("表,名", &["表", "名"]),
        ];
        for (text, fields) in rows {
            assert_eq!(list(text).as_deref(), Ok(fields.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>().as_slice()), "{text}");
        }
        for text in ["a\"b", "\"a", "\"a\"b", "a,\"b"] {
            assert!(list(text).is_err(), "{text}");
        }
    }
}
