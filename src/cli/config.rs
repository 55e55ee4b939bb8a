//! `ctl config init` and `clean`: the project's `goctl.yaml`, written and removed.

use clap::{Args, Subcommand};

use super::flags::{Preview, Reporting};
use super::run::write_files;
use super::{Console, Exit};
use crate::model::types_map;
use crate::plan::{Ownership, RenderedFile, Root, RootId};
use crate::source::Sources;
use crate::write::Options;

/// `ctl config`.
#[derive(Debug, Args)]
#[command(override_usage = "ctl config <COMMAND>", disable_help_subcommand = true, arg_required_else_help = true)]
pub(super) struct Config {
    /// The command below it.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands below `ctl config`.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write goctl.yaml beside the go.mod of this directory: the Go type of every SQL type, to be changed
    Init(Init),
    /// Remove goctl.yaml
    Clean(Clean),
}

/// `ctl config init`.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Ways to write nothing.
    #[command(flatten)]
    pub preview: Preview,
    /// How to report.
    #[command(flatten)]
    pub reporting: Reporting,
}

/// `ctl config clean`.
#[derive(Debug, Args)]
pub(super) struct Clean {
    /// Remove it even if it was changed
    #[arg(long)]
    pub force: bool,
    /// Ways to write nothing.
    #[command(flatten)]
    pub preview: Preview,
    /// How to report.
    #[command(flatten)]
    pub reporting: Reporting,
}

impl Config {
    /// Runs the command that was asked for.
    pub(super) fn run(&self, console: &mut Console) -> Exit {
        let (reporting, preview) = match &self.command {
            Command::Init(args) => (&args.reporting, &args.preview),
            Command::Clean(args) => (&args.reporting, &args.preview),
        };
        console.set(reporting.manner());
        let sources = Sources::default();
        let dir = sources.disk().resolve(".".as_ref());
        let path = types_map::config_file(&dir, sources.disk());
        let shown = types_map::shown(&path, &dir);
        let above = shown.trim_end_matches(types_map::FILE).trim_end_matches('/');
        let root = Root {
            dir: path.parent().map_or_else(|| dir.clone(), Into::into),
            shown: if above.is_empty() { ".".to_owned() } else { above.to_owned() },
        };
        let file = |owner, text: String| RenderedFile {
            root: RootId(0),
            path: types_map::FILE.to_owned(),
            owner,
            body: text.into(),
            template: "built-in".to_owned(),
        };
        let options = Options { mode: preview.mode(), force: false };
        match &self.command {
            Command::Init(_) => {
                let exit = write_files(&[root], &[file(Ownership::Scaffold, types_map::new_config())], options, console);
                if exit == Exit::Done {
                    console.hint(&format!("the Go types of columns are in {shown}"));
                }
                exit
            }
            Command::Clean(args) => {
                let text = match sources.disk().exists(&path).then(|| sources.disk().read_text(&path)).transpose() {
                    Ok(text) => text,
                    Err(error) => {
                        console.error(&format!("cannot read {shown}: {error}"));
                        return Exit::Unable;
                    }
                };
                if text.as_ref().is_some_and(|text| !args.force && !types_map::is_default(text)) {
                    console.error_with_help(&format!("{shown} is not what `ctl config init` writes, and stays"), "`--force` removes it");
                    return Exit::Wrong;
                }
                let files: Vec<_> = text.map(|text| file(Ownership::Remove, text)).into_iter().collect();
                write_files(&[root], &files, options, console)
            }
        }
    }
}
