//! A first project that answers: `greet`, made by the slices of the languages, with a few files of its own.
//!
//! ```text
//! own texts ─► rpc, api_dsl (their whole way) ─► rendered files ─► own files in place of some ─► write ─► run
//! ```
//!
//! In: the kind, and the directory `greet`, which is taken to be empty. Out: every file of the project; and its programs,
//! built and started with the user's Go. Source of the rules: contract cli-and-ops 10 and 18 (31).

mod generate;
mod run;
mod stop;
mod texts;

pub use generate::{Generated, Options, generate};
pub use run::{Built, Fault, Project, Running, Talk, taken};
pub use stop::{Signal, Stop};

/// What is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An HTTP service.
    Mono,
    /// A zRPC service, and an HTTP service that asks it.
    Micro,
}

/// A program of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Program {
    /// Its directory below `greet`, and its name.
    pub name: &'static str,
    /// The port of 127.0.0.1 that it listens on.
    pub port: u16,
}

const RPC: Program = Program { name: "rpc", port: 8080 };
const API: Program = Program { name: "api", port: 8888 };

/// The directory of the project.
pub const NAME: &str = "greet";

/// The command that asks the project.
pub const QUESTION: &str = "curl http://127.0.0.1:8888/ping";

impl Kind {
    /// Its programs, in the order in which they are started: each asks those before it.
    pub fn programs(self) -> &'static [Program] {
        match self {
            Self::Mono => &[API],
            Self::Micro => &[RPC, API],
        }
    }
}
