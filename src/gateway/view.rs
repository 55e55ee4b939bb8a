//! What the templates of a gateway see.

use super::routes::{Route, Upstream};
use crate::naming::yaml_word;
use crate::view::{View, view};

view! {
    /// `etc/gateway.yaml`
    struct Etc {
        /// The gateway's name.
        name: &'static str,
        /// The address it listens on.
        host: &'static str,
        /// Its port.
        port: u16,
        /// The gRPC servers behind it.
        upstreams: Vec<UpstreamView>,
    }

    /// A gRPC server.
    struct UpstreamView {
        /// Its name.
        name: String,
        /// The key in etcd that a server made of its `.proto` file registers under; empty where there is no such file.
        key: String,
        /// The file of its descriptors, relative to where the gateway is started.
        proto_set: String,
        /// Its routes.
        mappings: Vec<Mapping>,
        /// The methods that no route leads to, each with a route that could.
        unrouted: Vec<Mapping>,
    }

    /// A route.
    struct Mapping {
        /// The HTTP method.
        method: String,
        /// The path, a variable as `:name`.
        path: String,
        /// The method of the service.
        rpc: String,
    }

    /// `main.go`, which depends on nothing.
    struct Main {}

    /// goctl's templates of a gateway are copied as they are.
    struct Nothing {}
}

/// `etc/gateway.yaml`; `is_sample` where no `.proto` file says what is behind the gateway.
pub(super) fn etc(upstreams: &[Upstream], is_sample: bool) -> View {
    let name = if is_sample { "gateway-example" } else { "gateway" };
    let upstreams = upstreams.iter().map(|upstream| UpstreamView::new(upstream, is_sample)).collect();
    let etc = View::new("gateway/etc", Etc { name, host: "localhost", port: 8888, upstreams }, |_| Nothing {}).copied();
    if is_sample { etc } else { etc.in_tera("upstreams of .proto files") }
}

/// `main.go`
pub(super) fn main() -> View {
    View::new("gateway/main", Main {}, |_| Nothing {}).copied()
}

/// The file of an upstream's descriptors.
pub(super) fn proto_set(upstream: &Upstream) -> String {
    format!("{}.pb", upstream.name)
}

impl UpstreamView {
    fn new(upstream: &Upstream, is_sample: bool) -> Self {
        let guess = |rpc: &String| Route { method: "post".to_owned(), path: format!("/{rpc}"), rpc: rpc.clone() };
        Self {
            name: yaml_word(&upstream.name),
            key: if is_sample { String::new() } else { yaml_word(&upstream.key) },
            proto_set: yaml_word(&proto_set(upstream)),
            mappings: upstream.routes.iter().map(Mapping::new).collect(),
            unrouted: upstream.unrouted.iter().map(|rpc| Mapping::new(&guess(rpc))).collect(),
        }
    }
}

impl Mapping {
    fn new(route: &Route) -> Self {
        Self { method: route.method.clone(), path: yaml_word(&route.path), rpc: route.rpc.clone() }
    }
}
