//! MySQL text to tables, over valid, damaged and hostile texts: never a panic, every place in the text, and no text that takes
//! more than its size.

// Tests read their own folders, and may fail loudly.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;

use ctl::diagnostic::Report;
use ctl::model::mysql::parse;
use ctl::source::{Disk, Sources};
use support::machine::package;
use support::{Dice, damaged, sql_laws};

/// The SQL of the constructs.
fn texts() -> Vec<String> {
    let text = fs::read_to_string(package().join("tests/sql/constructs.txt")).unwrap();
    let blocks = text.split("\n\n").filter_map(|block| block.strip_prefix("# ")?.split_once('\n'));
    blocks
        .map(|(_, block)| block.lines().filter(|line| !line.starts_with("= ") && !line.starts_with("! ")).collect::<Vec<_>>().join("\n"))
        .collect()
}

fn tables(text: &str) -> usize {
    sql_laws(text).unwrap_or_else(|why| panic!("{why}\n--- of\n{}", text.chars().take(2_000).collect::<String>())).tables.len()
}

#[test]
fn accidents_are_stood() {
    let mut dice = Dice(0x5eed_0dd1_5c4e_3a00);
    let texts = texts();
    let mut made = 0;
    for _ in 0..if cfg!(debug_assertions) { 20 } else { 200 } {
        for text in &texts {
            made += tables(&damaged(text, &mut dice));
        }
    }
    assert!(made > 1_000, "only {made} tables: the accidents are too rough to tell anything");
}

#[test]
fn several_constructs_in_one_text_are_stood() {
    let mut dice = Dice(0x0b57_ac1e_5eed_0001);
    let texts = texts();
    for _ in 0..if cfg!(debug_assertions) { 500 } else { 5_000 } {
        let mut text = String::new();
        for _ in 0..6 {
            text.push_str(&texts[dice.roll(texts.len())]);
            text.push_str(["\n", ";\n", "", "\n\n", "'", "/*"][dice.roll(6)]);
        }
        tables(&damaged(&text, &mut dice));
    }
}

/// What is read again and again, or goes as deep as it is long, would not come to an end here.
#[test]
fn sizes_are_stood() {
    let piece = [
        "create \\'\n",
        "CREATE \"\\\n",
        "create `\n",
        "(",
        ")",
        "*/",
        "* / ",
        "/*",
        "/*!",
        "/*!50000 ",
        ";",
        "`",
        "'",
        "\"",
        "\\",
        "--",
        "-- \n",
        "#",
        "create table t (",
        "create table t (a int) ",
        "create table t (a int);",
        "alter table t add ",
        "drop table t;",
        "drop table t ",
        ",",
        "delimiter x\n",
        "delimiter ;\nx;",
        "-- +goose Down\n",
        "-- +goose StatementBegin\n",
        "x\u{1a}",
        "é",
        "use a;",
        "rename table a to b;",
    ];
    let inside = [
        "(",
        "a int,",
        "default 1 + ",
        "check (",
        "comment 'x' ",
        "'x'",
        "not ",
        "unique ",
        ", unique (a)",
        ", primary key (a)",
        "(a,",
        " desc",
        "=",
        ",",
        "x(",
        "enum('a')",
    ];
    let size = if cfg!(debug_assertions) { 50_000 } else { 1_000_000 };
    let mut all: Vec<String> = piece.iter().map(|piece| piece.repeat(size / piece.len())).collect();
    for inside in inside {
        let body = inside.repeat(size / inside.len());
        all.push(format!("create table t (a int {body});"));
        all.push(format!("create table t (a int, key (a)) {body};"));
        all.push(format!("create table t (a int); alter table t add b int {body};"));
        all.push(format!("create table t (a int {body}"));
    }
    let many = |make: &dyn Fn(usize) -> String| (0..size / 40).map(make).collect::<String>();
    all.push(many(&|i| format!("create table t{i} (id int primary key);")));
    all.push(format!("create table t (id int);{}", many(&|i| format!("alter table t add c{i} int first;"))));
    all.push(format!("create table t (id int);{}", many(&|i| format!("alter table t add key k{i} (id);"))));
    all.push(format!("create table t (id int {});", many(&|i| format!(", c{i} int"))));
    all.push(format!("create table t (id int);alter table t add d int{};", many(&|i| format!(", add c{i} int"))));
    all.push(format!("create table t0 (id int);{}", many(&|i| format!("rename table t{i} to t{};", i + 1))));
    let wide: String = (0..4_000).map(|i| format!("c{i} int,")).collect();
    all.push(format!("create table t ({wide} primary key (c0));{}", many(&|i| format!("create table u{i} like t;"))));
    all.push(format!("create table t ({wide} primary key (c0));{}", many(&|i| format!("alter table t drop d{i}, drop key e{i};"))));
    all.push(format!("create table t ({wide} primary key (c0));{}", many(&|i| format!("alter table u{i} add a int;"))));
    all.push(many(&|i| format!("create table t{i} (a int);alter table u{i} add a int;")));
    all.push(many(&|i| format!("rename table t{i} to u{i};alter table u{i} add a int;")));
    all.push(format!("create table t (a enum({}'b'));", "'a',".repeat(size / 4)));
    all.push(format!("insert into t values ({}1);", "1,'it\\'s',".repeat(size / 10)));
    for text in &all {
        let text = text.clone();
        let thread = std::thread::Builder::new().stack_size(1 << 20);
        thread.spawn(move || tables(&text)).unwrap().join().expect("no panic");
    }
}

/// Thousands of findings on one line of megabytes: each is drawn from what is around it. Were the whole line handed over each
/// time, this would not come to an end.
#[test]
fn findings_on_one_long_line_are_drawn() {
    let note = "é世x".repeat(100);
    let table = |i: usize| format!("create table t{i} (id int primary key, b frob, note text comment '{note}');");
    let count = if cfg!(debug_assertions) { 2_000 } else { 8_000 };
    let text: String = (0..count).map(table).collect();
    let mut sources = Sources::new(Disk::memory([]));
    let file = sources.add("line.sql", text.as_str());
    let mut report = Report::new();
    parse(file, &sources, &mut report);
    let drawn = report.render(&sources, false);
    let places: Vec<usize> = drawn.lines().filter_map(|line| line.strip_prefix(" --> line.sql:1:")?.parse().ok()).collect();
    let mut characters = 0;
    let expected: Vec<usize> = (0..count)
        .map(|i| {
            let table = table(i);
            let column = characters + table.find("frob").unwrap() + 1;
            characters += table.chars().count();
            column
        })
        .collect();
    assert_eq!(places, expected);
    assert!(drawn.lines().all(|line| line.chars().count() < 300), "a line was drawn whole");
}
