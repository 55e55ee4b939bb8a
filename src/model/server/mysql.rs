//! MySQL and MariaDB: from `information_schema` to drafts (contract: model 3; MySQL manual, 28.3; MariaDB Knowledge Base,
//! "Information Schema").
//!
//! The queries go as text: every value comes back as text, whatever type a server gives its catalogue's columns.

use std::cell::RefCell;
use std::collections::BTreeMap;

use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlRow, MySqlSslMode};
use sqlx::{AssertSqlSafe, Row};

use super::dsn::{Place, Target, Tls};
use super::failure::{Peer, Product};
use super::wanted::Kind;
use super::{Failure, ask};
use crate::model::draft::{ColumnDraft, ForeignKeyDraft, IndexDraft, KeyDraft, PartDraft, TableDraft};
use crate::model::spec::{ColumnType, Default, Generated, Name};

const TABLES: &str = "SELECT TABLE_NAME, TABLE_TYPE, TABLE_COMMENT, VERSION(), DATABASE() \
    FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()";

const COLUMNS: &str = "SELECT TABLE_NAME, ORDINAL_POSITION, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, \
    EXTRA, COLUMN_COMMENT, GENERATION_EXPRESSION FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()";

/// Indexes and foreign keys, in one query; `{EXPRESSION}` is the column of MySQL 8.0.13 and later. The columns of the two
/// halves have collations that need not agree: hence the casts.
const KEYS: &str = "SELECT 'index', CAST(TABLE_NAME AS CHAR), CAST(INDEX_NAME AS CHAR), SEQ_IN_INDEX, CAST(COLUMN_NAME AS CHAR), \
    CAST(NON_UNIQUE AS CHAR), CAST(SUB_PART AS CHAR), CAST(COLLATION AS CHAR), CAST(INDEX_TYPE AS CHAR), CAST({EXPRESSION} AS CHAR) \
    FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() \
    UNION ALL SELECT 'foreign key', CAST(TABLE_NAME AS CHAR), CAST(CONSTRAINT_NAME AS CHAR), ORDINAL_POSITION, CAST(COLUMN_NAME AS CHAR), \
    CAST(REFERENCED_TABLE_SCHEMA AS CHAR), CAST(REFERENCED_TABLE_NAME AS CHAR), CAST(REFERENCED_COLUMN_NAME AS CHAR), NULL, NULL \
    FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_NAME IS NOT NULL";

/// All tables and views of the target's database.
pub(super) async fn read(target: &Target, doing: &RefCell<String>) -> Result<Vec<(Kind, TableDraft)>, Failure> {
    let peer = Peer { product: Product::MySql, target };
    let mut connection = ask::connect(peer, &options(target), doing).await?;
    let tables = ask::rows(peer, "the tables", doing, rows(&mut connection, TABLES)).await?;
    let columns = ask::rows(peer, "the columns", doing, rows(&mut connection, COLUMNS)).await?;
    let version = tables.first().map(|row| Version::of(&row.text(3))).unwrap_or_default();
    let keys = KEYS.replace("{EXPRESSION}", if version.has_expressions() { "EXPRESSION" } else { "NULL" });
    let keys = ask::rows(peer, "the indexes", doing, rows(&mut connection, &keys)).await?;
    ask::close(connection).await;
    Ok(drafts(&tables, &columns, &keys, version))
}

async fn rows(connection: &mut MySqlConnection, query: &str) -> Result<Vec<Texts>, sqlx::Error> {
    let rows = sqlx::raw_sql(AssertSqlSafe(query.to_owned())).fetch_all(connection).await?;
    rows.iter().map(Texts::of).collect()
}

fn options(target: &Target) -> MySqlConnectOptions {
    // The session stays as the server makes it but for the character set.
    let options = MySqlConnectOptions::new().pipes_as_concat(false).no_engine_substitution(false).timezone(None);
    let options = match &target.place {
        Place::Tcp(host, port) => options.host(host).port(*port),
        Place::Socket(path, _) => options.socket(path),
        Place::Unsaid => options,
    };
    // As go-sql-driver: no encryption unless asked for.
    let options = options.database(&target.database).enable_cleartext_plugin(target.cleartext).ssl_mode(match target.tls {
        None | Some(Tls::Off) => MySqlSslMode::Disabled,
        Some(Tls::Prefer) => MySqlSslMode::Preferred,
        Some(Tls::Require) => MySqlSslMode::Required,
        Some(Tls::VerifyCa) => MySqlSslMode::VerifyCa,
        Some(Tls::VerifyFull) => MySqlSslMode::VerifyIdentity,
    });
    let options = options.username(target.user.as_deref().unwrap_or_default());
    match &target.password {
        Some(password) => options.password(&password.0),
        None => options,
    }
}

/// A row, every value as text.
struct Texts(Vec<Option<String>>);

