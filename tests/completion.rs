//! The scripts of `ctl completion`, loaded by the shells themselves.

// Tests start processes and read what they write.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::machine::{Temp, ctl, need, run};

/// The script of a shell, in a file of this name.
fn script(temp: &Path, args: &[&str], name: &str) -> PathBuf {
    let ran = run(ctl(temp, temp).arg("completion").args(args), b"");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{args:?}");
    let path = temp.join(name);
    fs::write(&path, ran.out).unwrap();
    path
}

/// A shell with nothing of this user's.
fn shell(temp: &Path, name: &str) -> Command {
    let mut command = Command::new(name);
    command.current_dir(temp).env("HOME", temp).env("TERM", "dumb").env("LC_ALL", "C.UTF-8");
    command
}

/// The shell's answer to a program that loads `$1`.
fn answer(temp: &Path, name: &str, options: &[&str], program: &str, script: &Path) -> String {
    let ran = run(shell(temp, name).args(options).arg(program).arg(script), b"");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{name}: {}", ran.out);
    ran.out
}

/// What is typed, and what may follow it: some words that do, and one that does not.
const TYPED: [(&str, &[&str], &str); 5] = [
    ("ctl api g", &["go"], "new"),
    ("ctl ", &["api", "env", "completion", "upgrade", "bug"], "migrate"),
    ("ctl api go --d", &["--dir", "--diff", "--dry-run"], "--api"),
    ("ctl api go --color ", &["always", "auto", "never"], "goctl"),
    ("ctl completion ", &["bash", "elvish", "fish", "powershell", "zsh"], "tcsh"),
];

fn each(complete: impl Fn(&str) -> Vec<String>) {
    for (line, words, never) in TYPED {
        let found = complete(line);
        for word in words {
            assert!(found.iter().any(|one| one == word), "{line:?} leads to {found:?}");
        }
        assert!(!found.iter().any(|one| one == never), "{line:?} leads to {found:?}");
    }
    assert_eq!(complete("ctl api g"), ["go"]);
}

#[test]
fn bash_completes() {
    if !need("bash") {
        return;
    }
    let temp = Temp::new();
    let script = script(temp.path(), &["bash"], "ctl.bash");
    each(|line| {
        let words: Vec<String> = line.split(' ').map(|word| format!("'{word}'")).collect();
        let (last, before) = (&words[words.len() - 1], &words[words.len() - 2]);
        // As readline does: the words, the place among them, then command, word and the word before as arguments.
        let program = format!(
            "source \"$0\"; COMP_WORDS=({}); COMP_CWORD={}; compopt() {{ :; }}; \
             f=$(complete -p ctl | sed 's/.*-F \\([^ ]*\\).*/\\1/'); $f ctl {last} {before}; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words.join(" "),
            words.len() - 1,
        );
        let options = ["--noprofile", "--norc", "-c"];
        answer(temp.path(), "bash", &options, &program, &script).lines().map(str::to_owned).collect()
    });
}

#[test]
fn fish_completes() {
    if !need("fish") {
        return;
    }
    let temp = Temp::new();
    for (args, described) in [(vec!["fish"], true), (vec!["fish", "--no-descriptions"], false)] {
        let script = script(temp.path(), &args, "ctl.fish");
        let lines = |line: &str| {
            let program = format!("source $argv[1]; complete -C '{line}'");
            answer(temp.path(), "fish", &["--no-config", "-c"], &program, &script).lines().map(str::to_owned).collect::<Vec<_>>()
        };
        // Word, tab, description.
        each(|line| lines(line).iter().map(|line| line.split('\t').next().unwrap().to_owned()).collect());
        assert_eq!(lines("ctl api g")[0].contains("\tGenerate a Go service"), described, "{args:?}");
    }
}

#[test]
fn zsh_completes() {
    // zsh completes for its line editor alone, and that runs on a terminal: a second zsh on one that the first makes. Its
    // `compadd` writes down what fits.
    const START: &str = r#"
        autoload -Uz compinit && compinit -u -D
        source $CTL_SCRIPT
        compadd() {
            local -a fitting
            builtin compadd -O fitting "$@"
            print -rl -- $fitting >>$CTL_FOUND
            builtin compadd "$@"
        }
        answer() { BUFFER=$CTL_LINE; CURSOR=$#BUFFER; zle complete-word; exit }
        zle -N zle-line-init answer
    "#;
    const OUTER: &str = "zmodload zsh/zpty; zpty inner zsh -d -i; while zpty -r inner text; do :; done";
    if !need("zsh") {
        return;
    }
    let temp = Temp::new();
    fs::write(temp.path().join(".zshrc"), START).unwrap();
    for args in [vec!["zsh"], vec!["zsh", "--no-descriptions"]] {
        let (script, found) = (script(temp.path(), &args, "_ctl"), temp.path().join("found"));
        each(|line| {
            let _ = fs::remove_file(&found);
            let mut command = shell(temp.path(), "zsh");
            command.env("ZDOTDIR", temp.path()).env("CTL_SCRIPT", &script).env("CTL_LINE", line).env("CTL_FOUND", &found);
            run(command.args(["-f", "-c", OUTER]), b"");
            let words: BTreeSet<String> = fs::read_to_string(&found).unwrap().lines().map(str::to_owned).collect();
            words.into_iter().filter(|word| !word.is_empty()).collect()
        });
    }
}

#[test]
fn without_descriptions_there_are_none() {
    let temp = Temp::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let with = fs::read_to_string(script(temp.path(), &[shell], "with")).unwrap();
        let without = fs::read_to_string(script(temp.path(), &[shell, "--no-descriptions"], "without")).unwrap();
        for described in ["Generate a Go service", "The directory of the service", "Print help", "unless the environment"] {
            assert!(!without.contains(described), "{shell}: {described}");
        }
        assert_eq!(with.contains("Generate a Go service"), shell != "bash", "{shell}");
        for flag in ["dir", "type-group", "no-descriptions", "help"] {
            assert!(with.contains(flag) && without.contains(flag), "{shell}: {flag}");
        }
    }
}
