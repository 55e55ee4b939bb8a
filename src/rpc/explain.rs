//! What the parser and the linker of `.proto` files say, as diagnostics of ours: their rules, our places, words and helps.

use miette::{Diagnostic as Told, LabeledSpan};
use prost_reflect::{DescriptorError, DescriptorPool};
use prost_types::{DescriptorProto, FileDescriptorProto};
use protox_parse::ParseError;

use super::bundled;
use super::places::Places;
use crate::diagnostic::{Code, Diagnostic};
use crate::naming::nearest;
use crate::source::{FileId, Span};

/// The longest name of a package, as protoc has it: each of its parts is a name of its own, with all before it.
const MAX_PACKAGE: usize = 511;

/// What other languages call the scalar types.
const SCALARS: [(&str, &str); 16] = [
    ("int", "int32` or `int64"),
    ("integer", "int32` or `int64"),
    ("int8", "int32"),
    ("int16", "int32"),
    ("long", "int64"),
    ("short", "int32"),
    ("uint", "uint32` or `uint64"),
    ("uint8", "uint32"),
    ("uint16", "uint32"),
    ("float32", "float"),
    ("float64", "double"),
    ("boolean", "bool"),
    ("str", "string"),
    ("text", "string"),
    ("byte", "bytes"),
    ("interface", "google.protobuf.Any"),
];

/// The scalar types.
const TYPES: [&str; 15] = [
    "double", "float", "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32", "sfixed64", "bool",
    "string", "bytes",
];

/// The first syntax error of a file: what follows it may be its echo.
pub(super) fn syntax(error: &ParseError, file: FileId, text: &str) -> Diagnostic {
    let message = error.to_string();
    let (primary, second) = primary(labels(error, file, text));
    let too_deep = message.starts_with("reached maximum recursion");
    let code = match rule(&message) {
        _ if too_deep => Code::NestingTooDeep,
        Code::BadNumber => Code::BadNumber,
        _ => Code::SyntaxError,
    };
    let of_imports = error.help().is_some_and(|help| help.to_string().starts_with("imports may not"));
    let message = if of_imports { "this is not a path that an import can have".to_owned() } else { backquoted(&message) };
    let end = text.trim_end().len();
    let diagnostic = Diagnostic::error(code, message.clone()).at(primary.map_or(Span::new(file, end, end), |label| label.0), "");
    let diagnostic = second.into_iter().fold(diagnostic, |diagnostic, (span, text)| diagnostic.and(span, text));
    let help = if message.starts_with("fields must have a label") && !text.contains("syntax") {
        Some("without a `syntax` line a file is proto2; begin it with `syntax = \"proto3\";`".to_owned())
    } else {
        error.help().map(|help| backquoted(&help.to_string()))
    };
    help.into_iter().fold(diagnostic, Diagnostic::help)
}

/// A package whose name is longer than any can be.
pub(super) fn too_long(parsed: &FileDescriptorProto, file: FileId, text: &str) -> Option<Diagnostic> {
    let package = parsed.package.as_deref()?;
    let start = (package.len() > MAX_PACKAGE).then(|| text.find("package"))?.unwrap_or(0);
    let message = format!("the package's name is longer than {MAX_PACKAGE} bytes");
    Some(Diagnostic::error(Code::BadDefinition, message).at(Span::new(file, start, start + "package".len()), ""))
}

/// So many findings of one file are told.
const MOST: usize = 100;

/// With more characters to count than this, only the first error of a file is placed and told.
const PATIENCE: usize = 200_000_000;

/// A file that cannot be linked with what is in the pool.
pub(super) struct Broken<'a> {
    pub(super) descriptor: &'a FileDescriptorProto,
    pub(super) source: FileId,
    pub(super) text: &'a str,
    pub(super) places: Places<'a>,
    pub(super) pool: &'a DescriptorPool,
    /// Where a full name is declared in the files before this one.
    pub(super) elsewhere: &'a dyn Fn(&str) -> Option<Span>,
}

