//! ctl against the real goctl, byte for byte: with goctl's own templates as home and `--compat goctl`, and with homes as
//! teams write them.
//!
//! Both run the same command lines in equal fresh directories; whole trees are compared. `tests/known/parity.txt` says
//! why where they differ: a difference that is not listed fails, and so does a listed one that is none any more. `make
//! parity` prints a table of it.

// Tests run real tools on real folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod both;
mod docker;
mod known;
mod kube;
mod models;
mod proof;
mod random;
mod raw;
mod rpc;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use both::{Home, Job, Module, Verdict, compare_all, exported, laid_over};
use known::Known;
use support::Dice;
use support::machine::{Temp, file_name, files, folders, goctl_files, need, need_goctl, need_plugins, package};
use support::table::{Counts, row};

/// The rows, in the order of the table.
const ROWS: [&str; 27] = [
    "api go --style gozero",
    "api go --style goZero",
    "api go --style go_zero",
    "api go --type-group",
    "api go --test",
    "api go, without a module",
    "api go, below a module",
    "api go --test, new, -o: homes in the wild",
    "api new",
    "api -o",
    "api go --test or --type-group, at random",
    "api go --test, below a module",
    "model mongo",
    "model mysql ddl",
    "model mysql ddl -c",
    "model mysql ddl, homes of a team",
    "gateway",
    "kube deploy",
    "docker",
    "rpc protoc --style gozero",
    "rpc protoc --style goZero or go_zero",
    "rpc protoc -m",
    "rpc protoc --client=false or --name-from-filename",
    "rpc protoc, below a module or without one",
    "rpc protoc, homes of a team",
    "rpc new",
    "rpc -o, rpc template",
];
const WILD: usize = 7;
const NEW: usize = 8;
const SAMPLE: usize = 9;
const RANDOM: usize = 10;
const BELOW_TESTED: usize = 11;
const MONGO: usize = 12;
/// So many services are made at random.
const RANDOM_SERVICES: usize = 60;
const MODEL: usize = 13;
const GATEWAY: usize = 16;
const KUBE: usize = 17;
const DOCKER: usize = 18;
const RPC: usize = 19;

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
    let corpus = package().join("tests/corpus/service");
    for file in ["wide.api", "orders.api", "shared_types.api"] {
        all.push((format!("tests/corpus/service/{file}"), corpus.clone(), file.to_owned()));
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
        jobs.push(go(6, input, home, Module::Above, &[]));
        // With what goctl's tests import there, none of them builds: a few are enough to show it, without streams, whose
        // tests build nowhere.
        if ["orders.api", "shared_types.api", "users.api"].iter().any(|name| input.0.ends_with(name)) {
            let below = go(BELOW_TESTED, input, home, Module::Above, &["--test"]);
            jobs.push(Job { name: format!("below:{}", below.name), ..below });
        }
    }
    jobs
}

/// The homes of `tests/homes`, in the layout they are published in. What one of them lacks each tool has built in, in its
/// own words: so each lies over goctl's own templates.
fn homes(home: &Home, temp: &Path) -> Vec<(String, Home)> {
    let one = |folder: PathBuf| {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let made = temp.join(&name);
        let Some(version) = folders(&folder).into_iter().map(|dir| file_name(&dir)).find(|name| name.contains('.')) else {
            return (name, laid_over(&home.theirs, &folder, &made));
        };
        let inner = laid_over(&home.theirs, &folder.join(&version), &made.join(&version));
        // goctl passes over the folders of other versions: it is told the folder itself, ctl finds it.
        let theirs = if version == "1.10.2" { made.clone() } else { inner.theirs };
        (name, Home { theirs, ours: made })
    };
    folders(&package().join("tests/homes")).into_iter().map(one).collect()
}

