//! A plugin or a protoc as a process: all it is told and all it says, within limits.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// How long a program may take.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// More than this is no answer: the code of all of Google's own APIs is a tenth of it.
const ANSWER: u64 = 1 << 30;

/// What it says of a failure, in bytes.
const WORDS: u64 = 64 * 1024;

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Fault {
    /// It could not be started.
    NoStart(io::Error),
    /// It was still at work when its time was over, and was stopped.
    TooSlow(Duration),
    /// It answered without end.
    TooMuch,
    /// It ended with a failure; what it said on standard error.
    Failed(ExitStatus, String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStart(error) => write!(f, "cannot be started: {error}"),
            Self::TooSlow(patience) => write!(f, "did not end within {} s and was stopped", patience.as_secs_f32()),
            Self::TooMuch => write!(f, "answers more than {} MB and was stopped", ANSWER >> 20),
            Self::Failed(status, _) => write!(f, "failed: {status}"),
        }
    }
}

/// Starts a program with these arguments, tells it the request, and waits for all of its answer.
///
/// Threads of their own write and read, so that neither side waits for the other; a process that hangs is killed, and
/// its threads end with ctl.
pub(super) fn ask(program: &Path, args: &[OsString], request: Vec<u8>, patience: Duration) -> Result<Vec<u8>, Fault> {
    let until = Instant::now() + patience;
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(Fault::NoStart)?;
    if let Some(mut input) = child.stdin.take() {
        // One that does not read to the end has its reasons; they are in its answer.
        thread::spawn(move || drop(input.write_all(&request)));
    }
    let answer = child.stdout.take().map(|out| read(out, ANSWER + 1));
    let words = child.stderr.take().map(|err| read(err, WORDS));
    let outcome = wait(&mut child, answer, until);
    if outcome.is_none() {
        // One that has ended already does not mind.
        let _ = child.kill();
        let _ = child.wait();
    }
    let (status, answer) = outcome.ok_or(Fault::TooSlow(patience))?;
    if answer.len() as u64 > ANSWER {
        return Err(Fault::TooMuch);
    }
    if !status.success() {
        // A process that it left behind may hold its standard error open.
        let words = words.and_then(|words| words.recv_timeout(Duration::from_millis(200)).ok()).unwrap_or_default();
        return Err(Fault::Failed(status, String::from_utf8_lossy(&words).into_owned()));
    }
    Ok(answer)
}

/// All that comes, or as much as is wanted, through the channel.
fn read(mut from: impl Read + Send + 'static, limit: u64) -> Receiver<Vec<u8>> {
    let (says, said) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = from.by_ref().take(limit).read_to_end(&mut bytes);
        // Nobody listens when it came too late.
        let _ = says.send(bytes);
        // A program that talks on must not fail for want of a reader.
        let _ = io::copy(&mut from, &mut io::sink());
    });
    said
}

/// The end of the process, and its answer; `None` where its time is over first.
fn wait(child: &mut Child, answer: Option<Receiver<Vec<u8>>>, until: Instant) -> Option<(ExitStatus, Vec<u8>)> {
    let answer = answer?.recv_timeout(until.saturating_duration_since(Instant::now())).ok()?;
    if answer.len() as u64 > ANSWER {
        let _ = child.kill();
    }
    // It has said all; most have ended by now.
    let mut pause = Duration::from_micros(100);
    loop {
        if let Some(status) = child.try_wait().ok()? {
            return Some((status, answer));
        }
        if Instant::now() >= until {
            return None;
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// `sh -s` reads what it does from standard input: the request is the script.
    fn script(text: &str, patience: Duration) -> Result<Vec<u8>, Fault> {
        ask(Path::new("/bin/sh"), &[], text.as_bytes().to_vec(), patience)
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn the_whole_answer_comes() {
        assert_eq!(script("printf abc", LONG).unwrap(), b"abc");
        let answer = script("head -c 3000000 /dev/zero; head -c 300000 /dev/zero >&2", LONG);
        assert_eq!(answer.unwrap().len(), 3_000_000);
    }

    #[test]
    fn neither_side_waits_for_the_other() {
        let request = vec![b'x'; 4 << 20];
        assert_eq!(ask(Path::new("/bin/cat"), &[], request.clone(), LONG).unwrap(), request);
        // It never reads.
        assert_eq!(ask(Path::new("/bin/true"), &[], request, LONG).unwrap(), b"");
    }

    #[test]
    fn a_failure_has_its_words() {
        let Err(Fault::Failed(status, words)) = script("echo why >&2; exit 3", LONG) else { panic!() };
        assert_eq!((status.code(), words.as_str()), (Some(3), "why\n"));
        assert!(matches!(script("kill -9 $$", LONG), Err(Fault::Failed(..))));
        // What it leaves behind does not hold up ctl.
        let Err(Fault::Failed(..)) = script("sleep 30 >/dev/null & exit 1", LONG) else { panic!() };
    }

    #[test]
    fn a_process_that_hangs_is_stopped() {
        let short = Duration::from_millis(100);
        for text in ["exec sleep 30", "exec sleep 30 >&-", "sleep 30 & exit 0"] {
            let start = Instant::now();
            assert!(matches!(script(text, short), Err(Fault::TooSlow(_))), "{text}");
            assert!(start.elapsed() < Duration::from_secs(20));
        }
    }

    #[test]
    fn what_cannot_start_says_why() {
        let fault = ask(Path::new("/nowhere/protoc-gen-go"), &[], Vec::new(), LONG).unwrap_err();
        assert!(fault.to_string().starts_with("cannot be started: No such file"), "{fault}");
    }
}
