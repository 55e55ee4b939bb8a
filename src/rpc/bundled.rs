//! The `.proto` files that ctl carries: what services import and nobody installs.
//!
//! `google/api` and `google/rpc` are Google's, word for word, under the Apache License 2.0 (`bundled/google/LICENSE`);
//! `google/protobuf` comes with prost-reflect. A file of the user's with one of these names is read instead.

use prost_reflect::DescriptorPool;
use prost_types::FileDescriptorProto;

macro_rules! bundled {
    ($($name:literal,)+) => {
        /// The files that are carried as text, by virtual name.
        const TEXTS: &[(&str, &str)] = &[$(($name, include_str!(concat!("bundled/", $name)))),+];
    };
}

bundled! {
    "google/api/annotations.proto",
    "google/api/client.proto",
    "google/api/field_behavior.proto",
    "google/api/http.proto",
    "google/api/httpbody.proto",
    "google/api/launch_stage.proto",
    "google/api/resource.proto",
    "google/rpc/code.proto",
    "google/rpc/error_details.proto",
    "google/rpc/status.proto",
}

/// What comes with protoc.
const WELL_KNOWN: [&str; 12] = [
    "google/protobuf/any.proto",
    "google/protobuf/api.proto",
    "google/protobuf/compiler/plugin.proto",
    "google/protobuf/descriptor.proto",
    "google/protobuf/duration.proto",
    "google/protobuf/empty.proto",
    "google/protobuf/field_mask.proto",
    "google/protobuf/source_context.proto",
    "google/protobuf/struct.proto",
    "google/protobuf/timestamp.proto",
    "google/protobuf/type.proto",
    "google/protobuf/wrappers.proto",
];

/// A file that ctl carries.
pub(super) enum Bundled {
    /// As text.
    Text(&'static str),
    /// Compiled; boxed, since it is ten times the size of the other.
    Compiled(Box<FileDescriptorProto>),
}

/// The file of that virtual name.
pub(super) fn find(name: &str) -> Option<Bundled> {
    if let Some((_, text)) = TEXTS.iter().find(|(known, _)| *known == name) {
        return Some(Bundled::Text(text));
    }
    let known = WELL_KNOWN.contains(&name).then(|| DescriptorPool::global().get_file_by_name(name))??;
    Some(Bundled::Compiled(Box::new(known.file_descriptor_proto().clone())))
}

/// The virtual names of all.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    TEXTS.iter().map(|(name, _)| *name).chain(WELL_KNOWN)
}

/// The files that protoc lacks, with their texts.
pub(super) fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEXTS.iter().copied()
}

/// The file to import for a well-known type: `google.protobuf.Timestamp`, or `Timestamp` alone.
pub(super) fn declaring(type_name: &str) -> Option<(String, String)> {
    let name = type_name.trim_start_matches('.');
    let full = if name.contains('.') { name.to_owned() } else { format!("google.protobuf.{name}") };
    let message = DescriptorPool::global().get_message_by_name(&full)?;
    let file = message.parent_file();
    (file.name() != "google/protobuf/descriptor.proto").then(|| (full, file.name().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_there_with_what_they_import() {
        for name in names() {
            let imports = match find(name).unwrap() {
                Bundled::Text(text) => protox_parse::parse(name, text).unwrap().dependency,
                Bundled::Compiled(file) => file.dependency.clone(),
            };
            assert!(imports.iter().all(|import| names().any(|name| name == import)), "{name}: {imports:?}");
        }
        assert!(find("google/api/nothing.proto").is_none());
    }

    #[test]
    fn well_known_types_have_their_file() {
        let file = |name: &str| declaring(name).map(|(_, file)| file);
        assert_eq!(file("Timestamp").as_deref(), Some("google/protobuf/timestamp.proto"));
        assert_eq!(file(".google.protobuf.Int64Value").as_deref(), Some("google/protobuf/wrappers.proto"));
        assert_eq!(file("google.protobuf.Nothing"), None);
    }
}
