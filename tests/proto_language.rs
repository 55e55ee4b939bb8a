//! The `.proto` front end, text by text: `tests/proto/refused.txt` holds what is wrong with files, and what is said of it.

// Tests read their own folders, and may fail loudly.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;

use ctl::diagnostic::Report;
use ctl::rpc::check::{check, services};
use ctl::rpc::compile::{Options, compile};
use ctl::rpc::spec::{RpcSpec, TypeRef};
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

const SHOP: &str = r#"-- a.proto --
syntax = "proto3";
package shop.v1;
import "google/api/annotations.proto";
import "b.proto";
option go_package = "./shop";
message Order {
  message Line { string sku = 1; Order parent = 2; }
  map<string, Line> lines = 1;
  oneof of { Line first = 2; common.User user = 3; }
  enum State { NEW = 0; }
  State state = 4;
}
service Orders {
  // Detached.

  // Gets an order.
  //
  // Slowly.
  rpc Get(Order.Line) returns (.shop.v1.Order) {
    option (google.api.http) = {
      get: "/v1/{sku}"
      additional_bindings { post: "/v1" body: "*" }
      additional_bindings { custom { kind: "HEAD" path: "/v1" } }
    };
  }
  /** Watches. */
  rpc Watch(stream common.User) returns (stream Order); // trailing
  rpc put_one(Order) returns (Order);
}
-- b.proto --
syntax = "proto3";
package common;
message User {}
service NotAsked {}
"#;

#[test]
fn a_spec_says_what_the_files_do() {
    let (spec, said) = compiled(&files(SHOP));
    let spec = spec.unwrap_or_else(|| panic!("{said}"));
    assert_eq!(said, "");
    let named = spec.file(spec.named[0]);
    let names = |of: &[TypeRef]| of.iter().map(|of| format!("{}:{}", spec.file(of.file).name, of.path.join("."))).collect::<Vec<_>>();
    let imports: Vec<&str> = named.imports.iter().map(|import| spec.file(*import).name.as_str()).collect();
    assert_eq!((named.name.as_str(), named.package.as_str()), ("a.proto", "shop.v1"));
    assert_eq!(imports, ["google/api/annotations.proto", "b.proto"]);
    assert_eq!(named.go_package.as_ref().unwrap().0, "./shop");
    assert!(named.has_services && spec.files.iter().any(|file| file.name == "b.proto" && file.has_services));
    let messages: Vec<_> = named.messages.iter().map(|message| (message.path.join("."), names(&message.holds))).collect();
    let held = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let order = held(&["a.proto:Order.Line", "b.proto:User"]);
    assert_eq!(messages, [("Order".to_owned(), order), ("Order.Line".to_owned(), held(&["a.proto:Order"]))]);
    let [orders] = spec.services.as_slice() else { panic!("{:?}", spec.services) };
    let [get, watch, put] = orders.methods.as_slice() else { panic!("{:?}", orders.methods) };
    assert_eq!((orders.name.as_str(), put.name.as_str()), ("Orders", "put_one"));
    assert_eq!(get.comment, ["Gets an order.", "", "Slowly."]);
    assert_eq!((watch.comment.as_slice(), put.comment.as_slice()), (held(&["Watches."]).as_slice(), [].as_slice()));
    assert_eq!(
        names(&[get.request.clone(), get.response.clone(), watch.request.clone()]),
        ["a.proto:Order.Line", "a.proto:Order", "b.proto:User"]
    );
    assert_eq!((get.client_streams, get.server_streams, watch.client_streams, watch.server_streams), (false, false, true, true));
    let http: Vec<_> = get.http.iter().map(|rule| format!("{} {} {}", rule.method, rule.path, rule.body)).collect();
    assert_eq!(http, ["get /v1/{sku} ", "post /v1 *", "HEAD /v1 "]);
}

#[test]
fn one_file_has_one_name() {
    let disk = Disk::memory([
        ("/p/api/a.proto", "syntax = \"proto3\";\nimport \"b.proto\";\nimport \"common/c.proto\";\nmessage A { B b = 1; C c = 2; }"),
        ("/p/api/b.proto", "syntax = \"proto3\";\nimport \"c.proto\";\nmessage B { C c = 1; }"),
        ("/p/common/c.proto", "syntax = \"proto3\";\nmessage C {}"),
    ]);
    let (mut sources, mut report) = (Sources::new(disk), Report::new());
    // `b.proto` is found beside the file that is named; `c.proto` below the second directory, which the first one is above.
    let options = Options { proto_paths: vec!["/p".to_owned(), "/p/common".to_owned()], protoc: None };
    let compiled = compile(&["/p/api/a.proto".to_owned()], &options, &mut sources, &mut report);
    let spec = compiled.and_then(|compiled| check(compiled, &sources, &mut report));
    let spec = spec.unwrap_or_else(|| panic!("{}", report.render(&sources, false)));
    let names: Vec<&str> = spec.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["c.proto", "api/b.proto", "api/a.proto"]);
}
