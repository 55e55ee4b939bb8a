//! The files of models, a row each (contract: model 6).

use std::collections::BTreeSet;

use super::Options;
use super::table::Model;
use super::view::{self, Views};
use crate::golang::ident::passed_over;
use crate::golang::package::Package;
use crate::naming::{Style, identifier};
use crate::plan::{Ownership, Plan, Root};

/// Plans the models of some tables into the directory `root`; `standing` is what is there.
pub(super) fn plan(models: &[Model], style: &Style, package: &str, options: &Options, root: Root, standing: &Package) -> Plan {
    let mut plan = Plan::default();
    let root = plan.root(root.dir, root.shown);
    let declared = standing.declared_besides(&BTreeSet::new());
    for model in models {
        let (stem, views) = (stem(&model.table, style), Views::new(model, options, package));
        let (generated, custom) = (format!("{stem}_gen.go"), format!("{stem}.go"));
        plan.file(root, Ownership::Generated, generated.clone(), views.generated()).origin = model.span;
        // Its lines may have moved into another file of the user's.
        let moved = model.customs().iter().all(|name| {
            let file = declared.get(name.as_str());
            file.is_some_and(|file| *file != generated && *file != custom)
        });
        if !moved {
            plan.file(root, Ownership::Scaffold, custom, views.custom()).origin = model.span;
        }
    }
    let vars = format!("{}.go", style.file("vars"));
    // MongoDB models in the same package have an `error.go`.
    if standing.declaring("ErrNotFound", &[&vars]).is_none() {
        plan.file(root, Ownership::Scaffold, vars, view::vars(package));
    }
    plan
}

/// What the files of a table begin with. goctl's, but where Go would not build them, or letters would be lost of a name that
/// goctl makes no Go of.
pub(super) fn stem(table: &str, style: &Style) -> String {
    let styled = style.file(&format!("{table}_model"));
    let stem = identifier(&styled);
    if !stem.starts_with('_') && passed_over(&format!("{stem}_gen.go")).is_none() {
        return stem;
    }
    let kept: String = styled.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    format!("t{kept}")
}
