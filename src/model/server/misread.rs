//! Which mistake keeps a data source from being read, in words for whoever typed it.
//!
//! Invariant: as in [`dsn`](super::dsn), no message holds any of the text.

use super::Failure;
use super::dsn::{Url, key_values};

/// How a data source of MySQL is written.
pub(super) const MYSQL_FORM: &str = "write it as `user:password@tcp(127.0.0.1:3306)/shop`, with `unix(/path/to/socket)` for a socket";
/// The same as a URL.
pub(super) const MYSQL_URL: &str = "write it as `mysql://user:password@127.0.0.1:3306/shop`";
/// How a data source of PostgreSQL is written.
pub(super) const POSTGRES_URL: &str = "write it as `postgres://user:password@127.0.0.1:5432/shop?sslmode=disable`";
const POSTGRES_WORDS: &str = "write it as `host=127.0.0.1 port=5432 user=root password='…' dbname=shop`";

/// Why a text without `mysql://` is no data source of MySQL.
pub(super) fn mysql(text: &str) -> Failure {
    let failure = |message: &str| Failure::input(message).help(MYSQL_FORM);
    let words = key_values(text).unwrap_or_default();
    if is_scheme(text, &["postgres", "postgresql"]) || words.iter().any(|(key, _)| key == "host" || key == "dbname") {
        return Failure::input("the data source is one of PostgreSQL").help("`ctl model pg datasource` takes it");
    }
    if scheme(text).is_some() {
        return Failure::input("the data source is a URL that does not begin with `mysql://`").help(MYSQL_URL);
    }
    if !text.contains('/') {
        return failure("the data source has no `/` in front of the database");
    }
    let server = text.rsplit_once('@').map_or(text, |(_, server)| server);
    match server.split_once('(') {
        Some((_, address)) if !address.contains(')') => failure("the `(` in the data source is not closed"),
        Some(("" | "tcp" | "tcp4" | "tcp6" | "unix", _)) => failure("the address in the data source has more between its `)` and the `/`"),
        Some(_) => failure("the network in the data source is neither `tcp` nor `unix`"),
        None => failure("the address in the data source has no `tcp(…)` around it"),
    }
}

/// Why a text that is no URL is no data source of PostgreSQL either; `why` is what keeps it from being words.
pub(super) fn postgres(text: &str, why: NoWords) -> Failure {
    if is_scheme(text, &["mysql"]) || text.contains("@tcp(") || text.contains("@unix(") {
        return Failure::input("the data source is one of MySQL").help("`ctl model mysql datasource` takes it");
    }
    if scheme(text).is_some() {
        return Failure::input("the data source is a URL that does not begin with `postgres://`").help(POSTGRES_URL);
    }
    match why {
        NoWords::Nothing => Failure::input("the data source is neither a URL nor `key=value`").help(POSTGRES_URL),
        NoWords::Open => {
            Failure::input("a value in the data source is not closed").help("a `'` in a value is written `\\'`, a `\\` is `\\\\`")
        }
        NoWords::Blank => {
            let message = "the data source has a word that is not `key=value`";
            Failure::input(message).help(format!("a value with blanks stands in `'…'`: {POSTGRES_WORDS}"))
        }
    }
}

/// Why a text is no `key=value` words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoWords {
    /// Not even the first one.
    Nothing,
    /// A `'` or a `\` has nothing behind it.
    Open,
    /// One of them has no `=`.
    Blank,
}

/// Why what follows the scheme of a URL cannot be read.
pub(super) fn url(rest: &str, form: &str) -> Failure {
    let behind = rest.rsplit_once('@').map_or(rest, |(_, behind)| behind);
    let path = behind.split('?').next().unwrap_or(behind);
    let server = path.split('/').next().unwrap_or(path);
    let message = if server.contains('(') {
        "the address in a URL has no `tcp(…)` around it"
    } else if Url::is_server(server) {
        "what follows the address in the URL is not the name of one database"
    } else {
        "the host in the data source holds a character that no host has"
    };
    Failure::input(message).help(format!("{form}; `%40` is an `@` in a name or a password, `%2F` a `/`"))
}

/// What stands in front of `://`, without Java's `jdbc:`.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.strip_prefix("jdbc:").unwrap_or(text).split_once("://")?;
    (!scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))).then_some(scheme)
}

fn is_scheme(text: &str, names: &[&str]) -> bool {
    scheme(text).is_some_and(|scheme| names.iter().any(|name| scheme.eq_ignore_ascii_case(name)))
}
