//! The modules beside its own that code in a directory can import from, as go.mod and go.work name them.
//!
//! Source of the rules: go.dev/ref/mod (`require`, workspaces).

use std::path::Path;

use super::mod_file::{first_words, statements};
use super::module::{self, Environment, module_path};
use crate::source::Disk;

/// The paths of the modules that the go.mod around `dir` requires, and of those in the workspace that is in effect.
pub fn required(dir: &Path, environment: Environment<'_>, disk: &Disk) -> Vec<String> {
    let go_mod = dir.ancestors().map(|dir| dir.join("go.mod")).find(|file| disk.exists(file) && !disk.is_dir(file));
    let text = go_mod.and_then(|file| disk.read_text(&file).ok()).unwrap_or_default();
    let go_mod = statements(&text);
    let own = module_path(&go_mod);
    let mut paths: Vec<String> = first_words(&go_mod, "require").map(str::to_owned).collect();
    if let Some(work) = module::workspace(dir, environment, disk) {
        let go_work = statements(&disk.read_text(&work).unwrap_or_default());
        let base = work.parent().unwrap_or(Path::new("/"));
        let used = first_words(&go_work, "use").filter_map(|used| disk.read_text(&base.join(used).join("go.mod")).ok());
        paths.extend(used.filter_map(|text| module_path(&statements(&text)).map(str::to_owned)));
    }
    paths.retain(|path| Some(path.as_str()) != own);
    paths.sort();
    paths.dedup();
    paths
}

/// Whether a package of this import path is in the module: the module's own path, or one below it.
pub fn is_below(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_mod_and_go_work_are_read() {
        let disk = Disk::memory([
            ("/p/go.work", "go 1.25\nuse (\n\t./a\n\t./b // the other\n)\nuse ./none\n"),
            ("/p/a/go.mod", "module example.com/a\n\nrequire example.com/x v1.0.0\nrequire (\n\texample.com/y/v2 v2.1.0 // indirect\n)\n"),
            ("/p/b/go.mod", "module example.com/b\n"),
        ]);
        let environment = Environment::default();
        assert_eq!(required(Path::new("/p/a/rpc"), environment, &disk), ["example.com/b", "example.com/x", "example.com/y/v2"]);
        let off = Environment { gowork: Some("off"), ..environment };
        assert_eq!(required(Path::new("/p/b"), off, &disk), [""; 0]);
    }

    #[test]
    fn a_path_is_compared_by_its_parts() {
        assert!(is_below("a/b", "a/b") && is_below("a/b/c", "a/b"));
        assert!(!is_below("a/bc", "a/b") && !is_below("a", "a/b"));
    }
}
