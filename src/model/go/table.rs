//! A table as Go has it: every name, type and key decided once, for the views.

use std::collections::BTreeSet;

use super::super::spec::{Column, ColumnId, Dialect, Index, Part, Schema, Table};
use super::super::types_map::{Origin, Printed};
use super::Options;
use super::cache_key::{CacheKey, Scope};
use super::words::{field_name, goctl_field_name, kept, parameter_name, type_name};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::naming::{camel, untitle, words_title};
use crate::source::Span;

/// A table, ready to be shown to templates.
#[derive(Debug, Clone)]
pub(super) struct Model {
    /// As the database has it.
    pub(super) table: String,
    /// The database or the schema it is in; empty for none.
    pub(super) database: String,
    /// The database it was created in, where the source says so.
    pub(super) qualifier: Option<String>,
    /// Whose SQL.
    pub(super) dialect: Dialect,
    /// Where it stands.
    pub(super) span: Option<Span>,
    /// Its Go type, `UserInfo`.
    pub(super) ty: String,
    /// What its unexported names begin with, `userInfo`.
    pub(super) lower: String,
    /// In the table's order.
    pub(super) columns: Vec<Field>,
    /// The columns of the primary key, by place; never empty.
    pub(super) primary: Vec<usize>,
    /// The cache key over them.
    pub(super) primary_key: CacheKey,
    /// The column of the primary key that the database numbers.
    pub(super) numbered: Option<usize>,
    /// How a row is looked up by its primary key.
    pub(super) lookup: Lookup,
    /// Its unique indexes, by the names of their cache keys' prefixes.
    pub(super) uniques: Vec<Unique>,
    /// The columns that an insert gives, by place.
    pub(super) inserted: Vec<usize>,
    /// The columns that an update sets, by place.
    pub(super) updated: Vec<usize>,
    /// The columns that neither writes whatever the table, and those the database computes; sorted.
    pub(super) ignored: Vec<String>,
}

/// A column.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// As the database has it.
    pub(super) column: String,
    /// The field of the row's struct.
    pub(super) name: String,
    /// The parameter of methods.
    pub(super) parameter: String,
    /// Its Go type.
    pub(super) ty: String,
    /// The package to import for it.
    pub(super) package: Option<String>,
    /// What a cache key says of it.
    pub(super) printed: Printed,
    /// Whether its type names package `time`.
    pub(super) uses_time: bool,
    /// Whether its type is one of lib/pq's.
    pub(super) uses_pq: bool,
    /// On one line.
    pub(super) comment: String,
    /// Whether it can hold NULL, so that `=` may not find it.
    pub(super) nullable: bool,
    /// Whether goctl would give it a type that cannot hold the NULL it may have.
    pub(super) null_default: bool,
    /// Whether no map knows the database's type.
    pub(super) guessed: bool,
    /// Whether it is unsigned and goctl's type for it has a sign.
    pub(super) lost_sign: bool,
    /// What a types map would know it by.
    pub(super) type_key: String,
}

/// A unique index.
#[derive(Debug, Clone)]
pub(super) struct Unique {
    /// What stands behind `FindOneBy`.
    pub(super) suffix: String,
    /// Its columns, by place.
    pub(super) columns: Vec<usize>,
    /// Its cache key.
    pub(super) key: CacheKey,
    /// The variable for the key of an update's new values.
    pub(super) new_key_var: String,
    /// Which rows it covers; `None` for all.
    pub(super) predicate: Option<String>,
    /// How a row is looked up by it.
    pub(super) lookup: Lookup,
}

/// How a row is looked up where there is a cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lookup {
    /// Through the cache.
    Cached,
    /// In the database, which fills in a part of the key.
    FilledIn,
    /// In the database: a cache key would not say the value of a part of the key.
    Unprinted,
}

