//! What tests share: the laws, and the machine they run on.

#![allow(dead_code, unused_imports, unreachable_pub)]

pub mod laws;
pub mod machine;
#[cfg(all(unix, feature = "datasource"))]
pub mod servers;

pub use laws::*;
