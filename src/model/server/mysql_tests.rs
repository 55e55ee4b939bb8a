use super::*;

fn literal(text: &str) -> Option<Default> {
    Some(Default::Literal(text.to_owned()))
}

fn expression(text: &str) -> Option<Default> {
    Some(Default::Expression(text.to_owned()))
}

#[test]
fn versions_are_told_apart() {
    let of = |text| Version::of(text);
    assert_eq!(of("8.0.36"), Version { maria: false, number: (8, 0, 36) });
    assert_eq!(of("10.11.6-MariaDB-1~deb12"), Version { maria: true, number: (10, 11, 6) });
    assert_eq!(of("5.5.5-10.3.39-MariaDB-log"), Version { maria: true, number: (10, 3, 39) });
    assert_eq!(of("x"), Version::default());
    assert!(of("8.0.13").has_expressions() && !of("8.0.12").has_expressions() && !of("10.11.6-MariaDB").has_expressions());
}

#[test]
fn defaults_of_three_servers() {
    let (maria, eight, five) = (Version::of("10.11.6-MariaDB"), Version::of("8.0.36"), Version::of("5.7.44"));
    assert_eq!(default("NULL", "int", "", maria), None);
    assert_eq!(default("'NULL'", "varchar", "", maria), literal("NULL"));
    assert_eq!(default("'it\\'s'", "varchar", "", maria), literal("it's"));
    assert_eq!(default("'it''s'", "varchar", "", maria), literal("it's"));
    assert_eq!(default("-1", "int", "", maria), literal("-1"));
    assert_eq!(default("current_timestamp()", "datetime", "", maria), expression("current_timestamp()"));
    assert_eq!(default("NULL", "varchar", "", eight), literal("NULL"));
    assert_eq!(default("uuid()", "varchar", "default_generated", eight), expression("uuid()"));
    assert_eq!(default("CURRENT_TIMESTAMP", "datetime", "", five), expression("CURRENT_TIMESTAMP"));
    assert_eq!(default("CURRENT_TIMESTAMP", "varchar", "", five), literal("CURRENT_TIMESTAMP"));
}

#[test]
fn types_are_taken_apart() {
    let ty = column_type("decimal", "decimal(10,2) unsigned");
    assert_eq!((ty.key.as_str(), ty.unsigned, ty.arguments.as_slice()), ("decimal", true, [10, 2].as_slice()));
    let ty = column_type("enum", "enum('a','it''s','unsigned','x\\\\y',',')");
    assert_eq!(ty.values, ["a", "it's", "unsigned", "x\\y", ","]);
    assert!(!ty.unsigned && ty.arguments.is_empty());
    assert!(column_type("int", "int(5) unsigned zerofill").unsigned);
    assert!(column_type("enum", "enum('").values.is_empty());
}
