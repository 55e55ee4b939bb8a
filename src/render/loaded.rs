//! The templates of one run: found in the home or on the shelf, parsed, filled; and what is wrong with them, told once.

use std::collections::{BTreeMap, BTreeSet};

use super::engine::TemplateError;
use super::home::{Found, Home, Language};
use super::tera::TeraTemplates;
use super::tpl::{GoTemplate, Root, Value};
use super::trace::{Marks, Origin};
use super::{Failure, Missing, Wrong, shelf};
use crate::diagnostic::{Code, Diagnostic, Report, Severity};
use crate::source::{FileId, Sources, Span};
use crate::view::View;

/// The parsed templates, by name.
pub(super) struct Loaded {
    templates: BTreeMap<&'static str, Template>,
    /// Those that cannot be used, which was told.
    broken: BTreeSet<&'static str>,
    tera: TeraTemplates,
    /// What an unknown name is in a `.tpl`.
    root: Root,
}

struct Template {
    /// `None`: Tera, where one engine holds them all.
    go: Option<GoTemplate>,
    /// The file of the home; `None` for a built-in one.
    file: Option<FileId>,
    /// As `--verbose` prints it.
    shown: String,
}

impl Loaded {
    /// Finds and parses the templates of some views; those of the home that cannot be used are reported.
    ///
    /// # Errors
    ///
    /// A built-in one does not parse.
    pub(super) fn load<'a>(
        views: impl IntoIterator<Item = &'a View>,
        home: &mut Home,
        root: Root,
        sources: &mut Sources,
        report: &mut Report,
    ) -> Result<Self, Failure> {
        let tera = TeraTemplates::new().map_err(|error| Failure::BuiltIn(error.message))?;
        let mut loaded = Self { templates: BTreeMap::new(), broken: BTreeSet::new(), tera, root };
        let mut stood_in = BTreeMap::new();
        for view in views {
            loaded.add(view, home, sources, report)?;
            loaded.stood_in(view, &mut stood_in);
        }
        for (what, files) in stood_in {
            let all: Vec<String> = files.iter().map(|shown| format!("`{shown}`")).collect();
            let message = format!("for {what} ctl's own templates stand in for {}", all.join(", "));
            report.push(Diagnostic::note(Code::TemplateHome, message).help("goctl's cannot say them; a `.tera` of that name can"));
        }
        Ok(loaded)
    }

    /// The `.tpl` files that a view passes over, by what they cannot say.
    fn stood_in(&self, view: &View, all: &mut BTreeMap<&'static str, BTreeSet<String>>) {
        view.slots().iter().flat_map(|slot| &slot.parts).for_each(|part| self.stood_in(part, all));
        if let Some(what) = view.beyond_goctl() {
            let passed_over = self.templates.get(view.name()).filter(|_| self.is_passed_over(view));
            let file = |template: &Template| template.shown.rsplit('/').next().unwrap_or_default().to_owned();
            passed_over.into_iter().for_each(|template| {
                all.entry(what).or_default().insert(file(template));
            });
        }
    }

    /// Whether the home has a template for the view in which it cannot be said, so that the built-in one makes it.
    fn is_passed_over(&self, view: &View) -> bool {
        view.beyond_goctl().is_some() && self.templates.get(view.name()).is_some_and(|template| template.go.is_some())
    }

    fn add(&mut self, view: &View, home: &mut Home, sources: &mut Sources, report: &mut Report) -> Result<(), Failure> {
        for part in view.slots().iter().flat_map(|slot| &slot.parts) {
            self.add(part, home, sources, report)?;
        }
        let name = view.name();
        if view.beyond_goctl().is_some() && self.templates.get(name).is_none_or(|known| known.go.is_some()) {
            self.add_built_in(name)?;
        }
        if self.templates.contains_key(name) || self.broken.contains(name) {
            return Ok(());
        }
        let Some(Found { language, file, shown, .. }) = home.get(name, sources, report) else {
            self.add_built_in(name)?;
            self.templates.insert(name, Template { go: None, file: None, shown: built_in(name) });
            return Ok(());
        };
        let text = sources.text(file);
        let read = match language {
            Language::Tera => self.tera.add(name, text).map(|()| None),
            Language::Go if view.is_copied() => GoTemplate::copying(text).map(Some),
            Language::Go if view.is_about() => GoTemplate::parse_about(text).map(Some),
            Language::Go => GoTemplate::parse(text).map(Some),
        };
        let unknown = if language == Language::Tera { self.tera.unknown(name, &view.names()) } else { Vec::new() };
        match read {
            Ok(go) if unknown.is_empty() => {
                self.templates.insert(name, Template { go, file: Some(file), shown });
            }
            Ok(_) => {
                report_all(&unknown, file, report);
                self.broken.insert(name);
            }
            Err(error) => match view.falls_back().filter(|_| language == Language::Go) {
                Some(why) => {
                    let found = diagnostic(&error, file);
                    let message = format!("{}; {} is used instead", found.message, built_in(name));
                    report.push(Diagnostic { severity: Severity::Warning, message, ..found }.help(why));
                    self.add_built_in(name)?;
                    self.templates.insert(name, Template { go: None, file: None, shown: built_in(name) });
                }
                None => {
                    report_all(&[error], file, report);
                    self.broken.insert(name);
                }
            },
        }
        Ok(())
    }

    /// A built-in template, for where the home has none, or none that can say it; one of the home in Tera comes after it.
    fn add_built_in(&mut self, name: &'static str) -> Result<(), Failure> {
        let text = shelf::get(name).ok_or_else(|| Failure::BuiltIn(format!("there is no template {name}")))?;
        self.tera.add(name, text).map_err(|error| Failure::BuiltIn(format!("template {name}: {}", error.message)))
    }

    /// The text a template makes of its view; or what is wrong with it, or with that of a slot.
    pub(super) fn fill(&self, view: &View, missing: &mut Vec<Missing>) -> Result<String, Wrong> {
        let mut slots = Vec::with_capacity(view.slots().len());
        for slot in view.slots() {
            let parts = slot.parts.iter().map(|part| self.fill(part, missing)).collect::<Result<Vec<_>, _>>()?;
            slots.push((slot.variable, slot.glue.join(parts)));
        }
        let name = view.name();
        if self.broken.contains(name) {
            return Err(Wrong::Told);
        }
        let text = match self.templates.get(name).and_then(|template| template.go.as_ref()).filter(|_| view.beyond_goctl().is_none()) {
            Some(go) => {
                let mut values = view.for_go(self.root, go.mentions("data"));
                if let Value::Map(values) | Value::Object(values) = &mut values {
                    values.extend(slots.into_iter().map(|(variable, text)| (variable.to_owned(), Value::from(text))));
                }
                go.render_about(&values, view.columns()).map(|(text, unknown)| {
                    missing.extend(unknown.into_iter().map(|unknown| (name, unknown)));
                    text
                })
            }
            None => {
                let mut values = view.for_tera();
                for (variable, text) in slots {
                    values.insert(variable, &text);
                }
                self.tera.render(name, &values)
            }
        };
        text.map_err(|error| Wrong::Template(name, error))
    }

    /// The place in a template of the home that a byte of what it made comes from.
    fn origin(&self, view: &View, made: &str, offset: usize, sources: &Sources) -> Option<Origin> {
        let mut marks = Marks::default();
        let mut marked = Self { templates: BTreeMap::new(), broken: BTreeSet::new(), tera: TeraTemplates::new().ok()?, root: self.root };
        let parts = view.slots().iter().flat_map(|slot| &slot.parts);
        for view in parts.chain([view]) {
            let (name, template) = (view.name(), self.templates.get(view.name())?);
            if marked.templates.contains_key(name) {
                continue;
            }
            let beyond = view.beyond_goctl().is_some();
            let Some(file) = template.file.filter(|_| template.go.is_none() || !beyond) else {
                marked.add_built_in(name).ok()?;
                marked.templates.insert(name, Template { go: None, file: None, shown: String::new() });
                continue;
            };
            let text = marks.mark(file, sources.text(file), template.go.is_some());
            let go = match &template.go {
                Some(_) if view.is_about() => Some(GoTemplate::parse_about(&text).ok()?),
                Some(_) => Some(GoTemplate::parse(&text).ok()?),
                None => {
                    marked.tera.add(name, &text).ok()?;
                    None
                }
            };
            marked.templates.insert(name, Template { go, file: Some(file), shown: String::new() });
        }
        marks.origin(made, &marked.fill(view, &mut Vec::new()).ok()?, offset)
    }

    /// The templates a view is made with, as `--verbose` prints them: its own, then the home's for its parts.
    pub(super) fn shown(&self, view: &View) -> String {
        let parts: BTreeSet<&str> = view.slots().iter().flat_map(|slot| &slot.parts).map(View::name).collect();
        let own = parts.into_iter().filter_map(|name| self.templates.get(name)).filter(|part| part.file.is_some());
        let shown = self.templates.get(view.name()).filter(|_| !self.is_passed_over(view)).map(|one| one.shown.clone());
        let shown = shown.unwrap_or_else(|| built_in(view.name()));
        std::iter::once(shown).chain(own.map(|one| one.shown.clone())).collect::<Vec<_>>().join(", ")
    }

    /// Whether a view is made with built-in templates alone.
    pub(super) fn is_ours(&self, view: &View) -> bool {
        let parts = view.slots().iter().flat_map(|slot| &slot.parts);
        parts.map(View::name).chain([view.name()]).all(|name| self.templates.get(name).is_some_and(|one| one.file.is_none()))
    }
}

