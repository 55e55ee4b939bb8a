//! gofmt in process.
