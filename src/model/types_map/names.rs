//! What can be told of the names in a Go type without reading Go: those that cannot be, or are hardly meant.

use super::go_type::Named;
use crate::diagnostic::{Code, Diagnostic};
use crate::golang::ident::PREDECLARED_TYPES;
use crate::naming::nearest;

/// The types of package `database/sql`; first those that a column can have.
const OF_SQL: [&str; 24] = [
    "NullInt64",
    "NullString",
    "NullTime",
    "NullBool",
    "NullByte",
    "NullFloat64",
    "NullInt32",
    "NullInt16",
    "Null",
    "RawBytes",
    "ColumnType",
    "Conn",
    "DB",
    "DBStats",
    "IsolationLevel",
    "NamedArg",
    "Out",
    "Result",
    "Row",
    "Rows",
    "Scanner",
    "Stmt",
    "Tx",
    "TxOptions",
];

/// The types of package `time`.
const OF_TIME: [&str; 8] = ["Time", "Duration", "Month", "Weekday", "Location", "ParseError", "Ticker", "Timer"];

/// What is wrong with a name in a type of an entry whose package is `pkg`, or may be.
pub(super) fn doubt(named: &Named, pkg: &str) -> Option<Diagnostic> {
    match named.package.as_str() {
        "" => of_no_package(&named.name),
        "sql" => of_standard("sql", &OF_SQL, &named.name),
        "time" => of_standard("time", &OF_TIME, &named.name),
        _ if pkg.is_empty() => None,
        package => of_path(package, &named.name, pkg),
    }
}

fn of_standard(package: &str, types: &[&'static str], name: &str) -> Option<Diagnostic> {
    if types.contains(&name) {
        return None;
    }
    let error = Diagnostic::error(Code::BadValue, format!("there is no type `{package}.{name}`"));
    Some(match nearest(name, types.iter().copied()) {
        Some(near) => error.help(format!("did you mean `{package}.{near}`?")),
        None => error,
    })
}

/// The package of the models may declare any type: what is spelled nearly like one of Go's is hardly meant.
fn of_no_package(name: &str) -> Option<Diagnostic> {
    if PREDECLARED_TYPES.contains(&name) {
        return None;
    }
    let of = |package: &str, types: &[&'static str]| nearest(name, types.iter().copied()).map(|near| format!("{package}.{near}"));
    let near = nearest(name, PREDECLARED_TYPES.iter().copied()).map(str::to_owned);
    let near = near.or_else(|| of("sql", &OF_SQL[..10])).or_else(|| of("time", &OF_TIME[..2]));
    let message = format!("`{name}` is no type of Go's: the package of the models must declare it");
    match near {
        Some(near) => Some(Diagnostic::warning(Code::BadValue, message).help(format!("did you mean `{near}`?"))),
        None if name.starts_with(char::is_lowercase) => Some(Diagnostic::note(Code::BadValue, message)),
        None => None,
    }
}

/// Whether the package is called as its path says. Paths such as `go-foo` and `foo.go` say so in part.
fn of_path(package: &str, name: &str, pkg: &str) -> Option<Diagnostic> {
    let is_version = |part: &str| part.strip_prefix('v').is_some_and(|number| number.parse::<u32>().is_ok());
    if pkg.rsplit('/').next() == Some(package) {
        return None;
    }
    let mut parts = pkg.rsplit('/');
    let last = parts.next().filter(|part| !is_version(part)).or_else(|| parts.next()).unwrap_or(pkg);
    let last = last.rsplit_once('.').filter(|(_, version)| is_version(version)).map_or(last, |(name, _)| name);
    let mut words = last.split(['-', '.', '_']);
    let joined = last.replace(['-', '.', '_'], "");
    let is_said = last == package || joined == package || words.any(|word| word == package);
    if is_said || joined.strip_prefix("go").or_else(|| joined.strip_suffix("go")) == Some(package) {
        return None;
    }
    let message = format!("`{package}.{name}` names package `{package}`, which the path `{pkg}` does not");
    Some(if joined == last {
        Diagnostic::warning(Code::BadValue, message)
            .help(format!("did you mean `{last}.{name}`? right if the package is called otherwise than its directory"))
    } else {
        Diagnostic::note(Code::BadValue, message).help("right if the package is called otherwise than its directory")
    })
}

#[cfg(test)]
mod tests {
    use super::super::go_type;
    use super::*;

    fn told(ty: &str, pkg: &str) -> String {
        let found = go_type::names(ty).iter().find_map(|named| doubt(named, pkg));
        found.map_or(String::new(), |found| format!("{:?}: {}: {}", found.severity, found.message, found.help.unwrap_or_default()))
    }

    #[test]
    fn names_that_can_be() {
        for ty in ["string", "*time.Time", "[]byte", "sql.Null[time.Time]", "map[string]any", "Status", "interface{}", "sql.NullByte"] {
            assert_eq!(told(ty, ""), "", "{ty}");
        }
        let rows = [
            ("decimal.Decimal", "github.com/shopspring/decimal"),
            ("uuid.UUID", "github.com/gofrs/uuid/v5"),
            ("null.String", "gopkg.in/guregu/null.v4"),
            ("foo.Bar", "example.com/go-foo"),
            ("foo.Bar", "example.com/foo-go/v2"),
            ("foo.Bar", "example.com/gofoo"),
            ("foobar.Bar", "example.com/foo-bar"),
            ("v1.Time", "k8s.io/api/v1"),
        ];
        for (ty, pkg) in rows {
            assert_eq!(told(ty, pkg), "", "{ty} {pkg}");
        }
    }

    #[test]
    fn names_that_are_hardly_meant() {
        let rows = [
            ("sql.NullStrng", "", "Error: there is no type `sql.NullStrng`: did you mean `sql.NullString`?"),
            ("sql.NullInt", "", "Error: there is no type `sql.NullInt`: did you mean `sql.NullInt64`?"),
            ("*time.Tme", "", "Error: there is no type `time.Tme`: did you mean `time.Time`?"),
            ("time.Instant", "", "Error: there is no type `time.Instant`: "),
            ("[]strng", "", "Warning: `strng` is no type of Go's: the package of the models must declare it: did you mean `string`?"),
            (
                "NullString",
                "",
                "Warning: `NullString` is no type of Go's: the package of the models must declare it: did you mean `sql.NullString`?",
            ),
            ("status", "", "Note: `status` is no type of Go's: the package of the models must declare it: "),
        ];
        for (ty, pkg, expected) in rows {
            assert_eq!(told(ty, pkg), expected);
        }
        let found = told("dcml.Decimal", "github.com/shopspring/decimal");
        assert!(found.starts_with("Warning: `dcml.Decimal` names package `dcml`") && found.contains("`decimal.Decimal`"), "{found}");
        assert!(told("dcml.Decimal", "example.com/go-decimal").starts_with("Note"));
    }
}
