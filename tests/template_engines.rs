//! The template engines: what they say of mistakes and unknown keys, their limits, and that no text brings them down.

// Tests read their own folders, and may fail loudly.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;
#[path = "support/templates.rs"]
mod templates;

use std::fs;

use ctl::render::engine::{TOO_MANY_BYTES, TOO_MANY_STEPS, TOO_SLOW, TemplateError};
use ctl::render::tera::TeraTemplates;
use ctl::render::tpl::{GoTemplate, Missing, Root, Value, value};
use support::machine::{files, package};
use support::{Dice, damaged};
use templates::{sample, template};

fn go(text: &str, root: Root) -> Result<(String, Vec<Missing>), TemplateError> {
    GoTemplate::parse(text)?.render(&value(&sample(), root).unwrap())
}

fn tera(text: &str) -> Result<String, TemplateError> {
    let mut templates = TeraTemplates::new()?;
    templates.add("t", text)?;
    templates.render("t", &tera::Context::from_serialize(&sample()).unwrap())
}

/// The error's message, and the text it points at.
fn told<T: std::fmt::Debug>(text: &str, outcome: Result<T, TemplateError>) -> (String, String) {
    let error = outcome.expect_err(text);
    (error.message, error.at.map(|at| text[at].to_owned()).unwrap_or_default())
}

#[test]
fn mistakes_in_a_go_template_are_told_with_their_place() {
    let rows = [
        ("a\n{{ .name }", "this action is not closed: `}}` is missing", "{{"),
        ("{{if .yes}}x", "this `if` has no `{{end}}`", "if"),
        ("{{end}}", "there is nothing that this `{{end}}` ends", "end"),
        ("{{if .yes}}{{else}}{{else}}{{end}}", "there is another `{{else}}` before", "else"),
        ("{{upper .name}}", "there is no function `upper`", "upper"),
        ("{{$x}}", "there is no variable `$x`", "$x"),
        ("{{.name | }} {{\"\\q\"}}", "Go knows no such escape", "\"\\q\""),
        ("{{printf \"%d\" (.n}}", "this `(` is not closed", "("),
        ("{{.name -x}}", "this is not a number", "-x"),
        ("x {{.name.first}}", "this value has no fields", ".name.first"),
        ("{{index .list 9}}", "index 9 is out of range: there are 3", "index .list 9"),
        ("{{template \"t\"}}", "there is no template \"t\"", "\"t\""),
        ("{{range .yes}}{{end}}", "`range` cannot go over a bool", ".yes"),
        ("{{ .routes | len | eq \"a\" }}", "a string cannot be compared to an integer", ".routes | len | eq \"a\""),
        ("{{break}}", "`break` outside of a `range`", "break"),
        ("{{if eq (len .name) \"a\"}}{{end}}", "an integer cannot be compared to a string", "eq (len .name) \"a\""),
        ("{{with}}{{end}}", "a `with` has no value", "}}"),
        (
            "{{define \"a\"}}{{end}}{{if .yes}}{{define \"b\"}}{{end}}{{end}}",
            "a `define` stands at the top of a template, in no other action",
            "define",
        ),
    ];
    for (text, message, place) in rows {
        assert_eq!(told(text, go(text, Root::Map)), (message.to_owned(), place.to_owned()), "{text}");
    }
}

#[test]
fn an_unknown_field_of_a_struct_is_an_error_with_what_there_is() {
    let error = go("FROM {{.Image}}", Root::Struct).unwrap_err();
    assert_eq!((error.message.as_str(), error.at), ("there is no field `Image`", Some(7..13)));
    assert_eq!(error.available, ["empty", "lines", "list", "map", "n", "name", "no", "none", "routes", "yes"]);
}

