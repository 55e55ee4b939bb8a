//! The Go package of each `.proto` file: its import path, its name, its directory.

use std::path::PathBuf;

/// The Go package that the messages of a `.proto` file are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoPackage {
    /// What Go code imports it by.
    pub path: String,
    /// What its package clause says.
    pub name: String,
    /// The absolute directory its `pb.go` is written to; `None` where another module has it.
    pub dir: Option<PathBuf>,
}
