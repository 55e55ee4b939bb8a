//! What the generated files use and a kept file does not have: a `jwt` or a middleware that came after the first run.
//!
//! The user's files are read, never changed: each finding says what to add where.

use std::path::Path;

use super::names::{Middleware, Names};
use super::plan::Paths;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::ident::{PREDECLARED, quote};
use crate::golang::outline::{Field, GoType, Outline, Part};
use crate::plan::Root;
use crate::source::{FileId, Sources, Span};

/// Compares the scaffolds that stand below `root` with what routes.go is about to use.
pub(super) fn check(names: &Names, paths: &Paths<'_>, root: &Root, sources: &mut Sources, report: &mut Report) {
    let mut open = |path: &str| {
        let shown = Path::new(&root.shown).join(path).display().to_string();
        sources.read(&root.dir.join(path), &shown).ok()
    };
    let (config, service_context, etc) = (open(&paths.config()), open(&paths.service_context()), open(&paths.etc()));
    let jwt = names.jwt.iter().map(|name| (name, [("AccessSecret", "string"), ("AccessExpire", "int64")]));
    let transitions = names.jwt_transition.iter().map(|name| (name, [("Secret", "string"), ("PrevSecret", "string")]));
    for (name, keys) in jwt.chain(transitions) {
        if let Some(file) = config {
            config_field(file, name, keys, sources, report);
        }
        if let Some(file) = etc {
            etc_section(file, name, keys, sources, report);
        }
    }
    if let Some(file) = service_context {
        for middleware in &names.middleware {
            service_context_field(file, middleware, &paths.project.import_root, sources, report);
        }
    }
    let has_secrets = !names.jwt.is_empty() || !names.jwt_transition.is_empty();
    if etc.is_none() && has_secrets && paths.project.compat.configures_jwt() {
        let message = "the new configuration holds a secret that everybody knows; replace it before the service is reachable";
        report
            .push(Diagnostic::note(Code::PlaceholderSecret, message).path(Path::new(&root.shown).join(paths.etc()).display().to_string()));
    }
}

fn config_field(file: FileId, name: &str, keys: [(&str, &str); 2], sources: &Sources, report: &mut Report) {
    let Some(outline) = Outline::read(sources.text(file)) else { return };
    let fields = keys.map(|(key, ty)| format!("{key} {ty}")).join("; ");
    let help = format!("add to `type Config struct`: `{name} struct {{ {fields} }}`");
    let problem = match Found::of(&outline, "Config", name) {
        Found::Missing => format!("`Config` has no field `{name}`"),
        Found::Field(Field { fields: Some(inner), .. }) => {
            let has = |key: &str| inner.iter().any(|field| field.names.is_empty() || field.names.iter().any(|name| name == key));
            match keys.iter().find(|(key, _)| !has(key)) {
                Some((key, _)) => format!("`Config.{name}` has no field `{key}`"),
                None => return,
            }
        }
        Found::Field(field) if PREDECLARED.iter().any(|ty| field.ty.is(ty)) => format!("`Config.{name}` is no struct"),
        // A type of the user's own: it has what it has.
        Found::Field(_) | Found::MayBeEmbedded => return,
    };
    missing(file, "Config", &outline, &format!("{problem}, which routes.go uses: the service will not compile"), &help, report);
}

fn service_context_field(file: FileId, middleware: &Middleware, import_root: &str, sources: &Sources, report: &mut Report) {
    let Some(outline) = Outline::read(sources.text(file)) else { return };
    let (field, ty) = (&middleware.field, &middleware.ty);
    let mut steps = Vec::new();
    for path in [format!("{import_root}/internal/middleware"), "github.com/zeromicro/go-zero/rest".to_owned()] {
        if !outline.imports.iter().any(|import| import.path == path) {
            steps.push(format!("import `{}`", quote(&path)));
        }
    }
    let declared = !matches!(Found::of(&outline, "ServiceContext", field), Found::Missing);
    if !declared {
        steps.push(format!("add to `type ServiceContext struct`: `{field} rest.Middleware`"));
    }
    // Set where the value is made, or later: `Trace:`, `.Trace =`.
    let is_set = outline.assigned.contains(field);
    if !is_set {
        steps.push(format!("set it in NewServiceContext: `{field}: middleware.New{ty}().Handle,`"));
    }
    let problem = match (declared, is_set) {
        (true, true) => return,
        (false, _) => format!("`ServiceContext` has no field `{field}`, which routes.go uses: the service will not compile"),
        (true, false) => format!("nothing sets `ServiceContext.{field}`, which routes.go uses: the service will stop at its first request"),
    };
    missing(file, "ServiceContext", &outline, &problem, &steps.join("; "), report);
}

