//! What a gateway serves: an upstream for each `.proto` file, and the routes that `google.api.http` gives its methods.
//!
//! In: the spec of the files. Out: finished names and routes; in the report the rules that go-zero's gateway cannot follow,
//! and routes that are one.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::rpc::go::words;
use crate::rpc::spec::{FileNo, HttpRule, Method, Origin, RpcSpec, Service};
use crate::source::{Sources, Span};

/// A gRPC server, the one that `ctl rpc` makes of a `.proto` file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Upstream {
    /// Its name.
    pub(super) name: String,
    /// Its key in etcd.
    pub(super) key: String,
    /// The file it is made of.
    pub(super) file: FileNo,
    /// In the order of services, methods and rules.
    pub(super) routes: Vec<Route>,
    /// The methods that no route leads to, as [`Route::rpc`].
    pub(super) unrouted: Vec<String>,
}

/// A route of the gateway, as its configuration says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    /// `get`, in lower case.
    pub(super) method: String,
    /// `/v1/users/:id`
    pub(super) path: String,
    /// `user.User/GetUser`
    pub(super) rpc: String,
}

/// What go-zero's router takes.
const METHODS: [&str; 7] = ["delete", "get", "head", "options", "patch", "post", "put"];

/// The upstreams of the files that were named, in their order.
pub(super) fn upstreams(spec: &RpcSpec, sources: &Sources, report: &mut Report) -> Vec<Upstream> {
    let mut names = BTreeSet::new();
    let mut all = Vec::new();
    for &file in &spec.named {
        let name = (1..).map(|number| name(spec, file, number)).find(|name| names.insert(name.to_lowercase())).unwrap_or_default();
        all.push(upstream(spec, file, name, sources, report));
    }
    forbid_duplicates(spec, report);
    all
}

/// The file's name without its ending; a further one of that name has a number.
fn name(spec: &RpcSpec, file: FileNo, number: usize) -> String {
    let name = spec.file(file).base();
    let stem = name.strip_suffix(".proto").unwrap_or(name);
    if number == 1 { stem.to_owned() } else { format!("{stem}{number}") }
}

/// What the server that ctl and goctl make of the file registers under.
fn key(spec: &RpcSpec, file: FileNo) -> String {
    format!("{}.rpc", words::key(&words::named_after(spec.file(file), false)))
}

fn upstream(spec: &RpcSpec, file: FileNo, name: String, sources: &Sources, report: &mut Report) -> Upstream {
    let mut upstream = Upstream { name, key: key(spec, file), file, routes: Vec::new(), unrouted: Vec::new() };
    let mut methods = 0;
    for (service, method) in methods_of(spec, file) {
        methods += 1;
        let rpc = rpc(spec, service, method);
        let before = upstream.routes.len();
        for rule in &method.http {
            match route(rule, &rpc) {
                Ok(route) => upstream.routes.push(route),
                Err(unserved) => report.push(unserved.told(spec, rule, service, method)),
            }
            if !matches!(rule.body.as_str(), "" | "*") {
                report.push(whole_body(spec, rule, service, method));
            }
        }
        if upstream.routes.len() == before {
            upstream.unrouted.push(rpc);
        }
    }
    let place = match &spec.file(file).origin {
        Origin::Disk { source, .. } => sources.name(*source),
        Origin::Bundled => &spec.file(file).name,
    };
    if methods == 0 {
        let error = Diagnostic::error(Code::MissingService, "it has no method that a gateway could serve").path(place);
        report.push(error.help("name the `.proto` files that declare services; what they import is found by itself"));
    } else if upstream.routes.is_empty() {
        let message = "no route leads to its methods: none has a rule of `google.api.http` that can be followed";
        let help = format!("give upstream `{}` of etc/gateway.yaml mappings of your own; a new file has them as comments", upstream.name);
        report.push(Diagnostic::note(Code::Unrouted, message).path(place).help(help));
    }
    upstream
}

fn methods_of(spec: &RpcSpec, file: FileNo) -> impl Iterator<Item = (&Service, &Method)> {
    let services = spec.services.iter().filter(move |service| service.file == file);
    services.flat_map(|service| service.methods.iter().map(move |method| (service, method)))
}

/// `user.User/GetUser`
fn rpc(spec: &RpcSpec, service: &Service, method: &Method) -> String {
    let package = &spec.file(service.file).package;
    let dot = if package.is_empty() { "" } else { "." };
    format!("{package}{dot}{}/{}", service.name, method.name)
}

/// A rule that go-zero's gateway cannot follow.
struct Unserved {
    why: String,
    help: &'static str,
}

impl Unserved {
    fn told(self, spec: &RpcSpec, rule: &HttpRule, service: &Service, method: &Method) -> Diagnostic {
        let message = format!("no route is made of `{} {}`: {}", rule.method, rule.path, self.why);
        at(Diagnostic::warning(Code::Unrouted, message), spec, service, method).help(self.help)
    }
}

fn whole_body(spec: &RpcSpec, rule: &HttpRule, service: &Service, method: &Method) -> Diagnostic {
    let message =
        format!("go-zero's gateway reads the whole body of `{} {}` as the request, not as its `{}`", rule.method, rule.path, rule.body);
    let help = format!("send `{{\"{}\": …}}`, or write `body: \"*\"`", rule.body);
    at(Diagnostic::warning(Code::Unrouted, message), spec, service, method).help(help)
}

fn at(found: Diagnostic, spec: &RpcSpec, service: &Service, method: &Method) -> Diagnostic {
    match method.span {
        Some(span) => found.at(span, ""),
        None => found.path(&spec.file(service.file).name),
    }
}

