//! The parser: its state, comments, files and declarations.
//!
//! In: the tokens of a file. Out: its syntax tree, or the first mistake. Invariant: it accepts what go/parser accepts
//! (go 1.26, without resolving names) and nothing else, and it goes no deeper than the depth it is given.

use super::SyntaxError;
use super::lines::Lines;
use super::token::{NO_POS, Pos, Tok, Token};
use super::tree::{
    Block, Comment, Decl, Expr, ExprId, ExprKind, Exprs, Field, FuncDecl, GenDecl, GroupId, Import, ImportId, Signature, Span, Spec, Stmt,
    StmtId, StmtKind, Tree,
};
use std::borrow::Cow;

/// Says that parsing ended; the parser holds the reason.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop;

/// The result of parsing one construct.
pub(super) type Parsed<T> = Result<T, Stop>;

/// Why there is no tree.
#[derive(Debug)]
pub(super) enum Failure {
    /// The source is wrong.
    Syntax(SyntaxError),
    /// The source is nested deeper than allowed.
    TooDeep(Pos),
}

/// The state of the parser.
pub(super) struct Parser<'s, 't> {
    pub(super) tree: Tree<'s>,
    lines: &'t Lines,
    tokens: &'t [Token],
    /// The next token to look at after the current one.
    next: usize,
    /// The current token.
    pub(super) tok: Tok,
    pub(super) pos: Pos,
    pub(super) end: Pos,
    /// The comments that end on the line above the current token.
    pub(super) lead: Option<GroupId>,
    /// The comments after the token before, on its line.
    line_comment: Option<GroupId>,
    /// Below zero in the header of a control statement, where `{` starts the body.
    pub(super) expr_level: i32,
    /// Whether `=` would be a mistaken `==`.
    pub(super) in_rhs: bool,
    depth: u32,
    max_depth: u32,
    failure: Option<Failure>,
    /// Lists under construction.
    pub(super) expr_scratch: Vec<ExprId>,
    pub(super) stmt_scratch: Vec<StmtId>,
    pub(super) field_scratch: Vec<Field>,
    spec_scratch: Vec<Spec>,
}

/// Parses a file.
pub(super) fn parse<'s>(src: &'s str, tokens: &[Token], lines: &Lines, max_depth: u32) -> Result<Tree<'s>, Failure> {
    let mut parser = Parser {
        tree: Tree::new(src),
        lines,
        tokens,
        next: 0,
        tok: Tok::Illegal,
        pos: NO_POS,
        end: NO_POS,
        lead: None,
        line_comment: None,
        expr_level: 0,
        in_rhs: false,
        depth: 0,
        max_depth,
        failure: None,
        expr_scratch: Vec::new(),
        stmt_scratch: Vec::new(),
        field_scratch: Vec::new(),
        spec_scratch: Vec::new(),
    };
    match parser.file() {
        Ok(()) => Ok(parser.tree),
        Err(Stop) => Err(parser.failure.unwrap_or_else(|| Failure::Syntax(SyntaxError { offset: 0, message: "not a Go file".to_owned() }))),
    }
}

// Errors.
impl<'s> Parser<'s, '_> {
    /// Stops with a message at a place.
    pub(super) fn fail<T>(&mut self, pos: Pos, message: impl Into<String>) -> Parsed<T> {
        if self.failure.is_none() {
            self.failure = Some(Failure::Syntax(SyntaxError { offset: pos as usize, message: message.into() }));
        }
        Err(Stop)
    }

    /// Stops at the current token, where something else was expected.
    pub(super) fn expected<T>(&mut self, what: &str) -> Parsed<T> {
        let found = if self.at_newline() {
            "a line break".to_owned()
        } else if self.tok.is_literal() {
            let text = self.tree.src.get(self.pos as usize..self.end as usize).unwrap_or_default();
            // A line of a message has its end.
            text.char_indices().nth(60).map_or(text.to_owned(), |(end, _)| format!("{}…", text.get(..end).unwrap_or_default()))
        } else if matches!(self.tok, Tok::Eof | Tok::Illegal) {
            self.tok.text().to_owned()
        } else {
            format!("'{}'", self.tok.text())
        };
        self.fail(self.pos, format!("expected {what}, found {found}"))
    }

    /// Goes one level deeper.
    pub(super) fn enter(&mut self) -> Parsed<()> {
        self.depth += 1;
        if self.depth > self.max_depth {
            self.failure = Some(Failure::TooDeep(self.pos));
            return Err(Stop);
        }
        Ok(())
    }

    /// Comes back one level.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}

