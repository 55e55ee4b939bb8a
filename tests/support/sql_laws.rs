//! The laws of the MySQL front end, as plain functions: tests and fuzzers call them with any text.

#![allow(dead_code, unreachable_pub)]

use ctl::diagnostic::Report;
use ctl::model::check::check;
use ctl::model::mysql::parse;
use ctl::model::spec::{Part, Schema};
use ctl::source::{Disk, Sources};

/// All laws for one text: it is read without panic, every place in the report and in the tables lies in the text, keys lead to
/// columns. The tables.
pub fn sql_laws(text: &str) -> Result<Schema, String> {
    let mut sources = Sources::new(Disk::memory([]));
    let file = sources.add("test.sql", text);
    let mut report = Report::new();
    let schema = check(parse(file, &sources, &mut report), &mut report);
    let found = report.sorted();
    for found in &found {
        let labels = found.primary.iter().chain(&found.secondary);
        for label in labels {
            if text.get(label.span.start..label.span.end).is_none() {
                return Err(format!("a place outside the text: {found:?}"));
            }
        }
        if found.primary.is_none() {
            return Err(format!("a finding without a place: {found:?}"));
        }
        if found.message.ends_with('.') || found.message.is_empty() {
            return Err(format!("not a message: {found:?}"));
        }
    }
    // Drawing costs more than reading: some of them tell.
    if found.len() < 20 && text.len() < 100_000 {
        let _ = report.render(&sources, false);
    }
    for table in &schema.tables {
        let names = table.columns.iter().map(|column| &column.name).chain([&table.name]);
        for name in names {
            if name.text.is_empty() || name.span.is_none_or(|span| text.get(span.start..span.end).is_none()) {
                return Err(format!("a name that is none: {name:?}"));
            }
        }
        let keys = table.indexes.iter().flat_map(|index| &index.parts);
        let columns = keys.filter_map(|part| match part {
            Part::Column { column, .. } => Some(*column),
            Part::Expression(_) => None,
        });
        if columns.chain(table.primary_key.iter().copied()).any(|id| table.column(id).is_none()) {
            return Err(format!("a key that leads nowhere: {table:?}"));
        }
    }
    Ok(schema)
}
