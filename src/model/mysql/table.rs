//! `CREATE TABLE` (MySQL manual, 15.1.20; MariaDB, `CREATE TABLE`): columns and keys one by one, so that a broken one costs no
//! other, and of what stands behind them the comment.

use super::column::{Declared, definition};
use super::goctl::Refusal;
use super::key::{Key, is_key, key, refuse_name, table_name};
use super::lex::{Kind, Token};
use super::reader::{Read, Reader, Wrong};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::draft::{KeyDraft, PartDraft, TableDraft};
use crate::model::spec::Name;

/// A table as the statements up to here leave it.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) draft: TableDraft,
    /// The names of its foreign keys, in their order.
    pub(super) foreign: Vec<Option<String>>,
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

/// Words that all versions want in backticks to be names (MySQL manual, 11.3; MariaDB, `Reserved Words`).
const RESERVED: &[&str] = &[
    "ADD",
    "ALL",
    "ALTER",
    "ANALYZE",
    "AND",
    "AS",
    "ASC",
    "BEFORE",
    "BETWEEN",
    "BIGINT",
    "BINARY",
    "BLOB",
    "BY",
    "CALL",
    "CASCADE",
    "CASE",
    "CHANGE",
    "CHAR",
    "CHARACTER",
    "COLLATE",
    "COLUMN",
    "CONDITION",
    "CONTINUE",
    "CONVERT",
    "CREATE",
    "CROSS",
    "CURSOR",
    "DATABASE",
    "DATABASES",
    "DECIMAL",
    "DECLARE",
    "DEFAULT",
    "DELAYED",
    "DELETE",
    "DESC",
    "DESCRIBE",
    "DISTINCT",
    "DIV",
    "DOUBLE",
    "DROP",
    "DUAL",
    "EACH",
    "ELSE",
    "ELSEIF",
    "ENCLOSED",
    "ESCAPED",
    "EXISTS",
    "EXIT",
    "EXPLAIN",
    "FALSE",
    "FETCH",
    "FLOAT",
    "FOR",
    "FORCE",
    "FROM",
    "GRANT",
    "GROUP",
    "HAVING",
    "IF",
    "IGNORE",
    "IN",
    "INNER",
    "INSERT",
    "INT",
    "INTEGER",
    "INTERVAL",
    "INTO",
    "IS",
    "ITERATE",
    "JOIN",
    "KEYS",
    "KILL",
    "LEADING",
    "LEAVE",
    "LEFT",
    "LIKE",
    "LIMIT",
    "LINES",
    "LOAD",
    "LOCK",
    "LONG",
    "LOOP",
    "MATCH",
    "MOD",
    "NATURAL",
    "NOT",
    "NULL",
    "NUMERIC",
    "ON",
    "OPTIMIZE",
    "OPTION",
    "OR",
    "ORDER",
    "OUT",
    "OUTER",
    "PROCEDURE",
    "PURGE",
    "RANGE",
    "READ",
    "REAL",
    "REFERENCES",
    "REGEXP",
    "RELEASE",
    "RENAME",
    "REPEAT",
    "REPLACE",
    "REQUIRE",
    "RESTRICT",
    "RETURN",
    "REVOKE",
    "RIGHT",
    "RLIKE",
    "SCHEMA",
    "SELECT",
    "SET",
    "SHOW",
    "SMALLINT",
    "SQL",
    "STARTING",
    "TABLE",
    "THEN",
    "TINYINT",
    "TO",
    "TRAILING",
    "TRIGGER",
    "TRUE",
    "UNION",
    "UNLOCK",
    "UPDATE",
    "USAGE",
    "USE",
    "USING",
    "VALUES",
    "VARCHAR",
    "WHEN",
    "WHERE",
    "WHILE",
    "WITH",
    "WRITE",
    "XOR",
];

/// Says of a name without backticks that it wants them. It is read all the same: what is meant is clear.
fn reserved(reader: &Reader<'_>, refusal: &mut Refusal, report: &mut Report) {
    let Some(token) = reader.peek().filter(|token| token.kind == Kind::Word && RESERVED.iter().any(|word| reader.is(Some(*token), word)))
    else {
        return;
    };
    if reader.ahead(1).is_none() {
        return;
    }
    let message = format!("`{}` is a reserved word: as a name it stands in backticks", reader.raw(token));
    report.push(Wrong { span: reader.span(token), message, help: None }.warning("read as a name all the same"));
    if !["DATABASE", "GROUP", "LEFT", "MOD", "ORDER", "RIGHT", "SCHEMA"].iter().any(|word| reader.is(Some(token), word)) {
        refusal.at(Some(token), "a name is a keyword of its grammar");
    }
}

