//! The example as it stands in git: what `examples/shop/generate.sh` makes, byte for byte.

// Tests start processes and build and inspect real folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use support::machine::{need_plugins, package, tree, work_dir};
use support::shop;

#[test]
fn the_example_is_what_its_script_makes() {
    if !need_plugins() {
        return;
    }
    let dir = work_dir("shop");
    shop::generate(&dir);
    let kept = |dir: &std::path::Path| {
        let mut all = tree(dir);
        all.retain(|path, _| path == ".dockerignore" || path.starts_with("deploy/"));
        all
    };
    let (made, standing) = (kept(&dir), kept(&package().join("examples/shop")));
    let names = |all: &std::collections::BTreeMap<String, Vec<u8>>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&made), names(&standing), "run examples/shop/generate.sh");
    for (path, bytes) in &made {
        assert!(standing[path] == *bytes, "{path} is another now; run examples/shop/generate.sh, and read what changed");
    }

    // Again, over what stands there: nothing changes.
    let before = tree(&dir);
    shop::generate(&dir);
    assert!(tree(&dir) == before, "a second run changes something");
}
