//! Where templates come from: the homes of a user, in their order, with the built-ins behind them (decisions, Templates).
//!
//! In: what flags and environment say, as [`Places`]. Out: the file a template of the user's stands in, if any.
//! A home is chosen for each category by itself; in it, each file that is missing is the built-in.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use crate::compat::GOCTL_VERSION;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::plan::Root;
use crate::source::{Checkout, Disk, FileId, Remote, RemoteError, Sources};

/// What a template is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Ours: `<file>.tera`.
    Tera,
    /// goctl's, Go text/template: `<file>.tpl`.
    Go,
}

impl Language {
    /// Both; where a home has a file in each, the first wins.
    pub const ALL: [Self; 2] = [Self::Tera, Self::Go];

    /// How names of files in it end, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Tera => "tera",
            Self::Go => "tpl",
        }
    }
}

/// All that decides where templates come from; gathered by the command line, which alone reads flags and environment.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// `--remote`, a git repository; empty counts as not given, as in goctl.
    pub remote: Option<String>,
    /// `--branch` of it; empty counts as not given.
    pub branch: Option<String>,
    /// Where clones are kept: ctl's folder in the user's cache directory; `None` where the machine has no such place.
    pub cache: Option<PathBuf>,
    /// `--home` as typed, relative to the working directory; empty counts as not given, as in goctl.
    pub home: Option<String>,
    /// `$CTL_HOME`; empty counts as not set.
    pub ctl_home: Option<String>,
    /// The user's directory, for `~/.ctl` and `~/.goctl`.
    pub user: Option<PathBuf>,
}

/// Why there is no home, which was reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoHome {
    /// What was asked for cannot be read (exit 1).
    Wrong,
    /// Something on this machine keeps ctl from its work (exit 2).
    Unable,
}

/// The template of a home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is written in.
    pub language: Language,
    /// Its text, for rendering and for diagnostics.
    pub file: FileId,
    /// The file as `--verbose` names it.
    pub shown: String,
    /// Where it is.
    pub path: PathBuf,
}

/// Which folders of a home may hold a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// Named by the user: `1.10.2/C`, `C`, the highest version that has C.
    Named,
    /// `~/.ctl`: `1.10.2/C`, `C`.
    Ours,
    /// `~/.goctl`: `1.10.2/C` alone, as goctl itself reads it.
    Goctl,
}

/// A directory that may hold templates.
#[derive(Debug, Clone)]
struct Candidate {
    dir: PathBuf,
    /// As the user knows it.
    shown: String,
    layout: Layout,
    /// Whether this very run asked for it, by `--home` or `--remote`.
    asked: bool,
}

/// The folder a category's templates are taken from.
#[derive(Debug, Clone)]
struct Chosen {
    dir: PathBuf,
    shown: String,
}

/// The homes of a run.
#[derive(Debug, Default)]
pub struct Home {
    /// The clone of `--remote`, held while its files are read.
    _remote: Option<Checkout>,
    /// In their order.
    candidates: Vec<Candidate>,
    /// What was decided for a category; `None`: the built-ins.
    chosen: BTreeMap<String, Option<Chosen>>,
    /// The version folders that were told of.
    told: BTreeSet<PathBuf>,
}

impl Home {
    /// No home at all: every template is the built-in.
    pub fn built_in() -> Self {
        Self::default()
    }

