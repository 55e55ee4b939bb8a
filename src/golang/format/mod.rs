//! gofmt in process. Until the formatter lands, text passes as the templates made it.

/// Formats one Go source file.
///
/// # Errors
///
/// Where Go would refuse the file.
pub fn format(source: &str) -> Result<String, SyntaxError> {
    Ok(source.to_owned())
}

/// Where and why gofmt would refuse the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The byte in the source.
    pub offset: usize,
    /// Why.
    pub message: String,
}
