//! The definition of a column: its type and its attributes, in whatever order (MySQL manual, 15.1.20; MariaDB, `CREATE TABLE`).

use super::comma::{column_behind, key_behind};
use super::default::{default, now};
use super::goctl::{self, Refusal, expression};
use super::key::{foreign_key, skip_check};
use super::lex::Kind;
use super::reader::{Read, Reader, Wrong};
use super::types::column_type;
use crate::diagnostic::Report;
use crate::model::draft::{ColumnDraft, ForeignKeyDraft, IndexDraft, KeyDraft, PartDraft};
use crate::model::spec::{Generated, GoctlColumn, Name};

/// A column, and the keys that were declared with it.
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) column: ColumnDraft,
    pub(super) primary: Option<KeyDraft>,
    pub(super) unique: Option<IndexDraft>,
    pub(super) references: Option<ForeignKeyDraft>,
    /// The names of its checks, those that have one.
    pub(super) checks: Vec<String>,
    /// Where `ALTER TABLE` puts it.
    pub(super) place: Option<Place>,
}

/// `FIRST`, `AFTER a`
#[derive(Debug)]
pub(super) enum Place {
    First,
    After(Name),
}

impl Place {
    /// It stands in a `CREATE TABLE`.
    pub(super) fn misplaced(&self, column: &Name, reader: &Reader<'_>) -> Wrong {
        let span = match self {
            Self::First => column.span,
            Self::After(name) => name.span,
        };
        let message = "`FIRST` and `AFTER` belong to `ALTER TABLE`".to_owned();
        Wrong { span: span.unwrap_or_else(|| reader.here()), message, help: None }
    }
}

const ATTRIBUTE: &str = "its grammar does not know an attribute of a column";

/// The definition behind the column's name. What is wrong before the type is complete loses the column; an attribute that
/// cannot be read is reported and passed over.
pub(super) fn definition(reader: &mut Reader<'_>, name: Name, refusal: &mut Refusal, report: &mut Report) -> Read<Declared> {
    let start = reader.position();
    let ty = column_type(reader, &name.text, refusal, report)?;
    let goctl = GoctlColumn { unsigned: goctl::says_unsigned(reader, start), ..GoctlColumn::default() };
    let serial = ty.key == "serial";
    let key_part = PartDraft::Column { name: name.clone(), prefix: None, descending: false };
    let key = KeyDraft { parts: vec![key_part], span: name.span };
    let column = ColumnDraft {
        name,
        ty,
        not_null: serial,
        default: None,
        auto_increment: serial,
        generated: None,
        on_update: false,
        comment: String::new(),
        goctl: Some(goctl),
    };
    let mut attributes = Attributes {
        declared: Declared { column, primary: None, unique: None, references: None, checks: Vec::new(), place: None },
        key,
        collated: false,
        other: false,
    };
    if serial {
        attributes.unique();
    }
    let mut told = false;
    while !reader.done() {
        let before = reader.position();
        let (key, start) = (key_behind(reader), reader.rest());
        let read = if key.is_some() { Ok(()) } else { attributes.read(reader, refusal) };
        let column = if read.is_err() && reader.position() == before { column_behind(&start) } else { None };
        if let Some((wrong, lost)) = key.or(column) {
            report.push(wrong.warning(lost));
            refusal.0 = refusal.0.or(Some(ATTRIBUTE));
            reader.skip_all();
            break;
        }
        if let Err(wrong) = read {
            if !told {
                report.push(wrong.warning("passed over"));
            }
            told = true;
            refusal.0 = refusal.0.or(Some(ATTRIBUTE));
        }
        if reader.position() == before {
            reader.advance();
        }
    }
    Ok(attributes.declared)
}

struct Attributes {
    declared: Declared,
    key: KeyDraft,
    /// `COLLATE` or something else was read: goctl wants the character set directly behind the type.
    collated: bool,
    other: bool,
}

impl Attributes {
    fn unique(&mut self) {
        let key = self.key.clone();
        self.declared.unique = Some(IndexDraft { name: None, unique: true, special: false, key, include: Vec::new(), predicate: None });
    }

