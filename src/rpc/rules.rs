//! Rules of protobuf that the linker does not look at, and protoc does: nothing may be generated of what protoc refuses.

use std::collections::BTreeMap;

use prost_reflect::{FileDescriptor, MessageDescriptor};
use prost_types::{EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto};

use super::places::{METHOD, Places, SERVICE};
use crate::diagnostic::{Code, Diagnostic, Report};

/// Field numbers of descriptors.
const NAME: i32 = 1;
const INPUT_TYPE: i32 = 2;
const OUTPUT_TYPE: i32 = 3;
const MESSAGE_FIELD: i32 = 2;
const MESSAGE_RESERVED_NAME: i32 = 10;
const ENUM_VALUE: i32 = 2;
const ENUM_RESERVED_NAME: i32 = 5;

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
        check_enum(an_enum.path(), an_enum.enum_descriptor_proto(), places, report);
    }
}

fn check_message(message: &MessageDescriptor, places: &Places<'_>, report: &mut Report) {
    let descriptor = message.descriptor_proto();
    let fields = descriptor.field.iter().map(FieldDescriptorProto::name);
    reserved("field", message.path(), (MESSAGE_FIELD, fields), (MESSAGE_RESERVED_NAME, &descriptor.reserved_name), places, report);
    for child in message.child_messages() {
        check_message(&child, places, report);
    }
    for an_enum in message.child_enums() {
        check_enum(an_enum.path(), an_enum.enum_descriptor_proto(), places, report);
    }
}

fn check_enum(path: &[i32], an_enum: &EnumDescriptorProto, places: &Places<'_>, report: &mut Report) {
    let values = an_enum.value.iter().map(|value| value.name());
    reserved("value", path, (ENUM_VALUE, values), (ENUM_RESERVED_NAME, &an_enum.reserved_name), places, report);
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
    let span = |rest: &[i32]| places.span(&[path, rest].concat());
    for (at, name) in (0_i32..).zip(parts) {
        let Some((reserved_at, _)) = (0_i32..).zip(reserved).find(|(_, reserved)| *reserved == name) else { continue };
        let diagnostic = Diagnostic::error(Code::ReservedName, format!("the name `{name}` is reserved"));
        let diagnostic = span(&[parts_tag, at, NAME]).into_iter().fold(diagnostic, |diagnostic, span| diagnostic.at(span, ""));
        let reserved = span(&[reserved_tag, reserved_at]);
        let diagnostic = reserved.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.and(span, "reserved here"));
        report.push(diagnostic.help(format!("give the {what} another name: old messages may still use this one")));
    }
}
