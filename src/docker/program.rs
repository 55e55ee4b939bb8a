//! The program that goes into the image: the directory of a package `main`, and the file that declares `main`.

use std::path::{Path, PathBuf};

use super::path::between;
use crate::diagnostic::{Code, Diagnostic, Report, flag};
use crate::golang::constraint::{LeftOut, is_foreign, is_of_package, left_out};
use crate::golang::outline::Outline;
use crate::golang::package::{declared, package_clause};
use crate::source::{FileId, Sources, Span};

/// A package that `go build` makes a program of.
#[derive(Debug)]
pub(super) struct Program {
    /// Its directory: absolute, without symbolic links.
    pub(super) dir: PathBuf,
    /// The same as the user knows it.
    pub(super) shown: String,
    /// The working directory, which the user sees things from.
    pub(super) here: PathBuf,
    /// The file that `-go` names, if it names one.
    pub(super) named: Option<String>,
    /// The file that declares `main`.
    pub(super) main: FileId,
    /// Its name.
    pub(super) main_name: String,
    /// The Go files that it is built of.
    pub(super) files: Vec<FileId>,
}

impl Program {
    /// What it is called if nobody says so: like the file that is named, else like its directory.
    pub(super) fn usual_name(&self) -> String {
        let stem = self.named.as_deref().map(|name| name.strip_suffix(".go").unwrap_or(name).to_owned());
        stem.or_else(|| Some(self.dir.file_name()?.to_str()?.to_owned())).unwrap_or_default()
    }

    /// A path as the user can find it.
    pub(super) fn path(&self, path: &Path) -> String {
        if Path::new(&self.shown).is_absolute() { path.display().to_string() } else { between(&self.here, path).display().to_string() }
    }
}

/// So many programs are listed where one must be chosen.
const MOST_LISTED: usize = 8;

/// Finds the program that `-go` names: by a file of it, by its directory, or the one in the working directory. `None` where
/// there is none, or more than one: the report says so.
pub(super) fn find(go: &str, sources: &mut Sources, report: &mut Report) -> Option<Program> {
    let (shown, named) = named(go, sources, report)?;
    let dir = sources.disk().resolve(Path::new(&shown));
    let files = read(&dir, &shown, sources, report)?;
    if let Some(name) = &named
        && let Some(wrong) = wrong_file(name, go, &files, sources)
    {
        report.push(wrong);
        return None;
    }
    let built: Vec<&GoFile> = files.iter().filter(|file| file.left_out.is_none()).collect();
    let mains: Vec<&&GoFile> = built.iter().filter(|file| file.package == "main" && file.main.is_some()).collect();
    match mains.as_slice() {
        [main] => {
            if let Some(other) = built.iter().find(|file| file.package != "main") {
                let message = format!("`{}` is of package `main`, `{}` of package `{}`", main.name, other.name, other.package);
                let error = Diagnostic::error(Code::TwoPackages, message).path(&shown);
                report.push(error.help("Go builds no directory with two packages: move one of them"));
                return None;
            }
            let main_name = main.name.clone();
            let here = sources.disk().resolve(Path::new("."));
            Some(Program { dir, here, named, main: main.id, main_name, files: built.iter().map(|file| file.id).collect(), shown })
        }
        [] => {
            report.push(no_main(&dir, &shown, &files, sources));
            None
        }
        [first, second, ..] => {
            report.push(two_mains(first, second));
            None
        }
    }
}

/// The directory that `-go` leads to, as the user knows it, and the file that it names there.
fn named(go: &str, sources: &Sources, report: &mut Report) -> Option<(String, Option<String>)> {
    if go.is_empty() {
        return Some((".".to_owned(), None));
    }
    let (disk, path) = (sources.disk(), Path::new(go));
    if disk.is_dir(path) {
        return Some((go.to_owned(), None));
    }
    let name = path.file_name().and_then(|name| name.to_str());
    let Some(name) = name.filter(|_| disk.size(path).is_some()) else {
        let error = Diagnostic::error(Code::UnreadableFile, "no such file").path(go);
        report.push(error.help("`-go` names the file with `func main`; without it, the working directory is built"));
        return None;
    };
    // The name stands in a command of goctl's templates, the whole wherever one of yours puts it.
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '~');
    let wrong = name.chars().find(|c| !is_plain(*c)).or_else(|| go.chars().find(|c| c.is_control()));
    if let Some(wrong) = wrong.or_else(|| Some('-').filter(|_| name.starts_with('-'))) {
        let message = format!("{} cannot be named in a Dockerfile: it has `{}`", flag::shown("--go", go), wrong.escape_default());
        report.push(Diagnostic::error(Code::FlagValue, message).help("rename the file"));
        return None;
    }
    if !name.ends_with(".go") {
        let error = Diagnostic::error(Code::MissingMain, "this is no Go file").path(go);
        report.push(error.help("`-go` names the file with `func main`"));
        return None;
    }
    let dir = path.parent().filter(|dir| *dir != Path::new("")).unwrap_or(Path::new("."));
    Some((dir.display().to_string(), Some(name.to_owned())))
}

/// A Go file of the directory, tests aside.
struct GoFile {
    name: String,
    id: FileId,
    package: String,
    /// Where `main` is declared.
    main: Option<Span>,
    /// What leaves it out of the image's build.
    left_out: Option<LeftOut>,
}

