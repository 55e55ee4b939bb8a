//! The list of known differences, `tests/known/parity.txt`: `why case path: reason` each line.

use std::cell::Cell;
use std::fs;

use crate::support::machine::package;

/// What may be a reason: goctl's side is no Go that builds, is random, loses something; or the project decided so.
const WHY: [&str; 4] = ["broken", "random", "loses", "decided"];

/// One line of the list.
#[derive(Debug)]
struct Line {
    text: String,
    why: String,
    case: String,
    path: String,
    seen: Cell<bool>,
}

/// A difference that is on the list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listed {
    /// Whether it is the first of a line that says `broken`: that is to be shown.
    pub(crate) unproven: bool,
}

/// The list.
#[derive(Debug)]
pub(crate) struct Known(Vec<Line>);

impl Known {
    pub(crate) fn read() -> Self {
        let text = fs::read_to_string(package().join("tests/known/parity.txt")).unwrap();
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let line = |line: &str| {
            let (head, _) = line.split_once(": ").unwrap_or_else(|| panic!("no reason: {line}"));
            let [why, case, path] = head.split(' ').collect::<Vec<_>>()[..] else { panic!("`why case path: reason`: {line}") };
            assert!(WHY.contains(&why), "{why} is none of {WHY:?}: {line}");
            Line { text: line.to_owned(), why: why.to_owned(), case: case.to_owned(), path: path.to_owned(), seen: Cell::new(false) }
        };
        Self(lines.map(line).collect())
    }

    /// Whether a difference is on the list.
    pub(crate) fn has(&self, case: &str, path: &str) -> Option<Listed> {
        // A pattern for files of one directory says nothing of those below it.
        let depth = |path: &str| path.matches('/').count();
        let fits = |line: &&Line| like(&line.case, case) && like(&line.path, path) && depth(&line.path) == depth(path);
        let lines = || self.0.iter().filter(fits);
        let first = lines().next()?;
        let unproven = first.why == "broken" && !first.seen.get();
        lines().for_each(|line| line.seen.set(true));
        Some(Listed { unproven })
    }

    /// The lines that no difference needed.
    pub(crate) fn unseen(&self) -> Vec<&str> {
        self.0.iter().filter(|line| !line.seen.get()).map(|line| line.text.as_str()).collect()
    }
}

/// Whether a text is as the pattern has it; one `*` stands for anything.
fn like(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        Some((head, tail)) => text.len() >= head.len() + tail.len() && text.starts_with(head) && text.ends_with(tail),
        None => pattern == text,
    }
}
