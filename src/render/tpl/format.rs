//! Go's `fmt`, as far as templates reach it.
//!
//! Single constants are the engine's to print, which is held to Go's answers; what is around them, and what it prints
//! otherwise than Go, is decided here. What would need a Go type's name or a struct's order of fields is refused.

use gtmpl_ng::{NumberKind, Value, funcs};

use super::value::source;

/// What a value is, in words.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Nil | Value::NoValue => "nil",
        Value::Bool(_) => "a bool",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Map(_) => "a map",
        Value::Object(_) => "a struct",
        Value::Function(_) => "a function",
        Value::Number(number) if matches!(number.kind(), NumberKind::Float(_)) => "a float",
        Value::Number(_) => "an integer",
    }
}

const STRUCT: &str = "a struct cannot be printed as a whole: print its fields";

/// `%v`
pub(super) fn plain(value: &Value) -> Result<String, String> {
    verb(&Directive::default(), 'v', value)
}

/// `fmt.Sprint`: blanks between two operands that are no strings.
pub(super) fn print(args: &[Value]) -> Result<String, String> {
    let mut text = String::new();
    let mut blank = false;
    for arg in args {
        let other = !matches!(arg, Value::String(_));
        if blank && other {
            text.push(' ');
        }
        text.push_str(&plain(arg)?);
        blank = other;
    }
    Ok(text)
}

/// `fmt.Sprintln`
pub(super) fn println(args: &[Value]) -> Result<String, String> {
    let shown = args.iter().map(plain).collect::<Result<Vec<_>, _>>()?;
    Ok(shown.join(" ") + "\n")
}

/// A verb's flags, width and precision.
#[derive(Default, Clone, Copy)]
struct Directive {
    sharp: bool,
    zero: bool,
    plus: bool,
    minus: bool,
    space: bool,
    width: Option<usize>,
    precision: Option<usize>,
}

/// Widths and precisions beyond this are mistakes, to Go too.
const TOO_LARGE: i64 = 1_000_000;

/// `fmt.Sprintf`
pub(super) fn printf(format: &str, args: &[Value]) -> Result<String, String> {
    let mut reader = Reader { format, at: 0, args, next: 0, reordered: false, good: true };
    let mut text = String::with_capacity(format.len());
    while let Some(found) = format[reader.at..].find('%') {
        text.push_str(&format[reader.at..reader.at + found]);
        reader.at += found + 1;
        reader.directive(&mut text)?;
    }
    text.push_str(&format[reader.at..]);
    if !reader.reordered && reader.next < args.len() {
        let extra = args[reader.next..].iter().map(|arg| match type_name(arg)? {
            "" => Ok("<nil>".to_owned()),
            name => Ok(format!("{name}={}", plain(arg)?)),
        });
        text.push_str(&format!("%!(EXTRA {})", extra.collect::<Result<Vec<_>, String>>()?.join(", ")));
    }
    Ok(text)
}

struct Reader<'a> {
    format: &'a str,
    at: usize,
    args: &'a [Value],
    /// The argument that the next verb takes.
    next: usize,
    /// Whether some verb named its argument by number.
    reordered: bool,
    good: bool,
}

impl Reader<'_> {
    fn byte(&self) -> Option<u8> {
        self.format.as_bytes().get(self.at).copied()
    }

    fn directive(&mut self, text: &mut String) -> Result<(), String> {
        let mut directive = Directive::default();
        self.good = true;
        while let Some(byte) = self.byte() {
            match byte {
                b'#' => directive.sharp = true,
                b'0' => directive.zero = true,
                b'+' => directive.plus = true,
                b'-' => directive.minus = true,
                b' ' => directive.space = true,
                _ => break,
            }
            self.at += 1;
        }
        let mut named = self.number_of_argument();
        if self.byte() == Some(b'*') {
            self.at += 1;
            match self.star() {
                Some(width) => {
                    directive.minus |= width < 0;
                    directive.width = usize::try_from(width.unsigned_abs()).ok();
                }
                None => text.push_str("%!(BADWIDTH)"),
            }
            named = false;
        } else {
            directive.width = self.digits();
            self.good &= !(named && directive.width.is_some());
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.good &= !named;
            named = self.number_of_argument();
            if self.byte() == Some(b'*') {
                self.at += 1;
                directive.precision = self.star().and_then(|precision| usize::try_from(precision).ok());
                if directive.precision.is_none() {
                    text.push_str("%!(BADPREC)");
                }
                named = false;
            } else {
                directive.precision = Some(self.digits().unwrap_or(0));
            }
        }
        if !named {
            self.number_of_argument();
        }
        let Some(letter) = self.format[self.at..].chars().next() else {
            text.push_str("%!(NOVERB)");
            return Ok(());
        };
        self.at += letter.len_utf8();
        match self.args.get(self.next) {
            _ if letter == '%' => text.push('%'),
            _ if !self.good => text.push_str(&format!("%!{letter}(BADINDEX)")),
            None => text.push_str(&format!("%!{letter}(MISSING)")),
            Some(arg) => {
                self.next += 1;
                text.push_str(&verb(&directive, letter, arg)?);
            }
        }
        Ok(())
    }

    /// `[2]`: the argument to go on with. Whether there was one.
    fn number_of_argument(&mut self) -> bool {
        if self.byte() != Some(b'[') {
            return false;
        }
        self.reordered = true;
        let rest = &self.format[self.at..];
        let Some(end) = rest.find(']').filter(|_| rest.len() >= 3) else {
            self.at += 1;
            self.good = false;
            return false;
        };
        let digits = &rest[1..end];
        self.at += end + 1;
        let number = digits.parse::<usize>().ok().filter(|n| *n <= 10_000_000 && !digits.starts_with('+'));
        match number {
            Some(number) if (1..=self.args.len()).contains(&number) => {
                self.next = number - 1;
                true
            }
            _ => {
                self.good = false;
                number.is_some()
            }
        }
    }

    fn digits(&mut self) -> Option<usize> {
        let mut value = None;
        while let Some(byte @ b'0'..=b'9') = self.byte() {
            let so_far = value.unwrap_or(0);
            if so_far > 1_000_000 {
                // Go reads no further.
                self.at = self.format.len();
                return None;
            }
            value = Some(so_far * 10 + usize::from(byte - b'0'));
            self.at += 1;
        }
        value
    }

    /// The argument for a `*`.
    fn star(&mut self) -> Option<i64> {
        let arg = self.args.get(self.next)?;
        self.next += 1;
        let Value::Number(number) = arg else { return None };
        number.as_i64().filter(|value| (-TOO_LARGE..=TOO_LARGE).contains(value))
    }
}

