//! `ctl template init`, `update`, `revert` and `clean`: a home of one's own, made from the built-ins and kept up with them.

use clap::Args;

use super::flags::{Preview, Reporting, TemplateHome};
use super::run::shell_word;
use super::suggest::suggest;
use super::{Console, Exit, Usage, listed};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Sources;
use crate::templates::upkeep::{self, Place, Request, Task};
use crate::write::{self, Mode, Options};

/// Which home, and how to write and report.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// The template home; without it $CTL_HOME, else ~/.ctl
    #[arg(long, value_name = "DIR", default_value = "", hide_default_value = true)]
    pub home: String,
    /// Ways to write nothing.
    #[command(flatten)]
    pub preview: Preview,
    /// How to report.
    #[command(flatten)]
    pub reporting: Reporting,
}

/// `ctl template init`.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Only the templates of this category
    #[arg(short, long, value_name = "CATEGORY", default_value = "", hide_default_value = true)]
    pub category: String,
    /// The language of the templates; goctl's are not ours to write.
    #[arg(long, value_name = "LANGUAGE", hide = true, value_parser = ["tera", "goctl"])]
    pub format: Option<String>,
    /// Which home, and how.
    #[command(flatten)]
    pub common: Common,
}

/// `ctl template update`.
#[derive(Debug, Args)]
pub(super) struct Update {
    /// Only the templates of this category
    #[arg(short, long, value_name = "CATEGORY", default_value = "", hide_default_value = true)]
    pub category: String,
    /// Replace templates that you changed, too
    #[arg(long)]
    pub force: bool,
    /// Which home, and how.
    #[command(flatten)]
    pub common: Common,
}

/// `ctl template revert`.
#[derive(Debug, Args)]
pub(super) struct Revert {
    /// The category of the template
    #[arg(short, long, value_name = "CATEGORY", default_value = "", hide_default_value = true)]
    pub category: String,
    /// The template: `handler`; with .tera or .tpl behind it, too
    #[arg(short, long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub name: String,
    /// Replace a template that you changed
    #[arg(long)]
    pub force: bool,
    /// Which home, and how.
    #[command(flatten)]
    pub common: Common,
}

/// `ctl template clean`.
#[derive(Debug, Args)]
pub(super) struct Clean {
    /// Remove templates that you changed, too
    #[arg(long)]
    pub force: bool,
    /// Which home, and how.
    #[command(flatten)]
    pub common: Common,
}

impl Init {
    /// Writes what is missing.
    ///
    /// # Errors
    ///
    /// [`Usage`] for a category that there is not, for goctl's templates, and where nothing says which home.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        let path = ["template", "init"];
        let run = Run::new(&path, &self.common, console)?;
        if self.format.as_deref() == Some("goctl") {
            let home = if self.common.home.is_empty() { "DIR".to_owned() } else { shell_word(&self.common.home) };
            let help = format!("`goctl template init --home {home}` writes them, and ctl uses them with `--home {home}`");
            return Err(Usage::refusal(&path, "ctl writes its own templates, not goctl's".to_owned(), help));
        }
        let category = category(&path, &self.category)?;
        Ok(run.go(&Request { task: Task::Init, category, name: None, force: false }, console))
    }
}

impl Update {
    /// Brings up to date what was left alone.
    ///
    /// # Errors
    ///
    /// [`Usage`] for a category that there is not, and where nothing says which home.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        let path = ["template", "update"];
        let run = Run::new(&path, &self.common, console)?;
        let category = category(&path, &self.category)?;
        Ok(run.go(&Request { task: Task::Update, category, name: None, force: self.force }, console))
    }
}

impl Revert {
    /// Puts one template back.
    ///
    /// # Errors
    ///
    /// [`Usage`] for a template that there is not, and where nothing says which home.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        let path = ["template", "revert"];
        let run = Run::new(&path, &self.common, console)?;
        let Some(category) = category(&path, &self.category)? else { return Err(Usage::new(&path, "missing -c".to_owned())) };
        let name = name(&path, category, &self.name)?;
        Ok(run.go(&Request { task: Task::Revert, category: Some(category), name: Some(name), force: self.force }, console))
    }
}

impl Clean {
    /// Removes what was left alone.
    ///
    /// # Errors
    ///
    /// [`Usage`] where nothing says which home.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        let run = Run::new(&["template", "clean"], &self.common, console)?;
        Ok(run.go(&Request { task: Task::Clean, category: None, name: None, force: self.force }, console))
    }
}

