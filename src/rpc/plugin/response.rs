//! What a plugin answers: a `CodeGeneratorResponse`, which may hold anything.
//!
//! Invariant: a name that comes out is relative, clean, and leads out of no directory.
//!
//! Source of the rules: contract rpc 12.1; protobuf's `plugin.proto`; protoc, EnforceProto3OptionalSupport and
//! EnforceEditionsSupport.

use crate::rpc::wire::{Field, Value, fields};

/// The answer of a plugin that did its work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Response {
    /// Each file: its name and its text.
    pub(super) files: Vec<(String, String)>,
    features: u64,
    editions: Option<(u64, u64)>,
}

/// Why there are no files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// These bytes are no answer.
    Garbage,
    /// It says what is wrong with the input.
    Said(String),
    /// It wants to write into files of others.
    Insertion(String),
    /// A name that leads out of the output directory, or that no file can have.
    BadName(String),
    /// Two files of one name.
    Twice(String),
}

/// What a `.proto` file asks of a plugin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Needs {
    proto3_optional: bool,
    edition: Option<u64>,
}

const PROTO3_OPTIONAL: u64 = 1;
const EDITIONS: u64 = 2;

/// Reads an answer.
pub(super) fn read(bytes: &[u8]) -> Result<Response, Refusal> {
    let mut response = Response::default();
    let (mut least, mut most) = (None, None);
    for Field { number, value, .. } in fields(bytes).ok_or(Refusal::Garbage)? {
        match (number, value) {
            (1, value) => return Err(Refusal::Said(value.text().ok_or(Refusal::Garbage)?.to_owned())),
            (2, Value::Number(features)) => response.features = features,
            (3, Value::Number(edition)) => least = Some(edition),
            (4, Value::Number(edition)) => most = Some(edition),
            (15, value) => add(&mut response.files, value.bytes().ok_or(Refusal::Garbage)?)?,
            (2..=4, _) => return Err(Refusal::Garbage),
            _ => {}
        }
    }
    response.editions = least.zip(most);
    let mut names: Vec<&str> = response.files.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Refusal::Twice(pair[0].to_owned())),
        None => Ok(response),
    }
}

fn add(files: &mut Vec<(String, String)>, bytes: &[u8]) -> Result<(), Refusal> {
    let (mut name, mut text) = ("", "");
    for Field { number, value, .. } in fields(bytes).ok_or(Refusal::Garbage)? {
        match number {
            1 => name = value.text().ok_or(Refusal::Garbage)?,
            2 if value.bytes() != Some(b"") => return Err(Refusal::Insertion(name.to_owned())),
            15 => text = value.text().ok_or(Refusal::Garbage)?,
            _ => {}
        }
    }
    match files.last_mut() {
        // More of the file before.
        Some((_, before)) if name.is_empty() => before.push_str(text),
        _ => files.push((clean(name).ok_or_else(|| Refusal::BadName(name.to_owned()))?, text.to_owned())),
    }
    Ok(())
}

/// The name without `.` and empty parts; `None` where it is no name below a directory.
fn clean(name: &str) -> Option<String> {
    let foreign = |c: char| c == '\\' || c == ':' || c.is_control();
    if name.starts_with('/') || name.ends_with('/') || name.contains(foreign) {
        return None;
    }
    let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    (!parts.is_empty() && !parts.contains(&"..")).then(|| parts.join("/"))
}

impl Response {
    /// What a file needs and the plugin does not know, in words.
    pub(super) fn lacks(&self, needs: Needs) -> Option<String> {
        if needs.proto3_optional && self.features & PROTO3_OPTIONAL == 0 {
            return Some("does not know `optional` fields of proto3".to_owned());
        }
        let edition = needs.edition?;
        if self.features & EDITIONS == 0 {
            return Some("does not know editions".to_owned());
        }
        match self.editions {
            Some((least, most)) if (least..=most).contains(&edition) => None,
            _ => Some(format!("does not know {}", edition_name(edition))),
        }
    }
}

/// `edition 2023`: descriptor.proto numbers them from 1000 on.
fn edition_name(edition: u64) -> String {
    if (1000..2000).contains(&edition) { format!("edition {}", edition + 1023) } else { format!("edition number {edition}") }
}

