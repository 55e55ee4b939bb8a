//! The project against itself: templates that something uses, rules that are explained, pages that say what is so.

// Tests inspect the folders of the project.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ctl::api_dsl::go;
use ctl::diagnostic::{Code, Report};
use ctl::model::check::check;
use ctl::model::mysql;
use ctl::plan::Root;
use ctl::render::shelf::SHELF;
use ctl::rpc;
use ctl::source::{Disk, Sources};
use support::machine::{file_name, files, package};

fn page(name: &str) -> String {
    fs::read_to_string(package().join(name)).unwrap()
}

#[test]
fn every_template_is_on_the_shelf_and_in_a_plan() {
    let dir = package().join("templates");
    let on_disk: BTreeSet<String> =
        files(&dir, ".tera").iter().map(|path| path.strip_prefix(&dir).unwrap().with_extension("").to_str().unwrap().to_owned()).collect();
    let on_shelf: BTreeSet<String> = SHELF.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(on_disk, on_shelf);
    let code: String = files(&package().join("src"), ".rs")
        .iter()
        .filter(|path| !path.ends_with("render/shelf.rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let unused: Vec<&String> = on_shelf.iter().filter(|name| !code.contains(&format!("\"{name}\""))).collect();
    assert!(unused.is_empty(), "no plan has {unused:?}");
}

/// The codes that a text leads to when a service is made of it.
fn codes(text: &str) -> BTreeSet<&'static str> {
    let mut sources = Sources::new(Disk::memory([("/case/main.api", text)]));
    let mut report = Report::new();
    let root = Root { dir: "/case/out".into(), shown: "out".to_owned() };
    let _ = go::generate(Path::new("/case/main.api"), root, &go::Options::default(), &mut sources, &mut report);
    report.sorted().into_iter().map(|found| found.code.as_str()).collect()
}

fn codes_of_sql(text: &str) -> BTreeSet<&'static str> {
    let mut sources = Sources::new(Disk::memory([]));
    let file = sources.add("main.sql", text);
    let mut report = Report::new();
    let draft = mysql::parse(file, &sources, &mut report);
    check(draft, &mut report);
    report.sorted().into_iter().map(|found| found.code.as_str()).collect()
}

fn codes_of_proto(text: &str) -> BTreeSet<&'static str> {
    let mut sources = Sources::new(Disk::memory([("/case/main.proto", text)]));
    let mut report = Report::new();
    let options = rpc::compile::Options { proto_paths: vec!["/case".to_owned()], protoc: None };
    let compiled = rpc::compile::compile(&["/case/main.proto".to_owned()], &options, &mut sources, &mut report);
    if let Some(spec) = compiled.and_then(|compiled| rpc::check::check(compiled, &sources, &mut report)) {
        rpc::check::services(&spec, false, &sources, &mut report);
    }
    report.sorted().into_iter().map(|found| found.code.as_str()).collect()
}

#[test]
fn every_code_is_explained_and_its_snippets_do_what_they_say() {
    let text = page("docs/diagnostics.md");
    let sections: Vec<&str> = text.split("\n## ").skip(1).collect();
    let names: Vec<&str> = sections.iter().map(|section| section.lines().next().unwrap()).collect();
    let codes_of_ctl: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let sorted = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<String>>();
    assert_eq!(sorted(&names), sorted(&codes_of_ctl));
    for (section, name) in sections.iter().zip(names) {
        for (language, codes) in [("api", codes as fn(&str) -> BTreeSet<&'static str>), ("sql", codes_of_sql), ("proto", codes_of_proto)] {
            let snippet =
                |word: &str| section.split_once(&format!("{word}:\n\n```{language}\n")).map(|(_, rest)| rest.split("```").next().unwrap());
            if let Some(wrong) = snippet("Wrong") {
                assert!(codes(wrong).contains(name), "the wrong snippet of {name} gives {:?}", codes(wrong));
            }
            if let Some(right) = snippet("Right") {
                let found: Vec<&str> = codes(right).into_iter().filter(|code| *code != Code::PlaceholderSecret.as_str()).collect();
                assert!(found.is_empty(), "the right snippet of {name} gives {found:?}");
            }
        }
    }
}

#[test]
fn every_code_is_seen_in_a_case() {
    // What takes hundreds of files, or what no input reaches, is tested beside the code.
    const BESIDE: [&str; 2] = ["import_too_deep", "outside_root"];
    let seen: String = files(&package().join("tests/snapshots"), ".snap").iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let unseen = |code: &&Code| !BESIDE.contains(&code.as_str()) && !seen.contains(&format!("[{}]", code.as_str()));
    let unseen: Vec<&str> = Code::ALL.iter().filter(unseen).map(|code| code.as_str()).collect();
    assert!(unseen.is_empty(), "no case shows {unseen:?}");
}

#[test]
fn links_between_pages_lead_somewhere() {
    for page_name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/diagnostics.md", "docs/differences.md"] {
        let text = page(page_name);
        let dir = package().join(page_name).parent().unwrap().to_owned();
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://") && !target.starts_with('#')) {
            let path = dir.join(target.split('#').next().unwrap());
            assert!(path.exists(), "{page_name}: {target} is not there ({})", file_name(&dir));
        }
    }
}
