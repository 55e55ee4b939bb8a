//! What a file that was kept lacks, compared with the one this run would have written in its place.
//!
//! In: the rendered files of a run, and what stands on the disk. Out: findings about the user's files, each with the text to
//! paste, in the words of the file it goes to. The files are read, never changed. A file that is no Go is passed over, and
//! so is all that cannot be told from the text of the project: a finding is never a guess.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use super::ident::quote;
use super::outline::{Function, GoType, Outline, Part, is_predeclared};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::plan::{Ownership, RenderedFile, Root, RootId};
use crate::source::{FileId, Sources, Span};

/// The generated code of gRPC calls these types by names of its own, so that one may stand for the other.
const ALIASED: &str = "google.golang.org/grpc";

/// The Go files below a root as this run leaves them.
#[derive(Debug)]
pub struct Tree<'a> {
    /// The root.
    pub root: &'a Root,
    /// What Go imports the root by.
    pub import_root: &'a str,
    files: BTreeMap<&'a str, &'a RenderedFile>,
}

/// A Go file below a root.
#[derive(Debug)]
pub struct GoFile {
    /// Relative to the root.
    pub path: String,
    /// The user's text; `None` for a file of this run.
    pub file: Option<FileId>,
    /// What it says.
    pub outline: Outline,
}

/// A scaffold that stands and says something else than this run would.
#[derive(Debug)]
pub struct Kept<'a> {
    /// Relative to the root; where this run would have written it.
    pub path: &'a str,
    /// What this run would have written.
    pub text: &'a str,
    /// The same in outline.
    pub fresh: Outline,
    /// What stands there.
    pub file: FileId,
    /// The same in outline.
    pub outline: Outline,
}

impl<'a> Tree<'a> {
    /// The files of one root among those of a run.
    pub fn new(root: &'a Root, id: RootId, import_root: &'a str, files: &'a [RenderedFile]) -> Self {
        let files = files.iter().filter(|file| file.root == id).map(|file| (file.path.as_str(), file)).collect();
        Self { root, import_root, files }
    }

