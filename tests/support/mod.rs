//! What tests share: the laws, and the machine they run on.

#![allow(dead_code, unused_imports, unreachable_pub)]

#[cfg(all(unix, feature = "datasource"))]
pub mod databases;
pub mod deployment;
#[cfg(feature = "datasource")]
pub mod dsn_laws;
pub mod images;
pub mod laws;
pub mod machine;
pub mod plugin_laws;
pub mod postgres;
pub mod proto_laws;
pub mod servers;
pub mod service;
pub mod shop;
pub mod sql_laws;
pub mod table;

pub use laws::*;
pub use plugin_laws::*;
pub use proto_laws::*;
pub use sql_laws::*;
