//! Models of MongoDB at work: a Go program made of them, on a server that speaks MongoDB's protocol and on Redis.

// Tests start servers and build and run real programs.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;

use support::machine::{Go, Temp, copy, ctl, need, package, run};
use support::servers;

#[test]
fn documents_are_written_and_read_and_never_stale() {
    let (true, Some(mongodb), Some(redis)) = (need("go"), servers::mongodb(), servers::redis()) else { return };
    let go = Go::module("mongo-models");
    copy(&package().join("tests/mongo_models"), &go.dir);
    let home = Temp::new();
    for (dir, flags) in [("plain", &["-e"][..]), ("cached", &["-c", "-p", "shop"])] {
        let mut command = ctl(&go.dir, home.path());
        let ran = run(command.args(["model", "mongo", "-t", "User", "-d", dir]).args(flags), b"");
        assert_eq!(ran.code, 0, "{}", ran.err);
        // A user's field, where the scaffold asks for it.
        let path = go.dir.join(dir).join("usertypes.go");
        let text = fs::read_to_string(&path).unwrap();
        let with_field = text.replace("// TODO: add your fields.", "Name string `bson:\"name\" json:\"name\"`");
        assert_ne!(text, with_field);
        fs::write(&path, with_field).unwrap();
    }
    go.passes(&["vet", "./..."]);
    let mut command = go.command(&["test", "-count=1", "-v", "./..."]);
    let ran = run(command.env("MONGODB", &mongodb.address).env("REDIS", &redis.address), b"");
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    for test in ["TestPlain", "TestCached", "TestOrders"] {
        assert!(ran.out.contains(&format!("--- PASS: {test}")), "{}", ran.out);
    }
}
