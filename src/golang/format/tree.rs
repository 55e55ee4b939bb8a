//! The syntax tree.
//!
//! In: what the parser finds. Out: nodes in arenas, named by small ids, with their places. Invariant: a node's children
//! have smaller ids than the node, so the tree has no cycle and is dropped without recursion; a node's `pos` and `end`
//! are offsets in the source (import specs may trade places when imports are sorted).

use super::token::{NO_POS, Pos, Tok};
use std::borrow::Cow;

/// Names an expression or type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct ExprId(pub(super) u32);

/// Names a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct StmtId(pub(super) u32);

/// Names a list of fields, parameters or methods.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct FieldsId(pub(super) u32);

/// A run of entries in one of the tree's pools.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Span {
    start: u32,
    len: u32,
}

impl Span {
    /// How many entries it has.
    pub(super) fn len(self) -> usize {
        self.len as usize
    }

    /// Whether it has none.
    pub(super) fn is_empty(self) -> bool {
        self.len == 0
    }

    /// The part of the pool it stands for.
    fn of<T>(self, pool: &[T]) -> &[T] {
        pool.get(self.start as usize..(self.start + self.len) as usize).unwrap_or_default()
    }

    /// Moves what a scratch list holds past `mark` to the end of a pool.
    pub(super) fn take<T>(pool: &mut Vec<T>, scratch: &mut Vec<T>, mark: usize) -> Span {
        let start = pool.len() as u32;
        pool.extend(scratch.drain(mark..));
        Span { start, len: pool.len() as u32 - start }
    }
}

/// A list of expressions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Exprs(pub(super) Span);

/// A list of statements.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Stmts(pub(super) Span);

/// An expression or type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expr {
    pub(super) pos: Pos,
    pub(super) end: Pos,
    pub(super) kind: ExprKind,
}

/// What a binary expression without its operands in parentheses is made of (go/printer, walkBinary).
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Mix {
    /// It has an operator of precedence 4.
    pub(super) has4: bool,
    /// It has an operator of precedence 5.
    pub(super) has5: bool,
    /// The precedence of an operator that would run into a unary operator without a blank.
    pub(super) clash: u8,
}

/// The direction of a channel type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Dir {
    Both,
    Send,
    Receive,
}

/// The kinds of expressions and types. Closing brackets stand at `end - 1`.
#[derive(Clone, Copy, Debug)]
pub(super) enum ExprKind {
    Ident,
    Literal(Tok),
    Ellipsis(Option<ExprId>),
    FuncLit {
        typ: Signature,
        body: Block,
    },
    Composite {
        typ: Option<ExprId>,
        lbrace: Pos,
        elements: Exprs,
    },
    Paren(ExprId),
    Selector {
        x: ExprId,
        name: ExprId,
    },
    /// One index, or several type arguments.
    Index {
        x: ExprId,
        lbrack: Pos,
        indices: Exprs,
    },
    Slice {
        x: ExprId,
        lbrack: Pos,
        low: Option<ExprId>,
        high: Option<ExprId>,
        max: Option<ExprId>,
    },
    /// Without a type it is `x.(type)`.
    Assert {
        x: ExprId,
        lparen: Pos,
        typ: Option<ExprId>,
    },
    Call {
        fun: ExprId,
        lparen: Pos,
        args: Exprs,
        ellipsis: Pos,
    },
    Star(ExprId),
    Unary {
        op: Tok,
        x: ExprId,
    },
    Binary {
        op: Tok,
        op_pos: Pos,
        x: ExprId,
        y: ExprId,
        mix: Mix,
    },
    KeyValue {
        key: ExprId,
        colon: Pos,
        value: ExprId,
    },
    Array {
        len: Option<ExprId>,
        element: ExprId,
    },
    Struct(FieldsId),
    Func(Signature),
    Interface(FieldsId),
    Map {
        key: ExprId,
        value: ExprId,
    },
    Chan {
        dir: Dir,
        arrow: Pos,
        value: ExprId,
    },
}