    /// The homes that `places` lead to.
    ///
    /// # Errors
    ///
    /// What was asked for by name cannot be read; it was reported.
    pub fn find(places: &Places, sources: &Sources, report: &mut Report) -> Result<Self, NoHome> {
        let disk = sources.disk();
        let mut candidates = Vec::new();
        let mut remote = None;
        let mut add = |dir: PathBuf, shown: String, layout, asked| candidates.push(Candidate { dir, shown, layout, asked });
        let branch = given(&places.branch).map(str::to_owned);
        if let Some(url) = given(&places.remote) {
            let from = Remote { url: url.to_owned(), branch };
            let clone = fetch(&from, places.cache.as_deref(), disk, report)?;
            add(clone.dir.clone(), from.shown(), Layout::Named, true);
            remote = Some(clone);
        } else if branch.is_some() {
            report.push(Diagnostic::warning(Code::TemplateHome, "--branch has no effect without --remote"));
        }
        if let Some(home) = given(&places.home) {
            match readable(Path::new(home), disk) {
                Ok(()) => add(PathBuf::from(home), home.to_owned(), Layout::Named, remote.is_none()),
                // The remote is what counts.
                Err(_) if remote.is_some() => {}
                Err(why) => {
                    report.push(unreadable(home, &why));
                    return Err(NoHome::Wrong);
                }
            }
        }
        if let Some(home) = given(&places.ctl_home) {
            // Set once for all projects, and perhaps before there is anything in it: no reason to stop.
            match readable(Path::new(home), disk) {
                Ok(()) => add(PathBuf::from(home), home.to_owned(), Layout::Named, false),
                Err(why) => report.push(
                    Diagnostic::warning(Code::TemplateHome, format!("the template home of $CTL_HOME is not used: {why}"))
                        .path(home)
                        .help("`ctl template init` fills it"),
                ),
            }
        }
        for (name, layout) in [(".ctl", Layout::Ours), (".goctl", Layout::Goctl)] {
            if let Some(user) = &places.user {
                add(user.join(name), format!("~/{name}"), layout, false);
            }
        }
        Ok(Self { _remote: remote, candidates, ..Self::default() })
    }

    /// The template `name` (`api/handler`) of the home that has its category, if there is one: `.tera` wins over `.tpl`.
    /// A file that cannot be read is reported as an error.
    pub fn get(&mut self, name: &str, sources: &mut Sources, report: &mut Report) -> Option<Found> {
        let (category, file) = name.split_once('/')?;
        let chosen = self.category(category, sources.disk(), report)?;
        for language in Language::ALL {
            let file = format!("{file}.{}", language.extension());
            let path = chosen.dir.join(&file);
            if !sources.disk().exists(&path) {
                continue;
            }
            let shown = format!("{}/{file}", chosen.shown);
            match sources.read(&path, &shown) {
                Ok(file) => return Some(Found { language, file, shown, path }),
                Err(error) => {
                    report.push(Diagnostic::error(Code::UnreadableFile, format!("the template cannot be read: {error}")).path(shown));
                    return None;
                }
            }
        }
        None
    }

    /// Notes that nothing of a home this run asked for was read, once all that is needed was looked for.
    pub(super) fn tell_unused(&self, disk: &Disk, report: &mut Report) {
        let Some(asked) = self.candidates.iter().find(|candidate| candidate.asked) else { return };
        if self.chosen.is_empty() || self.chosen.values().flatten().any(|chosen| chosen.dir.starts_with(&asked.dir)) {
            return;
        }
        let folders = self.chosen.keys().map(|category| format!("`{category}`")).collect::<Vec<_>>().join(", ");
        let note = Diagnostic::note(Code::TemplateHome, format!("nothing of this home is used: it has no templates in {folders}"));
        let lies_flat =
            disk.list(&asked.dir).unwrap_or_default().iter().any(|(name, is_dir)| {
                !is_dir && Language::ALL.iter().any(|language| name.ends_with(&format!(".{}", language.extension())))
            });
        report.push(match lies_flat {
            true => {
                note.path(&asked.shown).help("templates lie in folders by category, such as `api/handler.tpl`; name the folder above those")
            }
            false => note.path(&asked.shown),
        });
    }

