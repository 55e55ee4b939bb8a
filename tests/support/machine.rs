//! What the tests share: directories of their own, the real binary in a bare environment, the tools it is held against.

// Tests start processes and build and inspect real folders. Each test file uses its own part of this.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used
)]

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The folder of the package.
pub fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder below `target/` that stays after the test, to look into; empty now.
pub fn work_dir(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    dir
}

/// A directory of a test's own, gone when the test is.
pub struct Temp(PathBuf);

impl Temp {
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("ctl-test-{}-{count}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        Self(dir.canonicalize().unwrap())
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The end of a process.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs a command to its end, with `stdin` as its standard input.
pub fn run(command: &mut Command, stdin: &[u8]) -> Ran {
    let shown = format!("{command:?}");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|e| panic!("{shown}: {e}"));
    let mut input = child.stdin.take().unwrap();
    let stdin = stdin.to_owned();
    // A process that does not read closes the pipe: its business.
    let feed = std::thread::spawn(move || drop(input.write_all(&stdin)));
    let output = child.wait_with_output().unwrap();
    feed.join().unwrap();
    Ran {
        code: output.status.code().unwrap_or_else(|| panic!("{shown}: {}", output.status)),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The binary in `dir`, with nothing of this machine's: an empty home but for a git user, an empty GOPATH, no colours.
pub fn ctl(dir: &Path, home: &Path) -> Command {
    fs::write(home.join(".gitconfig"), "[user]\n\tname = Gopher\n\temail = gopher@example.com\n").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ctl"));
    command.current_dir(dir).env_clear().env("PATH", path());
    command.env("HOME", home).env("GOPATH", home.join("go")).env("GIT_CONFIG_NOSYSTEM", "1").env("NO_COLOR", "1");
    command
}

/// Where programs are looked for: what `make tools` built, then this machine's.
pub fn path() -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(package().join("target/tools")).chain(std::env::split_paths(&path));
    std::env::join_paths(all).unwrap()
}

/// The words of a command line; quotes as in a shell, nothing else of it. `␤` and `␍` are the ends of lines.
pub fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match quote {
            Some(q) if c == q => quote = None,
            None if c == '\'' || c == '"' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c == ' ' => words.extend(word.take()),
            _ => word.get_or_insert_default().push(match c {
                '␤' => '\n',
                '␍' => '\r',
                _ => c,
            }),
        }
    }
    assert!(quote.is_none(), "a quote is open in: {line}");
    words.extend(word);
    words
}

/// A folder of `tests/cases`: inputs, and what to do with them.
///
/// `args` holds a command line in each line; they run in order. `stdin` is what each of them reads; `exit` holds the exit
/// codes, where they are not the usual ones. `setup` and `teardown` are shell scripts that run in the copy before the
/// first line and after the last: for what git cannot hold, such as a full disk. A `setup` that exits 77 cannot run on
/// this machine, one that exits 78 not for this user; it has said why. `env` holds variables, `KEY=value` a line, where
/// `[case]` and `[home]` stand for the folder of the copy and the user's. `unbuilt` says why the Go of a case does not
/// build. `cwd` names the folder below, which the lines run in. The rest are the inputs.
#[derive(Debug, Clone)]
pub struct Case {
    pub dir: PathBuf,
    /// `api-go`
    pub command: String,
    /// `shop`
    pub name: String,
    pub lines: Vec<String>,
    pub stdin: Vec<u8>,
    pub exit: Option<Vec<i32>>,
    /// The folder that the lines run in, below that of the case; empty for itself.
    pub cwd: String,
    /// With `[case]` and `[home]` as they stand in the file.
    vars: Vec<(String, String)>,
}

const NOT_INPUTS: [&str; 8] = ["args", "stdin", "exit", "env", "cwd", "setup", "teardown", "unbuilt"];

impl Case {
    /// Whether its lines need the plugins that `make tools` builds: they ask for messages, and name no path of their own.
    pub fn calls_plugins(&self) -> bool {
        let asks = |line: &String| {
            line.contains("-go_out")
                || line.contains("-go-grpc_out")
                || line.starts_with("rpc new")
                || line.starts_with("quickstart") && line.contains("micro")
        };
        self.lines.iter().any(asks) && self.vars.iter().all(|(name, _)| name != "PATH")
    }

