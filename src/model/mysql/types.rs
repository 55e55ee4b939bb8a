//! The types of columns: MySQL's (manual, 13) and MariaDB's, with the key that goctl looks each of them up by (contract: model
//! 4.1, 4.2).

use super::goctl::Refusal;
use super::lex::{Kind, unquoted};
use super::reader::{Read, Reader, Wrong};
use crate::diagnostic::Report;
use crate::model::spec::ColumnType;

/// What may stand behind a type's name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Nothing.
    Plain,
    /// `(n)`
    Length,
    /// `(n) UNSIGNED ZEROFILL`
    Integer,
    /// `(m,d) UNSIGNED ZEROFILL`
    Decimal,
    /// `('a','b')`
    Values,
}

/// What goctl makes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goctl {
    Knows,
    /// Parsed, but without a Go type.
    NoGoType,
    Unknown,
}

use Goctl::{Knows, NoGoType, Unknown};
use Shape::{Decimal, Integer, Length, Plain, Values};

/// A type's name, its key, what may follow, what goctl makes of it.
const TYPES: &[(&[&str], &str, Shape, Goctl)] = &[
    // Longer spellings first.
    (&["NATIONAL", "CHARACTER", "VARYING"], "nvarchar", Length, Knows),
    (&["NATIONAL", "CHAR", "VARYING"], "nvarchar", Length, Knows),
    (&["NATIONAL", "VARCHARACTER"], "nvarchar", Length, Unknown),
    (&["NATIONAL", "VARCHAR"], "nvarchar", Length, Knows),
    (&["NATIONAL", "CHARACTER"], "nchar", Length, Knows),
    (&["NATIONAL", "CHAR"], "nchar", Length, Unknown),
    (&["NCHAR", "VARCHAR"], "nvarchar", Length, Knows),
    (&["NCHAR", "VARCHARACTER"], "nvarchar", Length, Unknown),
    (&["NCHAR", "VARYING"], "nchar", Length, Knows),
    (&["CHARACTER", "VARYING"], "character", Length, Knows),
    (&["CHAR", "VARYING"], "char", Length, Knows),
    (&["LONG", "VARBINARY"], "longvarbinary", Plain, NoGoType),
    (&["LONG", "VARCHAR"], "longvarchar", Plain, Knows),
    (&["LONG", "CHARACTER", "VARYING"], "longvarchar", Plain, Unknown),
    (&["LONG", "CHAR", "VARYING"], "longvarchar", Plain, Unknown),
    (&["LONG", "VARCHARACTER"], "longvarchar", Plain, Unknown),
    (&["LONG"], "longvarchar", Plain, Knows),
    (&["DOUBLE", "PRECISION"], "double", Decimal, Knows),
    (&["TINYINT"], "tinyint", Integer, Knows),
    (&["SMALLINT"], "smallint", Integer, Knows),
    (&["MEDIUMINT"], "mediumint", Integer, Knows),
    (&["MIDDLEINT"], "middleint", Integer, Knows),
    (&["INT"], "int", Integer, Knows),
    (&["INTEGER"], "integer", Integer, Knows),
    (&["BIGINT"], "bigint", Integer, Knows),
    (&["INT1"], "int1", Integer, Knows),
    (&["INT2"], "int2", Integer, Knows),
    (&["INT3"], "int3", Integer, Knows),
    (&["INT4"], "int4", Integer, Knows),
    (&["INT8"], "int8", Integer, Knows),
    (&["DECIMAL"], "decimal", Decimal, Knows),
    (&["DEC"], "dec", Decimal, Knows),
    (&["FIXED"], "fixed", Decimal, Knows),
    (&["NUMERIC"], "numeric", Decimal, Knows),
    (&["FLOAT"], "float", Decimal, Knows),
    (&["FLOAT4"], "float4", Decimal, Knows),
    (&["FLOAT8"], "float8", Decimal, Knows),
    (&["DOUBLE"], "double", Decimal, Knows),
    (&["REAL"], "real", Decimal, Knows),
    (&["BIT"], "bit", Length, Knows),
    (&["BOOL"], "bool", Plain, Knows),
    (&["BOOLEAN"], "boolean", Plain, Knows),
    (&["SERIAL"], "serial", Plain, NoGoType),
    (&["DATE"], "date", Plain, Knows),
    (&["TIME"], "time", Length, Knows),
    (&["DATETIME"], "datetime", Length, Knows),
    (&["TIMESTAMP"], "timestamp", Length, Knows),
    (&["YEAR"], "year", Length, Knows),
    (&["CHARACTER"], "character", Length, Knows),
    (&["CHAR"], "char", Length, Knows),
    (&["VARCHAR"], "varchar", Length, Knows),
    (&["VARCHARACTER"], "varchar", Length, Unknown),
    (&["NCHAR"], "nchar", Length, Knows),
    (&["NVARCHAR"], "nvarchar", Length, Knows),
    (&["TINYTEXT"], "tinytext", Plain, Knows),
    (&["TEXT"], "text", Length, Knows),
    (&["MEDIUMTEXT"], "mediumtext", Plain, Knows),
    (&["LONGTEXT"], "longtext", Plain, Knows),
    (&["BINARY"], "binary", Length, Knows),
    (&["VARBINARY"], "varbinary", Length, Knows),
    (&["TINYBLOB"], "tinyblob", Plain, Knows),
    (&["BLOB"], "blob", Length, Knows),
    (&["MEDIUMBLOB"], "mediumblob", Plain, Knows),
    (&["LONGBLOB"], "longblob", Plain, Knows),
    (&["ENUM"], "enum", Values, Knows),
    (&["SET"], "set", Values, Knows),
    (&["JSON"], "json", Plain, Knows),
    (&["GEOMETRY"], "geometry", Plain, NoGoType),
    (&["POINT"], "point", Plain, NoGoType),
    (&["LINESTRING"], "linestring", Plain, Knows),
    (&["POLYGON"], "polygon", Plain, NoGoType),
    (&["MULTIPOINT"], "multipoint", Plain, NoGoType),
    (&["MULTILINESTRING"], "multilinestring", Plain, Knows),
    (&["MULTIPOLYGON"], "multipolygon", Plain, NoGoType),
    (&["GEOMETRYCOLLECTION"], "geometrycollection", Plain, NoGoType),
    (&["GEOMCOLLECTION"], "geomcollection", Plain, NoGoType),
    // MySQL 9 and MariaDB 11.7.
    (&["VECTOR"], "vector", Length, Unknown),
    // MariaDB: 10.7, 10.5, 10.10, 12.
    (&["UUID"], "uuid", Plain, Unknown),
    (&["INET6"], "inet6", Plain, Unknown),
    (&["INET4"], "inet4", Plain, Unknown),
    (&["XMLTYPE"], "xmltype", Plain, Unknown),
    // MariaDB under sql_mode=ORACLE: other names for its own types.
    (&["VARCHAR2"], "varchar", Length, Unknown),
    (&["NUMBER"], "decimal", Decimal, Unknown),
    (&["RAW"], "varbinary", Length, Unknown),
    (&["CLOB"], "longtext", Plain, Unknown),
];

