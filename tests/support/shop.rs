//! `examples/shop`, made by its own script.

#![allow(dead_code, unreachable_pub, missing_docs, clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;
use std::process::Command;

use super::machine::{Temp, copy_shop, ctl, package, path, run};

/// Runs the script on the sources in a folder. Needs the plugins.
pub fn generate(dir: &Path) {
    copy_shop(dir);
    let home = Temp::new();
    // The very binary, and the environment that cases have, for a script.
    let bare = ctl(dir, home.path());
    let programs = Path::new(bare.get_program()).parent().unwrap().to_owned();
    let all = std::iter::once(programs).chain(std::env::split_paths(&path()).collect::<Vec<_>>());
    let mut command = Command::new("sh");
    command.env_clear().envs(bare.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(dir).env("PATH", std::env::join_paths(all).unwrap()).arg("generate.sh");
    let ran = run(&mut command, b"");
    assert_eq!(ran.code, 0, "generate.sh\n{}{}", ran.out, ran.err);
}

/// Gives its module the versions that the tests have for go-zero and the rest: what `go mod tidy` would find, without asking.
pub fn require(dir: &Path) {
    let versions = fs::read_to_string(package().join("tests/golang/go.mod")).unwrap();
    let own = fs::read_to_string(dir.join("go.mod")).unwrap();
    fs::write(dir.join("go.mod"), own + "\n" + &versions[versions.find("require").unwrap()..]).unwrap();
    fs::copy(package().join("tests/golang/go.sum"), dir.join("go.sum")).unwrap();
}
