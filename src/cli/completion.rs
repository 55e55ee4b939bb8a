//! `ctl completion SHELL`: a script that completes commands and flags, made from the tree of commands.

use std::sync::LazyLock;

use clap::builder::{PossibleValuesParser, Resettable};
use clap::{Arg, ArgAction, Args, Command, Subcommand};
use clap_complete::{Shell, generate};

use super::{Console, Exit};

/// `ctl completion`.
#[derive(Debug, Args)]
pub(super) struct Completion {
    /// The shell.
    #[command(subcommand)]
    pub shell: For,
}

/// The shells.
#[derive(Debug, Subcommand)]
pub(super) enum For {
    /// Print the script for bash: source <(ctl completion bash)
    Bash(Manner),
    /// Print the script for zsh: source <(ctl completion zsh)
    Zsh(Manner),
    /// Print the script for fish: ctl completion fish | source
    Fish(Manner),
    /// Print the script for PowerShell: ctl completion powershell | Out-String | Invoke-Expression
    Powershell(Manner),
    /// Print the script for elvish: eval (ctl completion elvish | slurp)
    Elvish(Manner),
}

/// How a script completes.
#[derive(Debug, Args)]
pub(super) struct Manner {
    /// Complete without descriptions (bash never has them)
    #[arg(long)]
    pub no_descriptions: bool,
}

/// The tree lives as long as ctl: clap copies no names.
static TREE: LazyLock<Command> = LazyLock::new(super::tree);

impl Completion {
    /// Prints the script.
    pub(super) fn run(&self, console: &mut Console) -> Exit {
        let (shell, manner) = match &self.shell {
            For::Bash(manner) => (Shell::Bash, manner),
            For::Zsh(manner) => (Shell::Zsh, manner),
            For::Fish(manner) => (Shell::Fish, manner),
            For::Powershell(manner) => (Shell::PowerShell, manner),
            For::Elvish(manner) => (Shell::Elvish, manner),
        };
        let mut script = Vec::new();
        generate(shell, &mut completed(&TREE, !manner.no_descriptions), "ctl", &mut script);
        console.result(&String::from_utf8_lossy(&script));
        Exit::Done
    }
}

/// What of a command is completed: what its help shows. clap_complete's scripts would offer what is hidden, too.
fn completed(command: &'static Command, descriptions: bool) -> Command {
    let about = command.get_about().filter(|_| descriptions).cloned();
    let args = command.get_arguments().filter(|arg| !arg.is_hide_set()).cloned();
    let below = command.get_subcommands().filter(|command| !command.is_hide_set());
    let help = Arg::new("help").long("help").short('h').action(ArgAction::Help).help("Print help");
    Command::new(command.get_name())
        .about(about.map_or(Resettable::Reset, Resettable::Value))
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .args(args.chain([help]).map(|arg| if descriptions { arg } else { without_descriptions(arg) }))
        .subcommands(below.map(|command| completed(command, descriptions)))
}

fn without_descriptions(arg: Arg) -> Arg {
    let values = arg.get_possible_values();
    let arg = arg.help(Resettable::Reset);
    if values.is_empty() || !arg.get_action().takes_values() {
        return arg;
    }
    arg.value_parser(PossibleValuesParser::new(values.into_iter().map(|value| value.help(Resettable::Reset))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_not_completed() {
        static TREE: LazyLock<Command> = LazyLock::new(|| {
            let args = [Arg::new("seen").long("seen"), Arg::new("unseen").long("unseen").hide(true)];
            let below = [Command::new("shown"), Command::new("hidden").hide(true)];
            Command::new("ctl").args(args.clone()).subcommands(below.map(|command| command.args(args.clone())))
        });
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Elvish] {
            let mut script = Vec::new();
            generate(shell, &mut completed(&TREE, true), "ctl", &mut script);
            let script = String::from_utf8(script).unwrap();
            assert!(script.contains("seen") && script.contains("shown"), "{shell}: {script}");
            assert!(!script.contains("unseen") && !script.contains("hidden"), "{shell}: {script}");
        }
    }
}
