//! Declared types: one per name, every mention resolved, no type that contains itself by value.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ast::{self, Comment, DataType, DataTypeKind, File, Statement, Word};
use super::super::spec::{Field, Struct, Type, TypeId};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::naming::nearest;
use crate::source::Span;

/// The base types (contract: api-language 3.2).
const BASE: [&str; 19] = [
    "bool",
    "string",
    "byte",
    "rune",
    "uintptr",
    "int",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float32",
    "float64",
    "complex64",
    "complex128",
];

/// The base type a word names.
fn base(name: &str) -> Option<&'static str> {
    BASE.iter().find(|base| **base == name).copied()
}

/// The declared names, and the order their types have in the spec.
pub(super) struct Names<'a> {
    by_name: BTreeMap<&'a str, TypeId>,
    declared: Vec<&'a ast::TypeSpec>,
    /// Whether a file or a statement could not be read: a type that seems unknown may be declared there.
    incomplete: bool,
}

impl Names<'_> {
    /// The type of a request or response body; `None` where it has none, or an unknown one that was reported.
    pub(super) fn body(&self, ty: &DataType, report: &mut Report) -> Option<Type> {
        if let DataTypeKind::Struct(_) = ty.kind {
            let message = "a body must be a type with a name";
            report.push(Diagnostic::error(Code::UnsupportedType, message).at(ty.span, "").help("declare it: `type Name { … }`"));
            return None;
        }
        Resolver { names: self, report }.ty(ty)
    }
}

/// Collects the declarations of all files, sorted by name.
pub(super) fn declare<'a>(files: &'a [File], incomplete: bool, report: &mut Report) -> Names<'a> {
    let mut first: BTreeMap<&str, &ast::TypeSpec> = BTreeMap::new();
    let decls = files.iter().flat_map(|f| &f.statements).filter_map(|s| if let Statement::Type(t) = s { Some(t) } else { None });
    for spec in decls.flat_map(|decl| &decl.specs) {
        if let Some(earlier) = first.get(spec.name.text.as_str()) {
            let message = format!("type `{}` is declared twice", spec.name.text);
            report
                .push(Diagnostic::error(Code::DuplicateType, message).at(spec.name.span, "").and(earlier.name.span, "first declared here"));
            continue;
        }
        first.insert(&spec.name.text, spec);
        if base(&spec.name.text).is_some() || spec.name.text == "any" {
            let message = format!("`{0}` is the base type wherever it is used, never this one", spec.name.text);
            report.push(Diagnostic::warning(Code::ShadowedType, message).at(spec.name.span, "").help("give the type another name"));
        }
    }
    let declared: Vec<&ast::TypeSpec> = first.into_values().collect();
    let by_name = declared.iter().enumerate().map(|(i, spec)| (spec.name.text.as_str(), TypeId(i))).collect();
    Names { by_name, declared, incomplete }
}

/// Turns every declaration into a checked type; a [`TypeId`] is its position.
pub(super) fn resolve(names: &Names<'_>, report: &mut Report) -> Vec<Struct> {
    let mut resolver = Resolver { names, report };
    names.declared.iter().map(|spec| resolver.declaration(spec)).collect()
}

struct Resolver<'a, 'b> {
    names: &'a Names<'b>,
    report: &'a mut Report,
}

impl Resolver<'_, '_> {
    fn declaration(&mut self, spec: &ast::TypeSpec) -> Struct {
        let fields = match &spec.ty.kind {
            DataTypeKind::Struct(body) => self.fields(&body.fields),
            _ => {
                let message = format!("`{}` must be a struct: the language has no other named types", spec.name.text);
                let help = format!("write `type {} {{ … }}`, or use the type itself where `{0}` is used", spec.name.text);
                self.report.push(Diagnostic::error(Code::UnsupportedType, message).at(spec.ty.span, "not a struct").help(help));
                Vec::new()
            }
        };
        Struct { name: spec.name.clone(), docs: texts(&spec.docs), fields }
    }

