//! goctl's `data` and `hasField`, as its templates know them (contract: model 9.1).

use super::super::cache_key::CacheKey;
use super::super::table::{Field, Model, Unique};
use crate::golang::ident::quote;
use crate::render::tpl::{Value, text};
use crate::view;

/// What goctl's templates know of a table besides their variables.
#[derive(Debug)]
pub(super) struct Subject {
    columns: Vec<String>,
    model: Model,
}

impl Subject {
    pub(super) fn new(model: &Model) -> Self {
        Self { columns: model.columns.iter().map(|field| field.column.clone()).collect(), model: model.clone() }
    }
}

impl view::Subject for Subject {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn data(&self) -> Value {
        let model = &self.model;
        let unique = |unique: &Unique| (index_name(model, unique), list(model.at(&unique.columns).map(field)));
        let mut key = fields_of_key(model);
        key.push(("AutoIncrement", Value::from(model.numbered.is_some())));
        let table = vec![
            ("Name", text(&model.table)),
            ("Db", text(&model.database)),
            ("PrimaryKey", object(key)),
            ("UniqueIndex", Value::Map(model.uniques.iter().map(unique).collect())),
            ("Fields", list(model.columns.iter().map(field))),
            ("ContainsPQ", Value::from(model.columns.iter().any(|field| field.uses_pq))),
        ];
        let mut all = table.clone();
        all.push(("Table", object(table)));
        all.push(("PrimaryCacheKey", cache_key(model, &model.primary_key, &model.primary)));
        all.push(("UniqueCacheKey", list(model.uniques.iter().map(|unique| cache_key(model, &unique.key, &unique.columns)))));
        all.push(("ContainsUniqueCacheKey", Value::from(!model.uniques.is_empty())));
        object(all)
    }
}

fn object(fields: Vec<(&'static str, Value)>) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn list(items: impl Iterator<Item = Value>) -> Value {
    Value::Array(items.collect())
}

/// goctl calls a unique index by its columns.
fn index_name(model: &Model, unique: &Unique) -> String {
    let names: Vec<&str> = model.at(&unique.columns).map(|field| field.column.as_str()).collect();
    format!("{}_unique", names.join("_"))
}

fn field(field: &Field) -> Value {
    let mut fields = common(field);
    fields.push(("NameOriginal", Value::from(field.column.clone())));
    object(fields)
}

fn common(field: &Field) -> Vec<(&'static str, Value)> {
    vec![
        ("Name", text(&field.column)),
        ("ThirdPkg", Value::from(field.package.clone().unwrap_or_default())),
        ("DataType", Value::from(field.ty.clone())),
        ("Comment", Value::from(field.comment.clone())),
        ("SeqInIndex", Value::from(0)),
        ("OrdinalPosition", Value::from(0)),
        ("ContainsPQ", Value::from(field.uses_pq)),
    ]
}

/// goctl leaves the original name of the primary key empty.
fn fields_of_key(model: &Model) -> Vec<(&'static str, Value)> {
    let first = model.primary.first().and_then(|place| model.columns.get(*place));
    let mut fields = first.map(common).unwrap_or_default();
    fields.push(("NameOriginal", Value::from("")));
    fields
}

fn cache_key(model: &Model, key: &CacheKey, places: &[usize]) -> Value {
    let parameters: Vec<String> = model.at(places).map(|field| field.parameter.clone()).collect();
    let data: Vec<String> = model.at(places).map(|field| format!("data.{}", field.name)).collect();
    let (right, data_right) = (key.value(&parameters), key.value(&data));
    let names: Vec<String> = model.at(places).map(|field| field.column.clone()).collect();
    object(vec![
        ("VarLeft", Value::from(key.prefix_var.clone())),
        ("VarRight", Value::from(quote(&key.prefix))),
        ("VarExpression", Value::from(super::assigned(key))),
        ("KeyLeft", Value::from(key.key_var.clone())),
        ("KeyExpression", Value::from(format!("{} := {right}", key.key_var))),
        ("DataKeyExpression", Value::from(format!("{} := {data_right}", key.key_var))),
        ("KeyRight", Value::from(right)),
        ("DataKeyRight", Value::from(data_right)),
        ("FieldNameJoin", list(names.into_iter().map(Value::from))),
        ("Fields", list(model.at(places).map(field))),
    ])
}
