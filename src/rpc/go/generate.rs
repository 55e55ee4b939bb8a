//! zRPC services from a checked spec to rendered files. Nothing is written here.

use super::super::go_package::GoPackage;
use super::super::spec::RpcSpec;
use super::names::Names;
use super::plan::plan;
use super::{Options, Project};
use crate::diagnostic::{Code, Diagnostic, Report};
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
/// No service, or several without `--multiple`; the style, the home, or names that Go cannot have: the report says so.
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
    check_count(spec, options, report);
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

/// There must be a service, and without `--multiple` no second one (contract: rpc 4.2).
fn check_count(spec: &RpcSpec, options: &Options, report: &mut Report) {
    let [first, others @ ..] = spec.services.as_slice() else {
        let names: Vec<&str> = spec.named.iter().map(|file| spec.file(*file).name.as_str()).collect();
        let error = Diagnostic::error(Code::MissingService, format!("there is no service in {}", names.join(", ")));
        report.push(error.help("`service User { rpc Get(GetReq) returns (GetResp); }` declares one"));
        return;
    };
    let Some(second) = others.first().filter(|_| !options.multiple) else { return };
    let message = format!("there are {} services, and without `-m` there can be one", spec.services.len());
    let error = Diagnostic::error(Code::SeveralServices, message);
    let error = match second.span {
        Some(span) => error.at(span, ""),
        None => error.path(spec.file(second.file).name.clone()),
    };
    let error = match first.span {
        Some(span) => error.and(span, "the first one"),
        None => error,
    };
    report.push(error.help("`-m` makes a group of files for each service"));
}
