//! How many files met which end.

use super::{Action, FileOutcome};

/// The counts of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// New files.
    pub written: usize,
    /// Files with new content.
    pub updated: usize,
    /// Files whose content was already right.
    pub unchanged: usize,
    /// The user's files, left alone.
    pub kept: usize,
    /// Stale files that are gone.
    pub removed: usize,
}

impl Summary {
    /// Counts.
    pub fn of(files: &[FileOutcome]) -> Self {
        let mut summary = Self::default();
        for file in files {
            let count = match file.action {
                Action::Written => &mut summary.written,
                Action::Updated => &mut summary.updated,
                Action::Unchanged => &mut summary.unchanged,
                Action::Kept => &mut summary.kept,
                Action::Removed => &mut summary.removed,
            };
            *count += 1;
        }
        summary
    }

    /// The files that differ, or would differ, from what stood there.
    pub fn changes(&self) -> usize {
        self.written + self.updated + self.removed
    }

    /// The counts under their names, in the order they are printed.
    pub fn counts(&self) -> [(&'static str, usize); 5] {
        [
            (Action::Written.as_str(), self.written),
            (Action::Updated.as_str(), self.updated),
            (Action::Unchanged.as_str(), self.unchanged),
            (Action::Kept.as_str(), self.kept),
            (Action::Removed.as_str(), self.removed),
        ]
    }
}

impl std::fmt::Display for Summary {
    /// `3 written, 1 kept`; `nothing to do` when there was nothing.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let counts: Vec<String> = self.counts().iter().filter(|(_, n)| *n > 0).map(|(name, n)| format!("{n} {name}")).collect();
        if counts.is_empty() { f.write_str("nothing to do") } else { f.write_str(&counts.join(", ")) }
    }
}
