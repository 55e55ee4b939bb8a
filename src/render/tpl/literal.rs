//! Go's constants: texts, characters and numbers.

/// A number as Go's templates hold it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Constant {
    Int(i64),
    Float(f64),
}

/// The text between quotes, its escapes resolved; what is wrong with it where that cannot be.
pub(super) fn unquote(quoted: &str) -> Result<String, &'static str> {
    let inner = &quoted[1..quoted.len() - 1];
    let Some(quote) = quoted.chars().next().filter(|quote| *quote != '`') else {
        return Ok(inner.replace('\r', ""));
    };
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c != '\\' {
            bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            continue;
        }
        let (letter, tail) = match escape(rest, quote)? {
            (Escaped::Char(c), tail) => (c, tail),
            (Escaped::Byte(byte), tail) => {
                bytes.push(byte);
                rest = tail;
                continue;
            }
        };
        bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        rest = tail;
    }
    String::from_utf8(bytes).map_err(|_| "this text is not UTF-8, which is not supported")
}

/// The character between single quotes.
pub(super) fn character(quoted: &str) -> Result<u32, &'static str> {
    let inner = &quoted[1..quoted.len() - 1];
    let (value, tail) = match inner.strip_prefix('\\') {
        Some(rest) => match escape(rest, '\'')? {
            (Escaped::Char(c), tail) => (u32::from(c), tail),
            (Escaped::Byte(byte), tail) => (u32::from(byte), tail),
        },
        None => {
            let c = inner.chars().next().ok_or("there is no character between the quotes")?;
            (u32::from(c), &inner[c.len_utf8()..])
        }
    };
    if tail.is_empty() { Ok(value) } else { Err("there is more than one character between the quotes") }
}

enum Escaped {
    Char(char),
    /// `\xff` and `\377` are bytes, not characters.
    Byte(u8),
}

/// What stands behind a backslash, and the rest.
fn escape(rest: &str, quote: char) -> Result<(Escaped, &str), &'static str> {
    const BAD: &str = "Go knows no such escape";
    let c = rest.chars().next().ok_or(BAD)?;
    let tail = &rest[c.len_utf8()..];
    let digits = |text: &str, count: usize, radix: u32| -> Option<u32> {
        let digits = text.get(..count)?;
        digits.chars().all(|c| c.is_digit(radix)).then(|| u32::from_str_radix(digits, radix).ok())?
    };
    let simple = match c {
        'a' => '\x07',
        'b' => '\x08',
        'f' => '\x0c',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\x0b',
        '\\' => '\\',
        _ if c == quote => quote,
        'x' => {
            let byte = digits(tail, 2, 16).and_then(|value| u8::try_from(value).ok()).ok_or(BAD)?;
            return Ok((Escaped::Byte(byte), &tail[2..]));
        }
        '0'..='7' => {
            let byte = digits(rest, 3, 8).and_then(|value| u8::try_from(value).ok()).ok_or(BAD)?;
            return Ok((Escaped::Byte(byte), &rest[3..]));
        }
        'u' | 'U' => {
            let count = if c == 'u' { 4 } else { 8 };
            let letter = digits(tail, count, 16).and_then(char::from_u32).ok_or(BAD)?;
            return Ok((Escaped::Char(letter), &tail[count..]));
        }
        _ => return Err(BAD),
    };
    Ok((Escaped::Char(simple), tail))
}

/// The value of a number.
pub(super) fn number(text: &str) -> Result<Constant, &'static str> {
    const BAD: &str = "this is not a number";
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    if !separated(digits) {
        return Err(BAD);
    }
    let plain = digits.replace('_', "").to_ascii_lowercase();
    let (radix, body) = match plain.get(..2) {
        Some("0x") => (16, &plain[2..]),
        Some("0o") => (8, &plain[2..]),
        Some("0b") => (2, &plain[2..]),
        _ if plain.len() > 1 && plain.starts_with('0') && plain.bytes().all(|b| b.is_ascii_digit()) => (8, &plain[1..]),
        _ => (10, plain.as_str()),
    };
    if radix == 16 && plain.contains(['.', 'p']) {
        return Err("hexadecimal numbers with a point or exponent are not supported");
    }
    if radix == 10 && plain.contains(['.', 'e']) {
        // Rust and Go read decimal numbers alike, but for a separator, which Go takes with a base prefix only.
        let value: f64 = if digits.contains('_') { Err(BAD) } else { plain.parse().map_err(|_| BAD) }?;
        return match value {
            _ if value.is_infinite() => Err(BAD),
            // The engine takes a float of zero for true.
            0.0 => Err("a zero with a point or exponent is not supported: write 0"),
            _ => Ok(Constant::Float(if negative { -value } else { value })),
        };
    }
    if body.is_empty() || !body.chars().all(|c| c.is_digit(radix)) {
        return Err(BAD);
    }
    let value = i128::from_str_radix(body, radix).map_err(|_| "this number is too large")?;
    let value = if negative { -value } else { value };
    i64::try_from(value).map(Constant::Int).map_err(|_| "this number is too large")
}

/// Whether every `_` stands between digits, or between a base prefix and a digit.
fn separated(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    let prefixed = bytes.len() > 1 && bytes[0] == b'0' && bytes[1].is_ascii_alphabetic();
    bytes.iter().enumerate().all(|(at, byte)| {
        *byte != b'_'
            || (at > 0
                && (bytes[at - 1].is_ascii_hexdigit() || (prefixed && at == 2))
                && bytes.get(at + 1).is_some_and(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let rows = [
            (r#""a\tb""#, Ok("a\tb")),
            (r#""\a\v\x41\101\u4e2d\U0001F600""#, Ok("\x07\x0bAA中😀")),
            (r"`a\n`", Ok(r"a\n")),
            (r#""\'""#, Err("Go knows no such escape")),
            (r#""\ud83d\ude00""#, Err("Go knows no such escape")),
            (r#""\xff""#, Err("this text is not UTF-8, which is not supported")),
        ];
        for (quoted, expected) in rows {
            assert_eq!(unquote(quoted).as_deref(), expected.as_ref().copied(), "{quoted}");
        }
    }

    #[test]
    fn numbers() {
        let rows = [
            ("010", Ok(Constant::Int(8))),
            ("0b1_01", Ok(Constant::Int(5))),
            ("-0x_1F", Ok(Constant::Int(-31))),
            ("9223372036854775807", Ok(Constant::Int(i64::MAX))),
            ("9223372036854775808", Err("this number is too large")),
            ("1.5e2", Ok(Constant::Float(150.0))),
            ("1__0", Err("this is not a number")),
            ("08", Err("this is not a number")),
            ("-", Err("this is not a number")),
        ];
        for (text, expected) in rows {
            assert_eq!(number(text), expected, "{text}");
        }
    }
}
