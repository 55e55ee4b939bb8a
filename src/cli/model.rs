//! `ctl model …`: the commands, each in a file of its own.

use clap::{Args, Subcommand};

use super::model_mongo::Mongo;
use super::model_mysql::Mysql;
use super::model_server::Pg;
use super::{Console, Exit, Usage};

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
