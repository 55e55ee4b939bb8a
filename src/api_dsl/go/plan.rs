//! The files of a Go service, a row each (contract: api-go 2).

use std::collections::{BTreeMap, BTreeSet};

use super::super::spec::{ApiSpec, Group, Route, Type, TypeId};
use super::names::{Names, handler_func, logic_type};
use super::{Project, view};
use crate::golang::{ident, module};
use crate::naming::identifier;
use crate::plan::{Ownership, Plan, Root};
use crate::view::View;

/// Plans the service below `root`.
pub(super) fn plan(api: &ApiSpec, names: &Names, project: &Project, root: Root) -> Plan {
    let mut plan = Plan::default();
    let root = plan.root(root.dir, root.shown);
    let paths = Paths { api, project };
    use Ownership::{Generated, Scaffold};

    if project.is_new {
        plan.text(root, Scaffold, "go.mod", module::go_mod(&project.module));
    }
    plan.file(root, Scaffold, paths.etc(), view::etc(api, names, project));
    plan.file(root, Scaffold, paths.main(), view::main(project, paths.default_config())).origin = Some(api.service.span);
    plan.file(root, Scaffold, paths.config(), view::config(names, project));
    plan.file(root, Scaffold, paths.service_context(), view::service_context(names, project));
    for (path, types) in type_files(api, project) {
        let view = view::types(api, |i| types.contains(&i), project.compat);
        plan.file(root, Generated, format!("internal/types/{path}"), view);
    }
    plan.file(root, Generated, paths.go("handler", "routes"), view::routes(api, names, project));
    for (group, route) in api.routes() {
        let views = view::RouteViews::new(api, group, route, names, project);
        let dir = names.package(group).dir;
        let mut file = |path: String, view: View| plan.file(root, Scaffold, path, view).origin = Some(route.handler.span);
        file(paths.handler(&dir, group, route, ".go"), views.handler());
        file(paths.logic(&dir, route, ".go"), views.logic());
        if project.tests {
            file(paths.handler(&dir, group, route, "_test.go"), views.handler_test());
            file(paths.logic(&dir, route, "_test.go"), views.logic_test());
        }
    }
    let mut seen = BTreeSet::new();
    for middleware in names.middleware.iter().filter(|m| seen.insert(&m.ty)) {
        let path = paths.go("middleware", &middleware.file);
        plan.file(root, Scaffold, path, view::middleware(middleware)).origin = Some(middleware.span);
    }
    if project.tests {
        plan.file(root, Scaffold, paths.service_context_test(), view::service_context_test(project));
        plan.file(root, Scaffold, paths.integration_test(), view::integration_test(api, names, project));
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

    /// What main reads when it is told nothing else, in `etc` and without `.yaml`.
    fn default_config(&self) -> String {
        let service = &self.api.service.text;
        if self.project.compat.config_path_as_written() {
            self.project.style.file(service)
        } else {
            self.project.style.file(&service.to_lowercase())
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
