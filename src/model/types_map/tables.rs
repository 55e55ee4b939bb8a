//! The Go types of SQL types where no `goctl.yaml` says otherwise.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Entry, GoType, Origin};

/// SQL types that share their Go types.
struct Family {
    /// What they are, for readers of `goctl.yaml`.
    about: &'static str,
    /// `type`, `unsigned_type`, `null_type`; empty for none.
    go: [&'static str; 3],
    /// Lower case.
    sql: &'static [&'static str],
}

/// The defaults of `goctl.yaml` (contract: model 4.2, 4.3).
const DEFAULTS: &[Family] = &[
    Family {
        about: "whole numbers",
        go: ["int64", "uint64", "sql.NullInt64"],
        sql: &["tinyint", "smallint", "mediumint", "middleint", "int", "int1", "int2", "int3", "int4", "int8", "integer", "bigint", "year"],
    },
    Family {
        about: "numbers with a fraction; for exact amounts name a decimal type and its pkg",
        go: ["float64", "", "sql.NullFloat64"],
        sql: &["float", "float4", "float8", "double", "decimal", "dec", "numeric"],
    },
    Family {
        about: "bits, which no driver reads so: MySQL wants \"[]byte\", PostgreSQL string and sql.NullString",
        go: ["byte", "byte", "sql.NullByte"],
        sql: &["bit"],
    },
    Family { about: "truth values", go: ["bool", "", "sql.NullBool"], sql: &["bool", "boolean"] },
    Family {
        about: "moments; MySQL's driver needs parseTime=true for them",
        go: ["time.Time", "", "sql.NullTime"],
        sql: &["date", "datetime", "timestamp"],
    },
    Family {
        about: "text and everything that travels as text",
        go: ["string", "", "sql.NullString"],
        sql: &[
            "time",
            "char",
            "varchar",
            "nchar",
            "nvarchar",
            "character",
            "longvarchar",
            "tinytext",
            "text",
            "mediumtext",
            "longtext",
            "enum",
            "set",
            "json",
            "binary",
            "varbinary",
            "tinyblob",
            "blob",
            "mediumblob",
            "longblob",
            "linestring",
            "multilinestring",
        ],
    },
];

/// Types that `goctl.yaml` has no default for and goctl knows all the same, by their Go type (contract: model 4.2, 4.3):
/// PostgreSQL's own, and MySQL's longer spellings.
const BUILT_IN: &[(&str, &[&str])] = &[
    ("float64", &["fixed", "real", "double precision"]),
    (
        "string",
        &[
            "bpchar",
            "bytea",
            "jsonb",
            "character varying",
            "varcharacter",
            "national char",
            "national character",
            "national char varying",
            "national character varying",
            "national varchar",
            "national varcharacter",
            "nchar varchar",
            "nchar varcharacter",
            "nchar varying",
            "long",
            "long varchar",
        ],
    ),
    ("[]byte", &["ltree"]),
    ("pq.Int64Array", &["_int2", "_int4", "_int8"]),
    ("pq.Float64Array", &["_float4", "_float8"]),
    ("pq.BoolArray", &["_bool"]),
    ("pq.StringArray", &["_varchar", "_text", "_char"]),
];

/// Types that goctl does not know and that hold bytes (decisions, Models).
const BYTES: [&str; 11] = [
    "geometry",
    "geography",
    "point",
    "polygon",
    "multipoint",
    "multipolygon",
    "geomcollection",
    "geometrycollection",
    "long varbinary",
    "longvarbinary",
    "vector",
];

