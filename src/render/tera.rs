//! Our own templates' language, through tera.

use std::io::{self, Write};
use std::time::Instant;

use ::tera::{Context, Delimiters, ErrorKind, Tera};

use super::engine::{MAX_BYTES, MAX_TIME, TOO_MANY_BYTES, TOO_SLOW, TemplateError};

/// Tera templates by name, each parsed once and rendered often, by any number of threads.
pub(super) struct TeraTemplates {
    tera: Tera,
}

impl TeraTemplates {
    /// No templates yet.
    ///
    /// # Errors
    ///
    /// The engine refuses its settings: a mistake of ctl.
    pub(super) fn new() -> Result<Self, TemplateError> {
        let mut tera = Tera::new();
        tera.autoescape_on(Vec::<&'static str>::new());
        // Go is full of `{{`.
        let delimiters = Delimiters {
            block_start: "<%".into(),
            block_end: "%>".into(),
            variable_start: "<$".into(),
            variable_end: "$>".into(),
            comment_start: "<#".into(),
            comment_end: "#>".into(),
        };
        tera.set_delimiters(delimiters).map_err(|e| error(&e))?;
        Ok(Self { tera })
    }

    /// Whether there is a template of this name.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// Reads a template, in the place of an earlier one of the same name.
    ///
    /// # Errors
    ///
    /// What is wrong with its text.
    pub(super) fn add(&mut self, name: &str, text: &str) -> Result<(), TemplateError> {
        self.tera.add_raw_template(name, text).map_err(|e| error(&e))
    }

    /// Fills a template in.
    ///
    /// # Errors
    ///
    /// What went wrong, or which limit was reached.
    pub(super) fn render(&self, name: &str, context: &Context) -> Result<String, TemplateError> {
        let mut output = Output { text: Vec::new(), started: Instant::now(), writes: 0, refused: None };
        let rendered = self.tera.render_to(name, context, &mut output);
        match (output.refused, rendered) {
            (Some(limit), _) => Err(TemplateError::new(limit, None)),
            (None, Err(e)) => Err(error(&e)),
            (None, Ok(())) => String::from_utf8(output.text).map_err(|e| TemplateError::new(e.to_string(), None)),
        }
    }
}

/// What is written, within the limits.
struct Output {
    text: Vec<u8>,
    started: Instant,
    writes: u32,
    refused: Option<&'static str>,
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes = self.writes.wrapping_add(1);
        if bytes.len() > MAX_BYTES - self.text.len() {
            self.refused = Some(TOO_MANY_BYTES);
        } else if self.writes.is_multiple_of(1024) && self.started.elapsed() > MAX_TIME {
            // Reading the clock for each write would be most of the work.
            self.refused = Some(TOO_SLOW);
        }
        if self.refused.is_some() {
            return Err(io::Error::other("a limit of the rendering"));
        }
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn error(error: &::tera::Error) -> TemplateError {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let (message, available) = names(report.message());
            TemplateError { message, at: Some(report.span().range.clone()), available }
        }
        other => TemplateError::new(friendly(&other.to_string()), None),
    }
}

/// Parts the engine's list of names from its sentence.
fn names(message: &str) -> (String, Vec<String>) {
    for mark in [" Available variables: ", " Available fields: "] {
        if let Some((sentence, names)) = message.split_once(mark) {
            return (friendly(sentence), names.split(", ").map(str::to_owned).collect());
        }
    }
    (friendly(message), Vec::new())
}

/// As our messages are: one line, lower case, no full stop.
fn friendly(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut letters = line.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
