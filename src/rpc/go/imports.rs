//! What the Go files of a service call the packages they import: the package's own name, unless something else has it.

use std::collections::{BTreeMap, BTreeSet};

use crate::compat::Compat;
use crate::golang::ident::quote;

/// A package, as a file that imports it knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Import {
    /// Its import path.
    pub(crate) path: String,
    /// What code calls it.
    pub(crate) name: String,
    /// Whether the name is written before the path.
    is_written: bool,
}

impl Import {
    /// `"example.com/shop/user"`, or `v1user "example.com/shop/user/v1"`.
    pub(crate) fn line(&self) -> String {
        if self.is_written { format!("{} {}", self.name, quote(&self.path)) } else { quote(&self.path) }
    }

    /// A package under its own name.
    pub(crate) fn plain(path: String, name: String) -> Self {
        Self { path, name, is_written: false }
    }
}

/// The names of packages in some files that share them.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
    known: BTreeMap<String, Import>,
    compat: Compat,
}

impl Scope {
    /// Nothing is imported yet, and the words of `taken` mean something else.
    pub(crate) fn new(taken: impl IntoIterator<Item = String>, compat: Compat) -> Self {
        Self { taken: taken.into_iter().collect(), known: BTreeMap::new(), compat }
    }

    /// A package, called `name` in its own files.
    pub(crate) fn import(&mut self, path: &str, name: &str) -> Import {
        if let Some(known) = self.known.get(path) {
            return known.clone();
        }
        let free = self.free(name, &format!("{name}pb"));
        let directory = path.rsplit('/').next().unwrap_or(path);
        let is_written = free != name || name != directory && self.compat.names_imports();
        self.add(Import { path: path.to_owned(), name: free, is_written })
    }

    /// A package under a name that is chosen for it, or a number behind that.
    pub(crate) fn rename(&mut self, path: String, name: &str) -> Import {
        let name = self.free(name, name);
        self.add(Import { path, name, is_written: true })
    }

    /// The first that is free of a name, another one, and that with numbers.
    fn free(&self, name: &str, other: &str) -> String {
        let numbered = (2..).map(|n| format!("{other}{n}"));
        let mut names = [name.to_owned(), other.to_owned()].into_iter().chain(numbered);
        names.find(|name| !self.taken.contains(name)).unwrap_or_else(|| name.to_owned())
    }

    /// A package whose name is decided.
    pub(crate) fn add(&mut self, import: Import) -> Import {
        self.taken.insert(import.name.clone());
        self.known.insert(import.path.clone(), import.clone());
        import
    }
}

/// Imports as lines, each once, by path.
pub(crate) fn lines<'a>(imports: impl IntoIterator<Item = &'a Import>) -> Vec<String> {
    let by_path: BTreeMap<&str, &Import> = imports.into_iter().map(|import| (import.path.as_str(), import)).collect();
    by_path.values().map(|import| import.line()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_has_its_own_name_where_it_can() {
        let mut scope = Scope::new(["config".to_owned()], Compat::Ctl);
        let mut line = |path: &str, name: &str| scope.import(path, name).line();
        assert_eq!(line("x/user", "user"), "\"x/user\"");
        assert_eq!(line("x/user", "user"), "\"x/user\"");
        assert_eq!(line("y/user", "user"), "userpb \"y/user\"");
        assert_eq!(line("z/user", "user"), "userpb2 \"z/user\"");
        assert_eq!(line("x/config", "config"), "configpb \"x/config\"");
        assert_eq!(line("x/v1", "user_v1"), "user_v1 \"x/v1\"");
        assert_eq!(scope.rename("x/server".to_owned(), "config").line(), "config2 \"x/server\"");
    }

    #[test]
    fn goctl_leaves_out_what_go_finds_by_itself() {
        let mut scope = Scope::new([], Compat::Goctl);
        assert_eq!(scope.import("x/user-api", "user_api").line(), "\"x/user-api\"");
    }
}