/// Puts a column and its keys into a table, at the end or at `place`.
pub(super) fn add_column(found: Declared, table: &mut Table, place: Option<usize>) {
    let draft = &mut table.draft;
    let place = place.unwrap_or(draft.columns.len()).min(draft.columns.len());
    draft.columns.insert(place, found.column);
    draft.primary_keys.extend(found.primary);
    draft.indexes.extend(found.unique);
    if let Some(key) = found.references {
        draft.foreign_keys.push(key);
        table.foreign.push(None);
    }
}

/// Puts a key into a table.
pub(super) fn add_key(found: Key, table: &mut Table) {
    match found {
        Key::Primary(key) => table.draft.primary_keys.push(key),
        Key::Index(index) => table.draft.indexes.push(index),
        Key::Foreign { name, key } => {
            table.draft.foreign_keys.push(key);
            table.foreign.push(name);
        }
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

/// The options behind the columns. A word that begins a query comes back.
fn tail(reader: &mut Reader<'_>, table: &mut Table, refusal: &mut Refusal, report: &mut Report) -> Read<Option<Token>> {
    let mut told = false;
    while let Some(token) = reader.peek() {
        let word = |word: &str| reader.is(Some(token), word);
        if token.kind == Kind::Punct(b',') {
            reader.advance();
        } else if next_statement(reader) {
            return Ok(None);
        } else if word("AS") || word("SELECT") || word("IGNORE") || word("REPLACE") || query(reader, token) {
            reader.skip_all();
            return Ok(Some(token));
        } else if reader.eat(&["PARTITION", "BY"]).is_some() {
            partitions(reader, refusal)?;
        } else if reader.eat(&["COMMENT"]).is_some() {
            reader.eat_punct(b'=');
            match reader.eat_text() {
                Some(text) => table.draft.comment = text,
                None => {
                    report.push(reader.expected("the table's comment in quotes").warning("the table has no comment"));
                    refusal.0 = refusal.0.or(Some(OPTION));
                    reader.advance();
                }
            }
        } else if let Err(wrong) = option(reader, refusal) {
            if !told {
                report.push(wrong.warning("passed over"));
            }
            told = true;
            refusal.0 = refusal.0.or(Some(OPTION));
            reader.advance();
        }
    }
    Ok(None)
}

/// Whether a query begins here, but for its plain words: `WITH x AS …`, `(SELECT …)`, `((SELECT …`.
fn query(reader: &Reader<'_>, token: Token) -> bool {
    let second = reader.ahead(1);
    match token.kind {
        Kind::Punct(b'(') => {
            reader.is(second, "SELECT") || reader.is(second, "WITH") || second.is_some_and(|t| t.kind == Kind::Punct(b'('))
        }
        _ => reader.is(Some(token), "WITH") && !reader.is(second, "SYSTEM"),
    }
}

/// Whether a statement on a table begins here; a `;` may be missing before it (goctl does not want one).
fn next_statement(reader: &Reader<'_>) -> bool {
    let second = |words: &[&str]| words.iter().any(|word| reader.is(reader.ahead(1), word));
    (reader.at_words(&["CREATE"]) && second(&["TABLE", "TEMPORARY", "UNIQUE", "INDEX", "DATABASE", "VIEW", "OR"]))
        || (reader.at_words(&["ALTER"]) && second(&["TABLE"]))
        || (reader.at_words(&["DROP"]) && second(&["TABLE", "INDEX", "DATABASE", "VIEW"]))
        || (reader.at_words(&["INSERT"]) && second(&["INTO", "IGNORE"]))
        || (reader.at_words(&["SET"]) && reader.ahead(1).is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Punct(b'@'))))
        || (reader.at_words(&["USE"]) && reader.ahead(1).is_some())
        || reader.at_words(&["LOCK", "TABLES"])
}

const OPTION: &str = "its grammar does not know an option of a table";

/// Whether an option of a table begins here.
pub(super) fn option_word(reader: &Reader<'_>) -> bool {
    OPTIONS.iter().any(|(name, _)| reader.at_words(&[name])) || reader.ahead(1).is_some_and(|token| token.kind == Kind::Punct(b'='))
}

