//! PostgreSQL: from `pg_catalog` to drafts (contract: model 3, 14; PostgreSQL manual, chapter 53).
//!
//! Columns of the catalogue that came after PostgreSQL 9.5 are read through `to_jsonb`, which gives NULL where they are not.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::str::FromStr;

use sqlx::Row;
use sqlx::postgres::{PgConnectOptions, PgRow, PgSslMode};

use super::dsn::{Place, Target, Tls};
use super::failure::{Peer, Product};
use super::wanted::Kind;
use super::{Failure, ask};
use crate::model::draft::{ColumnDraft, ForeignKeyDraft, IndexDraft, KeyDraft, PartDraft, TableDraft};
use crate::model::spec::{ColumnType, Default, Generated, Name};

/// Tables with their columns; one row without a table for a schema that has none. Joins, no query for each row: those cost
/// so much in the server's own estimate that it compiles them first.
const COLUMNS: &str = "\
    SELECT c.relname::text AS rel, c.relkind::text AS kind, coalesce(rd.description, '') AS rel_comment, \
      part.id IS NOT NULL AS partition, \
      a.attname::text AS name, t.typname::text AS type_name, format_type(a.atttypid, a.atttypmod) AS type_text, \
      a.attnotnull OR t.typnotnull AS not_null, coalesce(pg_get_expr(d.adbin, d.adrelid), t.typdefault) AS default_text, \
      coalesce(CASE WHEN a.attnotnull AND t.typname IN ('int2', 'int4', 'int8') THEN to_jsonb(a) ->> 'attidentity' END, '') <> '' \
        AS identity, \
      coalesce(CASE WHEN a.atthasdef THEN to_jsonb(a) ->> 'attgenerated' END, '') AS generated, coalesce(ad.description, '') AS comment, \
      base.name::text AS base, labels.all AS labels \
    FROM pg_catalog.pg_namespace n \
    LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f') \
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
    LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid \
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum \
    LEFT JOIN pg_catalog.pg_description rd ON rd.objoid = c.oid AND rd.objsubid = 0 AND rd.classoid = 'pg_catalog.pg_class'::regclass \
    LEFT JOIN pg_catalog.pg_description ad ON ad.objoid = c.oid AND ad.objsubid = a.attnum \
      AND ad.classoid = 'pg_catalog.pg_class'::regclass \
    LEFT JOIN (SELECT h.inhrelid AS id FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class p ON p.oid = h.inhparent \
      WHERE p.relkind = 'p') AS part ON part.id = c.oid \
    LEFT JOIN (SELECT enumtypid AS id, array_agg(enumlabel::text ORDER BY enumsortorder) AS all FROM pg_catalog.pg_enum \
      GROUP BY enumtypid) AS labels ON labels.id = t.oid \
    LEFT JOIN (WITH RECURSIVE below AS (SELECT oid AS id, typbasetype AS next FROM pg_catalog.pg_type WHERE typtype = 'd' \
      UNION ALL SELECT below.id, b.typbasetype FROM below JOIN pg_catalog.pg_type b ON b.oid = below.next WHERE b.typtype = 'd') \
      SELECT below.id, b.typname AS name FROM below JOIN pg_catalog.pg_type b ON b.oid = below.next WHERE b.typtype <> 'd') \
      AS base ON base.id = t.oid \
    WHERE n.nspname = $1 ORDER BY a.attnum";

/// The columns of every index that holds: key columns, for each of which there is an option, and those carried along; their
/// names from the table, since the index has those of the day it was made.
const INDEXES: &str = "\
    SELECT c.relname::text AS rel, x.relname::text AS index, i.indisprimary AS is_primary, i.indisunique AS is_unique, \
      m.amname::text AS method, a.attname::text AS name, b.attname::text AS name_in_index, \
      b.attnum > 1 + array_upper(i.indoption, 1) AS included, coalesce(i.indoption[b.attnum - 1] & 1, 0) = 1 AS descending, \
      CASE WHEN i.indkey[b.attnum - 1] = 0 THEN pg_get_indexdef(i.indexrelid, b.attnum, true) END AS expression, \
      pg_get_expr(i.indpred, i.indrelid) AS predicate \
    FROM pg_catalog.pg_index i \
    JOIN pg_catalog.pg_class c ON c.oid = i.indrelid \
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
    JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid \
    JOIN pg_catalog.pg_am m ON m.oid = x.relam \
    JOIN pg_catalog.pg_attribute b ON b.attrelid = i.indexrelid AND b.attnum > 0 \
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[b.attnum - 1] AND a.attnum > 0 \
    WHERE n.nspname = $1 AND i.indisvalid ORDER BY c.relname, x.relname, b.attnum";