    /// Whether a variable is set for it.
    pub fn has(&self, variable: &str) -> bool {
        self.vars.iter().any(|(name, _)| name == variable)
    }

    /// [`ctl`] with the variables of the case.
    pub fn ctl(&self, dir: &Path, home: &Path) -> Command {
        let mut command = ctl(&dir.join(&self.cwd), home);
        for (name, value) in &self.vars {
            command.env(name, value.replace("[case]", dir.to_str().unwrap()).replace("[home]", home.to_str().unwrap()));
        }
        command
    }

    /// The inputs in a new folder below `parent`, named as the case is: ctl may name things after the folder.
    pub fn copy_below(&self, parent: &Path) -> PathBuf {
        let dir = parent.join(&self.name);
        copy(&self.dir, &dir);
        for name in NOT_INPUTS {
            let _ = fs::remove_file(dir.join(name));
        }
        dir
    }

    /// Does `work` on a new copy of the inputs between `setup` and `teardown`; see [`missing`] for a machine where it
    /// cannot be done.
    pub fn on_copy<T>(&self, work: impl FnOnce(&Path, &Path) -> T) -> Option<T> {
        let temp = Temp::new();
        let (dir, home) = (self.copy_below(temp.path()), temp.path().join("home"));
        fs::create_dir(&home).unwrap();
        let script = |name: &str| {
            let script = self.dir.join(name);
            script.is_file().then(|| run(Command::new("sh").current_dir(&dir).env("PATH", path()).arg("-e").arg(script), b""))
        };
        if let Some(ran) = script("setup").filter(|ran| ran.code != 0) {
            let reason = format!("{}: {}", self.name, ran.err.trim());
            match ran.code {
                77 => missing(&reason),
                // Whoever is not root may run `make test` too; CI is root.
                78 => println!("skipped: {reason}"),
                code => panic!("setup exits {code}: {reason}"),
            }
            return None;
        }
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&dir, &home)));
        if let Some(ran) = script("teardown") {
            assert_eq!(ran.code, 0, "{}: teardown: {}", self.name, ran.err);
        }
        Some(done.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    }
}

/// The cases of one kind (`ok`, `errors`) of every command, by command and name.
pub fn cases(kind: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for command in folders(&package().join("tests/cases")) {
        for dir in folders(&command.join(kind)) {
            let text = |name: &str| fs::read_to_string(dir.join(name)).ok();
            let args = text("args").unwrap_or_else(|| panic!("{}: a case needs a file `args`", dir.display()));
            cases.push(Case {
                command: file_name(&command),
                name: file_name(&dir),
                lines: args.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
                stdin: fs::read(dir.join("stdin")).unwrap_or_default(),
                exit: text("exit").map(|codes| codes.split_whitespace().map(|code| code.parse().expect("`exit` holds numbers")).collect()),
                cwd: text("cwd").map_or(String::new(), |cwd| cwd.trim().to_owned()),
                vars: text("env").unwrap_or_default().lines().map(variable).collect(),
                dir,
            });
        }
    }
    assert!(!cases.is_empty(), "no cases of kind {kind}");
    cases
}

fn variable(line: &str) -> (String, String) {
    let (name, value) = line.split_once('=').unwrap_or_else(|| panic!("`env` holds KEY=value: {line}"));
    (name.to_owned(), value.to_owned())
}

/// The folders in a folder, sorted; none where it does not exist.
pub fn folders(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    all.sort();
    all
}

pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// Copies a folder with all below it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { assert!(fs::copy(&path, &target).is_ok()) }
    }
}

