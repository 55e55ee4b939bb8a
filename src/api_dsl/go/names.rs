//! The Go names of an API: packages, aliases, symbols, fields. Decided once, so that every file agrees; what has no usable
//! name, or the name of something else, is reported with both places.
//!
//! Source of the rules: contract api-go 2, 5, 6 and 10.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ast::Word;
use super::super::spec::{ApiSpec, Field, Group, Method, Route, Struct, Type, TypeId};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::ident::{PREDECLARED, not_importable, package_name};
use crate::naming::{handler_base, identifier, title};
use crate::source::Span;

/// What a handler file has in scope where it calls the logic's constructor; a logic package of that name is imported
/// under another.
const TAKEN_IN_HANDLER: [&str; 9] = ["http", "svc", "types", "httpx", "svcCtx", "w", "r", "req", "nil"];

/// What a streaming handler has there besides, and all that Go itself declares: a stream is of any base type.
const TAKEN_IN_SSE_HANDLER: [&str; 5] = ["json", "fmt", "logc", "threading", "client"];

/// The same for the aliases in routes.go.
const TAKEN_IN_ROUTES: [&str; 7] = ["http", "time", "svc", "rest", "server", "serverCtx", "RegisterHandlers"];

/// The fields that `rest.RestConf` of go-zero 1.10.3 brings into `Config`: a second one of the name, whatever its case, is
/// refused when the configuration is loaded.
const REST_CONF: [&str; 23] = [
    "RestConf",
    "ServiceConf",
    "Name",
    "Log",
    "Mode",
    "MetricsUrl",
    "Prometheus",
    "Telemetry",
    "DevServer",
    "Shutdown",
    "Profiling",
    "Host",
    "Port",
    "CertFile",
    "KeyFile",
    "Verbose",
    "MaxConns",
    "MaxBytes",
    "Timeout",
    "CpuThreshold",
    "Signature",
    "Middlewares",
    "TraceIgnorePaths",
];

/// The Go names of one spec.
#[derive(Debug)]
pub(crate) struct Names {
    /// By the group's name; `""` for routes without one.
    packages: BTreeMap<String, Package>,
    /// Each distinct middleware, in the order of first appearance.
    pub middleware: Vec<Middleware>,
    /// Each distinct `jwt` as a field of `Config`, in the order of first appearance.
    pub jwt: Vec<String>,
    /// Each distinct `jwtTransition`, likewise.
    pub jwt_transition: Vec<String>,
}

/// Where the handlers and the logic of a group live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Package {
    /// Below `internal/handler` and `internal/logic`: `user/admin`, or empty.
    pub dir: String,
    /// The handlers' package.
    pub handler: String,
    /// What routes.go calls it, `useradmin`; empty for its own package.
    pub alias: String,
    /// The logic's package.
    pub logic: String,
    /// What a handler file calls the logic's package.
    pub logic_name: String,
}

/// A middleware of the service context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Middleware {
    /// The field of `ServiceContext`.
    pub field: String,
    /// The type, `UserAgentMiddleware`.
    pub ty: String,
    /// What `--style` turns into the file's name.
    pub file: String,
    /// Where it is named.
    pub span: Span,
}

impl Names {
    /// Names everything, and reports what cannot be named.
    pub(crate) fn new(api: &ApiSpec, report: &mut Report) -> Self {
        check_types(api, report);
        check_handlers(api, report);
        let (jwt, jwt_transition) = config_fields(api, report);
        Self { packages: packages(api, report), middleware: middleware(api, report), jwt, jwt_transition }
    }

    /// The packages of a group of the same spec.
    pub(crate) fn package(&self, group: &Group) -> Package {
        let name = group.name.as_ref().map_or("", |name| name.text.as_str());
        self.packages.get(name).cloned().unwrap_or_else(Package::root)
    }

