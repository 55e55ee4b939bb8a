//! `ctl env` on the disk: what is started, what is saved and where, and goctl's own answer.

// Tests start processes and build and inspect real folders.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use support::machine::{Ran, Temp, ctl, need_goctl, run, tree};

fn env(temp: &Temp, args: &[&str]) -> Ran {
    run(ctl(temp.path(), temp.path()).env("PATH", temp.path().join("bin")).arg("env").args(args), b"")
}

fn tool(temp: &Temp, name: &str, script: &str) {
    let path = temp.path().join("bin").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn saves(temp: &Temp, args: &[&str]) {
    let ran = env(temp, args);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""), "{args:?}");
}

#[test]
fn tools_are_asked_only_for_what_is_printed() {
    let temp = Temp::new();
    for name in ["protoc", "protoc-gen-go", "protoc-gen-go-grpc"] {
        tool(&temp, name, &format!("echo >>'{}'; echo {name} 1.2.3", temp.path().join(format!("{name} was asked")).display()));
    }
    let asked = || tree(temp.path()).into_keys().filter(|name| name.ends_with("was asked")).collect::<Vec<_>>();
    env(&temp, &["GOCTL_OS", "GOCTL_VERSION"]);
    saves(&temp, &["-w", "GOCTL_DEBUG=True"]);
    run(ctl(temp.path(), temp.path()).env("PATH", temp.path().join("bin")).arg("--version"), b"");
    assert_eq!(asked(), [""; 0]);
    assert_eq!(env(&temp, &["PROTOC_GEN_GO_VERSION"]).out, "PROTOC_GEN_GO_VERSION=1.2.3\n");
    assert_eq!(asked(), ["protoc-gen-go was asked"]);
    env(&temp, &[]);
    assert_eq!(asked().len(), 3);
}

#[test]
fn a_tool_that_hangs_does_not_hold_up_the_others() {
    let temp = Temp::new();
    tool(&temp, "protoc", "exec /bin/sleep 600");
    tool(&temp, "protoc-gen-go", "echo protoc-gen-go v1.2.3");
    let ran = env(&temp, &["PROTOC_VERSION", "PROTOC_GEN_GO_VERSION"]);
    assert_eq!(ran.out, "PROTOC_VERSION=\nPROTOC_GEN_GO_VERSION=v1.2.3\n");
}

#[test]
fn what_is_saved_stands_in_our_file_and_goctls_is_left_alone() {
    let temp = Temp::new();
    let file = |path: &str| fs::read_to_string(temp.path().join(path)).unwrap();
    fs::create_dir(temp.path().join(".goctl")).unwrap();
    let theirs = "GOCTL_CACHE=/srv/cache\nGOCTL_OS=plan9\nGOCTL_DEBUG=False";
    fs::write(temp.path().join(".goctl/env"), theirs).unwrap();
    saves(&temp, &["-w", "GOCTL_EXPERIMENTAL=off"]);
    assert_eq!(file(".ctl/env"), "GOCTL_DEBUG=False\nGOCTL_CACHE=/srv/cache\nGOCTL_EXPERIMENTAL=off\n");
    assert_eq!(file(".goctl/env"), theirs);

    // Lines that ctl does not know, and what the environment says for now, are not its business.
    fs::write(temp.path().join(".ctl/env"), "# ours\nFUTURE=1\nGOCTL_DEBUG=False").unwrap();
    let ran = run(ctl(temp.path(), temp.path()).env("GOCTL_CACHE", "/tmp").args(["env", "-w", "GOCTL_DEBUG=True"]), b"");
    assert_eq!((ran.code, file(".ctl/env").as_str()), (0, "# ours\nFUTURE=1\nGOCTL_DEBUG=True\n"));
    assert_eq!(tree(&temp.path().join(".ctl")).len(), 1, "nothing else is left there");

    // A link leads to where the file is kept.
    fs::rename(temp.path().join(".ctl/env"), temp.path().join("dotfile")).unwrap();
    symlink("../dotfile", temp.path().join(".ctl/env")).unwrap();
    saves(&temp, &["-w", "GOCTL_DEBUG=False"]);
    assert_eq!(file("dotfile"), "# ours\nFUTURE=1\nGOCTL_DEBUG=False\n");
    assert!(temp.path().join(".ctl/env").is_symlink());

    let wrong = env(&temp, &["-w", "GOCTL_EXPERIMENTAL=on", "-w", "GOCTL_OS=linux"]);
    assert_eq!((wrong.code, file("dotfile").as_str()), (1, "# ours\nFUTURE=1\nGOCTL_DEBUG=False\n"));
}

#[test]
fn where_no_folder_can_be_made_nothing_is_saved() {
    let temp = Temp::new();
    fs::write(temp.path().join(".ctl"), "a file").unwrap();
    let ran = env(&temp, &["-w", "GOCTL_DEBUG=True"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.starts_with("error: cannot ") && ran.err.contains(".ctl"), "{}", ran.err);
}

#[test]
fn the_variables_are_those_of_goctl() {
    let Some(goctl) = need_goctl() else { return };
    let temp = Temp::new();
    tool(&temp, "protoc", "echo libprotoc 3.19.4");
    tool(&temp, "protoc-gen-go", "echo protoc-gen-go v1.36.6");
    tool(&temp, "protoc-gen-go-grpc", "echo protoc-gen-go-grpc 1.5.1");
    // goctl asks through `sh`.
    let path = format!("{}:{}", temp.path().join("bin").display(), std::env::var("PATH").unwrap());
    let theirs = |home: &Path, args: &[&str]| {
        let mut command = Command::new(&goctl);
        command.current_dir(temp.path()).env_clear().env("PATH", &path).env("HOME", home);
        run(command.arg("env").args(args), b"").out
    };
    let home = temp.path().join("home");
    fs::create_dir(&home).unwrap();
    assert_eq!(env(&temp, &[]).out, theirs(&home, &[]).replace("/home/.goctl", "/.ctl"));
    // Saved by goctl, read by ctl; goctl changes the order, and computes what it has no business to save.
    for args in [&["-w", "GOCTL_DEBUG=True,GOCTL_EXPERIMENTAL=off"], &["-w", "GOCTL_CACHE=bin"]] {
        assert_eq!(theirs(&home, args), "");
    }
    let sorted = |text: &str| text.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
    let ours = run(ctl(&home, &home).env("PATH", temp.path().join("bin")).arg("env"), b"").out;
    assert_eq!(sorted(&ours), sorted(&theirs(&home, &[])));
}
