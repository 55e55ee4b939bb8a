//! The command lines of `model mysql ddl`, over tables that goctl takes.

use std::path::Path;

use crate::both::{Home, Job, Module, laid_over};
use crate::support::machine::{file_name, files, folders, package};

/// The jobs: without and with a cache in row `first` and the next, homes with fragments of a team's own in the one behind.
pub(crate) fn jobs(first: usize, home: &Home, temp: &Path) -> Vec<Job> {
    const STYLES: [&[&str]; 3] = [&["--style", "gozero"], &["--style", "goZero"], &["--style", "go_zero"]];
    const FLAGS: [&[&str]; 6] = [
        &["-i", ""],
        &["-i", "a1,name,created_at", "--ignore-columns", "remark"],
        &["-p", "my_app:v1"],
        &["--strict"],
        &["--database", "1my_db"],
        &["-p", "svc", "--database", "mall_db", "--idea"],
    ];
    let tables = package().join("tests/parity/models");
    let mut jobs = Vec::new();
    for path in files(&tables, ".sql") {
        let file = file_name(&path);
        let mut add = |row: usize, name: String, home: &Home, flags: &[&[&str]]| {
            let base = ["model", "mysql", "ddl", "-src", &format!("IN/{file}"), "-dir", "."].map(str::to_owned);
            let args = base.into_iter().chain(flags.concat().into_iter().map(str::to_owned)).collect();
            jobs.push(Job { row, name, inputs: Some(tables.clone()), module: Module::Here, args, home: home.clone() });
        };
        for flags in STYLES.iter().chain(&FLAGS) {
            add(first, format!("model/{file}"), home, &[flags]);
            add(first + 1, format!("model/{file}"), home, &[flags, &["-c"]]);
        }
        for folder in folders(&package().join("tests/parity/model_homes")) {
            let name = file_name(&folder);
            let made = temp.join(&name).join(&file);
            let home = laid_over(&home.theirs, &folder, &made);
            add(first + 2, format!("{name}:model/{file}"), &home, &[]);
            add(first + 2, format!("{name}:model/{file}"), &home, &[&["-c"]]);
        }
    }
    jobs
}
