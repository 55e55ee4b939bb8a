//! The parser: statements.
//!
//! In: the parser at a statement. Out: its node. Invariant: as [`super::parse`].

use super::parse::{Parsed, Parser};
use super::token::{Pos, Tok};
use super::tree::{Block, ExprId, ExprKind, Exprs, Span, StmtId, StmtKind, Stmts};

/// What a simple statement may be besides itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Also {
    Nothing,
    Label,
    Range,
}

/// A simple statement, or the header of a `for … range`.
enum Simple {
    Stmt(StmtId),
    Range { lhs: Exprs, op: Tok, op_pos: Pos, x: ExprId },
}

impl<'s> Parser<'s, '_> {
    /// Statements up to a closing brace or the next clause.
    pub(super) fn stmt_list(&mut self) -> Parsed<Stmts> {
        let mark = self.stmt_scratch.len();
        while !matches!(self.tok, Tok::Case | Tok::Default | Tok::RBrace | Tok::Eof) {
            let stmt = self.stmt()?;
            self.stmt_scratch.push(stmt);
        }
        Ok(self.take_stmts(mark))
    }

    fn take_stmts(&mut self, mark: usize) -> Stmts {
        Stmts(Span::take(&mut self.tree.stmt_pool, &mut self.stmt_scratch, mark))
    }

    /// A statement with its semicolon.
    fn stmt(&mut self) -> Parsed<StmtId> {
        self.enter()?;
        let pos = self.pos;
        let stmt = match self.tok {
            Tok::Const | Tok::Type | Tok::Var => {
                let decl = self.gen_decl()?;
                self.add_stmt(pos, StmtKind::Decl(decl))
            }
            Tok::Ident
            | Tok::Int
            | Tok::Float
            | Tok::Imag
            | Tok::Char
            | Tok::Str
            | Tok::Func
            | Tok::LParen
            | Tok::LBrack
            | Tok::Struct
            | Tok::Map
            | Tok::Chan
            | Tok::Interface
            | Tok::Add
            | Tok::Sub
            | Tok::Mul
            | Tok::And
            | Tok::Xor
            | Tok::Arrow
            | Tok::Not => {
                let stmt = self.simple(Also::Label)?;
                if !matches!(self.tree.stmt(stmt).kind, StmtKind::Labeled { .. }) {
                    self.semicolon()?;
                }
                stmt
            }
            tok @ (Tok::Go | Tok::Defer) => {
                self.next();
                let call = self.call_of(tok)?;
                self.semicolon()?;
                self.add_stmt(pos, if tok == Tok::Go { StmtKind::Go(call) } else { StmtKind::Defer(call) })
            }
            Tok::Return => {
                self.next();
                let mut results = Exprs::default();
                if !matches!(self.tok, Tok::Semicolon | Tok::RBrace) {
                    results = self.list(true)?;
                }
                self.semicolon()?;
                self.add_stmt(pos, StmtKind::Return(results))
            }
            tok @ (Tok::Break | Tok::Continue | Tok::Goto | Tok::Fallthrough) => {
                self.next();
                let takes_label = tok == Tok::Goto || tok != Tok::Fallthrough && self.tok == Tok::Ident;
                let label = if takes_label { Some(self.ident()?) } else { None };
                self.semicolon()?;
                self.add_stmt(pos, StmtKind::Branch { tok, label })
            }
            Tok::LBrace => {
                let block = self.block()?;
                self.semicolon()?;
                self.add_stmt(pos, StmtKind::Block(block))
            }
            Tok::If => self.if_stmt()?,
            Tok::Switch => self.switch()?,
            Tok::Select => self.select()?,
            Tok::For => self.for_stmt()?,
            Tok::Semicolon => {
                self.next();
                self.add_stmt(pos, StmtKind::Empty)
            }
            Tok::RBrace => self.add_stmt(pos, StmtKind::Empty),
            _ => return self.expected("a statement"),
        };
        self.leave();
        Ok(stmt)
    }

    /// A simple statement, or a labeled one.
    fn simple(&mut self, also: Also) -> Parsed<StmtId> {
        match self.simple_or_range(also)? {
            Simple::Stmt(stmt) => Ok(stmt),
            Simple::Range { op_pos, .. } => self.fail(op_pos, "unexpected range"),
        }
    }

    fn simple_or_range(&mut self, also: Also) -> Parsed<Simple> {
        let lhs = self.list(false)?;
        let Some(&first) = self.tree.expr_list(lhs).first() else { return self.expected("an expression") };
        let pos = self.tree.expr(first).pos;
        let (op, op_pos) = (self.tok, self.pos);
        if op.is_assignment() {
            self.next();
            if also == Also::Range && self.tok == Tok::Range && matches!(op, Tok::Define | Tok::Assign) {
                self.next();
                let x = self.rhs()?;
                return Ok(Simple::Range { lhs, op, op_pos, x });
            }
            let rhs = self.list(true)?;
            return Ok(Simple::Stmt(self.add_stmt(pos, StmtKind::Assign { lhs, op, op_pos, rhs })));
        }
        if lhs.0.len() > 1 {
            return self.fail(pos, "expected one expression");
        }
        let kind = match op {
            Tok::Colon => {
                self.next();
                if also != Also::Label || !matches!(self.tree.expr(first).kind, ExprKind::Ident) {
                    return self.fail(op_pos, "a label cannot stand here");
                }
                let stmt = self.stmt()?;
                StmtKind::Labeled { label: first, colon: op_pos, stmt }
            }
            Tok::Arrow => {
                self.next();
                let value = self.rhs()?;
                StmtKind::Send { chan: first, arrow: op_pos, value }
            }
            Tok::Inc | Tok::Dec => {
                self.next();
                StmtKind::IncDec { x: first, op, op_pos }
            }
            _ => StmtKind::Expr(first),
        };
        Ok(Simple::Stmt(self.add_stmt(pos, kind)))
    }

    /// The call of a `go` or `defer` statement.
    fn call_of(&mut self, tok: Tok) -> Parsed<ExprId> {
        let x = self.rhs()?;
        let expr = self.tree.expr(x);
        match expr.kind {
            ExprKind::Call { .. } => Ok(x),
            ExprKind::Paren(_) => self.fail(expr.pos, format!("the call of a {} statement must not be in parentheses", tok.text())),
            _ => self.fail(expr.end, format!("a {} statement needs a function call", tok.text())),
        }
    }

    /// The expression of an expression statement.
    fn only_expr(&mut self, stmt: StmtId, wanted: &str) -> Parsed<ExprId> {
        let stmt = self.tree.stmt(stmt);
        let found = match stmt.kind {
            StmtKind::Expr(x) => return Ok(x),
            StmtKind::Assign { .. } => "an assignment",
            _ => "a simple statement",
        };
        let message = format!("expected {wanted}, found {found} (parentheses missing around a literal?)");
        self.fail(stmt.pos, message)
    }

    /// Parses the header of a control statement, where `{` starts the body.
    fn header<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let old = std::mem::replace(&mut self.expr_level, -1);
        let result = parse(self);
        self.expr_level = old;
        result
    }

    fn if_stmt(&mut self) -> Parsed<StmtId> {
        self.enter()?;
        let pos = self.expect(Tok::If)?;
        if self.tok == Tok::LBrace {
            return self.fail(self.pos, "missing condition in if statement");
        }
        let (init, cond) = self.header(Self::if_header)?;
        let body = self.block()?;
        let mut otherwise = None;
        if self.tok == Tok::Else {
            self.next();
            otherwise = Some(match self.tok {
                Tok::If => self.if_stmt()?,
                Tok::LBrace => {
                    let pos = self.pos;
                    let block = self.block()?;
                    self.semicolon()?;
                    self.add_stmt(pos, StmtKind::Block(block))
                }
                _ => return self.expected("'if' or a block"),
            });
        } else {
            self.semicolon()?;
        }
        self.leave();
        Ok(self.add_stmt(pos, StmtKind::If { init, cond, body, otherwise }))
    }

    fn if_header(&mut self) -> Parsed<(Option<StmtId>, ExprId)> {
        let mut init = None;
        if self.tok != Tok::Semicolon {
            if self.tok == Tok::Var {
                return self.fail(self.pos, "an if statement cannot start with a var declaration");
            }
            init = Some(self.simple(Also::Nothing)?);
        }
        let cond = if self.tok == Tok::LBrace {
            init.take()
        } else {
            if self.tok != Tok::Semicolon {
                return self.expected("'{' or ';'");
            }
            let (semicolon, newline) = (self.pos, self.at_newline());
            self.next();
            if self.tok == Tok::LBrace {
                let message = if newline { "unexpected line break, expected '{'" } else { "missing condition in if statement" };
                return self.fail(semicolon, message);
            }
            Some(self.simple(Also::Nothing)?)
        };
        let Some(cond) = cond else { return self.fail(self.pos, "missing condition in if statement") };
        let cond = self.only_expr(cond, "a condition")?;
        Ok((init, cond))
    }

    fn switch(&mut self) -> Parsed<StmtId> {
        let pos = self.expect(Tok::Switch)?;
        let (mut init, mut tag) = (None, None);
        if self.tok != Tok::LBrace {
            (init, tag) = self.header(|p| {
                let (mut init, mut tag) = (None, None);
                if p.tok != Tok::Semicolon {
                    tag = Some(p.simple(Also::Nothing)?);
                }
                if p.tok == Tok::Semicolon {
                    p.next();
                    init = tag.take();
                    if p.tok != Tok::LBrace {
                        tag = Some(p.simple(Also::Nothing)?);
                    }
                }
                Ok((init, tag))
            })?;
        }
        let guard = match tag {
            Some(tag) if self.is_type_guard(tag)? => Some(tag),
            _ => None,
        };
        let lbrace = self.expect(Tok::LBrace)?;
        let mark = self.stmt_scratch.len();
        while matches!(self.tok, Tok::Case | Tok::Default) {
            let clause = self.case_clause()?;
            self.stmt_scratch.push(clause);
        }
        let body = self.clauses_end(lbrace, mark)?;
        if let Some(guard) = guard {
            return Ok(self.add_stmt(pos, StmtKind::TypeSwitch { init, guard, body }));
        }
        let tag = match tag {
            Some(tag) => Some(self.only_expr(tag, "an expression to switch on")?),
            None => None,
        };
        Ok(self.add_stmt(pos, StmtKind::Switch { init, tag, body }))
    }

    /// The closing brace after the clauses of a switch or select.
    fn clauses_end(&mut self, lbrace: Pos, mark: usize) -> Parsed<Block> {
        let rbrace = self.expect(Tok::RBrace)?;
        self.semicolon()?;
        let list = self.take_stmts(mark);
        Ok(Block { lbrace, rbrace, list })
    }

    /// Whether a statement is `x.(type)` or `v := x.(type)`.
    fn is_type_guard(&mut self, stmt: StmtId) -> Parsed<bool> {
        let asserts = |p: &Self, x: ExprId| matches!(p.tree.expr(x).kind, ExprKind::Assert { typ: None, .. });
        match self.tree.stmt(stmt).kind {
            StmtKind::Expr(x) => Ok(asserts(self, x)),
            StmtKind::Assign { lhs, op, op_pos, rhs } => {
                let (&[_], &[x]) = (self.tree.expr_list(lhs), self.tree.expr_list(rhs)) else { return Ok(false) };
                match op {
                    Tok::Assign if asserts(self, x) => self.fail(op_pos, "expected ':=', found '='"),
                    Tok::Define => Ok(asserts(self, x)),
                    _ => Ok(false),
                }
            }
            _ => Ok(false),
        }
    }

    fn case_clause(&mut self) -> Parsed<StmtId> {
        let pos = self.pos;
        let mut list = Exprs::default();
        if self.tok == Tok::Case {
            self.next();
            list = self.list(true)?;
        } else {
            self.expect(Tok::Default)?;
        }
        let colon = self.expect(Tok::Colon)?;
        let body = self.stmt_list()?;
        Ok(self.add_stmt(pos, StmtKind::Case { list, colon, body }))
    }

    fn select(&mut self) -> Parsed<StmtId> {
        let pos = self.expect(Tok::Select)?;
        let lbrace = self.expect(Tok::LBrace)?;
        let mark = self.stmt_scratch.len();
        while matches!(self.tok, Tok::Case | Tok::Default) {
            let clause = self.comm_clause()?;
            self.stmt_scratch.push(clause);
        }
        let body = self.clauses_end(lbrace, mark)?;
        Ok(self.add_stmt(pos, StmtKind::Select(body)))
    }

    fn comm_clause(&mut self) -> Parsed<StmtId> {
        let pos = self.pos;
        let mut comm = None;
        if self.tok == Tok::Case {
            self.next();
            comm = Some(self.communication()?);
        } else {
            self.expect(Tok::Default)?;
        }
        let colon = self.expect(Tok::Colon)?;
        let body = self.stmt_list()?;
        Ok(self.add_stmt(pos, StmtKind::Comm { comm, colon, body }))
    }

    /// What a clause of a select waits for.
    fn communication(&mut self) -> Parsed<StmtId> {
        let lhs = self.list(false)?;
        let Some(&first) = self.tree.expr_list(lhs).first() else { return self.expected("an expression") };
        let pos = self.tree.expr(first).pos;
        let (op, op_pos) = (self.tok, self.pos);
        let most = if matches!(op, Tok::Assign | Tok::Define) { 2 } else { 1 };
        if lhs.0.len() > most {
            return self.fail(pos, "too many expressions in a clause of select");
        }
        let kind = match op {
            Tok::Arrow => {
                self.next();
                let value = self.rhs()?;
                StmtKind::Send { chan: first, arrow: op_pos, value }
            }
            Tok::Assign | Tok::Define => {
                self.next();
                let mark = self.expr_scratch.len();
                let x = self.rhs()?;
                self.expr_scratch.push(x);
                let rhs = self.take_exprs(mark);
                StmtKind::Assign { lhs, op, op_pos, rhs }
            }
            _ => StmtKind::Expr(first),
        };
        Ok(self.add_stmt(pos, kind))
    }

    fn for_stmt(&mut self) -> Parsed<StmtId> {
        let pos = self.expect(Tok::For)?;
        let mut header = (None, None, None);
        let mut range = None;
        if self.tok != Tok::LBrace {
            (header, range) = self.header(Self::for_header)?;
        }
        let body = self.block()?;
        self.semicolon()?;
        if let Some((lhs, op, op_pos, x)) = range {
            let (key, value) = match *self.tree.expr_list(lhs) {
                [] => (None, None),
                [key] => (Some(key), None),
                [key, value] => (Some(key), Some(value)),
                [.., last] => return self.fail(self.tree.expr(last).pos, "expected at most two expressions"),
            };
            return Ok(self.add_stmt(pos, StmtKind::Range { key, value, op, op_pos, x, body }));
        }
        let (init, cond, post) = header;
        let cond = match cond {
            Some(cond) => Some(self.only_expr(cond, "a condition or a range")?),
            None => None,
        };
        Ok(self.add_stmt(pos, StmtKind::For { init, cond, post, body }))
    }

    /// The header of a `for`: three optional statements, or a range.
    #[allow(clippy::type_complexity)] // A private pair used once: names would only repeat the two lines above.
    fn for_header(&mut self) -> Parsed<((Option<StmtId>, Option<StmtId>, Option<StmtId>), Option<(Exprs, Tok, Pos, ExprId)>)> {
        let mut cond = None;
        if self.tok == Tok::Range {
            let op_pos = self.pos;
            self.next();
            let x = self.rhs()?;
            return Ok(((None, None, None), Some((Exprs::default(), Tok::None, op_pos, x))));
        }
        if self.tok != Tok::Semicolon {
            match self.simple_or_range(Also::Range)? {
                Simple::Stmt(stmt) => cond = Some(stmt),
                Simple::Range { lhs, op, op_pos, x } => {
                    return Ok(((None, None, None), Some((lhs, op, op_pos, x))));
                }
            }
        }
        if self.tok != Tok::Semicolon {
            return Ok(((None, cond, None), None));
        }
        self.next();
        let init = cond.take();
        if self.tok != Tok::Semicolon {
            if self.tok == Tok::LBrace {
                return self.expected("the condition of the for loop");
            }
            cond = Some(self.simple(Also::Nothing)?);
        }
        self.semicolon()?;
        let post = if self.tok == Tok::LBrace { None } else { Some(self.simple(Also::Nothing)?) };
        Ok(((init, cond, post), None))
    }
}

