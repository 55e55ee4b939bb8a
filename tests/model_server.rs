//! Tables of real servers, started here: what they say is what was declared.

#![cfg(all(unix, feature = "datasource"))]
// Tests start processes and build and inspect real folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fmt::Write;

use ctl::diagnostic::Report;
use ctl::model::check;
use ctl::model::server::{self, Failure, Wanted};
use ctl::model::spec::{ColumnId, Default, Part, Schema, Table};
use ctl::source::Sources;
use support::databases::{MariaDb, Postgres};

/// The schema of a MySQL database and what was found on the way.
fn of_mysql(url: &str, tables: &str) -> Result<(Schema, String), Failure> {
    let mut report = Report::new();
    let wanted = Wanted::new([tables], &mut report);
    let found = server::mysql(url, &wanted, &mut report, &mut |_| {})?;
    Ok((check::check(found.draft, &mut report), report.render(&Sources::default(), false)))
}

fn of_postgres(url: &str, schema: &str, tables: &str) -> Result<(Schema, String), Failure> {
    let mut report = Report::new();
    let wanted = Wanted::new([tables], &mut report);
    let found = server::postgres(url, schema, &wanted, &mut report, &mut |_| {})?;
    Ok((check::check(found.draft, &mut report), report.render(&Sources::default(), false)))
}

/// A schema as text: one line each table, column, key.
fn dump(schema: &Schema) -> String {
    let mut out = String::new();
    for table in &schema.tables {
        let qualifier = table.qualifier.as_deref().map(|name| format!("{name}.")).unwrap_or_default();
        writeln!(out, "{qualifier}{} {:?} {}", table.name.text, table.comment, table.goctl_refuses.unwrap_or("")).unwrap();
        for column in &table.columns {
            let mut line = format!("  {} {}", column.name.text, column.ty.key);
            write!(line, " `{}`", column.ty.text).unwrap();
            for argument in &column.ty.arguments {
                write!(line, " {argument}").unwrap();
            }
            column.ty.base.iter().for_each(|base| write!(line, " base={base}").unwrap());
            if !column.ty.values.is_empty() {
                write!(line, " {:?}", column.ty.values).unwrap();
            }
            for (word, said) in [
                ("unsigned", column.ty.unsigned),
                ("null", column.nullable),
                ("auto", column.auto_increment),
                ("on-update", column.on_update),
            ] {
                if said {
                    write!(line, " {word}").unwrap();
                }
            }
            match &column.default {
                Some(Default::Literal(text)) => write!(line, " default {text:?}").unwrap(),
                Some(Default::Expression(text)) => write!(line, " default ({text})").unwrap(),
                None => {}
            }
            if let Some(generated) = &column.generated {
                write!(line, " as ({}) {}", generated.expression, if generated.stored { "stored" } else { "virtual" }).unwrap();
            }
            if !column.comment.is_empty() {
                write!(line, " {:?}", column.comment).unwrap();
            }
            writeln!(out, "{line}").unwrap();
        }
        writeln!(out, "  primary key ({})", names(table, &table.primary_key)).unwrap();
        for index in &table.indexes {
            let parts: Vec<String> = index.parts.iter().map(|part| self::part(table, part)).collect();
            let name = index.name.as_ref().map_or("", |name| name.text.as_str());
            let mut line = format!("  {}{}{name} ({})", word(index.unique, "unique "), word(index.special, "special "), parts.join(", "));
            if !index.include.is_empty() {
                write!(line, " include ({})", names(table, &index.include)).unwrap();
            }
            index.predicate.iter().for_each(|text| write!(line, " where {text}").unwrap());
            writeln!(out, "{line}").unwrap();
        }
        for key in &table.foreign_keys {
            writeln!(out, "  ({}) -> {} ({})", names(table, &key.columns), key.table, key.references.join(", ")).unwrap();
        }
    }
    out
}

