//! The `.proto` files of a run: those of the command line and all they import, each parsed once.
//!
//! In: paths. Out: descriptors as parsed, imports before importers. Every file that can be read is parsed, whatever is
//! wrong with the others; a file whose imports fail is left out, which its imports were reported for.
//!
//! Invariant: one file has one virtual name, by which the descriptors of its importers know it.

use std::collections::BTreeMap;

use prost_types::FileDescriptorProto;

use super::bundled::{self, Bundled};
use super::explain;
use super::lexical;
use super::paths::{Found, Paths};
use super::places::{Columns, METHOD, Places, SERVICE};
use super::rules;
use super::spec::Origin;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::naming::nearest;
use crate::source::{FileId, Sources, Span};

/// How deep imports may nest.
const MAX_DEPTH: usize = 256;

/// A file, parsed.
pub(super) struct Loaded {
    /// Its virtual name.
    pub(super) name: String,
    /// Where it is from.
    pub(super) origin: Origin,
    /// As written: names are not resolved.
    pub(super) descriptor: FileDescriptorProto,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Its imports are being followed.
    Open,
    Done,
    /// It or one of its imports cannot be used, which was reported.
    Failed,
}

/// An import that is being followed.
struct Import {
    /// The virtual name of what is imported.
    name: String,
    /// Where the import says so; `None` for a file of the command line.
    span: Option<Span>,
}

/// Loads files, one after the other.
pub(super) struct Loader<'a> {
    pub(super) paths: &'a Paths,
    pub(super) sources: &'a mut Sources,
    pub(super) report: &'a mut Report,
    /// The files so far, imports before importers.
    pub(super) files: Vec<Loaded>,
    /// Where files say `edition`, which only protoc reads.
    pub(super) editions: Vec<Span>,
    states: BTreeMap<String, State>,
    /// The virtual name of each file on disk.
    names: BTreeMap<FileId, String>,
    open: Vec<Import>,
}

impl<'a> Loader<'a> {
    pub(super) fn new(paths: &'a Paths, sources: &'a mut Sources, report: &'a mut Report) -> Self {
        let (states, names) = (BTreeMap::new(), BTreeMap::new());
        Self { paths, sources, report, files: Vec::new(), editions: Vec::new(), states, names, open: Vec::new() }
    }

    /// A file on disk with all it imports; its virtual name, if it can be used. `import` is where it is asked for.
    pub(super) fn disk(&mut self, found: &Found, import: Option<Span>) -> Option<String> {
        let source = match self.sources.read(&found.path, &found.shown) {
            Ok(source) => source,
            Err(error) => {
                let diagnostic = match import {
                    Some(span) => {
                        Diagnostic::error(Code::UnreadableFile, format!("cannot read `{}`", found.shown)).at(span, error.to_string())
                    }
                    None => Diagnostic::error(Code::UnreadableFile, error.to_string()).path(&found.shown),
                };
                self.report.push(diagnostic);
                return None;
            }
        };
        // A second way to a file leads to the name it has.
        let name = self.names.entry(source).or_insert_with(|| found.name.clone()).clone();
        if let Some(known) = self.known(&name, import) {
            return known.then_some(name);
        }
        let path = self.sources.disk().resolve(&found.path);
        self.enter(&name, import, |loader| {
            let descriptor = loader.parse(source, &name)?;
            loader.imports(Origin::Disk { path, source }, name.clone(), descriptor, Some(source))
        });
        self.usable(name)
    }

    /// A file that ctl carries, as above.
    fn bundled(&mut self, name: &str, file: Bundled, import: Option<Span>) -> Option<String> {
        if let Some(known) = self.known(name, import) {
            return known.then(|| name.to_owned());
        }
        self.enter(name, import, |loader| {
            let descriptor = match file {
                Bundled::Text(text) => protox_parse::parse(name, text).ok()?,
                Bundled::Compiled(descriptor) => *descriptor,
            };
            loader.imports(Origin::Bundled, name.to_owned(), descriptor, None)
        });
        self.usable(name.to_owned())
    }

    /// Whether a file that was met before can be used; `None` for a new one. One that is still open closes a cycle.
    fn known(&mut self, name: &str, import: Option<Span>) -> Option<bool> {
        let state = *self.states.get(name)?;
        if state == State::Open {
            self.cycle(name, import);
        }
        Some(state == State::Done)
    }

    /// Does `work` while the file is open.
    fn enter(&mut self, name: &str, span: Option<Span>, work: impl FnOnce(&mut Self) -> Option<()>) {
        self.states.insert(name.to_owned(), State::Open);
        self.open.push(Import { name: name.to_owned(), span });
        let state = if work(self).is_some() { State::Done } else { State::Failed };
        self.open.pop();
        self.states.insert(name.to_owned(), state);
    }

    fn usable(&self, name: String) -> Option<String> {
        (self.states.get(&name) == Some(&State::Done)).then_some(name)
    }