/// A finding about a struct of a kept file, at its declaration.
fn missing(file: FileId, structure: &str, outline: &Outline, message: &str, help: &str, report: &mut Report) {
    let Some(declared) = outline.type_decl(structure) else { return };
    let span = Span::new(file, declared.range.start, declared.range.end);
    report.push(Diagnostic::warning(Code::MissingWiring, message).at(span, "this file is yours, and was kept").help(help));
}

/// What a struct says of a field.
enum Found<'a> {
    /// It is there.
    Field(&'a Field),
    /// It is not there.
    Missing,
    /// It is not there, but a type is embedded that may have it; or the struct itself is not there.
    MayBeEmbedded,
}

impl<'a> Found<'a> {
    fn of(outline: &'a Outline, structure: &str, field: &str) -> Self {
        let Some(fields) = outline.type_decl(structure).and_then(|ty| ty.fields.as_ref()) else { return Self::MayBeEmbedded };
        if let Some(found) = fields.iter().find(|known| known.names.iter().any(|name| name == field)) {
            return Self::Field(found);
        }
        let is_ours = |ty: &GoType| matches!(ty.0.as_slice(), [Part::Of(_, name)] if name == "RestConf");
        let embeds = fields.iter().any(|field| field.names.is_empty() && !is_ours(&field.ty));
        if embeds { Self::MayBeEmbedded } else { Self::Missing }
    }
}

/// Reports a top-level key that the YAML does not have, or that lacks a key below it; go-zero compares keys without case.
fn etc_section(file: FileId, name: &str, keys: [(&str, &str); 2], sources: &Sources, report: &mut Report) {
    let key_of = |line: &str| line.split_once(':').map(|(key, _)| key.trim_matches(['"', '\'', ' ', '\t']).to_lowercase());
    let lines: Vec<&str> =
        sources.text(file).lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')).collect();
    let is_top = |line: &str| !line.starts_with([' ', '\t']);
    let section = lines.iter().position(|line| is_top(line) && key_of(line) == Some(name.to_lowercase()));
    let missing = match section {
        None => format!("the configuration has no `{name}`"),
        // `Auth: {…}`, `Auth: *anchor`: whatever it is, it is on one line.
        Some(at) if lines[at].split_once(':').is_some_and(|(_, rest)| !rest.trim().is_empty() && !rest.trim().starts_with('#')) => return,
        Some(at) => {
            let below: Vec<String> = lines.iter().skip(at + 1).take_while(|line| !is_top(line)).filter_map(|line| key_of(line)).collect();
            match keys.iter().find(|(key, _)| !below.contains(&key.to_lowercase())) {
                Some((key, _)) => format!("`{name}` of the configuration has no `{key}`"),
                None => return,
            }
        }
    };
    let message = format!("{missing}: the service will not start with it");
    let values = keys.map(|(key, ty)| format!("  {key}: {}", if ty == "int64" { "86400" } else { "<at least 8 characters>" }));
    let help = format!("it needs the lines\n{name}:\n{}", values.join("\n"));
    report.push(Diagnostic::warning(Code::MissingWiring, message).path(sources.name(file)).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_those_of_their_struct() {
        let text = "package config\n\ntype Other struct {\n\tAuth int\n}\n\ntype Config struct {\n\trest.RestConf\n\tDeep struct {\n\t\tAuth int\n\t}\n\tA, B Auth\n}\n";
        let found = |text: &str, field: &str| match Found::of(&Outline::read(text).unwrap(), "Config", field) {
            Found::Field(_) => "found",
            Found::Missing => "missing",
            Found::MayBeEmbedded => "embedded",
        };
        assert_eq!([found(text, "Auth"), found(text, "B"), found(text, "Deep")], ["missing", "found", "found"]);
        assert_eq!(found(&text.replace("rest.RestConf", "rest.RestConf\n\t*common.Conf"), "Auth"), "embedded");
        assert_eq!(found("package config\n", "Auth"), "embedded");
    }
}
