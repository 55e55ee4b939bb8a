//! What a run says: the only place, with `main`, that prints.
//!
//! Results go to standard output: what was asked for (`--diff`, `--json`, `-o -`, formatted text, help, version).
//! Summary, `Done.`, what to do next, findings and errors go to standard error.
//!
//! Invariant: nothing here panics on a closed pipe, and nothing but results ever reaches standard output.

use std::io::{self, BufWriter, IsTerminal, Write};

use clap::ValueEnum;
use serde_json::{Value, json};

use super::Exit;
use crate::diagnostic::{self, Report, Severity};
use crate::plan::Root;
use crate::source::Sources;
use crate::write::{self, Action, Mode, Outcome, Problem};

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Color {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// How much to say, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Manner {
    /// One JSON object a line on standard output, for machines.
    pub json: bool,
    /// Errors only.
    pub quiet: bool,
    /// Each file with its template.
    pub verbose: bool,
    /// When to colour.
    pub color: Color,
}

/// Where a run's words go.
pub struct Console {
    out: BufWriter<Box<dyn Write>>,
    err: Box<dyn Write>,
    /// Whether each is a terminal.
    terminals: (bool, bool),
    manner: Manner,
    /// Standard output took no more, and not because its reader had enough.
    broken: Option<io::Error>,
}

const RED: &str = "1;31";
const CYAN: &str = "1;36";
const GREEN: &str = "32";

impl Console {
    /// The process's own streams.
    pub fn standard() -> Self {
        let terminals = (io::stdout().is_terminal(), io::stderr().is_terminal());
        Self::to(Box::new(io::stdout()), Box::new(io::stderr()), terminals)
    }

    /// Other streams; `terminals` says which of the two to treat as one.
    pub fn to(out: Box<dyn Write>, err: Box<dyn Write>, terminals: (bool, bool)) -> Self {
        Self { out: BufWriter::with_capacity(64 * 1024, out), err, terminals, manner: Manner::default(), broken: None }
    }

    /// Takes on the manner the arguments ask for.
    pub fn set(&mut self, manner: Manner) {
        self.manner = manner;
    }

    /// The manner in force.
    pub fn manner(&self) -> Manner {
        self.manner
    }

    /// A result, as it is.
    pub fn result(&mut self, text: &str) {
        let done = self.out.write_all(text.as_bytes());
        self.note_broken(done);
    }

    /// A result that clap drew (help).
    pub(super) fn styled_result(&mut self, text: &clap::builder::StyledStr) {
        let text = if colored(self.manner.color, self.terminals.0) { text.ansi().to_string() } else { text.to_string() };
        self.result(&text);
    }

    /// One JSON object, as a line of its own.
    pub fn line(&mut self, value: &Value) {
        self.result(&format!("{value}\n"));
    }

    /// What is wrong.
    pub fn error(&mut self, message: &str) {
        self.say(message, None);
    }

    /// What is wrong, and what to do about it.
    pub fn error_with_help(&mut self, message: &str, help: &str) {
        self.say(message, Some(help));
    }

    /// All findings of a run: drawn on standard error, or as JSON lines.
    pub fn report(&mut self, report: &Report, sources: &Sources) {
        let color = colored(self.manner.color, self.terminals.1);
        for found in report.sorted() {
            if self.manner.json {
                self.line(&diagnostic::json(found, sources));
            } else if found.severity == Severity::Error || !self.manner.quiet {
                self.talk(&diagnostic::render(found, sources, color));
            }
        }
    }

    /// Why nothing, or not all, was written; the exit code that follows.
    pub fn problems(&mut self, problems: &[Problem]) -> Exit {
        for problem in problems {
            if self.manner.json {
                self.line(&finding(problem.code(), &problem.message, Some(&problem.path), None));
            } else {
                self.error(&problem.message);
            }
        }
        if problems.iter().any(|p| p.exit_code() == 2) { Exit::Unable } else { Exit::Wrong }
    }

