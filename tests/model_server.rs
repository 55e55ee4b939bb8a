//! Tables of real servers, started here: what they say is what was declared.

#![cfg(all(unix, feature = "datasource"))]
// Tests start processes and build and inspect real folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};

use ctl::diagnostic::Report;
use ctl::model::server::{self, Failure, Wanted};
use ctl::model::spec::{ColumnId, Default, Part, Schema, Table};
use ctl::model::{check, mysql};
use ctl::source::{Disk, Sources};
use support::databases::{MariaDb, Postgres};
use support::machine::{Ran, Temp, ctl, files, package, run};

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
    let (_, found) = of_mysql(&server.url("shop"), "user,usr,nosuch_*").unwrap();
    assert!(found.contains("no table of `shop` matches `usr`\nhelp: did you mean `user`?"), "{found}");
    assert!(found.contains("no table of `shop` matches `nosuch_*`") && found.matches("warning[unknown_table]").count() == 2, "{found}");
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
fn a_server_that_encrypts_only_says_so() {
    if let Some(server) = MariaDb::start(&["--require-secure-transport=ON"]) {
        let failure = of_mysql(&server.url("mysql"), "*").map(|_| ()).unwrap_err();
        let help = failure.help.unwrap();
        assert!(help.ends_with("one who must encrypt needs `tls=skip-verify` or `tls=true`"), "{help}");
    }
    if let Some(server) = Postgres::start(&[]) {
        let rules = server.server.dir().join("data/pg_hba.conf");
        let text = fs::read_to_string(&rules).unwrap();
        fs::write(&rules, format!("hostnossl all all all reject\n{text}")).unwrap();
        server.run("postgres", "SELECT pg_reload_conf()").unwrap();
        let url = format!("{}?sslmode=disable", server.url("postgres"));
        let told = || of_postgres(&url, "", "*").map(|_| ()).unwrap_err().message;
        let wanted = format!("PostgreSQL at 127.0.0.1:{} does not take the user `postgres` without encryption", server.server.port);
        // The server reads its rules again in its own time.
        let mut message = told();
        for _ in 0..200 {
            if message == wanted {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
            message = told();
        }
        assert_eq!(message, wanted);
    }
}

/// What ctl says to a server that answers as `answer` does; the port and the words of the run.
fn against(answer: impl Fn(TcpStream) + Send + 'static, url: impl Fn(u16) -> String, words: &[&str]) -> (u16, Ran) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    // It waits for the next one until the test is over.
    std::thread::spawn(move || listener.incoming().map_while(Result::ok).for_each(answer));
    let temp = Temp::new();
    let ran = run(ctl(temp.path(), temp.path()).args(["model"]).args(words).args(["datasource", "-t", "*", "-url", &url(port)]), b"");
    assert!(!ran.err.contains("sesame"), "{}", ran.err);
    (port, ran)
}

#[test]
fn servers_that_misbehave_are_told_apart() {
    let mysql = |parameters: &'static str| move |port| format!("root:sesame@tcp(127.0.0.1:{port})/shop{parameters}");
    let postgres = |parameters: &'static str| move |port| format!("postgres://root:sesame@127.0.0.1:{port}/shop{parameters}");
    let again = "help: the server's log may say why; try again\n";
    let (port, ran) = against(drop, mysql(""), &["mysql"]);
    assert_eq!((ran.code, ran.err), (2, format!("error: MySQL at 127.0.0.1:{port} closed the connection\n{again}")));
    let (port, ran) = against(drop, postgres("?sslmode=disable"), &["pg"]);
    assert_eq!((ran.code, ran.err), (2, format!("error: PostgreSQL at 127.0.0.1:{port} closed the connection\n{again}")));
    // Half of an answer.
    let half = |mut stream: TcpStream| drop(stream.write_all(b"\x4a\0\0\0\x0a5.5.5"));
    let (port, ran) = against(half, mysql(""), &["mysql"]);
    assert_eq!((ran.code, ran.err), (2, format!("error: MySQL at 127.0.0.1:{port} closed the connection\n{again}")));
    // MySQL's refusal; MariaDB has none of its own.
    let encrypt = |mut stream: TcpStream| {
        let text = b"\xff\x57\x0c#HY000Connections using insecure transport are prohibited while --require_secure_transport=ON.";
        let _ = stream.write_all(&[&[u8::try_from(text.len()).unwrap(), 0, 0, 0], text.as_slice()].concat());
        std::mem::forget(stream);
    };
    let (port, ran) = against(encrypt, mysql(""), &["mysql"]);
    let message = format!("error: MySQL at 127.0.0.1:{port} takes encrypted connections only\n");
    assert!(ran.code == 1 && ran.err.starts_with(&message), "{}", ran.err);
    let http = |mut stream: TcpStream| drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n"));
    let (port, ran) = against(http, postgres(""), &["pg"]);
    let message = format!("error: what answers at 127.0.0.1:{port} does not speak PostgreSQL's protocol\n");
    assert!(ran.code == 2 && ran.err.starts_with(&message) && !ran.err.contains("sqlx"), "{}", ran.err);
    // Never a word: what ctl does is told after a second.
    let silent = |stream: TcpStream| std::mem::forget(stream);
    let help = "help: check the address; if the server is only slow, add";
    let (port, ran) = against(silent, mysql("?timeout=1500ms"), &["mysql"]);
    let told = format!(
        "connecting to MySQL at 127.0.0.1:{port} …\nerror: MySQL at 127.0.0.1:{port} did not answer within 1.5 s\n{help} `timeout=30s` to the data source\n"
    );
    assert_eq!((ran.code, ran.err), (2, told));
    let (port, ran) = against(silent, postgres("?connect_timeout=2"), &["pg"]);
    let told = format!(
        "connecting to PostgreSQL at 127.0.0.1:{port} …\nerror: PostgreSQL at 127.0.0.1:{port} did not answer within 2 s\n{help} `connect_timeout=30` to the data source\n"
    );
    assert_eq!((ran.code, ran.err), (2, told));
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
    let (_, found) = of_postgres(&server.url("shop"), "", "*,nosuch").unwrap();
    assert!(found.contains("warning[unknown_table]: no table of `public` matches `nosuch`"), "{found}");
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

/// What MariaDB calls the types of `CREATE TABLE` that are other names for its own (MariaDB Knowledge Base, "Data Types";
/// "JSON Data Type" is LONGTEXT with a check).
const OTHER_NAMES: [(&str, &str); 35] = [
    ("bool", "tinyint"),
    ("boolean", "tinyint"),
    ("int1", "tinyint"),
    ("int2", "smallint"),
    ("int3", "mediumint"),
    ("middleint", "mediumint"),
    ("int4", "int"),
    ("integer", "int"),
    ("int8", "bigint"),
    ("serial", "bigint"),
    ("dec", "decimal"),
    ("numeric", "decimal"),
    ("number", "decimal"),
    ("fixed", "decimal"),
    ("float4", "float"),
    ("float8", "double"),
    ("real", "double"),
    ("doubleprecision", "double"),
    ("double precision", "double"),
    ("character", "char"),
    ("nchar", "char"),
    ("national char", "char"),
    ("varcharacter", "varchar"),
    ("nvarchar", "varchar"),
    ("varchar2", "varchar"),
    ("character varying", "varchar"),
    ("national varchar", "varchar"),
    ("long", "mediumtext"),
    ("long varchar", "mediumtext"),
    ("longvarchar", "mediumtext"),
    ("long varbinary", "mediumblob"),
    ("longvarbinary", "mediumblob"),
    ("raw", "varbinary"),
    ("geomcollection", "geometrycollection"),
    ("json", "longtext"),
];

/// What a model is made of, in lines that do not depend on who says it: the type by MariaDB's own name, not its width; whether
/// there is a default, not how it is written; indexes and foreign keys without their names, in order.
fn facts(schema: &Schema) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for table in &schema.tables {
        let name = &table.name.text;
        for (place, column) in table.columns.iter().enumerate() {
            let own = column.ty.key.as_str();
            let key = OTHER_NAMES.iter().find(|(other, _)| *other == own).map_or(own, |(_, name)| name);
            let generated = column.generated.as_ref().map(|generated| generated.stored);
            lines.insert(format!(
                "{name}.{place} {} {key} {:?} unsigned {} null {} auto {} update {} default {} generated {generated:?} {:?}",
                column.name.text,
                column.ty.values,
                column.ty.unsigned,
                column.nullable,
                column.auto_increment,
                column.on_update,
                column.default.is_some(),
                column.comment,
            ));
        }
        lines.insert(format!("{name} primary key ({}) {:?}", names(table, &table.primary_key), table.comment));
        for key in &table.foreign_keys {
            lines.insert(format!("{name} ({}) -> {} {:?}", names(table, &key.columns), key.table, key.references));
        }
        for index in &table.indexes {
            let parts: Vec<String> = index.parts.iter().map(|part| self::part(table, part)).collect();
            let of_foreign_key = table.foreign_keys.iter().any(|key| names(table, &key.columns) == parts.join(", "));
            // The server makes one of its own where a foreign key has none.
            if index.unique || !of_foreign_key {
                lines.insert(format!("{name} {}{}({})", word(index.unique, "unique "), word(index.special, "special "), parts.join(", ")));
            }
        }
    }
    lines
}

/// The SQL of our tests by title: constructs, cases, the example.
fn sql_of_the_tests() -> Vec<(String, String)> {
    let text = fs::read_to_string(package().join("tests/sql/constructs.txt")).unwrap();
    let mut all: Vec<(String, String)> = Vec::new();
    for block in text.split("\n\n").map(str::trim).filter(|block| block.starts_with("# ")) {
        let (title, rest) = block.split_once('\n').unwrap();
        let sql = rest.lines().filter(|line| !line.starts_with("= ") && !line.starts_with("! ")).collect::<Vec<_>>().join("\n");
        let first = sql.lines().next().unwrap_or_default();
        all.push((format!("{}: {first}", title.trim_start_matches("# ")), sql));
    }
    for dir in ["tests/cases", "examples"] {
        for path in files(&package().join(dir), ".sql") {
            all.push((path.strip_prefix(package()).unwrap().display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
    all
}

#[test]
fn mariadb_and_our_reading_of_sql_agree() {
    let Some(server) = MariaDb::start(&["--sql-mode="]) else { return };
    let known = fs::read_to_string(package().join("tests/known/model_server.txt")).unwrap();
    let known: BTreeSet<&str> = known.lines().filter_map(|line| line.strip_prefix("- ")?.split(" :: ").next()).collect();
    let (mut refused, mut differ, mut equal) = (String::new(), BTreeMap::new(), 0);
    for (title, sql) in sql_of_the_tests() {
        server.run("mysql", "CREATE OR REPLACE DATABASE model").unwrap();
        if let Err(why) = server.run("model", &sql) {
            writeln!(refused, "  {title}: {why}").unwrap();
            continue;
        }
        let mut sources = Sources::new(Disk::memory([]));
        let file = sources.add("a.sql", sql);
        let declared = facts(&check::check(mysql::parse(file, &sources, &mut Report::new()), &mut Report::new()));
        let said = of_mysql(&server.socket_url("model"), "*").map_or_else(|_| BTreeSet::new(), |(schema, _)| facts(&schema));
        let lines: Vec<String> = (declared.difference(&said).map(|line| format!("    ddl        {line}\n")))
            .chain(said.difference(&declared).map(|line| format!("    datasource {line}\n")))
            .collect();
        if lines.is_empty() {
            equal += 1;
        } else {
            differ.insert(title, lines.concat());
        }
    }
    println!("refused by the server at hand:\n{refused}");
    let unknown: String = differ.iter().filter(|(title, _)| !known.contains(title.as_str())).map(|(t, l)| format!("  {t}\n{l}")).collect();
    assert!(unknown.is_empty(), "declared and introspected differ:\n{unknown}");
    let gone: Vec<&&str> = known.iter().filter(|title| !differ.contains_key(**title)).collect();
    assert!(gone.is_empty(), "no longer different: {gone:?}");
    assert!(equal > 150, "only {equal} texts were compared:\n{refused}");
}
