//! `ctl` turns the languages a go-zero team writes into Go services.

pub mod golang;