/// The parameters and results of a function, method or function type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signature {
    pub(super) type_params: Option<FieldsId>,
    pub(super) params: FieldsId,
    pub(super) results: Option<FieldsId>,
}

/// Fields, parameters or methods, between their brackets; a single result has none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    pub(super) opening: Pos,
    pub(super) closing: Pos,
    pub(super) list: Span,
}

/// One or more names of one type, or a type alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) names: Exprs,
    pub(super) typ: ExprId,
    pub(super) tag: Option<ExprId>,
    /// Whether a comment follows on the same line.
    pub(super) commented: bool,
}

/// Statements in braces.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub(super) lbrace: Pos,
    pub(super) rbrace: Pos,
    pub(super) list: Stmts,
}

/// A statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stmt {
    pub(super) pos: Pos,
    pub(super) kind: StmtKind,
}

/// The kinds of statements.
#[derive(Clone, Copy, Debug)]
pub(super) enum StmtKind {
    Empty,
    Decl(GenDecl),
    Labeled {
        label: ExprId,
        colon: Pos,
        stmt: StmtId,
    },
    Expr(ExprId),
    Send {
        chan: ExprId,
        arrow: Pos,
        value: ExprId,
    },
    IncDec {
        x: ExprId,
        op: Tok,
        op_pos: Pos,
    },
    Assign {
        lhs: Exprs,
        op: Tok,
        op_pos: Pos,
        rhs: Exprs,
    },
    Go(ExprId),
    Defer(ExprId),
    Return(Exprs),
    Branch {
        tok: Tok,
        label: Option<ExprId>,
    },
    Block(Block),
    If {
        init: Option<StmtId>,
        cond: ExprId,
        body: Block,
        otherwise: Option<StmtId>,
    },
    /// A clause of a switch; without expressions it is `default`.
    Case {
        list: Exprs,
        colon: Pos,
        body: Stmts,
    },
    Switch {
        init: Option<StmtId>,
        tag: Option<ExprId>,
        body: Block,
    },
    TypeSwitch {
        init: Option<StmtId>,
        guard: StmtId,
        body: Block,
    },
    /// A clause of a select; without a statement it is `default`.
    Comm {
        comm: Option<StmtId>,
        colon: Pos,
        body: Stmts,
    },
    Select(Block),
    For {
        init: Option<StmtId>,
        cond: Option<ExprId>,
        post: Option<StmtId>,
        body: Block,
    },
    Range {
        key: Option<ExprId>,
        value: Option<ExprId>,
        op: Tok,
        op_pos: Pos,
        x: ExprId,
        body: Block,
    },
}

/// An import, const, type or var declaration.
#[derive(Clone, Copy, Debug)]
pub(super) struct GenDecl {
    pub(super) tok: Tok,
    pub(super) pos: Pos,
    pub(super) documented: bool,
    /// [`NO_POS`] where the declaration has no parentheses.
    pub(super) lparen: Pos,
    pub(super) rparen: Pos,
    pub(super) specs: Span,
}

/// One entry of a declaration.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spec {
    Import(ImportId),
    Value { names: Exprs, typ: Option<ExprId>, values: Exprs, commented: bool },
    Type { name: ExprId, type_params: Option<FieldsId>, assign: Pos, typ: ExprId, commented: bool },
}

/// Names an import.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct ImportId(pub(super) u32);

/// An import. Sorting moves it to the place of another.
#[derive(Clone, Debug)]
pub(super) struct Import<'s> {
    /// Where the import starts.
    pub(super) pos: Pos,
    /// Where its path starts.
    pub(super) path_pos: Pos,
    /// Where it ends.
    pub(super) end: Pos,
    pub(super) name: Option<&'s str>,
    /// The path as it is written, quotes included.
    pub(super) path: Cow<'s, str>,
    /// The comment on the same line.
    pub(super) comment: Option<GroupId>,
    /// Whether sorting looked at it, after which its end is the end of the spec that stood here.
    pub(super) placed: bool,
}

