//! What every Go back end shares.

pub mod duration;
pub mod files;
pub mod format;
pub mod ident;
pub mod kept;
pub mod leftover;
pub mod module;
pub mod outline;
pub mod package;
