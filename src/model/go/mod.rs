//! From a checked schema to the Go models of its tables.
//!
//! In: a [`Schema`](super::spec::Schema). Out: for each table with a primary key `<stem>_gen.go` and `<stem>.go`, and one
//! `vars.go` (contract: model 5 to 9; decisions, Models).

mod cache_key;
mod generate;
mod lookup;
mod notes;
mod parameters;
mod plan;
mod sample;
mod table;
mod view;
mod words;

use std::collections::BTreeSet;

use super::types_map::TypesMap;
use crate::compat::Compat;
use crate::render::home::Places;

pub use generate::generate;
pub(crate) use sample::samples;

/// How models are made.
#[derive(Debug, Clone)]
pub struct Options {
    /// `--cache`
    pub cache: bool,
    /// `--prefix`
    pub prefix: String,
    /// `--database`, or the database that a DSN names; empty for none.
    pub database: String,
    /// `--ignore-columns`: what neither an insert nor an update writes.
    pub ignored: BTreeSet<String>,
    /// `--style`; empty for `gozero`.
    pub style: String,
    /// `--null-defaults`: nullable columns with a default get nullable types everywhere.
    pub null_defaults: bool,
    /// `--compat`
    pub compat: Compat,
    /// Which type each column gets.
    pub types: TypesMap,
    /// Where templates may come from.
    pub templates: Places,
}

/// What goctl leaves to the database.
pub const IGNORED_COLUMNS: [&str; 6] = ["create_at", "created_at", "create_time", "update_at", "updated_at", "update_time"];
