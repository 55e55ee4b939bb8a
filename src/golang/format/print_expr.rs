//! The printer: expressions and types.
//!
//! In: an expression, the precedence it is printed in and the depth of expressions around it. Out: its tokens.
//! Invariant: the blanks around binary operators follow go/printer nodes.go (binaryExpr); chains of binary operators
//! cost no stack.

use super::print::{Printer, Space};
use super::print_list::ListStyle;
use super::token::{HIGHEST, LOWEST, NO_POS, Pos, Tok, UNARY};
use super::tree::{Block, Dir, ExprId, ExprKind, Mix};
use std::borrow::Cow;

/// Wider than any line.
const TOO_WIDE: i64 = 1 << 30;

impl Printer<'_, '_> {
    /// An expression on its own.
    pub(super) fn expr(&mut self, id: ExprId) {
        self.expr1(id, LOWEST, 1);
    }

    /// An expression inside others.
    pub(super) fn expr0(&mut self, id: ExprId, depth: u32) {
        self.expr1(id, LOWEST, depth);
    }

    /// An expression that is the operand of an operator.
    fn expr1(&mut self, id: ExprId, precedence: u8, depth: u32) {
        if self.too_large {
            return;
        }
        let tree = self.tree;
        let expr = tree.expr(id);
        self.set_pos(expr.pos);
        match expr.kind {
            ExprKind::Ident => self.name(tree.text(expr)),
            ExprKind::Literal(tok) => self.basic_literal(tree.text(expr), tok),
            ExprKind::Binary { .. } => self.binary(id, precedence, depth),
            ExprKind::KeyValue { key, colon, value } => {
                self.expr(key);
                self.set_pos(colon);
                self.token(Tok::Colon);
                self.space(Space::Blank);
                self.expr(value);
            }
            ExprKind::Star(x) => {
                self.token(Tok::Mul);
                self.expr(x);
            }
            ExprKind::Unary { op, x } => {
                self.token(op);
                self.expr1(x, UNARY, depth);
            }
            ExprKind::FuncLit { typ, body } => {
                self.token(Tok::Func);
                let start = i64::from(self.state.out.column) - "func".len() as i64;
                self.signature(typ);
                let width = self.distance_from(expr.pos, start);
                self.func_body(width, Space::Blank, body);
            }
            ExprKind::Paren(x) => {
                if let ExprKind::Paren(_) = tree.expr(x).kind {
                    // One pair is enough.
                    self.expr0(x, depth);
                } else {
                    self.token(Tok::LParen);
                    self.expr0(x, shallower(depth));
                    self.set_pos(expr.end - 1);
                    self.token(Tok::RParen);
                }
            }
            ExprKind::Selector { .. } => {
                self.selector(id, depth, false);
            }
            ExprKind::Assert { x, lparen, typ } => {
                self.expr1(x, HIGHEST, depth);
                self.token(Tok::Period);
                self.set_pos(lparen);
                self.token(Tok::LParen);
                match typ {
                    Some(typ) => self.expr(typ),
                    None => self.token(Tok::Type),
                }
                self.set_pos(expr.end - 1);
                self.token(Tok::RParen);
            }
            ExprKind::Index { x, lbrack, indices } => {
                self.expr1(x, HIGHEST, 1);
                self.set_pos(lbrack);
                self.token(Tok::LBrack);
                match tree.expr_list(indices) {
                    &[index] => self.expr0(index, depth + 1),
                    _ => self.expr_list(lbrack, indices, depth + 1, ListStyle::Terminated, expr.end - 1),
                }
                self.set_pos(expr.end - 1);
                self.token(Tok::RBrack);
            }
            ExprKind::Slice { x, lbrack, low, high, max } => {
                self.expr1(x, HIGHEST, 1);
                self.set_pos(lbrack);
                self.token(Tok::LBrack);
                self.slice_bounds(low, high, max, depth);
                self.set_pos(expr.end - 1);
                self.token(Tok::RBrack);
            }
            ExprKind::Call { .. } => self.call(id, depth),
            ExprKind::Composite { typ, lbrace, elements } => {
                if let Some(typ) = typ {
                    self.expr1(typ, HIGHEST, depth);
                }
                self.state.level += 1;
                self.set_pos(lbrace);
                self.token(Tok::LBrace);
                self.expr_list(lbrace, elements, 1, ListStyle::Terminated, expr.end - 1);
                // A comment before the brace must not be followed by a line break, which would need a comma, and by a
                // blank only in an empty literal. The indentation in between is for such comments.
                self.space(Space::Indent);
                self.space(Space::Unindent);
                let no_blank = !elements.0.is_empty();
                self.state.no_extra_linebreak ^= true;
                self.state.no_extra_blank ^= no_blank;
                self.set_pos(expr.end - 1);
                self.token(Tok::RBrace);
                self.state.no_extra_linebreak ^= true;
                self.state.no_extra_blank ^= no_blank;
                self.state.level = self.state.level.saturating_sub(1);
            }
            ExprKind::Ellipsis(element) => {
                self.token(Tok::Ellipsis);
                if let Some(element) = element {
                    self.expr(element);
                }
            }
            ExprKind::Array { len, element } => {
                self.token(Tok::LBrack);
                if let Some(len) = len {
                    self.expr(len);
                }
                self.token(Tok::RBrack);
                self.expr(element);
            }
            ExprKind::Struct(fields) => {
                self.token(Tok::Struct);
                self.field_list(fields, true);
            }
            ExprKind::Func(signature) => {
                self.token(Tok::Func);
                self.signature(signature);
            }
            ExprKind::Interface(fields) => {
                self.token(Tok::Interface);
                self.field_list(fields, false);
            }
            ExprKind::Map { key, value } => {
                self.token(Tok::Map);
                self.token(Tok::LBrack);
                self.expr(key);
                self.token(Tok::RBrack);
                self.expr(value);
            }
            ExprKind::Chan { dir, arrow, value } => {
                match dir {
                    Dir::Both => self.token(Tok::Chan),
                    Dir::Receive => {
                        self.token(Tok::Arrow);
                        self.token(Tok::Chan);
                    }
                    Dir::Send => {
                        self.token(Tok::Chan);
                        self.set_pos(arrow);
                        self.token(Tok::Arrow);
                    }
                }
                self.space(Space::Blank);
                self.expr(value);
            }
        }
    }

