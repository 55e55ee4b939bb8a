//! What earlier runs left below a root that no file of the project uses any more, and a second `main`.
//!
//! In: the files as this run leaves them. Out: findings; nothing is deleted. What anything may still use is not told.

use std::collections::{BTreeMap, BTreeSet};

use super::constraint::{is_foreign, is_restricted};
use super::kept::{GoFile, Tree, is_go, parent};
use super::outline::{Function, GoType, Outline, Part};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{FileId, Sources, Span};
use crate::write::is_generated;

/// A file that looks like a handler or like logic, and is not of this run.
struct Candidate {
    file: FileId,
    outline: Outline,
    /// What its folder is imported by.
    package: String,
    /// Its constructors: name and place.
    makes: Vec<(String, Span)>,
}

/// Tells each file below `folders` that declares what `api go` or `rpc` write there, is not of this run, and whose
/// functions no file uses but others of its kind.
pub fn orphans(tree: &Tree<'_>, folders: &[&str], sources: &mut Sources, report: &mut Report) {
    let service_context = tree.import_path("internal/svc");
    let mut candidates: BTreeMap<String, Candidate> = BTreeMap::new();
    let paths: Vec<String> = folders.iter().flat_map(|folder| go_files(tree, folder, sources)).collect();
    for path in paths {
        if tree.is_planned(&path) {
            continue;
        }
        let Some(GoFile { file: Some(file), outline, path }) = tree.go_file(path, sources) else { continue };
        let package = tree.import_path(parent(&path));
        let makers = outline.functions.iter().filter(|function| is_maker(function, &outline, &service_context));
        let makes = makers.map(|f| (f.name.clone(), Span::new(file, f.name_range.start, f.name_range.end))).collect::<Vec<_>>();
        if !makes.is_empty() && !is_generated(sources.text(file).as_bytes()) {
            candidates.insert(path, Candidate { file, outline, package, makes });
        }
    }
    if candidates.is_empty() {
        return;
    }
    let mut used = used_by_others(tree, &candidates, sources);
    // What is used itself uses others.
    while let Some(path) =
        candidates.iter().find(|(_, c)| c.makes.iter().any(|(name, _)| used.contains(&(c.package.clone(), name.clone()))))
    {
        let path = path.0.clone();
        let Some(candidate) = candidates.remove(&path) else { break };
        used.extend(mentions(&candidate.outline, sources.text(candidate.file), &candidate.package, &candidates));
    }
    for (_, candidate) in candidates {
        let Some((name, span)) = candidate.makes.into_iter().next() else { continue };
        let note = Diagnostic::note(Code::OrphanFile, format!("nothing uses `{name}` any more"));
        report.push(note.at(span, "this file is yours, and was kept").help("delete the file, if you need nothing of it"));
    }
}

/// Whether a function is made from the service context, as handlers and logic are: `(svcCtx)`, `(ctx, svcCtx)`.
fn is_maker(function: &Function, outline: &Outline, service_context: &str) -> bool {
    let is = |ty: &GoType, path: &str, name: &str| match (ty.0.as_slice(), ty.pointee()) {
        ([Part::Of(qualifier, of)], _) | (_, Some(Part::Of(qualifier, of))) => of == name && outline.path_of(qualifier, None) == Some(path),
        _ => false,
    };
    let takes = match function.params.as_slice() {
        [svc] => is(svc, service_context, "ServiceContext"),
        [ctx, svc] => is(ctx, "context", "Context") && is(svc, service_context, "ServiceContext"),
        _ => false,
    };
    let gives = match function.results.as_slice() {
        [result] if function.params.len() == 1 => is(result, "net/http", "HandlerFunc"),
        [result] => result.pointee().is_some_and(|named| matches!(named, Part::Name(name) if function.name == format!("New{name}"))),
        _ => false,
    };
    function.receiver.is_none() && takes && gives
}

