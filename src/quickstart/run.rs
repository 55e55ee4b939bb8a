//! The project at work, with the user's Go: requirements, programs built and started, all ended together.
//!
//! In: the directory that was written. Out: running programs, or a [`Fault`]. What Go and the programs say goes where
//! ctl's own words go; nothing is said here.
//!
//! Invariant: a program does not outlive the [`Running`] that it is part of. Ctrl-C reaches all, since they are of ctl's own
//! group of processes; a signal that ends ctl alone (`kill` with its number) does not, and leaves them running.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{Kind, NAME, Program};
use crate::source::Scratch;

/// So long may a program take until it listens.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a program is looked at.
const PAUSE: Duration = Duration::from_millis(50);

/// Where what others say goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talk {
    /// Both streams as ctl has them.
    AsItIs,
    /// All to standard error: standard output is for machines.
    Aside,
}

impl Talk {
    fn of(self, command: &mut Command) -> &mut Command {
        command.stdin(Stdio::null());
        match self {
            Self::AsItIs => command,
            Self::Aside => command.stdout(io::stderr()),
        }
    }
}

/// Why the project does not run.
#[derive(Debug)]
pub enum Fault {
    /// A program, in words, could not be started.
    NoStart(String, io::Error),
    /// It failed.
    Failed(String, ExitStatus),
    /// There is no place for the programs.
    NoScratch(io::Error),
    /// Somebody else listens on the port.
    Taken(Program),
    /// A program does not listen.
    Silent(Program),
    /// A program ended; the others were stopped.
    Ended(Program, ExitStatus),
    /// The system does not say whether a program runs.
    Lost(Program, io::Error),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStart(what, error) => write!(f, "cannot start {what}: {error}"),
            Self::Failed(what, status) => write!(f, "{what} failed: {status}"),
            Self::NoScratch(error) => write!(f, "cannot make a directory for the programs: {error}"),
            Self::Taken(program) => write!(f, "port {} is taken: `{}` cannot listen there", program.port, program.name),
            Self::Silent(program) => {
                write!(f, "`{}` did not listen on port {} within {} s and was stopped", program.name, program.port, PATIENCE.as_secs())
            }
            Self::Lost(program, error) => write!(f, "cannot look after `{}`: {error}", program.name),
            Self::Ended(program, status) => write!(f, "`{}` ended: {status}", program.name),
        }
    }
}

/// The programs whose ports somebody else has.
pub fn taken(kind: Kind) -> Vec<Program> {
    kind.programs().iter().copied().filter(|program| listens(*program) || cannot_listen(*program)).collect()
}

fn address(program: Program) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, program.port).into()
}

fn listens(program: Program) -> bool {
    TcpStream::connect_timeout(&address(program), Duration::from_secs(1)).is_ok()
}

/// A port can be taken without an answer.
fn cannot_listen(program: Program) -> bool {
    TcpListener::bind(address(program)).is_err_and(|error| error.kind() == io::ErrorKind::AddrInUse)
}

/// A project that was written.
#[derive(Debug)]
pub struct Project {
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub dir: PathBuf,
    /// Whether it is a module of its own.
    pub is_module: bool,
}

impl Project {
    /// Finds the versions of what the project imports, and writes them into its go.mod: `go mod tidy`.
    ///
    /// # Errors
    ///
    /// Go's own, which it has told.
    pub fn tidy(&self, talk: Talk) -> Result<(), Fault> {
        self.go(&["mod", "tidy"], None, talk)
    }

    /// Builds the programs. They are not run by `go run`, which would not end them.
    ///
    /// # Errors
    ///
    /// Go's own, which it has told; or there is no place for them.
    pub fn build(&self, talk: Talk) -> Result<Built<'_>, Fault> {
        let built = Built { project: self, scratch: Scratch::new().map_err(Fault::NoScratch)? };
        for program in self.kind.programs() {
            let output = built.program(*program).display().to_string();
            // As `go run`, without asking git what is there.
            self.go(&["build", "-buildvcs=false", "-o", &output, "."], Some(*program), talk)?;
        }
        Ok(built)
    }

    /// A go command for the project, or in the directory of one of its programs.
    fn go(&self, args: &[&str], program: Option<Program>, talk: Talk) -> Result<(), Fault> {
        let words: Vec<&str> = std::iter::once("go").chain(args.iter().copied().take_while(|arg| !arg.starts_with('-'))).collect();
        let shown = || format!("`{}` in {NAME}{}", words.join(" "), program.map_or(String::new(), |program| format!("/{}", program.name)));
        let mut command = Command::new("go");
        // For this machine, whatever else is being built for another one.
        command.args(args).env_remove("GOOS").env_remove("GOARCH");
        if self.is_module {
            // A workspace around it does not list it yet, and Go would refuse to build it.
            command.env("GOWORK", "off");
        }
        command.current_dir(program.map_or_else(|| self.dir.clone(), |program| self.dir.join(program.name)));
        let status = talk.of(&mut command).status().map_err(|error| Fault::NoStart(shown(), error))?;
        if status.success() { Ok(()) } else { Err(Fault::Failed(shown(), status)) }
    }
}

/// The programs of a project, built.
#[derive(Debug)]
pub struct Built<'a> {
    project: &'a Project,
    scratch: Scratch,
}

impl Built<'_> {
    fn program(&self, program: Program) -> PathBuf {
        self.scratch.path().join(format!("{}{}", program.name, std::env::consts::EXE_SUFFIX))
    }

    /// Starts the programs one after the other, each when the one before it listens.
    ///
    /// # Errors
    ///
    /// Somebody else has a port, or a program does not listen; none runs then.
    pub fn start(self, talk: Talk) -> Result<Running, Fault> {
        if let Some(program) = taken(self.project.kind).first() {
            return Err(Fault::Taken(*program));
        }
        let mut running = Running { children: Vec::new(), _scratch: None };
        for program in self.project.kind.programs() {
            let path = self.program(*program);
            let mut command = Command::new(&path);
            talk.of(command.current_dir(self.project.dir.join(program.name)));
            let child = command.spawn().map_err(|error| Fault::NoStart(format!("`{}`", program.name), error))?;
            running.children.push((*program, child));
            running.await_listener(*program)?;
        }
        // Where the system lets go of a file that runs, so do we: Ctrl-C would leave it behind.
        running._scratch = (!cfg!(unix)).then_some(self.scratch);
        Ok(running)
    }
}

/// The programs of a project at work; they are ended with this value.
#[derive(Debug)]
pub struct Running {
    children: Vec<(Program, Child)>,
    /// Where their files are, if those must stay as long as they run.
    _scratch: Option<Scratch>,
}

impl Running {
    /// Waits until one of them ends, and ends the others.
    pub fn wait(mut self) -> Fault {
        loop {
            if let Some(fault) = self.ended() {
                return fault;
            }
            thread::sleep(PAUSE);
        }
    }

    fn await_listener(&mut self, program: Program) -> Result<(), Fault> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(fault) = self.ended() {
                return Err(fault);
            }
            if listens(program) {
                return Ok(());
            }
            thread::sleep(PAUSE);
        }
        Err(Fault::Silent(program))
    }

    /// What is left of the first that has ended.
    fn ended(&mut self) -> Option<Fault> {
        self.children.iter_mut().find_map(|(program, child)| match child.try_wait() {
            Ok(None) => None,
            Ok(Some(status)) => Some(Fault::Ended(*program, status)),
            Err(error) => Some(Fault::Lost(*program, error)),
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for (_, child) in &mut self.children {
            // One that has ended already does not mind.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