const NO_TYPE: &str = "it has no Go type for a column's type";
const SYNTAX: &str = "its grammar does not know a column's type";

/// A type, with `UNSIGNED` and `ZEROFILL` directly behind it.
pub(super) fn column_type(reader: &mut Reader<'_>, column: &str, refusal: &mut Refusal, report: &mut Report) -> Read<ColumnType> {
    let start = reader.position();
    let Some((words, key, shape, goctl)) = TYPES.iter().find(|(words, ..)| reader.at_words(words)) else {
        return Err(unknown(reader, column));
    };
    let (first, shape) = (reader.eat(words), *shape);
    match goctl {
        Knows => {}
        NoGoType => refusal.at(first, NO_TYPE),
        Unknown => refusal.at(first, SYNTAX),
    }
    let mut found = ColumnType {
        key: (*key).to_owned(),
        base: None,
        text: String::new(),
        unsigned: *key == "serial",
        arguments: Vec::new(),
        values: Vec::new(),
    };
    if reader.at_punct(b'(') {
        let open = reader.here();
        let goctl_takes = match (shape, *key) {
            // goctl has a size for these, though MySQL has none.
            (Plain, "tinytext" | "mediumtext" | "longtext" | "longvarchar") => true,
            (Plain, _) => false,
            _ => true,
        };
        let (inside, close) = reader.inside("what belongs to the type")?;
        if shape == Plain && !goctl_takes {
            let message = format!("`{}` takes nothing in parentheses", words.join(" "));
            return Err(Wrong { span: open.to(reader.span(close)), message, help: None });
        }
        for mut element in inside.elements() {
            argument(&mut element, shape, column, &mut found, refusal)?;
        }
        let expected = match shape {
            Values => found.arguments.is_empty(),
            Decimal => found.arguments.len() <= 2,
            _ => found.arguments.len() <= 1,
        };
        if !expected {
            let message = format!("`{}` takes fewer numbers than this", words.join(" "));
            return Err(Wrong { span: open.to(reader.span(close)), message, help: None });
        }
        // goctl wants both numbers of these.
        if shape == Decimal && found.arguments.len() == 1 && matches!(*key, "double" | "real") {
            refusal.at(first, SYNTAX);
        }
    } else if shape == Values {
        return Err(reader.expected(&format!("`(` and the values of column `{column}`")));
    } else if matches!(*key, "varbinary" | "varchar" | "nvarchar") && *goctl == Knows {
        // goctl takes it without.
        report.push(reader.expected(&format!("`(` and the size of column `{column}`")).warning("the column is read all the same"));
    }
    let mut seen = 0;
    while let Some(token) = reader.eat_any(&["UNSIGNED", "SIGNED", "ZEROFILL"]) {
        if !matches!(shape, Integer | Decimal) {
            let message = format!("`{}` is for numbers, and column `{column}` holds none", reader.raw(token));
            return Err(Wrong { span: reader.span(token), message, help: None });
        }
        let order = if reader.is(Some(token), "ZEROFILL") { 2 } else { 1 };
        if order <= seen {
            refusal.at(Some(token), "its grammar wants `UNSIGNED ZEROFILL` in this order and once");
        }
        seen = order;
        found.unsigned |= !reader.is(Some(token), "SIGNED");
    }
    found.text = reader.written(reader.since(start));
    Ok(found)
}

