//! `ctl env check` and `ctl env install`: the programs that `ctl rpc` calls, and their installation when asked for.
//!
//! A line for each program goes to standard output; questions and what went wrong to standard error. Source of the rules:
//! contract cli-and-ops 4.3; decisions, Picks.

use clap::Args;

use super::run::agrees;
use super::{Console, Exit};
use crate::env::tools::{self, NotInstalled, PLUGINS, Places, Status, Tool};
use crate::source::Disk;

/// What both commands take.
#[derive(Debug, Args)]
pub(super) struct Tools {
    /// Install without asking
    #[arg(short = 'f', long)]
    pub force: bool,
    /// Say where each program is
    #[arg(short = 'v', long)]
    pub verbose: bool,
}

/// Checks, after installing what is missing if asked to.
pub(super) fn run(install: bool, args: &Tools, console: &mut Console) -> Exit {
    let (places, disk) = (Places::of_process(), Disk::Real);
    let mut statuses = tools::statuses(&places, &disk);
    let mut failed = false;
    if install {
        let missing = PLUGINS.into_iter().filter(|tool| statuses.iter().any(|status| status.program == tool.program && !status.works()));
        for tool in missing {
            if args.force || agrees(&question(&tool), console) {
                failed |= !installed(&tool, &places, console);
            }
        }
        statuses = tools::statuses(&places, &disk);
    }
    for status in &statuses {
        console.result(&format!("{:<18}  {}\n", status.program, state(status, args.verbose)));
    }
    let missing: Vec<&str> = statuses.iter().filter(|status| is_needed(status) && !status.works()).map(|status| status.program).collect();
    if missing.is_empty() {
        console.hint("all that `ctl rpc` calls is there");
        return Exit::Done;
    }
    let lines: String =
        PLUGINS.iter().filter(|tool| missing.contains(&tool.program)).map(|tool| format!("\n  go install {}", tool.source())).collect();
    let by = if install { "these lines install" } else { "`ctl env install` asks and installs, as do these lines" };
    console.error_with_help(&format!("missing: {}", missing.join(", ")), &format!("{by}:{lines}"));
    if failed { Exit::Unable } else { Exit::Wrong }
}

fn is_needed(status: &Status) -> bool {
    Tool::named(status.program).is_some()
}

fn state(status: &Status, verbose: bool) -> String {
    let mut state = match (&status.path, status.version.as_str()) {
        (None, _) if is_needed(status) => "missing".to_owned(),
        (None, _) => "not there".to_owned(),
        (Some(_), "") => "does not say its version: broken, or too old".to_owned(),
        (Some(_), version) => version.to_owned(),
    };
    if !is_needed(status) {
        state.push_str("; not needed, ctl reads .proto files itself");
    }
    if let Some(path) = status.path.as_ref().filter(|_| verbose || !status.is_in_path || !status.works()) {
        state.push_str(&format!("; {}", path.display()));
        if !status.is_in_path {
            state.push_str(", which is not in the path: ctl finds it, other programs do not");
        }
    }
    state
}

fn question(tool: &Tool) -> String {
    format!("{} is needed; run `go install {}`? [y/n] ", tool.program, tool.source())
}

/// Installs the plugin; what goes wrong is told.
fn installed(tool: &Tool, places: &Places, console: &mut Console) -> bool {
    console.hint(&format!("installing {} …", tool.program));
    match tools::install(tool, places.target()) {
        Ok(()) => true,
        Err(NotInstalled::NoGo) => {
            console.error_with_help("there is no `go` in the path, which builds the plugins", "install Go 1.25 or later first");
            false
        }
        Err(NotInstalled::Go(words)) => {
            console.error(&format!("`go install {}` failed:\n{words}", tool.source()));
            false
        }
    }
}
