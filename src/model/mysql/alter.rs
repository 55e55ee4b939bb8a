//! `ALTER TABLE`, `CREATE INDEX` and `DROP INDEX` on tables that were created before (MySQL manual, 15.1.9, 15.1.15, 15.1.27).

use super::column::{Declared, Place, definition};
use super::default::default;
use super::goctl::Refusal;
use super::key::{Key, index, index_name, is_key, key, options, table_name};
use super::lex::Kind;
use super::named::{self, same};
use super::option::option_word;
use super::reader::{Read, Reader, Wrong};
use super::table::{Table, add_column, add_key, full};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::draft::{ForeignKeyDraft, IndexDraft, KeyDraft, PartDraft};
use crate::model::spec::Name;

/// What an action does beyond the table itself.
pub(super) struct Renamed(pub(super) Option<String>, pub(super) Name);

/// The actions behind `ALTER TABLE t`, one after the other; a broken one costs no other.
pub(super) fn alter(reader: &Reader<'_>, table: &mut Table, report: &mut Report) -> Option<Renamed> {
    let mut renamed = None;
    for mut element in reader.elements() {
        match action(&mut element, table, report) {
            Ok(found) => renamed = found.or(renamed),
            Err(wrong) => report.push(wrong.warning("this change is left out")),
        }
    }
    renamed
}

/// Actions that change no model: engines, partitions, locks. Options of a table are known elsewhere.
const NO_MODEL: &[&str] = &[
    "ALGORITHM",
    "ANALYZE",
    "CACHE",
    "CHARACTER",
    "CHECK",
    "COALESCE",
    "CONVERT",
    "DATA",
    "DEFAULT",
    "DISABLE",
    "DISCARD",
    "ENABLE",
    "EXCHANGE",
    "FORCE",
    "IMPORT",
    "INDEX",
    "LOCK",
    "NOCACHE",
    "NOWAIT",
    "OPTIMIZE",
    "ORDER",
    "PARTITION",
    "REBUILD",
    "REMOVE",
    "REORGANIZE",
    "REPAIR",
    "SECONDARY_LOAD",
    "SECONDARY_UNLOAD",
    "SET",
    "START",
    "STORAGE",
    "TRUNCATE",
    "UNION",
    "UPGRADE",
    "WAIT",
    "WITH",
    "WITHOUT",
];

/// Whether any of the actions changes a model.
pub(super) fn matters(reader: &Reader<'_>) -> bool {
    let words = ["ADD", "DROP", "CHANGE", "MODIFY", "RENAME", "ALTER"];
    reader.elements().iter().any(|element| words.iter().any(|word| element.at_words(&[word])))
}

fn action(reader: &mut Reader<'_>, table: &mut Table, report: &mut Report) -> Read<Option<Renamed>> {
    if full(table) && reader.at_words(&["ADD"]) {
        let message = format!("table `{}` has as many columns or indexes as a server takes", table.draft.name.text);
        return Err(Wrong { span: reader.here(), message, help: None });
    }
    if reader.eat(&["ADD"]).is_some() {
        add(reader, table, report)?;
    } else if reader.eat(&["DROP"]).is_some() {
        drop_part(reader, table, report)?;
    } else if reader.eat(&["CHANGE"]).is_some() || reader.at_words(&["MODIFY"]) {
        let rename = reader.eat(&["MODIFY"]).is_none();
        reader.eat(&["COLUMN"]);
        let if_exists = reader.eat(&["IF", "EXISTS"]).is_some();
        let old = reader.name("a column")?;
        let new = if rename { reader.name("the new name of the column")? } else { old.clone() };
        let found = definition(reader, new, &mut Refusal::default(), report)?;
        if let Some(at) = changed(table, &old, if_exists, report) {
            change(at, &old, found, table, report);
        }
    } else if reader.eat(&["RENAME"]).is_some() {
        return rename(reader, table, report);
    } else if reader.eat(&["ALTER"]).is_some() {
        set_default(reader, table, report)?;
    } else if reader.eat(&["COMMENT"]).is_some() {
        reader.eat_punct(b'=');
        table.draft.comment = reader.eat_text().ok_or_else(|| reader.expected("the table's comment in quotes"))?;
    } else if !option_word(reader) && !NO_MODEL.iter().any(|word| reader.at_words(&[word])) {
        return Err(reader.expected("a change: `ADD`, `DROP`, `CHANGE`, `MODIFY`, `RENAME` or `ALTER`"));
    }
    Ok(None)
}

