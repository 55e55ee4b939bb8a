//! The parser: expressions.
//!
//! In: the parser at an expression. Out: its node. Invariant: as [`super::parse`]; chains of operators and of
//! selectors, calls and indices are read in loops, so their length costs no stack.

use super::parse::{Parsed, Parser};
use super::token::{NO_POS, Pos, Tok};
use super::tree::{Dir, ExprId, ExprKind, Exprs, Mix};

impl<'s> Parser<'s, '_> {
    /// An expression; it may turn out to be a type.
    pub(super) fn expr(&mut self) -> Parsed<ExprId> {
        self.binary_expr(None, 1)
    }

    /// An expression where `=` would be a mistake.
    pub(super) fn rhs(&mut self) -> Parsed<ExprId> {
        let old = std::mem::replace(&mut self.in_rhs, true);
        let x = self.expr();
        self.in_rhs = old;
        x
    }

    /// Expressions separated by commas.
    pub(super) fn list(&mut self, in_rhs: bool) -> Parsed<Exprs> {
        let old = std::mem::replace(&mut self.in_rhs, in_rhs);
        let mark = self.expr_scratch.len();
        loop {
            let x = self.expr()?;
            self.expr_scratch.push(x);
            if self.tok != Tok::Comma {
                break;
            }
            self.next();
        }
        self.in_rhs = old;
        Ok(self.take_exprs(mark))
    }

    /// Operands joined by operators of at least this precedence.
    pub(super) fn binary_expr(&mut self, first: Option<ExprId>, lowest: u8) -> Parsed<ExprId> {
        let mut x = match first {
            Some(x) => x,
            None => self.unary()?,
        };
        loop {
            if self.in_rhs && self.tok == Tok::Assign && lowest <= Tok::Eql.precedence() {
                return self.expected("'=='");
            }
            let (op, op_pos) = (self.tok, self.pos);
            let precedence = op.precedence();
            if precedence < lowest || precedence == 0 {
                return Ok(x);
            }
            self.next();
            let y = self.binary_expr(None, precedence + 1)?;
            x = self.binary(op, op_pos, x, y);
        }
    }

    /// Adds a binary expression.
    pub(super) fn binary(&mut self, op: Tok, op_pos: Pos, x: ExprId, y: ExprId) -> ExprId {
        let pos = self.tree.expr(x).pos;
        let kind = self.binary_kind(op, op_pos, x, y);
        self.add_from(pos, y, kind)
    }

    /// A binary expression, with what the printer must know of its operators (go/printer, walkBinary).
    pub(super) fn binary_kind(&self, op: Tok, op_pos: Pos, x: ExprId, y: ExprId) -> ExprKind {
        let precedence = op.precedence();
        let mut mix = Mix { has4: precedence == 4, has5: precedence == 5, clash: 0 };
        let mut merge = |other: Mix| {
            mix.has4 |= other.has4;
            mix.has5 |= other.has5;
            mix.clash = mix.clash.max(other.clash);
        };
        if let ExprKind::Binary { op: inner, mix, .. } = self.tree.expr(x).kind
            && inner.precedence() >= precedence
        {
            merge(mix);
        }
        match self.tree.expr(y).kind {
            ExprKind::Binary { op: inner, mix, .. } if inner.precedence() > precedence => merge(mix),
            ExprKind::Star(_) if op == Tok::Quo => mix.clash = 5,
            ExprKind::Unary { op: unary, .. } => match (op, unary) {
                (Tok::And, Tok::And | Tok::Xor) => mix.clash = 5,
                (Tok::Add, Tok::Add) | (Tok::Sub, Tok::Sub) => mix.clash = mix.clash.max(4),
                _ => {}
            },
            _ => {}
        }
        ExprKind::Binary { op, op_pos, x, y, mix }
    }

    /// Unary operators and what they apply to.
    fn unary(&mut self) -> Parsed<ExprId> {
        self.enter()?;
        let pos = self.pos;
        let x = match self.tok {
            op @ (Tok::Add | Tok::Sub | Tok::Not | Tok::Xor | Tok::And | Tok::Tilde) => {
                self.next();
                let x = self.unary()?;
                self.add_from(pos, x, ExprKind::Unary { op, x })
            }
            Tok::Arrow => {
                self.next();
                let x = self.unary()?;
                if let ExprKind::Chan { .. } = self.tree.expr(x).kind {
                    self.receive_only(pos, x)?;
                    x
                } else {
                    self.add_from(pos, x, ExprKind::Unary { op: Tok::Arrow, x })
                }
            }
            Tok::Mul => {
                self.next();
                let x = self.unary()?;
                self.add_from(pos, x, ExprKind::Star(x))
            }
            _ => self.primary(None)?,
        };
        self.leave();
        Ok(x)
    }

    /// `<-` before a channel type belongs to the type: `<-(chan T)` is `(<-chan T)`, and `<-(chan<- T)` is
    /// `(<-chan (<-T))`, so the arrows move one to the right.
    fn receive_only(&mut self, arrow: Pos, typ: ExprId) -> Parsed<()> {
        let mut arrow = arrow;
        let mut typ = typ;
        loop {
            let ExprKind::Chan { dir, arrow: own, value } = self.tree.expr(typ).kind else {
                return self.fail(arrow, "expected a channel type");
            };
            if dir == Dir::Receive {
                return self.fail(own, "expected 'chan'");
            }
            if let Some(node) = self.tree.exprs.get_mut(typ.0 as usize) {
                node.pos = arrow;
                node.kind = ExprKind::Chan { dir: Dir::Receive, arrow, value };
            }
            if dir == Dir::Both {
                return Ok(());
            }
            (arrow, typ) = (own, value);
        }
    }

    /// An operand.
    fn operand(&mut self) -> Parsed<ExprId> {
        let (pos, end) = (self.pos, self.end);
        match self.tok {
            Tok::Ident => self.ident(),
            tok @ (Tok::Int | Tok::Float | Tok::Imag | Tok::Char | Tok::Str) => {
                self.next();
                Ok(self.add(pos, end, ExprKind::Literal(tok)))
            }
            Tok::LParen => {
                self.next();
                self.expr_level += 1;
                let inner = self.rhs()?;
                self.expr_level -= 1;
                let rparen = self.expect(Tok::RParen)?;
                Ok(self.add(pos, rparen + 1, ExprKind::Paren(inner)))
            }
            Tok::Func => {
                let typ = self.func_type()?;
                if self.tok != Tok::LBrace {
                    let end = self.signature_end(typ);
                    return Ok(self.add(pos, end, ExprKind::Func(typ)));
                }
                self.expr_level += 1;
                let body = self.block()?;
                self.expr_level -= 1;
                Ok(self.add(pos, body.rbrace + 1, ExprKind::FuncLit { typ, body }))
            }
            _ => match self.try_type()? {
                Some(typ) => Ok(typ),
                None => self.expected("an operand"),
            },
        }
    }

    /// An operand with its selectors, indices, calls and literal values.
    pub(super) fn primary(&mut self, first: Option<ExprId>) -> Parsed<ExprId> {
        let mut x = match first {
            Some(x) => x,
            None => self.operand()?,
        };
        // Such a chain is deep for those who walk the tree.
        let mut entered = 0;
        loop {
            match self.tok {
                Tok::Period => {
                    self.next();
                    let pos = self.tree.expr(x).pos;
                    x = match self.tok {
                        Tok::Ident => {
                            let name = self.ident()?;
                            self.add_from(pos, name, ExprKind::Selector { x, name })
                        }
                        Tok::LParen => self.assertion(x)?,
                        _ => return self.expected("a name or a type in parentheses"),
                    };
                }
                Tok::LBrack => x = self.index_or_slice(x)?,
                Tok::LParen => x = self.call(x)?,
                Tok::LBrace => {
                    let typ = self.tree.unparen(x);
                    let starts_literal = match self.tree.expr(typ).kind {
                        ExprKind::Ident | ExprKind::Selector { .. } | ExprKind::Index { .. } => self.expr_level >= 0,
                        ExprKind::Array { .. } | ExprKind::Struct(_) | ExprKind::Map { .. } => true,
                        _ => false,
                    };
                    if !starts_literal {
                        break;
                    }
                    if typ != x {
                        return self.fail(self.tree.expr(typ).pos, "the type of a literal must not be in parentheses");
                    }
                    x = self.literal_value(Some(x))?;
                }
                _ => break,
            }
            self.enter()?;
            entered += 1;
        }
        for _ in 0..entered {
            self.leave();
        }
        Ok(x)
    }

    /// `.(T)` or `.(type)`
    fn assertion(&mut self, x: ExprId) -> Parsed<ExprId> {
        let lparen = self.expect(Tok::LParen)?;
        let mut typ = None;
        if self.tok == Tok::Type {
            self.next();
        } else {
            typ = Some(self.typ()?);
        }
        let rparen = self.expect(Tok::RParen)?;
        let pos = self.tree.expr(x).pos;
        Ok(self.add(pos, rparen + 1, ExprKind::Assert { x, lparen, typ }))
    }

    /// `x[i]`, `x[i:j]`, `x[i:j:k]`, `x[A, B]`
    fn index_or_slice(&mut self, x: ExprId) -> Parsed<ExprId> {
        let lbrack = self.expect(Tok::LBrack)?;
        if self.tok == Tok::RBrack {
            return self.expected("an operand");
        }
        self.expr_level += 1;
        let low = if self.tok == Tok::Colon { None } else { Some(self.rhs()?) };
        if self.tok == Tok::Colon {
            let mut bounds = [None; 2];
            let mut colons = [NO_POS; 2];
            let mut count = 0;
            for (bound, colon) in bounds.iter_mut().zip(&mut colons) {
                if self.tok != Tok::Colon {
                    break;
                }
                *colon = self.pos;
                count += 1;
                self.next();
                if !matches!(self.tok, Tok::Colon | Tok::RBrack | Tok::Eof) {
                    *bound = Some(self.rhs()?);
                }
            }
            self.expr_level -= 1;
            let rbrack = self.expect(Tok::RBrack)?;
            let ([high, max], [first, second]) = (bounds, colons);
            if count == 2 && high.is_none() {
                return self.fail(first, "a slice with a capacity needs its middle index");
            }
            if count == 2 && max.is_none() {
                return self.fail(second, "a slice with a capacity needs its last index");
            }
            let pos = self.tree.expr(x).pos;
            return Ok(self.add(pos, rbrack + 1, ExprKind::Slice { x, lbrack, low, high, max }));
        }
        let mark = self.expr_scratch.len();
        self.expr_scratch.extend(low);
        while self.tok == Tok::Comma {
            self.next();
            if !matches!(self.tok, Tok::RBrack | Tok::Eof) {
                let argument = self.typ()?;
                self.expr_scratch.push(argument);
            }
        }
        self.expr_level -= 1;
        let rbrack = self.expect(Tok::RBrack)?;
        Ok(self.index(x, lbrack, mark, rbrack))
    }

    /// `(args)`, `(args...)`
    fn call(&mut self, fun: ExprId) -> Parsed<ExprId> {
        let lparen = self.expect(Tok::LParen)?;
        self.expr_level += 1;
        let mark = self.expr_scratch.len();
        let mut ellipsis = NO_POS;
        while !matches!(self.tok, Tok::RParen | Tok::Eof) && ellipsis == NO_POS {
            let arg = self.rhs()?;
            self.expr_scratch.push(arg);
            if self.tok == Tok::Ellipsis {
                ellipsis = self.pos;
                self.next();
            }
            if !self.comma_or(Tok::RParen, "a list of arguments")? {
                break;
            }
            self.next();
        }
        self.expr_level -= 1;
        let rparen = self.expect_closing(Tok::RParen, "a list of arguments")?;
        let args = self.take_exprs(mark);
        let pos = self.tree.expr(fun).pos;
        Ok(self.add(pos, rparen + 1, ExprKind::Call { fun, lparen, args, ellipsis }))
    }

    /// `{` elements `}` after a type or inside another literal.
    fn literal_value(&mut self, typ: Option<ExprId>) -> Parsed<ExprId> {
        self.enter()?;
        let lbrace = self.expect(Tok::LBrace)?;
        self.expr_level += 1;
        let mark = self.expr_scratch.len();
        while !matches!(self.tok, Tok::RBrace | Tok::Eof) {
            let element = self.element()?;
            self.expr_scratch.push(element);
            if !self.comma_or(Tok::RBrace, "a literal")? {
                break;
            }
            self.next();
        }
        self.expr_level -= 1;
        let rbrace = self.expect_closing(Tok::RBrace, "a literal")?;
        let elements = self.take_exprs(mark);
        let pos = typ.map_or(lbrace, |typ| self.tree.expr(typ).pos);
        self.leave();
        Ok(self.add(pos, rbrace + 1, ExprKind::Composite { typ, lbrace, elements }))
    }

    /// `value` or `key: value`
    fn element(&mut self) -> Parsed<ExprId> {
        let key = self.element_value()?;
        if self.tok != Tok::Colon {
            return Ok(key);
        }
        let colon = self.pos;
        self.next();
        let value = self.element_value()?;
        let pos = self.tree.expr(key).pos;
        Ok(self.add_from(pos, value, ExprKind::KeyValue { key, colon, value }))
    }

    fn element_value(&mut self) -> Parsed<ExprId> {
        if self.tok == Tok::LBrace { self.literal_value(None) } else { self.expr() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::format;

    fn accepted(expr: &str) -> bool {
        format(&format!("package p\n\nvar x = {expr}\n")).is_ok()
    }

    #[test]
    fn expressions() {
        for expr in [
            "a.b[1].c(d...)",
            "x[:]",
            "x[1:2:3]",
            "f[A, B](c)",
            "[]T{{1}, {a: 2}}",
            "<-c",
            "(<-chan int)(c)",
            "map[string]func(int) error{}",
            "func() { return }",
            "a == b && !c || *d < -e",
            "x.(interface{})",
            "[...]int{}",
        ] {
            assert!(accepted(expr), "{expr}");
        }
        for expr in ["x[]", "x[::]", "x[1::2]", "(T){}", "f(a b)", "a = b", "a.", "if"] {
            assert!(!accepted(expr), "{expr}");
        }
    }
}
