//! `ctl docker`: a Dockerfile for the program in a directory, and the .dockerignore beside it.
//!
//! ```text
//! flags ─► request ─► check ──────────┐
//! Go files ─► program ─► layout ──────┼─► spec ─► view ─► plan ─► render ─► write
//! etc      ─────────────► settings ───┘
//! ```
//!
//! In: what the command line says, and the project it stands in. Out: the rendered files, and where `docker build` is run.
//! Source of the rules: contract cli-and-ops 6, decisions (Picks, Deploy); docs.docker.com/reference/dockerfile.
//!
//! Invariant: nothing of the user's reaches the Dockerfile that was not checked to be one word there, or is written as JSON.

mod check;
mod generate;
mod layout;
mod path;
mod plan;
mod program;
mod request;
mod settings;
mod spec;
mod version;
mod view;

pub use generate::{Build, Made, generate};
pub(crate) use plan::samples;
pub use request::Options;
