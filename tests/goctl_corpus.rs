//! `api validate` against the real goctl: both accept the same files, imports and meaning included.
//!
//! The files are goctl's own, those of our cases, and the examples. Where the two differ, `tests/known/accept.txt` says
//! why; a difference that is not listed fails, and so does a listed one that is none any more. How the accepted files
//! are formatted is `api_format_parity.rs`'s business, what is generated from them `golang.rs`'s.

// Tests run real tools on real folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use support::machine::{Temp, ctl, files, goctl_files, need_goctl, package, run};

#[test]
fn goctl_and_ctl_accept_the_same_files() {
    let (Some(goctl), Some(theirs)) = (need_goctl(), goctl_files()) else { return };
    let (temp, home) = (Temp::new(), Temp::new());
    let mut known = known();
    let (mut equal, mut news) = (0, Vec::new());
    let theirs = theirs.into_iter().map(|(name, path)| (format!("goctl/{name}"), path));
    for (name, path) in theirs.chain(ours("tests/cases")).chain(ours("examples")) {
        let validate = |command: &mut Command| run(command.args(["api", "validate", "-api"]).arg(&path), b"");
        let (theirs, ours) = (
            validate(Command::new(&goctl).current_dir(temp.path()).env("HOME", home.path()).env("GOPATH", home.path())),
            validate(&mut ctl(temp.path(), home.path())),
        );
        let (word, why) = match (theirs.code == 0, ours.code == 0) {
            (true, false) => ("goctl-only", ours.err),
            (false, true) => ("ctl-only", theirs.err),
            _ => {
                equal += 1;
                continue;
            }
        };
        if known.remove(&format!("{word} {name}")).is_none() {
            news.push(format!("{word} {name}:\n{}", why.lines().take(4).collect::<Vec<_>>().join("\n")));
        }
    }
    println!("{equal} files are accepted by both or by none");
    assert!(news.is_empty(), "{} differences that tests/known/accept.txt does not have:\n{}", news.len(), news.join("\n"));
    assert!(known.is_empty(), "tests/known/accept.txt has what is no difference: {known:?}");
}

/// Our own `.api` files below a folder of the package.
fn ours(folder: &str) -> impl Iterator<Item = (String, PathBuf)> {
    let all = files(&package().join(folder), ".api");
    all.into_iter().map(|path| (path.strip_prefix(package()).unwrap().to_str().unwrap().to_owned(), path))
}

/// The listed differences with their reasons: `word name: reason` each line.
fn known() -> BTreeMap<String, String> {
    let text = fs::read_to_string(package().join("tests/known/accept.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(": ").map(|(name, why)| (name.to_owned(), why.to_owned())).expect("`word name: reason`")).collect()
}
