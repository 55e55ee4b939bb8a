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
    let code = if too_deep { Code::NestingTooDeep } else { Code::SyntaxError };
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

/// All that keeps a file from being linked with what is in the pool.
pub(super) fn link(
    error: DescriptorError,
    file: &FileDescriptorProto,
    places: &Places<'_>,
    source: FileId,
    text: &str,
    pool: &DescriptorPool,
) -> Vec<Diagnostic> {
    let first = error.path().and_then(|path| places.span(path));
    // The linker counts characters where its spans are bytes: each byte of ours becomes a character.
    let error = error.with_source_code(&text.bytes().map(|byte| if byte.is_ascii() { char::from(byte) } else { '?' }).collect::<String>());
    let all = std::iter::once(&error as &dyn Told).chain(error.related().into_iter().flatten());
    let explained = all.enumerate().map(|(at, told)| {
        let (primary, second) = primary(labels(told, source, text));
        let span = primary.map(|label| label.0).or(if at == 0 { first } else { None });
        let diagnostic = finding(told, file, pool);
        let diagnostic = match span {
            Some(span) => diagnostic.at(span, ""),
            None => diagnostic.at(Span::new(source, 0, 0), ""),
        };
        second.into_iter().fold(diagnostic, |diagnostic, (span, text)| diagnostic.and(span, text))
    });
    explained.collect()
}

/// The rule, the words and the help of one error.
fn finding(told: &dyn Told, file: &FileDescriptorProto, pool: &DescriptorPool) -> Diagnostic {
    let message = told.to_string();
    let help = told.help().map(|help| help.to_string()).unwrap_or_default();
    if let Some(name) = between(&message, "name '", "' is not defined") {
        let diagnostic = Diagnostic::error(Code::UnknownType, format!("there is no type `{name}`"));
        return match unknown(name, &help, file, pool) {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        };
    }
    if let Some((name, read)) = between(&message, "'", "', which is not defined").and_then(|both| both.split_once("' resolves to '")) {
        let help =
            format!("the innermost `{}` is taken first; `.{name}` starts from the outermost", name.split('.').next().unwrap_or(name));
        return Diagnostic::error(Code::UnknownType, format!("`{name}` is read as `{read}`, which there is not")).help(help);
    }
    let starts = |words: &[&str]| words.iter().any(|word| message.starts_with(word));
    let code = if message.contains("conflicts with reserved range") {
        Code::ReservedName
    } else if starts(&["name '", "a field with JSON name", "camel-case name"]) {
        Code::DuplicateName
    } else if starts(&["option field", "expected ", "cannot set field", "invalid value of type"])
        || message.ends_with(" is not an extension")
    {
        Code::BadOption
    } else if message.ends_with(" is not a message type") || message.ends_with(" is not a message or enum type") {
        Code::UnsupportedType
    } else if starts(&["field number", "invalid field number", "enum number", "message '"]) {
        Code::BadNumber
    } else if starts(&["invalid default value"]) {
        Code::BadValue
    } else {
        Code::BadDefinition
    };
    let diagnostic = Diagnostic::error(code, backquoted(&message));
    if help.is_empty() { diagnostic } else { diagnostic.help(backquoted(&help)) }
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

/// The label of the culprit, and the others.
fn primary(mut labels: Vec<Label>) -> (Option<Label>, Vec<Label>) {
    const CULPRITS: [&str; 4] = ["defined again here", "…and again here", "found here", "defined here"];
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
