//! `ctl` turns the languages a go-zero team writes into Go services.

pub mod source;

pub mod diagnostic;

pub mod api_dsl;

pub mod golang;

pub mod naming;

pub mod plan;

pub mod compat;

pub mod render;

pub mod write;

pub mod cli;
