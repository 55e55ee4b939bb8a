//! Directories: each root is resolved once, each directory below it is looked at once.
//!
//! Invariant: a directory handed out is its canonical path, and that path lies in its root.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::problem::{Problem, ProblemKind};
use super::shown;
use crate::plan::{Root, RootId};

/// What stands where a directory is needed.
#[derive(Debug, Clone)]
pub(super) enum Folder {
    /// The directory, canonical.
    There(PathBuf),
    /// Nothing; it would be made here.
    Missing(PathBuf),
    /// Something that is none; reported already.
    Bad,
}

pub(super) struct Folders<'a> {
    roots: &'a [Root],
    tops: Vec<Folder>,
    known: HashMap<(usize, String), Folder>,
}

impl<'a> Folders<'a> {
    /// Resolves the roots.
    pub(super) fn new(roots: &'a [Root], problems: &mut Vec<Problem>) -> Self {
        let tops = roots.iter().map(|root| top(root, problems)).collect();
        Self { roots, tops, known: HashMap::new() }
    }

    /// The canonical directory of a root, whether it exists or not.
    pub(super) fn top(&self, root: usize) -> Folder {
        self.tops.get(root).cloned().unwrap_or(Folder::Bad)
    }

    /// The directory `path` (checked for `..` before; may be empty) of a root.
    pub(super) fn get(&mut self, root: usize, path: &str, problems: &mut Vec<Problem>) -> Folder {
        if path.is_empty() {
            return self.top(root);
        }
        let key = (root, path.to_owned());
        if let Some(folder) = self.known.get(&key) {
            return folder.clone();
        }
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = match self.get(root, parent, problems) {
            Folder::Missing(dir) => Folder::Missing(dir.join(name)),
            Folder::Bad => Folder::Bad,
            Folder::There(dir) => self.look(root, path, dir.join(name)).unwrap_or_else(|problem| {
                problems.push(problem);
                Folder::Bad
            }),
        };
        self.known.insert(key, folder.clone());
        folder
    }

    /// Every directory that would have to be made.
    pub(super) fn missing(&self) -> std::collections::HashSet<&Path> {
        let all = self.tops.iter().chain(self.known.values());
        all.filter_map(|folder| if let Folder::Missing(dir) = folder { Some(dir.as_path()) } else { None }).collect()
    }

    fn look(&self, root: usize, path: &str, at: PathBuf) -> Result<Folder, Problem> {
        let name = shown(self.roots, RootId(root), path);
        let meta = match fs::symlink_metadata(&at) {
            Ok(meta) => meta,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Folder::Missing(at)),
            Err(error) => return Err(Problem::io("look at directory", &name, &error)),
        };
        if meta.is_dir() {
            return Ok(Folder::There(at));
        }
        if !meta.is_symlink() {
            return Err(Problem::blocked("create directory", &name, "a file"));
        }
        let target = inside(&self.top(root), &at, &name)?;
        match fs::metadata(&target) {
            Ok(meta) if meta.is_dir() => Ok(Folder::There(target)),
            Ok(_) => Err(Problem::blocked("create directory", &name, "a file")),
            Err(error) => Err(Problem::io("look at directory", &name, &error)),
        }
    }
}

/// Where the symbolic link `link` leads, which must be inside `top`.
pub(super) fn inside(top: &Folder, link: &Path, name: &str) -> Result<PathBuf, Problem> {
    let target = match fs::canonicalize(link) {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let text = format!("cannot write through {name}: it is a symbolic link to nothing");
            return Err(Problem::new(ProblemKind::Blocked, name, text));
        }
        Err(error) => return Err(Problem::io("follow the symbolic link", name, &error)),
    };
    match top {
        Folder::There(top) if target.starts_with(top) => Ok(target),
        _ => {
            let text = format!("refused to write through {name}: it is a symbolic link that leads out of the output directory");
            Err(Problem::new(ProblemKind::Outside, name, text))
        }
    }
}

/// Resolves a root: links and `..` are the user's own there, and it may not exist yet.
fn top(root: &Root, problems: &mut Vec<Problem>) -> Folder {
    let resolved = match fs::canonicalize(&root.dir) {
        Ok(dir) => Ok((dir, true)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => walk(&root.dir),
        Err(error) => Err(error),
    };
    let problem = match resolved {
        Ok((dir, false)) => return Folder::Missing(dir),
        Ok((dir, true)) => match fs::metadata(&dir) {
            Ok(meta) if meta.is_dir() => return Folder::There(dir),
            Ok(_) => Problem::blocked("create directory", &root.shown, "a file"),
            Err(error) => Problem::io("look at directory", &root.shown, &error),
        },
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Problem::new(
            ProblemKind::Blocked,
            &root.shown,
            format!("cannot create directory {}: a file stands where one of its parents should be", root.shown),
        ),
        Err(error) => Problem::io("create directory", &root.shown, &error),
    };
    problems.push(problem);
    Folder::Bad
}

/// The canonical path of a directory whose last parts may not exist, and whether all of it does.
fn walk(dir: &Path) -> io::Result<(PathBuf, bool)> {
    let mut at = if dir.is_absolute() { PathBuf::new() } else { fs::canonicalize(".")? };
    let mut there = true;
    for part in dir.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                // `at` has no links, so its parent is the one the system would find.
                at.pop();
                there = fs::symlink_metadata(&at).is_ok();
            }
            Component::Prefix(_) | Component::RootDir => at.push(part),
            Component::Normal(name) => {
                at.push(name);
                if !there {
                    continue;
                }
                match fs::canonicalize(&at) {
                    Ok(real) => at = real,
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    Err(_) if fs::symlink_metadata(&at).is_ok() => {
                        return Err(io::Error::other(format!("{} is a symbolic link to nothing", at.display())));
                    }
                    Err(_) => there = false,
                }
            }
        }
    }
    Ok((at, there))
}