    fn fields(&mut self, fields: &[ast::Field]) -> Vec<Field> {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let mut resolved = Vec::with_capacity(fields.len());
        for field in fields {
            for (name, span) in field_names(field) {
                if let Some(first) = seen.get(name) {
                    let message = format!("field `{name}` is declared twice");
                    self.report.push(Diagnostic::error(Code::DuplicateField, message).at(span, "").and(*first, "first declared here"));
                } else if name != "_" {
                    seen.insert(name, span);
                }
            }
            let ty = if field.is_embedded() { self.embedded(&field.ty) } else { self.ty(&field.ty) };
            let Some(ty) = ty else { continue };
            resolved.push(Field {
                names: field.names.clone(),
                ty,
                tag: field.tag.as_ref().map(|tag| tag.text.clone()),
                docs: texts(&field.docs),
                trailing: texts(&field.trailing),
                span: field.span,
            });
        }
        resolved
    }

    /// Only declared types, or pointers to them, can be embedded: a base type would make a field nobody can name.
    fn embedded(&mut self, ty: &DataType) -> Option<Type> {
        let (name, span) = embedded_name(ty)?;
        if base(name).is_some() || name == "any" {
            let message = format!("`{name}` cannot be embedded");
            let help = format!("give the field a name: `Name {name}`; or name and type belong on one line");
            self.report.push(Diagnostic::error(Code::UnsupportedType, message).at(span, "a base type").help(help));
            return None;
        }
        self.ty(ty)
    }

    fn ty(&mut self, ty: &DataType) -> Option<Type> {
        Some(match &ty.kind {
            DataTypeKind::Named(name) => return self.named(name, ty.span),
            DataTypeKind::Interface => Type::Any("interface{}"),
            DataTypeKind::Map(key, value) => {
                let key = self.key(key);
                let value = self.element(value);
                Type::Map(Box::new(key?), Box::new(value?))
            }
            DataTypeKind::Slice(inner) => Type::Slice(Box::new(self.element(inner)?)),
            DataTypeKind::Array(length, inner) => {
                if length.len() > 1 && length.starts_with('0') && length.contains(['8', '9']) {
                    let message = format!("`{length}` is no number in Go: a leading 0 makes it octal");
                    self.report.push(Diagnostic::error(Code::UnsupportedType, message).at(ty.span, "").help("leave out the 0"));
                    return None;
                }
                if length.trim_start_matches('0').len() > 9 {
                    let message = format!("an array of {length} elements is too long");
                    self.report.push(Diagnostic::error(Code::UnsupportedType, message).at(ty.span, "").help("use a slice"));
                    return None;
                }
                Type::Array(length.clone(), Box::new(self.element(inner)?))
            }
            DataTypeKind::OpenArray(_) => {
                let message = "an array needs a length";
                self.report.push(Diagnostic::error(Code::UnsupportedType, message).at(ty.span, "").help("write `[]T` or `[3]T`"));
                return None;
            }
            DataTypeKind::Pointer(inner) => Type::Pointer(Box::new(self.ty(inner)?)),
            DataTypeKind::Struct(body) if body.fields.is_empty() => {
                let message = "a struct inside a struct needs fields";
                self.report.push(Diagnostic::error(Code::UnsupportedType, message).at(ty.span, "empty"));
                return None;
            }
            DataTypeKind::Struct(body) => Type::Inline(self.fields(&body.fields)),
        })
    }

