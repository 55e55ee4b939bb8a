//! Tables of a database, and the models made from them.
//!
//! ```text
//!  .sql    text ─► statements ─┐
//!  MySQL   information_schema ─┼─► draft ─► spec ─► view ─► plan of files
//!  PostgreSQL    pg_catalog ───┘       check
//! ```
//!
//! In: SQL files or a server. Out: one checked [`spec::Schema`], whatever the source. A further source (PostgreSQL or
//! SQLite as text) is a module that makes drafts; nothing behind them changes.

pub mod check;
pub mod draft;
pub mod go;
mod kept;
pub mod mongo;
pub mod mysql;
pub mod pattern;
#[cfg(feature = "datasource")]
pub mod server;
pub mod spec;
pub mod types_map;
