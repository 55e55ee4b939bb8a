//! Our own templates' language, through tera.

mod guard;

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;
use std::time::Instant;

use ::tera::{Context, Delimiters, Error, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::engine::{MAX_BYTES, MAX_STEPS, MAX_TIME, TOO_MANY_BYTES, TOO_MANY_STEPS, TOO_SLOW, TemplateError};
use super::respell::Respelled;
use guard::Used;

/// Tera templates by name, each parsed once and rendered often, by any number of threads.
pub struct TeraTemplates {
    tera: Tera,
    texts: HashMap<String, (Respelled, Vec<Used>)>,
}

// What a rendering has used up. A function of the engine is given no place of its own for it.
thread_local! {
    static STEPS: Cell<usize> = const { Cell::new(0) };
    static STARTED: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// A variable holds no more than this. It may be put together from itself a few hundred times in one expression.
const MAX_HELD: usize = 16 << 20;

impl TeraTemplates {
    /// No templates yet.
    ///
    /// # Errors
    ///
    /// The engine refuses its settings: a mistake of ctl.
    pub fn new() -> Result<Self, TemplateError> {
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
        tera.set_delimiters(delimiters).map_err(|e| TemplateError::new(friendly(&e.to_string()), None))?;
        tera.register_function("__items", items);
        tera.register_function("__turn", turn);
        tera.register_function("__held", held);
        tera.register_function("__call", call);
        Ok(Self { tera, texts: HashMap::new() })
    }

    /// Reads a template, in the place of an earlier one of the same name.
    ///
    /// # Errors
    ///
    /// What is wrong with its text.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), TemplateError> {
        let (guarded, used) = guard::guard(text)?;
        if let Err(e) = self.tera.add_raw_template(name, &guarded.text) {
            return Err(match drawn(&e.to_string(), name, &guarded.text).filter(|_| matches!(e.kind(), ErrorKind::Msg(_))) {
                Some((message, at)) => TemplateError::new(message, Some(guarded.original(at))),
                None => error(&e, |at, file| (file == name).then(|| guarded.original(at))),
            });
        }
        self.texts.insert(name.to_owned(), (guarded, used));
        Ok(())
    }

    /// The names that a template uses and that are neither `known` (sorted) nor its own. The engine takes an unknown name in a
    /// condition for false, and never looks into a branch that is not taken.
    pub fn unknown(&self, name: &str, known: &[String]) -> Vec<TemplateError> {
        let used = self.texts.get(name).into_iter().flat_map(|(_, used)| used);
        let unknown = used.filter(|used| !known.contains(&used.name)).map(|used| TemplateError {
            message: format!("variable `{}` is not defined", used.name),
            at: Some(used.at.clone()),
            available: known.to_vec(),
        });
        unknown.collect()
    }

    /// Fills a template in.
    ///
    /// # Errors
    ///
    /// What went wrong, or which limit was reached.
    pub fn render(&self, name: &str, context: &Context) -> Result<String, TemplateError> {
        let started = Instant::now();
        STEPS.set(0);
        STARTED.set(Some(started));
        let mut output = Output { text: Vec::new(), started, writes: 0, refused: None };
        let rendered = self.tera.render_to(name, context, &mut output);
        match (output.refused, rendered) {
            (Some(limit), _) => Err(TemplateError::new(limit, None)),
            (None, Err(e)) => Err(error(&e, |at, file| Some(self.texts.get(file).filter(|_| file == name)?.0.original(at)))),
            (None, Ok(())) => String::from_utf8(output.text).map_err(|e| TemplateError::new(e.to_string(), None)),
        }
    }
}

/// Counts so many steps more.
fn spend(steps: usize) -> TeraResult<()> {
    STEPS.set(STEPS.get().saturating_add(steps));
    if STEPS.get() > MAX_STEPS {
        return Err(Error::message(TOO_MANY_STEPS));
    }
    if STARTED.get().is_some_and(|started| started.elapsed() > MAX_TIME) {
        return Err(Error::message(TOO_SLOW));
    }
    Ok(())
}

/// What a loop goes over, as it is.
fn items(arguments: Kwargs, _: &State) -> TeraResult<Value> {
    let items = arguments.get::<Value>("v")?.unwrap_or_else(Value::undefined);
    if items.is_undefined() {
        return Err(Error::message("what this goes over is not defined"));
    }
    spend(items.len().unwrap_or(0).max(1))?;
    Ok(items)
}

/// A turn of a loop.
fn turn(_: Kwargs, _: &State) -> TeraResult<&'static str> {
    spend(0).map(|()| "")
}

/// What a variable is given, as it is.
fn held(arguments: Kwargs, _: &State) -> TeraResult<Value> {
    let value = arguments.get::<Value>("v")?.unwrap_or_else(Value::undefined);
    let size = value.as_str().map_or_else(|| value.as_array().map_or(0, <[Value]>::len), str::len);
    if size > MAX_HELD { Err(Error::message("this variable holds more than 16 MB")) } else { Ok(value) }
}

/// A component is used.
fn call(_: Kwargs, _: &State) -> TeraResult<&'static str> {
    spend(1).map(|()| "")
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

/// The engine's error, with its place in a file's text, if that is the user's to see.
fn error(error: &Error, original: impl Fn(Range<usize>, &str) -> Option<Range<usize>>) -> TemplateError {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let (message, available) = names(report.message());
            TemplateError { message, at: original(report.span().range.clone(), report.filename()), available }
        }
        other => TemplateError::new(friendly(&other.to_string()), None),
    }
}

/// The first of the errors that the engine only tells as a drawing: a message, `--> name:line:column`, carets.
fn drawn(drawing: &str, name: &str, text: &str) -> Option<(String, Range<usize>)> {
    let mut lines = drawing.lines();
    let message = friendly(lines.next()?.strip_prefix("error: ")?);
    let place = lines.next()?.split_once("--> ")?.1.strip_prefix(name)?.strip_prefix(':')?;
    let (line, column) = place.split_once(':')?;
    let (line, column) = (line.parse::<usize>().ok()?.checked_sub(1)?, column.parse::<usize>().ok()?.checked_sub(1)?);
    let carets = lines.nth(2)?.matches('^').count();
    let begin: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let at = |column: usize| begin + text[begin..].chars().take(column).map(char::len_utf8).sum::<usize>();
    Some((message, at(column)..at(column + carets)))
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
    let mut line = message.lines().next().unwrap_or_default().trim_end_matches('.').to_owned();
    // The engine names the marks it was made with.
    for (theirs, ours) in [("`{{`", "`<$`"), ("`}}`", "`$>`"), ("`{%`", "`<%`"), ("`%}`", "`%>`")] {
        line = line.replace(theirs, ours);
    }
    let mut letters = line.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
