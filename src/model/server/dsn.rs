//! Data sources: from the text of `-url` to a [`Target`] (contract: model 1.3).
//!
//! MySQL takes go-sql-driver's form, which the user's service has already, and `mysql://` URLs; PostgreSQL takes URLs and
//! libpq's `key=value`. Parameters that say nothing about how to connect are read over.
//!
//! Invariant: no message holds any of the text, since a password may stand anywhere in a text that does not read.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::Failure;
use super::misread::{self, MYSQL_FORM, MYSQL_URL, NoWords, POSTGRES_URL};
use crate::golang::duration;

/// How long to wait for a connection, unless the data source says (`timeout`, `connect_timeout`).
pub const CONNECT: Duration = Duration::from_secs(10);
/// How long to wait for an answer, unless the data source says (`readTimeout`).
pub const ANSWER: Duration = Duration::from_secs(60);

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub(super) String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A host and a port.
    Tcp(String, u16),
    /// A Unix socket: MySQL's by its path; PostgreSQL's by its folder and a port.
    Socket(PathBuf, u16),
    /// Not said: what the environment says, as for any program of PostgreSQL's.
    Unsaid,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(host, port) if host.contains(':') => write!(f, "[{host}]:{port}"),
            Self::Tcp(host, port) => write!(f, "{host}:{port}"),
            Self::Socket(path, _) => write!(f, "{}", path.display()),
            Self::Unsaid => f.write_str("its default address"),
        }
    }
}

/// Whether the connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// No.
    Off,
    /// Where the server can.
    Prefer,
    /// Always, whoever the server is.
    Require,
    /// With a certificate of a known authority.
    VerifyCa,
    /// With one of that host.
    VerifyFull,
}

/// What a data source says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Where.
    pub place: Place,
    /// Who asks; `None` where it is not said.
    pub user: Option<String>,
    /// The password.
    pub password: Option<Secret>,
    /// The database; empty where it is not said.
    pub database: String,
    /// Whether to encrypt; `None` where it is not said.
    pub tls: Option<Tls>,
    /// Files of the certificate authority, the client's certificate and its key.
    pub certificates: [Option<PathBuf>; 3],
    /// Whether the password may be sent as it is (`allowCleartextPasswords`).
    pub cleartext: bool,
    /// How long to wait for a connection.
    pub connect: Duration,
    /// How long to wait for an answer.
    pub answer: Duration,
}

impl Target {
    fn new(place: Place) -> Self {
        Self {
            place,
            user: None,
            password: None,
            database: String::new(),
            tls: None,
            certificates: [None, None, None],
            cleartext: false,
            connect: CONNECT,
            answer: ANSWER,
        }
    }
}

/// Reads a data source of MySQL.
///
/// # Errors
///
/// [`Failure`] where it does not read, or names no database.
pub fn mysql(text: &str) -> Result<Target, Failure> {
    let text = text.trim();
    let (target, example) = match text.strip_prefix("mysql://") {
        Some(rest) => (mysql_url(rest)?, "mysql://…@127.0.0.1:3306/shop"),
        None => (go_dsn(text)?, "…tcp(127.0.0.1:3306)/shop"),
    };
    if target.database.is_empty() {
        let help = format!("its name stands behind the last `/`: `{example}`");
        return Err(Failure::input("the data source names no database").help(help));
    }
    Ok(target)
}

/// `[user[:password]@][net[(address)]]/database[?parameters]`, as go-sql-driver reads it: the last `/` counts and the last
/// `@` before it, so that a password may hold either. A parameter may hold a `/` here, as in `loc=Asia/Shanghai`.
fn go_dsn(text: &str) -> Result<Target, Failure> {
    let mut splits = text.rmatch_indices('/').map(|(at, _)| (text.get(..at).unwrap_or(""), text.get(at + 1..).unwrap_or("")));
    let found = splits.find_map(|(left, right)| {
        let (who, server) = left.rsplit_once('@').map_or((None, left), |(who, server)| (Some(who), server));
        let (net, address) = match server.split_once('(') {
            Some((net, rest)) => (net, Some(rest.strip_suffix(')')?)),
            None => (server, None),
        };
        matches!(net, "" | "tcp" | "tcp4" | "tcp6" | "unix").then_some((who, net, address, right))
    });
    let Some((who, net, address, right)) = found else { return Err(misread::mysql(text)) };
    let place = match (net, address) {
        ("unix", path) => Place::Socket(path.filter(|path| !path.is_empty()).unwrap_or("/tmp/mysql.sock").into(), 0),
        (_, address) => tcp(address.unwrap_or_default(), 3306, MYSQL_FORM)?,
    };
    let (database, parameters) = right.split_once('?').unwrap_or((right, ""));
    let mut target = Target { database: decoded(database, false), ..Target::new(place) };
    if let Some(who) = who {
        let (user, password) = who.split_once(':').map_or((who, None), |(user, password)| (user, Some(password)));
        target.user = Some(user.to_owned());
        target.password = password.map(|password| Secret(password.to_owned()));
    }
    mysql_parameters(&mut target, parameters)?;
    Ok(target)
}

