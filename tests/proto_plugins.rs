//! The Go plugins of protobuf through us against through protoc: the same code at the same places, and Go builds it.
//!
//! The files are those of our cases, and those of modules in Go's module cache. Where the raw descriptors differ, which
//! crates.md explains, `tests/known/proto_plugins.txt` says why; nothing else may differ. The Go module stays in
//! `target/tmp/proto_plugins` to look into.

// Tests run real tools on real folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ctl::diagnostic::Report;
use ctl::env::tools::Places;
use ctl::golang::module::{self, Environment};
use ctl::plan::Root;
use ctl::rpc::check::check;
use ctl::rpc::compile::{Options, compile};
use ctl::rpc::go_package::{PbOptions, Project, Resolved, resolve};
use ctl::rpc::plugin::{self, Made};
use ctl::rpc::process::PATIENCE;
use ctl::rpc::spec::RpcSpec;
use ctl::source::Sources;
use support::machine::{Go, Ran, Temp, files, folders, need, need_module, package, path, run, tree};
use support::{Dice, plugin_laws};

/// Modules with `.proto` files, and the directory of each that imports start from.
const MODULES: [(&str, &str, &str); 5] = [
    ("googleapis", "github.com/grpc-ecosystem/grpc-gateway@v1.16.0", "third_party/googleapis"),
    ("protobuf", "google.golang.org/protobuf@v1.36.11", "."),
    ("grpc", "google.golang.org/grpc@v1.80.0", "."),
    ("gateway", "github.com/grpc-ecosystem/grpc-gateway/v2@v2.27.7", "."),
    ("gozero", "github.com/zeromicro/go-zero@v1.10.3", "."),
];

