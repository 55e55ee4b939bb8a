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

/// The files of a run, and what their names are.
#[derive(Debug)]
pub struct Generated {
    /// All of them are below the root.
    pub files: Vec<RenderedFile>,
    /// For what is to be said of the files that stand there.
    #[expect(dead_code, reason = "read by `wiring`")]
    pub(crate) names: Names,
}

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
) -> Result<Generated, Failure> {
    let style = files::style(&options.style, report);
    let home = Home::find(&options.templates, sources, report);
    let Some(style) = style else { return Err(Failure::Input) };
    let project = Project { module, style, shown: root.shown.clone(), options };
    let names = Names::new(spec, packages, &project, report);
    let plan = plan(&names, &project, root.clone());
    files::check(&plan, report);
    if !report.has_errors() {
        files::forbid_other_style(&plan, sources.disk(), report);
    }
    let mut home = home?;
    if report.has_errors() {
        return Err(Failure::Input);
    }
    let files = render(plan, &mut home, sources, report)?;
    Ok(Generated { files, names })
}
