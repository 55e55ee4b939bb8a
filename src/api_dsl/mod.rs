//! The `.api` language and its back ends.

pub mod ast;
pub mod format;
pub mod parse;
pub mod words;

pub mod import;

pub mod check;

pub mod spec;

pub mod go;
