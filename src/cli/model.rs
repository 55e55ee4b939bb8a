//! `ctl model …`: the commands, each in a file of its own.

use clap::{Args, Subcommand};

use super::model_mongo::Mongo;
use super::model_mysql::Mysql;
use super::model_server::Pg;
use super::{Console, Exit, Usage};
use crate::diagnostic::{Code, Diagnostic, Report};

/// `ctl model`.
#[derive(Debug, Args)]
#[command(override_usage = "ctl model <COMMAND>", disable_help_subcommand = true, arg_required_else_help = true)]
pub(super) struct Model {
    /// The command below it.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands below `ctl model`.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Generate models of MySQL tables, cached or not
    #[command(override_usage = "ctl model mysql <COMMAND>", disable_help_subcommand = true, arg_required_else_help = true)]
    Mysql(Mysql),
    /// Generate models of PostgreSQL tables, cached or not
    #[command(override_usage = "ctl model pg <COMMAND>", disable_help_subcommand = true)]
    Pg(Pg),
    /// Generate models of MongoDB collections, cached or not
    #[command(override_usage = "ctl model mongo --type NAMES [flags]")]
    Mongo(Mongo),
}

impl Model {
    /// Runs the command that was asked for.
    ///
    /// # Errors
    ///
    /// [`Usage`] when the arguments do not fit.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        match &self.command {
            Command::Mysql(mysql) => mysql.run(console),
            Command::Pg(pg) => pg.run(console),
            Command::Mongo(args) => args.run(console),
        }
    }
}

/// Where the Go types of columns are said, at the end of a command's help.
pub(super) const TYPES: &str = "The Go types of columns are said in goctl.yaml, beside the go.mod of the directory that ctl is run in (not of --dir): \
                                `ctl config init` writes one.";

/// The words behind the flags. goctl passes over them in silence (contract: cli-and-ops 2), and so over what was meant: that is told.
/// They are not `shown` where one may be a part of a password. `switch` is one of the command's, for who gave it its value as a
/// word.
pub(super) fn unread(words: &[String], shown: bool, switch: &str, help: &str, report: &mut Report) {
    let more = match words.len() {
        0 => return,
        1 => String::new(),
        n => format!(" and {} more", n - 1),
    };
    let message = match words.first() {
        Some(first) if shown => format!("nothing reads `{first}`{more} behind the flags"),
        _ => format!("nothing reads what stands behind the flags: {} more word{}", words.len(), if more.is_empty() { "" } else { "s" }),
    };
    let is_value = words.iter().any(|word| matches!(word.as_str(), "true" | "false"));
    let help = if is_value { format!("a switch takes its value with `=`: `--{switch}=false`") } else { help.to_owned() };
    report.push(Diagnostic::warning(Code::UnreadWord, message).help(help));
}
