//! The example as it stands in git: what `examples/shop/generate.sh` makes, byte for byte.

// Tests start processes and build and inspect real folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use support::machine::{need_plugins, package, tree, work_dir};
use support::{difference, shop};

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
    assert_eq!(names(&made), names(&standing), "`make example` makes them");
    for (path, bytes) in &made {
        let [made, standing] = [bytes, &standing[path]].map(|bytes| String::from_utf8_lossy(bytes));
        assert!(made == standing, "{path} (`make example` makes it anew): {}", difference(&standing, &made));
    }

    // Again, over what stands there: nothing changes.
    let before = tree(&dir);
    shop::generate(&dir);
    assert!(tree(&dir) == before, "a second run changes something");
}
