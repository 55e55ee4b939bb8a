//! The tables as statement after statement leaves them.

use std::collections::BTreeMap;

use super::alter::{Renamed, add_new_key, alter, create_index, drop_index, drop_index_on, matters};
use super::head::{Reading, check_object};
use super::key::table_name;
use super::lex::tokens;
use super::reader::{Read, Reader};
use super::split::{Piece, Splitter};
use super::table::{Body, Created, Table, create, created_name};
use super::unknown::{Unknown, no_model};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::draft::Draft;
use crate::model::spec::{Dialect, Name};
use crate::source::FileId;

/// More columns than anybody copies.
const MOST_COPIED: usize = 100_000;

/// The tables of the files that were read.
#[derive(Debug, Default)]
pub(super) struct Schema {
    /// In the order they were created; those that were dropped leave a gap.
    tables: Vec<Option<Table>>,
    /// Where a table is: by its database and its name, and, for servers that do not mind, by its name in lower case.
    places: BTreeMap<(String, String), usize>,
    /// How many columns `LIKE` has copied: few words can ask for many.
    copied: usize,
    /// The database that `USE` names.
    database: String,
    /// What is said of tables that are not there.
    unknown: Unknown,
}

impl Schema {
    /// Adds what the statements of a file say.
    pub(super) fn read(&mut self, file: FileId, text: &str, report: &mut Report) {
        self.database.clear();
        let mut reading = Reading { file, text, report };
        let mut pieces = Splitter::new(text.as_bytes(), 0, text.len());
        while let Some(piece) = pieces.next() {
            if piece.block && !reading.is_routine(piece) {
                for piece in Splitter::new(text.as_bytes(), piece.start, piece.end) {
                    self.piece(piece, &mut reading);
                }
            } else if let Some(open) = self.piece(piece, &mut reading) {
                pieces.resume(open);
            }
        }
    }

    /// What is left of it. Tells of the tables that statements are about and that are not there.
    pub(super) fn draft(self, report: &mut Report) -> Draft {
        self.unknown.tell(&self.tables, &self.places, report);
        Draft { dialect: Dialect::MySql, tables: self.tables.into_iter().flatten().map(|table| table.draft).collect() }
    }

    /// Reads one piece. Where it is broken, and a text in it goes over the end of a line, the place of that text: its closing
    /// quote may be missing, and everything behind it be turned inside out.
    fn piece(&mut self, mut piece: Piece, reading: &mut Reading<'_>) -> Option<usize> {
        if let Some((open, at)) = piece.open {
            return reading.unfinished(piece, open, at);
        }
        if !reading.on_tables(piece.start) {
            piece.start = reading.check_head(piece)?;
            if !reading.on_tables(piece.start) {
                reading.check_head(piece);
                return None;
            }
        }
        let all = tokens(reading.text, piece.start, piece.end);
        let mut reader = Reader::new(reading.file, reading.text, &all, piece.end);
        // A `;` may be missing between two statements.
        while !reader.done() {
            let before = reader.position();
            if let Err(wrong) = self.statement(&mut reader, reading.report) {
                return reading.broken(wrong.warning("this statement is left out"), &all);
            }
            if reader.position() == before {
                return None;
            }
        }
        None
    }

