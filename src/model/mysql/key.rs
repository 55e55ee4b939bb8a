//! Keys: primary, unique and other indexes, foreign keys, checks (MySQL manual, 15.1.20; MariaDB, `CREATE TABLE`).

use super::goctl::{Refusal, expression};
use super::lex::{Kind, unquoted};
use super::reader::{Read, Reader, Wrong};
use crate::model::draft::{ForeignKeyDraft, IndexDraft, KeyDraft, PartDraft};
use crate::model::spec::Name;

/// What is declared beside columns.
#[derive(Debug)]
pub(super) enum Key {
    Primary(KeyDraft),
    Index(IndexDraft),
    Foreign {
        name: Option<String>,
        /// The name of the index that comes with it, where one is said.
        index: Option<String>,
        key: ForeignKeyDraft,
    },
    /// Its name.
    Check(Option<String>),
    /// A period.
    Other,
}

const INDEX: &str = "its grammar does not know what is said of an index";

/// Whether an element of a table is a key: only these words cannot be the name of a column.
pub(super) fn is_key(reader: &Reader<'_>) -> bool {
    let words = ["CONSTRAINT", "PRIMARY", "UNIQUE", "KEY", "INDEX", "FULLTEXT", "SPATIAL", "FOREIGN", "CHECK"];
    words.iter().any(|word| reader.at_words(&[word]))
        || reader.at_words(&["PERIOD", "FOR"])
        || reader.at_words(&["VECTOR", "INDEX"])
        || reader.at_words(&["VECTOR", "KEY"])
}