    /// The service context's field for a middleware of the same spec.
    pub(crate) fn middleware_field(name: &str) -> String {
        let field = title(&identifier(name));
        if field == "Config" { "ConfigMiddleware".to_owned() } else { field }
    }
}

impl Package {
    fn root() -> Self {
        let (handler, logic) = ("handler".to_owned(), "logic".to_owned());
        Self { dir: String::new(), handler, alias: String::new(), logic_name: logic.clone(), logic }
    }
}

/// The Go name of a declared type, a field, a configuration key.
pub(crate) fn exported(name: &str) -> String {
    title(&identifier(name))
}

/// The handler function: exported where another package calls it (contract: api-go 5).
pub(crate) fn handler_func(group: &Group, route: &Route) -> String {
    let name = format!("{}Handler", handler_base(&route.handler.text));
    if group.name.is_some() { title(&name) } else { name }
}

/// The logic type, `GetUserLogic`.
pub(crate) fn logic_type(route: &Route) -> String {
    title(&format!("{}Logic", handler_base(&route.handler.text)))
}

/// The logic's method, `GetUser`.
pub(crate) fn logic_method(route: &Route) -> String {
    title(handler_base(&route.handler.text))
}

fn packages(api: &ApiSpec, report: &mut Report) -> BTreeMap<String, Package> {
    let mut packages = BTreeMap::from([(String::new(), Package::root())]);
    // A name imported anywhere in a package is no name for one of its functions.
    let mut functions: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (group, route) in api.routes() {
        let name = group.name.as_ref().map_or("", |name| name.text.as_str());
        functions.entry(name).or_default().insert(handler_func(group, route));
    }
    let declared = |group: &str, name: &str| functions.get(group).is_some_and(|functions| functions.contains(name));
    let mut aliases: BTreeSet<String> = TAKEN_IN_ROUTES.iter().map(|name| (*name).to_owned()).collect();
    let mut by_case: BTreeMap<String, &Word> = BTreeMap::new();
    let streaming: BTreeSet<&str> = api.groups.iter().filter(|g| g.sse).filter_map(|g| Some(g.name.as_ref()?.text.as_str())).collect();
    for name in api.groups.iter().filter_map(|g| g.name.as_ref()) {
        if packages.contains_key(&name.text) {
            continue;
        }
        if let Some(other) = by_case.insert(name.text.to_lowercase(), name) {
            let message = format!("groups `{}` and `{}` are one directory where case does not count", other.text, name.text);
            report.push(Diagnostic::error(Code::DuplicateName, message).at(name.span, "").and(other.span, "the other group"));
        }
        for part in name.text.split('/') {
            if let Some(reason) = unusable(part) {
                let message = format!("a group's directory cannot be called `{part}`: {reason}");
                report.push(Diagnostic::error(Code::BadGroup, message).at(name.span, "").help("give the group another name"));
            }
        }
        let last = name.text.rsplit('/').next().unwrap_or("");
        let package = package_name(last);
        let alias = free(&identifier(&name.text.replace('/', "")), |alias| aliases.contains(alias) || declared("", alias));
        aliases.insert(alias.clone());
        let streams = streaming.contains(name.text.as_str());
        let logic_name = free(&package, |logic| {
            let in_stream = || TAKEN_IN_SSE_HANDLER.contains(&logic) || PREDECLARED.contains(&logic);
            TAKEN_IN_HANDLER.contains(&logic) || declared(&name.text, logic) || streams && in_stream()
        });
        let package = Package { dir: name.text.clone(), handler: package.clone(), alias, logic: package, logic_name };
        packages.insert(name.text.clone(), package);
    }
    packages
}

/// Why no handlers or logic can live in a directory of this name.
fn unusable(dir: &str) -> Option<&'static str> {
    match dir {
        "internal" => Some("Go lets only its parent import it"),
        "testdata" => Some("Go ignores it"),
        dir if dir.starts_with(['_', '.']) => Some("Go ignores directories whose name starts so"),
        dir => not_importable(dir),
    }
}

