//! First files: the service of `api new`, the sample of `api -o` (contract: api-go 9).

use super::super::format::format;
use super::super::import;
use super::{Generated, Options, from_files};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::naming::{identifier, title};
use crate::plan::{Ownership, RenderedFile, Root, RootId};
use crate::render::home::Places;
use crate::render::{Failure, Home, Made, render_one};
use crate::source::Sources;
use crate::view::{View, view};

view! {
    /// The `.api` file of `api new`.
    struct NewApi {
        /// The service's name without `-api`.
        name: String,
        /// The one handler, without `Handler`.
        handler: String,
    }

    /// The sample of `api -o`.
    struct Sample {
        /// `git config user.name`
        gitUser: String,
        /// `git config user.email`
        gitEmail: String,
        /// The service's name.
        serviceName: String,
    }
}

/// A new service below `root`: its `.api` file, and all that `api go` makes of it. The last part of its path
/// names the service.
pub fn new_service(root: Root, options: &Options, sources: &mut Sources, report: &mut Report) -> Result<Generated, Failure> {
    let service = root.dir.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    if service.is_empty() || identifier(&service) != service {
        let error = Diagnostic::error(Code::BadServiceName, format!("`{service}` cannot be the name of a service"));
        report.push(error.help("it becomes the name of a Go function: use letters, digits and `_`"));
        return Err(Failure::Input);
    }
    let mut home = Home::find(&options.templates, sources, report)?;
    let Made { text, template, is_ours } = render_one(&first_api(&service), &mut home, sources, report)?;
    let path = format!("{service}.api");
    let shown = if is_ours { path.clone() } else { format!("{path} (as {template} makes it)") };
    let file = sources.add(shown, text.clone());
    let files = import::load_from(file, &root.dir.join(&path), sources, report);
    // What a template makes is laid out as `api format` lays it out, as Go files are.
    let text = files.first().filter(|_| !report.has_errors()).map_or(text, |file| format(file, sources));
    let mut generated = from_files(files, root, Ok(home), options, sources, report)?;
    generated.files.insert(0, RenderedFile { root: RootId(0), path, owner: Ownership::Target, body: text.into(), template });
    Ok(generated)
}

/// The sample `.api` file for a file called `file`.
///
/// # Errors
///
/// The template is at fault.
pub fn sample(file: &str, git: [&str; 2], templates: &Places, sources: &mut Sources, report: &mut Report) -> Result<Made, Failure> {
    let name = file.rsplit('/').next().unwrap_or("");
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let lower = stem.to_lowercase();
    let end = ["-api", "api"].iter().find(|end| lower.ends_with(**end)).map_or(0, |end| end.len());
    let base = stem.get(..stem.len() - end).unwrap_or(stem);
    let parts: Vec<String> = base.split('-').filter(|part| !part.is_empty()).map(identifier).collect();
    let service = if parts.is_empty() { "api".to_owned() } else { format!("{}-api", parts.join("-")) };
    let mut home = Home::find(templates, sources, report)?;
    render_one(&sample_api(&service, git), &mut home, sources, report)
}

/// The `.api` file of `api new`.
pub(super) fn first_api(service: &str) -> View {
    View::new("newapi/newtemplate", NewApi { handler: title(service), name: service.to_owned() }, Clone::clone)
}

/// The sample of `api -o`, by the user whose name and address git knows.
pub(super) fn sample_api(service: &str, [user, email]: [&str; 2]) -> View {
    // A string of the language has no escapes.
    let plain = |text: &str| text.replace('"', "'");
    let view = Sample { gitUser: plain(user), gitEmail: plain(email), serviceName: service.to_owned() };
    View::new("api/template", view, Clone::clone)
}
