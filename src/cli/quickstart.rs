//! `ctl quickstart`: the arguments, the question, and what is said on the way. The work is the library's.

use std::path::{Path, PathBuf};

use clap::{ArgAction, Args, ValueEnum};

use super::flags::{Preview, Reporting};
use super::run::{agrees, failed, surroundings, unread, write_only};
use super::{Console, Exit};
use crate::diagnostic::Report;
use crate::env::tools::Places;
use crate::plan::{RenderedFile, Root};
use crate::quickstart::{self, Fault, Kind, NAME, Options, Project, QUESTION, Stop, Talk};
use crate::source::Sources;
use crate::write::{self, Mode};

/// `ctl quickstart`.
#[derive(Debug, Args)]
pub(super) struct Quickstart {
    /// What to make: mono is an HTTP service; micro is a zRPC service, and an HTTP service that asks it
    #[arg(short = 't', long, value_enum, value_name = "TYPE", default_value = "mono", ignore_case = true, hide_possible_values = true)]
    pub service_type: ServiceType,
    /// Build and start it; `--start=false` only writes the files, and needs no Go
    #[arg(long, action = ArgAction::Set, default_value_t = true, hide_default_value = true)]
    pub start: bool,
    /// Words that nothing reads.
    #[arg(hide = true)]
    pub words: Vec<String>,
    /// Ways to write nothing.
    #[command(flatten)]
    pub preview: Preview,
    /// How to report.
    #[command(flatten)]
    pub reporting: Reporting,
}

/// The kinds by their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ServiceType {
    /// An HTTP service
    Mono,
    /// A zRPC service, and an HTTP service that asks it
    Micro,
}

impl Quickstart {
    /// Runs the command.
    pub(super) fn run(&self, console: &mut Console) -> Exit {
        console.set(self.reporting.manner());
        let kind = match self.service_type {
            ServiceType::Mono => Kind::Mono,
            ServiceType::Micro => Kind::Micro,
        };
        let mode = self.preview.mode();
        let starts = self.start && mode == Mode::Write;
        let (mut sources, mut report) = (Sources::default(), Report::new());
        unread(&self.words, true, "start", "the type is `-t mono` or `-t micro`", &mut report);
        let can_start = !starts || can_start(kind, &sources, console);

        // Not where a link of that name leads: the link is what stands there.
        let root = Root { dir: sources.disk().resolve(Path::new(".")).join(NAME), shown: NAME.to_owned() };
        let stands = sources.disk().exists(&root.dir);
        if stands {
            sources.vacate(root.dir.clone());
        }
        let options = Options { surroundings: surroundings(), tools: Places::of_process() };
        let made = quickstart::generate(kind, &root, &options, &mut sources, &mut report);
        console.report(&report, &sources);
        let made = match made {
            Ok(made) => made,
            Err(failure) => {
                let exit = failed(&failure, console);
                return if can_start { exit } else { Exit::Unable };
            }
        };
        if !can_start {
            return Exit::Unable;
        }
        let write = if stands { replace } else { write_files };
        let exit = write(root.clone(), &made.files, mode, console);
        if exit != Exit::Done || mode != Mode::Write {
            return exit;
        }
        if !starts {
            console.hint(&format!("next: {}", by_hand(kind)));
            return Exit::Done;
        }
        let there = format!("the project is there: {}", by_hand(kind));
        match start(kind, root.dir, made.is_module, &sources, console) {
            Fault::Stopped(signal) => {
                console.hint(&there);
                Exit::Stopped(signal.number())
            }
            fault => {
                console.error_with_help(&fault.to_string(), &there);
                Exit::Unable
            }
        }
    }
}

/// Whether there is a Go, and nobody else at the ports; what is missing is told.
fn can_start(kind: Kind, sources: &Sources, console: &mut Console) -> bool {
    const HELP: &str = "`--start=false` only writes the files";
    if !Places::of_process().is_in_path("go", sources.disk()) {
        console.error_with_help("there is no `go` in the path, which builds the project", &format!("install Go 1.25 or later; {HELP}"));
        return false;
    }
    let taken = quickstart::taken(kind);
    for program in &taken {
        console.error_with_help(&Fault::Taken(*program).to_string(), &format!("end what listens there; {HELP}"));
    }
    taken.is_empty()
}

/// Writes the project in place of what stands there, which is moved aside if the user agrees. A mode that writes nothing
/// asks nothing, and says what would be written then.
fn replace(root: Root, files: &[RenderedFile], mode: Mode, console: &mut Console) -> Exit {
    let free = write::free_name(&root.dir);
    let aside = free.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    if mode != Mode::Write {
        let flag = match mode {
            Mode::DryRun => "dry-run",
            Mode::Diff => "diff",
            Mode::Check | Mode::Write => "check",
        };
        console.hint(&format!("{NAME} exists: without --{flag} ctl asks whether to move it aside to {aside}"));
        // Nothing stands there, as nothing would stand in its place.
        return write_files(Root { dir: free, ..root }, files, mode, console);
    }
    if !agrees(&format!("{NAME} exists: move it aside to {aside}? [y: YES, n: NO] "), console) {
        console.error_with_help("User canceled", &format!("answer `y`, or remove or rename ./{NAME}"));
        return Exit::Wrong;
    }
    let moved = match write::move_aside(&root.dir, &free, NAME) {
        Ok(moved) => moved,
        Err(problem) => return console.problems(&[problem]),
    };
    let exit = write_files(root, files, mode, console);
    if exit == Exit::Done {
        return exit;
    }
    match moved.back(&aside) {
        Ok(()) => exit,
        Err(problem) => console.problems(&[problem]),
    }
}

/// Writes the project; what comes next is said by who knows whether it is started.
fn write_files(root: Root, files: &[RenderedFile], mode: Mode, console: &mut Console) -> Exit {
    write_only(&[root], files, write::Options { mode, force: false }, console).0
}

/// Builds and starts the project, and says how to ask it; ends when it does, or when ctl is told to end.
fn start(kind: Kind, dir: PathBuf, is_module: bool, sources: &Sources, console: &mut Console) -> Fault {
    let talk = if console.manner().json { Talk::Aside } else { Talk::AsItIs };
    // Others speak now.
    console.flush();
    let run = || {
        let stop = Stop::new(sources.disk()).map_err(Fault::NoSignals)?;
        let project = Project { kind, dir, is_module, talk, stop };
        console.hint("go mod tidy …");
        project.tidy()?;
        console.hint("go build …");
        let running = project.build()?.start()?;
        console.hint(&format!("ask it: {QUESTION}\nCtrl-C ends it, a second one at once"));
        Ok(running.wait())
    };
    run().unwrap_or_else(|fault: Fault| fault)
}

/// What a user types to start the project.
fn by_hand(kind: Kind) -> String {
    let programs: Vec<String> = kind.programs().iter().map(|program| format!("`go run .` in {NAME}/{}", program.name)).collect();
    format!("`go mod tidy` in {NAME}, then {}; then `{QUESTION}`", programs.join(", and "))
}