/// Files that are made together: all of a case, all of a module.
struct Group {
    name: String,
    includes: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

fn groups() -> Option<Vec<Group>> {
    let mut all = Vec::new();
    for case in folders(&package().join("tests/cases/rpc-protoc/ok")) {
        let name = format!("cases/{}", case.file_name().unwrap().to_str().unwrap());
        all.push(Group { name, files: files(&case, ".proto"), includes: vec![case] });
    }
    for (name, module, include) in MODULES {
        let root = need_module(module)?.join(include);
        all.push(Group { name: name.to_owned(), files: files(&root, ".proto"), includes: vec![root] });
    }
    Some(all)
}

fn need_plugins() -> bool {
    let tools: Vec<PathBuf> = std::env::split_paths(&path()).collect();
    let there = ["protoc-gen-go", "protoc-gen-go-grpc"].iter().all(|tool| tools.iter().any(|dir| dir.join(tool).is_file()));
    if !there {
        support::machine::missing("there are no plugins of protobuf; `make tools` builds them");
    }
    there && need("protoc")
}

/// The files read and placed, with the code that the plugins make if `run` says so.
struct Ours {
    spec: RpcSpec,
    resolved: Resolved,
    made: Made,
}

fn ours(files: &[PathBuf], includes: &[PathBuf], root: &Path, pb: &PbOptions, run: bool) -> Result<Ours, String> {
    let (mut sources, mut report) = (Sources::default(), Report::new());
    let words = |paths: &[PathBuf]| paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>();
    let options = Options { proto_paths: words(includes), protoc: None };
    let compiled = compile(&words(files), &options, &mut sources, &mut report);
    let spec = compiled.and_then(|compiled| check(compiled, &sources, &mut report));
    let root = Root { dir: root.to_owned(), shown: root.display().to_string() };
    let environment = Environment { gopath: None, gowork: Some("off") };
    let module = module::find(&root.dir, None, environment, sources.disk()).unwrap();
    let project = Project { root: &root, module: &module, environment };
    let resolved = spec.as_ref().and_then(|spec| resolve(spec, pb, &project, &sources, &mut report));
    let (Some(spec), Some(resolved)) = (spec, resolved) else { return Err(report.render(&sources, false)) };
    let tools = Places { path: std::env::split_paths(&path()).collect(), go_bin: Vec::new() };
    let made = if run { plugin::run(&spec, &resolved, &tools, PATIENCE * 10, &sources, &mut report) } else { Ok(Made::default()) };
    made.map(|made| Ours { spec, resolved, made }).map_err(|_| report.render(&sources, false))
}

fn into(dir: &Path) -> PbOptions {
    let out = vec![dir.display().to_string()];
    PbOptions { go_out: out.clone(), go_grpc_out: out, ..PbOptions::default() }
}

/// protoc with both plugins, into one directory.
fn protoc(out: &Path, includes: &[PathBuf], options: &[String], files: &[String]) -> Ran {
    fs::create_dir_all(out).unwrap();
    let mut command = Command::new("protoc");
    command.env("PATH", path());
    for dir in includes.iter().chain([&package().join("src/rpc/bundled")]) {
        command.arg("-I").arg(dir);
    }
    command.arg(format!("--go_out={}", out.display())).arg(format!("--go-grpc_out={}", out.display()));
    for option in options {
        command.arg(format!("--go_opt={option}")).arg(format!("--go-grpc_opt={option}"));
    }
    run(command.args(files), b"")
}

/// The code with the raw descriptor taken out, and the version of protoc.
fn without_descriptor(code: &str) -> String {
    let (mut out, mut inside) = (String::new(), false);
    for line in code.lines() {
        if inside {
            inside = line.ends_with(" +");
        } else if line.contains("_rawDesc = \"\" +") {
            inside = true;
        } else if !line.starts_with("// \tprotoc ") && !line.starts_with("// - protoc ") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[test]
fn the_code_is_that_of_protoc_and_builds() {
    if !need_plugins() || !need("go") {
        return;
    }
    let Some(groups) = groups() else { return };
    let go = Go::module("proto_plugins");
    let temp = Temp::new();
    let known = fs::read_to_string(package().join("tests/known/proto_plugins.txt")).unwrap();
    let known: BTreeSet<&str> = known.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split(": ").next()).collect();
    let (mut compared, mut passed_over, mut differing) = (0, 0, BTreeSet::new());
    let mut todo: Vec<Group> = groups.into_iter().rev().collect();
    while let Some(group) = todo.pop() {
        let dir = go.dir.join(&group.name);
        let root = dir.join("rpc");
        // What no code can be made of alone (editions, no Go package, a name that Go would not build) is no file of ours; what
        // a plugin does not take, it does not take from protoc either.
        let alone = |file: &&PathBuf| match ours(&[(*file).clone()], &group.includes, &root, &into(&dir), true) {
            Ok(_) => true,
            Err(why) => {
                let name = file.strip_prefix(&group.includes[0]).unwrap().display().to_string();
                if why.contains("error[plugin_failed]") {
                    let out = temp.path().join("refused");
                    assert_ne!(
                        protoc(&out, &group.includes, &["paths=source_relative".to_owned()], &[name]).code,
                        0,
                        "protoc's plugins take what ours do not: {why}"
                    );
                }
                false
            }
        };
        let files: Vec<PathBuf> = group.files.iter().filter(alone).cloned().collect();
        passed_over += group.files.len() - files.len();
        if files.is_empty() {
            continue;
        }
        let Ours { spec, resolved, made } = match ours(&files, &group.includes, &root, &into(&dir), true) {
            Ok(ours) => ours,
            // They are not made for each other: each for itself.
            Err(why) if files.len() > 1 => {
                println!("{}, together: {}", group.name, why.lines().take(2).collect::<Vec<_>>().join(" "));
                let part = |(at, file): (usize, PathBuf)| Group {
                    name: format!("{}/{at}", group.name),
                    includes: group.includes.clone(),
                    files: vec![file],
                };
                todo.extend(files.into_iter().enumerate().map(part));
                continue;
            }
            Err(why) => panic!("{}:\n{why}", group.name),
        };
        println!("{}: {} .proto files of {}", group.name, resolved.generated.len(), group.files.len());
        let code: BTreeMap<String, String> = made.files.into_iter().map(|file| (file.path, file.body.text().to_owned())).collect();
        for (path, text) in &code {
            fs::create_dir_all(dir.join(path).parent().unwrap()).unwrap();
            fs::write(dir.join(path), text).unwrap();
        }

        let (theirs, mut options) = (temp.path().join(&group.name), vec!["paths=source_relative".to_owned()]);
        let mut names = Vec::new();
        for file in &resolved.generated {
            let (name, package) = (&spec.file(*file).name, &resolved.packages[file.0]);
            names.push(name.clone());
            options.push(format!("M{name}={};{}", package.path, package.name));
        }
        let ran = protoc(&theirs, &group.includes, &options, &names);
        if ran.code != 0 {
            // An older protoc does not know the options of today.
            assert!(files.len() == 1 && ran.err.contains("Option \"retention\" unknown"), "{}: {}", group.name, ran.err);
            passed_over += 1;
            continue;
        }
        let mut expected = 0;
        for file in &resolved.generated {
            let (file, package) = (spec.file(*file), &resolved.packages[file.0]);
            let stem = file.name.strip_suffix(".proto").unwrap();
            for ending in [".pb.go", "_grpc.pb.go"] {
                let Ok(their) = fs::read_to_string(theirs.join(format!("{stem}{ending}"))) else { continue };
                expected += 1;
                let path =
                    package.dir.as_ref().unwrap().strip_prefix(&dir).unwrap().join(format!("{}{ending}", stem.rsplit('/').next().unwrap()));
                let our = code.get(path.to_str().unwrap()).unwrap_or_else(|| panic!("{}: no {}", group.name, path.display()));
                assert_eq!(without_descriptor(our), without_descriptor(&their), "{}: {}", group.name, path.display());
                if *our != their {
                    // A part of a group that was not made together is of the group.
                    let whole = group.name.trim_end_matches(|c: char| c == '/' || c.is_ascii_digit());
                    differing.insert(format!("{whole} {}", file.name));
                }
                compared += 1;
            }
        }
        assert_eq!(code.len(), expected, "{}: no other files", group.name);
    }
    println!("{compared} files of Go compared, {} differ in the raw descriptor; {passed_over} .proto files passed over", differing.len());
    assert!(compared > 100, "only {compared}");
    let differing: BTreeSet<&str> = differing.iter().map(String::as_str).collect();
    assert_eq!(differing, known, "tests/known/proto_plugins.txt");
    go.passes(&["build", "./..."]);
}

/// Two files that import each other's package, in two directories.
fn write_two(dir: &Path) {
    fs::create_dir_all(dir.join("sub")).unwrap();
    let a = "syntax = \"proto3\"; package a; import \"sub/b.proto\"; option go_package = \"example.com/m/a;apb\"; message A { b.B b = 1; } service S { rpc R(A) returns (b.B); }";
    let b = "syntax = \"proto3\"; package b; option go_package = \"example.com/m/b\"; message B {}";
    fs::write(dir.join("a.proto"), a).unwrap();
    fs::write(dir.join("sub/b.proto"), b).unwrap();
}

#[test]
fn the_places_are_those_of_protoc() {
    if !need_plugins() {
        return;
    }
    let temp = Temp::new();
    write_two(temp.path());
    let both = ["a.proto".to_owned(), "sub/b.proto".to_owned()];
    let paths: Vec<PathBuf> = both.iter().map(|name| temp.path().join(name)).collect();
    fs::write(temp.path().join("go.mod"), "module example.com/m\n").unwrap();
    for (at, option) in
        ["", "paths=source_relative", "module=example.com/m", "module=example.com", "paths=import,Ma.proto=./x;x"].iter().enumerate()
    {
        let out = temp.path().join(format!("ours{at}"));
        let includes = [temp.path().to_owned()];
        let opt: Vec<String> = Some((*option).to_owned()).filter(|option| !option.is_empty()).into_iter().collect();
        let pb = PbOptions { go_opt: opt.clone(), go_grpc_opt: opt.clone(), ..into(&out) };
        let made = ours(&paths, &includes, &temp.path().join("rpc"), &pb, true).unwrap().made;
        let placed: BTreeSet<String> = made.files.into_iter().map(|file| file.path).collect();
        let theirs = temp.path().join(format!("theirs{at}"));
        let ran = protoc(&theirs, &includes, &opt, &both);
        assert_eq!(ran.code, 0, "{option}: {}", ran.err);
        let expected: BTreeSet<String> = tree(&theirs).into_keys().filter(|path| !path.ends_with('/')).collect();
        assert_eq!(placed, expected, "{option}");
        assert_eq!(placed.len(), 3);
    }
}

#[test]
fn answers_of_all_kinds_are_stood() {
    let mut dice = Dice(0x0dd_b175);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..if cfg!(debug_assertions) { 20_000 } else { 400_000 } {
        let mut answer = Vec::new();
        for _ in 0..=dice.roll(3) {
            let name = ["a.pb.go", "a/b.pb.go", "./x", "../x", "/x", "a\\b", "", "a/../../b"][dice.roll(8)];
            let text = ["package a\n", "", "é"][dice.roll(3)];
            let mut file = vec![0x0a, u8::try_from(name.len()).unwrap()];
            file.extend(name.bytes());
            file.extend([0x7a, u8::try_from(text.len()).unwrap()]);
            file.extend(text.bytes());
            answer.extend([0x7a, u8::try_from(file.len()).unwrap()]);
            answer.extend(file);
        }
        for _ in 0..dice.roll(3) {
            let at = dice.roll(answer.len());
            match dice.roll(3) {
                0 => answer[at] = u8::try_from(dice.roll(256)).unwrap(),
                1 => answer.truncate(at.max(1)),
                _ => answer.insert(at, u8::try_from(dice.roll(256)).unwrap()),
            }
        }
        match plugin_laws(&answer).unwrap_or_else(|why| panic!("{why}: {answer:?}")) {
            Some(_) => read += 1,
            None => refused += 1,
        }
    }
    assert!(read > 1_000 && refused > 1_000, "{read} read, {refused} refused");
}
