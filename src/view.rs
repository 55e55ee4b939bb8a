//! What a template sees: finished strings, booleans, numbers and lists, each with its documentation.
//!
//! In: the structs of a slice's `view/`, declared by [`view!`]. Out: a [`View`], ready for a template of either language.
//! `ctl template vars` and `docs/templates.md` print the documentation of the very structs the templates are filled from.
//!
//! Invariant: nothing here decides anything, and no template sees more than its view.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use tera::Context;

use crate::render::tpl::{self, Root, Value};

/// What a value is, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Text.
    Text,
    /// True or false.
    Bool,
    /// A whole number.
    Number,
    /// Values of one shape, in order.
    List(&'static Shape),
    /// Values with names.
    Struct(&'static [Variable]),
    /// Texts, each with a name that the input chose.
    Map,
    /// The same, or nothing.
    Optional(&'static Shape),
}

impl Shape {
    /// `list of strings`
    pub fn words(self) -> String {
        match self {
            Self::Text => "string".to_owned(),
            Self::Bool => "bool".to_owned(),
            Self::Number => "number".to_owned(),
            Self::List(Self::Text) => "list of strings".to_owned(),
            Self::List(_) => "list".to_owned(),
            Self::Struct(_) => "object".to_owned(),
            Self::Map => "map of strings".to_owned(),
            Self::Optional(inner) => format!("{} or nothing", inner.words()),
        }
    }

    /// What stands below it by name: the fields of an object, or of a list's items.
    pub fn below(self) -> &'static [Variable] {
        match self {
            Self::Struct(fields) => fields,
            Self::List(inner) | Self::Optional(inner) => inner.below(),
            Self::Text | Self::Bool | Self::Number | Self::Map => &[],
        }
    }
}

/// One name that a template may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// As written in the template.
    pub name: &'static str,
    /// What it is, line by line.
    pub meaning: &'static [&'static str],
    /// Its type.
    pub shape: Shape,
}

/// A type that a view may hold.
pub trait Shaped {
    /// What it is.
    const SHAPE: Shape;
}

/// A struct that a template is filled from, declared by [`view!`].
pub trait Documented: Serialize + fmt::Debug + Send + Sync + 'static {
    /// Its fields.
    const VARIABLES: &'static [Variable];
}

macro_rules! shaped {
    ($($ty:ty: $shape:ident),+) => { $(impl Shaped for $ty { const SHAPE: Shape = Shape::$shape; })+ };
}

shaped!(String: Text, &'static str: Text, bool: Bool, u16: Number, u32: Number, usize: Number, BTreeMap<String, String>: Map);

impl<T: Shaped> Shaped for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
}

impl<T: Shaped, const N: usize> Shaped for [T; N] {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
}

impl<T: Shaped> Shaped for Option<T> {
    const SHAPE: Shape = Shape::Optional(&T::SHAPE);
}

/// Declares a struct whose fields, with their documentation, are what a template sees.
macro_rules! view {
    ($($(#[doc = $about:literal])+ $vis:vis struct $name:ident {
        $($(#[doc = $doc:literal])+ $field_vis:vis $field:ident: $ty:ty,)*
    })+) => {$(
        $(#[doc = $about])+
        #[derive(Debug, Clone, serde::Serialize)]
        // goctl's names are goctl's.
        #[allow(non_snake_case)]
        $vis struct $name { $($(#[doc = $doc])+ $field_vis $field: $ty,)* }

        impl $crate::view::Documented for $name {
            const VARIABLES: &'static [$crate::view::Variable] = &[$($crate::view::Variable {
                name: $crate::view::bare(stringify!($field)),
                meaning: &[$($doc),+],
                shape: <$ty as $crate::view::Shaped>::SHAPE,
            },)*];
        }

        impl $crate::view::Shaped for $name {
            const SHAPE: $crate::view::Shape = $crate::view::Shape::Struct(<$name as $crate::view::Documented>::VARIABLES);
        }
    )+};
}
pub(crate) use view;

/// A field's name without the mark that Rust needs where it is one of its own words.
pub const fn bare(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', rest @ ..] => match std::str::from_utf8(rest) {
            Ok(bare) => bare,
            Err(_) => name,
        },
        _ => name,
    }
}

/// The values for one file, for a template of either language. Files that show the same things share them.
#[derive(Debug, Clone)]
pub struct View {
    seen: Arc<dyn Seen>,
    subject: Option<Arc<dyn Subject>>,
    shows_data: bool,
    beyond_goctl: Option<&'static str>,
    is_copied: bool,
    /// What helps where a `.tpl` cannot be read, if the built-in template stands in for it.
    falls_back: Option<&'static str>,
}

/// What goctl's templates know besides their variables, of the thing that a view is about (contract: model 9).
pub trait Subject: fmt::Debug + Send + Sync {
    /// The columns that `hasField` knows.
    fn columns(&self) -> &[String];
    /// The variable `data`.
    fn data(&self) -> Value;
}

/// A variable whose text is what other templates make: in goctl's homes these are files of their own.
#[derive(Debug, Clone)]
pub struct Slot {
    /// The variable in the outer template.
    pub variable: &'static str,
    /// What it is made of.
    pub parts: Vec<View>,
    /// How they are put together.
    pub glue: Glue,
}

/// How the parts of a slot are put together, as goctl does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glue {
    /// One behind the other, without blanks around the whole.
    Trimmed,
    /// As they are, each on a line of its own; empty ones are left out.
    Lines,
}

impl Glue {
    /// The whole.
    pub fn join(self, parts: Vec<String>) -> String {
        match self {
            Self::Trimmed => parts.concat().trim().to_owned(),
            Self::Lines => parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"),
        }
    }
}

