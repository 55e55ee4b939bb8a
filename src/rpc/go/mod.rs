//! From a checked `.proto` to Go services of go-zero's zRPC.

pub mod wiring;
