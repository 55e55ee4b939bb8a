//! Proto sets: the descriptors of a `.proto` file and of all it imports, as `protoc --descriptor_set_out` writes them.
//!
//! A set holds no `google.api.http` rules: for each that it finds there go-zero's gateway adds a route of its own, in a way
//! that mistakes whatever is not `{name}`, and it does not start when `Mappings` has the same route. So the routes stand in
//! the configuration alone.

use std::collections::BTreeSet;

use crate::rpc::spec::{FileNo, RpcSpec};
use crate::rpc::wire::{Value, fields, put_bytes};

/// What becomes of a field of a message.
enum Edit {
    /// It is left out.
    Drop,
    /// It is a message, of which some fields are edited.
    Inside(&'static [(u32, Edit)]),
}

/// `FileDescriptorProto`: its services' methods' options lose `google.api.http`; its source information, which nobody reads
/// at run time, is left out too.
const FILE: &[(u32, Edit)] = &[(6, Edit::Inside(SERVICE)), (9, Edit::Drop)];
const SERVICE: &[(u32, Edit)] = &[(2, Edit::Inside(METHOD))];
const METHOD: &[(u32, Edit)] = &[(4, Edit::Inside(OPTIONS))];
const OPTIONS: &[(u32, Edit)] = &[(72_295_728, Edit::Drop)];

/// The `FileDescriptorSet` of a file: what it imports first, itself last.
pub(super) fn proto_set(spec: &RpcSpec, file: FileNo) -> Vec<u8> {
    let mut all = BTreeSet::new();
    let mut queue = vec![file];
    while let Some(next) = queue.pop() {
        if all.insert(next) {
            queue.extend(&spec.file(next).imports);
        }
    }
    // Imports stand before importers in the spec.
    let mut set = Vec::new();
    all.into_iter().for_each(|file| put_bytes(&mut set, 1, &edited(&spec.file(file).raw, FILE)));
    set
}

/// A message without the fields that the edits drop; what cannot be read stays as it is.
fn edited(bytes: &[u8], edits: &[(u32, Edit)]) -> Vec<u8> {
    let Some(fields) = fields(bytes) else { return bytes.to_vec() };
    let mut out = Vec::with_capacity(bytes.len());
    for field in fields {
        match (edits.iter().find(|(number, _)| *number == field.number), field.value) {
            (Some((_, Edit::Drop)), _) => {}
            (Some((_, Edit::Inside(edits))), Value::Bytes(inner)) => put_bytes(&mut out, field.number, &edited(inner, edits)),
            _ => out.extend_from_slice(field.whole),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rpc::spec::{Origin, ProtoFile};

    fn nested(number: u32, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        put_bytes(&mut out, number, bytes);
        out
    }

    #[test]
    fn rules_and_source_information_are_left_out_and_nothing_else() {
        let service = |options: &[u8]| {
            let method = [nested(1, b"Get"), nested(4, options)].concat();
            nested(6, &[nested(1, b"User"), nested(2, &method)].concat())
        };
        // A custom option of somebody else's, a number, stays; so does a field nobody knows.
        let other = [0xf8, 0xff, 0x03, 0x07];
        let rule = nested(72_295_728, &nested(2, b"/v1/users/{id}"));
        let unknown = nested(1000, &[0xff, 0x80]);
        let file = [nested(1, b"user.proto"), service(&[other.to_vec(), rule].concat()), nested(9, &[1; 300]), unknown.clone()].concat();
        assert_eq!(edited(&file, FILE), [nested(1, b"user.proto"), service(&other), unknown].concat());
    }

    #[test]
    fn what_is_no_message_stays_as_it_is() {
        for bytes in [&[0xff_u8, 0xff][..], &[0x32, 0x7f, 1], &[0], &[0x32, 0x02, 0x12, 0x7f]] {
            assert_eq!(edited(bytes, FILE), bytes);
        }
    }

    #[test]
    fn a_set_has_what_its_file_imports_and_nothing_more() {
        let file = |name: &str, imports: &[usize]| ProtoFile {
            name: name.to_owned(),
            origin: Origin::Bundled,
            package: String::new(),
            go_package: None,
            imports: imports.iter().map(|no| FileNo(*no)).collect(),
            messages: Vec::new(),
            has_services: false,
            raw: nested(1, name.as_bytes()),
        };
        let files = vec![file("a", &[]), file("b", &[0]), file("c", &[]), file("d", &[1, 0])];
        let spec = RpcSpec { files, ..RpcSpec::default() };
        let set: Vec<u8> = ["a", "b", "d"].iter().flat_map(|name| nested(1, &nested(1, name.as_bytes()))).collect();
        assert_eq!(proto_set(&spec, FileNo(3)), set);
    }
}
