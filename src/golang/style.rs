//! `--style`, for every command that writes Go: what is one, and whether a directory was made with another.

use std::collections::{BTreeMap, BTreeSet};

use super::ident::passed_over;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::naming::Style;
use crate::plan::{Ownership, Plan};
use crate::source::Disk;

/// Reads a `--style`; `None` where it is none, which was reported.
pub fn parse(text: &str, report: &mut Report) -> Option<Style> {
    let reason = match Style::parse(text) {
        Ok(style) => match passed_over(&format!("{}.go", style.file("x"))) {
            None => return Some(style),
            Some(reason) => format!("no file would be built: {reason}"),
        },
        Err(error) => error.to_string(),
    };
    let diagnostic = Diagnostic::error(Code::BadStyle, format!("`--style {text}`: {reason}"));
    report.push(diagnostic.help("a style is `go` and `zero` as file names shall look: `gozero`, `goZero`, `go_zero`"));
    None
}

/// Reports a tree that was made with another `--style`: its files declare what the planned ones would declare again.
///
/// Two names are one name in two styles when they are equal but for case, `_` and `-`.
pub fn forbid_other(plan: &Plan, disk: &Disk, report: &mut Report) {
    let Some(root) = plan.roots.first() else { return };
    let fold = |name: &str| name.to_lowercase().replace(['_', '-'], "");
    let mut folders: BTreeMap<&str, BTreeMap<String, &str>> = BTreeMap::new();
    for file in plan.files.iter().filter(|file| file.path.ends_with(".go") && file.owner != Ownership::Remove) {
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        folders.entry(folder).or_default().insert(fold(name), name);
    }
    let planned: BTreeSet<&str> = plan.files.iter().map(|file| file.path.as_str()).collect();
    for (folder, names) in folders {
        for (standing, _) in disk.list(&root.dir.join(folder)).unwrap_or_default() {
            let path = if folder.is_empty() { standing.clone() } else { format!("{folder}/{standing}") };
            let Some(name) = names.get(&fold(&standing)).filter(|_| !planned.contains(path.as_str())) else { continue };
            let message = format!("`{path}` is there, and `{name}` would declare the same: was this made with another `--style`?");
            let error = Diagnostic::error(Code::OtherStyle, message).path(&root.shown);
            report.push(error.help("use the style the directory was made with, or rename its files first"));
            return;
        }
    }
}
