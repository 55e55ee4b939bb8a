//! What an earlier run left in another layout: types files of the other `--type-group`, files of another `--style`.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::plan::{Ownership, Plan, RootId};
use crate::source::Disk;

const TYPES: &str = "internal/types";

/// Adds the removal of types files that would declare the planned types again. The writer removes only what carries a
/// generator's header; without types, an old file stays (contract: api-go 2).
pub(super) fn remove_stale_types(plan: &mut Plan, disk: &Disk) {
    let planned: BTreeSet<String> = plan.files.iter().map(|file| file.path.to_lowercase()).collect();
    let Some(root) = plan.roots.first().filter(|_| planned.iter().any(|path| path.starts_with(TYPES))) else { return };
    for (name, is_dir) in disk.list(&root.dir.join(TYPES)).unwrap_or_default() {
        let path = format!("{TYPES}/{name}");
        if !is_dir && name.ends_with(".go") && !planned.contains(&path.to_lowercase()) {
            plan.text(RootId(0), Ownership::Remove, path, "");
        }
    }
}

/// Reports a tree that was made with another `--style`: its files declare what the planned ones would declare again.
///
/// Two names are one name in two styles when they are equal but for case, `_` and `-`.
pub(super) fn forbid_other_style(plan: &Plan, disk: &Disk, report: &mut Report) {
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
