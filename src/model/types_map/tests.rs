use std::path::Path;

use super::*;

fn load(text: Option<&str>, settings: Settings) -> (Option<TypesMap>, String) {
    let mut files = vec![("/shop/go.mod", "module shop\n"), ("/shop/model/user/a.sql", "")];
    files.extend(text.map(|text| ("/shop/goctl.yaml", text)));
    let (mut sources, mut report) = (Sources::new(Disk::memory(files)), Report::new());
    let map = TypesMap::load(Path::new("/shop/model"), settings, &mut sources, &mut report);
    let told = report.sorted().into_iter().map(|found| {
        let place = found.primary.as_ref().map(|label| {
            let place = sources.place(label.span.file, label.span.start);
            format!("{}:{}:{} `{}` ", sources.name(label.span.file), place.line, place.column, sources.slice(label.span))
        });
        format!("{}{}\n", place.unwrap_or_default(), found.message)
    });
    (map, told.collect())
}

fn map(text: Option<&str>, strict: bool) -> TypesMap {
    let (map, told) = load(text, Settings { strict, ..Settings::default() });
    assert_eq!(told, "");
    map.unwrap()
}

/// Plain, unsigned, NULL-typed.
fn three(map: &TypesMap, key: &str) -> [String; 3] {
    [(false, false), (false, true), (true, false)].map(|(null, unsigned)| map.choose(key, null, unsigned).ty)
}

/// The rows of contract model 4.2: SQL types, and their Go types plain, unsigned, NULL-typed.
const ROWS: &[(&str, [&str; 3])] = &[
    ("tinyint smallint mediumint middleint int int1 int2 int3 int4 int8 integer bigint year", ["int64", "uint64", "sql.NullInt64"]),
    ("float float4 float8 double decimal dec numeric fixed real", ["float64", "float64", "sql.NullFloat64"]),
    ("bit", ["byte", "byte", "sql.NullByte"]),
    ("bool boolean", ["bool", "bool", "sql.NullBool"]),
    ("date datetime timestamp", ["time.Time", "time.Time", "sql.NullTime"]),
    ("time", ["string", "string", "sql.NullString"]),
    (
        "char varchar nchar nvarchar character longvarchar tinytext text mediumtext longtext binary varbinary tinyblob blob mediumblob \
         longblob enum set json linestring multilinestring",
        ["string", "string", "sql.NullString"],
    ),
    ("bpchar jsonb bytea", ["string", "string", "sql.NullString"]),
    ("ltree", ["[]byte", "[]byte", "[]byte"]),
    ("_int2 _int4 _int8", ["pq.Int64Array", "pq.Int64Array", "pq.Int64Array"]),
    ("_float4 _float8", ["pq.Float64Array", "pq.Float64Array", "pq.Float64Array"]),
    ("_bool", ["pq.BoolArray", "pq.BoolArray", "pq.BoolArray"]),
    ("_varchar _text _char", ["pq.StringArray", "pq.StringArray", "pq.StringArray"]),
];

#[test]
fn every_type_without_a_file() {
    for strict in [false, true] {
        let map = map(None, strict);
        for (keys, types) in ROWS {
            for key in keys.split_whitespace() {
                assert_eq!(three(&map, key), *types, "{key}");
                assert_ne!(map.choose(key, false, false).origin, Origin::Guessed, "{key}");
            }
        }
    }
    for spelled in ["double precision", "character varying", "national varchar", "long varchar", "long"] {
        assert_eq!(map(None, false).choose(spelled, false, false).origin, Origin::BuiltIn, "{spelled}");
    }
    assert_eq!(three(&map(None, false), "serial"), ["uint64", "uint64", "sql.NullInt64"]);
}

#[test]
fn no_types_map_leaves_goctl_s_own_list() {
    // Contract model 4.3; a file that lists other types, and the switch that turns all of them off.
    let off = load(None, Settings { strict: false, experimental: false }).0.unwrap();
    let file = "model:\n  types_map:\n    uuid: {type: uuid.UUID, pkg: github.com/google/uuid}\n";
    for map in [off, map(Some(file), false), map(Some("# nothing\n"), false)] {
        assert_eq!(three(&map, "bigint"), ["int64", "int64", "sql.NullInt64"]);
        assert_eq!(three(&map, "bit"), ["byte", "byte", "byte"]);
        for (keys, [plain, _, null]) in ROWS.iter().filter(|(keys, _)| *keys != "bit") {
            for key in keys.split_whitespace() {
                assert_eq!([map.choose(key, false, false).ty, map.choose(key, true, false).ty], [*plain, *null], "{key}");
                assert_eq!(map.choose(key, false, false).origin, Origin::BuiltIn, "{key}");
            }
        }
    }
    let strict = map(Some(file), true);
    assert_eq!(three(&strict, "bigint"), ["int64", "uint64", "sql.NullInt64"]);
    assert_eq!(three(&strict, "varchar"), ["string", "string", "sql.NullString"]);
    // An empty file is as good as none.
    assert_eq!(three(&map(Some(""), false), "bigint")[1], "uint64");
}

