//! The variables of every template: name, type, meaning and an example.

use std::fmt::Write as _;

use serde_json::Value;

use super::samples;
use crate::plan::Content;
use crate::view::{Shape, Variable, View};

/// A template and what it sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// `api/handler`
    pub name: &'static str,
    /// The file it makes, in the sample; or the file it makes a part of.
    pub makes: String,
    /// The variables of the `.tera`.
    pub tera: Vec<Row>,
    /// The variables of the `.tpl`; the same list where both languages share their names.
    pub tpl: Vec<Row>,
}

/// A variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// `name`; behind a list, `routes[].name`.
    pub name: String,
    /// `list of strings`
    pub ty: String,
    /// One sentence or more.
    pub meaning: String,
    /// As JSON, shortened; empty for what has parts of its own.
    pub example: String,
}

/// All templates, by name.
pub fn templates() -> Vec<Template> {
    let mut all: Vec<(Template, usize)> = Vec::new();
    for file in samples().files {
        if let Content::Template(view) = file.content {
            add(&view, &file.path, &mut all);
        }
    }
    all.sort_by_key(|(template, _)| template.name);
    all.into_iter().map(|(template, _)| template).collect()
}

/// Of several views of one template, the one with the most in it shows most.
fn add(view: &View, makes: &str, all: &mut Vec<(Template, usize)>) {
    for slot in view.slots() {
        for part in &slot.parts {
            add(part, &format!("{} in {makes}", slot.variable), all);
        }
    }
    let [tera, tpl] = view.variables().map(|(variables, values)| {
        let mut rows = Vec::new();
        describe(variables, &values, "", &mut rows);
        if view.shows_data() {
            let [name, ty, meaning] = ["data", "object", DATA].map(str::to_owned);
            rows.push(Row { name, ty, meaning, example: String::new() });
        }
        rows
    });
    let filled = tera.iter().chain(&tpl).filter(|row| !matches!(row.example.as_str(), "\"\"" | "[]" | "null")).count();
    let template = Template { name: view.name(), makes: makes.to_owned(), tera, tpl };
    match all.iter_mut().find(|(known, _)| known.name == template.name) {
        Some((_, most)) if *most >= filled => {}
        Some(known) => *known = (template, filled),
        None => all.push((template, filled)),
    }
}

fn describe(variables: &[Variable], values: &Value, prefix: &str, rows: &mut Vec<Row>) {
    for variable in variables {
        let name = format!("{prefix}{}", variable.name);
        let value = values.get(variable.name).unwrap_or(&Value::Null);
        let below = variable.shape.below();
        let meaning = variable.meaning.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        let example = if below.is_empty() { short(&value.to_string()) } else { String::new() };
        rows.push(Row { name: name.clone(), ty: variable.shape.words(), meaning, example });
        if below.is_empty() {
            continue;
        }
        let is_list = matches!(variable.shape, Shape::List(_));
        let first = if is_list { value.get(0).unwrap_or(&Value::Null) } else { value };
        describe(below, first, &format!("{name}{}.", if is_list { "[]" } else { "" }), rows);
    }
}

/// What goctl's `data` holds (contract: model 9.1).
const DATA: &str = "In a `.tpl` alone: the table as goctl has it, with `Name`, `Db`, `PrimaryKey`, `Fields`, `UniqueIndex`, \
                    `ContainsPQ`, `PrimaryCacheKey`, `UniqueCacheKey`, `ContainsUniqueCacheKey`; and the function `hasField \"column\"`.";

/// So many characters of an example are shown.
const EXAMPLE: usize = 100;

fn short(text: &str) -> String {
    match text.char_indices().nth(EXAMPLE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// Templates as a terminal shows them.
pub fn text(templates: &[&Template]) -> String {
    let mut text = String::new();
    for template in templates {
        for (title, rows) in template.lists() {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{title}  makes {}\n", template.makes);
            if rows.is_empty() {
                text.push_str("  no variables\n");
            }
            for row in rows {
                let _ = writeln!(text, "  {}: {}\n      {}", row.name, row.ty, row.meaning);
                if !row.example.is_empty() {
                    let _ = writeln!(text, "      {}", row.example);
                }
            }
            text.push('\n');
        }
    }
    text.trim_end().to_owned() + "\n"
}

/// The lists of `docs/templates.md`.
pub fn markdown(templates: &[Template]) -> String {
    let mut text = String::new();
    for template in templates {
        let _ = writeln!(text, "## {}\n\nMakes `{}`.\n", template.name, template.makes);
        for (title, rows) in template.lists() {
            if rows.is_empty() {
                let _ = writeln!(text, "`{title}`: no variables.\n");
                continue;
            }
            let _ = writeln!(text, "`{title}`:\n\n| variable | type | meaning | example |\n|---|---|---|---|");
            for row in rows {
                let code = |text: &str| if text.is_empty() { String::new() } else { format!("`` {} ``", text.replace('|', "\\|")) };
                let _ = writeln!(text, "| `{}` | {} | {} | {} |", row.name, row.ty, row.meaning.replace('|', "\\|"), code(&row.example));
            }
            text.push('\n');
        }
    }
    text.trim_end().to_owned() + "\n"
}

impl Template {
    /// The variables by file name; once where both languages have the same.
    fn lists(&self) -> Vec<(String, &[Row])> {
        if self.tera == self.tpl {
            return vec![(format!("{0}.tera and {0}.tpl", self.name), &self.tera)];
        }
        vec![(format!("{}.tera", self.name), &self.tera), (format!("{}.tpl", self.name), &self.tpl)]
    }
}
