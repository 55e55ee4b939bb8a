//! The command lines of `rpc`: over `.proto` files made for this, those of our cases, and goctl's own.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::both::{Home, Job, Module, laid_over};
use crate::support::machine::{cases, file_name, files, folders, need_module, package, words};

/// A command line, and the folder it runs in.
struct Line {
    name: String,
    folder: PathBuf,
    words: Vec<String>,
}

impl Line {
    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|one| one.starts_with(word))
    }

    fn job(&self, row: usize, module: Module, home: &Home, flags: &[&str]) -> Job {
        let args = self.words.iter().cloned().chain(flags.iter().map(|flag| (*flag).to_owned())).collect();
        Job { row, name: self.name.clone(), inputs: Some(self.folder.clone()), module, args, home: home.clone() }
    }
}

/// The lines of `tests/parity/rpc/<case>/args`.
fn made_for_this() -> Vec<Line> {
    let lines = |folder: PathBuf| {
        let args = fs::read_to_string(folder.join("args")).unwrap();
        let line = |line: &str| Line { name: format!("rpc/{}", file_name(&folder)), folder: folder.clone(), words: words(line) };
        args.lines().map(line).collect::<Vec<_>>()
    };
    folders(&package().join("tests/parity/rpc")).into_iter().flat_map(lines).collect()
}

/// The first lines of our cases: a second one goes over what the first one left.
fn of_our_cases() -> Vec<Line> {
    let all = cases("ok").into_iter().filter(|case| case.command == "rpc-protoc" && !case.dir.join("env").exists());
    let line = |case: crate::support::machine::Case| Line {
        name: format!("rpc-protoc/{}", case.name),
        words: words(&case.lines[0]),
        folder: case.dir,
    };
    all.map(line).collect()
}

/// The files with services among goctl's own, each with its folder.
fn of_goctl() -> Vec<Line> {
    let Some(dir) = need_module("github.com/zeromicro/go-zero/tools/goctl@v1.10.2") else { return Vec::new() };
    // Some stand there twice.
    let mut seen = BTreeSet::new();
    let has_service = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        text.contains("\nservice ") && seen.insert(text)
    };
    let line = |path: PathBuf| Line {
        name: format!("goctl/{}", path.strip_prefix(&dir).unwrap().display()),
        folder: path.parent().unwrap().to_owned(),
        words: words(&format!("rpc protoc -I . {} --go_out=. --go-grpc_out=. --zrpc_out=.", file_name(&path))),
    };
    let all: Vec<Line> = files(&dir, ".proto").into_iter().filter(has_service).map(line).collect();
    assert!(all.len() > 20, "goctl's own .proto files with services");
    all
}

/// The jobs, in the rows from `first` on.
pub(crate) fn jobs(first: usize, home: &Home, temp: &Path) -> Vec<Job> {
    let [plain, styled, multiple, flags, modules, team] = [0, 1, 2, 3, 4, 5].map(|at| first + at);
    let own = made_for_this();
    let mut jobs = Vec::new();
    for (number, line) in own.iter().enumerate() {
        let module = if line.name.starts_with("rpc/below") { Module::Above } else { Module::Here };
        let is_grouped = line.has("-m") || line.has("--multiple");
        let is_flagged = line.has("--client") || line.has("-c") || line.has("--name-from-filename");
        let row = match () {
            () if module == Module::Above => modules,
            () if is_grouped => multiple,
            () if is_flagged => flags,
            () => plain,
        };
        jobs.push(line.job(row, module, home, &[]));
        if line.name.starts_with("rpc/broken_") {
            continue;
        }
        let style = if number % 2 == 0 { "goZero" } else { "go_zero" };
        if !line.has("--style") {
            jobs.push(line.job(styled, module, home, &["--style", style]));
        }
        if row != plain {
            continue;
        }
        jobs.push(line.job(multiple, module, home, &["-m"]));
        jobs.push(line.job(flags, module, home, &["--client=false"]));
        jobs.push(line.job(flags, module, home, &["--name-from-filename", "-style", style]));
    }
    for line in of_our_cases() {
        let row = if line.has("-m") { multiple } else { plain };
        jobs.push(line.job(row, Module::Here, home, &[]));
    }
    for line in of_goctl() {
        let row = if line.name.contains("/example/") { multiple } else { plain };
        jobs.push(line.job(row, Module::Here, home, if row == multiple { &["-m"] } else { &[] }));
    }
    for line in own.iter().filter(|line| ["rpc/comments", "rpc/clash", "rpc/no_package", "rpc/groups"].contains(&line.name.as_str())) {
        jobs.push(line.job(modules, Module::Nowhere, home, &["--module", "example.com/team"]));
        jobs.push(line.job(modules, Module::Above, home, &[]));
    }
    for folder in folders(&package().join("tests/parity/rpc_homes")) {
        let name = file_name(&folder);
        let home = laid_over(&home.theirs, &folder, &temp.join("rpc").join(&name));
        for line in own.iter().filter(|line| ["rpc/names", "rpc/other_package", "rpc/groups", "rpc/comments"].contains(&line.name.as_str()))
        {
            let job = line.job(team, Module::Here, &home, &[]);
            jobs.push(Job { name: format!("{name}:{}", job.name), ..job });
        }
        jobs.push(alone(&format!("{name}:rpc/new"), team, Module::Here, &home, &["rpc", "new", "greeter"]));
        jobs.push(alone(&format!("{name}:rpc/o"), team, Module::Here, &home, &["rpc", "-o", "user.proto"]));
    }
    jobs.extend(first_files(first + 6, home));
    jobs
}

/// `rpc new`, `rpc -o` and `rpc template`.
fn first_files(new: usize, home: &Home) -> Vec<Job> {
    let mut jobs = Vec::new();
    for (name, module, flags) in [
        ("greeter", Module::Nowhere, &[][..]),
        ("greeter", Module::Here, &["--style", "go_zero"]),
        ("User_center", Module::Nowhere, &["--module", "example.com/user", "--style=goZero"]),
        ("userCenter", Module::Above, &["--client=false"]),
        ("shop2", Module::Here, &["-c=false", "--name-from-filename", "--idea"]),
        ("API", Module::Here, &["-v"]),
    ] {
        jobs.push(alone("rpc/new", new, module, home, &[&["rpc", "new", name], flags].concat()));
    }
    for name in ["user.proto", "UserCenter.proto", "some/where/user_center.proto", "shop", "a.b.proto"] {
        jobs.push(alone(&format!("rpc/o/{name}"), new + 1, Module::Nowhere, home, &["rpc", "-o", name]));
        jobs.push(alone(&format!("rpc/o/{name}"), new + 1, Module::Nowhere, home, &["rpc", "template", &format!("-o={name}")]));
    }
    jobs
}

fn alone(name: &str, row: usize, module: Module, home: &Home, args: &[&str]) -> Job {
    let args = args.iter().map(|arg| (*arg).to_owned()).collect();
    Job { row, name: name.to_owned(), inputs: None, module, args, home: home.clone() }
}