/// What the file of this descriptor needs.
pub(super) fn needs(descriptor: &[u8]) -> Needs {
    let all = fields(descriptor).unwrap_or_default();
    let is_edition = all.iter().any(|field| (field.number, field.value) == (12, Value::Bytes(b"editions")));
    let edition = all.iter().rev().find(|field| field.number == 14).and_then(|field| field.value.number());
    Needs {
        // FileDescriptorProto: messages 4, extensions 7.
        proto3_optional: all.iter().any(|field| field.value.bytes().is_some_and(|bytes| has_optional(field.number, bytes, [4, 7]))),
        edition: if is_edition { edition } else { None },
    }
}

/// Whether a message, or a field, given by its number among `[message, field]`, has `proto3_optional`.
fn has_optional(number: u32, bytes: &[u8], [message, field]: [u32; 2]) -> bool {
    let inner = || fields(bytes).unwrap_or_default();
    if number == field {
        return inner().iter().any(|field| (field.number, field.value) == (17, Value::Number(1)));
    }
    // DescriptorProto: fields 2, nested messages 3, extensions 6.
    number == message
        && inner().iter().any(|Field { number, value, .. }| {
            value.bytes().is_some_and(|bytes| has_optional(*number, bytes, [3, 2]) || has_optional(*number, bytes, [0, 6]))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rpc::wire::{put_bytes, put_number};

    fn answer(files: &[(&str, &str)]) -> Vec<u8> {
        let mut out = Vec::new();
        for (name, text) in files {
            let mut file = Vec::new();
            put_bytes(&mut file, 1, name.as_bytes());
            put_bytes(&mut file, 15, text.as_bytes());
            put_bytes(&mut out, 15, &file);
        }
        out
    }

    #[test]
    fn files_are_read() {
        let response = read(&answer(&[("./a//x.pb.go", "package a\n"), ("y.pb.go", "one"), ("", " two")])).unwrap();
        assert_eq!(response.files, [("a/x.pb.go".to_owned(), "package a\n".to_owned()), ("y.pb.go".to_owned(), "one two".to_owned())]);
        assert_eq!(read(b"").unwrap(), Response::default());
    }

    #[test]
    fn a_name_stays_below_its_directory() {
        for name in ["../x.go", "a/../../x.go", "/etc/x.go", "a\\x.go", "x\0.go", "C:x.go", "", ".", "a/", "a\nb"] {
            assert_eq!(read(&answer(&[(name, "")])), Err(Refusal::BadName(name.to_owned())), "{name:?}");
        }
        assert_eq!(read(&answer(&[("a.go", ""), ("./a.go", "")])), Err(Refusal::Twice("a.go".to_owned())));
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        assert_eq!(read(b"panic: oh no"), Err(Refusal::Garbage));
        assert_eq!(read(b"\x7a\x03\x0a\x01\xff"), Err(Refusal::Garbage));
        let mut said = Vec::new();
        put_bytes(&mut said, 1, b"bad input");
        assert_eq!(read(&said), Err(Refusal::Said("bad input".to_owned())));
        let (mut file, mut out) = (Vec::new(), Vec::new());
        put_bytes(&mut file, 1, b"a.go");
        put_bytes(&mut file, 2, b"imports");
        put_bytes(&mut out, 15, &file);
        assert_eq!(read(&out), Err(Refusal::Insertion("a.go".to_owned())));
    }

    #[test]
    fn what_a_file_needs_and_a_plugin_lacks() {
        let (mut field, mut inner, mut outer, mut file) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        put_number(&mut field, 17, 1);
        put_bytes(&mut inner, 2, &field);
        put_bytes(&mut outer, 3, &inner);
        put_bytes(&mut file, 4, &outer);
        let optional = needs(&file);
        assert!(optional.proto3_optional && optional.edition.is_none());
        let mut edition = Vec::new();
        put_bytes(&mut edition, 12, b"editions");
        put_number(&mut edition, 14, 1000);
        let edition = needs(&edition);
        let knows = |features, editions| Response { features, editions, ..Response::default() };
        assert!(knows(0, None).lacks(optional).is_some() && knows(1, None).lacks(optional).is_none());
        assert_eq!(knows(1, None).lacks(edition).as_deref(), Some("does not know editions"));
        assert_eq!(knows(2, Some((998, 999))).lacks(edition).as_deref(), Some("does not know edition 2023"));
        assert_eq!(knows(3, Some((998, 1001))).lacks(edition), None);
        assert_eq!(knows(0, None).lacks(needs(b"\xff\xff")), None);
    }
}
