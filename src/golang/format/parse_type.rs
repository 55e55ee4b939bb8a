//! The parser: types, signatures and fields.
//!
//! In: the parser at a type. Out: its node. Invariant: as [`super::parse`].

use super::parse::{Parsed, Parser};
use super::token::{NO_POS, Pos, Tok};
use super::tree::{Dir, ExprId, ExprKind, Exprs, Field, Fields, FieldsId, Signature, Span};

/// A parameter before names and types are told apart.
#[derive(Clone, Copy)]
pub(super) struct Param {
    pub(super) name: Option<ExprId>,
    pub(super) typ: Option<ExprId>,
}

impl<'s> Parser<'s, '_> {
    /// A type.
    pub(super) fn typ(&mut self) -> Parsed<ExprId> {
        match self.try_type()? {
            Some(typ) => Ok(typ),
            None => self.expected("a type"),
        }
    }

    /// A type, if one starts here.
    pub(super) fn try_type(&mut self) -> Parsed<Option<ExprId>> {
        self.enter()?;
        let pos = self.pos;
        let typ = match self.tok {
            Tok::Ident => {
                let name = self.ident()?;
                self.qualified(name)?
            }
            Tok::LBrack => {
                self.next();
                self.array_type(pos, None)?
            }
            Tok::Struct => self.struct_type()?,
            Tok::Mul => {
                self.next();
                let base = self.typ()?;
                self.add_from(pos, base, ExprKind::Star(base))
            }
            Tok::Func => {
                let signature = self.func_type()?;
                let end = self.signature_end(signature);
                self.add(pos, end, ExprKind::Func(signature))
            }
            Tok::Interface => self.interface_type()?,
            Tok::Map => {
                self.next();
                self.expect(Tok::LBrack)?;
                let key = self.typ()?;
                self.expect(Tok::RBrack)?;
                let value = self.typ()?;
                self.add_from(pos, value, ExprKind::Map { key, value })
            }
            Tok::Chan | Tok::Arrow => self.chan_type()?,
            Tok::LParen => {
                self.next();
                let inner = self.typ()?;
                let rparen = self.expect(Tok::RParen)?;
                self.add(pos, rparen + 1, ExprKind::Paren(inner))
            }
            _ => {
                self.leave();
                return Ok(None);
            }
        };
        self.leave();
        Ok(Some(typ))
    }

    /// Adds an expression that ends where its last part does.
    pub(super) fn add_from(&mut self, pos: Pos, last: ExprId, kind: ExprKind) -> ExprId {
        let end = self.tree.expr(last).end;
        self.add(pos, end, kind)
    }

    /// What follows the name of a type: `.Name` and type arguments.
    pub(super) fn qualified(&mut self, name: ExprId) -> Parsed<ExprId> {
        let typ = self.type_name(name)?;
        if self.tok == Tok::LBrack { self.type_instance(typ) } else { Ok(typ) }
    }

    /// A name or `package.Name`.
    fn type_name(&mut self, name: ExprId) -> Parsed<ExprId> {
        if self.tok != Tok::Period {
            return Ok(name);
        }
        self.next();
        let pos = self.tree.expr(name).pos;
        let selected = self.ident()?;
        Ok(self.add_from(pos, selected, ExprKind::Selector { x: name, name: selected }))
    }

    /// `[A, B]` after the name of a generic type.
    fn type_instance(&mut self, x: ExprId) -> Parsed<ExprId> {
        let lbrack = self.expect(Tok::LBrack)?;
        let mark = self.expr_scratch.len();
        if self.tok == Tok::RBrack {
            return self.expected("a type argument");
        }
        self.type_arguments(x, lbrack, mark)
    }

    /// The rest of a list of type arguments whose first ones were put aside at `mark`.
    fn type_arguments(&mut self, x: ExprId, lbrack: Pos, mark: usize) -> Parsed<ExprId> {
        self.expr_level += 1;
        while !matches!(self.tok, Tok::RBrack | Tok::Eof) {
            let argument = self.typ()?;
            self.expr_scratch.push(argument);
            if !self.comma_or(Tok::RBrack, "a list of type arguments")? {
                break;
            }
            self.next();
        }
        self.expr_level -= 1;
        let rbrack = self.expect_closing(Tok::RBrack, "a list of type arguments")?;
        Ok(self.index(x, lbrack, mark, rbrack))
    }

    /// An index or instance, its arguments put aside at `mark`.
    pub(super) fn index(&mut self, x: ExprId, lbrack: Pos, mark: usize, rbrack: Pos) -> ExprId {
        let indices = self.take_exprs(mark);
        let pos = self.tree.expr(x).pos;
        self.add(pos, rbrack + 1, ExprKind::Index { x, lbrack, indices })
    }

    /// An array or slice type after its `[`, and after its length if that is known.
    pub(super) fn array_type(&mut self, lbrack: Pos, len: Option<ExprId>) -> Parsed<ExprId> {
        let mut len = len;
        if len.is_none() {
            self.expr_level += 1;
            if self.tok == Tok::Ellipsis {
                len = Some(self.add(self.pos, self.end, ExprKind::Ellipsis(None)));
                self.next();
            } else if self.tok != Tok::RBrack {
                len = Some(self.rhs()?);
            }
            self.expr_level -= 1;
        }
        self.expect(Tok::RBrack)?;
        let element = self.typ()?;
        Ok(self.add_from(lbrack, element, ExprKind::Array { len, element }))
    }

    /// After a name, `[` starts an array type of a field of this name, or type arguments of an embedded type.
    pub(super) fn array_or_instance(&mut self, name: ExprId) -> Parsed<Param> {
        let lbrack = self.expect(Tok::LBrack)?;
        let mark = self.expr_scratch.len();
        let mut trailing = None;
        if self.tok != Tok::RBrack {
            self.expr_level += 1;
            let first = self.rhs()?;
            self.expr_scratch.push(first);
            while self.tok == Tok::Comma {
                let comma = self.pos;
                self.next();
                if self.tok == Tok::RBrack {
                    trailing = Some(comma);
                    break;
                }
                let more = self.rhs()?;
                self.expr_scratch.push(more);
            }
            self.expr_level -= 1;
        }
        let rbrack = self.expect(Tok::RBrack)?;
        let len = match self.expr_scratch.get(mark..) {
            Some([]) | None => None,
            Some(&[one]) => Some(one),
            Some(_) => return Ok(Param { name: None, typ: Some(self.index(name, lbrack, mark, rbrack)) }),
        };
        let element = if len.is_none() { Some(self.typ()?) } else { self.try_type()? };
        let Some(element) = element else {
            return Ok(Param { name: None, typ: Some(self.index(name, lbrack, mark, rbrack)) });
        };
        if let Some(comma) = trailing {
            return self.fail(comma, "unexpected comma, expected ']'");
        }
        self.expr_scratch.truncate(mark);
        let typ = self.add_from(lbrack, element, ExprKind::Array { len, element });
        Ok(Param { name: Some(name), typ: Some(typ) })
    }

    /// `chan T`, `chan<- T`, `<-chan T`
    fn chan_type(&mut self) -> Parsed<ExprId> {
        let pos = self.pos;
        let (mut dir, mut arrow) = (Dir::Both, NO_POS);
        if self.tok == Tok::Chan {
            self.next();
            if self.tok == Tok::Arrow {
                (dir, arrow) = (Dir::Send, self.pos);
                self.next();
            }
        } else {
            (dir, arrow) = (Dir::Receive, self.pos);
            self.next();
            self.expect(Tok::Chan)?;
        }
        let value = self.typ()?;
        Ok(self.add_from(pos, value, ExprKind::Chan { dir, arrow, value }))
    }

    /// `func(params) results`, from its keyword on.
    pub(super) fn func_type(&mut self) -> Parsed<Signature> {
        self.expect(Tok::Func)?;
        if self.tok == Tok::LBrack {
            return self.fail(self.pos, "a function type must have no type parameters");
        }
        let params = self.parameters()?;
        let results = self.results()?;
        Ok(Signature { type_params: None, params, results })
    }

    /// Where a signature ends.
    pub(super) fn signature_end(&self, signature: Signature) -> Pos {
        let fields = self.tree.fields(signature.results.unwrap_or(signature.params));
        if fields.closing != NO_POS {
            return fields.closing + 1;
        }
        self.tree.field_list(fields.list).last().map_or(NO_POS, |field| self.tree.field_end(field))
    }

    pub(super) fn add_fields(&mut self, opening: Pos, closing: Pos, list: Span) -> FieldsId {
        let id = FieldsId(self.tree.fields.len() as u32);
        self.tree.fields.push(Fields { opening, closing, list });
        id
    }

    pub(super) fn take_fields(&mut self, mark: usize) -> Span {
        Span::take(&mut self.tree.field_pool, &mut self.field_scratch, mark)
    }

    /// A struct type.
    fn struct_type(&mut self) -> Parsed<ExprId> {
        let pos = self.expect(Tok::Struct)?;
        let opening = self.expect(Tok::LBrace)?;
        let mark = self.field_scratch.len();
        while matches!(self.tok, Tok::Ident | Tok::Mul | Tok::LParen) {
            let field = self.struct_field()?;
            self.field_scratch.push(field);
        }
        let closing = self.expect(Tok::RBrace)?;
        let list = self.take_fields(mark);
        let fields = self.add_fields(opening, closing, list);
        Ok(self.add(pos, closing + 1, ExprKind::Struct(fields)))
    }

    /// One line of a struct: names and a type or an embedded type, and a tag.
    fn struct_field(&mut self) -> Parsed<Field> {
        let pos = self.pos;
        let mut names = Exprs::default();
        let typ = match self.tok {
            Tok::Ident => {
                let name = self.ident()?;
                match self.tok {
                    Tok::Period => self.qualified(name)?,
                    Tok::Str | Tok::Semicolon | Tok::RBrace => name,
                    Tok::LBrack => {
                        let param = self.array_or_instance(name)?;
                        if param.name.is_some() {
                            names = self.one(name);
                        }
                        param.typ.unwrap_or(name)
                    }
                    _ => {
                        let mark = self.expr_scratch.len();
                        self.expr_scratch.push(name);
                        while self.tok == Tok::Comma {
                            self.next();
                            let name = self.ident()?;
                            self.expr_scratch.push(name);
                        }
                        names = self.take_exprs(mark);
                        self.typ()?
                    }
                }
            }
            Tok::Mul => {
                self.next();
                if self.tok == Tok::LParen {
                    return self.fail(self.pos, "an embedded type must not be in parentheses");
                }
                let name = self.ident()?;
                let base = self.qualified(name)?;
                self.add_from(pos, base, ExprKind::Star(base))
            }
            _ => return self.fail(self.pos, "an embedded type must not be in parentheses"),
        };
        let mut tag = None;
        if self.tok == Tok::Str {
            tag = Some(self.add(self.pos, self.end, ExprKind::Literal(Tok::Str)));
            self.next();
        }
        let commented = self.semicolon()?.is_some();
        Ok(Field { names, typ, tag, commented })
    }

    /// A list of one expression.
    fn one(&mut self, x: ExprId) -> Exprs {
        let mark = self.expr_scratch.len();
        self.expr_scratch.push(x);
        self.take_exprs(mark)
    }

    /// An interface type.
    fn interface_type(&mut self) -> Parsed<ExprId> {
        let pos = self.expect(Tok::Interface)?;
        let opening = self.expect(Tok::LBrace)?;
        let mark = self.field_scratch.len();
        loop {
            let mut field = match self.tok {
                Tok::Ident => self.method_or_embedded()?,
                Tok::Tilde => {
                    let typ = self.embedded_element(None)?;
                    embedded(typ)
                }
                _ => match self.try_type()? {
                    Some(typ) => {
                        let typ = self.embedded_element(Some(typ))?;
                        embedded(typ)
                    }
                    None => break,
                },
            };
            field.commented = self.semicolon()?.is_some();
            self.field_scratch.push(field);
        }
        let closing = self.expect(Tok::RBrace)?;
        let list = self.take_fields(mark);
        let fields = self.add_fields(opening, closing, list);
        Ok(self.add(pos, closing + 1, ExprKind::Interface(fields)))
    }

    /// A method or an embedded type that starts with a name.
    fn method_or_embedded(&mut self) -> Parsed<Field> {
        let first = self.ident()?;
        let name = self.type_name(first)?;
        let typ = match self.tok {
            Tok::LParen if name == first => {
                let opening = self.pos;
                let params = self.parameters()?;
                let results = self.results()?;
                let signature = Signature { type_params: None, params, results };
                let end = self.signature_end(signature);
                let typ = self.add(opening, end, ExprKind::Func(signature));
                return Ok(Field { names: self.one(name), ..embedded(typ) });
            }
            Tok::LBrack if name == first => {
                let lbrack = self.pos;
                self.next();
                self.expr_level += 1;
                let x = self.expr()?;
                self.expr_level -= 1;
                let is_name = matches!(self.tree.expr(x).kind, ExprKind::Ident);
                if is_name && !matches!(self.tok, Tok::Comma | Tok::RBrack) {
                    return self.fail(lbrack, "a method of an interface must have no type parameters");
                }
                let mark = self.expr_scratch.len();
                self.expr_scratch.push(x);
                if self.comma_or(Tok::RBrack, "a list of type arguments")? {
                    self.next();
                    self.type_arguments(name, lbrack, mark)?
                } else {
                    let rbrack = self.expect(Tok::RBrack)?;
                    self.index(name, lbrack, mark, rbrack)
                }
            }
            Tok::LBrack => self.type_instance(name)?,
            _ => name,
        };
        let typ = self.embedded_element(Some(typ))?;
        Ok(embedded(typ))
    }

    /// Terms joined by `|`.
    pub(super) fn embedded_element(&mut self, first: Option<ExprId>) -> Parsed<ExprId> {
        let mut x = match first {
            Some(x) => x,
            None => self.embedded_term()?,
        };
        while self.tok == Tok::Or {
            let op_pos = self.pos;
            self.next();
            let y = self.embedded_term()?;
            x = self.binary(Tok::Or, op_pos, x, y);
        }
        Ok(x)
    }

    /// `T` or `~T`
    fn embedded_term(&mut self) -> Parsed<ExprId> {
        if self.tok != Tok::Tilde {
            return match self.try_type()? {
                Some(typ) => Ok(typ),
                None => self.expected("a type or '~'"),
            };
        }
        let pos = self.pos;
        self.next();
        let x = self.typ()?;
        Ok(self.add_from(pos, x, ExprKind::Unary { op: Tok::Tilde, x }))
    }
}

/// A field that is a type alone.
pub(super) fn embedded(typ: ExprId) -> Field {
    Field { names: Exprs::default(), typ, tag: None, commented: false }
}

#[cfg(test)]
mod tests {
    use super::super::format;

    fn accepted(typ: &str) -> bool {
        format(&format!("package p\n\ntype T {typ}\n")).is_ok()
    }

    #[test]
    fn types() {
        for typ in [
            "struct { a.B[P]; *C[P, Q]; d [4]int; e, f []P `tag` }",
            "interface { m(int) (a, b int); E; F[P]; ~int | string }",
            "map[[2]int]chan<- <-chan func(...int) (T)",
            "[...]*(int)",
            "func()",
        ] {
            assert!(accepted(typ), "{typ}");
        }
        for typ in ["struct { (A) }", "interface { m[T any]() }", "[2,]int", "func[P any]()", "map[int]", "A[]"] {
            assert!(!accepted(typ), "{typ}");
        }
    }
}