impl Texts {
    fn of(row: &MySqlRow) -> Result<Self, sqlx::Error> {
        let text = |at| Ok(row.try_get_unchecked::<Option<Vec<u8>>, _>(at)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
        (0..row.len()).map(text).collect::<Result<_, sqlx::Error>>().map(Self)
    }

    /// Empty for NULL.
    fn text(&self, at: usize) -> String {
        self.get(at).unwrap_or_default().to_owned()
    }

    fn get(&self, at: usize) -> Option<&str> {
        self.0.get(at)?.as_deref()
    }

    fn number(&self, at: usize) -> u64 {
        self.get(at).and_then(|text| text.parse().ok()).unwrap_or(0)
    }
}

/// What the server calls its version: `8.0.36`, `10.11.6-MariaDB-1`, `5.5.5-10.3.39-MariaDB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Version {
    maria: bool,
    number: (u64, u64, u64),
}

impl Version {
    fn of(text: &str) -> Self {
        let maria = text.contains("MariaDB");
        // MariaDB 10 calls itself 5.5.5 first, for the sake of old clients.
        let text = if maria { text.strip_prefix("5.5.5-").unwrap_or(text) } else { text };
        let mut numbers = text.split(|c: char| !c.is_ascii_digit()).map(|number| number.parse().unwrap_or(0));
        let mut next = || numbers.next().unwrap_or(0);
        Self { maria, number: (next(), next(), next()) }
    }

    /// MySQL manual, 28.3.34: `EXPRESSION` came with functional key parts.
    fn has_expressions(self) -> bool {
        !self.maria && self.number >= (8, 0, 13)
    }

    /// MariaDB Knowledge Base, "Information Schema COLUMNS Table": since 10.2.7 literals are quoted and NULL is spelled out.
    fn quotes_defaults(self) -> bool {
        self.maria && self.number >= (10, 2, 7)
    }
}

fn drafts(tables: &[Texts], columns: &[Texts], keys: &[Texts], version: Version) -> Vec<(Kind, TableDraft)> {
    let mut all: BTreeMap<String, (Kind, TableDraft)> = BTreeMap::new();
    for row in tables {
        let kind = match row.text(1).as_str() {
            "BASE TABLE" | "SYSTEM VERSIONED" => Kind::Table,
            "VIEW" | "SYSTEM VIEW" => Kind::View,
            // Sequences and temporary tables of MariaDB.
            _ => continue,
        };
        let table = TableDraft {
            name: name(row.text(0)),
            qualifier: row.get(4).map(str::to_owned),
            // Of a view it says `VIEW`.
            comment: if kind == Kind::View { String::new() } else { row.text(2) },
            columns: Vec::new(),
            primary_keys: Vec::new(),
            indexes: Vec::new(),
            foreign_keys: Vec::new(),
            goctl_refuses: None,
        };
        all.insert(row.text(0), (kind, table));
    }
    let mut columns: Vec<&Texts> = columns.iter().collect();
    columns.sort_by_key(|row| row.number(1));
    for row in columns {
        if let Some((_, table)) = row.get(0).and_then(|of| all.get_mut(of)) {
            table.columns.push(column(row, version));
        }
    }
    let mut keys: Vec<&Texts> = keys.iter().collect();
    keys.sort_by_key(|row| (row.get(2), row.number(3)));
    for row in keys {
        if let Some((_, table)) = row.get(1).and_then(|of| all.get_mut(of)) {
            if row.get(0) == Some("index") { add_to_index(table, row) } else { add_to_foreign_key(table, row) }
        }
    }
    all.values_mut().for_each(|(_, table)| without_row_end(table));
    all.into_values().collect()
}

/// MariaDB puts the end of a row's time into every unique key of a table with versions (MariaDB Knowledge Base,
/// "System-Versioned Tables"): among the rows of today, which are all that a query sees, the rest of the key is unique.
fn without_row_end(table: &mut TableDraft) {
    let is_end = |column: &&ColumnDraft| column.generated.as_ref().is_some_and(|generated| generated.expression == "ROW END");
    let Some(end) = table.columns.iter().find(is_end).map(|column| column.name.text.clone()) else { return };
    let unique = table.indexes.iter_mut().filter(|index| index.unique).map(|index| &mut index.key);
    for key in table.primary_keys.iter_mut().chain(unique) {
        key.parts.retain(|part| !matches!(part, PartDraft::Column { name, .. } if name.text == end));
    }
}

fn name(text: impl Into<String>) -> Name {
    Name { text: text.into(), span: None }
}

fn column(row: &Texts, version: Version) -> ColumnDraft {
    let (extra, of_type) = (row.text(7).to_lowercase(), row.text(4));
    let generated = (extra.contains("virtual generated") || extra.contains("stored generated"))
        .then(|| Generated { expression: row.text(9), stored: extra.contains("stored") });
    let default = row.get(6).filter(|_| generated.is_none());
    ColumnDraft {
        name: name(row.text(2)),
        default: default.and_then(|text| self::default(text, &row.text(3), &extra, version)),
        ty: column_type(&row.text(3), &of_type),
        not_null: row.get(5) == Some("NO"),
        auto_increment: extra.contains("auto_increment"),
        generated,
        on_update: extra.contains("on update"),
        comment: row.text(8),
        goctl: None,
    }
}

