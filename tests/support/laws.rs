//! The laws of the `.api` front end, as plain functions: tests and fuzzers call them with any text.

#![allow(dead_code, unreachable_pub)]

use ctl::api_dsl::ast::{AtDocKind, DataType, DataTypeKind, File, KeyValue, Statement};
use ctl::api_dsl::{format::format, go, parse::parse};
use ctl::diagnostic::{Report, Severity};
use ctl::golang::format::format as go_format;
use ctl::plan::Root;
use ctl::render::Failure;
use ctl::source::{Disk, Sources};
use std::fmt::Write;
use std::path::Path;

/// A text, read.
pub struct Read {
    pub sources: Sources,
    pub file: File,
    pub report: Report,
}

impl Read {
    /// The errors as a person sees them, if there are any.
    pub fn errors(&self) -> Option<String> {
        self.report.has_errors().then(|| self.report.render(&self.sources, false))
    }
}

pub fn read(text: &str) -> Read {
    let mut sources = Sources::default();
    let id = sources.add("test.api", text);
    let mut report = Report::new();
    let file = parse(id, &sources, &mut report);
    Read { sources, file, report }
}

/// The canonical text, or why there is none.
pub fn formatted(text: &str) -> Result<String, String> {
    let read = read(text);
    match read.errors() {
        Some(errors) => Err(errors),
        None => Ok(format(&read.file, &read.sources)),
    }
}

/// All laws for one text: it is read without panic, every place in the report lies in the text; and if it is valid,
/// formatting keeps its meaning and its comments, and formatting again changes nothing. Whether it was valid.
pub fn laws(text: &str) -> Result<bool, String> {
    let before = read(text);
    for found in before.report.sorted() {
        let labels = found.primary.iter().chain(&found.secondary);
        for label in labels {
            if text.get(label.span.start..label.span.end).is_none() {
                return Err(format!("a place outside the text: {found:?}"));
            }
        }
        if found.message.ends_with('.') || found.message.is_empty() {
            return Err(format!("a message with a full stop: {found:?}"));
        }
    }
    // The reading of a broken file must not stop at it: rendering is part of that.
    if let Some(_errors) = before.errors() {
        return Ok(false);
    }
    let once = format(&before.file, &before.sources);
    let after = read(&once);
    if let Some(errors) = after.errors() {
        return Err(format!("the formatted text is not valid:\n{once}\n{errors}"));
    }
    let twice = format(&after.file, &after.sources);
    if once != twice {
        return Err(format!("formatting again changes something: {}\n--- once\n{once}\n--- twice\n{twice}", difference(&once, &twice)));
    }
    let (was, is) = (meaning(&before), meaning(&after));
    if was != is {
        return Err(format!("another meaning:\n--- before\n{was}\n--- after\n{is}\n--- text\n{once}"));
    }
    let (was, is) = (comments(&before.file), comments(&after.file));
    if was != is {
        return Err(format!("comments lost:\n--- before\n{was:?}\n--- after\n{is:?}\n--- text\n{once}"));
    }
    let legacy = after.report.sorted().into_iter().find(|d| d.severity == Severity::Warning);
    if let Some(found) = legacy {
        return Err(format!("the formatted text is still warned about: {}\n{once}", found.message));
    }
    Ok(true)
}

/// All laws of `api go` for one text: no panic, whatever is wrong is told, and every Go file it makes is one that the
/// formatter accepts and leaves as it is. Whether there was anything to make.
pub fn pipeline(text: &str) -> Result<bool, String> {
    let mut sources = Sources::new(Disk::memory([("/case/main.api", text)]));
    let mut report = Report::new();
    let root = Root { dir: "/case/out".into(), shown: "out".to_owned() };
    let options = go::Options { tests: true, type_group: true, ..go::Options::default() };
    let made = go::generate(Path::new("/case/main.api"), root, &options, &mut sources, &mut report);
    let told = report.render(&sources, false);
    match made {
        Ok(made) => {
            for file in made.files.iter().filter(|file| file.path.ends_with(".go")) {
                match go_format(file.body.text()) {
                    Ok(again) if again == file.body.text() => {}
                    Ok(again) => return Err(format!("{} is not formatted: {}", file.path, difference(file.body.text(), &again))),
                    Err(error) => return Err(format!("{} is not Go: {}", file.path, error.message)),
                }
            }
            Ok(true)
        }
        Err(Failure::Input) if report.has_errors() && told.contains("error") => Ok(false),
        Err(failure) => Err(format!("{failure:?}, and the report says: {told}")),
    }
}

/// The first lines that differ.
pub fn difference(a: &str, b: &str) -> String {
    let pair = a.lines().zip(b.lines()).enumerate().find(|(_, (a, b))| a != b);
    match pair {
        Some((at, (a, b))) => format!("line {}\n- {a:?}\n+ {b:?}", at + 1),
        None => format!("{} lines, {} lines; ends {:?}, {:?}", a.lines().count(), b.lines().count(), tail(a), tail(b)),
    }
}

