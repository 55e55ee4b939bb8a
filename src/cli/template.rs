//! `ctl template …`: the commands, each in a file of its own where it is more than a few lines.

use clap::{Args, Subcommand};

use super::template_check::{Lint, Vars};
use super::{Console, Exit, Usage};

/// `ctl template`.
#[derive(Debug, Args)]
#[command(override_usage = "ctl template <COMMAND>", disable_help_subcommand = true, arg_required_else_help = true)]
pub(super) struct Template {
    /// The command below it.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands below `ctl template`.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List every variable that a template can use, with type, meaning and an example
    #[command(override_usage = "ctl template vars [CATEGORY] [FILE] [flags]")]
    Vars(Vars),
    /// Try the templates of a folder on sample data: unknown variables, broken Go, files nobody reads
    #[command(override_usage = "ctl template lint --home DIR [flags]")]
    Lint(Lint),
}

impl Template {
    /// Runs the command that was asked for.
    ///
    /// # Errors
    ///
    /// [`Usage`] when the arguments do not fit.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        match &self.command {
            Command::Vars(args) => args.run(console),
            Command::Lint(args) => args.run(console),
        }
    }
}
