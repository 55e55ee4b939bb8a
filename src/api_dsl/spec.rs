//! The checked model of an API: names resolved, types linked, annotations typed. It can be made only by `check/`, and knows
//! no text but names, documentation and tags, and no target language.

use std::collections::BTreeMap;

use super::ast::Word;
use crate::source::Span;

/// A whole API: one root file with all it imports.
#[derive(Debug, Clone)]
pub struct ApiSpec {
    /// `info ( … )` of the root file, in source order.
    pub info: Vec<(String, String)>,
    /// All declared types, by name in byte order. A [`TypeId`] is a position in this list.
    pub types: Vec<Struct>,
    /// The name every service block carries, `user-api`.
    pub service: Word,
    /// One per service block: by `group` in byte order, then as loaded (root file first, imports depth first).
    pub groups: Vec<Group>,
    /// Made by the checks alone.
    pub(super) _checked: Checked,
}

/// The proof that a spec passed the checks.
#[derive(Debug, Clone)]
pub struct Checked(());

impl Checked {
    /// For `check/` when no error was found.
    pub(super) fn passed() -> Self {
        Self(())
    }
}

impl ApiSpec {
    /// The type behind an id of this spec.
    pub fn get(&self, id: TypeId) -> Option<&Struct> {
        self.types.get(id.0)
    }

    /// All routes with their groups, in the order of the spec.
    pub fn routes(&self) -> impl Iterator<Item = (&Group, &Route)> {
        self.groups.iter().flat_map(|group| group.routes.iter().map(move |route| (group, route)))
    }
}

/// A type of the spec it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeId(pub(super) usize);

/// A declared type.
#[derive(Debug, Clone)]
pub struct Struct {
    /// As declared.
    pub name: Word,
    /// The comments above it, markers included.
    pub docs: Vec<String>,
    /// In source order.
    pub fields: Vec<Field>,
}

/// A field of a struct.
#[derive(Debug, Clone)]
pub struct Field {
    /// `A, B int` has two; an embedded type none.
    pub names: Vec<Word>,
    /// Its type.
    pub ty: Type,
    /// Verbatim, backticks included.
    pub tag: Option<String>,
    /// The comments above it, markers included.
    pub docs: Vec<String>,
    /// The comments behind it on its line, markers included.
    pub trailing: Vec<String>,
    /// The whole field.
    pub span: Span,
}

impl Field {
    /// Whether the type is embedded.
    pub fn is_embedded(&self) -> bool {
        self.names.is_empty()
    }
}

/// A type expression whose names are resolved.
#[derive(Debug, Clone)]
pub enum Type {
    /// `string`, `int64` and the other base types.
    Base(&'static str),
    /// `any` or `interface{}`, as written.
    Any(&'static str),
    /// A declared type.
    Struct(TypeId),
    /// `map[K]V`
    Map(Box<Type>, Box<Type>),
    /// `[]T`
    Slice(Box<Type>),
    /// `[3]T`
    Array(String, Box<Type>),
    /// `*T`
    Pointer(Box<Type>),
    /// A struct without a name.
    Inline(Vec<Field>),
}

impl Type {
    /// The declared type this is, or points to.
    pub fn declared(&self) -> Option<TypeId> {
        match self {
            Self::Struct(id) => Some(*id),
            Self::Pointer(inner) => inner.declared(),
            _ => None,
        }
    }

    /// Whether a declared type stands anywhere in it.
    pub fn mentions_struct(&self) -> bool {
        match self {
            Self::Base(_) | Self::Any(_) => false,
            Self::Struct(_) => true,
            Self::Map(key, value) => key.mentions_struct() || value.mentions_struct(),
            Self::Slice(inner) | Self::Array(_, inner) | Self::Pointer(inner) => inner.mentions_struct(),
            Self::Inline(fields) => fields.iter().any(|f| f.ty.mentions_struct()),
        }
    }
}

/// One service block and what its `@server` says (contract: api-go 6).
#[derive(Debug, Clone)]
pub struct Group {
    /// `group`, without outer slashes; where the name stands.
    pub name: Option<Word>,
    /// `prefix`, cleaned: `/v1`, or `None` where it adds nothing.
    pub prefix: Option<String>,
    /// `jwt`
    pub jwt: Option<Word>,
    /// `jwtTransition`
    pub jwt_transition: Option<Word>,
    /// `middleware`, in source order.
    pub middleware: Vec<Word>,
    /// `timeout`, in nanoseconds.
    pub timeout: Option<i64>,
    /// `maxBytes`
    pub max_bytes: Option<i64>,
    /// `signature: true`
    pub signature: bool,
    /// `sse: true`
    pub sse: bool,
    /// By path in byte order, stable.
    pub routes: Vec<Route>,
}

/// One route.
#[derive(Debug, Clone)]
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Without the prefix: `/users/:id`.
    pub path: Word,
    /// The name behind `@handler`.
    pub handler: Word,
    /// The request's type; always a declared one.
    pub request: Option<TypeId>,
    /// The response's type.
    pub response: Option<Type>,
    /// `@doc`'s text or `summary`, line by line; empty for none.
    pub doc: Vec<String>,
    /// `@doc`'s text as written, without its quotes; nothing for a list of keys.
    pub doc_text: Option<String>,
    /// The keys of `@doc` with their values; empty for a text.
    pub doc_keys: BTreeMap<String, String>,
}

/// The HTTP methods of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// `connect`
    Connect,
    /// `delete`
    Delete,
    /// `get`
    Get,
    /// `head`
    Head,
    /// `options`
    Options,
    /// `patch`
    Patch,
    /// `post`
    Post,
    /// `put`
    Put,
    /// `trace`
    Trace,
}

impl Method {
    /// Every method with the word a route is written with.
    pub const ALL: [(Self, &'static str); 9] = [
        (Self::Connect, "connect"),
        (Self::Delete, "delete"),
        (Self::Get, "get"),
        (Self::Head, "head"),
        (Self::Options, "options"),
        (Self::Patch, "patch"),
        (Self::Post, "post"),
        (Self::Put, "put"),
        (Self::Trace, "trace"),
    ];

    /// The method a route is written with.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, w)| *w == word).map(|(method, _)| *method)
    }

    /// The word a route is written with.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(method, _)| *method == self).map_or("", |(_, word)| word)
    }
}