    /// The folder for a category, decided when it is first asked for.
    fn category(&mut self, category: &str, disk: &Disk, report: &mut Report) -> Option<Chosen> {
        if let Some(known) = self.chosen.get(category) {
            return known.clone();
        }
        let found = self.candidates.iter().find_map(|candidate| candidate.folder(category, disk, report));
        let chosen = found.map(|(chosen, note)| {
            if let Some(note) = note.filter(|_| chosen.dir.parent().is_some_and(|dir| self.told.insert(dir.to_owned()))) {
                report.push(note);
            }
            chosen
        });
        self.chosen.insert(category.to_owned(), chosen.clone());
        chosen
    }
}

impl Candidate {
    /// The folder of this home that has the category, with a note where that is one of another version.
    fn folder(&self, category: &str, disk: &Disk, report: &mut Report) -> Option<(Chosen, Option<Diagnostic>)> {
        let at = |below: &str| Chosen { dir: self.dir.join(below).join(category), shown: slashed(&[&self.shown, below, category]) };
        let plain: &[&str] = if self.layout == Layout::Goctl { &[GOCTL_VERSION] } else { &[GOCTL_VERSION, ""] };
        for below in plain {
            let folder = at(below);
            if has_content(&folder, disk, report) {
                return Some((folder, None));
            }
        }
        if self.layout != Layout::Named {
            return None;
        }
        let mut versions: Vec<(Version<'_>, &str)> = Vec::new();
        let names = disk.list(&self.dir).unwrap_or_default();
        versions.extend(names.iter().filter_map(|(name, _)| Some((Version::read(name)?, name.as_str()))));
        versions.sort_unstable_by(|a, b| b.cmp(a));
        for (_, name) in versions {
            let folder = at(name);
            if has_content(&folder, disk, report) {
                let note = Diagnostic::note(
                    Code::TemplateHome,
                    format!("the templates of version {name} are used: there is neither `{GOCTL_VERSION}/{category}` nor `{category}`"),
                );
                return Some((folder, Some(note.path(&self.shown))));
            }
        }
        None
    }
}

/// The folder that a category is read from in one home, relative to it: of `~/.ctl` where `named` is false, else of a home
/// named by the user; with a note where that is one of another version. `C` itself where the home does not have the category.
pub fn folder(home: &Root, named: bool, category: &str, disk: &Disk, report: &mut Report) -> (String, Option<Diagnostic>) {
    let layout = if named { Layout::Named } else { Layout::Ours };
    let candidate = Candidate { dir: home.dir.clone(), shown: home.shown.clone(), layout, asked: named };
    let Some((chosen, note)) = candidate.folder(category, disk, report) else { return (category.to_owned(), None) };
    let version = chosen.dir.parent().and_then(|parent| parent.strip_prefix(&home.dir).ok()).unwrap_or(Path::new(""));
    (slashed(&[&version.to_string_lossy(), category]).trim_start_matches('/').to_owned(), note)
}

/// The number of a version folder, `1.3.0` or `1.2.3-cli`; ordered by its numbers, then with a suffix before without.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version<'a> {
    numbers: Vec<u64>,
    whole: bool,
    suffix: &'a str,
}

impl<'a> Version<'a> {
    fn read(name: &'a str) -> Option<Self> {
        let name = name.strip_prefix('v').unwrap_or(name);
        let (numbers, suffix) = name.split_once('-').map_or((name, ""), |(numbers, suffix)| (numbers, suffix));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let numbers: Option<Vec<u64>> = numbers.split('.').map(|part| part.parse().ok().filter(|_| all_digits(part))).collect();
        let numbers = numbers.filter(|numbers| numbers.len() > 1)?;
        Some(Self { numbers, whole: suffix.is_empty(), suffix })
    }
}

