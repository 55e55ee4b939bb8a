//! What `ctl docker` was asked for: the flags as typed, nothing checked.

use crate::compat::Compat;
use crate::golang::enclosing::Surroundings;
use crate::plan::Destination;
use crate::render::home::Places;

/// What `docker` was asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `-go`: a file of the program, or its directory; empty for the working directory.
    pub go: String,
    /// `-exe`: what the program is called; empty for what its file is called.
    pub exe: String,
    /// `-base`: the image that it is put upon; empty for none.
    pub base: String,
    /// `-port`
    pub port: Option<i64>,
    /// `-tz`: empty for none.
    pub tz: Option<String>,
    /// `-version`: of Go, or a tag of its image; empty for what the module asks for.
    pub version: String,
    /// Where the Dockerfile goes.
    pub output: Destination,
    /// Whose output to match.
    pub compat: Compat,
    /// Where templates may come from.
    pub templates: Places,
    /// What Go's environment says about where modules are.
    pub surroundings: Surroundings,
}