/// What the files that are no candidates use of those that are.
fn used_by_others(tree: &Tree<'_>, candidates: &BTreeMap<String, Candidate>, sources: &mut Sources) -> BTreeSet<(String, String)> {
    let mut used = BTreeSet::new();
    let planned = tree.planned().map(|file| file.path.clone()).filter(|path| is_go(path));
    let paths: BTreeSet<String> = go_files(tree, "", sources).into_iter().chain(planned).collect();
    for path in paths.into_iter().filter(|path| !candidates.contains_key(path)) {
        let package = tree.import_path(parent(&path));
        match tree.go_file(path.clone(), sources) {
            Some(GoFile { file: Some(file), outline, .. }) => used.extend(mentions(&outline, sources.text(file), &package, candidates)),
            Some(GoFile { file: None, outline, path }) => {
                used.extend(mentions(&outline, tree.text(&path), &package, candidates));
            }
            // It cannot be read as Go: whatever it names, it may use.
            None => {
                let Some(file) = tree.read(&path, sources) else { continue };
                let text = sources.text(file);
                let all = candidates.values().flat_map(|c| c.makes.iter().map(|(name, _)| (c.package.clone(), name.clone())));
                used.extend(all.filter(|(_, name)| has_word(text, name)));
            }
        }
    }
    used
}

/// What a file uses of the candidates: by the package's name, or without in their own package.
fn mentions(outline: &Outline, text: &str, package: &str, candidates: &BTreeMap<String, Candidate>) -> Vec<(String, String)> {
    let named = outline.uses.iter().filter_map(|used| {
        let path = outline.path_of(&used.qualifier, None).or_else(|| imported(outline, candidates, &used.name))?;
        Some((path.to_owned(), used.name.clone()))
    });
    let beside = candidates.values().filter(|candidate| candidate.package == package).flat_map(|candidate| &candidate.makes);
    let beside = beside.filter(|(name, _)| has_word(text, name)).map(|(name, _)| (package.to_owned(), name.clone()));
    named.chain(beside).collect()
}

/// The candidate's package that a file imports, where `name` is used under a qualifier that no import explains: the clause of
/// a package may say anything.
fn imported<'a>(outline: &Outline, candidates: &'a BTreeMap<String, Candidate>, name: &str) -> Option<&'a str> {
    let made = candidates.values().filter(|candidate| candidate.makes.iter().any(|(made, _)| made == name));
    made.map(|candidate| candidate.package.as_str()).find(|path| outline.imports.iter().any(|import| import.path == *path))
}

/// Tells two files at the root that both declare `main`. `help` says what to do about it.
pub fn second_main(tree: &Tree<'_>, help: &str, sources: &mut Sources, report: &mut Report) {
    let is_main = |file: &GoFile| file.outline.package == "main" && file.outline.function(None, "main").is_some();
    let mains: Vec<GoFile> = tree.folder("", sources).into_iter().filter(is_main).collect();
    let Some(ours) = mains.iter().find(|main| tree.is_planned(&main.path)) else { return };
    for other in mains.iter().filter(|main| !tree.is_planned(&main.path)) {
        let (Some(file), Some(main)) = (other.file, other.outline.function(None, "main")) else { continue };
        // A build constraint may part them.
        if is_restricted(&other.path, sources.text(file)) {
            continue;
        }
        let message = format!("`{}` declares `main`, and so does `{}`: the service will not compile", other.path, ours.path);
        let span = Span::new(file, main.name_range.start, main.name_range.end);
        report.push(Diagnostic::warning(Code::SecondMain, message).at(span, "").help(help));
    }
}

/// The Go files below a folder of the root, tests aside, by their paths below the root.
pub fn go_files(tree: &Tree<'_>, folder: &str, sources: &Sources) -> Vec<String> {
    let mut found = Vec::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(folder) = todo.pop() {
        for (name, is_dir) in sources.disk().list(&tree.root.dir.join(&folder)).unwrap_or_default() {
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            if is_dir && !is_foreign(&name) {
                todo.push(path);
            } else if !is_dir && is_go(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Whether the word stands in the text, comments and strings included.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c == '_' || c.is_alphanumeric();
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + word.len()..).and_then(|behind| behind.chars().next());
        !before.is_some_and(is_part) && !behind.is_some_and(is_part)
    })
}