/// What stands in `COLUMN_DEFAULT`: MariaDB shows it as SQL, MySQL the bare value, and says which values are expressions
/// (8.0) or leaves it to the type (5.7, where the one expression is CURRENT_TIMESTAMP of a time).
fn default(text: &str, key: &str, extra: &str, version: Version) -> Option<Default> {
    if version.quotes_defaults() {
        let number = text.strip_prefix('-').unwrap_or(text).starts_with(|c: char| c.is_ascii_digit());
        return match text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
            Some(quoted) => Some(Default::Literal(unescaped(quoted))),
            None if text.eq_ignore_ascii_case("NULL") => None,
            None if number => Some(Default::Literal(text.to_owned())),
            None => Some(Default::Expression(text.to_owned())),
        };
    }
    let now = matches!(key, "timestamp" | "datetime") && text.to_uppercase().starts_with("CURRENT_TIMESTAMP");
    let expression = extra.contains("default_generated") || now;
    Some(if expression { Default::Expression(text.to_owned()) } else { Default::Literal(text.to_owned()) })
}

/// From `DATA_TYPE` and `COLUMN_TYPE`: `enum`, `enum('a','b')`.
fn column_type(key: &str, text: &str) -> ColumnType {
    let key = key.to_lowercase();
    let inside = text.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')')).map_or("", |(inside, _)| inside);
    let of_values = matches!(key.as_str(), "enum" | "set");
    let behind = if of_values { "" } else { text };
    ColumnType {
        unsigned: behind.contains("unsigned") || behind.contains("zerofill"),
        arguments: if of_values { Vec::new() } else { inside.split(',').filter_map(|number| number.trim().parse().ok()).collect() },
        values: if of_values { values(inside) } else { Vec::new() },
        text: text.to_owned(),
        base: None,
        key,
    }
}

/// `'a','it''s'`
fn values(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(quoted) = rest.trim_start_matches([',', ' ']).strip_prefix('\'') {
        let mut chars = quoted.char_indices().peekable();
        let mut end = quoted.len();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => drop(chars.next()),
                '\'' if chars.next_if(|(_, next)| *next == '\'').is_none() => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        all.push(unescaped(quoted.get(..end).unwrap_or("")));
        rest = quoted.get(end + 1..).unwrap_or("");
    }
    all
}

/// The inside of a quoted text: `''` and what a server escapes with `\`.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\'' => {
                let _ = chars.next_if_eq(&'\'');
                out.push('\'');
            }
            '\\' => out.push(match chars.next() {
                Some('0') => '\0',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('Z') => '\u{1a}',
                Some(other) => other,
                None => '\\',
            }),
            c => out.push(c),
        }
    }
    out
}

fn add_to_index(table: &mut TableDraft, row: &Texts) {
    let part = match row.get(4) {
        Some(column) => PartDraft::Column {
            name: name(column),
            prefix: row.get(6).and_then(|length| length.parse().ok()),
            descending: row.get(7) == Some("D"),
        },
        None => PartDraft::Expression(row.text(9)),
    };
    let index = row.text(2);
    if index == "PRIMARY" {
        match table.primary_keys.first_mut() {
            Some(key) => key.parts.push(part),
            None => table.primary_keys.push(KeyDraft { parts: vec![part], span: None }),
        }
        return;
    }
    match table.indexes.last_mut().filter(|last| last.name.as_ref().is_some_and(|name| name.text == index)) {
        Some(last) => last.key.parts.push(part),
        None => table.indexes.push(IndexDraft {
            name: Some(name(index)),
            unique: row.get(5) == Some("0"),
            special: !matches!(row.text(8).as_str(), "BTREE" | "HASH"),
            key: KeyDraft { parts: vec![part], span: None },
            include: Vec::new(),
            predicate: None,
        }),
    }
}

fn add_to_foreign_key(table: &mut TableDraft, row: &Texts) {
    let of_table = match row.get(5) {
        Some(schema) if table.qualifier.as_deref() != Some(schema) => format!("{schema}.{}", row.text(6)),
        _ => row.text(6),
    };
    let columns = vec![name(row.text(4))];
    let references = vec![row.text(7)];
    match table.foreign_keys.last_mut().filter(|_| row.number(3) > 1) {
        Some(last) => {
            last.columns.extend(columns);
            last.references.extend(references);
        }
        None => table.foreign_keys.push(ForeignKeyDraft { columns, table: of_table, references }),
    }
}

#[cfg(test)]
#[path = "mysql_tests.rs"]
mod tests;