impl Broken<'_> {
    /// All that is wrong with it.
    pub(super) fn explain(&self, error: DescriptorError) -> Vec<Diagnostic> {
        let first = error.path().and_then(|path| self.places.span(path));
        let count = 1 + error.related().map_or(0, Iterator::count);
        let (error, most) = if count.saturating_mul(self.text.len()) > PATIENCE {
            (error, 1)
        } else {
            // The linker counts characters where its spans are bytes: each byte of ours becomes a character.
            let bytes = self.text.bytes().map(|byte| if byte.is_ascii() { char::from(byte) } else { '?' });
            (error.with_source_code(&bytes.collect::<String>()), MOST)
        };
        let all = std::iter::once(&error as &dyn Told).chain(error.related().into_iter().flatten());
        let mut explained: Vec<Diagnostic> =
            all.take(most).enumerate().filter_map(|(at, told)| self.one(told, if at == 0 { first } else { None })).collect();
        if count > most
            && let Some(last) = explained.pop()
        {
            explained.push(last.help(format!("there are {} more such findings in this file", count - most)));
        }
        explained
    }

    /// One error, with its place as the linker has it, or else `span`.
    fn one(&self, told: &dyn Told, span: Option<Span>) -> Option<Diagnostic> {
        let (primary, second) = primary(labels(told, self.source, self.text));
        let (span, words) = primary.or(span.map(|span| (span, String::new()))).unwrap_or((Span::new(self.source, 0, 0), String::new()));
        // A place that is not the culprit's, where the linker has lost that, says what it is.
        let words = if CULPRITS.contains(&words.as_str()) { "" } else { &words };
        let diagnostic = self.finding(told, self.text.get(span.start..span.end).unwrap_or(""))?.at(span, words);
        Some(second.into_iter().fold(diagnostic, |diagnostic, (span, text)| diagnostic.and(span, text)))
    }

    /// The rule, the words and the help of one error at `place`; `None` for one that repeats another.
    fn finding(&self, told: &dyn Told, place: &str) -> Option<Diagnostic> {
        let message = told.to_string();
        let help = told.help().map(|help| help.to_string()).unwrap_or_default();
        if let Some(name) = between(&message, "name '", "' is not defined") {
            return Some(self.undefined(name, &help, place));
        }
        if let Some((name, read)) = between(&message, "'", "', which is not defined").and_then(|both| both.split_once("' resolves to '")) {
            let first = name.split('.').next().unwrap_or(name);
            let help = format!("the innermost `{first}` is taken first; `.{name}` starts from the outermost");
            return Some(Diagnostic::error(Code::UnknownType, format!("`{name}` is read as `{read}`, which there is not")).help(help));
        }
        if let Some((name, _)) = between(&message, "name '", "'").and_then(|both| both.split_once("' is already defined in file '")) {
            let diagnostic = Diagnostic::error(Code::DuplicateName, backquoted(&message));
            return Some(
                (self.elsewhere)(name).into_iter().fold(diagnostic, |diagnostic, span| diagnostic.and(span, "first defined here")),
            );
        }
        if let Some((name, other)) =
            between(&message, "camel-case name of field '", "'").and_then(|both| both.split_once("' conflicts with field '"))
            && name == other
        {
            return None;
        }
        let message = message.replace("a field with JSON name '' is already defined", "two fields have one name in JSON");
        let diagnostic = Diagnostic::error(rule(&message), backquoted(&message));
        if let Some(name) = between(&message, "option field '", "' is not defined") {
            let fields = option_names();
            return Some(match nearest(name, fields.iter().map(String::as_str)) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic,
            });
        }
        if let Some(inner) = told.diagnostic_source() {
            return Some(diagnostic.help(backquoted(&inner.to_string())));
        }
        Some(if help.is_empty() { diagnostic } else { diagnostic.help(backquoted(&help)) })
    }

    /// A type or an option that there is not.
    fn undefined(&self, name: &str, help: &str, place: &str) -> Diagnostic {
        if TYPES.contains(&name) {
            let help = format!("declare one that holds it: `message Name {{ {name} value = 1; }}`");
            return Diagnostic::error(Code::UnsupportedType, format!("`{name}` is not a message")).help(help);
        }
        let (code, what) = if place.contains(&format!("({name})")) { (Code::BadOption, "option") } else { (Code::UnknownType, "type") };
        let diagnostic = Diagnostic::error(code, format!("there is no {what} `{name}`"));
        unknown(name, help, self.descriptor, self.pool).into_iter().fold(diagnostic, Diagnostic::help)
    }
}

