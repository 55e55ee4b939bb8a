//! The printer: statements.
//!
//! In: a statement. Out: its tokens and line breaks. Invariant: a block takes at least two lines; statements keep the
//! empty lines between them, at most one.

use super::print::{Printer, Space};
use super::print_list::ListStyle;
use super::token::{NO_POS, Tok};
use super::tree::{Block, ExprId, ExprKind, Exprs, StmtId, StmtKind, Stmts};

impl Printer<'_, '_> {
    /// Statements, each on its lines, without a line break after the last. The clauses of a switch are not indented and
    /// each is a section of its own.
    fn stmt_list(&mut self, list: Stmts, indent: u32, before_brace: bool) {
        let tree = self.tree;
        let list = tree.stmt_list(list);
        if indent > 0 {
            self.space(Space::Indent);
        }
        let slot = self.begin_lines();
        let mut printed = 0;
        for &id in list {
            if self.too_large {
                break;
            }
            let stmt = tree.stmt(id);
            if let StmtKind::Empty = stmt.kind {
                continue;
            }
            let new_section = printed == 0 || indent == 0 || self.lines_since(slot) > 0;
            self.linebreak(self.line(stmt.pos), 1, Space::Ignore, new_section);
            self.record_line(slot);
            self.stmt(id, before_brace && printed + 1 == list.len());
            // A label is on a line of its own, which is not the statement's.
            let mut inner = stmt.kind;
            while let StmtKind::Labeled { stmt, .. } = inner {
                self.skip_line(slot);
                inner = tree.stmt(stmt).kind;
            }
            printed += 1;
        }
        self.end_lines(slot);
        if indent > 0 {
            self.space(Space::Unindent);
        }
    }

    /// `{`, statements, `}`
    pub(super) fn block(&mut self, block: Block, indent: u32) {
        self.set_pos(block.lbrace);
        self.token(Tok::LBrace);
        self.stmt_list(block.list, indent, true);
        self.linebreak(self.line(block.rbrace), 1, Space::Ignore, true);
        self.set_pos(block.rbrace);
        self.token(Tok::RBrace);
    }

