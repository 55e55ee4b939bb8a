//! Carries out an examined plan: directories, then all contents into temporary siblings, then the renames, then the
//! removals.
//!
//! Invariant: until the first rename a failure leaves the disk as it was.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;

use super::Action;
use super::examine::{Examined, Step};
use super::leftovers::{sweep, temporary};
use super::problem::Problem;

/// How bytes get into a file; tests put a disk that fills up here.
pub(super) type WriteAll<'a> = dyn Fn(&mut File, &[u8]) -> io::Result<()> + Sync + 'a;

/// Below this many files a second thread costs more than it saves.
const THREADED_FROM: usize = 128;
/// More threads only wait for each other's directory locks.
const MAX_THREADS: usize = 4;

/// A file whose content stands beside it.
struct Staged<'a> {
    step: &'a Step<'a>,
    temporary: PathBuf,
}

pub(super) fn write_all(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)
}

/// Writes what the examination decided.
///
/// # Errors
///
/// What stopped it. While staging, everything made so far is removed again; while renaming, what is renamed stays.
pub(super) fn apply(examined: &Examined<'_>, write_all: &WriteAll<'_>) -> Result<(), Vec<Problem>> {
    for dir in &examined.folders {
        sweep(dir);
    }
    let steps: Vec<&Step<'_>> = examined.steps.iter().filter(|s| matches!(s.action, Action::Written | Action::Updated)).collect();
    let mut made = Vec::new();
    if let Err(problem) = make_folders(&steps, &examined.folders, &mut made) {
        unmake(&made);
        return Err(vec![problem]);
    }
    let staged = match stage_all(&steps, write_all) {
        Ok(staged) => staged,
        Err(problems) => {
            unmake(&made);
            return Err(problems);
        }
    };
    let mut waiting = staged.iter();
    for file in waiting.by_ref() {
        if let Err(error) = fs::rename(&file.temporary, &file.step.target) {
            discard(std::iter::once(file).chain(waiting));
            return Err(vec![Problem::io("write", &file.step.name, &error)]);
        }
    }
    let stale = examined.steps.iter().filter(|step| step.action == Action::Removed);
    let problems: Vec<Problem> = stale
        .filter_map(|step| match fs::remove_file(&step.target) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Some(Problem::io("remove", &step.name, &error)),
            _ => None,
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Makes each missing directory once, parents first; `made` lists them in that order.
fn make_folders(steps: &[&Step<'_>], there: &[PathBuf], made: &mut Vec<PathBuf>) -> Result<(), Problem> {
    let mut last: Option<&Path> = None;
    for step in steps {
        let Some(dir) = step.target.parent() else { continue };
        // Files of one directory mostly follow each other, and making one twice does no harm.
        if step.old.is_some() || last == Some(dir) || there.binary_search_by(|d| d.as_path().cmp(dir)).is_ok() {
            continue;
        }
        last = Some(dir);
        make_folder(dir, made).map_err(|error| {
            let name = step.name.rsplit_once('/').map_or(".", |(dir, _)| dir);
            Problem::io("create directory", name, &error)
        })?;
    }
    Ok(())
}

fn make_folder(dir: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o755);
    match builder.create(dir) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let Some(parent) = dir.parent() else { return Err(error) };
            make_folder(parent, made)?;
            match builder.create(dir) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
        }
        // Made by the file before, or by another program in this moment.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && dir.is_dir() => return Ok(()),
        Err(error) => return Err(error),
    }
    made.push(dir.to_owned());
    Ok(())
}

/// Removes directories of a run that failed; one that holds something by now stays.
fn unmake(made: &[PathBuf]) {
    for dir in made.iter().rev() {
        let _ = fs::remove_dir(dir);
    }
}

fn stage_all<'a>(steps: &[&'a Step<'a>], write_all: &WriteAll<'_>) -> Result<Vec<Staged<'a>>, Vec<Problem>> {
    let threads = if steps.len() < THREADED_FROM { 1 } else { thread::available_parallelism().map_or(1, |n| n.get().min(MAX_THREADS)) };
    let parts: Vec<(Vec<Staged<'a>>, Option<Problem>)> = if threads == 1 {
        vec![stage_some(steps, write_all)]
    } else {
        thread::scope(|scope| {
            let chunks = steps.chunks(steps.len().div_ceil(threads));
            let workers: Vec<_> = chunks.map(|chunk| scope.spawn(move || stage_some(chunk, write_all))).collect();
            // A worker does not panic; if one did, so do we, as without threads.
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        })
    };
    let mut staged = Vec::with_capacity(steps.len());
    let mut problems = Vec::new();
    for (files, problem) in parts {
        staged.extend(files);
        problems.extend(problem);
    }
    if problems.is_empty() {
        return Ok(staged);
    }
    discard(&staged);
    Err(problems)
}

