//! `CREATE TABLE` (MySQL manual, 15.1.20; MariaDB, `CREATE TABLE`): columns and keys one by one, so that a broken one costs no
//! other, and of what stands behind them the comment.

use super::column::{Declared, definition};
use super::goctl::Refusal;
use super::key::{Key, is_key, key, refuse_name, table_name};
use super::lex::{Kind, Token};
use super::option::tail;
use super::reader::{Read, Reader, Wrong};
use super::reserved::reserved;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::draft::{KeyDraft, PartDraft, TableDraft};
use crate::model::spec::Name;

/// A table as the statements up to here leave it.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) draft: TableDraft,
    /// The names of its foreign keys, in their order.
    pub(super) foreign: Vec<Option<String>>,
    /// The names of indexes that servers make for foreign keys: the key's, the one said for the index, or its first column's.
    pub(super) of_foreign: Vec<String>,
    /// The names of its checks, those that have one.
    pub(super) checks: Vec<String>,
}

/// What a `CREATE TABLE` says.
#[derive(Debug)]
pub(super) struct Created {
    pub(super) name: Name,
    pub(super) qualifier: Option<String>,
    /// `IF NOT EXISTS`
    pub(super) unless_exists: bool,
    pub(super) body: Body,
}

#[derive(Debug)]
pub(super) enum Body {
    Columns(Box<Table>),
    /// As another table is.
    Like(Option<String>, Name),
    /// Nothing of it can be used, which was told.
    Nothing,
}

/// More columns than any server takes (MySQL manual, 10.4.7): what is beyond is no table.
const MOST_COLUMNS: usize = 4096;

/// From `CREATE` on. Ends at the end of the tokens, or where a further statement begins without a `;` before it.
pub(super) fn create(reader: &mut Reader<'_>, report: &mut Report) -> Read<Created> {
    let mut refusal = Refusal::default();
    reader.eat(&["CREATE"]);
    let replace = reader.eat(&["OR", "REPLACE"]);
    refusal.at(replace, "its grammar does not know `OR REPLACE`");
    reader.eat(&["TEMPORARY"]);
    reader.eat(&["TABLE"]);
    let unless_exists = reader.eat(&["IF", "NOT", "EXISTS"]).is_some();
    if !unless_exists && reader.eat(&["IF"]).is_some() {
        return Err(reader.expected("`NOT EXISTS`"));
    }
    let quoted = reader.peek().is_some_and(|token| token.kind == Kind::Name);
    refuse_name(reader, &mut refusal);
    reserved(reader, &mut refusal, report);
    let (qualifier, name) = table_name(reader)?;
    if qualifier.is_some() && !(quoted && reader.last().is_some_and(|token| token.kind == Kind::Name)) {
        refusal.at(reader.last(), "it takes a name with a database in front of it for one name");
    }
    let body = body(reader, qualifier.as_ref(), &name, refusal, report)?;
    Ok(Created { name, qualifier, unless_exists, body })
}

/// The name of the table, where the statement could not be read to its end.
pub(super) fn created_name(mut reader: Reader<'_>) -> Option<(Option<String>, Name)> {
    reader.eat(&["CREATE"]);
    reader.eat(&["OR", "REPLACE"]);
    reader.eat(&["TEMPORARY"]);
    reader.eat(&["TABLE"]);
    reader.eat(&["IF", "NOT", "EXISTS"]);
    table_name(&mut reader).ok()
}

fn body(reader: &mut Reader<'_>, qualifier: Option<&String>, name: &Name, mut refusal: Refusal, report: &mut Report) -> Read<Body> {
    if reader.eat(&["LIKE"]).is_some() {
        let (qualifier, name) = table_name(reader)?;
        return Ok(Body::Like(qualifier, name));
    }
    if reader.at_punct(b'(') && reader.is(reader.ahead(1), "LIKE") {
        let (mut inside, _) = reader.inside("the name of a table")?;
        inside.eat(&["LIKE"]);
        let (qualifier, name) = table_name(&mut inside)?;
        return Ok(Body::Like(qualifier, name));
    }
    let mut table = Table {
        draft: TableDraft {
            name: name.clone(),
            qualifier: qualifier.cloned(),
            comment: String::new(),
            columns: Vec::new(),
            primary_keys: Vec::new(),
            indexes: Vec::new(),
            foreign_keys: Vec::new(),
            goctl_refuses: None,
        },
        foreign: Vec::new(),
        of_foreign: Vec::new(),
        checks: Vec::new(),
    };
    let mut keyed = Keyed::default();
    let columns = reader.at_punct(b'(') && !reader.is(reader.ahead(1), "SELECT");
    if columns {
        let (inside, close) = reader.inside("the columns of the table")?;
        elements(&inside, close, &mut table, &mut keyed, &mut refusal, report)?;
    }
    let query = tail(reader, &mut table, &mut refusal, report)?;
    if let Some(token) = query {
        let message = format!("the columns that table `{}` takes from a query are not known", name.text);
        let lost = if columns { "only the columns in front of it are read" } else { "the table is left out" };
        report.push(Diagnostic::warning(Code::UnusableTable, message).at(reader.span(token), lost));
        refusal.at(Some(token), "it refuses tables made from a query");
    } else if !columns {
        return Err(reader.expected(&format!("`(` and the columns of table `{}`", name.text)));
    }
    if !columns {
        return Ok(Body::Nothing);
    }
    table.draft.goctl_refuses = refusal.0.or_else(|| keyed.refusal(&table));
    Ok(Body::Columns(Box::new(table)))
}