/// Options of one word, behind `DEFAULT` or not, with or without `=`: MySQL's, and those of MariaDB and TiDB.
const OPTIONS: &[(&str, bool)] = &[
    ("ENGINE", true),
    ("AUTO_INCREMENT", true),
    ("AVG_ROW_LENGTH", true),
    ("CHARSET", true),
    ("CHECKSUM", true),
    ("PAGE_CHECKSUM", true),
    ("COLLATE", true),
    ("COMPRESSION", true),
    ("CONNECTION", true),
    ("DELAY_KEY_WRITE", true),
    ("ENCRYPTION", true),
    ("INSERT_METHOD", true),
    ("KEY_BLOCK_SIZE", true),
    ("MAX_ROWS", true),
    ("MIN_ROWS", true),
    ("PACK_KEYS", true),
    ("PASSWORD", true),
    ("ROW_FORMAT", true),
    ("STATS_AUTO_RECALC", true),
    ("STATS_PERSISTENT", true),
    ("STATS_SAMPLE_PAGES", true),
    ("TABLESPACE", true),
    ("TYPE", false),
    ("AUTOEXTEND_SIZE", false),
    ("ENGINE_ATTRIBUTE", false),
    ("SECONDARY_ENGINE", false),
    ("SECONDARY_ENGINE_ATTRIBUTE", false),
    ("RAID_TYPE", false),
    ("TRANSACTIONAL", false),
    ("SEQUENCE", false),
    ("SHARD_ROW_ID_BITS", false),
    ("PRE_SPLIT_REGIONS", false),
    ("AUTO_ID_CACHE", false),
];

fn option(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<()> {
    let default = reader.eat(&["DEFAULT"]);
    let first = reader.peek();
    if reader.eat(&["CHARACTER", "SET"]).is_some() || reader.eat(&["CHAR", "SET"]).is_some() {
        if reader.is(first, "CHAR") {
            refusal.at(first, OPTION);
        }
    } else if reader.eat(&["DATA", "DIRECTORY"]).is_some() || reader.eat(&["INDEX", "DIRECTORY"]).is_some() {
    } else if reader.eat(&["UNION"]).is_some() {
        reader.eat_punct(b'=');
        return reader.group("tables").map(drop);
    } else if reader.eat(&["STORAGE"]).is_some() {
    } else if reader.eat(&["WITH", "SYSTEM", "VERSIONING"]).is_some() {
        refusal.at(first, OPTION);
        return Ok(());
    } else if reader.eat(&["START", "TRANSACTION"]).is_some() {
        // For goctl, which wants no `;`, it is a statement of its own.
        return Ok(());
    } else if let Some((name, known)) = OPTIONS.iter().find(|(name, _)| reader.at_words(&[name])) {
        reader.eat(&[name]);
        let odd = default.is_some() && !matches!(*name, "CHARSET" | "COLLATE");
        if !known || odd {
            refusal.at(first, OPTION);
        }
    } else if first.is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Name))
        && reader.ahead(1).is_some_and(|t| t.kind == Kind::Punct(b'='))
    {
        // The engines of MariaDB have options of their own.
        reader.advance();
        refusal.at(first, OPTION);
    } else {
        let shown = reader.shown(first);
        let (here, message) = (reader.here(), format!("expected an option of the table or `;`, found {shown}"));
        return Err(Wrong { span: here, message, help: None });
    }
    reader.eat_punct(b'=');
    match reader.peek() {
        Some(token) if token.kind == Kind::Punct(b'(') => reader.group("a value").map(drop),
        Some(token) if !matches!(token.kind, Kind::Punct(_) | Kind::NotText) => {
            reader.advance();
            Ok(())
        }
        _ => Err(reader.expected("a value")),
    }
}

/// What stands behind `PARTITION BY`: nothing a model needs.
fn partitions(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<()> {
    while let Some(token) = reader.peek() {
        if next_statement(reader) || reader.at_words(&["AS"]) || reader.at_words(&["SELECT"]) {
            return Ok(());
        }
        if reader.at_words(&["SYSTEM_TIME"]) {
            refusal.at(Some(token), "its grammar does not know how the table is partitioned");
        }
        if token.kind == Kind::Punct(b'(') {
            reader.group("partitions")?;
        } else if token.kind == Kind::Punct(b')') {
            return Err(reader.expected("the end of the partitions"));
        } else {
            reader.advance();
        }
    }
    Ok(())
}
