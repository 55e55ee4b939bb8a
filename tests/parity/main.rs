//! ctl against the real goctl, byte for byte: with goctl's own templates as home and `--compat goctl`, and with homes as
//! teams write them.
//!
//! Both run the same command lines in equal fresh directories; whole trees are compared. `tests/known/parity.txt` says
//! why where they differ: a difference that is not listed fails, and so does a listed one that is none any more. `make
//! parity` prints a table of it.

// Tests run real tools on real folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod both;
mod known;
mod raw;
#[path = "../support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};

use both::{Home, Job, Module, Verdict, compare_all, exported, laid_over};
use known::Known;
use support::machine::{Temp, files, folders, goctl_files, need, need_goctl, package};
use support::table::{Counts, row};

/// The rows, in the order of the table.
const ROWS: [&str; 10] = [
    "api go --style gozero",
    "api go --style goZero",
    "api go --style go_zero",
    "api go --type-group",
    "api go --test",
    "api go, without a module",
    "api go --test, below a module",
    "api go --test, homes in the wild",
    "api new",
    "api -o",
];
const WILD: usize = 7;
const NEW: usize = 8;
const SAMPLE: usize = 9;

/// The `.api` files that services are made of: name, folder, file in it.
pub(crate) fn inputs() -> Option<Vec<(String, PathBuf, String)>> {
    let mut all = Vec::new();
    for folder in folders(&package().join("tests/cases")).iter().map(|command| command.join("ok")).chain([package().join("examples")]) {
        for case in folders(&folder) {
            for path in files(&case, ".api") {
                let name = path.strip_prefix(package()).unwrap().to_str().unwrap().to_owned();
                all.push((name, case.clone(), path.strip_prefix(&case).unwrap().to_str().unwrap().to_owned()));
            }
        }
    }
    for (name, path) in goctl_files()? {
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        all.push((format!("goctl/{name}"), path.parent().unwrap().to_owned(), file));
    }
    Some(all)
}

fn go(row: usize, (name, folder, file): &(String, PathBuf, String), home: &Home, module: Module, flags: &[&str]) -> Job {
    let file = format!("IN/{file}");
    let args = ["api", "go", "-api", &file, "-dir", "."].iter().chain(flags).map(|arg| (*arg).to_owned()).collect();
    Job { row, name: name.clone(), inputs: Some(folder.clone()), module, args, home: home.clone() }
}

fn services(inputs: &[(String, PathBuf, String)], home: &Home) -> Vec<Job> {
    let mut jobs = Vec::new();
    for input in inputs {
        for (row, style) in ["gozero", "goZero", "go_zero"].into_iter().enumerate() {
            jobs.push(go(row, input, home, Module::Here, &["--style", style]));
        }
        jobs.push(go(3, input, home, Module::Here, &["--type-group"]));
        jobs.push(go(4, input, home, Module::Here, &["--test"]));
        jobs.push(go(5, input, home, Module::Nowhere, &[]));
        let below = go(6, input, home, Module::Above, &["--test"]);
        jobs.push(Job { name: format!("below:{}", below.name), ..below });
    }
    jobs
}

/// The homes of `tests/homes`: alone, so that both take what is missing from their own shelves only where the test says
/// so, hence over goctl's own templates; in the layout they are published in.
fn homes(home: &Home, temp: &Path) -> Vec<(String, Home)> {
    let one = |folder: PathBuf| {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let made = temp.join(&name);
        let version = folder.join("1.3.0");
        if !version.is_dir() {
            return (name, laid_over(&home.theirs, &folder, &made));
        }
        // goctl passes over the folders of other versions: it is told the folder itself, ctl finds it.
        let inner = laid_over(&home.theirs, &version, &made.join("1.3.0"));
        (name, Home { theirs: inner.theirs, ours: made })
    };
    folders(&package().join("tests/homes")).into_iter().map(one).collect()
}

fn in_the_wild(inputs: &[(String, PathBuf, String)], homes: &[(String, Home)]) -> Vec<Job> {
    let mut jobs = Vec::new();
    for (name, home) in homes {
        for input in
            inputs.iter().filter(|(input, ..)| ["/shop", "/every_server_key", "/streams", "/docs"].iter().any(|part| input.contains(part)))
        {
            let job = go(WILD, input, home, Module::Here, &["--test"]);
            jobs.push(Job { name: format!("{name}:{}", job.name), ..job });
        }
    }
    jobs
}

