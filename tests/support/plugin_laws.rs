//! What holds of every answer of a protobuf plugin.

/// The files that an answer has, by name; each is one below the output directory.
///
/// # Errors
///
/// The law that is broken.
pub fn plugin_laws(answer: &[u8]) -> Result<Option<Vec<String>>, String> {
    let Some(names) = ctl::rpc::plugin::names_in(answer) else { return Ok(None) };
    for name in &names {
        let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
        if !name.split('/').all(plain) || name.contains(['\\', '\0', ':']) {
            return Err(format!("{name:?} is no name below a directory"));
        }
    }
    Ok(Some(names))
}
