//! What the templates of a Go service see: finished names, types and expressions, nothing to decide.
//!
//! The fields here are the contract for people who replace a template (`docs/templates.md` comes with template homes).

use serde::Serialize;

use super::super::spec::{ApiSpec, Field, Group, Method, Route, Type};
use super::Project;
use super::names::{Middleware, Names, Package, exported, handler_func, logic_method, logic_type};
use crate::compat::Compat;
use crate::golang::ident::quote;

/// `etc/user-api.yaml`
#[derive(Debug, Serialize)]
pub(super) struct Etc {
    /// The service's name, quoted where YAML would take it for something else.
    service: String,
    /// The address it listens on.
    host: &'static str,
    /// Its port.
    port: u16,
    /// The keys of `jwt`.
    jwt: Vec<String>,
    /// The keys of `jwtTransition`.
    jwt_transition: Vec<String>,
}

impl Etc {
    pub(super) fn new(api: &ApiSpec, names: &Names) -> Self {
        let service = yaml_word(&api.service.text);
        Self { service, host: "0.0.0.0", port: 8888, jwt: names.jwt.clone(), jwt_transition: names.jwt_transition.clone() }
    }
}

/// A service's name as a YAML string: the words YAML 1.1 reads as booleans or null get quotes.
fn yaml_word(word: &str) -> String {
    const OTHERS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];
    if OTHERS.contains(&word.to_lowercase().as_str()) { format!("\"{word}\"") } else { word.to_owned() }
}

/// `user.go`, the program.
#[derive(Debug, Serialize)]
pub(super) struct Main {
    /// The import path of the output directory.
    root: String,
    /// The configuration file, relative to the output directory.
    config_file: String,
}

impl Main {
    pub(super) fn new(project: &Project, config_file: &str) -> Self {
        Self { root: project.import_root.clone(), config_file: config_file.to_owned() }
    }
}

/// `internal/config/config.go`
#[derive(Debug, Serialize)]
pub(super) struct Config {
    /// The fields for `jwt`.
    jwt: Vec<String>,
    /// The fields for `jwtTransition`.
    jwt_transition: Vec<String>,
}

impl Config {
    pub(super) fn new(names: &Names) -> Self {
        Self { jwt: names.jwt.clone(), jwt_transition: names.jwt_transition.clone() }
    }
}

/// `internal/svc/servicecontext.go`
#[derive(Debug, Serialize)]
pub(super) struct ServiceContext {
    /// The import path of the output directory.
    root: String,
    /// Each with its field and type.
    middleware: Vec<MiddlewareField>,
}

/// One middleware of the service context.
#[derive(Debug, Serialize)]
pub(super) struct MiddlewareField {
    /// The field.
    field: String,
    /// The type in package `middleware`.
    ty: String,
}

impl ServiceContext {
    pub(super) fn new(names: &Names, project: &Project) -> Self {
        let middleware = names.middleware.iter().map(|m| MiddlewareField { field: m.field.clone(), ty: m.ty.clone() }).collect();
        Self { root: project.import_root.clone(), middleware }
    }
}

/// `internal/middleware/…middleware.go`
#[derive(Debug, Serialize)]
pub(super) struct MiddlewareFile {
    /// The type.
    ty: String,
}

impl MiddlewareFile {
    pub(super) fn new(middleware: &Middleware) -> Self {
        Self { ty: middleware.ty.clone() }
    }
}

/// `internal/types/types.go`, or one file of it.
#[derive(Debug, Serialize)]
pub(super) struct Types {
    /// By source name.
    types: Vec<Declaration>,
}

/// One declared type.
#[derive(Debug, Serialize)]
struct Declaration {
    /// Comment lines above.
    docs: Vec<String>,
    /// The Go name.
    name: String,
    /// Line by line: a struct without a name is a line that opens it, its fields, and a line that closes it.
    lines: Vec<Line>,
}

/// One line of a struct.
#[derive(Debug, Serialize)]
struct Line {
    /// `field`, `open` or `close`.
    kind: &'static str,
    /// Comment lines above.
    docs: Vec<String>,
    /// `Name`, `A, B`; empty for an embedded field and for `close`.
    name: String,
    /// The Go type; empty for `open` and `close`.
    ty: String,
    /// With its backticks; may be empty.
    tag: String,
    /// With its markers; may be empty.
    comment: String,
}

