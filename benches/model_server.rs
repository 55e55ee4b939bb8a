//! How fast the tables of a server are read: 1,000 of them with 10 columns each, and the indexes of a shop.

// A bench reports to the terminal; it starts servers.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

#[cfg(all(unix, feature = "datasource"))]
#[path = "../tests/support/mod.rs"]
mod support;

#[cfg(not(all(unix, feature = "datasource")))]
fn main() {
    println!("no servers to read from");
}

#[cfg(all(unix, feature = "datasource"))]
fn main() {
    use ctl::diagnostic::Report;
    use ctl::model::server::{self, Wanted};
    use support::databases::{MariaDb, Postgres};

    const TABLES: usize = 1_000;
    println!("{TABLES} tables of a server, connection included, seconds: first, best of 5 (wanted: below 2)");
    let wanted = Wanted::new(["*"], &mut Report::new());
    if let Some(db) = MariaDb::start(&["--innodb-flush-log-at-trx-commit=0", "--table-open-cache=400"]) {
        db.run("mysql", "CREATE DATABASE bench").unwrap();
        for part in 0..10 {
            let key = "bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY";
            db.run("bench", &tables(part * TABLES / 10..(part + 1) * TABLES / 10, key)).unwrap();
        }
        time("MariaDB", || server::mysql(&db.url("bench"), &wanted, &mut Report::new(), &mut |_| {}).unwrap().draft.tables.len());
    }
    if let Some(db) = Postgres::start(&[]) {
        db.run("postgres", "CREATE DATABASE bench").unwrap();
        db.run("bench", &tables(0..TABLES, "bigserial PRIMARY KEY")).unwrap();
        time("PostgreSQL", || server::postgres(&db.url("bench"), "", &wanted, &mut Report::new(), &mut |_| {}).unwrap().draft.tables.len());
    }

    fn time(what: &str, read: impl Fn() -> usize) {
        let run = || {
            let start = std::time::Instant::now();
            assert_eq!(read(), TABLES);
            start.elapsed().as_secs_f64()
        };
        let first = run();
        let best = (0..5).map(|_| run()).fold(f64::INFINITY, f64::min);
        println!("  {what:<12} {first:.3} {best:.3}");
    }
}

/// The same tables for both servers.
#[cfg(all(unix, feature = "datasource"))]
fn tables(numbers: std::ops::Range<usize>, key: &str) -> String {
    let table = |i| {
        let of = if i == 0 { String::new() } else { ", FOREIGN KEY (owner) REFERENCES thing_0 (id)".to_owned() };
        let owner = if key.contains("unsigned") { "bigint unsigned" } else { "bigint" };
        format!(
            "CREATE TABLE thing_{i} (id {key}, owner {owner}, name varchar(64) NOT NULL DEFAULT '', email varchar(128) NOT NULL, \
             state smallint NOT NULL DEFAULT 0, price decimal(10,2), note text, born date, created_at timestamp NOT NULL DEFAULT \
             CURRENT_TIMESTAMP, updated_at timestamp NULL, CONSTRAINT uk_{i} UNIQUE (email), CONSTRAINT un_{i} UNIQUE (name, state){of}); \
             CREATE INDEX idx_{i} ON thing_{i} (owner);\n"
        )
    };
    numbers.map(table).collect()
}