fn elements(
    inside: &Reader<'_>,
    close: Token,
    table: &mut Table,
    keyed: &mut Keyed,
    refusal: &mut Refusal,
    report: &mut Report,
) -> Read<()> {
    let mut elements = inside.elements();
    if elements.len() > 1 && elements.last().is_some_and(Reader::done) {
        elements.pop();
        let wrong =
            Wrong { span: inside.span(close), message: "there is a comma before this".to_owned(), help: Some("take the comma away") };
        report.push(wrong.warning("nothing is lost"));
        refusal.at(Some(close), "it refuses a comma before `)`");
    }
    for mut element in elements {
        let read = if is_key(&element) {
            let found = key(&mut element, refusal);
            found.map(|found| keyed.add(found, table)).map_err(|wrong| (wrong, "this key is left out".to_owned()))
        } else {
            refuse_name(&element, refusal);
            reserved(&element, refusal, report);
            element.name("the name of a column").map_err(|wrong| (wrong, "this column is left out".to_owned())).and_then(|name| {
                let lost = format!("column `{}` is left out", name.text);
                let found = definition(&mut element, name, refusal, report).map_err(|wrong| (wrong, lost))?;
                keyed.of_column |= found.primary.is_some();
                if let Some(place) = &found.place {
                    report.push(place.misplaced(&found.column.name, &element).warning("passed over"));
                    refusal.0 = refusal.0.or(Some("it refuses a file with a mistake in it"));
                }
                add_column(found, table, None);
                Ok(())
            })
        };
        if let Err((wrong, lost)) = read {
            report.push(wrong.warning(lost));
            refusal.0 = refusal.0.or(Some("it refuses a file with a mistake in it"));
        }
        if full(table) {
            let message = format!("table `{}` has more columns or indexes than a server takes: {MOST_COLUMNS}", table.draft.name.text);
            let span = table.draft.name.span.unwrap_or_else(|| inside.here());
            return Err(Wrong { span, message, help: None });
        }
    }
    Ok(())
}

/// Whether nothing more goes into a table.
pub(super) fn full(table: &Table) -> bool {
    let draft = &table.draft;
    draft.columns.len().max(draft.indexes.len()).max(draft.foreign_keys.len()).max(draft.primary_keys.len()) >= MOST_COLUMNS
}

/// Puts a column and its keys into a table, at the end or at `place`.
pub(super) fn add_column(found: Declared, table: &mut Table, place: Option<usize>) {
    let draft = &mut table.draft;
    let place = place.unwrap_or(draft.columns.len()).min(draft.columns.len());
    draft.columns.insert(place, found.column);
    draft.primary_keys.extend(found.primary);
    draft.indexes.extend(found.unique);
    table.checks.extend(found.checks);
    if let Some(key) = found.references {
        add_key(Key::Foreign { name: None, index: None, key }, table);
    }
}

/// Puts a key into a table.
pub(super) fn add_key(found: Key, table: &mut Table) {
    match found {
        Key::Primary(key) => table.draft.primary_keys.push(key),
        Key::Index(index) => table.draft.indexes.push(index),
        Key::Foreign { name, index, key } => {
            let column = key.columns.first().map(|name| name.text.clone());
            table.of_foreign.extend(name.iter().cloned().chain(index).chain(column));
            table.draft.foreign_keys.push(key);
            table.foreign.push(name);
        }
        Key::Check(name) => table.checks.extend(name),
        Key::Other => {}
    }
}

/// What goctl makes of a table's keys: only a `PRIMARY KEY (…)` beside the columns counts for it.
#[derive(Debug, Default)]
struct Keyed {
    of_column: bool,
    of_table: bool,
}

impl Keyed {
    fn add(&mut self, found: Key, table: &mut Table) {
        self.of_table |= matches!(found, Key::Primary(_));
        add_key(found, table);
    }

    fn refusal(&self, table: &Table) -> Option<&'static str> {
        if !self.of_table {
            let of_column = "it finds no primary key that stands behind its column";
            return Some(if self.of_column { of_column } else { "its statement has no primary key" });
        }
        let known = |key: &KeyDraft| {
            key.parts.iter().all(|part| match part {
                PartDraft::Column { name, .. } => table.draft.columns.iter().any(|column| column.name.text == name.text),
                PartDraft::Expression(_) => false,
            })
        };
        let unique = table.draft.indexes.iter().filter(|index| index.unique).map(|index| &index.key);
        let all = table.draft.primary_keys.iter().chain(unique).all(known);
        (!all).then_some("a key names a column in another case, or one that is not there")
    }
}
