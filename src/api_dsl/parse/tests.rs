use super::parse;
use crate::api_dsl::ast::{DataTypeKind, File, Statement};
use crate::diagnostic::{Report, Severity};
use crate::source::Sources;

/// The findings as `place: message`, the text of the place in front.
fn found(text: &str) -> Vec<String> {
    let (_, sources, report) = read(text);
    let line = |d: &crate::diagnostic::Diagnostic| {
        let severity = if d.severity == Severity::Error { "" } else { "warning: " };
        let place = d.primary.as_ref().map_or("", |label| sources.slice(label.span));
        let help = d.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
        format!("{place}: {severity}{}{help}", d.message)
    };
    report.sorted().into_iter().map(line).collect()
}

fn read(text: &str) -> (File, Sources, Report) {
    let mut sources = Sources::default();
    let id = sources.add("a.api", text);
    let mut report = Report::new();
    let file = parse(id, &sources, &mut report);
    (file, sources, report)
}

/// The one finding of a service with this body.
fn in_service(body: &str) -> String {
    found(&format!("service a {{\n{body}\n}}")).join("; ")
}

#[test]
fn routes_that_cannot_be_read() {
    let cases = [
        ("@handler x\nGET /a", "GET: `GET` is no HTTP method (methods are written in lower case: `get`)"),
        ("@handler x\ngett /a", "gett: `gett` is no HTTP method (did you mean `get`?)"),
        ("get /a", "get: this route has no handler (write `@handler name` on the line above)"),
        ("@handler x", "}: `@handler x` has no route"),
        ("@handler x\nget", "}: this route has no path (a path begins with `/`)"),
        ("@handler x\nget \"/a\"", "\"/a\": a path is written without quotes"),
        ("@handler x\nget /a/{id}", "{: a parameter of a path is written `/:name`"),
        ("@handler x\nget /a/:id:b", ":: a parameter is a whole part of a path (write it as `/:name`)"),
        ("@handler x\nget /a/: returns (B)", "returns: a parameter of a path needs a name"),
        ("@handler x\nget /a/*", "/*: a path has no wildcards (go-zero's router knows words and `:name` alone)"),
        ("@handler x\nget /a returns B", "B: `returns` needs a type in parentheses (write `returns (Type)`)"),
        ("@doc \"a\"\n@doc \"b\"\n@handler x\nget /a", "@doc: `@doc` is given twice"),
        ("@handler x\n@doc \"b\"\nget /a", "@doc: `@doc` stands in front of `@handler`"),
        ("@docs \"a\"", "@docs: `@docs` is no word of the language (the words with `@` are `@server`, `@doc` and `@handler`)"),
        (
            "@server (group: x)\nget /a",
            "@server (group: x): in front of a route `@server` can name the handler and nothing else (write `@handler name`; other settings stand in front of `service`)",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(in_service(body), expected);
    }
}

#[test]
fn types_that_cannot_be_read() {
    let cases = [
        ("X time.Time", ".: types of other packages, such as `time.Time`, cannot be used (a field has a base type or a type of this API)"),
        ("X int \"json:name\"", "\"json:name\": a tag stands in backticks (write `` `json:name` ``)"),
        ("range int", "range: `range` is a keyword of Go and cannot be the name of a field"),
        ("X map", "map: `map` is a keyword of Go and cannot be the name of a type (a map is written `map[string]Type`)"),
        ("X *{ Y int }", "{: a pointer to a struct without a name (give the struct a name, or leave the `*` out)"),
        ("X [..]int", ".: `..` is no mark of the language (an array of open length is written `[...]`)"),
        ("X int;", ";: `;` can stand behind a route alone (remove it)"),
        ("X int #", "#: `#` is no character of the language"),
    ];
    for (body, expected) in cases {
        assert_eq!(found(&format!("type A {{\n{body}\n}}")).join("; "), expected);
    }
}

#[test]
fn settings_that_cannot_be_read() {
    assert_eq!(found("info(a: \"b\", c: \"d\")"), [",: unexpected `,` (entries are separated by line breaks alone)"]);
    assert_eq!(found("info(a: b, c: d)"), [",: unexpected `,` (entries are separated by line breaks alone)"]);
    assert_eq!(found("@server (a: x, b: y)\nservice a {}"), [",: unexpected `,` (entries are separated by line breaks alone)"]);
}

#[test]
fn each_statement_has_its_own_error() {
    let text = "typ A {}\ntype B {\n X int\ntype C { X a.b }\nservice a {\n}\nimport \"x.api\ntype D {\n X int `json:\"x\"`\n}\n/* end";
    let expected = [
        "typ: `typ` does not begin a statement (did you mean `type`?)",
        "{: this `{` is never closed",
        ".: types of other packages, such as `time.Time`, cannot be used (a field has a base type or a type of this API)",
        "\"x.api: this string goes on in the next lines (is its closing quote missing?)",
        "/* end: this comment is never closed (close it with `*/`)",
    ];
    assert_eq!(found(text), expected);
    let (file, ..) = read(text);
    assert_eq!(file.statements.len(), 2, "the service and D");
}

#[test]
fn a_comment_without_end_is_one_error() {
    assert_eq!(found("type A {}\n/* a\n/* b\n/* c"), ["/* a: this comment is never closed (close it with `*/`)"]);
}

#[test]
fn a_field_is_embedded_by_its_line() {
    let (file, _, report) = read("type A { Base }\ntype B {\nX\nint\nY /* c */ string\n*Z W int\nV // c\nU `t`\n}");
    assert!(!report.has_errors());
    let embedded = |at: usize| -> Vec<bool> {
        let Statement::Type(decl) = &file.statements[at] else { return Vec::new() };
        let DataTypeKind::Struct(body) = &decl.specs[0].ty.kind else { return Vec::new() };
        body.fields.iter().map(|f| f.is_embedded()).collect()
    };
    assert_eq!(embedded(0), [true]);
    assert_eq!(embedded(1), [true, true, false, true, false, true, true]);
}

#[test]
fn comments_find_their_field() {
    let (file, ..) = read("// licence\n\n// about A\ntype A { // open\n  // x\n  X int // one\n  Y int /* two */ // three\n}");
    let Statement::Type(decl) = &file.statements[0] else { panic!("a type") };
    let DataTypeKind::Struct(body) = &decl.specs[0].ty.kind else { panic!("a struct") };
    let texts = |comments: &[crate::api_dsl::ast::Comment]| comments.iter().map(|c| c.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&decl.specs[0].docs), ["// about A"]);
    assert_eq!(texts(&body.fields[0].docs), ["// x"]);
    assert_eq!(texts(&body.fields[0].trailing), ["// one"]);
    assert_eq!(texts(&body.fields[1].trailing), ["/* two */", "// three"]);
    assert_eq!(file.comments.len(), 7);
}