    /// A statement; `before_brace` if it is the last one of its block.
    pub(super) fn stmt(&mut self, id: StmtId, before_brace: bool) {
        if self.too_large {
            return;
        }
        let tree = self.tree;
        let stmt = tree.stmt(id);
        self.set_pos(stmt.pos);
        match stmt.kind {
            StmtKind::Empty => {}
            StmtKind::Decl(decl) => self.gen_decl(decl),
            StmtKind::Labeled { label, colon, stmt } => {
                self.space(Space::Unindent);
                self.expr(label);
                self.set_pos(colon);
                self.token(Tok::Colon);
                self.space(Space::Indent);
                let labeled = tree.stmt(stmt);
                if let StmtKind::Empty = labeled.kind {
                    if !before_brace {
                        self.space(Space::Newline);
                        self.set_pos(labeled.pos);
                        self.token(Tok::Semicolon);
                        return;
                    }
                } else {
                    self.linebreak(self.line(labeled.pos), 1, Space::Ignore, true);
                }
                self.stmt(stmt, before_brace);
            }
            StmtKind::Expr(x) => self.expr0(x, 1),
            StmtKind::Send { chan, arrow, value } => {
                self.expr0(chan, 1);
                self.space(Space::Blank);
                self.set_pos(arrow);
                self.token(Tok::Arrow);
                self.space(Space::Blank);
                self.expr0(value, 1);
            }
            StmtKind::IncDec { x, op, op_pos } => {
                self.expr0(x, 2);
                self.set_pos(op_pos);
                self.token(op);
            }
            StmtKind::Assign { lhs, op, op_pos, rhs } => {
                let depth = if lhs.0.len() > 1 && rhs.0.len() > 1 { 2 } else { 1 };
                self.expr_list(stmt.pos, lhs, depth, ListStyle::Indented, op_pos);
                self.space(Space::Blank);
                self.set_pos(op_pos);
                self.token(op);
                self.space(Space::Blank);
                self.expr_list(op_pos, rhs, depth, ListStyle::Indented, NO_POS);
            }
            StmtKind::Go(call) => self.keyword_and_expr(Tok::Go, call),
            StmtKind::Defer(call) => self.keyword_and_expr(Tok::Defer, call),
            StmtKind::Return(results) => self.return_stmt(results),
            StmtKind::Branch { tok, label } => match label {
                Some(label) => self.keyword_and_expr(tok, label),
                None => self.token(tok),
            },
            StmtKind::Block(block) => self.block(block, 1),
            StmtKind::If { init, cond, body, otherwise } => {
                self.token(Tok::If);
                self.control_clause(false, init, Some(cond), None);
                self.block(body, 1);
                if let Some(otherwise) = otherwise {
                    self.space(Space::Blank);
                    self.token(Tok::Else);
                    self.space(Space::Blank);
                    self.stmt(otherwise, before_brace);
                }
            }
            StmtKind::Case { list, colon, body } => {
                if list.0.is_empty() {
                    self.token(Tok::Default);
                } else {
                    self.token(Tok::Case);
                    self.space(Space::Blank);
                    self.expr_list(stmt.pos, list, 1, ListStyle::Indented, colon);
                }
                self.set_pos(colon);
                self.token(Tok::Colon);
                self.stmt_list(body, 1, before_brace);
            }
            StmtKind::Switch { init, tag, body } => {
                self.token(Tok::Switch);
                self.control_clause(false, init, tag, None);
                self.block(body, 0);
            }
            StmtKind::TypeSwitch { init, guard, body } => {
                self.token(Tok::Switch);
                if let Some(init) = init {
                    self.space(Space::Blank);
                    self.stmt(init, false);
                    self.token(Tok::Semicolon);
                }
                self.space(Space::Blank);
                self.stmt(guard, false);
                self.space(Space::Blank);
                self.block(body, 0);
            }
            StmtKind::Comm { comm, colon, body } => {
                match comm {
                    Some(comm) => {
                        self.token(Tok::Case);
                        self.space(Space::Blank);
                        self.stmt(comm, false);
                    }
                    None => self.token(Tok::Default),
                }
                self.set_pos(colon);
                self.token(Tok::Colon);
                self.stmt_list(body, 1, before_brace);
            }
            StmtKind::Select(body) => {
                self.token(Tok::Select);
                self.space(Space::Blank);
                if body.list.0.is_empty() && !self.comment_before(body.rbrace) {
                    self.set_pos(body.lbrace);
                    self.token(Tok::LBrace);
                    self.set_pos(body.rbrace);
                    self.token(Tok::RBrace);
                } else {
                    self.block(body, 0);
                }
            }
            StmtKind::For { init, cond, post, body } => {
                self.token(Tok::For);
                self.control_clause(true, init, cond, post);
                self.block(body, 1);
            }
            StmtKind::Range { key, value, op, op_pos, x, body } => {
                self.token(Tok::For);
                self.space(Space::Blank);
                if let Some(key) = key {
                    self.expr(key);
                    if let Some(value) = value {
                        self.set_pos(tree.expr(value).pos);
                        self.token(Tok::Comma);
                        self.space(Space::Blank);
                        self.expr(value);
                    }
                    self.space(Space::Blank);
                    self.set_pos(op_pos);
                    self.token(op);
                    self.space(Space::Blank);
                }
                self.token(Tok::Range);
                self.space(Space::Blank);
                self.expr(self.strip_parens(x));
                self.space(Space::Blank);
                self.block(body, 1);
            }
        }
    }

    fn keyword_and_expr(&mut self, tok: Tok, x: ExprId) {
        self.token(tok);
        self.space(Space::Blank);
        self.expr(x);
    }

    fn return_stmt(&mut self, results: Exprs) {
        self.token(Tok::Return);
        if results.0.is_empty() {
            return;
        }
        self.space(Space::Blank);
        if self.is_ragged(results) {
            self.space(Space::Indent);
            self.expr_list(NO_POS, results, 1, ListStyle::Flat, NO_POS);
            self.space(Space::Unindent);
        } else {
            self.expr_list(NO_POS, results, 1, ListStyle::Indented, NO_POS);
        }
    }

