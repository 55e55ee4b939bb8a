//! `ctl api …`: the arguments and what is required of them. The work is the library's.

use clap::{Args, Subcommand};

use super::flags::{Output, Preview, Reporting, TemplateHome};
use super::{Console, Exit, Usage};

/// `ctl api`.
#[derive(Debug, Args)]
#[command(override_usage = "ctl api <COMMAND>\n       ctl api -o FILE", disable_help_subcommand = true)]
pub(super) struct Api {
    /// The command below it.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Without a command.
    #[command(flatten)]
    pub sample: Sample,
}

/// The commands below `ctl api`.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Generate a Go service from an .api file: routes, handlers, logic, types, service context
    #[command(override_usage = "ctl api go --api FILE --dir DIR [flags]")]
    Go(Go),
    /// Create a new service that builds and runs: one route, its handler and its logic
    #[command(override_usage = "ctl api new NAME [flags]")]
    New(New),
    /// Format .api files in place, or standard input to standard output
    #[command(override_usage = "ctl api format --dir DIR [flags]\n       ctl api format --stdin")]
    Format(Format),
    /// Check an .api file: syntax, types, routes, imports
    #[command(override_usage = "ctl api validate --api FILE [flags]")]
    Validate(Validate),
}

/// `ctl api -o FILE`.
#[derive(Debug, Args)]
pub(super) struct Sample {
    /// Write a sample .api file here
    #[arg(long = "o", value_name = "FILE", default_value = "", hide_default_value = true)]
    pub o: String,
    /// Where templates come from.
    #[command(flatten)]
    pub home: TemplateHome,
    /// How to write and report.
    #[command(flatten)]
    pub output: Output,
}

/// `ctl api go`.
#[derive(Debug, Args)]
pub(super) struct Go {
    /// The .api file of the service
    #[arg(long, value_name = "FILE", default_value = "", hide_default_value = true)]
    pub api: String,
    /// The directory of the service; made if it does not exist
    #[arg(long, value_name = "DIR", default_value = "", hide_default_value = true)]
    pub dir: String,
    /// How file names are spelled: gozero, goZero, go_zero, go-zero …
    #[arg(long, value_name = "STYLE", default_value = "gozero")]
    pub style: String,
    /// Write tests for handlers, logic and service context too
    #[arg(long)]
    pub test: bool,
    /// Write one types file per group instead of one for all
    #[arg(long)]
    pub type_group: bool,
    /// Where templates come from.
    #[command(flatten)]
    pub home: TemplateHome,
    /// How to write and report.
    #[command(flatten)]
    pub output: Output,
}

/// `ctl api new`.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The name of the service, and of its directory
    #[arg(value_name = "NAME", required = true)]
    pub name: String,
    /// How file names are spelled: gozero, goZero, go_zero, go-zero …
    #[arg(long, value_name = "STYLE", default_value = "gozero")]
    pub style: String,
    /// The module of the new go.mod; the directory's name if not given
    #[arg(long, value_name = "PATH", default_value = "", hide_default_value = true)]
    pub module: String,
    /// Where templates come from.
    #[command(flatten)]
    pub home: TemplateHome,
    /// How to write and report.
    #[command(flatten)]
    pub output: Output,
}

/// `ctl api format`.
#[derive(Debug, Args)]
pub(super) struct Format {
    /// The directory whose .api files are formatted, with all below it; or one file
    #[arg(long, value_name = "DIR", default_value = "", hide_default_value = true)]
    pub dir: String,
    /// Format standard input to standard output
    #[arg(long)]
    pub stdin: bool,
    /// Accepted for old scripts; has no effect
    #[arg(long)]
    pub declare: bool,
    /// Accepted for old scripts; has no effect
    #[arg(long)]
    pub iu: bool,
    /// Ways to write nothing.
    #[command(flatten)]
    pub preview: Preview,
    /// How to report.
    #[command(flatten)]
    pub reporting: Reporting,
}

/// `ctl api validate`.
#[derive(Debug, Args)]
pub(super) struct Validate {
    /// The .api file to check
    #[arg(long, value_name = "FILE", default_value = "", hide_default_value = true)]
    pub api: String,
    /// How to report.
    #[command(flatten)]
    pub reporting: Reporting,
}

impl Api {
    /// Runs the command that was asked for.
    ///
    /// # Errors
    ///
    /// [`Usage`] when something required is missing.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        match &self.command {
            None => {
                console.set(self.sample.output.reporting.manner());
                available(&["api"], &self.sample.home)?;
                required(&["api"], "-o", &self.sample.o)?;
                Ok(run_sample(&self.sample, console))
            }
            Some(Command::Go(args)) => {
                console.set(args.output.reporting.manner());
                let path = ["api", "go"];
                available(&path, &args.home)?;
                required(&path, "-api", &args.api)?;
                required(&path, "-dir", &args.dir)?;
                Ok(run_go(args, console))
            }
            Some(Command::New(args)) => {
                console.set(args.output.reporting.manner());
                available(&["api", "new"], &args.home)?;
                required(&["api", "new"], "NAME", &args.name)?;
                Ok(run_new(args, console))
            }
            Some(Command::Format(args)) => {
                console.set(args.reporting.manner());
                if !args.stdin {
                    required(&["api", "format"], "-dir", &args.dir)?;
                }
                Ok(run_format(args, console))
            }
            Some(Command::Validate(args)) => {
                console.set(args.reporting.manner());
                required(&["api", "validate"], "-api", &args.api)?;
                Ok(run_validate(args, console))
            }
        }
    }
}

/// An empty value counts as none, as in goctl.
fn required(path: &[&str], name: &str, value: &str) -> Result<(), Usage> {
    if value.is_empty() { Err(Usage::new(path, format!("missing {name}"))) } else { Ok(()) }
}

/// Template homes come later; a flag is refused rather than ignored.
fn available(path: &[&str], home: &TemplateHome) -> Result<(), Usage> {
    match home.given() {
        Some(flag) => {
            let message = format!("ctl {}: {flag} is not available yet", path.join(" "));
            Err(Usage::refusal(path, message, "leave it out to use the built-in templates, or use goctl for templates of your own".to_owned()))
        }
        None => Ok(()),
    }
}

fn run_sample(_: &Sample, console: &mut Console) -> Exit {
    unlinked("ctl api -o", console)
}

fn run_go(_: &Go, console: &mut Console) -> Exit {
    unlinked("ctl api go", console)
}

fn run_new(_: &New, console: &mut Console) -> Exit {
    unlinked("ctl api new", console)
}

fn run_format(_: &Format, console: &mut Console) -> Exit {
    unlinked("ctl api format", console)
}

fn run_validate(_: &Validate, console: &mut Console) -> Exit {
    unlinked("ctl api validate", console)
}

fn unlinked(command: &str, console: &mut Console) -> Exit {
    console.error(&format!("internal error: the generator of `{command}` is not linked"));
    Exit::Unable
}
