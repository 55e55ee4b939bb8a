//! The flags that several commands share, as structs to flatten.

use clap::Args;

use super::Usage;
use super::output::{Color, Manner};
use crate::compat::Compat;
use crate::write::{Mode, Options};

/// How a command reports.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct Reporting {
    /// Print one JSON object a line to stdout: files, diagnostics, summary
    #[arg(long, conflicts_with = "verbose")]
    pub json: bool,
    /// Print errors only
    #[arg(long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// List each file with the template it came from
    #[arg(long)]
    pub verbose: bool,
    /// When to colour the output: auto, always or never
    #[arg(long, value_enum, value_name = "WHEN", default_value_t, hide_possible_values = true, hide_default_value = true)]
    pub color: Color,
}

impl Reporting {
    /// As the console wants it.
    pub fn manner(&self) -> Manner {
        Manner { json: self.json, quiet: self.quiet, verbose: self.verbose, color: self.color }
    }
}

/// Ways to see what a command would do.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct Preview {
    /// List what would be written, write nothing
    #[arg(long, conflicts_with_all = ["diff", "check"])]
    pub dry_run: bool,
    /// Print a unified diff of what would change, write nothing
    #[arg(long, conflicts_with_all = ["check", "json"])]
    pub diff: bool,
    /// Exit 1 when anything would change, write nothing (for CI)
    #[arg(long)]
    pub check: bool,
}

impl Preview {
    /// As the writer wants it.
    pub fn mode(&self) -> Mode {
        match self {
            Self { dry_run: true, .. } => Mode::DryRun,
            Self { diff: true, .. } => Mode::Diff,
            Self { check: true, .. } => Mode::Check,
            _ => Mode::Write,
        }
    }
}

/// What every generating command has.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct Output {
    /// Ways to write nothing.
    #[command(flatten)]
    pub preview: Preview,
    /// Overwrite a file asked for by name, or a generated one that lost its header; never one of yours
    #[arg(long)]
    pub force: bool,
    /// How to report.
    #[command(flatten)]
    pub reporting: Reporting,
}

impl Output {
    /// As the writer wants it.
    pub fn options(&self) -> Options {
        Options { mode: self.preview.mode(), force: self.force }
    }
}

/// Where templates come from. Known to the grammar so that they are refused by name, not mistaken for typing errors.
#[derive(Debug, Clone, Args)]
pub struct TemplateHome {
    /// The template home.
    #[arg(long, hide = true)]
    pub home: Option<String>,
    /// A git repository that holds one.
    #[arg(long, hide = true)]
    pub remote: Option<String>,
    /// Its branch.
    #[arg(long, hide = true)]
    pub branch: Option<String>,
}

impl TemplateHome {
    /// The flag that was given, if any; an empty value asks for nothing, as in goctl.
    pub fn given(&self) -> Option<&'static str> {
        let all = [("--home", &self.home), ("--remote", &self.remote), ("--branch", &self.branch)];
        all.into_iter().find(|(_, value)| value.as_ref().is_some_and(|v| !v.is_empty())).map(|(name, _)| name)
    }
}

/// Whose output to match where ours differs by choice.
#[derive(Debug, Clone, Args)]
pub(super) struct Compatibility {
    /// Write exactly what goctl writes where ctl differs on purpose; also $CTL_COMPAT
    #[arg(long, value_name = "TOOL", value_parser = ["goctl"])]
    pub compat: Option<String>,
}

impl Compatibility {
    /// The flag, else `$CTL_COMPAT`.
    ///
    /// # Errors
    ///
    /// [`Usage`] where the environment names another tool.
    pub(super) fn value(&self, path: &[&str]) -> Result<Compat, Usage> {
        let given = self.compat.clone().or_else(|| std::env::var("CTL_COMPAT").ok());
        match given.as_deref() {
            None | Some("") => Ok(Compat::Ctl),
            Some("goctl") => Ok(Compat::Goctl),
            Some(other) => Err(Usage::new(path, format!("CTL_COMPAT={other}: the only tool that can be matched is `goctl`"))),
        }
    }
}