    fn statement(&mut self, reader: &mut Reader<'_>, report: &mut Report) -> Read<()> {
        let at = |reader: &Reader<'_>, words: &[&str]| words.iter().any(|word| reader.is(reader.ahead(1), word));
        if reader.at_words(&["CREATE"]) {
            let kind = |by: &usize| {
                let before = ["OR", "REPLACE", "TEMPORARY", "ONLINE", "OFFLINE", "UNIQUE", "FULLTEXT", "SPATIAL", "VECTOR"];
                !before.iter().any(|word| reader.is(reader.ahead(*by), word))
            };
            let kind = reader.ahead((1..5).find(kind).unwrap_or(1));
            if reader.is(kind, "TABLE") {
                let start = reader.clone();
                let created = create(reader, report);
                if let (Err(_), Some((qualifier, name))) = (&created, created_name(start)) {
                    self.unknown.expected(self.folded_key(qualifier.as_deref(), &name.text));
                }
                self.create(created?, report);
                return Ok(());
            }
            if reader.is(kind, "INDEX") {
                reader.advance();
                let (qualifier, name, key, taken) = create_index(reader)?;
                let mut told = Report::new();
                self.change(qualifier, &name, false, |table| add_new_key(key, taken, table, &mut told));
                report.append(told);
                return Ok(());
            }
            check_object(reader)?;
        } else if reader.at_words(&["ALTER"]) && at(reader, &["TABLE", "IGNORE", "ONLINE"]) {
            reader.advance();
            while reader.eat_any(&["ONLINE", "IGNORE"]).is_some() {}
            reader.eat(&["TABLE"]);
            let if_exists = reader.eat(&["IF", "EXISTS"]).is_some();
            let (qualifier, name) = table_name(reader)?;
            let actions = reader.rest();
            let if_exists = if_exists || !matters(&actions);
            let mut renamed = None;
            let mut told = Report::new();
            self.change(qualifier.clone(), &name, if_exists, |table| renamed = alter(&actions, table, &mut told));
            report.append(told);
            if let Some(Renamed(to_database, to)) = renamed {
                self.rename((qualifier.clone(), &name), (to_database.or(qualifier), to), if_exists);
            }
        } else if reader.at_words(&["ALTER"]) {
            check_object(reader)?;
        } else if reader.at_words(&["DROP"]) {
            check_object(reader)?;
            reader.advance();
            return self.drop(reader, report);
        } else if reader.eat(&["RENAME", "TABLE"]).is_some() {
            let if_exists = reader.eat(&["IF", "EXISTS"]).is_some();
            for mut element in reader.elements() {
                let (qualifier, name) = table_name(&mut element)?;
                if element.eat(&["TO"]).is_none() {
                    return Err(element.expected("`TO` and the new name"));
                }
                let (to_database, to) = table_name(&mut element)?;
                self.rename((qualifier, &name), (to_database, to), if_exists);
            }
        } else if reader.eat(&["USE"]).is_some() {
            self.database = reader.name("a database")?.text;
        }
        reader.skip_all();
        Ok(())
    }

    fn drop(&mut self, reader: &mut Reader<'_>, report: &mut Report) -> Read<()> {
        if reader.at_words(&["INDEX"]) {
            let (index, if_exists, qualifier, name) = drop_index_on(reader)?;
            let mut told = Report::new();
            self.change(qualifier, &name, if_exists, |table| drop_index(table, &index, if_exists, &mut told));
            report.append(told);
        } else {
            reader.eat(&["TEMPORARY"]);
            if reader.eat_any(&["TABLE", "TABLES"]).is_some() {
                reader.eat(&["IF", "EXISTS"]);
                loop {
                    let (qualifier, name) = table_name(reader)?;
                    if let Some(at) = self.find(qualifier.as_deref(), &name.text)
                        && let Some(place) = self.tables.get_mut(at)
                    {
                        *place = None;
                    }
                    if reader.eat_punct(b',').is_none() {
                        break;
                    }
                }
                reader.eat_any(&["RESTRICT", "CASCADE"]);
                // The next statement, if a `;` is missing.
                return Ok(());
            }
        }
        reader.skip_all();
        Ok(())
    }

    fn find(&self, qualifier: Option<&str>, name: &str) -> Option<usize> {
        let database = qualifier.unwrap_or(&self.database).to_owned();
        let key = (database, name.to_owned());
        let there = |at: &usize| self.tables.get(*at).is_some_and(Option::is_some);
        let exact = self.places.get(&key).copied().filter(there);
        exact.or_else(|| self.places.get(&folded(key)).copied().filter(there))
    }

    fn insert(&mut self, table: Table) {
        let key = self.key(&table);
        self.places.insert(folded(key.clone()), self.tables.len());
        self.places.insert(key, self.tables.len());
        self.tables.push(Some(table));
    }

    fn key(&self, table: &Table) -> (String, String) {
        (table.draft.qualifier.clone().unwrap_or_else(|| self.database.clone()), table.draft.name.text.clone())
    }