/// The name of a value's type in Go; empty for nil.
fn type_name(value: &Value) -> Result<&'static str, String> {
    match value {
        Value::Nil | Value::NoValue => Ok(""),
        Value::Bool(_) => Ok("bool"),
        Value::String(_) => Ok("string"),
        Value::Number(number) => Ok(match number.kind() {
            NumberKind::Float(_) => "float64",
            NumberKind::Signed(0..) => "uint8",
            _ => "int",
        }),
        other => Err(format!("the name of a Go type is not known: this is {}", kind(other))),
    }
}

fn verb(directive: &Directive, letter: char, value: &Value) -> Result<String, String> {
    match value {
        Value::Object(_) | Value::Function(_) => match source(value) {
            // For Go goctl's string with methods is a struct with one field.
            Some(text) if !directive.sharp && !directive.plus && !matches!(letter, 'T' | 'p') => {
                Ok(format!("{{{}}}", verb(directive, letter, text)?))
            }
            _ => Err(STRUCT.to_owned()),
        },
        Value::Array(_) | Value::Map(_) if matches!(letter, 'T' | 'p') || (directive.sharp && letter == 'v') => {
            Err(format!("`%{letter}` of {} is not supported", kind(value)))
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| element(directive, letter, item)).collect::<Result<Vec<_>, _>>()?;
            Ok(format!("[{}]", items.join(" ")))
        }
        Value::Map(entries) => {
            let mut keys: Vec<&String> = entries.keys().collect();
            keys.sort();
            let entries = keys.into_iter().map(|key| {
                let name = verb(directive, letter, &Value::String(key.clone()))?;
                Ok(format!("{name}:{}", element(directive, letter, &entries[key])?))
            });
            Ok(format!("map[{}]", entries.collect::<Result<Vec<_>, String>>()?.join(" ")))
        }
        Value::Number(number) => numeric(directive, letter, value, number.kind()),
        Value::String(_) if directive.sharp && letter == 'v' => engine(&Directive { sharp: false, plus: false, ..*directive }, 'q', value),
        Value::String(text) if letter == 'v' && directive.width.is_none() && directive.precision.is_none() => Ok(text.clone()),
        _ => engine(directive, letter, value),
    }
}

/// What is in a list or map: nil has no verbs there.
fn element(directive: &Directive, letter: char, value: &Value) -> Result<String, String> {
    match value {
        Value::Nil | Value::NoValue => Ok("<nil>".to_owned()),
        other => verb(directive, letter, other),
    }
}

fn numeric(directive: &Directive, letter: char, value: &Value, number: NumberKind) -> Result<String, String> {
    let name = type_name(value)?;
    if letter == 'T' {
        return engine(directive, 's', &Value::String(name.to_owned()));
    }
    if let NumberKind::Float(_) = number {
        let unlike_go = matches!(letter, 'b' | 'x' | 'X') || directive.sharp;
        return if unlike_go {
            Err(format!("`%{letter}` of a float, and flag `#`, are not supported"))
        } else {
            engine(directive, letter, value)
        };
    }
    match letter {
        'v' if directive.sharp && name == "uint8" => engine(directive, 'x', value),
        'v' => engine(&Directive { sharp: false, plus: false, ..*directive }, 'd', value),
        'b' | 'c' | 'd' | 'o' | 'O' | 'q' | 'U' | 'x' | 'X' => engine(directive, letter, value),
        _ => Ok(format!("%!{letter}({name}={})", engine(directive, 'd', value)?)),
    }
}

/// The engine's own way, for a constant.
fn engine(directive: &Directive, letter: char, value: &Value) -> Result<String, String> {
    let mut format = "%".to_owned();
    // Go pads with zeros to the left only.
    let flags = [
        (directive.sharp, '#'),
        (directive.zero && !directive.minus, '0'),
        (directive.plus, '+'),
        (directive.minus, '-'),
        (directive.space, ' '),
    ];
    format.extend(flags.iter().filter(|(set, _)| *set).map(|(_, flag)| flag));
    if let Some(width) = directive.width {
        format.push_str(&width.to_string());
    }
    if let Some(precision) = directive.precision {
        format.push_str(&format!(".{precision}"));
    }
    format.push(letter);
    match funcs::printf(&[Value::String(format), value.clone()]) {
        Ok(Value::String(text)) => Ok(text),
        Ok(other) => Ok(other.to_string()),
        Err(error) => Err(error.to_string()),
    }
}
