//! Go's text/template, through gtmpl-ng.
//!
//! In: a template's text, once; a value, often. Out: the text, and the unknown keys it read. What the engine cannot do as
//! Go does is an error, never another text: `prepare` refuses or respells it before the engine sees it, and `funcs` has
//! Go's functions. `tests/text_template.rs` holds all of it to Go.

mod format;
mod funcs;
mod lex;
mod literal;
mod prepare;
mod value;

use std::ops::Range;

use gtmpl_ng::{Context, ExecError, Limits, ParseError, Template};

pub use gtmpl_ng::Value;
pub use value::{NoValue, Root, text, value};

use super::engine::{MAX_BYTES, MAX_STEPS, MAX_TIME, TOO_MANY_BYTES, TOO_MANY_STEPS, TOO_SLOW, TemplateError};
use prepare::Prepared;

/// A Go template, parsed once and rendered often, by any number of threads.
pub struct GoTemplate {
    template: Template,
    prepared: Prepared,
}

/// An unknown key of map data that a template read: Go prints `<no value>` for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The key as the template says it, without the leading dot: `name`, `route.name`.
    pub key: String,
    /// The bytes of the template's text that read it.
    pub at: Option<Range<usize>>,
}

impl GoTemplate {
    /// Reads a template.
    ///
    /// # Errors
    ///
    /// What is wrong with its text.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        Self::read(text, false)
    }

    /// A text that is no template: it renders as it is, whatever is in it.
    ///
    /// # Errors
    ///
    /// As for [`parse`](Self::parse).
    pub fn copying(text: &str) -> Result<Self, TemplateError> {
        Self::parse(&text.replace("{{", "{{`{{`}}"))
    }

    /// The same for a template about a table, which knows goctl's `hasField`.
    ///
    /// # Errors
    ///
    /// As for [`parse`](Self::parse).
    pub fn parse_about(text: &str) -> Result<Self, TemplateError> {
        Self::read(text, true)
    }

    fn read(text: &str, about_table: bool) -> Result<Self, TemplateError> {
        let prepared = prepare::prepare(text, about_table)?;
        let limits = Limits::unlimited()
            .with_iterations(MAX_STEPS)
            .with_total_iterations(MAX_STEPS)
            .with_output_bytes(MAX_BYTES)
            .with_function_output(MAX_BYTES)
            .with_deadline(MAX_TIME);
        let mut template = Template::with_limits(limits);
        template.add_funcs(&funcs::FUNCS);
        // `prepare` has let nothing through that the engine's parser refuses: this is for what it has not thought of.
        template.parse(prepared.spelled.text.as_str()).map_err(|error| match error {
            ParseError::WithContext(_, message) => TemplateError::new(sentence(&message), None),
            other => TemplateError::new(sentence(&other.to_string()), None),
        })?;
        Ok(Self { template, prepared })
    }

    /// Whether the word stands anywhere in its text.
    pub fn mentions(&self, word: &str) -> bool {
        self.prepared.spelled.text.contains(word)
    }

    /// Fills the template in. With the text come the unknown keys it read, each once per place.
    ///
    /// # Errors
    ///
    /// What went wrong, or which limit was reached.
    pub fn render(&self, data: &Value) -> Result<(String, Vec<Missing>), TemplateError> {
        self.render_about(data, &[])
    }

    /// The same where `hasField` knows some columns.
    ///
    /// # Errors
    ///
    /// As for [`render`](Self::render).
    pub fn render_about(&self, data: &Value, columns: &[String]) -> Result<(String, Vec<Missing>), TemplateError> {
        funcs::begin(columns);
        let rendered = self.template.render(&Context::from(data.clone()));
        let places = funcs::missing();
        let text = rendered.map_err(|e| self.error(&e, data))?;
        let known = places.into_iter().filter_map(|place| self.prepared.places.get(place));
        Ok((text, known.filter(|missing| !missing.key.is_empty()).cloned().collect()))
    }

    fn error(&self, error: &ExecError, data: &Value) -> TemplateError {
        let Some(error) = error.as_structured() else { return TemplateError::new(sentence(&error.to_string()), None) };
        let text = &self.prepared.spelled.text;
        let line = error.context.line.saturating_sub(1);
        let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let start = (before + error.context.col.saturating_sub(1)).min(text.len());
        let end = (start + error.context.len).min(text.len());
        let at = self.prepared.spelled.original(start..end);
        let available = if error.message.starts_with(NO_FIELD) { names(data) } else { Vec::new() };
        TemplateError { message: sentence(&error.message), at: Some(at), available }
    }
}

/// The literal text of a template, with the blanks that actions trim; nothing for one that cannot be read.
pub(super) fn literals(text: &str) -> Vec<Range<usize>> {
    let tokens = lex::tokens(text).unwrap_or_default();
    tokens.into_iter().filter(|token| token.kind == lex::Kind::Text).map(|token| token.at).collect()
}

/// How the engine begins when a struct has no such field.
const NO_FIELD: &str = "no field `";

/// The engine's words, as ours.
fn sentence(message: &str) -> String {
    let known = [
        ("the render would run more than", TOO_MANY_STEPS),
        ("range over ", TOO_MANY_STEPS),
        ("the render would write more than", TOO_MANY_BYTES),
        ("a function produced a value larger", TOO_MANY_BYTES),
        ("the render did not finish", TOO_SLOW),
        ("exceeded the maximum template nesting depth", "templates, loops and conditions are nested more than 100 deep here"),
        ("only maps and objects have fields", "this value has no fields"),
    ];
    if let Some((_, ours)) = known.iter().find(|(theirs, _)| message.starts_with(theirs)) {
        return (*ours).to_owned();
    }
    let name = |rest: &str| rest.split(['`', ' ']).next().unwrap_or_default().to_owned();
    if let Some(rest) = message.strip_prefix(NO_FIELD) {
        return format!("there is no field `{}`", name(rest));
    }
    if let Some(name) = message.strip_prefix("template ").and_then(|rest| rest.strip_suffix(" not defined")) {
        return format!("there is no template {name:?}");
    }
    if let Some(rest) = message.strip_prefix("variable ") {
        return format!("there is no variable `{}`", name(rest));
    }
    if let Some(field) = message.strip_suffix(" has arguments but cannot be invoked as function") {
        return format!("`{field}` is given arguments, but is no function");
    }
    message.lines().next().unwrap_or_default().to_owned()
}

/// The names at the top of the data.
fn names(data: &Value) -> Vec<String> {
    match data {
        Value::Map(fields) | Value::Object(fields) => {
            let mut names: Vec<String> = fields.keys().cloned().collect();
            names.sort();
            names
        }
        _ => Vec::new(),
    }
}