// Tokens and comments.
impl<'s> Parser<'s, '_> {
    /// Whether the current token is a semicolon the lexer inserted.
    pub(super) fn at_newline(&self) -> bool {
        self.tok == Tok::Semicolon && self.pos == self.end
    }

    /// Takes the next token as it is.
    fn advance(&mut self) {
        let eof = Token { tok: Tok::Eof, pos: self.end, end: self.end };
        let token = self.tokens.get(self.next).copied().unwrap_or(eof);
        self.next += 1;
        (self.tok, self.pos, self.end) = (token.tok, token.pos, token.end);
    }

    /// Goes to the next token that is not a comment and gathers the comments on the way into groups.
    pub(super) fn next(&mut self) {
        self.lead = None;
        self.line_comment = None;
        let previous = self.pos;
        self.advance();
        if self.tok == Tok::Comment {
            self.comments(previous);
        }
    }

    /// Gathers comments (go/parser, next): a group on the line of the token before is its line comment when nothing
    /// but a semicolon follows it there; a group that ends on the line above the next token leads it.
    #[cold]
    fn comments(&mut self, previous: Pos) {
        let mut group = None;
        if previous != NO_POS && self.lines.line(self.pos) == self.lines.line(previous) {
            let (found, end_line) = self.comment_group(0);
            group = Some(found);
            if self.lines.line(self.pos) != end_line || matches!(self.tok, Tok::Semicolon | Tok::Eof) {
                self.line_comment = group;
            }
        }
        let mut end_line = None;
        while self.tok == Tok::Comment {
            let (found, line) = self.comment_group(1);
            (group, end_line) = (Some(found), Some(line));
        }
        if end_line.is_some_and(|line| line + 1 == self.lines.line(self.pos)) {
            self.lead = group;
        }
    }

    /// Gathers comments at most `gap` lines apart; the answer has the line the last one ends on.
    fn comment_group(&mut self, gap: u32) -> (GroupId, u32) {
        let first = self.tree.comments.len();
        let mut scratch = Vec::new();
        let mut end_line = self.lines.line(self.pos);
        while self.tok == Tok::Comment && self.lines.line(self.pos) <= end_line + gap {
            let text = self.tree.src.get(self.pos as usize..self.end as usize).unwrap_or_default();
            let text = without_carriage_returns(text);
            end_line = self.lines.line(self.pos);
            if text.starts_with("/*") {
                end_line += text.bytes().filter(|&b| b == b'\n').count() as u32;
            }
            scratch.push(Comment { pos: self.pos, text });
            self.advance();
        }
        debug_assert_eq!(first, self.tree.comments.len());
        let span = Span::take(&mut self.tree.comments, &mut scratch, 0);
        let id = GroupId(self.tree.groups.len() as u32);
        self.tree.groups.push(span);
        self.tree.group_order.push(id);
        (id, end_line)
    }

    /// Takes a token of the given kind; the answer is its place.
    pub(super) fn expect(&mut self, tok: Tok) -> Parsed<Pos> {
        if self.tok != tok {
            return self.expected(&format!("'{}'", tok.text()));
        }
        let pos = self.pos;
        self.next();
        Ok(pos)
    }

    /// Takes a closing bracket; a line break before it most likely stands for a missing comma.
    pub(super) fn expect_closing(&mut self, tok: Tok, context: &str) -> Parsed<Pos> {
        if self.at_newline() {
            return self.fail(self.pos, format!("missing ',' before the line break in {context}"));
        }
        self.expect(tok)
    }

    /// Takes the semicolon after a statement or declaration, which may be missing before a closing bracket. The answer
    /// is the comment on the line.
    pub(super) fn semicolon(&mut self) -> Parsed<Option<GroupId>> {
        match self.tok {
            Tok::RParen | Tok::RBrace => Ok(None),
            Tok::Semicolon if self.at_newline() => {
                let comment = self.line_comment;
                self.next();
                Ok(comment)
            }
            Tok::Semicolon => {
                self.next();
                Ok(self.line_comment)
            }
            _ => self.expected("';' or a line break"),
        }
    }

    /// Whether a comma follows; otherwise the closing bracket must.
    pub(super) fn comma_or(&mut self, closing: Tok, context: &str) -> Parsed<bool> {
        if self.tok == Tok::Comma {
            return Ok(true);
        }
        if self.tok == closing {
            return Ok(false);
        }
        let place = if self.at_newline() { " before the line break" } else { "" };
        self.fail(self.pos, format!("missing ','{place} in {context}"))
    }
}