#[test]
fn what_nobody_knows_is_marked() {
    let map = map(None, false);
    let rows = [
        ("inet", false, "string"),
        ("money", true, "sql.NullString"),
        ("geometry", true, "[]byte"),
        ("point", false, "[]byte"),
        ("_uuid", false, "pq.StringArray"),
        ("_numeric", true, "pq.StringArray"),
    ];
    for (key, null, ty) in rows {
        let chosen = map.choose(key, null, false);
        assert_eq!((chosen.ty.as_str(), chosen.origin), (ty, Origin::Guessed), "{key}");
    }
    assert!(map.choose("_uuid", false, false).needs_pq() && map.choose("_text", false, false).needs_pq());
}

#[test]
fn a_file_decides() {
    let text = "\
model:
  types_map:
    Decimal:
      type: decimal.Decimal
      null_type: decimal.NullDecimal
      unsigned_type: float64
      pkg: github.com/shopspring/decimal
    datetime: {type: time.Time, pkg: time}
    json:
      null_type: '*string'
    text:
    _uuid: {type: pq.StringArray, pkg: github.com/lib/pq}
";
    let map = map(Some(text), true);
    let pkg = |key: &str, null, unsigned| {
        let chosen = map.choose(key, null, unsigned);
        format!("{} {}", chosen.ty, chosen.pkg.unwrap_or_default())
    };
    assert_eq!(pkg("decimal", false, false), "decimal.Decimal github.com/shopspring/decimal");
    assert_eq!(pkg("decimal", true, true), "decimal.NullDecimal github.com/shopspring/decimal");
    // The package is imported only where it is used, and `time` not twice.
    assert_eq!(pkg("decimal", false, true), "float64 ");
    assert_eq!(pkg("datetime", true, false), "time.Time ");
    assert_eq!(pkg("json", true, false), "*string ");
    assert_eq!(pkg("json", false, false), "string ");
    assert_eq!(map.choose("text", true, false), GoType { ty: "sql.NullString".into(), pkg: None, origin: Origin::BuiltIn });
    assert_eq!(pkg("_uuid", false, false), "pq.StringArray github.com/lib/pq");
    assert!(!map.choose("_uuid", false, false).needs_pq());
}

#[test]
fn what_a_cache_key_says() {
    let printed = |ty: &str| GoType { ty: ty.into(), pkg: None, origin: Origin::Config }.printed();
    for ty in ["int64", "uint64", "byte", "string", "bool", "float64", "time.Time", "uuid.UUID"] {
        assert_eq!(printed(ty), Printed::Value, "{ty}");
    }
    for ty in ["sql.NullString", "sql.NullTime", "sql.Null[int64]", "sql.Null[time.Time]"] {
        assert_eq!(printed(ty), Printed::Nullable, "{ty}");
    }
    let others = [
        "*string",
        "*time.Time",
        "[]byte",
        "json.RawMessage",
        "pq.StringArray",
        "decimal.Decimal",
        "sql.Null[*string]",
        "sql.RawBytes",
        "any",
    ];
    for ty in others {
        assert_eq!(printed(ty), Printed::Otherwise, "{ty}");
    }
}

