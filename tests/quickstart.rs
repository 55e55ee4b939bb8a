//! `ctl quickstart` as its users have it: made, built, started, asked over HTTP, ended.
//!
//! Its ports are fixed, so that only one test of this file has them at a time.

#![cfg(unix)]
// Tests start processes and build and inspect real folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use support::machine::{Go, Temp, missing, need, need_plugins, path, run, tree};
use support::service::ask;

const PORTS: [u16; 2] = [8080, 8888];

/// The ports for one test; `None` where somebody else has one, which was said.
fn ports() -> Option<MutexGuard<'static, ()>> {
    static PORTS_OF_ONE: Mutex<()> = Mutex::new(());
    let guard = PORTS_OF_ONE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    match PORTS.iter().find(|port| is_taken(**port)) {
        None => Some(guard),
        Some(port) => {
            missing(&format!("somebody listens on port {port}"));
            None
        }
    }
}

fn is_taken(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}

/// A ctl with all that it starts, in a group of processes of its own: none outlives the test.
struct Group {
    ctl: Child,
    dir: PathBuf,
}

impl Drop for Group {
    fn drop(&mut self) {
        self.signal("KILL");
        let _ = self.ctl.wait();
    }
}

impl Group {
    /// Starts `ctl quickstart` in `dir`, whose folder `tmp` is the system's place for scratch files.
    fn start(dir: &Path, args: &[&str]) -> Self {
        let mut command = quickstart(dir, args);
        let file = |name: &str| Stdio::from(fs::File::create(dir.join(name)).unwrap());
        command.stdin(Stdio::null()).stdout(file("stdout")).stderr(file("stderr")).process_group(0);
        Self { ctl: command.spawn().unwrap(), dir: dir.to_owned() }
    }

    /// As Ctrl-C of a terminal does: to all of the group. Where nobody is left, nothing happens.
    fn signal(&self, name: &str) {
        let _ = run(Command::new("sh").args(["-c", &format!("kill -{name} -{} 2>/dev/null || true", self.ctl.id())]), b"");
    }

    fn said(&self) -> String {
        fs::read_to_string(self.dir.join("stderr")).unwrap()
    }

    /// Waits until ctl says how to ask.
    fn await_start(&mut self) {
        self.await_that("is not started", |group| {
            assert!(group.ctl.try_wait().unwrap().is_none(), "ctl ended: {}", group.said());
            group.said().contains("curl http://127.0.0.1:8888/ping\n")
        });
    }

    fn await_that(&mut self, otherwise: &str, is_so: impl Fn(&mut Self) -> bool) {
        let start = Instant::now();
        while !is_so(self) {
            assert!(start.elapsed() < Duration::from_secs(300), "{otherwise}: {}", self.said());
            sleep(Duration::from_millis(50));
        }
    }

    /// The process of a program that ctl has started.
    fn program(&self, name: &str) -> String {
        let all = run(Command::new("ps").args(["-A", "-o", "pid=,ppid=,comm="]), b"").out;
        let ctl = self.ctl.id().to_string();
        let found =
            all.lines().map(|line| line.split_whitespace().collect::<Vec<_>>()).find(|words| words[1] == ctl && words[2].ends_with(name));
        found.unwrap_or_else(|| panic!("no {name} below {ctl} in\n{all}"))[0].to_owned()
    }
}

/// `ctl quickstart` with the user's Go, and scratch files in a folder that can be looked at.
fn quickstart(dir: &Path, args: &[&str]) -> Command {
    let mut command = listening();
    fs::create_dir_all(dir.join("tmp")).unwrap();
    command
        .args([env!("CARGO_BIN_EXE_ctl"), "quickstart"])
        .args(args)
        .current_dir(dir)
        .env("PATH", path())
        .env("TMPDIR", dir.join("tmp"))
        .env("NO_COLOR", "1");
    command.env("GOWORK", "off");
    command
}

/// Runs what follows with no signal ignored, though the tests run below `nohup` or in the background.
fn listening() -> Command {
    let mut command = Command::new("/usr/bin/env");
    command.arg("--default-signal=HUP,INT,TERM");
    command
}

fn pong() {
    let answer = ask(8888, "GET", "/ping", None, "");
    assert_eq!((answer.code, answer.json()), (200, serde_json::json!({"msg": "pong"})), "{answer:?}");
}

