//! What commands that make files share: the directories they were given, and how their run ends.

use std::path::{Path, PathBuf};

use super::flags::Output;
use super::{Console, Exit, Usage};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::enclosing::Surroundings;
use crate::plan::{Destination, RenderedFile, Root};
use crate::render::Failure;
use crate::source::{Sources, read_line};
use crate::write::{self, Mode};

/// An empty value counts as none, as in goctl.
pub(super) fn required(path: &[&str], name: &str, value: &str) -> Result<(), Usage> {
    if value.is_empty() { Err(Usage::new(path, format!("missing {name}"))) } else { Ok(()) }
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

/// Reads `-o`; an error in words where it names no file.
pub(super) fn target(o: &str, sources: &Sources) -> Result<Destination, String> {
    if o == "-" {
        return Ok(Destination::Printed);
    }
    let path = Path::new(o);
    if path.extension().is_some_and(|end| end == "go") {
        return Err(format!("`-o`: `{o}` is the name of a Go file, and this is none"));
    }
    let dir = path.parent().filter(|dir| *dir != Path::new("")).map_or(".".to_owned(), |dir| dir.display().to_string());
    match path.file_name().and_then(|name| name.to_str()).filter(|_| !o.ends_with('/')) {
        Some(name) => Ok(Destination::File(root(&dir, sources), name.to_owned())),
        None => Err(format!("`-o`: `{o}` names no file")),
    }
}

/// The same, for a command that tells it with everything else that is wrong.
pub(super) fn destination(o: &str, sources: &Sources, report: &mut Report) -> Destination {
    target(o, sources).unwrap_or_else(|message| {
        report.push(Diagnostic::error(Code::FlagValue, message));
        Destination::Printed
    })
}

/// The end of a run that prints what it made, and writes nothing: there is nothing to compare it with.
pub(super) fn print(text: &str, output: &Output, console: &mut Console) -> Exit {
    let other = match output.preview.mode() {
        _ if console.manner().json => "--json",
        Mode::DryRun => "--dry-run",
        Mode::Diff => "--diff",
        Mode::Check => "--check",
        Mode::Write => {
            console.result(text);
            return Exit::Done;
        }
    };
    console.error(&format!("`-o -` writes the file itself to standard output; leave out {other}"));
    Exit::Wrong
}

/// The end of a run: what is wrong is told, what was made is written.
pub(super) fn finish(
    made: Result<(Vec<Root>, Vec<RenderedFile>), Failure>,
    output: &Output,
    sources: &Sources,
    report: &Report,
    console: &mut Console,
) -> Exit {
    console.report(report, sources);
    match made {
        Ok((roots, files)) => write_files(&roots, &files, output.options(), console),
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

/// Writes what was made, and says what came of it and what Go needs next.
pub(super) fn write_files(roots: &[Root], files: &[RenderedFile], options: write::Options, console: &mut Console) -> Exit {
    let (exit, outcome) = write_only(roots, files, options, console);
    if let Some(outcome) = outcome.filter(|_| options.mode == Mode::Write) {
        next_step(roots, &outcome, console);
    }
    exit
}

/// Writes what was made, and says what came of it; `None` where it could not be written.
pub(super) fn write_only(
    roots: &[Root],
    files: &[RenderedFile],
    options: write::Options,
    console: &mut Console,
) -> (Exit, Option<write::Outcome>) {
    match write::write(roots, files, &options) {
        Ok(outcome) => {
            let exit = console.outcome(roots, &outcome, options.mode);
            if options.mode == Mode::Write {
                console.done();
            }
            (exit, Some(outcome))
        }
        Err(problems) => (console.problems(&problems), None),
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

/// Whether the user says yes to a question; no answer is no, and what is neither is asked again.
pub(super) fn agrees(question: &str, console: &mut Console) -> bool {
    loop {
        console.talk(question);
        match read_line().as_deref().map(|line| line.trim().to_lowercase()).as_deref() {
            Some("y" | "yes") => return true,
            Some("n" | "no") => return false,
            Some(_) => {}
            None => {
                console.talk("\n");
                return false;
            }
        }
    }
}

/// A word for a shell, quoted where it needs to be.
pub(super) fn shell_word(word: &str) -> String {
    let plain = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_'));
    if plain { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// The words behind the flags. goctl passes over them in silence (contract: cli-and-ops 2), and so over what was meant: that is told.
/// They are not `shown` where one may be a part of a password. `switch` is one of the command's, for who gave it its value as a
/// word.
pub(super) fn unread(words: &[String], shown: bool, switch: &str, help: &str, report: &mut Report) {
    let more = match words.len() {
        0 => return,
        1 => String::new(),
        n => format!(" and {} more", n - 1),
    };
    let message = match words.first() {
        Some(first) if shown => format!("nothing reads `{first}`{more} behind the flags"),
        _ => format!("nothing reads what stands behind the flags: {} more word{}", words.len(), if more.is_empty() { "" } else { "s" }),
    };
    let is_value = words.iter().any(|word| matches!(word.as_str(), "true" | "false"));
    let help = if is_value { format!("a switch takes its value with `=`: `--{switch}=false`") } else { help.to_owned() };
    report.push(Diagnostic::warning(Code::UnreadWord, message).help(help));
}
