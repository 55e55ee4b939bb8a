//! The parser: parameters, type parameters, and the type declarations that may have them.
//!
//! In: the parser at parameters or at a type declaration. Out: their nodes. Invariant: as [`super::parse`].

use super::parse::{Parsed, Parser};
use super::parse_type::{Param, embedded};
use super::token::{NO_POS, Pos, Tok};
use super::tree::{ExprId, ExprKind, Field, FieldsId, Span, Spec};

impl<'s> Parser<'s, '_> {
    /// Parameters in parentheses.
    pub(super) fn parameters(&mut self) -> Parsed<FieldsId> {
        self.parenthesized(true)
    }

    fn parenthesized(&mut self, variadic: bool) -> Parsed<FieldsId> {
        let opening = self.expect(Tok::LParen)?;
        let list = if self.tok == Tok::RParen { Span::default() } else { self.parameter_list(None, None, Tok::RParen, variadic)? };
        let closing = self.expect(Tok::RParen)?;
        Ok(self.add_fields(opening, closing, list))
    }

    /// The results of a function: a list in parentheses, a type, or nothing.
    pub(super) fn results(&mut self) -> Parsed<Option<FieldsId>> {
        if self.tok == Tok::LParen {
            return self.parenthesized(false).map(Some);
        }
        let Some(typ) = self.try_type()? else { return Ok(None) };
        let mark = self.field_scratch.len();
        self.field_scratch.push(embedded(typ));
        let list = self.take_fields(mark);
        Ok(Some(self.add_fields(NO_POS, NO_POS, list)))
    }

    /// Type parameters in brackets.
    pub(super) fn type_parameters(&mut self) -> Parsed<FieldsId> {
        let opening = self.expect(Tok::LBrack)?;
        if self.tok == Tok::RBrack {
            return self.fail(self.pos, "empty list of type parameters");
        }
        let list = self.parameter_list(None, None, Tok::RBrack, false)?;
        let closing = self.expect(Tok::RBrack)?;
        Ok(self.add_fields(opening, closing, list))
    }

    /// A parameter as it is written: a name, a type, or both.
    fn param(&mut self, name: Option<ExprId>, type_sets: bool) -> Parsed<Param> {
        if name.is_none() && type_sets && self.tok == Tok::Tilde {
            let typ = self.embedded_element(None)?;
            return Ok(Param { name: None, typ: Some(typ) });
        }
        let mut param = Param { name, typ: None };
        if name.is_some() || self.tok == Tok::Ident {
            let name = match name {
                Some(name) => name,
                None => self.ident()?,
            };
            param.name = Some(name);
            match self.tok {
                Tok::Ident | Tok::Mul | Tok::Arrow | Tok::Func | Tok::Chan | Tok::Map | Tok::Struct | Tok::Interface | Tok::LParen => {
                    param.typ = Some(self.typ()?)
                }
                Tok::LBrack => param = self.array_or_instance(name)?,
                Tok::Ellipsis => {
                    param.typ = Some(self.variadic_type()?);
                    return Ok(param);
                }
                Tok::Period => param = Param { name: None, typ: Some(self.qualified(name)?) },
                Tok::Tilde if type_sets => {
                    param.typ = Some(self.embedded_element(None)?);
                    return Ok(param);
                }
                Tok::Or if type_sets => {
                    let typ = self.embedded_element(Some(name))?;
                    return Ok(Param { name: None, typ: Some(typ) });
                }
                _ => {}
            }
        } else if self.tok == Tok::Ellipsis {
            param.typ = Some(self.variadic_type()?);
            return Ok(param);
        } else {
            match self.try_type()? {
                Some(typ) => param.typ = Some(typ),
                None => return self.expected(if type_sets { "a type parameter or ']'" } else { "a parameter or ')'" }),
            }
        }
        if type_sets
            && self.tok == Tok::Or
            && let Some(typ) = param.typ
        {
            param.typ = Some(self.embedded_element(Some(typ))?);
        }
        Ok(param)
    }

    /// `...T`
    fn variadic_type(&mut self) -> Parsed<ExprId> {
        let pos = self.expect(Tok::Ellipsis)?;
        let typ = self.typ()?;
        Ok(self.add_from(pos, typ, ExprKind::Ellipsis(Some(typ))))
    }

    /// Parameters up to their closing bracket, the first one possibly begun. Names and types are told apart at the end:
    /// either all have names, and a name without a type has the type of the next one, or none has (go/parser,
    /// parseParameterList).
    fn parameter_list(&mut self, name: Option<ExprId>, typ: Option<ExprId>, closing: Tok, variadic: bool) -> Parsed<Span> {
        let type_params = closing == Tok::RBrack;
        let start = name.or(typ).map_or(self.pos, |id| self.tree.expr(id).pos);
        let (mut name, mut typ) = (name, typ);
        let mut list: Vec<Param> = Vec::new();
        while name.is_some() || !(self.tok == closing || self.tok == Tok::Eof) {
            let param = match typ.take() {
                Some(typ) if type_params => Param { name, typ: Some(self.embedded_element(Some(typ))?) },
                Some(typ) => Param { name, typ: Some(typ) },
                None => self.param(name, type_params)?,
            };
            name = None;
            list.push(param);
            if !self.comma_or(closing, "a list of parameters")? {
                break;
            }
            self.next();
        }
        let named = list.iter().filter(|p| p.name.is_some() && p.typ.is_some()).count();
        let typed = list.iter().filter(|p| p.typ.is_some()).count();
        if type_params && named != list.len() && named == typed && list.last().is_some_and(|p| p.typ.is_none()) {
            return self.fail(self.pos, "missing type constraint");
        }
        if named == 0 {
            if type_params && !list.is_empty() {
                return self.fail(start, "missing name of a type parameter, or invalid length of an array");
            }
            for param in &mut list {
                param.typ = param.typ.or(param.name);
                param.name = None;
            }
        } else if named != list.len() {
            let mut typ = None;
            let mut wrong = None;
            for param in list.iter_mut().rev() {
                match (param.name, param.typ) {
                    (name, Some(own)) => {
                        typ = Some(own);
                        if name.is_none() {
                            wrong = Some(self.tree.expr(own).pos);
                        }
                    }
                    (Some(name), None) => {
                        param.typ = typ;
                        if typ.is_none() {
                            wrong = Some(self.tree.expr(name).pos);
                        }
                    }
                    (None, None) => {}
                }
            }
            if let Some(wrong) = wrong {
                return if named == typed {
                    self.fail(self.pos, "missing type of a parameter")
                } else {
                    self.fail(wrong, "missing name of a parameter")
                };
            }
        }
        for (i, param) in list.iter().enumerate() {
            if let Some(typ) = param.typ
                && let ExprKind::Ellipsis(_) = self.tree.expr(typ).kind
                && !(variadic && i + 1 == list.len())
            {
                let message = if variadic { "only the last parameter can have '...'" } else { "invalid use of '...'" };
                return self.fail(self.tree.expr(typ).pos, message);
            }
        }
        let mark = self.field_scratch.len();
        let names_mark = self.expr_scratch.len();
        for (i, param) in list.iter().enumerate() {
            let Some(typ) = param.typ else { continue };
            self.expr_scratch.extend(param.name);
            // Parameters that share a type are one field.
            if param.name.is_none() || list.get(i + 1).is_none_or(|next| next.typ != Some(typ)) {
                let names = self.take_exprs(names_mark);
                self.field_scratch.push(Field { names, ..embedded(typ) });
            }
        }
        Ok(self.take_fields(mark))
    }

    /// `Name T`, `Name = T`, `Name[P C] T`, `Name [N]T`: after `Name[` a name may be a type parameter or the length of
    /// an array, which only the expression it starts tells (go/parser, parseTypeSpec).
    pub(super) fn type_spec(&mut self) -> Parsed<Spec> {
        let name = self.ident()?;
        let mut type_params = None;
        let mut assign = NO_POS;
        let typ = if self.tok == Tok::LBrack {
            let lbrack = self.pos;
            self.next();
            if self.tok == Tok::Ident {
                let mut x = self.ident()?;
                if self.tok != Tok::LBrack {
                    self.expr_level += 1;
                    let operand = self.primary(Some(x))?;
                    x = self.binary_expr(Some(operand), 1)?;
                    self.expr_level -= 1;
                }
                let (param, constraint) = self.split_constraint(x, self.tok == Tok::Comma);
                match param {
                    Some(param) if constraint.is_some() || self.tok != Tok::RBrack => {
                        let list = self.parameter_list(Some(param), constraint, Tok::RBrack, false)?;
                        let closing = self.expect(Tok::RBrack)?;
                        type_params = Some(self.add_fields(lbrack, closing, list));
                        if self.tok == Tok::Assign {
                            assign = self.pos;
                            self.next();
                        }
                        self.typ()?
                    }
                    _ => self.array_type(lbrack, Some(x))?,
                }
            } else {
                self.array_type(lbrack, None)?
            }
        } else {
            if self.tok == Tok::Assign {
                assign = self.pos;
                self.next();
            }
            self.typ()?
        };
        let commented = self.semicolon()?.is_some();
        Ok(Spec::Type { name, type_params, assign, typ, commented })
    }

    /// Makes another expression of one that was misread; it ends where that did.
    fn replace(&mut self, id: ExprId, pos: Pos, kind: ExprKind) -> ExprId {
        if let Some(expr) = self.tree.exprs.get_mut(id.0 as usize) {
            expr.pos = pos;
            expr.kind = kind;
        }
        id
    }

    /// Splits an expression such as `P *T` or `P (T)` into the name of a type parameter and its constraint, if the rest
    /// can only be a constraint or `force` says so (go/parser, extractName).
    fn split_constraint(&mut self, x: ExprId, force: bool) -> (Option<ExprId>, Option<ExprId>) {
        let is_name = |tree: &super::tree::Tree<'_>, id| matches!(tree.expr(id).kind, ExprKind::Ident);
        let expr = self.tree.expr(x);
        match expr.kind {
            ExprKind::Ident => return (Some(x), None),
            ExprKind::Binary { op: Tok::Mul, op_pos, x: name, y, .. }
                if is_name(&self.tree, name) && (force || self.tree.is_type_element(y)) =>
            {
                return (Some(name), Some(self.replace(x, op_pos, ExprKind::Star(y))));
            }
            ExprKind::Binary { op: Tok::Or, op_pos, x: left, y, .. } => {
                let force = force || self.tree.is_type_element(y);
                if let (Some(name), Some(left)) = self.split_constraint(left, force) {
                    let pos = self.tree.expr(left).pos;
                    let kind = self.binary_kind(Tok::Or, op_pos, left, y);
                    return (Some(name), Some(self.replace(x, pos, kind)));
                }
            }
            ExprKind::Call { fun, lparen, args, ellipsis: NO_POS } => {
                if let &[arg] = self.tree.expr_list(args)
                    && is_name(&self.tree, fun)
                    && (force || self.tree.is_type_element(arg))
                {
                    return (Some(fun), Some(self.replace(x, lparen, ExprKind::Paren(arg))));
                }
            }
            _ => {}
        }
        (None, Some(x))
    }
}

#[cfg(test)]
mod tests {
    use super::super::format;

    fn accepted(decl: &str) -> bool {
        format(&format!("package p\n\n{decl}\n")).is_ok()
    }

    #[test]
    fn brackets_after_a_type_name() {
        for decl in [
            "type T [N]int",
            "type T []int",
            "type T [2*N]int",
            "type T[P any] struct{}",
            "type T[P *C,] struct{}",
            "type T[P interface{ *C }] struct{}",
            "type T[P ~int|~string, Q any] = []P",
            "type T[P []int] struct{}",
        ] {
            assert!(accepted(decl), "{decl}");
        }
        assert!(!accepted("type T[P] struct{}[]"));
    }

    #[test]
    fn parameters_have_all_names_or_none() {
        for decl in ["func f(int, ...string)", "func f(a, b int, c ...string) (x, y int)", "func f[A, B any](A) B"] {
            assert!(accepted(decl), "{decl}");
        }
        for decl in ["func f(a int, string)", "func f(a ...int, b int)", "func f() (a ...int)", "func f[A]()"] {
            assert!(!accepted(decl), "{decl}");
        }
    }
}