fn add(reader: &mut Reader<'_>, table: &mut Table, report: &mut Report) -> Read<()> {
    let no_model = ["PARTITION", "SYSTEM"].iter().any(|word| reader.at_words(&[word]))
        && reader.ahead(1).is_none_or(|token| reader.is(Some(token), "VERSIONING") || reader.is(reader.peek(), "PARTITION"));
    if no_model {
        return Ok(());
    }
    let column = reader.eat(&["COLUMN"]).is_some();
    if !column && is_key(reader) {
        return new_key(reader, table, report);
    }
    let unless_exists = reader.eat(&["IF", "NOT", "EXISTS"]).is_some();
    if reader.at_punct(b'(') {
        let (inside, _) = reader.inside("columns")?;
        for mut element in inside.elements() {
            if is_key(&element) {
                new_key(&mut element, table, report)?;
            } else {
                add_one(&mut element, unless_exists, table, report)?;
            }
        }
        return Ok(());
    }
    add_one(reader, unless_exists, table, report)
}

fn new_key(reader: &mut Reader<'_>, table: &mut Table, report: &mut Report) -> Read<()> {
    let taken = if unless_exists(reader) { Taken::Expected } else { Taken::Told };
    let found = key(reader, &mut Refusal::default())?;
    add_new_key(found, taken, table, report);
    Ok(())
}

/// What becomes of an index whose name its table has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is left out, which is told: a server refuses it.
    Told,
    /// `IF NOT EXISTS`: it is left out.
    Expected,
    /// `OR REPLACE`: it takes the place of the first one.
    Replaces,
}

/// Whether a statement says so of its index, in front of the parts.
fn unless_exists(reader: &Reader<'_>) -> bool {
    let rest = reader.rest();
    let before = (0..).take_while(|by| rest.ahead(*by).is_some_and(|token| token.kind != Kind::Punct(b'(')));
    before.into_iter().any(|by| ["IF", "NOT", "EXISTS"].iter().enumerate().all(|(more, word)| rest.is(rest.ahead(by + more), word)))
}

/// Adds a key.
pub(super) fn add_new_key(found: Key, taken: Taken, table: &mut Table, report: &mut Report) {
    if let Key::Index(IndexDraft { name: Some(name), .. }) = &found {
        let called = |index: &IndexDraft| index.name.as_ref().is_some_and(|known| same(&known.text, &name.text));
        if let Some(at) = table.draft.indexes.iter().position(called) {
            match taken {
                Taken::Replaces => drop(table.draft.indexes.remove(at)),
                Taken::Expected => return,
                Taken::Told => return report.push(named::taken(table, at, name)),
            }
        }
    }
    add_key(found, table);
}

fn add_one(reader: &mut Reader<'_>, unless_exists: bool, table: &mut Table, report: &mut Report) -> Read<()> {
    let name = reader.name("the name of a column")?;
    let found = definition(reader, name, &mut Refusal::default(), report)?;
    if unless_exists && named::find_column(table, &found.column.name).is_some() {
        return Ok(());
    }
    let place = place(&found, table, report);
    add_column(found, table, place);
    Ok(())
}

/// Where a column goes; at the end, if the one before it is not there.
fn place(found: &Declared, table: &Table, report: &mut Report) -> Option<usize> {
    match found.place.as_ref()? {
        Place::First => Some(0),
        Place::After(name) => named::column(table, name, "the column is put at the end", report).map(|at| at + 1),
    }
}

fn change(at: usize, old: &Name, found: Declared, table: &mut Table, report: &mut Report) {
    rename_in_keys(table, &old.text, &found.column.name.text);
    table.draft.columns.remove(at);
    let to = if found.place.is_some() { place(&found, table, report) } else { Some(at) };
    add_column(found, table, to);
}

/// The column that a change is about; without one a warning, or none where it says `IF EXISTS`.
fn changed(table: &Table, name: &Name, if_exists: bool, report: &mut Report) -> Option<usize> {
    if if_exists { named::find_column(table, name) } else { named::column(table, name, LOST, report) }
}

const LOST: &str = "this change is left out";

