//! Views as values of Go templates.

use std::collections::HashMap;
use std::fmt;

use gtmpl_ng::{Number, Value};
use serde::ser::{self, Serialize};

use crate::naming::{camel, snake, untitle, words_title};

/// What the data of a template is at the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// A Go map: an unknown key prints `<no value>`. All of goctl's templates but two.
    Map,
    /// A Go struct: an unknown field is an error. docker and kube.
    Struct,
}

/// A view that Go templates cannot be given: bytes, or a map whose keys are no texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoValue(String);

impl fmt::Display for NoValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoValue {}

impl ser::Error for NoValue {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// A view as goctl's templates see it: structs become Go structs, maps Go maps, lists slices, texts and characters strings,
/// `None` nil. The struct at the top becomes what `root` says.
///
/// # Errors
///
/// The view holds what no Go template is given. That is a mistake of the view, not of a user.
pub fn value(view: &impl Serialize, root: Root) -> Result<Value, NoValue> {
    Ok(match (view.serialize(Serializer)?, root) {
        (Value::Object(fields), Root::Map) => Value::Map(fields),
        (Value::Map(fields), Root::Struct) => Value::Object(fields),
        (value, _) => value,
    })
}

/// goctl's string with methods, each as what it gives (contract: model 9.1).
pub fn text(text: &str) -> Value {
    let methods = [
        ("Source", text.to_owned()),
        ("ToCamel", camel(text)),
        ("ToSnake", snake(text)),
        ("Title", words_title(text)),
        ("Untitle", untitle(text)),
        ("Lower", text.to_lowercase()),
        ("Upper", text.to_uppercase()),
    ];
    let mut fields: HashMap<String, Value> = methods.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
    fields.insert("IsEmptyOrSpace".to_owned(), Value::from(text.trim().is_empty()));
    Value::Object(fields)
}

/// What [`text`] was made from; `None` for any other value.
pub(super) fn source(value: &Value) -> Option<&Value> {
    let Value::Object(fields) = value else { return None };
    fields.get("Source").filter(|_| fields.contains_key("IsEmptyOrSpace"))
}

struct Serializer;

/// A list in the making.
struct List {
    items: Vec<Value>,
    variant: Option<&'static str>,
}

/// A struct or a map in the making. An enum's variant with data wraps it: `{Variant: …}`.
struct Fields {
    fields: HashMap<String, Value>,
    key: Option<String>,
    variant: Option<&'static str>,
    is_struct: bool,
}

impl Fields {
    fn new(variant: Option<&'static str>, is_struct: bool) -> Self {
        Self { fields: HashMap::new(), key: None, variant, is_struct }
    }

    fn finish(self) -> Value {
        let value = if self.is_struct { Value::Object(self.fields) } else { Value::Map(self.fields) };
        wrap(self.variant, value)
    }
}

fn wrap(variant: Option<&'static str>, value: Value) -> Value {
    match variant {
        Some(name) => Value::Object(HashMap::from([(name.to_owned(), value)])),
        None => value,
    }
}

fn float(value: f64) -> Result<Value, NoValue> {
    // The engine takes a float of zero for true.
    if value == 0.0 { Err(NoValue("a float of zero".to_owned())) } else { Ok(Value::Number(Number::float(value))) }
}

macro_rules! plain {
    ($($method:ident: $type:ty),+) => {
        $(fn $method(self, value: $type) -> Result<Value, NoValue> { Ok(Value::from(value)) })+
    };
}

impl ser::Serializer for Serializer {
    type Ok = Value;
    type Error = NoValue;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = List;
    type SerializeMap = Fields;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Fields;

    plain! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    }

    fn serialize_f32(self, value: f32) -> Result<Value, NoValue> {
        float(f64::from(value))
    }

    fn serialize_f64(self, value: f64) -> Result<Value, NoValue> {
        float(value)
    }

