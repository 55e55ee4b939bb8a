//! What a user waits for: `api go` of a large API against `cp -r` of what it writes and against goctl, in one run; the start;
//! the size.
//!
//! goctl is named by `CTL_GOCTL`, else where `make tools` puts it; without it its rows are left out, and that is said.

// A bench runs real programs on real folders and reports to the terminal.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

mod support;
#[path = "support/time.rs"]
mod time;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use time::{median, wall};

const CTL: &str = env!("CARGO_BIN_EXE_ctl");

fn main() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    let (small, large) = (dir.join("small.api"), dir.join("large.api"));
    fs::write(&small, support::make_api(1_000, 50)).unwrap();
    fs::write(&large, support::make_api(5_000, 50)).unwrap();

    println!("api go, medians of the wall time, seconds");
    let (ctl, copy, again) = against_copy(&dir, &small, 9);
    row("1,000 routes in 50 groups", ctl);
    row("cp -r of the tree", copy);
    row("1,000 routes, nothing changed", again);
    println!("  ratio to cp -r: {:.2} (wanted: at most 2); second run to first: {:.2} (wanted: below 1)", ctl / copy, again / ctl);
    match goctl() {
        Some(goctl) => {
            let templates = exported(&dir, &goctl);
            against_goctl(&dir, &small, &goctl, &templates);
            against_no_home(&dir, &templates);
        }
        None => println!("  no goctl (`make tools` builds it): its rows are left out"),
    }
    let (five, ..) = against_copy(&dir, &large, 5);
    row("5,000 routes in 50 groups", five);
    println!("  ratio to 1,000 routes: {:.1} (wanted: at most 6)", five / ctl);
    let (one, five) = (cpu(&dir, &small), cpu(&dir, &large));
    println!("  processor time: {one:.2} and {five:.2}; ratio {:.1}", five / one);
    let out = dir.join("memory");
    println!("  peak memory of 5,000 routes: {:.0} MB (wanted: below 150)", peak(&mut generate(&large, &out)));

    start(&dir);
    println!("binary: {:.1} MB (wanted: below 8)", fs::metadata(CTL).unwrap().len() as f64 / 1e6);
    let _ = fs::remove_dir_all(&dir);
}

fn row(what: &str, seconds: f64) {
    println!("  {what:<32} {seconds:.3}");
}

/// Makes the service, copies it, makes it again over itself; in turn, each time in new directories: a file system may pass
/// over the places of files that were deleted a moment ago, and whoever writes next pays for the search.
fn against_copy(dir: &Path, api: &Path, rounds: usize) -> (f64, f64, f64) {
    let name = api.file_stem().unwrap_or_default().to_string_lossy();
    let (mut ctl, mut copy, mut again) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        let (out, copied) = (dir.join(format!("{name}{round}")), dir.join(format!("{name}{round}-copied")));
        ctl.push(wall(&mut generate(api, &out)));
        copy.push(wall(Command::new("cp").arg("-r").arg(&out).arg(&copied)));
        again.push(wall(&mut generate(api, &out)));
    }
    (median(ctl), median(copy), median(again))
}