    fn read(&mut self, reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<()> {
        if self.character_set(reader, refusal)? {
            return Ok(());
        }
        self.other = true;
        let column = &mut self.declared.column;
        if reader.eat(&["NOT", "NULL"]).is_some() {
            column.not_null = true;
        } else if reader.eat(&["NULL"]).is_some() {
            column.not_null = false;
        } else if reader.eat(&["DEFAULT"]).is_some() {
            let start = reader.position();
            column.default = default(reader, refusal)?;
            if let Some(goctl) = &mut column.goctl {
                goctl.default = goctl::sees_default(reader, start);
            }
        } else if reader.eat(&["ON", "UPDATE"]).is_some() {
            now(reader, refusal)?;
            column.on_update = true;
        } else if reader.eat(&["AUTO_INCREMENT"]).is_some() {
            column.auto_increment = true;
            column.not_null = true;
        } else if let Some(token) = reader.eat(&["AUTO_RANDOM"]) {
            // TiDB.
            refusal.at(Some(token), ATTRIBUTE);
            column.auto_increment = true;
            column.not_null = true;
            if reader.at_punct(b'(') {
                reader.group("a number")?;
            }
        } else if reader.eat(&["PRIMARY", "KEY"]).is_some() || reader.eat(&["PRIMARY"]).is_some() || reader.eat(&["KEY"]).is_some() {
            column.not_null = true;
            self.declared.primary = Some(self.key.clone());
            let clustered = reader.eat_any(&["CLUSTERED", "NONCLUSTERED"]);
            refusal.at(clustered, ATTRIBUTE);
        } else if reader.eat(&["UNIQUE"]).is_some() {
            reader.eat(&["KEY"]);
            self.unique();
        } else if reader.eat(&["COMMENT"]).is_some() {
            let text = reader.peek();
            column.comment = comment(reader, refusal)?;
            if let (Some(goctl), Some(text)) = (&mut column.goctl, text.filter(|text| !text.versioned)) {
                goctl.comment = goctl::comment(reader.raw(text));
            }
        } else if reader.eat(&["SERIAL", "DEFAULT", "VALUE"]).is_some() {
            column.not_null = true;
            column.auto_increment = true;
            self.unique();
        } else if reader.at_words(&["GENERATED"]) || reader.at_words(&["AS"]) {
            self.generated(reader, refusal)?;
        } else if reader.at_words(&["CHECK"]) || reader.at_words(&["CONSTRAINT"]) {
            self.declared.checks.extend(skip_check(reader, refusal)?);
        } else if let Some(token) = reader.peek().filter(|_| reader.at_words(&["REFERENCES"])) {
            refusal.at(Some(token), "it refuses `REFERENCES`");
            let name = column.name.clone();
            self.declared.references = Some(foreign_key(reader, vec![name])?);
        } else if reader.eat(&["FIRST"]).is_some() {
            self.declared.place = Some(Place::First);
        } else if reader.eat(&["AFTER"]).is_some() {
            self.declared.place = Some(Place::After(reader.name("the column in front of it")?));
        } else {
            storage(reader, refusal)?;
        }
        Ok(())
    }

    /// `CHARACTER SET x`, `COLLATE x`, `BINARY` and what else says how text is stored; whether there was any.
    fn character_set(&mut self, reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<bool> {
        const ORDER: &str = "its grammar wants the character set directly behind the type";
        let text = matches!(
            self.declared.column.ty.key.as_str(),
            "char"
                | "character"
                | "varchar"
                | "nchar"
                | "nvarchar"
                | "tinytext"
                | "text"
                | "mediumtext"
                | "longtext"
                | "longvarchar"
                | "enum"
                | "set"
        );
        let set = reader.eat(&["CHARACTER", "SET"]).or_else(|| reader.eat(&["CHAR", "SET"])).or_else(|| reader.eat(&["CHARSET"]));
        if let Some(token) = set {
            reader.name("a character set")?;
            if self.collated || self.other || !text || reader.is(Some(token), "CHAR") {
                refusal.at(Some(token), ORDER);
            }
            return Ok(true);
        }
        if reader.eat(&["COLLATE"]).is_some() {
            reader.name("a collation")?;
            self.collated = true;
            return Ok(true);
        }
        if let Some(token) = reader.eat(&["BINARY"]) {
            if self.collated || self.other || !text {
                refusal.at(Some(token), ORDER);
            }
            return Ok(true);
        }
        if let Some(token) = reader.eat_any(&["ASCII", "UNICODE"]) {
            refusal.at(Some(token), ATTRIBUTE);
            return Ok(true);
        }
        if self.declared.column.ty.key == "char"
            && let Some(token) = reader.eat(&["BYTE"])
        {
            refusal.at(Some(token), ATTRIBUTE);
            "binary".clone_into(&mut self.declared.column.ty.key);
            return Ok(true);
        }
        Ok(false)
    }

    /// `[GENERATED ALWAYS] AS (…) [VIRTUAL|STORED]`, and MariaDB's `PERSISTENT` and `AS ROW START`.
    fn generated(&mut self, reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<()> {
        let column = &mut self.declared.column;
        if reader.eat(&["GENERATED"]).is_some() && reader.eat(&["ALWAYS"]).is_none() {
            return Err(reader.expected("`ALWAYS AS (…)`"));
        }
        if reader.eat(&["AS"]).is_none() {
            return Err(reader.expected("`AS (…)`"));
        }
        if let Some(token) = reader.eat(&["ROW"]) {
            refusal.at(Some(token), ATTRIBUTE);
            let Some(which) = reader.eat_any(&["START", "END"]) else { return Err(reader.expected("`START` or `END`")) };
            let expression = format!("ROW {}", reader.raw(which));
            column.generated = Some(Generated { expression, stored: true });
            column.not_null = true;
            return Ok(());
        }
        let start = reader.position();
        let group = reader.group("the expression of a generated column")?;
        expression(reader, start, refusal);
        let persistent = reader.eat(&["PERSISTENT"]);
        refusal.at(persistent, ATTRIBUTE);
        let stored = reader.eat(&["STORED"]).is_some() || persistent.is_some();
        if !stored {
            reader.eat(&["VIRTUAL"]);
        }
        let written = reader.written(group);
        let expression = written.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(&written).to_owned();
        column.generated = Some(Generated { expression, stored });
        Ok(())
    }
}

/// The text behind `COMMENT`; several in a row are one.
fn comment(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<String> {
    let Some(mut text) = reader.eat_text() else { return Err(reader.expected("a comment in quotes")) };
    while let Some(token) = reader.peek().filter(|token| matches!(token.kind, Kind::Text | Kind::Double)) {
        refusal.at(Some(token), ATTRIBUTE);
        text.push_str(&reader.eat_text().unwrap_or_default());
    }
    Ok(text)
}

/// Attributes that say nothing about a model.
fn storage(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<()> {
    if reader.eat(&["COLUMN_FORMAT"]).is_some() {
        return reader
            .eat_any(&["FIXED", "DYNAMIC", "DEFAULT"])
            .map(drop)
            .ok_or_else(|| reader.expected("`FIXED`, `DYNAMIC` or `DEFAULT`"));
    }
    if reader.eat(&["STORAGE"]).is_some() {
        return reader.eat_any(&["DISK", "MEMORY", "DEFAULT"]).map(drop).ok_or_else(|| reader.expected("`DISK`, `MEMORY` or `DEFAULT`"));
    }
    let first = reader.peek();
    refusal.at(first, ATTRIBUTE);
    if reader.eat_any(&["VISIBLE", "INVISIBLE", "COMPRESSED"]).is_some() {
        if reader.eat_punct(b'=').is_some() {
            reader.name("a way to compress")?;
        }
        return Ok(());
    }
    if reader.eat(&["NOT", "SECONDARY"]).is_some()
        || reader.eat(&["WITH", "SYSTEM", "VERSIONING"]).is_some()
        || reader.eat(&["WITHOUT", "SYSTEM", "VERSIONING"]).is_some()
    {
        return Ok(());
    }
    if reader.eat(&["SRID"]).is_some() {
        return reader.eat_count().map(drop).ok_or_else(|| reader.expected("a number"));
    }
    if reader.eat_any(&["ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE"]).is_some() {
        reader.eat_punct(b'=');
        return reader.eat_text().map(drop).ok_or_else(|| reader.expected("a text in quotes"));
    }
    // MariaDB's engines have attributes of their own: `REF_SYSTEM_ID=101`, `'x'=y`.
    let named = first.is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Name));
    if named && reader.ahead(1).is_some_and(|token| token.kind == Kind::Punct(b'=')) {
        reader.advance();
        reader.advance();
        return reader.advance().map(drop).ok_or_else(|| reader.expected("a value"));
    }
    match first {
        Some(token) if token.kind == Kind::Word => {
            let message = format!("`{}` is not an attribute of a column", reader.raw(token));
            Err(Wrong { span: reader.span(token), message, help: None })
        }
        _ => Err(reader.expected("an attribute of the column, `,` or `)`")),
    }
}
