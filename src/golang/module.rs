//! The Go module a directory belongs to, read from go.mod and go.work without a Go toolchain.
//!
//! Source of the rules: contract api-go 3, cli-and-ops 15; go.dev/ref/mod (go.mod file grammar, workspaces).

use std::path::{Path, PathBuf};

use super::ident::{is_standard, not_importable};
use super::mod_file::{Statement, first_words, statements};
use crate::source::{Disk, ReadError};

/// What a new go.mod says behind `go`: go-zero's own line (decisions, Files).
pub const GO_VERSION: &str = "1.25.0";

/// Where generated packages live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// The module's path.
    pub path: String,
    /// The import path of the output directory.
    pub import_root: String,
    /// Whether no module encloses the directory, so that one must be made in it.
    pub is_new: bool,
    /// The go.work that is in effect and does not list the module, and the module's directory.
    pub unlisted_in: Option<(PathBuf, PathBuf)>,
    /// A module path that was asked for and is not used, because a module is there already.
    pub ignored_name: Option<String>,
}

/// What Go's environment says about where modules are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Environment<'a> {
    /// `$GOPATH`
    pub gopath: Option<&'a Path>,
    /// `$GOWORK`: a workspace file, `off`, or nothing.
    pub gowork: Option<&'a str>,
}

/// What kept a module from being found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModuleError {
    /// The go.mod at the path says no module; or cannot be read, with the reason.
    BadGoMod(PathBuf, String),
    /// This cannot be the path of a module.
    BadName(String),
    /// No package below this directory could be imported, and why.
    BadDirectory(String, &'static str),
}

/// Finds the module of `dir` (absolute, without symbolic links; need not exist).
///
/// Where there is none, and the directory is not below `$GOPATH/src` either, a new one is called `name`, or like the
/// directory.
pub fn find(dir: &Path, name: Option<&str>, environment: Environment<'_>, disk: &Disk) -> Result<Module, ModuleError> {
    let workspace = workspace(dir, environment, disk);
    for ancestor in dir.ancestors() {
        let file = ancestor.join("go.mod");
        if !disk.exists(&file) || disk.is_dir(&file) {
            continue;
        }
        let text = disk.read_text(&file).map_err(|e: ReadError| ModuleError::BadGoMod(file.clone(), e.to_string()))?;
        let statements = statements(&text);
        let Some(path) = module_path(&statements).map(str::to_owned) else {
            return Err(ModuleError::BadGoMod(file, "it has no `module` line with the path of a module".to_owned()));
        };
        let import_root = join(&path, dir.strip_prefix(ancestor).unwrap_or(Path::new("")))?;
        let unlisted_in = workspace.filter(|work| !lists(work, ancestor, disk)).map(|work| (work, ancestor.to_owned()));
        let ignored_name = name.filter(|name| *name != path).map(str::to_owned);
        return Ok(Module { path, import_root, is_new: false, unlisted_in, ignored_name });
    }
    if let Some(rest) =
        environment.gopath.and_then(|gopath| dir.strip_prefix(gopath.join("src")).ok()).filter(|rest| *rest != Path::new(""))
    {
        let path = join("", rest)?;
        return Ok(Module { import_root: path.clone(), path, is_new: false, unlisted_in: None, ignored_name: name.map(str::to_owned) });
    }
    let path = match name {
        Some(name) if is_module_path(name) => name.to_owned(),
        Some(name) => return Err(ModuleError::BadName(name.to_owned())),
        None => default_name(dir)?,
    };
    Ok(Module {
        import_root: path.clone(),
        path,
        is_new: true,
        unlisted_in: workspace.map(|work| (work, dir.to_owned())),
        ignored_name: None,
    })
}

/// The workspace file that is in effect in a directory.
pub(crate) fn workspace(dir: &Path, environment: Environment<'_>, disk: &Disk) -> Option<PathBuf> {
    match environment.gowork {
        Some("off") => None,
        Some(file) if !file.is_empty() => Some(PathBuf::from(file)),
        _ => dir.ancestors().map(|d| d.join("go.work")).find(|file| disk.exists(file) && !disk.is_dir(file)),
    }
}

/// The text of a new go.mod.
pub fn go_mod(path: &str) -> String {
    format!("module {path}\n\ngo {GO_VERSION}\n")
}

/// The import path of what lies `below` the directory that is imported as `path`.
///
/// # Errors
///
/// A directory on the way that cannot be part of an import path.
pub fn join(path: &str, below: &Path) -> Result<String, ModuleError> {
    let parts: Vec<String> = below.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    if let Some((part, reason)) = parts.iter().find_map(|part| Some((part, not_importable(part)?))) {
        return Err(ModuleError::BadDirectory(part.clone(), reason));
    }
    Ok(std::iter::once(path.to_owned()).filter(|path| !path.is_empty()).chain(parts).collect::<Vec<_>>().join("/"))
}

