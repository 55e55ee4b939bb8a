//! The cases: every command line of `tests/cases`, run for real, with all it says and all it writes in one snapshot.
//!
//! `CTL_CASE=shop` runs the cases with that in their path; `make review` accepts what changed and shows the difference.

// Tests start processes and build and inspect real folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use support::machine::{Case, Ran, cases, file_name, need_plugins, package, run, tree, words};

#[test]
fn what_is_asked_for_is_made() {
    each("ok", |case| {
        let made = make(case)?;
        made.exits_with(case.exit.as_deref(), 0);
        Some(made.text())
    });
}

#[test]
fn what_is_wrong_is_told_and_nothing_is_touched() {
    each("errors", |case| {
        let made = make(case)?;
        made.exits_with(case.exit.as_deref(), 1);
        assert_eq!(made.after, made.before_last, "an error leaves everything as it was");
        Some(made.text())
    });
}

#[test]
fn every_snapshot_has_its_case() {
    let names: BTreeSet<String> =
        ["ok", "errors"].iter().flat_map(|kind| cases(kind).into_iter().map(|case| snapshot(&case, kind))).collect();
    for entry in fs::read_dir(package().join("tests/snapshots")).unwrap() {
        let path = entry.unwrap().path();
        let name = file_name(&path);
        let Some(name) = name.strip_suffix(".snap").filter(|name| name.contains("__ok__") || name.contains("__errors__")) else { continue };
        if names.contains(name) {
            continue;
        }
        if std::env::var_os("INSTA_UPDATE").is_some_and(|value| value == "always") {
            fs::remove_file(&path).unwrap();
        } else {
            panic!("{}: no case of this name; `make review` removes it", path.display());
        }
    }
}

fn snapshot(case: &Case, kind: &str) -> String {
    format!("{}__{kind}__{}", case.command, case.name)
}

/// Compares each case with its snapshot, and fails at the end with the names of all that differ.
fn each(kind: &str, text: impl Fn(&Case) -> Option<String>) {
    let only = std::env::var("CTL_CASE").unwrap_or_default();
    let mut failed = Vec::new();
    for case in cases(kind) {
        let name = snapshot(&case, kind);
        if !case.dir.to_str().unwrap().contains(&only) {
            continue;
        }
        let compare = || {
            let Some(text) = text(&case) else { return };
            insta::with_settings!({snapshot_path => package().join("tests/snapshots"), prepend_module_to_snapshot => false, omit_expression => true}, {
                insta::assert_snapshot!(name.as_str(), text);
            });
        };
        if catch_unwind(AssertUnwindSafe(compare)).is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "{} case(s): {}", failed.len(), failed.join(", "));
}

type Tree = BTreeMap<String, Vec<u8>>;

/// A case after all its lines.
struct Made {
    runs: Vec<(String, Ran)>,
    before: Tree,
    before_last: Tree,
    after: Tree,
    /// The owner of each file, by path.
    owners: BTreeMap<String, String>,
}

/// `None` where the case cannot run on this machine, which was said.
fn make(case: &Case) -> Option<Made> {
    if case.calls_plugins() && !need_plugins() {
        return None;
    }
    let mut made = case.on_copy(|dir, home| {
        let before = tree(dir);
        let mut before_last = before.clone();
        let mut runs = Vec::new();
        for line in &case.lines {
            before_last = tree(dir);
            let mut ran = run(case.ctl(dir, home).args(words(line)), &case.stdin);
            for text in [&mut ran.out, &mut ran.err] {
                *text = same_everywhere(&text.replace(dir.to_str().unwrap(), "[case]").replace(home.to_str().unwrap(), "[home]"));
            }
            runs.push((line.clone(), ran));
        }
        Made { runs, before, before_last, after: tree(dir), owners: BTreeMap::new() }
    })?;
    made.owners = case.on_copy(|dir, home| owners(case, &made.after, dir, home))?;
    Some(made)
}

