//! The defaults of `goctl.yaml` against goctl's own.

// Tests run real tools on real folders.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;
use std::process::Command;

use ctl::model::types_map;
use support::machine::{Temp, need, need_goctl, run};

#[test]
fn the_defaults_are_goctl_s() {
    let (true, Some(goctl)) = (need("go"), need_goctl()) else { return };
    let temp = Temp::new();
    fs::write(temp.path().join("go.mod"), "module shop\n\ngo 1.25.0\n").unwrap();
    let ran = run(Command::new(goctl).current_dir(temp.path()).args(["config", "init"]).env("HOME", temp.path()), b"");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = fs::read_to_string(temp.path().join(types_map::FILE)).unwrap();
    assert!(types_map::is_default(&text), "{text}");
    assert!(types_map::is_default(&types_map::new_config()));
    assert!(!types_map::is_default(&text.replace("float64", "string")));
}
