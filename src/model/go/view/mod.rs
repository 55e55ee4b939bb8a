//! What the templates of category `model` see. goctl's homes have a file for every part of a model, so both languages
//! share goctl's names (contract: model 9; decisions, Templates); behind them stand those of our own templates, which know
//! composite keys.

mod data;
mod sql;
mod structs;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Options;
use super::cache_key::CacheKey;
use super::table::{Field, Lookup, Model, Unique};
use crate::golang::ident::quote;
use crate::model::spec::Dialect;
use crate::naming::untitle;
use crate::view::{Documented, Glue, Slot, View};
use data::Subject;
use sql::Sql;
use structs::*;

/// The views of one table.
pub(super) struct Views<'a> {
    model: &'a Model,
    options: &'a Options,
    package: &'a str,
    subject: Arc<Subject>,
    sql: Sql<'a>,
}

/// `vars.go`
pub(super) fn vars(package: &str) -> View {
    View::new("model/err", Err { pkg: package.to_owned() }, Clone::clone)
}

impl<'a> Views<'a> {
    pub(super) fn new(model: &'a Model, options: &'a Options, package: &'a str) -> Self {
        Self { model, options, package, subject: Arc::new(Subject::new(model)), sql: Sql { model, options } }
    }

    /// `<stem>_gen.go`
    pub(super) fn generated(&self) -> View {
        let view = ModelGen {
            pkg: self.package.to_owned(),
            imports: String::new(),
            vars: String::new(),
            types: String::new(),
            new: String::new(),
            insert: String::new(),
            find: String::new(),
            update: String::new(),
            delete: String::new(),
            extraMethod: String::new(),
            tableName: String::new(),
            customized: String::new(),
        };
        let uniques = || self.model.uniques.iter();
        let slot = |variable, parts| Slot { variable, parts, glue: Glue::Lines };
        let slots = vec![
            slot("imports", vec![self.imports()]),
            slot("vars", vec![self.variables()]),
            slot("types", vec![self.types()]),
            slot("new", vec![self.constructor()]),
            slot("insert", vec![self.insert()]),
            slot("find", std::iter::once(self.find_one()).chain(uniques().map(|unique| self.find_one_by(unique))).collect()),
            slot("update", vec![self.update()]),
            slot("delete", vec![self.delete()]),
            slot("extraMethod", if self.options.cache { vec![self.extra_methods()] } else { Vec::new() }),
            slot("tableName", vec![self.table_name()]),
            slot("customized", vec![self.customized()]),
        ];
        View::with_slots("model/model-gen", view, Clone::clone, slots).about(self.subject.clone(), true)
    }

    /// `<stem>.go`
    pub(super) fn custom(&self) -> View {
        let view = ModelFile {
            pkg: self.package.to_owned(),
            withCache: self.options.cache,
            upperStartCamelObject: self.ty(),
            lowerStartCamelObject: self.lower(),
            table: self.model.table.clone(),
        };
        View::new("model/model", view, Clone::clone).about(self.subject.clone(), false)
    }

    /// A part of the generated file.
    fn part<T: Documented + Clone>(&self, name: &'static str, view: T) -> View {
        View::new(name, view, Clone::clone).about(self.subject.clone(), true)
    }

    /// A part that names the primary key: goctl's templates take it for one column.
    fn keyed<T: Documented + Clone>(&self, name: &'static str, view: T) -> View {
        let view = self.part(name, view);
        if self.model.is_composite() { view.in_tera("tables with composite keys") } else { view }
    }

    /// A part that looks a row up: goctl's templates know the cache or none.
    fn finds<T: Documented + Clone>(&self, name: &'static str, view: T, lookup: Lookup) -> View {
        let view = self.keyed(name, view);
        match lookup {
            Lookup::FilledIn if self.options.cache => view.in_tera("keys that the database fills in"),
            Lookup::Unprinted if self.options.cache => view.in_tera("keys of a Go type that does not print its value"),
            _ => view,
        }
    }

    fn ty(&self) -> String {
        self.model.ty.clone()
    }

    fn lower(&self) -> String {
        self.model.lower.clone()
    }

    fn is_postgres(&self) -> bool {
        self.model.dialect == Dialect::Postgres
    }

