//! Models of MongoDB: from the names of Go types to the files of a package.
//!
//! In: what `--type` lists, and the directory. Out: for each type a struct that is the user's, a model that is generated,
//! a place for methods of the user's; one file of errors. Source of the rules: contract model 11 and 14.
//!
//! Invariants: the files compile together, and with what stands beside them: one package, no name declared twice. A kept
//! file's names may have moved into another file of the user's.

mod generate;
mod names;
mod plan;
mod view;

pub use generate::{Options, generate};
pub(crate) use plan::samples;