/// The name itself, or with the first number that is not taken.
fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let name = package_name(name);
    let numbered = (2..).map(|n| format!("{name}{n}"));
    std::iter::once(name.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(name)
}

fn middleware(api: &ApiSpec, report: &mut Report) -> Vec<Middleware> {
    let mut found: Vec<Middleware> = Vec::new();
    for word in api.groups.iter().flat_map(|g| &g.middleware) {
        let name = identifier(&word.text);
        let field = Names::middleware_field(&word.text);
        if found.iter().any(|m| m.field == field) {
            continue;
        }
        let ty = format!("{}Middleware", title(name.strip_suffix("Middleware").unwrap_or(&name)));
        let lower = name.to_lowercase();
        let file = format!("{}_middleware", lower.strip_suffix("middleware").unwrap_or(&lower));
        // `Auth` and `AuthMiddleware` are two fields of one type; `Auth` and `NewAuth` would be one symbol of two kinds.
        if let Some(other) = found.iter().find(|m| m.ty == format!("New{ty}") || ty == format!("New{}", m.ty)) {
            let message = format!("middleware `{}` has the name of another one's constructor", word.text);
            report.push(Diagnostic::error(Code::DuplicateName, message).at(word.span, "").and(other.span, "the other middleware"));
        }
        found.push(Middleware { field, ty, file, span: word.span });
    }
    found
}

/// The fields of `Config` for `jwt` and for `jwtTransition`, each in the order of first appearance. go-zero compares
/// configuration keys without case, those of `rest.RestConf` included.
fn config_fields(api: &ApiSpec, report: &mut Report) -> (Vec<String>, Vec<String>) {
    let (mut jwt, mut transition) = (Vec::new(), Vec::new());
    let mut by_key: BTreeMap<String, (String, bool, &Word)> = BTreeMap::new();
    let words = |pick: fn(&Group) -> Option<&Word>| api.groups.iter().filter_map(pick);
    let all = words(|g| g.jwt.as_ref()).map(|word| (word, false)).chain(words(|g| g.jwt_transition.as_ref()).map(|word| (word, true)));
    for (word, is_transition) in all {
        let field = exported(&word.text);
        match by_key.get(&field.to_lowercase()) {
            Some((known, kind, _)) if *known == field && *kind == is_transition => continue,
            Some((_, _, other)) => {
                let message = format!("`{}` and `{}` are one key of the configuration, where case does not count", other.text, word.text);
                report.push(Diagnostic::error(Code::DuplicateName, message).at(word.span, "").and(other.span, "the other one"));
            }
            None => {}
        }
        if let Some(taken) = REST_CONF.iter().find(|taken| taken.eq_ignore_ascii_case(&field)) {
            let message = format!("`{}` cannot be a configuration key of its own: `rest.RestConf` has a `{taken}`", word.text);
            report.push(Diagnostic::error(Code::DuplicateName, message).at(word.span, "").help("use another name, such as `Auth`"));
        }
        by_key.insert(field.to_lowercase(), (field.clone(), is_transition, word));
        if is_transition { &mut transition } else { &mut jwt }.push(field);
    }
    (jwt, transition)
}

/// What kind of Go symbol is declared twice in one package.
fn clash(code: Code, symbol: &str, word: &Word, other: &Word) -> Diagnostic {
    let message = format!("`{}` and `{}` are both `{symbol}` in Go", other.text, word.text);
    Diagnostic::error(code, message).at(word.span, "").and(other.span, "the other one")
}

