//! `.proto` text to specs, over valid, damaged and hostile texts: never a panic, every place in the text, and no text that takes
//! more than its size.

// Tests read their own folders, and may fail loudly.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;

use support::machine::{files, package};
use support::{Dice, damaged, proto_laws};

/// The `.proto` files of our cases, and one with all that the language has.
fn texts() -> Vec<String> {
    let cases = files(&package().join("tests/cases"), ".proto");
    let mut texts: Vec<String> = cases.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    assert!(texts.len() > 10);
    texts.push(EVERYTHING.to_owned());
    texts
}

const EVERYTHING: &str = r#"syntax = "proto2";
package shop.v1; // trailing
import "google/api/annotations.proto";
import "google/protobuf/descriptor.proto";
import public "b.proto";
option go_package = "./shop";
/* detached */

// leading
message A {
  option deprecated = true;
  required group Item = 1 { optional string name = 1 [default = "a\n\x41"]; }
  map<string, A> all = 2;
  oneof which { string x = 3; B b = 4; }
  repeated int32 n = 5 [packed = true, json_name = "nn"];
  extensions 100 to 199, 1000 to max;
  reserved 6, 8 to 10;
  reserved "gone";
  enum E { option allow_alias = true; ZERO = 0; NULL = 0; MINUS = -1; }
  optional E e = 7 [default = MINUS];
  message B { extend A { optional double far = 150 [default = -inf]; } }
}
extend google.protobuf.MethodOptions { repeated User seen = 50002; }
service S {
  // one
  rpc Get(.shop.v1.A) returns (A.B) {
    option (google.api.http) = { post: "/v1/{e}" body: "*" additional_bindings { custom { kind: "HEAD" path: "/v1" } } };
    option (seen) = { name: { last: "x" } };
    option (of).name.last = "y";
  }
  rpc Stream(stream User) returns (stream User.Name) {}
}
"#;

fn holds(text: &str) -> bool {
    proto_laws(text).unwrap_or_else(|why| panic!("{why}\n--- of\n{}", text.chars().take(2_000).collect::<String>()))
}

#[test]
fn the_whole_language_is_read() {
    assert!(holds(EVERYTHING));
}

#[test]
fn accidents_are_stood() {
    let mut dice = Dice(0x5eed_0f0f_9070);
    let texts = texts();
    let mut read = 0;
    for _ in 0..if cfg!(debug_assertions) { 20 } else { 200 } {
        for text in &texts {
            read += usize::from(holds(&damaged(text, &mut dice)));
        }
    }
    assert!(read > 50, "only {read} can be read: the accidents are too rough to tell anything");
}

/// What is read again and again, or goes as deep as it is long, would not come to an end here.
#[test]
fn sizes_are_stood() {
    let pieces = [
        "{",
        "}",
        "[",
        "<",
        "(",
        "/*",
        "//",
        "\"",
        "'",
        "\\",
        ".",
        "a.",
        "package a",
        "package a;",
        "message A {",
        "message A {}",
        "enum E {",
        "option a = 1;",
        "option (a).b = {",
        "import \"b.proto\";",
        "import \"x",
        "service S {",
        "rpc A(B) returns (C);",
        "extend A {",
        "oneof a {",
        "reserved 1;",
        "syntax = \"proto3\";",
        "A a = 1;",
        "-",
        "1 to max,",
        "é",
        "\0",
        "\n",
        "# {",
    ];
    let inside = [
        "Nothing n = 1; ",
        "string s = 1; ",
        "message B {} ",
        "oneof o { string t = 2; } ",
        "reserved 5; ",
        "reserved \"r\"; ",
        "map<string, A> m = 3; ",
        "option deprecated = true; ",
        "enum E { Z = 0; } ",
        "string z = 4 [deprecated = true]; ",
        "extend A { optional A f = 9; } ",
    ];
    let size = if cfg!(debug_assertions) { 10_000 } else { 200_000 };
    let mut all: Vec<String> = pieces.iter().map(|piece| piece.repeat(size / piece.len())).collect();
    all.extend(inside.iter().map(|inside| format!("syntax = \"proto3\";\nmessage A {{ {} }}", inside.repeat(size / inside.len()))));
    let many = |make: &dyn Fn(usize) -> String| (0..size / 40).map(make).collect::<String>();
    for head in ["syntax = \"proto3\";\n", "syntax = \"proto2\";\n"] {
        all.push(format!("{head}{}", many(&|i| format!("message M{i} {{ optional M{} m = 1 [deprecated = true]; }}\n", i + 1))));
        all.push(format!("{head}message A {{ {} }}", many(&|i| format!("optional Nothing{i} f{i} = {};\n", i + 1))));
        all.push(format!("{head}enum E {{ {} }}", many(&|i| format!("V{i} = {i};\n"))));
        all.push(format!("{head}service S {{ {} }}", many(&|i| format!("// {i}\nrpc M{i}(A) returns (A);\n"))));
        all.push(format!(
            "{head}message A {{ reserved {} 536870911; {} }}",
            many(&|i| format!("{}, ", i + 20_000_000)),
            many(&|i| format!("optional A f{i} = {};\n", i + 20_000_000))
        ));
    }
    all.push(format!("package {};", vec!["a"; size].join(".")));
    all.push(format!("message {} {{}}", "a".repeat(size)));
    for text in all {
        holds(&text);
    }
}
