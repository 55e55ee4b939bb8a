//! One command line, run by goctl and by ctl in equal fresh directories, and the two trees compared.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::machine::{Ran, Temp, copy, ctl, files, path, run, tree};

/// A folder of templates: what goctl gets as `--home`, and what ctl gets.
#[derive(Debug, Clone)]
pub(crate) struct Home {
    pub(crate) theirs: PathBuf,
    pub(crate) ours: PathBuf,
}

/// The module that services are put into.
pub(crate) const TEAM: &str = "example.com/team";
/// The directory of a service below its module's.
pub(crate) const BELOW: &str = "services/shop";

/// Where the command finds a go.mod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Module {
    /// In the output directory.
    Here,
    /// Above the output directory.
    Above,
    /// Nowhere: both make one.
    Nowhere,
}

/// A command line for both.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    /// The row of the table.
    pub(crate) row: usize,
    /// The case, as the list of known differences names it.
    pub(crate) name: String,
    /// Whose `.api` and `.sql` files are laid beside the output directory, and whose `.proto` files into it: they are named
    /// from where protoc runs. A project for `docker` is laid into it whole.
    pub(crate) inputs: Option<PathBuf>,
    pub(crate) module: Module,
    /// Run in the output directory; without `--home` and `--compat`.
    pub(crate) args: Vec<String>,
    pub(crate) home: Home,
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Verdict {
    Equal,
    /// Neither takes the input, or goctl alone does not: nothing to compare.
    NotComparable,
    /// The files that differ, or `refused` where ctl alone does not take the input.
    Differs(Vec<Difference>),
}

/// One file that differs.
#[derive(Debug)]
pub(crate) struct Difference {
    /// Its path with `--style gozero`.
    pub(crate) path: String,
    /// What to show.
    pub(crate) detail: String,
}

type Tree = BTreeMap<String, Vec<u8>>;

/// How often goctl is asked again where it may have picked another order: of three names it finds each order in so many
/// runs, but for one time in thousands.
const AGAIN: usize = 60;

impl Job {
    /// Runs both and compares.
    pub(crate) fn compare(&self, goctl: &Path) -> Verdict {
        let Ok(mut theirs) = self.theirs(goctl) else { return Verdict::NotComparable };
        let ours = match self.ours() {
            Ok(ours) => ours,
            Err(why) => return Verdict::Differs(vec![Difference { path: "refused".to_owned(), detail: why }]),
        };
        let mut differences = differing(&theirs, &ours);
        // goctl's order of some lines is random: a text is equal to goctl's where goctl writes it too.
        for _ in 0..AGAIN {
            if !differences.iter().any(|path| same_lines(theirs.get(path), ours.get(path))) {
                break;
            }
            if let Ok(again) = self.theirs(goctl) {
                for path in &differences {
                    if again.get(path) == ours.get(path) {
                        theirs.insert(path.clone(), again[path].clone());
                    }
                }
            }
            differences = differing(&theirs, &ours);
        }
        if differences.is_empty() {
            return Verdict::Equal;
        }
        let shown = |path: &String| Difference { path: plain(path), detail: detail(theirs.get(path), ours.get(path)) };
        Verdict::Differs(differences.iter().map(shown).collect())
    }

    fn is(&self, command: &str) -> bool {
        self.args.first().is_some_and(|word| word == command)
    }

    /// What goctl writes.
    pub(crate) fn theirs(&self, goctl: &Path) -> Result<Tree, String> {
        self.made(&self.home.theirs, |dir, home| {
            let mut command = Command::new(goctl);
            command.current_dir(dir).env_clear().env("PATH", path());
            command.env("HOME", home).env("GOPATH", home.join("go")).env("TMPDIR", home).env("GOTOOLCHAIN", "local");
            command.env("GOFLAGS", "-mod=mod").env("GIT_CONFIG_NOSYSTEM", "1").env("NO_COLOR", "1");
            command
        })
    }

    /// What ctl writes.
    pub(crate) fn ours(&self) -> Result<Tree, String> {
        self.made(&self.home.ours, |dir, home| {
            let mut command = ctl(dir, home);
            command.env("CTL_COMPAT", "goctl");
            command
        })
    }

    fn made(&self, templates: &Path, program: impl FnOnce(&Path, &Path) -> Command) -> Result<Tree, String> {
        let temp = Temp::new();
        let (work, home) = (temp.path().join("work"), temp.path().join("home"));
        let dir = if self.module == Module::Above { work.join(BELOW) } else { work.clone() };
        fs::create_dir_all(&dir).unwrap();
        fs::create_dir(&home).unwrap();
        fs::write(home.join(".gitconfig"), "[user]\n\tname = Gopher\n\temail = gopher@example.com\n").unwrap();
        match &self.inputs {
            Some(inputs) if self.is("rpc") => copy_inputs(inputs, &[".proto"], &dir),
            Some(inputs) if self.is("docker") => copy(inputs, &dir),
            Some(inputs) => copy_inputs(inputs, &[".api", ".sql"], &temp.path().join("in")),
            None => {}
        }
        if self.module != Module::Nowhere {
            fs::write(work.join("go.mod"), format!("module {TEAM}\n\ngo 1.25.0\n")).unwrap();
        }
        let input = temp.path().join("in");
        let args = self.args.iter().map(|arg| arg.replace("IN/", &format!("{}/", input.display())));
        let ran = run(program(&dir, &home).args(args).arg("--home").arg(templates), b"");
        said(&ran)?;
        Ok(tree(&dir)
            .into_iter()
            .map(|(path, bytes)| if path.ends_with("go.mod") { (path, without_go_line(&bytes)) } else { (path, bytes) })
            .collect())
    }
}

