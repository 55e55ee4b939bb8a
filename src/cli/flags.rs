//! The flags that several commands share, as structs to flatten.

use std::path::PathBuf;

use clap::Args;

use super::Usage;
use super::output::{Color, Manner};
use crate::compat::Compat;
use crate::render::home::Places;
use crate::rpc::compile;
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

/// Where templates come from.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Templates")]
pub struct TemplateHome {
    /// The folder of your templates; also $CTL_HOME, ~/.ctl, ~/.goctl
    #[arg(long, value_name = "DIR", default_value = "", hide_default_value = true)]
    pub home: String,
    /// A git repository of templates, cloned into the user's cache
    #[arg(long, value_name = "URL", default_value = "", hide_default_value = true)]
    pub remote: String,
    /// The branch of --remote
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub branch: String,
}

impl TemplateHome {
    /// With what the environment says.
    pub fn places(&self) -> Places {
        let dir = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let user = dir("HOME").or_else(|| dir("USERPROFILE"));
        let cache = match std::env::consts::OS {
            "macos" => user.as_ref().map(|user| user.join("Library/Caches")),
            "windows" => dir("LOCALAPPDATA"),
            _ => dir("XDG_CACHE_HOME").or_else(|| user.as_ref().map(|user| user.join(".cache"))),
        };
        Places {
            remote: Some(self.remote.clone()),
            branch: Some(self.branch.clone()),
            cache: cache.map(|cache| cache.join("ctl")),
            home: Some(self.home.clone()),
            ctl_home: std::env::var("CTL_HOME").ok(),
            user,
        }
    }
}

/// How `.proto` files are read.
#[derive(Debug, Args)]
pub(super) struct ProtoReading {
    /// Where imports are looked for; several with one flag each
    #[arg(short = 'I', long = "proto_path", value_name = "DIR")]
    pub proto_path: Vec<String>,
    /// Use this protoc to read the files; ctl needs none but for `edition = …`
    #[arg(long, value_name = "FILE")]
    pub protoc: Option<PathBuf>,
}

impl ProtoReading {
    /// As the compiler wants it.
    pub(super) fn options(&self) -> compile::Options {
        compile::Options { proto_paths: self.proto_path.clone(), protoc: self.protoc.clone() }
    }
}

/// What every command that writes Go takes.
#[derive(Debug, Args)]
pub(super) struct Generation {
    /// How file names are spelled: gozero, goZero, go_zero, go-zero …
    #[arg(long, value_name = "STYLE", default_value = "gozero")]
    pub style: String,
    /// Whose output to match.
    #[command(flatten)]
    pub compat: Compatibility,
    /// Where templates come from.
    #[command(flatten)]
    pub home: TemplateHome,
    /// How to write and report.
    #[command(flatten)]
    pub output: Output,
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
