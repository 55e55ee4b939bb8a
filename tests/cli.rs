//! The real binary: help, version, suggestions, refusals, streams, colours, exit codes.

// Tests start processes and read their output.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::os::unix::ffi::OsStringExt;
use std::process::{Command, Stdio};

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ctl"));
    command.args(args).env_remove("NO_COLOR").env_remove("FORCE_COLOR").env_remove("CLICOLOR_FORCE").stdin(Stdio::null());
    // Nothing of the user's who runs the tests is read or written.
    command.env("HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/cli-home")).env_remove("CTL_HOME");
    command
}

fn run(mut command: Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn ctl(line: &str) -> Ran {
    run(command(&line.split_whitespace().collect::<Vec<_>>()))
}

#[test]
fn no_arguments_and_every_way_to_ask_print_help_on_stdout() {
    for line in [
        "",
        "-h",
        "-help",
        "--help",
        "help",
        "api -h",
        "api --help",
        "help api",
        "help api go",
        "api go -help",
        "api help new",
        "api format -h",
        "--version=false",
    ] {
        let ran = ctl(line);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{line}");
        assert!(ran.out.contains("Usage: ctl"), "{line}: {}", ran.out);
    }
    let go = ctl("help api go");
    for word in [
        "--api",
        "--dir",
        "--style",
        "--test",
        "--type-group",
        "--dry-run",
        "--diff",
        "--check",
        "--force",
        "--json",
        "--quiet",
        "--verbose",
        "--color",
    ] {
        assert!(go.out.contains(word), "{word} is in the help of api go");
    }
}

#[test]
fn help_shows_only_what_there_is() {
    let root = ctl("--help").out;
    let api = ctl("api --help").out;
    for word in ["migrate", "generate-fig-spec"] {
        assert!(!root.contains(&format!("  {word} ")), "{root}");
    }
    for word in ["swagger", "dart"] {
        assert!(!api.contains(word), "{api}");
    }
}

#[test]
fn the_version_in_each_spelling() {
    for line in ["-v", "-version", "--version", "-v x"] {
        let ran = ctl(line);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{line}");
        let words: Vec<&str> = ran.out.split_whitespace().collect();
        assert_eq!(words[..3], ["ctl", "version", env!("CARGO_PKG_VERSION")]);
        assert!(words.len() == 4 && ["linux/amd64", "linux/arm64", "darwin/arm64", "darwin/amd64"].contains(&words[3]), "{}", ran.out);
    }
}

#[test]
fn mistakes_are_told_once_on_stderr_with_what_may_have_been_meant() {
    // (line, the error, the help or nothing)
    let rows = [
        ("apii", "unknown command \"apii\" for \"ctl\"", "did you mean `api`?"),
        ("dockr", "unknown command \"dockr\" for \"ctl\"", "did you mean `docker`?"),
        ("bogus", "unknown command \"bogus\" for \"ctl\"", ""),
        ("help bogus", "unknown command \"bogus\" for \"ctl\"", ""),
        ("api bogus", "unknown command \"bogus\" for \"ctl api\"", ""),
        ("api g", "unknown command \"g\" for \"ctl api\"", "did you mean `go`?"),
        ("api swager", "unknown command \"swager\" for \"ctl api\"", "did you mean `swagger`?"),
        ("rpc protocc x.proto", "unknown command \"protocc\" for \"ctl rpc\"", "did you mean `protoc`?"),
        ("model mysql dll", "unknown command \"dll\" for \"ctl model mysql\"", "did you mean `ddl`?"),
        ("kube x", "unknown command \"x\" for \"ctl kube\"", ""),
        ("api go --dirr x", "unknown flag: --dirr", "did you mean `--dir` or `--diff`?"),
        ("api go -dirr x", "unknown flag: -dirr", "did you mean `--dir` or `--diff`?"),
        ("api go -api", "flag needs an argument: --api", ""),
        ("api go -test=maybe", "invalid argument \"maybe\" for \"--test\" flag", ""),
        ("api go -v", "unknown shorthand flag: 'v' in -v", "did you mean `--verbose`?"),
        ("api -v", "unknown shorthand flag: 'v' in -v", "did you mean `--verbose`?"),
        ("api go", "missing -api", ""),
        ("api go -dir x", "missing -api", ""),
        ("api go -api x", "missing -dir", ""),
        ("api go -api -dir x", "missing -dir", ""),
        ("api go --api= --dir=x", "missing -api", ""),
        ("api", "missing -o", ""),
        ("api -o", "flag needs an argument: --o", ""),
        ("api validate", "missing -api", ""),
        ("api format", "missing -dir", ""),
        ("rpc", "missing -o", ""),
        ("rpc protoc", "missing FILE", ""),
        ("rpc protoc a.proto", "missing --zrpc_out", ""),
        ("rpc protoc a.proto --go-out=. --zrpc_out=.", "unknown flag: --go-out", "did you mean `--go_out`"),
        ("rpc new", "accepts 1 arg(s), received 0", ""),
        ("api new", "accepts 1 arg(s), received 0", ""),
        ("api new a b", "accepts 1 arg(s), received 2", ""),
    ];
    for (line, error, help) in rows {
        let ran = ctl(line);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{line}: {}", ran.err);
        assert!(ran.err.starts_with(&format!("error: {error}")), "{line}: {}", ran.err);
        assert_eq!(ran.err.matches("error:").count(), 1, "{line}: {}", ran.err);
        assert_eq!(ran.err.contains("did you mean"), !help.is_empty(), "{line}: {}", ran.err);
        assert!(ran.err.contains(help), "{line}: {}", ran.err);
    }
    let usage = ctl("api go").err;
    assert!(usage.contains("Usage: ctl api go --api FILE --dir DIR [flags]") && usage.contains("`ctl api go --help`"), "{usage}");
}

#[test]
fn commands_of_goctl_that_ctl_lacks_are_refused_by_name() {
    let rows = [
        ("migrate --version v1.3.0", "migrate"),
        ("api doc -dir .", "api doc"),
        ("api ts", "api ts"),
        ("api java -x", "api java"),
        ("help api swagger", "api swagger"),
        ("migrate --help", "migrate"),
    ];
    for (line, name) in rows {
        let ran = ctl(line);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{line}");
        assert_eq!(
            ran.err,
            format!("error: ctl {name}: ctl does not have this command yet\nhelp: use `goctl {name}` until it does\n"),
            "{line}"
        );
    }
}

#[test]
fn flags_that_exclude_each_other() {
    for pair in ["--dry-run --diff", "--dry-run --check", "--diff --check", "--quiet --verbose", "--json --diff", "--json --verbose"] {
        let ran = ctl(&format!("api go -api a.api -dir . {pair}"));
        assert_eq!(ran.code, 1, "{pair}");
        if pair.contains("--json") {
            assert!(ran.err.is_empty() && ran.out.contains("cannot be used with"), "{pair}: {}{}", ran.out, ran.err);
        } else {
            assert_eq!(ran.out, "", "{pair}");
            assert!(ran.err.starts_with("error: ") && ran.err.matches("error:").count() == 1, "{pair}: {}", ran.err);
        }
    }
    let ran = ctl("api go -api a.api -dir . --color blue");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("auto, always, never"), "{}", ran.err);
}

