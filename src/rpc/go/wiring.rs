//! What kept files of a zRPC service lack, and what earlier runs left that nothing uses any more: services that main does not
//! register, logic that does not fit the server, logic of methods and servers of services that are gone.
//!
//! The user's files are read, never changed: each finding says what to add where. Compared is with what this run would have
//! written in their place, so that templates of one's own are held to themselves.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::kept::{Kept, Tree, import_steps, parent};
use crate::golang::leftover::{go_files, orphans, second_main};
use crate::golang::outline::{Outline, Use};
use crate::plan::RenderedFile;
use crate::source::{Sources, Span};
use crate::write::is_generated;

/// A `.proto` file whose services this run makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proto {
    /// Its name without directories, as the headers of its files say it: `greeter.proto`.
    pub base: String,
    /// The import path of its Go package.
    pub package: String,
}

/// Compares what stands below the root of `tree` with what this run makes of `protos` there, and what it would make with the
/// files that people `moved` it to; `clients` says whether it makes clients, so that others are old ones.
pub fn check(
    tree: &Tree<'_>,
    moved: &[(RenderedFile, String)],
    protos: &[Proto],
    clients: bool,
    sources: &mut Sources,
    report: &mut Report,
) {
    let mut kept = tree.kept(sources);
    kept.extend(moved.iter().filter_map(|(file, there)| tree.compared(file, there, sources)));
    for kept in kept {
        if kept.path.starts_with("internal/logic/") {
            kept.check_functions(tree, "the server", sources, report);
        } else if parent(kept.path).is_empty() {
            check_main(&kept, tree, sources, report);
        }
    }
    orphans(tree, &["internal/logic"], sources, report);
    old_servers_and_clients(tree, protos, clients, sources, report);
    let help = "delete the older one, once you have moved what you changed in it; `--name-from-filename` says whether the new one is \
                named after the `.proto` file or after its package";
    second_main(tree, help, sources, report);
}

/// Reports the services that a kept main does not register.
fn check_main(kept: &Kept<'_>, tree: &Tree<'_>, sources: &mut Sources, report: &mut Report) {
    let mut wanted: Vec<&Use> = kept.fresh.uses.iter().filter(|used| is_registration(used)).collect();
    wanted.sort_by_key(|used| used.range.start);
    let missing: Vec<&Use> = wanted.into_iter().filter(|used| !is_registered(used, kept, tree, sources)).collect();
    if missing.is_empty() {
        return;
    }
    let (mut lines, mut imports) = (Vec::new(), std::collections::BTreeSet::new());
    // Behind its last registration, else where the server is made.
    let uses = &kept.outline.uses;
    let last = uses.iter().filter(|used| is_registration(used)).max_by_key(|used| used.range.start);
    let text = sources.text(kept.file);
    let theirs = last.and_then(|last| statement(text, last)).and_then(|range| text.get(range)).map(str::to_owned);
    for used in &missing {
        let Some(statement) = statement(kept.text, used) else { continue };
        let (line, needed) = kept.paste(statement);
        lines.push(theirs.as_deref().and_then(|theirs| with_names_of(&line, theirs)).unwrap_or(line));
        imports.extend(needed);
    }
    let names: Vec<String> = missing.iter().map(|used| format!("`{}`", service_of(used))).collect();
    let (are, them) = if names.len() == 1 { ("is", "it") } else { ("are", "them") };
    let message = format!("{} {are} not registered here: calls of {them} will be answered with `Unimplemented`", list(&names));
    let found = Diagnostic::warning(Code::MissingWiring, message);
    let found = match last.or_else(|| uses.iter().find(|used| used.name == "MustNewServer" || used.name == "NewServer")) {
        Some(place) => found.at(kept.span(place.range.clone()), "this file is yours, and was kept"),
        None => found.path(sources.name(kept.file)),
    };
    report.push(found.help(format!("{}add\n{}", import_steps(imports), lines.join("\n"))));
}

/// `pb.RegisterGreeterServer(…)`
fn is_registration(used: &Use) -> bool {
    used.arguments == Some(2) && used.name.starts_with("Register") && used.name.ends_with("Server")
}

fn service_of(used: &Use) -> &str {
    used.name.trim_start_matches("Register").strip_suffix("Server").unwrap_or(&used.name)
}

