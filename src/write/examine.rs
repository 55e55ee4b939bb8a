//! Before anything is written: what stands at each planned path, and what the rules of ownership make of it.
//!
//! In: roots and rendered files. Out: one [`Step`] a file, or every problem. Only reads.

use std::collections::HashMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use super::folders::{Folder, Folders, inside};
use super::problem::{Problem, ProblemKind};
use super::{Action, Mode, Options, header, shown};
use crate::plan::{Ownership, RenderedFile, Root};

/// How much of a file is read to find its header: 20 lines, and no more of a file that has no line ends.
const HEADER_BYTES: u64 = 64 * 1024;

/// What will happen to one file.
pub(super) struct Step<'a> {
    pub(super) file: &'a RenderedFile,
    pub(super) action: Action,
    /// The file itself: canonical directory and name; behind a symbolic link, what the link points to.
    pub(super) target: PathBuf,
    /// As messages name it.
    pub(super) name: String,
    /// What stood there, when it is replaced: its mode and owner stay.
    pub(super) old: Option<Metadata>,
    /// What it held; only filled for a diff.
    pub(super) before: Vec<u8>,
}

/// A plan that may be carried out.
pub(super) struct Examined<'a> {
    pub(super) steps: Vec<Step<'a>>,
    /// The existing directories that files of the plan stand in.
    pub(super) folders: Vec<PathBuf>,
}

/// What stands at a path.
enum Standing {
    Nothing,
    File(PathBuf, Metadata),
    /// A directory, or a link to one.
    Directory,
    /// Neither: a socket, a device, a link to nothing or out of the root, something the system does not show.
    Odd(Problem),
}

