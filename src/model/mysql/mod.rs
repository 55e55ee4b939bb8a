//! MySQL and MariaDB as text: dumps, schemas, migrations.
//!
//! ```text
//!  text ─► pieces ─► tokens ─► tables as the statements leave them ─► draft
//!        split     lex       table, column, types, key, alter
//! ```
//!
//! In: `.sql` files. Out: a [`Draft`] for the checks. Statements on tables are read, one by one, so that a broken one costs no
//! other; all others are passed over at the speed of memory. What cannot be read is a located warning that says what is lost.

mod alter;
mod column;
mod comma;
mod default;
mod files;
mod flyway;
mod goctl;
mod head;
mod key;
mod lex;
mod named;
mod option;
mod reader;
mod reserved;
mod schema;
mod split;
mod table;
mod types;
mod unknown;

pub use files::{is_down, load, sql_files};

use crate::diagnostic::Report;
use crate::model::draft::Draft;
use crate::source::{FileId, Sources};

/// The tables that the statements of one file leave.
pub fn parse(file: FileId, sources: &Sources, report: &mut Report) -> Draft {
    let mut schema = schema::Schema::default();
    schema.read(file, sources.text(file), report);
    schema.draft(report)
}