fn word(said: bool, word: &'static str) -> &'static str {
    if said { word } else { "" }
}

fn names(table: &Table, columns: &[ColumnId]) -> String {
    columns.iter().map(|id| table.column(*id).unwrap().name.text.as_str()).collect::<Vec<_>>().join(", ")
}

fn part(table: &Table, part: &Part) -> String {
    match part {
        Part::Column { column, prefix, descending } => {
            let prefix = prefix.map(|length| format!("({length})")).unwrap_or_default();
            format!("{}{prefix}{}", names(table, &[*column]), word(*descending, " desc"))
        }
        Part::Expression(text) => format!("<{text}>"),
    }
}

#[test]
fn mariadb_says_what_was_declared() {
    let Some(server) = MariaDb::start(&[]) else { return };
    server.run("mysql", "CREATE DATABASE shop").unwrap();
    server.run("shop", include_str!("model/mariadb.sql")).unwrap();
    let (schema, found) = of_mysql(&server.url("shop"), "*").unwrap();
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("model_server_mariadb", format!("{}{found}", dump(&schema)));
    });
    // The socket leads to the same, and names choose.
    let (schema, found) = of_mysql(&server.socket_url("shop"), "order_item, v_*,user*").unwrap();
    let names: Vec<&str> = schema.tables.iter().map(|table| table.name.text.as_str()).collect();
    assert_eq!(names, ["order_item", "user"]);
    assert!(found.contains("the view `v_user` is left out"), "{found}");
    let (schema, _) = of_mysql(&server.url("shop"), "v_user").unwrap();
    assert_eq!((schema.tables.len(), schema.tables[0].primary_key.len()), (1, 0));
    let told = |url: &str, tables: &str| of_mysql(url, tables).map(|_| ()).unwrap_err();
    let failure = told(&server.url("shop"), "usr");
    assert_eq!((failure.message.as_str(), failure.help.as_deref()), ("no table of `shop` matches `usr`", Some("did you mean `user`?")));
    let failure = told(&server.url("nowhere"), "*");
    assert_eq!((failure.message, failure.unable), (format!("MySQL at 127.0.0.1:{} has no database `nowhere`", server.server.port), false));
    let failure = told(&server.url("shop").replace("se/c@ret", "sesame"), "*");
    assert_eq!(failure.message, format!("MySQL at 127.0.0.1:{} does not let the user `root` in", server.server.port));
    let failure = told(&format!("{}?tls=true", server.url("shop")), "*");
    assert_eq!(failure.message, format!("MySQL at 127.0.0.1:{} does not encrypt, and the data source asks for it", server.server.port));
    server.run("shop", "CREATE DATABASE empty; CREATE USER poor@localhost IDENTIFIED BY 'p'").unwrap();
    let failure = told(&server.url("empty"), "*");
    assert_eq!((failure.message.as_str(), failure.help.as_deref()), ("no table of `empty` matches `*`", Some("it has no tables at all")));
    let failure = told(&server.url("shop").replace("root:se/c@ret", "poor:p"), "*");
    assert_eq!(failure.message, format!("MySQL at 127.0.0.1:{} does not let the user `poor` use the database `shop`", server.server.port));
}

#[test]
fn postgres_says_what_was_declared() {
    let Some(server) = Postgres::start(&[]) else { return };
    server.run("postgres", "CREATE DATABASE shop").unwrap();
    server.run("shop", include_str!("model/postgres.sql")).unwrap();
    let (schema, found) = of_postgres(&server.url("shop"), "", "*").unwrap();
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("model_server_postgres", format!("{}{found}", dump(&schema)));
    });
    let (schema, _) = of_postgres(&server.url("shop"), "other", "*").unwrap();
    assert_eq!(schema.tables.len(), 1);
    let told = |url: &str, schema: &str| of_postgres(url, schema, "*").map(|_| ()).unwrap_err();
    let at = format!("PostgreSQL at 127.0.0.1:{}", server.server.port);
    assert_eq!(told(&server.url("shop"), "nowhere").message, format!("{at} has no schema `nowhere` in this database"));
    assert_eq!(told(&server.url("shop"), "empty").help.as_deref(), Some("it has no tables at all"));
    assert_eq!(told(&server.url("nowhere"), "").message, format!("{at} has no database `nowhere`"));
    assert_eq!(
        told(&server.url("shop").replace("se%2Fc%40ret", "sesame"), "").message,
        format!("{at} does not let the user `postgres` in")
    );
    let failure = told(&format!("{}?sslmode=require", server.url("shop")), "");
    assert_eq!(failure.message, format!("{at} does not encrypt, and the data source asks for it"));
}
