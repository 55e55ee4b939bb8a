//! The files of MongoDB models, a row each (contract: model 11).

use super::generate::Options;
use super::names::{Names, names};
use super::view;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::package::Package;
use crate::naming::Style;
use crate::plan::{Ownership, Plan, Root};

/// Not named after the style, in goctl too.
const ERRORS: &str = "error.go";

/// Plans the models below `root`, in goctl's order; `standing` is the package as it is there. A kept file is planned while
/// nothing that it would declare stands elsewhere; for the generated ones that is an error.
pub(super) fn plan(
    all: &[Names],
    options: &Options,
    style: &Style,
    root: Root,
    standing: &Package,
    package: &str,
    report: &mut Report,
) -> Plan {
    use Ownership::{Generated, Scaffold};
    let mut plan = Plan::default();
    let directory = root.dir.display().to_string();
    let root = plan.root(root.dir, root.shown);
    let stem = |names: &Names, end: &str| format!("{}.go", style.file(&format!("{}_{end}", names.listed)));
    let elsewhere = |declared: &[String], path: &str| {
        declared.iter().find_map(|name| standing.declaring(name, &[path]).map(|file| (name.clone(), file.to_owned())))
    };

    for names in all {
        let path = stem(names, "types");
        if elsewhere(std::slice::from_ref(&names.ty), &path).is_none() {
            plan.file(root, Scaffold, path, view::types(names, package));
        }
    }
    for names in all {
        let path = stem(names, "model_gen");
        if let Some((name, file)) = elsewhere(&names.generated(options.cache), &path) {
            let message = format!("`{file}` declares `{name}` already, as `{path}` would");
            let error = Diagnostic::error(Code::DuplicateName, message).path(plan.roots[root.0].shown.clone());
            report.push(error.help("models of a table, or of another `--style`, need a directory of their own"));
        }
        plan.file(root, Generated, path, view::model(names, package, options));
    }
    for names in all {
        let path = stem(names, "model");
        if elsewhere(&names.custom(options.easy), &path).is_none() {
            plan.file(root, Scaffold, path, view::custom(names, package, options));
        }
    }
    if let Some(view) = view::errors(ERRORS, package, options, standing, directory) {
        plan.file(root, Scaffold, ERRORS, view);
    }
    plan
}

/// A plan in which every template of this slice has a view.
pub(crate) fn samples() -> Plan {
    let options =
        Options { types: vec!["UserProfile".to_owned()], cache: true, easy: true, prefix: "shop".to_owned(), ..Options::default() };
    let mut report = Report::new();
    let (Some(all), Ok(style)) = (names(&options.types, true, true, &mut report), Style::parse("")) else { return Plan::default() };
    let root = Root { dir: "/shop/model".into(), shown: "model".to_owned() };
    plan(&all, &options, &style, root, &Package::default(), "model", &mut report)
}