fn drop_part(reader: &mut Reader<'_>, table: &mut Table, report: &mut Report) -> Read<()> {
    if let Some(token) = reader.eat(&["PRIMARY", "KEY"]) {
        if table.draft.primary_keys.is_empty() {
            let message = format!("table `{}` has no primary key", table.draft.name.text);
            report.push(Diagnostic::warning(Code::UnknownIndex, message).at(reader.span(token), LOST));
        }
        table.draft.primary_keys.clear();
    } else if reader.at_words(&["PARTITION"]) || reader.at_words(&["PERIOD", "FOR"]) || reader.at_words(&["SYSTEM", "VERSIONING"]) {
    } else if reader.eat_any(&["INDEX", "KEY"]).is_some() {
        let if_exists = reader.eat(&["IF", "EXISTS"]).is_some();
        let name = reader.name("an index")?;
        drop_index(table, &name, if_exists, report);
    } else if reader.eat(&["FOREIGN", "KEY"]).is_some() {
        let if_exists = reader.eat(&["IF", "EXISTS"]).is_some();
        let name = reader.name("a foreign key")?;
        if !drop_foreign(table, &name.text) && !if_exists {
            report.push(named::no_index(table, "foreign key", &name));
        }
    } else if let Some(token) = reader.eat_any(&["CONSTRAINT", "CHECK"]) {
        let what = if reader.is(Some(token), "CHECK") { "check" } else { "constraint" };
        let if_exists = reader.eat(&["IF", "EXISTS"]).is_some();
        let name = reader.name("a constraint")?;
        let dropped = drop_foreign(table, &name.text) || named::drop_check(table, &name.text);
        if !dropped && named::find_index(table, &name.text).is_none() && !same(&name.text, "PRIMARY") {
            if !if_exists {
                report.push(named::no_index(table, what, &name));
            }
        } else if !dropped {
            drop_index(table, &name, if_exists, report);
        }
    } else {
        reader.eat(&["COLUMN"]);
        let if_exists = reader.eat(&["IF", "EXISTS"]).is_some();
        let name = reader.name("a column")?;
        if let Some(at) = changed(table, &name, if_exists, report) {
            drop_column(table, at);
        }
    }
    Ok(())
}

/// Without the column; the keys lose it too, and those that are left with nothing are gone (MySQL manual, 15.1.9).
fn drop_column(table: &mut Table, at: usize) {
    let gone = table.draft.columns.remove(at).name.text;
    let draft = &mut table.draft;
    let lose = |key: &mut KeyDraft| key.parts.retain(|part| !matches!(part, PartDraft::Column { name, .. } if same(&name.text, &gone)));
    draft.primary_keys.iter_mut().for_each(lose);
    draft.primary_keys.retain(|key| !key.parts.is_empty());
    draft.indexes.iter_mut().for_each(|index| lose(&mut index.key));
    draft.indexes.retain(|index| !index.key.parts.is_empty());
    let left = |key: &ForeignKeyDraft| !key.columns.iter().any(|name| same(&name.text, &gone));
    let mut keep = draft.foreign_keys.iter().map(left).collect::<Vec<_>>().into_iter();
    table.foreign.retain(|_| keep.next().unwrap_or(true));
    draft.foreign_keys.retain(left);
}

/// Without the index of this name.
pub(super) fn drop_index(table: &mut Table, name: &Name, if_exists: bool, report: &mut Report) {
    if same(&name.text, "PRIMARY") {
        table.draft.primary_keys.clear();
    } else if let Some(at) = if if_exists { named::find_index(table, &name.text) } else { named::index(table, name, report) } {
        table.draft.indexes.remove(at);
    }
}

/// Whether there was one.
fn drop_foreign(table: &mut Table, name: &str) -> bool {
    let found = named::find_foreign(table, name);
    if let Some(at) = found {
        table.foreign.remove(at);
        table.draft.foreign_keys.remove(at);
    }
    found.is_some()
}

fn rename(reader: &mut Reader<'_>, table: &mut Table, report: &mut Report) -> Read<Option<Renamed>> {
    if reader.eat(&["COLUMN"]).is_some() {
        let if_exists = reader.eat(&["IF", "EXISTS"]).is_some();
        let old = reader.name("a column")?;
        let new = new_name(reader)?;
        if let Some(at) = changed(table, &old, if_exists, report) {
            rename_in_keys(table, &old.text, &new.text);
            if let Some(column) = table.draft.columns.get_mut(at) {
                column.name = new;
            }
        }
        return Ok(None);
    }
    if reader.eat_any(&["INDEX", "KEY"]).is_some() {
        let if_exists = reader.eat(&["IF", "EXISTS"]).is_some();
        let old = reader.name("an index")?;
        let new = new_name(reader)?;
        let at = if if_exists { named::find_index(table, &old.text) } else { named::index(table, &old, report) };
        if let Some(index) = at.and_then(|at| table.draft.indexes.get_mut(at)) {
            index.name = Some(new);
        }
        return Ok(None);
    }
    if reader.eat_any(&["TO", "AS"]).is_none() {
        reader.eat_punct(b'=');
    }
    let (qualifier, name) = table_name(reader)?;
    Ok(Some(Renamed(qualifier, name)))
}

