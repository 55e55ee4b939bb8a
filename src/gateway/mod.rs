//! Gateways: HTTP in front of gRPC services, as go-zero's package `gateway` does it.
//!
//! ```text
//! .proto ─► rpc spec ─► routes (upstreams, what google.api.http maps) ─► view ─► plan ─► render ─► write
//! ```
//!
//! In: a directory, and `.proto` files if there are any. Out: a program, its configuration, and for each `.proto` file the
//! descriptors that the gateway translates JSON with. Source of the rules: contract rpc 11.1, cli-and-ops 8, decisions; and
//! go-zero's own package `gateway`, which reads the configuration.

mod generate;
mod kept;
mod plan;
mod proto_set;
mod routes;
mod view;

pub use generate::{Options, generate};
pub(crate) use plan::samples;