#[test]
fn paths_and_values_lose_their_blanks() {
    let text = "@server (a: x , y\nb: / v1 / b)\nservice a - b {\n@handler x\nget / a b/: c (A)\n}";
    assert_eq!(found(text), ["/ a b/: c: warning: the path has blanks inside (it is read as `/ab/:c`)"]);
    let (file, ..) = read(text);
    let Statement::Service(service) = &file.statements[0] else { panic!("a service") };
    let values: Vec<&str> = service.server.iter().flat_map(|s| &s.entries).map(|e| e.value.text.as_str()).collect();
    assert_eq!((service.name.text.as_str(), values), ("a-b", vec!["x,y", "/v1/b"]));
}

#[test]
fn returns_is_a_word_of_a_path_unless_goctl_reads_the_keyword() {
    let path = |route: &str| {
        let (file, ..) = read(&format!("service a {{ @handler x\n{route} }}"));
        let Some(Statement::Service(service)) = file.statements.first() else { return String::new() };
        let route = &service.items[0].route;
        format!("{} {} {}", route.path.text, route.request.is_some(), route.response.is_some())
    };
    assert_eq!(path("get /x/returns"), "/x/returns false false");
    assert_eq!(path("get /x/returns/y (A)"), "/x/returns/y true false");
    assert_eq!(path("get /x/returns (A) returns (B)"), "/x/returns true true");
    assert_eq!(path("get /x/returns (B)"), "/x/ false true");
    assert_eq!(path("get /x/ returns (B)"), "/x/ false true");
}

#[test]
fn places_are_bytes_of_the_file() {
    let (file, sources, _) = read("\u{feff}type 名 {}\ntype A { X int }");
    assert_eq!(sources.slice(file.statements[0].span()), "type A { X int }");
}

/// What the contract's tables refuse, and no line of ours lets through.
#[test]
fn what_is_refused() {
    let value = |v: &str| format!("@server (a: {v}\nb: c)\nservice x {{}}");
    let route = |r: &str| format!("service x {{\n@handler h\n{r}\n}}");
    let values = ["A,", "A,b/c", "v1-", "\"a\" \"b\"", "\"a\",\"b\"", "a..b", "~", "a:b", "-", "1..2", "/-a"];
    let routes = [
        "get //a",
        "get /-a",
        "get /a-",
        "get /a--b",
        "get /a,b",
        "get /~a",
        "get /@a",
        "get /{id}",
        "get \"/a\"",
        "get /a/:id:name",
        "get a",
        "Get /a",
        "get /a (A,B)",
        "get /a (A) (B)",
        "get /a returns",
        "get /a ( a.B )",
        "get /a;;",
        "get /é",
    ];
    let others = [
        "service a.b {}",
        "service 1a {}",
        "service {}",
        "syntax \"v1\"",
        "syntax = v1",
        "import a",
        "type",
        "type A",
        "type A {",
        "type A { X }}",
        "type A { X int \"t\" }",
        "type A { X, Y }",
        "type A { 1X int }",
        "type struct {}",
        "type A { X [] }",
        "type A { X map[] int }",
        "type A { X [a]int }",
        "type A { X *{} }",
        ";",
        "type A {};",
        "@server () @server () service a {}",
        "@server ()",
        "@ server () service a {}",
        "@doc \"x\"",
        "service a { @doc \"x\" }",
        "foo",
        "}",
        "type A { X [..]int }",
        "info (a \"b\")",
        "info \"a\"",
        "info (: x)",
    ];
    let all = values.iter().map(|v| value(v)).chain(routes.iter().map(|r| route(r))).chain(others.iter().map(|o| (*o).to_owned()));
    for text in all {
        let (_, _, report) = read(&text);
        assert!(report.has_errors(), "accepted: {text}");
        assert!(report.count(Severity::Error) < 3, "a cascade: {text}: {:?}", found(&text));
    }
}