    /// A literal, numbers in their normal spelling.
    fn basic_literal(&mut self, text: &str, tok: Tok) {
        match tok {
            Tok::Int | Tok::Float | Tok::Imag => self.literal(&normal_number(text), tok),
            Tok::Str if self.has_carriage_returns => self.literal(&text.replace('\r', ""), tok),
            _ => self.literal(text, tok),
        }
    }

    /// A binary expression. Its left operands are gathered first and then printed from the inside out.
    fn binary(&mut self, id: ExprId, precedence: u8, depth: u32) {
        let tree = self.tree;
        let mark = self.spine.len();
        let mut next = (id, precedence, depth);
        // Invariant of the parser: a left operand binds at least as tightly as its operator.
        let first = loop {
            let (id, _, depth) = next;
            let ExprKind::Binary { op, x, mix, .. } = tree.expr(id).kind else { break next };
            self.spine.push((id, cutoff(mix, depth), depth));
            let same = matches!(tree.expr(x).kind, ExprKind::Binary { op: inner, .. } if inner.precedence() == op.precedence());
            next = (x, op.precedence(), if same { depth } else { depth + 1 });
        };
        self.expr1(first.0, first.1, first.2);
        while self.spine.len() > mark
            && let Some((id, cutoff, depth)) = self.spine.pop()
        {
            if self.too_large {
                self.spine.truncate(mark);
                return;
            }
            let ExprKind::Binary { op, op_pos, y, .. } = tree.expr(id).kind else { continue };
            let precedence = op.precedence();
            let mut blank = precedence < cutoff;
            if blank {
                self.space(Space::Blank);
            }
            let x_line = self.state.pos.line;
            let y_line = self.line(tree.expr(y).pos);
            self.set_pos(op_pos);
            self.token(op);
            let mut indented = false;
            if x_line != y_line && x_line > 0 && self.linebreak(y_line, 1, Space::Indent, true) > 0 {
                indented = true;
                blank = false;
            }
            if blank {
                self.space(Space::Blank);
            }
            self.expr1(y, precedence + 1, depth + 1);
            if indented {
                self.space(Space::Unindent);
            }
        }
    }

