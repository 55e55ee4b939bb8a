//! Package `types`: declarations line by line, and types as Go spells them.

use super::super::super::spec::{ApiSpec, Field, Type, TypeId};
use super::super::names::exported;
use super::goctl;
use crate::compat::Compat;
use crate::golang::comment::{clean, comment_of};
use crate::view::{View, view};

view! {
    /// `internal/types/types.go`, or one file of it.
    pub(super) struct Types {
        /// By source name.
        pub(super) types: Vec<Declaration>,
    }

    /// One declared type.
    pub(super) struct Declaration {
        /// Comment lines above.
        pub(super) docs: Vec<String>,
        /// The Go name.
        pub(super) name: String,
        /// Line by line: a struct without a name is a line that opens it, its fields, and a line that closes it.
        pub(super) lines: Vec<Line>,
    }

    /// One line of a struct.
    pub(super) struct Line {
        /// `field`, `open` or `close`.
        pub(super) kind: &'static str,
        /// Comment lines above.
        pub(super) docs: Vec<String>,
        /// `Name`, `A, B`; empty for an embedded field and for `close`.
        pub(super) name: String,
        /// The Go type; empty for `open` and `close`.
        pub(super) ty: String,
        /// With its backticks; may be empty.
        pub(super) tag: String,
        /// With its markers; may be empty.
        pub(super) comment: String,
    }
}

/// A file with the types of `api` that `wanted` picks by position.
pub(in super::super) fn types(api: &ApiSpec, wanted: impl Fn(usize) -> bool, compat: Compat) -> View {
    let declarations = api.types.iter().enumerate().filter(|(i, _)| wanted(*i)).map(|(_, ty)| {
        let mut lines = Vec::with_capacity(ty.fields.len());
        for field in &ty.fields {
            field_lines(field, api, compat, &mut lines);
        }
        Declaration { docs: comment_lines(&ty.docs, compat), name: exported(&ty.name.text), lines }
    });
    View::new("api/types", Types { types: declarations.collect() }, goctl::Types::new)
}

fn field_lines(field: &Field, api: &ApiSpec, compat: Compat, lines: &mut Vec<Line>) {
    let kept = !field.is_embedded() || compat.keeps_type_docs();
    let docs = comment_lines(&field.docs, compat);
    let name = field.names.iter().map(|name| exported(&name.text)).collect::<Vec<_>>().join(", ");
    let tag = field.tag.clone().filter(|_| kept).unwrap_or_default();
    let comment = if kept { go_comments(&field.trailing).join(" ") } else { String::new() };
    if let Type::Inline(inner) = &field.ty {
        lines.push(Line { kind: "open", docs, name, ty: String::new(), tag: String::new(), comment: String::new() });
        for field in inner {
            field_lines(field, api, compat, lines);
        }
        lines.push(Line { kind: "close", docs: Vec::new(), name: String::new(), ty: String::new(), tag, comment });
    } else {
        lines.push(Line { kind: "field", docs, name, ty: go_type(&field.ty, api, ""), tag, comment });
    }
}

fn comment_lines(comments: &[String], compat: Compat) -> Vec<String> {
    if !compat.keeps_type_docs() {
        return Vec::new();
    }
    let lines: Vec<String> = go_comments(comments).iter().flat_map(|comment| line_comments(comment)).collect();
    // gofmt takes empty lines off both ends, and needs a second run to align what stood around them.
    let filled = |line: &String| line.trim_end() != "//";
    let end = lines.iter().rposition(filled).map_or(0, |last| last + 1);
    lines.into_iter().take(end).skip_while(|line| !filled(line)).collect()
}

/// A block comment over several lines as line comments, without the indentation that its later lines share: gofmt takes
/// the indented lines of a documentation comment for code.
fn line_comments(comment: &str) -> Vec<String> {
    let Some(text) = comment.strip_prefix("/*").and_then(|text| text.strip_suffix("*/")).filter(|text| text.contains('\n')) else {
        return vec![comment.to_owned()];
    };
    let blanks = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let shared = text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(blanks).min().unwrap_or(0);
    let rest = text.lines().skip(1).map(|line| line.get(shared..).unwrap_or(""));
    let lines: Vec<&str> = text.lines().take(1).map(str::trim).chain(rest).map(str::trim_end).collect();
    let from = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
    let to = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    lines.get(from..to).unwrap_or_default().iter().map(|line| comment_of(line)).collect()
}

fn go_comments(comments: &[String]) -> Vec<String> {
    comments.iter().map(|comment| clean(comment)).collect()
}

/// A type as the `.api` file has it.
pub(super) fn source_type(ty: &Type, api: &ApiSpec) -> String {
    spelled(ty, &|id| api.get(id).map_or(String::new(), |ty| ty.name.text.clone()))
}

/// A type as Go writes it; declared types behind `package` (`types.`, or nothing inside their own package).
pub(super) fn go_type(ty: &Type, api: &ApiSpec, package: &str) -> String {
    spelled(ty, &|id| format!("{package}{}", api.get(id).map_or(String::new(), |ty| exported(&ty.name.text))))
}

fn spelled(ty: &Type, declared: &impl Fn(TypeId) -> String) -> String {
    match ty {
        Type::Base(name) | Type::Any(name) => (*name).to_owned(),
        Type::Struct(id) => declared(*id),
        Type::Map(key, value) => format!("map[{}]{}", spelled(key, declared), spelled(value, declared)),
        Type::Slice(inner) => format!("[]{}", spelled(inner, declared)),
        Type::Array(length, inner) => format!("[{length}]{}", spelled(inner, declared)),
        Type::Pointer(inner) => format!("*{}", spelled(inner, declared)),
        // Bodies and elements have names; a field's lines are written one by one.
        Type::Inline(_) => "struct{}".to_owned(),
    }
}

/// What a response is in the logic's signature: a declared type goes by pointer.
pub(super) fn response_type(ty: &Type, api: &ApiSpec) -> String {
    match ty {
        Type::Struct(_) => format!("*{}", go_type(ty, api, "types.")),
        ty => go_type(ty, api, "types."),
    }
}
