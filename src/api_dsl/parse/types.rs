//! Type declarations and type expressions, from pairs to nodes.

use super::grammar::Rule;
use super::tree::{Pair, Tree};
use crate::api_dsl::ast::{Comment, DataType, DataTypeKind, Field, Struct, TypeDecl, TypeSpec, Word};
use crate::source::Span;

impl Tree<'_> {
    pub(super) fn type_decl(&mut self, pair: Pair) -> Option<TypeDecl> {
        let span = self.span(&pair);
        let mut grouped = false;
        let mut specs = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::open_paren => grouped = true,
                Rule::type_spec => specs.push(self.type_spec(part)?),
                _ => {}
            }
        }
        if let ([only], false) = (&mut specs[..], grouped) {
            only.docs.splice(0..0, self.directly_above(span));
        }
        Some(TypeDecl { span, grouped, specs })
    }

    /// The last group of the comments above a statement: an empty line between them parts groups.
    fn directly_above(&self, span: Span) -> Vec<Comment> {
        let mut docs = self.heads(span.start);
        let apart = docs.windows(2).rposition(|pair| {
            let gap = pair[0].span.end..pair[1].span.start;
            let gap = self.words.text.as_bytes().get(gap).unwrap_or(&[]);
            gap.iter().filter(|b| **b == b'\n').count() > 1
        });
        docs.drain(..apart.map_or(0, |at| at + 1));
        docs
    }

    fn type_spec(&mut self, pair: Pair) -> Option<TypeSpec> {
        let mut parts = pair.into_inner();
        let name = parts.next()?;
        let docs = self.heads(self.token(&name).start);
        let name = self.go_name(&name, "the name of a type");
        let next = parts.next()?;
        let alias = next.as_rule() == Rule::equals;
        let ty = self.data_type(if alias { parts.next()? } else { next })?;
        Some(TypeSpec { docs, name, alias, ty })
    }

    pub(super) fn data_type(&mut self, pair: Pair) -> Option<DataType> {
        let span = self.span(&pair);
        let mut parts: Vec<Pair> = pair.into_inner().collect();
        let base = parts.pop()?;
        let base_span = Span { end: span.end, ..self.token(&base) };
        let kind = match base.as_rule() {
            Rule::interface => DataTypeKind::Interface,
            Rule::structure => DataTypeKind::Struct(self.structure(base)?),
            _ => {
                let ident = base.into_inner().next()?;
                DataTypeKind::Named(self.go_name(&ident, "the name of a type").text)
            }
        };
        let mut ty = DataType { span: base_span, kind };
        for prefix in parts.into_iter().rev() {
            let span = Span { end: span.end, ..self.token(&prefix) };
            let inner = Box::new(ty);
            let kind = match prefix.as_rule() {
                Rule::pointer => DataTypeKind::Pointer(inner),
                Rule::slice => DataTypeKind::Slice(inner),
                Rule::open_array => DataTypeKind::OpenArray(inner),
                Rule::array => {
                    let length = prefix.into_inner().find(|p| p.as_rule() == Rule::int)?;
                    DataTypeKind::Array(length.as_str().to_owned(), inner)
                }
                _ => {
                    let key = prefix.into_inner().find(|p| p.as_rule() == Rule::data_type)?;
                    DataTypeKind::Map(Box::new(self.data_type(key)?), inner)
                }
            };
            ty = DataType { span, kind };
        }
        Some(ty)
    }

    fn structure(&mut self, pair: Pair) -> Option<Struct> {
        let fields = pair.into_inner().filter(|p| p.as_rule() == Rule::field);
        let fields = fields.map(|field| self.field(field)).collect::<Option<_>>()?;
        Some(Struct { fields })
    }

    fn field(&mut self, pair: Pair) -> Option<Field> {
        let span = self.span(&pair);
        let docs = self.heads(span.start);
        let mut parts = pair.into_inner();
        let body = parts.next()?;
        let tag = parts.next().map(|tag| self.word(&tag));
        let (names, ty) = match body.as_rule() {
            Rule::embedded => {
                let name = self.go_name(&body, "the name of a type");
                (Vec::new(), DataType { span: name.span, kind: DataTypeKind::Named(name.text) })
            }
            Rule::embedded_pointer => {
                let span = self.span(&body);
                let name = self.word(&body.into_inner().last()?);
                let inner = DataType { span: name.span, kind: DataTypeKind::Named(name.text) };
                (Vec::new(), DataType { span, kind: DataTypeKind::Pointer(Box::new(inner)) })
            }
            _ => self.named(body)?,
        };
        Some(Field { span, docs, names, ty, tag, trailing: self.trailing(span.end) })
    }

    fn named(&mut self, pair: Pair) -> Option<(Vec<Word>, DataType)> {
        let mut names = Vec::new();
        let mut ty = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::ident => names.push(self.go_name(&part, "the name of a field")),
                Rule::data_type => ty = Some(self.data_type(part)?),
                _ => {}
            }
        }
        Some((names, ty?))
    }
}