/// The clone of a repository as it is now.
fn fetch(remote: &Remote, cache: Option<&Path>, disk: &Disk, report: &mut Report) -> Result<Checkout, NoHome> {
    let Some(cache) = cache else {
        let found = Diagnostic::error(Code::TemplateHome, "--remote needs a cache directory, and this machine names none");
        report.push(found.help("set HOME or XDG_CACHE_HOME, or clone the repository yourself and use --home"));
        return Err(NoHome::Unable);
    };
    remote.fetch(&cache.join("templates"), disk).map_err(|error| {
        let shown = remote.shown();
        let (what, help, end) = match &error {
            RemoteError::Git(_) | RemoteError::BadBranch => ("the templates cannot be fetched", None, NoHome::Wrong),
            RemoteError::NoGit(_) => ("--remote needs git", Some("install git, or use --home with a directory"), NoHome::Unable),
            RemoteError::Cache(..) => ("the clone cannot be kept", None, NoHome::Unable),
        };
        let branch = remote.branch.as_ref().map_or(String::new(), |branch| format!(" (branch {branch})"));
        let found = Diagnostic::error(Code::TemplateHome, format!("{what}{branch}: {error}")).path(shown);
        report.push(match help {
            Some(help) => found.help(help),
            None => found,
        });
        end
    })
}

/// A value that asks for something.
pub(crate) fn given(value: &Option<String>) -> Option<&str> {
    value.as_deref().filter(|value| !value.is_empty())
}

