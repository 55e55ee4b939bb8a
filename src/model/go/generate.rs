//! Models from first to last: a schema to rendered files. Nothing is written here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::super::spec::Schema;
use super::Options;
use super::notes::{notes, unknown_columns};
use super::plan::{plan, stem};
use super::table::Model;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::files;
use crate::golang::ident::package_name;
use crate::golang::package::Package;
use crate::naming::Style;
use crate::plan::{RenderedFile, Root};
use crate::render::{Failure, Home, render};
use crate::source::Sources;

/// Makes the models of a schema for the directory `root`. Tables that no model can be made of are told and left out.
///
/// # Errors
///
/// No table is left, or the style, the home or the directory is wrong: the report says so.
pub fn generate(
    schema: &Schema,
    root: &Root,
    options: &Options,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Vec<RenderedFile>, Failure> {
    let style = files::style(&options.style, report);
    let home = Home::find(&options.templates, sources, report);
    let Some(style) = style else { return Err(Failure::Input) };
    let mut home = home?;
    let models: Vec<Model> = schema.tables.iter().filter_map(|table| Model::new(table, schema, options, report)).collect();
    let models = tell_apart(models, &style, options, report);
    unknown_columns(schema, options, report);
    if models.is_empty() {
        report.push(Diagnostic::error(Code::UnusableTable, "there is no table that a model can be made of"));
        return Err(Failure::Input);
    }
    notes(&models, options, report);
    let standing = Package::read(&root.dir, sources.disk());
    let planned = plan(&models, &style, &package(root, &standing), options, root.clone(), &standing);
    files::check(&planned, report);
    files::forbid_other_style(&planned, sources.disk(), report);
    if report.has_errors() {
        return Err(Failure::Input);
    }
    let files = render(planned, &mut home, sources, report)?;
    kept_files(&models, &style, root, options, sources, report);
    Ok(files)
}

/// The package of the Go files that are there, which new ones must join; else the directory's name (contract: model 6).
fn package(root: &Root, standing: &Package) -> String {
    let name = root.dir.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    standing.name().map_or_else(|| package_name(&name), str::to_owned)
}

/// Leaves out what would be declared, or written, a second time in one package. What only goctl's spelling of variables
/// makes one gets a number.
fn tell_apart(models: Vec<Model>, style: &Style, options: &Options, report: &mut Report) -> Vec<Model> {
    let mut files: BTreeMap<String, Model> = BTreeMap::new();
    let mut names: BTreeMap<String, (String, Option<crate::source::Span>)> = BTreeMap::new();
    names.insert("ErrNotFound".to_owned(), ("vars.go".to_owned(), None));
    let mut kept = Vec::new();
    for model in models {
        let stem = stem(&model.table, style);
        let mut clash = None;
        if let Some(first) = files.get(&stem.to_lowercase()) {
            let message = format!("tables `{}` and `{}` would both be written to `{stem}.go`", first.table, model.table);
            clash = Some((Diagnostic::warning(Code::FileCollision, message), first.span));
        } else if let Some((name, (other, span))) = model.declares().iter().find_map(|name| Some((name, names.get(name)?))) {
            let what = if span.is_none() && other == "vars.go" { other.clone() } else { format!("table `{other}`") };
            let message = format!("`{name}` would be declared twice, for table `{}` and for {what}", model.table);
            clash = Some((Diagnostic::warning(Code::DuplicateName, message), *span));
        } else if let Some((prefix, (other, span))) = prefixes(&model, options).find_map(|prefix| Some((prefix, names.get(prefix)?))) {
            let message = format!("tables `{other}` and `{}` would share the keys `{prefix}…` of the cache", model.table);
            clash = Some((Diagnostic::warning(Code::DuplicateName, message), *span));
        }
        if let Some((found, first)) = clash {
            let found = match model.span {
                Some(span) => found.at(span, "no model is made of this one"),
                None => found,
            };
            let found = match first {
                Some(first) => found.and(first, "the other one"),
                None => found,
            };
            report.push(found.help("make the models of one of them in another directory"));
            continue;
        }
        let owned = || (model.table.clone(), model.span);
        names.extend(model.declares().into_iter().map(|name| (name, owned())));
        names.extend(prefixes(&model, options).map(|prefix| (prefix.to_owned(), owned())));
        files.insert(stem.to_lowercase(), model.clone());
        kept.push(model);
    }
    if options.cache {
        let mut taken: BTreeSet<String> = names.into_keys().collect();
        kept.iter_mut().for_each(|model| model.tell_prefixes_apart(&mut taken));
    }
    kept
}

/// What a model's keys begin with, where it has a cache. No Go name has a colon.
fn prefixes<'a>(model: &'a Model, options: &Options) -> impl Iterator<Item = &'a str> {
    model.prefixes().filter(|_| options.cache)
}

/// A kept file that was made with the other setting of `--cache` does not fit the new generated one.
fn kept_files(models: &[Model], style: &Style, root: &Root, options: &Options, sources: &Sources, report: &mut Report) {
    for model in models {
        let name = format!("{}.go", stem(&model.table, style));
        let Ok(text) = sources.disk().read_text(&root.dir.join(&name)) else { continue };
        let makes = format!("new{}Model(", model.ty);
        let Some(call) = text.split_once(makes.as_str()).and_then(|(_, rest)| rest.split(')').next()) else { continue };
        let is_cached = call.contains(',');
        if is_cached == options.cache {
            continue;
        }
        let (was, now) = if is_cached { ("with", "without") } else { ("without", "with") };
        let message =
            format!("this file is kept, and was made {was} a cache: `{makes}…)` of `{}` is now {now} one", name.replace(".go", "_gen.go"));
        let path = Path::new(&root.shown).join(&name).display().to_string();
        let arguments = if options.cache { "conn, c, opts..." } else { "conn" };
        let found = Diagnostic::warning(Code::MissingWiring, message).path(path);
        report.push(found.help(format!("call `{makes}{arguments})` there, or delete the file and run again")));
    }
}