impl Types {
    /// The types of `api` that `wanted` picks by position.
    pub(super) fn new(api: &ApiSpec, wanted: impl Fn(usize) -> bool, compat: Compat) -> Self {
        let declarations = api.types.iter().enumerate().filter(|(i, _)| wanted(*i)).map(|(_, ty)| {
            let mut lines = Vec::with_capacity(ty.fields.len());
            for field in &ty.fields {
                field_lines(field, api, compat, &mut lines);
            }
            Declaration { docs: comment_lines(&ty.docs, compat), name: exported(&ty.name.text), lines }
        });
        Self { types: declarations.collect() }
    }
}

fn field_lines(field: &Field, api: &ApiSpec, compat: Compat, lines: &mut Vec<Line>) {
    let kept = !field.is_embedded() || compat.keeps_type_docs();
    let docs = comment_lines(&field.docs, compat);
    let name = field.names.iter().map(|name| exported(&name.text)).collect::<Vec<_>>().join(", ");
    let tag = field.tag.clone().filter(|_| kept).unwrap_or_default();
    let comment = if kept { go_comments(&field.trailing).join(" ") } else { String::new() };
    if let Type::Inline(inner) = &field.ty {
        lines.push(Line { kind: "open", docs, name, ty: String::new(), tag: String::new(), comment: String::new() });
        for field in inner {
            field_lines(field, api, compat, lines);
        }
        lines.push(Line { kind: "close", docs: Vec::new(), name: String::new(), ty: String::new(), tag, comment });
    } else {
        lines.push(Line { kind: "field", docs, name, ty: go_type(&field.ty, api, ""), tag, comment });
    }
}

fn comment_lines(comments: &[String], compat: Compat) -> Vec<String> {
    if !compat.keeps_type_docs() {
        return Vec::new();
    }
    let lines: Vec<String> = go_comments(comments).iter().flat_map(|comment| line_comments(comment)).collect();
    // gofmt takes empty lines off both ends, and needs a second run to align what stood around them.
    let filled = |line: &String| line.trim_end() != "//";
    let end = lines.iter().rposition(filled).map_or(0, |last| last + 1);
    lines.into_iter().take(end).skip_while(|line| !filled(line)).collect()
}

/// A block comment over several lines as line comments, without the indentation that its later lines share: gofmt takes
/// the indented lines of a documentation comment for code.
fn line_comments(comment: &str) -> Vec<String> {
    let Some(text) = comment.strip_prefix("/*").and_then(|text| text.strip_suffix("*/")).filter(|text| text.contains('\n')) else {
        return vec![comment.to_owned()];
    };
    let blanks = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let shared = text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(blanks).min().unwrap_or(0);
    let rest = text.lines().skip(1).map(|line| line.get(shared..).unwrap_or(""));
    let lines: Vec<&str> = text.lines().take(1).map(str::trim).chain(rest).map(str::trim_end).collect();
    let from = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
    let to = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    lines.get(from..to).unwrap_or_default().iter().map(|line| format!("// {line}").trim_end().to_owned()).collect()
}

/// Comments as Go takes them: characters that no Go file may contain are dropped, and a line that Go would take for a
/// directive gets the blank that makes it text.
fn go_comments(comments: &[String]) -> Vec<String> {
    let clean = |comment: &String| {
        let text: String = comment.chars().filter(|c| !matches!(c, '\0' | '\u{feff}' | '\r')).collect();
        match text.strip_prefix("//") {
            Some(rest) if is_directive(rest) => format!("// {rest}"),
            _ => text,
        }
    };
    comments.iter().map(clean).collect()
}

fn is_directive(text: &str) -> bool {
    ["go:", "line ", "export ", "extern "].iter().any(|directive| text.starts_with(directive))
}

/// A type as Go writes it; declared types behind `package` (`types.`, or nothing inside their own package).
pub(super) fn go_type(ty: &Type, api: &ApiSpec, package: &str) -> String {
    match ty {
        Type::Base(name) | Type::Any(name) => (*name).to_owned(),
        Type::Struct(id) => format!("{package}{}", api.get(*id).map_or(String::new(), |ty| exported(&ty.name.text))),
        Type::Map(key, value) => format!("map[{}]{}", go_type(key, api, package), go_type(value, api, package)),
        Type::Slice(inner) => format!("[]{}", go_type(inner, api, package)),
        Type::Array(length, inner) => format!("[{length}]{}", go_type(inner, api, package)),
        Type::Pointer(inner) => format!("*{}", go_type(inner, api, package)),
        // Bodies and elements have names; a field's lines are written one by one.
        Type::Inline(_) => "struct{}".to_owned(),
    }
}

