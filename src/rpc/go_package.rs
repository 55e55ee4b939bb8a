//! The Go package of each `.proto` file: its import path, its name, its directory.
//!
//! In: the spec, the flags of the two plugins, the Go module. Out: a [`GoPackage`] for each file, and which of them the
//! plugins make code of. Source of the rules: contract rpc 3.3, 5, 12.2 and 14.
//!
//! Invariants: a file that code is made of is imported by where it lies on the disk, whatever its `go_package` says; the
//! files of one directory are of one package.

mod import_path;
mod option;
mod place;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Report, Severity};
use crate::golang::ident::KEYWORDS;
use crate::golang::module::{Environment, Module};
use crate::golang::required::required;
use crate::plan::Root;
use crate::source::{Sources, Span};

use super::spec::{FileNo, Origin, ProtoFile, RpcSpec};
pub use option::{PbOptions, Side, Which};
use place::Placed;
pub(super) use place::stem;

/// The Go package that the messages of a `.proto` file are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoPackage {
    /// What Go code imports it by.
    pub path: String,
    /// What its package clause says.
    pub name: String,
    /// The absolute directory its `pb.go` is written to; `None` where another module has it.
    pub dir: Option<PathBuf>,
}

/// The Go packages of a run.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// By [`FileNo`].
    pub packages: Vec<GoPackage>,
    /// The files that code is made of: those named, and the imports that no other module has. In the order of the spec.
    pub generated: Vec<FileNo>,
    /// What the command line says about each plugin: protoc-gen-go, protoc-gen-go-grpc.
    pub sides: [Side; 2],
}

/// Where the zRPC code goes.
#[derive(Debug, Clone, Copy)]
pub struct Project<'a> {
    /// `--zrpc_out`
    pub root: &'a Root,
    /// The module it belongs to, or that is about to be made there.
    pub module: &'a Module,
    /// What Go's environment says about modules.
    pub environment: Environment<'a>,
}

/// Finds the Go package of every file; `None` where one has none that works, which was reported.
pub fn resolve(spec: &RpcSpec, options: &PbOptions, project: &Project<'_>, sources: &Sources, report: &mut Report) -> Option<Resolved> {
    let before = report.count(Severity::Error);
    let sides = option::read(options, sources.disk(), report)?;
    let context =
        Context { spec, sides: &sides, project, sources, others: required(&project.root.dir, project.environment, sources.disk()) };
    let places: Vec<Option<Placed>> = (0..spec.files.len()).map(|at| context.place(FileNo(at), report)).collect();
    context.check(&places, report);
    if report.count(Severity::Error) > before {
        return None;
    }
    let places: Vec<Placed> = places.into_iter().collect::<Option<_>>()?;
    let generated = (0..places.len()).map(FileNo).filter(|file| places[file.0].generated).collect();
    Some(Resolved { packages: places.into_iter().map(|placed| placed.package).collect(), generated, sides })
}

/// What every step looks at.
struct Context<'a> {
    spec: &'a RpcSpec,
    sides: &'a [Side; 2],
    project: &'a Project<'a>,
    sources: &'a Sources,
    /// The modules whose packages are not made here.
    others: Vec<String>,
}

/// The import path and the name that the command line and the file agree on.
struct Declared {
    path: String,
    name: String,
}

impl Context<'_> {
    /// `M` of this plugin, else of the other, else `go_package` (contract: rpc 5.1).
    fn declared(&self, file: &ProtoFile, side: &Side) -> Option<Declared> {
        let text = file.go_package.as_ref().map_or("", |(text, _)| text.as_str());
        let (own_path, own_name) = text.split_once(';').unwrap_or((text, ""));
        let other = self.sides.iter().find(|other| other.which != side.which);
        let named = [Some(side), other].into_iter().flatten().find_map(|side| side.named.get(&file.name));
        let (path, name) = named.map_or(("", ""), |(path, name)| (path, name));
        let first = |words: [&str; 2]| words.into_iter().find(|word| !word.is_empty()).map(str::to_owned);
        let path = first([path, own_path])?;
        // The name follows `go_package` before it follows `M`, as in protogen.
        let name = first([name, own_name]).unwrap_or_else(|| sanitize(base(if own_path.is_empty() { &path } else { own_path })));
        Some(Declared { path, name })
    }

    /// The files of one directory are of one package, and there is one that code can import.
    fn check(&self, places: &[Option<Placed>], report: &mut Report) {
        let mut first: BTreeMap<&Path, (FileNo, &str)> = BTreeMap::new();
        for (at, placed) in places.iter().enumerate() {
            let Some(Placed { package: GoPackage { name, dir: Some(dir), .. }, generated: true }) = placed else { continue };
            let (other, known) = *first.entry(dir).or_insert((FileNo(at), name));
            if known == name {
                continue;
            }
            let message = format!(
                "two packages in one directory: `{}` would be of package `{name}`, `{}` of `{known}`",
                self.spec.files[at].name,
                self.spec.file(other).name
            );
            let mut error = self.at(Diagnostic::error(Code::TwoPackages, message), FileNo(at), "");
            if let Some(span) = self.span(other) {
                error = error.and(span, "the other one");
            }
            report.push(error.help("give both the same name behind `;`, or another directory"));
        }
    }

    /// The place of `option go_package`.
    fn span(&self, file: FileNo) -> Option<Span> {
        self.spec.file(file).go_package.as_ref().and_then(|(_, span)| *span)
    }

    /// With the place of `option go_package`, else with the file.
    fn at(&self, diagnostic: Diagnostic, file: FileNo, label: &str) -> Diagnostic {
        match (self.span(file), &self.spec.file(file).origin) {
            (Some(span), _) => diagnostic.at(span, label),
            (None, Origin::Disk { source, .. }) => diagnostic.path(self.sources.name(*source)),
            (None, Origin::Bundled) => diagnostic.path(&self.spec.file(file).name),
        }
    }
}

/// Whether a plugin takes this package from the file itself, so that no `M` option need say it.
pub(super) fn is_said(file: &ProtoFile, package: &GoPackage) -> bool {
    let text = file.go_package.as_ref().map_or("", |(text, _)| text.as_str());
    let (path, name) = text.split_once(';').unwrap_or((text, ""));
    path == package.path && (name == package.name || name.is_empty() && sanitize(base(path)) == package.name)
}

/// The last part of an import path, as Go's `path.Base`.
fn base(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().filter(|base| !base.is_empty()).unwrap_or(if path.is_empty() { "." } else { "/" })
}

/// The package name that protogen makes of the last part of an import path (contract: rpc 1).
fn sanitize(text: &str) -> String {
    let name: String = text.chars().map(|c| if c.is_alphabetic() || c.is_numeric() { c } else { '_' }).collect();
    let starts_well = name.starts_with(char::is_alphabetic) && !KEYWORDS.contains(&name.as_str());
    if starts_well { name } else { format!("_{name}") }
}

/// Whether Go takes the word as the name of a package that others import.
fn is_package_name(name: &str) -> bool {
    let is_word = name.starts_with(|c: char| c == '_' || c.is_alphabetic()) && name.chars().all(|c| c == '_' || c.is_alphanumeric());
    // `main` is a program, and Go leaves `documentation` out of every build.
    is_word && !KEYWORDS.contains(&name) && !matches!(name, "_" | "main" | "documentation")
}
