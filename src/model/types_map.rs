//! Which Go type a column has: `goctl.yaml`, and what stands behind it.
//!
//! In: the working directory, and for each column its type as [`ColumnType`](super::spec::ColumnType) has it. Out: a
//! [`GoType`]; there always is one. Source of the rules: contract model 4, cli-and-ops 5; decisions, Models.
//!
//! Invariants: what `goctl.yaml` says wins; an entry that it lacks is what goctl falls back to; a type that neither knows
//! is marked as [`Origin::Guessed`], so that it can be told.

mod config;
mod go_type;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::naming::nearest;
use crate::source::{Disk, Sources, Span};

/// The name of the configuration file.
pub const FILE: &str = "goctl.yaml";

/// What a types map says of one SQL type; empty for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Entry {
    /// `type`
    ty: String,
    /// `unsigned_type`
    unsigned: String,
    /// `null_type`
    null: String,
    /// `pkg`
    pkg: String,
}

/// The Go types of a run.
#[derive(Debug, Clone)]
pub struct TypesMap {
    /// By SQL type, lower case.
    entries: BTreeMap<String, Entry>,
    /// Where the keys of a file stand.
    places: BTreeMap<String, Span>,
    strict: bool,
}

/// How types are chosen besides `goctl.yaml`.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// `--strict`: unsigned columns that no types map knows are `uint64`.
    pub strict: bool,
    /// `GOCTL_EXPERIMENTAL`; where it is not `on`, neither `goctl.yaml` nor its defaults are read.
    pub experimental: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { strict: false, experimental: true }
    }
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoType {
    /// As Go writes it.
    pub ty: String,
    /// What must be imported for it, besides `database/sql`, `time`, and `github.com/lib/pq` for the arrays of
    /// [`Origin::BuiltIn`] and [`Origin::Guessed`].
    pub pkg: Option<String>,
    /// Who said so.
    pub origin: Origin,
}

/// Where a type comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// `goctl.yaml`, or its defaults where there is none.
    Config,
    /// What goctl knows by itself.
    BuiltIn,
    /// Neither knows the type: text, bytes or a list of texts (decisions, Models).
    Guessed,
}

/// What `%v` says of a value of a type: a cache key holds no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// The value, and JSON gives it back.
    Value,
    /// The value, in braces; JSON gives an object.
    Nullable,
    /// Perhaps something else: an address, numbers for bytes, one text for several values.
    Otherwise,
}

impl GoType {
    /// What `%v` says of a value.
    pub fn printed(&self) -> Printed {
        match self.ty.strip_prefix("sql.Null") {
            _ if go_type::prints(&self.ty) => Printed::Value,
            Some("Bool" | "Byte" | "Float64" | "Int16" | "Int32" | "Int64" | "String" | "Time") => Printed::Nullable,
            Some(of) if of.strip_prefix('[').and_then(|of| of.strip_suffix(']')).is_some_and(go_type::prints) => Printed::Nullable,
            _ => Printed::Otherwise,
        }
    }

    /// Whether the type names the package, as in `sql.NullString`.
    pub fn names(&self, package: &str) -> bool {
        go_type::packages(&self.ty).iter().any(|named| named == package)
    }

    /// Whether `github.com/lib/pq` must be imported without anybody having asked for it.
    pub fn needs_pq(&self) -> bool {
        self.origin != Origin::Config && self.names("pq")
    }
}

impl TypesMap {
    /// Reads the `goctl.yaml` of the module that contains `dir` (absolute), or takes the defaults. `None` where it is
    /// broken, which was reported.
    pub fn load(dir: &Path, settings: Settings, sources: &mut Sources, report: &mut Report) -> Option<Self> {
        let file = config_file(dir, sources.disk());
        let found = match (settings.experimental, sources.disk().size(&file)) {
            (false, _) => config::Found::default(),
            // goctl takes an empty file for none.
            (true, Some(0)) => return Some(Self::defaults(settings)),
            (true, None) if !sources.disk().exists(&file) => return Some(Self::defaults(settings)),
            (true, _) => config::read(&file, &shown(&file, dir), sources, report)?,
        };
        Some(Self { entries: found.entries, places: found.places, strict: settings.strict })
    }

    /// The map where there is no `goctl.yaml`.
    pub fn defaults(settings: Settings) -> Self {
        let entries = if settings.experimental { tables::defaults() } else { BTreeMap::new() };
        Self { entries, places: BTreeMap::new(), strict: settings.strict }
    }

