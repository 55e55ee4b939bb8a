//! What every Go back end shares.

pub mod comment;
pub mod constraint;
pub mod duration;
pub mod enclosing;
pub mod files;
pub mod format;
pub mod ident;
pub mod kept;
pub mod leftover;
pub mod mod_file;
pub mod module;
pub mod outline;
pub mod package;
pub mod required;
