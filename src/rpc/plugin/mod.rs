//! The two Go plugins of protobuf: called without protoc, their answers checked before anything is written.
//!
//! In: the spec, the Go packages, the plugins' sides of the command line. Out: every `pb.go` and `_grpc.pb.go`, below the
//! directories that the user gave. Source of the rules: contract rpc 12 and 14.
//!
//! Invariant: whatever a plugin does, it ends in time, and no file of its leaves the directories.

mod request;
mod response;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::go_package::{Resolved, Side, Which, stem};
use super::process::{self, Fault};
use super::spec::{FileNo, Origin, RpcSpec};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::env::tools::{Places, Tool};
use crate::plan::{Ownership, RenderedFile, Root, RootId};
use crate::render::Failure;
use crate::source::Sources;
use response::{Refusal, Response};

/// What the plugins made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// Each directory that the user gave, once.
    pub roots: Vec<Root>,
    /// The files, below those roots.
    pub files: Vec<RenderedFile>,
}

/// A plugin, what it is to do, and how that went.
struct Job<'a> {
    side: &'a Side,
    files: Vec<FileNo>,
}

impl Job<'_> {
    fn program(&self) -> &'static str {
        self.side.which.program()
    }
}

/// Calls the plugins that the command line asks for, both at once.
///
/// # Errors
///
/// [`Failure::Unable`] where a plugin is missing or does not do its work, [`Failure::Input`] where it refuses the input.
pub fn run(
    spec: &RpcSpec,
    resolved: &Resolved,
    places: &Places,
    patience: Duration,
    sources: &Sources,
    report: &mut Report,
) -> Result<Made, Failure> {
    let jobs: Vec<Job<'_>> = resolved.sides.iter().filter_map(|side| job(spec, resolved, side)).collect();
    let programs = find(&jobs, places, sources, report)?;
    let requests = jobs.iter().map(|job| request::request(spec, resolved, job.side, &job.files));
    let answers = ask(&programs, requests.collect(), patience);
    let mut made = Pieces::default();
    let mut failure = None;
    for ((job, program), answer) in jobs.iter().zip(&programs).zip(answers) {
        match take(job, answer, spec, resolved, &mut made) {
            Ok(()) => {}
            Err(trouble) => {
                // What a plugin has to say of the input counts less than a plugin that does not work.
                failure = if trouble.is_input && failure.is_none() { Some(Failure::Input) } else { Some(Failure::Unable) };
                report.push(trouble.diagnostic(job, program, spec, sources));
            }
        }
    }
    match failure {
        Some(failure) => Err(failure),
        None => Ok(made.made),
    }
}

/// What a plugin has to do; `None` where it is not asked for, or has nothing to do.
fn job<'a>(spec: &RpcSpec, resolved: &Resolved, side: &'a Side) -> Option<Job<'a>> {
    let wanted = |file: &FileNo| side.which == Which::Go || spec.file(*file).has_services;
    let files: Vec<FileNo> = resolved.generated.iter().copied().filter(wanted).collect();
    (!side.outs.is_empty() && !files.is_empty()).then_some(Job { side, files })
}

/// The program of each plugin; those that are missing are told together, with the lines that install them.
fn find(jobs: &[Job<'_>], places: &Places, sources: &Sources, report: &mut Report) -> Result<Vec<PathBuf>, Failure> {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for job in jobs {
        match &job.side.program {
            // Beside nothing in the path: a bare name is a file of the current directory, as for protoc.
            Some(given) => match sources.disk().is_program(given) {
                true => found.push(sources.disk().resolve(given)),
                false => {
                    let message = format!("`--plugin={}={}`: there is no program of this name", job.program(), given.display());
                    report.push(Diagnostic::error(Code::MissingPlugin, message).help("without `--plugin` it is looked for in the path"));
                }
            },
            None => match places.find(job.program(), sources.disk()) {
                Some(program) => found.push(program),
                None => missing.push(job.program()),
            },
        }
    }
    if !missing.is_empty() {
        let lines: Vec<String> =
            missing.iter().filter_map(|program| Some(format!("\n  go install {}", Tool::named(program)?.source()))).collect();
        let error = Diagnostic::error(Code::MissingPlugin, format!("there is no `{}` in the path", missing.join("` and no `")));
        report.push(error.help(format!("`ctl env install` installs what is missing; so does{}", lines.concat())));
    }
    if found.len() == jobs.len() { Ok(found) } else { Err(Failure::Unable) }
}