// Nodes.
impl<'s> Parser<'s, '_> {
    /// Adds an expression.
    pub(super) fn add(&mut self, pos: Pos, end: Pos, kind: ExprKind) -> ExprId {
        let id = ExprId(self.tree.exprs.len() as u32);
        self.tree.exprs.push(Expr { pos, end, kind });
        id
    }

    /// Adds a statement.
    pub(super) fn add_stmt(&mut self, pos: Pos, kind: StmtKind) -> StmtId {
        let id = StmtId(self.tree.stmts.len() as u32);
        self.tree.stmts.push(Stmt { pos, kind });
        id
    }

    /// The end of the list of expressions that was begun at `mark`.
    pub(super) fn take_exprs(&mut self, mark: usize) -> Exprs {
        Exprs(Span::take(&mut self.tree.expr_pool, &mut self.expr_scratch, mark))
    }

    /// A name.
    pub(super) fn ident(&mut self) -> Parsed<ExprId> {
        if self.tok != Tok::Ident {
            return self.expected("a name");
        }
        let id = self.add(self.pos, self.end, ExprKind::Ident);
        self.next();
        Ok(id)
    }

    /// Names separated by commas.
    fn ident_list(&mut self) -> Parsed<Exprs> {
        let mark = self.expr_scratch.len();
        loop {
            let name = self.ident()?;
            self.expr_scratch.push(name);
            if self.tok != Tok::Comma {
                return Ok(self.take_exprs(mark));
            }
            self.next();
        }
    }
}

