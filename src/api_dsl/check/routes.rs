//! Service blocks: one service, groups in order, routes with resolved bodies, nothing twice.

use std::collections::BTreeMap;

use super::super::ast::{AtDoc, AtDocKind, DataType, File, Item, Service, Statement, Word};
use super::super::spec::{Group, Method, Route, TypeId};
use super::annotations::{self, clean_path};
use super::types::Names;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::naming::handler_base;
use crate::source::Span;

/// The service's name and its groups in the order of the spec; `None` where no block has a route.
pub(super) fn resolve(files: &[File], names: &Names<'_>, report: &mut Report) -> Option<(Word, Vec<Group>)> {
    let blocks = files.iter().flat_map(|f| &f.statements).filter_map(|s| if let Statement::Service(s) = s { Some(s) } else { None });
    let blocks: Vec<&Service> = blocks.collect();
    let mut groups: Vec<(String, Group)> = Vec::with_capacity(blocks.len());
    for block in &blocks {
        let mut group = annotations::group(block.server.as_ref(), report);
        group.routes = block.items.iter().filter_map(|item| route(item, group.sse, names, report)).collect();
        group.routes.sort_by(|a, b| a.path.text.cmp(&b.path.text));
        groups.push((order(block), group));
    }
    groups.sort_by(|(a, _), (b, _)| a.cmp(b));
    let name = one_name(&blocks, report);
    if name.is_none() && !report.has_errors() {
        report.push(missing_service(&blocks, files));
    }
    name.map(|name| (name, groups.into_iter().map(|(_, group)| group).collect()))
}

/// Blocks are ordered by the `group` value as written (contract: api-language 4.5).
fn order(block: &Service) -> String {
    let mut entries = block.server.iter().flat_map(|s| &s.entries);
    entries.rfind(|entry| entry.key.text == "group").map_or(String::new(), |entry| entry.value.text.clone())
}

/// All blocks with routes carry the same name (contract: api-language 4.4).
fn one_name(blocks: &[&Service], report: &mut Report) -> Option<Word> {
    let mut filled = blocks.iter().filter(|block| !block.items.is_empty());
    let first = filled.next()?;
    for other in filled.filter(|other| other.name.text != first.name.text) {
        let message = format!("this block belongs to service `{}`, others to `{}`", other.name.text, first.name.text);
        let error = Diagnostic::error(Code::ServiceNames, message).at(other.name.span, "").and(first.name.span, "named here first");
        report.push(error.help("an API is one service: use one name, or two `.api` files"));
    }
    Some(first.name.clone())
}

fn missing_service(blocks: &[&Service], files: &[File]) -> Diagnostic {
    let help = "add `service name { … }` with at least one route";
    match (blocks.first(), files.first().and_then(|f| f.statements.last())) {
        (Some(block), _) => Diagnostic::error(Code::MissingService, "the service has no route").at(block.name.span, "").help(help),
        (None, Some(last)) => {
            let end = Span { start: last.span().end.saturating_sub(1).max(last.span().start), ..last.span() };
            Diagnostic::error(Code::MissingService, "the file declares no service").at(end, "").help(help)
        }
        (None, None) => {
            let error = Diagnostic::error(Code::MissingService, "the file is empty: it declares no service").help(help);
            match files.first() {
                Some(file) => error.at(Span::new(file.source, 0, 0), ""),
                None => error,
            }
        }
    }
}

fn route(item: &Item, sse: bool, names: &Names<'_>, report: &mut Report) -> Option<Route> {
    let route = &item.route;
    let request = route.request.as_ref().map(|ty| request(ty, names, report));
    let response = route.response.as_ref().map(|ty| names.body(ty, report));
    if sse && route.response.is_none() {
        let error = Diagnostic::error(Code::MissingResponse, "a route of an `sse` group needs a response").at(route.span, "");
        report.push(error.help("say what is streamed: `returns (Event)`"));
    }
    let handler = item.handler.name.clone();
    if handler_base(&handler.text).is_empty() {
        let error =
            Diagnostic::error(Code::BadHandlerName, format!("`{}` leaves no name without its suffix", handler.text)).at(handler.span, "");
        report.push(error.help("say what it handles: `getUser`"));
    }
    let method = Method::from_word(&route.method.text);
    if method.is_none() {
        let message = format!("`{}` is not an HTTP method", route.method.text);
        report.push(Diagnostic::error(Code::SyntaxError, message).at(route.method.span, ""));
    }
    Some(Route {
        method: method?,
        path: route.path.clone(),
        handler,
        request: request.flatten(),
        response: response.flatten(),
        doc: item.doc.as_ref().map_or(Vec::new(), |doc| documentation(doc, report)),
        doc_keys: item.doc.as_ref().map_or_else(BTreeMap::new, keys),
        doc_text: item.doc.as_ref().and_then(text),
    })
}

