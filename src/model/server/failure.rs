//! Why a server's tables could not be read, in words for whoever typed the data source.
//!
//! Invariant: the same mistake has the same text on every machine: the system's own words for it are not shown.

use std::io::ErrorKind;

use super::dsn::{Place, Target, Tls};

/// Why nothing was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Whether the server is to blame, not what was typed (decisions, Command line: exit 2).
    pub unable: bool,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Failure {
    /// Something about what was typed.
    pub(super) fn input(message: impl Into<String>) -> Self {
        Self { unable: false, message: message.into(), help: None }
    }

    /// Something about the server.
    pub(super) fn server(message: impl Into<String>) -> Self {
        Self { unable: true, message: message.into(), help: None }
    }

    /// With what to do.
    #[must_use]
    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// Whose words are spoken, and to whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer<'a> {
    pub product: Product,
    pub target: &'a Target,
}

/// A server's product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Product {
    MySql,
    Postgres,
}

impl Peer<'_> {
    /// `MySQL at 127.0.0.1:3306`
    pub(super) fn name(&self) -> String {
        format!("{} at {}", self.product.name(), self.target.place)
    }

    fn user(&self) -> String {
        self.target.user.as_ref().map_or_else(|| "the user".to_owned(), |user| format!("the user `{user}`"))
    }

    /// No connection within the limit.
    pub(super) fn no_connection_in_time(&self) -> Failure {
        let more = match self.product {
            Product::MySql => "timeout=30s",
            Product::Postgres => "connect_timeout=30",
        };
        let help = format!("check the address; if the server is only slow, add `{more}` to the data source");
        Failure::server(format!("{} did not answer within {}", self.name(), seconds(self.target.connect))).help(help)
    }

    /// No answer to a query within the limit.
    pub(super) fn no_answer_in_time(&self, doing: &str) -> Failure {
        let found = Failure::server(format!("{} took longer than {} for {doing}", self.name(), seconds(self.target.answer)));
        match self.product {
            Product::MySql => found.help("if the server is only slow, add `readTimeout=5m` to the data source"),
            Product::Postgres => found,
        }
    }

    /// What the client says, in our words.
    pub(super) fn failed(&self, error: &sqlx::Error) -> Failure {
        match error {
            sqlx::Error::Io(error) => self.io(error.kind()),
            sqlx::Error::Tls(error) => self.tls(&error.to_string()),
            sqlx::Error::Database(error) => self.refused(error.as_ref()),
            _ => {
                let protocol = match self.product {
                    Product::MySql => "MySQL's",
                    Product::Postgres => "PostgreSQL's",
                };
                let said = error.to_string();
                // The client's own words end with a place in its code.
                let help = format!("does another program listen there? ({})", said.split(" (sqlx").next().unwrap_or_default());
                Failure::server(format!("what answers at {} does not speak {protocol} protocol", self.target.place)).help(help)
            }
        }
    }

    /// The name of the host leads nowhere.
    pub(super) fn unknown_host(&self) -> Failure {
        Failure::server(format!("cannot reach {}: nobody knows this host", self.name())).help("check the host in the data source")
    }

    fn io(&self, kind: ErrorKind) -> Failure {
        let why = match kind {
            ErrorKind::ConnectionRefused => "nothing listens there",
            ErrorKind::NotFound if matches!(self.target.place, Place::Socket(..)) => "there is no such socket",
            ErrorKind::NotFound => "a certificate's file that the data source names is not there",
            ErrorKind::PermissionDenied => "you may not open it",
            ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable => "no network leads there",
            ErrorKind::TimedOut => return self.no_connection_in_time(),
            _ => {
                let help = "the server's log may say why; try again";
                return Failure::server(format!("{} closed the connection", self.name())).help(help);
            }
        };
        Failure::server(format!("cannot reach {}: {why}", self.name())).help("start the server, or correct the data source")
    }

    fn tls(&self, text: &str) -> Failure {
        if text.contains("does not support TLS") {
            let less = match self.product {
                Product::MySql => "leave out `tls=…`",
                Product::Postgres => "write `sslmode=disable`",
            };
            let message = format!("{} does not encrypt, and the data source asks for it", self.name());
            return Failure::input(message).help(format!("{less} if you trust the network"));
        }
        let less = match self.product {
            Product::MySql => "tls=skip-verify",
            Product::Postgres => "sslmode=require",
        };
        let found = Failure::server(format!("cannot encrypt the connection to {}: {text}", self.name()));
        if matches!(self.target.tls, Some(Tls::VerifyCa | Tls::VerifyFull)) {
            return found.help(format!("`{less}` encrypts without looking at the certificate"));
        }
        found
    }

    fn refused(&self, error: &dyn sqlx::error::DatabaseError) -> Failure {
        let number = error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>().map(sqlx::mysql::MySqlDatabaseError::number);
        let state = error.code().unwrap_or_default().into_owned();
        let database = &self.target.database;
        let bare = !matches!(self.target.tls, Some(Tls::Require | Tls::VerifyCa | Tls::VerifyFull));
        let without_tls = error.message().contains("no encryption") || error.message().contains("SSL off");
        match (number, state.as_str()) {
            (Some(3159), _) => Failure::input(format!("{} takes encrypted connections only", self.name()))
                .help("add `tls=skip-verify` to the data source, or `tls=true`, which checks the server's certificate"),
            (None, "28000") if bare && without_tls => {
                let message = format!("{} does not take {} without encryption", self.name(), self.user());
                Failure::input(message).help("write `sslmode=require`; if that is refused too, ask for a line in the server's pg_hba.conf")
            }
            (Some(1045 | 1698), _) | (None, "28000" | "28P01") => {
                let message = format!("{} does not let {} in", self.name(), self.user());
                let help = "check the name and the password, and whether the user may come from this machine";
                // MariaDB says no more to one who must encrypt, and does not.
                let bare = number.is_some() && matches!(self.target.tls, None | Some(Tls::Off));
                let more = if bare { "; one who must encrypt needs `tls=skip-verify` or `tls=true`" } else { "" };
                Failure::input(message).help(format!("{help}{more}"))
            }
            (Some(1049), _) | (None, "3D000") => Failure::input(format!("{} has no database `{database}`", self.name())),
            (Some(1044), _) | (None, "42501") => {
                Failure::input(format!("{} does not let {} use the database `{database}`", self.name(), self.user()))
            }
            (Some(1054), _) => {
                Failure::server(format!("{} is too old", self.name())).help("ctl reads MySQL 5.7 and MariaDB 10.2, and later")
            }
            (Some(number), _) => Failure::server(format!("{} says: {} (error {number})", self.name(), error.message())),
            (None, state) => Failure::server(format!("{} says: {} (SQLSTATE {state})", self.name(), error.message())),
        }
    }
}

impl Product {
    fn name(self) -> &'static str {
        match self {
            Self::MySql => "MySQL",
            Self::Postgres => "PostgreSQL",
        }
    }
}

fn seconds(time: std::time::Duration) -> String {
    format!("{} s", time.as_secs_f64())
}