pub(super) fn examine<'a>(roots: &[Root], files: &'a [RenderedFile], options: &Options) -> Result<Examined<'a>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut folders = Folders::new(roots, &mut problems);
    let mut examined = Examined { steps: Vec::with_capacity(files.len()), folders: Vec::new() };
    for file in files {
        let name = shown(roots, file.root, &file.path);
        if let Err(problem) = check_path(file, roots, &name) {
            problems.push(problem);
            continue;
        }
        let (parent, base) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        let standing = match folders.get(file.root.0, parent, &mut problems) {
            Folder::Bad => continue,
            Folder::Missing(dir) => (dir.join(base), Standing::Nothing),
            Folder::There(dir) => {
                let at = dir.join(base);
                let standing = look(&folders.top(file.root.0), &at, &name);
                // Files of one directory mostly follow each other; the rest is sorted out below.
                if examined.folders.last() != Some(&dir) {
                    examined.folders.push(dir);
                }
                (at, standing)
            }
        };
        match decide(file, name, standing, options) {
            Ok(Some(step)) => {
                // A link inside the root may lead to another directory, which then holds the temporary file.
                if let (Some(_), Some(dir)) = (&step.old, step.target.parent())
                    && examined.folders.last().is_none_or(|last| last != dir)
                {
                    examined.folders.push(dir.to_owned());
                }
                examined.steps.push(step);
            }
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    examined.folders.sort();
    examined.folders.dedup();
    clashes(&examined.steps, &folders, &mut problems);
    if problems.is_empty() { Ok(examined) } else { Err(problems) }
}

/// A path is made of plain names.
fn check_path(file: &RenderedFile, roots: &[Root], name: &str) -> Result<(), Problem> {
    if file.root.0 >= roots.len() {
        return Err(Problem::new(ProblemKind::Outside, name, format!("{name} has no output directory (this is a bug in ctl)")));
    }
    let plain = |part: &str| {
        let mut components = Path::new(part).components();
        matches!(components.next(), Some(Component::Normal(_))) && components.next().is_none()
    };
    if !file.path.contains(['\\', '\0']) && file.path.split('/').all(plain) {
        return Ok(());
    }
    let text = format!("refused to write {:?}: the path leaves the output directory", file.path);
    Err(Problem::new(ProblemKind::Outside, name, text))
}

fn look(top: &Folder, at: &Path, name: &str) -> Standing {
    let meta = match fs::symlink_metadata(at) {
        Ok(meta) => meta,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Standing::Nothing,
        Err(error) => return Standing::Odd(Problem::io("write", name, &error)),
    };
    let (at, meta) = if meta.is_symlink() {
        let target = match inside(top, at, name) {
            Ok(target) => target,
            Err(problem) => return Standing::Odd(problem),
        };
        match fs::metadata(&target) {
            Ok(meta) => (target, meta),
            Err(error) => return Standing::Odd(Problem::io("write", name, &error)),
        }
    } else {
        (at.to_owned(), meta)
    };
    if meta.is_dir() {
        Standing::Directory
    } else if meta.is_file() {
        Standing::File(at, meta)
    } else {
        // Not opened: reading a pipe would wait for ever.
        Standing::Odd(Problem::blocked("write", name, "something that is no ordinary file"))
    }
}

/// The rules of ownership. `None`: nothing to do and nothing to say.
fn decide<'a>(
    file: &'a RenderedFile,
    name: String,
    (at, standing): (PathBuf, Standing),
    options: &Options,
) -> Result<Option<Step<'a>>, Problem> {
    let step = |action, target, name| Step { file, action, target, name, old: None, before: Vec::new() };
    match (file.owner, standing) {
        (Ownership::Remove, Standing::Nothing) => Ok(None),
        (_, Standing::Nothing) => Ok(Some(step(Action::Written, at, name))),
        (Ownership::Remove, Standing::File(target, meta)) => {
            let whole = options.mode == Mode::Diff || !file.body.bytes().is_empty();
            let before = read(&target, if whole { meta.len() } else { HEADER_BYTES }, &name)?;
            let ours = if file.body.bytes().is_empty() { header::is_ours(&before) } else { before == file.body.bytes() };
            // Behind a link stands a file under another name, which is not the one that went stale.
            if target == at && ours {
                return Ok(Some(Step { before, ..step(Action::Removed, target, name) }));
            }
            // It is the user's, and never was ours.
            Ok(None)
        }
        (Ownership::Remove, Standing::Directory | Standing::Odd(_)) => Ok(None),
        (_, Standing::Directory) => Err(Problem::blocked("write", &name, "a directory")),
        // Whatever it is, it is the user's.
        (Ownership::Scaffold, Standing::File(..) | Standing::Odd(_)) => Ok(Some(step(Action::Kept, at, name))),
        // Who asks what would differ is shown it.
        (Ownership::Target, Standing::File(..) | Standing::Odd(_))
            if !options.force && !matches!(options.mode, Mode::Check | Mode::Diff) =>
        {
            let text = format!("{name} already exists; --force replaces it");
            Err(Problem::new(ProblemKind::Exists, &name, text))
        }
        (_, Standing::Odd(problem)) => Err(problem),
        (Ownership::Target | Ownership::Generated, Standing::File(target, meta)) => {
            let same_size = meta.len() == file.body.bytes().len() as u64;
            let whole = same_size || options.mode == Mode::Diff;
            let before = read(&target, if whole { meta.len() } else { HEADER_BYTES }, &name)?;
            if same_size && before == file.body.bytes() {
                return Ok(Some(step(Action::Unchanged, target, name)));
            }
            let free = file.owner == Ownership::Target || options.force;
            if !free && !header::is_generated(&before) && header::is_generated(file.body.bytes()) {
                let text = format!(
                    "{name} exists without a `Code generated … DO NOT EDIT.` line, so it may be yours; move it away, or let --force replace it"
                );
                return Err(Problem::new(ProblemKind::Conflict, &name, text));
            }
            Ok(Some(Step { old: Some(meta), before, ..step(Action::Updated, target, name) }))
        }
    }
}

fn read(path: &Path, limit: u64, name: &str) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let done = File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
    done.map(|_| bytes).map_err(|error| Problem::io("read", name, &error))
}

/// Two steps that meet in one file, and files where the plan itself needs a directory.
fn clashes(steps: &[Step<'_>], folders: &Folders<'_>, problems: &mut Vec<Problem>) {
    let missing = folders.missing();
    let mut seen: HashMap<&Path, &Step<'_>> = HashMap::with_capacity(steps.len());
    for step in steps {
        if missing.contains(step.target.as_path()) {
            let text = format!("cannot write {}: other planned files need a directory of that name", step.name);
            problems.push(Problem::new(ProblemKind::Collision, &step.name, text));
        }
        if let Some(first) = seen.insert(&step.target, step) {
            let text = format!("{} and {} are one file on this disk, planned twice", first.name, step.name);
            problems.push(Problem::new(ProblemKind::Collision, &step.name, text));
        }
    }
}
