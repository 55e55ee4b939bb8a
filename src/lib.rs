//! `ctl` turns the languages a go-zero team writes into Go services.
//!
//! ```text
//!  .api    text ─► ast ─► spec ─► view ─► plan of files ─► rendered files ─► writer ─► disk
//!        source  parse  check      view.rs   plan.rs          render            write
//! ```
//!
//! Every stage is an ordinary function; ARCHITECTURE.md has the rooms and the invariants.

// pest without `std` names it: its guard of the stack costs a tenth of the parsing, and `parse` limits the depth itself.
extern crate alloc;

pub mod source;

pub mod diagnostic;

pub mod api_dsl;

pub mod model;

pub mod rpc;

pub mod gateway;

pub mod docker;

pub mod kube;

pub mod quickstart;

pub mod golang;

pub mod naming;

pub mod image;

pub mod time_zone;

pub mod view;

pub mod plan;

pub mod compat;

pub mod render;

pub mod templates;

pub mod write;

pub mod env;

pub mod cli;
