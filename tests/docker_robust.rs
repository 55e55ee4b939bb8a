//! `docker` from flags and a project to a Dockerfile, in memory, over flags, names and files of any text: never a panic, and
//! either errors or a Dockerfile of just the instructions it is meant to have, with the values it is meant to have.

// Tests may fail loudly; what they share runs processes.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::collections::BTreeMap;

use ctl::compat::Compat;
use ctl::diagnostic::Report;
use ctl::docker::{self, Options};
use ctl::plan::Destination;
use ctl::render::Failure;
use ctl::source::{Disk, Sources};
use support::Dice;

/// What a Dockerfile, a shell, JSON, Go or a template gives a meaning, and what they do not.
const PIECES: [&str; 44] = [
    "user",
    "a",
    "1",
    ".",
    "..",
    "/",
    "-",
    "--",
    "_",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\nUSER root\n",
    "\nRUN id",
    "\\",
    "\\\n",
    "\"",
    "'",
    "`",
    "$",
    "$(id)",
    "${HOME}",
    "$$",
    "#",
    "# escape=`",
    "{{",
    "{{.Port}}",
    "<$ exe $>",
    "<% if x %>",
    "*",
    "?",
    "[a]",
    "<<EOF",
    "&&",
    ";",
    "|",
    ">",
    "@",
    ":",
    "\u{0}",
    "\u{2028}",
    "é",
];

fn text(dice: &mut Dice) -> String {
    (0..dice.roll(4) + 1).map(|_| PIECES[dice.roll(PIECES.len())]).collect()
}

/// Most often one of those that are taken.
fn pick(dice: &mut Dice, taken: &[&str]) -> String {
    if dice.roll(14) == 0 { text(dice) } else { taken[dice.roll(taken.len())].to_owned() }
}

/// A project: its files, and the one that declares `main`.
fn project(dice: &mut Dice) -> (Vec<(String, String)>, String) {
    let dir = format!("/w/p/{}", pick(dice, &["app", "app/user", "a.b/c_d", "-app", "x~y"]));
    let main = format!("{dir}/{}.go", pick(dice, &["user", "main", "user.v1"]));
    let config = format!(
        "{}.{}",
        pick(dice, &["etc/user", "etc/dev/user", "conf/a b", "bare", "etc/$HOME", "a[b]/c"]),
        ["yaml", "json", "toml"][dice.roll(3)]
    );
    let default = if dice.roll(4) == 0 { text(dice) } else { config.clone() };
    let go = format!("package main\n\nimport \"flag\"\n\nvar f = flag.String(\"f\", `{default}`, \"\")\n\nfunc main() {{}}\n");
    let health = pick(dice, &["/healthz", "/$(id)", "/a\"b"]);
    let said = ["".to_owned(), "Port: 8888\n".to_owned(), format!("DevServer:\n  HealthPath: {}\n", serde_json::Value::from(health))];
    let module = pick(dice, &["example.com/user", "github.com/shop/user/v2", "github.com/a", "gitee.com/a/b\"c"]);
    let go_line = pick(dice, &["1.25.0", "1.21", "1.26rc1", ""]);
    let mut go_mod = format!("module {module}\n\ngo {go_line}\n\nrequire github.com/zeromicro/go-zero v1.9.0\n");
    let mut files = vec![(main.clone(), go), (format!("{dir}/{config}"), said[dice.roll(3)].clone())];
    if dice.roll(3) == 0 {
        let beside = pick(dice, &["lib", "the lib", "$lib", "a`b"]);
        go_mod.push_str(&format!("\nreplace example.com/lib => {}\n", serde_json::Value::from(format!("../{beside}"))));
        files.push((format!("/w/{beside}/go.mod"), "module example.com/lib\n".to_owned()));
    }
    if dice.roll(4) == 0 {
        files.push(("/w/p/vendor/modules.txt".to_owned(), String::new()));
    }
    files.push(("/w/p/go.mod".to_owned(), go_mod));
    (files, main)
}

fn options(dice: &mut Dice, main: String) -> Options {
    Options {
        go: main,
        exe: pick(dice, &["", "user", "User.v1_x"]),
        base: pick(dice, &["scratch", "", "alpine", "distroless", "registry.example:5000/a/b:1"]),
        port: [None, None, Some(80), Some(0), Some(70_000), Some(-1)][dice.roll(24).saturating_sub(18)],
        tz: Some(pick(dice, &["", "UTC", "Europe/Berlin"])),
        version: pick(dice, &["", "1.25", "1.24.3-bookworm", "1.27rc1"]),
        output: Destination::Printed,
        compat: if dice.roll(4) == 0 { Compat::Goctl } else { Compat::Ctl },
        ..Options::default()
    }
}

/// The instructions of a Dockerfile, as BuildKit parts them: comments left out, lines that end in `\` joined.
fn instructions(text: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut open = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_suffix('\\') {
            Some(start) => open.push_str(start),
            None => {
                let whole = std::mem::take(&mut open) + line;
                let (word, rest) = whole.split_once(' ').unwrap_or((&whole, ""));
                all.push((word.to_owned(), rest.trim().to_owned()));
            }
        }
    }
    assert!(open.is_empty(), "the last line is open");
    all
}

/// The words of an instruction that may have JSON's form.
fn words(rest: &str) -> Vec<String> {
    serde_json::from_str(rest).unwrap_or_else(|_| rest.split_whitespace().map(str::to_owned).collect())
}

