//! Rules of protobuf that the linker does not look at, and protoc does: nothing may be generated of what protoc refuses.

use std::collections::{BTreeMap, BTreeSet};

use prost_reflect::{EnumDescriptor, FieldDescriptor, FileDescriptor, Kind, MessageDescriptor, Syntax};
use prost_types::{FieldDescriptorProto, FileDescriptorProto};

use super::places::{METHOD, Places, SERVICE};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Span;

/// Field numbers of descriptors.
const NAME: i32 = 1;
const INPUT_TYPE: i32 = 2;
const OUTPUT_TYPE: i32 = 3;
const MESSAGE_FIELD: i32 = 2;
const MESSAGE_RESERVED_NAME: i32 = 10;
const ENUM_VALUE: i32 = 2;
const ENUM_OPTIONS: i32 = 3;
const ENUM_RESERVED_RANGE: i32 = 4;
const ENUM_RESERVED_NAME: i32 = 5;
const ALLOW_ALIAS: i32 = 2;
const FIELD_TYPE_NAME: i32 = 6;
const FIELD_OPTIONS: i32 = 8;
const MESSAGE_EXTENSION_RANGE: i32 = 5;
const MESSAGE_RESERVED_RANGE: i32 = 9;

/// Types of methods that protoc reads as methods: it takes the innermost name, be it a type or not. In a file as parsed; the
/// linker looks on, as both do in messages.
pub(super) fn shadowed_types(file: &FileDescriptorProto, places: &Places<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (s, service) in (0_i32..).zip(&file.service) {
        let siblings: BTreeMap<&str, i32> = service.method.iter().map(|method| method.name()).zip(0_i32..).collect();
        for (m, method) in (0_i32..).zip(&service.method) {
            for (tag, name) in [(INPUT_TYPE, method.input_type()), (OUTPUT_TYPE, method.output_type())] {
                let Some(sibling) = siblings.get(name) else { continue };
                let diagnostic = Diagnostic::error(Code::UnsupportedType, format!("`{name}` is the method here, not a message"));
                let place = |path: &[i32]| places.span(&[&[SERVICE, s, METHOD], path].concat());
                let diagnostic = place(&[m, tag]).into_iter().fold(diagnostic, |diagnostic, span| diagnostic.at(span, ""));
                let method = place(&[*sibling, NAME]);
                let diagnostic = method.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.and(span, "the method"));
                let dot = if file.package().is_empty() { "" } else { "." };
                found.push(diagnostic.help(format!("write `.{}{dot}{name}`", file.package())));
            }
        }
    }
    found
}

/// Checks one file.
pub(super) fn check(file: &FileDescriptor, places: &Places<'_>, report: &mut Report) {
    for message in file.messages() {
        check_message(&message, places, report);
    }
    for an_enum in file.enums() {
        check_enum(&an_enum, places, report);
    }
}

fn check_message(message: &MessageDescriptor, places: &Places<'_>, report: &mut Report) {
    let descriptor = message.descriptor_proto();
    for field in message.fields() {
        check_field(message, &field, places, report);
    }
    let kept = descriptor.reserved_range.iter().map(|range| (range.start(), range.end()));
    let open = descriptor.extension_range.iter().map(|range| (range.start(), range.end()));
    let all = (0_i32..).zip(kept).map(|(at, range)| (range, MESSAGE_RESERVED_RANGE, at));
    let all: Vec<_> = all.chain((0_i32..).zip(open).map(|(at, range)| (range, MESSAGE_EXTENSION_RANGE, at))).collect();
    overlaps(message.path(), all, places, report);
    if message.parent_file().syntax() == Syntax::Proto3 && !descriptor.extension_range.is_empty() {
        let span = places.span(&[message.path(), &[MESSAGE_EXTENSION_RANGE, 0]].concat());
        report.push(at(Diagnostic::error(Code::BadDefinition, "messages of proto3 have no extensions"), span));
    }
    let fields = descriptor.field.iter().map(FieldDescriptorProto::name);
    reserved("field", message.path(), (MESSAGE_FIELD, fields), (MESSAGE_RESERVED_NAME, &descriptor.reserved_name), places, report);
    for child in message.child_messages() {
        check_message(&child, places, report);
    }
    for an_enum in message.child_enums() {
        check_enum(&an_enum, places, report);
    }
}

/// An enum of proto2 is closed, and a message of proto3 must take any value; only lists of numbers are packed.
fn check_field(message: &MessageDescriptor, field: &FieldDescriptor, places: &Places<'_>, report: &mut Report) {
    let place = |tag: i32| places.span(&[field.path(), &[tag]].concat());
    if let Kind::Enum(of) = field.kind()
        && message.parent_file().syntax() == Syntax::Proto3
        && of.parent_file().syntax() == Syntax::Proto2
    {
        let words = format!("`{}` is an enum of proto2, which a message of proto3 cannot hold", of.full_name());
        report.push(at(Diagnostic::error(Code::BadDefinition, words), place(FIELD_TYPE_NAME)));
    }
    let packed = field.field_descriptor_proto().options.as_ref().is_some_and(|options| options.packed());
    if packed && (!field.is_list() || matches!(field.kind(), Kind::String | Kind::Bytes | Kind::Message(_))) {
        let words = "`packed` is for repeated numbers, booleans and enums alone";
        report.push(at(Diagnostic::error(Code::BadOption, words), place(FIELD_OPTIONS)));
    }
}