/// What a response is in the logic's signature: a declared type goes by pointer.
fn response_type(ty: &Type, api: &ApiSpec) -> String {
    match ty {
        Type::Struct(_) => format!("*{}", go_type(ty, api, "types.")),
        ty => go_type(ty, api, "types."),
    }
}

/// `internal/handler/routes.go`
#[derive(Debug, Serialize)]
pub(super) struct Routes {
    /// The import path of the output directory.
    root: String,
    /// Whether any group has a timeout.
    has_timeout: bool,
    /// The handlers' packages besides `handler` itself, one per group name.
    packages: Vec<HandlerPackage>,
    /// One call of `AddRoutes` each.
    groups: Vec<RouteGroup>,
}

/// A package of handlers.
#[derive(Debug, Serialize)]
struct HandlerPackage {
    /// What routes.go calls it.
    alias: String,
    /// Below `internal/handler`.
    dir: String,
}

/// One call of `AddRoutes`.
#[derive(Debug, Serialize)]
struct RouteGroup {
    /// In order of their paths.
    routes: Vec<RouteLine>,
    /// Fields of the service context.
    middleware: Vec<String>,
    /// Field of the configuration; may be empty.
    jwt: String,
    /// Likewise.
    jwt_transition: String,
    /// The two arguments of `WithJwtTransition`, as fields below it.
    jwt_transition_arguments: [&'static str; 2],
    /// Whether requests are signed.
    signature: bool,
    /// As a Go string; may be empty.
    prefix: String,
    /// As a Go expression; may be empty.
    timeout: String,
    /// In bytes; may be empty.
    max_bytes: String,
    /// Whether responses are streamed.
    sse: bool,
}

/// One route of routes.go.
#[derive(Debug, Serialize)]
struct RouteLine {
    /// Comment lines above.
    docs: Vec<String>,
    /// `http.MethodGet`
    method: String,
    /// As a Go string, without the prefix.
    path: String,
    /// The handler's constructor, `useradmin.GetUserHandler`.
    handler: String,
}

impl Routes {
    pub(super) fn new(api: &ApiSpec, names: &Names, project: &Project, compat: Compat) -> Self {
        let filled = api.groups.iter().filter(|g| !g.routes.is_empty() || !compat.skips_empty_groups());
        let groups: Vec<&Group> = filled.collect();
        let mut packages: Vec<HandlerPackage> = Vec::new();
        for package in groups.iter().filter(|g| !g.routes.is_empty()).map(|g| names.package(g)).filter(|p| !p.dir.is_empty()) {
            if !packages.iter().any(|known| known.dir == package.dir) {
                packages.push(HandlerPackage { alias: package.alias, dir: package.dir });
            }
        }
        Self {
            root: project.import_root.clone(),
            has_timeout: groups.iter().any(|g| g.timeout.is_some()),
            packages,
            groups: groups.iter().map(|g| RouteGroup::new(g, names, compat)).collect(),
        }
    }
}

impl RouteGroup {
    fn new(group: &Group, names: &Names, compat: Compat) -> Self {
        let alias = names.package(group).alias;
        let routes = group.routes.iter().map(|route| RouteLine {
            docs: doc_lines(route),
            method: http_method(route.method),
            path: quote(&route.path.text),
            handler: if alias.is_empty() { handler_func(group, route) } else { format!("{alias}.{}", handler_func(group, route)) },
        });
        Self {
            routes: routes.collect(),
            middleware: group.middleware.iter().map(|m| Names::middleware_field(&m.text)).collect(),
            jwt: group.jwt.as_ref().map_or(String::new(), |word| exported(&word.text)),
            jwt_transition: group.jwt_transition.as_ref().map_or(String::new(), |word| exported(&word.text)),
            jwt_transition_arguments: if compat.jwt_transition_secret_first() {
                ["Secret", "PrevSecret"]
            } else {
                ["PrevSecret", "Secret"]
            },
            signature: group.signature,
            prefix: group.prefix.as_deref().map_or(String::new(), quote),
            timeout: group.timeout.map_or(String::new(), |timeout| compat.timeout(timeout)),
            max_bytes: group.max_bytes.map_or(String::new(), |n| n.to_string()),
            sse: group.sse,
        }
    }
}

fn http_method(method: Method) -> String {
    let (first, rest) = method.word().split_at(1);
    format!("http.Method{}{rest}", first.to_uppercase())
}

/// `@doc` as comment lines.
fn doc_lines(route: &Route) -> Vec<String> {
    let clean = |line: &String| line.chars().filter(|c| !matches!(c, '\0' | '\u{feff}' | '\r')).collect::<String>();
    route.doc.iter().map(clean).map(|line| if line.is_empty() { "//".to_owned() } else { format!("// {line}") }).collect()
}

/// The files of one route: handler, logic and their tests.
#[derive(Debug, Serialize)]
pub(super) struct RouteFiles {
    /// The import path of the output directory.
    root: String,
    /// Comment lines above the handler and above the logic's constructor.
    docs: Vec<String>,
    /// The handlers' package.
    handler_package: String,
    /// The logic's package.
    logic_package: String,
    /// How a handler imports it: its path, behind another name where one is needed.
    logic_import: String,
    /// What a handler calls it.
    logic_name: String,
    /// The handler function.
    handler: String,
    /// Its name behind `Test`.
    handler_test: String,
    /// The logic type.
    logic: String,
    /// The logic's method.
    method: String,
    /// The request, `types.GetUserReq`; empty for none.
    request: String,
    /// The response as the logic returns it, `*types.User`; empty for none.
    response: String,
    /// Whether the response mentions a declared type.
    response_uses_types: bool,
    /// Whether the logic's signature mentions a declared type.
    uses_types: bool,
    /// Whether the response is streamed.
    sse: bool,
}

impl RouteFiles {
    pub(super) fn new(api: &ApiSpec, group: &Group, route: &Route, names: &Names, project: &Project) -> Self {
        let package = names.package(group);
        let handler = handler_func(group, route);
        let request = route.request.map_or(String::new(), |id| go_type(&Type::Struct(id), api, "types."));
        let response = route.response.as_ref().map_or(String::new(), |ty| response_type(ty, api));
        let response_uses_types = route.response.as_ref().is_some_and(Type::mentions_struct);
        Self {
            root: project.import_root.clone(),
            docs: doc_lines(route),
            logic_import: logic_import(&package, &project.import_root),
            handler_test: exported(&handler),
            handler,
            handler_package: package.handler,
            logic_package: package.logic,
            logic_name: package.logic_name,
            logic: logic_type(route),
            method: logic_method(route),
            response_uses_types,
            uses_types: !request.is_empty() || response_uses_types,
            request,
            response,
            sse: group.sse,
        }
    }
}

/// Go knows an imported package by its own name; a name that differs from the directory's is written for the reader.
fn logic_import(package: &Package, root: &str) -> String {
    let below = if package.dir.is_empty() { String::new() } else { format!("/{}", package.dir) };
    let path = quote(&format!("{root}/internal/logic{below}"));
    let directory = package.dir.rsplit('/').next().filter(|dir| !dir.is_empty()).unwrap_or("logic");
    if package.logic_name == directory { path } else { format!("{} {path}", package.logic_name) }
}

/// `internal/svc/servicecontext_test.go` and the test beside main.
#[derive(Debug, Serialize)]
pub(super) struct ServiceTest {
    /// The import path of the output directory.
    root: String,
    /// The fields for `jwt`.
    jwt: Vec<String>,
    /// The fields for `jwtTransition`.
    jwt_transition: Vec<String>,
    /// One per route.
    routes: Vec<TestedRoute>,
}

/// One route of the integration test.
#[derive(Debug, Serialize)]
struct TestedRoute {
    /// `get /v1/users/:id`
    name: String,
    /// `http.MethodGet`
    method: String,
    /// As a Go string, with a value for each parameter.
    path: String,
}

impl ServiceTest {
    pub(super) fn new(api: &ApiSpec, names: &Names, project: &Project) -> Self {
        let routes = api.routes().map(|(group, route)| {
            let path = format!("{}{}", group.prefix.as_deref().unwrap_or(""), route.path.text);
            let filled = path.split('/').map(|part| if part.starts_with(':') { "1" } else { part });
            TestedRoute {
                name: quote(&format!("{} {path}", route.method.word())),
                method: http_method(route.method),
                path: quote(&filled.collect::<Vec<_>>().join("/")),
            }
        });
        Self {
            root: project.import_root.clone(),
            jwt: names.jwt.clone(),
            jwt_transition: names.jwt_transition.clone(),
            routes: routes.collect(),
        }
    }
}
