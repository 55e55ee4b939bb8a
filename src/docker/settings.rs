//! The configuration that the program is started with: which file it is, and what it says of ports.
//!
//! What the program itself says comes first: the default of its flag `-f`, or of another that is the path of a configuration. Then `etc` beside it. Source of the rules: contract
//! cli-and-ops 6.1; go-zero's `core/conf`, which reads YAML, JSON and TOML and does not mind the case of keys.

mod read;

use std::path::Path;

use super::layout::Layout;
use super::path::{join, unfit};
use super::program::Program;
use crate::compat::Compat;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::outline::Outline;
use crate::source::Sources;

use read::Facts;

/// The configuration of a program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// What is copied from the context, and where below `/app`; a directory ends in `/`.
    pub(super) copied: Option<(String, String)>,
    /// The flag that names it: `f`.
    pub(super) flag: String,
    /// What that flag is given; none where the program has no such flag.
    pub(super) argument: Option<String>,
    /// What it says of ports.
    pub(super) facts: Facts,
}

/// What go-zero reads, by the end of a file's name.
const KINDS: [&str; 4] = [".yaml", ".yml", ".json", ".toml"];
/// Where goctl's services have their configuration.
const ETC: &str = "etc";

/// Finds the configuration of a program that is called by one of `names`. `None` where there is one and it cannot be used:
/// the report says why.
pub(super) fn find(
    program: &Program,
    layout: &Layout,
    names: &[&str],
    compat: Compat,
    sources: &mut Sources,
    report: &mut Report,
) -> Option<Settings> {
    let package = layout.package_dir();
    let flags = if compat.finds_config_by_main() { flags(program, sources) } else { Vec::new() };
    let found = match of_main(&flags, program, layout, &package, sources) {
        Some(found) => found,
        None => {
            if !sources.disk().is_dir(&program.dir.join(ETC)) {
                return Some(Settings::default());
            }
            let file = in_etc(program, names, compat, sources, report)?;
            let argument = compat.config_argument(&file);
            Found { copied: (join(&package, ETC), format!("./{ETC}/")), flag: USUAL.to_owned(), argument, file: format!("{ETC}/{file}") }
        }
    };
    let shown = program.path(&program.dir.join(&found.file));
    for path in [&found.copied.0, &found.argument] {
        let wrong = unfit(path).or_else(|| path.starts_with('-').then_some('-'));
        if let Some(wrong) = wrong {
            let message = format!("it cannot be named in a Dockerfile: its path has `{}`", wrong.escape_default());
            report.push(Diagnostic::error(Code::ServiceConfig, message).path(&shown).help("rename the file or its directory"));
            return None;
        }
    }
    tell_links(&found, program, layout, &shown, sources, report);
    let facts = read::facts(&program.dir.join(&found.file), &shown, sources, report)?;
    if facts.logs_to_files {
        let message = "by its `Log.Mode` the program writes files: it is not root in the image, and cannot write to its directory";
        let warning = Diagnostic::warning(Code::ServiceConfig, message).path(&shown);
        report.push(warning.help("mount a directory for `Log.Path`, or write `Mode: console`"));
    }
    let takes_none = !flags.is_empty() && flags.iter().all(|flag| flag.name.as_ref().is_some_and(|name| *name != found.flag));
    if takes_none {
        let note = Diagnostic::note(Code::ServiceConfig, "the program has flags, and no `-f`: it is started without").path(&shown);
        report.push(note.help("a flag whose default is the path of the configuration is given it"));
    }
    let argument = Some(found.argument).filter(|_| !takes_none);
    Some(Settings { copied: Some(found.copied), flag: found.flag, argument, facts })
}

/// A configuration.
struct Found {
    /// What is copied and where to.
    copied: (String, String),
    /// The flag that names it.
    flag: String,
    /// What that is given.
    argument: String,
    /// The file itself as seen from the program's directory.
    file: String,
}

/// The flag that names the configuration of goctl's services.
const USUAL: &str = "f";

/// A flag that a program defines, as far as it says so in so many words.
struct Flag {
    name: Option<String>,
    default: Option<String>,
}

/// The flags that the files of a program define with Go's package `flag`, those of `main` first.
fn flags(program: &Program, sources: &Sources) -> Vec<Flag> {
    const KINDS: [&str; 10] = ["Bool", "BoolFunc", "Duration", "Float64", "Func", "Int", "Int64", "String", "Uint", "Uint64"];
    let others = program.files.iter().filter(|file| **file != program.main);
    let outlines = std::iter::once(&program.main).chain(others).filter_map(|file| Outline::read(sources.text(*file)));
    let mut all = Vec::new();
    for outline in outlines {
        for used in outline.uses_of("flag", None).filter(|used| used.arguments.is_some()) {
            let (kind, name) = match used.name.strip_suffix("Var") {
                Some(kind) => (kind, 1),
                None => (used.name.as_str(), 0),
            };
            let text = |at: usize| used.texts.get(at).cloned().flatten();
            if KINDS.contains(&kind) || name == 1 {
                all.push(Flag { name: text(name), default: text(name + 1).filter(|_| kind == "String") });
            }
        }
    }
    all
}