fn tail(text: &str) -> String {
    text.chars().rev().take(20).collect::<Vec<char>>().into_iter().rev().collect()
}

/// The comments, sorted: some are moved. Blanks at the end of a line go.
fn comments(file: &File) -> Vec<&str> {
    let mut all: Vec<&str> = file.comments.iter().map(|c| c.text.trim_end()).collect();
    all.sort_unstable();
    all
}

/// What a file says: no places, no comments, none of what formatting deletes.
pub fn meaning(read: &Read) -> String {
    let mut out = String::new();
    for statement in &read.file.statements {
        match statement {
            Statement::Syntax(s) => line(&mut out, &["syntax", &s.value.text]),
            Statement::Import(s) if s.paths.iter().all(|p| p.text.is_empty()) => {}
            Statement::Import(s) => {
                line(&mut out, &["import", if s.grouped { "(" } else { "" }]);
                s.paths.iter().for_each(|p| line(&mut out, &[&p.text]));
            }
            Statement::Info(s) => entries(&mut out, "info", &s.entries),
            Statement::Type(s) if s.specs.is_empty() => {}
            Statement::Type(s) => {
                line(&mut out, &["type", if s.grouped { "(" } else { "" }]);
                for spec in &s.specs {
                    let _ = writeln!(out, "{} {} {}", spec.name.text, spec.alias, data_type(&spec.ty));
                }
            }
            Statement::Service(s) => {
                if let Some(server) = &s.server {
                    entries(&mut out, "@server", &server.entries);
                }
                line(&mut out, &["service", &s.name.text]);
                for item in &s.items {
                    match item.doc.as_ref().map(|doc| &doc.kind) {
                        Some(AtDocKind::Text(value)) if !value.text.is_empty() => line(&mut out, &["@doc", &value.text]),
                        Some(AtDocKind::Entries(all)) => entries(&mut out, "@doc", all),
                        _ => {}
                    }
                    let body = |ty: &Option<DataType>| ty.as_ref().map_or(String::new(), data_type);
                    let route = &item.route;
                    line(&mut out, &["@handler", &item.handler.name.text]);
                    line(&mut out, &[&route.method.text, &route.path.text, &body(&route.request), "->", &body(&route.response)]);
                }
            }
        }
    }
    out
}

fn line(out: &mut String, words: &[&str]) {
    let _ = writeln!(out, "{}", words.join(" "));
}

fn entries(out: &mut String, what: &str, all: &[KeyValue]) {
    if all.iter().any(|e| !e.value.text.is_empty()) {
        line(out, &[what]);
        all.iter().for_each(|e| line(out, &[&e.key.text, &e.value.text]));
    }
}

fn data_type(ty: &DataType) -> String {
    match &ty.kind {
        DataTypeKind::Named(name) => name.clone(),
        DataTypeKind::Interface => "interface{}".to_owned(),
        DataTypeKind::Map(key, value) => format!("map[{}]{}", data_type(key), data_type(value)),
        DataTypeKind::Slice(inner) => format!("[]{}", data_type(inner)),
        DataTypeKind::Array(length, inner) => format!("[{length}]{}", data_type(inner)),
        DataTypeKind::OpenArray(inner) => format!("[...]{}", data_type(inner)),
        DataTypeKind::Pointer(inner) => format!("*{}", data_type(inner)),
        DataTypeKind::Struct(body) => {
            let field = |f: &ctl::api_dsl::ast::Field| {
                let names: Vec<&str> = f.names.iter().map(|n| n.text.as_str()).collect();
                format!("{} {} {};", names.join(","), data_type(&f.ty), f.tag.as_ref().map_or("", |t| &t.text))
            };
            format!("{{{}}}", body.fields.iter().map(field).collect::<String>())
        }
    }
}

/// A small generator of numbers that are always the same.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `limit`.
    pub fn roll(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (limit.max(1) as u64)).unwrap_or(0)
    }
}

/// The text after a few accidents: characters lost, doubled, swapped, put in; the end cut off.
pub fn damaged(text: &str, dice: &mut Dice) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=dice.roll(3) {
        if chars.len() < 4 {
            break;
        }
        let at = dice.roll(chars.len() - 1);
        match dice.roll(5) {
            0 => drop(chars.remove(at)),
            1 => chars.insert(at, chars[at]),
            2 => chars.swap(at, at + 1),
            3 => chars.insert(at, ['"', '`', '/', '*', '\n', '{', ')', '\r', 'é', ' ', '\0', '\u{feff}'][dice.roll(12)]),
            _ => chars.truncate(at.max(chars.len() / 2)),
        }
    }
    chars.into_iter().collect()
}

/// The `.api` files of our own corpus, by name.
pub fn corpus() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/api");
    let mut all: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), std::fs::read_to_string(&path).expect("text")))
        .collect();
    all.sort();
    all
}
