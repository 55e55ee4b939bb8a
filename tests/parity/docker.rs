//! The command lines of `docker`, in the projects of `tests/parity/docker`.

use std::fs;
use std::path::Path;

use crate::both::{Home, Job, Module, laid_over};
use crate::support::machine::{file_name, folders, package, words};

/// The jobs, in the row: under goctl's own template, and under one that shows all that goctl's templates know.
pub(crate) fn jobs(row: usize, home: &Home, temp: &Path) -> Vec<Job> {
    let fields = laid_over(&home.theirs, &package().join("tests/parity/docker_homes/fields"), &temp.join("docker_fields"));
    let mut jobs = Vec::new();
    for folder in folders(&package().join("tests/parity/docker")) {
        let lines = fs::read_to_string(folder.join("args")).unwrap();
        for (number, line) in lines.lines().enumerate() {
            for (kind, home) in [("", home), ("fields:", &fields)] {
                let add = |module: Module| Job {
                    row,
                    name: format!("{kind}docker/{}/{number}", file_name(&folder)),
                    inputs: Some(folder.clone()),
                    module,
                    args: words(line),
                    home: home.clone(),
                };
                jobs.push(add(Module::Here));
                // Below its module goctl takes the working directory for the module's own.
                if line.contains("-go") {
                    jobs.push(add(Module::Above));
                }
            }
        }
    }
    jobs
}