    /// Tells the entries whose key is neither a type that we know nor one of `used`, the types of the columns at hand: an enum
    /// or a domain of PostgreSQL has a name of its own. With columns of PostgreSQL among them, those too that it never asks for.
    pub fn tell_unread(&self, used: &BTreeSet<&str>, of_postgres: bool, report: &mut Report) {
        for (key, &span) in self.places.iter().filter(|(key, _)| !used.contains(key.as_str())) {
            let renamed = RENAMED.iter().find(|(own, _)| of_postgres && own == key);
            if let Some((own, name)) = renamed {
                let found =
                    Diagnostic::warning(Code::UnknownKey, format!("PostgreSQL's `{own}` is looked up as `{name}`, as goctl does it"));
                report.push(found.at(span, "").help(format!("an entry `{name}` is for both")));
            } else if tables::is_known(key) {
            } else if let Some(near) = nearest(key, tables::known()) {
                let found = Diagnostic::warning(Code::UnknownKey, format!("no column has the type `{key}`"));
                report.push(found.at(span, "").help(format!("did you mean `{near}`?")));
            } else {
                let found = Diagnostic::note(Code::UnknownKey, format!("no column here has the type `{key}`, and ctl does not know it"));
                report.push(found.at(span, "").help("right if it is an enum or a domain of a PostgreSQL database"));
            }
        }
    }

    /// The Go type for an SQL type (`bigint`; lower case), for a column that is NULL-typed or not, `unsigned` or not.
    pub fn choose(&self, key: &str, null: bool, unsigned: bool) -> GoType {
        if key == "serial" {
            // MySQL's name for `bigint unsigned not null auto_increment unique`.
            return self.choose("bigint", null, true);
        }
        let found = self.entries.get(key).and_then(|entry| {
            let ty = match entry {
                Entry { null: ty, .. } if null && !ty.is_empty() => ty,
                Entry { unsigned: ty, .. } if !null && unsigned && !ty.is_empty() => ty,
                Entry { ty, .. } if !ty.is_empty() => ty,
                Entry { .. } => return None,
            };
            // A package that another of the entry's types needs would be imported and not used, and one that is there
            // already would be imported twice: neither compiles.
            let used = go_type::packages(ty).iter().any(|package| !STANDARD.contains(&package.as_str()));
            let pkg = (used && !entry.pkg.is_empty()).then(|| entry.pkg.clone());
            Some(GoType { ty: ty.clone(), pkg, origin: Origin::Config })
        });
        found.unwrap_or_else(|| tables::fall_back(key, null, unsigned && self.strict))
    }
}

/// Types of PostgreSQL that go by another's name and are in no default list (contract: model 3).
const RENAMED: [(&str, &str); 2] = [("uuid", "varchar"), ("timestamptz", "timestamp")];

/// Packages that the generated code imports by itself.
const STANDARD: [&str; 2] = ["sql", "time"];

/// Where the `goctl.yaml` of `dir` (absolute) is, or would be: beside the nearest go.mod above, else in `dir` itself.
pub fn config_file(dir: &Path, disk: &Disk) -> PathBuf {
    let is_file = |path: &Path| disk.size(path).is_some();
    let root = dir.ancestors().find(|dir| is_file(&dir.join("go.mod"))).unwrap_or(dir);
    root.join(FILE)
}

/// A file of the module as it is called in `dir`, at its root or below it: `../goctl.yaml`.
pub fn shown(path: &Path, dir: &Path) -> String {
    let root = path.parent().unwrap_or(Path::new("/"));
    let up = dir.strip_prefix(root).map_or(0, |below| below.components().count());
    format!("{}{FILE}", "../".repeat(up))
}

/// Whether the text of a `goctl.yaml` says the defaults and nothing else, without a comment that ctl does not write: nobody
/// has worked on it.
pub fn is_default(text: &str) -> bool {
    let mut sources = Sources::new(Disk::memory([("/goctl.yaml", text)]));
    let mut report = Report::new();
    let found = config::read(Path::new("/goctl.yaml"), FILE, &mut sources, &mut report);
    let says_the_defaults = found.is_some_and(|found| found.entries == tables::defaults()) && report.sorted().is_empty();
    let ours = new_config();
    let is_ours = |line: &str| !line.contains('#') || ours.lines().any(|own| own.trim() == line.trim());
    text.is_empty() || (says_the_defaults && text.lines().all(is_ours))
}

/// The text of a new `goctl.yaml`: the defaults.
pub fn new_config() -> String {
    tables::as_yaml()
}

#[cfg(test)]
mod tests;
