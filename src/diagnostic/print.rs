//! Diagnostics for people (annotate-snippets, rustc's renderer) and for machines (one JSON object).

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json as object};

use super::{Diagnostic, Severity};
use crate::source::{FileId, Sources, Span};

/// Draws one finding, with a blank line behind it.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, color: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = match &diagnostic.path {
        Some(path) => format!("{path}: {}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let title = level.primary_title(message).id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    let windows = windows(diagnostic, sources);
    for window in &windows {
        let mut snippet = Snippet::source(window.text).path(sources.name(window.file)).line_start(window.line).fold(true);
        for (span, text, kind) in &window.labels {
            let start = span.start.saturating_sub(window.start);
            let end = span.end.saturating_sub(window.start).max(start);
            let annotation = kind.span(start.min(window.text.len())..end.min(window.text.len()));
            snippet = snippet.annotation(if text.is_empty() { annotation } else { annotation.label(text.as_str()) });
        }
        group = group.element(snippet);
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let draw = |group: Group<'_>| renderer.render(&[group]);
    match &diagnostic.help {
        // Below a snippet the help hangs on it, else it is a line of its own.
        Some(help) if windows.is_empty() => {
            format!("{}\n{}\n\n", draw(group), draw(Group::with_title(Level::HELP.primary_title(help.as_str()))))
        }
        Some(help) => format!("{}\n\n", draw(group.element(Level::HELP.message(help.as_str())))),
        None => format!("{}\n\n", draw(group)),
    }
}

/// The lines of a file that a finding shows: handing over a whole file of megabytes for one line would cost its scan.
struct Window<'a> {
    file: FileId,
    text: &'a str,
    start: usize,
    line: usize,
    labels: Vec<(Span, String, AnnotationKind)>,
}

fn windows<'a>(diagnostic: &Diagnostic, sources: &'a Sources) -> Vec<Window<'a>> {
    let mut windows: Vec<Window<'a>> = Vec::new();
    let primary = diagnostic.primary.iter().map(|l| (l, AnnotationKind::Primary));
    let secondary = diagnostic.secondary.iter().map(|l| (l, AnnotationKind::Context));
    for (label, kind) in primary.chain(secondary) {
        let entry = (label.span, label.text.clone(), kind);
        match windows.iter_mut().find(|w| w.file == label.span.file) {
            Some(window) => window.labels.push(entry),
            None => windows.push(Window { file: label.span.file, text: "", start: 0, line: 1, labels: vec![entry] }),
        }
    }
    for window in &mut windows {
        let text = sources.text(window.file);
        let first = window.labels.iter().map(|(s, ..)| s.start).min().unwrap_or(0).min(text.len());
        let last = window.labels.iter().map(|(s, ..)| s.end).max().unwrap_or(0).clamp(first, text.len());
        let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let start = text.as_bytes().get(..first).and_then(|b| b.iter().rposition(|b| *b == b'\n')).map_or(bom, |at| at + 1);
        let end = text.as_bytes().get(last..).and_then(|b| b.iter().position(|b| *b == b'\n')).map_or(text.len(), |at| last + at);
        window.text = text.get(start..end).unwrap_or("").trim_end_matches('\r');
        window.start = start;
        window.line = sources.place(window.file, start).line;
    }
    windows
}

/// One finding as the object `--json` prints: `kind`, `severity`, `code`, `message`, `path`, `line`, `column`,
/// `endLine`, `endColumn`, `labels`, `help` (decisions, Command line). Columns are 1-based code points.
pub fn json(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut value = object!({
        "kind": "diagnostic",
        "severity": severity,
        "code": diagnostic.code.as_str(),
        "message": diagnostic.message,
    });
    let Some(map) = value.as_object_mut() else { return value };
    if let Some(primary) = &diagnostic.primary {
        if let Value::Object(place) = place(primary.span, sources) {
            map.extend(place);
        }
    } else if let Some(path) = &diagnostic.path {
        map.insert("path".into(), path.clone().into());
    }
    let labels = diagnostic.primary.iter().chain(&diagnostic.secondary).filter(|l| !l.text.is_empty());
    let labels: Vec<Value> = labels
        .map(|label| {
            let mut value = place(label.span, sources);
            if let Some(map) = value.as_object_mut() {
                map.insert("message".into(), label.text.clone().into());
            }
            value
        })
        .collect();
    map.insert("labels".into(), labels.into());
    map.insert("help".into(), diagnostic.help.clone().into());
    value
}

fn place(span: Span, sources: &Sources) -> Value {
    let start = sources.place(span.file, span.start);
    let end = sources.place(span.file, span.end);
    object!({
        "path": sources.name(span.file),
        "line": start.line,
        "column": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}