#[test]
fn mistakes_have_their_place() {
    let rows = [
        ("model:\n  types_map: [a]\n", "../goctl.yaml:2:14 `[` `types_map` must be a mapping\n"),
        ("model: 5\n", "../goctl.yaml:1:8 `5` `model` must be a mapping\n"),
        ("just text\n", "../goctl.yaml:1:1 `j` the file must be a mapping\n"),
        ("model:\n  types_map:\n    int:\n      type: 5\n", "../goctl.yaml:4:13 `5` `type` must be a text\n"),
        ("model:\n  types_map:\n    int: {type: int 64}\n", "../goctl.yaml:3:17 `int 64` `int 64` is not a Go type\n"),
        ("model:\n  types_map:\n    int: {pkg: a b}\n", "../goctl.yaml:3:16 `a b` `a b` is not the path of a Go package\n"),
        ("model:\n  types_map:\n    int: {type: big.Int}\n", "../goctl.yaml:3:17 `big.Int` `big.Int` needs an import\n"),
        ("model:\n  types_map:\n    int: {type: a.B, null_type: c.D, pkg: a}\n", "../goctl.yaml:3:33 `c.D` `c.D` needs a second import\n"),
        ("model:\n  types_map:\n    int: {}\n    INT: {}\n", "../goctl.yaml:4:5 `INT` `int` is listed twice\n"),
    ];
    for (text, told) in rows {
        let (map, found) = load(Some(text), Settings::default());
        assert_eq!(found, told, "{text}");
        assert!(map.is_none(), "{text}");
    }
    let (map, found) = load(Some("model:\n  types_map:\n    int: {type: int64\n"), Settings::default());
    assert!(map.is_none() && found.starts_with("../goctl.yaml:"), "{found}");
    let (map, found) = load(Some("model:\n  types_map:\n    \u{4e16}: {}\n    int: {type: \"int\n    a: b\n"), Settings::default());
    assert!(map.is_none() && (found.starts_with("../goctl.yaml:4:") || found.starts_with("../goctl.yaml:5:")), "{found}");
}

#[test]
fn unknown_keys_are_told() {
    let text = "mode:\nmodel:\n  typesmap:\n  types_map:\n    int: {tpye: int64, type: int64}\n    decimal(10,2): {type: string}\n    varchr:\n    mood:\n    _uuid:\n    double precision:\n    uuid:\n";
    let (map, found) = load(Some(text), Settings::default());
    let map = map.unwrap();
    let told = |used: &[&str], of_postgres| {
        let mut report = Report::new();
        map.tell_unread(&used.iter().copied().collect(), of_postgres, &mut report);
        report.sorted().iter().map(|found| format!("{}: {}", found.message, found.help.as_deref().unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(told(&["mood"], false), ["no column has the type `varchr`: did you mean `varchar`?"]);
    assert_eq!(
        told(&["varchr"], true),
        [
            "no column here has the type `mood`, and ctl does not know it: right if it is an enum or a domain of a PostgreSQL database",
            "PostgreSQL's `uuid` is looked up as `varchar`, as goctl does it: an entry `varchar` is for both",
        ]
    );
    assert_eq!(
        found,
        "../goctl.yaml:1:1 `mode` nothing reads the key `mode` at the top of the file\n\
         ../goctl.yaml:3:3 `typesmap` nothing reads the key `typesmap` in `model`\n\
         ../goctl.yaml:5:11 `tpye` nothing reads the key `tpye` in `int`\n\
         ../goctl.yaml:6:5 `decimal(10,2)` no column has the type `decimal(10,2)`\n"
    );
}

#[test]
fn the_new_file_says_what_holds_without_it() {
    let text = new_config();
    let with = map(Some(&text), false);
    assert_eq!(with.entries, tables::defaults());
    let mut report = Report::new();
    with.tell_unread(&BTreeSet::new(), true, &mut report);
    assert!(report.sorted().is_empty());
}

#[test]
fn a_file_that_somebody_worked_on_is_told() {
    let text = new_config();
    let without_comments: String = text.lines().filter(|line| !line.contains('#')).map(|line| format!("{line}\n")).collect();
    for ours in [text.clone(), text.replace('\n', "\r\n"), without_comments, String::new()] {
        assert!(is_default(&ours), "{ours}");
    }
    let changed = [
        text.replace("# whole numbers", "# whole numbers; see the ticket"),
        format!("{text}# mine\n"),
        text.replace("type: bool\n", "type: bool # mine\n"),
        text.replace("type: bool\n", "type: int\n"),
        "# nothing\n".to_owned(),
    ];
    for theirs in changed {
        assert!(theirs != text && !is_default(&theirs), "{theirs}");
    }
}

#[test]
fn the_file_is_found_beside_go_mod() {
    let at = |dir: &str, files: &[&str]| {
        let disk = Disk::memory(files.iter().map(|file| (*file, "")));
        config_file(Path::new(dir), &disk).display().to_string()
    };
    assert_eq!(at("/shop/a/b", &["/shop/go.mod"]), "/shop/goctl.yaml");
    assert_eq!(at("/shop/a/b", &["/shop/go.mod", "/shop/a/go.mod"]), "/shop/a/goctl.yaml");
    assert_eq!(at("/shop/a/b", &[]), "/shop/a/b/goctl.yaml");
}
