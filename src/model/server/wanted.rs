//! Which tables of a server are asked for (contract: model 1.2).

use super::Failure;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::draft::TableDraft;
use crate::model::pattern::Pattern;
use crate::naming::nearest;

/// What stands in a server's list of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Table,
    View,
    MaterializedView,
    /// Its rows are those of a partitioned table.
    Partition,
    ForeignTable,
}

impl Kind {
    /// In words, of one and of several.
    fn words(self) -> [&'static str; 2] {
        match self {
            Self::Table => ["table", "tables"],
            Self::View => ["view", "views"],
            Self::MaterializedView => ["materialized view", "materialized views"],
            Self::Partition => ["partition", "partitions"],
            Self::ForeignTable => ["foreign table", "foreign tables"],
        }
    }
}

/// The values of `-table`.
#[derive(Debug, Clone)]
pub struct Wanted {
    patterns: Vec<(String, Pattern)>,
}

impl Wanted {
    /// Patterns with commas between them, blanks around them dropped; what is no pattern is a warning, as in goctl, and an error
    /// where no other is left.
    pub fn new<'a>(values: impl IntoIterator<Item = &'a str>, report: &mut Report) -> Self {
        let (mut patterns, mut wrong) = (Vec::new(), Vec::new());
        for word in values.into_iter().flat_map(|value| value.split(',')).map(str::trim).filter(|word| !word.is_empty()) {
            match Pattern::new(word) {
                Some(pattern) => patterns.push((word.to_owned(), pattern)),
                None => wrong.push(word),
            }
        }
        for word in wrong {
            let message = format!("`{word}` is not a pattern of table names");
            let found = if patterns.is_empty() { Diagnostic::error } else { Diagnostic::warning }(Code::UnusableTable, message);
            report.push(found.help("`*` and `?` stand for any characters, `[a-z]` for one of several, `\\` in front of one for itself"));
        }
        Self { patterns }
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The tables that fit, by name. A view, a partition or a foreign table counts when it is named in full; those that only
    /// fit are told in a note.
    pub(super) fn choose(&self, mut all: Vec<(Kind, TableDraft)>, database: &str, report: &mut Report) -> Result<Vec<TableDraft>, Failure> {
        all.sort_by(|(_, a), (_, b)| a.name.text.cmp(&b.name.text));
        let names: Vec<String> = all.iter().map(|(_, table)| table.name.text.clone()).collect();
        let (mut tables, mut left) = (Vec::new(), Vec::new());
        for (kind, table) in all {
            let name = &table.name.text;
            let named = self.patterns.iter().any(|(_, pattern)| pattern.is_plain() && pattern.matches(name));
            if named || kind == Kind::Table && self.patterns.iter().any(|(_, pattern)| pattern.matches(name)) {
                tables.push(table);
            } else if self.patterns.iter().any(|(_, pattern)| pattern.matches(name)) {
                left.push((kind, table.name.text));
            }
        }
        for kind in [Kind::View, Kind::MaterializedView, Kind::Partition, Kind::ForeignTable] {
            let names: Vec<&str> = left.iter().filter(|(of, _)| *of == kind).map(|(_, name)| name.as_str()).collect();
            if let Some(&first) = names.first() {
                let message = match names.len() {
                    1 => format!("the {} {} is left out", kind.words()[0], listed(&names)),
                    n => format!("{n} {} are left out: {}", kind.words()[1], listed(&names)),
                };
                let help = format!("name one in full to use it: `-table {first}`");
                report.push(Diagnostic::note(Code::UnusableTable, message).help(help));
            }
        }
        if !tables.is_empty() {
            self.tell_without_tables(&names, database, report);
            return Ok(tables);
        }
        let asked: Vec<&str> = self.patterns.iter().map(|(word, _)| word.as_str()).collect();
        let near = asked.iter().find_map(|word| nearest(word, names.iter().map(String::as_str)));
        let help = match near {
            _ if names.is_empty() => "it has no tables at all".to_owned(),
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has {}", listed(&names.iter().map(String::as_str).collect::<Vec<_>>())),
        };
        Err(Failure::input(format!("no table of `{database}` matches {}", listed(&asked))).help(help))
    }

    /// Each name and pattern that leads to nothing, beside others that do.
    fn tell_without_tables(&self, names: &[String], database: &str, report: &mut Report) {
        for (word, _) in self.patterns.iter().filter(|(_, pattern)| !names.iter().any(|name| pattern.matches(name))) {
            let found = Diagnostic::warning(Code::UnknownTable, format!("no table of `{database}` matches `{word}`"));
            report.push(match nearest(word, names.iter().map(String::as_str)) {
                Some(near) => found.help(format!("did you mean `{near}`?")),
                None => found,
            });
        }
    }
}

/// The first few names, and how many there are besides.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 6;
    let quoted: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => quoted.join(", "),
        more => format!("{} and {more} more", quoted.join(", ")),
    }
}
