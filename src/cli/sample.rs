//! `ctl api -o FILE` and `ctl rpc -o FILE`: a first file to start from.

use clap::Args;

use super::flags::{Output, TemplateHome};
use super::run::{failed, print, required, target, write_files};
use super::{Console, Exit, Usage};
use crate::diagnostic::Report;
use crate::plan::{Destination, Ownership, RenderedFile, RootId};
use crate::render::{Failure, Made};
use crate::source::Sources;

/// The flags of a command that writes a sample.
#[derive(Debug, Args)]
pub(super) struct Sample {
    /// Write a sample file here; `-` is standard output
    #[arg(long = "o", value_name = "FILE", default_value = "", hide_default_value = true)]
    pub o: String,
    /// Where templates come from.
    #[command(flatten)]
    pub home: TemplateHome,
    /// How to write and report.
    #[command(flatten)]
    pub output: Output,
}

/// Makes the sample for a file of that name.
type Maker = fn(&str, &TemplateHome, &mut Sources, &mut Report) -> Result<Made, Failure>;

impl Sample {
    /// Writes what `make` makes, for the command at `path`.
    ///
    /// # Errors
    ///
    /// [`Usage`] where no file is named.
    pub(super) fn run(&self, path: &[&str], make: Maker, console: &mut Console) -> Result<Exit, Usage> {
        console.set(self.output.reporting.manner());
        required(path, "-o", &self.o)?;
        let (mut sources, mut report) = (Sources::default(), Report::new());
        let sample = make(&self.o, &self.home, &mut sources, &mut report);
        console.report(&report, &sources);
        Ok(match sample {
            Ok(made) => self.write(made, &sources, console),
            Err(failure) => failed(&failure, console),
        })
    }

    fn write(&self, made: Made, sources: &Sources, console: &mut Console) -> Exit {
        let (root, name) = match target(&self.o, sources) {
            Ok(Destination::Printed) => return print(&made.text, &self.output, console),
            Ok(Destination::File(root, name)) => (root, name),
            Err(message) => {
                console.error(&message);
                return Exit::Wrong;
            }
        };
        let Made { text, template, .. } = made;
        let file = RenderedFile { root: RootId(0), path: name, owner: Ownership::Target, body: text.into(), template };
        write_files(&[root], &[file], self.output.options(), console)
    }
}
