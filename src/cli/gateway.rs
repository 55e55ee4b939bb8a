//! `ctl gateway`: the arguments and one call into the library.

use clap::Args;

use super::api::{failed, root, surroundings, write_files};
use super::flags::{Output, TemplateHome};
use super::{Console, Exit, Usage};
use crate::diagnostic::Report;
use crate::gateway::{self, Options};
use crate::rpc::compile;
use crate::source::Sources;

/// `ctl gateway`.
#[derive(Debug, Args)]
pub(super) struct Gateway {
    /// The directory of the gateway; made if it does not exist
    #[arg(long, value_name = "DIR", default_value = "", hide_default_value = true)]
    pub dir: String,
    /// A .proto file of a service behind the gateway; several with commas, or with one flag each
    #[arg(long, value_name = "FILE")]
    pub proto: Vec<String>,
    /// Where imports are looked for; several with one flag each
    #[arg(short = 'I', long = "proto_path", value_name = "DIR")]
    pub proto_path: Vec<String>,
    /// Use this protoc to read the files; ctl needs none but for `edition = …`
    #[arg(long, value_name = "FILE")]
    pub protoc: Option<std::path::PathBuf>,
    /// Further files, where the shell spells out `--proto *.proto`; ignored without `--proto`, as in goctl
    #[arg(value_name = "FILE", hide = true)]
    pub further: Vec<String>,
    /// Where templates come from.
    #[command(flatten)]
    pub home: TemplateHome,
    /// How to write and report.
    #[command(flatten)]
    pub output: Output,
}

impl Gateway {
    /// Runs the command.
    ///
    /// # Errors
    ///
    /// [`Usage`] where no directory is named.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        console.set(self.output.reporting.manner());
        if self.dir.is_empty() {
            return Err(Usage::new(&["gateway"], "missing -dir".to_owned()));
        }
        let (mut sources, mut report) = (Sources::default(), Report::new());
        let further = if self.proto.is_empty() { &[] } else { self.further.as_slice() };
        let options = Options {
            protos: self.proto.iter().chain(further).cloned().collect(),
            proto: compile::Options { proto_paths: self.proto_path.clone(), protoc: self.protoc.clone() },
            templates: self.home.places(),
            surroundings: surroundings(),
        };
        let root = root(&self.dir, &sources);
        let files = gateway::generate(&root, &options, &mut sources, &mut report);
        console.report(&report, &sources);
        Ok(match files {
            Ok(files) => write_files(&[root], &files, self.output.options(), console),
            Err(failure) => failed(&failure, console),
        })
    }
}
