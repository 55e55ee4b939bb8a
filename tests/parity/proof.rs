//! That what is listed as broken is: goctl's Go does not build, and ctl's does, under the same templates.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::both::{BELOW, Job, Module, TEAM};
use crate::support::machine::{Go, Temp, run};

/// What is not so, in words.
pub(crate) fn wrong(jobs: &[&Job], goctl: &Path) -> Vec<String> {
    let go = Go::module("parity");
    let mut wrong = Vec::new();
    for job in jobs {
        let theirs = job.theirs(goctl).unwrap_or_default();
        if job.args.iter().any(|arg| arg.starts_with("-o")) {
            if reads_its_own(&theirs, goctl) {
                wrong.push(format!("{}: goctl reads what it wrote", job.name));
            }
            continue;
        }
        if builds(job, &theirs, &go).is_ok() {
            wrong.push(format!("{}: goctl's Go builds", job.name));
        }
        // What ctl refuses it does not write.
        let Ok(ours) = job.ours() else { continue };
        if let Err(why) = builds(job, &ours, &go) {
            wrong.push(format!("{}: ctl's Go does not build:\n{why}", job.name));
        }
    }
    wrong
}

fn reads_its_own(tree: &BTreeMap<String, Vec<u8>>, goctl: &Path) -> bool {
    let temp = Temp::new();
    tree.iter().all(|(path, text)| {
        fs::write(temp.path().join(path), text).unwrap();
        let mut reader = Command::new(if path.ends_with(".proto") { Path::new("protoc") } else { goctl });
        let args: &[&str] = if path.ends_with(".proto") { &["-oa", path] } else { &["api", "validate", "-api", path] };
        run(reader.args(args).current_dir(temp.path()).env("HOME", temp.path()), b"").code == 0
    })
}

/// Compiles a tree, with its tests, in place of what is in the module.
fn builds(job: &Job, tree: &BTreeMap<String, Vec<u8>>, go: &Go) -> Result<(), String> {
    let mod_file = fs::read_to_string(go.dir.join("go.mod")).unwrap();
    let sums = fs::read(go.dir.join("go.sum")).unwrap();
    fs::remove_dir_all(&go.dir).unwrap();
    let dir = if job.module == Module::Above { go.dir.join(BELOW) } else { go.dir.clone() };
    // goctl's template of the test beside main imports `time` for nothing: that test never builds.
    let counts = |path: &str| path.ends_with(".go") && (path.contains('/') || !path.ends_with("_test.go"));
    for (path, bytes) in tree.iter().filter(|(path, _)| counts(path)) {
        let file = dir.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    let (_, requirements) = mod_file.split_once('\n').unwrap();
    fs::write(go.dir.join("go.mod"), format!("module {TEAM}\n{requirements}")).unwrap();
    fs::write(go.dir.join("go.sum"), sums).unwrap();
    // One quick analysis: all of it is compiled for that.
    let ran = run(&mut go.command(&["vet", "-copylocks", "./..."]), b"");
    if ran.code == 0 { Ok(()) } else { Err(ran.err.lines().take(12).collect::<Vec<_>>().join("\n")) }
}
