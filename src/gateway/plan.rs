//! The files of a gateway, a row each (contract: rpc 11.1).

use super::proto_set::proto_set;
use super::routes::{Route, Upstream};
use super::view;
use crate::golang::module::{self, Module};
use crate::plan::{Body, Ownership, Plan, Root};
use crate::rpc::spec::{FileNo, RpcSpec};

/// The configuration, which main reads when it is told nothing else.
pub(super) const ETC: &str = "etc/gateway.yaml";
/// The program.
pub(super) const MAIN: &str = "main.go";

/// Plans a gateway below `root`; without a spec its configuration is a sample.
pub(super) fn plan(root: Root, module: &Module, upstreams: &[Upstream], spec: Option<&RpcSpec>) -> Plan {
    use Ownership::{Generated, Scaffold};
    let mut plan = Plan::default();
    let root = plan.root(root.dir, root.shown);
    if module.is_new {
        plan.text(root, Scaffold, "go.mod", module::go_mod(&module.path));
    }
    match spec {
        Some(spec) => {
            plan.file(root, Scaffold, ETC, view::etc(upstreams, false));
            for upstream in upstreams {
                plan.body(root, Generated, view::proto_set(upstream), Body::Bytes(proto_set(spec, upstream.file)));
            }
        }
        None => {
            plan.file(root, Scaffold, ETC, view::etc(&[sample(Vec::new())], true));
        }
    }
    plan.file(root, Scaffold, MAIN, view::main());
    plan
}

/// The upstream that stands in a configuration made of nothing.
fn sample(routes: Vec<Route>) -> Upstream {
    let (name, key) = ("hello".to_owned(), "hello.rpc".to_owned());
    Upstream { name, key, file: FileNo(0), routes, unrouted: vec!["hello.Hello/Say".to_owned()] }
}

/// A plan in which every template of this slice has a view.
pub(crate) fn samples() -> Plan {
    let mut plan = Plan::default();
    let root = plan.root("/shop/gateway".into(), "gateway");
    let route = Route { method: "get".to_owned(), path: "/v1/greetings/:name".to_owned(), rpc: "hello.Hello/Greet".to_owned() };
    plan.file(root, Ownership::Scaffold, ETC, view::etc(&[sample(vec![route])], false));
    plan.file(root, Ownership::Scaffold, MAIN, view::main());
    plan
}
