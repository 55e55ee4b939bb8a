//! Where `.proto` files are looked for, and what they are called there.
//!
//! In: the `-I` directories and the files of a command line. Out: files on disk with their virtual names, which imports and
//! generated code use (contract: rpc 3.2). A file below two of the directories is known by the first of them.

use std::path::{Component, Path, PathBuf};

use crate::source::Disk;

/// The directories that imports are looked for in.
#[derive(Debug)]
pub(super) struct Paths {
    includes: Vec<Include>,
    /// The directories of the files on the command line, which goctl looks into as well (contract: rpc 3.3).
    beside: Vec<PathBuf>,
}

/// An `-I`.
#[derive(Debug)]
pub(super) struct Include {
    /// What `-I virtual=dir` puts before the names below `dir`, with a slash behind; empty as a rule.
    prefix: String,
    /// As typed.
    pub(super) shown: PathBuf,
    /// Absolute, by its text alone.
    lexical: PathBuf,
    /// Absolute, without links.
    real: PathBuf,
}

/// A file on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Its virtual name.
    pub(super) name: String,
    /// Where it is.
    pub(super) path: PathBuf,
    /// How the user knows it: below the `-I` as typed.
    pub(super) shown: String,
}

/// Why a file of the command line cannot be compiled.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NotNamed {
    /// There is no such file, on disk or below an `-I`.
    Missing,
    /// It is a directory.
    Directory,
    /// It is below no `-I`.
    Outside,
    /// An earlier `-I` has another file of its name: which name, and that file.
    Shadowed(String, String),
}

impl Include {
    fn new(typed: &str, disk: &Disk) -> Self {
        let (prefix, dir) = match typed.split_once('=') {
            // A directory may have the sign in its name.
            Some((prefix, dir)) if !disk.exists(Path::new(typed)) => (prefix.trim_end_matches('/'), dir),
            _ => ("", typed),
        };
        let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
        let shown = PathBuf::from(if dir.is_empty() { "." } else { dir });
        Self { prefix, lexical: lexical(&shown), real: disk.resolve(&shown), shown }
    }

    /// The path below this directory that a virtual name stands for.
    fn below<'a>(&self, name: &'a str) -> Option<&'a str> {
        name.strip_prefix(&self.prefix)
    }

    /// The virtual name of a file, if it is below this directory.
    fn name_of(&self, lexical: &Path, real: &Path) -> Option<(String, String)> {
        let rest = lexical.strip_prefix(&self.lexical).or_else(|_| real.strip_prefix(&self.real)).ok()?;
        let rest = slashed(rest)?;
        (!rest.is_empty()).then(|| (format!("{}{rest}", self.prefix), self.shown_file(&rest)))
    }

    fn shown_file(&self, rest: &str) -> String {
        if self.shown == Path::new(".") { rest.to_owned() } else { self.shown.join(rest).display().to_string() }
    }
}

impl Paths {
    /// The directories as typed, each perhaps several with the separator of `PATH`; the current one where there is none.
    pub(super) fn new(typed: &[String], disk: &Disk) -> Self {
        let split = typed.iter().flat_map(|dirs| std::env::split_paths(dirs).map(|dir| dir.to_string_lossy().into_owned()));
        let mut includes: Vec<Include> = split.filter(|dir| !dir.is_empty()).map(|dir| Include::new(&dir, disk)).collect();
        if includes.is_empty() {
            includes.push(Include::new(".", disk));
        }
        Self { includes, beside: Vec::new() }
    }

    /// The `-I` directories, in their order.
    pub(super) fn includes(&self) -> &[Include] {
        &self.includes
    }

    /// What protoc is to be given for these directories.
    pub(super) fn for_protoc(&self) -> impl Iterator<Item = PathBuf> {
        let mapped = |include: &Include| {
            let prefix = include.prefix.trim_end_matches('/');
            if prefix.is_empty() { include.shown.clone() } else { PathBuf::from(format!("{prefix}={}", include.shown.display())) }
        };
        self.includes.iter().map(mapped).chain(self.beside.iter().cloned())
    }

    /// A file of the command line: one on disk, else a virtual name. Its directory is searched from now on.
    pub(super) fn named(&mut self, file: &str, disk: &Disk) -> Result<Found, NotNamed> {
        let path = Path::new(file);
        if disk.is_dir(path) {
            return Err(NotNamed::Directory);
        }
        let found = if disk.size(path).is_some() || disk.exists(path) {
            let (name, shown) = self.name_of(path, disk).ok_or(NotNamed::Outside)??;
            Found { name, path: path.to_owned(), shown }
        } else {
            self.find_below(&file.replace(std::path::MAIN_SEPARATOR, "/"), disk).ok_or(NotNamed::Missing)?
        };
        if let Some(dir) = disk.resolve(&found.path).parent().map(Path::to_owned)
            && !self.beside.contains(&dir)
        {
            self.beside.push(dir);
        }
        Ok(found)
    }

