//! `.proto` services: zRPC servers, their clients, and what the two Go plugins of protobuf make.
//!
//! ```text
//! .proto text ─► compile ─► raw descriptors ─► check ─► spec ─┬─► plugins (pb.go, _grpc.pb.go) ─┐
//!                (protox, or a user's protoc)                 └─► go: names, view, plan ────────┴─► render ─► write
//! ```
//!
//! Source of the rules: contract rpc, decisions.

pub mod go;
pub mod go_package;
pub mod spec;
