//! What other programs say of themselves, all asked at once.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// A question to a program.
#[derive(Debug, Clone, Copy)]
pub struct Probe<'a> {
    /// Its path, or its name, to be found in the path.
    pub program: &'a Path,
    /// The arguments.
    pub args: &'static [&'static str],
    /// Which word of the answer is the version, from 0.
    pub word: usize,
}

/// The version each program names; empty where it is missing, says something else, or takes longer than `patience`.
pub fn answers(probes: &[Probe<'_>], patience: Duration) -> Vec<String> {
    let until = Instant::now() + patience;
    let asked: Vec<Option<(Child, Receiver<String>)>> = probes.iter().map(ask).collect();
    let answer = |(probe, asked): (&Probe<'_>, Option<(Child, Receiver<String>)>)| {
        let Some((mut child, said)) = asked else { return String::new() };
        let text = said.recv_timeout(until.saturating_duration_since(Instant::now())).unwrap_or_default();
        // One that has ended already does not mind.
        let _ = child.kill();
        let _ = child.wait();
        let word = text.split_whitespace().nth(probe.word).unwrap_or_default();
        let number = word.trim_start_matches("go").trim_start_matches('v');
        if number.starts_with(|c: char| c.is_ascii_digit()) { word.to_owned() } else { String::new() }
    };
    probes.iter().zip(asked).map(answer).collect()
}

/// Starts the program; what it says comes through the channel. A thread of its own reads, since a program that hangs
/// must not hold up ctl.
fn ask(probe: &Probe<'_>) -> Option<(Child, Receiver<String>)> {
    let mut command = Command::new(probe.program);
    command.args(probe.args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    // Go would download another Go where a go.mod asks for one.
    command.env("GOTOOLCHAIN", "local");
    let mut child = command.spawn().ok()?;
    let out = child.stdout.take()?;
    let (says, said) = mpsc::channel();
    thread::spawn(move || {
        let mut text = Vec::new();
        // More than this is no version.
        let _ = out.take(64 * 1024).read_to_end(&mut text);
        // Nobody listens when it came too late.
        let _ = says.send(String::from_utf8_lossy(&text).into_owned());
    });
    Some((child, said))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(args: &'static [&'static str], patience: Duration) -> Vec<String> {
        answers(&[Probe { program: Path::new("sh"), args, word: 1 }], patience)
    }

    #[test]
    fn a_version_is_a_word_that_looks_like_one() {
        let long = Duration::from_secs(60);
        assert_eq!(said(&["-c", "echo libprotoc 3.19.4"], long), ["3.19.4"]);
        assert_eq!(said(&["-c", "echo protoc-gen-go v1.36.6; exit 1"], long), ["v1.36.6"]);
        for script in [&["-c", "echo unknown flag"], &["-c", "exit 1"], &["-c", "echo 1.0 >&2"]] {
            assert_eq!(said(script, long), [""], "{script:?}");
        }
        assert_eq!(answers(&[Probe { program: Path::new("there-is-no-such-program"), args: &[], word: 0 }], long), [""]);
    }

    #[test]
    fn a_program_that_hangs_has_no_version() {
        assert_eq!(said(&["-c", "sleep 3 & wait"], Duration::from_millis(20)), [""]);
        assert_eq!(said(&["-c", "cat /dev/zero"], Duration::from_secs(60)), [""]);
    }
}
