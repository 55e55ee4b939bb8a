//! Which files are read: one, or those that a pattern names (contract: model 1.1).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::flyway::{is_undo, out_of_order};
use super::schema::Schema;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::draft::Draft;
use crate::model::pattern::Pattern;
use crate::source::Sources;

/// The tables of the files that `patterns` name, which form one schema: pattern by pattern as given, those of a pattern in the
/// order of their names (decisions, Models). `None` where nothing could be read, which was told.
pub fn load(patterns: &[String], sources: &mut Sources, report: &mut Report) -> Option<Draft> {
    let mut all: Vec<PathBuf> = Vec::new();
    for pattern in patterns {
        match paths(pattern.trim(), sources) {
            Ok(paths) => all.extend(paths),
            Err(found) => report.push(*found),
        }
    }
    let mut schema = Schema::default();
    let (mut seen, mut any) = (BTreeSet::new(), false);
    // Two patterns may lead to one file by two names.
    all.retain(|path| seen.insert(sources.disk().canonical(path).unwrap_or_else(|_| path.clone())));
    if let Some(found) = out_of_order(&all) {
        report.push(found);
    }
    for path in all {
        let name = path.display().to_string();
        match sources.read_sql(&path, &name) {
            Ok(file) => {
                any = true;
                schema.read(file, sources.text(file), report);
            }
            Err(error) => report.push(Diagnostic::error(Code::UnreadableFile, error.to_string()).path(name)),
        }
    }
    any.then(|| schema.draft(report))
}

/// The words behind the flags that are SQL files, and those that are not. The shell makes them of a pattern that is not quoted.
pub fn sql_files(words: &[String], sources: &Sources) -> (Vec<String>, Vec<String>) {
    words.iter().cloned().partition(|word| is_named(word, ".sql") && sources.disk().size(Path::new(word)).is_some())
}

/// Whether a migration is the way back, which no pattern means.
pub fn is_down(name: &str) -> bool {
    is_named(name, ".down.sql") || is_undo(name.rsplit('/').next().unwrap_or(name))
}

fn is_named(name: &str, end: &str) -> bool {
    name.to_ascii_lowercase().ends_with(end)
}

/// The files, in the order of their names.
fn paths(pattern: &str, sources: &Sources) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    let error = |message: String, help: &str| Box::new(Diagnostic::error(Code::UnreadableFile, message).help(help));
    if pattern.is_empty() {
        return Err(error("no SQL file is named".to_owned(), "name one, as in `--src user.sql`, or several: `--src 'sql/*.sql'`"));
    }
    let disk = sources.disk();
    let path = Path::new(pattern);
    if disk.is_dir(path) {
        let help = format!("name the files in it: '{}/*.sql'", pattern.trim_end_matches('/'));
        return Err(error(format!("{pattern} is a directory, not a file"), &help));
    }
    if disk.size(path).is_some() {
        return Ok(vec![path.to_owned()]);
    }
    let (dir, name) = pattern.rsplit_once('/').map_or(("", pattern), |(dir, name)| (if dir.is_empty() { "/" } else { dir }, name));
    let shown = if dir.is_empty() { "this directory" } else { dir };
    let entries = match disk.list(Path::new(if dir.is_empty() { "." } else { dir })) {
        Ok(entries) => entries,
        Err(_) => {
            let pattern_above = dir.contains(['*', '?', '[']);
            let help = one_flag_each(pattern).unwrap_or_else(|| match pattern_above {
                true => "only the last part of a pattern may hold `*`, `?` and `[a-z]`".to_owned(),
                false => "a path begins in the directory that ctl is run in, or with `/`".to_owned(),
            });
            return Err(error(format!("there is no directory {shown}"), &help));
        }
    };
    let Some(wanted) = Pattern::new(name) else {
        return Err(error(format!("`{name}` is not a pattern"), "`*`, `?` and `[a-z]` are understood, `\\` takes their meaning away"));
    };
    let read = |entry: &str| wanted.matches(entry) && !is_down(entry);
    let found: Vec<PathBuf> =
        entries.into_iter().filter(|(entry, is_dir)| !is_dir && read(entry)).map(|(entry, _)| Path::new(dir).join(entry)).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    if wanted.is_plain() {
        let found = Diagnostic::error(Code::UnreadableFile, format!("there is no file {pattern}"));
        return Err(Box::new(match one_flag_each(pattern) {
            Some(help) => found.help(help),
            None => found,
        }));
    }
    let help = format!("folders in {shown} are not looked into, and `*.down.sql` and Flyway's `U1__*.sql` are not read");
    Err(error(format!("no file matches {pattern}"), &help))
}

/// What to write for several files with commas between them.
fn one_flag_each(pattern: &str) -> Option<String> {
    let files: Vec<&str> = pattern.split(',').map(str::trim).collect();
    if files.len() < 2 || !files.iter().all(|file| is_named(file, ".sql")) {
        return None;
    }
    let flags: Vec<String> = files.iter().map(|file| format!("--src {file}")).collect();
    Some(format!("each file has a flag of its own: `{}`", flags.join(" ")))
}
