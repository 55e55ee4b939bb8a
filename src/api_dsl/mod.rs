//! The `.api` language and its back ends.

pub mod ast;