/// Asks all at once, since each takes longer to start than all else that a run does.
fn ask(programs: &[PathBuf], requests: Vec<Vec<u8>>, patience: Duration) -> Vec<Result<Vec<u8>, Fault>> {
    thread::scope(|scope| {
        let asked: Vec<_> = programs
            .iter()
            .zip(requests)
            .map(|(program, request)| scope.spawn(move || process::ask(program, &[], request, patience)))
            .collect();
        asked
            .into_iter()
            .map(|answer| answer.join().unwrap_or_else(|_| Err(Fault::NoStart(std::io::Error::other("a thread of ctl failed")))))
            .collect()
    })
}

/// What went wrong with a plugin.
struct Trouble {
    message: String,
    help: Option<String>,
    /// The plugin works, the input does not.
    is_input: bool,
}

impl Trouble {
    fn of_plugin(message: String) -> Self {
        Self { message, help: None, is_input: false }
    }

    /// With the `.proto` file that the message is about, if it names one.
    fn diagnostic(self, job: &Job<'_>, program: &Path, spec: &RpcSpec, sources: &Sources) -> Diagnostic {
        let mut error = Diagnostic::error(Code::PluginFailed, format!("{} {}", job.program(), self.message));
        let named = |text: &str| job.files.iter().map(|file| spec.file(*file)).find(|file| text.contains(&file.name));
        if let Some(Origin::Disk { source, .. }) = named(&self.message).map(|file| &file.origin) {
            error = error.path(sources.name(*source));
        }
        match self.help {
            Some(help) => error.help(help),
            None if self.is_input => error,
            None => error.help(format!("nothing was written; the plugin is {}", program.display())),
        }
    }
}

/// Takes the files of one answer.
fn take(job: &Job<'_>, answer: Result<Vec<u8>, Fault>, spec: &RpcSpec, resolved: &Resolved, made: &mut Pieces) -> Result<(), Trouble> {
    let bytes = answer.map_err(|fault| match &fault {
        // protogen says on standard error what it does not like about the options.
        Fault::Failed(_, words) if !words.trim().is_empty() => {
            Trouble { message: fault.to_string(), help: Some(format!("it said: {}", gist(words))), is_input: false }
        }
        _ => Trouble::of_plugin(fault.to_string()),
    })?;
    let response = response::read(&bytes).map_err(|refusal| match refusal {
        Refusal::Garbage => Trouble::of_plugin("answers what is no `CodeGeneratorResponse`".to_owned()),
        Refusal::Said(words) => Trouble { message: format!("refuses the input: {}", gist(&words)), help: None, is_input: true },
        Refusal::Insertion(name) => Trouble::of_plugin(format!("wants to write into `{name}` of another plugin")),
        Refusal::BadName(name) => Trouble::of_plugin(format!("names a file {name:?}, which is none below the output directory")),
        Refusal::Twice(name) => Trouble::of_plugin(format!("makes the file `{name}` twice")),
    })?;
    check(job, &response, spec)?;
    for (name, text) in response.files {
        let dir = place(job, &name, spec, resolved);
        let base = name.rsplit('/').next().unwrap_or(&name).to_owned();
        made.add(job, dir.map_or(name, |dir| if dir.is_empty() { base.clone() } else { format!("{dir}/{base}") }), &text)?;
    }
    Ok(())
}