    fn parse(&mut self, source: FileId, name: &str) -> Option<FileDescriptorProto> {
        let text = self.sources.text(source);
        if let Some(range) = lexical::edition(text) {
            self.editions.push(Span::new(source, range.start, range.end));
            return None;
        }
        if let Some(at) = lexical::too_deep(text) {
            let message = format!("braces nest deeper than {} levels", lexical::MAX_NESTING);
            self.report.push(Diagnostic::error(Code::NestingTooDeep, message).at(Span::new(source, at, at + 1), ""));
            return None;
        }
        let mut parsed = match protox_parse::parse(name, &lexical::without_mark(text)) {
            Ok(parsed) => parsed,
            Err(error) => {
                self.report.push(explain::syntax(&error, source, text));
                return None;
            }
        };
        if let Some(diagnostic) = explain::too_long(&parsed, source, text) {
            self.report.push(diagnostic);
            return None;
        }
        let places = Places::new(source, text, parsed.source_code_info.as_ref(), Columns::Bytes);
        let found = rules::shadowed_types(&parsed, &places);
        let braced: Vec<(usize, usize)> = braced_methods(&parsed, &places, text);
        for (service, method) in braced {
            if let Some(method) = parsed.service.get_mut(service).and_then(|service| service.method.get_mut(method)) {
                method.options.get_or_insert_default();
            }
        }
        if found.is_empty() {
            return Some(parsed);
        }
        found.into_iter().for_each(|found| self.report.push(found));
        None
    }

    /// Follows the imports of a file, and keeps it if they can all be used. Its descriptor then names them as they are known.
    fn imports(&mut self, origin: Origin, name: String, mut descriptor: FileDescriptorProto, source: Option<FileId>) -> Option<()> {
        let spans: Vec<Option<Span>> = match source {
            Some(source) => {
                let text = self.sources.text(source);
                let places = Places::new(source, text, descriptor.source_code_info.as_ref(), Columns::Bytes);
                (0..descriptor.dependency.len()).map(|at| places.import(at)).collect()
            }
            None => vec![None; descriptor.dependency.len()],
        };
        let mut seen: BTreeMap<String, Option<Span>> = BTreeMap::new();
        let mut usable = true;
        for (dependency, span) in descriptor.dependency.iter_mut().zip(spans) {
            let Some(known) = self.import(dependency, span) else {
                usable = false;
                continue;
            };
            if let (Some(first), Some(span)) = (seen.get(&known), span) {
                let mut diagnostic = Diagnostic::error(Code::DuplicateImport, format!("`{known}` is imported twice")).at(span, "");
                if let Some(first) = *first {
                    diagnostic = diagnostic.and(first, "first imported here");
                }
                self.report.push(diagnostic.help("remove one of the two"));
                usable = false;
            }
            seen.insert(known.clone(), span);
            *dependency = known;
        }
        usable.then(|| self.files.push(Loaded { name, origin, descriptor }))
    }

    /// The virtual name of what an import leads to.
    fn import(&mut self, import: &str, span: Option<Span>) -> Option<String> {
        if self.open.len() >= MAX_DEPTH {
            let diagnostic = Diagnostic::error(Code::ImportTooDeep, format!("imports nest deeper than {MAX_DEPTH} files"));
            self.report.push(span.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.at(span, "")));
            return None;
        }
        if let Some(found) = self.paths.find(import, self.sources.disk()) {
            return self.disk(&found, span);
        }
        if let Some(file) = bundled::find(import) {
            return self.bundled(import, file, span);
        }
        self.missing(import, span);
        None
    }

    fn missing(&mut self, import: &str, span: Option<Span>) {
        let disk = self.sources.disk();
        let mut there = self.paths.neighbours(import, disk);
        there.extend(bundled::names().map(str::to_owned));
        let near = nearest(import, there.iter().map(String::as_str));
        let searched: Vec<String> = self.paths.includes().iter().map(|include| format!("`{}`", include.shown.display())).collect();
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("searched in {}; `-I DIR` adds the directory that its path starts from", searched.join(", ")),
        };
        let diagnostic = Diagnostic::error(Code::MissingImport, format!("there is no `{import}`")).help(help);
        self.report.push(span.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.at(span, "imported here")));
    }

    fn cycle(&mut self, name: &str, span: Option<Span>) {
        let start = self.open.iter().position(|import| import.name == name).unwrap_or(0);
        let round = self.open.get(start + 1..).unwrap_or_default();
        let mut diagnostic = Diagnostic::error(Code::ImportCycle, "import cycle");
        if let Some(span) = span {
            let label = if round.is_empty() { "a file cannot import itself" } else { "closes the cycle" };
            diagnostic = diagnostic.at(span, label);
        }
        for import in round {
            if let Some(span) = import.span {
                diagnostic = diagnostic.and(span, format!("imports `{}`", import.name));
            }
        }
        if !round.is_empty() {
            diagnostic = diagnostic.help("move what both files need into a third one that both import");
        }
        self.report.push(diagnostic);
    }
}

/// The methods with a body, by service and method: protoc writes options for an empty one too, and generated code holds them.
fn braced_methods(file: &FileDescriptorProto, places: &Places<'_>, text: &str) -> Vec<(usize, usize)> {
    let all = (0_i32..).zip(&file.service).flat_map(|(s, service)| (0_i32..).zip(&service.method).map(move |(m, _)| (s, m)));
    let is_braced = |&(s, m): &(i32, i32)| {
        let span = places.span(&[SERVICE, s, METHOD, m]);
        span.and_then(|span| text.get(span.start..span.end)).is_some_and(|text| text.ends_with('}'))
    };
    all.filter(is_braced).filter_map(|(s, m)| Some((usize::try_from(s).ok()?, usize::try_from(m).ok()?))).collect()
}
