//! The files of a Go service, a row each (contract: api-go 2).

use std::collections::{BTreeMap, BTreeSet};

use super::super::spec::{ApiSpec, Group, Route, Type, TypeId};
use super::names::{Names, handler_func, logic_type};
use super::{Project, view};
use crate::golang::{ident, module};
use crate::naming::identifier;
use crate::plan::{Ownership, Plan, Root, View};

/// Plans the service below `root`.
pub(super) fn plan(api: &ApiSpec, names: &Names, project: &Project, root: Root) -> Plan {
    let mut plan = Plan::default();
    let root = plan.root(root.dir, root.shown);
    let paths = Paths { api, project };
    use Ownership::{Generated, Scaffold};

    if let Some(module) = &project.new_module {
        plan.text(root, Scaffold, "go.mod", module::go_mod(module));
    }
    plan.file(root, Scaffold, paths.etc(), "api/etc", View::new(view::Etc::new(api, names, project.compat)));
    plan.file(root, Scaffold, paths.main(), "api/main", View::new(view::Main::new(project, &paths.default_config()))).origin =
        Some(api.service.span);
    plan.file(root, Scaffold, paths.config(), "api/config", View::new(view::Config::new(names)));
    plan.file(root, Scaffold, paths.service_context(), "api/service_context", View::new(view::ServiceContext::new(names, project)));
    for (path, types) in type_files(api, project) {
        let view = View::new(view::Types::new(api, |i| types.contains(&i), project.compat));
        plan.file(root, Generated, format!("internal/types/{path}"), "api/types", view);
    }
    plan.file(
        root,
        Generated,
        paths.go("handler", "routes"),
        "api/routes",
        View::new(view::Routes::new(api, names, project, project.compat)),
    );
    for (group, route) in api.routes() {
        let view = View::new(view::RouteFiles::new(api, group, route, names, project));
        let dir = names.package(group).dir;
        let (handler, logic) = if group.sse { ("api/sse_handler", "api/sse_logic") } else { ("api/handler", "api/logic") };
        plan.file(root, Scaffold, paths.handler(&dir, group, route, ".go"), handler, view.clone()).origin = Some(route.handler.span);
        plan.file(root, Scaffold, paths.logic(&dir, route, ".go"), logic, view.clone()).origin = Some(route.handler.span);
        if project.tests {
            plan.file(root, Scaffold, paths.handler(&dir, group, route, "_test.go"), "api/handler_test", view.clone()).origin =
                Some(route.handler.span);
            plan.file(root, Scaffold, paths.logic(&dir, route, "_test.go"), "api/logic_test", view.clone()).origin =
                Some(route.handler.span);
        }
    }
    let mut seen = BTreeSet::new();
    for middleware in names.middleware.iter().filter(|m| seen.insert(&m.ty)) {
        let path = paths.go("middleware", &middleware.file);
        plan.file(root, Scaffold, path, "api/middleware", View::new(view::MiddlewareFile::new(middleware))).origin = Some(middleware.span);
    }
    if project.tests {
        let view = View::new(view::ServiceTest::new(api, names, project));
        plan.file(root, Scaffold, paths.service_context_test(), "api/service_context_test", view.clone());
        plan.file(root, Scaffold, paths.integration_test(), "api/integration_test", view);
    }
    plan
}

/// Where the files of a service are; `F(x)` of the contract is `style.file(x)`.
pub(super) struct Paths<'a> {
    pub(super) api: &'a ApiSpec,
    pub(super) project: &'a Project,
}

impl Paths<'_> {
    /// The configuration.
    pub(super) fn etc(&self) -> String {
        format!("etc/{}.yaml", self.project.style.file(&self.api.service.text))
    }

    /// What main reads when it is told nothing else.
    fn default_config(&self) -> String {
        if self.project.compat.config_path_as_written() {
            self.etc()
        } else {
            format!("etc/{}.yaml", self.project.style.file(&self.api.service.text.to_lowercase()))
        }
    }

    fn main(&self) -> String {
        let name = self.project.style.file(&self.api.service.text.to_lowercase());
        let name = if name.ends_with("-api") { name.replace("-api", "") } else { name };
        format!("{name}.go")
    }

    fn integration_test(&self) -> String {
        format!("{}_test.go", self.project.style.file(&self.api.service.text))
    }

    /// The struct that the configuration is read into.
    pub(super) fn config(&self) -> String {
        self.go("config", "config")
    }

    /// The struct that logic and middleware are reached through.
    pub(super) fn service_context(&self) -> String {
        self.go("svc", "service_context")
    }

    fn service_context_test(&self) -> String {
        format!("internal/svc/{}_test.go", self.project.style.file("service_context"))
    }

    fn go(&self, package: &str, name: &str) -> String {
        format!("internal/{package}/{}.go", self.project.style.file(name))
    }

    fn handler(&self, dir: &str, group: &Group, route: &Route, end: &str) -> String {
        format!("internal/handler/{}{end}", below(dir, &self.project.style.file(&handler_func(group, route))))
    }

    fn logic(&self, dir: &str, route: &Route, end: &str) -> String {
        format!("internal/logic/{}{end}", below(dir, &self.project.style.file(&logic_type(route))))
    }
}

fn below(dir: &str, name: &str) -> String {
    if dir.is_empty() { name.to_owned() } else { format!("{dir}/{name}") }
}

/// The files of package `types` with the positions of their types. With `--type-group`, a type that is a body in just one
/// group goes to that group's file (contract: api-go 7.4).
fn type_files(api: &ApiSpec, project: &Project) -> BTreeMap<String, BTreeSet<usize>> {
    let common = format!("{}.go", project.style.file("types"));
    let mut users: BTreeMap<TypeId, BTreeSet<String>> = BTreeMap::new();
    if project.type_group {
        for (group, route) in api.routes() {
            let name = group.name.as_ref().map_or("types".to_owned(), |name| identifier(&name.text));
            let bodies = route.request.into_iter().chain(route.response.as_ref().and_then(element));
            for id in bodies {
                users.entry(id).or_default().insert(name.clone());
            }
        }
    }
    let mut files: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for i in 0..api.types.len() {
        let groups = users.get(&TypeId(i)).filter(|groups| groups.len() == 1);
        let own = groups.and_then(BTreeSet::first).map(|group| format!("{}.go", project.style.file(group)));
        let file = own.filter(|file| ident::passed_over(file).is_none()).unwrap_or_else(|| common.clone());
        files.entry(file).or_default().insert(i);
    }
    files
}

/// The declared type a body is, or is a list of or a pointer to.
fn element(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Struct(id) => Some(*id),
        Type::Slice(inner) | Type::Array(_, inner) | Type::Pointer(inner) => element(inner),
        Type::Base(_) | Type::Any(_) | Type::Map(..) | Type::Inline(_) => None,
    }
}
