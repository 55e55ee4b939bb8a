//! What `docker` and `kube` make in the cases, for the tools that check it; and lists of what these may find.

#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::machine::{Case, cases, missing, need_plugins, package, run, tree, words};

/// A text that a case's command line made.
pub struct Made {
    /// `kube-deploy/shop`
    pub case: String,
    /// Its path in the case, or `standard output`.
    pub name: String,
    pub text: String,
    /// The command line.
    pub line: String,
}

/// The Dockerfiles or the manifests of all `ok` cases of a command, each as its last line left it. Outputs of templates that
/// are not ours, and of `--compat goctl`, are left out, which is said.
pub fn made(command: &str) -> Vec<Made> {
    let mut all: Vec<Made> = cases("ok").iter().filter(|case| case.command == command).flat_map(of_case).collect();
    assert!(!all.is_empty(), "no outputs of {command}");
    all.sort_by(|a, b| (&a.case, &a.name).cmp(&(&b.case, &b.name)));
    all
}

fn of_case(case: &Case) -> Vec<Made> {
    let name = format!("{}/{}", case.command, case.name);
    if case.calls_plugins() && !need_plugins() {
        return Vec::new();
    }
    case.on_copy(|dir, home| {
        let (mut all, mut before) = (Vec::<Made>::new(), tree(dir));
        let foreign = foreign_templates(dir) || foreign_templates(home);
        for line in &case.lines {
            let ran = run(case.ctl(dir, home).args(words(line)), &case.stdin);
            let after = tree(dir);
            if foreign || case.has("CTL_COMPAT") || line.contains("-compat") {
                println!("left out, made with goctl's bytes or another's templates: {name}: {line}");
                before = after;
                continue;
            }
            let changed = after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes) && !path.ends_with('/'));
            let mut texts: Vec<(String, String)> = changed
                .filter(|(path, _)| !path.ends_with(".dockerignore"))
                .map(|(path, bytes)| (path.clone(), String::from_utf8(bytes.clone()).unwrap()))
                .collect();
            if is_output(&ran.out) {
                texts.push(("standard output".to_owned(), ran.out));
            }
            for (path, text) in texts {
                all.retain(|made| made.name != path || path == "standard output");
                all.push(Made { case: name.clone(), name: path, text, line: line.clone() });
            }
            before = after;
        }
        all
    })
    .unwrap_or_default()
}

/// Whether standard output holds a whole Dockerfile or manifest, and not what `--diff` or `--json` say of one.
fn is_output(text: &str) -> bool {
    ["FROM ", "apiVersion: "].iter().any(|first| text.lines().any(|line| line.starts_with(first)))
}

/// Whether a template of the two commands stands somewhere below.
fn foreign_templates(dir: &Path) -> bool {
    let ours = ["docker/docker.", "kube/deployment.", "kube/job."];
    tree(dir).keys().any(|path| ours.iter().any(|stem| path.contains(stem)) && (path.ends_with(".tpl") || path.ends_with(".tera")))
}

/// Texts as files of one folder, for tools that read files; with the name each was given there.
pub fn as_files<'a>(all: &'a [Made], dir: &Path, ending: &str) -> Vec<(PathBuf, &'a Made)> {
    let place = |(at, made): (usize, &'a Made)| {
        let path = dir.join(format!("{at:03}-{}{ending}", made.case.replace('/', "-")));
        fs::write(&path, &made.text).unwrap();
        (path, made)
    };
    all.iter().enumerate().map(place).collect()
}

/// `tests/known/<file>`: what a tool finds and may find. A line is `rule case: reason`, where the case `*` is any of them.
pub struct Known {
    file: String,
    rows: Vec<(String, String)>,
    met: BTreeSet<usize>,
}

impl Known {
    pub fn read(file: &str) -> Self {
        let text = fs::read_to_string(package().join("tests/known").join(file)).unwrap();
        let row = |line: &str| {
            let (head, reason) = line.split_once(": ").unwrap_or_else(|| panic!("{file}: `rule case: reason`: {line}"));
            let (rule, case) = head.split_once(' ').unwrap_or_else(|| panic!("{file}: `rule case: reason`: {line}"));
            assert!(!reason.trim().is_empty(), "{file}: no reason: {line}");
            (rule.to_owned(), case.to_owned())
        };
        let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(row).collect();
        Self { file: file.to_owned(), rows, met: BTreeSet::new() }
    }

    /// Whether a finding is listed.
    pub fn lists(&mut self, rule: &str, case: &str) -> bool {
        let found: Vec<usize> =
            (0..self.rows.len()).filter(|&at| self.rows[at].0 == rule && (self.rows[at].1 == "*" || self.rows[at].1 == case)).collect();
        self.met.extend(&found);
        !found.is_empty()
    }

    /// Every line was of use.
    pub fn all_met(&self) {
        let idle: Vec<String> =
            (0..self.rows.len()).filter(|at| !self.met.contains(at)).map(|at| format!("{} {}", self.rows[at].0, self.rows[at].1)).collect();
        assert!(idle.is_empty(), "{}: nothing is found any more that these lines allow: {}", self.file, idle.join(", "));
    }
}

/// A program that `make tools` installs in its environment for Python; see [`missing`].
pub fn need_python(program: &str) -> Option<PathBuf> {
    let path = package().join("target/tools/python/bin").join(program);
    if path.is_file() && package().join("target/tools/python/installed").is_file() {
        return Some(path);
    }
    missing(&format!("there is no `{program}` in target/tools/python; `make tools` installs it"));
    None
}

/// What `examples/shop/deploy` holds: its Dockerfiles, or its manifests.
pub fn of_the_shop(what: &str) -> Vec<Made> {
    let all = tree(&package().join("examples/shop/deploy"));
    let texts = all.into_iter().filter(|(name, _)| name.contains(what));
    let made = |(name, bytes)| Made {
        case: "examples/shop".to_owned(),
        name,
        text: String::from_utf8(bytes).unwrap(),
        line: "examples/shop/generate.sh --restricted".to_owned(),
    };
    let made: Vec<Made> = texts.map(made).collect();
    assert!(!made.is_empty(), "no {what} in examples/shop/deploy");
    made
}
