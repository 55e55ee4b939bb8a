//! `ctl docker` from first to last: a project to rendered files. Nothing is written here.

use super::request::Options;
use super::{check, layout, path, plan, program, settings, spec, view};
use crate::diagnostic::Report;
use crate::plan::{Destination, RenderedFile, Root};
use crate::render::{Failure, Home, render_strictly};
use crate::source::Sources;

/// What was made.
#[derive(Debug)]
pub struct Made {
    /// The directories that files go to.
    pub roots: Vec<Root>,
    /// The Dockerfile first.
    pub files: Vec<RenderedFile>,
    /// How the image is built.
    pub next: Build,
}

/// How an image is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// The directory to be in, seen from the working directory; `.` for that.
    pub context: String,
    /// The Dockerfile, seen from there.
    pub file: String,
    /// What the image is called.
    pub image: String,
}

/// Makes a Dockerfile.
///
/// # Errors
///
/// All that is wrong with the flags, the project and the templates is in the report.
pub fn generate(options: &Options, sources: &mut Sources, report: &mut Report) -> Result<Made, Failure> {
    let home = Home::find(&options.templates, sources, report);
    let flags = check::flags(options, report);
    let program = program::find(&options.go, sources, report).ok_or(Failure::Input)?;
    let layout = layout::find(&program, &options.surroundings, options.compat, sources, report);
    let layout = layout.ok_or(Failure::Input)?;
    let exe = program.usual_name();
    let stem = program.main_name.strip_suffix(".go").unwrap_or(&program.main_name);
    let settings = settings::find(&program, &layout, &[&exe, stem], options.compat, sources, report);
    let settings = settings.ok_or(Failure::Input)?;
    let spec = spec::spec(flags, &program, &layout, &settings, report);
    let mut home = home?;
    if report.has_errors() {
        return Err(Failure::Input);
    }
    let view = view::dockerfile(&spec, &program, &layout, &settings, &options.go, options.compat);
    let shown = path::between(&program.here, &layout.context).display().to_string();
    let context = Root { dir: layout.context.clone(), shown: shown.clone() };
    let plan = plan::plan(context, view, options);
    let roots = plan.roots.clone();
    let files = render_strictly(plan, &mut home, sources, report)?;
    let file = match &options.output {
        Destination::Printed => "-".to_owned(),
        Destination::File(root, name) => path::between(&layout.context, &root.dir.join(name)).display().to_string(),
    };
    Ok(Made { roots, files, next: Build { context: shown, file, image: image_name(&spec.exe) } })
}

/// What an image is called after its program: names of images have no capitals, and signs stand alone.
fn image_name(exe: &str) -> String {
    let words = exe.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}
