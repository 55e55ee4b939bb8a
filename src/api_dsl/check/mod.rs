//! From what was written to what it means: `ast` to `spec`.
//!
//! Every pass reports all it finds; the spec exists only when none found an error (warnings aside).
//! Source of the rules: contract api-language 3 and 4, decisions (Diagnostics, Picks).

mod annotations;
mod routes;
mod statements;
mod tags;
mod types;

use super::ast::File;
use super::spec::{ApiSpec, Checked};
use crate::diagnostic::Report;

/// Checks an API: `files` as [`load`](super::import::load) returns them, the root first.
///
/// `None` where an error was found, by this stage or an earlier one.
pub fn check(files: &[File], report: &mut Report) -> Option<ApiSpec> {
    // What earlier stages could not read is not held against the rest.
    let incomplete = report.has_errors();
    // One statement of each kind, one version everywhere: nothing else is needed for that.
    let info = statements::check(files, report);
    // All names first, then what they stand for: a type may be used before its declaration, in any file.
    let names = types::declare(files, incomplete, report);
    let types = types::resolve(&names, report);
    types::forbid_infinite(&types, report);
    tags::check(&types, report);
    // Blocks need the types of their routes' bodies.
    let (service, groups) = routes::resolve(files, &names, report)?;
    routes::forbid_duplicates(&groups, report);
    if !incomplete {
        tags::check_path_parameters(&groups, &types, report);
    }
    annotations::forbid_shared_names(&groups, report);
    if report.has_errors() {
        return None;
    }
    Some(ApiSpec { info, types, service, groups, _checked: Checked::passed() })
}
