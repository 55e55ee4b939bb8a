//! What a user of `.proto` files waits for: the zRPC code of one service beside the bare start, and all of it beside goctl.
//!
//! goctl is named by `CTL_GOCTL`, else where `make tools` puts it, and the plugins beside it; rows that lack theirs are left
//! out, and that is said.

// A bench runs real programs on real folders and reports to the terminal.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

#[path = "support/time.rs"]
mod time;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use time::{median, wall};

const PROTO: &str = r#"syntax = "proto3";

package user;

import "google/protobuf/timestamp.proto";

option go_package = "./user";

message GetReq { string id = 1; }
message User { string id = 1; string name = 2; google.protobuf.Timestamp since = 3; }
message ListReq { int32 page = 1; }
message ListReply { repeated User users = 1; }

service UserService {
  // Finds one.
  rpc Get(GetReq) returns (User);
  rpc List(ListReq) returns (ListReply);
  rpc Add(User) returns (User);
  rpc Remove(GetReq) returns (User);
  rpc Watch(ListReq) returns (stream User);
}
"#;

const MESSAGES: [&str; 2] = ["--go_out=.", "--go-grpc_out=."];

fn main() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-rpc");
    let _ = fs::remove_dir_all(&dir);
    let ctl = Path::new(env!("CARGO_BIN_EXE_ctl"));

    println!("rpc protoc, one service of five rpcs, medians of the wall time, milliseconds");
    let (mut start, mut alone) = (Vec::new(), Vec::new());
    for round in 0..60 {
        start.push(milliseconds(Command::new(ctl).arg("--version")));
        alone.push(milliseconds(&mut protoc(ctl, &dir.join(format!("alone{round}")), &[])));
    }
    let (start, alone) = (median(start), median(alone));
    row("ctl --version", start);
    row("--zrpc_out alone", alone);
    println!("  above the start: {:.2} (wanted: below 5)", alone - start);

    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools");
    let goctl = std::env::var_os("CTL_GOCTL").map_or_else(|| tools.join("goctl"), PathBuf::from);
    if !goctl.is_file() || !tools.join("protoc-gen-go").is_file() {
        println!("  no goctl or no plugins (`make tools` builds them): their rows are left out");
        return;
    }
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..7 {
        ours.push(milliseconds(&mut protoc(ctl, &dir.join(format!("ours{round}")), &MESSAGES)));
        theirs.push(milliseconds(&mut protoc(&goctl, &dir.join(format!("theirs{round}")), &MESSAGES)));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    row("with messages", ours);
    row("goctl, with messages", theirs);
    println!("  goctl to ctl: {:.1} (wanted: at least 8)", theirs / ours);
    let _ = fs::remove_dir_all(&dir);
}

/// The command line in a new module.
fn protoc(program: &Path, dir: &Path, flags: &[&str]) -> Command {
    fs::create_dir_all(dir.join("home")).unwrap();
    fs::write(dir.join("user.proto"), PROTO).unwrap();
    fs::write(dir.join("go.mod"), "module bench\n\ngo 1.25.0\n").unwrap();
    let mut command = Command::new(program);
    command.current_dir(dir).env("HOME", dir.join("home")).env("PATH", path());
    command.args(["rpc", "protoc", "user.proto", "--zrpc_out=."]).args(flags);
    command
}

/// What `make tools` built, then this machine's.
fn path() -> OsString {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools");
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(tools).chain(std::env::split_paths(&path))).unwrap()
}

fn row(what: &str, milliseconds: f64) {
    println!("  {what:<32} {milliseconds:.2}");
}

fn milliseconds(command: &mut Command) -> f64 {
    wall(command) * 1e3
}