/// A category of the shelf; none where none is asked for.
fn category(path: &[&str], typed: &str) -> Result<Option<&'static str>, Usage> {
    if typed.is_empty() {
        return Ok(None);
    }
    let all = upkeep::categories();
    match all.iter().find(|known| **known == typed) {
        Some(known) => Ok(Some(known)),
        None => Err(unknown(path, format!("ctl has no templates of category \"{typed}\""), typed, &all)),
    }
}

/// A template of a category, whatever ending it was typed with.
fn name(path: &[&str], category: &str, typed: &str) -> Result<&'static str, Usage> {
    let stem = typed.strip_suffix(".tera").or_else(|| typed.strip_suffix(".tpl")).unwrap_or(typed);
    if stem.is_empty() {
        return Err(Usage::new(path, "missing -n".to_owned()));
    }
    let all = upkeep::names(category);
    let found = all.iter().find(|known| **known == stem);
    found.copied().ok_or_else(|| unknown(path, format!("there is no template \"{typed}\" in category {category}"), stem, &all))
}

/// A name that is none, with what may have been meant, else with all there are.
fn unknown(path: &[&str], message: String, typed: &str, all: &[&str]) -> Usage {
    let near = suggest(typed, all.iter().copied());
    let help = if near.is_empty() { format!("there are {}", all.join(", ")) } else { format!("did you mean {}?", listed(&near)) };
    Usage::refusal(path, message, help)
}

/// One of the commands, with its home.
struct Run<'a> {
    args: &'a Common,
    sources: Sources,
    place: Place,
}

impl<'a> Run<'a> {
    fn new(path: &[&str], args: &'a Common, console: &mut Console) -> Result<Self, Usage> {
        console.set(args.reporting.manner());
        let flags = TemplateHome { home: args.home.clone(), remote: String::new(), branch: String::new() };
        let sources = Sources::default();
        match Place::of(&flags.places(), sources.disk()) {
            Some(place) => Ok(Self { args, sources, place }),
            None => Err(Usage::new(path, "there is no home directory; --home says where the templates are".to_owned())),
        }
    }

    fn go(&self, request: &Request<'_>, console: &mut Console) -> Exit {
        let (disk, root) = (self.sources.disk(), &self.place.root);
        let mut report = Report::new();
        if disk.exists(&root.dir) && !disk.is_dir(&root.dir) {
            report.push(Diagnostic::error(Code::TemplateHome, "a template home is a directory, and this is a file").path(&root.shown));
            console.report(&report, &self.sources);
            return Exit::Wrong;
        }
        let done = upkeep::upkeep(&self.place, request, disk, &mut report);
        console.report(&report, &self.sources);
        if report.has_errors() {
            return Exit::Wrong;
        }
        let (mut files, roots, mode) = (done.files, std::slice::from_ref(root), self.args.preview.mode());
        if mode == Mode::Write {
            files.extend(done.bases);
        }
        // Who may be overwritten is decided already.
        match write::write(roots, &files, &Options { mode, force: true }) {
            Ok(mut outcome) => {
                outcome.files.retain(|file| !upkeep::is_base(&file.path));
                let exit = console.outcome(roots, &outcome, mode);
                if mode == Mode::Write {
                    write::prune(root, &done.folders);
                    console.done();
                    self.next_step(request.task, &outcome, console);
                }
                exit
            }
            Err(problems) => console.problems(&problems),
        }
    }

    /// What a user of goctl might take for granted, and is otherwise here.
    fn next_step(&self, task: Task, outcome: &write::Outcome, console: &mut Console) {
        let shown = &self.place.root.shown;
        match (task, outcome.files.first()) {
            (Task::Init, _) if outcome.summary().written > 0 => {
                let flag = if self.args.home.is_empty() { String::new() } else { format!(" with `--home {}`", shell_word(shown)) };
                console.hint(&format!(
                    "The templates in {shown} are used{flag}. Remove those you do not change: what is missing is built in."
                ));
            }
            (Task::Update, None) => console.hint(&format!("There are no templates in {shown}; `ctl template init` writes them.")),
            (Task::Revert, Some(file)) => {
                let file = write::shown(std::slice::from_ref(&self.place.root), file.root, &file.path);
                console.hint(&format!("{file} is ctl's built-in again."));
            }
            _ => {}
        }
    }
}