#[test]
fn unknown_keys_are_told_once_a_place() {
    type Keys<'a> = &'a [(&'a str, &'a str)];
    let rows: [(&str, &str, Keys<'_>); 15] = [
        ("{{.name}}", "shop", &[]),
        ("{{.nope}}", "<no value>", &[("nope", ".nope")]),
        ("{{range .list}}{{$.nope}}{{end}}", "<no value><no value><no value>", &[("nope", "$.nope")]),
        ("{{.nope}}{{.nope}}", "<no value><no value>", &[("nope", ".nope"), ("nope", ".nope")]),
        ("{{printf \"%v\" .nope}}", "<nil>", &[("nope", ".nope")]),
        ("{{.nope.deeper | print}}", "<nil>", &[("nope.deeper", ".nope.deeper")]),
        ("{{$x := .nope}}{{$x}}", "<no value>", &[("nope", ".nope")]),
        ("{{index .map \"z\"}}", "<no value>", &[("index .map \"z\"", "index .map \"z\"")]),
        ("{{if .nope}}a{{end}}{{with .nope}}b{{end}}{{range .nope}}c{{end}}", "", &[]),
        ("{{if not .nope}}a{{end}}{{if and .yes .nope}}b{{end}}{{or .nope .name}}", "ashop", &[]),
        ("{{.none}}", "<no value>", &[]),
        ("{{range .routes}}{{.docs.nope}}{{end}}", "<no value><no value>", &[("docs.nope", ".docs.nope")]),
        ("{{define \"t\"}}{{.nope}}{{end}}{{template \"t\" .}}", "<no value>", &[("nope", ".nope")]),
        ("{{(index .routes 0).docs.nope}}", "<no value>", &[("(index .routes 0).docs.nope", "(index .routes 0).docs.nope")]),
        ("{{\"<no value>\"}}", "<no value>", &[]),
    ];
    for (text, expected, keys) in rows {
        let (rendered, missing) = go(text, Root::Map).unwrap_or_else(|e| panic!("{text}: {e}"));
        let missing: Vec<(&str, &str)> = missing.iter().map(|m| (m.key.as_str(), &text[m.at.clone().unwrap()])).collect();
        assert_eq!((rendered.as_str(), missing.as_slice()), (expected, keys), "{text}");
    }
}

#[test]
fn one_template_serves_many_threads() {
    let template = GoTemplate::parse("{{range .list}}{{.}}{{end}}{{.nope}}").unwrap();
    let data = value(&sample(), Root::Map).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..100 {
                    let (text, missing) = template.render(&data).unwrap();
                    assert_eq!((text.as_str(), missing.len()), ("abc<no value>", 1));
                }
            });
        }
    });
}

#[test]
fn mistakes_in_a_tera_template_are_told_with_their_place() {
    let rows = [
        ("a <$ nme $>", "variable `nme` is not defined", "nme"),
        ("<% for a in list %><$ b $><% endfor %>", "variable `b` is not defined", "b"),
        ("<% for a in list %><$ a.x.y $><% endfor %>", "field `x` is not defined", "x"),
        ("<% set a = name %><$ a | nofilter $>", "unknown filter `nofilter`", "nofilter"),
        ("<% for a in nope %><% endfor %>", "what this goes over is not defined", "nope "),
        ("<% if %>x<% endif %>", "found `%>`", "%>"),
    ];
    for (text, message, place) in rows {
        let (told, at) = told(text, tera(text));
        assert!(told.to_lowercase().starts_with(message), "{text}: {told}");
        assert!(at.contains(place.trim()), "{text}: {at}");
    }
    let error = tera("<$ nme $>").unwrap_err();
    assert_eq!(error.available, ["empty", "lines", "list", "map", "n", "name", "no", "none", "routes", "yes"]);
}

