//! The SQL of MySQL and MariaDB, construct by construct: `tests/sql/constructs.txt` holds each with its place in the manual, the
//! tables it makes, and what is said of it. And goctl, held to what we say of it.

// Tests read their own folders, and may fail loudly.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use ctl::diagnostic::Report;
use ctl::model::check::check;
use ctl::model::mysql::parse;
use ctl::model::spec::{ColumnId, Default, Part, Schema, Table};
use ctl::source::{Disk, Sources};
use support::machine::{Temp, need_goctl, package};

/// One construct.
struct Construct {
    /// Where the manual has it, and what it is.
    title: String,
    sql: String,
    /// The tables and the findings, a line each.
    expected: String,
}

const FILE: &str = "tests/sql/constructs.txt";

/// Blocks with blank lines between them: `# title`, the SQL, and lines that begin with `=` (tables) or `!` (findings).
fn constructs(text: &str) -> Vec<Construct> {
    let blocks = text.split("\n\n").map(str::trim).filter(|block| block.starts_with("# "));
    blocks
        .map(|block| {
            let (title, rest) = block.split_once('\n').expect("SQL below the title");
            let answer = |line: &&str| line.starts_with("= ") || line.starts_with("! ");
            let lines =
                |wanted: bool| rest.lines().filter(|line| answer(line) == wanted).map(|line| format!("{line}\n")).collect::<String>();
            Construct { title: title.to_owned(), sql: lines(false).trim_end().to_owned(), expected: lines(true) }
        })
        .collect()
}

/// The tables that SQL makes and what is said of it.
fn answer(sql: &str) -> (Schema, String) {
    let mut sources = Sources::new(Disk::memory([]));
    let file = sources.add("a.sql", sql);
    let mut report = Report::new();
    let draft = parse(file, &sources, &mut report);
    let schema = check(draft, &mut report);
    let mut out = String::new();
    for table in &schema.tables {
        let _ = writeln!(out, "= {}", summary(table));
    }
    for found in report.sorted() {
        let at = found.primary.as_ref().map_or("-".to_owned(), |label| {
            let place = sources.place(file, label.span.start);
            format!("{}:{} `{}`", place.line, place.column, sources.slice(label.span).split_whitespace().collect::<Vec<_>>().join(" "))
        });
        let _ = writeln!(out, "! {at} {}", found.message);
    }
    (schema, out)
}

/// A table on one line.
fn summary(table: &Table) -> String {
    let name = |id: ColumnId| table.column(id).unwrap().name.text.clone();
    let column = |column: &ctl::model::spec::Column| {
        let ty = &column.ty;
        let mut text = format!("{} {}", column.name.text, ty.text);
        let spelled = ty.text.to_lowercase();
        if !spelled.starts_with(&ty.key) {
            let _ = write!(text, " <{}>", ty.key);
        }
        if ty.unsigned && !spelled.contains("unsigned") {
            text += " <unsigned>";
        }
        text += if column.nullable { "?" } else { "" };
        match &column.default {
            Some(Default::Literal(value)) => {
                let _ = write!(text, " = {value:?}");
            }
            Some(Default::Expression(value)) => {
                let _ = write!(text, " = {value}");
            }
            None => {}
        }
        if let Some(generated) = &column.generated {
            let _ = write!(text, " as {}{}", generated.expression, if generated.stored { " stored" } else { "" });
        }
        text += if column.auto_increment { " auto" } else { "" };
        text += if column.on_update { " on update" } else { "" };
        if !column.comment.is_empty() {
            let _ = write!(text, " {:?}", column.comment);
        }
        text
    };
    let parts = |parts: &[Part]| {
        let part = |part: &Part| match part {
            Part::Column { column, prefix, descending } => {
                name(*column) + &prefix.map_or(String::new(), |n| format!("({n})")) + if *descending { " desc" } else { "" }
            }
            Part::Expression(text) => text.clone(),
        };
        parts.iter().map(part).collect::<Vec<_>>().join(", ")
    };
    let mut all = vec![table.columns.iter().map(column).collect::<Vec<_>>().join(", ")];
    if !table.primary_key.is_empty() {
        all.push(format!("key {}", table.primary_key.iter().map(|id| name(*id)).collect::<Vec<_>>().join(", ")));
    }
    for index in &table.indexes {
        let kind = if index.unique {
            "unique"
        } else if index.special {
            "special"
        } else {
            "index"
        };
        let named = index.name.as_ref().map_or(String::new(), |name| format!(" {}", name.text));
        all.push(format!("{kind}{named} ({})", parts(&index.parts)));
    }
    for key in &table.foreign_keys {
        let columns = key.columns.iter().map(|id| name(*id)).collect::<Vec<_>>().join(", ");
        all.push(format!("{columns} -> {} ({})", key.table, key.references.join(", ")));
    }
    if !table.comment.is_empty() {
        all.push(format!("{:?}", table.comment));
    }
    if let Some(reason) = table.goctl_refuses {
        all.push(format!("goctl: {reason}"));
    }
    let qualifier = table.qualifier.as_ref().map_or(String::new(), |qualifier| format!("{qualifier}."));
    format!("{qualifier}{}: {}", table.name.text, all.join("; "))
}

