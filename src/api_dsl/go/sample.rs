//! A service with everything in it, for templates to be tried on.

use super::skeleton::{first_api, sample_api};
use super::{Names, Project, plan};
use crate::api_dsl::{check, import};
use crate::compat::Compat;
use crate::diagnostic::Report;
use crate::naming::Style;
use crate::plan::{Ownership, Plan, Root};
use crate::source::{Disk, Sources};

const SAMPLE: &str = include_str!("sample.api");

/// The plan of a service in which every template of this slice has a view, most of them several.
pub(crate) fn samples() -> Plan {
    let (mut sources, mut report) = (Sources::new(Disk::memory([])), Report::new());
    let file = sources.add("user.api", SAMPLE);
    let files = import::load_from(file, "/user.api".as_ref(), &mut sources, &mut report);
    let (Some(api), Ok(style)) = (check::check(&files, &mut report), Style::parse("")) else { return Plan::default() };
    let names = Names::new(&api, &mut report);
    let project = Project {
        import_root: "example.com/shop/user".to_owned(),
        module: "example.com/shop".to_owned(),
        is_new: false,
        style,
        type_group: false,
        tests: true,
        compat: Compat::Ctl,
    };
    let root = Root { dir: "/user".into(), shown: "user".to_owned() };
    let mut plan = plan::plan(&api, &names, &project, root);
    let root = crate::plan::RootId(0);
    plan.file(root, Ownership::Target, "user.api", first_api("user"));
    plan.file(root, Ownership::Target, "sample.api", sample_api("user-api", ["Gopher", "gopher@example.com"]));
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_a_service() {
        assert!(samples().files.len() > 30);
    }
}
