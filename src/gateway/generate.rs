//! `ctl gateway` from first to last: `.proto` files, if any, to rendered files. Nothing is written here.

use super::plan::{MAIN, plan};
use super::{kept, routes};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::enclosing::{ANOTHER_DIR, Surroundings, enclosing};
use crate::golang::files;
use crate::golang::package::Package;
use crate::plan::{RenderedFile, Root};
use crate::render::home::Places;
use crate::render::{Failure, Home, render};
use crate::rpc::check::check;
use crate::rpc::compile::{self, compile};
use crate::rpc::spec::RpcSpec;
use crate::source::{Disk, Sources};

/// What `gateway` was asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `--proto`: the files of the services behind it; none for a sample.
    pub protos: Vec<String>,
    /// How they are read.
    pub proto: compile::Options,
    /// Where templates may come from.
    pub templates: Places,
    /// What Go's environment says about where modules are.
    pub surroundings: Surroundings,
}

/// Makes a gateway for the directory `root`.
///
/// # Errors
///
/// All that is wrong with the `.proto` files, the directory and the templates is in the report.
pub fn generate(root: &Root, options: &Options, sources: &mut Sources, report: &mut Report) -> Result<Vec<RenderedFile>, Failure> {
    let spec = spec(options, sources, report);
    let spec = spec.as_ref();
    let upstreams = spec.map_or(Vec::new(), |spec| routes::upstreams(spec, sources, report));
    let module = enclosing(root, None, ANOTHER_DIR, &options.surroundings, sources.disk(), report);
    check_package(root, sources.disk(), report);
    let home = Home::find(&options.templates, sources, report);
    let Some(module) = module.filter(|_| !report.has_errors()) else { return Err(Failure::Input) };
    let plan = plan(root.clone(), &module, &upstreams, spec);
    files::check(&plan, report);
    if report.has_errors() {
        return Err(Failure::Input);
    }
    let files = render(plan, &mut home?, sources, report)?;
    kept::check(&upstreams, root, sources, report);
    Ok(files)
}

/// What the `.proto` files say; `None` where there are none, or where the report says why not.
fn spec(options: &Options, sources: &mut Sources, report: &mut Report) -> Option<RpcSpec> {
    if options.protos.is_empty() {
        return None;
    }
    check(compile(&options.protos, &options.proto, sources, report)?, sources, report)
}

/// A new main.go needs a directory whose Go files are of package `main` and declare nothing that it declares.
fn check_package(root: &Root, disk: &Disk, report: &mut Report) {
    let standing = Package::read(&root.dir, disk);
    if standing.has(MAIN) {
        return;
    }
    const HELP: &str = "a gateway is a program of its own: choose another `--dir`";
    let other =
        standing.files(&[MAIN]).find(|(_, package)| *package != "main").map(|(file, package)| (file.to_owned(), package.to_owned()));
    if let Some((file, package)) = other {
        let message = format!("`{MAIN}` would be of package `main`, `{file}` is of package `{package}`");
        report.push(Diagnostic::error(Code::TwoPackages, message).path(&root.shown).help(HELP));
        return;
    }
    for name in ["main", "configFile"] {
        if let Some(file) = standing.declaring(name, &[MAIN]) {
            let message = format!("`{file}` declares `{name}` already, as `{MAIN}` would");
            report.push(Diagnostic::error(Code::DuplicateName, message).path(&root.shown).help(HELP));
        }
    }
}
