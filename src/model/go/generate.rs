//! Models from first to last: a schema to rendered files. Nothing is written here.

use super::super::kept::check_cache;
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
use crate::source::{Sources, Span};
use std::collections::{BTreeMap, BTreeSet};

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
    let standing = Package::read(&root.dir, sources.disk());
    let models = tell_apart(models, &style, options, &standing, report);
    unknown_columns(schema, options, report);
    if models.is_empty() {
        report.push(Diagnostic::error(Code::UnusableTable, "there is no table that a model can be made of"));
        return Err(Failure::Input);
    }
    notes(&models, options, report);
    let planned = plan(&models, &style, &package(root, &standing), options, root.clone(), &standing);
    files::check(&planned, report);
    files::forbid_other_style(&planned, sources.disk(), report);
    check_owners(&models, &style, &standing, report);
    if report.has_errors() {
        return Err(Failure::Input);
    }
    let files = render(planned, &mut home, sources, report)?;
    check_others(&models, &style, &files, &standing, root, report);
    if report.has_errors() {
        return Err(Failure::Input);
    }
    check_cache(&files, &standing, root, sources, report);
    Ok(files)
}

/// A generated file that is there may be of another table, whose name differs in what file names leave out.
fn check_owners(models: &[Model], style: &Style, standing: &Package, report: &mut Report) {
    for model in models {
        let (file, ty) = (format!("{}_gen.go", stem(&model.table, style)), format!("default{}Model", model.ty));
        let Some(other) = standing.declared_in(&file).iter().find(|name| name.to_lowercase() == ty.to_lowercase()) else { continue };
        if *other != ty {
            let message = format!("`{file}`, of table `{}`, is there for another table: it declares `{other}`", model.table);
            let found = Diagnostic::error(Code::FileCollision, message);
            let found = match model.span {
                Some(span) => found.at(span, ""),
                None => found.path(&file),
            };
            report.push(found.help("use another directory; or delete the files of the other table, if this is its new name"));
        }
    }
}

/// An earlier run may have made models of other tables here, and people may have put anything beside them.
fn check_others(models: &[Model], style: &Style, files: &[RenderedFile], standing: &Package, root: &Root, report: &mut Report) {
    let written: Vec<&RenderedFile> = files.iter().filter(|file| !standing.is_kept(file)).collect();
    for (file, name, other) in standing.declared_again(&written) {
        let of = models
            .iter()
            .find(|model| file.path.strip_prefix(&stem(&model.table, style)).is_some_and(|end| matches!(end, ".go" | "_gen.go")));
        let table = of.map_or(String::new(), |model| format!(" for table `{}`", model.table));
        let message = format!("`{other}` declares `{name}` already, as `{}` would{table}", file.path);
        let found = Diagnostic::error(Code::DuplicateName, message);
        let found = match of.and_then(|model| model.span) {
            Some(span) => found.at(span, ""),
            None => found.path(&root.shown),
        };
        report.push(found.help("use another directory; or delete that file, if nothing needs it any more"));
    }
}

/// The package of the Go files that are there, which new ones must join; else the directory's name (contract: model 6).
fn package(root: &Root, standing: &Package) -> String {
    let name = root.dir.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    standing.name().map_or_else(|| package_name(&name), str::to_owned)
}

/// Leaves out what would be declared, or written, a second time in one package. What only goctl's spelling of variables
/// makes one gets a number.
fn tell_apart(models: Vec<Model>, style: &Style, options: &Options, standing: &Package, report: &mut Report) -> Vec<Model> {
    let mut files: BTreeMap<String, Model> = BTreeMap::new();
    let mut names: BTreeMap<String, (String, Option<Span>)> = BTreeMap::new();
    names.insert("ErrNotFound".to_owned(), ("vars.go".to_owned(), None));
    let mut kept = Vec::new();
    for model in models {
        let stem = stem(&model.table, style);
        let mut clash = None;
        if let Some(first) = files.get(&stem.to_lowercase()) {
            let (first_name, name) = model.beside(first);
            let message = format!("tables `{first_name}` and `{name}` would both be written to `{stem}.go`");
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
            // Other directories share the cache all the same.
            let shares = prefixes(&model, options).any(|prefix| names.contains_key(prefix));
            let help = if shares { ", with another `--prefix` or `--database`: they would share keys of the cache" } else { "" };
            report.push(found.help(format!("make the models of one of them in another directory{help}")));
            continue;
        }
        let owned = || (model.table.clone(), model.span);
        names.extend(model.declares().into_iter().map(|name| (name, owned())));
        names.extend(prefixes(&model, options).map(|prefix| (prefix.to_owned(), owned())));
        files.insert(stem.to_lowercase(), model.clone());
        kept.push(model);
    }
    if options.cache {
        let generated: Vec<String> = kept.iter().map(|model| format!("{}_gen.go", stem(&model.table, style))).collect();
        let others = standing.declared_besides(&generated.iter().map(String::as_str).collect());
        let mut taken: BTreeSet<String> = names.into_keys().chain(others.into_keys().map(str::to_owned)).collect();
        kept.iter_mut().for_each(|model| model.tell_prefixes_apart(&mut taken));
    }
    kept
}

/// What a model's keys begin with, where it has a cache. No Go name has a colon.
fn prefixes<'a>(model: &'a Model, options: &Options) -> impl Iterator<Item = &'a str> {
    model.prefixes().filter(|_| options.cache)
}
