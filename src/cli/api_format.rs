//! `ctl api format`: files in place, each for itself, or standard input to standard output.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::flags::{Preview, Reporting};
use super::{Console, Exit};
use crate::api_dsl;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::plan::{Ownership, RenderedFile, Root, RootId};
use crate::source::{self, Sources};
use crate::write;

/// `ctl api format`.
#[derive(Debug, Args)]
pub(super) struct Format {
    /// The directory whose .api files are formatted, with all below it; or one file
    #[arg(long, value_name = "DIR", default_value = "", hide_default_value = true)]
    pub dir: String,
    /// Format standard input to standard output
    #[arg(long, conflicts_with = "json")]
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

impl Format {
    /// Runs the command.
    pub(super) fn run(&self, console: &mut Console) -> Exit {
        if self.stdin { format_stdin(self, console) } else { format_files(self, console) }
    }
}

fn format_files(args: &Format, console: &mut Console) -> Exit {
    let (mut sources, mut report) = (Sources::default(), Report::new());
    let given = Path::new(&args.dir);
    if !sources.disk().exists(given) {
        report.push(Diagnostic::error(Code::UnreadableFile, "no such file or directory").path(&args.dir));
        console.report(&report, &sources);
        return Exit::Wrong;
    }
    let paths: Vec<PathBuf> = if sources.disk().is_dir(given) {
        sources.disk().walk(given, ".api").into_iter().map(|name| given.join(name)).collect()
    } else {
        vec![given.to_owned()]
    };
    // Each file is written for itself: what is wrong with one does not keep the others from being formatted.
    let options = write::Options { mode: args.preview.mode(), force: false };
    let (mut roots, mut all, mut problems) = (Vec::new(), write::Outcome::default(), Vec::new());
    let mut seen = BTreeSet::new();
    for path in paths {
        // The file behind a link is formatted, once.
        let real = sources.disk().resolve(&path);
        let (Some(dir), Some(name)) = (real.parent(), real.file_name()) else { continue };
        if !seen.insert(real.clone()) {
            continue;
        }
        let mut own = Report::new();
        if let Some(text) = format_one(&path, &mut sources, &mut own) {
            let shown = path.parent().map_or(String::new(), |dir| dir.display().to_string());
            let root = Root { dir: dir.to_owned(), shown };
            let path = name.to_string_lossy().into_owned();
            let file = RenderedFile { root: RootId(0), path, owner: Ownership::Generated, body: text.into(), template: String::new() };
            match write::write(std::slice::from_ref(&root), &[file], &options) {
                Ok(outcome) => all.append(outcome, roots.len()),
                Err(own) => problems.extend(own),
            }
            roots.push(root);
        }
        report.append(own);
    }
    console.report(&report, &sources);
    let exit = if roots.is_empty() { Exit::Done } else { console.outcome(&roots, &all, options.mode) };
    match (problems.is_empty(), report.has_errors()) {
        (false, _) => console.problems(&problems),
        (true, true) => Exit::Wrong,
        (true, false) => exit,
    }
}

/// The canonical text of a file; `None` where it has errors, which were reported.
fn format_one(path: &Path, sources: &mut Sources, report: &mut Report) -> Option<String> {
    let shown = path.display().to_string();
    if !shown.ends_with(".api") {
        report.push(Diagnostic::error(Code::UnreadableFile, "this is not an `.api` file").path(shown));
        return None;
    }
    let file = match sources.read(path, &shown) {
        Ok(file) => file,
        Err(error) => {
            report.push(Diagnostic::error(Code::UnreadableFile, error.to_string()).path(shown));
            return None;
        }
    };
    let tree = api_dsl::parse::parse(file, sources, report);
    (!report.has_errors()).then(|| api_dsl::format::format(&tree, sources))
}

fn format_stdin(args: &Format, console: &mut Console) -> Exit {
    let (mut sources, mut report) = (Sources::default(), Report::new());
    let text = match source::read_stdin() {
        Ok(text) => text,
        Err(error) => {
            console.error(&format!("cannot read standard input: {error}"));
            return Exit::Wrong;
        }
    };
    let file = sources.add("<stdin>", text);
    let tree = api_dsl::parse::parse(file, &sources, &mut report);
    console.report(&report, &sources);
    if report.has_errors() {
        return Exit::Wrong;
    }
    let formatted = api_dsl::format::format(&tree, &sources);
    let differs = formatted != sources.text(file);
    match args.preview.mode() {
        write::Mode::Write | write::Mode::DryRun => console.result(&formatted),
        write::Mode::Diff => console.result(&write::unified("<stdin>", Some(sources.text(file).as_bytes()), Some(formatted.as_bytes()))),
        write::Mode::Check if differs => {
            console.error("standard input is not formatted");
            return Exit::Wrong;
        }
        write::Mode::Check => {}
    }
    Exit::Done
}