fn mysql_url(rest: &str) -> Result<Target, Failure> {
    let url = Url::read(rest).ok_or_else(|| misread::url(rest, MYSQL_URL))?;
    let mut target = Target { database: url.database, ..Target::new(tcp(url.server, 3306, MYSQL_URL)?) };
    (target.user, target.password) = (url.user, url.password);
    mysql_parameters(&mut target, url.parameters)?;
    Ok(target)
}

fn mysql_parameters(target: &mut Target, parameters: &str) -> Result<(), Failure> {
    for (key, value) in pairs(parameters) {
        match key.as_str() {
            "tls" => {
                target.tls = Some(match value.as_str() {
                    "true" | "1" | "TRUE" | "True" => Tls::VerifyFull,
                    "false" | "0" | "FALSE" | "False" => Tls::Off,
                    "skip-verify" => Tls::Require,
                    "preferred" => Tls::Prefer,
                    _ => {
                        let message = "`tls` in the data source names a configuration that only a Go program has";
                        return Err(Failure::input(message).help("ctl knows `true`, `skip-verify`, `preferred` and `false`"));
                    }
                });
            }
            "allowCleartextPasswords" => target.cleartext = matches!(value.as_str(), "true" | "1" | "TRUE" | "True"),
            "timeout" => target.connect = go_time(&key, &value)?.unwrap_or(target.connect),
            "readTimeout" => target.answer = go_time(&key, &value)?.unwrap_or(target.answer),
            _ => {}
        }
    }
    Ok(())
}

/// `None` for zero, which means no limit of its own to go-sql-driver.
fn go_time(key: &str, value: &str) -> Result<Option<Duration>, Failure> {
    let nanos = duration::parse(value).and_then(|nanos| u64::try_from(nanos).ok());
    let wrong = || Failure::input(format!("`{key}` in the data source is no duration")).help("write it as Go does: `5s`, `1m30s`, `500ms`");
    Ok(Some(Duration::from_nanos(nanos.ok_or_else(wrong)?)).filter(|time| !time.is_zero()))
}

/// Reads a data source of PostgreSQL.
///
/// # Errors
///
/// [`Failure`] where it does not read.
pub fn postgres(text: &str) -> Result<Target, Failure> {
    let text = text.trim();
    let mut target = Target::new(Place::Unsaid);
    let (mut host, mut port) = (None, None);
    let rest = text.strip_prefix("postgres://").or_else(|| text.strip_prefix("postgresql://"));
    let pairs = match rest {
        Some(rest) => {
            let url = Url::read(rest).ok_or_else(|| misread::url(rest, POSTGRES_URL))?;
            // Of several servers the first is asked.
            let server = url.server.split(',').next().unwrap_or_default();
            if !server.is_empty() {
                let (name, number) = host_and_port(server);
                (host, port) = (Some(decoded(name, false)).filter(|name| !name.is_empty()), number.map(str::to_owned));
            }
            (target.user, target.password, target.database) = (url.user, url.password, url.database);
            pairs(url.parameters).collect()
        }
        None => key_values(text).map_err(|why| misread::postgres(text, why))?,
    };
    for (key, value) in pairs {
        let file = || Some(PathBuf::from(&value));
        match key.as_str() {
            "host" | "hostaddr" => host = value.split(',').next().map(str::to_owned).filter(|name| !name.is_empty()),
            "port" => port = value.split(',').next().map(str::to_owned).filter(|number| !number.is_empty()),
            "user" => target.user = Some(value),
            "password" => target.password = Some(Secret(value)),
            "dbname" | "database" => target.database = value,
            "sslmode" => {
                target.tls = Some(match value.as_str() {
                    "disable" | "allow" => Tls::Off,
                    "prefer" => Tls::Prefer,
                    "require" => Tls::Require,
                    "verify-ca" => Tls::VerifyCa,
                    "verify-full" => Tls::VerifyFull,
                    _ => {
                        let message = "`sslmode` in the data source is none that there is";
                        return Err(Failure::input(message).help("it is one of disable, allow, prefer, require, verify-ca, verify-full"));
                    }
                });
            }
            "sslrootcert" => target.certificates[0] = file(),
            "sslcert" => target.certificates[1] = file(),
            "sslkey" => target.certificates[2] = file(),
            "connect_timeout" => {
                let seconds: i64 = value.parse().map_err(|_| {
                    Failure::input("`connect_timeout` in the data source is no number of seconds").help("write it as `connect_timeout=5`")
                })?;
                // Zero and less mean no limit of its own to libpq.
                target.connect = u64::try_from(seconds).ok().filter(|&n| n > 0).map_or(target.connect, Duration::from_secs);
            }
            _ => {}
        }
    }
    let port = match port {
        None => 5432,
        Some(number) => number
            .parse()
            .ok()
            .filter(|&port| port > 0)
            .ok_or_else(|| bad_port("`port=5432`, or behind the host of a URL: `127.0.0.1:5432`"))?,
    };
    if let Some(host) = host {
        target.place = if host.starts_with('/') { Place::Socket(host.into(), port) } else { Place::Tcp(host, port) };
    }
    Ok(target)
}