/// Whether a directory that was named can be listed; else why not.
fn readable(dir: &Path, disk: &Disk) -> Result<(), String> {
    match disk.list(dir) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err("there is no such directory".to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Err("it is a file, not a directory".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn unreadable(home: &str, why: &str) -> Diagnostic {
    let found = Diagnostic::error(Code::TemplateHome, format!("the template home cannot be read: {why}")).path(home);
    if home.starts_with("~/") {
        return found.help("the shell leaves `~` alone in `--home=~/…`; write `--home ~/…`");
    }
    found.help("leave out --home to use the built-in templates; `ctl template init --home DIR` writes them into a directory")
}

/// Whether a folder has a category: a file with something in it (contract: cli-and-ops 9.1). One that is there and cannot
/// be listed is an error.
fn has_content(folder: &Chosen, disk: &Disk, report: &mut Report) -> bool {
    match disk.list(&folder.dir) {
        Ok(entries) => entries.iter().any(|(name, _)| disk.size(&folder.dir.join(name)).is_some_and(|size| size > 0)),
        Err(error) => {
            if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) {
                report.push(Diagnostic::error(Code::TemplateHome, format!("the templates cannot be read: {error}")).path(&folder.shown));
            }
            false
        }
    }
}

/// Parts of a path as the user reads them, empty ones left out.
fn slashed(parts: &[&str]) -> String {
    let parts = parts.iter().map(|part| part.trim_end_matches('/')).enumerate();
    parts.filter(|(at, part)| *at == 0 || !part.is_empty()).map(|(_, part)| part).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `names` are taken from with the files `files`, and all that is said.
    fn found(home: &str, ctl_home: &str, files: &[&str], names: &[&str]) -> (Vec<String>, String) {
        let mut sources = Sources::new(Disk::memory(files.iter().map(|file| file.split_once(' ').unwrap_or((file, "text")))));
        let mut report = Report::new();
        let places = Places { home: Some(home.into()), ctl_home: Some(ctl_home.into()), user: Some("/u".into()), ..Places::default() };
        let homes = Home::find(&places, &sources, &mut report);
        let mut all = Vec::new();
        if let Ok(mut homes) = homes {
            for name in names {
                all.push(homes.get(name, &mut sources, &mut report).map_or("built-in".to_owned(), |found| found.shown));
            }
        }
        (all, report.render(&sources, false))
    }

    #[test]
    fn the_first_home_that_has_the_category_counts_and_each_missing_file_is_built_in() {
        let files =
            ["/h/api/handler.tpl", "/c/api/logic.tpl", "/c/newapi/newtemplate.tera", "/u/.ctl/rpc/main.tera", "/u/.goctl/rpc/x.tpl"];
        let names = ["api/handler", "api/logic", "newapi/newtemplate", "rpc/main", "rpc/x"];
        let expected = ["/h/api/handler.tpl", "built-in", "/c/newapi/newtemplate.tera", "~/.ctl/rpc/main.tera", "built-in"];
        let (all, said) = found("/h", "/c", &files, &names);
        assert_eq!((all, said.as_str()), (expected.map(str::to_owned).to_vec(), ""));
    }

    #[test]
    fn a_version_folder_of_ours_wins_and_tera_wins() {
        let files = ["/h/1.10.2/api/a.tpl", "/h/1.10.2/api/a.tera", "/h/api/b.tera", "/h/2.0.0/api/b.tpl"];
        assert_eq!(found("/h", "", &files, &["api/a", "api/b"]).0, ["/h/1.10.2/api/a.tera", "built-in"]);
        // A folder whose files are all empty does not have the category; an empty file beside others is a template.
        let files = ["/h/1.10.2/api/a.tpl ", "/h/api/a.tpl ", "/h/api/b.tpl"];
        assert_eq!(found("/h", "", &files, &["api/a"]).0, ["/h/api/a.tpl"]);
    }

    #[test]
    fn the_highest_version_is_the_last_resort_of_a_named_home_and_is_told_once() {
        let files = ["/h/1.3.0/api/a.tpl", "/h/1.12.0/rpc/a.tpl", "/h/1.2.3-cli/api/a.tpl", "/h/1.3.0/newapi/a.tpl", "/h/next/api/a.tpl"];
        let (all, said) = found("/h", "", &files, &["api/a", "newapi/a", "rpc/a", "model/a"]);
        assert_eq!(all, ["/h/1.3.0/api/a.tpl", "/h/1.3.0/newapi/a.tpl", "/h/1.12.0/rpc/a.tpl", "built-in"]);
        assert_eq!(said.matches("note[template_home]: /h: the templates of version 1.3.0 are used").count(), 1, "{said}");
        assert_eq!(said.matches("note").count(), 2, "{said}");
        let files = ["/u/.ctl/1.3.0/api/a.tpl", "/u/.goctl/1.3.0/api/a.tpl", "/u/.goctl/api/a.tpl"];
        assert_eq!(found("", "", &files, &["api/a"]), (vec!["built-in".to_owned()], String::new()));
        let files = ["/u/.ctl/api/a.tpl", "/u/.goctl/1.10.2/rpc/a.tpl"];
        assert_eq!(found("", "", &files, &["api/a", "rpc/a"]).0, ["~/.ctl/api/a.tpl", "~/.goctl/1.10.2/rpc/a.tpl"]);
    }

    #[test]
    fn versions_are_compared_by_number() {
        let mut names = ["1.10.2", "1.9.9", "v1.10.3", "1.10.3-cli", "1.10"];
        names.sort_by_key(|name| Version::read(name));
        assert_eq!(names, ["1.9.9", "1.10", "1.10.2", "1.10.3-cli", "v1.10.3"]);
        for name in ["1", "api", "1.x", "1..2", "", "v", "1.+2", "99999999999999999999.1"] {
            assert_eq!(Version::read(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_named_must_be_there_and_what_is_set_should() {
        let (all, said) = found("/nowhere", "", &[], &["api/a"]);
        assert!(all.is_empty() && said.starts_with("error[template_home]: /nowhere: the template home cannot be read"), "{said}");
        let (all, said) = found("", "/nowhere", &[], &["api/a"]);
        assert_eq!(all, ["built-in"]);
        assert!(said.starts_with("warning[template_home]: /nowhere: the template home of $CTL_HOME is not used"), "{said}");
        let (all, said) = found("/h", "", &["/h/api/a.tpl/x", "/h/api/b.tpl"], &["api/a"]);
        assert_eq!(all, ["built-in"]);
        assert!(said.starts_with("error[unreadable_file]: /h/api/a.tpl: the template cannot be read: this is a directory"), "{said}");
    }
}