    /// The bounds of a slice; between two of which one is a sum the colon has blanks.
    fn slice_bounds(&mut self, low: Option<ExprId>, high: Option<ExprId>, max: Option<ExprId>, depth: u32) {
        let tree = self.tree;
        let bounds = [low, high, max];
        let used = if max.is_some() { 3 } else { 2 };
        let blanks = depth <= 1 && bounds.iter().flatten().count() > 1 && bounds.iter().flatten().any(|&bound| tree.is_binary(bound));
        let mut before = None;
        for (i, bound) in bounds.into_iter().take(used).enumerate() {
            if i > 0 {
                if before.is_some() && blanks {
                    self.space(Space::Blank);
                }
                self.token(Tok::Colon);
                if bound.is_some() && blanks {
                    self.space(Space::Blank);
                }
            }
            if let Some(bound) = bound {
                self.expr0(bound, depth + 1);
            }
            before = bound;
        }
    }

    /// A call or conversion.
    fn call(&mut self, id: ExprId, depth: u32) {
        let tree = self.tree;
        let expr = tree.expr(id);
        let ExprKind::Call { fun, lparen, args, ellipsis } = expr.kind else { return };
        let depth = if args.0.len() > 1 { depth + 1 } else { depth };
        // A conversion to a function type needs parentheses.
        let parens = matches!(tree.expr(fun).kind, ExprKind::Func(_) | ExprKind::Chan { dir: Dir::Receive, .. });
        if parens {
            self.token(Tok::LParen);
        }
        let mut indented = false;
        if let ExprKind::Selector { .. } = tree.expr(fun).kind {
            indented = self.selector(fun, depth, true);
        } else {
            self.expr1(fun, HIGHEST, depth);
        }
        if parens {
            self.token(Tok::RParen);
        }
        let rparen = expr.end - 1;
        self.set_pos(lparen);
        self.token(Tok::LParen);
        if ellipsis == NO_POS {
            self.expr_list(lparen, args, depth, ListStyle::Terminated, rparen);
        } else {
            self.expr_list(lparen, args, depth, ListStyle::Indented, ellipsis);
            self.set_pos(ellipsis);
            self.token(Tok::Ellipsis);
            if self.line(ellipsis) < self.line(rparen) {
                self.token(Tok::Comma);
                self.space(Space::Formfeed);
            }
        }
        self.set_pos(rparen);
        self.token(Tok::RParen);
        if indented {
            self.space(Space::Unindent);
        }
    }

    /// `x.name`; the answer is whether the name is on a line of its own, which is then indented. For the function of a
    /// call the caller ends the indentation.
    fn selector(&mut self, id: ExprId, depth: u32, of_call: bool) -> bool {
        let tree = self.tree;
        let ExprKind::Selector { x, name } = tree.expr(id).kind else { return false };
        self.expr1(x, HIGHEST, depth);
        self.token(Tok::Period);
        let name = tree.expr(name);
        let breaks_line = self.state.pos.line < self.line(name.pos);
        if breaks_line {
            self.space(Space::Indent);
            self.space(Space::Newline);
        }
        self.set_pos(name.pos);
        self.name(tree.text(name));
        if breaks_line && !of_call {
            self.space(Space::Unindent);
        }
        breaks_line
    }

    /// How far the output has come on the line of a place, which was printed in the given column.
    /// (It is negative where a comment made the output break the line, and then a body counts as that much shorter.)
    pub(super) fn distance_from(&self, pos: Pos, column: i64) -> i64 {
        if self.line(pos) != self.state.pos.line {
            return TOO_WIDE;
        }
        i64::from(self.state.out.column) - column
    }

