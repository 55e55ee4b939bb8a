//! `api format` against the real goctl: the same bytes, and the same files accepted.
//!
//! Differences are listed with their reason in `tests/known/api_format.txt`; a difference that is not listed fails, and
//! so does a listed one that is none any more. goctl is taken from `CTL_GOCTL`, its own test data from the Go module
//! cache, where it lies. Without either the test says so and passes, unless `CTL_NO_SKIP=1`.

// Tests run the real tools on real folders, and may fail loudly.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr, missing_docs)]

mod support;

use ctl::api_dsl::words::{Kind, Words};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use support::table::{Counts, row};
use support::{Dice, corpus, difference, formatted};

/// What the two tools made of one text.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum Outcome {
    Equal,
    BothRefuse,
    /// Both accept; the bytes differ.
    Differs,
    /// ctl accepts what goctl refuses.
    CtlOnly,
    /// goctl accepts what ctl refuses.
    GoctlOnly,
}

impl Outcome {
    /// The word in the list of known differences.
    fn word(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::BothRefuse => "refused",
            Self::Differs => "differs",
            Self::CtlOnly => "ctl-only",
            Self::GoctlOnly => "goctl-only",
        }
    }
}

struct Goctl {
    binary: PathBuf,
    home: PathBuf,
}

impl Goctl {
    fn find(test: &str) -> Result<Self, String> {
        let binary = std::env::var_os("CTL_GOCTL")
            .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/goctl")), PathBuf::from);
        if !binary.is_file() {
            return Err(format!("no goctl at {}; `make tools` builds it", binary.display()));
        }
        let home = std::env::temp_dir().join(format!("ctl-parity-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&home).map_err(|e| e.to_string())?;
        Ok(Self { binary, home })
    }

    /// The formatted text; `None` where goctl refuses it.
    fn format(&self, text: &str) -> Option<String> {
        let mut child = Command::new(&self.binary)
            .args(["api", "format", "--stdin"])
            .env("HOME", &self.home)
            .current_dir(&self.home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("goctl starts");
        child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("goctl reads");
        let output = child.wait_with_output().expect("goctl ends");
        output.status.success().then(|| String::from_utf8(output.stdout).expect("text"))
    }

    fn compare(&self, text: &str) -> (Outcome, String) {
        match (self.format(text), formatted(text)) {
            (Some(theirs), Ok(ours)) if theirs == ours => (Outcome::Equal, String::new()),
            (Some(theirs), Ok(ours)) => (Outcome::Differs, difference(&theirs, &ours)),
            (None, Ok(_)) => (Outcome::CtlOnly, String::new()),
            (Some(_), Err(why)) => (Outcome::GoctlOnly, why),
            (None, Err(_)) => (Outcome::BothRefuse, String::new()),
        }
    }
}

impl Drop for Goctl {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.home);
    }
}

/// goctl's own `.api` files.
fn goctl_files() -> Result<Vec<(String, String)>, String> {
    let output = Command::new("go").args(["env", "GOMODCACHE"]).output().map_err(|e| format!("no go tool: {e}"))?;
    let cache = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    let root = cache.join("github.com/zeromicro/go-zero/tools/goctl@v1.10.2");
    let mut all = Vec::new();
    walk(&root, &root, &mut all).map_err(|e| format!("{}: {e}", root.display()))?;
    all.sort();
    Ok(all)
}

fn walk(root: &Path, folder: &Path, all: &mut Vec<(String, String)>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(root, &path, all)?;
        } else if path.extension().is_some_and(|e| e == "api") {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            all.push((format!("goctl/{name}"), std::fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

/// The list of known differences: `word name: reason`.
fn known() -> BTreeMap<(String, String), String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/known/api_format.txt")).expect("the list");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let entry = |line: &str| {
        let (head, reason) = line.split_once(": ").unwrap_or_else(|| panic!("no reason: {line}"));
        let (word, name) = head.split_once(' ').unwrap_or_else(|| panic!("no name: {line}"));
        ((name.to_owned(), word.to_owned()), reason.to_owned())
    };
    lines.map(entry).collect()
}

/// Prints why nothing was compared; fails where that is not allowed.
fn skip(why: &str) {
    assert!(std::env::var("CTL_NO_SKIP").as_deref() != Ok("1"), "{why}");
    let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("skipped: {why}\n"));
}

fn inputs(test: &str) -> Result<(Goctl, Vec<(String, String)>), String> {
    let goctl = Goctl::find(test)?;
    let mut files = goctl_files()?;
    files.extend(corpus().into_iter().map(|(name, text)| (format!("ctl/{name}"), text)));
    Ok((goctl, files))
}

/// Fails for a difference that is not listed; writes a row of the table. What both refuse is no case.
fn judge((place, what): (usize, &str), outcomes: &[(String, Outcome, String)], list: &BTreeMap<(String, String), String>, stale: bool) {
    let mut problems = Vec::new();
    let mut counts = Counts::default();
    for (name, outcome, detail) in outcomes.iter().filter(|(_, outcome, _)| *outcome != Outcome::BothRefuse) {
        counts.cases += 1;
        if *outcome == Outcome::Equal {
            counts.equal += 1;
        } else if list.contains_key(&(name.clone(), outcome.word().to_owned())) {
            counts.listed += 1;
        } else {
            counts.unexplained += 1;
            problems.push(format!("{} {name}: {detail}", outcome.word()));
        }
    }
    row(place, what, counts);
    if stale {
        for (name, word) in list.keys() {
            if !outcomes.iter().any(|(n, o, _)| n == name && o.word() == word) {
                problems.push(format!("listed, and not so: {word} {name}"));
            }
        }
    }
    assert!(problems.is_empty(), "{} differences:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn files_format_as_goctl_formats_them() {
    let (goctl, files) = match inputs("files") {
        Ok(inputs) => inputs,
        Err(why) => return skip(&why),
    };
    let outcomes: Vec<_> = files
        .iter()
        .map(|(name, text)| {
            let (outcome, detail) = goctl.compare(text);
            (name.clone(), outcome, detail)
        })
        .collect();
    judge((31, "api format"), &outcomes, &known(), true);
}

/// The same files with other blanks. Without comments every blank may become any other; with them lines stay lines,
/// since the place of a comment is told by its line.
#[test]
fn other_blanks_make_no_difference() {
    let (goctl, files) = match inputs("blanks") {
        Ok(inputs) => inputs,
        Err(why) => return skip(&why),
    };
    let list = known();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut outcomes = Vec::new();
    for (name, text) in &files {
        for round in 0..4 {
            let bare = round % 2 == 0;
            if !bare && list.contains_key(&(name.clone(), "differs".to_owned())) {
                // Listed for the comments it has, or for a form that stays as it is.
                continue;
            }
            let other = other_blanks(text, bare, &mut dice);
            let (outcome, detail) = goctl.compare(&other);
            outcomes.push((name.clone(), outcome, format!("{detail}\n--- of\n{other}")));
        }
    }
    judge((32, "api format, other blanks"), &outcomes, &list, false);
}

fn other_blanks(text: &str, bare: bool, dice: &mut Dice) -> String {
    let words = Words::scan(text, if text.starts_with('\u{feff}') { 3 } else { 0 });
    let mut out = String::new();
    let mut end = 0;
    let mut last = None;
    for word in words.all.iter().filter(|w| !bare || !w.kind.is_comment()) {
        let gap = &text[end..word.start()];
        let names = matches!(word.kind, Kind::Name) && matches!(last, Some(Kind::Name | Kind::At));
        let lines = gap.contains('\n');
        let pick = dice.roll(12);
        // Empty lines between comments stay in ctl; goctl keeps some blanks behind comments; behind a name a line
        // break makes an embedded type; goctl moves a tag below a `}` to the first column.
        let plain = !bare && last.is_none_or(Kind::is_comment);
        let can_break = last != Some(Kind::Name) && word.kind != Kind::Raw;
        // goctl knows `interface{}` in one piece alone.
        let glued = gap.is_empty() && (out.ends_with("interface") || out.ends_with("interface{"));
        let breaks = ["\n", "\n ", "\n \t", " \n", "\n\n", "\n\n\n\t", "\r\n"];
        out.push_str(match pick {
            _ if glued => "",
            _ if lines && (!bare || pick > 2 || last == Some(Kind::Name)) => {
                breaks[dice.roll(if plain {
                    3
                } else if bare {
                    7
                } else {
                    6
                })]
            }
            0 | 1 if bare && can_break => "\n",
            2 => "\t",
            3 => "  ",
            4..=6 if !names && !lines => "",
            _ if gap.is_empty() => "",
            _ => " ",
        });
        out.push_str(words.str(word));
        end = word.end();
        last = Some(word.kind);
    }
    out.push('\n');
    out
}

/// Files with a word lost, doubled or moved: what goctl still accepts, ctl accepts, with the same bytes.
/// `CTL_ACCIDENTS` is the number of them for each file, a few without.
#[test]
fn what_goctl_accepts_ctl_accepts() {
    let (goctl, files) = match inputs("accidents") {
        Ok(inputs) => inputs,
        Err(why) => return skip(&why),
    };
    let rounds = std::env::var("CTL_ACCIDENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(4);
    let list = known();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut outcomes = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| !list.keys().any(|(known, _)| known == name)) {
        let words = Words::scan(text, 0);
        for _ in 0..if words.all.is_empty() { 0 } else { rounds } {
            let word = &words.all[dice.roll(words.all.len())];
            let other = &words.all[dice.roll(words.all.len())];
            let (head, body, tail) = (&text[..word.start()], words.str(word), &text[word.end()..]);
            let broken = match dice.roll(4) {
                0 => format!("{head}{tail}"),
                1 => format!("{head}{body} {body}{tail}"),
                2 => format!("{head}{}{tail}", words.str(other)),
                _ => format!("{head}{body} {}{tail}", words.str(other)),
            };
            let (outcome, detail) = goctl.compare(&broken);
            // What ctl accepts beyond goctl is the business of the unit tests.
            if std::env::var_os("CTL_SHOW").is_some() && outcome == Outcome::CtlOnly {
                println!(
                    "ctl-only {name}: {} -> {}",
                    &text[word.start().saturating_sub(30)..word.end()].escape_debug(),
                    &broken[word.start()..(word.end() + 40).min(broken.len())].escape_debug()
                );
            }
            // Indents, double blanks and lost comments are goctl's known weaknesses: see the list.
            let same_words = |theirs: String| formatted(&broken).is_ok_and(|ours| words_alone(&theirs) == words_alone(&ours));
            let outcome =
                if outcome == Outcome::Differs && goctl.format(&broken).is_some_and(same_words) { Outcome::Equal } else { outcome };
            if outcome != Outcome::CtlOnly {
                outcomes.push((name.clone(), outcome, format!("{detail}\n--- of\n{broken}")));
            }
        }
    }
    judge((33, "api format, words lost or doubled"), &outcomes, &list, false);
}

/// The words of a text, one blank between them, comments left out.
fn words_alone(text: &str) -> String {
    let words = Words::scan(text, 0);
    words.all.iter().filter(|w| !w.kind.is_comment()).map(|w| words.str(w)).collect::<Vec<_>>().join(" ")
}
