//! What can be said about templates, before any input: their variables, and whether those of a home work.
//!
//! In: the sample plan of every slice, in which each template has a view. Out: documentation (`template vars`,
//! `docs/templates.md`), findings (`template lint`).

pub mod lint;
pub mod vars;

use crate::api_dsl::go;
use crate::plan::Plan;

/// A plan of sample files in which every template has at least one view. A new slice adds its own here.
pub fn samples() -> Plan {
    go::samples()
}
