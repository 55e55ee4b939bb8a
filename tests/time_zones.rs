//! The names of time zones against those that Go carries, which the release of a base image does too.

// Tests may fail loudly, and read what the machine has.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::machine::{missing, need, run};

const OURS: &str = include_str!("../src/time_zone.txt");
/// The release that they are of, as `src/time_zone.rs` says.
const RELEASE: &str = "2025c";

#[test]
fn names_are_those_of_the_database() {
    if !need("go") {
        return;
    }
    let ran = run(Command::new("go").args(["env", "GOROOT"]), b"");
    let dir = Path::new(ran.out.trim()).join("lib/time");
    let release = fs::read_to_string(dir.join("update.bash")).unwrap();
    let release = release.lines().find_map(|line| line.strip_prefix("DATA=")).unwrap();
    if release != RELEASE {
        return missing(&format!("this Go carries the time zones of {release}, ctl those of {RELEASE}"));
    }
    let mut names = names(&fs::read(dir.join("zoneinfo.zip")).unwrap());
    names.sort_unstable();
    assert!(names.len() > 500, "{names:?}");
    assert_eq!(OURS.lines().collect::<Vec<_>>(), names);
}

/// The names of the files in a zip archive, by its central directory. Source: PKWARE, "APPNOTE", 4.3.12.
fn names(zip: &[u8]) -> Vec<String> {
    const HEAD: usize = 46;
    let number = |at: usize| usize::from(u16::from_le_bytes([zip[at], zip[at + 1]]));
    let mut at = zip.windows(4).position(|start| start == b"PK\x01\x02").unwrap();
    let mut names = Vec::new();
    while zip[at..].starts_with(b"PK\x01\x02") {
        let [name, extra, comment] = [28, 30, 32].map(|field| number(at + field));
        names.push(String::from_utf8(zip[at + HEAD..at + HEAD + name].to_vec()).unwrap());
        at += HEAD + name + extra + comment;
    }
    names
        .into_iter()
        // `Factory` is what a machine has that was told none.
        .filter(|name| !name.ends_with('/') && name != "Factory")
        .collect()
}
