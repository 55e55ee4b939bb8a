//! `@server`: words become typed fields of the group, once and for everybody (contract: api-language 3.3, api-go 6).

use std::collections::BTreeMap;

use super::super::ast::{AtServer, KeyValue, Spelling, Value, Word};
use super::super::spec::Group;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::duration;
use crate::naming::nearest;
use crate::source::Span;

/// Every key some generator reads.
const KEYS: [&str; 12] =
    ["group", "prefix", "jwt", "jwtTransition", "middleware", "timeout", "maxBytes", "signature", "sse", "tags", "summary", "authType"];

/// The group that a service block's annotations describe, without routes yet.
pub(super) fn group(server: Option<&AtServer>, report: &mut Report) -> Group {
    let entries = server.map_or(&[][..], |s| s.entries.as_slice());
    let values = last_values(entries, report);
    for entry in entries {
        known_key(&entry.key, report);
    }
    let filled = |key: &str| values.get(key).copied().filter(|v| !v.text.trim().is_empty());
    let mut name = |key: &str| filled(key).and_then(|v| identifier(key, v.text.trim(), v.span, report));
    let jwt = name("jwt");
    let jwt_transition = name("jwtTransition");
    Group {
        name: filled("group").and_then(|v| group_name(v, report)),
        prefix: filled("prefix").and_then(prefix),
        jwt,
        jwt_transition,
        middleware: filled("middleware").map_or(Vec::new(), |v| middleware(v, report)),
        timeout: filled("timeout").and_then(|v| timeout(v, report)),
        max_bytes: filled("maxBytes").and_then(|v| max_bytes(v, report)),
        signature: filled("signature").is_some_and(|v| flag("signature", v, report)),
        sse: filled("sse").is_some_and(|v| flag("sse", v, report)),
        routes: Vec::new(),
    }
}

/// The value of each key; the last one where a key is repeated, as goctl has it.
pub(super) fn last_values<'a>(entries: &'a [KeyValue], report: &mut Report) -> BTreeMap<&'a str, &'a Value> {
    let mut values = BTreeMap::new();
    let mut places: BTreeMap<&str, Span> = BTreeMap::new();
    for entry in entries {
        if let Some(first) = places.insert(&entry.key.text, entry.key.span) {
            let message = format!("`{}` is given twice; the last one counts", entry.key.text);
            report.push(Diagnostic::warning(Code::DuplicateKey, message).at(entry.key.span, "").and(first, "this one is ignored"));
        }
        values.insert(entry.key.text.as_str(), &entry.value);
    }
    values
}

fn known_key(key: &Word, report: &mut Report) {
    if KEYS.contains(&key.text.as_str()) {
        return;
    }
    let mut warning = Diagnostic::warning(Code::UnknownKey, format!("`@server` has no key `{}`; it is ignored", key.text)).at(key.span, "");
    if let Some(near) = nearest(&key.text, KEYS) {
        warning = warning.help(format!("did you mean `{near}`?"));
    }
    report.push(warning);
}

fn bad_value(message: String, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadValue, message).at(span, "")
}

/// A path of plain words: it becomes directories and package names.
fn group_name(value: &Value, report: &mut Report) -> Option<Word> {
    let text = value.text.trim();
    let text = text.strip_prefix('/').unwrap_or(text);
    let text = text.strip_suffix('/').unwrap_or(text);
    let plain = |part: &str| {
        part.chars().any(|c| c.is_ascii_alphanumeric()) && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    if text.is_empty() {
        return None;
    }
    if let Some(part) = text.split('/').find(|part| !plain(part)) {
        let message = format!("`{part}` cannot be a part of a group's name");
        report.push(bad_value(message, value.span).help("a group is a path of letters, digits, `_`, `-` and `.`: `user/admin`"));
        return None;
    }
    Some(Word { text: text.to_owned(), span: value.span })
}

/// Joined below `/` and cleaned; `None` where nothing is left.
fn prefix(value: &Value) -> Option<String> {
    let clean = clean_path(value.text.trim());
    (clean != "/").then_some(clean)
}

/// A path below `/` without empty, `.` and `..` parts (Go's `path.Clean`).
pub(super) fn clean_path(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

fn middleware(value: &Value, report: &mut Report) -> Vec<Word> {
    let names = value.text.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.filter_map(|name| identifier("middleware", name, value.span, report)).collect()
}

/// A name that becomes a field: letters, digits, `_`; a `-` is tolerated, generators replace it.
fn identifier(key: &str, text: &str, span: Span, report: &mut Report) -> Option<Word> {
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic());
    if starts && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')) {
        return Some(Word { text: text.to_owned(), span });
    }
    let message = format!("`{text}` is not a name that `{key}` can have");
    report.push(bad_value(message, span).help("use a letter, then letters, digits and `_`"));
    None
}

fn flag(key: &str, value: &Value, report: &mut Report) -> bool {
    if !matches!(value.text.as_str(), "true" | "false") {
        let message = format!("`{key}` is on with `true` only; `{}` leaves it off", value.text);
        report.push(Diagnostic::warning(Code::BadValue, message).at(value.span, ""));
    }
    value.text == "true"
}

fn max_bytes(value: &Value, report: &mut Report) -> Option<i64> {
    let parsed = value.text.parse::<i64>().ok();
    if parsed.is_none() {
        let message = format!("`{}` is not a number of bytes", value.text);
        report.push(bad_value(message, value.span).help("write the number alone, in bytes: `1048576`"));
    }
    parsed
}

fn timeout(value: &Value, report: &mut Report) -> Option<i64> {
    let parsed = duration::parse(&value.text);
    if parsed.is_none() {
        let message = format!("`{}` is not a duration", value.text);
        let mut error = bad_value(message, value.span).help("write digits and a unit (h, m, s, ms, µs, ns): `3s`, `1m30s`");
        if value.spelling == Spelling::Bare && value.text.chars().all(|c| c.is_ascii_digit()) {
            error = error.help(format!("the unit is missing: `{0}ms`, `{0}s`?", value.text));
        }
        report.push(error);
    }
    parsed
}

/// One name cannot be both a `jwt` and a `jwtTransition`: each stands for configuration of another shape.
pub(super) fn forbid_shared_names(groups: &[Group], report: &mut Report) {
    let mut jwt: BTreeMap<&str, Span> = BTreeMap::new();
    for word in groups.iter().filter_map(|g| g.jwt.as_ref()) {
        jwt.entry(&word.text).or_insert(word.span);
    }
    let mut told = BTreeMap::new();
    for word in groups.iter().filter_map(|g| g.jwt_transition.as_ref()) {
        if let Some(first) = jwt.get(word.text.as_str())
            && told.insert(&word.text, ()).is_none()
        {
            let message = format!("`{}` is both a `jwt` and a `jwtTransition`", word.text);
            let error = Diagnostic::error(Code::DuplicateName, message).at(word.span, "").and(*first, "the `jwt` is here");
            report.push(error.help("give one of them another name"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cleaned() {
        assert_eq!(clean_path("v1//x/../y/"), "/v1/y");
        assert_eq!(clean_path("/"), "/");
    }
}