    fn imports(&self) -> View {
        let columns = || self.model.columns.iter();
        let mut third: Vec<String> = columns().filter_map(|field| field.package.as_deref()).map(quote).collect();
        let mut seen = BTreeSet::new();
        third.retain(|package| seen.insert(package.clone()));
        let packages = third.clone();
        if self.decodes_keys() {
            third.push(quote("encoding/json"));
        }
        let view = Import {
            json: self.decodes_keys(),
            packages,
            time: columns().any(|field| field.uses_time),
            containsPQ: columns().any(|field| field.uses_pq),
            third: third.join("\n"),
        };
        self.part(if self.options.cache { "model/import" } else { "model/import-no-cache" }, view)
    }

    /// Whether a composite key is read back out of the cache.
    fn decodes_keys(&self) -> bool {
        self.options.cache && self.model.is_composite()
    }

    fn variables(&self) -> View {
        let quoted = |names: &[String]| names.iter().map(|name| quote(&self.sql.raw(name))).collect::<Vec<_>>();
        let model = self.model;
        let name = |place: &usize| model.columns.get(*place).map(|field| field.column.clone());
        let ignored = quoted(&model.ignored);
        let keys: Vec<String> = model.primary.iter().filter_map(name).collect();
        let numbered: Vec<String> = model.numbered.iter().filter_map(name).collect();
        let mut prefixes: Vec<String> = vec![assigned(&model.primary_key)];
        prefixes.extend(model.uniques.iter().map(|unique| assigned(&unique.key)));
        let view = Var {
            lowerStartCamelObject: self.lower(),
            upperStartCamelObject: self.ty(),
            cacheKeys: prefixes.join("\n"),
            autoIncrement: model.numbered.is_some(),
            originalPrimaryKey: self.sql.original_key(),
            withCache: self.options.cache,
            postgreSql: self.is_postgres(),
            ignoreColumns: ignored.join(", "),
            notInserted: [quoted(&numbered), ignored.clone()].concat().join(", "),
            notUpdated: [quoted(&keys), ignored].concat().join(", "),
            inserts: !model.inserted.is_empty(),
            updates: !model.updated.is_empty(),
            assignments: quote(&self.sql.assignments()),
        };
        self.keyed("model/var", view)
    }

    fn types(&self) -> View {
        let model = self.model;
        let view = Types {
            withCache: self.options.cache,
            method: String::new(),
            upperStartCamelObject: self.ty(),
            lowerStartCamelObject: self.lower(),
            fields: String::new(),
            table: model.table.clone(),
        };
        let parameters = self.sql.parameters();
        let key = |parameters: String| InterfaceKey {
            upperStartCamelObject: self.ty(),
            lowerStartCamelPrimaryKey: self.sql.key_parameter(),
            dataType: self.sql.key_type(),
            parameters,
        };
        let mut methods = vec![
            self.part("model/interface-insert", InterfaceInsert { upperStartCamelObject: self.ty() }),
            self.keyed("model/interface-find-one", key(parameters.clone())),
        ];
        methods.extend(model.uniques.iter().map(|unique| {
            let view = InterfaceFindOneBy {
                upperStartCamelObject: self.ty(),
                upperField: unique.suffix.clone(),
                r#in: self.sql.unique_parameters(unique),
            };
            self.part("model/interface-find-one-by-field", view)
        }));
        methods.push(self.part("model/interface-update", InterfaceUpdate { upperStartCamelObject: self.ty() }));
        methods.push(self.keyed("model/interface-delete", key(parameters)));
        let slots = vec![
            Slot { variable: "method", parts: methods, glue: Glue::Lines },
            Slot { variable: "fields", parts: model.columns.iter().map(|field| self.field(field)).collect(), glue: Glue::Lines },
        ];
        View::with_slots("model/types", view, Clone::clone, slots).about(self.subject.clone(), true)
    }

    fn field(&self, field: &Field) -> View {
        let view = StructField {
            name: field.name.clone(),
            r#type: field.ty.clone(),
            tag: String::new(),
            hasComment: !field.comment.is_empty(),
            comment: field.comment.clone(),
        };
        let tag = self.part("model/tag", Tag { field: field.column.clone() });
        let slots = vec![Slot { variable: "tag", parts: vec![tag], glue: Glue::Lines }];
        View::with_slots("model/field", view, Clone::clone, slots).about(self.subject.clone(), true)
    }

    fn constructor(&self) -> View {
        let view = ModelNew { table: self.sql.table_literal(), withCache: self.options.cache, upperStartCamelObject: self.ty() };
        self.part("model/model-new", view)
    }

    fn table_name(&self) -> View {
        let view = TableName { tableName: self.model.table.clone(), upperStartCamelObject: self.ty() };
        View::new("model/table-name", view, Clone::clone).about(self.subject.clone(), false)
    }

