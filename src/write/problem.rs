//! Why nothing, or not everything, was written.

use std::fmt;
use std::io;

/// What kind of trouble it is; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// A generated file would replace one without a generated header.
    Conflict,
    /// A file that is only made where nothing stands is there already.
    Exists,
    /// The path leaves its root.
    Outside,
    /// Two planned files are one file on this disk.
    Collision,
    /// Something of another kind stands in the way: a file for a directory, a directory for a file.
    Blocked,
    /// The disk would not.
    Io,
}

/// One reason, naming the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The kind.
    pub kind: ProblemKind,
    /// The file or directory, as the user knows it.
    pub path: String,
    /// The whole sentence, with action and path; lower case, no full stop.
    pub message: String,
}

impl Problem {
    pub(super) fn new(kind: ProblemKind, path: &str, message: String) -> Self {
        Self { kind, path: path.to_owned(), message }
    }

    /// `cannot ACTION PATH: REASON`.
    pub(super) fn io(action: &str, path: &str, error: &io::Error) -> Self {
        Self::new(ProblemKind::Io, path, format!("cannot {action} {path}: {error}"))
    }

    /// `cannot ACTION PATH: a THING of that name stands there`.
    pub(super) fn blocked(action: &str, path: &str, thing: &str) -> Self {
        Self::new(ProblemKind::Blocked, path, format!("cannot {action} {path}: {thing} of that name stands there"))
    }

    /// The exit code it asks for: 1 where the input or the arguments can be changed, 2 where the disk is unwilling.
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            ProblemKind::Conflict | ProblemKind::Exists | ProblemKind::Outside | ProblemKind::Collision => 1,
            ProblemKind::Blocked | ProblemKind::Io => 2,
        }
    }

    /// What `--json` prints as the diagnostic's code.
    pub fn code(&self) -> &'static str {
        match self.kind {
            ProblemKind::Conflict => "file_conflict",
            ProblemKind::Exists => "file_exists",
            ProblemKind::Outside => "path_outside_root",
            ProblemKind::Collision => "file_collision",
            ProblemKind::Blocked => "path_blocked",
            ProblemKind::Io => "disk_error",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}
