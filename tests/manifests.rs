//! Every manifest that the cases and the example make: valid for the oldest to the newest Kubernetes that kubernetes-validate
//! knows, strictly; taken by the API server's own rules, which know names, ports, amounts and how they relate; and nothing that
//! kube-score calls critical where `--restricted` was asked for.
//!
//! What kube-score finds and may find is in `tests/known/kube-score.txt`, with the reason; a line that allows nothing any more fails.

// Tests start processes and build and inspect real folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use support::deployment::{Known, Made, as_files, made, need_python, of_the_shop};
use support::machine::{need, package, path, run, work_dir};

/// How kube-score grades what is critical.
const CRITICAL: u64 = 1;

fn all() -> Vec<Made> {
    ["kube-deploy", "kube-job"].into_iter().flat_map(made).chain(of_the_shop(".yaml")).collect()
}

#[test]
fn every_version_of_kubernetes_takes_them() {
    let Some(python) = need_python("python") else { return };
    let (all, dir) = (all(), work_dir("manifests"));
    let mut files: Vec<_> = as_files(&all, &dir, ".yaml").into_iter().map(|(path, _)| path).collect();
    // What is wrong with this one is found, or nothing is.
    let wrong = dir.join("wrong.yaml");
    fs::write(&wrong, "apiVersion: v1\nkind: Service\nmetadata:\n  name: true\n").unwrap();
    files.push(wrong);
    let ran = run(Command::new(python).arg(package().join("tests/support/validate.py")).args(&files), b"");
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let (expected, found): (Vec<&str>, Vec<&str>) =
        ran.out.lines().filter(|line| !line.starts_with("VERSIONS ")).partition(|line| line.contains("/wrong.yaml: "));
    let versions = ran.out.lines().find_map(|line| line.strip_prefix("VERSIONS ")).unwrap();
    println!("{} manifests, Kubernetes {versions}", all.len());
    assert!(expected.len() > 10 && expected.iter().all(|line| line.contains("metadata.name")), "{expected:?}");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_rules_of_the_api_server_take_them() {
    if !need("apiserver") {
        return;
    }
    let (all, dir) = (all(), work_dir("manifests-api-server"));
    let files: Vec<_> = as_files(&all, &dir, ".yaml").into_iter().map(|(path, _)| path).collect();
    let refusals = |files: &[PathBuf]| {
        let ran = run(Command::new("apiserver").env("PATH", path()).args(files), b"");
        assert!(ran.code < 2, "{}", ran.err);
        ran.out
    };
    assert_eq!(refusals(&files), "");
    // What a schema does not know is found, or nothing is: one of ours with a limit below its request.
    let request = "requests:\n              cpu: 500m";
    let one = all.iter().find(|made| made.text.contains(request)).expect("one with the usual request");
    let text = one.text.replacen(request, &request.replace("500m", "5000m"), 1);
    let wrong = dir.join("wrong.yaml");
    fs::write(&wrong, text).unwrap();
    let said = refusals(&[wrong]);
    assert!(said.contains("must be less than or equal to cpu limit"), "{said}");
}

#[test]
fn kube_score_finds_nothing_critical_where_restricted() {
    if !need("kube-score") {
        return;
    }
    let (all, dir) = (all(), work_dir("kube-score"));
    let mut known = Known::read("kube-score.txt");
    let (mut unlisted, mut counts) = (Vec::new(), BTreeMap::<String, usize>::new());
    for (file, of) in as_files(&all, &dir, ".yaml") {
        let restricted = of.line.contains("-restricted");
        // Each by itself: kube-score looks for the objects of one file in the others.
        let mut command = Command::new("kube-score");
        command
            .current_dir(&dir)
            .env("PATH", path())
            .args(["score", "--kubernetes-version", "v1.37", "--output-format", "json"])
            .arg(&file);
        let ran = run(&mut command, b"");
        let objects: Vec<Value> = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{}: {e}: {}", of.case, ran.err));
        for (object, check) in
            objects.iter().flat_map(|object| object["checks"].as_array().unwrap().iter().map(move |check| (object, check)))
        {
            if check["skipped"] == true || check["grade"].as_u64() != Some(CRITICAL) {
                continue;
            }
            let id = check["check"]["id"].as_str().unwrap();
            let kind = if restricted { "restricted" } else { "default" };
            *counts.entry(format!("{kind}: {id}")).or_default() += 1;
            if restricted && !known.lists(id, &of.case) {
                unlisted.push(format!("{id} {}: {}: {}", of.case, object["object_name"], check["comments"]));
            }
        }
    }
    for (what, count) in counts {
        println!("{what} {count}");
    }
    assert!(unlisted.is_empty(), "{}", unlisted.join("\n"));
    known.all_met();
}