    /// The files of the run by their paths.
    pub fn planned(&self) -> impl Iterator<Item = &'a RenderedFile> {
        self.files.values().copied()
    }

    /// The text of the run's file of that path.
    pub fn text(&self, path: &str) -> &'a str {
        self.files.get(path).map_or("", |file| file.body.text())
    }

    /// Whether the run has a file of that path.
    pub fn is_planned(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.files.keys().any(|planned| planned.eq_ignore_ascii_case(path))
    }

    /// The path as the user knows it.
    pub fn shown(&self, path: &str) -> String {
        Path::new(&self.root.shown).join(path).display().to_string()
    }

    /// What Go imports a folder by.
    pub fn import_path(&self, folder: &str) -> String {
        if folder.is_empty() { self.import_root.to_owned() } else { format!("{}/{folder}", self.import_root) }
    }

    /// The scaffolds that were kept and differ from what this run would have written, by path.
    pub fn kept(&self, sources: &mut Sources) -> Vec<Kept<'a>> {
        let scaffolds = self.planned().filter(|file| file.owner == Ownership::Scaffold && is_go(&file.path));
        scaffolds.filter_map(|planned| self.compared(planned, &planned.path, sources)).collect()
    }

    /// A scaffold, and what stands in its place at the path `there`; `None` where that is the same, or cannot be read.
    pub fn compared<'f>(&self, planned: &'f RenderedFile, there: &str, sources: &mut Sources) -> Option<Kept<'f>> {
        let text = planned.body.text();
        // Most are as they were made, and need no more than a look.
        if sources.disk().read_text(&self.root.dir.join(there)).ok()? == text {
            return None;
        }
        let file = self.read(there, sources)?;
        let (fresh, outline) = (Outline::read(text)?, Outline::read(sources.text(file))?);
        Some(Kept { path: &planned.path, text, fresh, file, outline })
    }

    /// The Go files of a folder, tests aside.
    pub fn folder(&self, folder: &str, sources: &mut Sources) -> Vec<GoFile> {
        let mut names: BTreeSet<String> = BTreeSet::new();
        let standing = sources.disk().list(&self.root.dir.join(folder)).unwrap_or_default();
        names.extend(standing.into_iter().filter(|(_, is_dir)| !is_dir).map(|(name, _)| below(folder, &name)));
        names.extend(self.planned().filter(|file| parent(&file.path) == folder).map(|file| file.path.clone()));
        names.into_iter().filter(|path| is_go(path)).filter_map(|path| self.go_file(path, sources)).collect()
    }

    /// A Go file as this run leaves it; `None` where there is none, or none that can be read.
    pub fn go_file(&self, path: String, sources: &mut Sources) -> Option<GoFile> {
        let planned = self.files.get(path.as_str());
        if planned.is_some_and(|file| file.owner == Ownership::Remove) {
            return None;
        }
        if planned.is_none_or(|file| file.owner == Ownership::Scaffold)
            && let Some(file) = self.read(&path, sources)
        {
            return Some(GoFile { outline: Outline::read(sources.text(file))?, path, file: Some(file) });
        }
        Some(GoFile { outline: Outline::read(planned?.body.text())?, path, file: None })
    }

    /// Reads what stands at a path.
    pub fn read(&self, path: &str, sources: &mut Sources) -> Option<FileId> {
        let shown = self.shown(path);
        sources.read(&self.root.dir.join(path), &shown).ok()
    }

    /// Whether `name` of the package at `path` may stand for another type: as a name for it, or as an interface. `None` where
    /// the package, or the type in it, is not below the root.
    fn may_stand_for(&self, path: &str, name: &str, sources: &mut Sources) -> Option<bool> {
        let folder = path.strip_prefix(self.import_root)?.trim_start_matches('/');
        let files = self.folder(folder, sources);
        let ty = files.iter().find_map(|file| file.outline.type_decl(name))?;
        Some(ty.is_alias || ty.is_interface)
    }
}

