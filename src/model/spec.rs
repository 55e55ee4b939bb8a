//! The checked model of a schema: names resolved, keys linked to their columns. Made by [`check`](super::check) alone; it
//! knows no SQL text but names, types, defaults and comments, and no Go.

use crate::source::Span;

/// Whose SQL it is: how names are quoted and parameters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// MySQL and MariaDB.
    MySql,
    /// PostgreSQL.
    Postgres,
}

/// The tables of one source.
#[derive(Debug, Clone)]
pub struct Schema {
    /// Whose SQL it is.
    pub dialect: Dialect,
    /// In the order of the source: of a file as written, of a server by name.
    pub tables: Vec<Table>,
}

/// A name, without its quotes, and where it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As declared.
    pub text: String,
    /// `None` for what a server says.
    pub span: Option<Span>,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Without its qualifier.
    pub name: Name,
    /// The database or schema it was qualified with, or was found in.
    pub qualifier: Option<String>,
    /// `COMMENT`, unescaped.
    pub comment: String,
    /// In their order; never empty.
    pub columns: Vec<Column>,
    /// The columns of the primary key in key order; empty where there is none.
    pub primary_key: Vec<ColumnId>,
    /// All others: in the order of the source.
    pub indexes: Vec<Index>,
    /// In the order of the source.
    pub foreign_keys: Vec<ForeignKey>,
    /// Why goctl 1.10.2 takes no such table (contract: model 2, 3), in words; `None` where it does. Its Go types are fixed
    /// by what services made with goctl share (decisions, Models).
    pub goctl_refuses: Option<&'static str>,
}

impl Table {
    /// The column behind an id of this table.
    pub fn column(&self, id: ColumnId) -> Option<&Column> {
        self.columns.get(id.0)
    }

    /// Whether the column is part of the primary key.
    pub fn is_key(&self, id: ColumnId) -> bool {
        self.primary_key.contains(&id)
    }
}

/// A column of the table it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ColumnId(pub(super) usize);

impl ColumnId {
    /// Its place in [`Table::columns`].
    pub fn index(self) -> usize {
        self.0
    }
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: ColumnType,
    /// Whether it can hold NULL: no `NOT NULL`, and not part of the primary key.
    pub nullable: bool,
    /// `None` for none and for `DEFAULT NULL`.
    pub default: Option<Default>,
    /// `AUTO_INCREMENT`, `SERIAL`, an identity, or the next value of a sequence.
    pub auto_increment: bool,
    /// A value that the server computes: never written.
    pub generated: Option<Generated>,
    /// `ON UPDATE CURRENT_TIMESTAMP`
    pub on_update: bool,
    /// `COMMENT`, unescaped.
    pub comment: String,
    /// What goctl reads there; `None` where a server says what the column is: goctl asks it too.
    pub goctl: Option<GoctlColumn>,
}

/// What goctl reads in the text of a column, which it takes more literally than MySQL does (contract: model 2).
#[derive(Debug, Clone, std::default::Default, PartialEq, Eq)]
pub struct GoctlColumn {
    /// Whether the word `UNSIGNED` is there.
    pub unsigned: bool,
    /// Whether there is a default: a text that begins with `null` is none.
    pub default: bool,
    /// The comment with its escapes.
    pub comment: String,
}

/// The type of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnType {
    /// What a types map looks up, lower case (contract: model 3, 4.1): `bigint`, `varchar`, `_int4`.
    pub key: String,
    /// The key of the type below a domain of PostgreSQL, for a types map that does not know `key`; `None` for all others.
    pub base: Option<String>,
    /// The whole type as declared: `decimal(10,2) unsigned`.
    pub text: String,
    /// `UNSIGNED`, and what implies it: `ZEROFILL`, `SERIAL`.
    pub unsigned: bool,
    /// The numbers in its parentheses: `10, 2`.
    pub arguments: Vec<u64>,
    /// The values of an `ENUM` or a `SET`, unescaped.
    pub values: Vec<String>,
}

/// What a column holds where nothing is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Default {
    /// A literal, unescaped and without its quotes.
    Literal(String),
    /// An expression, as written: `CURRENT_TIMESTAMP(6)`, `(uuid())`.
    Expression(String),
}

/// A computed column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// As written.
    pub expression: String,
    /// Whether it is stored.
    pub stored: bool,
}

/// An index besides the primary key.
#[derive(Debug, Clone)]
pub struct Index {
    /// `None` where the source leaves it to the server.
    pub name: Option<Name>,
    /// Whether no two rows may have the same key.
    pub unique: bool,
    /// `FULLTEXT`, `SPATIAL`, GIN and the like: not for looking up values.
    pub special: bool,
    /// Its key, in order; never empty.
    pub parts: Vec<Part>,
    /// Columns that are carried along, not part of the key (PostgreSQL's `INCLUDE`).
    pub include: Vec<ColumnId>,
    /// Which rows it covers, as written (PostgreSQL's `WHERE`); `None` for all.
    pub predicate: Option<String>,
}

impl Index {
    /// The columns of the key, where it is made of whole columns alone.
    pub fn columns(&self) -> Option<Vec<ColumnId>> {
        let column = |part: &Part| match part {
            Part::Column { column, prefix: None, .. } => Some(*column),
            Part::Column { .. } | Part::Expression(_) => None,
        };
        self.parts.iter().map(column).collect()
    }
}

/// One part of an index's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A column.
    Column {
        /// Which.
        column: ColumnId,
        /// Only so many characters or bytes of it.
        prefix: Option<u64>,
        /// `DESC`
        descending: bool,
    },
    /// An expression, as written.
    Expression(String),
}

/// A foreign key.
#[derive(Debug, Clone)]
pub struct ForeignKey {
    /// Its columns, in order.
    pub columns: Vec<ColumnId>,
    /// The table they lead to, with its qualifier if it has one.
    pub table: String,
    /// Its columns, by name; empty for its primary key.
    pub references: Vec<String>,
}
