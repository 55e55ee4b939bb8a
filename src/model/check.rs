//! From drafts to the spec: columns are named once, keys lead to columns of their table, no table is there twice.
//!
//! What cannot be used is one diagnostic, and the rest goes on (issue: "a column or table that cannot be used is one located
//! diagnostic; the other tables are generated"): the caller decides what the warnings mean for the exit code.

use std::collections::BTreeMap;

use super::draft::{ColumnDraft, Draft, ForeignKeyDraft, IndexDraft, KeyDraft, PartDraft, TableDraft};
use super::spec::{Column, ColumnId, Dialect, ForeignKey, Index, Name, Part, Schema, Table};
use crate::diagnostic::{Code, Diagnostic, Report};

/// Checks every table by itself. A table that no model could be made of (no columns, two primary keys) is left out.
pub fn check(draft: Draft, report: &mut Report) -> Schema {
    let dialect = draft.dialect;
    let tables = draft.tables.into_iter().filter_map(|table| check_table(table, dialect, report)).collect();
    Schema { dialect, tables }
}

/// What comes of a table without columns, or without one primary key.
const NO_MODEL: &str = "no model is made of this table";

fn check_table(draft: TableDraft, dialect: Dialect, report: &mut Report) -> Option<Table> {
    if draft.columns.is_empty() {
        report.push(at(format!("table `{}` has no column that can be used", draft.name.text), &draft.name, NO_MODEL));
        return None;
    }
    let mut columns: Vec<Column> = Vec::with_capacity(draft.columns.len());
    let mut places = BTreeMap::new();
    for column in draft.columns {
        let folded = folded(&column.name.text, dialect);
        if let Some(first) = places.get(&folded).and_then(|at: &usize| columns.get(*at)) {
            let found = at(format!("column `{}` is declared twice", column.name.text), &column.name, "this one is left out");
            report.push(match first.name.span {
                Some(span) => found.and(span, "first declared here"),
                None => found,
            });
            continue;
        }
        places.insert(folded, columns.len());
        columns.push(self::column(column));
    }
    let names = Names { places, table: &draft.name.text, dialect };
    let resolved = |key: &KeyDraft| names.resolve_key(key, "", &mut Report::new());
    if let [first, second, ..] = draft.primary_keys.as_slice()
        && let columns = resolved(first)
        && draft.primary_keys.iter().any(|key| resolved(key) != columns)
    {
        let found = Diagnostic::warning(Code::UnusableTable, format!("table `{}` has two primary keys", draft.name.text));
        report.push(match second.span.or(draft.name.span) {
            Some(span) => found.at(span, NO_MODEL),
            None => found,
        });
        return None;
    }
    let keyed_by = draft.primary_keys.first().map(|key| names.resolve_key(key, NO_MODEL, report));
    let primary_key: Vec<ColumnId> = match keyed_by {
        None => Vec::new(),
        Some(parts) => {
            let columns = parts?.iter().map(column_of).collect::<Option<_>>();
            if columns.is_none() {
                let message = format!("the primary key of table `{}` is not made of columns alone", draft.name.text);
                report.push(at(message, &draft.name, NO_MODEL));
            }
            columns?
        }
    };
    let indexes = draft.indexes.into_iter().filter_map(|index| names.index(index, report)).collect();
    let foreign_keys = draft.foreign_keys.into_iter().filter_map(|key| names.foreign_key(key, report)).collect();
    for id in &primary_key {
        if let Some(column) = columns.get_mut(id.0) {
            column.nullable = false;
        }
    }
    let of_key = match primary_key.len() {
        0 => Some("it has no primary key"),
        1 => None,
        _ => Some("its primary key has several columns"),
    };
    let goctl_refuses = draft.goctl_refuses.or(of_key);
    let TableDraft { name, qualifier, comment, .. } = draft;
    Some(Table { name, qualifier, comment, columns, primary_key, indexes, foreign_keys, goctl_refuses })
}

fn column(draft: ColumnDraft) -> Column {
    let ColumnDraft { name, ty, not_null, default, auto_increment, generated, on_update, comment, goctl } = draft;
    Column { name, ty, nullable: !not_null, default, auto_increment, generated, on_update, comment, goctl }
}

fn column_of(part: &Part) -> Option<ColumnId> {
    match part {
        Part::Column { column, .. } => Some(*column),
        Part::Expression(_) => None,
    }
}

/// The columns of a table, for its keys.
struct Names<'a> {
    /// Where a column is, by its name as the dialect compares names.
    places: BTreeMap<String, usize>,
    table: &'a str,
    dialect: Dialect,
}

impl Names<'_> {
    /// `lost` is what the key's table or the key itself comes to without the column.
    fn resolve(&self, name: &Name, lost: &str, report: &mut Report) -> Option<ColumnId> {
        let found = self.places.get(&folded(&name.text, self.dialect)).copied();
        if found.is_none() {
            report.push(at(format!("table `{}` has no column `{}`", self.table, name.text), name, lost));
        }
        found.map(ColumnId)
    }

    fn resolve_key(&self, key: &KeyDraft, lost: &str, report: &mut Report) -> Option<Vec<Part>> {
        let part = |part: &PartDraft| match part {
            PartDraft::Column { name, prefix, descending } => {
                let column = self.resolve(name, lost, report)?;
                Some(Part::Column { column, prefix: *prefix, descending: *descending })
            }
            PartDraft::Expression(text) => Some(Part::Expression(text.clone())),
        };
        key.parts.iter().map(part).collect()
    }

    /// `None` for an index on a column that is not there, which was told.
    fn index(&self, draft: IndexDraft, report: &mut Report) -> Option<Index> {
        let lost = "this index is left out";
        let parts = self.resolve_key(&draft.key, lost, report).filter(|parts| !parts.is_empty())?;
        let include = draft.include.iter().map(|name| self.resolve(name, lost, report)).collect::<Option<_>>()?;
        Some(Index { name: draft.name, unique: draft.unique, special: draft.special, parts, include, predicate: draft.predicate })
    }

    fn foreign_key(&self, draft: ForeignKeyDraft, report: &mut Report) -> Option<ForeignKey> {
        let columns = draft.columns.iter().map(|name| self.resolve(name, "this foreign key is left out", report)).collect::<Option<_>>()?;
        Some(ForeignKey { columns, table: draft.table, references: draft.references })
    }
}

/// A column's name as it is compared: MySQL does not mind the case (MySQL manual, 11.2.3), PostgreSQL has folded it already.
fn folded(name: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::MySql => name.to_lowercase(),
        Dialect::Postgres => name.to_owned(),
    }
}

fn at(message: String, name: &Name, lost: &str) -> Diagnostic {
    let found = Diagnostic::warning(Code::UnusableTable, message);
    match name.span {
        Some(span) => found.at(span, lost),
        None => found,
    }
}
