//! Flyway's names of migrations, `V2__users.sql`: their numbers are its order, which that of the names need not be.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic};

/// A file with a version.
struct Migration<'a> {
    dir: &'a Path,
    name: &'a str,
    version: Vec<u64>,
}

impl<'a> Migration<'a> {
    fn new(path: &'a Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        Some(Self { dir: path.parent()?, name, version: version(name, 'V')? })
    }
}

/// Whether a file takes a migration back: `U2__users.sql`.
pub(super) fn is_undo(name: &str) -> bool {
    version(name, 'U').is_some()
}

/// The warning about files that are read in another order than Flyway's.
pub(super) fn out_of_order(paths: &[PathBuf]) -> Option<Diagnostic> {
    let named: Vec<Migration<'_>> = paths.iter().filter_map(|path| Migration::new(path)).collect();
    let later = |(first, second): &(&Migration<'_>, &Migration<'_>)| first.dir == second.dir && first.version > second.version;
    let (first, second) = named.iter().zip(named.iter().skip(1)).find(later)?;
    let mut lengths: Vec<usize> = named.iter().filter_map(|file| file.name.find("__")).collect();
    lengths.sort_unstable();
    lengths.dedup();
    let pattern =
        |length: &usize| format!("--src '{}'", first.dir.join(format!("V{}__*.sql", "?".repeat(length.saturating_sub(1)))).display());
    let help = if named.iter().all(|file| file.version.len() == 1) && lengths.iter().all(|length| *length <= MOST_DIGITS) {
        format!("name them by the length of their numbers: `{}`", lengths.iter().map(pattern).collect::<Vec<_>>().join(" "))
    } else {
        "name each with a `--src` of its own, in the order of their versions".to_owned()
    };
    let message = format!("`{}` is read before `{}`: the files of a pattern are read in the order of their names", first.name, second.name);
    Some(Diagnostic::warning(Code::FileOrder, message).help(help))
}

/// Longer numbers are times.
const MOST_DIGITS: usize = 5;

/// The numbers between `prefix` and the first `__`: `2`, `2.1` or `2_1`.
fn version(name: &str, prefix: char) -> Option<Vec<u64>> {
    let (version, _) = name.strip_prefix(prefix)?.split_once("__")?;
    version.split(['.', '_']).map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_numbers() {
        let rows: [(&str, Option<&[u64]>); 7] = [
            ("V1__a.sql", Some(&[1])),
            ("V2.1__a.sql", Some(&[2, 1])),
            ("V2_10__a_b.sql", Some(&[2, 10])),
            ("V20240101120000__a.sql", Some(&[20_240_101_120_000])),
            ("Vx__a.sql", None),
            ("V1_a.sql", None),
            ("R__a.sql", None),
        ];
        for (name, numbers) in rows {
            assert_eq!(version(name, 'V').as_deref(), numbers, "{name}");
        }
        assert!(is_undo("U2__b.sql") && !is_undo("Users.sql") && !is_undo("U__b.sql"));
    }

    #[test]
    fn only_another_order_is_told() {
        let told = |names: &[&str]| out_of_order(&names.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert!(told(&["sql/V1__a.sql", "sql/V2__b.sql", "sql/V10__c.sql", "other/V3__d.sql", "sql/users.sql"]).is_none());
        let found = told(&["sql/V1__a.sql", "sql/V10__c.sql", "sql/V2__b.sql"]).unwrap();
        assert_eq!(found.help.as_deref(), Some("name them by the length of their numbers: `--src 'sql/V?__*.sql' --src 'sql/V??__*.sql'`"));
        let found = told(&["V1.1__a.sql", "V1__c.sql"]).unwrap();
        assert!(found.help.unwrap().starts_with("name each with a `--src`"));
    }
}