/// `key=value` words as libpq reads them: blanks around `=`, values in `'…'`, `\` in front of a quote or a `\`.
pub(super) fn key_values(text: &str) -> Result<Vec<(String, String)>, NoWords> {
    let mut pairs = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() || pairs.is_empty() {
        let none = if pairs.is_empty() { NoWords::Nothing } else { NoWords::Blank };
        let (key, value) = rest.split_once('=').ok_or(none)?;
        let key = key.trim_end();
        if key.is_empty() || !key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.')) {
            return Err(none);
        }
        let value = value.trim_start();
        let quoted = value.starts_with('\'');
        let mut chars = value.char_indices().skip(usize::from(quoted));
        let (mut text, mut end) = (String::new(), None);
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => text.push(chars.next().ok_or(NoWords::Open)?.1),
                '\'' if quoted => {
                    end = Some(at + 1);
                    break;
                }
                c if !quoted && c.is_whitespace() => {
                    end = Some(at);
                    break;
                }
                c => text.push(c),
            }
        }
        if quoted && end.is_none() {
            return Err(NoWords::Open);
        }
        pairs.push((key.to_owned(), text));
        rest = value.get(end.unwrap_or(value.len())..).unwrap_or_default().trim_start();
    }
    Ok(pairs)
}

/// The parts of a URL behind its scheme.
pub(super) struct Url<'a> {
    user: Option<String>,
    password: Option<Secret>,
    /// `host:port`, or several with commas between them.
    server: &'a str,
    database: String,
    parameters: &'a str,
}

impl<'a> Url<'a> {
    /// A password that nobody encoded may hold `@`, `/`, `:` and `?`: the first `@` behind which a server stands counts.
    fn read(rest: &'a str) -> Option<Self> {
        let with_user = rest.match_indices('@').map(|(at, _)| (rest.get(..at), rest.get(at + 1..).unwrap_or("")));
        let (who, (server, database, parameters)) =
            with_user.chain([(None, rest)]).find_map(|(who, behind)| Some((who, Self::behind(behind)?)))?;
        let (user, password) = who.map_or((None, None), |who| {
            let (user, password) = who.split_once(':').map_or((who, None), |(user, password)| (user, Some(password)));
            (Some(decoded(user, false)).filter(|user| !user.is_empty()), password.map(|password| Secret(decoded(password, false))))
        });
        Some(Self { user, password, server, database: decoded(database, false), parameters })
    }

    fn behind(text: &str) -> Option<(&str, &str, &str)> {
        let (path, parameters) = text.split_once('?').unwrap_or((text, ""));
        let (server, database) = path.split_once('/').unwrap_or((path, ""));
        let plain = Self::is_server(server) && !database.contains(['/', '@', ':']);
        plain.then_some((server, database, parameters))
    }

    /// Whether the text holds nothing but what hosts and ports are made of.
    pub(super) fn is_server(text: &str) -> bool {
        text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']' | ',' | '%'))
    }
}

fn tcp(address: &str, port: u16, form: &str) -> Result<Place, Failure> {
    let (host, number) = host_and_port(address);
    let port = match number {
        None | Some("") => port,
        Some(number) => number.parse().ok().filter(|&port| port > 0).ok_or_else(|| bad_port(form))?,
    };
    Ok(Place::Tcp(if host.is_empty() { "127.0.0.1".to_owned() } else { host.to_owned() }, port))
}

fn bad_port(form: &str) -> Failure {
    Failure::input("the port in the data source is no number from 1 to 65535").help(form)
}

/// `host`, `host:port`, `[::1]:port`, `::1`.
fn host_and_port(address: &str) -> (&str, Option<&str>) {
    if let Some((host, rest)) = address.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return (host, rest.strip_prefix(':'));
    }
    match address.split_once(':') {
        Some((host, port)) if !port.contains(':') => (host, Some(port)),
        _ => (address, None),
    }
}

/// `a=b&c=d`, decoded.
fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    text.split('&').filter_map(|pair| pair.split_once('=')).map(|(key, value)| (decoded(key, true), decoded(value, true)))
}

/// With `%41` read; what is no code stays as it is.
fn decoded(text: &str, plus: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digit = |n: usize| bytes.get(at + n).and_then(|&b| char::from(b).to_digit(16));
        match (byte, digit(1), digit(2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
                continue;
            }
            (b'+', ..) if plus => out.push(b' '),
            _ => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
#[path = "dsn_tests.rs"]
mod tests;
