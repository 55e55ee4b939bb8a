//! The project at work, with the user's Go: requirements, programs built and started, all ended together.
//!
//! In: the directory that was written. Out: running programs, or a [`Fault`]. What Go and the programs say goes where
//! ctl's own words go; nothing is said here.
//!
//! Invariant: neither a program nor a Go command outlives the value or the call that it is part of, and so not ctl, whether
//! ctl is ended by Ctrl-C, by `kill` or with its terminal ([`Stop`]). All are of ctl's own group of processes, so that Ctrl-C
//! reaches them too; ctl ends last. What cannot be kept: `kill -KILL` leaves what runs, and a Go command that is ended does
//! not end the compilers it has started, which end by themselves.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::stop::{PAUSE, Signal, Stop};
use super::{Kind, NAME, Program};
use crate::source::Scratch;

/// So long may a program take until it listens.
const PATIENCE: Duration = Duration::from_secs(60);

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
    /// The system does not say whether a program, in words, runs.
    Lost(String, io::Error),
    /// No signal could be waited for, and what is started must end with ctl.
    NoSignals(io::Error),
    /// ctl was told to end; nothing runs any more.
    Stopped(Signal),
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
            Self::Lost(what, error) => write!(f, "cannot look after {what}: {error}"),
            Self::NoSignals(error) => write!(f, "cannot wait for signals: {error}"),
            Self::Stopped(signal) => write!(f, "ended by {signal}"),
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
    /// Where those who work for it speak.
    pub talk: Talk,
    /// What ends it all.
    pub stop: Stop,
}

impl Project {
    /// Finds the versions of what the project imports, and writes them into its go.mod: `go mod tidy`.
    ///
    /// # Errors
    ///
    /// Go's own, which it has told; or ctl was told to end.
    pub fn tidy(&self) -> Result<(), Fault> {
        self.go(&["mod", "tidy"], None)
    }

    /// Builds the programs. They are not run by `go run`, which would not end them.
    ///
    /// # Errors
    ///
    /// Go's own, which it has told; there is no place for them; or ctl was told to end.
    pub fn build(&self) -> Result<Built<'_>, Fault> {
        let built = Built { project: self, scratch: Scratch::new().map_err(Fault::NoScratch)? };
        for program in self.kind.programs() {
            let output = built.program(*program).display().to_string();
            // As `go run`, without asking git what is there.
            self.go(&["build", "-buildvcs=false", "-o", &output, "."], Some(*program))?;
        }
        Ok(built)
    }

    /// A go command for the project, or in the directory of one of its programs.
    fn go(&self, args: &[&str], program: Option<Program>) -> Result<(), Fault> {
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
        let mut child = self.talk.of(&mut command).spawn().map_err(|error| Fault::NoStart(shown(), error))?;
        loop {
            // In this order: what Ctrl-C has ended did not fail.
            let ended = child.try_wait().map_err(|error| Fault::Lost(shown(), error));
            if let Some(signal) = self.stop.asked() {
                self.stop.grace(signal, || !matches!(child.try_wait(), Ok(None)));
                end(&mut child);
                return Err(Fault::Stopped(signal));
            }
            match ended? {
                None => thread::sleep(PAUSE),
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(Fault::Failed(shown(), status)),
            }
        }
    }
}

/// The programs of a project, built.
#[derive(Debug)]
pub struct Built<'a> {
    project: &'a Project,
    scratch: Scratch,
}

impl<'a> Built<'a> {
    fn program(&self, program: Program) -> PathBuf {
        self.scratch.path().join(format!("{}{}", program.name, std::env::consts::EXE_SUFFIX))
    }

    /// Starts the programs one after the other, each when the one before it listens.
    ///
    /// # Errors
    ///
    /// Somebody else has a port, a program does not listen, or ctl was told to end; none runs then.
    pub fn start(self) -> Result<Running<'a>, Fault> {
        if let Some(program) = taken(self.project.kind).first() {
            return Err(Fault::Taken(*program));
        }
        let mut running = Running { stop: &self.project.stop, children: Vec::new(), _scratch: None };
        for program in self.project.kind.programs() {
            let path = self.program(*program);
            let mut command = Command::new(&path);
            self.project.talk.of(command.current_dir(self.project.dir.join(program.name)));
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
pub struct Running<'a> {
    stop: &'a Stop,
    children: Vec<(Program, Child)>,
    /// Where their files are, if those must stay as long as they run.
    _scratch: Option<Scratch>,
}

impl Running<'_> {
    /// Waits until one of them ends, or ctl is told to end, and ends the others.
    pub fn wait(mut self) -> Fault {
        loop {
            if let Some(fault) = self.over() {
                return fault;
            }
            thread::sleep(PAUSE);
        }
    }

    fn await_listener(&mut self, program: Program) -> Result<(), Fault> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(fault) = self.over() {
                return Err(fault);
            }
            if listens(program) {
                return Ok(());
            }
            thread::sleep(PAUSE);
        }
        Err(Fault::Silent(program))
    }

    /// Why they go on no longer.
    fn over(&mut self) -> Option<Fault> {
        // In this order: what Ctrl-C has ended did not end by itself.
        let ended = self.ended();
        let Some(signal) = self.stop.asked() else { return ended };
        let stop = self.stop;
        stop.grace(signal, || self.children.iter_mut().all(|(_, child)| !matches!(child.try_wait(), Ok(None))));
        Some(Fault::Stopped(signal))
    }

    /// What is left of the first that has ended.
    fn ended(&mut self) -> Option<Fault> {
        self.children.iter_mut().find_map(|(program, child)| match child.try_wait() {
            Ok(None) => None,
            Ok(Some(status)) => Some(Fault::Ended(*program, status)),
            Err(error) => Some(Fault::Lost(format!("`{}`", program.name), error)),
        })
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.children.iter_mut().for_each(|(_, child)| end(child));
    }
}

/// Ends a program, and lets the system forget it. One that has ended already does not mind.
fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}