/// Foreign keys, those apart that the server makes for the partitions behind one.
const FOREIGN_KEYS: &str = "\
    SELECT c.relname::text AS rel, place::int4 AS place, a.attname::text AS name, s.nspname::text AS of_schema, \
      r.relname::text AS of_table, f.attname::text AS of_column \
    FROM pg_catalog.pg_constraint k \
    JOIN pg_catalog.pg_class c ON c.oid = k.conrelid \
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
    JOIN pg_catalog.pg_class r ON r.oid = k.confrelid \
    JOIN pg_catalog.pg_namespace s ON s.oid = r.relnamespace \
    CROSS JOIN LATERAL generate_series(1, cardinality(k.conkey)) AS place \
    JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[place] \
    JOIN pg_catalog.pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = k.confkey[place] \
    WHERE n.nspname = $1 AND k.contype = 'f' AND coalesce(to_jsonb(k) ->> 'conparentid', '0') = '0' \
    ORDER BY c.relname, k.conname, place";

/// All tables and views of a schema of the target's database.
pub(super) async fn read(target: &Target, schema: &str, doing: &RefCell<String>) -> Result<Vec<(Kind, TableDraft)>, Failure> {
    let peer = Peer { product: Product::Postgres, target };
    let mut connection = ask::connect(peer, &options(target), doing).await?;
    let query = |text: &'static str| sqlx::query(text).bind(schema.to_owned());
    let columns = ask::rows(peer, "the columns", doing, query(COLUMNS).fetch_all(&mut connection)).await?;
    if columns.is_empty() {
        return Err(Failure::input(format!("{} has no schema `{schema}` in this database", peer.name())));
    }
    let indexes = ask::rows(peer, "the indexes", doing, query(INDEXES).fetch_all(&mut connection)).await?;
    let foreign_keys = ask::rows(peer, "the foreign keys", doing, query(FOREIGN_KEYS).fetch_all(&mut connection)).await?;
    ask::close(connection).await;
    drafts(&columns, &indexes, &foreign_keys, schema).map_err(|error| peer.failed(&error))
}

/// What the data source leaves open is as the environment says (`PGUSER`, `PGPASSWORD` …) and `~/.pgpass`, as in pgx.
fn options(target: &Target) -> PgConnectOptions {
    let url = url(target);
    let mut options = url.and_then(|url| PgConnectOptions::from_str(&url).ok()).unwrap_or_default();
    options = match &target.place {
        Place::Tcp(host, port) => options.host(host).port(*port),
        Place::Socket(path, port) => options.socket(path).port(*port),
        Place::Unsaid => options,
    };
    if let Some(user) = &target.user {
        options = options.username(user);
    }
    if let Some(password) = &target.password {
        options = options.password(&password.0);
    }
    if !target.database.is_empty() {
        options = options.database(&target.database);
    }
    options = match target.tls {
        None => options,
        Some(Tls::Off) => options.ssl_mode(PgSslMode::Disable),
        Some(Tls::Prefer) => options.ssl_mode(PgSslMode::Prefer),
        Some(Tls::Require) => options.ssl_mode(PgSslMode::Require),
        Some(Tls::VerifyCa) => options.ssl_mode(PgSslMode::VerifyCa),
        Some(Tls::VerifyFull) => options.ssl_mode(PgSslMode::VerifyFull),
    };
    let [authority, certificate, key] = &target.certificates;
    options = authority.iter().fold(options, |options, file| options.ssl_root_cert(file));
    options = certificate.iter().fold(options, |options, file| options.ssl_client_cert(file));
    key.iter().fold(options, |options, file| options.ssl_client_key(file))
}

/// The way to the line of `~/.pgpass`, which the client looks up for a URL alone; `None` where it is of no use.
fn url(target: &Target) -> Option<String> {
    let Place::Tcp(host, port) = &target.place else { return None };
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let host = if host.contains(':') { format!("[{host}]") } else { host.clone() };
    let user = target.user.as_deref().map(|user| format!("{}@", encoded(user))).unwrap_or_default();
    target.password.is_none().then(|| format!("postgres://{user}{host}:{port}/{}", encoded(&target.database)))
}

