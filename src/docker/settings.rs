//! The configuration that the program is started with: which file it is, and what it says of ports.
//!
//! What `main` itself says comes first: the default of its flag `-f`. Then `etc` beside it. Source of the rules: contract
//! cli-and-ops 6.1; go-zero's `core/conf`, which reads YAML, JSON and TOML and does not mind the case of keys.

mod read;

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
    /// What `-f` is given.
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
    let by_main = if compat.finds_config_by_main() { of_main(program, layout, &package, sources) } else { None };
    let (copied, argument, file) = match by_main {
        Some(found) => found,
        None => {
            if !sources.disk().is_dir(&program.dir.join(ETC)) {
                return Some(Settings::default());
            }
            let file = in_etc(program, names, compat, sources, report)?;
            let argument = compat.config_argument(&file);
            ((join(&package, ETC), format!("./{ETC}/")), argument, format!("{ETC}/{file}"))
        }
    };
    let shown = program.path(&program.dir.join(&file));
    for path in [&copied.0, &argument] {
        let wrong = unfit(path).or_else(|| path.starts_with('-').then_some('-'));
        if let Some(wrong) = wrong {
            let message = format!("it cannot be named in a Dockerfile: its path has `{}`", wrong.escape_default());
            report.push(Diagnostic::error(Code::ServiceConfig, message).path(&shown).help("rename the file or its directory"));
            return None;
        }
    }
    let facts = read::facts(&program.dir.join(&file), &shown, sources, report)?;
    Some(Settings { copied: Some(copied), argument: Some(argument), facts })
}

/// What is copied and where to, what `-f` is given, and the file itself as seen from the program's directory.
type Found = ((String, String), String, String);

/// The default of main's flag `-f`, where a file of that name stands in the program's directory, or where the build is run.
fn of_main(program: &Program, layout: &Layout, package: &str, sources: &Sources) -> Option<Found> {
    let outline = Outline::read(sources.text(program.main))?;
    let default = outline.uses_of("flag", None).find_map(|used| {
        let texts: Vec<Option<&str>> = used.texts.iter().map(Option::as_deref).collect();
        match (used.name.as_str(), texts.as_slice()) {
            ("String", [Some("f"), Some(path), _]) | ("StringVar", [_, Some("f"), Some(path), _]) => Some((*path).to_owned()),
            _ => None,
        }
    })?;
    let path = default.strip_prefix("./").unwrap_or(&default);
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return None;
    }
    let disk = sources.disk();
    if disk.size(&program.dir.join(path)).is_some() {
        let copied = match path.split_once('/') {
            Some((first, _)) => (join(package, first), format!("./{first}/")),
            None => (join(package, path), "./".to_owned()),
        };
        return Some((copied, path.to_owned(), path.to_owned()));
    }
    disk.size(&layout.context.join(path))?;
    let from_program = super::path::between(&program.dir, &layout.context.join(path));
    Some(((path.to_owned(), format!("./{path}")), path.to_owned(), from_program.to_str()?.to_owned()))
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
    if let Some(file) = exact() {
        return Some(file.clone());
    }
    let found = begins(names).unwrap_or_else(|| first.clone());
    if all.len() > 1 {
        let message = format!("of {} configurations `{found}` is the one it is started with", all.len());
        let note = Diagnostic::note(Code::ServiceConfig, message).path(place);
        report.push(note.help(format!("the one that is meant is called like the program: `{}.yaml`", names[0])));
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
