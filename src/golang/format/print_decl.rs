//! The printer: declarations and the file.
//!
//! In: a file's tree. Out: the text with tab stops. Invariant: declarations of another kind than the one before are set
//! off by an empty line; the columns of grouped constants and variables follow go/printer nodes.go (keepTypeColumn).

use super::lines::Place;
use super::print::{Printer, Space};
use super::print_list::{ListStyle, ParamsOf};
use super::token::{NO_POS, Pos, Tok};
use super::tree::{Decl, Exprs, FuncDecl, GenDecl, Spec};
use std::borrow::Cow;

impl Printer<'_, '_> {
    /// The whole file.
    pub(super) fn file(&mut self) {
        let tree = self.tree;
        self.set_pos(tree.package_pos);
        self.token(Tok::Package);
        self.space(Space::Blank);
        self.expr(tree.package_name);
        let mut previous = Tok::None;
        for decl in &tree.decls {
            let (tok, pos, end, documented) = match decl {
                Decl::Gen(decl) => (decl.tok, decl.pos, decl.pos, decl.documented),
                Decl::Func(decl) => (Tok::Func, decl.pos, decl.end, decl.documented),
            };
            let min = if tok != previous || documented { 2 } else { 1 };
            let line = self.line(pos);
            let new_section = tok == Tok::Func && self.line(end) > line;
            self.linebreak(line, min, Space::Ignore, new_section);
            match decl {
                Decl::Gen(decl) => self.gen_decl(*decl),
                Decl::Func(decl) => self.func_decl(decl),
            }
            previous = tok;
        }
        self.space(Space::Newline);
        // The end of the file is like a line break.
        self.state.implied_semicolon = false;
        self.flush(Place { offset: Pos::MAX, line: u32::MAX, column: 0 }, Tok::Eof);
    }

    /// A function or method.
    fn func_decl(&mut self, decl: &FuncDecl) {
        self.set_pos(decl.pos);
        self.token(Tok::Func);
        self.space(Space::Blank);
        let start = i64::from(self.state.out.column) - "func".len() as i64 - 1;
        if let Some(receiver) = decl.receiver {
            self.parameters(receiver, ParamsOf::Func);
            self.space(Space::Blank);
        }
        self.expr(decl.name);
        self.signature(decl.typ);
        if let Some(body) = decl.body {
            let width = self.distance_from(decl.pos, start);
            self.func_body(width, Space::Tab, body);
        }
    }

    /// An import, const, type or var declaration.
    pub(super) fn gen_decl(&mut self, decl: GenDecl) {
        let tree = self.tree;
        let specs = tree.spec_list(decl.specs);
        self.set_pos(decl.pos);
        self.token(decl.tok);
        self.space(Space::Blank);
        if decl.lparen == NO_POS {
            if let Some(spec) = specs.first() {
                self.spec(spec, false, true);
            }
            return;
        }
        self.set_pos(decl.lparen);
        self.token(Tok::LParen);
        if !specs.is_empty() {
            self.space(Space::Indent);
            self.space(Space::Formfeed);
            let grouped = specs.len() > 1;
            let keep_types = if grouped && matches!(decl.tok, Tok::Const | Tok::Var) { keep_type_column(specs) } else { Vec::new() };
            let slot = self.begin_lines();
            for (i, spec) in specs.iter().enumerate() {
                if self.too_large {
                    break;
                }
                if i > 0 {
                    let line = self.line(tree.spec_pos(spec));
                    let new_section = self.lines_since(slot) > 0;
                    self.linebreak(line, 1, Space::Ignore, new_section);
                }
                self.record_line(slot);
                match keep_types.get(i) {
                    Some(&keep_type) => self.value_spec(spec, keep_type),
                    None => self.spec(spec, grouped, false),
                }
            }
            self.end_lines(slot);
            self.space(Space::Unindent);
            self.space(Space::Formfeed);
        }
        self.set_pos(decl.rparen);
        self.token(Tok::RParen);
    }

