//! First files: the service of `api new`, the sample of `api -o` (contract: api-go 9).

use serde::Serialize;

use super::super::import;
use super::{Failure, Generated, Options, from_files};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::naming::{identifier, title};
use crate::plan::{Ownership, RenderedFile, Root, RootId};
use crate::render::{self, RenderError};
use crate::source::Sources;

/// `newapi/newtemplate`: the `.api` file of `api new`.
#[derive(Debug, Serialize)]
struct NewApi {
    /// The service's name without `-api`.
    name: String,
    /// The one handler.
    handler: String,
}

/// `api/template`: the sample of `api -o`.
#[derive(Debug, Serialize)]
struct Sample {
    /// `git config user.name`
    git_user: String,
    /// `git config user.email`
    git_email: String,
    /// The service's name.
    service: String,
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
    let view = NewApi { handler: format!("{}Handler", title(&service)), name: service.clone() };
    let text = render::text("newapi/newtemplate", &view).map_err(Failure::Render)?;
    let path = format!("{service}.api");
    let file = sources.add(path.clone(), text.clone());
    let files = import::load_from(file, &root.dir.join(&path), sources, report);
    let mut generated = from_files(files, root, options, sources, report)?;
    let template = "built-in newapi/newtemplate.tera".to_owned();
    generated.files.insert(0, RenderedFile { root: RootId(0), path, owner: Ownership::Target, text, template });
    Ok(generated)
}

/// The sample `.api` file for a file called `file`.
pub fn sample(file: &str, git_user: &str, git_email: &str) -> Result<String, RenderError> {
    let name = file.rsplit('/').next().unwrap_or("");
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let lower = stem.to_lowercase();
    let end = ["-api", "api"].iter().find(|end| lower.ends_with(**end)).map_or(0, |end| end.len());
    let base = stem.get(..stem.len() - end).unwrap_or(stem);
    let parts: Vec<String> = base.split('-').filter(|part| !part.is_empty()).map(identifier).collect();
    let service = if parts.is_empty() { "api".to_owned() } else { format!("{}-api", parts.join("-")) };
    // A string of the language has no escapes.
    let plain = |text: &str| text.replace('"', "'");
    render::text("api/template", &Sample { git_user: plain(git_user), git_email: plain(git_email), service })
}