impl Kept<'_> {
    /// Reports the functions of the fresh file that the kept one, or the package around it, does not have, or has with
    /// another signature. `user` is what calls them and will not compile. The answer is whether there were any.
    pub fn check_functions(&self, tree: &Tree<'_>, user: &str, sources: &mut Sources, report: &mut Report) -> bool {
        let mut told = self.check_missing(tree, user, sources, report);
        let mut package = None;
        for wanted in &self.fresh.functions {
            let (receiver, name) = (wanted.receiver.as_deref(), wanted.name.as_str());
            let (file, outline, found) = match self.outline.function(receiver, name) {
                Some(found) => (self.file, &self.outline, found),
                None => {
                    let package = package.get_or_insert_with(|| tree.folder(parent(self.path), sources));
                    let elsewhere =
                        package.iter().find_map(|other| Some((other.file?, &other.outline, other.outline.function(receiver, name)?)));
                    let Some(elsewhere) = elsewhere else { continue };
                    elsewhere
                }
            };
            if self.same_signature(wanted, outline, found) || self.may_be_same(tree, wanted, outline, found, sources) {
                continue;
            }
            let message = format!("`{}` has another signature than {user} calls it with: the service will not compile", full_name(found));
            report.push(self.changed(message, wanted, file, outline, found, sources));
            told = true;
        }
        told
    }

    /// The same for functions that are not there.
    pub fn check_missing(&self, tree: &Tree<'_>, user: &str, sources: &mut Sources, report: &mut Report) -> bool {
        let is_there = |outline: &Outline, wanted: &Function| outline.function(wanted.receiver.as_deref(), &wanted.name).is_some();
        let mut missing: Vec<&Function> = self.fresh.functions.iter().filter(|wanted| !is_there(&self.outline, wanted)).collect();
        if missing.is_empty() {
            return false;
        }
        let package = tree.folder(parent(self.path), sources);
        missing.retain(|wanted| {
            let may_come = wanted.receiver.as_deref().is_some_and(|receiver| self.may_embed(receiver, &package));
            !may_come && !package.iter().any(|other| is_there(&other.outline, wanted))
        });
        if missing.is_empty() {
            return false;
        }
        self.report_missing(&missing, &package, user, sources, report);
        true
    }

    /// Whether the type embeds what the fresh one does not, and may have its methods from there.
    fn may_embed(&self, receiver: &str, package: &[GoFile]) -> bool {
        let embedded = |outline: &Outline| {
            let fields = outline.type_decl(receiver).and_then(|ty| ty.fields.clone()).unwrap_or_default();
            fields.into_iter().filter(|field| field.names.is_empty()).map(|field| field.ty).collect::<Vec<_>>()
        };
        let known = embedded(&self.fresh);
        package.iter().any(|file| embedded(&file.outline).iter().any(|ty| !known.contains(ty)))
    }

    fn report_missing(&self, missing: &[&Function], package: &[GoFile], user: &str, sources: &Sources, report: &mut Report) {
        let names: Vec<String> = missing.iter().map(|function| format!("`{}`", full_name(function))).collect();
        let is_declared = |name: &str| package.iter().any(|file| file.outline.type_decl(name).is_some());
        let types =
            self.fresh.types.iter().filter(|ty| !is_declared(&ty.name) && missing.iter().any(|f| f.receiver.as_ref() == Some(&ty.name)));
        let (mut texts, mut imports) = (Vec::new(), BTreeSet::new());
        for range in types.map(|ty| ty.whole.clone()).chain(missing.iter().map(|function| function.range.clone())) {
            let (text, needed) = self.paste(range);
            texts.push(text);
            imports.extend(needed);
        }
        let verb = if names.len() == 1 { "is" } else { "are" };
        let message = format!("{} {verb} missing, which {user} calls: the service will not compile", names.join(" and "));
        let found = Diagnostic::warning(Code::MissingWiring, message);
        let receiver = missing.iter().find_map(|function| self.outline.type_decl(function.receiver.as_deref()?));
        let found = match receiver.map(|ty| ty.range.clone()).or_else(|| Some(self.outline.functions.first()?.name_range.clone())) {
            Some(range) => found.at(self.span(range), "this file is yours, and was kept"),
            None => found.path(sources.name(self.file)),
        };
        report.push(found.help(format!("{}add\n{}", import_steps(imports), texts.join("\n\n"))));
    }

    /// The finding about a signature that is not the wanted one.
    pub fn changed(
        &self,
        message: String,
        wanted: &Function,
        file: FileId,
        outline: &Outline,
        found: &Function,
        sources: &Sources,
    ) -> Diagnostic {
        let is_one_line = !sources.text(file).get(found.head.clone()).unwrap_or_default().contains('\n');
        let range = if is_one_line { found.head.clone() } else { found.name_range.clone() };
        let span = Span::new(file, range.start, range.end);
        let (head, imports) = paste(self.text, &self.fresh, wanted.head.clone(), outline);
        let help = format!("{}make it\n{head}", import_steps(imports));
        Diagnostic::warning(Code::ChangedSignature, message).at(span, "this file is yours, and was kept").help(help)
    }

    /// Whether two functions take and give the same types, whatever their files call the packages of these.
    pub fn same_signature(&self, wanted: &Function, outline: &Outline, found: &Function) -> bool {
        let same = |wanted: &[GoType], found: &[GoType]| {
            let ours = wanted.iter().map(|ty| resolved(ty, &self.fresh, outline));
            ours.eq(found.iter().map(|ty| resolved(ty, outline, &self.fresh)))
        };
        same(&wanted.params, &found.params) && same(&wanted.results, &found.results)
    }

    /// Whether a type of the signature may stand for the one that is wanted: another name for it, or an interface.
    fn may_be_same(&self, tree: &Tree<'_>, wanted: &Function, outline: &Outline, found: &Function, sources: &mut Sources) -> bool {
        let here = tree.import_path(parent(self.path));
        let dots = outline.imports.iter().any(|import| import.name.as_deref() == Some("."));
        let is_wanted = |name: &str| {
            let parts = wanted.params.iter().chain(&wanted.results).flat_map(|ty| &ty.0);
            parts.into_iter().any(|part| matches!(part, Part::Of(_, wanted) if wanted == name))
        };
        found.params.iter().chain(&found.results).flat_map(|ty| &ty.0).any(|part| match part {
            Part::Mark(mark) => mark == "..." || mark == "interface",
            Part::Name(name) if is_predeclared(name) => name == "any",
            Part::Name(name) => dots || tree.may_stand_for(&here, name, sources).unwrap_or(false),
            Part::Of(qualifier, name) => match outline.path_of(qualifier, Some(&self.fresh)) {
                None | Some(ALIASED) => true,
                Some(path) if self.fresh.imports.iter().any(|import| import.path == path) => false,
                // Of a package that cannot be looked into, only a type of the same name is known: it is of the package that was.
                Some(path) => tree.may_stand_for(path, name, sources).unwrap_or_else(|| !is_wanted(name)),
            },
        })
    }

    /// A part of the fresh text as it would stand in the kept file, and the imports that the file lacks for it.
    pub fn paste(&self, range: Range<usize>) -> (String, BTreeSet<String>) {
        paste(self.text, &self.fresh, range, &self.outline)
    }

    /// A place in the kept file.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }
}