/// A request is a declared type; `(*Req)` means the same.
fn request(ty: &DataType, names: &Names<'_>, report: &mut Report) -> Option<TypeId> {
    let id = names.body(ty, report)?.declared();
    if id.is_none() {
        let error = Diagnostic::error(Code::RequestNotStruct, "a request must be a declared type").at(ty.span, "");
        report.push(error.help("put it into a field: `type Req { Items []string `json:\"items\"` }`"));
    }
    id
}

/// `@doc`'s text, or its `summary` (contract: api-go 7.9), line by line.
fn documentation(doc: &AtDoc, report: &mut Report) -> Vec<String> {
    let text = match &doc.kind {
        AtDocKind::Text(value) => value.text.as_str(),
        AtDocKind::Entries(entries) => annotations::last_values(entries, report).get("summary").map_or("", |value| value.text.as_str()),
    };
    let lines: Vec<String> = text.lines().map(|line| line.trim_end().to_owned()).collect();
    if text.trim().is_empty() { Vec::new() } else { lines }
}

/// The text of `@doc`.
fn text(doc: &AtDoc) -> Option<String> {
    if let AtDocKind::Text(value) = &doc.kind { Some(value.text.clone()) } else { None }
}

/// The keys of `@doc` with their values; of a key given twice the last one.
fn keys(doc: &AtDoc) -> BTreeMap<String, String> {
    let AtDocKind::Entries(entries) = &doc.kind else { return BTreeMap::new() };
    entries.iter().map(|entry| (entry.key.text.clone(), entry.value.text.clone())).collect()
}

/// No two routes answer one request, no two handlers of a group are one symbol.
pub(super) fn forbid_duplicates(groups: &[Group], report: &mut Report) {
    let mut exact: BTreeMap<(Method, String), Span> = BTreeMap::new();
    let mut erased: BTreeMap<(Method, String), (Span, String)> = BTreeMap::new();
    let mut handlers: BTreeMap<(&str, &str), &Word> = BTreeMap::new();
    for (group, route) in groups.iter().flat_map(|g| g.routes.iter().map(move |r| (g, r))) {
        let path = clean_path(&format!("{}/{}", group.prefix.as_deref().unwrap_or(""), route.path.text));
        let shape = path.split('/').map(|part| if part.starts_with(':') { ":" } else { part }).collect::<Vec<_>>().join("/");
        let word = route.method.word();
        if let Some(first) = exact.get(&(route.method, path.clone())) {
            let message = format!("`{word} {path}` is routed twice");
            report.push(Diagnostic::error(Code::DuplicateRoute, message).at(route.path.span, "").and(*first, "first routed here"));
        } else if let Some((first, other)) = erased.get(&(route.method, shape.clone())) {
            let message = format!("`{word} {path}` and `{word} {other}` match the same requests");
            let warning = Diagnostic::warning(Code::AmbiguousRoute, message).at(route.path.span, "").and(*first, "the other route");
            report.push(warning.help("which of the two answers is not defined; change one path"));
        }
        exact.entry((route.method, path.clone())).or_insert(route.path.span);
        erased.entry((route.method, shape)).or_insert((route.path.span, path));

        let base = handler_base(&route.handler.text);
        let name = group.name.as_ref().map_or("", |name| name.text.as_str());
        if let Some(first) = handlers.get(&(name, base)) {
            let message = format!("handler `{}` is declared twice in this group", route.handler.text);
            let mut error =
                Diagnostic::error(Code::DuplicateHandler, message).at(route.handler.span, "").and(first.span, "first declared here");
            if first.text != route.handler.text {
                error = error.help("a trailing `Handler` does not make another name");
            }
            report.push(error);
        } else {
            handlers.insert((name, base), &route.handler);
        }
    }
}