/// A declaration of the file.
#[derive(Clone, Copy, Debug)]
pub(super) enum Decl {
    Gen(GenDecl),
    Func(FuncDecl),
}

/// A function or method.
#[derive(Clone, Copy, Debug)]
pub(super) struct FuncDecl {
    pub(super) pos: Pos,
    pub(super) end: Pos,
    pub(super) documented: bool,
    pub(super) receiver: Option<FieldsId>,
    pub(super) name: ExprId,
    pub(super) typ: Signature,
    pub(super) body: Option<Block>,
}

/// Names a comment group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct GroupId(pub(super) u32);

/// A comment; carriage returns are not part of its text.
#[derive(Clone, Debug)]
pub(super) struct Comment<'s> {
    pub(super) pos: Pos,
    pub(super) text: Cow<'s, str>,
}

impl Comment<'_> {
    /// Where it ends, if it had no carriage returns (go/ast counts so too).
    pub(super) fn end(&self) -> Pos {
        self.pos + self.text.len() as Pos
    }
}

/// A file: its nodes, its comments in order of their places.
pub(super) struct Tree<'s> {
    pub(super) src: &'s str,
    pub(super) exprs: Vec<Expr>,
    pub(super) stmts: Vec<Stmt>,
    pub(super) fields: Vec<Fields>,
    pub(super) expr_pool: Vec<ExprId>,
    pub(super) stmt_pool: Vec<StmtId>,
    pub(super) field_pool: Vec<Field>,
    pub(super) spec_pool: Vec<Spec>,
    pub(super) imports: Vec<Import<'s>>,
    pub(super) comments: Vec<Comment<'s>>,
    /// The comments of each group; [`Tree::group_order`] puts the groups in order.
    pub(super) groups: Vec<Span>,
    /// All groups in the order they are printed in.
    pub(super) group_order: Vec<GroupId>,
    pub(super) package_pos: Pos,
    pub(super) package_name: ExprId,
    pub(super) decls: Vec<Decl>,
}

impl<'s> Tree<'s> {
    /// A tree without nodes.
    pub(super) fn new(src: &'s str) -> Tree<'s> {
        Tree {
            src,
            exprs: Vec::with_capacity(src.len() / 8),
            stmts: Vec::with_capacity(src.len() / 32),
            fields: Vec::new(),
            expr_pool: Vec::with_capacity(src.len() / 12),
            stmt_pool: Vec::with_capacity(src.len() / 32),
            field_pool: Vec::new(),
            spec_pool: Vec::new(),
            imports: Vec::new(),
            comments: Vec::new(),
            groups: Vec::new(),
            group_order: Vec::new(),
            package_pos: 0,
            package_name: ExprId(0),
            decls: Vec::new(),
        }
    }

    /// An expression.
    pub(super) fn expr(&self, id: ExprId) -> Expr {
        const MISSING: Expr = Expr { pos: NO_POS, end: NO_POS, kind: ExprKind::Ident };
        self.exprs.get(id.0 as usize).copied().unwrap_or(MISSING)
    }

    /// A statement.
    pub(super) fn stmt(&self, id: StmtId) -> Stmt {
        const MISSING: Stmt = Stmt { pos: NO_POS, kind: StmtKind::Empty };
        self.stmts.get(id.0 as usize).copied().unwrap_or(MISSING)
    }

    /// A list of fields.
    pub(super) fn fields(&self, id: FieldsId) -> Fields {
        const MISSING: Fields = Fields { opening: NO_POS, closing: NO_POS, list: Span { start: 0, len: 0 } };
        self.fields.get(id.0 as usize).copied().unwrap_or(MISSING)
    }

    /// An import.
    pub(super) fn import(&self, id: ImportId) -> Option<&Import<'s>> {
        self.imports.get(id.0 as usize)
    }