fn route(rule: &HttpRule, rpc: &str) -> Result<Route, Unserved> {
    let method = rule.method.to_lowercase();
    if !METHODS.contains(&method.as_str()) {
        let why = format!("go-zero's router has no method `{}`", rule.method);
        return Err(Unserved { why, help: "it has get, head, post, put, patch, delete and options" });
    }
    Ok(Route { method, path: path(&rule.path)?, rpc: rpc.to_owned() })
}

/// A path template of `google.api.http` (its `http.proto` has the grammar) as go-zero's router has it: `/v1/users/{id}` is
/// `/v1/users/:id`.
fn path(template: &str) -> Result<String, Unserved> {
    const ONE_PART: &str = "the router knows parts of a path that are fixed, and variables that are one part: `/v1/users/{id}`";
    let unserved = |why: String| Err(Unserved { why, help: ONE_PART });
    let Some(rest) = template.strip_prefix('/') else { return unserved("it does not start with `/`".to_owned()) };
    let mut path = String::new();
    for part in parts(rest) {
        path.push('/');
        match part.strip_prefix('{') {
            _ if part.is_empty() && rest.is_empty() => {}
            _ if part.is_empty() => return unserved("a part of it is empty".to_owned()),
            None if part.contains('*') => return unserved(format!("`{part}` stands for any part")),
            None if part.contains(['{', '}']) || part.starts_with(':') => return unserved(format!("`{part}` is not one variable")),
            None => path.push_str(part),
            Some(variable) => {
                let Some((variable, behind)) = variable.split_once('}') else { return unserved(format!("`{part}` is not closed")) };
                let (name, pattern) = variable.split_once('=').unwrap_or((variable, "*"));
                match (name, pattern, behind) {
                    (_, "*", verb) if !verb.is_empty() => return unserved(format!("`{verb}` follows a variable")),
                    (name, "*", _) if name.contains('.') => return unserved(format!("`{name}` is a field of a field of the request")),
                    ("", _, _) => return unserved(format!("`{part}` has no name")),
                    (name, "*", _) => path.extend([":", name]),
                    (_, pattern, _) => return unserved(format!("`{pattern}` is a pattern")),
                }
            }
        }
    }
    Ok(path)
}

/// The parts of a path template; a `/` inside braces parts nothing.
fn parts(template: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let is_end = |c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == '/' && depth == 0
    };
    template.split(is_end).collect()
}

/// Of two routes that are one go-zero starts with neither; of two that differ in the names of variables it takes any.
fn forbid_duplicates(spec: &RpcSpec, report: &mut Report) {
    let mut exact: BTreeMap<(String, String), Option<Span>> = BTreeMap::new();
    let mut erased: BTreeMap<(String, String), (Option<Span>, String)> = BTreeMap::new();
    let all = spec.named.iter().flat_map(|file| methods_of(spec, *file));
    for (service, method, rule) in all.flat_map(|(service, method)| method.http.iter().map(move |rule| (service, method, rule))) {
        let Ok(Route { method: verb, path, .. }) = route(rule, "") else { continue };
        let shape = path.split('/').map(|part| if part.starts_with(':') { ":" } else { part }).collect::<Vec<_>>().join("/");
        let with = |found: Diagnostic, other: &Option<Span>, label: &str| {
            let found = at(found, spec, service, method);
            if let Some(other) = *other { found.and(other, label) } else { found }
        };
        if let Some(first) = exact.get(&(verb.clone(), path.clone())) {
            let error = Diagnostic::error(Code::DuplicateRoute, format!("`{verb} {path}` is routed twice"));
            report
                .push(with(error, first, "first routed here").help("change one of the paths: go-zero's gateway does not start with both"));
            continue;
        }
        if let Some((first, other)) = erased.get(&(verb.clone(), shape.clone())) {
            let message = format!("`{verb} {path}` and `{verb} {other}` match the same requests");
            let warning = with(Diagnostic::warning(Code::AmbiguousRoute, message), first, "the other route");
            report.push(warning.help("which of the two answers is not defined; change one path"));
        }
        erased.entry((verb.clone(), shape)).or_insert((method.span, path.clone()));
        exact.insert((verb, path), method.span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_templates() {
        let rows = [
            ("/", "/"),
            ("/v1/users", "/v1/users"),
            ("/v1/users/{id}", "/v1/users/:id"),
            ("/v1/users/{user_id=*}/orders/{id}", "/v1/users/:user_id/orders/:id"),
            ("/v1/users:batchGet", "/v1/users:batchGet"),
        ];
        for (template, expected) in rows {
            assert_eq!(path(template).map_err(|unserved| unserved.why), Ok(expected.to_owned()), "{template}");
        }
        let rows = [
            ("", "it does not start with `/`"),
            ("v1", "it does not start with `/`"),
            ("/v1//x", "a part of it is empty"),
            ("/v1/", "a part of it is empty"),
            ("/v1/*", "`*` stands for any part"),
            ("/v1/**:get", "`**:get` stands for any part"),
            ("/v1/{name=shelves/*}", "`shelves/*` is a pattern"),
            ("/v1/{name=**}:get", "`**` is a pattern"),
            ("/v1/{id}:cancel", "`:cancel` follows a variable"),
            ("/v1/{user.id}", "`user.id` is a field of a field of the request"),
            ("/v1/{}", "`{}` has no name"),
            ("/v1/{id", "`{id` is not closed"),
            ("/v1/x{id}", "`x{id}` is not one variable"),
            ("/v1/:id", "`:id` is not one variable"),
        ];
        for (template, why) in rows {
            assert_eq!(path(template).map_err(|unserved| unserved.why), Err(why.to_owned()), "{template}");
        }
    }
}