    /// Whether results look better indented as a whole: one starts on another line than the one before ends on, or more
    /// than one has several lines (go/printer, indentList).
    fn is_ragged(&self, list: Exprs) -> bool {
        let tree = self.tree;
        let list = tree.expr_list(list);
        let ([first, .., last], true) = (list, list.len() >= 2) else { return false };
        let mut line = self.line(tree.expr(*first).pos);
        if line >= self.line(tree.expr(*last).end) {
            return false;
        }
        let mut tall = 0;
        for &x in list {
            let expr = tree.expr(x);
            let (start, end) = (self.line(expr.pos), self.line(expr.end));
            if line < start {
                return true;
            }
            if start < end {
                tall += 1;
            }
            line = end;
        }
        tall > 1
    }

    /// What stands between the keyword of a control statement and its block.
    fn control_clause(&mut self, is_for: bool, init: Option<StmtId>, cond: Option<ExprId>, post: Option<StmtId>) {
        self.space(Space::Blank);
        let mut needs_blank = false;
        if init.is_none() && post.is_none() {
            if let Some(cond) = cond {
                self.expr(self.strip_parens(cond));
                needs_blank = true;
            }
        } else {
            if let Some(init) = init {
                self.stmt(init, false);
            }
            self.token(Tok::Semicolon);
            self.space(Space::Blank);
            if let Some(cond) = cond {
                self.expr(self.strip_parens(cond));
                needs_blank = true;
            }
            if is_for {
                self.token(Tok::Semicolon);
                self.space(Space::Blank);
                needs_blank = false;
                if let Some(post) = post {
                    self.stmt(post, false);
                    needs_blank = true;
                }
            }
        }
        if needs_blank {
            self.space(Space::Blank);
        }
    }

    /// A condition without the parentheses around it, unless they keep the brace of a literal from being taken for that
    /// of the block (go/printer, stripParens).
    fn strip_parens(&self, mut id: ExprId) -> ExprId {
        while let ExprKind::Paren(inner) = self.tree.expr(id).kind {
            if self.holds_bare_literal(id) {
                return id;
            }
            id = inner;
        }
        id
    }

    /// Whether parentheses hold a literal `T{…}` that neither other parentheses nor another literal protect. The nodes
    /// inside the parentheses are those before it in the arena that start behind it, outer before inner ones.
    fn holds_bare_literal(&self, parens: ExprId) -> bool {
        let tree = self.tree;
        let start = tree.expr(parens).pos;
        // Everything that starts from here on is inside a node that protects it.
        let mut protected_from = NO_POS;
        for i in (0..parens.0).rev() {
            let expr = tree.expr(ExprId(i));
            if expr.pos <= start {
                break;
            }
            if expr.pos >= protected_from {
                continue;
            }
            match expr.kind {
                ExprKind::Paren(_) => protected_from = expr.pos,
                ExprKind::Composite { typ, .. } => {
                    if typ.is_some_and(|typ| self.is_type_name(typ)) {
                        return true;
                    }
                    protected_from = expr.pos;
                }
                _ => {}
            }
        }
        false
    }

    /// Whether a type is a name, possibly with its package.
    fn is_type_name(&self, mut id: ExprId) -> bool {
        loop {
            match self.tree.expr(id).kind {
                ExprKind::Ident => return true,
                ExprKind::Selector { x, .. } => id = x,
                _ => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::format;

    fn formatted(stmt: &str) -> String {
        let out = format(&format!("package p\n\nfunc f() {{\n{stmt}\n}}\n")).unwrap_or_default();
        out.trim_start_matches("package p\n\nfunc f() {\n\t").trim_end_matches("\n}\n").to_owned()
    }

    #[test]
    fn conditions_lose_their_parentheses() {
        assert_eq!(formatted("if (x) {}"), "if x {\n\t}");
        assert_eq!(formatted("if (x == T{}) {}"), "if (x == T{}) {\n\t}");
        assert_eq!(formatted("if (f(T{})) {}"), "if (f(T{})) {\n\t}");
        assert_eq!(formatted("if (x == (T{})) {}"), "if x == (T{}) {\n\t}");
        assert_eq!(formatted("for ;x; {}"), "for x {\n\t}");
    }

    #[test]
    fn clauses_stand_below_their_switch() {
        assert_eq!(formatted("switch x{\ncase 1,2:\nf()\ndefault:\n}"), "switch x {\n\tcase 1, 2:\n\t\tf()\n\tdefault:\n\t}");
        assert_eq!(formatted("select{}"), "select {}");
    }

    #[test]
    fn empty_statements_disappear() {
        assert_eq!(formatted("f();;\ng();"), "f()\n\tg()");
    }
}
