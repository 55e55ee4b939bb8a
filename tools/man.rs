//! `make man`: a page for every command, made from the tree of commands, into `target/man/`.

// Pages are no work of ctl's own.
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::io;
use std::path::Path;

use clap_mangen::Man;

fn main() -> io::Result<()> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/man");
    if dir.exists() {
        fs::remove_dir_all(&dir)?;
    }
    fs::create_dir_all(&dir)?;
    write_pages(&dir)
}

/// Writes the pages into a folder.
pub fn write_pages(dir: &Path) -> io::Result<()> {
    let mut root = ctl::cli::tree();
    // Building gives the commands below their full names.
    root.build();
    write_page(&root, dir)
}

fn write_page(command: &clap::Command, dir: &Path) -> io::Result<()> {
    let page = Man::new(command.clone()).source(concat!("ctl ", env!("CARGO_PKG_VERSION"))).manual("ctl");
    page.generate_to(dir)?;
    command.get_subcommands().filter(|below| !below.is_hide_set()).try_for_each(|below| write_page(below, dir))
}
