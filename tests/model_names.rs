//! Names of every kind: whatever a table and its columns are called, there are Go models, or a warning that says why not.

// Tests panic.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::BTreeSet;

use ctl::compat::Compat;
use ctl::diagnostic::{Report, Severity};
use ctl::model::check::check;
use ctl::model::go::{Options, generate};
use ctl::model::mysql;
use ctl::model::types_map::{Settings, TypesMap};
use ctl::plan::Root;
use ctl::render::home::Places;
use ctl::source::{Disk, Sources};

/// Pieces that names are put together from.
const PIECES: [&str; 34] = [
    "user", "Id", "_", "__", "-", " ", ".", "1", "2fa", "type", "import", "名", "称", "é", "É", "ß", "ǆ", "😀", "'", ":", "$", "?", "#",
    "data", "ctx", "query", "model", "Key", "err", "a", "A", "b", "\u{301}", "Ж",
];

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % 1_000_003).unwrap() % end
    }

    fn name(&mut self) -> String {
        let count = 1 + self.below(4);
        let name: String = (0..count).map(|_| PIECES[self.below(PIECES.len())]).collect();
        // A blank at the end is no name of MySQL's.
        format!("{}x", name.trim_end()).chars().take(64).collect::<String>().trim_end_matches('x').to_owned()
            + if count == 1 { "" } else { "y" }
    }
}

fn sql(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..1 + random.below(5) {
        let columns: Vec<String> = (0..1 + random.below(6)).map(|_| random.name()).collect();
        let list: Vec<String> = columns.iter().map(|name| format!("`{name}` varchar(9) NOT NULL")).collect();
        let mut keys = String::new();
        for at in 1..columns.len() {
            keys.push_str(&format!(", UNIQUE KEY `k{at}` (`{}`, `{}`)", columns[at], columns[at - 1]));
            keys.push_str(&format!(", UNIQUE KEY `o{at}` (`{}`)", columns[at]));
        }
        text.push_str(&format!("CREATE TABLE `{}` ({}, PRIMARY KEY (`{}`){keys});\n", random.name(), list.join(", "), columns[0]));
    }
    text
}

#[test]
fn every_name_gives_go_or_a_warning() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut models = 0;
    for round in 0..100 {
        let text = sql(&mut random);
        for cache in [true, false] {
            let mut sources = Sources::new(Disk::memory([("/a.sql", text.as_str())]));
            let mut report = Report::new();
            let draft = mysql::load(&["/a.sql".to_owned()], &mut sources, &mut report).unwrap();
            let schema = check(draft, &mut report);
            let options = Options {
                cache,
                prefix: "cache".to_owned(),
                database: String::new(),
                ignored: BTreeSet::new(),
                style: ["gozero", "goZero", "go_zero"][round % 3].to_owned(),
                null_defaults: false,
                compat: Compat::Ctl,
                types: TypesMap::defaults(Settings::default()),
                templates: Places::default(),
            };
            let root = Root { dir: "/model".into(), shown: "model".to_owned() };
            match generate(&schema, &root, &options, &mut sources, &mut report) {
                // Rendered is formatted, and only Go is formatted.
                Ok(files) => {
                    models += files.len();
                    for file in files.iter().filter(|file| file.path.ends_with("_gen.go")) {
                        declares_nothing_twice(file.body.text(), &text);
                    }
                }
                Err(failure) => {
                    assert!(report.count(Severity::Error) > 0, "{failure:?}\n{text}");
                    let unplaced = report.sorted().into_iter().filter(|found| found.severity == Severity::Error && found.primary.is_none());
                    assert!(unplaced.count() <= 1, "{}\n{text}", report.render(&sources, false));
                }
            }
        }
    }
    assert!(models > 300, "{models}");
}

/// Fields of the row, methods, and variables of the file.
fn declares_nothing_twice(go: &str, sql: &str) {
    let mut seen = BTreeSet::new();
    let mut inside = "";
    for line in go.lines() {
        if line.starts_with("type ") || line == "var (" {
            inside = line;
        } else if line == ")" || line == "}" {
            inside = "";
        }
        let name = if let Some(rest) = line.strip_prefix("func (m *") {
            rest.split_once(") ").map(|(_, rest)| rest.split('(').next().unwrap())
        } else if !inside.is_empty() && line.starts_with('\t') {
            line.trim().split([' ', '(']).next()
        } else {
            None
        };
        if let Some(name) = name.filter(|name| !name.is_empty() && !name.starts_with('"') && !name.starts_with('/')) {
            assert!(seen.insert((inside, name)), "{name} twice in {inside:?}\n{sql}\n{go}");
            let exported = !inside.ends_with("struct {") || inside.contains("default") || name.starts_with(char::is_uppercase);
            assert!(exported, "{name} is not exported\n{sql}");
        }
    }
}