/// A failure as its first lines; goctl says some of its failures and exits 0.
fn said(ran: &Ran) -> Result<(), String> {
    if ran.code == 0 { Ok(()) } else { Err(ran.err.lines().take(6).collect::<Vec<_>>().join("\n")) }
}

/// The version of Go in a go.mod is the tool's own choice (decisions, Files).
fn without_go_line(bytes: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(bytes).lines().filter(|line| !line.starts_with("go ")).collect::<Vec<_>>().join("\n").into_bytes()
}

/// What counts of a file: a `.pb.go` without the descriptor in it, since two that mean the same can differ in their bytes.
fn compared(path: &str, bytes: &[u8]) -> Vec<u8> {
    if !path.ends_with(".pb.go") {
        return bytes.to_owned();
    }
    let mut is_inside = false;
    let is_kept = |line: &&str| {
        let was_inside = is_inside;
        is_inside = if was_inside { line.ends_with(" +") } else { line.ends_with("_rawDesc = \"\" +") };
        !was_inside
    };
    String::from_utf8_lossy(bytes).lines().filter(is_kept).collect::<Vec<_>>().join("\n").into_bytes()
}

fn copy_inputs(from: &Path, endings: &[&str], to: &Path) {
    for path in endings.iter().flat_map(|ending| files(from, ending)) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        // Go's module cache is read-only, and goctl formats what it reads.
        fs::write(target, fs::read(path).unwrap()).unwrap();
    }
}

fn differing(theirs: &Tree, ours: &Tree) -> Vec<String> {
    let mut all: Vec<&String> = theirs.keys().chain(ours.keys()).collect();
    all.sort();
    all.dedup();
    let text = |tree: &Tree, path: &String| tree.get(path).map(|bytes| compared(path, bytes));
    all.into_iter().filter(|path| text(theirs, path) != text(ours, path)).cloned().collect()
}

fn same_lines(a: Option<&Vec<u8>>, b: Option<&Vec<u8>>) -> bool {
    let sorted = |bytes: &Vec<u8>| {
        let mut lines: Vec<Vec<u8>> = bytes.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
        lines.sort();
        lines
    };
    a.zip(b).is_some_and(|(a, b)| sorted(a) == sorted(b))
}

/// A path as `--style gozero` has it: the same file has one name in the list of known differences.
fn plain(path: &str) -> String {
    path.replace("_test.go", ".test").replace('_', "").to_lowercase().replace(".test", "_test.go")
}

/// The first lines where the two part.
fn detail(theirs: Option<&Vec<u8>>, ours: Option<&Vec<u8>>) -> String {
    let (theirs, ours) = match (theirs, ours) {
        (Some(theirs), Some(ours)) => (String::from_utf8_lossy(theirs), String::from_utf8_lossy(ours)),
        (Some(_), None) => return "ctl does not write it".to_owned(),
        _ => return "goctl does not write it".to_owned(),
    };
    let at = theirs.lines().zip(ours.lines()).take_while(|(a, b)| a == b).count();
    let part = |text: &str| text.lines().skip(at.saturating_sub(1)).take(4).map(|line| format!("        {line}\n")).collect::<String>();
    format!("from line {}\n      goctl\n{}      ctl\n{}", at + 1, part(&theirs), part(&ours))
}

/// Compares all jobs, two at a time; the verdicts are in their order.
pub(crate) fn compare_all(jobs: &[Job], goctl: &Path) -> Vec<Verdict> {
    let next = AtomicUsize::new(0);
    let work = || {
        let pick = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < jobs.len());
        std::iter::from_fn(pick).map(|at| (at, jobs[at].compare(goctl))).collect::<Vec<_>>()
    };
    let mut all = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut all = work();
        all.extend(other.join().unwrap());
        all
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, verdict)| verdict).collect()
}

/// goctl's own templates, exported by itself into a new folder.
pub(crate) fn exported(goctl: &Path, to: &Path) -> Home {
    let home = Temp::new();
    let ran = run(Command::new(goctl).args(["template", "init", "--home"]).arg(to).env("HOME", home.path()), b"");
    assert_eq!(ran.code, 0, "{}", ran.err);
    Home { theirs: to.to_owned(), ours: to.to_owned() }
}

/// goctl's templates with those of a folder laid over them.
pub(crate) fn laid_over(base: &Path, folder: &Path, to: &Path) -> Home {
    copy(base, to);
    copy(folder, to);
    Home { theirs: to.to_owned(), ours: to.to_owned() }
}
