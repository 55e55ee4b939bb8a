//! What was written in one `.api` file: every node with its span, every comment kept.
//!
//! The tree knows no meaning: names are not resolved, values are not interpreted, nothing is sorted. It is made by
//! `parse.rs` alone, read by `check/` (which makes the [`spec`](super::spec)) and by `format.rs`.

use crate::source::{FileId, Span};

/// One file.
#[derive(Debug, Clone)]
pub struct File {
    /// Where it was read.
    pub source: FileId,
    /// In source order.
    pub statements: Vec<Statement>,
    /// All comments of the file in source order, those on nodes included.
    pub comments: Vec<Comment>,
}

/// `// …` or `/* … */`, its markers included, a carriage return at its end not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The place.
    pub span: Span,
    /// The text with its markers.
    pub text: String,
}

/// A word, a number or any other single token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As written.
    pub text: String,
    /// The place.
    pub span: Span,
}

/// A top-level statement.
#[derive(Debug, Clone)]
pub enum Statement {
    /// `syntax = "v1"`
    Syntax(Syntax),
    /// `import "x.api"`, `import ( … )`
    Import(Import),
    /// `info ( … )`
    Info(Info),
    /// `type A { … }`, `type ( … )`
    Type(TypeDecl),
    /// `@server ( … ) service a { … }`
    Service(Service),
}

impl Statement {
    /// The whole statement, from its first token to its last.
    pub fn span(&self) -> Span {
        match self {
            Self::Syntax(s) => s.span,
            Self::Import(s) => s.span,
            Self::Info(s) => s.span,
            Self::Type(s) => s.span,
            Self::Service(s) => s.span,
        }
    }
}

/// `syntax = "v1"`
#[derive(Debug, Clone)]
pub struct Syntax {
    /// The whole statement.
    pub span: Span,
    /// The version.
    pub value: Value,
}

/// `import "x.api"` or a group.
#[derive(Debug, Clone)]
pub struct Import {
    /// The whole statement.
    pub span: Span,
    /// Written with parentheses.
    pub grouped: bool,
    /// In source order.
    pub paths: Vec<Value>,
}

/// `info ( … )`
#[derive(Debug, Clone)]
pub struct Info {
    /// The whole statement.
    pub span: Span,
    /// In source order.
    pub entries: Vec<KeyValue>,
}

/// `key: value` of `info`, `@server` or `@doc`.
#[derive(Debug, Clone)]
pub struct KeyValue {
    /// The key.
    pub key: Word,
    /// The value; its text is empty where none was written.
    pub value: Value,
}

/// How a value was spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// `"…"`
    Quoted,
    /// `` `…` ``
    Raw,
    /// Words, numbers, durations, paths, lists; text up to the end of the line (legacy).
    Bare,
}

/// The value of a key, an import, a syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What it means: without quotes, blanks between the tokens of a bare value dropped.
    pub text: String,
    /// How it was spelled.
    pub spelling: Spelling,
    /// The place, quotes included.
    pub span: Span,
}

/// `type A { … }` or `type ( … )`.
#[derive(Debug, Clone)]
pub struct TypeDecl {
    /// The whole statement.
    pub span: Span,
    /// Written with parentheses.
    pub grouped: bool,
    /// In source order.
    pub specs: Vec<TypeSpec>,
}

/// `Name { … }`, `Name = T`, `Name T`.
#[derive(Debug, Clone)]
pub struct TypeSpec {
    /// The comments directly above (above `type` in the form without parentheses).
    pub docs: Vec<Comment>,
    /// The name.
    pub name: Word,
    /// Written with `=`.
    pub alias: bool,
    /// What it is.
    pub ty: DataType,
}

/// A type expression.
#[derive(Debug, Clone)]
pub struct DataType {
    /// The place.
    pub span: Span,
    /// Which.
    pub kind: DataTypeKind,
}

/// The kinds of type expressions.
#[derive(Debug, Clone)]
pub enum DataTypeKind {
    /// `User`, `string`, `any`
    Named(String),
    /// `interface{}`
    Interface,
    /// `map[K]V`
    Map(Box<DataType>, Box<DataType>),
    /// `[]T`
    Slice(Box<DataType>),
    /// `[3]T`; the length as written
    Array(String, Box<DataType>),
    /// `[...]T`
    OpenArray(Box<DataType>),
    /// `*T`
    Pointer(Box<DataType>),
    /// `{ … }`, with or without the word `struct`
    Struct(Struct),
}

/// `{ … }`
#[derive(Debug, Clone)]
pub struct Struct {
    /// In source order.
    pub fields: Vec<Field>,
}

/// One line of a struct.
#[derive(Debug, Clone)]
pub struct Field {
    /// The whole field, tag included.
    pub span: Span,
    /// The comments above.
    pub docs: Vec<Comment>,
    /// `A, B`; empty for an embedded type.
    pub names: Vec<Word>,
    /// The type; for an embedded one `T` or `*T`.
    pub ty: DataType,
    /// `` `json:"a"` ``, its backticks included.
    pub tag: Option<Word>,
    /// The comments behind it on its last line.
    pub trailing: Vec<Comment>,
}

impl Field {
    /// Whether the type is embedded.
    pub fn is_embedded(&self) -> bool {
        self.names.is_empty()
    }
}

/// `@server ( … ) service name { … }`
#[derive(Debug, Clone)]
pub struct Service {
    /// The whole statement.
    pub span: Span,
    /// `@server ( … )`
    pub server: Option<AtServer>,
    /// `user-api`, blanks dropped.
    pub name: Word,
    /// In source order.
    pub items: Vec<Item>,
}

/// `@server ( … )`
#[derive(Debug, Clone)]
pub struct AtServer {
    /// The place.
    pub span: Span,
    /// In source order.
    pub entries: Vec<KeyValue>,
}

/// One route with what stands above it.
#[derive(Debug, Clone)]
pub struct Item {
    /// The whole item.
    pub span: Span,
    /// `@doc …`
    pub doc: Option<AtDoc>,
    /// `@handler name`
    pub handler: Handler,
    /// `get /a (A) returns (B)`
    pub route: Route,
}

/// `@handler name`
#[derive(Debug, Clone)]
pub struct Handler {
    /// The place.
    pub span: Span,
    /// The name.
    pub name: Word,
    /// Written in the old form, `@server ( handler: name )`.
    pub legacy: bool,
}

/// `@doc "…"` or `@doc ( … )`
#[derive(Debug, Clone)]
pub struct AtDoc {
    /// The place.
    pub span: Span,
    /// Which of the two.
    pub kind: AtDocKind,
}

/// The two forms of `@doc`.
#[derive(Debug, Clone)]
pub enum AtDocKind {
    /// `@doc "text"`
    Text(Value),
    /// `@doc ( summary: "text" )`
    Entries(Vec<KeyValue>),
}

/// `get /users/:id (Req) returns (Resp)`
#[derive(Debug, Clone)]
pub struct Route {
    /// The whole route.
    pub span: Span,
    /// As written; the grammar admits lower case alone.
    pub method: Word,
    /// Blanks dropped.
    pub path: Word,
    /// What stands in the first parentheses; `None` for none or `()`.
    pub request: Option<DataType>,
    /// What stands in those of `returns`; `None` for none or `()`.
    pub response: Option<DataType>,
}
