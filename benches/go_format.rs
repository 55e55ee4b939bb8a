//! How fast the formatter is on Go's own sources, beside gofmt on one processor.

// A bench reads real folders, runs a real tool and reports to the terminal.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

fn main() {
    let Ok(root) = Command::new("go").args(["env", "GOROOT"]).output() else {
        println!("skipped: no go on the path");
        return;
    };
    let root = PathBuf::from(String::from_utf8_lossy(&root.stdout).trim());
    let mut paths = Vec::new();
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "testdata") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|e| e == "go") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let sources: Vec<String> = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    let bytes: usize = sources.iter().map(String::len).sum();
    let megabytes = bytes as f64 / 1e6;

    let mut best = f64::INFINITY;
    for _ in 0..3 {
        let start = Instant::now();
        let written: usize = sources.iter().map(|s| ctl::golang::format::format(s).map_or(0, |out| out.len())).sum();
        assert!(written > 0);
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("format: {} files, {megabytes:.1} MB in {best:.2} s, {:.1} MB/s", sources.len(), megabytes / best);

    let start = Instant::now();
    for part in paths.chunks(1000) {
        let run = Command::new(root.join("bin/gofmt")).env("GOMAXPROCS", "1").arg("-l").args(part).output();
        if run.is_err() {
            println!("skipped: no gofmt");
            return;
        }
    }
    let theirs = start.elapsed().as_secs_f64();
    println!("gofmt -l: {theirs:.2} s, {:.1} MB/s; ratio {:.1}", megabytes / theirs, theirs / best);
}