fn others(home: &Home) -> Vec<Job> {
    let job = |row, name: &str, module, args: &[&str]| Job {
        row,
        name: name.to_owned(),
        inputs: None,
        module,
        args: args.iter().map(|arg| (*arg).to_owned()).collect(),
        home: home.clone(),
    };
    let mut jobs = Vec::new();
    for name in ["hello", "Hello", "some/where/greet_me", "shop2", "userApi"] {
        jobs.push(job(NEW, &format!("new/{name}"), Module::Here, &["api", "new", name]));
        for style in ["goZero", "go_zero"] {
            jobs.push(job(NEW, &format!("new/{name}"), Module::Here, &["api", "new", name, "--style", style]));
        }
        jobs.push(job(NEW, &format!("new/{name}"), Module::Nowhere, &["api", "new", name]));
    }
    jobs.push(job(NEW, "new/module", Module::Nowhere, &["api", "new", "hello", "--module", "example.com/team/hello"]));
    for name in ["user.api", "user-api.api", "userApi.api", "User_Center.api", "api.api", "shop"] {
        jobs.push(job(SAMPLE, &format!("sample/{name}"), Module::Nowhere, &["api", "-o", name]));
    }
    jobs
}

#[test]
fn ctl_writes_what_goctl_writes() {
    let (true, Some(goctl), Some(inputs)) = (need("go"), need_goctl(), inputs()) else { return };
    let temp = Temp::new();
    let home = exported(&goctl, &temp.path().join("goctl"));
    let only = std::env::var("CTL_CASE").ok();
    let mut jobs = services(&inputs, &home);
    jobs.extend(in_the_wild(&inputs, &homes(&home, temp.path())));
    jobs.extend(others(&home));
    jobs.retain(|job| only.as_ref().is_none_or(|only| job.name.contains(only.as_str())));
    let verdicts = compare_all(&jobs, &goctl);

    let known = Known::read();
    let mut counts = [Counts::default(); ROWS.len()];
    let mut problems = Vec::new();
    for (job, verdict) in jobs.iter().zip(verdicts) {
        let count = &mut counts[job.row];
        match verdict {
            Verdict::NotComparable => continue,
            Verdict::Equal => count.equal += 1,
            Verdict::Differs(all) => {
                let news: Vec<_> = all.into_iter().filter(|one| !known.has(&job.name, &one.path)).collect();
                *(if news.is_empty() { &mut count.listed } else { &mut count.unexplained }) += 1;
                problems.extend(news.iter().map(|one| format!("{} {} [{}]\n      {}", job.name, one.path, ROWS[job.row], one.detail)));
            }
        }
        count.cases += 1;
    }
    for (place, (name, counts)) in ROWS.iter().zip(counts).enumerate() {
        row(place + 1, name, counts);
        assert!(counts.cases > 0 || only.is_some(), "nothing was compared for `{name}`");
    }
    assert!(problems.is_empty(), "{} differences that tests/known/parity.txt does not have:\n{}", problems.len(), problems.join("\n"));
    if only.is_none() {
        let unseen = known.unseen();
        assert!(unseen.is_empty(), "tests/known/parity.txt has what is no difference:\n{}", unseen.join("\n"));
    }
}

/// What templates make is sloppier than what people write: its layout is the formatter's alone.
#[test]
fn raw_texts_are_formatted_as_gofmt_formats_them() {
    let (true, true, Some(goctl), Some(inputs)) = (need("go"), need("gofmt"), need_goctl(), inputs()) else { return };
    let temp = Temp::new();
    let home = exported(&goctl, &temp.path().join("goctl"));
    let mut jobs: Vec<Job> = inputs.iter().map(|input| go(0, input, &home, Module::Here, &["--test"])).collect();
    jobs.extend(in_the_wild(&inputs, &homes(&home, temp.path())));
    let counts = raw::compare(&jobs, &goctl, temp.path());
    row(ROWS.len() + 1, "gofmt of raw renderings", counts);
    assert!(counts.cases > 500, "{counts:?}");
}
