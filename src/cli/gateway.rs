//! `ctl gateway`: the arguments and one call into the library.

use clap::Args;

use super::api::{failed, root, surroundings, write_files};
use super::flags::{Output, TemplateHome};
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
        let options = Options { templates: self.home.places(), surroundings: surroundings() };
        let root = root(&self.dir, &sources);
        let files = gateway::generate(&root, None, &options, &mut sources, &mut report);
        console.report(&report, &sources);
        Ok(match files {
            Ok(files) => write_files(&[root], &files, self.output.options(), console),
            Err(failure) => failed(&failure, console),
        })
    }
}