/// The directory's name, with what a module path cannot hold replaced by `-`; a name that Go has already gets a suffix.
fn default_name(dir: &Path) -> Result<String, ModuleError> {
    let base = dir.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    let name: String = base.chars().map(|c| if is_path_char(c) { c } else { '-' }).collect();
    let name = name.trim_matches(['-', '.']).to_owned();
    match name.as_str() {
        "" => Err(ModuleError::BadName(base)),
        name if is_standard(name) || not_importable(name).is_some() => Ok(format!("{name}-service")),
        name => Ok(name.to_owned()),
    }
}

fn is_path_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~')
}

/// golang.org/x/mod/module, `CheckImportPath`: parts of letters, digits, `-._~`, not starting or ending with a dot.
fn is_module_path(path: &str) -> bool {
    let part = |part: &str| part.chars().all(is_path_char) && !part.starts_with(['.', '-']) && not_importable(part).is_none();
    path.split('/').all(part) && !is_standard(path.split('/').next().unwrap_or(""))
}

/// The path that the `module` line gives, alone or in parentheses.
pub(crate) fn module_path(go_mod: &[Statement]) -> Option<&str> {
    let module = go_mod.iter().find(|statement| statement.directive == "module")?;
    let [path] = module.words.as_slice() else { return None };
    let is_part = |part: &str| part.chars().all(is_path_char) && not_importable(part).is_none();
    path.text.split('/').all(is_part).then_some(path.text.as_str())
}

/// Whether a go.work has a `use` for the directory.
fn lists(work: &Path, dir: &Path, disk: &Disk) -> bool {
    let Ok(text) = disk.read_text(work) else { return true };
    let base = work.parent().unwrap_or(Path::new("/"));
    let statements = statements(&text);
    first_words(&statements, "use").any(|used| disk.canonical(&base.join(used)).is_ok_and(|used| used == dir))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(dir: &str, name: Option<&str>, files: &[(&str, &str)]) -> Result<Module, ModuleError> {
        find(Path::new(dir), name, Environment { gopath: Some(Path::new("/go")), gowork: None }, &Disk::memory(files.iter().copied()))
    }

    #[test]
    fn the_innermost_module_wins() {
        let files = [("/p/go.mod", "module example.com/p // ours\n"), ("/p/a/go.mod", "\nmodule \"example.com/a\"\n")];
        assert_eq!(found("/p/a/b", None, &files).unwrap().import_root, "example.com/a/b");
        assert_eq!(found("/p/b", None, &files).unwrap().import_root, "example.com/p/b");
        let module = found("/p", Some("x"), &files).unwrap();
        assert_eq!((module.import_root.as_str(), module.ignored_name.as_deref()), ("example.com/p", Some("x")));
    }

    #[test]
    fn a_new_module_is_called_like_its_directory() {
        let module = found("/w/my shop", None, &[]).unwrap();
        assert_eq!((module.path.as_str(), module.is_new), ("my-shop", true));
        assert_eq!(found("/w/x", Some("example.com/x"), &[]).unwrap().path, "example.com/x");
        assert_eq!(found("/w/time", None, &[]).unwrap().path, "time-service");
        for bad in ["a b", "std/x", "a//b", "a/aux"] {
            assert_eq!(found("/w/x", Some(bad), &[]), Err(ModuleError::BadName(bad.into())));
        }
        let go_mod = [("/p/go.mod", "module p")];
        assert!(matches!(found("/p/my services/x", None, &go_mod), Err(ModuleError::BadDirectory(part, _)) if part == "my services"));
        assert_eq!(found("/go/src/example.com/x", None, &[]).unwrap().import_root, "example.com/x");
    }

    #[test]
    fn a_workspace_that_does_not_know_the_module_is_named() {
        let files = [
            ("/p/go.work", "go 1.25\nuse (\n\t./a // one\n)\nuse ./c\n"),
            ("/p/a/go.mod", "module a"),
            ("/p/b/go.mod", "module b"),
            ("/p/c/go.mod", "module c"),
        ];
        assert_eq!(found("/p/a", None, &files).unwrap().unlisted_in, None);
        assert_eq!(found("/p/c/d", None, &files).unwrap().unlisted_in, None);
        assert_eq!(found("/p/b", None, &files).unwrap().unlisted_in, Some((PathBuf::from("/p/go.work"), PathBuf::from("/p/b"))));
    }

    #[test]
    fn a_go_mod_without_module_is_an_error() {
        for text in ["go 1.25\n", "module a\"b\"\n", "modules x\n", "module\n", "module a b\n"] {
            assert!(matches!(found("/p", None, &[("/p/go.mod", text)]), Err(ModuleError::BadGoMod(..))), "{text}");
        }
        let block = [("/p/go.mod", "module (\n\t// ours\n\texample.com/p\n)\n")];
        assert_eq!(found("/p", None, &block).unwrap().path, "example.com/p");
    }
}
