//! From a checked API to the files of a Go service.

mod earlier;
mod generate;
mod names;
mod plan;
mod sample;
mod skeleton;
mod view;
mod wiring;

pub use generate::{Generated, Options, from_files, generate};
pub(crate) use sample::samples;
pub use skeleton::{new_service, sample};

use std::collections::BTreeSet;

use super::spec::ApiSpec;
use crate::compat::Compat;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::ident::passed_over;
use crate::naming::Style;
use crate::plan::{Content, Plan, PlanError, Root};
use names::Names;

/// The project that the service is part of, and how it wants it.
#[derive(Debug, Clone)]
pub struct Project {
    /// The import path of the output directory.
    pub import_root: String,
    /// The path of its module.
    pub module: String,
    /// Whether the module must be made there.
    pub is_new: bool,
    /// How files are named.
    pub style: Style,
    /// Whether types that one group alone uses get a file of their own.
    pub type_group: bool,
    /// Whether tests are written beside handlers, logic, service context and main.
    pub tests: bool,
    /// Whose bytes are written where we differ from goctl by choice.
    pub compat: Compat,
}

/// Reports what Go has no name for, whatever the `--style`: what is valid can be generated.
pub fn check_names(api: &ApiSpec, report: &mut Report) {
    Names::new(api, report);
}

/// Plans the service below `root`; `None` where two files would be one, or Go would not build one, which was reported.
fn plan(api: &ApiSpec, names: &Names, project: &Project, root: Root, report: &mut Report) -> Option<Plan> {
    let plan = plan::plan(api, names, project, root);
    check(&plan, report);
    (!report.has_errors()).then_some(plan)
}

/// Two files with one path, files outside, files that Go would not build: consequences of names and `--style` together.
fn check(plan: &Plan, report: &mut Report) {
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
