//! What the generated files use and a kept file does not have: a `jwt` or a middleware that came after the first run.
//!
//! The user's files are read, never changed: each finding says what to add where.

use std::path::Path;

use super::names::Names;
use super::plan::Paths;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::plan::Root;
use crate::source::{FileId, Sources, Span};

/// Compares the scaffolds that stand below `root` with what routes.go is about to use.
pub(super) fn check(names: &Names, paths: &Paths<'_>, root: &Root, sources: &mut Sources, report: &mut Report) {
    let mut open = |path: &str| {
        let shown = Path::new(&root.shown).join(path).display().to_string();
        sources.read(&root.dir.join(path), &shown).ok()
    };
    let (config, service_context, etc) = (open(&paths.config()), open(&paths.service_context()), open(&paths.etc()));
    if let Some(file) = config {
        let wanted = names.jwt.iter().map(|name| (name, ["AccessSecret string", "AccessExpire int64"]));
        let transitions = names.jwt_transition.iter().map(|name| (name, ["Secret string", "PrevSecret string"]));
        for (name, fields) in wanted.chain(transitions) {
            let lines = format!("{name} struct {{ {} }}", fields.join("; "));
            missing(file, "Config", name, &format!("add to `type Config struct`: `{lines}`"), sources, report);
        }
    }
    if let Some(file) = service_context {
        for middleware in &names.middleware {
            let field = &middleware.field;
            let help = format!(
                "add to `type ServiceContext struct`: `{field} rest.Middleware`, and to the value that NewServiceContext returns: \
                 `{field}: middleware.New{}().Handle,`",
                middleware.ty
            );
            missing(file, "ServiceContext", field, &help, sources, report);
        }
    }
    if let Some(file) = etc {
        for (name, keys) in names
            .jwt
            .iter()
            .map(|n| (n, "AccessSecret and AccessExpire"))
            .chain(names.jwt_transition.iter().map(|n| (n, "Secret and PrevSecret")))
        {
            missing_key(file, name, keys, sources, report);
        }
    } else if !names.jwt.is_empty() || !names.jwt_transition.is_empty() {
        let message = "the new configuration holds a secret that everybody knows; replace it before the service is reachable";
        report
            .push(Diagnostic::note(Code::PlaceholderSecret, message).path(Path::new(&root.shown).join(paths.etc()).display().to_string()));
    }
}

/// Reports a field that the struct does not have.
fn missing(file: FileId, structure: &str, field: &str, help: &str, sources: &Sources, report: &mut Report) {
    let text = sources.text(file);
    let words = words(text);
    if words.iter().any(|(_, word)| *word == field) {
        return;
    }
    let declared = words.windows(3).find(|w| w[0].1 == "type" && w[1].1 == structure && w[2].1 == "struct");
    let mut warning = Diagnostic::warning(
        Code::MissingWiring,
        format!("`{structure}` has no field `{field}`, which routes.go uses: the service will not compile"),
    );
    warning = match declared {
        Some(declared) => warning.at(Span::new(file, declared[1].0, declared[1].0 + structure.len()), "this file is yours, and was kept"),
        None => warning.path(sources.name(file)),
    };
    report.push(warning.help(help));
}

/// Reports a top-level key that the YAML does not have; go-zero compares keys without case.
fn missing_key(file: FileId, key: &str, keys: &str, sources: &Sources, report: &mut Report) {
    let has = |line: &str| line.split_once(':').is_some_and(|(name, _)| name.trim_matches(['"', '\'', ' ']).eq_ignore_ascii_case(key));
    if sources.text(file).lines().filter(|line| !line.starts_with([' ', '\t', '#'])).any(has) {
        return;
    }
    let message = format!("the configuration has no `{key}`: the service will not start with it");
    report.push(
        Diagnostic::warning(Code::MissingWiring, message).path(sources.name(file)).help(format!("add `{key}:` with {keys} below it")),
    );
}

/// The words of a Go file with their places, comments and strings left out.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = text.get(at..).unwrap_or("");
        let skip = |open: usize, end: &str| rest.get(open..).and_then(|r| r.find(end)).map_or(rest.len(), |i| open + i + end.len());
        at += match byte {
            b'/' if rest.starts_with("//") => skip(2, "\n"),
            b'/' if rest.starts_with("/*") => skip(2, "*/"),
            b'`' => skip(1, "`"),
            b'"' | b'\'' => {
                let mut escaped = false;
                let close = rest.bytes().skip(1).position(|b| {
                    let end = b == byte && !escaped || b == b'\n';
                    escaped = b == b'\\' && !escaped;
                    end
                });
                close.map_or(rest.len(), |i| i + 2)
            }
            b if b.is_ascii_alphabetic() || b == b'_' => {
                let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                words.push((at, &rest[..length]));
                length
            }
            _ => rest.chars().next().map_or(1, char::len_utf8),
        };
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_neither_comments_nor_strings() {
        let found: Vec<&str> =
            words("type A struct { // B\n\tC string `D` /* E */ \"F\\\"G\" '\\'' 世 H_1 }").into_iter().map(|(_, w)| w).collect();
        assert_eq!(found, ["type", "A", "struct", "C", "string", "H_1"]);
    }
}
