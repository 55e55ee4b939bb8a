//! `model mongo` from first to last: names to rendered files. Nothing is written here.

use super::names::names;
use super::plan::plan;
use super::view;
use crate::compat::Compat;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::files;
use crate::golang::ident::package_name;
use crate::golang::package::{Package, declared, package_clause};
use crate::plan::{Content, Ownership, Plan, RenderedFile, Root};
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
    let kept = kept(&plan, &standing);
    check_cache(&plan, &kept, root, options.cache, sources, report);
    let rendered = render(plan, &mut home, sources, report)?;
    check(root, &rendered, &standing, &kept, &package, report);
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

/// The planned files that are there already and stay as they are.
fn kept(plan: &Plan, standing: &Package) -> Vec<String> {
    let kept = plan.files.iter().filter(|file| file.owner == Ownership::Scaffold && standing.has(&file.path));
    kept.map(|file| file.path.clone()).collect()
}

/// Warns where a kept constructor makes its model with a cache and the generated one has none, or the other way round:
/// that does not build until somebody changes it.
fn check_cache(plan: &Plan, kept: &[String], root: &Root, cache: bool, sources: &Sources, report: &mut Report) {
    let is_custom = |content: &Content| matches!(content, Content::Template(view) if view.name() == view::CUSTOM);
    for file in plan.files.iter().filter(|file| is_custom(&file.content) && kept.contains(&file.path)) {
        let Ok(text) = sources.disk().read_text(&root.dir.join(&file.path)) else { continue };
        let uses = |package: &str| text.contains(&format!("core/stores/{package}\""));
        let (message, help) = match (cache, uses("monc"), uses("mon")) {
            (true, false, true) => (
                "it is kept and makes its model without a cache, which the generated one has now",
                "take a parameter `c cache.CacheConf` and hand it to `monc.MustNewModel`; or remove the file to have it made anew",
            ),
            (false, true, false) => (
                "it is kept and makes its model with a cache, which the generated one has no more",
                "call `mon.MustNewModel` without the cache; or remove the file to have it made anew",
            ),
            _ => continue,
        };
        let shown = format!("{}/{}", root.shown.trim_end_matches('/'), file.path);
        report.push(Diagnostic::warning(Code::MissingWiring, message).path(shown).help(help));
    }
}

/// What templates of a home can break: they may name a package of their own, and declare what another file does.
fn check(root: &Root, rendered: &[RenderedFile], standing: &Package, kept: &[String], package: &str, report: &mut Report) {
    let written = || rendered.iter().filter(|file| !kept.contains(&file.path));
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
    for file in written().filter(|file| file.path.ends_with(".go")) {
        for name in declared(file.body.text()) {
            if let Some(other) = standing.declaring(&name, &planned) {
                let message = format!("`{other}` declares `{name}` already, as `{}` would", file.path);
                report.push(Diagnostic::error(Code::DuplicateName, message).path(&root.shown).help("use another directory"));
            }
        }
    }
}