fn argument(element: &mut Reader<'_>, shape: Shape, column: &str, found: &mut ColumnType, refusal: &mut Refusal) -> Read<()> {
    if shape == Values {
        let token = element.peek();
        match token {
            Some(token) if matches!(token.kind, Kind::Text | Kind::Double) => {
                if element.raw(token).starts_with(['n', 'N']) {
                    refusal.at(Some(token), SYNTAX);
                }
                found.values.push(unquoted(token.kind, element.raw(token)));
            }
            Some(token) if token.kind == Kind::Bits => {
                refusal.at(Some(token), SYNTAX);
                found.values.push(element.raw(token).to_owned());
            }
            _ => return Err(element.expected(&format!("a value of column `{column}` in quotes"))),
        }
        element.advance();
    } else {
        match element.eat_count() {
            Some(count) => found.arguments.push(count),
            None => return Err(element.expected(&format!("a number for the type of column `{column}`"))),
        }
        // MariaDB's sql_mode=ORACLE, and Oracle's own.
        if let Some(token) = element.eat_any(&["CHAR", "BYTE"]) {
            refusal.at(Some(token), SYNTAX);
        }
    }
    if element.done() { Ok(()) } else { Err(element.expected("`,` or `)`")) }
}

fn unknown(reader: &Reader<'_>, column: &str) -> Wrong {
    match reader.peek() {
        Some(token) if token.kind == Kind::Word && !reader.at_words(&["NOT", "NULL"]) && !reader.at_words(&["DEFAULT"]) => {
            let message = format!("`{}` is not a type of MySQL or MariaDB", reader.raw(token));
            Wrong { span: reader.span(token), message, help: None }
        }
        _ => reader.expected(&format!("the type of column `{column}`")),
    }
}
