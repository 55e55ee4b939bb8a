//! Field tags: well-formed, no key and no name twice, path parameters on both sides. Warnings, all but one: real services
//! carry such tags and run (decisions, Diagnostics).

use std::collections::{BTreeMap, BTreeSet};

use super::super::spec::{Field, Group, Route, Struct, Type, TypeId};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Span;

/// Reports malformed tags and repeated names.
pub(super) fn check(types: &[Struct], report: &mut Report) {
    for ty in types {
        fields(&ty.fields, report);
    }
}

fn fields(fields_: &[Field], report: &mut Report) {
    let mut names: BTreeMap<(String, String), Span> = BTreeMap::new();
    for field in fields_ {
        if let Type::Inline(inner) = &field.ty {
            fields(inner, report);
        }
        let Some(tag) = &field.tag else { continue };
        if tag.contains(['\0', '\u{feff}']) {
            let message = "the tag holds a character that no Go file may contain (NUL or a byte order mark)";
            report.push(Diagnostic::error(Code::MalformedTag, message).at(field.span, "").help("remove it: an editor may not show it"));
            continue;
        }
        let Some(pairs) = parse(tag) else {
            let warning =
                Diagnostic::warning(Code::MalformedTag, format!("the tag {tag} is not of the form key:\"value\"")).at(field.span, "");
            report.push(warning.help("Go ignores such a tag; write `json:\"name\"`, and one blank between several"));
            continue;
        };
        let mut keys = BTreeSet::new();
        for (key, value) in pairs {
            if !keys.insert(key) {
                report.push(
                    Diagnostic::warning(Code::DuplicateTag, format!("the tag has `{key}` twice; the first counts")).at(field.span, ""),
                );
                continue;
            }
            let name = value.split(',').next().unwrap_or("");
            if name.is_empty() || name == "-" || !matches!(key, "json" | "form" | "path" | "header") {
                continue;
            }
            let first = names.insert((key.to_owned(), name.to_owned()), field.span).or((field.names.len() > 1).then_some(field.span));
            if let Some(first) = first {
                let message = format!("two fields are called `{name}` in {key}");
                report.push(Diagnostic::warning(Code::DuplicateTag, message).at(field.span, "").and(first, "the other field"));
            }
        }
    }
}

/// The keys and values of a tag (Go's `reflect.StructTag`); `None` where it is not well-formed.
fn parse(tag: &str) -> Option<Vec<(&str, &str)>> {
    let mut rest = tag.trim_matches('`').trim_matches(' ');
    let mut pairs = Vec::new();
    while !rest.is_empty() {
        let (key, tail) = rest.split_once(":\"")?;
        if key.is_empty() || key.contains([' ', '"', ':']) || key.chars().any(char::is_control) {
            return None;
        }
        let mut escaped = false;
        let end = tail.find(|c| {
            let quote = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            quote
        })?;
        pairs.push((key, tail.get(..end)?));
        let tail = tail.get(end + 1..)?;
        rest = tail.trim_start_matches(' ');
        if !rest.is_empty() && rest.len() == tail.len() {
            return None;
        }
    }
    Some(pairs)
}

/// Each `:name` of a route has a field tagged `path:"name"` in its request, and the other way round.
pub(super) fn check_path_parameters(groups: &[Group], types: &[Struct], report: &mut Report) {
    let mut cache: BTreeMap<TypeId, BTreeMap<String, Span>> = BTreeMap::new();
    for (group, route) in groups.iter().flat_map(|g| g.routes.iter().map(move |r| (g, r))) {
        let prefix = group.prefix.as_deref().unwrap_or("");
        let in_path: BTreeSet<&str> = prefix.split('/').chain(route.path.text.split('/')).filter_map(|p| p.strip_prefix(':')).collect();
        let none = BTreeMap::new();
        let in_type = match route.request {
            Some(id) => &*cache.entry(id).or_insert_with(|| path_tags(id, types)),
            None => &none,
        };
        // A request without fields is a skeleton still.
        let is_skeleton = route.request.and_then(|id| types.get(id.0)).is_some_and(|ty| ty.fields.is_empty());
        if !is_skeleton {
            missing_fields(route, &in_path, in_type, report);
        }
        for (name, span) in in_type.iter().filter(|(name, _)| !in_path.contains(name.as_str())) {
            let message = format!("`{} {}` has no parameter `:{name}`", route.method.word(), route.path.text);
            let warning = Diagnostic::warning(Code::PathParameter, message).at(route.path.span, "");
            report.push(warning.and(*span, "this field expects it, and each request will be refused"));
        }
    }
}

fn missing_fields(route: &Route, in_path: &BTreeSet<&str>, in_type: &BTreeMap<String, Span>, report: &mut Report) {
    for name in in_path.iter().filter(|name| !in_type.contains_key(**name)) {
        let message = format!("nothing receives the parameter `:{name}`");
        let warning = Diagnostic::warning(Code::PathParameter, message).at(route.path.span, "");
        report.push(warning.help(format!("add a field tagged `path:\"{name}\"` to the request")));
    }
}

/// The names of a type's `path` tags, embedded types included.
fn path_tags(id: TypeId, types: &[Struct]) -> BTreeMap<String, Span> {
    let mut found = BTreeMap::new();
    let mut seen = BTreeSet::from([id]);
    let mut todo = vec![id];
    while let Some(id) = todo.pop() {
        for field in types.get(id.0).map_or(&[][..], |ty| ty.fields.as_slice()) {
            let tag = field.tag.as_deref().and_then(parse).unwrap_or_default();
            if let Some((_, value)) = tag.iter().find(|(key, _)| *key == "path") {
                found.insert(value.split(',').next().unwrap_or("").trim().to_owned(), field.span);
            }
            todo.extend(field.ty.declared().filter(|id| field.is_embedded() && seen.insert(*id)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_as_reflect_reads_them() {
        assert_eq!(parse("`json:\"a,optional\" path:\"b\"`"), Some(vec![("json", "a,optional"), ("path", "b")]));
        assert_eq!(parse("``"), Some(vec![]));
        for bad in ["`json`", "`json:a`", "`json:\"a\"path:\"b\"`", "`json:\"a`", "`:\"a\"`"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