fn in_the_wild(inputs: &[(String, PathBuf, String)], homes: &[(String, Home)]) -> Vec<Job> {
    let mut jobs = Vec::new();
    for (name, home) in homes {
        for input in inputs.iter().filter(|(input, ..)| {
            ["/shop/shop.api", "/every_server_key", "/streams", "/wide.api", "/orders.api"].iter().any(|part| input.contains(part))
        }) {
            let job = go(WILD, input, home, Module::Here, &["--test"]);
            jobs.push(Job { name: format!("{name}:{}", job.name), ..job });
        }
        let job = |args: &[&str]| Job {
            row: WILD,
            name: format!("{name}:{}", args[1]),
            inputs: None,
            module: Module::Here,
            args: args.iter().map(|arg| (*arg).to_owned()).collect(),
            home: home.clone(),
        };
        jobs.extend([job(&["api", "new", "hello"]), job(&["api", "-o", "shop.api"])]);
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
    for types in ["User", "UserProfile,order_item", "HTTPServer,Order_Item,user2Info,Order_Item", "type"] {
        for flags in ["", "-c", "-e", "-c -e", "-c -p shop:v1", "-p shop"] {
            for style in ["gozero", "goZero", "go_zero", "go-zero"] {
                let args = ["model", "mongo", "-t", types, "-d", "some/where", "--style", style];
                let args: Vec<&str> = args.into_iter().chain(flags.split_whitespace()).collect();
                jobs.push(job(MONGO, &format!("mongo/{types}"), Module::Here, &args));
            }
        }
    }
    for (dir, module) in [("gw", Module::Nowhere), ("some/where", Module::Here), (".", Module::Above), ("protoset", Module::Here)] {
        jobs.push(job(GATEWAY, &format!("gateway/{dir}"), module, &["gateway", "-dir", dir]));
        // goctl takes any word behind it, and does nothing with it.
        jobs.push(job(GATEWAY, &format!("gateway/{dir}"), module, &["gateway", "--dir", dir, "protoset"]));
    }
    jobs
}

fn at_random(home: &Home, temp: &Path) -> Vec<Job> {
    let mut dice = Dice(0x5851_f42d_4c95_7f2d);
    let one = |number: usize| {
        let name = format!("random/{number}");
        let folder = temp.join(&name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("main.api"), random::api(&mut dice)).unwrap();
        let style = ["gozero", "goZero", "go_zero", "go-zero", "GoZero"][number % 5];
        let flags: &[&str] = if number.is_multiple_of(2) { &["--test", "--style", style] } else { &["--type-group", "--style", style] };
        go(RANDOM, &(name, folder, "main.api".to_owned()), home, Module::Here, flags)
    };
    (0..RANDOM_SERVICES).map(one).collect()
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
    jobs.extend(models::jobs(MODEL, &home, temp.path()));
    jobs.extend(kube::jobs(KUBE, &home));
    jobs.extend(docker::jobs(DOCKER, &home, temp.path()));
    jobs.extend(at_random(&home, temp.path()));
    if need("protoc") && need_plugins() {
        jobs.extend(rpc::jobs(RPC, &home, temp.path()));
    }
    jobs.retain(|job| only.as_ref().is_none_or(|only| job.name.contains(only.as_str())));
    let verdicts = compare_all(&jobs, &goctl);

    let known = Known::read();
    let mut counts = [Counts::default(); ROWS.len()];
    let (mut problems, mut proofs) = (Vec::new(), Vec::new());
    for (job, verdict) in jobs.iter().zip(verdicts) {
        let count = &mut counts[job.row];
        match verdict {
            Verdict::NotComparable => {
                // Those were written for goctl.
                if job.name.split(':').next_back().is_some_and(|name| name.starts_with("rpc/")) {
                    problems.push(format!("{}: goctl does not take {:?}", job.name, job.args));
                }
                continue;
            }
            Verdict::Equal => count.equal += 1,
            Verdict::Differs(all) => {
                let (mut news, mut proof) = (Vec::new(), false);
                for one in all {
                    match known.has(&job.name, &one.path) {
                        Some(listed) => proof |= listed.unproven,
                        None => news.push(one),
                    }
                }
                proofs.extend(proof.then_some(job));
                *(if news.is_empty() { &mut count.listed } else { &mut count.unexplained }) += 1;
                problems.extend(news.iter().map(|one| format!("{} {} [{}]\n      {}", job.name, one.path, ROWS[job.row], one.detail)));
            }
        }
        count.cases += 1;
    }
    for (place, (name, counts)) in ROWS.iter().zip(counts).enumerate() {
        row(place + 1, name, counts);
        let is_skipped = place >= RPC && !jobs.iter().any(|job| job.row >= RPC);
        assert!(counts.cases > 0 || only.is_some() || is_skipped, "nothing was compared for `{name}`");
    }
    assert!(problems.is_empty(), "{} differences that tests/known/parity.txt does not have:\n{}", problems.len(), problems.join("\n"));
    let wrong: Vec<String> = proof::wrong(&proofs, &goctl);
    assert!(wrong.is_empty(), "listed as broken, but:\n{}", wrong.join("\n"));
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