    /// The file that an import names: below the first directory that has it, else beside a file of the command line.
    pub(super) fn find(&self, name: &str, disk: &Disk) -> Option<Found> {
        self.find_below(name, disk).or_else(|| {
            let path = self.beside.iter().map(|dir| dir.join(name)).find(|path| disk.size(path).is_some())?;
            // It has a name of its own where it is below an `-I`; else it is what this import calls it.
            let (name, shown) = match self.name_of(&path, disk) {
                Some(Ok(known)) => known,
                _ => (name.to_owned(), path.display().to_string()),
            };
            Some(Found { name, path, shown })
        })
    }

    fn find_below(&self, name: &str, disk: &Disk) -> Option<Found> {
        self.includes.iter().find_map(|include| {
            let rest = include.below(name)?;
            let path = include.real.join(rest);
            disk.size(&path).is_some().then(|| Found { name: name.to_owned(), path, shown: include.shown_file(rest) })
        })
    }

    /// The virtual name of a file on disk, and how it is shown: by the first directory that it is below.
    fn name_of(&self, path: &Path, disk: &Disk) -> Option<Result<(String, String), NotNamed>> {
        let (lexical, real) = (lexical(path), disk.resolve(path));
        self.includes.iter().enumerate().find_map(|(at, include)| {
            let (name, shown) = include.name_of(&lexical, &real)?;
            let other = self.includes.iter().take(at).find_map(|earlier| {
                let rest = earlier.below(&name)?;
                let other = earlier.real.join(rest);
                (disk.size(&other).is_some() && disk.resolve(&other) != real).then(|| earlier.shown_file(rest))
            });
            Some(match other {
                Some(other) => Err(NotNamed::Shadowed(name, other)),
                None => Ok((name, shown)),
            })
        })
    }

    /// The `.proto` files in the directories that an import of that name would be in, as imports spell them.
    pub(super) fn neighbours(&self, name: &str, disk: &Disk) -> Vec<String> {
        let dir = name.rsplit_once('/').map_or("", |(dir, _)| dir);
        let all = self.includes.iter().filter_map(|include| include.below(dir).map(|rest| include.real.join(rest)));
        let listed = all.chain(self.beside.iter().map(|beside| beside.join(dir))).filter_map(|dir| disk.list(&dir).ok()).flatten();
        let protos = listed.filter(|(file, is_dir)| !is_dir && file.ends_with(".proto"));
        protos.map(|(file, _)| if dir.is_empty() { file } else { format!("{dir}/{file}") }).collect()
    }
}

/// The absolute path by its text: without `.` and `..`, links as they stand.
fn lexical(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut clean = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    clean
}

/// A relative path with forward slashes; `None` where it is not UTF-8, as no import can be.
fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(typed: &[&str], disk: &Disk) -> Paths {
        Paths::new(&typed.iter().map(|dir| (*dir).to_owned()).collect::<Vec<_>>(), disk)
    }

    fn named(typed: &[&str], file: &str) -> Result<String, NotNamed> {
        let disk = Disk::memory([("/p/a/x.proto", ""), ("/p/b/x.proto", "b"), ("/p/b/y.proto", ""), ("/q/z.proto", "")]);
        paths(typed, &disk).named(file, &disk).map(|found| found.name)
    }

    #[test]
    fn files_are_known_by_the_first_directory_above_them() {
        assert_eq!(named(&["/p"], "/p/a/x.proto").as_deref(), Ok("a/x.proto"));
        assert_eq!(named(&["/p/a", "/p"], "/p/a/x.proto").as_deref(), Ok("x.proto"));
        assert_eq!(named(&["/p/b:/p"], "/p/a/../b/y.proto").as_deref(), Ok("y.proto"));
        assert_eq!(named(&["acme=/p/a"], "/p/a/x.proto").as_deref(), Ok("acme/x.proto"));
        assert_eq!(named(&["/p"], "a/x.proto").as_deref(), Ok("a/x.proto"));
    }

    #[test]
    fn what_cannot_be_named_has_its_reason() {
        assert_eq!(named(&["/p"], "/q/z.proto"), Err(NotNamed::Outside));
        assert_eq!(named(&["/p"], "/p/a"), Err(NotNamed::Directory));
        assert_eq!(named(&["/p"], "none.proto"), Err(NotNamed::Missing));
        assert_eq!(named(&["/p/a", "/p/b"], "/p/b/x.proto"), Err(NotNamed::Shadowed("x.proto".into(), "/p/a/x.proto".into())));
    }

    #[test]
    fn imports_are_also_found_beside_the_named_file_under_one_name() {
        let disk = Disk::memory([("/p/a/x.proto", ""), ("/p/a/y.proto", "")]);
        let mut all = paths(&["/p"], &disk);
        assert_eq!(all.find("y.proto", &disk), None);
        all.named("/p/a/x.proto", &disk).unwrap();
        assert_eq!(all.find("y.proto", &disk).unwrap().name, "a/y.proto");
        assert_eq!(all.neighbours("z.proto", &disk), ["x.proto", "y.proto"]);
    }
}
