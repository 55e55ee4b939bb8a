//! Every Dockerfile that the cases and the example make, read by hadolint: nothing is found.
//!
//! What hadolint finds and may find is in `tests/known/hadolint.txt`, with the reason; a line that allows nothing any more fails.

// Tests start processes and build and inspect real folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::process::Command;

use serde_json::Value;
use support::deployment::{Known, as_files, made, need_python, of_the_shop};
use support::machine::{run, work_dir};

#[test]
fn hadolint_finds_nothing() {
    let Some(hadolint) = need_python("hadolint") else { return };
    let mut all = made("docker");
    all.extend(of_the_shop("Dockerfile"));
    let dir = work_dir("dockerfiles");
    let files = as_files(&all, &dir, ".Dockerfile");
    // No file of settings: neither ours nor one that stands above or in the user's home.
    std::fs::write(dir.join("settings.yaml"), "ignored: []\n").unwrap();
    let mut command = Command::new(hadolint);
    command.current_dir(&dir).args(["--no-fail", "--format", "json", "--config", "settings.yaml"]);
    let ran = run(command.args(files.iter().map(|(path, _)| path)), b"");
    let found: Vec<Value> = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {}{}", ran.out, ran.err));

    let mut known = Known::read("hadolint.txt");
    let mut unlisted = Vec::new();
    for finding in &found {
        let (rule, line) = (finding["code"].as_str().unwrap(), &finding["line"]);
        let (path, of) = files.iter().find(|(path, _)| path.to_str() == finding["file"].as_str()).unwrap();
        if !known.lists(rule, &of.case) {
            unlisted.push(format!("{rule} {}: line {line}: {}\n  {}", of.case, finding["message"], path.display()));
        }
    }
    println!("{} Dockerfiles, {} findings", files.len(), found.len());
    assert!(unlisted.is_empty(), "{}", unlisted.join("\n"));
    known.all_met();
}
