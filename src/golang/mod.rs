//! What every Go back end shares.

pub mod format;