fn new_name(reader: &mut Reader<'_>) -> Read<Name> {
    if reader.eat(&["TO"]).is_none() {
        return Err(reader.expected("`TO` and the new name"));
    }
    reader.name("the new name")
}

fn rename_in_keys(table: &mut Table, old: &str, new: &str) {
    let draft = &mut table.draft;
    let parts = draft.primary_keys.iter_mut().chain(draft.indexes.iter_mut().map(|index| &mut index.key)).flat_map(|key| &mut key.parts);
    let in_parts = parts.filter_map(|part| match part {
        PartDraft::Column { name, .. } => Some(name),
        PartDraft::Expression(_) => None,
    });
    for name in in_parts.chain(draft.foreign_keys.iter_mut().flat_map(|key| &mut key.columns)) {
        if same(&name.text, old) {
            new.clone_into(&mut name.text);
        }
    }
}

/// `ALTER a SET DEFAULT 1`, `ALTER a DROP DEFAULT`
fn set_default(reader: &mut Reader<'_>, table: &mut Table, report: &mut Report) -> Read<()> {
    if reader.eat_any(&["INDEX", "KEY", "CHECK", "CONSTRAINT"]).is_some() {
        return Ok(());
    }
    reader.eat(&["COLUMN"]);
    let if_exists = reader.eat(&["IF", "EXISTS"]).is_some();
    let name = reader.name("a column")?;
    let at = changed(table, &name, if_exists, report);
    let value = if reader.eat(&["SET", "DEFAULT"]).is_some() {
        default(reader, &mut Refusal::default())?
    } else if reader.eat(&["DROP", "DEFAULT"]).is_some() {
        None
    } else if reader.eat(&["SET"]).is_some() && reader.eat_any(&["VISIBLE", "INVISIBLE"]).is_some() {
        return Ok(());
    } else {
        return Err(reader.expected("`SET DEFAULT` or `DROP DEFAULT`"));
    };
    if let Some(column) = at.and_then(|at| table.draft.columns.get_mut(at)) {
        column.default = value;
    }
    Ok(())
}

/// `[UNIQUE] INDEX i ON t (…)`, behind `CREATE`: the table, the index, and what becomes of it where there is one of its name.
pub(super) fn create_index(reader: &mut Reader<'_>) -> Read<(Option<String>, Name, Key, Taken)> {
    let mut refusal = Refusal::default();
    let taken = match reader.eat(&["OR", "REPLACE"]) {
        Some(_) => Taken::Replaces,
        None if unless_exists(reader) => Taken::Expected,
        None => Taken::Told,
    };
    reader.eat_any(&["ONLINE", "OFFLINE"]);
    let unique = reader.eat(&["UNIQUE"]).is_some();
    let special = reader.eat_any(&["FULLTEXT", "SPATIAL", "VECTOR"]).is_some();
    if reader.eat_any(&["INDEX", "KEY"]).is_none() {
        return Err(reader.expected("`INDEX`"));
    }
    let name = index_name(reader, &mut refusal)?;
    if reader.eat(&["ON"]).is_none() {
        return Err(reader.expected("`ON` and a table"));
    }
    let (qualifier, table) = table_name(reader)?;
    let found = index(reader, name, unique, special, &mut refusal)?;
    options(reader, &mut refusal)?;
    Ok((qualifier, table, Key::Index(found), taken))
}

/// `INDEX [IF EXISTS] i ON t`, behind `DROP`: the index, whether it need not be there, and the table.
pub(super) fn drop_index_on(reader: &mut Reader<'_>) -> Read<(Name, bool, Option<String>, Name)> {
    reader.eat(&["INDEX"]);
    let if_exists = reader.eat(&["IF", "EXISTS"]).is_some();
    let name = reader.name("an index")?;
    if reader.eat(&["ON"]).is_none() {
        return Err(reader.expected("`ON` and a table"));
    }
    let (qualifier, table) = table_name(reader)?;
    Ok((name, if_exists, qualifier, table))
}
