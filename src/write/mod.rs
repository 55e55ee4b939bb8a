//! The only writer of the disk.
//!
//! In: the roots of a plan and its rendered files. Out: what happened to each file, or every reason why nothing may be
//! written. Nothing is printed.
//!
//! Invariants:
//! - Everything is examined before the first byte is written, and all problems are reported together.
//! - All contents are staged in temporary siblings before the first file is renamed into place, so a full disk or a
//!   read-only directory leaves the files as they were. Killed at any point, each file is old or new, never half; the
//!   temporary files of a killed run are removed by the next one.
//! - Nothing outside a root is touched, whatever the paths say and whatever symbolic links stand inside it.
//! - A file of the user's is replaced only with [`Options::force`], and a scaffold never.

// The one place that writes the disk (ARCHITECTURE, invariant 3); it reads what it is about to replace.
#![allow(clippy::disallowed_methods)]

mod apply;
mod aside;
mod diff;
mod examine;
mod folders;
mod header;
mod leftovers;
mod problem;
mod summary;

use crate::plan::{Ownership, RenderedFile, Root, RootId};

pub use aside::{Aside, free_name, move_aside};
pub use diff::unified;
pub(crate) use header::is_generated;
pub use problem::{Problem, ProblemKind};
pub use summary::Summary;

/// What to do with the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Write them.
    #[default]
    Write,
    /// Say what would be written (`--dry-run`).
    DryRun,
    /// The same, with a unified diff (`--diff`).
    Diff,
    /// The same; the caller fails when anything would change (`--check`).
    Check,
}

/// How to write.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// What to do.
    pub mode: Mode,
    /// Replace existing targets and conflicting generated files; never a scaffold.
    pub force: bool,
}

/// What happened to a file, or would happen in a mode that writes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Nothing stood there.
    Written,
    /// It stood there with other content.
    Updated,
    /// It stood there with this content; not touched.
    Unchanged,
    /// It is the user's; not touched.
    Kept,
    /// It was stale.
    Removed,
}

impl Action {
    /// The word of the summary and of `--json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Kept => "kept",
            Self::Removed => "removed",
        }
    }
}

/// One file's end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileOutcome {
    /// Below which root.
    pub root: RootId,
    /// Relative to it.
    pub path: String,
    /// Whose.
    pub owner: Ownership,
    /// What happened.
    pub action: Action,
    /// The template it came from.
    pub template: String,
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Each planned file, in the order of the plan; a file to remove that is not there, or never was ours,
    /// is not listed.
    pub files: Vec<FileOutcome>,
    /// The unified diff of all changes; only in [`Mode::Diff`].
    pub diff: Option<String>,
}

impl Outcome {
    /// Adds the files of another outcome, whose roots stand from `root` on in the list that both share.
    pub fn append(&mut self, other: Self, root: usize) {
        self.files.extend(other.files.into_iter().map(|file| FileOutcome { root: RootId(file.root.0 + root), ..file }));
        if let Some(diff) = other.diff {
            self.diff.get_or_insert_default().push_str(&diff);
        }
    }

    /// The counts.
    pub fn summary(&self) -> Summary {
        Summary::of(&self.files)
    }
}

/// Writes `files` below `roots`, or says what that would do.
///
/// # Errors
///
/// Every problem of the examination together (nothing was touched then), or what stopped the writing: while staging,
/// everything is as it was; while renaming, the files before the named one are new and the others old.
/// [`Problem::exit_code`] tells the two kinds of failure apart; of several the largest counts.
pub fn write(roots: &[Root], files: &[RenderedFile], options: &Options) -> Result<Outcome, Vec<Problem>> {
    let examined = examine::examine(roots, files, options)?;
    if options.mode == Mode::Write {
        apply::apply(&examined, &apply::write_all)?;
    }
    let mut outcome = Outcome::default();
    if options.mode == Mode::Diff {
        let mut text = String::new();
        for step in &examined.steps {
            let shown = roots.get(step.file.root.0).map_or("", |root| root.shown.as_str());
            let path = diff::name(shown, &step.file.path);
            match step.action {
                Action::Written => text.push_str(&unified(&path, None, Some(step.file.body.bytes()))),
                Action::Updated => text.push_str(&unified(&path, Some(&step.before), Some(step.file.body.bytes()))),
                Action::Removed => text.push_str(&unified(&path, Some(&step.before), None)),
                Action::Unchanged | Action::Kept => {}
            }
        }
        outcome.diff = Some(text);
    }
    outcome.files = examined
        .steps
        .into_iter()
        .map(|step| FileOutcome {
            root: step.file.root,
            path: step.file.path.clone(),
            owner: step.file.owner,
            action: step.action,
            template: step.file.template.clone(),
        })
        .collect();
    Ok(outcome)
}

/// Removes those directories below a root, given relative to it and the inner ones first, that hold nothing.
pub fn prune(root: &Root, folders: &[String]) {
    let Ok(top) = std::fs::canonicalize(&root.dir) else { return };
    for folder in folders.iter().map(|folder| top.join(folder)) {
        // Not through a link: what it leads to has another path. What is not empty stays.
        if std::fs::canonicalize(&folder).is_ok_and(|real| real == folder) {
            let _ = std::fs::remove_dir(&folder);
        }
    }
}

/// The path of a file as the user knows it: below the root as typed.
pub fn shown(roots: &[Root], root: RootId, path: &str) -> String {
    let root = roots.get(root.0).map_or("", |root| root.shown.as_str());
    if root.starts_with('/') {
        return format!("{}/{path}", root.trim_end_matches('/'));
    }
    match root.trim_start_matches("./").trim_end_matches('/') {
        "" | "." => path.to_owned(),
        root => format!("{root}/{path}"),
    }
}
