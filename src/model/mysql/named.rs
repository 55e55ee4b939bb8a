//! The parts of a table by the names that later statements know them by: those that were given, and those that servers make
//! (MySQL manual, 15.1.15, 15.1.20; MariaDB, `CREATE TABLE`). What is not there is a warning, and the change is left out.

use super::table::Table;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::draft::{IndexDraft, KeyDraft, PartDraft};
use crate::model::spec::Name;
use crate::naming::nearest;

/// Among so many columns or indexes a similar name is looked for.
const LIKELY: usize = 200;

/// Where the column is; without one, a warning.
pub(super) fn column(table: &Table, name: &Name, lost: &str, report: &mut Report) -> Option<usize> {
    let found = find_column(table, name);
    if found.is_none() {
        let names = table.draft.columns.iter().map(|column| column.name.text.as_str());
        report.push(missing(Code::UnknownColumn, table, "column", name, lost, names));
    }
    found
}

pub(super) fn find_column(table: &Table, name: &Name) -> Option<usize> {
    table.draft.columns.iter().position(|column| same(&column.name.text, &name.text))
}

/// Where the index is; without one, a warning, unless a foreign key has it.
pub(super) fn index(table: &Table, name: &Name, report: &mut Report) -> Option<usize> {
    let found = find_index(table, &name.text);
    if found.is_none() && !has_foreign_index(table, &name.text) {
        report.push(no_index(table, "index", name));
    }
    found
}

/// The warning about an index whose name the one at `at` has.
pub(super) fn taken(table: &Table, at: usize, name: &Name) -> Diagnostic {
    let message = format!("table `{}` has an index `{}` already", table.draft.name.text, name.text);
    let found = Diagnostic::warning(Code::UnusableTable, message);
    let found = match name.span {
        Some(span) => found.at(span, "this one is left out"),
        None => found,
    };
    match table.draft.indexes.get(at).and_then(|index| index.name.as_ref()?.span) {
        Some(first) => found.and(first, "first declared here"),
        None => found,
    }
}

/// An index without a name has that of its first column, with `_2`, `_3` … if that is taken.
pub(super) fn find_index(table: &Table, name: &str) -> Option<usize> {
    let indexes = &table.draft.indexes;
    let named = |name: &str| indexes.iter().position(|index| index.name.as_ref().is_some_and(|known| same(&known.text, name)));
    if let Some(at) = named(name) {
        return Some(at);
    }
    let made = |base: &str, number: usize| {
        let number = number.checked_sub(1 + usize::from(named(base).is_some()))?;
        let unnamed = |index: &&IndexDraft| index.name.is_none() && same(first(&index.key), base);
        let index = indexes.iter().filter(unnamed).nth(number)?;
        indexes.iter().position(|known| std::ptr::eq(known, index))
    };
    let numbered = || {
        let (base, number) = name.rsplit_once('_')?;
        made(base, number.parse().ok().filter(|number| *number > 1)?)
    };
    made(name, 1).or_else(numbered)
}

fn first(key: &KeyDraft) -> &str {
    match key.parts.first() {
        Some(PartDraft::Column { name, .. }) => &name.text,
        _ => "functional_index",
    }
}

/// Whether a foreign key brought an index of this name, which stays when the key goes.
fn has_foreign_index(table: &Table, name: &str) -> bool {
    table.of_foreign.iter().any(|known| same(known, name))
}

/// Where the foreign key is; `t_ibfk_1` is the first one without a name.
pub(super) fn find_foreign(table: &Table, name: &str) -> Option<usize> {
    let named = table.foreign.iter().position(|known| known.as_ref().is_some_and(|known| same(known, name)));
    let unnamed = || {
        made_name(name, "_ibfk_").then_some(())?;
        table.foreign.iter().position(Option::is_none)
    };
    named.or_else(unnamed)
}

/// Takes a check out; whether there was one. Those without a name have one like `t_chk_1` or `CONSTRAINT_1`, or the column's.
pub(super) fn drop_check(table: &mut Table, name: &str) -> bool {
    if let Some(at) = table.checks.iter().position(|known| same(known, name)) {
        table.checks.remove(at);
        return true;
    }
    made_name(name, "_chk_")
        || made_name(&format!("_{name}"), "_CONSTRAINT_")
        || table.draft.columns.iter().any(|column| same(&column.name.text, name))
}

/// Whether a name ends in a server's word and a number.
fn made_name(name: &str, word: &str) -> bool {
    let digits = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let start = digits.len().checked_sub(word.len());
    digits.len() < name.len() && start.and_then(|at| digits.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

/// The warning about an index, a key or a constraint that is not there.
pub(super) fn no_index(table: &Table, what: &str, name: &Name) -> Diagnostic {
    let indexes = table.draft.indexes.iter().filter_map(|index| index.name.as_ref()).map(|name| name.text.as_str());
    let foreign = table.foreign.iter().flatten().map(String::as_str);
    let checks = table.checks.iter().map(String::as_str);
    let names: Box<dyn Iterator<Item = &str>> = match what {
        "index" => Box::new(indexes),
        "foreign key" => Box::new(foreign),
        _ => Box::new(indexes.chain(foreign).chain(checks)),
    };
    missing(Code::UnknownIndex, table, what, name, "this change is left out", names)
}

fn missing<'a>(code: Code, table: &Table, what: &str, name: &Name, lost: &str, names: impl Iterator<Item = &'a str>) -> Diagnostic {
    let found = Diagnostic::warning(code, format!("table `{}` has no {what} `{}`", table.draft.name.text, name.text));
    let found = match name.span {
        Some(span) => found.at(span, lost),
        None => found,
    };
    match nearest(&name.text, names.take(LIKELY)) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found,
    }
}

/// MySQL does not mind the case of columns and indexes (manual, 11.2.3).
pub(super) fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || (!a.is_ascii() && a.to_lowercase() == b.to_lowercase())
}
