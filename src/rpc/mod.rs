//! `.proto` services: zRPC servers, their clients, and what the two Go plugins of protobuf make.
//!
//! ```text
//! .proto text ─► compile ─► raw descriptors ─► check ─► spec ─┬─► plugins (pb.go, _grpc.pb.go) ─┐
//!                (ours, or a user's protoc)                   └─► go: names, view, plan ────────┴─► render ─► write
//! ```
//!
//! Source of the rules: contract rpc, decisions.

mod bundled;
pub mod check;
pub mod compile;
mod explain;
pub mod generate;
pub mod go;
pub mod go_package;
mod lexical;
mod load;
mod paths;
mod places;
pub mod plugin;
pub mod process;
mod protoc;
mod public;
mod rules;
pub mod spec;
mod standing;
pub(crate) mod wire;
