//! From planned files to their final bytes, all in memory.
//!
//! In: a plan. Out: every file of it, Go files as gofmt prints them; or the first thing that kept one from being made.

pub mod shelf;

use tera::{Context, Delimiters, Tera};

use crate::golang::format;
use crate::plan::{Content, Ownership, Plan, PlannedFile, RenderedFile};

/// Why a file could not be made. With built-in templates alone, each of these is a mistake of ctl.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderError {
    /// The template is not on the shelf, does not parse, or asks for something its view does not have.
    Template {
        /// Its name.
        template: String,
        /// The engine's words, with the place.
        message: String,
    },
    /// The text is not Go.
    NotGo {
        /// The template it came from.
        template: String,
        /// The file it was for.
        path: String,
        /// 1-based.
        line: usize,
        /// What Go would say.
        message: String,
    },
}

/// Renders every file of a plan, in its order.
pub fn render(plan: &Plan) -> Result<Vec<RenderedFile>, RenderError> {
    let engine = engine(plan)?;
    plan.files.iter().map(|file| render_file(file, &engine)).collect()
}

/// The engine with the templates that the plan uses.
fn engine(plan: &Plan) -> Result<Tera, RenderError> {
    let error = |template: &str, error: tera::Error| RenderError::Template { template: template.to_owned(), message: error.to_string() };
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
    tera.set_delimiters(delimiters).map_err(|e| error("delimiters", e))?;
    for file in &plan.files {
        let Content::Template { template, .. } = &file.content else { continue };
        if tera.contains_template(template) {
            continue;
        }
        let Some(text) = shelf::get(template) else {
            let message = "there is no such template".to_owned();
            return Err(RenderError::Template { template: (*template).to_owned(), message });
        };
        tera.add_raw_template(template, text).map_err(|e| error(template, e))?;
    }
    Ok(tera)
}

fn render_file(file: &PlannedFile, engine: &Tera) -> Result<RenderedFile, RenderError> {
    let (text, template) = match &file.content {
        Content::Text(text) => (text.clone(), "built-in".to_owned()),
        Content::Template { template, view } => {
            let error = |error: tera::Error| RenderError::Template { template: (*template).to_owned(), message: error.to_string() };
            let context = Context::from_serialize(view).map_err(error)?;
            let text = engine.render(template, &context).map_err(error)?;
            (text, format!("built-in {template}.tera"))
        }
    };
    let is_go = file.path.ends_with(".go") && file.owner != Ownership::Remove;
    let text = if is_go { go(&text, &template, &file.path)? } else { text };
    Ok(RenderedFile { root: file.root, path: file.path.clone(), owner: file.owner, text, template })
}

fn go(text: &str, template: &str, path: &str) -> Result<String, RenderError> {
    format::format(text).map_err(|error| RenderError::NotGo {
        template: template.to_owned(),
        path: path.to_owned(),
        line: text.as_bytes().iter().take(error.offset).filter(|b| **b == b'\n').count() + 1,
        message: error.message,
    })
}
