//! What the tree of a file tells outside this module.
//!
//! In: the text of a file. Out: its [`Outline`]; nothing where the parser stops.

use std::ops::Range;

use super::lines::Lines;
use super::parse::parse;
use super::scan::scan;
use super::token::{NO_POS, Pos, Tok, Token};
use super::tree::{Decl, ExprId, ExprKind, Exprs, FieldsId, FuncDecl, GenDecl, Spec, StmtKind, Tree};
use crate::golang::outline::{Field, Function, GoType, Import, Outline, Part, TypeDecl, Use};

/// Reads a file that nests no deeper than the stack of any caller allows.
pub(in crate::golang) fn outline(source: &str) -> Option<Outline> {
    if source.len() >= (u32::MAX / 2) as usize {
        return None;
    }
    let scanned = scan(source);
    if scanned.error.is_some() {
        return None;
    }
    let tree = parse(source, &scanned.tokens, &Lines::new(source), super::SHALLOW).ok()?;
    Some(Reader { tree: &tree, tokens: &scanned.tokens }.file())
}

struct Reader<'a> {
    tree: &'a Tree<'a>,
    tokens: &'a [Token],
}

impl Reader<'_> {
    fn file(&self) -> Outline {
        let mut outline = Outline { package: self.text(self.tree.package_name), ..Outline::default() };
        outline.imports = self
            .tree
            .imports
            .iter()
            .map(|import| {
                let path = import.path.trim_matches(['"', '`']).to_owned();
                Import { name: import.name.map(str::to_owned), path }
            })
            .collect();
        for decl in &self.tree.decls {
            match decl {
                Decl::Gen(decl) => self.gen_decl(decl, &mut outline),
                Decl::Func(decl) => {
                    let function = self.function(decl);
                    if function.receiver.is_none() {
                        outline.declared.push(function.name.clone());
                    }
                    outline.functions.push(function);
                }
            }
        }
        outline.declared.retain(|name| name != "_");
        (outline.uses, outline.assigned) = (self.uses(), self.assigned());
        outline
    }

    fn gen_decl(&self, decl: &GenDecl, outline: &mut Outline) {
        for spec in self.tree.spec_list(decl.specs) {
            match *spec {
                Spec::Import(_) => {}
                Spec::Value { names, .. } => outline.declared.extend(self.names(names)),
                Spec::Type { name, assign, typ, .. } => {
                    outline.declared.push(self.text(name));
                    let is_alias = assign != NO_POS;
                    let start = if decl.lparen == NO_POS { decl.pos as usize } else { self.range(name).start };
                    let whole = start..self.range(typ).end;
                    let (name, range, fields) = (self.text(name), self.range(name), self.fields(typ));
                    let is_interface = matches!(self.tree.expr(typ).kind, ExprKind::Interface(_));
                    outline.types.push(TypeDecl { name, range, whole, is_alias, is_interface, fields });
                }
            }
        }
    }

    fn function(&self, decl: &FuncDecl) -> Function {
        let results = decl.typ.results.map(|results| self.types(results)).unwrap_or_default();
        let receiver = decl.receiver.and_then(|list| {
            let first = self.types(list).into_iter().next()?;
            first.0.into_iter().find_map(|part| if let Part::Name(name) = part { Some(name) } else { None })
        });
        // What stands before the body, without the blanks between.
        let end = decl.body.map_or(decl.end, |body| body.lbrace) as usize;
        let head = self.tree.src.get(decl.pos as usize..end).unwrap_or_default().trim_end();
        Function {
            receiver,
            name: self.text(decl.name),
            params: self.types(decl.typ.params),
            results,
            name_range: self.range(decl.name),
            head: decl.pos as usize..decl.pos as usize + head.len(),
            range: decl.pos as usize..decl.end as usize,
        }
    }

    /// A type for each name of a list, or for each entry that has none.
    fn types(&self, list: FieldsId) -> Vec<GoType> {
        let fields = self.tree.field_list(self.tree.fields(list).list);
        fields.iter().flat_map(|field| vec![self.go_type(field.typ); self.tree.expr_list(field.names).len().max(1)]).collect()
    }

    /// The fields of a type that is written as a struct.
    fn fields(&self, typ: ExprId) -> Option<Vec<Field>> {
        let ExprKind::Struct(list) = self.tree.expr(typ).kind else { return None };
        let fields = self.tree.field_list(self.tree.fields(list).list).iter();
        Some(
            fields
                .map(|field| Field { names: self.names(field.names), ty: self.go_type(field.typ), fields: self.fields(field.typ) })
                .collect(),
        )
    }

    /// The tokens of a type; an empty interface is `any`.
    fn go_type(&self, typ: ExprId) -> GoType {
        let Range { start, end } = self.range(typ);
        let first = self.tokens.partition_point(|token| (token.pos as usize) < start);
        let tokens: Vec<(Tok, &str)> = self
            .tokens
            .iter()
            .skip(first)
            .take_while(|token| (token.end as usize) <= end)
            .filter(|token| token.tok != Tok::Comment && token.pos != token.end)
            .map(|token| (token.tok, self.slice(token.pos, token.end)))
            .collect();
        let mut parts = Vec::new();
        let mut rest = tokens.as_slice();
        while let [(tok, text), behind @ ..] = rest {
            (parts, rest) = match (tok, behind) {
                (Tok::Ident, [(Tok::Period, _), (Tok::Ident, name), behind @ ..]) => {
                    (with(parts, Part::Of((*text).to_owned(), (*name).to_owned())), behind)
                }
                (Tok::Ident, _) => (with(parts, Part::Name((*text).to_owned())), behind),
                (Tok::Interface, [(Tok::LBrace, _), (Tok::RBrace, _), behind @ ..]) => (with(parts, Part::Name("any".to_owned())), behind),
                _ => (with(parts, Part::Mark((*text).to_owned())), behind),
            };
        }
        GoType(parts)
    }

    fn uses(&self) -> Vec<Use> {
        let selector = |id: ExprId| match self.tree.expr(id).kind {
            ExprKind::Selector { x, name } if matches!(self.tree.expr(x).kind, ExprKind::Ident) => Some((x, name)),
            _ => None,
        };
        let mut uses: Vec<Use> = Vec::new();
        // What is called stands before its call, the arguments between them.
        for expr in (0..self.tree.exprs.len() as u32).map(ExprId) {
            if let Some((x, name)) = selector(expr) {
                let range = self.range(x).start..self.range(name).end;
                uses.push(Use { qualifier: self.text(x), name: self.text(name), range, arguments: None, texts: Vec::new() });
            } else if let ExprKind::Call { fun, args, .. } = self.tree.expr(expr).kind
                && let Some((x, _)) = selector(fun)
            {
                let start = self.range(x).start;
                if let Some(used) = uses.iter_mut().rev().find(|used| used.range.start == start) {
                    let args = self.tree.expr_list(args);
                    used.arguments = Some(args.len());
                    used.texts = args.iter().map(|&argument| self.plain_string(argument)).collect();
                }
            }
        }
        uses
    }

    /// What a string says that needs no reading of escapes.
    fn plain_string(&self, id: ExprId) -> Option<String> {
        let ExprKind::Literal(Tok::Str) = self.tree.expr(id).kind else { return None };
        let text = self.tree.text(self.tree.expr(id));
        let inner = text.get(1..text.len().checked_sub(1)?)?;
        (text.starts_with('`') || !inner.contains('\\')).then(|| inner.to_owned())
    }

    fn assigned(&self) -> Vec<String> {
        let keys = self.tree.exprs.iter().filter_map(|expr| match expr.kind {
            ExprKind::KeyValue { key, .. } if matches!(self.tree.expr(key).kind, ExprKind::Ident) => Some(self.text(key)),
            _ => None,
        });
        let fields = self.tree.stmts.iter().filter_map(|stmt| if let StmtKind::Assign { lhs, .. } = stmt.kind { Some(lhs) } else { None });
        let fields = fields.flat_map(|lhs| self.tree.expr_list(lhs)).filter_map(|&id| match self.tree.expr(id).kind {
            ExprKind::Selector { name, .. } => Some(self.text(name)),
            _ => None,
        });
        keys.chain(fields).collect()
    }

    fn names(&self, list: Exprs) -> Vec<String> {
        self.tree.expr_list(list).iter().map(|&name| self.text(name)).collect()
    }

    fn range(&self, id: ExprId) -> Range<usize> {
        let expr = self.tree.expr(id);
        expr.pos as usize..expr.end as usize
    }

    fn text(&self, id: ExprId) -> String {
        self.tree.text(self.tree.expr(id)).to_owned()
    }

    fn slice(&self, start: Pos, end: Pos) -> &str {
        self.tree.src.get(start as usize..end as usize).unwrap_or_default()
    }
}

fn with(mut parts: Vec<Part>, part: Part) -> Vec<Part> {
    parts.push(part);
    parts
}