fn check(text: &str, options: &Options) {
    let all = instructions(text);
    let count = |word: &str| all.iter().filter(|(found, _)| found == word).count();
    for (word, times) in [("FROM", 2), ("USER", 1), ("CMD", 1), ("LABEL", 2)] {
        assert_eq!(count(word), times, "{word}");
    }
    let mut froms = all.iter().filter(|(word, _)| word == "FROM").map(|(_, rest)| words(rest));
    assert!(froms.next().is_some_and(|builder| builder.len() == 4 && builder[1].starts_with("golang:") && builder[2] == "AS"));
    let base = froms.next().unwrap();
    assert_eq!(base.len(), 1);
    assert!(["", "alpine", "distroless"].contains(&options.base.as_str()) || base[0] == options.base);
    let command: Vec<String> = serde_json::from_str(&all.iter().find(|(word, _)| word == "CMD").unwrap().1).unwrap();
    assert!(command.len() == 1 || (command.len() == 3 && command[1] == "-f"), "{command:?}");
    assert!(options.exe.is_empty() || command[0] == format!("./{}", options.exe));
    for (word, rest) in &all {
        let is_known = match word.as_str() {
            "FROM" | "CMD" | "LABEL" | "HEALTHCHECK" => true,
            "USER" => rest == "65532:65532",
            "ARG" => ["GOPROXY", "GOPRIVATE", "TARGETOS", "TARGETARCH"].contains(&rest.as_str()),
            "WORKDIR" => words(rest).len() == 1 && !rest.contains('$'),
            "ENV" => words(rest).iter().all(|set| ["CGO_ENABLED=0", "GOWORK=", "TZ="].iter().any(|known| set.starts_with(known))),
            "EXPOSE" => rest.parse::<u16>().is_ok_and(|port| port > 0),
            "COPY" => {
                let rest = rest.strip_prefix("--from=builder ").or_else(|| rest.strip_prefix("--chown=65532:65532 ")).unwrap_or(rest);
                words(rest).len() >= 2 && !rest.contains(['$', '\\']) && !words(rest).iter().any(|word| word.starts_with("--"))
            }
            "RUN" => {
                let plain: String = rest.split("--mount=").last().unwrap().to_owned();
                // Blanks part no more than they should: what is built and where to are one word each.
                let is_build = plain.contains(" go build ") && words(&plain).len() <= 12 && !plain.contains([';', '|', '`', '<', '>', '&']);
                let is_zone = plain.starts_with("mkdir -p /usr/share/zoneinfo && ") && words(&plain).len() == 12;
                plain.starts_with("if [ -n \"$GOPRIVATE\" ]") || plain.ends_with(" go mod download") || is_build || is_zone
            }
            _ => false,
        };
        assert!(is_known, "{word} {rest}");
    }
}

#[test]
fn a_dockerfile_has_its_own_instructions_alone() {
    let mut dice = Dice(0x0d0c_4e12_f11e_0001);
    let mut made: BTreeMap<bool, usize> = BTreeMap::new();
    for _ in 0..if cfg!(debug_assertions) { 3_000 } else { 30_000 } {
        let (files, main) = project(&mut dice);
        let options = options(&mut dice, main);
        let mut sources = Sources::new(Disk::memory(files.iter().map(|(path, text)| (path.as_str(), text.as_str()))));
        let mut report = Report::new();
        let result = docker::generate(&options, &mut sources, &mut report);
        match &result {
            Ok(made) => {
                let text = made.files[0].body.text();
                let checked = std::panic::catch_unwind(|| check(text, &options));
                assert!(checked.is_ok(), "of {options:?}\nand {files:#?}\n{text}");
            }
            Err(failure) => assert!(*failure == Failure::Input && report.has_errors(), "of {options:?}\nand {files:#?}"),
        }
        *made.entry(result.is_ok()).or_default() += 1;
    }
    assert!(made.len() == 2 && made.values().all(|count| *count > 300), "too few of a kind: {made:?}");
}

/// What is read of a project stands any text.
#[test]
fn files_of_any_text_are_read() {
    let mut dice = Dice(0x0d0c_4e12_f11e_0002);
    let mut made: BTreeMap<bool, usize> = BTreeMap::new();
    for _ in 0..if cfg!(debug_assertions) { 1_000 } else { 20_000 } {
        let files: Vec<(&str, String)> = ["/p/go.mod", "/p/go.work", "/p/user.go", "/p/etc/user.yaml", "/p/etc/a.json"]
            .into_iter()
            .map(|path| {
                let start = match path.rsplit('.').next() {
                    Some("mod") => "module a\n",
                    Some("work") => "use .\n",
                    Some("go") => "package main\nfunc main() {}\n",
                    _ => "",
                };
                (path, format!("{start}{}{}", text(&mut dice), text(&mut dice)))
            })
            .collect();
        let mut sources = Sources::new(Disk::memory(files.iter().map(|(path, text)| (*path, text.as_str()))));
        let options = Options { go: "/p/user.go".to_owned(), ..Options::default() };
        let mut report = Report::new();
        let result = docker::generate(&options, &mut sources, &mut report);
        match &result {
            Ok(made) => check(made.files[0].body.text(), &options),
            Err(failure) => assert!(*failure == Failure::Input && report.has_errors(), "of {files:#?}"),
        }
        *made.entry(result.is_ok()).or_default() += 1;
    }
    assert!(made.len() == 2 && made.values().all(|count| *count > 30), "too few of a kind: {made:?}");
}
