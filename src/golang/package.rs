//! A Go package as it stands on the disk: its name, and what its files declare.
//!
//! In: a directory. Out: what a generator must know of the files beside its own: that they are of another package, or
//! declare a name already. The files are read as gofmt leaves them: declarations start at the margin.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::constraint::{is_never_built, is_of_package};
use crate::plan::{Ownership, RenderedFile};
use crate::source::Disk;

/// The Go files of a directory, tests aside.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// By name.
    files: Vec<GoFile>,
}

#[derive(Debug, Clone)]
struct GoFile {
    name: String,
    package: String,
    declared: Vec<String>,
}

impl Package {
    /// Reads the package in a directory; what cannot be read, or is left out of every build, is passed over.
    pub fn read(dir: &Path, disk: &Disk) -> Self {
        let names = disk.list(dir).unwrap_or_default().into_iter().filter(|(_, is_dir)| !is_dir);
        let read = |name: String| {
            let text = disk.read_text(&dir.join(&name)).ok()?;
            let package = package_clause(&text).filter(|_| !is_never_built(&text))?.to_owned();
            Some(GoFile { name, package, declared: declared(&text) })
        };
        Self { files: names.map(|(name, _)| name).filter(|name| is_of_package(name)).filter_map(read).collect() }
    }

    /// The name in the package clauses; of several the first by file.
    pub fn name(&self) -> Option<&str> {
        self.files.first().map(|file| file.package.as_str())
    }

    /// The first file besides those named `planned` that declares `name` at its top, whichever way.
    pub fn declaring(&self, name: &str, planned: &[&str]) -> Option<&str> {
        let others = self.files.iter().filter(|file| !planned.contains(&file.name.as_str()));
        others.filter(|file| file.declared.iter().any(|declared| declared == name)).map(|file| file.name.as_str()).next()
    }

    /// What a file declares; nothing where it is not there.
    pub fn declared_in(&self, file: &str) -> &[String] {
        self.files.iter().find(|known| known.name == file).map_or(&[], |known| &known.declared)
    }

    /// What the files besides those named `planned` declare, each name with the first file that does.
    pub fn declared_besides(&self, planned: &BTreeSet<&str>) -> BTreeMap<&str, &str> {
        let mut all = BTreeMap::new();
        for file in self.files.iter().filter(|file| !planned.contains(file.name.as_str())) {
            for name in &file.declared {
                all.entry(name.as_str()).or_insert(file.name.as_str());
            }
        }
        all
    }

    /// The first name that `text` declares and a file besides those named `planned` has already, with that file.
    pub fn declares_again(&self, text: &str, planned: &BTreeSet<&str>) -> Option<(String, &str)> {
        let standing = self.declared_besides(planned);
        let names = if standing.is_empty() { Vec::new() } else { declared(text) };
        names.into_iter().find_map(|name| standing.get(name.as_str()).map(|other| (name.clone(), *other)))
    }

    /// What the files that are about to be `written` here would declare a second time: each of these files once, with the name
    /// and the file that has it.
    pub fn declared_again<'a>(&'a self, written: &[&'a RenderedFile]) -> Vec<(&'a RenderedFile, String, &'a str)> {
        let planned = written.iter().map(|file| file.path.as_str()).collect();
        let go = written.iter().filter(|file| file.path.ends_with(".go"));
        let again = go.filter_map(|file| self.declares_again(file.body.text(), &planned).map(|(name, other)| (*file, name, other)));
        again.collect()
    }

    /// Whether a file is the user's and there, so that it stays as it is.
    pub fn is_kept(&self, file: &RenderedFile) -> bool {
        file.owner == Ownership::Scaffold && self.has(&file.path)
    }

    /// Whether a file of this name is there.
    pub fn has(&self, file: &str) -> bool {
        self.files.iter().any(|known| known.name == file)
    }

    /// The files besides those named `planned`, each with its package.
    pub fn files<'a>(&'a self, planned: &'a [&'a str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        let others = self.files.iter().filter(move |file| !planned.contains(&file.name.as_str()));
        others.map(|file| (file.name.as_str(), file.package.as_str()))
    }
}

/// The package that a file says it belongs to.
pub fn package_clause(text: &str) -> Option<&str> {
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    loop {
        rest = rest.trim_start();
        rest = if rest.starts_with("//") {
            rest.split_once('\n')?.1
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.split_once("*/")?.1
        } else {
            let name = rest.strip_prefix("package")?.trim_start_matches([' ', '\t']);
            return name.split(|c: char| c != '_' && !c.is_alphanumeric()).next().filter(|name| !name.is_empty());
        };
    }
}

/// The types, functions, variables and constants that a file declares at its top; what Go takes twice aside.
pub fn declared(text: &str) -> Vec<String> {
    const WORDS: [&str; 4] = ["type", "func", "var", "const"];
    let mut names = Vec::new();
    let mut group = false;
    for line in text.lines() {
        let in_group = line.strip_prefix('\t').filter(|rest| group && !rest.starts_with(['\t', ' ', '/', '}', ')']));
        let of_word = WORDS.iter().find_map(|word| line.strip_prefix(word)?.strip_prefix(' '));
        if let Some(rest) = of_word {
            group = rest.starts_with('(') && !line.starts_with("func");
        } else if line.starts_with(')') {
            group = false;
        }
        let Some(rest) = in_group.or(of_word) else { continue };
        let end = rest.find(|c: char| c != '_' && c != ',' && c != ' ' && !c.is_alphanumeric()).unwrap_or(rest.len());
        // `a, b = 1, 2` declares both; `T struct` and `x int` the first word alone.
        let listed = rest.get(..end).unwrap_or("").split(',').map(|part| part.split_whitespace().next().unwrap_or(""));
        names.extend(listed.filter(|name| !matches!(*name, "" | "_" | "init")).map(str::to_owned));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_clauses() {
        let rows = [
            ("// Code generated.\n\n/* a\nb */ package model // x\n", Some("model")),
            ("package model;import \"x\"", Some("model")),
            ("// package a\n", None),
            ("import \"x\"\n", None),
        ];
        for (text, name) in rows {
            assert_eq!(package_clause(text), name, "{text}");
        }
    }

    #[test]
    fn names_at_the_top() {
        let text = "package a\n\nvar ErrNotFound = sqlx.ErrNotFound\n\nvar (\n\ta, b = 1, 2\n\t_ I = (*T)(nil)\n)\n\n\
                    type (\n\tT struct {\n\t\tx int\n\t}\n\tG[K any] struct{}\n)\n\nfunc f() {\n\tlocal := 1\n}\n\nfunc init() {}\n\nfunc (t T) Method() {}\n";
        assert_eq!(declared(text), ["ErrNotFound", "a", "b", "T", "G", "f"]);
    }

    #[test]
    fn a_package_of_several_files() {
        let disk = Disk::memory([
            ("/p/a.go", "package p\n\ntype A int\n"),
            ("/p/a_test.go", "package p_test\n"),
            ("/p/_old.go", "package old\n\ntype A int\n"),
            ("/p/gen.go", "//go:build ignore\n\npackage main\n"),
            ("/p/z.go", "package q\n"),
        ]);
        let package = Package::read(Path::new("/p"), &disk);
        assert_eq!(package.name(), Some("p"));
        assert_eq!((package.declaring("A", &[]), package.declaring("A", &["a.go"])), (Some("a.go"), None));
        assert_eq!(package.files(&["a.go"]).collect::<Vec<_>>(), [("z.go", "q")]);
        assert!(package.has("a.go") && !package.has("gen.go"));
    }
}