    /// The expressions of a list.
    pub(super) fn expr_list(&self, list: Exprs) -> &[ExprId] {
        list.0.of(&self.expr_pool)
    }

    /// The statements of a list.
    pub(super) fn stmt_list(&self, list: Stmts) -> &[StmtId] {
        list.0.of(&self.stmt_pool)
    }

    /// The entries of a field list.
    pub(super) fn field_list(&self, list: Span) -> &[Field] {
        list.of(&self.field_pool)
    }

    /// The entries of a declaration.
    pub(super) fn spec_list(&self, list: Span) -> &[Spec] {
        list.of(&self.spec_pool)
    }

    /// Writes the entries of a declaration anew; there may be fewer than before.
    pub(super) fn set_specs(&mut self, list: Span, specs: &[Spec]) -> Span {
        let start = list.start as usize;
        if let Some(slots) = self.spec_pool.get_mut(start..start + specs.len().min(list.len())) {
            slots.copy_from_slice(specs);
        }
        Span { start: list.start, len: specs.len() as u32 }
    }

    /// The comments of a group.
    pub(super) fn group(&self, id: GroupId) -> &[Comment<'s>] {
        self.groups.get(id.0 as usize).copied().unwrap_or_default().of(&self.comments)
    }

    /// The comments of a group, to be moved.
    pub(super) fn group_mut(&mut self, id: GroupId) -> &mut [Comment<'s>] {
        let span = self.groups.get(id.0 as usize).copied().unwrap_or_default();
        self.comments.get_mut(span.start as usize..(span.start + span.len) as usize).unwrap_or_default()
    }

    /// The text of a name or literal as it is written.
    pub(super) fn text(&self, expr: Expr) -> &'s str {
        self.src.get(expr.pos as usize..expr.end as usize).unwrap_or_default()
    }

    /// Where a field starts.
    pub(super) fn field_pos(&self, field: &Field) -> Pos {
        let first = self.expr_list(field.names).first().copied().unwrap_or(field.typ);
        self.expr(first).pos
    }

    /// Where a field ends.
    pub(super) fn field_end(&self, field: &Field) -> Pos {
        self.expr(field.tag.unwrap_or(field.typ)).end
    }

    /// Where an entry of a declaration starts.
    pub(super) fn spec_pos(&self, spec: &Spec) -> Pos {
        match *spec {
            Spec::Import(id) => self.import(id).map_or(NO_POS, |import| import.pos),
            Spec::Value { names, .. } => self.expr_list(names).first().map_or(NO_POS, |&name| self.expr(name).pos),
            Spec::Type { name, .. } => self.expr(name).pos,
        }
    }

    /// Whether the expression is a binary one.
    pub(super) fn is_binary(&self, id: ExprId) -> bool {
        matches!(self.expr(id).kind, ExprKind::Binary { .. })
    }

    /// The expression without the parentheses around it.
    pub(super) fn unparen(&self, mut id: ExprId) -> ExprId {
        while let ExprKind::Paren(inner) = self.expr(id).kind {
            id = inner;
        }
        id
    }

    /// Whether the expression can only be an element of a type set (go/parser, isTypeElem).
    pub(super) fn is_type_element(&self, mut id: ExprId) -> bool {
        loop {
            match self.expr(id).kind {
                ExprKind::Array { .. }
                | ExprKind::Struct(_)
                | ExprKind::Func(_)
                | ExprKind::Interface(_)
                | ExprKind::Map { .. }
                | ExprKind::Chan { .. } => return true,
                ExprKind::Unary { op, .. } => return op == Tok::Tilde,
                ExprKind::Paren(inner) => id = inner,
                ExprKind::Binary { x, y, .. } => {
                    if self.is_type_element(y) {
                        return true;
                    }
                    id = x;
                }
                _ => return false,
            }
        }
    }
}