impl Model {
    /// Decides everything about a table. `None` where no model can be made of it, which was told.
    pub(super) fn new(table: &Table, schema: &Schema, options: &Options, report: &mut Report) -> Option<Self> {
        let warn = |message: String| {
            let found = Diagnostic::warning(Code::UnusableTable, message);
            match table.name.span {
                Some(span) => found.at(span, ""),
                None => found,
            }
        };
        if table.primary_key.is_empty() {
            report.push(warn(format!("table `{}` has no primary key: no model is made of it", table.name.text)));
            return None;
        }
        for name in std::iter::once(&table.name).chain(table.columns.iter().map(|column| &column.name)) {
            if let Some(c) = name.text.chars().find(|c| matches!(c, '"' | '`' | '\\' | ',' | '%') || c.is_control()) {
                let message = format!("no model is made of table `{}`: Go code cannot hold `{}` in `{}`", table.name.text, c, name.text);
                report.push(match name.span {
                    Some(span) => Diagnostic::warning(Code::UnusableTable, message).at(span, ""),
                    None => Diagnostic::warning(Code::UnusableTable, message),
                });
                return None;
            }
        }
        let database = match schema.dialect {
            Dialect::Postgres => table.qualifier.clone().unwrap_or_else(|| "public".to_owned()),
            Dialect::MySql => String::new(),
        };
        let segment = if options.database.is_empty() { database.clone() } else { options.database.clone() };
        let scope = Scope { prefix: &options.prefix, database: &segment, table: &table.name.text };
        let ty = type_name(&table.name.text);
        let primary: Vec<usize> = table.primary_key.iter().map(|id| id.index()).collect();
        let mut model = Self {
            table: table.name.text.clone(),
            database,
            qualifier: table.qualifier.clone(),
            dialect: schema.dialect,
            span: table.name.span,
            lower: untitle(&ty),
            ty,
            columns: fields(table, options),
            primary_key: CacheKey::new(scope, &names(table, &primary)),
            numbered: primary.iter().copied().find(|place| table.columns.get(*place).is_some_and(|column| column.auto_increment)),
            primary,
            lookup: Lookup::Cached,
            uniques: uniques(table, scope, report),
            inserted: Vec::new(),
            updated: Vec::new(),
            ignored: Vec::new(),
        };
        model.tell_variables_apart();
        model.name_parameters(options);
        model.writes(table, options);
        model.caches(table, options);
        model.prints(options);
        Some(model)
    }

    /// The columns at some places.
    pub(super) fn at<'a>(&'a self, places: &'a [usize]) -> impl Iterator<Item = &'a Field> + Clone {
        places.iter().filter_map(|place| self.columns.get(*place))
    }

    /// Whether the primary key has several columns, which goctl does not know.
    pub(super) fn is_composite(&self) -> bool {
        self.primary.len() > 1
    }

    /// The package-level names of its files.
    pub(super) fn declares(&self) -> Vec<String> {
        let Self { ty, lower, .. } = self;
        vec![
            ty.clone(),
            format!("{ty}Model"),
            format!("New{ty}Model"),
            format!("{lower}Model"),
            format!("custom{ty}Model"),
            format!("default{ty}Model"),
            format!("new{ty}Model"),
            format!("{lower}FieldNames"),
            format!("{lower}Rows"),
            format!("{lower}RowsExpectAutoSet"),
            format!("{lower}RowsWithPlaceHolder"),
            format!("{lower}Inserted"),
        ]
    }

    /// What the file for the user's methods declares.
    pub(super) fn customs(&self) -> [String; 3] {
        let ty = &self.ty;
        [format!("{ty}Model"), format!("custom{ty}Model"), format!("New{ty}Model")]
    }

    /// How two tables are called beside each other, `other` first: two of one name with their databases.
    pub(super) fn beside(&self, other: &Self) -> (String, String) {
        let called = |model: &Self| match &model.qualifier {
            Some(qualifier) if self.table == other.table => format!("{qualifier}.{}", model.table),
            _ => model.table.clone(),
        };
        (called(other), called(self))
    }

    /// What its keys in the cache begin with.
    pub(super) fn prefixes(&self) -> impl Iterator<Item = &str> {
        self.keys().map(|key| key.prefix.as_str())
    }