#[test]
fn colour_only_where_it_is_wanted() {
    let escape = "\u{1b}[";
    // Not a terminal here.
    assert!(!ctl("bogus").err.contains(escape));
    assert!(!ctl("--help").out.contains(escape));
    for line in ["bogus --color always", "api go --color=always", "--color always bogus"] {
        assert!(ctl(line).err.contains(escape), "{line}");
    }
    let with = |line: &str, name: &str, value: &str| {
        let mut command = command(&line.split_whitespace().collect::<Vec<_>>());
        command.env(name, value);
        run(command)
    };
    assert!(with("bogus", "FORCE_COLOR", "1").err.contains(escape));
    assert!(with("--help", "CLICOLOR_FORCE", "1").out.contains(escape));
    assert!(!with("bogus", "FORCE_COLOR", "0").err.contains(escape));
    assert!(!with("api go --color never", "FORCE_COLOR", "1").err.contains(escape));
    assert!(with("api go --color always", "NO_COLOR", "1").err.contains(escape), "the flag wins");
    let mut both = command(&["bogus"]);
    both.env("NO_COLOR", "1").env("FORCE_COLOR", "1");
    assert!(!run(both).err.contains(escape));
}

#[test]
fn arguments_that_are_not_text() {
    let mut odd = command(&["api", "go"]);
    odd.arg(std::ffi::OsString::from_vec(vec![b'a', 0xff]));
    let ran = run(odd);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("is not UTF-8"), "{}", ran.err);
}

#[test]
fn a_closed_pipe_is_no_panic_and_a_full_device_is_an_error() {
    let mut piped = command(&["--help"]);
    let mut child = piped.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));

    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        println!("skipped: no /dev/full");
        assert!(std::env::var_os("CTL_NO_SKIP").is_none_or(|v| v != "1"));
        return;
    };
    let mut piped = command(&["--version"]);
    let output = piped.stdout(full).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("error: cannot write to standard output: "));
}
