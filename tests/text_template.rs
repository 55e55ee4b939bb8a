//! Our Go templates against Go's own engine: a table of expressions, and the templates that goctl exports.

// Tests read their own folders, and may fail loudly.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::process::Command;

use ctl::render::tpl::{GoTemplate, Root, Value, value};
use serde_json::Value as Json;
use support::machine::{Temp, files, need, need_goctl, package, run, work_dir};

/// What came of a template: its text, or the error.
type Outcome = Result<String, String>;

/// What Go says to each row of a table.
fn go(table: &Path, data: &Path) -> BTreeMap<String, Outcome> {
    let folder = package().join("tests/text_template");
    let mut command = Command::new("go");
    command.current_dir(folder).env("GOWORK", "off").env("GOFLAGS", "").args(["run", "."]).args([table, data]);
    let ran = run(&mut command, b"");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows: Vec<Json> = serde_json::from_str(&ran.out).unwrap();
    rows.iter()
        .map(|row| {
            let text = |name: &str| row[name].as_str().unwrap().to_owned();
            (text("Name"), if text("Error").is_empty() { Ok(text("Text")) } else { Err(text("Error")) })
        })
        .collect()
}

fn ours(text: &str, data: &Value) -> Outcome {
    let rendered = GoTemplate::parse(text).and_then(|template| template.render(data));
    if let Err(error) = &rendered {
        let words = &error.message;
        assert!(!words.is_empty() && !words.contains('\n') && !words.contains("template:"), "{text}: {words:?}");
        assert!(text.contains("__") || !words.contains("__"), "{text}: {words:?} names what no user wrote");
        if let Some(at) = &error.at {
            assert!(text.get(at.clone()).is_some(), "{text}: {at:?} is outside");
        }
    }
    rendered.map(|(text, _)| text).map_err(|error| error.message)
}

/// The data as `main.go` builds it.
fn build(json: &Json) -> Value {
    match json {
        Json::Object(fields) => {
            let built = |fields: &serde_json::Map<String, Json>| -> HashMap<String, Value> {
                fields.iter().map(|(name, value)| (name.clone(), build(value))).collect()
            };
            match (fields.get("$route"), fields.get("$strings")) {
                (Some(Json::Object(route)), _) => Value::Object(built(route)),
                (_, Some(list)) => build(list),
                _ => Value::Map(built(fields)),
            }
        }
        Json::Array(items) => Value::Array(items.iter().map(build).collect()),
        plain => value(plain, Root::Map).unwrap(),
    }
}

/// The rows: name, data, template.
fn rows(table: &str) -> Vec<(String, String, String)> {
    let table = table.replace('␀', "\0").replace('␋', "\u{b}").replace('␌', "\u{c}").replace('␍', "\r");
    let rows = table.split("\n== ").skip(1).filter(|row| !row.starts_with('#')).map(|row| {
        let (head, text) = row.split_once('\n').unwrap();
        let (name, data) = head.split_once(' ').unwrap();
        (name.to_owned(), data.to_owned(), text.strip_suffix('\n').unwrap_or(text).to_owned())
    });
    rows.collect()
}

