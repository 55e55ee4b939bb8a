//! What the templates of a Go service see: finished names, types and expressions, nothing to decide.
//!
//! The fields here are the contract for people who replace a template.

mod routes;
mod types;

use serde::Serialize;

use super::super::spec::{ApiSpec, Group, Route, Type};
use super::Project;
use super::names::{Middleware, Names, Package, exported, handler_func, logic_method, logic_type};
use crate::compat::Compat;
use crate::golang::ident::quote;

pub(super) use routes::Routes;
use routes::{doc_lines, http_method};
pub(super) use types::Types;
use types::{go_type, response_type};

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
    pub(super) fn new(api: &ApiSpec, names: &Names, compat: Compat) -> Self {
        let service = yaml_word(&api.service.text);
        let fields = |fields: &[String]| if compat.configures_jwt() { fields.to_vec() } else { Vec::new() };
        Self { service, host: "0.0.0.0", port: 8888, jwt: fields(&names.jwt), jwt_transition: fields(&names.jwt_transition) }
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
