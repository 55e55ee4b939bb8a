//! Tables of a running server: MySQL, MariaDB, PostgreSQL.
//!
//! In: a data source and patterns of table names. Out: a [`Draft`](super::draft::Draft), made of at most three queries, the
//! findings in a [`Report`], or a [`Failure`] in words for whoever typed the command.
//!
//! Invariants: everything happens on one thread and ends within the limits of [`dsn`]; no message holds a password.

mod ask;
pub mod dsn;
mod failure;
mod misread;
mod mysql;
mod postgres;
mod wanted;

use std::cell::RefCell;

pub use failure::Failure;
pub use wanted::Wanted;

use super::draft::Draft;
use crate::diagnostic::Report;

/// What a server says of its tables.
#[derive(Debug)]
pub struct Found {
    /// Its tables by name, those that were asked for.
    pub draft: Draft,
    /// The database of MySQL or the schema of PostgreSQL: a part of cache keys (contract: model 3).
    pub database: String,
}

/// The tables of the database that `url` names. `waiting` is told what is being done whenever it takes longer than a second.
///
/// # Errors
///
/// [`Failure`] where the data source does not read, the server does not answer, or no table fits.
pub fn mysql(url: &str, wanted: &Wanted, report: &mut Report, waiting: &mut dyn FnMut(&str)) -> Result<Found, Failure> {
    let target = dsn::mysql(url)?;
    let doing = RefCell::new(String::new());
    let read = ask::block_on(mysql::read(&target, &doing), &doing, waiting)?;
    let tables = wanted.choose(read, &target.database, report)?;
    Ok(Found { draft: Draft { dialect: super::spec::Dialect::MySql, tables }, database: target.database })
}

/// The tables of a schema of the database that `url` names; an empty schema is `public`. `waiting` as in [`mysql`].
///
/// # Errors
///
/// As [`mysql`].
pub fn postgres(url: &str, schema: &str, wanted: &Wanted, report: &mut Report, waiting: &mut dyn FnMut(&str)) -> Result<Found, Failure> {
    let target = dsn::postgres(url)?;
    let schema = if schema.is_empty() { "public" } else { schema };
    let doing = RefCell::new(String::new());
    let read = ask::block_on(postgres::read(&target, schema, &doing), &doing, waiting)?;
    let tables = wanted.choose(read, schema, report)?;
    Ok(Found { draft: Draft { dialect: super::spec::Dialect::Postgres, tables }, database: schema.to_owned() })
}