    /// What became of the files, in the mode they were written in; the exit code that follows.
    pub fn outcome(&mut self, roots: &[Root], outcome: &Outcome, mode: Mode) -> Exit {
        let summary = outcome.summary();
        let stale = mode == Mode::Check && summary.changes() > 0;
        if self.manner.json {
            for file in &outcome.files {
                let root = roots.get(file.root.0).map_or("", |root| root.shown.as_str());
                self.line(
                    &json!({"kind": "file", "path": file.path, "root": root, "owner": file.owner.as_str(), "action": file.action.as_str()}),
                );
            }
            let mut line = json!({"kind": "summary"});
            if let Some(map) = line.as_object_mut() {
                map.extend(summary.counts().into_iter().map(|(name, n)| (name.to_owned(), n.into())));
            }
            self.line(&line);
            return if stale { Exit::Wrong } else { Exit::Done };
        }
        match mode {
            Mode::Diff => self.result(outcome.diff.as_deref().unwrap_or_default()),
            Mode::DryRun => {
                let list = self.list(roots, outcome);
                self.result(&list);
            }
            Mode::Check if stale => {
                self.error(&format!(
                    "out of date: {} of {} files; run the command without --check",
                    summary.changes(),
                    outcome.files.len()
                ));
                let list = self.list(roots, outcome);
                self.talk(&list);
            }
            Mode::Write if self.manner.verbose && !self.manner.quiet => {
                let list = self.list(roots, outcome);
                self.talk(&list);
            }
            Mode::Write | Mode::Check => {}
        }
        if !self.manner.quiet {
            let text = if mode == Mode::Write { format!("{summary}\n") } else { format!("would be {summary}; nothing was written\n") };
            self.talk(&text);
        }
        if stale { Exit::Wrong } else { Exit::Done }
    }

    /// `Done.`, as goctl says it.
    pub fn done(&mut self) {
        if !self.manner.quiet && !self.manner.json {
            let done = self.paint(GREEN, "Done.");
            self.talk(&format!("{done}\n"));
        }
    }

    /// What to do next.
    pub fn hint(&mut self, text: &str) {
        if !self.manner.quiet && !self.manner.json {
            self.talk(&format!("{text}\n"));
        }
    }

    /// Hands over what was said so far, before other programs write to the same streams.
    pub(super) fn flush(&mut self) {
        let flushed = self.out.flush();
        self.note_broken(flushed);
    }

    /// Hands everything over. A reader that went away is no failure; a full disk is.
    pub fn finish(mut self, exit: Exit) -> Exit {
        self.flush();
        match self.broken.take() {
            Some(error) => {
                self.error(&format!("cannot write to standard output: {error}"));
                Exit::Unable
            }
            None => exit,
        }
    }

    /// The files with what happened to them; unless asked for all, those that change.
    fn list(&self, roots: &[Root], outcome: &Outcome) -> String {
        let mut text = String::new();
        for file in &outcome.files {
            let changes = matches!(file.action, Action::Written | Action::Updated | Action::Removed);
            if !changes && !self.manner.verbose {
                continue;
            }
            text.push_str(&format!("{:<9} {}", file.action.as_str(), write::shown(roots, file.root, &file.path)));
            if self.manner.verbose && !file.template.is_empty() {
                text.push_str(&format!("  ({})", file.template));
            }
            text.push('\n');
        }
        text
    }

    fn say(&mut self, message: &str, help: Option<&str>) {
        if self.manner.json {
            return self.line(&finding("command", message, None, help));
        }
        let mut text = format!("{} {message}\n", self.paint(RED, "error:"));
        if let Some(help) = help {
            text.push_str(&format!("{} {help}\n", self.paint(CYAN, "help:")));
        }
        self.talk(&text);
    }