/// Whether the kept main calls it, or any other file that no tool wrote does.
fn is_registered(used: &Use, kept: &Kept<'_>, tree: &Tree<'_>, sources: &mut Sources) -> bool {
    // Without its package nothing can be told.
    let Some(path) = kept.fresh.path_of(&used.qualifier, None) else { return true };
    let calls = |outline: &Outline| outline.uses_of(path, Some(&kept.fresh)).any(|found| found.name == used.name);
    let is_dotted = kept.outline.imports.iter().any(|import| import.path == path && import.name.as_deref() == Some("."));
    is_dotted
        || calls(&kept.outline)
        || go_files(tree, "", sources).into_iter().any(|other| {
            let file = tree.go_file(other, sources);
            file.is_some_and(|file| file.file.is_some_and(|id| !is_generated(sources.text(id).as_bytes())) && calls(&file.outline))
        })
}

/// The whole line that a use stands on, without the blanks around it.
fn statement(text: &str, used: &Use) -> Option<std::ops::Range<usize>> {
    let start = used.range.start;
    let end = start + text.get(start..)?.find('\n').unwrap_or(text.len() - start);
    Some(start..start + text.get(start..end)?.trim_end().len())
}

/// A registration with the names that another one gives to the gRPC server and the service context.
fn with_names_of(line: &str, other: &str) -> Option<String> {
    let (head, _, make, _) = registration(line)?;
    let (_, server, _, context) = registration(other)?;
    Some(format!("{head}({server}, {make}({context}))"))
}

/// The parts of `pb.RegisterGreeterServer(grpcServer, server.NewGreeterServer(ctx))`.
fn registration(line: &str) -> Option<(&str, &str, &str, &str)> {
    let (head, rest) = line.trim().split_once('(')?;
    let (server, rest) = rest.split_once(", ")?;
    let (make, rest) = rest.split_once('(')?;
    let context = rest.strip_suffix("))")?;
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c == '_' || c == '.' || c.is_alphanumeric());
    [head, server, make, context].into_iter().all(is_word).then_some((head, server, make, context))
}

/// `a`, `a and b`, `a, b and c`.
fn list(names: &[String]) -> String {
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// Tells servers and clients that were made of one of the files, and that it does not ask for any more.
fn old_servers_and_clients(tree: &Tree<'_>, protos: &[Proto], clients: bool, sources: &mut Sources, report: &mut Report) {
    let mut paths = go_files(tree, "internal/server", sources);
    if clients {
        paths.extend(go_files(tree, "client", sources));
        let folders =
            sources.disk().list(&tree.root.dir).unwrap_or_default().into_iter().filter(|(name, is_dir)| *is_dir && name != "client");
        for (folder, _) in folders {
            let files = sources.disk().list(&tree.root.dir.join(&folder)).unwrap_or_default();
            paths.extend(
                files.into_iter().filter(|(name, is_dir)| !is_dir && name.ends_with(".go")).map(|(name, _)| format!("{folder}/{name}")),
            );
        }
    }
    for path in paths.into_iter().filter(|path| !tree.is_planned(path)) {
        let Some(file) = tree.read(&path, sources) else { continue };
        let text = sources.text(file);
        let source = text.lines().take(20).find_map(|line| line.strip_prefix("// Source: ")).map(str::trim);
        let Some(proto) = protos.iter().find(|proto| Some(proto.base.as_str()) == source && is_generated(text.as_bytes())) else {
            continue;
        };
        let Some(outline) = Outline::read(text).filter(|outline| outline.imports.iter().any(|import| import.path == proto.package)) else {
            continue;
        };
        let what = if path.starts_with("internal/server/") { "server" } else { "client" };
        let message = format!("this {what} was made of {}, which asks for it no more: the service may not compile", proto.base);
        let mut found = Diagnostic::warning(Code::OrphanFile, message).help("delete the file, and what uses it");
        found = match outline.types.iter().find(|ty| !ty.is_alias) {
            Some(ty) => found.at(Span::new(file, ty.range.start, ty.range.end), ""),
            None => found.path(tree.shown(&path)),
        };
        if let Some(span) = still_made(tree, &outline, &path, sources) {
            found = found.and(span, "still used here");
        }
        report.push(found);
    }
}

/// Where a main at the root makes the server that a file declares.
fn still_made(tree: &Tree<'_>, server: &Outline, path: &str, sources: &mut Sources) -> Option<Span> {
    let package = tree.import_path(parent(path));
    let makes: Vec<&str> = server.functions.iter().filter(|f| f.receiver.is_none()).map(|f| f.name.as_str()).collect();
    tree.folder("", sources).into_iter().find_map(|main| {
        let found = main.outline.uses_of(&package, None).find(|used| makes.contains(&used.name.as_str()))?.range.clone();
        Some(Span::new(main.file?, found.start, found.end))
    })
}

#[cfg(test)]
#[path = "wiring_tests.rs"]
mod tests;