/// The configuration that a flag has by default, `-f` first: a file of that name stands in the program's directory, or where
/// the build is run. That of another flag is known by the end of its name.
fn of_main(flags: &[Flag], program: &Program, layout: &Layout, package: &str, sources: &Sources) -> Option<Found> {
    let is_plain = |name: &str| !name.starts_with('-') && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    let named = flags.iter().filter_map(|flag| Some((flag.name.as_deref()?, flag.default.as_deref()?)));
    let (usual, others): (Vec<_>, Vec<_>) = named.partition(|(name, _)| *name == USUAL);
    let others = others.into_iter().filter(|(name, path)| is_plain(name) && KINDS.iter().any(|kind| path.ends_with(kind)));
    usual.into_iter().chain(others).find_map(|(name, default)| of_flag(name, default, program, layout, package, sources))
}

fn of_flag(name: &str, default: &str, program: &Program, layout: &Layout, package: &str, sources: &Sources) -> Option<Found> {
    let path = default.strip_prefix("./").unwrap_or(default);
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return None;
    }
    let found = |copied, file: String| Found { copied, flag: name.to_owned(), argument: path.to_owned(), file };
    let disk = sources.disk();
    if disk.size(&program.dir.join(path)).is_some() {
        return Some(found(copied(path, package, &program.dir, sources), path.to_owned()));
    }
    disk.size(&layout.context.join(path))?;
    let from_program = super::path::between(&program.dir, &layout.context.join(path));
    Some(found(copied(path, ".", &layout.context, sources), from_program.to_str()?.to_owned()))
}

/// What is copied for a configuration at `path` below `dir`, which is `base` below the context, and where to: the outermost
/// directory on the way that has no Go in it, else the file alone. Source has no place in an image.
fn copied(path: &str, base: &str, dir: &Path, sources: &Sources) -> (String, String) {
    let mut folders = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
    match folders.find(|folder| sources.disk().walk(&dir.join(folder), ".go").is_empty()) {
        Some(folder) => (join(base, folder), format!("./{folder}/")),
        None if path.contains('/') => (join(base, path), format!("./{path}")),
        None => (join(base, path), "./".to_owned()),
    }
}

/// A link that leads out of what is copied leads nowhere in the image.
fn tell_links(found: &Found, program: &Program, layout: &Layout, shown: &str, sources: &Sources, report: &mut Report) {
    let disk = sources.disk();
    let (copied, file) = (disk.resolve(&layout.context.join(&found.copied.0)), disk.resolve(&program.dir.join(&found.file)));
    if !copied.starts_with(&layout.context) || !file.starts_with(&copied) {
        let message = format!("it is a link to `{}`, which is not copied with it", program.path(&file));
        report.push(Diagnostic::error(Code::ServiceConfig, message).path(shown).help("put the file itself there"));
    }
}

/// The configuration below `etc`, relative to it. `None` where there is none.
fn in_etc(program: &Program, names: &[&str], compat: Compat, sources: &Sources, report: &mut Report) -> Option<String> {
    let kinds = if compat.finds_config_by_main() { KINDS.as_slice() } else { &KINDS[..1] };
    let mut all = files(program, kinds, sources);
    if all.is_empty() {
        all = files(program, &KINDS, sources);
    }
    let stem = |file: &str| {
        let name = file.rsplit('/').next().unwrap_or(file);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
    };
    let exact = || names.iter().find_map(|name| all.iter().find(|file| stem(file) == *name));
    let begins = |names: &[&str]| names.iter().find_map(|name| all.iter().find(|file| stem(file).starts_with(name))).cloned();
    let place = program.path(&program.dir.join(ETC));
    let Some(first) = all.first() else {
        let error = Diagnostic::error(Code::ServiceConfig, "there is no configuration in it").path(place);
        report.push(error.help("go-zero reads .yaml, .yml, .json and .toml; a program without a configuration has no directory `etc`"));
        return None;
    };
    if !compat.finds_config_by_main() {
        return begins(&names[..1]).or_else(|| Some(first.clone()));
    }
    let same = |file: &String| all.iter().filter(|other| stem(other) == stem(file)).count();
    if let Some(file) = exact().filter(|file| same(file) == 1) {
        return Some(file.clone());
    }
    let found = exact().cloned().or_else(|| begins(names)).unwrap_or_else(|| first.clone());
    if all.len() > 1 {
        let message = format!("of {} configurations `{found}` is the one it is started with", all.len());
        let note = Diagnostic::note(Code::ServiceConfig, message).path(place);
        report.push(
            note.help(format!(
                "the one that is meant is the only one called like the program, `{}.yaml`, or the default of `-f`",
                names[0]
            )),
        );
    }
    Some(found)
}

/// The files below `etc` that end so, those of a directory together, as a walk through it meets them.
fn files(program: &Program, kinds: &[&str], sources: &Sources) -> Vec<String> {
    let dir = program.dir.join(ETC);
    let mut all: Vec<String> = kinds.iter().flat_map(|kind| sources.disk().walk(&dir, kind)).collect();
    all.retain(|file| !file.split('/').any(|part| part.starts_with('.')));
    all.sort_by(|one, other| one.split('/').cmp(other.split('/')));
    all
}