// Files and declarations.
impl<'s> Parser<'s, '_> {
    /// The whole file.
    fn file(&mut self) -> Parsed<()> {
        self.next();
        self.tree.package_pos = self.expect(Tok::Package)?;
        self.tree.package_name = self.ident()?;
        self.semicolon()?;
        let mut imports_over = false;
        while self.tok != Tok::Eof {
            if self.tok == Tok::Import && imports_over {
                return self.fail(self.pos, "imports must come before other declarations");
            }
            imports_over |= self.tok != Tok::Import;
            let decl = match self.tok {
                Tok::Import | Tok::Const | Tok::Type | Tok::Var => Decl::Gen(self.gen_decl()?),
                Tok::Func => Decl::Func(self.func_decl()?),
                _ => return self.expected("a declaration"),
            };
            self.tree.decls.push(decl);
        }
        Ok(())
    }

    /// A declaration that starts with import, const, type or var.
    pub(super) fn gen_decl(&mut self) -> Parsed<GenDecl> {
        let documented = self.lead.is_some();
        let (tok, pos) = (self.tok, self.pos);
        self.next();
        let mark = self.spec_scratch.len();
        let (mut lparen, mut rparen) = (NO_POS, NO_POS);
        if self.tok == Tok::LParen {
            lparen = self.pos;
            self.next();
            while !matches!(self.tok, Tok::RParen | Tok::Eof) {
                let spec = self.spec(tok)?;
                self.spec_scratch.push(spec);
            }
            rparen = self.expect(Tok::RParen)?;
            self.semicolon()?;
        } else {
            let spec = self.spec(tok)?;
            self.spec_scratch.push(spec);
        }
        let specs = Span::take(&mut self.tree.spec_pool, &mut self.spec_scratch, mark);
        Ok(GenDecl { tok, pos, documented, lparen, rparen, specs })
    }

    /// One entry of a declaration.
    fn spec(&mut self, tok: Tok) -> Parsed<Spec> {
        match tok {
            Tok::Import => self.import_spec(),
            Tok::Type => self.type_spec(),
            _ => self.value_spec(tok),
        }
    }

    /// `name "path"`
    fn import_spec(&mut self) -> Parsed<Spec> {
        let pos = self.pos;
        let mut name = None;
        if matches!(self.tok, Tok::Ident | Tok::Period) {
            name = self.tree.src.get(self.pos as usize..self.end as usize);
            self.next();
        }
        if self.tok != Tok::Str {
            let message = if self.tok.is_literal() { "import path must be a string" } else { "missing import path" };
            return self.fail(self.pos, message);
        }
        let (path_pos, end) = (self.pos, self.end);
        let path = without_carriage_returns(self.tree.src.get(path_pos as usize..end as usize).unwrap_or_default());
        self.next();
        let comment = self.semicolon()?;
        let id = ImportId(self.tree.imports.len() as u32);
        self.tree.imports.push(Import { pos, path_pos, end, name, path, comment, placed: false });
        Ok(Spec::Import(id))
    }

    /// `a, b T = x, y`
    fn value_spec(&mut self, tok: Tok) -> Parsed<Spec> {
        let names = self.ident_list()?;
        let mut typ = None;
        if tok == Tok::Var {
            if self.tok != Tok::Assign {
                typ = Some(self.typ()?);
            }
        } else if !matches!(self.tok, Tok::Eof | Tok::Semicolon | Tok::RParen) {
            typ = self.try_type()?;
        }
        let mut values = Exprs::default();
        if self.tok == Tok::Assign {
            self.next();
            values = self.list(true)?;
        }
        let commented = self.semicolon()?.is_some();
        Ok(Spec::Value { names, typ, values, commented })
    }

    /// A function or method.
    fn func_decl(&mut self) -> Parsed<FuncDecl> {
        let documented = self.lead.is_some();
        let pos = self.expect(Tok::Func)?;
        let receiver = if self.tok == Tok::LParen { Some(self.parameters()?) } else { None };
        let name = self.ident()?;
        let mut type_params = None;
        if self.tok == Tok::LBrack {
            let opening = self.pos;
            type_params = Some(self.type_parameters()?);
            if receiver.is_some() {
                return self.fail(opening, "a method must have no type parameters");
            }
        }
        let params = self.parameters()?;
        let results = self.results()?;
        let typ = Signature { type_params, params, results };
        let mut end = self.signature_end(typ);
        let mut body = None;
        match self.tok {
            Tok::LBrace => {
                let block = self.block()?;
                end = block.rbrace + 1;
                body = Some(block);
                self.semicolon()?;
            }
            Tok::Semicolon => {
                self.next();
                if self.tok == Tok::LBrace {
                    return self.fail(self.pos, "unexpected semicolon or line break before '{'");
                }
            }
            _ => {
                self.semicolon()?;
            }
        }
        Ok(FuncDecl { pos, end, documented, receiver, name, typ, body })
    }

    /// `{` statements `}`
    pub(super) fn block(&mut self) -> Parsed<Block> {
        let lbrace = self.expect(Tok::LBrace)?;
        let list = self.stmt_list()?;
        let rbrace = self.expect(Tok::RBrace)?;
        Ok(Block { lbrace, rbrace, list })
    }
}

/// The text of a comment or raw string as Go reads it. In `/* */` a carriage return between `*` and `/` stays, or the
/// comment would end there (go/scanner, stripCR).
pub(super) fn without_carriage_returns(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    // The last one of a line comment belongs to the line break.
    let text = if text.starts_with("//") { text.strip_suffix('\r').unwrap_or(text) } else { text };
    let block = text.starts_with("/*");
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\r' || block && out.len() > 2 && out.ends_with('*') && chars.peek() == Some(&'/') {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::super::format;

    fn refused(src: &str) -> Option<(usize, String)> {
        format(src).err().map(|e| (e.offset, e.message))
    }

    #[test]
    fn a_file_starts_with_its_package() {
        assert_eq!(refused(""), Some((0, "expected 'package', found end of file".to_owned())));
        assert_eq!(refused("x := 1"), Some((0, "expected 'package', found x".to_owned())));
        assert_eq!(refused("package p"), None);
    }

    #[test]
    fn declarations_are_checked() {
        assert!(refused("package p\nvar x\n").is_some_and(|(at, _)| at == 15));
        assert!(refused("package p\nvar x int\nimport \"a\"\n").is_some_and(|(at, _)| at == 20));
        assert!(refused("package p\nfunc f()\n{\n}\n").is_some_and(|(at, _)| at == 19));
        assert!(refused("package p\nfunc (T) f[P any]() {}\n").is_some());
    }

    #[test]
    fn carriage_returns_are_not_read() {
        assert_eq!(super::without_carriage_returns("// a\r"), "// a");
        assert_eq!(super::without_carriage_returns("/* *\r/ */"), "/* *\r/ */");
    }
}