#[test]
fn every_construct_makes_its_tables() {
    let path = package().join(FILE);
    let text = fs::read_to_string(&path).unwrap();
    let all = constructs(&text);
    let mut made = text.split("\n\n").next().unwrap().trim_end().to_owned();
    made.push('\n');
    for Construct { title, sql, .. } in &all {
        let _ = write!(made, "\n{title}\n{sql}\n{}", answer(sql).1);
    }
    if std::env::var_os("INSTA_UPDATE").is_some_and(|value| value == "always") {
        fs::write(&path, &made).unwrap();
        return;
    }
    assert!(all.len() >= 150, "{} constructs", all.len());
    for Construct { title, sql, expected } in &all {
        assert_eq!(&answer(sql).1, expected, "{title}\n{sql}");
    }
    assert_eq!(made, text, "{FILE} is written as `make review` writes it");
}

/// What goctl says to a file, or to those of a pattern: nothing where it takes them.
fn goctl(goctl: &Path, dir: &Path, source: &str) -> Option<String> {
    let mut command = Command::new(goctl);
    command.current_dir(dir).env("HOME", dir.join("home")).env("NO_COLOR", "1");
    // It prints bytes that are not UTF-8.
    let ran = command.args(["model", "mysql", "ddl", "-src", source, "-dir", "out"]).output().unwrap();
    (!ran.status.success()).then(|| String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned())
}

/// The lines of `tests/known/goctl_ddl.txt`: SQL, ` -- `, and why goctl does something else with it than we say.
fn known() -> Vec<(String, String)> {
    let text = fs::read_to_string(package().join("tests/known/goctl_ddl.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.rsplit_once(" -- ").map(|(sql, why)| (sql.to_owned(), why.to_owned())).expect("a reason behind ` -- `")).collect()
}

#[test]
fn goctl_takes_the_tables_that_we_say_it_takes() {
    let Some(binary) = need_goctl() else { return };
    let text = fs::read_to_string(package().join(FILE)).unwrap();
    let known = known();
    let single = |sql: &str| sql.to_lowercase().starts_with("create") && !sql.trim_end_matches(';').contains(';');
    let mut all: Vec<(String, bool)> = Vec::new();
    for Construct { sql, .. } in constructs(&text).into_iter().filter(|construct| single(&construct.sql)) {
        let (schema, answer) = answer(&sql);
        let takes = !schema.tables.is_empty() && schema.tables.iter().all(|table| table.goctl_refuses.is_none()) && !answer.contains("! ");
        all.push((sql, takes));
    }
    let temp = Temp::new();
    fs::write(temp.path().join("go.mod"), "module example.com/x\n\ngo 1.21\n").unwrap();
    fs::create_dir_all(temp.path().join("home")).unwrap();
    let listed = |sql: &str| known.iter().any(|(known, _)| known == sql);
    let name = |at: usize, (sql, takes): &(String, bool)| format!("{}{at}.sql", if *takes && !listed(sql) { "takes" } else { "refuses" });
    for (at, each) in all.iter().enumerate() {
        fs::write(temp.path().join(name(at, each)), &each.0).unwrap();
    }
    let (dir, binary) = (temp.path(), binary.as_path());
    // One run for all that it takes, one for each of the others.
    let takes_all = goctl(binary, dir, "takes*.sql").is_none();
    let half = |rest: usize| {
        let ours = all.iter().enumerate().filter(|(at, _)| at % 2 == rest);
        let ours = ours.map(|(at, each)| (each.0.clone(), each.1, name(at, each)));
        ours.map(|(sql, takes, name)| {
            let said = if takes_all && name.starts_with("takes") { None } else { goctl(binary, dir, &name) };
            (sql, takes, said)
        })
        .collect::<Vec<_>>()
    };
    let said = std::thread::scope(|scope| {
        let second = scope.spawn(|| half(1));
        let mut said = half(0);
        said.extend(second.join().unwrap());
        said
    });
    let mut wrong = Vec::new();
    for (sql, takes, refused) in &said {
        if (*takes == refused.is_some()) != listed(sql) {
            let listed = if listed(sql) { " (listed in tests/known, and equal)" } else { "" };
            wrong.push(format!(
                "{sql}\n  we say it {} it{listed}, goctl: {}",
                if *takes { "takes" } else { "refuses" },
                refused.as_deref().unwrap_or("takes it").trim()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(said.iter().filter(|(_, takes, _)| *takes).count() > 100, "too few of them are taken");
}
