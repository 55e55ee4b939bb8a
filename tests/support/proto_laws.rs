//! The laws of the `.proto` front end, as plain functions: tests and fuzzers call them with any text.

#![allow(dead_code, unreachable_pub)]

use std::collections::BTreeSet;

use ctl::diagnostic::{Report, Severity};
use ctl::rpc::check::{check, services};
use ctl::rpc::compile::{Options, compile};
use ctl::rpc::spec::{FileNo, RpcSpec, TypeRef};
use ctl::source::{Disk, Sources};

/// A file that texts may import.
const OTHER: &str = "syntax = \"proto3\";\npackage shop.v1;\nimport \"google/protobuf/descriptor.proto\";\nmessage User { message Name { string last = 1; } Name name = 1; }\nextend google.protobuf.MethodOptions { User of = 50001; }\n";

/// All laws for one text: it is compiled without panic, every place in the report lies in the text, a text without a spec
/// has its error, and a spec leads nowhere wrong. Whether there is a spec.
pub fn proto_laws(text: &str) -> Result<bool, String> {
    let mut sources = Sources::new(Disk::memory([("/p/a.proto", text), ("/p/b.proto", OTHER)]));
    let mut report = Report::new();
    let options = Options { proto_paths: vec!["/p".to_owned()], protoc: None };
    let compiled = compile(&["/p/a.proto".to_owned()], &options, &mut sources, &mut report);
    let spec = compiled.and_then(|compiled| check(compiled, &sources, &mut report));
    if let Some(spec) = &spec {
        services(spec, true, &sources, &mut report);
    }
    let found = report.sorted();
    for found in &found {
        for label in found.primary.iter().chain(&found.secondary) {
            if sources.text(label.span.file).get(label.span.start..label.span.end).is_none() {
                return Err(format!("a place outside the text: {found:?}"));
            }
        }
        if found.message.ends_with('.') || found.message.is_empty() {
            return Err(format!("not a message: {found:?}"));
        }
    }
    // Drawing costs more than reading: some of them tell.
    if found.len() < 20 && text.len() < 100_000 {
        let _ = report.render(&sources, false);
    }
    match spec {
        Some(spec) => leads_right(&spec).map(|()| true),
        None if found.iter().any(|found| found.severity == Severity::Error) => Ok(false),
        None => Err("no spec, and nothing is said".to_owned()),
    }
}

/// That every reference of a spec leads to what it says.
pub fn leads_right(spec: &RpcSpec) -> Result<(), String> {
    let known: BTreeSet<TypeRef> = (0..spec.files.len())
        .flat_map(|at| spec.file(FileNo(at)).messages.iter().map(move |message| TypeRef { file: FileNo(at), path: message.path.clone() }))
        .collect();
    for (at, file) in spec.files.iter().enumerate() {
        if let Some(late) = file.imports.iter().find(|import| import.0 >= at) {
            return Err(format!("{} stands before its import {late:?}", file.name));
        }
        let held = file.messages.iter().flat_map(|message| &message.holds);
        if let Some(nowhere) = held.into_iter().find(|held| !known.contains(held)) {
            return Err(format!("{nowhere:?} is no message"));
        }
    }
    let methods = spec.services.iter().flat_map(|service| &service.methods);
    let mut types = methods.flat_map(|method| [&method.request, &method.response]);
    types.find(|of| !known.contains(of)).map_or(Ok(()), |nowhere| Err(format!("{nowhere:?} is no message")))
}