    /// One entry of a declaration; `grouped` if it is one of several types.
    fn spec(&mut self, spec: &Spec, grouped: bool, indent: bool) {
        match *spec {
            Spec::Import(id) => {
                let tree = self.tree;
                let Some(import) = tree.import(id) else { return };
                if let Some(name) = import.name {
                    self.set_pos(import.pos);
                    self.name(name);
                    self.space(Space::Blank);
                }
                self.set_pos(import.path_pos);
                self.literal(&normal_path(&import.path), Tok::Str);
                if import.placed {
                    self.set_pos(import.end);
                }
            }
            Spec::Value { names, typ, values, commented } => {
                self.ident_list(names, indent);
                if let Some(typ) = typ {
                    self.space(Space::Blank);
                    self.expr(typ);
                }
                if !values.0.is_empty() {
                    self.space(Space::Blank);
                    self.values(values);
                }
                self.comment_of_spec(commented);
            }
            Spec::Type { name, type_params, assign, typ, commented } => {
                self.expr(name);
                if let Some(type_params) = type_params {
                    self.parameters(type_params, ParamsOf::GenericType);
                }
                self.space(if grouped { Space::Tab } else { Space::Blank });
                if assign != NO_POS {
                    self.token(Tok::Assign);
                    self.space(Space::Blank);
                }
                self.expr(typ);
                self.comment_of_spec(commented);
            }
        }
    }

    /// One of several constants or variables: names, types and values in columns.
    fn value_spec(&mut self, spec: &Spec, keep_type: bool) {
        let Spec::Value { names, typ, values, commented } = *spec else { return };
        self.ident_list(names, false);
        let mut columns_left = 3;
        if typ.is_some() || keep_type {
            self.space(Space::Tab);
            columns_left -= 1;
        }
        if let Some(typ) = typ {
            self.expr(typ);
        }
        if !values.0.is_empty() {
            self.space(Space::Tab);
            self.values(values);
            columns_left -= 1;
        }
        if commented {
            for _ in 0..columns_left {
                self.space(Space::Tab);
            }
        }
    }

    /// `= values`
    fn values(&mut self, values: Exprs) {
        self.token(Tok::Assign);
        self.space(Space::Blank);
        self.expr_list(NO_POS, values, 1, ListStyle::Indented, NO_POS);
    }

    /// A comment that belongs to a declaration makes its statement too large for one line.
    fn comment_of_spec(&mut self, commented: bool) {
        self.too_large |= self.measuring && commented;
    }
}

/// For each of several constants or variables, whether it keeps a column for its type: a run of entries with values
/// does if one of them has a type.
fn keep_type_column(specs: &[Spec]) -> Vec<bool> {
    let mut keep = vec![false; specs.len()];
    let mut run_start = None;
    let mut has_type = false;
    let mut end_run = |start: Option<usize>, end: usize, has_type: bool| {
        if let (Some(start), true) = (start, has_type)
            && let Some(run) = keep.get_mut(start..end)
        {
            run.fill(true);
        }
    };
    for (i, spec) in specs.iter().enumerate() {
        let Spec::Value { typ, values, .. } = spec else { continue };
        if !values.0.is_empty() {
            if run_start.is_none() {
                run_start = Some(i);
                has_type = false;
            }
        } else {
            end_run(run_start.take(), i, has_type);
        }
        has_type |= typ.is_some();
    }
    end_run(run_start, specs.len(), has_type);
    keep
}

/// An import path in double quotes, if it is a valid path (go/printer, sanitizeImportPath).
fn normal_path(path: &str) -> Cow<'_, str> {
    let Some(inner) = path.strip_prefix('`').and_then(|p| p.strip_suffix('`')) else { return Cow::Borrowed(path) };
    let valid = |c: char| !c.is_whitespace() && !c.is_control() && c != '\u{fffd}' && !"!\"#$%&'()*,:;<=>?[\\]^{|}`".contains(c);
    if inner.is_empty() || !inner.chars().all(valid) {
        return Cow::Borrowed(path);
    }
    Cow::Owned(format!("\"{inner}\""))
}

#[cfg(test)]
mod tests {
    use super::super::format;

    #[test]
    fn values_are_aligned() {
        let src = "package p\nconst(\na int=1 // one\nbb=2\nccc\n)\n";
        let want = "package p\n\nconst (\n\ta  int = 1 // one\n\tbb     = 2\n\tccc\n)\n";
        assert_eq!(format(src).as_deref(), Ok(want));
    }

    #[test]
    fn kinds_of_declarations_are_set_off() {
        let src = "package p\nimport `a`\nvar b int\nvar c int\ntype d=int\nfunc e()\n";
        let want = "package p\n\nimport \"a\"\n\nvar b int\nvar c int\n\ntype d = int\n\nfunc e()\n";
        assert_eq!(format(src).as_deref(), Ok(want));
    }
}
