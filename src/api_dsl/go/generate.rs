//! `api go` from first to last: text to rendered files. Nothing is written here.

use std::path::Path;

use super::super::ast::File;
use super::super::check::check;
use super::super::import;
use super::names::Names;
use super::plan::Paths;
use super::{Project, changed, earlier, plan, wiring};
use crate::compat::Compat;
use crate::diagnostic::Report;
use crate::golang::enclosing::{ANOTHER_DIR, Surroundings, enclosing};
use crate::golang::files::{forbid_other_style, style};
use crate::golang::kept::Tree;
use crate::plan::{RenderedFile, Root, RootId};
use crate::render::home::Places;
use crate::render::{Failure, Home, render};
use crate::source::Sources;

/// What `api go` was asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `--style`; empty for `gozero`.
    pub style: String,
    /// `--type-group`
    pub type_group: bool,
    /// `--test`
    pub tests: bool,
    /// `--compat`
    pub compat: Compat,
    /// `--module` of `api new`.
    pub module: Option<String>,
    /// Where templates may come from.
    pub templates: Places,
    /// What Go's environment says about where modules are.
    pub surroundings: Surroundings,
}

/// The service of an API, ready to be written below `root`.
#[derive(Debug)]
pub struct Generated {
    /// The directory the user gave.
    pub root: Root,
    /// Everything that belongs there.
    pub files: Vec<RenderedFile>,
}

/// Makes the service of the API at `api` for the directory `root`.
///
/// All that is wrong with the input is reported together; a `--style` or a go.mod is input too.
pub fn generate(api: &Path, root: Root, options: &Options, sources: &mut Sources, report: &mut Report) -> Result<Generated, Failure> {
    let files = import::load(api, sources, report);
    let home = Home::find(&options.templates, sources, report);
    from_files(files, root, home.map_err(Failure::from), options, sources, report)
}

/// The same for an API whose files are loaded, with the templates of a home.
pub fn from_files(
    files: Vec<File>,
    root: Root,
    home: Result<Home, Failure>,
    options: &Options,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Generated, Failure> {
    let spec = check(&files, report);
    // Of a big API the trees are the larger part of what is in memory.
    drop(files);
    let style = style(&options.style, report);
    let module = enclosing(&root, options.module.as_deref(), ANOTHER_DIR, &options.surroundings, sources.disk(), report);
    let (Some(spec), Some(style), Some(module)) = (spec, style, module) else { return Err(Failure::Input) };
    let mut home = home?;
    let project = Project {
        import_root: module.import_root,
        module: module.path,
        is_new: module.is_new,
        style,
        type_group: options.type_group,
        tests: options.tests,
        compat: options.compat,
    };
    let names = Names::new(&spec, report);
    if report.has_errors() {
        return Err(Failure::Input);
    }
    let mut plan = plan(&spec, &names, &project, root.clone(), report).ok_or(Failure::Input)?;
    forbid_other_style(&plan, sources.disk(), report);
    if report.has_errors() {
        return Err(Failure::Input);
    }
    earlier::remove_stale_types(&mut plan, sources.disk());
    let files = render(plan, &mut home, sources, report)?;
    wiring::check(&names, &Paths { api: &spec, project: &project }, &root, sources, report);
    changed::check(&Tree::new(&root, RootId(0), &project.import_root, &files), sources, report);
    Ok(Generated { root, files })
}
