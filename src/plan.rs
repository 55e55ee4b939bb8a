//! The files a command is about to make: where, whose, from which template with which view. Nothing is rendered yet.
//!
//! Invariant: a path is relative to its root, with forward slashes, without `..`; no two planned files share a path,
//! not even one that differs only in case.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::source::Span;
use crate::view::View;

/// Whose a file is (decisions, Files).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ownership {
    /// Ours: rewritten each time; its header says so.
    Generated,
    /// Theirs: written once, then never touched.
    Scaffold,
    /// What the command was asked for by name: written only where nothing stands.
    Target,
    /// A generated file of an earlier layout that this plan no longer has; carries no content.
    Remove,
}

impl Ownership {
    /// The word `--json` and the snapshots print.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::Scaffold => "scaffold",
            Self::Target => "target",
            Self::Remove => "remove",
        }
    }
}

/// A directory the user gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// Absolute; may not exist yet.
    pub dir: PathBuf,
    /// As typed; what messages show.
    pub shown: String,
}

/// Where the one file goes that a command is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Destination {
    /// To standard output, and nothing is written.
    #[default]
    Printed,
    /// Into a directory, under a name.
    File(Root, String),
}

/// Which of a plan's roots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RootId(pub usize);

/// What a planned file will hold.
#[derive(Debug, Clone)]
pub enum Content {
    /// What a template makes of a view.
    Template(View),
    /// What is finished already.
    Body(Body),
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Text, as almost all do.
    Text(String),
    /// Anything else: a set of descriptors.
    Bytes(Vec<u8>),
}

impl Body {
    /// As it stands on the disk.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// Its text; what is none has an empty one.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Bytes(_) => "",
        }
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// One row of a plan.
#[derive(Debug, Clone)]
pub struct PlannedFile {
    /// Below which root.
    pub root: RootId,
    /// Relative to it.
    pub path: String,
    /// Whose.
    pub owner: Ownership,
    /// What.
    pub content: Content,
    /// What in the input asks for it; two files with one path name both.
    pub origin: Option<Span>,
}

impl PlannedFile {
    /// The template it is made from, if any.
    pub fn template(&self) -> Option<&'static str> {
        match &self.content {
            Content::Template(view) => Some(view.name()),
            Content::Body(_) => None,
        }
    }
}

/// The files of one command.
#[derive(Debug, Default)]
pub struct Plan {
    /// The directories the user gave.
    pub roots: Vec<Root>,
    /// In the order they were planned.
    pub files: Vec<PlannedFile>,
}

/// Two planned files with one path, or with paths that differ only in case; or a path that leaves its root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanError {
    /// The path points out of its root, or is absolute.
    Outside(String),
    /// Two files of this path, or of paths that differ only in case, with what asks for the first and the second.
    Collision(String, [Option<Span>; 2]),
}

impl Plan {
    /// Adds a root.
    pub fn root(&mut self, dir: PathBuf, shown: impl Into<String>) -> RootId {
        self.roots.push(Root { dir, shown: shown.into() });
        RootId(self.roots.len() - 1)
    }

    /// Plans a file made from a template.
    pub fn file(&mut self, root: RootId, owner: Ownership, path: impl Into<String>, view: View) -> &mut PlannedFile {
        self.push(PlannedFile { root, path: path.into(), owner, content: Content::Template(view), origin: None })
    }

    /// Plans a file whose text is already known.
    pub fn text(&mut self, root: RootId, owner: Ownership, path: impl Into<String>, text: impl Into<String>) -> &mut PlannedFile {
        self.body(root, owner, path, Body::Text(text.into()))
    }

    /// Plans a file that is finished already.
    pub fn body(&mut self, root: RootId, owner: Ownership, path: impl Into<String>, body: Body) -> &mut PlannedFile {
        self.push(PlannedFile { root, path: path.into(), owner, content: Content::Body(body), origin: None })
    }

    /// Adds the roots and the files of another plan.
    pub fn append(&mut self, other: Plan) {
        let before = self.roots.len();
        self.roots.extend(other.roots);
        self.files.extend(other.files.into_iter().map(|file| PlannedFile { root: RootId(file.root.0 + before), ..file }));
    }

    fn push(&mut self, file: PlannedFile) -> &mut PlannedFile {
        self.files.push(file);
        let last = self.files.len() - 1;
        &mut self.files[last]
    }

    /// Every way in which the plan breaks its invariant.
    pub fn check(&self) -> Vec<PlanError> {
        let mut errors = Vec::new();
        let mut seen: BTreeMap<(RootId, String), Option<Span>> = BTreeMap::new();
        for file in &self.files {
            let parts = || file.path.split('/');
            if file.path.starts_with('/') || file.path.contains('\\') || parts().any(|p| p.is_empty() || p == "." || p == "..") {
                errors.push(PlanError::Outside(file.path.clone()));
            }
            if let Some(first) = seen.insert((file.root, file.path.to_lowercase()), file.origin) {
                errors.push(PlanError::Collision(file.path.clone(), [first, file.origin]));
            }
        }
        errors
    }
}

/// A file with its final bytes, ready for the writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedFile {
    /// Below which root of the plan.
    pub root: RootId,
    /// Relative to it.
    pub path: String,
    /// Whose.
    pub owner: Ownership,
    /// What it holds. For [`Ownership::Remove`] what the file must hold to be removed; empty where its header tells.
    pub body: Body,
    /// The template it came from, for `--verbose`; `built-in api/handler.tera`.
    pub template: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(paths: &[&str]) -> Vec<PlanError> {
        let mut plan = Plan::default();
        let root = plan.root("/out".into(), "out");
        for path in paths {
            plan.text(root, Ownership::Scaffold, *path, "");
        }
        plan.check()
    }

    #[test]
    fn a_path_stays_inside_its_root() {
        for path in ["../a", "a/../../b", "/etc/passwd", "a//b", "./a", "a\\b", ""] {
            assert_eq!(errors(&[path]), [PlanError::Outside(path.to_owned())]);
        }
        assert_eq!(errors(&["a/b.go", "a..b/.c"]), []);
    }

    #[test]
    fn no_two_files_are_one_where_case_does_not_count() {
        assert_eq!(errors(&["a/b.go", "A/B.go"]), [PlanError::Collision("A/B.go".to_owned(), [None, None])]);
    }
}