fn check_types(api: &ApiSpec, report: &mut Report) {
    let mut seen: BTreeMap<String, &Word> = BTreeMap::new();
    for ty in &api.types {
        let name = exported(&ty.name.text);
        if name == "_" {
            let error = Diagnostic::error(Code::UnsupportedType, "Go cannot use a type called `_`").at(ty.name.span, "");
            report.push(error.help("give it a name with a letter"));
        }
        if let Some(other) = seen.get(&name) {
            report.push(clash(Code::DuplicateType, &name, &ty.name, other));
        }
        seen.insert(name, &ty.name);
        check_fields(&ty.fields, &api.types, report);
    }
    for (_, route) in api.routes() {
        let mut bodies: Vec<TypeId> = route.request.into_iter().collect();
        if let Some(response) = &route.response {
            mentioned(response, &mut bodies);
        }
        for ty in bodies.into_iter().filter_map(|id| api.get(id)).filter(|ty| ty.name.text.starts_with('_')) {
            let message = format!("`{}` cannot be used outside its package: its Go name starts with `_`", ty.name.text);
            let error = Diagnostic::error(Code::UnsupportedType, message).at(ty.name.span, "");
            report.push(error.and(route.path.span, "a body of this route").help("start the name with a letter"));
        }
    }
}

fn mentioned(ty: &Type, ids: &mut Vec<TypeId>) {
    match ty {
        Type::Struct(id) => ids.push(*id),
        Type::Map(key, value) => {
            mentioned(key, ids);
            mentioned(value, ids);
        }
        Type::Slice(inner) | Type::Array(_, inner) | Type::Pointer(inner) => mentioned(inner, ids),
        Type::Base(_) | Type::Any(_) | Type::Inline(_) => {}
    }
}

fn check_fields(fields: &[Field], types: &[Struct], report: &mut Report) {
    let mut seen: BTreeMap<String, Word> = BTreeMap::new();
    for field in fields {
        if let Type::Inline(inner) = &field.ty {
            check_fields(inner, types, report);
        }
        let embedded = field.ty.declared().filter(|_| field.is_embedded()).and_then(|id| types.get(id.0));
        let embedded = embedded.map(|ty| Word { text: ty.name.text.clone(), span: field.span });
        for word in field.names.iter().chain(&embedded).filter(|word| word.text != "_") {
            let name = exported(&word.text);
            if let Some(other) = seen.get(&name) {
                report.push(clash(Code::DuplicateField, &name, word, other));
            }
            if name.starts_with('_') && field.tag.is_some() {
                let message = format!("field `{}` starts with `_`: Go does not export it, and nothing fills it", word.text);
                report.push(Diagnostic::warning(Code::UnexportedField, message).at(word.span, ""));
            }
            seen.insert(name, word.clone());
        }
    }
}

fn check_handlers(api: &ApiSpec, report: &mut Report) {
    let mut symbols: BTreeMap<(&str, String), &Word> = BTreeMap::new();
    for (group, route) in api.routes() {
        let package = group.name.as_ref().map_or("", |name| name.text.as_str());
        let method = logic_method(route);
        let ty = logic_type(route);
        if method.starts_with('_') {
            let error = Diagnostic::error(Code::BadHandlerName, format!("handler `{}` starts with `_`", route.handler.text))
                .at(route.handler.span, "");
            report.push(error.help("its logic could not be called from another package; start the name with a letter"));
        }
        if method == "Logger" {
            let message = format!("handler `{}` would make a method `Logger`, which every logic has already", route.handler.text);
            report.push(
                Diagnostic::error(Code::BadHandlerName, message)
                    .at(route.handler.span, "")
                    .help("give it another name, such as `getLogger`"),
            );
        }
        if matches!(route.method, Method::Connect | Method::Trace) {
            let message =
                format!("go-zero's own router does not take `{}` routes: the service will not start with it", route.method.word());
            report.push(Diagnostic::warning(Code::UnsupportedMethod, message).at(route.path.span, ""));
        }
        for symbol in [ty.clone(), format!("New{ty}")] {
            if let Some(other) = symbols.insert((package, symbol.clone()), &route.handler) {
                report.push(clash(Code::DuplicateHandler, &symbol, &route.handler, other));
                break;
            }
        }
    }
}
