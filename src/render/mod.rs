//! From planned files to their final bytes, all in memory.
//!
//! In: a plan, and the home whose templates stand in front of the built-in ones. Out: every file of the plan, Go files as
//! gofmt prints them; or in the report all that is wrong with the templates of the home.
//!
//! ```text
//! home ─► templates of either language ─► text ─► gofmt ─► rendered files
//! ```

pub mod engine;
pub mod home;
mod loaded;
mod respell;
pub mod shelf;
pub mod tera;
pub mod tpl;
mod trace;

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::diagnostic::Report;
use crate::golang::format::{self, SyntaxError};
use crate::plan::{Content, Ownership, Plan, PlannedFile, RenderedFile};
use crate::source::Sources;
use crate::view::View;
use engine::TemplateError;
pub use home::Home;
use home::NoHome;
use loaded::{Loaded, Told};
use tpl::Root;

/// Why there are no files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The report holds the errors.
    Input,
    /// The report holds what keeps ctl from its work on this machine.
    Unable,
    /// A built-in template does not fit its view, or makes something that is not Go: a mistake of ctl, in words.
    BuiltIn(String),
}

impl From<NoHome> for Failure {
    fn from(no_home: NoHome) -> Self {
        match no_home {
            NoHome::Wrong => Self::Input,
            NoHome::Unable => Self::Unable,
        }
    }
}

/// What went wrong with one file.
#[derive(Debug)]
enum Wrong {
    /// Nothing new: its template cannot be used, which was told, or failed for an earlier file.
    Told,
    /// With the template of this name.
    Template(&'static str, TemplateError),
    /// What was made is not Go.
    NotGo {
        /// The template.
        name: &'static str,
        /// It and the home's for its parts, for people.
        shown: String,
        /// Whether all of them are built in.
        is_ours: bool,
        /// What they were filled in with.
        view: Box<View>,
        /// What was made.
        text: String,
        /// Where and why it is not Go.
        error: SyntaxError,
    },
}

/// A variable that a template of this name read and that does not exist.
type Missing = (&'static str, tpl::Missing);

/// Renders every file of a plan, in its order.
///
/// # Errors
///
/// All that is wrong with the templates of `home`, in the report; or the first mistake of a built-in one.
pub fn render(plan: Plan, home: &mut Home, sources: &mut Sources, report: &mut Report) -> Result<Vec<RenderedFile>, Failure> {
    render_with(plan, home, Root::Map, sources, report)
}

/// The same, and an unknown name in a `.tpl` is an error wherever it stands.
///
/// # Errors
///
/// As for [`render`].
pub fn render_strictly(plan: Plan, home: &mut Home, sources: &mut Sources, report: &mut Report) -> Result<Vec<RenderedFile>, Failure> {
    render_with(plan, home, Root::Struct, sources, report)
}

fn render_with(plan: Plan, home: &mut Home, root: Root, sources: &mut Sources, report: &mut Report) -> Result<Vec<RenderedFile>, Failure> {
    let views = plan.files.iter().filter_map(|file| match &file.content {
        Content::Template(view) => Some(view),
        Content::Body(_) => None,
    });
    let templates = Loaded::load(views, home, root, sources, report)?;
    home.tell_unused(sources.disk(), report);
    let threads =
        if plan.files.len() < WORTH_THREADS { 1 } else { std::thread::available_parallelism().map_or(1, |n| n.get().min(MAX_THREADS)) };
    // A view is let go as soon as its file is made.
    let queue = Mutex::new(plan.files.into_iter().enumerate());
    // The place of the first file that a template fails for: what stands behind it is not tried, what stands before it is,
    // so that whoever is faster, the same is told.
    let failed: Mutex<BTreeMap<&'static str, usize>> = Mutex::new(BTreeMap::new());
    let work = || {
        let next = || queue.lock().ok()?.next();
        let make = |(place, file): (usize, PlannedFile)| {
            let (path, mut missing) = (file.path.clone(), Vec::new());
            let template = file.template();
            let is_behind = |first: &usize| *first < place;
            if failed.lock().is_ok_and(|failed| template.and_then(|name| failed.get(name)).is_some_and(is_behind)) {
                return (place, (path, Err(Wrong::Told), missing));
            }
            let made = make(file, &templates, &mut missing);
            if let (Err(_), Some(name), Ok(mut failed)) = (&made, template, failed.lock()) {
                let first = failed.entry(name).or_insert(place);
                *first = place.min(*first);
            }
            (place, (path, made, missing))
        };
        std::iter::from_fn(next).map(make).collect::<Vec<_>>()
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    // The order is the plan's; so is that of what is told.
    done.sort_by_key(|(place, _)| *place);
    let mut told = Told::new(&templates);
    let mut files = Vec::with_capacity(done.len());
    for (_, (path, made, missing)) in done {
        told.missing(&missing, report);
        match made {
            Ok(file) => files.push(file),
            Err(wrong) => told.wrong(wrong, &path, sources, report)?,
        }
    }
    if report.has_errors() { Err(Failure::Input) } else { Ok(files) }
}

/// So many files are made faster by several threads than by one.
const WORTH_THREADS: usize = 64;
/// More than this do not help: the disk is next.
const MAX_THREADS: usize = 4;

/// A text that was needed before there was a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The text.
    pub text: String,
    /// The template it came from, for `--verbose`.
    pub template: String,
    /// Whether that is built in.
    pub is_ours: bool,
}

/// Renders one file that is needed before there is a plan.
///
/// # Errors
///
/// As for [`render`].
pub fn render_one(view: &View, home: &mut Home, sources: &mut Sources, report: &mut Report) -> Result<Made, Failure> {
    let templates = Loaded::load([view], home, Root::Map, sources, report)?;
    let mut told = Told::new(&templates);
    let mut missing = Vec::new();
    let text = templates.fill(view, &mut missing);
    told.missing(&missing, report);
    match text {
        // A file of the home that cannot be read is no reason to take the built-in one.
        Ok(_) if report.has_errors() => Err(Failure::Input),
        Ok(text) => Ok(Made { text, template: templates.shown(view), is_ours: templates.is_ours(view) }),
        Err(wrong) => {
            told.wrong(wrong, "", sources, report)?;
            Err(Failure::Input)
        }
    }
}

fn make(file: PlannedFile, templates: &Loaded, missing: &mut Vec<Missing>) -> Result<RenderedFile, Wrong> {
    let PlannedFile { root, path, owner, content, .. } = file;
    let (body, template) = match content {
        Content::Body(body) => (body, "built-in".to_owned()),
        Content::Template(view) => {
            let text = templates.fill(&view, missing)?;
            let is_go = path.ends_with(".go") && owner != Ownership::Remove;
            let shown = templates.shown(&view);
            if !is_go {
                return Ok(RenderedFile { root, path, owner, body: text.into(), template: shown });
            }
            match format::format(&text) {
                Ok(text) => (text.into(), shown),
                Err(error) => {
                    let (name, is_ours) = (view.name(), templates.is_ours(&view));
                    return Err(Wrong::NotGo { name, shown, is_ours, view: Box::new(view), text, error });
                }
            }
        }
    };
    Ok(RenderedFile { root, path, owner, body, template })
}
