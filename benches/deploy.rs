//! What `docker` and `kube` take beside the bare start, on the shop, and beside goctl.
//!
//! goctl is named by `CTL_GOCTL`, else where `make tools` puts it; without it its rows are left out, and that is said.

// A bench runs real programs on real folders and reports to the terminal.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

#[path = "support/time.rs"]
mod time;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use time::{median, wall};

const DOCKER: &[&str] = &["docker", "-go", "shop.go"];
const DEPLOY: &[&str] =
    &["kube", "deploy", "-name", "shop", "-namespace", "shop", "-image", "shop:1.0.0", "-port", "8888", "-o", "deploy.yaml"];
const JOB: &[&str] =
    &["kube", "job", "-name", "shop", "-namespace", "shop", "-image", "shop:1.0.0", "-schedule", "0 3 * * *", "-o", "job.yaml"];

/// What a command line makes.
const MADE: [&str; 4] = ["Dockerfile", ".dockerignore", "deploy.yaml", "job.yaml"];

fn main() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-deploy");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    let ctl = Path::new(env!("CARGO_BIN_EXE_ctl"));
    let api = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/shop/shop.api");
    wall(in_shop(ctl, &dir).args(["api", "go", "-dir", ".", "-api"]).arg(api));

    let goctl = std::env::var_os("CTL_GOCTL")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/goctl"), PathBuf::from)
        .canonicalize();
    println!("docker and kube in the shop, medians of the wall time, milliseconds");
    let rows: [(&str, &[&str]); 4] = [("--version", &["--version"]), ("docker", DOCKER), ("kube deploy", DEPLOY), ("kube job", JOB)];
    // In turn, so that what else the machine does meets all of them.
    let mut times = rows.map(|_| Vec::new());
    for _ in 0..100 {
        for (times, (_, arguments)) in times.iter_mut().zip(rows) {
            times.push(made(ctl, &dir, arguments));
        }
    }
    let medians = times.map(median);
    for ((name, _), time) in rows.iter().zip(medians) {
        let above =
            if *name == "--version" { String::new() } else { format!("  above the start: {:.2} (wanted: at most 3)", time - medians[0]) };
        println!("  ctl {name:<16} {time:.2}{above}");
    }

    let Ok(goctl) = goctl else {
        println!("  no goctl (`make tools` builds it): its rows are left out");
        return;
    };
    for (at, (name, arguments)) in rows.iter().enumerate().skip(1).take(2) {
        let theirs = median((0..7).map(|_| made(&goctl, &dir, arguments)).collect());
        println!("  goctl {name:<14} {theirs:.2}  goctl to ctl: {:.1}", theirs / medians[at]);
    }
    let _ = fs::remove_dir_all(&dir);
}

/// A run that makes its files anew, in milliseconds.
fn made(program: &Path, dir: &Path, arguments: &[&str]) -> f64 {
    MADE.iter().for_each(|name| drop(fs::remove_file(dir.join(name))));
    wall(in_shop(program, dir).args(arguments)) * 1e3
}

fn in_shop(program: &Path, dir: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(dir).env("HOME", dir);
    command
}
