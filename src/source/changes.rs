//! What a run is about to do to the machine's disk, so that its later stages read the disk as it will be.
//!
//! Invariant: nothing here changes the disk; `write` does, when all is made.

// Part of the one place that reads the disk (ARCHITECTURE, invariant 4).
#![allow(clippy::disallowed_methods)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::clean;

/// The changes; all paths are absolute.
#[derive(Debug, Default)]
pub struct Changes {
    /// Files that will be written, with their text.
    files: BTreeMap<PathBuf, String>,
    /// What will be moved away, with all below it.
    vacated: BTreeSet<PathBuf>,
}

impl Changes {
    /// A file will stand at `path`.
    pub(super) fn write(&mut self, path: PathBuf, text: String) {
        self.files.insert(path, text);
    }

    /// What stands at `path` now will be moved away.
    pub(super) fn vacate(&mut self, path: PathBuf) {
        self.files.retain(|file, _| !file.starts_with(&path));
        self.vacated.insert(path);
    }

    /// The text of the file that will be written at `path`.
    pub(super) fn file(&self, path: &Path) -> Option<&String> {
        self.files.get(&absolute(path)?)
    }

    /// Whether a file will be written at `path` or below it; the path then.
    pub(super) fn holds(&self, path: &Path) -> Option<PathBuf> {
        let path = absolute(path)?;
        self.files.keys().any(|file| file.starts_with(&path)).then_some(path)
    }

    /// What files and directories will be made in the directory `path`, as (name, is a directory).
    pub(super) fn entries(&self, path: &Path) -> Vec<(String, bool)> {
        let Some(dir) = absolute(path) else { return Vec::new() };
        let entry = |file: &PathBuf| {
            let mut below = file.strip_prefix(&dir).ok()?.components();
            let name = below.next()?.as_os_str().to_string_lossy().into_owned();
            Some((name, below.next().is_some()))
        };
        self.files.keys().filter_map(entry).collect()
    }

    /// What the machine says of `path`; "not found" of what is moved away.
    pub(super) fn ask<T>(&self, path: &Path, question: impl FnOnce(&Path) -> io::Result<T>) -> io::Result<T> {
        if self.is_vacated(path) { Err(io::ErrorKind::NotFound.into()) } else { question(path) }
    }

    /// Whether what stands at `path` is moved away.
    pub(super) fn is_vacated(&self, path: &Path) -> bool {
        let is_below = |path: PathBuf| self.vacated.iter().any(|vacated| path.starts_with(vacated));
        // By its text, and through links.
        !self.vacated.is_empty() && absolute(path).into_iter().chain(fs::canonicalize(path).ok()).any(is_below)
    }
}

fn absolute(path: &Path) -> Option<PathBuf> {
    std::path::absolute(path).ok().map(|path| clean(&path))
}