/// The rule that a message is about.
fn rule(message: &str) -> Code {
    let starts = |words: &[&str]| words.iter().any(|word| message.starts_with(word));
    if message.contains("conflicts with reserved range") {
        Code::ReservedName
    } else if starts(&["name '", "a field with JSON name", "two fields", "camel-case name"]) {
        Code::DuplicateName
    } else if starts(&["option field", "expected ", "cannot set field", "invalid value of type"])
        || message.ends_with(" is not an extension")
    {
        Code::BadOption
    } else if message.ends_with(" is not a message type") || message.ends_with(" is not a message or enum type") {
        Code::UnsupportedType
    } else if starts(&["field number", "invalid field number", "enum number", "message '", "message numbers", "enum numbers"]) {
        Code::BadNumber
    } else if starts(&["invalid default value"]) {
        Code::BadValue
    } else {
        Code::BadDefinition
    }
}

/// The options that protobuf knows.
fn option_names() -> Vec<String> {
    let pool = DescriptorPool::global();
    let messages =
        pool.all_messages().filter(|message| message.full_name().starts_with("google.protobuf.") && message.name().ends_with("Options"));
    messages.flat_map(|message| message.fields().map(|field| field.name().to_owned()).collect::<Vec<_>>()).collect()
}

/// What an unknown type may have been meant to be.
fn unknown(name: &str, help: &str, file: &FileDescriptorProto, pool: &DescriptorPool) -> Option<String> {
    let import = |file: &str| format!("add `import \"{file}\";`");
    if let Some((_, rest)) = help.split_once("' is defined in '")
        && let Some((declaring, _)) = rest.split_once("', which")
    {
        return Some(import(declaring));
    }
    if let Some((_, scalar)) = SCALARS.iter().find(|(other, _)| *other == name) {
        return Some(format!("write `{scalar}`"));
    }
    if let Some((full, declaring)) = bundled::declaring(name) {
        let imported = file.dependency.contains(&declaring);
        return Some(match (imported, full == name.trim_start_matches('.')) {
            (true, _) => format!("write `{full}`"),
            (false, true) => import(&declaring),
            (false, false) => format!("write `{full}`, and {}", import(&declaring)),
        });
    }
    let linked: Vec<String> = pool
        .all_messages()
        .map(|message| message.full_name().to_owned())
        .chain(pool.all_enums().map(|an_enum| an_enum.full_name().to_owned()))
        .filter(|full| !full.starts_with("google.protobuf."))
        .collect();
    let own = own_names(file);
    let name = name.trim_start_matches('.');
    let last = |full: &'_ str| full.rsplit('.').next().is_some_and(|last| last == name);
    if let Some(full) = own.iter().chain(&linked).find(|full| last(full)) {
        return Some(format!("write `{full}`"));
    }
    let near = nearest(name, own.iter().chain(&linked).map(String::as_str).chain(TYPES))?;
    Some(format!("did you mean `{near}`?"))
}

/// The messages and enums of a file: those at its top by their names, those inside others with what they are in.
fn own_names(file: &FileDescriptorProto) -> Vec<String> {
    fn below(prefix: &str, messages: &[DescriptorProto], names: &mut Vec<String>) {
        for message in messages {
            let name = format!("{prefix}{}", message.name());
            let inner = format!("{name}.");
            names.extend(message.enum_type.iter().map(|an_enum| format!("{inner}{}", an_enum.name())));
            names.push(name);
            below(&inner, &message.nested_type, names);
        }
    }
    let mut names: Vec<String> = file.enum_type.iter().map(|an_enum| an_enum.name().to_owned()).collect();
    below("", &file.message_type, &mut names);
    names
}

type Label = (Span, String);

fn labels(told: &dyn Told, file: FileId, text: &str) -> Vec<Label> {
    let place = |label: LabeledSpan| {
        let (start, end) = (label.offset(), label.offset() + label.len());
        let words = label.label().unwrap_or_default().to_owned();
        text.get(start..end).map(|_| (Span::new(file, start, end), words))
    };
    told.labels().into_iter().flatten().filter_map(place).collect()
}

/// The labels that are on culprits, before others.
const CULPRITS: [&str; 5] = ["defined again here", "…and again here", "found here", "defined here", "enum defined here"];

/// The label of the culprit, and the others.
fn primary(mut labels: Vec<Label>) -> (Option<Label>, Vec<Label>) {
    let culprit = CULPRITS.iter().find_map(|words| labels.iter().position(|(_, text)| text == words));
    let first = (!labels.is_empty()).then(|| labels.remove(culprit.unwrap_or(0)));
    (first, labels)
}

/// The words with our quotes in place of theirs.
fn backquoted(message: &str) -> String {
    message.replace('\'', "`")
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.strip_prefix(before)?.strip_suffix(after)
}