#[cfg(test)]
mod tests {
    use super::super::format;

    fn accepted(stmt: &str) -> bool {
        format(&format!("package p\n\nfunc f() {{\n{stmt}\n}}\n")).is_ok()
    }

    #[test]
    fn statements() {
        for stmt in [
            "for i := range 10 {}",
            "for range c {}",
            "for ;; {}",
            "for i := 0; i < n; i++ {}",
            "if x := f(); x {}",
            "switch x := y.(type) { case int: default: }",
            "switch ; {}",
            "select { case <-c: case d <- 1: case x, ok := <-e: }",
            "L: for { break L; continue L; goto L }",
            "L:",
            "go f()",
            "defer func() {}()",
            "x, y = y, x",
            "a <- b",
            "x++",
            "if (T{}) == x {}",
            "type T struct{}; var x T",
            "{ ; }",
        ] {
            assert!(accepted(stmt), "{stmt}");
        }
        for stmt in [
            "for i, j, k := range x {}",
            "if {}",
            "if x; {}",
            "if x = 1 {}",
            "if var x = 1; x {}",
            "switch x = y.(type) {}",
            "go f",
            "defer (f())",
            "a, b",
            "f(): x",
            "else {}",
            "case 1:",
            "if x {} else x",
            "goto",
            "if T{} == x {}",
            "for i := 0; {}",
        ] {
            assert!(!accepted(stmt), "{stmt}");
        }
    }
}
