//! The `.proto` front end, text by text: `tests/proto/refused.txt` holds what is wrong with files, and what is said of it.

// Tests read their own folders, and may fail loudly.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;

use ctl::diagnostic::Report;
use ctl::rpc::check::{check, services};
use ctl::rpc::compile::{Options, compile};
use ctl::rpc::spec::RpcSpec;
use ctl::source::{Disk, Sources};
use support::machine::package;

const FILE: &str = "tests/proto/refused.txt";

/// Files, as `-- name --` and their text; the first one is compiled, below `/p` as `-I`.
fn files(text: &str) -> Vec<(String, String)> {
    let parts = text.split("-- ").skip(1).filter_map(|part| part.split_once(" --\n"));
    parts.map(|(name, text)| (format!("/p/{name}"), text.to_owned())).collect()
}

/// The spec of files, and what is said of them.
fn compiled(files: &[(String, String)]) -> (Option<RpcSpec>, String) {
    let mut sources = Sources::new(Disk::memory(files.iter().map(|(path, text)| (path.as_str(), text.as_str()))));
    let mut report = Report::new();
    let options = Options { proto_paths: vec!["/p".to_owned()], protoc: None };
    let compiled = compile(&[files[0].0.clone()], &options, &mut sources, &mut report);
    let spec = compiled.and_then(|compiled| check(compiled, &sources, &mut report));
    if let Some(spec) = &spec {
        services(spec, false, &sources, &mut report);
    }
    let said = report.render(&sources, false).replace("/p/", "");
    (spec, said)
}

#[test]
fn what_is_refused_is_told_where_and_why() {
    let path = package().join(FILE);
    let text = fs::read_to_string(&path).unwrap();
    let mut made = String::new();
    for block in text.split("\n==== ").map(|block| block.trim_start_matches("==== ")) {
        let (title, rest) = block.split_once('\n').unwrap();
        let input = rest.split("\n-- says").next().unwrap().trim_end();
        let (_, said) = compiled(&files(&format!("{input}\n")));
        assert!(!said.is_empty(), "{title}: nothing is said");
        made += &format!("==== {title}\n{input}\n-- says\n{said}\n");
    }
    let made = format!("{}\n", made.trim_end());
    if std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always") {
        fs::write(&path, &made).unwrap();
    } else {
        assert_eq!(text, made, "{FILE}: `make review` writes it");
    }
}
