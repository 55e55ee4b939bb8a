//! Models of tables at work: made from real servers, run against them and a real Redis.

#![cfg(all(unix, feature = "datasource"))]
// Tests start servers and build and run real programs.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;

use support::databases::{MariaDb, Postgres};
use support::machine::{Go, Temp, ctl, need, package, run};
use support::servers;

/// The tables of the program, for both servers.
const TABLES: &str = "
    CREATE TABLE account (id bigint NOT NULL PRIMARY KEY, mail varchar(64) NOT NULL UNIQUE, name varchar(64) NOT NULL);
    CREATE TABLE ticket (id {numbered} PRIMARY KEY, code varchar(64) NOT NULL UNIQUE, note varchar(64), UNIQUE (code, id));
    CREATE TABLE seat (row_no bigint NOT NULL, place bigint NOT NULL, holder varchar(64) NOT NULL UNIQUE, PRIMARY KEY (row_no, place));
    CREATE TABLE alias (id bigint NOT NULL PRIMARY KEY, given varchar(64) NOT NULL,
        mail varchar(64) GENERATED ALWAYS AS (lower(given)) STORED UNIQUE, name varchar(64) NOT NULL);
    CREATE TABLE member (id bigint NOT NULL PRIMARY KEY, mail varchar(64) NOT NULL, name varchar(64) NOT NULL,
        created_at bigint NOT NULL DEFAULT 7, UNIQUE (mail, created_at));
    CREATE TABLE single (created_at bigint NOT NULL DEFAULT 7 PRIMARY KEY, name varchar(64) NOT NULL UNIQUE);
    CREATE TABLE queued (name varchar(64) NOT NULL PRIMARY KEY, seq {counted} UNIQUE);
";

#[test]
fn nothing_stale_is_read_from_mariadb() {
    let (true, Some(server), Some(redis)) = (need("go"), MariaDb::start(&[]), servers::redis()) else { return };
    server.run("mysql", "CREATE DATABASE shop").unwrap();
    let numbered = "bigint NOT NULL AUTO_INCREMENT";
    server.run("shop", &TABLES.replace("{numbered}", numbered).replace("{counted}", numbered)).unwrap();
    works("mysql", &server.url("shop"), ["mysql", &server.url("shop")], &redis.address);
}

#[test]
fn nothing_stale_is_read_from_postgres() {
    let (true, Some(server), Some(redis)) = (need("go"), Postgres::start(&[]), servers::redis()) else { return };
    server.run("postgres", "CREATE DATABASE shop").unwrap();
    let identity = "bigint GENERATED ALWAYS AS IDENTITY";
    server.run("shop", &TABLES.replace("{numbered}", identity).replace("{counted}", "bigserial")).unwrap();
    let url = format!("{}?sslmode=disable", server.url("shop"));
    works("pg", &url, ["postgres", &url], &redis.address);
}

/// Makes the models of all tables, builds the program of `tests/model_service` with them and runs it.
fn works(command: &str, url: &str, [driver, source]: [&str; 2], redis: &str) {
    let go = Go::module(&format!("model-service-{command}"));
    let home = Temp::new();
    let ran = run(ctl(&go.dir, home.path()).args(["model", command, "datasource", "-t", "*", "-url", url, "-c", "-dir", "db/model"]), b"");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = fs::read_to_string(package().join("tests/model_service/service_test.go")).unwrap();
    fs::write(go.dir.join("db/service_test.go"), text.replace("ctl.test/DATABASE/model", "ctl.test/db/model")).unwrap();
    let mut command = go.command(&["test", "-count=1", "-v", "./..."]);
    let ran = run(command.env("REDIS", redis).env("DRIVER", driver).env("SOURCE", source), b"");
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    for test in ["TestOrders", "TestSeeds", "TestNumbered", "TestCounted", "TestFilledInKey", "TestTwoColumns"] {
        assert!(ran.out.contains(&format!("--- PASS: {test}")), "{}", ran.out);
    }
}