/// The sources of `examples/shop`, without what they were made into, here or earlier.
pub fn copy_shop(to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(package().join("examples/shop")).unwrap() {
        let path = entry.unwrap().path();
        if ["api", "proto", "sql", "sh"].iter().any(|ending| path.is_file() && path.extension().is_some_and(|found| found == *ending)) {
            fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
}

/// Everything below a folder: files with their bytes, folders (with a slash behind) with none, links with where they lead.
pub fn tree(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(dir: &Path, prefix: &str, all: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", file_name(&path));
            if path.is_symlink() {
                all.insert(name, format!("-> {}\n", fs::read_link(&path).unwrap().display()).into_bytes());
            } else if path.is_dir() {
                walk(&path, &format!("{name}/"), all);
                all.insert(format!("{name}/"), Vec::new());
            } else {
                all.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(dir, "", &mut all);
    all
}

/// Files below a folder whose names end so, sorted.
pub fn files(dir: &Path, ending: &str) -> Vec<PathBuf> {
    tree(dir).into_keys().filter(|name| name.ends_with(ending)).map(|name| dir.join(name)).collect()
}

/// Whether a test can go on without something: it says why not, and passes; with `CTL_NO_SKIP=1` (`make test`) it fails.
pub fn missing(reason: &str) {
    assert!(std::env::var_os("CTL_NO_SKIP").is_none_or(|value| value != "1"), "{reason} (and CTL_NO_SKIP=1)");
    // Not `println!`: the test harness would swallow it.
    let _ = writeln!(std::io::stderr(), "skipped: {reason}");
}

/// Whether the program is in the path; see [`missing`].
pub fn need(tool: &str) -> bool {
    let found = std::env::split_paths(&path()).any(|dir| dir.join(tool).is_file());
    if !found {
        missing(&format!("there is no `{tool}`; `make tools` says what is needed"));
    }
    found
}

/// Whether protobuf's two Go plugins are there; see [`missing`].
pub fn need_plugins() -> bool {
    ["protoc-gen-go", "protoc-gen-go-grpc"].into_iter().all(need)
}

/// goctl, named by `CTL_GOCTL`, else where `make tools` puts it; see [`missing`].
pub fn need_goctl() -> Option<PathBuf> {
    let path = std::env::var_os("CTL_GOCTL").map_or_else(|| package().join("target/tools/goctl"), PathBuf::from);
    if path.is_file() {
        return Some(path);
    }
    missing("there is no goctl; `make tools` builds it");
    None
}

/// The folder of a module in Go's module cache, with what the proxy says of it downloaded; see [`missing`].
pub fn need_module(module: &str) -> Option<PathBuf> {
    if !need("go") {
        return None;
    }
    let ran = run(Command::new("go").current_dir(std::env::temp_dir()).args(["mod", "download", "-json", module]), b"");
    let line = ran.out.lines().find_map(|line| line.trim().strip_prefix("\"Dir\": \"")?.strip_suffix("\","));
    if line.is_none() {
        missing(&format!("go cannot download {module}: {}{}", ran.out, ran.err));
    }
    line.map(PathBuf::from)
}

/// A Go module below `target/tmp` with the versions of `tests/golang`; it stays there to look into.
pub struct Go {
    pub dir: PathBuf,
}

impl Go {
    /// The module, with nothing in it. Needs go in the path.
    pub fn module(name: &str) -> Self {
        let dir = work_dir(name);
        for file in ["go.mod", "go.sum"] {
            fs::copy(package().join("tests/golang").join(file), dir.join(file)).unwrap();
        }
        Self { dir }
    }

    /// A go command, not yet started.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("go");
        command.current_dir(&self.dir).env("GOWORK", "off").args(args);
        command
    }

    /// What the go command prints; it must succeed.
    pub fn passes(&self, args: &[&str]) -> String {
        let ran = run(&mut self.command(args), b"");
        let shown = args.iter().take(3).copied().collect::<Vec<_>>().join(" ");
        assert_eq!(ran.code, 0, "go {shown} in {}\n{}{}", self.dir.display(), ran.out, ran.err);
        ran.out
    }

    /// The files that gofmt would change.
    pub fn gofmt(&self) -> String {
        let ran = run(Command::new("gofmt").current_dir(&self.dir).args(["-l", "."]), b"");
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    }
}

/// The folders of `examples/`.
pub fn examples() -> Vec<PathBuf> {
    let all: Vec<PathBuf> = folders(&package().join("examples")).into_iter().filter(|dir| !files(dir, ".api").is_empty()).collect();
    assert!(!all.is_empty());
    all
}

/// The `.api` files of goctl's own sources in Go's module cache, with their names there; see [`missing`].
pub fn goctl_files() -> Option<Vec<(String, PathBuf)>> {
    let dir = need_module("github.com/zeromicro/go-zero/tools/goctl@v1.10.2")?;
    let all: Vec<_> =
        files(&dir, ".api").into_iter().map(|path| (path.strip_prefix(&dir).unwrap().to_str().unwrap().to_owned(), path)).collect();
    assert!(all.len() > 30, "goctl's own .api files");
    Some(all)
}