    /// `USE` says where a table is that does not say so itself.
    fn qualify(&self, table: &mut Table) {
        if table.draft.qualifier.is_none() && !self.database.is_empty() {
            table.draft.qualifier = Some(self.database.clone());
        }
    }

    fn create(&mut self, created: Created, report: &mut Report) {
        let Created { name, qualifier, unless_exists, body } = created;
        let mut table = match body {
            Body::Columns(table) => *table,
            Body::Like(like_database, like) => {
                match self.find(like_database.as_deref(), &like.text).and_then(|at| self.tables.get(at)?.clone()) {
                    Some(table) => {
                        self.copied += table.draft.columns.len();
                        if self.copied > MOST_COPIED {
                            let found =
                                Diagnostic::warning(Code::UnusableTable, "more columns are copied with `LIKE` than ctl goes along with");
                            let found = match name.span {
                                Some(span) => found.at(span, "this table is left out"),
                                None => found,
                            };
                            return report.push(found);
                        }
                        table
                    }
                    None => {
                        self.unknown.expected(self.folded_key(qualifier.as_deref(), &name.text));
                        return report.push(no_model(&like, &name.text));
                    }
                }
            }
            Body::Nothing => return self.unknown.expected(self.folded_key(qualifier.as_deref(), &name.text)),
        };
        if table.draft.name != name {
            // A copy: it has no foreign keys (MySQL manual, 15.1.20.3), and goctl refuses it.
            table.draft.name = name;
            table.draft.qualifier = qualifier;
            table.draft.foreign_keys.clear();
            table.foreign.clear();
            table.draft.goctl_refuses = Some("it refuses `CREATE TABLE … LIKE`");
        }
        self.qualify(&mut table);
        let key = self.key(&table);
        if let Some(at) = self.places.get(&key).copied()
            && let Some(place) = self.tables.get_mut(at)
            && let Some(first) = place.as_ref().and_then(|known| known.draft.name.span)
        {
            let kept = if unless_exists { "the first one counts" } else { "this one counts" };
            let found = Diagnostic::warning(Code::UnusableTable, format!("table `{}` is created twice", table.draft.name.text));
            let found = match table.draft.name.span {
                Some(span) => found.at(span, kept),
                None => found,
            };
            report.push(found.and(first, "first created here"));
            if unless_exists {
                return;
            }
            *place = None;
        }
        self.insert(table);
    }

    fn change(&mut self, qualifier: Option<String>, name: &Name, if_exists: bool, work: impl FnOnce(&mut Table)) {
        match self.find(qualifier.as_deref(), &name.text).and_then(|at| self.tables.get_mut(at)?.as_mut()) {
            Some(table) => work(table),
            None if if_exists => {}
            None => self.unknown.met(self.folded_key(qualifier.as_deref(), &name.text), name),
        }
    }

    fn folded_key(&self, qualifier: Option<&str>, name: &str) -> (String, String) {
        folded((qualifier.unwrap_or(&self.database).to_owned(), name.to_owned()))
    }

    /// The new name of a table that is not there is as unknown, which needs no word.
    fn rename(&mut self, (qualifier, name): (Option<String>, &Name), (to_database, to): (Option<String>, Name), if_exists: bool) {
        let Some(at) = self.find(qualifier.as_deref(), &name.text) else {
            if !if_exists {
                self.unknown.met(self.folded_key(qualifier.as_deref(), &name.text), name);
            }
            return self.unknown.expected(self.folded_key(to_database.as_deref(), &to.text));
        };
        let Some(mut table) = self.tables.get_mut(at).and_then(Option::take) else { return };
        table.draft.name = to;
        table.draft.qualifier = to_database;
        self.qualify(&mut table);
        let key = self.key(&table);
        self.places.insert(folded(key.clone()), at);
        self.places.insert(key, at);
        if let Some(place) = self.tables.get_mut(at) {
            *place = Some(table);
        }
    }
}

fn folded((database, name): (String, String)) -> (String, String) {
    (database.to_lowercase(), name.to_lowercase())
}
