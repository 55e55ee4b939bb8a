//! The `ctl` binary: run, report, exit code; nothing else.

use std::process::ExitCode;

use ctl::cli::{self, Console};

fn main() -> ExitCode {
    let mut console = Console::standard();
    let exit = cli::run(std::env::args_os(), &mut console);
    console.finish(exit).into()
}
