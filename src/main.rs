//! The `ctl` binary: run, report, exit code; nothing else.

fn main() {}
