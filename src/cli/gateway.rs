//! `ctl gateway`: the arguments and one call into the library.

use clap::Args;

use super::flags::{Output, ProtoReading, TemplateHome};
use super::run::{finish, root, surroundings};
use super::{Console, Exit, Usage};
use crate::diagnostic::Report;
use crate::gateway::{self, Options};
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
    /// How they are read.
    #[command(flatten)]
    pub reading: ProtoReading,
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
            proto: self.reading.options(),
            templates: self.home.places(),
            surroundings: surroundings(),
        };
        let root = root(&self.dir, &sources);
        let files = gateway::generate(&root, &options, &mut sources, &mut report);
        Ok(finish(files.map(|files| (vec![root], files)), &self.output, &sources, &report, console))
    }
}