fn read(dir: &Path, shown: &str, sources: &mut Sources, report: &mut Report) -> Option<Vec<GoFile>> {
    let is_built = |(name, is_dir): &(String, bool)| !is_dir && is_of_package(name);
    let entries = sources.disk().list(dir).unwrap_or_default();
    let mut files = Vec::new();
    let mut is_whole = true;
    for (name, _) in entries.into_iter().filter(is_built) {
        let path = Path::new(shown).join(&name).display().to_string();
        let path = path.strip_prefix("./").unwrap_or(&path);
        let id = match sources.read(&dir.join(&name), path) {
            Ok(id) => id,
            Err(error) => {
                report.push(Diagnostic::error(Code::UnreadableFile, error.to_string()).path(path));
                is_whole = false;
                continue;
            }
        };
        let text = sources.text(id);
        // A file that says no package is none that Go builds: it says so itself.
        let Some(package) = package_clause(text).map(str::to_owned) else { continue };
        let left_out = left_out(&name, text);
        let main = main_of(text).map(|(start, end)| Span::new(id, start, end));
        files.push(GoFile { name, id, package, main, left_out });
    }
    is_whole.then_some(files)
}

/// Where a file declares the function `main`.
fn main_of(text: &str) -> Option<(usize, usize)> {
    match Outline::read(text) {
        Some(outline) => outline.function(None, "main").map(|main| (main.name_range.start, main.name_range.end)),
        // What is not finished yet is looked at line by line.
        None => {
            let at = if text.starts_with("func main(") { Some(0) } else { text.find("\nfunc main(").map(|at| at + 1) }?;
            declared(text).iter().any(|name| name == "main").then_some((at + 5, at + 9))
        }
    }
}

/// Why the file that was named is not of a program, though others beside it may be.
fn wrong_file(name: &str, go: &str, files: &[GoFile], sources: &Sources) -> Option<Diagnostic> {
    let Some(file) = files.iter().find(|file| file.name == name) else {
        let error = Diagnostic::error(Code::MissingMain, "no program is built of this file").path(go);
        return Some(error.help("Go takes it for a test, or passes over it, by its name; or it has no `package` line"));
    };
    let text = sources.text(file.id);
    if let Some(left_out) = &file.left_out {
        return Some(not_built(file, left_out, go));
    }
    if file.package == "main" {
        return None;
    }
    let at = text.find(&format!("package {}", file.package)).map_or(0, |at| at + "package ".len());
    let error = Diagnostic::error(Code::MissingMain, format!("package `{}` is no program", file.package));
    Some(
        error
            .at(Span::new(file.id, at, at + file.package.len()), "")
            .help("`-go` names a file of package `main`, the one with `func main`"),
    )
}

/// Why a file is not built, though Go builds it elsewhere; `path` is what the user calls it.
fn not_built(file: &GoFile, left_out: &LeftOut, path: &str) -> Diagnostic {
    let error = Diagnostic::error(Code::MissingMain, format!("this file is left out of an image's build, by `{}`", left_out.words));
    let error = match &left_out.range {
        Some(range) => error.at(Span::new(file.id, range.start, range.end), ""),
        None => error.path(path),
    };
    error.help("images are built for Linux, without cgo and build tags")
}

fn no_main(dir: &Path, shown: &str, files: &[GoFile], sources: &Sources) -> Diagnostic {
    let built: Vec<&GoFile> = files.iter().filter(|file| file.left_out.is_none()).collect();
    let message = match built.first() {
        None => "there is no Go file here".to_owned(),
        Some(file) if built.iter().all(|file| file.package != "main") => format!("package `{}` is no program", file.package),
        Some(_) => "package `main` has no `func main`".to_owned(),
    };
    let error = Diagnostic::error(Code::MissingMain, message).path(shown);
    let below = programs_below(dir, sources);
    let as_typed = |file: &String| {
        let path = Path::new(shown).join(file).display().to_string();
        format!("-go {}", path.strip_prefix("./").unwrap_or(&path))
    };
    // A program that is built elsewhere.
    let mut others = files.iter().filter(|file| file.package == "main" && file.main.is_some());
    match below.as_slice() {
        [] if built.is_empty()
            && let Some((file, left_out)) = others.find_map(|file| Some((file, file.left_out.as_ref()?))) =>
        {
            not_built(file, left_out, &Path::new(shown).join(&file.name).display().to_string())
        }
        [] => error.help("`-go` names the file with `func main`"),
        [one] => error.help(format!("did you mean `{}`?", as_typed(one))),
        all => {
            let listed: Vec<String> = all.iter().take(MOST_LISTED).map(as_typed).collect();
            let more = all.len() - listed.len();
            let rest = if more > 0 { format!("\nand {more} more") } else { String::new() };
            error.help(format!("name one of the programs below:\n{}{rest}", listed.join("\n")))
        }
    }
}

/// The files with `func main` below a directory, sorted; of a directory with several the first.
fn programs_below(dir: &Path, sources: &Sources) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for file in sources.disk().walk(dir, ".go") {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", &file));
        if !is_of_package(name) || folder.split('/').any(is_foreign) {
            continue;
        }
        let is_known = || found.iter().any(|known| known.rsplit_once('/').map_or("", |(folder, _)| folder) == folder);
        let has_main = |text: &str| package_clause(text) == Some("main") && left_out(name, text).is_none() && main_of(text).is_some();
        if !is_known() && sources.disk().read_text(&dir.join(&file)).is_ok_and(|text| has_main(&text)) {
            found.push(file);
        }
    }
    found
}

fn two_mains(first: &GoFile, second: &GoFile) -> Diagnostic {
    let message = format!("`{}` and `{}` both declare `main`", first.name, second.name);
    let error = Diagnostic::error(Code::SecondMain, message);
    let error = match (first.main, second.main) {
        (Some(first), Some(second)) => error.at(second, "").and(first, "the other candidate"),
        _ => error,
    };
    error.help("Go builds the whole directory: give each program a directory of its own, or leave one out with `//go:build ignore`")
}