fn drafts(columns: &[PgRow], indexes: &[PgRow], foreign_keys: &[PgRow], schema: &str) -> Result<Vec<(Kind, TableDraft)>, sqlx::Error> {
    let mut all: BTreeMap<String, (Kind, TableDraft)> = BTreeMap::new();
    for row in columns {
        let Some(rel) = row.try_get::<Option<String>, _>("rel")? else { continue };
        let (_, table) = match all.entry(rel) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => {
                let found = table(row, entry.key(), schema)?;
                entry.insert(found)
            }
        };
        if let Some(name) = row.try_get::<Option<String>, _>("name")? {
            table.columns.push(column(row, name)?);
        }
    }
    for row in indexes {
        if let Some((_, table)) = all.get_mut(row.try_get::<&str, _>("rel")?) {
            add_to_index(table, row)?;
        }
    }
    for row in foreign_keys {
        if let Some((_, table)) = all.get_mut(row.try_get::<&str, _>("rel")?) {
            add_to_foreign_key(table, row, schema)?;
        }
    }
    Ok(all.into_values().collect())
}

fn table(row: &PgRow, name: &str, schema: &str) -> Result<(Kind, TableDraft), sqlx::Error> {
    let relkind: String = row.try_get("kind")?;
    let kind = match relkind.as_str() {
        "v" => Kind::View,
        "m" => Kind::MaterializedView,
        "f" => Kind::ForeignTable,
        _ if row.try_get("partition")? => Kind::Partition,
        _ => Kind::Table,
    };
    let table = TableDraft {
        name: self::name(name),
        qualifier: Some(schema.to_owned()),
        comment: row.try_get("rel_comment")?,
        columns: Vec::new(),
        primary_keys: Vec::new(),
        indexes: Vec::new(),
        foreign_keys: Vec::new(),
        goctl_refuses: (relkind == "p").then_some("it is partitioned, and goctl does not see its primary key"),
    };
    Ok((kind, table))
}

fn name(text: impl Into<String>) -> Name {
    Name { text: text.into(), span: None }
}

fn column(row: &PgRow, name: String) -> Result<ColumnDraft, sqlx::Error> {
    let text: Option<String> = row.try_get("default_text")?;
    let (identity, stored): (bool, String) = (row.try_get("identity")?, row.try_get("generated")?);
    let next = text.as_deref().is_some_and(|text| text.starts_with("nextval("));
    let (of_none, generated) = match text {
        Some(expression) if !stored.is_empty() => (None, Some(Generated { expression, stored: stored == "s" })),
        Some(text) => (default(text), None),
        None => (None, None),
    };
    Ok(ColumnDraft {
        name: self::name(name),
        ty: column_type(row)?,
        not_null: row.try_get("not_null")?,
        default: of_none,
        auto_increment: identity || next,
        generated,
        on_update: false,
        comment: row.try_get("comment")?,
        goctl: None,
    })
}

/// `'a'::character varying` is a literal, `NULL::character varying` none, `now()` an expression.
fn default(text: String) -> Option<Default> {
    let (value, behind) = match text.strip_prefix('\'').map(|rest| (rest, closing(rest))) {
        Some((rest, Some(end))) => (rest.get(..end).unwrap_or("").replace("''", "'"), rest.get(end + 1..).unwrap_or("")),
        Some((_, None)) => return Some(Default::Expression(text)),
        None => match text.split_once("::") {
            Some((value, _)) => (value.to_owned(), text.get(value.len()..).unwrap_or("")),
            None => (text.clone(), ""),
        },
    };
    let quoted = text.starts_with('\'');
    // One cast behind it, and nothing else.
    let cast = behind.is_empty()
        || behind
            .strip_prefix("::")
            .is_some_and(|ty| ty.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ' ' | '"' | '.' | '[' | ']' | '(' | ')' | ',')));
    let bare = value.trim_start_matches('(').trim_end_matches(')');
    let number = bare.strip_prefix('-').unwrap_or(bare).starts_with(|c: char| c.is_ascii_digit()) && bare.parse::<f64>().is_ok();
    match () {
        () if !cast => Some(Default::Expression(text)),
        () if quoted => Some(Default::Literal(value)),
        () if value.eq_ignore_ascii_case("NULL") => None,
        () if number => Some(Default::Literal(bare.to_owned())),
        () if matches!(value.as_str(), "true" | "false") => Some(Default::Literal(value)),
        () => Some(Default::Expression(text)),
    }
}

