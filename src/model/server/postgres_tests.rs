use super::*;

#[test]
fn defaults_are_literals_or_expressions() {
    let literal = |text: &str| Some(Default::Literal(text.to_owned()));
    let expression = |text: &str| Some(Default::Expression(text.to_owned()));
    let rows = [
        ("'a'::character varying", literal("a")),
        ("'it''s'::text", literal("it's")),
        ("''::text", literal("")),
        ("NULL::character varying", None),
        ("0", literal("0")),
        ("(-1)", literal("-1")),
        ("1.50", literal("1.50")),
        ("true", literal("true")),
        ("'{}'::text[]", literal("{}")),
        ("'new'::shop.state", literal("new")),
        ("now()", expression("now()")),
        ("('a'::text || 'b'::text)", expression("('a'::text || 'b'::text)")),
        ("'a'::text || now()", expression("'a'::text || now()")),
        ("CURRENT_TIMESTAMP", expression("CURRENT_TIMESTAMP")),
        ("(1 + 2)", expression("(1 + 2)")),
    ];
    for (text, wanted) in rows {
        assert_eq!(default(text.to_owned()), wanted, "{text}");
    }
}
