//! What the API says otherwise by now than kept handlers and logic do: requests of another type, handlers that routes.go
//! misses, types that are gone; and what was left of routes that are.
//!
//! Handlers and logic are both the user's, and may have been made to fit each other in another way. So a handler or a
//! signature is told only where it is still one that ctl or goctl would write, or where Go will refuse it.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::kept::{GoFile, Kept, Tree, full_name, import_steps, parent};
use crate::golang::leftover::{go_files, orphans, second_main};
use crate::golang::outline::{Function, Outline, Part, Use, is_predeclared};
use crate::source::{FileId, Sources, Span};
use crate::write::is_generated;

const HANDLERS: &str = "internal/handler";
const LOGIC: &str = "internal/logic";

/// Compares the handlers and the logic that stand below the root of `tree` with what this run would have written.
pub(super) fn check(tree: &Tree<'_>, sources: &mut Sources, report: &mut Report) {
    let types = tree.import_path("internal/types");
    let declared = declared_types(tree, sources);
    let called = called_by_new_handlers(tree, sources);
    for kept in tree.kept(sources) {
        let told = if kept.path.starts_with(HANDLERS) {
            kept.check_missing(tree, "routes.go", sources, report) || check_handler(&kept, &types, report)
        } else if kept.path.starts_with(LOGIC) {
            check_logic(&kept, tree, &types, &called, sources, report)
        } else {
            continue;
        };
        if !told {
            check_types(kept.file, &kept.outline, &types, declared.as_ref(), report);
        }
    }
    for path in [HANDLERS, LOGIC].iter().flat_map(|folder| go_files(tree, folder, sources)).collect::<Vec<_>>() {
        if !tree.is_planned(&path)
            && let Some(GoFile { file: Some(file), outline, .. }) = tree.go_file(path, sources)
            && !is_generated(sources.text(file).as_bytes())
        {
            check_types(file, &outline, &types, declared.as_ref(), report);
        }
    }
    orphans(tree, &[HANDLERS, LOGIC], sources, report);
    second_main(tree, "delete the older one, once you have moved what you changed in it", sources, report);
}

/// What package `types` declares after this run; `None` where a file of it cannot be read.
fn declared_types(tree: &Tree<'_>, sources: &mut Sources) -> Option<BTreeSet<String>> {
    let files = tree.folder("internal/types", sources);
    let is_whole =
        go_files(tree, "internal/types", sources).iter().all(|path| tree.is_planned(path) || files.iter().any(|f| f.path == *path));
    is_whole.then(|| files.into_iter().flat_map(|file| file.outline.declared).collect())
}

/// The constructors, by package, of the logic that handlers call which are written only now.
fn called_by_new_handlers(tree: &Tree<'_>, sources: &Sources) -> BTreeSet<(String, String)> {
    let is_new = |path: &str| path.starts_with(HANDLERS) && !sources.disk().exists(&tree.root.dir.join(path));
    let new = tree.planned().filter(|file| is_new(&file.path)).filter_map(|file| Outline::read(file.body.text()));
    let mut called = BTreeSet::new();
    for handler in new {
        let uses = handler.uses.iter().filter_map(|used| Some((handler.path_of(&used.qualifier, None)?.to_owned(), used.name.clone())));
        called.extend(uses);
    }
    called
}

/// Reports a handler that reads another request than the API says, or none, or one that the route has no more.
fn check_handler(kept: &Kept<'_>, types: &str, report: &mut Report) -> bool {
    let names = |outline: &Outline| outline.uses_of(types, None).map(|used| used.name.clone()).collect::<BTreeSet<_>>();
    let (wanted, found) = (names(&kept.fresh), names(&kept.outline));
    // `l.Login(&req)` against `l.Login()`, whatever `l` is called.
    let local = |used: &&Use| used.arguments.is_some() && kept.fresh.path_of(&used.qualifier, None).is_none();
    let other_call = kept.fresh.uses.iter().filter(local).find_map(|fresh| {
        let mut calls = kept.outline.uses.iter().filter(|used| used.name == fresh.name && used.arguments.is_some());
        let first = calls.next()?;
        let fits = first.arguments == fresh.arguments || calls.any(|used| used.arguments == fresh.arguments);
        let is_ours = matches!((first.arguments, fresh.arguments), (Some(0), Some(1)) | (Some(1), Some(0)));
        (!fits && is_ours).then(|| first.range.clone())
    });
    let other_type = kept.outline.uses_of(types, None).find(|used| !wanted.contains(&used.name)).map(|used| used.range.clone());
    let lacks = !found.is_empty() && wanted.iter().any(|name| !found.contains(name));
    let (Some(range), Some(function)) = (if lacks { other_type.or(other_call) } else { other_call }, kept.fresh.functions.first()) else {
        return false;
    };
    let (text, imports) = kept.paste(function.range.clone());
    let message = format!("`{}` was written for another request than the API says by now", full_name(function));
    let found = Diagnostic::warning(Code::ChangedSignature, message).at(kept.span(range), "this file is yours, and was kept");
    report.push(found.help(format!("{}make it\n{text}", import_steps(imports))));
    true
}

/// Reports logic whose signature does not fit: the new handler, or, where both are kept, the API.
fn check_logic(
    kept: &Kept<'_>,
    tree: &Tree<'_>,
    types: &str,
    called: &BTreeSet<(String, String)>,
    sources: &mut Sources,
    report: &mut Report,
) -> bool {
    let package = tree.import_path(parent(kept.path));
    if kept.fresh.functions.iter().any(|function| called.contains(&(package.clone(), function.name.clone()))) {
        return kept.check_functions(tree, "its handler", sources, report);
    }
    let mut told = false;
    for wanted in kept.fresh.functions.iter().filter(|function| function.receiver.is_some()) {
        let Some(found) = kept.outline.function(wanted.receiver.as_deref(), &wanted.name) else { continue };
        if kept.same_signature(wanted, &kept.outline, found) || !is_ours(found, &kept.outline, types) {
            continue;
        }
        let message = format!("`{}` was written for another request or response than the API says by now", full_name(found));
        report.push(kept.changed(message, wanted, kept.file, &kept.outline, found, sources));
        told = true;
    }
    told
}

/// Whether a method takes and gives nothing but what stands in an API, as ctl and goctl write it.
fn is_ours(method: &Function, outline: &Outline, types: &str) -> bool {
    let is_of_api = |part: &Part| match part {
        Part::Mark(mark) => mark != "...",
        Part::Name(name) => is_predeclared(name) && name != "any",
        Part::Of(qualifier, _) => outline.path_of(qualifier, None) == Some(types),
    };
    method.params.len() <= 2 && method.params.iter().chain(&method.results).flat_map(|ty| &ty.0).all(is_of_api)
}

/// Reports the first type of the API that a file uses and that is gone.
fn check_types(file: FileId, outline: &Outline, types: &str, declared: Option<&BTreeSet<String>>, report: &mut Report) {
    let Some(declared) = declared else { return };
    let mut gone: Vec<&Use> = outline.uses_of(types, None).filter(|used| !declared.contains(&used.name)).collect();
    gone.sort_by_key(|used| used.range.start);
    let Some(first) = gone.first() else { return };
    let message = format!("the API has no `{}` any more, which this file uses: the service will not compile", first.name);
    let span = Span::new(file, first.range.start, first.range.end);
    report.push(Diagnostic::warning(Code::MissingWiring, message).at(span, "this file is yours, and was kept"));
}