/// Types that a database has and that neither goctl nor we have a Go type for (manuals: MariaDB, Data Types; PostgreSQL, 8).
/// `int4` and the like are in the lists above; the names of arrays begin with `_`.
const OTHERS: [&str; 52] = [
    "serial",
    "uuid",
    "inet4",
    "inet6",
    "xmltype",
    "bigserial",
    "smallserial",
    "money",
    "timestamptz",
    "timetz",
    "interval",
    "inet",
    "cidr",
    "macaddr",
    "macaddr8",
    "xml",
    "jsonpath",
    "name",
    "oid",
    "varbit",
    "box",
    "circle",
    "line",
    "lseg",
    "path",
    "tsvector",
    "tsquery",
    "int4range",
    "int8range",
    "numrange",
    "tsrange",
    "tstzrange",
    "daterange",
    "int4multirange",
    "int8multirange",
    "nummultirange",
    "tsmultirange",
    "tstzmultirange",
    "datemultirange",
    "pg_lsn",
    "pg_snapshot",
    "xid",
    "xid8",
    "cid",
    "tid",
    "regclass",
    "regtype",
    "hstore",
    "citext",
    "cube",
    "lquery",
    "halfvec",
];

/// The names of all types that a database is known to have.
pub(super) fn known() -> impl Iterator<Item = &'static str> {
    let of_defaults = DEFAULTS.iter().flat_map(|family| family.sql);
    of_defaults.chain(BUILT_IN.iter().flat_map(|(_, sql)| *sql)).chain(&BYTES).chain(&OTHERS).copied()
}

/// Whether a database is known to have the type, or the elements of the array.
pub(super) fn is_known(key: &str) -> bool {
    let element = key.strip_prefix('_').unwrap_or(key);
    known().any(|known| known == key || known == element)
}

/// The entries that hold where there is no `goctl.yaml`.
pub(super) fn defaults() -> BTreeMap<String, Entry> {
    let entries = DEFAULTS.iter().flat_map(|family| {
        let [ty, unsigned, null] = family.go.map(str::to_owned);
        let entry = Entry { ty, unsigned, null, pkg: String::new() };
        family.sql.iter().map(move |sql| ((*sql).to_owned(), entry.clone()))
    });
    entries.collect()
}

/// The type that goctl takes for what `goctl.yaml` does not list, else ours.
///
/// goctl's own list lacks `middleint`, `numeric` and `longvarchar` for columns of a server; they are here what they are in
/// a file.
pub(super) fn fall_back(key: &str, null: bool, unsigned: bool) -> GoType {
    let of_defaults = DEFAULTS.iter().find(|family| family.sql.contains(&key)).map(|family| family.go[0]);
    let known = of_defaults.or_else(|| BUILT_IN.iter().find(|(_, sql)| sql.contains(&key)).map(|(go, _)| *go));
    let origin = if known.is_some() { Origin::BuiltIn } else { Origin::Guessed };
    let plain = known.unwrap_or_else(|| match key {
        array if array.starts_with('_') => "pq.StringArray",
        bytes if BYTES.contains(&bytes) => "[]byte",
        _ => "string",
    });
    let ty = match plain {
        "int64" if null => "sql.NullInt64",
        "int64" if unsigned => "uint64",
        "float64" if null => "sql.NullFloat64",
        "bool" if null => "sql.NullBool",
        "string" if null => "sql.NullString",
        "time.Time" if null => "sql.NullTime",
        // Bytes and arrays can be nil.
        other => other,
    };
    GoType { ty: ty.to_owned(), pkg: None, origin }
}

/// The defaults as a `goctl.yaml` that says what it is.
pub(super) fn as_yaml() -> String {
    let mut text = HEADER.to_owned();
    for family in DEFAULTS {
        // Writing to a string does not fail.
        let _ = writeln!(text, "    # {}", family.about);
        for sql in family.sql {
            let _ = writeln!(text, "    {sql}:");
            for (name, ty) in ["type", "unsigned_type", "null_type"].iter().zip(family.go) {
                if !ty.is_empty() {
                    let _ = writeln!(text, "      {name}: {ty}");
                }
            }
        }
    }
    text
}

const HEADER: &str = "\
# The Go types of columns, for `ctl model`. It stands beside go.mod; goctl reads it too.
#
# type           the Go type
# unsigned_type  the same for columns that are UNSIGNED and never NULL
# null_type      the same for columns that may be NULL
# pkg            the package to import where a type names one, as decimal.Decimal does
#
# SQL types that are not listed get the types ctl knows by itself.
model:
  types_map:
";