fn against_goctl(dir: &Path, api: &Path, goctl: &Path, templates: &Path) {
    let home = dir.join("home");
    fs::create_dir_all(&home).unwrap();
    let (mut ctl, mut compat, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..3 {
        // A module of its own, made beforehand: goctl asks Go for it.
        let out = dir.join(format!("goctl{round}"));
        fs::create_dir_all(&out).unwrap();
        fs::write(out.join("go.mod"), "module bench\n\ngo 1.25.0\n").unwrap();
        let own = dir.join(format!("input{round}.api"));
        fs::copy(api, &own).unwrap();
        theirs.push(wall(Command::new(goctl).env("HOME", &home).args(["api", "go", "-api"]).arg(&own).arg("-dir").arg(&out)));
        let ours = dir.join(format!("ctl{round}"));
        ctl.push(wall(&mut generate(api, &ours)));
        let ours = dir.join(format!("compat{round}"));
        compat.push(wall(generate(api, &ours).args(["--compat", "goctl", "--home"]).arg(templates)));
    }
    let (ctl, compat, theirs) = (median(ctl), median(compat), median(theirs));
    row("goctl, 1,000 routes", theirs);
    println!("  goctl to ctl: {:.1} (wanted: at least 25)", theirs / ctl);
    row("ctl, with goctl's templates", compat);
    println!("  goctl to ctl: {:.1} (wanted: at least 15)", theirs / compat);
}

/// goctl's own templates in a folder of ours.
fn exported(dir: &Path, goctl: &Path) -> PathBuf {
    let (home, templates) = (dir.join("home"), dir.join("templates"));
    fs::create_dir_all(&home).unwrap();
    wall(Command::new(goctl).env("HOME", &home).args(["template", "init", "--home"]).arg(&templates));
    templates
}

/// What a home costs: the example with and without one, in turn.
fn against_no_home(dir: &Path, templates: &Path) {
    let api = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/shop/shop.api");
    let (mut without, mut with) = (Vec::new(), Vec::new());
    for round in 0..40 {
        without.push(wall(&mut generate(&api, &dir.join(format!("without{round}")))));
        with.push(wall(generate(&api, &dir.join(format!("with{round}"))).arg("--home").arg(templates)));
    }
    let (without, with) = (median(without) * 1e3, median(with) * 1e3);
    println!(
        "examples/shop: {without:.1} ms, with a home of all of goctl's templates {with:.1} ms: {:.1} ms more (wanted: at most 15)",
        with - without
    );
}

fn generate(api: &Path, out: &Path) -> Command {
    let mut command = Command::new(CTL);
    command.args(["api", "go", "--quiet", "-api"]).arg(api).arg("-dir").arg(out);
    command
}

/// The processor time of a run into an empty directory, the mean of five: what the disk is doing does not count.
fn cpu(dir: &Path, api: &Path) -> f64 {
    let name = api.file_stem().unwrap_or_default().to_string_lossy();
    let mut ticks = 0.0;
    for round in 0..5 {
        let out = dir.join(format!("{name}-processor{round}"));
        let before = children_ticks();
        wall(&mut generate(api, &out));
        ticks += children_ticks() - before;
    }
    ticks / 5.0 / 100.0
}

/// User and system time of the processes waited for, in hundredths of a second (proc(5), `cutime` and `cstime`).
fn children_ticks() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    [13, 14].into_iter().filter_map(|at| fields.get(at)?.parse::<f64>().ok()).sum()
}

/// The largest resident size the kernel reports of a process while it runs, in megabytes.
fn peak(command: &mut Command) -> f64 {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0.0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).map_or(peak, |kilobytes: f64| kilobytes / 1000.0);
    }
    peak
}

/// `ctl --version` against a program that does nothing.
fn start(dir: &Path) {
    let source = dir.join("empty.rs");
    let empty = dir.join("empty");
    fs::write(&source, "fn main() {}\n").unwrap();
    let built = Command::new("rustc").args(["-O", "-C", "panic=abort", "-C", "strip=symbols", "-o"]).arg(&empty).arg(&source).status();
    assert!(built.is_ok_and(|status| status.success()), "rustc makes an empty program");
    let (mut ours, mut nothing) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        ours.push(wall(Command::new(CTL).arg("--version")));
        nothing.push(wall(&mut Command::new(&empty)));
    }
    let (ours, nothing) = (median(ours) * 1e3, median(nothing) * 1e3);
    println!("start: ctl --version {ours:.2} ms, an empty program {nothing:.2} ms: {:.2} ms above it (wanted: at most 2)", ours - nothing);
}

fn goctl() -> Option<PathBuf> {
    let path =
        std::env::var_os("CTL_GOCTL").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/goctl"), PathBuf::from);
    path.is_file().then_some(path)
}