    fn serialize_char(self, value: char) -> Result<Value, NoValue> {
        Ok(Value::String(value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Result<Value, NoValue> {
        Ok(Value::String(value.to_owned()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value, NoValue> {
        Err(NoValue("bytes".to_owned()))
    }

    fn serialize_none(self) -> Result<Value, NoValue> {
        Ok(Value::Nil)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, NoValue> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, NoValue> {
        Ok(Value::Nil)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, NoValue> {
        Ok(Value::Object(HashMap::new()))
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Value, NoValue> {
        Ok(Value::String(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Value, NoValue> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, NoValue> {
        Ok(wrap(Some(variant), value.serialize(self)?))
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<List, NoValue> {
        Ok(List { items: Vec::with_capacity(len.unwrap_or(0)), variant: None })
    }

    fn serialize_tuple(self, len: usize) -> Result<List, NoValue> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<List, NoValue> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, len: usize) -> Result<List, NoValue> {
        Ok(List { items: Vec::with_capacity(len), variant: Some(variant) })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields, NoValue> {
        Ok(Fields::new(None, false))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields, NoValue> {
        Ok(Fields::new(None, true))
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Fields, NoValue> {
        Ok(Fields::new(Some(variant), true))
    }
}

impl List {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoValue> {
        self.items.push(value.serialize(Serializer)?);
        Ok(())
    }
}

impl ser::SerializeSeq for List {
    type Ok = Value;
    type Error = NoValue;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoValue> {
        self.push(value)
    }

    fn end(self) -> Result<Value, NoValue> {
        Ok(Value::Array(self.items))
    }
}

impl ser::SerializeTuple for List {
    type Ok = Value;
    type Error = NoValue;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoValue> {
        self.push(value)
    }

    fn end(self) -> Result<Value, NoValue> {
        Ok(Value::Array(self.items))
    }
}

impl ser::SerializeTupleStruct for List {
    type Ok = Value;
    type Error = NoValue;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoValue> {
        self.push(value)
    }

    fn end(self) -> Result<Value, NoValue> {
        Ok(Value::Array(self.items))
    }
}

impl ser::SerializeTupleVariant for List {
    type Ok = Value;
    type Error = NoValue;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoValue> {
        self.push(value)
    }

    fn end(self) -> Result<Value, NoValue> {
        Ok(wrap(self.variant, Value::Array(self.items)))
    }
}

impl ser::SerializeMap for Fields {
    type Ok = Value;
    type Error = NoValue;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NoValue> {
        match key.serialize(Serializer)? {
            Value::String(key) => self.key = Some(key),
            other => return Err(NoValue(format!("a map's key that is no text: {other}"))),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoValue> {
        let key = self.key.take().ok_or_else(|| NoValue("a map's value without its key".to_owned()))?;
        self.fields.insert(key, value.serialize(Serializer)?);
        Ok(())
    }

    fn end(self) -> Result<Value, NoValue> {
        Ok(self.finish())
    }
}

impl ser::SerializeStruct for Fields {
    type Ok = Value;
    type Error = NoValue;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), NoValue> {
        self.fields.insert(key.to_owned(), value.serialize(Serializer)?);
        Ok(())
    }

    fn end(self) -> Result<Value, NoValue> {
        Ok(self.finish())
    }
}

impl ser::SerializeStructVariant for Fields {
    type Ok = Value;
    type Error = NoValue;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), NoValue> {
        ser::SerializeStruct::serialize_field(self, key, value)
    }

    fn end(self) -> Result<Value, NoValue> {
        Ok(self.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Serialize)]
    struct View {
        name: &'static str,
        count: i32,
        routes: Vec<Route>,
        doc: Option<&'static str>,
        extra: std::collections::BTreeMap<String, bool>,
    }

    #[derive(serde::Serialize)]
    struct Route {
        path: char,
    }

    #[test]
    fn a_view_becomes_a_map_or_a_struct() {
        let extra = [("a".to_owned(), true)].into();
        let view = View { name: "x", count: -1, routes: vec![Route { path: '/' }], doc: None, extra };
        let Ok(Value::Map(map)) = value(&view, Root::Map) else { panic!("not a map") };
        assert_eq!(map["name"], Value::from("x"));
        assert_eq!(map["count"], Value::from(-1));
        assert_eq!(map["doc"], Value::Nil);
        assert!(matches!(&map["extra"], Value::Map(extra) if extra["a"] == Value::Bool(true)));
        assert!(matches!(&map["routes"], Value::Array(routes) if matches!(&routes[0], Value::Object(r) if r["path"] == Value::from("/"))));
        assert!(matches!(value(&view, Root::Struct), Ok(Value::Object(_))));
    }
}