#[test]
fn tera_renders_what_it_did() {
    let rows = [
        ("<% for a in list %><$ loop.index $><$ a $> <% endfor %>", "1a 2b 3c "),
        ("<% for a in list -%>\n  <$ a $>\n<%- endfor %>", "abc"),
        ("<% for k, v in map %><$ k $>=<$ v $>;<% endfor %>", "x=1;y=2;"),
        ("<% for a in [] %>x<% else %>y<% endfor %>", "y"),
        ("<% set a = name ~ n -%>  <$ a $>", "shop3"),
        ("<% set a %>[<$ name $>]<% endset -%>  <$ a $>", "[shop]"),
        ("<$ [a ~ 1 for a in list if a != \"b\"] | join(sep=\",\") $>", "a1,c1"),
        ("<% component c(a) -%>  (<$ a $>)<% endcomponent c %><$ <c a={name} /> $>", "(shop)"),
        ("<% for a in list | reverse %><$ a $><% if a == \"b\" %><% break %><% endif %><% endfor %>", "cb"),
        ("{{ .Go }} <% raw %><% for a in b %><% endraw %>", "{{ .Go }} <% for a in b %>"),
    ];
    for (text, expected) in rows {
        assert_eq!(tera(text).map_err(|e| e.message).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn what_costs_too_much_is_refused() {
    let go_rows = [
        ("{{range 1000000000}}{{end}}", TOO_MANY_STEPS),
        ("{{range 10000}}{{range 10000}}{{end}}{{end}}", TOO_MANY_STEPS),
        (
            "{{define \"a\"}}{{template \"a\"}}{{end}}{{template \"a\"}}",
            "templates, loops and conditions are nested more than 100 deep here",
        ),
        ("{{$x := \"0123456789\"}}{{range 100}}{{$x = print $x $x}}{{end}}", TOO_MANY_BYTES),
        ("{{range 1000}}{{printf \"%1000000d\" 1}}{{end}}", TOO_MANY_BYTES),
    ];
    for (text, message) in go_rows {
        assert_eq!(told(text, go(text, Root::Map)).0, message, "{text}");
    }
    let doubling = "{{define \"a\"}}{{if lt (len .) 90}}{{$x := print . \"x\"}}{{template \"a\" $x}}{{template \"a\" $x}}{{end}}{{end}}{{template \"a\" \"\"}}";
    let message = told(doubling, go(doubling, Root::Map)).0;
    assert!(
        [TOO_MANY_STEPS, TOO_SLOW, "templates, loops and conditions are nested more than 100 deep here"].contains(&message.as_str()),
        "{message}"
    );

    let big = "<% set r = range(end=100000) %>";
    let tera_rows = [
        (format!("{big}<% for a in r %><% for b in r %><% endfor %><% endfor %>"), TOO_MANY_STEPS),
        (format!("{big}<% set x = [[1 for a in r] for b in r] %>"), TOO_MANY_STEPS),
        (format!("{big}<% set x = [1 for a in r if [b for b in r]] %>"), TOO_MANY_STEPS),
        (
            "<% set x = \"0123456789\" %><% for a in range(end=100) %><% set_global x = x ~ x %><% endfor %>".to_owned(),
            "this variable holds more than 16 MB",
        ),
        (
            "<% set x = \"0123456789\" %><% for a in range(end=100) %><% set_global x %><$ x $><$ x $><% endset %><% endfor %>".to_owned(),
            "this variable holds more than 16 MB",
        ),
        ("<% for a in range(end=100000) %><% for b in range(end=90) %>0123456789<% endfor %><% endfor %>".to_owned(), TOO_MANY_BYTES),
    ];
    for (text, message) in tera_rows {
        let told = told(&text, tera(&text)).0;
        assert!(told.starts_with(message), "{text}: {told}");
    }
}

#[test]
fn components_that_use_each_other_end() {
    let ten = |i: i32| format!("<% component c{i}() %>{}<% endcomponent c{i} %>", format!("<$ <c{} /> $>", i + 1).repeat(10));
    let components: String = (0..12).map(ten).collect();
    let text = format!("{components}<% component c12() %>x<% endcomponent c12 %><$ <c0 /> $>");
    let message = told(&text, tera(&text)).0;
    assert!([TOO_MANY_STEPS, TOO_SLOW].contains(&message.as_str()), "{message}");
}

#[test]
fn deep_and_large_texts_are_stood() {
    let n = 100_000;
    let go_texts = [
        format!("{{{{{}1{}}}}}", "(".repeat(n), ")".repeat(n)),
        "{{(".repeat(n),
        "{{if .yes}}".repeat(n),
        format!("{}{}", "{{if .yes}}".repeat(n), "{{end}}".repeat(n)),
        format!("{{{{if .no}}}}{}{{{{end}}}}", "{{else if .no}}".repeat(n)),
        format!("{{{{with .no}}}}{}{{{{end}}}}", "{{else with .no}}".repeat(n)),
        "{{define \"a\"}}".repeat(n),
        "{{block \"a\" .}}".repeat(n),
        format!("{{{{{}}}}}", ".a".repeat(n)),
        format!("{{{{.name{}}}}}", " | print".repeat(n)),
        format!("{{{{print{}}}}}", " 1".repeat(n)),
        "{{.name}}".repeat(n),
        format!("{{{{print (.name{})}}}}", " | print (.name)".repeat(1000)),
        (0..50).map(|i| format!("{{{{if .no}}}}{}", "{{else if .no}}".repeat(i % 5))).collect::<String>() + &"{{end}}".repeat(50),
    ];
    let tera_texts = [
        format!("<$ {}1{} $>", "(".repeat(n), ")".repeat(n)),
        format!("<$ {}1{} $>", "[".repeat(n), "]".repeat(n)),
        format!("<$ {}1{} $>", "{a:".repeat(n), "}".repeat(n)),
        format!("<$ a{}{} $>", "[a".repeat(n), "]".repeat(n)),
        "<% if yes %>".repeat(n),
        format!("{}{}", "<% if yes %>".repeat(n), "<% endif %>".repeat(n)),
        format!("<% if no %>{}<% endif %>", "<% elif no %>".repeat(n)),
        "<% for a in list %>".repeat(n),
        "<% set a %>".repeat(n),
        "<% block a %>".repeat(n),
        "<% filter upper %>".repeat(n),
        format!("<$ {}1 $>", "not ".repeat(n)),
        format!("<$ {}1 $>", "-".repeat(n)),
        format!("<$ 1{} $>", " + 1".repeat(n)),
        format!("<$ name{} $>", " | upper".repeat(n)),
        format!("<$ name{} $>", ".a".repeat(n)),
        format!("<$ 1{} $>", " if 1 else 2".repeat(n)),
        format!("<$ range(end={}1{}) $>", "range(end=".repeat(n), ")".repeat(n)),
        "<$ name $>".repeat(n),
    ];
    let small = std::thread::Builder::new().stack_size(2 << 20);
    let stood = small.spawn(move || {
        for text in go_texts.iter().chain(&tera_texts) {
            let start: String = text.chars().take(60).collect();
            template(text).unwrap_or_else(|why| panic!("{start}: {why}"));
        }
    });
    stood.unwrap().join().expect("no panic");
}

/// Real templates of both languages, and the rows of the table.
fn texts() -> Vec<String> {
    let read = |path| fs::read_to_string(path).unwrap();
    let mut texts: Vec<String> = files(&package().join("templates"), ".tera").into_iter().map(read).collect();
    let table = read(package().join("tests/text_template/table.txt"));
    texts.extend(table.split("\n== ").skip(1).filter_map(|row| Some(row.split_once('\n')?.1.to_owned())));
    texts
}

#[test]
fn accidents_are_stood() {
    let mut dice = Dice(0x0dd5_eed5_cafe_0001);
    let mut took = (0, 0);
    for text in texts() {
        for _ in 0..if cfg!(debug_assertions) { 4 } else { 60 } {
            let text = damaged(&text, &mut dice);
            let (go, tera) = template(&text).unwrap_or_else(|why| panic!("{why}\n--- of\n{text}"));
            took = (took.0 + usize::from(go), took.1 + usize::from(tera));
        }
    }
    assert!(took.0 > 100 && took.1 > 100, "{took:?} accidents were rendered: they are too rough to tell anything");
}

const GO_WORDS: [&str; 64] = [
    "{{",
    "}}",
    "{{-",
    "-}}",
    " ",
    " ",
    " ",
    "\n",
    "a",
    ".",
    ".name",
    ".list",
    ".nope",
    ".routes",
    ".map",
    ".n",
    "$",
    "$x",
    ":=",
    "=",
    ",",
    "|",
    "(",
    ")",
    "if",
    "else",
    "end",
    "range",
    "with",
    "define",
    "template",
    "block",
    "break",
    "continue",
    "nil",
    "true",
    "false",
    "1",
    "-1",
    "0.5",
    "'a'",
    "\"a\"",
    "\"%v\"",
    "`b`",
    "/*",
    "*/",
    "and",
    "or",
    "not",
    "eq",
    "lt",
    "index",
    "slice",
    "len",
    "print",
    "printf",
    "println",
    "html",
    "js",
    "urlquery",
    "call",
    "{{end}}",
    "{{else}}",
    "{{.name}}",
];

const TERA_WORDS: [&str; 64] = [
    "<%",
    "%>",
    "<%-",
    "-%>",
    "<$",
    "$>",
    "<#",
    "#>",
    " ",
    " ",
    " ",
    "\n",
    "a",
    "name",
    "list",
    "map",
    "n",
    ".",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "for",
    "in",
    "endfor",
    "if",
    "else",
    "elif",
    "endif",
    "set",
    "set_global",
    "endset",
    "=",
    "~",
    "+",
    "-",
    "*",
    "/",
    "%",
    "==",
    "|",
    "upper",
    "length",
    "join",
    "sep",
    "\"s\"",
    "1",
    "0.5",
    "not",
    "and",
    "or",
    "is",
    "defined",
    "raw",
    "endraw",
    "block",
    "endblock",
    "filter",
    "component",
    "include",
    ",",
    "?.",
];

#[test]
fn any_heap_of_words_is_stood() {
    let mut dice = Dice(0x0dd5_eed5_cafe_0002);
    for round in 0..if cfg!(debug_assertions) { 6_000 } else { 100_000 } {
        let words = if round % 2 == 0 { GO_WORDS } else { TERA_WORDS };
        let (open, close) = if round % 2 == 0 { ("{{", "}}") } else { [("<$ ", " $>"), ("<% ", " %>")][dice.roll(2)] };
        let heap: String = (0..=dice.roll(14)).map(|_| words[dice.roll(words.len())].to_owned() + ["", " "][dice.roll(2)]).collect();
        let text = if dice.roll(3) == 0 { heap } else { format!("{open}{heap}{close}") };
        template(&text).unwrap_or_else(|why| panic!("{why}\n--- of\n{text}"));
    }
}

#[test]
fn go_values_need_no_map_at_the_top() {
    let template = GoTemplate::parse("{{.}}").unwrap();
    assert_eq!(template.render(&Value::from("x")).unwrap().0, "x");
}
