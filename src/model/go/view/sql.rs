//! The SQL and the Go expressions of a model's methods (contract: model 7.3, 7.4).

use super::super::Options;
use super::super::cache_key::CacheKey;
use super::super::table::{Field, Model, Unique};
use crate::model::spec::Dialect;

/// Writes the parts of one table's methods. Texts of SQL are for a Go string in double quotes that `fmt.Sprintf` reads.
pub(super) struct Sql<'a> {
    pub(super) model: &'a Model,
    pub(super) options: &'a Options,
}

impl Sql<'_> {
    fn is_postgres(&self) -> bool {
        self.model.dialect == Dialect::Postgres
    }

    /// A column as `builder.RawFieldNames` has it.
    pub(super) fn raw(&self, column: &str) -> String {
        if self.is_postgres() { column.to_owned() } else { format!("`{column}`") }
    }

    /// A column as SQL has it, quoted.
    fn quoted(&self, column: &str) -> String {
        if self.is_postgres() { format!("\\\"{column}\\\"") } else { format!("`{column}`") }
    }

    fn place(&self, number: usize) -> String {
        if self.is_postgres() { format!("${number}") } else { "?".to_owned() }
    }

    /// `?, ?` or `$1, $2`
    pub(super) fn places(&self, count: usize) -> String {
        (1..=count).map(|number| self.place(number)).collect::<Vec<_>>().join(", ")
    }

    fn keys(&self) -> impl Iterator<Item = &Field> + Clone {
        self.model.at(&self.model.primary)
    }

    /// The primary key as goctl's templates have it.
    pub(super) fn original_key(&self) -> String {
        self.keys().map(|field| self.raw(&field.column)).collect::<Vec<_>>().join(", ")
    }

    /// The parameter of the primary key, as goctl's templates have it.
    pub(super) fn key_parameter(&self) -> String {
        self.key_arguments().join(", ")
    }

    /// The type of the primary key, as goctl's templates have it.
    pub(super) fn key_type(&self) -> String {
        self.keys().map(|field| field.ty.clone()).collect::<Vec<_>>().join(", ")
    }

    /// `userId int64, roleId int64`
    pub(super) fn parameters(&self) -> String {
        parameters(self.keys())
    }

    /// The parameters of a unique index.
    pub(super) fn unique_parameters(&self, unique: &Unique) -> String {
        parameters(self.model.at(&unique.columns))
    }

    /// The parameters of the primary key, as arguments.
    pub(super) fn key_arguments(&self) -> Vec<String> {
        self.keys().map(|field| field.parameter.clone()).collect()
    }

    /// The primary key of a row.
    pub(super) fn key_of(&self, row: &str) -> Vec<String> {
        self.keys().map(|field| format!("{row}.{}", field.name)).collect()
    }

    /// The primary key of a new row, of which the database says one part: `id`.
    pub(super) fn new_key(&self) -> Vec<String> {
        let part = |place: &usize| {
            let field = self.model.columns.get(*place)?;
            Some(match field.ty.as_str() {
                _ if Some(*place) != self.model.numbered => format!("data.{}", field.name),
                "uint64" => "uint64(id)".to_owned(),
                _ => "id".to_owned(),
            })
        };
        self.model.primary.iter().filter_map(part).collect()
    }

    /// `` `id` = ? ``
    pub(super) fn key_condition(&self) -> String {
        let part = |(at, field): (usize, &Field)| format!("{} = {}", self.quoted(&field.column), self.place(at + 1));
        self.keys().enumerate().map(part).collect::<Vec<_>>().join(" and ")
    }

    /// What a row of a unique index is found by.
    pub(super) fn unique_condition(&self, unique: &Unique) -> String {
        let part = |(at, field): (usize, &Field)| self.is(&self.quoted(&field.column), field, at + 1);
        let mut parts: Vec<String> = self.model.at(&unique.columns).enumerate().map(part).collect();
        if let Some(predicate) = &unique.predicate {
            parts.push(format!("({})", in_string(predicate)));
        }
        parts.join(" and ")
    }

    /// The same as goctl's templates have it: PostgreSQL's columns without quotes.
    pub(super) fn original_condition(&self, unique: &Unique) -> String {
        if !self.is_postgres() {
            return self.unique_condition(unique);
        }
        let part = |(at, field): (usize, &Field)| self.is(&field.column, field, at + 1);
        self.model.at(&unique.columns).enumerate().map(part).collect::<Vec<_>>().join(" and ")
    }

    /// Whether a column has a value, which may be NULL. PostgreSQL's `is not distinct from` uses no index.
    fn is(&self, column: &str, field: &Field, number: usize) -> String {
        let place = self.place(number);
        match (field.nullable && self.options.compat.finds_null(), self.model.dialect) {
            (false, _) => format!("{column} = {place}"),
            (true, Dialect::MySql) => format!("{column} <=> {place}"),
            (true, Dialect::Postgres) => format!("({column} = {place} or {column} is null and {place} is null)"),
        }
    }

    /// What PostgreSQL's update sets: `"name" = $2, "age" = $3`, as it is.
    pub(super) fn assignments(&self) -> String {
        let first = self.model.primary.len() + 1;
        let part = |(at, field): (usize, &Field)| format!("\"{}\" = ${}", field.column, first + at);
        self.model.at(&self.model.updated).enumerate().map(part).collect::<Vec<_>>().join(", ")
    }

    /// The number that the database gives, as a column of a PostgreSQL insert's answer.
    pub(super) fn returning(&self) -> String {
        let column = self.model.numbered.and_then(|place| self.model.columns.get(place));
        column.map_or(String::new(), |field| self.quoted(&field.column))
    }

    /// `data.Name, data.Age`
    pub(super) fn values(&self, row: &str, places: &[usize]) -> String {
        self.model.at(places).map(|field| format!("{row}.{}", field.name)).collect::<Vec<_>>().join(", ")
    }

    /// The values of an update, in the order of its places.
    pub(super) fn update_values(&self, row: &str) -> String {
        let (key, others) = (self.key_of(row).join(", "), self.values(row, &self.model.updated));
        let parts = if self.is_postgres() { [key, others] } else { [others, key] };
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// All keys of a row by name, each with its values: those of the primary key as given, the others of `row`.
    pub(super) fn data_keys(&self, row: &str, primary: &[String]) -> Vec<(CacheKey, Vec<String>)> {
        let mut keys: Vec<(CacheKey, Vec<String>)> = vec![(self.model.primary_key.clone(), primary.to_vec())];
        let values = |unique: &Unique| self.model.at(&unique.columns).map(|field| format!("{row}.{}", field.name)).collect();
        keys.extend(self.model.uniques.iter().map(|unique| (unique.key.clone(), values(unique))));
        keys.sort_by(|(a, _), (b, _)| a.key_var.cmp(&b.key_var));
        keys
    }

    /// The keys of an update's new unique values.
    pub(super) fn new_unique_keys(&self) -> Vec<(CacheKey, Vec<String>)> {
        let values = |unique: &Unique| self.model.at(&unique.columns).map(|field| format!("newData.{}", field.name)).collect();
        let key = |unique: &Unique| CacheKey { key_var: unique.new_key_var.clone(), ..unique.key.clone() };
        let mut keys: Vec<(CacheKey, Vec<String>)> = self.model.uniques.iter().map(|unique| (key(unique), values(unique))).collect();
        keys.sort_by(|(a, _), (b, _)| a.key_var.cmp(&b.key_var));
        keys
    }

    /// The table in a Go literal: MySQL's without its database, as goctl has it.
    pub(super) fn table_literal(&self) -> String {
        let Model { table, database, .. } = self.model;
        if self.is_postgres() { format!("`\"{database}\".\"{table}\"`") } else { format!("\"`{table}`\"") }
    }
}

fn parameters<'a>(fields: impl Iterator<Item = &'a Field>) -> String {
    fields.map(|field| format!("{} {}", field.parameter, field.ty)).collect::<Vec<_>>().join(", ")
}

/// SQL inside a Go string in double quotes that `fmt.Sprintf` reads.
fn in_string(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    for c in sql.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '%' => out.push_str("%%"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
