//! zRPC services from a checked spec to rendered files. Nothing is written here.

use super::super::go_package::GoPackage;
use super::super::spec::RpcSpec;
use super::names::Names;
use super::plan::plan;
use super::{Options, Project};
use crate::diagnostic::Report;
use crate::golang::files;
use crate::golang::module::Module;
use crate::plan::{RenderedFile, Root};
use crate::render::{Failure, Home, render};
use crate::source::Sources;

/// Makes the services of `spec` for the directory `root`, which is part of `module`; `packages` are the Go packages of the
/// spec's files, in their order.
///
/// # Errors
///
/// The style, the home, or names that Go cannot have: the report says so.
pub fn generate(
    spec: &RpcSpec,
    packages: &[GoPackage],
    module: &Module,
    root: &Root,
    options: &Options,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Vec<RenderedFile>, Failure> {
    let style = files::style(&options.style, report);
    let home = Home::find(&options.templates, sources, report);
    let Some(style) = style else { return Err(Failure::Input) };
    let project = Project { module, style, shown: root.shown.clone(), options };
    let names = Names::new(spec, packages, &project, report);
    // Two things of one name are two files of one name as well: that is told once.
    if report.has_errors() {
        return Err(Failure::Input);
    }
    let plan = plan(&names, &project, root.clone());
    files::check(&plan, report);
    files::forbid_other_style(&plan, sources.disk(), report);
    if report.has_errors() {
        return Err(Failure::Input);
    }
    let mut home = home?;
    render(plan, &mut home, sources, report)
}
