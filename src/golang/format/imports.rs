//! Sorting of imports.
//!
//! In: a file's tree and lines. Out: both, with the imports of each run of lines sorted by path and duplicates dropped
//! where no comment is lost. Invariant: an import moves to the place another had and takes its comments along; the
//! lines of dropped ones are joined (go/ast import.go).

use super::lines::Lines;
use super::token::{NO_POS, Pos, Tok};
use super::tree::{Decl, GenDecl, GroupId, ImportId, Spec, Tree};

/// Sorts the grouped imports of a file.
pub(super) fn sort_imports(tree: &mut Tree<'_>, lines: &mut Lines) {
    for i in 0..tree.decls.len() {
        let Some(&Decl::Gen(decl)) = tree.decls.get(i) else { return };
        if decl.tok != Tok::Import {
            return;
        }
        if decl.lparen == NO_POS {
            continue;
        }
        let sorted = sort_decl(tree, lines, decl);
        let specs = tree.set_specs(decl.specs, &sorted);
        if let Some(Decl::Gen(decl)) = tree.decls.get_mut(i) {
            decl.specs = specs;
        }
    }
}

/// Sorts one declaration run by run; an empty line ends a run.
fn sort_decl(tree: &mut Tree<'_>, lines: &mut Lines, decl: GenDecl) -> Vec<Spec> {
    let ids: Vec<ImportId> =
        tree.spec_list(decl.specs).iter().filter_map(|spec| if let Spec::Import(id) = spec { Some(*id) } else { None }).collect();
    let mut sorted: Vec<ImportId> = Vec::with_capacity(ids.len());
    let mut rest = ids.as_slice();
    while !rest.is_empty() {
        let mut len = 1;
        while let Some([before, next]) = rest.get(len - 1..=len)
            && lines.line(start(tree, *next)) <= lines.line(end(tree, *before)) + 1
        {
            len += 1;
        }
        let (run, after) = rest.split_at(len);
        sorted.extend(sort_run(tree, lines, decl, run));
        rest = after;
    }
    // Dropping imports can leave empty lines before the parenthesis.
    if let Some(&last) = sorted.last() {
        let last = lines.line(start(tree, last));
        let rparen = lines.line(decl.rparen);
        lines.join_range(last + 1, rparen);
    }
    sorted.into_iter().map(Spec::Import).collect()
}

fn start(tree: &Tree<'_>, id: ImportId) -> Pos {
    tree.import(id).map_or(NO_POS, |import| import.pos)
}

fn end(tree: &Tree<'_>, id: ImportId) -> Pos {
    tree.import(id).map_or(NO_POS, |import| import.end)
}

/// A comment group on the lines of a run, the import it goes with, and whether it stands before that.
struct Attached {
    group: GroupId,
    import: ImportId,
    before: bool,
}

/// Sorts imports on successive lines.
fn sort_run(tree: &mut Tree<'_>, lines: &mut Lines, decl: GenDecl, run: &[ImportId]) -> Vec<ImportId> {
    let ([first, .., last], true) = (run, run.len() > 1) else { return run.to_vec() };
    let places: Vec<(Pos, Pos)> = run.iter().map(|&id| (start(tree, id), end(tree, id))).collect();

    // The comments from the first line to the last.
    let from = lines.start(lines.line(start(tree, *first)));
    let end_of_last = end(tree, *last);
    let last_line = lines.line(end_of_last);
    let to = if last_line == lines.count() { end_of_last } else { lines.start(last_line + 1) };
    let in_range: Vec<usize> = tree
        .group_order
        .iter()
        .enumerate()
        .map(|(i, &group)| (i, group_place(tree, group)))
        .take_while(|&(_, (_, end))| end < to)
        .filter(|&(_, (start, _))| from <= start)
        .map(|(i, _)| i)
        .collect();
    let groups = match (in_range.first(), in_range.last()) {
        (Some(&first), Some(&last)) => first..last + 1,
        _ => 0..0,
    };
    let mut attached = attach(tree, lines, run, &places, groups.clone());
    attached.sort_by_key(|attached| attached.import.0);

    let mut sorted = run.to_vec();
    sorted.sort_by_cached_key(|&id| key(tree, id));
    let mut kept = Vec::with_capacity(sorted.len());
    for (i, &id) in sorted.iter().enumerate() {
        if sorted.get(i + 1).is_none_or(|&next| !replaces(tree, id, next)) {
            kept.push(id);
            continue;
        }
        let line = lines.line(start(tree, id));
        if line != lines.line(decl.rparen) {
            lines.join_range(line, line + 1);
        }
    }
    for (&id, &(start, end)) in kept.iter().zip(&places) {
        if let Some(import) = tree.imports.get_mut(id.0 as usize) {
            (import.pos, import.path_pos, import.end) = (start, start, end);
            import.placed = true;
        }
        let from = attached.partition_point(|attached| attached.import.0 < id.0);
        for attached in attached.iter().skip(from).take_while(|attached| attached.import == id) {
            for comment in tree.group_mut(attached.group) {
                comment.pos = if attached.before { start.saturating_sub(1) } else { end };
            }
        }
    }
    let mut order = tree.group_order.get(groups.clone()).unwrap_or_default().to_vec();
    order.sort_by_key(|&group| group_place(tree, group).0);
    if let Some(slots) = tree.group_order.get_mut(groups) {
        slots.copy_from_slice(&order);
    }
    kept
}

