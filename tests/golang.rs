//! Generated Go is Go: all of it in one module, built, vetted, formatted and tested by the real tools.
//!
//! In it: every case of the commands that write Go, every example, and a service for each `.api` file of goctl's own
//! sources. The module stays in `target/tmp/golang` to look into.

// Tests start processes and build and inspect real folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::machine::{
    Go, Temp, cases, copy, ctl, examples, file_name, files, goctl_files, need, need_goctl, need_plugins, package, run, tree, words,
};

#[test]
fn all_generated_go_builds_and_passes_vet_gofmt_and_its_own_tests() {
    if !need("go") || !need("gofmt") {
        return;
    }
    let go = Go::module("golang");
    let services = write_cases(&go.dir) + write_examples(&go.dir) + write_goctl_files(&go.dir);
    write_postgres(&go.dir);
    write_mixed(&go.dir);
    println!("{services} services below {}", go.dir.display());

    go.passes(&["build", "./..."]);
    // Text of tags is the user's (decisions, Diagnostics): `go vet` may complain about that alone.
    go.passes(&["vet", "-structtag=false", "./..."]);
    assert_eq!(go.gofmt(), "", "gofmt would change these");
    let tested = go.passes(&["list", "-f", "{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}", "./..."]);
    let tested: Vec<&str> = tested.lines().collect();
    assert!(tested.len() > 10, "cases with --test are among them: {tested:?}");
    go.passes(&[&["test", "-vet=off"], tested.as_slice()].concat());
}

/// The cases, as they are; a case with a file `unbuilt`, which says why, is left out.
fn write_cases(module: &Path) -> usize {
    let home = Temp::new();
    let mut count = 0;
    for case in cases("ok") {
        const GENERATE: [&str; 8] =
            ["api-go", "api-new", "gateway", "model-mongo", "model-mysql-ddl", "quickstart", "rpc-new", "rpc-protoc"];
        if !GENERATE.contains(&case.command.as_str()) || case.dir.join("unbuilt").is_file() {
            continue;
        }
        if case.calls_plugins() && !need_plugins() {
            continue;
        }
        let dir = case.copy_below(&module.join(&case.command));
        // All join the one module.
        let modules = || tree(&dir).into_keys().filter(|path| path.ends_with("go.mod") || path.ends_with("go.work"));
        // A goctl.yaml is looked for beside the nearest go.mod.
        let is_root = dir.join("goctl.yaml").is_file();
        if !is_root {
            modules().for_each(|path| fs::remove_file(dir.join(path)).unwrap());
        }
        for line in &case.lines {
            let ran = run(ctl(&dir, home.path()).args(words(line)), &case.stdin);
            assert_eq!(ran.code, 0, "{}: {line}\n{}{}", case.name, ran.out, ran.err);
        }
        modules().for_each(|path| fs::remove_file(dir.join(path)).unwrap());
        count += 1;
    }
    count
}

fn write_examples(module: &Path) -> usize {
    let home = Temp::new();
    let all = examples();
    for example in &all {
        let dir = module.join("examples").join(file_name(example));
        copy(example, &dir);
        let api = format!("{}.api", file_name(example));
        let ran = run(ctl(&dir, home.path()).args(["api", "go", "-api", &api, "-dir", "out", "--test"]), b"");
        assert_eq!(ran.code, 0, "{}: {}{}", dir.display(), ran.out, ran.err);
        for flags in [&["--cache"][..], &[]] {
            let (sql, out) = (format!("{}.sql", file_name(example)), format!("model{}", flags.len()));
            let ran = run(ctl(&dir, home.path()).args(["model", "mysql", "ddl", "-src", &sql, "-dir", &out]).args(flags), b"");
            assert_eq!(ran.code, 0, "{}: {}{}", dir.display(), ran.out, ran.err);
        }
    }
    all.len()
}

/// Models of PostgreSQL tables, for which no command line does without a server.
fn write_postgres(module: &Path) {
    for (name, cache) in [("plain", false), ("cached", true)] {
        let dir = module.join("postgres").join(name);
        fs::create_dir_all(&dir).unwrap();
        for file in support::postgres::models(name, cache).0 {
            fs::write(dir.join(&file.path), file.body.bytes()).unwrap();
        }
    }
}

/// The shop's models with one fragment of goctl's among ours, and one of ours among goctl's: any of them fits.
fn write_mixed(module: &Path) {
    let Some(goctl) = need_goctl() else { return };
    let temp = Temp::new();
    let theirs = temp.path().join("goctl");
    let ran = run(Command::new(goctl).args(["template", "init", "--home"]).arg(&theirs).env("HOME", temp.path()), b"");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let sql = package().join("examples/shop/shop.sql");
    for path in files(&theirs.join("model"), ".tpl") {
        let name = file_name(&path);
        let (one, others) = (temp.path().join(format!("one-{name}")), temp.path().join(format!("others-{name}")));
        fs::create_dir_all(one.join("model")).unwrap();
        fs::copy(&path, one.join("model").join(&name)).unwrap();
        copy(&theirs.join("model"), &others.join("model"));
        fs::remove_file(others.join("model").join(&name)).unwrap();
        for (kind, home) in [("one", one), ("others", others)] {
            let dir = module.join("mixed").join(kind).join(name.replace(['-', '.'], "_"));
            fs::create_dir_all(&dir).unwrap();
            let mut command = ctl(&dir, temp.path());
            let ran = run(command.args(["model", "mysql", "ddl", "-c", "-src"]).arg(&sql).arg("--home").arg(home), b"");
            assert_eq!(ran.code, 0, "{name}: {}", ran.err);
        }
    }
}

/// A service for each file of goctl's that ctl accepts; which those are is `goctl_corpus.rs`'s business.
fn write_goctl_files(module: &Path) -> usize {
    let (home, mut count) = (Temp::new(), 0);
    for (name, path) in goctl_files().unwrap_or_default() {
        let dir = module.join("goctl").join(name.replace(['/', '.'], "_"));
        fs::create_dir_all(&dir).unwrap();
        let mut command = ctl(&dir, home.path());
        let ran = run(command.args(["api", "go", "-dir", ".", "-api"]).arg(&path), b"");
        count += usize::from(ran.code == 0);
        assert!(ran.code == 0 || tree(&dir).is_empty(), "{name}: nothing is written where there are errors");
    }
    count
}