/// Stages files up to the first that fails.
fn stage_some<'a>(steps: &[&'a Step<'a>], write_all: &WriteAll<'_>) -> (Vec<Staged<'a>>, Option<Problem>) {
    let mut staged = Vec::with_capacity(steps.len());
    for step in steps {
        match stage(step, write_all) {
            Ok(temporary) => staged.push(Staged { step, temporary }),
            Err(error) => return (staged, Some(Problem::io("write", &step.name, &error))),
        }
    }
    (staged, None)
}

fn stage(step: &Step<'_>, write_all: &WriteAll<'_>) -> io::Result<PathBuf> {
    let path = temporary(&step.target);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o644);
    let mut file = options.open(&path)?;
    let filled = write_all(&mut file, step.file.body.bytes()).and_then(|()| match &step.old {
        Some(old) => {
            keep_owner(&file, old);
            file.set_permissions(old.permissions())
        }
        None => Ok(()),
    });
    drop(file);
    filled.inspect_err(|_| {
        let _ = fs::remove_file(&path);
    })?;
    Ok(path)
}

/// A file replaced by root (in a container, say) stays its owner's; where that is not allowed it becomes ours.
#[cfg(unix)]
fn keep_owner(file: &File, old: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    if file.metadata().is_ok_and(|new| (new.uid(), new.gid()) != (old.uid(), old.gid())) {
        let _ = fchown(file, Some(old.uid()), Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) {}

fn discard<'a>(files: impl IntoIterator<Item = &'a Staged<'a>>) {
    for file in files {
        let _ = fs::remove_file(&file.temporary);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::plan::{Ownership, RenderedFile, Root, RootId};
    use crate::write::examine::examine;
    use crate::write::{Options, ProblemKind};

    fn files(count: usize, text: &str) -> Vec<RenderedFile> {
        let file = |i| RenderedFile {
            root: RootId(0),
            path: format!("d{}/f{i}.go", i % 7),
            owner: Ownership::Generated,
            body: text.to_owned().into(),
            template: String::new(),
        };
        (0..count).map(file).collect()
    }

    /// Every file below, with its text.
    fn tree(dir: &Path) -> Vec<(PathBuf, String)> {
        let mut out = Vec::new();
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { out.extend(tree(&path)) } else { out.push((path.clone(), fs::read_to_string(path).unwrap())) }
        }
        out.sort();
        out
    }

    #[test]
    fn a_disk_that_fills_up_leaves_everything_as_it_was() {
        let dir = std::env::temp_dir().join(format!("ctl-apply-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let roots = [Root { dir: dir.join("out"), shown: "out".into() }];
        let options = Options::default();
        // In one thread and in several, on an empty place and over old files.
        for (count, old) in [(20, false), (20, true), (300, false), (300, true)] {
            let _ = fs::remove_dir_all(dir.join("out"));
            if old {
                let before = files(count / 2, "old");
                apply(&examine(&roots, &before, &options).unwrap_or_else(|p| panic!("{p:?}")), &write_all).unwrap();
            }
            let before = tree(&dir);
            for limit in [0, 1, count / 2, count - 1] {
                let room = AtomicUsize::new(limit);
                let filling =
                    |file: &mut File, bytes: &[u8]| match room.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)) {
                        Ok(_) => file.write_all(bytes),
                        Err(_) => {
                            // Half of it got through.
                            file.write_all(bytes.get(..bytes.len() / 2).unwrap_or_default())?;
                            Err(io::ErrorKind::StorageFull.into())
                        }
                    };
                let new = files(count, "new text");
                let problems = apply(&examine(&roots, &new, &options).unwrap_or_else(|p| panic!("{p:?}")), &filling).unwrap_err();
                assert!(problems.iter().all(|p| p.kind == ProblemKind::Io && p.message.starts_with("cannot write out/d")), "{problems:?}");
                assert_eq!(tree(&dir), before);
                assert_eq!(dir.join("out").exists(), old, "directories of the failed run are gone");
            }
        }
        fs::remove_dir_all(&dir).unwrap();
    }
}