    /// Numbers the variables of prefixes that other tables of the package have already. Their values differ.
    pub(super) fn tell_prefixes_apart(&mut self, taken: &mut BTreeSet<String>) {
        for key in std::iter::once(&mut self.primary_key).chain(self.uniques.iter_mut().map(|unique| &mut unique.key)) {
            key.prefix_var = distinct(key.prefix_var.clone(), taken);
        }
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &CacheKey> {
        std::iter::once(&self.primary_key).chain(self.uniques.iter().map(|unique| &unique.key))
    }

    /// goctl's names of variables keep ASCII alone and no borders of words: two may be one. So may be the keys of two columns
    /// that differ only in that, of which goctl makes no Go.
    fn tell_variables_apart(&mut self) {
        let mut seen = BTreeSet::new();
        let mut prefixes = BTreeSet::new();
        for key in std::iter::once(&mut self.primary_key).chain(self.uniques.iter_mut().map(|unique| &mut unique.key)) {
            key.prefix_var = distinct(key.prefix_var.clone(), &mut seen);
            key.key_var = distinct(key.key_var.clone(), &mut seen);
            key.prefix = distinct(key.prefix.trim_end_matches(':').to_owned(), &mut prefixes) + ":";
        }
        for unique in &mut self.uniques {
            unique.new_key_var = distinct(format!("new{}", words_title(&unique.key.key_var)), &mut seen);
        }
        let mut seen = BTreeSet::new();
        for unique in &mut self.uniques {
            unique.suffix = distinct(unique.suffix.clone(), &mut seen);
        }
        self.uniques.sort_by(|a, b| a.key.prefix_var.cmp(&b.key.prefix_var));
    }

    fn writes(&mut self, table: &Table, options: &Options) {
        let ignored = |column: &Column| options.ignored.contains(&column.name.text);
        let places = || table.columns.iter().enumerate();
        let number = self.numbered.and_then(|place| table.columns.get(place)).map(|column| &column.name.text);
        let writes = options.compat.writes_generated_columns();
        let computed = |column: &Column| column.generated.is_some() && Some(&column.name.text) != number && !writes;
        self.inserted = places()
            .filter(|(place, column)| Some(*place) != self.numbered && !ignored(column) && !computed(column))
            .map(|(place, _)| place)
            .collect();
        self.updated = places()
            .filter(|(place, column)| !self.primary.contains(place) && !ignored(column) && !computed(column))
            .map(|(place, _)| place)
            .collect();
        let computed = table.columns.iter().filter(|column| computed(column)).map(|column| column.name.text.clone());
        let all: BTreeSet<String> = options.ignored.iter().cloned().chain(computed).collect();
        self.ignored = all.into_iter().collect();
    }

    /// What the database fills in is not in the row that an insert is given: its keys could not be cleared, so that "not found"
    /// must not be remembered under them. The number of a new row is known at once (decisions, Models).
    fn caches(&mut self, table: &Table, options: &Options) {
        let (inserted, numbered) = (&self.inserted, self.numbered);
        let numbers = |place: usize| table.columns.get(place).is_some_and(|column| column.auto_increment);
        let filled_in = |place: usize| !inserted.contains(&place) || numbers(place);
        let all = options.compat.caches_filled_in_keys();
        let primary_filled_in = self.primary.iter().any(|place| Some(*place) != numbered && filled_in(*place));
        if !all && primary_filled_in {
            self.lookup = Lookup::FilledIn;
        }
        for unique in &mut self.uniques {
            if !all && unique.columns.iter().any(|place| filled_in(*place)) {
                unique.lookup = Lookup::FilledIn;
            }
        }
    }

    /// A cache key holds what Go prints of a value: the address behind a pointer, `[49 50]` for bytes. What is stored for a unique
    /// index is the primary key, which comes back as JSON has it.
    fn prints(&mut self, options: &Options) {
        if options.compat.caches_unprinted_keys() {
            return;
        }
        let printed = |place: &usize| self.columns.get(*place).map_or(Printed::Otherwise, |field| field.printed);
        let by_primary = self.primary.iter().all(|place| printed(place) == Printed::Value);
        let by_unique = |unique: &Unique| by_primary && unique.columns.iter().all(|place| printed(place) != Printed::Otherwise);
        let unprinted: Vec<bool> = self.uniques.iter().map(|unique| !by_unique(unique)).collect();
        if !by_primary {
            self.lookup = Lookup::Unprinted;
        }
        for (unique, _) in self.uniques.iter_mut().zip(unprinted).filter(|(_, unprinted)| *unprinted) {
            unique.lookup = Lookup::Unprinted;
        }
    }
}

fn names<'a>(table: &'a Table, places: &[usize]) -> Vec<&'a str> {
    places.iter().filter_map(|place| table.columns.get(*place)).map(|column| column.name.text.as_str()).collect()
}

/// The name, or the first of `name2`, `name3` … that is free; which is taken then.
pub(super) fn distinct(name: String, taken: &mut BTreeSet<String>) -> String {
    let mut free = name.clone();
    let mut number = 2;
    while !taken.insert(free.clone()) {
        free = format!("{name}{number}");
        number += 1;
    }
    free
}

