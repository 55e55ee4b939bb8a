//! `ctl kube …` from first to last: what was asked for to rendered files. Nothing is written here.

use super::{check, plan, request, view};
use crate::compat::Compat;
use crate::diagnostic::Report;
use crate::plan::{Destination, Plan, RenderedFile};
use crate::render::home::Places;
use crate::render::{Failure, Home, render_strictly};
use crate::source::Sources;

/// Where a manifest goes, and what it is made with.
#[derive(Debug, Clone)]
pub struct Target {
    /// Standard output, or a file.
    pub output: Destination,
    /// Where templates may come from.
    pub templates: Places,
    /// Whose output to match.
    pub compat: Compat,
}

/// Makes the manifest of a service.
///
/// # Errors
///
/// All that is wrong with what was asked for and with the templates is in the report.
pub fn deploy(asked: &request::Deploy, target: Target, sources: &mut Sources, report: &mut Report) -> Result<Vec<RenderedFile>, Failure> {
    let spec = check::deploy(asked, target.compat, report);
    let plan = spec.map(|spec| plan::plan(target.output, view::deployment(&spec, target.compat)));
    rendered(plan, &target.templates, sources, report)
}

/// Makes the manifest of a Job, or of a CronJob.
///
/// # Errors
///
/// As for [`deploy`].
pub fn job(asked: &request::Job, target: Target, sources: &mut Sources, report: &mut Report) -> Result<Vec<RenderedFile>, Failure> {
    let spec = check::job(asked, report);
    let plan = spec.map(|spec| plan::plan(target.output, view::job(&spec)));
    rendered(plan, &target.templates, sources, report)
}

fn rendered(plan: Option<Plan>, templates: &Places, sources: &mut Sources, report: &mut Report) -> Result<Vec<RenderedFile>, Failure> {
    let home = Home::find(templates, sources, report);
    match plan {
        Some(plan) if !report.has_errors() => render_strictly(plan, &mut home?, sources, report),
        _ => Err(Failure::Input),
    }
}