    fn find_one(&self) -> View {
        let key = &self.model.primary_key;
        let view = FindOne {
            withCache: self.options.cache,
            upperStartCamelObject: self.ty(),
            lowerStartCamelObject: self.lower(),
            originalPrimaryKey: self.sql.original_key(),
            lowerStartCamelPrimaryKey: self.sql.key_parameter(),
            dataType: self.sql.key_type(),
            cacheKey: assignment(key, &self.sql.key_arguments()),
            cacheKeyVariable: key.key_var.clone(),
            postgreSql: self.is_postgres(),
            parameters: self.sql.parameters(),
            arguments: self.sql.key_arguments().join(", "),
            condition: self.sql.key_condition(),
            readsCache: self.options.cache && self.model.lookup == Lookup::Cached,
            whyDatabase: why_database(self.model.lookup),
        };
        self.finds("model/find-one", view, self.model.lookup)
    }

    fn find_one_by(&self, unique: &Unique) -> View {
        let arguments: Vec<String> = self.model.at(&unique.columns).map(|field| field.parameter.clone()).collect();
        let results: Vec<String> = self.model.at(&self.model.primary).map(|field| format!("resp.{}", field.name)).collect();
        let primary = results.join(", ");
        let view = FindOneBy {
            upperStartCamelObject: self.ty(),
            upperField: unique.suffix.clone(),
            r#in: self.sql.unique_parameters(unique),
            withCache: self.options.cache,
            cacheKey: assignment(&unique.key, &arguments),
            cacheKeyVariable: unique.key.key_var.clone(),
            lowerStartCamelObject: self.lower(),
            lowerStartCamelField: arguments.join(","),
            upperStartCamelPrimaryKey: self.first_key().map_or(String::new(), |field| field.name.clone()),
            originalField: self.sql.original_condition(unique),
            postgreSql: self.is_postgres(),
            arguments: arguments.join(", "),
            condition: self.sql.unique_condition(unique),
            primary: if self.model.is_composite() { format!("[]any{{{primary}}}") } else { primary },
            readsCache: self.options.cache && unique.lookup == Lookup::Cached,
            whyDatabase: why_database(unique.lookup),
        };
        self.finds("model/find-one-by-field", view, unique.lookup)
    }

