//! The command line: the only user of clap.
//!
//! In: the arguments as typed and a [`Console`]. Out: an [`Exit`]. [`go_flags`] turns goctl's grammar into the one form
//! clap reads; each command's file holds its arguments and one call into the library.
//!
//! Invariant: a wrong command line is told once, on standard error, with what may have been meant, and exits 1.

mod api;
mod api_format;
mod bug;
mod completion;
mod config;
mod docker;
mod env;
mod env_check;
mod flags;
mod gateway;
pub mod go_flags;
mod go_values;
mod kube;
mod later;
mod model;
mod model_mongo;
mod model_mysql;
mod model_server;
mod output;
mod quickstart;
mod rpc;
mod run;
mod sample;
mod suggest;
mod template;
mod template_check;
mod template_home;
mod upgrade;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub use flags::{Output, Preview, Reporting, TemplateHome};
pub use output::{Color, Console, Manner};

use go_flags::Misuse;
use later::Asked;

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: done.
    Done,
    /// 1: the input or the arguments are wrong, or `--check` differs.
    Wrong,
    /// 2: ctl could not do its work.
    Unable,
    /// 128 and the number of the signal that ended it, as shells have it; only where ctl ends others first.
    Stopped(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::Wrong => Self::from(1),
            Exit::Unable => Self::from(2),
            Exit::Stopped(signal) => Self::from(128_u8.saturating_add(signal)),
        }
    }
}

/// A wrong command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// The command, without `ctl`.
    path: Vec<String>,
    message: String,
    help: Option<String>,
    /// Whether the usage line says anything about the mistake.
    line: bool,
}

impl Usage {
    /// Something about the arguments of the command at `path`.
    pub fn new(path: &[&str], message: String) -> Self {
        Self { path: path.iter().map(|&word| word.to_owned()).collect(), message, help: None, line: true }
    }

    /// Something ctl knows but does not do.
    pub fn refusal(path: &[&str], message: String, help: String) -> Self {
        Self { help: Some(help), line: false, ..Self::new(path, message) }
    }
}

/// Go services from .api files and models from tables, with the command lines of goctl
#[derive(Debug, Parser)]
#[command(name = "ctl", disable_help_subcommand = true, disable_version_flag = true, override_usage = "ctl <COMMAND>")]
struct Cli {
    /// Print the version
    #[arg(short = 'v', long)]
    version: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Work with .api files: generate a Go service, create, format, validate
    Api(Box<api::Api>),
    /// Generate zRPC services from .proto files, without protoc
    Rpc(Box<rpc::Rpc>),
    /// Generate models of tables and collections: structs, queries, caches
    Model(Box<model::Model>),
    /// Generate a gateway: HTTP in front of gRPC services
    #[command(override_usage = "ctl gateway --dir DIR [--proto FILE] [flags]")]
    Gateway(Box<gateway::Gateway>),
    /// Write a Dockerfile for the program in a directory
    #[command(override_usage = "ctl docker [--go FILE] [flags]")]
    Docker(Box<docker::Docker>),
    /// Write manifests for Kubernetes: of services, of work that ends
    Kube(kube::Kube),
    /// Make a first project in ./greet, and start it: an HTTP service, with -t micro one that asks a zRPC service
    #[command(override_usage = "ctl quickstart [-t mono|micro] [flags]")]
    Quickstart(quickstart::Quickstart),
    /// Work with goctl.yaml, which says what Go type a column has
    Config(config::Config),
    /// Work with templates: write, update, check your own, list the variables
    Template(template::Template),
    /// Print the variables of ctl, or save new values; check and install the programs that ctl calls
    #[command(override_usage = "ctl env [KEY]...\n       ctl env -w KEY=VALUE\n       ctl env <COMMAND>", disable_help_subcommand = true)]
    Env(env::Env),
    /// Print a completion script for a shell
    #[command(disable_help_subcommand = true)]
    Completion(completion::Completion),
    /// Print how ctl is updated; installs nothing
    Upgrade,
    /// Print a report to fill in, with what ctl knows of this machine; opens no browser
    Bug,
}

/// The tree of commands, as clap knows it: what pages and scripts are made from.
pub fn tree() -> clap::Command {
    Cli::command()
}

/// Runs the command line `args`, which starts with the program's name.
pub fn run(args: impl IntoIterator<Item = OsString>, console: &mut Console) -> Exit {
    let mut words = Vec::new();
    for arg in args.into_iter().skip(1) {
        match arg.into_string() {
            Ok(word) => words.push(word),
            Err(arg) => {
                console.error(&format!("the argument {} is not UTF-8", arg.display()));
                return Exit::Wrong;
            }
        }
    }
    let mut tree = Cli::command();
    // Mistakes are told before clap has read the flags, in the manner they ask for all the same.
    let json = words.iter().take_while(|word| *word != "--").any(|word| word == "--json" || word == "-json");
    console.set(Manner { color: color_of(&words), json, ..Manner::default() });
    let outcome = go_flags::normalise(&tree, &words).map_err(usage_of).and_then(|args| parse(&mut tree, args, console));
    outcome.unwrap_or_else(|usage| {
        tell(usage, &mut tree, console);
        Exit::Wrong
    })
}