    fn named(&mut self, name: &str, span: Span) -> Option<Type> {
        if let Some(base) = base(name) {
            return Some(Type::Base(base));
        }
        if name == "any" {
            return Some(Type::Any("any"));
        }
        if let Some(id) = self.names.by_name.get(name) {
            return Some(Type::Struct(*id));
        }
        if self.names.incomplete {
            return None;
        }
        let mut diagnostic = Diagnostic::error(Code::UnknownType, format!("there is no type `{name}`")).at(span, "");
        let known = self.names.by_name.keys().copied().chain(BASE);
        if let Some(near) = nearest(name, known) {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        self.report.push(diagnostic);
        None
    }

    /// What a slice, an array or a map holds: anything but a struct without a name.
    fn element(&mut self, ty: &DataType) -> Option<Type> {
        if let DataTypeKind::Struct(_) = ty.kind {
            let message = "a list or map cannot hold a struct without a name";
            self.report.push(Diagnostic::error(Code::UnsupportedType, message).at(ty.span, "").help("declare it: `type Name { … }`"));
            return None;
        }
        self.ty(ty)
    }

    fn key(&mut self, ty: &DataType) -> Option<Type> {
        if !matches!(ty.kind, DataTypeKind::Named(_)) {
            let message = "a map's key must be a base type or a type with a name";
            self.report.push(Diagnostic::error(Code::UnsupportedType, message).at(ty.span, ""));
            return None;
        }
        let key = self.ty(ty)?;
        if let Type::Struct(id) = key
            && let Some(culprit) = self.uncomparable(id)
        {
            let message = "this type cannot be a map's key: it holds something that cannot be compared";
            self.report.push(Diagnostic::error(Code::UnsupportedType, message).at(ty.span, "").and(culprit, "a list or a map"));
            return None;
        }
        Some(key)
    }

    /// The first slice or map that a value of the type holds (Go specification, Comparison operators).
    fn uncomparable(&self, id: TypeId) -> Option<Span> {
        let mut seen = BTreeSet::from([id]);
        let mut todo = vec![id];
        while let Some(id) = todo.pop() {
            let Some(DataTypeKind::Struct(body)) = self.names.declared.get(id.0).map(|spec| &spec.ty.kind) else { continue };
            let mut types: Vec<&DataType> = body.fields.iter().map(|f| &f.ty).collect();
            while let Some(ty) = types.pop() {
                match &ty.kind {
                    DataTypeKind::Map(..) | DataTypeKind::Slice(_) => return Some(ty.span),
                    DataTypeKind::Array(_, inner) => types.push(inner),
                    DataTypeKind::Struct(inline) => types.extend(inline.fields.iter().map(|f| &f.ty)),
                    DataTypeKind::Named(name) => {
                        let known = self.names.by_name.get(name.as_str()).filter(|_| base(name).is_none());
                        todo.extend(known.copied().filter(|id| seen.insert(*id)));
                    }
                    _ => {}
                }
            }
        }
        None
    }
}

/// The names a field takes in its struct: those written, or the embedded type's.
fn field_names(field: &ast::Field) -> Vec<(&str, Span)> {
    if field.is_embedded() {
        return embedded_name(&field.ty).into_iter().collect();
    }
    field.names.iter().map(|Word { text, span }| (text.as_str(), *span)).collect()
}

fn embedded_name(ty: &DataType) -> Option<(&str, Span)> {
    match &ty.kind {
        DataTypeKind::Named(name) => Some((name, ty.span)),
        DataTypeKind::Pointer(inner) => embedded_name(inner),
        _ => None,
    }
}

fn texts(comments: &[Comment]) -> Vec<String> {
    comments.iter().map(|comment| comment.text.clone()).collect()
}

/// Reports each type that contains itself by value, once, at the field that closes the circle.
///
/// Depth first with a stack of our own: a chain of types may be as long as a file allows.
pub(super) fn forbid_infinite(types: &[Struct], report: &mut Report) {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let edges: Vec<Vec<(TypeId, Span)>> = types.iter().map(|t| by_value(&t.fields)).collect();
    let mut marks = vec![Mark::New; types.len()];
    for start in 0..types.len() {
        if marks[start] != Mark::New {
            continue;
        }
        marks[start] = Mark::Open;
        let mut stack = vec![(start, 0)];
        while let Some((at, next)) = stack.pop() {
            let Some(&(TypeId(target), span)) = edges[at].get(next) else {
                marks[at] = Mark::Done;
                continue;
            };
            stack.push((at, next + 1));
            match marks[target] {
                Mark::New => {
                    marks[target] = Mark::Open;
                    stack.push((target, 0));
                }
                Mark::Open => {
                    let name = &types[target].name;
                    let message = format!("a value of `{}` would contain itself", name.text);
                    let error = Diagnostic::error(Code::RecursiveType, message).at(span, "");
                    report.push(error.and(name.span, "the type").help("use a pointer or a list here"));
                }
                Mark::Done => {}
            }
        }
    }
}

fn by_value(fields: &[Field]) -> Vec<(TypeId, Span)> {
    let mut found = Vec::new();
    let mut todo: Vec<(&Type, Span)> = fields.iter().map(|f| (&f.ty, f.span)).collect();
    while let Some((ty, span)) = todo.pop() {
        match ty {
            Type::Struct(id) => found.push((*id, span)),
            Type::Array(_, inner) => todo.push((inner, span)),
            Type::Inline(fields) => todo.extend(fields.iter().map(|f| (&f.ty, f.span))),
            Type::Base(_) | Type::Any(_) | Type::Map(..) | Type::Slice(_) | Type::Pointer(_) => {}
        }
    }
    found
}