/// A key, from its first word.
pub(super) fn key(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<Key> {
    let mut symbol = None;
    if reader.eat(&["CONSTRAINT"]).is_some() && !is_key(reader) {
        if let Some(token) = reader.eat(&["IF", "NOT", "EXISTS"]) {
            refusal.at(Some(token), INDEX);
        }
        symbol = Some(reader.name("the name of the constraint")?);
    }
    let found = if reader.eat(&["PRIMARY", "KEY"]).is_some() {
        index_name(reader, refusal)?;
        Key::Primary(parts(reader, refusal)?)
    } else if reader.eat(&["UNIQUE"]).is_some() {
        reader.eat_any(&["KEY", "INDEX"]);
        let name = index_name(reader, refusal)?.or(symbol);
        Key::Index(index(reader, name, true, false, refusal)?)
    } else if reader.eat_any(&["KEY", "INDEX"]).is_some() {
        let name = index_name(reader, refusal)?;
        Key::Index(index(reader, name, false, false, refusal)?)
    } else if let Some(token) = reader.eat_any(&["FULLTEXT", "SPATIAL", "VECTOR"]) {
        if reader.is(Some(token), "VECTOR") {
            refusal.at(Some(token), INDEX);
        }
        reader.eat_any(&["KEY", "INDEX"]);
        let name = index_name(reader, refusal)?;
        Key::Index(index(reader, name, false, true, refusal)?)
    } else if let Some(token) = reader.eat(&["FOREIGN", "KEY"]) {
        refusal.at(Some(token), "it refuses foreign keys");
        let mut index = None;
        if reader.eat(&["IF", "NOT", "EXISTS"]).is_some() || !reader.at_punct(b'(') {
            let name = reader.name("the name of the key")?;
            index = Some(name.text.clone());
            symbol = symbol.or(Some(name));
        }
        let columns = names(reader, "the columns of the foreign key")?;
        Key::Foreign { name: symbol.map(|name| name.text), index, key: foreign_key(reader, columns)? }
    } else if reader.at_words(&["CHECK"]) {
        let name = skip_check(reader, refusal)?;
        Key::Check(symbol.map(|name| name.text).or(name))
    } else if let Some(token) = reader.eat(&["PERIOD", "FOR"]) {
        refusal.at(Some(token), "its grammar does not know `PERIOD`");
        reader.name("the name of the period")?;
        reader.group("the columns of the period")?;
        Key::Other
    } else {
        return Err(reader.expected("`PRIMARY KEY`, `UNIQUE`, `FOREIGN KEY` or `CHECK`"));
    };
    if matches!(found, Key::Primary(_) | Key::Index(_)) {
        options(reader, refusal)?;
    }
    if reader.done() { Ok(found) } else { Err(reader.expected("`,` or `)` behind the key")) }
}

/// `[IF NOT EXISTS] [name] [USING BTREE]`
pub(super) fn index_name(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<Option<Name>> {
    let token = reader.eat(&["IF", "NOT", "EXISTS"]);
    refusal.at(token, INDEX);
    let clustered = reader.eat_any(&["CLUSTERED", "NONCLUSTERED"]);
    refusal.at(clustered, INDEX);
    let mut name = None;
    let algorithm =
        (reader.at_words(&["USING"]) || reader.at_words(&["TYPE"])) && reader.ahead(1).is_some_and(|token| token.kind == Kind::Word);
    if !reader.at_punct(b'(') && !algorithm {
        name = Some(reader.name("the name of the index or `(`")?);
    }
    using(reader, refusal)?;
    Ok(name)
}

/// `USING BTREE`, and `TYPE BTREE` of old dumps.
fn using(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<bool> {
    let Some(token) = reader.eat_any(&["USING", "TYPE"]) else { return Ok(false) };
    let kind = reader.eat_any(&["BTREE", "HASH", "RTREE"]);
    if kind.is_none() {
        return Err(reader.expected("`BTREE`, `HASH` or `RTREE`"));
    }
    if reader.is(Some(token), "TYPE") || reader.is(kind, "RTREE") {
        refusal.at(Some(token), INDEX);
    }
    Ok(true)
}

/// An index from its parts on.
pub(super) fn index(reader: &mut Reader<'_>, name: Option<Name>, unique: bool, special: bool, refusal: &mut Refusal) -> Read<IndexDraft> {
    let key = parts(reader, refusal)?;
    Ok(IndexDraft { name, unique, special, key, include: Vec::new(), predicate: None })
}

/// More columns than a key has in MySQL (16) and MariaDB (32).
const MOST_PARTS: usize = 32;

/// `(a, b(10) DESC, (lower(c)))`
fn parts(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<KeyDraft> {
    let open = reader.here();
    let (inside, close) = reader.inside("the columns of the key")?;
    let span = open.to(reader.span(close));
    let elements = inside.elements();
    if elements.len() > MOST_PARTS {
        return Err(Wrong { span, message: format!("no server takes a key of more than {MOST_PARTS} columns"), help: None });
    }
    let parts = elements.into_iter().map(|mut element| part(&mut element, refusal)).collect::<Read<_>>()?;
    Ok(KeyDraft { parts, span: Some(span) })
}

fn part(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<PartDraft> {
    let first = reader.peek();
    let mut part = if reader.at_punct(b'(') {
        refusal.at(first, "its grammar does not know indexes on expressions");
        PartDraft::Expression(reader.group("an expression").map(|span| reader.written(span))?)
    } else {
        if first.is_some_and(|token| token.kind == Kind::Double) {
            refusal.at(first, "it keeps the double quotes of a name");
        }
        let name = reader.name("a column")?;
        let mut prefix = None;
        if reader.at_punct(b'(') {
            let (mut length, _) = reader.inside("the length of the prefix")?;
            prefix = length.eat_count();
            if prefix.is_none() || !length.done() {
                let help = Some("an expression stands in parentheses of its own: `((lower(a)))`");
                return Err(Wrong { help, ..length.expected("the length of the prefix") });
            }
        }
        PartDraft::Column { name, prefix, descending: false }
    };
    let descends = reader.eat(&["DESC"]).is_some();
    if let PartDraft::Column { descending, .. } = &mut part {
        *descending = descends;
    }
    if !descends {
        reader.eat(&["ASC"]);
    }
    if let Some(token) = reader.eat(&["WITHOUT", "OVERLAPS"]) {
        refusal.at(Some(token), INDEX);
        if let PartDraft::Column { name, .. } = &part {
            part = PartDraft::Expression(format!("{} WITHOUT OVERLAPS", name.text));
        }
    }
    if reader.done() { Ok(part) } else { Err(reader.expected("`,` or `)`")) }
}

/// What is said of an index behind its parts.
pub(super) fn options(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<()> {
    loop {
        let first = reader.peek();
        if using(reader, refusal)? {
        } else if reader.eat(&["KEY_BLOCK_SIZE"]).is_some() {
            reader.eat_punct(b'=');
            reader.advance();
        } else if reader.eat(&["WITH", "PARSER"]).is_some() {
            reader.name("the name of a parser")?;
        } else if reader.eat(&["COMMENT"]).is_some() {
            if reader.eat_text().is_none() {
                return Err(reader.expected("a comment in quotes"));
            }
        } else if reader.eat_any(&["VISIBLE", "INVISIBLE"]).is_some() {
        } else if reader.eat_any(&["IGNORED", "GLOBAL", "LOCAL", "CLUSTERED", "NONCLUSTERED"]).is_some()
            || reader.eat(&["NOT", "IGNORED"]).is_some()
        {
            refusal.at(first, INDEX);
        } else if reader.eat_any(&["ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE"]).is_some() {
            refusal.at(first, INDEX);
            reader.eat_punct(b'=');
            if reader.eat_text().is_none() {
                return Err(reader.expected("a text in quotes"));
            }
        } else if first.is_some_and(|token| token.kind == Kind::Word)
            && reader.ahead(1).is_some_and(|token| token.kind == Kind::Punct(b'='))
        {
            // MariaDB's engines: `CLUSTERING=YES`, `DISTANCE=cosine`.
            refusal.at(first, INDEX);
            reader.advance();
            reader.advance();
            reader.advance();
        } else {
            return Ok(());
        }
    }
}

/// `(a, b)`
fn names(reader: &mut Reader<'_>, what: &str) -> Read<Vec<Name>> {
    let (inside, _) = reader.inside(what)?;
    let name = |element: &mut Reader<'_>| {
        let name = element.name("a column")?;
        // MySQL takes, and ignores, the length of a prefix here.
        if element.at_punct(b'(') {
            element.group("a length")?;
        }
        if element.done() { Ok(name) } else { Err(element.expected("`,` or `)`")) }
    };
    inside.elements().iter_mut().map(name).collect()
}

/// `REFERENCES t (a) …`, from that word.
pub(super) fn foreign_key(reader: &mut Reader<'_>, columns: Vec<Name>) -> Read<ForeignKeyDraft> {
    if reader.eat(&["REFERENCES"]).is_none() {
        return Err(reader.expected("`REFERENCES`"));
    }
    let (qualifier, name) = table_name(reader)?;
    let table = qualifier.map_or_else(|| name.text.clone(), |qualifier| format!("{qualifier}.{}", name.text));
    let references = if reader.at_punct(b'(') {
        names(reader, "the columns referred to")?.into_iter().map(|name| name.text).collect()
    } else {
        Vec::new()
    };
    loop {
        if reader.eat(&["MATCH"]).is_some() {
            if reader.eat_any(&["FULL", "PARTIAL", "SIMPLE"]).is_none() {
                return Err(reader.expected("`FULL`, `PARTIAL` or `SIMPLE`"));
            }
        } else if reader.eat(&["ON", "DELETE"]).is_some()
            || (!reader.at_words(&["ON", "UPDATE", "CURRENT_TIMESTAMP"]) && reader.eat(&["ON", "UPDATE"]).is_some())
        {
            let done = reader.eat_any(&["RESTRICT", "CASCADE"]).is_some()
                || reader.eat(&["SET", "NULL"]).is_some()
                || reader.eat(&["SET", "DEFAULT"]).is_some()
                || reader.eat(&["NO", "ACTION"]).is_some();
            if !done {
                return Err(reader.expected("`RESTRICT`, `CASCADE`, `SET NULL` or `NO ACTION`"));
            }
        } else {
            return Ok(ForeignKeyDraft { columns, table, references });
        }
    }
}

/// `[CONSTRAINT [name]] CHECK (…) [[NOT] ENFORCED]`: the name.
pub(super) fn skip_check(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<Option<String>> {
    let mut name = None;
    if reader.eat(&["CONSTRAINT"]).is_some() && !reader.at_words(&["CHECK"]) {
        name = Some(reader.name("the name of the constraint")?.text);
    }
    if reader.eat(&["CHECK"]).is_none() {
        return Err(reader.expected("`CHECK (…)`"));
    }
    let start = reader.position();
    reader.group("a condition")?;
    expression(reader, start, refusal);
    let token = reader.eat(&["NOT", "ENFORCED"]).or_else(|| reader.eat(&["ENFORCED"]));
    refusal.at(token, "its grammar does not know `ENFORCED`");
    Ok(name)
}

/// `t`, `db.t`
pub(super) fn table_name(reader: &mut Reader<'_>) -> Read<(Option<String>, Name)> {
    // MySQL takes `.t` for `t`.
    reader.eat_punct(b'.');
    let first = reader.name("the name of a table")?;
    if reader.eat_punct(b'.').is_some() {
        let second = reader.name("the name of a table")?;
        if reader.at_punct(b'.') {
            let message = "a table has a database in front of it, and nothing else".to_owned();
            return Err(Wrong { span: reader.here(), message, help: None });
        }
        return Ok((Some(first.text), second));
    }
    Ok((None, first))
}

/// Words that MySQL takes for names, and goctl's grammar does not.
const KEYWORDS: &[&str] = &[
    "ALWAYS",
    "CAST",
    "CURDATE",
    "CURTIME",
    "DATE_ADD",
    "DATE_SUB",
    "EUR",
    "EXTRACT",
    "GEOMCOLLECTION",
    "GEOMETRY",
    "ISO",
    "JIS",
    "NATIONAL",
    "NOW",
    "NVARCHAR",
    "RETURNING",
    "SUBSTR",
    "SUBSTRING",
    "SYSDATE",
    "TRIM",
    "USA",
];

/// A name as goctl would have it: what is wrong with it, if anything.
pub(super) fn refuse_name(reader: &Reader<'_>, refusal: &mut Refusal) {
    let Some(token) = reader.peek() else { return };
    match token.kind {
        Kind::Double => refusal.at(Some(token), "it keeps the double quotes of a name"),
        Kind::Text => refusal.at(Some(token), "it takes no name in single quotes"),
        Kind::Punct(b'.') => refusal.at(Some(token), "it takes no name that begins with a dot"),
        Kind::Word if KEYWORDS.iter().any(|word| reader.is(Some(token), word)) => {
            refusal.at(Some(token), "a name is a keyword of its grammar");
        }
        Kind::Name if unquoted(token.kind, reader.raw(token)).contains('`') => refusal.at(Some(token), "it takes no backtick in a name"),
        _ => {}
    }
}