fn parse(tree: &mut clap::Command, args: Vec<String>, console: &mut Console) -> Result<Exit, Usage> {
    let asked = if args.is_empty() { vec!["--help".to_owned()] } else { args };
    let path = path_of(tree, &asked);
    let parsed = tree.try_get_matches_from_mut(std::iter::once("ctl".to_owned()).chain(asked));
    let cli = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            let text = error.render();
            if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand) {
                console.styled_result(&text);
                return Ok(Exit::Done);
            }
            let plain = text.to_string();
            let message = plain.lines().next().unwrap_or_default();
            let help = Some(clap_help(&plain)).filter(|help| !help.is_empty());
            return Err(Usage { path, message: message.strip_prefix("error: ").unwrap_or(message).to_owned(), help, line: true });
        }
    };
    match cli {
        Cli { version: true, .. } => {
            console.result(&format!("{}\n", version()));
            Ok(Exit::Done)
        }
        Cli { command: Some(command), .. } => match command {
            Command::Api(api) => api.run(console),
            Command::Rpc(rpc) => rpc.run(console),
            Command::Model(model) => model.run(console),
            Command::Gateway(gateway) => gateway.run(console),
            Command::Docker(docker) => docker.run(console),
            Command::Kube(kube) => kube.run(console),
            Command::Quickstart(quickstart) => Ok(quickstart.run(console)),
            Command::Config(config) => Ok(config.run(console)),
            Command::Template(template) => template.run(console),
            Command::Env(env) => Ok(env.run(console)),
            Command::Completion(completion) => Ok(completion.run(console)),
            Command::Upgrade => Ok(upgrade::run(console)),
            Command::Bug => Ok(bug::run(console)),
        },
        // `--version=false`: asked for nothing.
        Cli { command: None, .. } => {
            console.styled_result(&tree.render_help());
            Ok(Exit::Done)
        }
    }
}

/// The words of the command that `args` run, in the form that [`go_flags`] gives them.
fn path_of(tree: &clap::Command, args: &[String]) -> Vec<String> {
    let mut command = tree;
    let mut path = Vec::new();
    for word in args {
        let Some(next) = command.find_subcommand(word) else { break };
        path.push(next.get_name().to_owned());
        command = next;
    }
    path
}

/// What clap says below a mistake: the values that there are, the one that may have been meant.
fn clap_help(plain: &str) -> String {
    let lines = plain.lines().skip(1).map(str::trim).filter(|line| !line.is_empty());
    let said = lines.take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more information"));
    said.map(|line| line.trim_matches(['[', ']'])).collect::<Vec<_>>().join("; ")
}

/// `ctl version X.Y.Z os/arch`.
fn version() -> String {
    format!("ctl version {} {}/{}", env!("CARGO_PKG_VERSION"), crate::env::os(), crate::env::arch())
}

/// The message, and what helps: a suggestion, the usage line, where to read on.
fn tell(usage: Usage, tree: &mut clap::Command, console: &mut Console) {
    match &usage.help {
        Some(help) => console.error_with_help(&usage.message, help),
        None => console.error(&usage.message),
    }
    if console.manner().json {
        return;
    }
    // Building gives the commands below their full names.
    tree.build();
    let mut command = &mut *tree;
    for word in &usage.path {
        let Some(index) = command.get_subcommands().position(|c| c.get_name() == word) else { break };
        let Some(next) = command.get_subcommands_mut().nth(index) else { return };
        command = next;
    }
    if usage.line {
        let line = command.render_usage().to_string();
        let words = std::iter::once("ctl").chain(usage.path.iter().map(String::as_str)).collect::<Vec<_>>().join(" ");
        console.talk(&format!("\n{}\n\nRun `{words} --help` for more.\n", line.trim_end()));
    }
}

fn usage_of(misuse: Misuse) -> Usage {
    let Misuse { path, message, mut suggestions, unknown } = misuse;
    let mut usage = Usage { path, message, help: None, line: true };
    if let Some(word) = unknown {
        let words = usage.path.iter().chain([&word]).map(String::as_str).collect::<Vec<_>>().join(" ");
        match later::read(&usage.path, &word) {
            Asked::Later => {
                usage.message = format!("ctl {words}: ctl does not have this command yet");
                usage.help = Some(format!("use `goctl {words}` until it does"));
                usage.line = false;
                return usage;
            }
            Asked::Unknown(neighbours) => suggestions.extend(suggest::suggest(&word, neighbours)),
        }
    }
    if !suggestions.is_empty() {
        usage.help = Some(format!("did you mean {}?", listed(&suggestions)));
    }
    usage
}

/// `a`, `a or b`, `a, b or c`.
fn listed(all: &[String]) -> String {
    let quoted: Vec<String> = all.iter().map(|one| format!("`{one}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// The last `--color` among the arguments, before anything is parsed.
fn color_of(words: &[String]) -> Color {
    let mut color = Color::Auto;
    let mut rest = words.iter().take_while(|word| *word != "--").peekable();
    while let Some(word) = rest.next() {
        let Some(name) = word.strip_prefix('-') else { continue };
        let value = match name.strip_prefix('-').unwrap_or(name).strip_prefix("color") {
            Some("") => rest.peek().map(|next| next.as_str()),
            Some(tail) => tail.strip_prefix('='),
            None => continue,
        };
        color = match value {
            Some("always") => Color::Always,
            Some("never") => Color::Never,
            Some("auto") => Color::Auto,
            _ => color,
        };
    }
    color
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_one_that_both_passes_can_read() {
        fn look(command: &clap::Command) {
            for arg in command.get_arguments().filter(|arg| !arg.is_positional()) {
                assert!(arg.get_long().is_some(), "{}: go_flags hands over long names only", arg.get_id());
            }
            command.get_subcommands().for_each(look);
        }
        let tree = Cli::command();
        look(&tree);
        tree.debug_assert();
    }

    #[test]
    fn the_last_color_counts() {
        let color = |line: &str| color_of(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(color("api go --color never"), Color::Never);
        assert_eq!(color("api -color=always --color=never --color always"), Color::Always);
        assert_eq!(color("api --colour never -- --color never"), Color::Auto);
    }
}
