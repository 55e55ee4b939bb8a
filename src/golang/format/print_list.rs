//! The printer: lists of expressions, parameters and fields.
//!
//! In: a list. Out: its entries, on the lines they have in the source. Invariant: where a column of keys or types
//! ends follows go/printer nodes.go (exprList, parameters, fieldList).

use super::print::{Printer, Space};
use super::size_mean::Mean;
use super::token::{NO_POS, Pos, Tok};
use super::tree::{ExprId, ExprKind, Exprs, Field, FieldsId, Signature};

/// Lines are shorter than this.
const ENDLESS: usize = 1_000_000;

/// How the lines of a list look.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListStyle {
    /// Indented after the first line break.
    Indented,
    /// Indented, and the last entry has a comma if a line break follows.
    Terminated,
    /// Not indented.
    Flat,
}

/// What parameters are parameters of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ParamsOf {
    Func,
    /// Type parameters of a function.
    GenericFunc,
    /// Type parameters of a type, which could be read as the length of an array.
    GenericType,
}

impl Printer<'_, '_> {
    /// Names; over several lines they are indented if `indent` says so.
    pub(super) fn ident_list(&mut self, names: Exprs, indent: bool) {
        let style = if indent { ListStyle::Indented } else { ListStyle::Flat };
        self.expr_list(NO_POS, names, 1, style, NO_POS);
    }

    /// Expressions between the places `prev` and `next`. They keep the line breaks they have in the source; keys of
    /// `key: value` pairs are aligned as long as their sizes are alike.
    pub(super) fn expr_list(&mut self, prev: Pos, list: Exprs, depth: u32, style: ListStyle, next: Pos) {
        let tree = self.tree;
        let list = tree.expr_list(list);
        let (Some(&first), Some(&last)) = (list.first(), list.last()) else { return };
        let prev_line = if prev == NO_POS { 0 } else { self.line(prev) };
        let first_line = self.line(tree.expr(first).pos);
        if prev != NO_POS && prev_line == first_line && first_line == self.line(tree.expr(last).end) {
            for (i, &x) in list.iter().enumerate() {
                if i > 0 {
                    // The comma is placed where the next expression is, for the comments between.
                    self.set_pos(tree.expr(x).pos);
                    self.token(Tok::Comma);
                    self.space(Space::Blank);
                }
                self.expr0(x, depth);
                if self.too_large {
                    return;
                }
            }
            return;
        }

        let mut indent = if style == ListStyle::Flat { Space::Ignore } else { Space::Indent };
        // The entry before which the line was broken last.
        let mut last_break: Option<usize> = None;
        if prev != NO_POS && prev_line < first_line && self.linebreak(first_line, 0, indent, true) > 0 {
            indent = Space::Ignore;
            last_break = Some(0);
        }
        // The size of the entry, or of its key; zero if it does not fit on one line.
        let mut size = 0;
        let mut mean = Mean::default();
        let mut line_before = prev_line;
        for (i, &x) in list.iter().enumerate() {
            if self.too_large {
                return;
            }
            let expr = tree.expr(x);
            let line = self.line(expr.pos);
            let pair = match expr.kind {
                ExprKind::KeyValue { key, colon, value } => Some((key, colon, value)),
                _ => None,
            };
            let size_before = size;
            size = 0;
            if prev != NO_POS && next != NO_POS {
                size = self.expr_size(x, ENDLESS);
                if size > ENDLESS {
                    size = 0;
                } else if let Some((key, ..)) = pair {
                    size = self.expr_size(key, ENDLESS);
                }
            }
            // Columns go on while two neighbours fit on one line and are both short, or not too different from those
            // before.
            let new_section = !(size_before > 0 && size > 0 && mean.accepts(size_before, size));
            let breaks_line = 0 < line_before && line_before < line;
            if i > 0 {
                if !breaks_line {
                    self.set_pos(expr.pos);
                }
                self.token(Tok::Comma);
                let mut needs_blank = true;
                if breaks_line {
                    let several_on_line = last_break.map_or(0, |b| b + 1) < i;
                    let breaks = self.linebreak(line, 0, indent, new_section || several_on_line);
                    if breaks > 0 {
                        indent = Space::Ignore;
                        last_break = Some(i);
                        needs_blank = false;
                    }
                    if breaks > 1 {
                        mean = Mean::default();
                    }
                }
                if needs_blank {
                    self.space(Space::Blank);
                }
            }
            match pair {
                Some((key, colon, value)) if list.len() > 1 && size > 0 && breaks_line => {
                    self.expr(key);
                    self.set_pos(colon);
                    self.token(Tok::Colon);
                    self.space(Space::Tab);
                    self.expr(value);
                }
                _ => self.expr0(x, depth),
            }
            if size > 0 {
                mean.add(size);
            }
            line_before = line;
        }
        let indented = indent == Space::Ignore && style != ListStyle::Flat;
        let terminate = style == ListStyle::Terminated && next != NO_POS && self.state.pos.line < self.line(next);
        if terminate {
            self.token(Tok::Comma);
        }
        if indented {
            self.space(Space::Unindent);
        }
        if terminate {
            self.space(Space::Formfeed);
        }
    }