#[test]
fn as_go_renders() {
    if !need("go") {
        return;
    }
    let folder = package().join("tests/text_template");
    let theirs = go(&folder.join("table.txt"), &folder.join("data.json"));
    let data: Json = serde_json::from_str(&fs::read_to_string(folder.join("data.json")).unwrap()).unwrap();
    let rows = rows(&fs::read_to_string(folder.join("table.txt")).unwrap());
    assert!(rows.len() >= 300 && rows.len() == theirs.len(), "{} rows, {} answers", rows.len(), theirs.len());

    let known = fs::read_to_string(package().join("tests/known/text_template.txt")).unwrap();
    let known = known.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut known: BTreeMap<&str, &str> = known.map(|line| line.split_once(": ").expect("`name: reason`")).collect();
    let mut wrong = Vec::new();
    for (name, id, text) in &rows {
        let (ours, theirs) = (ours(text, &build(&data[id])), &theirs[name]);
        let listed = known.remove(name.as_str()).is_some();
        match (&ours, theirs) {
            (Err(_), Ok(_)) if listed => {}
            (Err(_), Err(_)) if !listed => {}
            (Ok(a), Ok(b)) if a == b && !listed => {}
            _ if listed => {
                wrong.push(format!("{name} is listed, but ours is no error or Go's is\n  {text:?}\n  go   {theirs:?}\n  ours {ours:?}"))
            }
            _ => wrong.push(format!("{name}\n  {text:?}\n  go   {theirs:?}\n  ours {ours:?}")),
        }
    }
    wrong.extend(known.keys().map(|name| format!("{name} is listed, but not in the table")));
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

/// Every key that a template of goctl's names, with values of the kind it is used as.
fn sample(text: &str) -> serde_json::Map<String, Json> {
    let mut data = serde_json::Map::new();
    for (at, _) in text.match_indices('.') {
        let key: String = text[at + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
        let before = &text[..at];
        let inside = before.rfind("{{") > before.rfind("}}");
        if key.is_empty() || !inside || !before.ends_with([' ', '(', '{', '$']) {
            continue;
        }
        let decides = ["if", "not", "and", "or"].iter().any(|word| before.trim_end().ends_with(word));
        let value = match before.trim_end() {
            before if before.ends_with("range") => serde_json::json!(["first", "second"]),
            _ if decides => Json::Bool(key.len().is_multiple_of(2)),
            _ => Json::String(format!("<{key}>\n\t\"quoted\" `x` é")),
        };
        data.entry(key).or_insert(value);
    }
    data
}

#[test]
fn goctls_own_templates() {
    let (true, Some(goctl)) = (need("go"), need_goctl()) else { return };
    let (home, exported) = (Temp::new(), work_dir("goctl_templates"));
    let mut init = Command::new(goctl);
    init.current_dir(home.path()).env("HOME", home.path()).args(["template", "init", "--home"]).arg(&exported);
    let ran = run(&mut init, b"");
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);

    // A table of them, each without data, with all keys, and with half of them.
    let (mut table, mut data, mut templates) = (String::new(), serde_json::Map::new(), Vec::new());
    data.insert("0".to_owned(), Json::Object(serde_json::Map::new()));
    for (at, path) in files(&exported, ".tpl").into_iter().enumerate() {
        let text = fs::read_to_string(&path).unwrap();
        let all = sample(&text);
        let half: serde_json::Map<String, Json> = all.iter().step_by(2).map(|(k, v)| (k.clone(), v.clone())).collect();
        data.insert(format!("{at}-all"), Json::Object(all));
        data.insert(format!("{at}-half"), Json::Object(half));
        for id in ["0".to_owned(), format!("{at}-all"), format!("{at}-half")] {
            let name = format!("{}/{id}", path.strip_prefix(&exported).unwrap().display());
            assert!(!text.contains("\n== ") && !text.contains(['␀', '␋', '␌', '␍']));
            // Of two line ends before the next row, one is the row's.
            table += &format!("== {name} {id}\n{text}\n\n");
            templates.push((name, id, text.clone()));
        }
    }
    assert!(templates.len() > 150, "{} templates", templates.len());
    table.pop();
    let folder = Temp::new();
    let (table_path, data_path) = (folder.path().join("table.txt"), folder.path().join("data.json"));
    fs::write(&table_path, table).unwrap();
    fs::write(&data_path, serde_json::to_string(&data).unwrap()).unwrap();
    let theirs = go(&table_path, &data_path);
    let mut rendered = 0;
    for (name, id, text) in &templates {
        match (ours(text, &build(&data[id])), &theirs[name]) {
            (Ok(ours), Ok(theirs)) => {
                assert_eq!(&ours, theirs, "{name}");
                rendered += 1;
            }
            // Data that does not fit, and `hasField`, which the model templates are given.
            (Err(_), Err(_)) => {}
            (ours, theirs) => panic!("{name}: ours {ours:?}, Go's {theirs:?}"),
        }
    }
    assert!(rendered > 150, "only {rendered} of {} were rendered", templates.len());
}
