//! What the `.proto` files of a run say, compiled, linked and checked. It knows no Go but what `go_package` says, and no
//! templates.
//!
//! Invariant: every [`TypeRef`] leads to a message of the file it names, and a file's imports stand before it.

use std::path::PathBuf;

use crate::source::{FileId, Span};

/// The files of a run, and the services of those that were named on the command line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RpcSpec {
    /// Every file, the bundled ones too; imports before importers.
    pub files: Vec<ProtoFile>,
    /// The files named on the command line, in its order.
    pub named: Vec<FileNo>,
    /// Their services, in the order of files and then of the text.
    pub services: Vec<Service>,
}

/// A file of [`RpcSpec::files`], by its index there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileNo(pub usize);

/// One `.proto` file.
#[derive(Debug, Clone, PartialEq)]
pub struct ProtoFile {
    /// Its virtual name, as imports spell it: the path below the first `-I` that has it (contract: rpc 3.2).
    pub name: String,
    /// Where it was read from.
    pub origin: Origin,
    /// Its proto package; empty where it has none.
    pub package: String,
    /// The text of `option go_package`, and where it stands.
    pub go_package: Option<(String, Option<Span>)>,
    /// The files it imports, in its order.
    pub imports: Vec<FileNo>,
    /// All messages, a nested one behind the one it stands in; no map entries.
    pub messages: Vec<Message>,
    /// Whether it declares a service, so that it has a `_grpc.pb.go`.
    pub has_services: bool,
    /// The encoded `FileDescriptorProto`, with custom options and source information: what plugins are given.
    pub raw: Vec<u8>,
}

/// Where a file came from.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    /// The user's.
    Disk {
        /// Absolute.
        path: PathBuf,
        /// Its text in this run.
        source: FileId,
    },
    /// One of those that ctl carries: `google/protobuf`, `google/api`, `google/rpc`. No Go is made of them.
    Bundled,
}

/// A message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// Its names from the outermost message inwards: `["Outer", "Inner"]`.
    pub path: Vec<String>,
    /// The messages its fields hold (oneofs, groups and values of maps too), each once, in its order.
    pub holds: Vec<TypeRef>,
    /// Those of them that a field names from the outermost message inwards, and not from where it stands or with a package.
    pub in_full: Vec<TypeRef>,
    /// Whether it is a group of the message it stands in.
    pub is_group: bool,
}

/// A message of some file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeRef {
    /// The file that declares it.
    pub file: FileNo,
    /// As [`Message::path`].
    pub path: Vec<String>,
}

/// A service of a named file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The file it stands in.
    pub file: FileNo,
    /// Its name as written.
    pub name: String,
    /// The name's place.
    pub span: Option<Span>,
    /// In the order of the text.
    pub methods: Vec<Method>,
}

/// A method of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// Its name as written.
    pub name: String,
    /// The name's place.
    pub span: Option<Span>,
    /// The comment right above it, by lines, without its marks and the blanks around it; empty where there is none. The first
    /// line may be empty: `/*` may stand on one of its own.
    pub comment: Vec<String>,
    /// What it takes.
    pub request: TypeRef,
    /// What it answers.
    pub response: TypeRef,
    /// Whether the client sends a stream.
    pub client_streams: bool,
    /// Whether the server sends a stream.
    pub server_streams: bool,
    /// Its `google.api.http` rules: what a gateway maps to it.
    pub http: Vec<HttpRule>,
}

/// A rule of `option (google.api.http)`, or one of its additional bindings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRule {
    /// `get`, `post`, … in lower case; the kind of a custom one as written.
    pub method: String,
    /// The path template as written: `/v1/users/{id}`.
    pub path: String,
    /// `body`; empty where it has none.
    pub body: String,
}

impl ProtoFile {
    /// Its name without directories: `user.proto`.
    pub fn base(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }
}

impl RpcSpec {
    /// The file of that number.
    pub fn file(&self, file: FileNo) -> &ProtoFile {
        &self.files[file.0]
    }
}