    /// Parameters or results in parentheses, type parameters in brackets.
    pub(super) fn parameters(&mut self, id: FieldsId, of: ParamsOf) {
        let tree = self.tree;
        let (open, close) = if of == ParamsOf::Func { (Tok::LParen, Tok::RParen) } else { (Tok::LBrack, Tok::RBrack) };
        let fields = tree.fields(id);
        let list = tree.field_list(fields.list);
        self.set_pos(fields.opening);
        self.token(open);
        if !list.is_empty() {
            let mut line_before = self.line(fields.opening);
            let mut indent = Space::Indent;
            for (i, field) in list.iter().enumerate() {
                let pos = tree.field_pos(field);
                let line = self.line(pos);
                let end_line = self.line(tree.field_end(field));
                let breaks_line = line_before < line;
                if i > 0 {
                    if !breaks_line {
                        self.set_pos(pos);
                    }
                    self.token(Tok::Comma);
                }
                if breaks_line && self.linebreak(line, 0, indent, true) > 0 {
                    indent = Space::Ignore;
                } else if i > 0 {
                    self.space(Space::Blank);
                }
                if !field.names.0.is_empty() {
                    self.ident_list(field.names, indent == Space::Indent);
                    self.space(Space::Blank);
                }
                self.expr(tree.unparen(field.typ));
                line_before = end_line;
            }
            let closing_line = self.line(fields.closing);
            if line_before < closing_line {
                self.token(Tok::Comma);
                self.linebreak(closing_line, 0, Space::Ignore, true);
            } else if of == ParamsOf::GenericType
                && let [field] = list
                && field.names.0.len() <= 1
                && self.combines_with_name(tree.unparen(field.typ))
            {
                // Without the comma `[P *T]` would be the length of an array.
                self.token(Tok::Comma);
            }
            if indent == Space::Ignore {
                self.space(Space::Unindent);
            }
        }
        self.set_pos(fields.closing);
        self.token(close);
    }

    /// Whether a name followed by this constraint could be read as an expression.
    fn combines_with_name(&self, mut x: ExprId) -> bool {
        loop {
            match self.tree.expr(x).kind {
                ExprKind::Star(inner) | ExprKind::Paren(inner) => return !self.tree.is_type_element(inner),
                ExprKind::Binary { x: left, y, .. } => {
                    if self.tree.is_type_element(y) {
                        return false;
                    }
                    x = left;
                }
                _ => return false,
            }
        }
    }

    /// Parameters and results.
    pub(super) fn signature(&mut self, signature: Signature) {
        let tree = self.tree;
        if let Some(type_params) = signature.type_params {
            self.parameters(type_params, ParamsOf::GenericFunc);
        }
        self.parameters(signature.params, ParamsOf::Func);
        let Some(results) = signature.results else { return };
        match tree.field_list(tree.fields(results).list) {
            [] => {}
            [field] if field.names.0.is_empty() => {
                self.space(Space::Blank);
                self.expr(tree.unparen(field.typ));
            }
            _ => {
                self.space(Space::Blank);
                self.parameters(results, ParamsOf::Func);
            }
        }
    }

    /// Whether a field is short enough for `struct{ x T }`.
    fn fits_one_line(&mut self, field: &Field) -> bool {
        const MAX: usize = 30;
        if field.tag.is_some() || field.commented {
            return false;
        }
        let names = usize::from(!field.names.0.is_empty());
        names + self.expr_size(field.typ, MAX) <= MAX
    }

