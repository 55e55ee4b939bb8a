//! The pages of `make man`: one for every command that the help shows, complete, and without a complaint of groff's.

// Tests read the pages they made.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

// Its `main` is the tool's own.
#[allow(dead_code, unreachable_pub)]
#[path = "../tools/man.rs"]
mod man;

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use support::machine::{file_name, files, need, run, work_dir};

/// What a page must have: the flags the help of its command shows, by the name of the page.
fn expected(command: &clap::Command, page: &str, all: &mut BTreeMap<String, Vec<String>>) {
    let shown = command.get_arguments().filter(|arg| !arg.is_hide_set());
    all.insert(format!("{page}.1"), shown.filter_map(|arg| Some(format!("--{}", arg.get_long()?))).collect());
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        expected(below, &format!("{page}-{}", below.get_name()), all);
    }
}

#[test]
fn every_command_has_its_page() {
    let dir = work_dir("man");
    man::write_pages(&dir).unwrap();
    let mut all = BTreeMap::new();
    expected(&ctl::cli::tree(), "ctl", &mut all);
    let pages = files(&dir, "");
    assert_eq!(pages.iter().map(|page| file_name(page)).collect::<Vec<_>>(), all.keys().cloned().collect::<Vec<_>>());
    for page in &pages {
        let text = fs::read_to_string(page).unwrap().replace("\\-", "-");
        for flag in &all[&file_name(page)] {
            assert!(text.contains(&format!("\\fB{flag}\\fR")), "{flag} is not in {}", page.display());
        }
    }
}

#[test]
fn the_pages_are_read_without_complaint() {
    let dir = work_dir("man-groff");
    man::write_pages(&dir).unwrap();
    if !need("groff") {
        return;
    }
    for page in files(&dir, ".1") {
        // As `man -l` does: the page is UTF-8.
        let ran = run(Command::new("groff").args(["-k", "-man", "-Tutf8", "-ww", "-z"]).arg(&page), b"");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", page.display());
    }
}
