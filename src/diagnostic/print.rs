//! Diagnostics for people (annotate-snippets, rustc's renderer) and for machines (one JSON object).

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json as object};

use super::{Diagnostic, Severity};
use crate::source::{FileId, Place, Sources, Span};

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
        let mut snippet = Snippet::source(window.text).line_start(window.line).fold(true);
        for (span, text, kind) in &window.labels {
            let start = span.start.saturating_sub(window.start);
            let end = span.end.saturating_sub(window.start).max(start);
            let annotation = kind.span(start.min(window.text.len())..end.min(window.text.len()));
            snippet = snippet.annotation(if text.is_empty() { annotation } else { annotation.label(text.as_str()) });
        }
        group = group.element(snippet.path(sources.name(window.file)));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let draw = |group: Group<'_>| renderer.render(&[group]);
    let drawn = match &diagnostic.help {
        // Below a snippet the help hangs on it, else it is a line of its own.
        Some(help) if windows.is_empty() => {
            format!("{}\n{}\n\n", draw(group), draw(Group::with_title(Level::HELP.primary_title(help.as_str()))))
        }
        Some(help) => format!("{}\n\n", draw(group.element(Level::HELP.message(help.as_str())))),
        None => format!("{}\n\n", draw(group)),
    };
    windows.iter().fold(drawn, |drawn, window| window.placed(drawn, sources))
}

/// The lines of a file that a finding shows: handing over a whole file of megabytes for one line would cost its scan, and so
/// would a line of megabytes.
struct Window<'a> {
    file: FileId,
    text: &'a str,
    start: usize,
    line: usize,
    /// How many characters of its first line are cut off.
    cut: usize,
    labels: Vec<(Span, String, AnnotationKind)>,
}

impl Window<'_> {
    /// The drawing, in which the renderer counted columns from where the line was cut.
    fn placed(&self, drawn: String, sources: &Sources) -> String {
        let Some((title, rest)) = drawn.split_once('\n').filter(|_| self.cut > 0) else { return drawn };
        let Some((span, ..)) = self.labels.first() else { return drawn };
        let Place { line, column } = sources.place(self.file, span.start);
        if line != self.line {
            return drawn;
        }
        let place = |column: usize| format!("{}:{line}:{column}", sources.name(self.file));
        format!("{title}\n{}", rest.replacen(&place(column - self.cut), &place(column), 1))
    }
}

/// Labels further apart than so many bytes have windows of their own: on one line, and on several.
const APART: (usize, usize) = (1_000, 64 * 1024);

/// So many bytes of a line are kept on each side of a label: more than the renderer shows.
const AROUND: usize = 1_000;

fn windows<'a>(diagnostic: &Diagnostic, sources: &'a Sources) -> Vec<Window<'a>> {
    let mut windows: Vec<Window<'a>> = Vec::new();
    let primary = diagnostic.primary.iter().map(|l| (l, AnnotationKind::Primary));
    let secondary = diagnostic.secondary.iter().map(|l| (l, AnnotationKind::Context));
    for (label, kind) in primary.chain(secondary) {
        let entry = (label.span, label.text.clone(), kind);
        let near = |w: &&mut Window<'_>| {
            let close = |(span, ..): &(Span, String, AnnotationKind)| {
                let (from, to) = (span.start.min(label.span.start), span.start.max(label.span.start));
                to - from < if sources.line(span.file, from).contains(&to) { APART.0 } else { APART.1 }
            };
            w.file == label.span.file && w.labels.iter().all(close)
        };
        match windows.iter_mut().find(near) {
            Some(window) => window.labels.push(entry),
            None => windows.push(Window { file: label.span.file, text: "", start: 0, line: 1, cut: 0, labels: vec![entry] }),
        }
    }
    for window in &mut windows {
        let text = sources.text(window.file);
        let first = window.labels.iter().map(|(s, ..)| s.start).min().unwrap_or(0).min(text.len());
        let last = window.labels.iter().map(|(s, ..)| s.end).max().unwrap_or(0).clamp(first, text.len());
        let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let (first_line, last_line) = (sources.line(window.file, first), sources.line(window.file, last));
        let cut = text.ceil_char_boundary(first.saturating_sub(AROUND));
        let end = text.floor_char_boundary(last.saturating_add(AROUND)).min(last_line.end.max(last));
        window.start = first_line.start.max(bom).max(cut);
        window.text = text.get(window.start..end).unwrap_or("").trim_end_matches('\r');
        let place = sources.place(window.file, window.start);
        (window.line, window.cut) = (place.line, place.column - 1);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    /// What the renderer is given is what it works through, for each finding again.
    #[test]
    fn no_more_of_a_file_is_handed_over_than_is_shown() {
        let mut sources = Sources::default();
        let text = format!("\u{feff}first\n{}\r\nlast", "é世x".repeat(50_000));
        let file = sources.add("a.sql", text.as_str());
        let span = |at: usize| {
            let at = text.ceil_char_boundary(at);
            Span::new(file, at, text.ceil_char_boundary(at + 1))
        };
        for (one, other) in [(3, 5), (3, 100_000), (9, 200_000), (100_000, 100_500), (150_000, 150_010), (text.len() - 1, 20)] {
            let found = Diagnostic::warning(Code::SyntaxError, "x").at(span(one), "one").and(span(other), "other");
            let windows = windows(&found, &sources);
            let labels: usize = windows.iter().map(|window| window.labels.len()).sum();
            assert_eq!(labels, 2);
            for window in &windows {
                assert!(window.text.len() <= 2 * AROUND + APART.0 + 10, "{one} {other}: {}", window.text.len());
                let shown = |(span, ..): &(Span, String, AnnotationKind)| {
                    window.start <= span.start && span.start <= window.start + window.text.len()
                };
                assert!(window.labels.iter().all(shown), "{one} {other}");
            }
            let drawn = render(&found, &sources, false);
            let Place { line, column } = sources.place(file, span(one).start);
            assert!(drawn.contains(&format!("--> a.sql:{line}:{column}\n")), "{drawn}");
        }
    }
}