    /// The body of a function after a header of the given width: on one line if that is short, else a block.
    pub(super) fn func_body(&mut self, header: i64, separator: Space, body: Block) {
        const MAX: usize = 100;
        let level = std::mem::replace(&mut self.state.level, 0);
        if self.body_size(body, MAX) as i64 + header <= MAX as i64 {
            let tree = self.tree;
            self.space(separator);
            self.set_pos(body.lbrace);
            self.token(Tok::LBrace);
            let list = tree.stmt_list(body.list);
            if !list.is_empty() {
                self.space(Space::Blank);
                for (i, &stmt) in list.iter().enumerate() {
                    if i > 0 {
                        self.token(Tok::Semicolon);
                        self.space(Space::Blank);
                    }
                    self.stmt(stmt, i + 1 == list.len());
                }
                self.space(Space::Blank);
            }
            self.state.no_extra_linebreak ^= true;
            self.set_pos(body.rbrace);
            self.token(Tok::RBrace);
            self.state.no_extra_linebreak ^= true;
        } else {
            self.space(Space::Blank);
            self.block(body, 1);
        }
        self.state.level = level;
    }
}

/// Operators of this precedence and above have no blanks around them (go/printer, cutoff).
fn cutoff(mix: Mix, depth: u32) -> u8 {
    if mix.clash > 0 {
        mix.clash + 1
    } else if depth != 1 {
        4
    } else if mix.has4 && mix.has5 {
        5
    } else {
        6
    }
}

/// Parentheses take one level back.
fn shallower(depth: u32) -> u32 {
    depth.saturating_sub(1).max(1)
}

/// A number with its prefix and exponent in lower case, an imaginary integer without leading zeros.
fn normal_number(text: &str) -> Cow<'_, str> {
    let imaginary_octal = text.starts_with('0') && text.ends_with('i');
    if !imaginary_octal && !text.bytes().any(|b| b.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    let lower_last = |text: &str, letter: char| match text.rfind(letter) {
        Some(at) => {
            format!("{}{}{}", text.get(..at).unwrap_or_default(), letter.to_ascii_lowercase(), text.get(at + 1..).unwrap_or_default())
        }
        None => text.to_owned(),
    };
    match text.get(..2) {
        Some("0x" | "0X") => Cow::Owned(format!("0x{}", lower_last(text.get(2..).unwrap_or_default(), 'P'))),
        Some("0o" | "0O") => Cow::Owned(format!("0o{}", text.get(2..).unwrap_or_default())),
        Some("0b" | "0B") => Cow::Owned(format!("0b{}", text.get(2..).unwrap_or_default())),
        Some(_) if text.contains('E') => Cow::Owned(lower_last(text, 'E')),
        Some(_) if text.ends_with('i') && !text.contains(['.', 'e']) => match text.trim_start_matches(['0', '_']) {
            "i" => Cow::Borrowed("0i"),
            rest => Cow::Borrowed(rest),
        },
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::super::format;
    use super::normal_number;

    fn formatted(expr: &str) -> String {
        let out = format(&format!("package p\n\nvar _ = {expr}\n")).unwrap_or_default();
        out.trim_start_matches("package p\n\nvar _ = ").trim_end().to_owned()
    }

    #[test]
    fn blanks_show_precedence() {
        assert_eq!(formatted("a+b*c"), "a + b*c");
        assert_eq!(formatted("a*b"), "a * b");
        assert_eq!(formatted("f(a+b,c)"), "f(a+b, c)");
        assert_eq!(formatted("f(a+b)"), "f(a + b)");
        assert_eq!(formatted("x[i+1:j]"), "x[i+1 : j]");
        assert_eq!(formatted("a&&b==c+d"), "a && b == c+d");
        assert_eq!(formatted("((a))"), "(a)");
        assert_eq!(formatted("func()int{return 1}()"), "func() int { return 1 }()");
    }

    #[test]
    fn numbers() {
        for (from, to) in [
            ("0XAB", "0xAB"),
            ("1E5", "1e5"),
            ("0X1P2", "0x1p2"),
            ("0B1", "0b1"),
            ("007i", "7i"),
            ("00i", "0i"),
            ("0.5i", "0.5i"),
            ("0777", "0777"),
            ("0x1Fi", "0x1Fi"),
        ] {
            assert_eq!(normal_number(from), to);
        }
    }

    #[test]
    fn a_chain_of_calls_is_indented() {
        let src = "package p\n\nvar a = b.\nc().\nd(func() {\ne()\n})\n";
        let want = "package p\n\nvar a = b.\n\tc().\n\td(func() {\n\t\te()\n\t})\n";
        assert_eq!(format(src).as_deref(), Ok(want));
    }
}
