//! What a plugin is asked: a `CodeGeneratorRequest`, by hand, so that the descriptors keep every byte.
//!
//! Source of the rules: contract rpc 12.1; crates.md 2.

use crate::rpc::go_package::{Resolved, Side, is_said};
use crate::rpc::spec::{FileNo, RpcSpec};
use crate::rpc::wire::{put_bytes, put_number};

/// The protoc that generated headers name: the one that goctl's output is compared under (decisions, `--compat goctl`).
const PROTOC: [u64; 3] = [3, 21, 12];

/// The bytes for one plugin, which is to make code of `files`.
pub(super) fn request(spec: &RpcSpec, resolved: &Resolved, side: &Side, files: &[FileNo]) -> Vec<u8> {
    let mut out = Vec::with_capacity(spec.files.iter().map(|file| file.raw.len() + 16).sum());
    for file in files {
        put_bytes(&mut out, 1, spec.file(*file).name.as_bytes());
    }
    put_bytes(&mut out, 2, parameter(spec, resolved, side).as_bytes());
    let mut version = Vec::new();
    for (field, number) in (1..).zip(PROTOC) {
        put_number(&mut version, field, number);
    }
    put_bytes(&mut out, 3, &version);
    for file in &spec.files {
        put_bytes(&mut out, 15, &file.raw);
    }
    out
}

/// The plugin's own options; and where each file is imported from, which decides where its code lies no more.
///
/// With `paths=source_relative` a plugin names its files after the `.proto` files, so that the answer says which is whose.
fn parameter(spec: &RpcSpec, resolved: &Resolved, side: &Side) -> String {
    let mut words = side.rest.clone();
    words.push("paths=source_relative".to_owned());
    for (file, package) in spec.files.iter().zip(&resolved.packages) {
        if !is_said(file, package) {
            words.push(format!("M{}={};{}", file.name, package.path, package.name));
        }
    }
    words.join(",")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{resolved, spec};
    use super::*;
    use crate::rpc::wire::{Value, fields};

    #[test]
    fn the_request_holds_what_protoc_would_send() {
        let spec = spec(&[("pb/user.proto", "example.com/pb"), ("b/b.proto", "./b"), ("c/c.proto", "")]);
        let resolved = resolved(&spec, &["annotate_code", "Mc/c.proto=x/c"]);
        let bytes = request(&spec, &resolved, &resolved.sides[0], &[FileNo(0), FileNo(2)]);
        let fields = fields(&bytes).unwrap();
        let texts =
            |number| fields.iter().filter(|field| field.number == number).map(|field| field.value.text().unwrap()).collect::<Vec<_>>();
        assert_eq!(texts(1), ["pb/user.proto", "c/c.proto"]);
        assert_eq!(texts(2), ["annotate_code,paths=source_relative,Mb/b.proto=example.com/b;b,Mc/c.proto=example.com/c;c"]);
        assert!(fields.iter().any(|field| (field.number, field.value) == (3, Value::Bytes(&[8, 3, 16, 21, 24, 12]))));
        assert_eq!(texts(15), ["raw of pb/user.proto", "raw of b/b.proto", "raw of c/c.proto"]);
    }
}
