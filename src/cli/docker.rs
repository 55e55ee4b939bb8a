//! `ctl docker`: the arguments and one call into the library.

use clap::Args;

use super::flags::{Compatibility, Output, TemplateHome};
use super::run::{destination, failed, print, shell_word, surroundings, unread, write_files};
use super::{Console, Exit, Usage};
use crate::diagnostic::Report;
use crate::docker::{self, Build, Options};
use crate::plan::Destination;
use crate::source::Sources;
use crate::write::Mode;

/// `ctl docker`.
#[derive(Debug, Args)]
pub(super) struct Docker {
    /// The file with `func main`, or the directory of the program; the working directory if not given
    #[arg(long, value_name = "FILE", default_value = "", hide_default_value = true)]
    pub go: String,
    /// Where to write the Dockerfile; `-` is standard output
    #[arg(long = "o", value_name = "FILE", default_value = "Dockerfile")]
    pub o: String,
    /// What the program is called in the image; else like its file
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub exe: String,
    /// The image to put it upon: scratch, alpine, distroless or any other
    #[arg(long, value_name = "IMAGE", default_value = "scratch")]
    pub base: String,
    /// The port to expose; else the one in the configuration
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub port: Option<i64>,
    /// The time zone that the image has, such as Europe/Berlin; none if not given
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<String>,
    /// The version of Go to build with; else the one go.mod asks for
    #[arg(long, value_name = "VERSION", default_value = "", hide_default_value = true)]
    pub version: String,
    /// Whose output to match.
    #[command(flatten)]
    pub compat: Compatibility,
    /// Where templates come from.
    #[command(flatten)]
    pub home: TemplateHome,
    /// How to write and report.
    #[command(flatten)]
    pub output: Output,
    /// What nothing reads.
    #[arg(hide = true)]
    pub words: Vec<String>,
}

impl Docker {
    /// Runs the command.
    ///
    /// # Errors
    ///
    /// [`Usage`] where the environment names a tool that cannot be matched.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        console.set(self.output.reporting.manner());
        let (mut sources, mut report) = (Sources::default(), Report::new());
        unread(&self.words, true, "force", "`--go` names the program", &mut report);
        let output = destination(&self.o, &sources, &mut report);
        let options = Options {
            go: self.go.clone(),
            exe: self.exe.clone(),
            base: self.base.clone(),
            port: self.port,
            tz: self.tz.clone(),
            version: self.version.clone(),
            output,
            compat: self.compat.value(&["docker"])?,
            templates: self.home.places(),
            surroundings: surroundings(),
        };
        let made = docker::generate(&options, &mut sources, &mut report);
        console.report(&report, &sources);
        let made = match made {
            Ok(made) => made,
            Err(failure) => return Ok(failed(&failure, console)),
        };
        if options.output == Destination::Printed {
            return Ok(print(made.files.first().map_or("", |file| file.body.text()), &self.output, console));
        }
        let exit = write_files(&made.roots, &made.files, self.output.options(), console);
        if exit == Exit::Done && self.output.options().mode == Mode::Write {
            console.hint(&format!("next: {}", command(&made.next)));
        }
        Ok(exit)
    }
}

/// The line that builds the image, as a shell reads it.
fn command(build: &Build) -> String {
    let dir = if build.context == "." { String::new() } else { format!("cd {} && ", shell_word(&build.context)) };
    let file = if build.file == "Dockerfile" { String::new() } else { format!("-f {} ", shell_word(&build.file)) };
    format!("{dir}docker build {file}-t {} .", build.image)
}