/// What was told about the templates of a run: one mistake shows in many files.
pub(super) struct Told<'a> {
    templates: &'a Loaded,
    told: BTreeSet<(&'static str, String)>,
}

impl<'a> Told<'a> {
    pub(super) fn new(templates: &'a Loaded) -> Self {
        Self { templates, told: BTreeSet::new() }
    }

    fn file(&self, name: &str) -> Option<FileId> {
        self.templates.templates.get(name).and_then(|template| template.file)
    }

    /// Warns of variables that do not exist and print as `<no value>` (decisions, Templates).
    pub(super) fn missing(&mut self, missing: &[Missing], report: &mut Report) {
        for (name, unknown) in missing {
            let Some(file) = self.file(name).filter(|_| self.told.insert((name, unknown.key.clone()))) else { continue };
            let message = format!("there is no variable `{}` here; it prints `<no value>`, as in goctl", unknown.key);
            let warning = Diagnostic::warning(Code::UnknownVariable, message);
            let warning = match &unknown.at {
                Some(at) => warning.at(Span::new(file, at.start, at.end), ""),
                None => warning,
            };
            report.push(warning.help(vars(name)));
        }
    }

    /// Reports what is wrong with a file, or rather with the template it is made from.
    ///
    /// # Errors
    ///
    /// The template is a built-in one.
    pub(super) fn wrong(&mut self, wrong: Wrong, path: &str, sources: &mut Sources, report: &mut Report) -> Result<(), Failure> {
        match wrong {
            Wrong::Told => {}
            Wrong::Template(name, error) => {
                let Some(file) = self.file(name) else {
                    return Err(Failure::BuiltIn(format!("template {name}: {}", error.message)));
                };
                if self.told.insert((name, format!("{:?} {}", error.at, error.message))) {
                    report.push(diagnostic(&error, file));
                }
            }
            Wrong::NotGo { name, shown, is_ours, view, text, error } => {
                if is_ours {
                    let line = text.as_bytes().iter().take(error.offset).filter(|b| **b == b'\n').count() + 1;
                    return Err(Failure::BuiltIn(format!("template {name}: line {line} of {path} is not Go: {}", error.message)));
                }
                if self.told.insert((name, error.message.clone())) {
                    let origin = self.templates.origin(&view, &text, error.offset, sources);
                    let file = sources.add(format!("{path} (as {shown} makes it)"), text);
                    let found = Diagnostic::error(Code::NotGo, format!("what the template makes is not Go: {}", error.message));
                    let end = sources.text(file).len().min(error.offset + 1);
                    let made = Span::new(file, error.offset.min(end), end);
                    report.push(match origin {
                        Some(Origin::Literal(span)) => {
                            let end = sources.text(span.file).ceil_char_boundary(span.end);
                            found.at(Span { end, ..span }, "").and(made, "what it makes")
                        }
                        Some(Origin::Behind(span)) => found.at(span, "in what is put in behind this").and(made, "what it makes"),
                        None => found.at(made, "").help(format!("the template is {shown}")),
                    });
                }
            }
        }
        Ok(())
    }
}

/// How a built-in template is named.
fn built_in(name: &str) -> String {
    format!("built-in {name}.tera")
}

fn report_all(errors: &[TemplateError], file: FileId, report: &mut Report) {
    errors.iter().for_each(|error| report.push(diagnostic(error, file)));
}

fn diagnostic(error: &TemplateError, file: FileId) -> Diagnostic {
    let found = Diagnostic::error(Code::BadTemplate, error.message.clone());
    let found = match &error.at {
        Some(at) => found.at(Span::new(file, at.start, at.end), ""),
        None => found.at(Span::new(file, 0, 0), ""),
    };
    if error.available.is_empty() { found } else { found.help(format!("there is: {}", error.available.join(", "))) }
}

fn vars(name: &str) -> String {
    let (category, file) = name.split_once('/').unwrap_or(("", name));
    format!("`ctl template vars {category} {file}` lists what there is")
}