/// Where the quote that ends a text stands.
fn closing(rest: &str) -> Option<usize> {
    let mut quotes = rest.match_indices('\'').map(|(at, _)| at).peekable();
    while let Some(at) = quotes.next() {
        if quotes.next_if_eq(&(at + 1)).is_none() {
            return Some(at);
        }
    }
    None
}

fn column_type(row: &PgRow) -> Result<ColumnType, sqlx::Error> {
    let (own, text): (String, String) = (row.try_get("type_name")?, row.try_get("type_text")?);
    let base: Option<String> = row.try_get("base")?;
    let inside = text.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(inside, _)| inside);
    Ok(ColumnType {
        key: key(&own),
        base: base.as_deref().map(key),
        unsigned: false,
        arguments: inside.split(',').filter_map(|number| number.trim().parse().ok()).collect(),
        values: row.try_get::<Option<Vec<String>>, _>("labels")?.unwrap_or_default(),
        text,
    })
}

/// The names that goctl's types map knows (contract: model 3).
fn key(type_name: &str) -> String {
    match type_name {
        "int8" => "bigint".to_owned(),
        "int4" => "integer".to_owned(),
        "int2" => "smallint".to_owned(),
        "float8" => "double".to_owned(),
        "float4" => "float".to_owned(),
        "timestamptz" => "timestamp".to_owned(),
        "uuid" => "varchar".to_owned(),
        other => other.to_lowercase(),
    }
}

fn add_to_index(table: &mut TableDraft, row: &PgRow) -> Result<(), sqlx::Error> {
    let (index, column): (String, Option<String>) = (row.try_get("index")?, row.try_get("name")?);
    let (primary, included): (bool, bool) = (row.try_get("is_primary")?, row.try_get("included")?);
    let in_index: Option<String> = row.try_get("name_in_index")?;
    if primary && included {
        table.goctl_refuses = Some("goctl takes the columns that its primary key includes for key columns");
    } else if primary && in_index != column {
        table.goctl_refuses = Some("goctl does not see its primary key, whose column has been renamed");
    }
    if included && primary {
        return Ok(());
    }
    let (expression, descending): (Option<String>, bool) = (row.try_get("expression")?, row.try_get("descending")?);
    let part = match column {
        Some(column) => PartDraft::Column { name: name(column), prefix: None, descending },
        None => PartDraft::Expression(expression.unwrap_or_default()),
    };
    if primary {
        match table.primary_keys.first_mut() {
            Some(key) => key.parts.push(part),
            None => table.primary_keys.push(KeyDraft { parts: vec![part], span: None }),
        }
        return Ok(());
    }
    if table.indexes.last().and_then(|last| last.name.as_ref()).is_none_or(|name| name.text != index) {
        let method: String = row.try_get("method")?;
        table.indexes.push(IndexDraft {
            name: Some(name(index)),
            unique: row.try_get("is_unique")?,
            special: !matches!(method.as_str(), "btree" | "hash"),
            key: KeyDraft { parts: Vec::new(), span: None },
            include: Vec::new(),
            predicate: row.try_get("predicate")?,
        });
    }
    let Some(last) = table.indexes.last_mut() else { return Ok(()) };
    match part {
        PartDraft::Column { name, .. } if included => last.include.push(name),
        part => last.key.parts.push(part),
    }
    Ok(())
}

fn add_to_foreign_key(table: &mut TableDraft, row: &PgRow, schema: &str) -> Result<(), sqlx::Error> {
    let (of_schema, of_table): (String, String) = (row.try_get("of_schema")?, row.try_get("of_table")?);
    let (column, of_column): (String, String) = (row.try_get("name")?, row.try_get("of_column")?);
    let place: i32 = row.try_get("place")?;
    match table.foreign_keys.last_mut().filter(|_| place > 1) {
        Some(last) => {
            last.columns.push(name(column));
            last.references.push(of_column);
        }
        None => table.foreign_keys.push(ForeignKeyDraft {
            columns: vec![name(column)],
            table: if of_schema == schema { of_table } else { format!("{of_schema}.{of_table}") },
            references: vec![of_column],
        }),
    }
    Ok(())
}

#[cfg(test)]
#[path = "postgres_tests.rs"]
mod tests;