    /// The fields of a struct or the elements of an interface, in braces.
    pub(super) fn field_list(&mut self, id: FieldsId, is_struct: bool) {
        let tree = self.tree;
        let fields = tree.fields(id);
        let list = tree.field_list(fields.list);
        let has_comments = self.comment_before(fields.closing);
        if !has_comments && self.line(fields.opening) == self.line(fields.closing) {
            match list {
                [] => {
                    self.set_pos(fields.opening);
                    self.token(Tok::LBrace);
                    self.set_pos(fields.closing);
                    self.token(Tok::RBrace);
                    return;
                }
                [field] if self.fits_one_line(field) => {
                    self.one_line_field(fields.opening, fields.closing, field, is_struct);
                    return;
                }
                _ => {}
            }
        }
        self.space(Space::Blank);
        self.set_pos(fields.opening);
        self.token(Tok::LBrace);
        self.space(Space::Indent);
        if has_comments || !list.is_empty() {
            self.space(Space::Formfeed);
        }
        let separator = if list.len() == 1 { Space::Blank } else { Space::Tab };
        let slot = self.begin_lines();
        for (i, field) in list.iter().enumerate() {
            if self.too_large {
                break;
            }
            if i > 0 {
                let line = self.line(tree.field_pos(field));
                let new_section = self.lines_since(slot) > 0;
                self.linebreak(line, 1, Space::Ignore, new_section);
            }
            self.record_line(slot);
            if is_struct {
                self.struct_field(field, separator);
            } else {
                self.method_or_embedded(field);
            }
        }
        self.end_lines(slot);
        self.space(Space::Unindent);
        self.space(Space::Formfeed);
        self.set_pos(fields.closing);
        self.token(Tok::RBrace);
    }

    fn one_line_field(&mut self, opening: Pos, closing: Pos, field: &Field, is_struct: bool) {
        let tree = self.tree;
        self.set_pos(opening);
        self.token(Tok::LBrace);
        self.space(Space::Blank);
        if is_struct {
            let names = tree.expr_list(field.names);
            for (i, &name) in names.iter().enumerate() {
                if i > 0 {
                    self.token(Tok::Comma);
                    self.space(Space::Blank);
                }
                self.expr(name);
            }
            if !names.is_empty() {
                self.space(Space::Blank);
            }
            self.expr(field.typ);
        } else {
            self.method_or_embedded(field);
        }
        self.space(Space::Blank);
        self.set_pos(closing);
        self.token(Tok::RBrace);
    }

    /// `names T tag` in columns; a comment after the field goes into the column after the tags.
    fn struct_field(&mut self, field: &Field, separator: Space) {
        let named = !field.names.0.is_empty();
        if named {
            self.ident_list(field.names, false);
            self.space(separator);
        }
        self.expr(field.typ);
        let mut columns_left = if named { 1 } else { 2 };
        if let Some(tag) = field.tag {
            if named && separator == Space::Tab {
                self.space(separator);
            }
            self.space(separator);
            self.expr(tag);
            columns_left = 0;
        }
        if field.commented {
            for _ in 0..columns_left {
                self.space(separator);
            }
        }
    }

    /// `name(params) results` or a type.
    fn method_or_embedded(&mut self, field: &Field) {
        let tree = self.tree;
        match (tree.expr_list(field.names).first(), tree.expr(field.typ).kind) {
            (Some(&name), ExprKind::Func(signature)) => {
                self.expr(name);
                self.signature(signature);
            }
            _ => self.expr(field.typ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::format;

    #[test]
    fn keys_and_fields_are_aligned() {
        let src = "package p\nvar a=T{\nb:1,\nccc:2,\n}\ntype S struct{\na int `t`\nbb string // c\nD\n}\n";
        let want = "package p\n\nvar a = T{\n\tb:   1,\n\tccc: 2,\n}\n\ntype S struct {\n\ta  int    `t`\n\tbb string // c\n\tD\n}\n";
        assert_eq!(format(src).as_deref(), Ok(want));
    }

    #[test]
    fn a_closing_bracket_on_its_own_line_follows_a_comma() {
        let src = "package p\n\nfunc f(\na int,\nb string,\n) {\ng(a,\nb,\n)\n}\n";
        let want = "package p\n\nfunc f(\n\ta int,\n\tb string,\n) {\n\tg(a,\n\t\tb,\n\t)\n}\n";
        assert_eq!(format(src).as_deref(), Ok(want));
    }

    #[test]
    fn short_types_stay_on_one_line() {
        let src = "package p\n\ntype A struct{x int}\ntype B interface{M() int}\ntype C struct{  }\n";
        let want = "package p\n\ntype A struct{ x int }\ntype B interface{ M() int }\ntype C struct{}\n";
        assert_eq!(format(src).as_deref(), Ok(want));
    }
}
