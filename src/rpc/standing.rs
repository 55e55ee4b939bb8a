//! What stands beside the files of a run and declares what they would declare again.
//!
//! In: the files of a run and the directories they go to. Out: the files that can be written there: a new file of the user's
//! whose declarations were moved to another one is left out, which is told; a generated one cannot be, and is an error.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::package::Package;
use crate::plan::{Ownership, RenderedFile, Root};
use crate::source::Disk;

/// The files of a run, parted by what stands in their directories.
pub(super) struct Fitted {
    /// Those that can be written.
    pub(super) files: Vec<RenderedFile>,
    /// The user's that are not written, since what they declare was moved: each with the path of the file that has it now.
    pub(super) moved: Vec<(RenderedFile, String)>,
}

/// Parts the files; what is told of them is in the report, and an error there if one cannot be written at all.
pub(super) fn fit(roots: &[Root], files: Vec<RenderedFile>, disk: &Disk, report: &mut Report) -> Fitted {
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
    let read = |(dir, names): (PathBuf, BTreeSet<String>)| {
        let package = Package::read(&dir, disk);
        (dir, (package, names))
    };
    let standing: BTreeMap<PathBuf, (Package, BTreeSet<String>)> = planned.into_iter().map(read).collect();
    let mut fitted = Fitted { files: Vec::with_capacity(files.len()), moved: Vec::new() };
    for file in files {
        let (dir, name) = place(&file);
        let again = standing.get(&dir).and_then(|(package, names)| {
            let is_kept = file.owner == Ownership::Scaffold && package.has(&name);
            let names = names.iter().map(String::as_str).collect();
            if is_kept || !name.ends_with(".go") { None } else { package.declares_again(file.body.text(), &names) }
        });
        let Some((what, other)) = again else {
            fitted.files.push(file);
            continue;
        };
        let there = Path::new(&file.path).with_file_name(other).display().to_string();
        let shown = roots.get(file.root.0).map_or_else(PathBuf::new, |root| Path::new(&root.shown).join(&there)).display().to_string();
        let message = format!("`{}` would declare `{what}`, which is declared here", file.path);
        if file.owner == Ownership::Scaffold {
            let help = "it is not written; to have it written, move what stands here out of the directory";
            report.push(Diagnostic::note(Code::DuplicateName, message).path(shown).help(help));
            fitted.moved.push((file, there));
        } else {
            let help = "delete this file, if an earlier `.proto` file or service left it; else rename what is yours in it";
            report.push(Diagnostic::error(Code::DuplicateName, message).path(shown).help(help));
        }
    }
    fitted
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
        let fitted = fit(&roots, files, &disk, &mut report);
        let left: Vec<String> = fitted.files.into_iter().map(|file| file.path).collect();
        assert_eq!(left, ["internal/logic/putlogic.go", "etc/p.yaml"]);
        let moved: Vec<(String, String)> = fitted.moved.into_iter().map(|(file, to)| (file.path, to)).collect();
        assert_eq!(moved, [("internal/logic/getlogic.go".to_owned(), "internal/logic/all.go".to_owned())]);
        assert_eq!((report.has_errors(), report.count(crate::diagnostic::Severity::Note)), (true, 1));
    }
}
