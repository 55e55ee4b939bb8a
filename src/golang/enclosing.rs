//! The module that a directory of a command belongs to, with what a user should know of it.

use std::path::{Path, PathBuf};

use super::module::{self, Environment, Module, ModuleError};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::plan::Root;
use crate::source::Disk;

/// How another directory is chosen where there is a flag for it.
pub const ANOTHER_DIR: &str = "choose another `--dir`";

/// What Go's environment says, as a command hands it over.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// `$GOPATH`, or Go's default for it.
    pub gopath: Option<PathBuf>,
    /// `$GOWORK`: a workspace file, `off`, or nothing.
    pub gowork: Option<String>,
}

impl Surroundings {
    /// As [`module::find`] wants it.
    pub fn environment(&self) -> Environment<'_> {
        Environment { gopath: self.gopath.as_deref(), gowork: self.gowork.as_deref() }
    }
}

/// The module of `root`; where there is none, the one that is to be made there, called `name` or like the directory.
/// `None` where there can be none: the report says why, and with `elsewhere` how another directory is chosen.
pub fn enclosing(
    root: &Root,
    name: Option<&str>,
    elsewhere: &str,
    surroundings: &Surroundings,
    disk: &Disk,
    report: &mut Report,
) -> Option<Module> {
    match module::find(&root.dir, name, surroundings.environment(), disk) {
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
            report.push(Diagnostic::error(Code::BadModule, message).path(&root.shown).help(elsewhere));
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
