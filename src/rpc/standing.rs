//! What stands beside the files of a run and declares what they would declare again.
//!
//! In: the files of a run and the directories they go to. Out: the files that can be written there: a new file of the user's
//! whose declarations were moved to another one is left out, which is told; a generated one cannot be, and is an error.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::package::{Package, declared};
use crate::plan::{Ownership, RenderedFile, Root};
use crate::source::Disk;

/// The files that are to be written.
pub(super) fn fit(roots: &[Root], files: Vec<RenderedFile>, disk: &Disk, report: &mut Report) -> Vec<RenderedFile> {
    let place = |file: &RenderedFile| {
        let root = roots.get(file.root.0).map_or(Path::new(""), |root| &root.dir);
        let path = root.join(&file.path);
        let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
        (path.parent().map_or_else(PathBuf::new, Path::to_owned), name)
    };
    let mut planned: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    for (dir, name) in files.iter().map(place) {
        planned.entry(dir).or_default().insert(name);
    }
    let packages: BTreeMap<&PathBuf, Package> = planned.keys().map(|dir| (dir, Package::read(dir, disk))).collect();
    let mut fitting = Vec::with_capacity(files.len());
    for file in files {
        let (dir, name) = place(&file);
        let (Some(package), Some(beside)) = (packages.get(&dir), planned.get(&dir)) else { continue };
        let is_kept = file.owner == Ownership::Scaffold && package.has(&name);
        let again = if name.ends_with(".go") && !is_kept { again(&file, package, beside) } else { None };
        let Some((what, other)) = again else {
            fitting.push(file);
            continue;
        };
        let shown = |name: &str| {
            let root = roots.get(file.root.0).map_or("", |root| &root.shown);
            Path::new(root).join(&file.path).with_file_name(name).display().to_string()
        };
        let message = format!("`{}` would declare `{what}`, which is declared here", file.path);
        report.push(if file.owner == Ownership::Scaffold {
            let help = "it is not written; to have it written, move what stands here out of the directory";
            Diagnostic::note(Code::DuplicateName, message).path(shown(&other)).help(help)
        } else {
            let help = "delete this file, if an earlier `.proto` file or service left it; else rename what is yours in it";
            Diagnostic::error(Code::DuplicateName, message).path(shown(&other)).help(help)
        });
    }
    fitting
}

/// The first name of a file that another one of its directory declares, and that one.
fn again(file: &RenderedFile, package: &Package, planned: &BTreeSet<String>) -> Option<(String, String)> {
    let others = package.declared_besides(&planned.iter().map(String::as_str).collect());
    let names = if others.is_empty() { Vec::new() } else { declared(file.body.text()) };
    names.into_iter().find_map(|name| others.get(name.as_str()).map(|other| (name.clone(), (*other).to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::RootId;

    #[test]
    fn moved_scaffolds_are_left_out_and_left_over_code_is_an_error() {
        let disk = Disk::memory([
            ("/p/internal/logic/all.go", "package logic\n\ntype GetLogic struct{}\n"),
            ("/p/internal/logic/putlogic.go", "package logic\n\ntype PutLogic struct{}\n"),
            ("/p/pb/old.pb.go", "package pb\n\ntype Req struct{}\n"),
        ]);
        let roots = [Root { dir: "/p".into(), shown: ".".to_owned() }];
        let file = |path: &str, owner, text: &str| RenderedFile {
            root: RootId(0),
            path: path.to_owned(),
            owner,
            body: text.to_owned().into(),
            template: String::new(),
        };
        let files = vec![
            file("internal/logic/getlogic.go", Ownership::Scaffold, "package logic\n\ntype GetLogic struct{}\n"),
            file("internal/logic/putlogic.go", Ownership::Scaffold, "package logic\n\ntype PutLogic struct{}\n"),
            file("pb/new.pb.go", Ownership::Generated, "package pb\n\ntype Req struct{}\n"),
            file("etc/p.yaml", Ownership::Scaffold, "Name: p\n"),
        ];
        let mut report = Report::new();
        let left: Vec<String> = fit(&roots, files, &disk, &mut report).into_iter().map(|file| file.path).collect();
        assert_eq!(left, ["internal/logic/putlogic.go", "etc/p.yaml"]);
        assert_eq!((report.has_errors(), report.count(crate::diagnostic::Severity::Note)), (true, 1));
    }
}
