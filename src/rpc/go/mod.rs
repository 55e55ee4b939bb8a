//! From a checked `.proto` to Go services of go-zero's zRPC.
//!
//! In: an [`RpcSpec`](super::spec::RpcSpec) and the Go packages of its files. Out: main, configuration, service context,
//! and for each service its logic, its server and its client (contract: rpc 6, 8).

mod client;
mod generate;
mod imports;
mod names;
mod plan;
mod sample;
#[cfg(test)]
mod tests;
mod view;
pub mod wiring;
pub(crate) mod words;

pub use generate::generate;
pub use sample::sample_proto;
pub(crate) use sample::samples;

use crate::compat::Compat;
use crate::golang::module::Module;
use crate::naming::Style;
use crate::render::home::Places;

/// How services are made.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `--style`; empty for `gozero`.
    pub style: String,
    /// `--multiple`: a group of files for each service.
    pub multiple: bool,
    /// `--client`
    pub client: bool,
    /// `--name-from-filename`: main and the configuration are named after the file, not after the proto package.
    pub name_from_filename: bool,
    /// `--compat`
    pub compat: Compat,
    /// Where templates may come from.
    pub templates: Places,
}

/// The project that services are part of, and how it wants them.
#[derive(Debug)]
pub(crate) struct Project<'a> {
    /// Where its packages are.
    module: &'a Module,
    /// How files are named.
    style: Style,
    /// The output directory as typed.
    shown: String,
    /// All else.
    options: &'a Options,
}

impl Project<'_> {
    /// The import path of a directory below the root.
    fn path(&self, dir: &str) -> String {
        format!("{}/{dir}", self.module.import_root)
    }
}
