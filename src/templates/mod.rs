//! What can be said about templates, and done with them, before any input: their variables, whether those of a home work,
//! and the files of a home themselves.
//!
//! In: the sample plan of every slice, in which each template has a view. Out: documentation (`template vars`,
//! `docs/templates.md`), findings (`template lint`). `upkeep` has no samples: it goes by the built-in texts.

pub mod lint;
pub mod upkeep;
pub mod vars;

use crate::api_dsl::go;
use crate::docker;
use crate::gateway;
use crate::kube;
use crate::model;
use crate::plan::Plan;
use crate::rpc;

/// A plan of sample files in which every template has at least one view. A new slice adds its own here.
pub fn samples() -> Plan {
    let mut all = go::samples();
    all.append(model::go::samples());
    all.append(model::mongo::samples());
    all.append(docker::samples());
    all.append(gateway::samples());
    all.append(kube::samples());
    all.append(rpc::go::samples());
    all
}
