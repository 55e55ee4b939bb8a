//! `ctl template vars` and `ctl template lint`: what templates see, and whether those of a home work.

use clap::Args;
use serde_json::json;

use super::flags::{Reporting, TemplateHome};
use super::run::failed;
use super::{Console, Exit, Usage};
use crate::diagnostic::{Report, Severity};
use crate::naming::nearest;
use crate::source::Sources;
use crate::templates::lint::lint;
use crate::templates::upkeep::Place;
use crate::templates::vars::{self, Template};

/// `ctl template vars`.
#[derive(Debug, Args)]
pub(super) struct Vars {
    /// Only this category: api, newapi …
    #[arg(value_name = "CATEGORY", default_value = "", hide_default_value = true)]
    pub category: String,
    /// Only this file of it: handler, logic …
    #[arg(value_name = "FILE", default_value = "", hide_default_value = true)]
    pub file: String,
    /// How to report.
    #[command(flatten)]
    pub reporting: Reporting,
}

/// `ctl template lint`.
#[derive(Debug, Args)]
pub(super) struct Lint {
    /// The folder of the templates, as --home
    #[arg(value_name = "DIR", default_value = "", hide_default_value = true)]
    pub dir: String,
    /// The folder of the templates; else $CTL_HOME, ~/.ctl
    #[arg(long, value_name = "DIR", default_value = "", hide_default_value = true)]
    pub home: String,
    /// How to report.
    #[command(flatten)]
    pub reporting: Reporting,
}

impl Vars {
    /// Prints the variables.
    ///
    /// # Errors
    ///
    /// [`Usage`] where there is no such category or file.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        console.set(self.reporting.manner());
        let all = vars::templates();
        let chosen = self.choose(&all)?;
        if !console.manner().json {
            console.result(&vars::text(&chosen));
            return Ok(Exit::Done);
        }
        for template in chosen {
            for (language, rows) in [("tera", &template.tera), ("tpl", &template.tpl)] {
                for row in rows {
                    console.line(&json!({
                        "kind": "variable", "template": template.name, "language": language,
                        "name": row.name, "type": row.ty, "meaning": row.meaning, "example": row.example,
                    }));
                }
            }
        }
        Ok(Exit::Done)
    }

    fn choose<'a>(&self, all: &'a [Template]) -> Result<Vec<&'a Template>, Usage> {
        // Both `api handler` and `api/handler.tpl` are how people say it.
        let (category, file) = match self.category.split_once('/') {
            Some((category, file)) if self.file.is_empty() => (category, file),
            _ => (self.category.as_str(), self.file.as_str()),
        };
        let stem = [".tera", ".tpl"].iter().find_map(|end| file.strip_suffix(end)).unwrap_or(file);
        let parts = |template: &Template| template.name.split_once('/').unwrap_or(("", template.name));
        let of: Vec<&Template> = all.iter().filter(|template| category.is_empty() || parts(template).0 == category).collect();
        let unknown = |what: &str, word: &str, known: Vec<&'static str>| {
            let near = nearest(word, known.iter().copied());
            let help = near.map_or_else(|| format!("there is: {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
            Usage::refusal(&["template", "vars"], format!("there is no {what} `{word}`"), help)
        };
        if of.is_empty() {
            let mut categories: Vec<&str> = all.iter().map(|template| parts(template).0).collect();
            categories.dedup();
            return Err(unknown("template category", category, categories));
        }
        let chosen: Vec<&Template> = of.iter().copied().filter(|template| stem.is_empty() || parts(template).1 == stem).collect();
        if chosen.is_empty() {
            return Err(unknown("template", stem, of.iter().map(|template| parts(template).1).collect()));
        }
        Ok(chosen)
    }
}

impl Lint {
    /// Reports what is wrong with the templates of a home.
    ///
    /// # Errors
    ///
    /// [`Usage`] where there is no home.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        console.set(self.reporting.manner());
        if !self.dir.is_empty() && !self.home.is_empty() {
            return Err(Usage::new(&["template", "lint"], "DIR and --home say the same: give one of them".to_owned()));
        }
        let home = if self.dir.is_empty() { self.home.clone() } else { self.dir.clone() };
        let (mut sources, mut report) = (Sources::default(), Report::new());
        let home = TemplateHome { home, remote: String::new(), branch: String::new() };
        let place = Place::of(&home.places(), sources.disk());
        let Some(place) = place.filter(|place| place.named || sources.disk().is_dir(&place.root.dir)) else {
            let help = "name one with --home; `ctl template init --home DIR` makes one".to_owned();
            return Err(Usage::refusal(
                &["template", "lint"],
                "there is no template home: no --home, no $CTL_HOME, no ~/.ctl".to_owned(),
                help,
            ));
        };
        let linted = lint(&place, &mut sources, &mut report);
        console.report(&report, &sources);
        let count = match linted {
            Ok(count) => count,
            Err(failure) => return Ok(failed(&failure, console)),
        };
        let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
        if console.manner().json {
            console.line(&json!({"kind": "summary", "templates": count, "errors": errors, "warnings": warnings}));
        } else if errors + warnings == 0 {
            let noun = if count == 1 { "template" } else { "templates" };
            console.result(&format!("{}: {count} {noun} ok\n", place.root.shown));
        }
        Ok(if errors + warnings == 0 { Exit::Done } else { Exit::Wrong })
    }
}