    /// Plain words on standard error; where nobody reads them there is nothing left to tell.
    pub(super) fn talk(&mut self, text: &str) {
        // What was said before must stand before it on a terminal that shows both.
        self.flush();
        let _ = self.err.write_all(text.as_bytes());
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if colored(self.manner.color, self.terminals.1) { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn note_broken(&mut self, done: io::Result<()>) {
        if let Err(error) = done
            && error.kind() != io::ErrorKind::BrokenPipe
            && self.broken.is_none()
        {
            self.broken = Some(error);
        }
    }
}

/// An error without a place, in the shape of [`diagnostic::json`].
fn finding(code: &str, message: &str, path: Option<&str>, help: Option<&str>) -> Value {
    let mut value = json!({"kind": "diagnostic", "severity": "error", "code": code, "message": message, "labels": [], "help": help});
    if let (Some(map), Some(path)) = (value.as_object_mut(), path) {
        map.insert("path".to_owned(), path.into());
    }
    value
}

/// Whether to colour a stream: the flag, then `NO_COLOR`, then `FORCE_COLOR` or `CLICOLOR_FORCE`, then whether it is a
/// terminal that can.
fn colored(color: Color, terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let forced = |name: &str| set(name) && std::env::var_os(name).is_none_or(|value| value != "0");
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR") => false,
        Color::Auto if forced("FORCE_COLOR") || forced("CLICOLOR_FORCE") => true,
        Color::Auto => terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::path::PathBuf;
    use std::rc::Rc;

    use super::*;
    use crate::plan::{Ownership, RootId};
    use crate::write::{FileOutcome, ProblemKind};

    #[derive(Clone, Default)]
    struct Shared(Rc<RefCell<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What a run says on both streams, and how it ends.
    fn said(manner: Manner, run: impl FnOnce(&mut Console) -> Exit) -> (String, String, Exit) {
        let (out, err) = (Shared::default(), Shared::default());
        let mut console = Console::to(Box::new(out.clone()), Box::new(err.clone()), (false, false));
        console.set(Manner { color: Color::Never, ..manner });
        let exit = run(&mut console);
        let exit = console.finish(exit);
        let text = |stream: Shared| String::from_utf8(stream.0.borrow().clone()).unwrap();
        (text(out), text(err), exit)
    }

    fn outcome() -> (Vec<Root>, Outcome) {
        let file = |path: &str, owner, action| FileOutcome {
            root: RootId(0),
            path: path.into(),
            owner,
            action,
            template: "built-in api/x.tera".into(),
        };
        let files = vec![
            file("a.go", Ownership::Generated, Action::Updated),
            file("d/b.go", Ownership::Scaffold, Action::Kept),
            file("c.go", Ownership::Scaffold, Action::Written),
        ];
        let outcome = Outcome { files, diff: Some("--- a/a.go\n".into()) };
        (vec![Root { dir: PathBuf::from("/p/svc"), shown: "./svc".into() }], outcome)
    }

    #[test]
    fn each_mode_says_its_part() {
        let (roots, outcome) = outcome();
        let run = |manner, mode| said(manner, |c| c.outcome(&roots, &outcome, mode));
        let plain = Manner::default();
        assert_eq!(run(plain, Mode::Write), (String::new(), "1 written, 1 updated, 1 kept\n".into(), Exit::Done));
        let (out, err, exit) = run(plain, Mode::DryRun);
        assert_eq!((out.as_str(), exit), ("updated   svc/a.go\nwritten   svc/c.go\n", Exit::Done));
        assert!(err.ends_with("would be 1 written, 1 updated, 1 kept; nothing was written\n"), "{err}");
        assert_eq!(run(plain, Mode::Diff).0, "--- a/a.go\n");
        let (out, err, exit) = run(plain, Mode::Check);
        assert_eq!((out.as_str(), exit), ("", Exit::Wrong));
        assert!(err.contains("error: out of date: 2 of 3 files") && err.contains("updated   svc/a.go\n"), "{err}");
        let (_, err, _) = run(Manner { verbose: true, ..plain }, Mode::Write);
        assert!(err.contains("kept      svc/d/b.go  (built-in api/x.tera)\n"), "{err}");
        assert_eq!(run(Manner { quiet: true, ..plain }, Mode::Write), (String::new(), String::new(), Exit::Done));
    }

    #[test]
    fn a_tree_that_is_up_to_date_passes_the_check() {
        let (roots, mut outcome) = outcome();
        outcome.files.retain(|file| file.action == Action::Kept);
        assert_eq!(said(Manner::default(), |c| c.outcome(&roots, &outcome, Mode::Check)).2, Exit::Done);
        assert_eq!(said(Manner { json: true, ..Manner::default() }, |c| c.outcome(&roots, &outcome, Mode::Check)).2, Exit::Done);
    }

    #[test]
    fn json_is_one_object_a_line() {
        let (roots, outcome) = outcome();
        let json = Manner { json: true, ..Manner::default() };
        let (out, err, exit) = said(json, |c| {
            c.done();
            c.outcome(&roots, &outcome, Mode::Check)
        });
        assert_eq!((err.as_str(), exit), ("", Exit::Wrong));
        let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[0], json!({"kind": "file", "path": "a.go", "root": "./svc", "owner": "generated", "action": "updated"}));
        assert_eq!(lines[3], json!({"kind": "summary", "written": 1, "updated": 1, "unchanged": 0, "kept": 1, "removed": 0}));
    }

    #[test]
    fn problems_decide_the_exit_code() {
        let problem = |kind| Problem { kind, path: "a.go".into(), message: "a.go: why".into() };
        let run = |manner, kinds: &[ProblemKind]| {
            let problems: Vec<Problem> = kinds.iter().map(|kind| problem(*kind)).collect();
            said(manner, |c| c.problems(&problems))
        };
        let quiet = Manner { quiet: true, ..Manner::default() };
        assert_eq!(run(quiet, &[ProblemKind::Conflict]), (String::new(), "error: a.go: why\n".into(), Exit::Wrong));
        assert_eq!(run(quiet, &[ProblemKind::Conflict, ProblemKind::Io]).2, Exit::Unable);
        let (out, err, _) = run(Manner { json: true, ..Manner::default() }, &[ProblemKind::Exists]);
        let line: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(
            (err.as_str(), &line["code"], &line["path"], &line["severity"]),
            ("", &json!("file_exists"), &json!("a.go"), &json!("error"))
        );
    }

    #[test]
    fn the_flag_decides_before_the_terminal() {
        assert!(colored(Color::Always, false));
        assert!(!colored(Color::Never, true));
    }
}
