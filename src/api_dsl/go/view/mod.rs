//! What the templates of a Go service see: finished names, types and expressions, nothing to decide.
//!
//! The structs here are what a `.tera` sees; [`goctl`] makes from them, and from nothing else, what goctl's `.tpl` expect.

mod goctl;
mod route;
mod routes;
mod types;

use std::collections::BTreeMap;

use super::super::spec::ApiSpec;
use super::Project;
use super::names::{Middleware, Names};
use crate::golang::ident::quote;
use crate::naming::yaml_word;
use crate::view::{View, view};

pub(super) use route::RouteViews;
use route::http_method;
pub(super) use routes::routes;
pub(super) use types::types;

view! {
    /// `etc/user-api.yaml`
    struct Etc {
        /// The service's name, quoted where YAML would take it for something else.
        service: String,
        /// The address it listens on.
        host: &'static str,
        /// Its port.
        port: u16,
        /// The configuration's keys for `jwt`.
        jwt: Vec<String>,
        /// The configuration's keys for `jwtTransition`.
        jwt_transition: Vec<String>,
    }

    /// `user.go`, the program.
    struct Main {
        /// The import path of the service's directory.
        root: String,
        /// The path of the module.
        module: String,
        /// The name of the configuration file in `etc`, without `.yaml`.
        config_name: String,
    }

    /// `internal/config/config.go`
    struct Config {
        /// The path of the module.
        module: String,
        /// The fields for `jwt`.
        jwt: Vec<String>,
        /// The fields for `jwtTransition`.
        jwt_transition: Vec<String>,
    }

    /// `internal/svc/servicecontext.go`
    struct ServiceContext {
        /// The import path of the service's directory.
        root: String,
        /// The path of the module.
        module: String,
        /// The middleware, in order of first appearance.
        middleware: Vec<MiddlewareField>,
    }

    /// One middleware of the service context.
    struct MiddlewareField {
        /// The field.
        field: String,
        /// The type in package `middleware`.
        ty: String,
    }

    /// `internal/middleware/useragentmiddleware.go`
    struct MiddlewareFile {
        /// The type.
        ty: String,
    }

    /// `internal/svc/servicecontext_test.go`
    struct ServiceContextTest {
        /// The import path of the service's directory.
        root: String,
    }

    /// The test beside main.
    struct IntegrationTest {
        /// The import path of the service's directory.
        root: String,
        /// The service's name.
        service: String,
        /// The fields for `jwt`.
        jwt: Vec<String>,
        /// The fields for `jwtTransition`.
        jwt_transition: Vec<String>,
        /// One per route.
        routes: Vec<TestedRoute>,
    }

    /// One route of the integration test.
    struct TestedRoute {
        /// `"get /v1/users/:id"`, as a Go string.
        name: String,
        /// `http.MethodGet`
        method: String,
        /// As a Go string, with a value for each parameter.
        path: String,
        /// The method as the `.api` file has it, `get`.
        word: &'static str,
        /// The path as the `.api` file has it, without the prefix.
        bare_path: String,
        /// The handler's name in the `.api` file.
        handler: String,
        /// The request's type; empty for none.
        request: String,
        /// The response's type; empty for none.
        response: String,
        /// The lines of `@doc`.
        docs: Vec<String>,
        /// `@doc`'s text as written; nothing for a list of keys.
        doc_text: Option<String>,
        /// The keys of `@doc` with their values; empty for a text.
        doc_keys: BTreeMap<String, String>,
    }
}

/// `etc/user-api.yaml`
pub(super) fn etc(api: &ApiSpec, names: &Names, project: &Project) -> View {
    let service = yaml_word(&api.service.text);
    let fields = |fields: &[String]| if project.compat.configures_jwt() { fields.to_vec() } else { Vec::new() };
    let etc = Etc { service, host: "0.0.0.0", port: 8888, jwt: fields(&names.jwt), jwt_transition: fields(&names.jwt_transition) };
    View::new("api/etc", etc, goctl::Etc::new)
}

/// `user.go`; `config_name` is what it reads when it is told nothing else.
pub(super) fn main(project: &Project, config_name: String) -> View {
    let main = Main { root: project.import_root.clone(), module: project.module.clone(), config_name };
    View::new("api/main", main, goctl::Main::new)
}

/// `internal/config/config.go`
pub(super) fn config(names: &Names, project: &Project) -> View {
    let config = Config { module: project.module.clone(), jwt: names.jwt.clone(), jwt_transition: names.jwt_transition.clone() };
    View::new("api/config", config, goctl::Config::new)
}

/// `internal/svc/servicecontext.go`
pub(super) fn service_context(names: &Names, project: &Project) -> View {
    let middleware = names.middleware.iter().map(|m| MiddlewareField { field: m.field.clone(), ty: m.ty.clone() }).collect();
    let context = ServiceContext { root: project.import_root.clone(), module: project.module.clone(), middleware };
    View::new("api/context", context, goctl::Context::new)
}

/// `internal/middleware/useragentmiddleware.go`
pub(super) fn middleware(middleware: &Middleware) -> View {
    View::new("api/middleware", MiddlewareFile { ty: middleware.ty.clone() }, goctl::Middleware::new)
}

/// `internal/svc/servicecontext_test.go`
pub(super) fn service_context_test(project: &Project) -> View {
    View::new("api/svc_test", ServiceContextTest { root: project.import_root.clone() }, goctl::ServiceContextTest::new)
}

/// The test beside main.
pub(super) fn integration_test(api: &ApiSpec, names: &Names, project: &Project) -> View {
    let routes = api.routes().map(|(group, route)| {
        let path = format!("{}{}", group.prefix.as_deref().unwrap_or(""), route.path.text);
        let filled = path.split('/').map(|part| if part.starts_with(':') { "1" } else { part });
        TestedRoute {
            name: quote(&format!("{} {path}", route.method.word())),
            method: http_method(route.method),
            path: quote(&filled.collect::<Vec<_>>().join("/")),
            word: route.method.word(),
            bare_path: route.path.text.clone(),
            handler: route.handler.text.clone(),
            request: route.request.and_then(|id| api.get(id)).map_or(String::new(), |ty| ty.name.text.clone()),
            response: route.response.as_ref().map_or(String::new(), |ty| types::source_type(ty, api)),
            docs: route.doc.clone(),
            doc_text: route.doc_text.clone(),
            doc_keys: route.doc_keys.clone(),
        }
    });
    let test = IntegrationTest {
        root: project.import_root.clone(),
        service: api.service.text.clone(),
        jwt: names.jwt.clone(),
        jwt_transition: names.jwt_transition.clone(),
        routes: routes.collect(),
    };
    View::new("api/integration_test", test, goctl::IntegrationTest::new)
}
