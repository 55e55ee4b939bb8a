//! Tables that statements are about and that no file creates: one warning for each, however many statements there are. A
//! folder of migrations may begin where another one ends.

use std::collections::BTreeMap;

use super::table::Table;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::spec::Name;
use crate::naming::nearest;

/// A table by its database and its name, in lower case.
pub(super) type Key = (String, String);

/// What was said of tables that were not there when it was said.
#[derive(Debug, Default)]
pub(super) struct Unknown {
    /// In the order they were met.
    tables: Vec<Met>,
    /// Where in it a table is; `None` for one that is not worth a word.
    places: BTreeMap<Key, Option<usize>>,
}

#[derive(Debug)]
struct Met {
    key: Key,
    /// As the first statement has it.
    name: Name,
    statements: usize,
}

/// For so many of them a table of a similar name is looked for, among so many.
const LIKELY: (usize, usize) = (50, 2_000);

impl Unknown {
    /// A statement is left out, since its table is not there.
    pub(super) fn met(&mut self, key: Key, name: &Name) {
        match self.places.get(&key) {
            Some(Some(at)) => {
                if let Some(met) = self.tables.get_mut(*at) {
                    met.statements += 1;
                }
            }
            Some(None) => {}
            None => {
                self.places.insert(key.clone(), Some(self.tables.len()));
                self.tables.push(Met { key, name: name.clone(), statements: 1 });
            }
        }
    }

    /// Why this table will not be there was told already, or follows from what was.
    pub(super) fn expected(&mut self, key: Key) {
        self.places.entry(key).or_insert(None);
    }

    /// Tells of all of them, now that it is known what the files create.
    pub(super) fn tell(self, tables: &[Option<Table>], places: &BTreeMap<Key, usize>, report: &mut Report) {
        let names: Vec<&str> = tables.iter().flatten().map(|table| table.draft.name.text.as_str()).take(LIKELY.1).collect();
        for (count, Met { key, name, statements }) in self.tables.into_iter().enumerate() {
            let lost = match statements {
                1 => "this statement is left out".to_owned(),
                2 => "this statement is left out, and another one on this table".to_owned(),
                n => format!("this statement is left out, and {} more on this table", n - 1),
            };
            let mut found = warning(&name, &lost);
            let later = places.get(&key).and_then(|at| tables.get(*at)?.as_ref()?.draft.name.span);
            let near = if count < LIKELY.0 { nearest(&name.text, names.iter().copied()) } else { None };
            found = match (later, near) {
                (Some(span), _) => found
                    .and(span, "it is created here, behind the statement")
                    .help("files are read from top to bottom, in the order of the flags, those of a pattern in the order of their names"),
                (None, Some(near)) => found.help(format!("did you mean `{near}`?")),
                (None, None) => found.help(NOT_BEFORE),
            };
            report.push(found);
        }
    }
}

const NOT_BEFORE: &str = "its `CREATE TABLE` has to be in a file that is read before";

/// The warning about the table that another one was to be like.
pub(super) fn no_model(name: &Name, table: &str) -> Diagnostic {
    warning(name, &format!("table `{table}` is left out")).help(NOT_BEFORE)
}

fn warning(name: &Name, lost: &str) -> Diagnostic {
    let found = Diagnostic::warning(Code::UnknownTable, format!("there is no table `{}` here", name.text));
    match name.span {
        Some(span) => found.at(span, lost),
        None => found,
    }
}
