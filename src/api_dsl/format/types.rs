//! Types and fields, as canonical text.

use super::Format;
use super::writer::Line;
use crate::api_dsl::ast::{DataType, DataTypeKind, Field, Struct, TypeDecl, TypeSpec};

impl<'a> Format<'a> {
    pub(super) fn type_decl(&mut self, decl: &TypeDecl) {
        if !decl.grouped {
            let line = self.w.begin("type", decl.span.start);
            if let [spec] = &decl.specs[..] {
                self.spec(line, " ", spec);
            }
            return;
        }
        self.open("type", decl.span.start);
        for spec in &decl.specs {
            self.w.heads(spec.name.span.start);
            self.spec(Line::default(), "", spec);
        }
        self.close(")", decl.span.end - 1);
    }

    fn spec(&mut self, mut line: Line<'a>, gap: &str, spec: &TypeSpec) {
        self.w.add(&mut line, gap, &spec.name.text, spec.name.span.start);
        if spec.alias {
            let equals = self.w.find(spec.name.span.end, "=");
            self.w.add(&mut line, " ", "=", equals);
        }
        let line = self.data_type(line, " ", &spec.ty);
        self.w.end(line, spec.ty.span.end);
    }

    /// Adds a type to the line. One that holds a `{ … }` goes over several; the last of them comes back.
    pub(super) fn data_type(&mut self, mut line: Line<'a>, gap: &str, ty: &DataType) -> Line<'a> {
        let start = ty.span.start;
        if !has_struct(ty) {
            self.w.add(&mut line, gap, &text(ty), start);
            return line;
        }
        match &ty.kind {
            DataTypeKind::Struct(body) => self.structure(line, gap, body, ty),
            DataTypeKind::Map(key, value) => {
                self.w.add(&mut line, gap, "map[", start);
                let mut line = self.data_type(line, "", key);
                let close = self.w.after(key.span.end);
                self.w.add(&mut line, "", "]", close);
                self.data_type(line, "", value)
            }
            DataTypeKind::Slice(inner) | DataTypeKind::Array(_, inner) | DataTypeKind::OpenArray(inner) | DataTypeKind::Pointer(inner) => {
                self.w.add(&mut line, gap, &prefix(&ty.kind), start);
                self.data_type(line, "", inner)
            }
            DataTypeKind::Named(_) | DataTypeKind::Interface => line,
        }
    }

    fn structure(&mut self, mut line: Line<'a>, gap: &str, body: &Struct, ty: &DataType) -> Line<'a> {
        let open = self.w.find(ty.span.start, "{");
        let close = ty.span.end - 1;
        self.w.add(&mut line, gap, "{", open);
        if body.fields.is_empty() && !self.w.has_comment(close) {
            self.w.add(&mut line, "", "}", close);
            return line;
        }
        self.w.end(line, open + 1);
        self.w.indent();
        for field in &body.fields {
            self.field(field);
        }
        self.w.heads(close);
        self.w.outdent();
        self.w.begin("}", close)
    }

    fn field(&mut self, field: &Field) {
        let names: Vec<&str> = field.names.iter().map(|n| n.text.as_str()).collect();
        let names = names.join(", ");
        let tag = field.tag.as_ref();
        let line = if names.is_empty() || has_struct(&field.ty) {
            // Nothing here is in columns.
            let line =
                if names.is_empty() { self.w.begin(&text(&field.ty), field.span.start) } else { self.w.begin(&names, field.span.start) };
            let mut line = if names.is_empty() { line } else { self.data_type(line, " ", &field.ty) };
            if let Some(tag) = tag {
                self.w.add(&mut line, " ", &tag.text, tag.span.start);
            }
            line
        } else {
            let mut line = self.w.begin(&names, field.span.start);
            self.w.add_cell(&mut line, &text(&field.ty), field.ty.span.start);
            if let Some(tag) = tag {
                self.w.add_cell(&mut line, &tag.text, tag.span.start);
            }
            line
        };
        self.w.end(line, field.span.end);
    }
}

/// Whether there is a `{ … }` in a type.
fn has_struct(ty: &DataType) -> bool {
    match &ty.kind {
        DataTypeKind::Named(_) | DataTypeKind::Interface => false,
        DataTypeKind::Struct(_) => true,
        DataTypeKind::Map(key, value) => has_struct(key) || has_struct(value),
        DataTypeKind::Slice(inner) | DataTypeKind::Array(_, inner) | DataTypeKind::OpenArray(inner) | DataTypeKind::Pointer(inner) => {
            has_struct(inner)
        }
    }
}

/// A type without `{ … }`, on one line.
fn text(ty: &DataType) -> String {
    let mut out = String::new();
    let mut ty = ty;
    loop {
        match &ty.kind {
            DataTypeKind::Named(name) => {
                out.push_str(name);
                return out;
            }
            DataTypeKind::Interface => {
                out.push_str("interface{}");
                return out;
            }
            // Not met: see `has_struct`.
            DataTypeKind::Struct(_) => return out,
            DataTypeKind::Map(key, value) => {
                out.push_str("map[");
                out.push_str(&text(key));
                out.push(']');
                ty = value;
            }
            DataTypeKind::Slice(inner) | DataTypeKind::Array(_, inner) | DataTypeKind::OpenArray(inner) | DataTypeKind::Pointer(inner) => {
                out.push_str(&prefix(&ty.kind));
                ty = inner;
            }
        }
    }
}

/// What stands in front of the inner type.
fn prefix(kind: &DataTypeKind) -> String {
    match kind {
        DataTypeKind::Slice(_) => "[]".to_owned(),
        DataTypeKind::Array(length, _) => format!("[{length}]"),
        DataTypeKind::OpenArray(_) => "[...]".to_owned(),
        DataTypeKind::Pointer(_) => "*".to_owned(),
        DataTypeKind::Named(_) | DataTypeKind::Interface | DataTypeKind::Map(..) | DataTypeKind::Struct(_) => String::new(),
    }
}