fn fields(table: &Table, options: &Options) -> Vec<Field> {
    let mut seen = BTreeSet::new();
    let field = |(place, column): (usize, &Column)| {
        let is_key = table.primary_key.iter().any(|id| id.index() == place);
        let has_default = column.default.is_some();
        let null_default = column.nullable && has_default && !is_key;
        // Services share rows with goctl's: a table that goctl takes keeps the type it has there (decisions, Models).
        let goctl = column.goctl.as_ref();
        let goctl_takes = table.goctl_refuses.is_none() && goctl.is_none_or(|goctl| goctl.default);
        let kept = null_default && !options.null_defaults && goctl_takes;
        let null = column.nullable && !is_key && !kept;
        let unsigned = if options.compat.zerofill_is_unsigned() {
            column.ty.unsigned
        } else {
            goctl.map_or(column.ty.unsigned, |goctl| goctl.unsigned)
        };
        let choose = |key: &str| options.types.choose(key, null, unsigned);
        let own = choose(&column.ty.key);
        // A domain that no types map names is what stands below it.
        let ty = match &column.ty.base {
            Some(base) if own.origin == Origin::Guessed => choose(base),
            _ => own,
        };
        // Of a key with such a column goctl makes no Go.
        let exports = options.compat.exports_fields() || is_key || in_unique(place, table);
        let name = if exports { field_name(&column.name.text) } else { goctl_field_name(&column.name.text) };
        Field {
            name: distinct(name, &mut seen),
            parameter: parameter_name(&column.name.text),
            printed: ty.printed(),
            uses_time: ty.names("time"),
            uses_pq: ty.needs_pq(),
            package: ty.pkg,
            guessed: ty.origin == Origin::Guessed,
            lost_sign: column.ty.unsigned && ty.origin == Origin::BuiltIn && ty.ty == "int64",
            ty: ty.ty,
            comment: options.compat.one_line(&column.comment, goctl.map(|goctl| goctl.comment.as_str())),
            nullable: column.nullable,
            null_default: kept,
            type_key: column.ty.key.clone(),
            column: column.name.text.clone(),
        }
    };
    table.columns.iter().enumerate().map(field).collect()
}

fn in_unique(place: usize, table: &Table) -> bool {
    let is_part = |index: &Index| columns(index).is_some_and(|columns| columns.contains(&place));
    table.indexes.iter().any(|index| index.unique && is_part(index))
}

/// The unique indexes that rows can be found by. Where only the beginning of a column is unique, the whole column is so
/// too; where only some rows are covered, looking them up says which; an expression's value is nobody's column.
fn uniques(table: &Table, scope: Scope<'_>, report: &mut Report) -> Vec<Unique> {
    let mut all: Vec<Unique> = Vec::new();
    for index in table.indexes.iter().filter(|index| index.unique && !index.special) {
        let Some(columns) = columns(index) else { continue };
        if columns.len() == table.primary_key.len() && columns.iter().zip(&table.primary_key).all(|(place, id)| *place == id.index()) {
            continue;
        }
        if let Some(first) = all.iter().find(|known| known.columns == columns) {
            if first.predicate == index.predicate {
                let message = format!("table `{}` has two unique indexes on the same columns", table.name.text);
                let found = Diagnostic::warning(Code::UnusableTable, message);
                report.push(match index.name.as_ref().and_then(|name| name.span) {
                    Some(span) => found.at(span, "this one adds nothing"),
                    None => found,
                });
            }
            continue;
        }
        let names = names(table, &columns);
        let suffix = names.iter().map(|name| field_part(name)).collect();
        let key = CacheKey::new(scope, &names);
        all.push(Unique { suffix, key, new_key_var: String::new(), columns, predicate: index.predicate.clone(), lookup: Lookup::Cached });
    }
    all
}

fn columns(index: &Index) -> Option<Vec<usize>> {
    let place = |part: &Part| match part {
        Part::Column { column, .. } => Some(ColumnId::index(*column)),
        Part::Expression(_) => None,
    };
    index.parts.iter().map(place).collect()
}

/// A column in the name of a method: camel-cased, with what Go takes.
fn field_part(column: &str) -> String {
    let camel = camel(column);
    let kept = kept(&camel);
    if kept.is_empty() { "_".to_owned() } else { kept }
}
