//! What is wrong with an input, and where.
//!
//! A stage pushes [`Diagnostic`]s into a [`Report`] and goes on; it never prints. Wording: lower case, no full stop; the
//! primary label on the smallest span, a second label on the other culprit, `help` where a fix is known.

mod code;
pub mod flag;
mod print;

pub use code::Code;
pub use print::{json, render};

use crate::source::{Sources, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Generated all the same.
    Warning,
    /// Worth knowing.
    Note,
}

/// A place with a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// `first defined here`; empty for a bare underline.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad.
    pub severity: Severity,
    /// The rule, for machines and for the documentation.
    pub code: Code,
    /// What is wrong, in one line.
    pub message: String,
    /// The culprit; `None` for a finding about the command line or a file that could not be read.
    pub primary: Option<Label>,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// The file, where there is no place in it.
    pub path: Option<String>,
}

impl Diagnostic {
    /// An error under the rule `code`.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A warning under the rule `code`.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    /// A note under the rule `code`.
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message.into())
    }

    fn new(severity: Severity, code: Code, message: String) -> Self {
        Self { severity, code, message, primary: None, secondary: Vec::new(), help: None, path: None }
    }

    /// With the culprit underlined and `text` beside it (may be empty).
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.primary = Some(Label { span, text: text.into() });
        self
    }

    /// With another place; the culprit's own place is not named again.
    #[must_use]
    pub fn and(mut self, span: Span, text: impl Into<String>) -> Self {
        if self.primary.as_ref().is_none_or(|primary| primary.span != span) {
            self.secondary.push(Label { span, text: text.into() });
        }
        self
    }

    /// With what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// About a file as a whole.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }
}

/// The findings of a run.
#[derive(Debug, Default, Clone)]
pub struct Report {
    found: Vec<Diagnostic>,
}

impl Report {
    /// Nothing found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Adds what was found, if anything.
    pub fn extend(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        self.found.extend(found);
    }

    /// Adds the findings of another report.
    pub fn append(&mut self, other: Report) {
        self.found.extend(other.found);
    }

    /// Whether anything forbids the next stage.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity == Severity::Error)
    }

    /// All findings by file (in the order the files were read) and place; those without a place first.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = self.found.iter().collect();
        all.sort_by_key(|d| d.primary.as_ref().map(|l| (l.span.file, l.span.start)));
        all
    }

    /// How many errors and warnings there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|d| d.severity == severity).count()
    }

    /// Draws all findings as a person reads them.
    pub fn render(&self, sources: &Sources, color: bool) -> String {
        self.sorted().into_iter().map(|d| render(d, sources, color)).collect()
    }
}