fn check_enum(an_enum: &EnumDescriptor, places: &Places<'_>, report: &mut Report) {
    let (path, descriptor) = (an_enum.path(), an_enum.enum_descriptor_proto());
    let values = descriptor.value.iter().map(|value| value.name());
    reserved("value", path, (ENUM_VALUE, values), (ENUM_RESERVED_NAME, &descriptor.reserved_name), places, report);
    // The ends of an enum's ranges are in them.
    let kept = descriptor.reserved_range.iter().map(|range| (range.start(), range.end().saturating_add(1)));
    overlaps(path, (0_i32..).zip(kept).map(|(at, range)| (range, ENUM_RESERVED_RANGE, at)).collect(), places, report);
    let place = |at: i32| places.span(&[path, &[ENUM_VALUE, at, NAME]].concat());
    let mut seen: BTreeMap<String, i32> = BTreeMap::new();
    for (number, value) in (0_i32..).zip(&descriptor.value) {
        let first = *seen.entry(plain(value.name(), descriptor.name())).or_insert(number);
        let Some(other) = usize::try_from(first).ok().and_then(|first| descriptor.value.get(first)) else { continue };
        if other.number() != value.number() && other.name() != value.name() && an_enum.parent_file().syntax() == Syntax::Proto3 {
            let words = format!("`{}` and `{}` are one name without the enum's own", value.name(), other.name());
            let diagnostic = at(Diagnostic::error(Code::DuplicateName, words), place(number));
            report.push(place(first).into_iter().fold(diagnostic, |diagnostic, span| diagnostic.and(span, "first defined here")));
        }
    }
    let numbers: BTreeSet<i32> = descriptor.value.iter().map(|value| value.number()).collect();
    let aliases = descriptor.options.as_ref().is_some_and(|options| options.allow_alias());
    if aliases && numbers.len() == descriptor.value.len() {
        let span = places.span(&[path, &[ENUM_OPTIONS, ALLOW_ALIAS]].concat()).or_else(|| places.span(&[path, &[NAME]].concat()));
        let words = format!("`allow_alias` of `{}`, which has no two values with one number", descriptor.name());
        report.push(at(Diagnostic::error(Code::BadOption, words), span).help("remove the option"));
    }
}

/// The name of a value as generated code may have it: without the enum's name before it, in one case.
fn plain(value: &str, an_enum: &str) -> String {
    let letters = |text: &str| text.chars().filter(|c| *c != '_').map(|c| c.to_ascii_lowercase()).collect::<String>();
    let (prefix, whole) = (letters(an_enum), letters(value));
    let mut rest = value;
    if whole.len() > prefix.len() && whole.starts_with(&prefix) {
        let mut left = prefix.len();
        while left > 0 || rest.starts_with('_') {
            left -= usize::from(!rest.starts_with('_'));
            rest = rest.get(1..).unwrap_or("");
        }
    }
    // A word's first letter is large and the rest is small: only where words begin tells two names apart.
    let word = |word: &str| word.get(..1).unwrap_or("").to_ascii_uppercase() + &word.get(1..).unwrap_or("").to_ascii_lowercase();
    rest.split('_').map(word).collect()
}

/// A range with its end, which is not in it; the list it is in, and where in that.
type Listed = ((i32, i32), i32, i32);

/// No two ranges of a message or an enum have a number in common.
fn overlaps(path: &[i32], mut all: Vec<Listed>, places: &Places<'_>, report: &mut Report) {
    all.sort_unstable();
    let place = |&(_, list, index): &Listed| places.span(&[path, &[list, index]].concat());
    for pair in all.windows(2) {
        let [first, second] = pair else { continue };
        if second.0.0 < first.0.1 {
            let diagnostic = at(Diagnostic::error(Code::BadNumber, "two ranges overlap"), place(second));
            report.push(place(first).into_iter().fold(diagnostic, |diagnostic, span| diagnostic.and(span, "the other one")));
        }
    }
    for range in all.iter().filter(|range| range.0.0 >= range.0.1) {
        report.push(at(Diagnostic::error(Code::BadNumber, "the range ends before it starts"), place(range)));
    }
}

/// With the place, where there is one.
fn at(diagnostic: Diagnostic, span: Option<Span>) -> Diagnostic {
    span.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.at(span, ""))
}

/// No part has a name that is reserved.
fn reserved<'a>(
    what: &str,
    path: &[i32],
    (parts_tag, parts): (i32, impl Iterator<Item = &'a str>),
    (reserved_tag, reserved): (i32, &[String]),
    places: &Places<'_>,
    report: &mut Report,
) {
    if reserved.is_empty() {
        return;
    }
    let mut known: BTreeMap<&str, i32> = BTreeMap::new();
    let span = |rest: &[i32]| places.span(&[path, rest].concat());
    for (at, name) in (0_i32..).zip(reserved) {
        if let Some(first) = known.insert(name, at) {
            let diagnostic = Diagnostic::error(Code::ReservedName, format!("the name `{name}` is reserved twice"));
            let diagnostic = span(&[reserved_tag, at]).into_iter().fold(diagnostic, |diagnostic, span| diagnostic.at(span, ""));
            let first = span(&[reserved_tag, first]);
            report.push(first.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.and(span, "first reserved here")));
        }
    }
    for (at, name) in (0_i32..).zip(parts) {
        let Some(reserved_at) = known.get(name) else { continue };
        let diagnostic = Diagnostic::error(Code::ReservedName, format!("the name `{name}` is reserved"));
        let diagnostic = span(&[parts_tag, at, NAME]).into_iter().fold(diagnostic, |diagnostic, span| diagnostic.at(span, ""));
        let reserved = span(&[reserved_tag, *reserved_at]);
        let diagnostic = reserved.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.and(span, "reserved here"));
        report.push(diagnostic.help(format!("give the {what} another name: old messages may still use this one")));
    }
}
