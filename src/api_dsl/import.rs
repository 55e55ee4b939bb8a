//! The files of an API: the root and all it imports, each parsed once.
//!
//! In: the root's path. Out: the trees, root first, then depth first in source order (contract: api-language 4.2, 4.5).
//! Every file that can be read is parsed, whatever is wrong with the others.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::ast::{File, Import, Statement, Value};
use super::parse::parse;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{FileId, ReadError, Sources};

/// How deep imports may nest.
const MAX_DEPTH: usize = 256;

/// Loads the API whose root is the file at `path`, shown as the path itself.
pub fn load(path: &Path, sources: &mut Sources, report: &mut Report) -> Vec<File> {
    let shown = path.display().to_string();
    if !shown.ends_with(".api") && sources.disk().exists(path) && !sources.disk().is_dir(path) {
        report.push(Diagnostic::error(Code::UnreadableFile, "this is not an `.api` file").path(shown));
        return Vec::new();
    }
    match sources.read(path, &shown) {
        Ok(root) => load_from(root, path, sources, report),
        Err(error) => {
            report.push(unreadable(&error).path(shown));
            Vec::new()
        }
    }
}

/// Loads the API whose root is already read; `path` is where its imports start from.
pub fn load_from(root: FileId, path: &Path, sources: &mut Sources, report: &mut Report) -> Vec<File> {
    let mut loader = Loader { sources, report, files: Vec::new(), open: Vec::new() };
    loader.file(root, path);
    loader.files
}

fn unreadable(error: &ReadError) -> Diagnostic {
    Diagnostic::error(Code::UnreadableFile, error.to_string())
}

struct Loader<'a> {
    sources: &'a mut Sources,
    report: &'a mut Report,
    files: Vec<File>,
    /// The files whose imports are being followed, outermost first.
    open: Vec<FileId>,
}

impl Loader<'_> {
    fn file(&mut self, id: FileId, path: &Path) {
        let file = parse(id, self.sources, self.report);
        let imports = imports(&file);
        self.files.push(file);
        self.open.push(id);
        let mut seen: BTreeMap<FileId, Value> = BTreeMap::new();
        for import in imports {
            let Some((found, target)) = self.read(&import, path) else { continue };
            if let Some(first) = seen.get(&found) {
                self.repeated(&import, first, id);
                continue;
            }
            seen.insert(found, import.clone());
            if self.open.contains(&found) {
                let cycle = Diagnostic::error(Code::ImportCycle, "import cycle")
                    .at(import.span, format!("`{}` is being imported already", self.sources.name(found)));
                self.report.push(cycle.help("move what both files need into a third one that both import"));
            } else if !self.files.iter().any(|file| file.source == found) {
                self.file(found, &target);
            }
        }
        self.open.pop();
    }

    /// One literal names a file that this file imports already: an error where goctl has one (the same literal twice in
    /// the root), else a warning.
    fn repeated(&mut self, import: &Value, first: &Value, importer: FileId) {
        let is_root = self.files.first().is_some_and(|root| root.source == importer);
        let message = format!("`{}` is imported twice", import.text);
        let diagnostic = if is_root && first.text == import.text {
            Diagnostic::error(Code::DuplicateImport, message)
        } else {
            Diagnostic::warning(Code::DuplicateImport, message)
        };
        self.report.push(diagnostic.at(import.span, "").and(first.span, "first imported here").help("remove one of the two"));
    }

    fn read(&mut self, import: &Value, importer: &Path) -> Option<(FileId, PathBuf)> {
        let refuse = |code, message: String, label: String| Some(Diagnostic::error(code, message).at(import.span, label));
        let target = importer.parent().unwrap_or(Path::new("")).join(&import.text);
        let error = if import.text.is_empty() {
            refuse(Code::UnreadableFile, "the import names no file".into(), String::new())
        } else if !import.text.ends_with(".api") {
            refuse(Code::UnreadableFile, format!("`{}` is not an `.api` file", import.text), String::new())
        } else if self.open.len() >= MAX_DEPTH {
            refuse(Code::ImportTooDeep, format!("imports nest deeper than {MAX_DEPTH} files"), String::new())
        } else {
            let shown = shown(self.open.last().map_or("", |id| self.sources.name(*id)), &import.text);
            match self.sources.read(&target, &shown) {
                Ok(id) if self.sources.text(id).trim().is_empty() => {
                    refuse(Code::UnreadableFile, format!("`{shown}` is empty"), String::new())
                }
                Ok(id) => return Some((id, target)),
                Err(error) => refuse(Code::UnreadableFile, format!("cannot read `{shown}`"), error.to_string()),
            }
        };
        self.report.push(error?);
        None
    }
}

/// The imported path as the user knows it: beside the importing file's name, without needless `.` and `..`.
fn shown(importer: &str, literal: &str) -> String {
    if literal.starts_with('/') {
        return literal.to_owned();
    }
    let directory = importer.rsplit_once('/').map(|(directory, _)| directory);
    let mut parts: Vec<&str> = directory.map_or(Vec::new(), |d| d.split('/').collect());
    for part in literal.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, ".." | "" | ".")) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn imports(file: &File) -> Vec<Value> {
    let imports = file.statements.iter().filter_map(|s| if let Statement::Import(Import { paths, .. }) = s { Some(paths) } else { None });
    imports.flatten().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Disk;

    #[test]
    fn imports_nest_only_so_deep() {
        let files: Vec<(String, String)> = (0..400).map(|i| (format!("/p/{i}.api"), format!("import \"{}.api\"\n", i + 1))).collect();
        let disk = Disk::memory(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let (mut sources, mut report) = (Sources::new(disk), Report::new());
        let loaded = load(Path::new("/p/0.api"), &mut sources, &mut report);
        assert_eq!(loaded.len(), MAX_DEPTH);
        let codes: Vec<Code> = report.sorted().into_iter().map(|d| d.code).collect();
        assert_eq!(codes, [Code::ImportTooDeep]);
    }

    #[test]
    fn files_are_shown_beside_their_importer() {
        for (importer, literal, name) in [
            ("a.api", "b.api", "b.api"),
            ("d/a.api", "../b.api", "b.api"),
            ("../a.api", "../b.api", "../../b.api"),
            ("/x/a.api", "./b.api", "/x/b.api"),
            ("a.api", "/b.api", "/b.api"),
        ] {
            assert_eq!(shown(importer, literal), name);
        }
    }
}
