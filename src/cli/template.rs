//! `ctl template …`: the commands, each in a file of its own where it is more than a few lines.

use clap::{Args, Subcommand};

use super::template_check::{Lint, Vars};
use super::template_home::{Clean, Init, Revert, Update};
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
    /// Write the built-in templates into a home, to change them there; files that exist are kept
    #[command(override_usage = "ctl template init [flags]")]
    Init(Init),
    /// Bring a home up to date with this ctl; what you changed is kept
    #[command(override_usage = "ctl template update [flags]")]
    Update(Update),
    /// Put one built-in template back
    #[command(override_usage = "ctl template revert -c CATEGORY -n NAME [flags]")]
    Revert(Revert),
    /// Remove the templates of a home that you did not change
    #[command(override_usage = "ctl template clean [flags]")]
    Clean(Clean),
    /// List every variable that a template can use, with type, meaning and an example
    #[command(override_usage = "ctl template vars [CATEGORY] [FILE] [flags]")]
    Vars(Vars),
    /// Try the templates of a folder on sample data: unknown variables, broken Go, files nobody reads
    #[command(override_usage = "ctl template lint [DIR] [flags]")]
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
            Command::Init(args) => args.run(console),
            Command::Update(args) => args.run(console),
            Command::Revert(args) => args.run(console),
            Command::Clean(args) => args.run(console),
            Command::Vars(args) => args.run(console),
            Command::Lint(args) => args.run(console),
        }
    }
}
