//! The structs behind the views: goctl's names, then ours.

use crate::view::view;

view! {
    /// `vars.go`
    pub(super) struct Err {
        /// The package.
        pub(super) pkg: String,
    }

    /// `userinfomodel_gen.go`
    pub(super) struct ModelGen {
        /// The package.
        pub(super) pkg: String,
        /// What `import` or `import-no-cache` makes.
        pub(super) imports: String,
        /// What `var` makes.
        pub(super) vars: String,
        /// What `types` makes.
        pub(super) types: String,
        /// What `model-new` makes.
        pub(super) new: String,
        /// What `insert` makes.
        pub(super) insert: String,
        /// What `find-one` makes, and `find-one-by-field` of each unique index.
        pub(super) find: String,
        /// What `update` makes.
        pub(super) update: String,
        /// What `delete` makes.
        pub(super) delete: String,
        /// What `find-one-by-field-extra-method` makes; empty without cache.
        pub(super) extraMethod: String,
        /// What `table-name` makes.
        pub(super) tableName: String,
        /// What `customized` makes.
        pub(super) customized: String,
    }

    /// `userinfomodel.go`
    pub(super) struct ModelFile {
        /// The package.
        pub(super) pkg: String,
        /// Whether the model reads through the cache.
        pub(super) withCache: bool,
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
        /// What the table's unexported names begin with, `userInfo`.
        pub(super) lowerStartCamelObject: String,
        /// The table.
        pub(super) table: String,
    }

    /// The imports of a generated file.
    pub(super) struct Import {
        /// Whether a column's type is one of package `time`.
        pub(super) time: bool,
        /// Whether a column is an array of PostgreSQL's.
        pub(super) containsPQ: bool,
        /// What else is needed, quoted, a line each.
        pub(super) third: String,
        /// Whether composite keys are read back out of the cache.
        pub(super) json: bool,
        /// The packages of the columns' types, quoted.
        pub(super) packages: Vec<String>,
    }

    /// The variables of a generated file.
    pub(super) struct Var {
        /// What the table's unexported names begin with, `userInfo`.
        pub(super) lowerStartCamelObject: String,
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
        /// The prefixes of the cache keys, an assignment a line.
        pub(super) cacheKeys: String,
        /// Whether the database numbers the rows.
        pub(super) autoIncrement: bool,
        /// The column of the primary key, in backticks for MySQL; several are parted by commas.
        pub(super) originalPrimaryKey: String,
        /// Whether the model reads through the cache.
        pub(super) withCache: bool,
        /// Whether it is PostgreSQL's SQL.
        pub(super) postgreSql: bool,
        /// The columns that are never written, quoted, parted by commas.
        pub(super) ignoreColumns: String,
        /// The columns that no insert gives, likewise.
        pub(super) notInserted: String,
        /// The columns that no update sets, likewise.
        pub(super) notUpdated: String,
        /// Whether an insert gives any column.
        pub(super) inserts: bool,
        /// Whether an update sets any column.
        pub(super) updates: bool,
        /// What a PostgreSQL update sets, as a Go string.
        pub(super) assignments: String,
    }

    /// The types of a generated file.
    pub(super) struct Types {
        /// Whether the model reads through the cache.
        pub(super) withCache: bool,
        /// What the `interface-` templates make, a line each.
        pub(super) method: String,
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
        /// What the table's unexported names begin with, `userInfo`.
        pub(super) lowerStartCamelObject: String,
        /// What `field` makes of each column.
        pub(super) fields: String,
        /// The table.
        pub(super) table: String,
    }

    /// A field of the row's struct.
    pub(super) struct StructField {
        /// Its name.
        pub(super) name: String,
        /// Its type.
        pub(super) r#type: String,
        /// What `tag` makes.
        pub(super) tag: String,
        /// Whether the column has a comment.
        pub(super) hasComment: bool,
        /// The column's comment.
        pub(super) comment: String,
    }

    /// The tag of a field.
    pub(super) struct Tag {
        /// The column.
        pub(super) field: String,
    }

    /// The constructor.
    pub(super) struct ModelNew {
        /// The table's name in SQL, as a Go literal.
        pub(super) table: String,
        /// Whether the model reads through the cache.
        pub(super) withCache: bool,
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
    }

    /// `tableName`
    pub(super) struct TableName {
        /// The table.
        pub(super) tableName: String,
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
    }

    /// `Insert` in the interface.
    pub(super) struct InterfaceInsert {
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
    }

    /// `FindOne` or `Delete` in the interface.
    pub(super) struct InterfaceKey {
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
        /// The parameter of the primary key; several are parted by commas.
        pub(super) lowerStartCamelPrimaryKey: String,
        /// The Go type of the primary key; several are parted by commas.
        pub(super) dataType: String,
        /// The parameters of the primary key, `id int64`.
        pub(super) parameters: String,
    }

    /// `FindOneBy…` in the interface.
    pub(super) struct InterfaceFindOneBy {
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
        /// The columns in the method's name, `TenantIdSkuCode`.
        pub(super) upperField: String,
        /// The parameters, `tenantId int64, skuCode string`.
        pub(super) r#in: String,
    }

    /// `Update` in the interface.
    pub(super) struct InterfaceUpdate {
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
    }

    /// `Insert`
    pub(super) struct Insert {
        /// Whether the model reads through the cache.
        pub(super) withCache: bool,
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
        /// What the table's unexported names begin with, `userInfo`.
        pub(super) lowerStartCamelObject: String,
        /// A place for each inserted column: `?, ?`, `$1, $2`.
        pub(super) expression: String,
        /// Their values, `data.Name, data.Age`.
        pub(super) expressionValues: String,
        /// The cache keys of the row, an assignment a line.
        pub(super) keys: String,
        /// Their variables, parted by commas.
        pub(super) keyValues: String,
        /// Whether it is PostgreSQL's SQL.
        pub(super) postgreSql: bool,
        /// Whether any column is given.
        pub(super) inserts: bool,
        /// The cache keys that are known before the row is there, an assignment a line.
        pub(super) keysBefore: String,
        /// Their variables, parted by commas.
        pub(super) keyValuesBefore: String,
        /// The cache key of the number that the database gives, which stands in `id`; empty where there is none.
        pub(super) newKey: String,
        /// The column of that number in a PostgreSQL insert, as SQL in a Go string; empty where there is none.
        pub(super) returning: String,
    }

    /// `FindOne`
    pub(super) struct FindOne {
        /// Whether the model reads through the cache.
        pub(super) withCache: bool,
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
        /// What the table's unexported names begin with, `userInfo`.
        pub(super) lowerStartCamelObject: String,
        /// The column of the primary key, in backticks for MySQL; several are parted by commas.
        pub(super) originalPrimaryKey: String,
        /// The parameter of the primary key; several are parted by commas.
        pub(super) lowerStartCamelPrimaryKey: String,
        /// The Go type of the primary key; several are parted by commas.
        pub(super) dataType: String,
        /// The cache key, an assignment.
        pub(super) cacheKey: String,
        /// Its variable.
        pub(super) cacheKeyVariable: String,
        /// Whether it is PostgreSQL's SQL.
        pub(super) postgreSql: bool,
        /// The parameters of the primary key, `id int64`.
        pub(super) parameters: String,
        /// The same as arguments, `id`.
        pub(super) arguments: String,
        /// What the row is found by, as SQL in a Go string: `` `id` = ? ``.
        pub(super) condition: String,
        /// Whether this is read through the cache: not where `whyDatabase` says something.
        pub(super) readsCache: bool,
        /// Why this is read from the database although there is a cache, a sentence; empty where it is not. The database fills in a
        /// part of the key, or the Go type of one does not print its value.
        pub(super) whyDatabase: String,
    }

    /// `FindOneBy…`, of a unique index.
    pub(super) struct FindOneBy {
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
        /// The columns in the method's name, `TenantIdSkuCode`.
        pub(super) upperField: String,
        /// The parameters, `tenantId int64, skuCode string`.
        pub(super) r#in: String,
        /// Whether the model reads through the cache.
        pub(super) withCache: bool,
        /// The cache key, an assignment.
        pub(super) cacheKey: String,
        /// Its variable.
        pub(super) cacheKeyVariable: String,
        /// What the table's unexported names begin with, `userInfo`.
        pub(super) lowerStartCamelObject: String,
        /// The parameters as arguments, `tenantId,skuCode`.
        pub(super) lowerStartCamelField: String,
        /// The field of the primary key; the first of several.
        pub(super) upperStartCamelPrimaryKey: String,
        /// What the row is found by, as goctl writes it.
        pub(super) originalField: String,
        /// Whether it is PostgreSQL's SQL.
        pub(super) postgreSql: bool,
        /// The parameters as arguments, `tenantId, skuCode`.
        pub(super) arguments: String,
        /// What the row is found by, as SQL in a Go string: `` `id` = ? ``.
        pub(super) condition: String,
        /// The primary key of the row `resp`: what the cache holds for this index.
        pub(super) primary: String,
        /// Whether this is read through the cache: not where `whyDatabase` says something.
        pub(super) readsCache: bool,
        /// Why this is read from the database although there is a cache, a sentence; empty where it is not. The database fills in a
        /// part of the key, or the Go type of one does not print its value.
        pub(super) whyDatabase: String,
    }

    /// `formatPrimary` and `queryPrimary`, through which the cache leads from an index to the row.
    pub(super) struct ExtraMethods {
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
        /// What the table's unexported names begin with, `userInfo`.
        pub(super) lowerStartCamelObject: String,
        /// The variable with the prefix of the primary key's cache key.
        pub(super) primaryKeyLeft: String,
        /// The column of the primary key, in backticks for MySQL; several are parted by commas.
        pub(super) originalPrimaryField: String,
        /// Whether it is PostgreSQL's SQL.
        pub(super) postgreSql: bool,
        /// Whether the primary key has several columns.
        pub(super) composite: bool,
        /// Its columns.
        pub(super) keys: Vec<Key>,
        /// Its columns as named results, `userId int64, roleId int64`.
        pub(super) results: String,
        /// The same as arguments, `id`.
        pub(super) arguments: String,
        /// The cache key over them.
        pub(super) cacheKey: String,
        /// What the row is found by, as SQL in a Go string: `` `id` = ? ``.
        pub(super) condition: String,
    }

    /// One column of a composite primary key.
    pub(super) struct Key {
        /// The variable.
        pub(super) name: String,
        /// The Go type.
        pub(super) ty: String,
    }

    /// `Update`
    pub(super) struct Update {
        /// Whether the model reads through the cache.
        pub(super) withCache: bool,
        /// Whether the table has a unique index.
        pub(super) containsIndexCache: bool,
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
        /// What the table's unexported names begin with, `userInfo`.
        pub(super) lowerStartCamelObject: String,
        /// The cache keys of the row, an assignment a line.
        pub(super) keys: String,
        /// Their variables, parted by commas.
        pub(super) keyValues: String,
        /// The cache key of the primary key, an assignment.
        pub(super) primaryCacheKey: String,
        /// Its variable.
        pub(super) primaryKeyVariable: String,
        /// The field of the primary key; the first of several.
        pub(super) upperStartCamelPrimaryKey: String,
        /// The column of the primary key, in backticks for MySQL; several are parted by commas.
        pub(super) originalPrimaryKey: String,
        /// The values, in the order of the places.
        pub(super) expressionValues: String,
        /// Whether it is PostgreSQL's SQL.
        pub(super) postgreSql: bool,
        /// The primary key of the row `newData`, as arguments.
        pub(super) primary: String,
        /// What the row is found by, as SQL in a Go string: `` `id` = ? ``.
        pub(super) condition: String,
        /// Whether any column is set.
        pub(super) updates: bool,
    }

    /// `Delete`
    pub(super) struct Delete {
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
        /// Whether the model reads through the cache.
        pub(super) withCache: bool,
        /// Whether the table has a unique index.
        pub(super) containsIndexCache: bool,
        /// The parameter of the primary key; several are parted by commas.
        pub(super) lowerStartCamelPrimaryKey: String,
        /// The Go type of the primary key; several are parted by commas.
        pub(super) dataType: String,
        /// The cache keys of the row, an assignment a line.
        pub(super) keys: String,
        /// The column of the primary key, in backticks for MySQL; several are parted by commas.
        pub(super) originalPrimaryKey: String,
        /// Their variables, parted by commas.
        pub(super) keyValues: String,
        /// Whether it is PostgreSQL's SQL.
        pub(super) postgreSql: bool,
        /// The parameters of the primary key, `id int64`.
        pub(super) parameters: String,
        /// The same as arguments, `id`.
        pub(super) arguments: String,
        /// What the row is found by, as SQL in a Go string: `` `id` = ? ``.
        pub(super) condition: String,
    }

    /// What a team adds to each model; empty by itself.
    pub(super) struct Customized {
        /// Whether the model reads through the cache.
        pub(super) withCache: bool,
        /// Whether the table has a unique index.
        pub(super) containsIndexCache: bool,
        /// The type of the table's rows, `UserInfo`.
        pub(super) upperStartCamelObject: String,
        /// What the table's unexported names begin with, `userInfo`.
        pub(super) lowerStartCamelObject: String,
        /// The parameter of the primary key; several are parted by commas.
        pub(super) lowerStartCamelPrimaryKey: String,
        /// The field of the primary key; the first of several.
        pub(super) upperStartCamelPrimaryKey: String,
        /// The Go type of the primary key; several are parted by commas.
        pub(super) primaryKeyDataType: String,
        /// The column of the primary key, in backticks for MySQL; several are parted by commas.
        pub(super) originalPrimaryKey: String,
        /// The cache key of the primary key, an assignment.
        pub(super) primaryCacheKey: String,
        /// Its variable.
        pub(super) primaryKeyVariable: String,
        /// The cache keys of the row, an assignment a line.
        pub(super) keys: String,
        /// Their variables, parted by commas.
        pub(super) keyValues: String,
        /// A place for each inserted column: `?, ?`, `$1, $2`.
        pub(super) expression: String,
        /// Their values, `data.Name, data.Age`.
        pub(super) expressionValues: String,
        /// Whether it is PostgreSQL's SQL.
        pub(super) postgreSql: bool,
        /// The inserted columns.
        pub(super) fields: Vec<CustomField>,
    }

    /// An inserted column.
    pub(super) struct CustomField {
        /// The column.
        pub(super) NameOriginal: String,
        /// Its field.
        pub(super) UpperName: String,
        /// Its parameter.
        pub(super) LowerName: String,
        /// Its Go type.
        pub(super) DataType: String,
        /// Its comment.
        pub(super) Comment: String,
        /// Always 0.
        pub(super) SeqInIndex: usize,
        /// Always 0.
        pub(super) OrdinalPosition: usize,
    }
}
