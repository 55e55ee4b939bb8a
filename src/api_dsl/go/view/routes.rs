//! routes.go: one call of `AddRoutes` a group. goctl's homes have a file for that call (`route-addition`), so both
//! languages share these names (decisions, Templates).

use std::fmt::Write as _;

use super::super::super::spec::{ApiSpec, Group, Route};
use super::super::Project;
use super::super::names::{Names, Package, exported, handler_func};

use super::route::{doc_lines, http_method};
use crate::compat::{Compat, GOCTL_VERSION};
use crate::golang::ident::quote;
use crate::view::{Glue, Slot, View, view};

view! {
    /// `internal/handler/routes.go`
    struct Routes {
        /// The path of the module.
        projectPkg: String,
        /// The goctl version whose behaviour this is.
        version: &'static str,
        /// Whether any group has a timeout, so that `time` is needed.
        hasTimeout: bool,
        /// The imports behind the standard library's: the service context, the handlers' packages, an empty line, go-zero.
        importPackages: String,
        /// What `route-addition` makes of each group.
        routesAdditions: String,
    }

    /// One call of `AddRoutes`. Each option is empty, or a line break, the option and a comma.
    struct RouteAddition {
        /// The first argument: the routes, wrapped in the group's middleware.
        routes: String,
        /// `WithJwt` and `WithJwtTransition`.
        jwt: String,
        /// `WithSignature`
        signature: String,
        /// `WithSSE`
        sse: String,
        /// `WithPrefix`
        prefix: String,
        /// `WithTimeout`
        timeout: String,
        /// `WithMaxBytes`
        maxBytes: String,
    }
}

/// `internal/handler/routes.go`
pub(in super::super) fn routes(api: &ApiSpec, names: &Names, project: &Project) -> View {
    let filled = api.groups.iter().filter(|g| !g.routes.is_empty() || !project.compat.skips_empty_groups());
    let groups: Vec<&Group> = filled.collect();
    let mut packages: Vec<Package> = Vec::new();
    for package in groups.iter().filter(|g| !g.routes.is_empty()).map(|g| names.package(g)).filter(|p| !p.dir.is_empty()) {
        if !packages.contains(&package) {
            packages.push(package);
        }
    }
    let root = &project.import_root;
    let mut imports = vec![quote(&format!("{root}/internal/svc"))];
    // goctl sorts these lines as they are; gofmt will sort them by path.
    imports.extend(packages.iter().map(|p| format!("{} {}", p.alias, quote(&format!("{root}/internal/handler/{}", p.dir)))));
    imports.sort();
    let view = Routes {
        projectPkg: project.module.clone(),
        version: GOCTL_VERSION,
        hasTimeout: groups.iter().any(|g| g.timeout.is_some()),
        importPackages: format!("{}\n\n\t{}", imports.join("\n\t"), quote("github.com/zeromicro/go-zero/rest")),
        routesAdditions: String::new(),
    };
    let parts = groups.iter().map(|group| View::new("api/route-addition", addition(group, names, project.compat), Clone::clone));
    let slot = Slot { variable: "routesAdditions", parts: parts.collect(), glue: Glue::Trimmed };
    View::with_slots("api/routes", view, Clone::clone, vec![slot])
}

fn addition(group: &Group, names: &Names, compat: Compat) -> RouteAddition {
    let alias = names.package(group).alias;
    let mut list = "[]rest.Route{\n".to_owned();
    group.routes.iter().for_each(|route| write_route(route, group, &alias, &mut list));
    list.push('}');
    let fields: Vec<String> = group.middleware.iter().map(|m| format!("serverCtx.{}", Names::middleware_field(&m.text))).collect();
    let routes = if fields.is_empty() {
        format!("{list},")
    } else {
        format!("rest.WithMiddlewares(\n[]rest.Middleware{{ {} }}, \n {list}..., \n),", fields.join(", "))
    };
    let option = |call: Option<String>| call.map_or(String::new(), |call| format!("\n rest.{call},"));
    let jwt = group.jwt.as_ref().map(|word| format!("WithJwt(serverCtx.Config.{}.AccessSecret)", exported(&word.text)));
    let transition = group.jwt_transition.as_ref().map(|word| {
        let arguments = if compat.jwt_transition_secret_first() { ["Secret", "PrevSecret"] } else { ["PrevSecret", "Secret"] };
        let arguments = arguments.map(|field| format!("serverCtx.Config.{}.{field}", exported(&word.text)));
        format!("WithJwtTransition({})", arguments.join(","))
    });
    RouteAddition {
        routes,
        jwt: format!("{}{}", option(jwt), option(transition)),
        signature: option(group.signature.then(|| "WithSignature(serverCtx.Config.Signature)".to_owned())),
        sse: option(group.sse.then(|| "WithSSE()".to_owned())),
        prefix: group.prefix.as_deref().map_or(String::new(), |prefix| format!("\nrest.WithPrefix({}),", quote(prefix))),
        timeout: option(group.timeout.map(|timeout| format!("WithTimeout({})", compat.timeout(timeout)))),
        maxBytes: option(group.max_bytes.map(|bytes| format!("WithMaxBytes({bytes})"))),
    }
}

fn write_route(route: &Route, group: &Group, alias: &str, list: &mut String) {
    const INDENT: &str = "\t\t\t\t\t";
    let package = if alias.is_empty() { String::new() } else { format!("{alias}.") };
    let (method, path, handler) = (http_method(route.method), quote(&route.path.text), handler_func(group, route));
    let docs: String = doc_lines(route).iter().map(|line| format!("{INDENT}\t{line}\n")).collect();
    // Writing to a string does not fail.
    let _ = write!(
        list,
        "{INDENT}{{\n{docs}{INDENT}\tMethod:  {method},\n{INDENT}\tPath:    {path},\n{INDENT}\tHandler: {package}{handler}(serverCtx),\n{INDENT}}},\n"
    );
}
