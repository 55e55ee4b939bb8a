//! The files of one route: handler, logic and their tests.

use std::sync::Arc;

use super::super::super::spec::{ApiSpec, Group, Method, Route, Type};
use super::super::Project;
use super::super::names::{Names, Package, exported, handler_func, logic_method, logic_type};
use super::goctl;
use super::types::{go_type, response_type, source_type};
use crate::golang::comment::comment_of;
use crate::golang::ident::quote;
use crate::view::{View, view};

view! {
    /// A route, for its handler, its logic and their tests.
    pub(super) struct RouteFiles {
        /// The import path of the service's directory.
        pub(super) root: String,
        /// The path of the module.
        pub(super) module: String,
        /// Comment lines above the handler and above the logic's constructor.
        pub(super) docs: Vec<String>,
        /// The handlers' package.
        pub(super) handler_package: String,
        /// The logic's package.
        pub(super) logic_package: String,
        /// How a handler imports it: its path, behind another name where one is needed.
        pub(super) logic_import: String,
        /// What a handler calls it.
        pub(super) logic_name: String,
        /// The handler function.
        pub(super) handler: String,
        /// Its name behind `Test`.
        pub(super) handler_test: String,
        /// The logic type.
        pub(super) logic: String,
        /// The logic's method.
        pub(super) method: String,
        /// The request, `types.GetUserReq`; empty for none.
        pub(super) request: String,
        /// The request in its own package, `GetUserReq`; empty for none.
        pub(super) request_name: String,
        /// The response as the logic returns it, `*types.User`; empty for none.
        pub(super) response: String,
        /// The response as the `.api` file has it, `[]User`; empty for none.
        pub(super) response_name: String,
        /// Whether the logic's signature mentions a declared type.
        pub(super) uses_types: bool,
        /// Whether the response is streamed.
        pub(super) sse: bool,
    }
}

/// The views of one route's files, which share their values.
pub(in super::super) struct RouteViews(Arc<RouteFiles>);

impl RouteViews {
    pub(in super::super) fn new(api: &ApiSpec, group: &Group, route: &Route, names: &Names, project: &Project) -> Self {
        let package = names.package(group);
        let handler = handler_func(group, route);
        let request_name = route.request.map_or(String::new(), |id| go_type(&Type::Struct(id), api, ""));
        let request = if request_name.is_empty() { String::new() } else { format!("types.{request_name}") };
        let response = route.response.as_ref();
        Self(Arc::new(RouteFiles {
            root: project.import_root.clone(),
            module: project.module.clone(),
            docs: doc_lines(route),
            logic_import: logic_import(&package, &project.import_root),
            handler_test: exported(&handler),
            handler,
            handler_package: package.handler,
            logic_package: package.logic,
            logic_name: package.logic_name,
            logic: logic_type(route),
            method: logic_method(route),
            uses_types: !request.is_empty() || response.is_some_and(Type::mentions_struct),
            request,
            request_name,
            response: response.map_or(String::new(), |ty| response_type(ty, api)),
            response_name: response.map_or(String::new(), |ty| source_type(ty, api)),
            sse: group.sse,
        }))
    }

    pub(in super::super) fn handler(&self) -> View {
        let name = if self.0.sse { "api/sse_handler" } else { "api/handler" };
        View::new(name, self.0.clone(), goctl::Handler::new)
    }

    pub(in super::super) fn logic(&self) -> View {
        let name = if self.0.sse { "api/sse_logic" } else { "api/logic" };
        View::new(name, self.0.clone(), goctl::Logic::new)
    }

    pub(in super::super) fn handler_test(&self) -> View {
        View::new("api/handler_test", self.0.clone(), goctl::Handler::for_test)
    }

    pub(in super::super) fn logic_test(&self) -> View {
        View::new("api/logic_test", self.0.clone(), goctl::LogicTest::new)
    }
}

/// Go knows an imported package by its own name; a name that differs from the directory's is written for the reader.
fn logic_import(package: &Package, root: &str) -> String {
    let below = if package.dir.is_empty() { String::new() } else { format!("/{}", package.dir) };
    let path = quote(&format!("{root}/internal/logic{below}"));
    let directory = package.dir.rsplit('/').next().filter(|dir| !dir.is_empty()).unwrap_or("logic");
    if package.logic_name == directory { path } else { format!("{} {path}", package.logic_name) }
}

pub(super) fn http_method(method: Method) -> String {
    let (first, rest) = method.word().split_at(1);
    format!("http.Method{}{rest}", first.to_uppercase())
}

/// `@doc` as comment lines.
pub(super) fn doc_lines(route: &Route) -> Vec<String> {
    route.doc.iter().map(|line| comment_of(line)).collect()
}
