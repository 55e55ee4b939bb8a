//! What is worth knowing about the columns of all tables at once.

use std::collections::{BTreeMap, BTreeSet};

use super::super::spec::{Dialect, Schema};
use super::table::{Field, Model};
use super::{IGNORED_COLUMNS, Options};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::naming::nearest;

/// Warns of what `--ignore-columns` names and no table has. goctl's own list is for any table.
pub(super) fn unknown_columns(schema: &Schema, options: &Options, report: &mut Report) {
    let columns: BTreeSet<&str> = schema.tables.iter().flat_map(|table| &table.columns).map(|column| column.name.text.as_str()).collect();
    let named = options.ignored.iter().map(String::as_str).filter(|name| !IGNORED_COLUMNS.contains(name));
    for name in named.filter(|name| !columns.is_empty() && !columns.contains(name)) {
        let help = match nearest(name, columns.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there is: {}", first_of(&columns.iter().copied().collect::<Vec<_>>())),
        };
        let found = Diagnostic::warning(Code::UnknownColumn, format!("`--ignore-columns` names `{name}`, a column that no table has"));
        report.push(found.help(help));
    }
}

/// The first few names, and how many there are besides.
fn first_of(names: &[&str]) -> String {
    const SHOWN: usize = 12;
    let shown = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Notes about the types of columns, and warnings of entries in `goctl.yaml` that no type has.
pub(super) fn notes(models: &[Model], options: &Options, report: &mut Report) {
    let columns = || models.iter().flat_map(|model| &model.columns);
    let of_postgres = models.iter().any(|model| model.dialect == Dialect::Postgres);
    options.types.tell_unread(&columns().map(|field| field.type_key.as_str()).collect(), of_postgres, report);
    let kept = columns().filter(|field| field.null_default).count();
    if kept > 0 {
        let (are, them) = if kept == 1 { ("column that can be NULL has", "it") } else { ("columns that can be NULL have", "them") };
        let message = format!("{kept} {are} a default and a Go type that cannot hold NULL, as goctl gives {them}");
        report.push(Diagnostic::note(Code::NullDefault, message).help("`--null-defaults` gives a type that can; it changes the structs"));
    }
    guessed(models, report);
    lost_signs(&columns().filter(|field| field.lost_sign).collect::<Vec<_>>(), report);
    let is_bit = |field: &&Field| field.type_key == "bit" && matches!(field.ty.as_str(), "byte" | "sql.NullByte");
    for dialect in [Dialect::MySql, Dialect::Postgres] {
        let models = models.iter().filter(|model| model.dialect == dialect);
        bits(models.flat_map(|model| &model.columns).filter(is_bit).count(), dialect, report);
    }
}

/// The types that nobody knows, each with the first column that has it.
fn guessed(models: &[Model], report: &mut Report) {
    let mut guessed: BTreeMap<&str, (&str, Vec<String>)> = BTreeMap::new();
    for model in models {
        for field in model.columns.iter().filter(|field| field.guessed) {
            let (_, places) = guessed.entry(&field.type_key).or_insert((&field.ty, Vec::new()));
            places.push(format!("`{}.{}`", model.table, field.column));
        }
    }
    if guessed.is_empty() {
        return;
    }
    let said = |(key, (ty, places)): (&&str, &(&str, Vec<String>))| {
        let more = if places.len() > 1 { format!(" and {} more", places.len() - 1) } else { String::new() };
        format!("`{key}` ({ty}: {}{more})", places.first().map_or("", String::as_str))
    };
    let all: Vec<String> = guessed.iter().map(said).collect();
    let message = format!("goctl knows no Go type for {}", all.join(", "));
    report.push(Diagnostic::note(Code::GuessedType, message).help("another type: an entry of that name in `types_map` of goctl.yaml"));
}

/// goctl's types where a `goctl.yaml` does not list them (contract: model 4.3), which nobody who wrote one expects.
fn lost_signs(columns: &[&Field], report: &mut Report) {
    let keys: BTreeSet<&str> = columns.iter().map(|field| field.type_key.as_str()).collect();
    let keys: Vec<String> = keys.into_iter().map(|key| format!("`{key}`")).collect();
    let (number, have) = match columns.len() {
        0 => return,
        1 => ("1 unsigned column".to_owned(), "has"),
        n => (format!("{n} unsigned columns"), "have"),
    };
    let message = format!("{number} {have} the type int64, as goctl gives to what goctl.yaml does not list: {}", keys.join(", "));
    report.push(Diagnostic::note(Code::LostSign, message).help("`--strict` gives uint64, as does an entry with `unsigned_type: uint64`"));
}

/// go-sql-driver hands over the bytes of a BIT; `database/sql` reads those as a number in decimal digits. pgx hands over the
/// binary digits, which are read so too, and takes no number.
fn bits(count: usize, dialect: Dialect, report: &mut Report) {
    let name = if dialect == Dialect::MySql { "BIT" } else { "bit" };
    let (columns, have) = match count {
        0 => return,
        1 => (format!("1 column of type {name}"), "has"),
        n => (format!("{n} columns of type {name}"), "have"),
    };
    let (why, entry) = match dialect {
        Dialect::MySql => ("MySQL's driver cannot fill: reading a row fails", "bit: {type: '[]byte', null_type: '[]byte'}"),
        Dialect::Postgres => ("PostgreSQL's driver cannot send: writing a row fails", "bit: {type: string, null_type: sql.NullString}"),
    };
    let message = format!("{columns} {have} goctl's Go type for it, which {why}");
    report.push(Diagnostic::note(Code::UnreadableType, message).help(format!("in `types_map` of goctl.yaml: `{entry}`")));
}