impl View {
    /// What the template `name` (`api/handler`) sees: `ours` where it is a `.tera`, what `goctl` makes of it where it is
    /// one of goctl's `.tpl`.
    pub fn new<O: Documented, G: Documented>(name: &'static str, ours: impl Into<Arc<O>>, goctl: fn(&O) -> G) -> Self {
        Self::with_slots(name, ours, goctl, Vec::new())
    }

    /// The same with variables that other templates make.
    pub fn with_slots<O: Documented, G: Documented>(
        name: &'static str,
        ours: impl Into<Arc<O>>,
        goctl: fn(&O) -> G,
        slots: Vec<Slot>,
    ) -> Self {
        let seen = Arc::new(Both { name, ours: ours.into(), goctl, slots });
        Self { seen, subject: None, shows_data: false, beyond_goctl: None, is_copied: false, falls_back: None }
    }

    /// The same with what goctl's templates know of its subject; `data` says whether as a variable too.
    #[must_use]
    pub fn about(self, subject: Arc<dyn Subject>, data: bool) -> Self {
        Self { subject: Some(subject), shows_data: data, ..self }
    }

    /// The same for a `.tera` alone: goctl's templates cannot say `what` ("tables with composite keys"), so the built-in one
    /// stands in for a `.tpl`.
    #[must_use]
    pub fn in_tera(self, what: &'static str) -> Self {
        Self { beyond_goctl: Some(what), ..self }
    }

    /// The same where a `.tpl` is no template at all: goctl copies it as it is.
    #[must_use]
    pub fn copied(self) -> Self {
        Self { is_copied: true, ..self }
    }

    /// The same where a `.tpl` that cannot be read is passed over with a warning, whose help is `why`: it may be none of the
    /// fault of whose home it is.
    #[must_use]
    pub fn or_built_in(self, why: &'static str) -> Self {
        Self { falls_back: Some(why), ..self }
    }

    /// Whether a `.tpl` that cannot be read is passed over, and what helps.
    pub fn falls_back(&self) -> Option<&'static str> {
        self.falls_back
    }

    /// Whether a `.tpl` is copied as it is.
    pub fn is_copied(&self) -> bool {
        self.is_copied
    }

    /// What goctl's templates cannot say of it, so that a `.tpl` is passed over.
    pub fn beyond_goctl(&self) -> Option<&'static str> {
        self.beyond_goctl
    }

    /// Whether goctl's templates know more of its subject than their variables.
    pub fn is_about(&self) -> bool {
        self.subject.is_some()
    }

    /// Whether a `.tpl` has goctl's variable `data` as well.
    pub fn shows_data(&self) -> bool {
        self.shows_data
    }

    /// The columns that `hasField` knows.
    pub fn columns(&self) -> &[String] {
        self.subject.as_deref().map_or(&[], Subject::columns)
    }

    /// The template.
    pub fn name(&self) -> &'static str {
        self.seen.name()
    }

    /// What other templates make of it.
    pub fn slots(&self) -> &[Slot] {
        self.seen.slots()
    }

    /// The values for a `.tera`.
    pub fn for_tera(&self) -> Context {
        self.seen.for_tera()
    }

    /// The values for a `.tpl`: unknown names print as `<no value>` ([`Root::Map`]), or are errors. `data` is among them where
    /// it is asked for: it is large, and few templates read it.
    pub fn for_go(&self, root: Root, data: bool) -> Value {
        let mut values = self.seen.for_go(root);
        if let (Value::Map(values) | Value::Object(values), Some(subject), true) = (&mut values, &self.subject, data && self.shows_data) {
            values.insert("data".to_owned(), subject.data());
        }
        values
    }

    /// The names that a `.tera` may use, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.seen.names().iter().map(|variable| variable.name.to_owned()).collect();
        names.sort();
        names
    }

    /// The documentation of the variables of a `.tera` and of a `.tpl`, each with the values as JSON.
    pub fn variables(&self) -> [(&'static [Variable], serde_json::Value); 2] {
        self.seen.variables()
    }
}

#[derive(Debug)]
struct Both<O, G> {
    name: &'static str,
    ours: Arc<O>,
    goctl: fn(&O) -> G,
    slots: Vec<Slot>,
}

/// [`Both`] without its types.
trait Seen: fmt::Debug + Send + Sync {
    fn name(&self) -> &'static str;
    fn slots(&self) -> &[Slot];
    fn names(&self) -> &'static [Variable];
    fn for_tera(&self) -> Context;
    fn for_go(&self, root: Root) -> Value;
    fn variables(&self) -> [(&'static [Variable], serde_json::Value); 2];
}

// A view is a plain struct of strings, booleans, numbers and lists, which serialises without fail.
impl<O: Documented, G: Documented> Seen for Both<O, G> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn slots(&self) -> &[Slot] {
        &self.slots
    }

    fn names(&self) -> &'static [Variable] {
        O::VARIABLES
    }

    fn for_tera(&self) -> Context {
        Context::from_serialize(&*self.ours).unwrap_or_default()
    }

    fn for_go(&self, root: Root) -> Value {
        tpl::value(&(self.goctl)(&self.ours), root).unwrap_or(Value::Nil)
    }

    fn variables(&self) -> [(&'static [Variable], serde_json::Value); 2] {
        let json = |values: serde_json::Result<serde_json::Value>| values.unwrap_or_default();
        [(O::VARIABLES, json(serde_json::to_value(&*self.ours))), (G::VARIABLES, json(serde_json::to_value((self.goctl)(&self.ours))))]
    }
}