/// Nothing is left: no listener, no scratch file.
fn nothing_is_left(group: &mut Group) {
    group.await_that("somebody still listens", |_| !PORTS.into_iter().any(is_taken));
    assert_eq!(tree(&group.dir.join("tmp")).into_keys().collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn an_http_service_answers_until_ctrl_c() {
    let (true, Some(_ports)) = (need("go"), ports()) else { return };
    // Below a module, whose versions are those that all tests have.
    let go = Go::module("quickstart-mono");
    let mut group = Group::start(&go.dir, &[]);
    group.await_start();
    pong();
    assert!(group.said().contains("greet is part of module `ctl.test`"), "{}", group.said());

    // A second one finds the port taken, and touches nothing.
    let other = Temp::new();
    let ran = run(&mut quickstart(other.path(), &[]), b"");
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.starts_with("error: port 8888 is taken"), "{}", ran.err);
    assert_eq!(tree(other.path()).into_keys().collect::<Vec<_>>(), ["tmp/"]);

    group.signal("INT");
    assert_eq!(group.ctl.wait().unwrap().code(), Some(130), "{}", group.said());
    nothing_is_left(&mut group);
    let said = group.said();
    assert!(said.ends_with("then `curl http://127.0.0.1:8888/ping`\n") && !said.contains("error:"), "ctl has the last word: {said}");
    go.passes(&["vet", "./greet/..."]);
    assert_eq!(go.gofmt(), "");
}

#[test]
fn two_services_answer_until_one_of_them_ends() {
    let (true, true, Some(_ports)) = (need("go"), need_plugins(), ports()) else { return };
    let go = Go::module("quickstart-micro");
    let mut group = Group::start(&go.dir, &["-t", "micro"]);
    group.await_start();
    pong();
    let rpc = group.program("rpc");
    run(Command::new("kill").args(["-KILL", &rpc]), b"");
    assert_eq!(group.ctl.wait().unwrap().code(), Some(2));
    let said = group.said();
    assert!(said.contains("error: `rpc` ended: signal: 9"), "{said}");
    nothing_is_left(&mut group);
    go.passes(&["vet", "./greet/..."]);
    assert_eq!(go.gofmt(), "");
}

#[test]
fn what_ends_ctl_alone_ends_all_that_it_started() {
    let (true, true, Some(_ports)) = (need("go"), need_plugins(), ports()) else { return };
    let go = Go::module("quickstart-killed");
    let rows: [(&str, i32, &str, &[&str]); 3] =
        [("TERM", 143, "micro", &["rpc", "api"]), ("HUP", 129, "mono", &["api"]), ("INT", 130, "mono", &["api"])];
    for (signal, code, kind, programs) in rows {
        let mut group = Group::start(&go.dir, &["-t", kind]);
        group.await_start();
        let programs: Vec<String> = programs.iter().map(|name| group.program(name)).collect();
        let ctl = group.ctl.id().to_string();
        let kill = |name: &str| run(Command::new("kill").args([&format!("-{name}"), &ctl]), b"");
        kill(signal);
        if signal == "INT" {
            // From a terminal all would have heard of it; they are given time, which a second one ends.
            sleep(Duration::from_secs(1));
            assert!(group.ctl.try_wait().unwrap().is_none() && is_taken(8888), "{}", group.said());
            kill(signal);
        }
        let killed = Instant::now();
        assert_eq!(group.ctl.wait().unwrap().code(), Some(code), "{}", group.said());
        assert!(killed.elapsed() < Duration::from_secs(5), "{signal}: {:?}", killed.elapsed());
        // Not only silent: gone before ctl.
        for program in programs {
            assert_ne!(run(Command::new("kill").args(["-0", &program]), b"").code, 0, "{signal}: {program} outlives ctl");
        }
        nothing_is_left(&mut group);
        assert!(!group.said().contains("error:"), "{}", group.said());
        fs::remove_dir_all(go.dir.join("greet")).unwrap();
    }
}

#[test]
fn a_signal_ends_go_too() {
    let Some(_ports) = ports() else { return };
    // `sleep` takes the place of the shell, so that it is the program that ctl has started.
    for (script, said) in
        [("echo $$ >&2; exec sleep 60", "go mod tidy …"), ("[ $1 = mod ] || { echo $$ >&2; exec sleep 60; }", "go build …")]
    {
        let temp = Temp::new();
        let path = std::env::join_paths([fake_go(temp.path(), script), "/usr/bin".into(), "/bin".into()]).unwrap();
        let mut command = quickstart(temp.path(), &[]);
        let file = |name: &str| Stdio::from(fs::File::create(temp.path().join(name)).unwrap());
        command.env("PATH", path).stdin(Stdio::null()).stdout(file("stdout")).stderr(file("stderr")).process_group(0);
        let mut group = Group { ctl: command.spawn().unwrap(), dir: temp.path().to_owned() };
        let number = |text: &str| text.lines().last().filter(|line| line.parse::<u32>().is_ok()).map(str::to_owned);
        group.await_that("go is not started", |group| group.said().contains(said) && number(&group.said()).is_some());
        let go = number(&group.said()).unwrap();
        run(Command::new("kill").args(["-TERM", &group.ctl.id().to_string()]), b"");
        assert_eq!(group.ctl.wait().unwrap().code(), Some(143), "{}", group.said());
        assert_ne!(run(Command::new("kill").args(["-0", &go]), b"").code, 0, "go outlives ctl: {}", group.said());
        nothing_is_left(&mut group);
        assert!(temp.path().join("greet/api/greet.go").exists());
    }
}

#[test]
fn a_signal_that_ctl_was_started_to_ignore_stays_ignored() {
    let Some(_ports) = ports() else { return };
    if !cfg!(target_os = "linux") {
        return missing("signals that are ignored are known on Linux only");
    }
    let temp = Temp::new();
    // It ends by itself, after ctl was told that the terminal is gone.
    let path = std::env::join_paths([fake_go(temp.path(), "kill -HUP $PPID; sleep 1; exit 6"), "/usr/bin".into(), "/bin".into()]).unwrap();
    let ctl = |trap: &str| {
        let mut shell = listening();
        let mut line = quickstart(temp.path(), &[]);
        line.env("PATH", &path);
        shell.current_dir(temp.path()).args(["sh", "-c", &format!("{trap}exec \"$0\" quickstart"), env!("CARGO_BIN_EXE_ctl")]);
        for (name, value) in line.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        let ran = run(&mut shell, b"");
        fs::remove_dir_all(temp.path().join("greet")).unwrap();
        ran
    };
    assert_eq!(ctl("").code, 129);
    let ran = ctl("trap '' HUP; ");
    assert!(ran.code == 2 && ran.err.contains("`go mod tidy` in greet failed: exit status: 6"), "{} {}", ran.code, ran.err);
}

/// A program called `go` that does what the script says; `$4` of `build` is the program to make.
fn fake_go(dir: &Path, script: &str) -> PathBuf {
    let bin = dir.join("bin");
    fs::create_dir_all(&bin).unwrap();
    fs::write(bin.join("go"), format!("#!/bin/sh\necho noise of go $1\n{script}\n")).unwrap();
    fs::set_permissions(bin.join("go"), fs::Permissions::from_mode(0o755)).unwrap();
    bin
}

#[test]
fn what_fails_on_the_way_stops_it_and_the_files_stay() {
    let Some(_ports) = ports() else { return };
    const ENDS: &str = "[ $1 = mod ] || { printf '#!/bin/sh\\nexit 3\\n' >$4; chmod 755 $4; }";
    let rows = [
        ("exit 4", "`go mod tidy` in greet failed: exit status: 4"),
        ("[ $1 = mod ]", "`go build` in greet/api failed: exit status: 1"),
        ("[ $1 = mod ] || echo no program >$4", "cannot start `api`: "),
        (ENDS, "`api` ended: exit status: 3"),
    ];
    for (script, expected) in rows {
        let temp = Temp::new();
        let bin = fake_go(temp.path(), script);
        let path = std::env::join_paths([bin, "/usr/bin".into(), "/bin".into()]).unwrap();
        let ran = run(quickstart(temp.path(), &["--json"]).env("PATH", path), b"");
        assert_eq!(ran.code, 2, "{script}: {}{}", ran.out, ran.err);
        // Standard output is for machines, whatever the others say there.
        let lines: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let last = lines.last().unwrap();
        assert!(last["message"].as_str().unwrap().starts_with(expected), "{script}: {last}");
        assert!(last["help"].as_str().unwrap().contains("go run ."), "{script}: {last}");
        assert!(ran.err.contains("noise of go mod\n"), "{script}: {}", ran.err);
        let files = tree(temp.path());
        assert!(
            files.contains_key("greet/api/greet.go") && !files.keys().any(|file| file.len() > 4 && file.starts_with("tmp/")),
            "{script}"
        );
    }
}

#[test]
fn a_workspace_around_it_does_not_stop_it() {
    let Some(_ports) = ports() else { return };
    let temp = Temp::new();
    fs::write(temp.path().join("go.work"), "go 1.25.0\n").unwrap();
    let path = std::env::join_paths([fake_go(temp.path(), "[ \"$GOWORK\" = off ] && exit 5"), "/bin".into()]).unwrap();
    let ran = run(quickstart(temp.path(), &[]).env_remove("GOWORK").env("PATH", path), b"");
    assert!(ran.err.contains("help: run `go work use ./greet`") && ran.err.contains("exit status: 5"), "{}", ran.err);
}

#[test]
fn a_port_that_is_bound_and_silent_is_taken_too() {
    let Some(_ports) = ports() else { return };
    let temp = Temp::new();
    let path = std::env::join_paths([fake_go(temp.path(), "exit 4"), "/bin".into()]).unwrap();
    let before = tree(temp.path()).len();
    let _held = [TcpListener::bind(("0.0.0.0", 8080)).unwrap(), TcpListener::bind(("127.0.0.1", 8888)).unwrap()];
    let ran = run(quickstart(temp.path(), &["-t", "micro"]).env("PATH", path), b"");
    assert_eq!(ran.code, 2, "{}", ran.err);
    for port in PORTS {
        assert!(ran.err.contains(&format!("error: port {port} is taken")), "{}", ran.err);
    }
    assert_eq!(tree(temp.path()).len(), before + 1, "only the folder for scratch files was made");
}