    fn first_key(&self) -> Option<&'a Field> {
        self.model.primary.first().and_then(|place| self.model.columns.get(*place))
    }

    fn extra_methods(&self) -> View {
        let view = ExtraMethods {
            upperStartCamelObject: self.ty(),
            lowerStartCamelObject: self.lower(),
            primaryKeyLeft: self.model.primary_key.prefix_var.clone(),
            originalPrimaryField: self.sql.original_key(),
            postgreSql: self.is_postgres(),
            composite: self.model.is_composite(),
            keys: self.model.at(&self.model.primary).map(|field| Key { name: field.parameter.clone(), ty: field.ty.clone() }).collect(),
            results: self.sql.parameters(),
            arguments: self.sql.key_arguments().join(", "),
            cacheKey: self.model.primary_key.value(&self.sql.key_arguments()),
            condition: self.sql.key_condition(),
        };
        self.keyed("model/find-one-by-field-extra-method", view)
    }

    fn insert(&self) -> View {
        let data = self.sql.data_keys("data", &self.sql.key_of("data"));
        let clears = self.model.numbered.is_some() && self.options.cache && self.options.compat.clears_new_keys();
        // The new id is known after the row is there.
        let before: Vec<_> = data.iter().filter(|(key, _)| !clears || *key != self.model.primary_key).cloned().collect();
        let view = Insert {
            withCache: self.options.cache,
            upperStartCamelObject: self.ty(),
            lowerStartCamelObject: self.lower(),
            expression: self.sql.places(self.model.inserted.len()),
            expressionValues: self.sql.values("data", &self.model.inserted),
            keys: lines(&data),
            keyValues: variables(&data),
            postgreSql: self.is_postgres(),
            inserts: !self.model.inserted.is_empty(),
            keysBefore: lines(&before),
            keyValuesBefore: variables(&before),
            newKey: if clears { self.model.primary_key.value(&self.sql.new_key()) } else { String::new() },
            returning: if self.is_postgres() { self.sql.returning() } else { String::new() },
        };
        self.part("model/insert", view)
    }

    fn update(&self) -> View {
        let indexed = !self.model.uniques.is_empty();
        let row = if indexed { "newData" } else { "data" };
        let mut keys = self.sql.data_keys("data", &self.sql.key_of("data"));
        if self.options.cache && indexed && self.options.compat.clears_new_keys() {
            keys.extend(self.sql.new_unique_keys());
        }
        let primary = self.sql.key_of("data");
        let view = Update {
            withCache: self.options.cache,
            containsIndexCache: indexed,
            upperStartCamelObject: self.ty(),
            lowerStartCamelObject: self.lower(),
            keys: lines(&keys),
            keyValues: variables(&keys),
            primaryCacheKey: assignment(&self.model.primary_key, &primary),
            primaryKeyVariable: self.model.primary_key.key_var.clone(),
            upperStartCamelPrimaryKey: self.first_key().map_or(String::new(), |field| field.name.clone()),
            originalPrimaryKey: self.sql.original_key(),
            expressionValues: self.sql.update_values(row),
            postgreSql: self.is_postgres(),
            primary: self.sql.key_of("newData").join(", "),
            condition: self.sql.key_condition(),
            updates: !self.model.updated.is_empty(),
        };
        self.keyed("model/update", view)
    }

    fn delete(&self) -> View {
        let keys = self.sql.data_keys("data", &self.sql.key_arguments());
        let view = Delete {
            upperStartCamelObject: self.ty(),
            withCache: self.options.cache,
            containsIndexCache: !self.model.uniques.is_empty(),
            lowerStartCamelPrimaryKey: self.sql.key_parameter(),
            dataType: self.sql.key_type(),
            keys: lines(&keys),
            originalPrimaryKey: self.sql.original_key(),
            keyValues: variables(&keys),
            postgreSql: self.is_postgres(),
            parameters: self.sql.parameters(),
            arguments: self.sql.key_arguments().join(", "),
            condition: self.sql.key_condition(),
        };
        self.keyed("model/delete", view)
    }

    fn customized(&self) -> View {
        let keys = self.sql.data_keys("data", &self.sql.key_arguments());
        let fields = self.model.at(&self.model.inserted).map(|field| CustomField {
            NameOriginal: field.column.clone(),
            UpperName: field.name.clone(),
            LowerName: untitle(&field.name),
            DataType: field.ty.clone(),
            Comment: field.comment.clone(),
            SeqInIndex: 0,
            OrdinalPosition: 0,
        });
        let view = Customized {
            withCache: self.options.cache,
            containsIndexCache: !self.model.uniques.is_empty(),
            upperStartCamelObject: self.ty(),
            lowerStartCamelObject: self.lower(),
            lowerStartCamelPrimaryKey: self.sql.key_parameter(),
            upperStartCamelPrimaryKey: self.first_key().map_or(String::new(), |field| field.name.clone()),
            primaryKeyDataType: self.sql.key_type(),
            originalPrimaryKey: self.sql.original_key(),
            primaryCacheKey: assignment(&self.model.primary_key, &self.sql.key_of("data")),
            primaryKeyVariable: self.model.primary_key.key_var.clone(),
            keys: lines(&keys),
            keyValues: variables(&keys),
            expression: self.sql.places(self.model.inserted.len()),
            expressionValues: self.sql.values("data", &self.model.inserted),
            postgreSql: self.is_postgres(),
            fields: fields.collect(),
        };
        self.keyed("model/customized", view)
    }
}

/// `cacheUserIdPrefix = "cache:user:id:"`
fn assigned(key: &CacheKey) -> String {
    format!("{} = {}", key.prefix_var, quote(&key.prefix))
}

/// `userIdKey := fmt.Sprintf("%s%v", cacheUserIdPrefix, id)`
fn assignment(key: &CacheKey, values: &[String]) -> String {
    format!("{} := {}", key.key_var, key.value(values))
}

/// Why the cache has no say in a lookup.
fn why_database(lookup: Lookup) -> String {
    let why = match lookup {
        Lookup::Cached => "",
        Lookup::FilledIn => "The database fills in what is asked for: an insert could not clear a \"not found\" of the cache.",
        Lookup::Unprinted => {
            "A key of the cache would not hold the value that is asked for: its Go type, or the primary key's, prints something else."
        }
    };
    why.to_owned()
}

/// Keys with their values, a line each.
fn lines(keys: &[(CacheKey, Vec<String>)]) -> String {
    keys.iter().map(|(key, values)| assignment(key, values)).collect::<Vec<_>>().join("\n")
}

/// The variables of some keys.
fn variables(keys: &[(CacheKey, Vec<String>)]) -> String {
    keys.iter().map(|(key, _)| key.key_var.as_str()).collect::<Vec<_>>().join(", ")
}