/// Each file was understood, and code was made of it.
fn check(job: &Job<'_>, response: &Response, spec: &RpcSpec) -> Result<(), Trouble> {
    for file in job.files.iter().map(|file| spec.file(*file)) {
        if let Some(lacks) = response.lacks(response::needs(&file.raw)) {
            let message = format!("{lacks}, which `{}` uses", file.name);
            return Err(Trouble {
                message,
                help: Some("a newer plugin does: `ctl env check -v` shows which one is in the path".to_owned()),
                is_input: false,
            });
        }
        let expected = format!("{}{}", stem(&file.name), ending(job.side.which));
        if !response.files.iter().any(|(name, _)| *name == expected) {
            let message = format!("makes no `{expected}` of `{}`", file.name);
            return Err(Trouble::of_plugin(message));
        }
    }
    Ok(())
}

/// What a plugin names its file of a `.proto` file.
fn ending(which: Which) -> &'static str {
    match which {
        Which::Go => ".pb.go",
        Which::Grpc => "_grpc.pb.go",
    }
}

/// The directory, below the output directory, of the package whose `.proto` file this was made of; `None` for a file of
/// the plugin's own, which goes where it says.
fn place(job: &Job<'_>, name: &str, spec: &RpcSpec, resolved: &Resolved) -> Option<String> {
    let stem_of = |file: &FileNo| stem(&spec.file(*file).name);
    let exact = job.files.iter().find(|file| name.strip_prefix(stem_of(file)) == Some(ending(job.side.which)));
    // `user_protoopaque.pb.go`, `user.pb.go.meta`.
    let near = || {
        job.files
            .iter()
            .filter(|file| name.strip_prefix(stem_of(file)).is_some_and(|rest| rest.starts_with(['.', '_'])))
            .max_by_key(|file| stem_of(file).len())
    };
    let package = &resolved.packages[exact.or_else(near)?.0];
    let below = package.dir.as_deref()?.strip_prefix(&job.side.outs.last()?.dir).ok()?;
    Some(below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
}

/// The files so far.
#[derive(Default)]
struct Pieces {
    made: Made,
    /// The absolute path of each, in lower case: some disks do not tell names apart by case.
    seen: BTreeMap<String, &'static str>,
}

impl Pieces {
    /// A file for each output directory of the plugin.
    fn add(&mut self, job: &Job<'_>, path: String, text: &str) -> Result<(), Trouble> {
        for root in &job.side.outs {
            let full = root.dir.join(&path).to_string_lossy().to_lowercase();
            if let Some(other) = self.seen.insert(full, job.program()) {
                let both = if other == job.program() { "two .proto files".to_owned() } else { format!("{other} and {}", job.program()) };
                let message = format!("makes `{path}` a second time: {both} would write it");
                return Err(Trouble {
                    message,
                    help: Some("give the .proto files other names, or other Go packages".to_owned()),
                    is_input: true,
                });
            }
            let id = self.root(root);
            let template = job.program().to_owned();
            self.made.files.push(RenderedFile {
                root: id,
                path: path.clone(),
                owner: Ownership::Generated,
                body: text.to_owned().into(),
                template,
            });
        }
        Ok(())
    }

    fn root(&mut self, root: &Root) -> RootId {
        let known = self.made.roots.iter().position(|known| known.dir == root.dir);
        RootId(known.unwrap_or_else(|| {
            self.made.roots.push(root.clone());
            self.made.roots.len() - 1
        }))
    }
}

/// The first lines of what a program says, as one.
fn gist(words: &str) -> String {
    let lines: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let shown: String =
        lines.iter().take(4).copied().collect::<Vec<_>>().join(" / ").chars().filter(|c| !c.is_control()).take(600).collect();
    if lines.len() > 4 { format!("{shown} …") } else { shown }
}

/// The names of the files that an answer would have written, below the output directory; `None` where it is refused.
pub fn names_in(answer: &[u8]) -> Option<Vec<String>> {
    Some(response::read(answer).ok()?.files.into_iter().map(|(name, _)| name).collect())
}