/// Gives each comment group to the import on its line.
fn attach(tree: &Tree<'_>, lines: &Lines, run: &[ImportId], places: &[(Pos, Pos)], groups: std::ops::Range<usize>) -> Vec<Attached> {
    let start_of = |i: usize| places.get(i).map(|place| place.0);
    let mut attached = Vec::new();
    let mut at = 0;
    for &group in tree.group_order.get(groups).unwrap_or_default() {
        let pos = group_place(tree, group).0;
        while start_of(at + 1).is_some_and(|start| start <= pos) {
            at += 1;
        }
        let mut before = false;
        if at == 0 && start_of(0).is_some_and(|start| start > pos) {
            before = true;
        } else if at + 1 < run.len() && start_of(at).is_some_and(|start| lines.line(start) + 1 == lines.line(pos)) {
            at += 1;
            before = true;
        }
        if let Some(&import) = run.get(at) {
            attached.push(Attached { group, import, before });
        }
    }
    attached
}

fn group_place(tree: &Tree<'_>, group: GroupId) -> (Pos, Pos) {
    let list = tree.group(group);
    (list.first().map_or(NO_POS, |c| c.pos), list.last().map_or(NO_POS, |c| c.end()))
}

/// What imports are sorted by: path, name, comment.
fn key(tree: &Tree<'_>, id: ImportId) -> (String, String, String) {
    let Some(import) = tree.import(id) else { return Default::default() };
    let comment = import.comment.map(|group| comment_text(tree, group)).unwrap_or_default();
    (path(&import.path).to_owned(), import.name.unwrap_or_default().to_owned(), comment)
}

/// An import path without its quotes.
fn path(quoted: &str) -> &str {
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default()
}

/// The text of a comment group without its markers.
fn comment_text(tree: &Tree<'_>, group: GroupId) -> String {
    let text = |comment: &str| {
        let inner = comment.strip_prefix("//").map(|rest| rest.strip_prefix(' ').unwrap_or(rest));
        let inner = inner.or_else(|| comment.strip_prefix("/*")?.strip_suffix("*/"));
        inner.unwrap_or_default().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    };
    tree.group(group).iter().map(|comment| text(&comment.text)).collect::<Vec<_>>().join("\n")
}

/// Whether an import may be dropped because the next one is the same.
fn replaces(tree: &Tree<'_>, id: ImportId, next: ImportId) -> bool {
    let (Some(a), Some(b)) = (tree.import(id), tree.import(next)) else { return false };
    path(&a.path) == path(&b.path) && a.name == b.name && a.comment.is_none()
}

#[cfg(test)]
mod tests {
    use super::super::format;

    #[test]
    fn runs_are_sorted_and_duplicates_dropped() {
        let src = "package p\n\nimport (\n\t\"b\" // b\n\t\"a\"\n\t\"c\"\n\t\"a\"\n\n\tx \"z\"\n\t\"y\"\n)\n";
        let want = "package p\n\nimport (\n\t\"a\"\n\t\"b\" // b\n\t\"c\"\n\n\t\"y\"\n\tx \"z\"\n)\n";
        assert_eq!(format(src).as_deref(), Ok(want));
    }
}
