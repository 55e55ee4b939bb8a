//! What the two template engines have in common: how they say what is wrong, and what a rendering may cost.

use std::fmt;
use std::ops::Range;
use std::time::Duration;

/// What is wrong with a template, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// One line, lower case, no full stop.
    pub message: String,
    /// The bytes of the template's text it is about; none where it is about the whole.
    pub at: Option<Range<usize>>,
    /// For an unknown name: the names there are, sorted.
    pub available: Vec<String>,
}

impl TemplateError {
    /// An error without a list of names.
    pub fn new(message: impl Into<String>, at: Option<Range<usize>>) -> Self {
        Self { message: message.into(), at, available: Vec::new() }
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// How many steps a rendering may take: runs of a loop's body, and calls of a template (decisions, Templates).
pub const MAX_STEPS: usize = 10_000_000;
/// How many bytes a rendering may write (decisions, Templates).
pub const MAX_BYTES: usize = 64 << 20;
/// How long a rendering may take (decisions, Templates).
pub const MAX_TIME: Duration = Duration::from_secs(10);

/// What is said where a rendering takes more than [`MAX_STEPS`].
pub const TOO_MANY_STEPS: &str = "this template loops more than 10 million times";
/// What is said where a rendering makes more than [`MAX_BYTES`].
pub const TOO_MANY_BYTES: &str = "this template makes more than 64 MB of text";
/// What is said where a rendering takes longer than [`MAX_TIME`].
pub const TOO_SLOW: &str = "this template takes longer than 10 s";
