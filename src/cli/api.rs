//! `ctl api …`: the arguments and what is required of them. The work is the library's.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::api_format::Format;
use super::flags::{Generation, Output, Reporting, TemplateHome};
use super::sample::Sample;
use super::{Console, Exit, Usage};
use crate::api_dsl::{self, go};
use crate::compat::Compat;
use crate::diagnostic::{Report, Severity};
use crate::golang::enclosing::Surroundings;
use crate::plan::{RenderedFile, Root};
use crate::render::{Failure, Made};
use crate::source::Sources;
use crate::write;

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

/// An empty value counts as none, as in goctl.
pub(super) fn required(path: &[&str], name: &str, value: &str) -> Result<(), Usage> {
    if value.is_empty() { Err(Usage::new(path, format!("missing {name}"))) } else { Ok(()) }
}

fn run_go(args: &Go, compat: Compat, console: &mut Console) -> Exit {
    let (mut sources, mut report) = (Sources::default(), Report::new());
    let options = go::Options { type_group: args.type_group, tests: args.test, ..options(&args.generation, compat) };
    let root = root(&args.dir, &sources);
    let generated = go::generate(Path::new(&args.api), root, &options, &mut sources, &mut report);
    write_service(generated, &args.generation.output, &sources, &report, console)
}

fn run_new(args: &New, compat: Compat, console: &mut Console) -> Exit {
    let (mut sources, mut report) = (Sources::default(), Report::new());
    let module = Some(args.module.clone()).filter(|module| !module.is_empty());
    let options = go::Options { module, ..options(&args.generation, compat) };
    let root = root(&args.name, &sources);
    let generated = go::new_service(root, &options, &mut sources, &mut report);
    write_service(generated, &args.generation.output, &sources, &report, console)
}

fn options(generation: &Generation, compat: Compat) -> go::Options {
    let (style, templates) = (generation.style.clone(), generation.home.places());
    go::Options { style, compat, templates, surroundings: surroundings(), ..go::Options::default() }
}

/// What this process was told of Go's modules.
pub(super) fn surroundings() -> Surroundings {
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join("go"));
    let gopath = std::env::var_os("GOPATH").filter(|path| !path.is_empty()).map(PathBuf::from).or_else(home);
    Surroundings { gopath, gowork: std::env::var("GOWORK").ok() }
}

/// The directory that the user gave.
pub(super) fn root(dir: &str, sources: &Sources) -> Root {
    Root { dir: sources.disk().resolve(Path::new(dir)), shown: dir.to_owned() }
}

fn write_service(
    generated: Result<go::Generated, Failure>,
    output: &Output,
    sources: &Sources,
    report: &Report,
    console: &mut Console,
) -> Exit {
    console.report(report, sources);
    match generated {
        Ok(generated) => write_files(&[generated.root], &generated.files, output.options(), console),
        Err(failure) => failed(&failure, console),
    }
}

/// The end of a run that makes no files.
pub(super) fn failed(failure: &Failure, console: &mut Console) -> Exit {
    match failure {
        Failure::Input => Exit::Wrong,
        Failure::Unable => Exit::Unable,
        Failure::BuiltIn(message) => {
            console.error_with_help(message, "this is a mistake of ctl: please report it with the input that led to it");
            Exit::Unable
        }
    }
}

/// Writes what was made, and says what came of it.
pub(super) fn write_files(roots: &[Root], files: &[RenderedFile], options: write::Options, console: &mut Console) -> Exit {
    match write::write(roots, files, &options) {
        Ok(outcome) => {
            let exit = console.outcome(roots, &outcome, options.mode);
            if options.mode == write::Mode::Write {
                console.done();
                next_step(roots, &outcome, console);
            }
            exit
        }
        Err(problems) => console.problems(&problems),
    }
}

/// A new module has no requirements yet; Go's own command finds them.
fn next_step(roots: &[Root], outcome: &write::Outcome, console: &mut Console) {
    let new = outcome.files.iter().find(|file| file.path == "go.mod" && file.action == write::Action::Written);
    if let Some(root) = new.and_then(|file| roots.get(file.root.0)) {
        let dir = if root.shown == "." { String::new() } else { format!("cd {} && ", shell_word(&root.shown)) };
        console.hint(&format!("next: {dir}go mod tidy && go run ."));
    }
}

/// A word for a shell, quoted where it needs to be.
pub(super) fn shell_word(word: &str) -> String {
    let plain = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_'));
    if plain { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
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
