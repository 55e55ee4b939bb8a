//! Kubernetes: the manifests of a workload that is an image already.
//!
//! ```text
//! flags ─► request ─► check ─► spec ─► view ─► plan ─► render ─► write
//! ```
//!
//! In: what the flags say. Out: one file of YAML. Source of the rules: contract cli-and-ops 7, decisions (Deploy), and
//! Kubernetes' own documentation, for every version from 1.25 on.

mod check;
mod generate;
mod plan;
pub mod request;
mod spec;
mod view;

pub use generate::{Target, deploy, job};
pub(crate) use plan::samples;
