//! Sizes of nodes as they would be printed on one line.
//!
//! In: a node. Out: how many bytes it takes on one line, or that it does not fit. Invariant: the answer does not depend
//! on where the node is printed, so each node is measured once; measuring stops where the node stops to fit.

use super::print::{Printer, State};
use super::token::Pos;
use super::tree::{Block, ExprId, StmtId};

impl Printer<'_, '_> {
    /// The size of an expression, more than `max` if it does not fit into one line of that length.
    pub(super) fn expr_size(&mut self, id: ExprId, max: usize) -> usize {
        if let Some(size) = known(&self.expr_sizes, id.0) {
            return size;
        }
        let Some(size) = self.measure(max, |p| p.expr(id)) else { return max + 1 };
        remember(&mut self.expr_sizes, self.tree.exprs.len(), id.0, size);
        size
    }

    /// The size of a statement.
    fn stmt_size(&mut self, id: StmtId, max: usize) -> usize {
        if let Some(size) = known(&self.stmt_sizes, id.0) {
            return size;
        }
        let Some(size) = self.measure(max, |p| p.stmt(id, false)) else { return max + 1 };
        remember(&mut self.stmt_sizes, self.tree.stmts.len(), id.0, size);
        size
    }

    /// Prints a node to nowhere. There is no answer while an enclosing node is known not to fit.
    fn measure(&mut self, max: usize, print: impl FnOnce(&mut Self)) -> Option<usize> {
        if self.too_large {
            return None;
        }
        let outer = std::mem::replace(&mut self.state, State::start(max));
        let measuring = std::mem::replace(&mut self.measuring, true);
        print(self);
        self.write_pending(self.state.pending.len());
        let size = if self.too_large { max + 1 } else { self.state.size };
        self.too_large = false;
        self.measuring = measuring;
        self.state = outer;
        Some(size)
    }

    /// The estimated size of a function body on the line of its braces (go/printer, bodySize).
    pub(super) fn body_size(&mut self, body: Block, max: usize) -> usize {
        let tree = self.tree;
        let list = tree.stmt_list(body.list);
        if self.line(body.lbrace) != self.line(body.rbrace) || list.len() > 5 {
            return max + 1;
        }
        let mut size = self.comment_size_before(body.rbrace);
        for (i, &stmt) in list.iter().enumerate() {
            if size > max {
                break;
            }
            if i > 0 {
                size += 2;
            }
            size += self.stmt_size(stmt, max);
        }
        size
    }

    /// The size of the comments before a place.
    fn comment_size_before(&mut self, pos: Pos) -> usize {
        let (group, group_pos, newline) = (self.next_group, self.group_pos, self.group_newline);
        let mut size = 0;
        while self.comment_before(pos)
            && let Some(group) = self.group()
        {
            size += self.tree.group(group).iter().map(|comment| comment.text.len()).sum::<usize>();
            self.find_group(self.next_group + 1);
        }
        (self.next_group, self.group_pos, self.group_newline) = (group, group_pos, newline);
        size
    }
}

/// A size measured before.
fn known(sizes: &[u32], id: u32) -> Option<usize> {
    match sizes.get(id as usize) {
        None | Some(0) => None,
        Some(&size) => Some(size as usize - 1),
    }
}

fn remember(sizes: &mut Vec<u32>, count: usize, id: u32, size: usize) {
    if sizes.is_empty() {
        sizes.resize(count, 0);
    }
    if let Some(slot) = sizes.get_mut(id as usize) {
        *slot = u32::try_from(size + 1).unwrap_or(u32::MAX);
    }
}

#[cfg(test)]
mod tests {
    use super::super::format;

    #[test]
    fn a_short_body_stays_on_its_line() {
        let short = "package p\n\nfunc f() int { return 1 }\n";
        assert_eq!(format(short).as_deref(), Ok(short));
        let name = "x".repeat(90);
        let long = format!("package p\n\nfunc f() int {{ return {name} }}\n");
        let want = format!("package p\n\nfunc f() int {{\n\treturn {name}\n}}\n");
        assert_eq!(format(&long), Ok(want));
    }
}
