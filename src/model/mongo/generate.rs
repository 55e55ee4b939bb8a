//! `model mongo` from first to last: names to rendered files. Nothing is written here.

use super::super::kept::check_cache;
use super::names::names;
use super::plan::plan;
use crate::compat::Compat;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::files;
use crate::golang::ident::package_name;
use crate::golang::package::{Package, package_clause};
use crate::plan::{RenderedFile, Root};
use crate::render::home::Places;
use crate::render::{Failure, Home, render};
use crate::source::Sources;

/// What `model mongo` was asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `--type`
    pub types: Vec<String>,
    /// `--cache`
    pub cache: bool,
    /// `--easy`
    pub easy: bool,
    /// `--prefix`
    pub prefix: String,
    /// `--style`; empty for `gozero`.
    pub style: String,
    /// `--compat`
    pub compat: Compat,
    /// Where templates may come from.
    pub templates: Places,
}

/// Makes the models for the directory `root`.
///
/// # Errors
///
/// All that is wrong with the names, the style, the directory and the templates is in the report.
pub fn generate(root: &Root, options: &Options, sources: &mut Sources, report: &mut Report) -> Result<Vec<RenderedFile>, Failure> {
    let names = names(&options.types, options.cache, options.easy, report);
    let style = files::style(&options.style, report);
    let home = Home::find(&options.templates, sources, report);
    let (Some(names), Some(style)) = (names, style) else { return Err(Failure::Input) };
    let mut home = home?;
    let standing = Package::read(&root.dir, sources.disk());
    let package = package(root, &standing, options.compat);
    let plan = plan(&names, options, &style, root.clone(), &standing, &package, report);
    if !report.has_errors() {
        files::check(&plan, report);
    }
    if report.has_errors() {
        return Err(Failure::Input);
    }
    let rendered = render(plan, &mut home, sources, report)?;
    check(root, &rendered, &standing, &package, report);
    check_cache(&rendered, &standing, root, sources, report);
    if report.has_errors() { Err(Failure::Input) } else { Ok(rendered) }
}

/// The name of the package: that of the files that are there, whoever made them; else the directory's.
fn package(root: &Root, standing: &Package, compat: Compat) -> String {
    match (standing.name(), root.dir.file_name()) {
        (Some(name), _) => name.to_owned(),
        (None, Some(dir)) if compat.names_mongo_package_by_directory() => package_name(&dir.to_string_lossy()),
        (None, _) => "model".to_owned(),
    }
}

/// What templates of a home can break: they may name a package of their own, and declare what another file does.
fn check(root: &Root, rendered: &[RenderedFile], standing: &Package, package: &str, report: &mut Report) {
    let written = || rendered.iter().filter(|file| !standing.is_kept(file));
    let planned: Vec<&str> = written().map(|file| file.path.as_str()).collect();
    let mut packages: Vec<(String, &str)> = written()
        .filter_map(|file| Some((file.path.clone(), package_clause(file.body.text())?)))
        .chain(standing.files(&planned).map(|(file, package)| (file.to_owned(), package)))
        .collect();
    // The name that most of the files will have is the one they were made for.
    packages.sort_by_key(|(_, name)| *name != package);
    if let Some((first, name)) = packages.first().cloned()
        && let Some((other, another)) = packages.iter().find(|(_, another)| *another != name)
    {
        let message = format!("`{first}` would be of package `{name}`, `{other}` of package `{another}`");
        let error = Diagnostic::error(Code::TwoPackages, message).path(&root.shown);
        report.push(error.help("`--compat goctl` names the package of a new directory `model`, as goctl's templates do"));
    }
    for (file, name, other) in standing.declared_again(&written().collect::<Vec<_>>()) {
        let message = format!("`{other}` declares `{name}` already, as `{}` would", file.path);
        report.push(Diagnostic::error(Code::DuplicateName, message).path(&root.shown).help("use another directory"));
    }
}
