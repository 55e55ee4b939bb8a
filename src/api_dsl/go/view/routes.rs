//! routes.go: one call of `AddRoutes` a group.

use serde::Serialize;

use super::super::super::spec::{ApiSpec, Group, Method, Route};
use super::super::Project;
use super::super::names::{Names, exported, handler_func};
use super::types::comment_of;
use crate::compat::Compat;
use crate::golang::ident::quote;

/// `internal/handler/routes.go`
#[derive(Debug, Serialize)]
pub(in super::super) struct Routes {
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
    pub(in super::super) fn new(api: &ApiSpec, names: &Names, project: &Project, compat: Compat) -> Self {
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

pub(super) fn http_method(method: Method) -> String {
    let (first, rest) = method.word().split_at(1);
    format!("http.Method{}{rest}", first.to_uppercase())
}

/// `@doc` as comment lines.
pub(super) fn doc_lines(route: &Route) -> Vec<String> {
    route.doc.iter().map(|line| comment_of(line)).collect()
}
