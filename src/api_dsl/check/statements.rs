//! `syntax` and `info`: once a file, alike in all.

use std::collections::BTreeMap;

use super::super::ast::{File, Info, KeyValue, Statement, Syntax};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Span;

/// What a file without `syntax` is written in.
const DEFAULT_SYNTAX: &str = "v1";

/// Reports repeated and differing statements; returns the root's `info`.
pub(super) fn check(files: &[File], report: &mut Report) -> Vec<(String, String)> {
    for file in files {
        let syntaxes = file.statements.iter().filter_map(|s| if let Statement::Syntax(s) = s { Some(s.span) } else { None });
        once(syntaxes, "syntax", report);
        let infos = file.statements.iter().filter_map(|s| if let Statement::Info(s) = s { Some(s.span) } else { None });
        once(infos, "info", report);
    }
    same_syntax(files, report);
    let Some(info) = files.first().and_then(info) else { return Vec::new() };
    unique_keys(&info.entries, report);
    info.entries.iter().map(|entry| (entry.key.text.clone(), entry.value.text.clone())).collect()
}

fn once(spans: impl Iterator<Item = Span>, what: &str, report: &mut Report) {
    let mut first = None;
    for span in spans {
        match first {
            None => first = Some(span),
            Some(first) => {
                let message = format!("a file has one `{what}` statement");
                report.push(Diagnostic::error(Code::DuplicateStatement, message).at(span, "").and(first, "the first is here"));
            }
        }
    }
}

/// `syntax` is honoured as a file's first statement only (contract: api-language 3.1).
fn same_syntax(files: &[File], report: &mut Report) {
    let syntax = |file: &File| -> Option<Syntax> {
        if let Some(Statement::Syntax(syntax)) = file.statements.first() { Some(syntax.clone()) } else { None }
    };
    let Some((root, rest)) = files.split_first() else { return };
    let root = syntax(root);
    let expected = root.as_ref().map_or(DEFAULT_SYNTAX, |s| s.value.text.as_str());
    for file in rest {
        let own = syntax(file);
        let actual = own.as_ref().map_or(DEFAULT_SYNTAX, |s| s.value.text.as_str());
        if actual == expected {
            continue;
        }
        let message = format!("this file is written in syntax `{actual}`, the root file in `{expected}`");
        let span = own.map(|s| s.value.span).or_else(|| file.statements.first().map(Statement::span));
        let mut diagnostic = Diagnostic::error(Code::SyntaxVersion, message);
        if let Some(span) = span {
            diagnostic = diagnostic.at(span, "");
        }
        if let Some(root) = &root {
            diagnostic = diagnostic.and(root.value.span, "the root file's version");
        }
        report.push(diagnostic);
    }
}

fn info(file: &File) -> Option<&Info> {
    file.statements.iter().find_map(|s| if let Statement::Info(info) = s { Some(info) } else { None })
}

fn unique_keys(entries: &[KeyValue], report: &mut Report) {
    let mut seen = BTreeMap::new();
    for entry in entries {
        if let Some(first) = seen.insert(&entry.key.text, entry.key.span) {
            let message = format!("`{}` is given twice", entry.key.text);
            report.push(Diagnostic::error(Code::DuplicateKey, message).at(entry.key.span, "").and(first, "first given here"));
        }
    }
}
