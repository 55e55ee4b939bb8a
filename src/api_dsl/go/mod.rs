//! From a checked API to the files of a Go service.

mod changed;
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

use super::spec::ApiSpec;
use crate::compat::Compat;
use crate::diagnostic::Report;
use crate::golang::files;
use crate::naming::Style;
use crate::plan::{Plan, Root};
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
    files::check(&plan, report);
    (!report.has_errors()).then_some(plan)
}
