//! What a source says of a table, as it says it: keys name their columns, nothing is resolved yet.
//!
//! In: statements of a file, or rows of a server's catalogue. Out: drafts for [`check`](super::check).

use super::spec::{ColumnType, Default, Dialect, Generated, GoctlColumn, Name};
use crate::source::Span;

/// The tables of one source.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Whose SQL it is.
    pub dialect: Dialect,
    /// In the order of the source.
    pub tables: Vec<TableDraft>,
}

/// A table.
#[derive(Debug, Clone)]
pub struct TableDraft {
    /// Without its qualifier.
    pub name: Name,
    /// The database or schema in front of it.
    pub qualifier: Option<String>,
    /// Unescaped.
    pub comment: String,
    /// In their order, those that could be read.
    pub columns: Vec<ColumnDraft>,
    /// Each `PRIMARY KEY`, on a column or of its own; a second one is an error.
    pub primary_keys: Vec<KeyDraft>,
    /// All others.
    pub indexes: Vec<IndexDraft>,
    /// In their order.
    pub foreign_keys: Vec<ForeignKeyDraft>,
    /// See [`Table::goctl_refuses`](super::spec::Table::goctl_refuses): what the source alone can know (syntax). What
    /// follows from keys is added by the checks.
    pub goctl_refuses: Option<&'static str>,
}

/// A column.
#[derive(Debug, Clone)]
pub struct ColumnDraft {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: ColumnType,
    /// Whether `NOT NULL` is said (or implied, as by `SERIAL`).
    pub not_null: bool,
    /// `None` for none and for `DEFAULT NULL`.
    pub default: Option<Default>,
    /// See [`Column::auto_increment`](super::spec::Column::auto_increment).
    pub auto_increment: bool,
    /// See [`Column::generated`](super::spec::Column::generated).
    pub generated: Option<Generated>,
    /// `ON UPDATE CURRENT_TIMESTAMP`
    pub on_update: bool,
    /// Unescaped.
    pub comment: String,
    /// See [`Column::goctl`](super::spec::Column::goctl).
    pub goctl: Option<GoctlColumn>,
}

/// A list of columns that a key names.
#[derive(Debug, Clone)]
pub struct KeyDraft {
    /// In key order.
    pub parts: Vec<PartDraft>,
    /// Where it stands.
    pub span: Option<Span>,
}

/// One part of a key.
#[derive(Debug, Clone)]
pub enum PartDraft {
    /// A column by its name; MySQL does not mind the case.
    Column {
        /// Its name.
        name: Name,
        /// Only so much of it.
        prefix: Option<u64>,
        /// `DESC`
        descending: bool,
    },
    /// An expression, as written.
    Expression(String),
}

/// An index besides the primary key.
#[derive(Debug, Clone)]
pub struct IndexDraft {
    /// `None` where the source leaves it to the server.
    pub name: Option<Name>,
    /// Whether no two rows may have the same key.
    pub unique: bool,
    /// See [`Index::special`](super::spec::Index::special).
    pub special: bool,
    /// Its key.
    pub key: KeyDraft,
    /// Columns carried along.
    pub include: Vec<Name>,
    /// Which rows it covers.
    pub predicate: Option<String>,
}

/// A foreign key.
#[derive(Debug, Clone)]
pub struct ForeignKeyDraft {
    /// Its columns.
    pub columns: Vec<Name>,
    /// The table they lead to.
    pub table: String,
    /// Its columns; empty for its primary key.
    pub references: Vec<String>,
}