/// A part of a fresh text in the words of another file, and the imports that that one lacks.
fn paste(text: &str, fresh: &Outline, range: Range<usize>, into: &Outline) -> (String, BTreeSet<String>) {
    let mut uses: Vec<_> = fresh.uses.iter().filter(|used| range.contains(&used.range.start)).collect();
    uses.sort_by_key(|used| used.range.start);
    let (mut out, mut imports, mut at) = (String::new(), BTreeSet::new(), range.start);
    for used in uses {
        let Some(path) = fresh.path_of(&used.qualifier, None).filter(|_| used.range.start >= at) else { continue };
        let name = into.name_of(path, Some(fresh));
        if name.is_none() {
            let given = fresh.imports.iter().find(|import| import.path == path).and_then(|import| import.name.as_ref());
            imports.insert(given.map_or_else(|| quote(path), |name| format!("{name} {}", quote(path))));
        }
        out.push_str(text.get(at..used.range.start).unwrap_or_default());
        match name.as_deref() {
            Some(".") => {}
            name => out.extend([name.unwrap_or(&used.qualifier), "."]),
        }
        at = used.range.end - used.name.len();
    }
    out.push_str(text.get(at..range.end).unwrap_or_default());
    (out, imports)
}

/// `import … and `, or nothing.
pub fn import_steps(imports: BTreeSet<String>) -> String {
    imports.into_iter().map(|import| format!("import `{import}`; ")).collect()
}

/// The tokens of a type, packages by their paths.
fn resolved(ty: &GoType, outline: &Outline, other: &Outline) -> Vec<String> {
    let part = |part: &Part| match part {
        Part::Mark(mark) => mark.clone(),
        Part::Name(name) if is_predeclared(name) => name.clone(),
        Part::Name(name) => format!(".{name}"),
        Part::Of(qualifier, name) => format!("{}.{name}", outline.path_of(qualifier, Some(other)).unwrap_or("?")),
    };
    ty.0.iter().map(part).collect()
}

/// `NewPingLogic`, `PingLogic.Ping`.
pub fn full_name(function: &Function) -> String {
    function.receiver.iter().map(|receiver| format!("{receiver}.")).chain([function.name.clone()]).collect()
}

/// Whether Go builds the file into a package, by its name.
pub fn is_go(path: &str) -> bool {
    path.ends_with(".go") && !path.ends_with("_test.go")
}

/// The folder of a path.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn below(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
