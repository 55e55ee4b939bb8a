//! What the generated files use and a kept file does not have: a `jwt` or a middleware that came after the first run.
//!
//! The user's files are read, never changed: each finding says what to add where.

use std::path::Path;

use super::names::{Middleware, Names};
use super::plan::Paths;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::ident::{PREDECLARED, quote};
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
    let text = sources.text(file);
    let words = words(text);
    let fields = keys.map(|(key, ty)| format!("{key} {ty}")).join("; ");
    let help = format!("add to `type Config struct`: `{name} struct {{ {fields} }}`");
    let problem = match Field::find(&words, "Config", name) {
        Field::Missing => format!("`Config` has no field `{name}`"),
        Field::Found(at) => match words.get(at + 1).map(|(_, word)| *word) {
            Some("struct") => {
                let body: Vec<&str> = words.iter().skip(at + 3).map(|(_, word)| *word).take_while(|word| *word != "}").collect();
                match keys.iter().find(|(key, _)| !body.contains(key)) {
                    Some((key, _)) => format!("`Config.{name}` has no field `{key}`"),
                    None => return,
                }
            }
            Some(ty) if PREDECLARED.contains(&ty) => format!("`Config.{name}` is no struct"),
            // A type of the user's own: it has what it has.
            _ => return,
        },
        Field::MayBeEmbedded => return,
    };
    missing(file, "Config", &words, &format!("{problem}, which routes.go uses: the service will not compile"), &help, sources, report);
}

fn service_context_field(file: FileId, middleware: &Middleware, import_root: &str, sources: &Sources, report: &mut Report) {
    let text = sources.text(file);
    let words = words(text);
    let (field, ty) = (&middleware.field, &middleware.ty);
    let mut steps = Vec::new();
    for path in [format!("{import_root}/internal/middleware"), "github.com/zeromicro/go-zero/rest".to_owned()] {
        if !text.contains(&quote(&path)) {
            steps.push(format!("import `{}`", quote(&path)));
        }
    }
    let declared = !matches!(Field::find(&words, "ServiceContext", field), Field::Missing);
    if !declared {
        steps.push(format!("add to `type ServiceContext struct`: `{field} rest.Middleware`"));
    }
    // Set where the value is made, or later: `Trace:`, `.Trace =`.
    let is_set = words.windows(2).any(|pair| pair[0].1 == field && matches!(pair[1].1, ":" | "="));
    if !is_set {
        steps.push(format!("set it in NewServiceContext: `{field}: middleware.New{ty}().Handle,`"));
    }
    let problem = match (declared, is_set) {
        (true, true) => return,
        (false, _) => format!("`ServiceContext` has no field `{field}`, which routes.go uses: the service will not compile"),
        (true, false) => format!("nothing sets `ServiceContext.{field}`, which routes.go uses: the service will stop at its first request"),
    };
    missing(file, "ServiceContext", &words, &problem, &steps.join("; "), sources, report);
}

/// A finding about a struct of a kept file, at its declaration.
fn missing(file: FileId, structure: &str, words: &[(usize, &str)], message: &str, help: &str, sources: &Sources, report: &mut Report) {
    let mut warning = Diagnostic::warning(Code::MissingWiring, message);
    warning = match words.windows(3).find(|w| w[0].1 == "type" && w[1].1 == structure && w[2].1 == "struct") {
        Some(declared) => warning.at(Span::new(file, declared[1].0, declared[1].0 + structure.len()), "this file is yours, and was kept"),
        None => warning.path(sources.name(file)),
    };
    report.push(warning.help(help));
}

/// What a struct says of a field.
enum Field {
    /// The word that names it, by its position.
    Found(usize),
    /// It is not there.
    Missing,
    /// It is not there, but a type of another package is embedded that may have it; or the struct itself is not there.
    MayBeEmbedded,
}

impl Field {
    fn find(words: &[(usize, &str)], structure: &str, field: &str) -> Self {
        let head = ["type", structure, "struct", "{"];
        let Some(start) = words.windows(4).position(|w| w.iter().map(|(_, word)| *word).eq(head)) else { return Self::MayBeEmbedded };
        let (mut depth, mut begins, mut embedded) = (1, true, false);
        for (at, (_, word)) in words.iter().enumerate().skip(start + 4) {
            match *word {
                "{" => depth += 1,
                "}" => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            if depth == 1 && begins && *word == field {
                return Self::Found(at);
            }
            let dotted = words.get(at + 1).is_some_and(|(_, next)| *next == ".");
            embedded |= depth == 1 && begins && dotted && words.get(at + 2).is_some_and(|(_, name)| *name != "RestConf");
            begins = matches!(*word, "\n" | ";" | ",") || begins && *word == "*";
        }
        if embedded { Self::MayBeEmbedded } else { Self::Missing }
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

/// The words and marks of a Go file with their places, comments and strings left out; a line break is a mark too.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = text.get(at..).unwrap_or("");
        let skip = |open: usize, end: &str| rest.get(open..).and_then(|r| r.find(end)).map_or(rest.len(), |i| open + i + end.len());
        at += match byte {
            b'/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
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
            b'\n' | b'{' | b'}' | b';' | b',' | b':' | b'=' | b'.' | b'*' => {
                words.push((at, &rest[..1]));
                1
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
            words("type A struct { // B\nC string `D` /* E */ \"F\\\"G\" '\\'' 世 H_1 }").into_iter().map(|(_, w)| w).collect();
        assert_eq!(found, ["type", "A", "struct", "{", "\n", "C", "string", "H_1", "}"]);
    }

    #[test]
    fn fields_stand_at_the_beginning_of_a_line_of_their_struct() {
        let text = "type Other struct {\n\tAuth int\n}\ntype Config struct {\n\trest.RestConf\n\tDeep struct {\n\t\tAuth int\n\t}\n\tA, B Auth\n}\n";
        let found = |field: &str| match Field::find(&words(text), "Config", field) {
            Field::Found(_) => "found",
            Field::Missing => "missing",
            Field::MayBeEmbedded => "embedded",
        };
        assert_eq!([found("Auth"), found("B"), found("Deep")], ["missing", "found", "found"]);
        let embeds = text.replace("rest.RestConf", "rest.RestConf\n\t*common.Conf");
        assert!(matches!(Field::find(&words(&embeds), "Config", "Auth"), Field::MayBeEmbedded));
    }
}