/// What differs between machines, and between versions of ctl, as a word for it.
fn same_everywhere(text: &str) -> String {
    let line = |line: &str| match line.split_once(['=', ' ']) {
        Some((name @ ("GOCTL_OS" | "GOCTL_ARCH"), _)) => format!("{name}=[platform]\n"),
        _ if line.starts_with("ctl version ") => "ctl version [version]\n".to_owned(),
        _ => line.to_owned(),
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Runs the case again elsewhere with `--json`, which does the same and says whose each file is.
fn owners(case: &Case, after: &Tree, dir: &Path, home: &Path) -> BTreeMap<String, String> {
    let mut owners = BTreeMap::new();
    for line in &case.lines {
        let mut args = words(line);
        args.retain(|word| !["--json", "--verbose", "-verbose", "-v"].contains(&word.as_str()));
        // `--json` and `--diff` exclude each other; both ways nothing is written.
        args.iter_mut().filter(|word| *word == "--diff").for_each(|word| "--dry-run".clone_into(word));
        args.push("--json".to_owned());
        let ran = run(case.ctl(dir, home).args(args), &case.stdin);
        for line in ran.out.lines() {
            let Ok(value) = serde_json::from_str::<serde_json::Value>(line) else { continue };
            if value["kind"] == "file" {
                let path = Path::new(&case.cwd).join(value["root"].as_str().unwrap()).join(value["path"].as_str().unwrap());
                let path = path.strip_prefix(dir).map_or(path.clone(), Path::to_path_buf);
                let mut parts: Vec<&str> = Vec::new();
                for part in path.iter().map(|part| part.to_str().unwrap()) {
                    match part {
                        ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
                        "." => {}
                        part => parts.push(part),
                    }
                }
                owners.insert(parts.join("/"), value["owner"].as_str().unwrap().to_owned());
            }
        }
    }
    assert!(tree(dir) == *after, "--json writes the same files");
    owners
}

impl Made {
    /// Every line but the last is done, unless the case says otherwise.
    fn exits_with(&self, codes: Option<&[i32]>, last: i32) {
        for (at, (line, ran)) in self.runs.iter().enumerate() {
            let usual = if at + 1 == self.runs.len() { last } else { 0 };
            let expected = codes.map_or(usual, |codes| codes.get(at).copied().expect("`exit` has a number for each line"));
            assert_eq!(ran.code, expected, "{line}\n{}{}", ran.out, ran.err);
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (line, ran) in &self.runs {
            writeln!(text, "$ ctl {line}\nexit {}", ran.code).unwrap();
            for (name, stream) in [("stdout", &ran.out), ("stderr", &ran.err)] {
                if !stream.is_empty() {
                    write!(text, "--- {name}\n{}", shown(stream.as_bytes())).unwrap();
                }
            }
            text.push('\n');
        }
        let news = self.after.iter().filter(|(path, bytes)| self.before.get(*path) != Some(bytes));
        for (path, bytes) in news.filter(|(path, _)| !path.ends_with('/')) {
            let owner = self.owners.get(path).map_or("not in --json", String::as_str);
            // What protobuf's plugins make is theirs, and long: the heads tell that it is all there.
            let shown = match path {
                _ if path.ends_with(".pb.go") => shown(head(bytes)),
                _ if path.ends_with(".pb") => format!("[{} bytes]\n", bytes.len()),
                _ => shown(bytes),
            };
            write!(text, "=== {path} ({owner})\n{shown}").unwrap();
        }
        for path in self.before.keys().filter(|path| !self.after.contains_key(*path)) {
            writeln!(text, "=== {path} (gone)").unwrap();
        }
        text
    }
}

/// The text up to its first empty line.
fn head(bytes: &[u8]) -> &[u8] {
    let end = bytes.windows(2).position(|two| two == b"\n\n").map_or(bytes.len(), |at| at + 1);
    &bytes[..end]
}

/// Text whose every byte can be seen in a diff.
fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace('\r', "␍").replace('\u{feff}', "[BOM]");
    if text.ends_with('\n') { text } else { format!("{text}\n[no newline at the end]\n") }
}
