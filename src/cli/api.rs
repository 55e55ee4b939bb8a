//! `ctl api …`: the arguments and what is required of them. The work is the library's.

use std::path::Path;

use clap::{Args, Subcommand};

use super::api_format::Format;
use super::flags::{Generation, Reporting, TemplateHome};
use super::run::{finish, required, root, surroundings};
use super::sample::Sample;
use super::{Console, Exit, Usage};
use crate::api_dsl::{self, go};
use crate::compat::Compat;
use crate::diagnostic::{Report, Severity};
use crate::render::{Failure, Made};
use crate::source::Sources;

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

/// `ctl api go`.
#[derive(Debug, Args)]
pub(super) struct Go {
    /// The .api file of the service
    #[arg(long, value_name = "FILE", default_value = "", hide_default_value = true)]
    pub api: String,
    /// The directory of the service; made if it does not exist
    #[arg(long, value_name = "DIR", default_value = "", hide_default_value = true)]
    pub dir: String,
    /// Write tests for handlers, logic and service context too
    #[arg(long)]
    pub test: bool,
    /// Write one types file per group instead of one for all
    #[arg(long)]
    pub type_group: bool,
    /// What all Go is made with.
    #[command(flatten)]
    pub generation: Generation,
}

/// `ctl api new`.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The name of the service, and of its directory
    #[arg(value_name = "NAME", required = true)]
    pub name: String,
    /// The module of the new go.mod; the directory's name if not given
    #[arg(long, value_name = "PATH", default_value = "", hide_default_value = true)]
    pub module: String,
    /// What all Go is made with.
    #[command(flatten)]
    pub generation: Generation,
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
            None => self.sample.run(&["api"], sample, console),
            Some(Command::Go(args)) => {
                console.set(args.generation.output.reporting.manner());
                let path = ["api", "go"];
                required(&path, "-api", &args.api)?;
                required(&path, "-dir", &args.dir)?;
                Ok(run_go(args, args.generation.compat.value(&path)?, console))
            }
            Some(Command::New(args)) => {
                console.set(args.generation.output.reporting.manner());
                required(&["api", "new"], "NAME", &args.name)?;
                Ok(run_new(args, args.generation.compat.value(&["api", "new"])?, console))
            }
            Some(Command::Format(args)) => {
                console.set(args.reporting.manner());
                if !args.stdin {
                    required(&["api", "format"], "-dir", &args.dir)?;
                }
                Ok(args.run(console))
            }
            Some(Command::Validate(args)) => {
                console.set(args.reporting.manner());
                required(&["api", "validate"], "-api", &args.api)?;
                Ok(run_validate(args, console))
            }
        }
    }
}

fn run_go(args: &Go, compat: Compat, console: &mut Console) -> Exit {
    let (mut sources, mut report) = (Sources::default(), Report::new());
    let options = go::Options { type_group: args.type_group, tests: args.test, ..options(&args.generation, compat) };
    let root = root(&args.dir, &sources);
    let generated = go::generate(Path::new(&args.api), root, &options, &mut sources, &mut report);
    let made = generated.map(|made| (vec![made.root], made.files));
    finish(made, &args.generation.output, &sources, &report, console)
}

fn run_new(args: &New, compat: Compat, console: &mut Console) -> Exit {
    let (mut sources, mut report) = (Sources::default(), Report::new());
    let module = Some(args.module.clone()).filter(|module| !module.is_empty());
    let options = go::Options { module, ..options(&args.generation, compat) };
    let root = root(&args.name, &sources);
    let generated = go::new_service(root, &options, &mut sources, &mut report);
    let made = generated.map(|made| (vec![made.root], made.files));
    finish(made, &args.generation.output, &sources, &report, console)
}

fn options(generation: &Generation, compat: Compat) -> go::Options {
    let (style, templates) = (generation.style.clone(), generation.home.places());
    go::Options { style, compat, templates, surroundings: surroundings(), ..go::Options::default() }
}

/// The sample of an API, with what git knows of its author.
fn sample(file: &str, home: &TemplateHome, sources: &mut Sources, report: &mut Report) -> Result<Made, Failure> {
    let (name, email) = (git_config("user.name"), git_config("user.email"));
    go::sample(file, [&name, &email], &home.places(), sources, report)
}

/// A value of the user's git configuration; empty where there is none, or no git (decisions, Files: the one exception to
/// "same input, same bytes").
fn git_config(key: &str) -> String {
    let output = std::process::Command::new("git").args(["config", key]).output();
    output.map_or(String::new(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn run_validate(args: &Validate, console: &mut Console) -> Exit {
    let (mut sources, mut report) = (Sources::default(), Report::new());
    let files = api_dsl::import::load(Path::new(&args.api), &mut sources, &mut report);
    if let Some(spec) = api_dsl::check::check(&files, &mut report) {
        go::check_names(&spec, &mut report);
    }
    console.report(&report, &sources);
    let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
    if console.manner().json {
        console.line(&serde_json::json!({"kind": "summary", "errors": errors, "warnings": warnings}));
    } else if errors == 0 {
        console.result("api format ok\n");
    }
    if errors == 0 { Exit::Done } else { Exit::Wrong }
}
