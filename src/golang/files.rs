//! The files of a Go back end as the go command sees them: names it builds, no two that are one, one `--style`.

use std::collections::{BTreeMap, BTreeSet};

use super::ident::passed_over;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::naming::Style;
use crate::plan::{Content, Ownership, Plan, PlanError};
use crate::source::Disk;

/// Reads a `--style`; `None` where it is none, or Go would build no file of it, which was reported.
pub fn style(text: &str, report: &mut Report) -> Option<Style> {
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

/// Two files with one path, files outside, files that Go would not build: consequences of names and `--style` together.
pub fn check(plan: &Plan, report: &mut Report) {
    let mut told = BTreeSet::new();
    for error in plan.check() {
        // Two routes that share one file share several.
        if let PlanError::Collision(_, origins) = &error
            && !told.insert(*origins)
        {
            continue;
        }
        report.push(match error {
            PlanError::Outside(path) => Diagnostic::error(Code::OutsideRoot, "the file would lie outside the output directory").path(path),
            PlanError::Collision(path, [first, second]) => {
                let error = Diagnostic::error(Code::FileCollision, format!("two things would both be written to `{path}`"));
                let error = match (first, second) {
                    (Some(first), Some(second)) => error.at(second, "").and(first, "the other one"),
                    (Some(only), None) | (None, Some(only)) => error.at(only, ""),
                    (None, None) => error.path(path),
                };
                error.help("give one of them a name that differs in more than case, or choose another `--style`")
            }
        });
    }
    for file in &plan.files {
        let name = file.path.rsplit('/').next().unwrap_or("");
        // A test is meant to end in `_test.go`; what stands before must be fine all the same.
        let name = if is_test(&file.content) { name.replace("_test.go", ".go") } else { name.to_owned() };
        if let Some(reason) = passed_over(&name) {
            let mut error = Diagnostic::error(Code::IgnoredByGo, format!("`{}` would not be built: {reason}", file.path));
            if let Some(origin) = file.origin {
                error = error.at(origin, "");
            }
            report.push(error.help("give it another name, or choose another `--style`"));
        }
    }
}

fn is_test(content: &Content) -> bool {
    matches!(content, Content::Template(view) if view.name().ends_with("_test"))
}

/// Reports a tree that was made with another `--style`: its files declare what the planned ones would declare again.
///
/// Two names are one name in two styles when they are equal but for case, `_` and `-`.
pub fn forbid_other_style(plan: &Plan, disk: &Disk, report: &mut Report) {
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
