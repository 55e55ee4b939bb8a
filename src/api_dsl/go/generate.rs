//! `api go` from first to last: text to rendered files. Nothing is written here.

use std::path::{Path, PathBuf};

use super::super::ast::File;
use super::super::check::check;
use super::super::import;
use super::names::Names;
use super::plan::Paths;
use super::{Project, changed, earlier, plan, wiring};
use crate::compat::Compat;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::files::{forbid_other_style, style};
use crate::golang::kept::Tree;
use crate::golang::module::{self, Environment, Module, ModuleError};
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
    /// `$GOPATH`, or Go's default for it.
    pub gopath: Option<PathBuf>,
    /// `$GOWORK`: a workspace file, `off`, or nothing.
    pub gowork: Option<String>,
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
    let module = find_module(&root, options, sources, report);
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

fn find_module(root: &Root, options: &Options, sources: &Sources, report: &mut Report) -> Option<Module> {
    let environment = Environment { gopath: options.gopath.as_deref(), gowork: options.gowork.as_deref() };
    match module::find(&root.dir, options.module.as_deref(), environment, sources.disk()) {
        Ok(module) => {
            notes(&module, root, report);
            Some(module)
        }
        Err(ModuleError::BadGoMod(path, reason)) => {
            report.push(Diagnostic::error(Code::BadModule, reason).path(path.display().to_string()));
            None
        }
        Err(ModuleError::BadDirectory(part, reason)) => {
            let message = format!("no package below `{part}` could be imported: {reason}");
            report.push(Diagnostic::error(Code::BadModule, message).path(&root.shown).help("choose another `--dir`"));
            None
        }
        Err(ModuleError::BadName(name)) => {
            let error = Diagnostic::error(Code::BadModule, format!("`{name}` cannot be the path of a Go module"));
            report.push(error.help("use letters, digits, `-`, `.`, `_` and `/`; or make the module first: `go mod init example.com/shop`"));
            None
        }
    }
}

fn notes(module: &Module, root: &Root, report: &mut Report) {
    if let Some(name) = &module.ignored_name {
        let message = format!("`--module {name}` has no effect: {} is part of module `{}`", root.shown, module.path);
        report.push(Diagnostic::warning(Code::Module, message));
    }
    if let Some((work, dir)) = &module.unlisted_in {
        let message = "this workspace does not list the module, and Go will refuse to build it there";
        let base = work.parent().unwrap_or(Path::new("/"));
        let (place, dir) = match dir.strip_prefix(base) {
            Ok(below) => (base, Path::new(".").join(below)),
            Err(_) => (base, dir.clone()),
        };
        let help = format!("run `go work use {}` in {}", dir.display(), place.display());
        report.push(Diagnostic::warning(Code::Module, message).path(work.display().to_string()).help(help));
    }
}
