//! What an earlier run left in another layout: types files of the other `--type-group`.

use std::collections::BTreeSet;

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
