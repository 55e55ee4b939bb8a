//! `ctl env`: the variables and their values, on standard output; or new values, saved.

use clap::{Args, Subcommand};

use super::env_check::{self, Tools};
use super::{Console, Exit};
use crate::env::{self, Key};
use crate::source::Disk;
use crate::write;

/// `ctl env`.
#[derive(Debug, Args)]
pub(super) struct Env {
    /// The command below it.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The variables to print; all of them if none is given
    #[arg(value_name = "KEY")]
    pub keys: Vec<String>,
    /// Save a value in ~/.ctl/env; several with commas, or with one flag each
    #[arg(short = 'w', long, value_name = "KEY=VALUE")]
    pub write: Vec<String>,
    /// Accepted for old scripts; has no effect
    #[arg(short = 'f', long)]
    pub force: bool,
    /// Accepted for old scripts; has no effect
    #[arg(short = 'v', long)]
    pub verbose: bool,
}

/// The commands below `ctl env`.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check whether the programs that `ctl rpc` calls are there
    Check(Check),
    /// Install the programs that are missing with `go install`, after asking
    Install(Tools),
}

/// `ctl env check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Install what is missing, as `ctl env install` does
    #[arg(short = 'i', long)]
    pub install: bool,
    /// What both commands take.
    #[command(flatten)]
    pub tools: Tools,
}

impl Env {
    /// Runs the command.
    pub(super) fn run(&self, console: &mut Console) -> Exit {
        match &self.command {
            Some(Command::Check(args)) => return env_check::run(args.install, &args.tools, console),
            Some(Command::Install(tools)) => return env_check::run(true, tools, console),
            None => {}
        }
        match read(console) {
            Some(env) if self.write.is_empty() => self.print(&env, console),
            Some(env) => self.save(&env, console),
            None => Exit::Unable,
        }
    }

    fn print(&self, env: &env::Env<'_>, console: &mut Console) -> Exit {
        let names = if self.keys.is_empty() { Key::ALL.map(|key| key.name().to_owned()).to_vec() } else { self.keys.clone() };
        let known: Vec<Key> = names.iter().filter_map(|name| Key::named(name)).collect();
        let mut values = env.values(&known).into_iter();
        for name in names {
            let value = Key::named(&name).and_then(|_| values.next());
            console.result(&format!("{name}={}\n", value.as_deref().unwrap_or("%not found%")));
        }
        Exit::Done
    }

    fn save(&self, env: &env::Env<'_>, console: &mut Console) -> Exit {
        let disk = Disk::Real;
        let settings = match env::settings(&self.write, &disk) {
            Ok(settings) => settings,
            Err(mistakes) => {
                mistakes.iter().for_each(|mistake| console.error_with_help(&mistake.message, &mistake.help));
                return Exit::Wrong;
            }
        };
        let Some((root, file)) = env.with(&settings, &disk) else {
            console.error_with_help("there is no home directory to save variables in", "set $HOME");
            return Exit::Unable;
        };
        // The file is ctl's own, and only its lines for these variables change.
        match write::write(&[root], &[file], &write::Options { force: true, ..write::Options::default() }) {
            Ok(_) => Exit::Done,
            Err(problems) => console.problems(&problems),
        }
    }
}

/// The variables as they are now; `None` where the saved file cannot be read, which was told.
pub(super) fn read(console: &mut Console) -> Option<env::Env<'static>> {
    let user = std::env::home_dir().filter(|dir| !dir.as_os_str().is_empty());
    match env::Env::read(user, &|name| std::env::var(name).ok(), &Disk::Real) {
        Ok(env) => Some(env),
        Err((path, error)) => {
            console.error(&format!("cannot read {}: {error}", path.display()));
            None
        }
    }
}
