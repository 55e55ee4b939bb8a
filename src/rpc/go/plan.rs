//! The files of zRPC services, a row each (contract: rpc 6).

use super::Project;
use super::names::Names;
use super::view::{self, Views};
use crate::golang::module;
use crate::plan::{Ownership, Plan, Root};
use crate::source::Span;
use crate::view::View;

/// Plans the services below `root`.
pub(super) fn plan(names: &Names, project: &Project<'_>, root: Root) -> Plan {
    use Ownership::{Generated, Scaffold};
    let mut plan = Plan::default();
    let root = plan.root(root.dir, root.shown);
    let mut file = |owner, path: &str, view: View, origin: Option<Span>| plan.file(root, owner, path, view).origin = origin;
    let first = names.services.first().and_then(|service| service.span);

    file(Scaffold, &format!("etc/{}.yaml", names.base), view::etc(names), first);
    file(Scaffold, &names.main, view::main(names, project), first);
    file(Scaffold, &format!("internal/config/{}.go", project.style.file("config")), view::config(project), None);
    file(Scaffold, &format!("internal/svc/{}.go", project.style.file("service_context")), view::svc(project), None);
    for service in &names.services {
        let views = Views { service, project };
        for method in &service.methods {
            file(Scaffold, &method.logic_file, views.logic(method), method.span);
        }
        file(Generated, &service.server_file, views.server(), service.span);
        if let Some(client) = &service.client {
            file(Generated, &client.file, views.call(client), service.span);
        }
    }
    if project.module.is_new {
        plan.text(root, Scaffold, "go.mod", module::go_mod(&project.module.path));
    }
    plan
}
