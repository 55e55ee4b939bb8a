//! From planned files to their final bytes, all in memory.
//!
//! In: a plan. Out: every file of it, Go files as gofmt prints them; or the first thing that kept one from being made.

pub mod engine;
mod respell;
pub mod shelf;
pub mod tera;
pub mod tpl;

use std::fmt;
use std::sync::Mutex;

use ::tera::{Context, Delimiters, Tera};
use serde::Serialize;

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

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template { template, message } => write!(f, "template {template}: {message}"),
            Self::NotGo { template, path, line, message } => write!(f, "template {template}: line {line} of {path} is not Go: {message}"),
        }
    }
}

/// Renders every file of a plan, in its order.
///
/// # Errors
///
/// The first file that cannot be made.
pub fn render(plan: Plan) -> Result<Vec<RenderedFile>, RenderError> {
    let mut engine = engine()?;
    for file in &plan.files {
        if let Content::Template { template, .. } = file.content {
            load(template, &mut engine)?;
        }
    }
    let threads =
        if plan.files.len() < WORTH_THREADS { 1 } else { std::thread::available_parallelism().map_or(1, |n| n.get().min(MAX_THREADS)) };
    // A view is let go as soon as its file is made.
    let queue = Mutex::new(plan.files.into_iter().enumerate());
    let work = || {
        let next = || queue.lock().ok()?.next();
        std::iter::from_fn(next).map(|(place, file)| (place, render_file(file, &engine))).collect::<Vec<_>>()
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    // The order is the plan's, whoever was faster; so is the error that is told.
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, file)| file).collect()
}

/// So many files are made faster by several threads than by one.
const WORTH_THREADS: usize = 64;
/// More than this do not help: the disk is next.
const MAX_THREADS: usize = 4;

/// Renders one template that makes no Go file.
///
/// # Errors
///
/// The template is at fault.
pub fn text(template: &str, view: &impl Serialize) -> Result<String, RenderError> {
    let mut engine = engine()?;
    load(template, &mut engine)?;
    let context = Context::from_serialize(view).map_err(|e| template_error(template, &e))?;
    fill(template, &context, &engine)
}

fn engine() -> Result<Tera, RenderError> {
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
    tera.set_delimiters(delimiters).map_err(|e| template_error("(delimiters)", &e))?;
    Ok(tera)
}

/// Puts a template into the engine, once.
fn load(template: &str, engine: &mut Tera) -> Result<(), RenderError> {
    if engine.contains_template(template) {
        return Ok(());
    }
    let missing = || RenderError::Template { template: template.to_owned(), message: "there is no such template".to_owned() };
    let text = shelf::get(template).ok_or_else(missing)?;
    engine.add_raw_template(template, text).map_err(|e| template_error(template, &e))
}

fn fill(template: &str, context: &Context, engine: &Tera) -> Result<String, RenderError> {
    engine.render(template, context).map_err(|e| template_error(template, &e))
}

fn template_error(template: &str, error: &::tera::Error) -> RenderError {
    RenderError::Template { template: template.to_owned(), message: error.to_string() }
}

fn render_file(file: PlannedFile, engine: &Tera) -> Result<RenderedFile, RenderError> {
    let (text, template) = match file.content {
        Content::Text(text) => (text, "built-in".to_owned()),
        Content::Template { template, view } => (fill(template, view.context(), engine)?, format!("built-in {template}.tera")),
    };
    let is_go = file.path.ends_with(".go") && file.owner != Ownership::Remove;
    let text = if is_go { go(&text, &template, &file.path)? } else { text };
    Ok(RenderedFile { root: file.root, path: file.path, owner: file.owner, text, template })
}

fn go(text: &str, template: &str, path: &str) -> Result<String, RenderError> {
    format::format(text).map_err(|error| RenderError::NotGo {
        template: template.to_owned(),
        path: path.to_owned(),
        line: text.as_bytes().iter().take(error.offset).filter(|b| **b == b'\n').count() + 1,
        message: error.message,
    })
}
