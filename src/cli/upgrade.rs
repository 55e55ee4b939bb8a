//! `ctl upgrade`: how ctl is updated. It installs nothing (decisions, Picks).

use super::{Console, Exit, version};

/// Says so, on standard output.
pub(super) fn run(console: &mut Console) -> Exit {
    console.result(&format!(
        "{}

ctl does not replace itself. In a clone of its repository (Rust {} or later):

    git pull
    cargo install --locked --path .
",
        version(),
        env!("CARGO_PKG_RUST_VERSION")
    ));
    Exit::Done
}
