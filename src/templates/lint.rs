//! Whether the templates of a home work: each is filled in with sample data, as the commands would.

use std::collections::BTreeSet;
use std::path::Path;

use super::samples;
use super::upkeep::Place;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::naming::nearest;
use crate::render::home::{Language, Places};
use crate::render::{Failure, Home, render_strictly, shelf};
use crate::source::Sources;

/// Reports what is wrong with the templates of a home: what cannot be read or filled in, variables that do not exist, Go
/// that is none, files that no command reads. How many templates were read.
///
/// # Errors
///
/// The home cannot be read, or a built-in template fails.
pub fn lint(place: &Place, sources: &mut Sources, report: &mut Report) -> Result<usize, Failure> {
    let dir = place.root.shown.as_str();
    // As the commands read it: `~/.ctl` is not read like a home that was named.
    let places = match place.named {
        true => Places { home: Some(dir.to_owned()), ..Places::default() },
        false => Places { user: place.root.dir.parent().map(Path::to_owned), ..Places::default() },
    };
    let mut home = Home::find(&places, sources, report)?;
    let mut read = BTreeSet::new();
    // What cannot be read is told when it is rendered.
    let mut unread = Report::new();
    for (name, _) in shelf::SHELF {
        read.extend(home.get(name, sources, &mut unread).map(|found| sources.disk().resolve(&found.path)));
    }
    for file in template_files(&place.root.dir, sources) {
        if !read.contains(&sources.disk().resolve(&place.root.dir.join(&file))) {
            report.push(nobody_reads(&file, &format!("{}/{file}", dir.trim_end_matches('/'))));
        }
    }
    match render_strictly(samples(), &mut home, sources, report) {
        Ok(_) | Err(Failure::Input) => Ok(read.len()),
        Err(failure) => Err(failure),
    }
}

/// The templates below a directory, hidden folders aside.
fn template_files(dir: &Path, sources: &Sources) -> BTreeSet<String> {
    let all = Language::ALL.iter().flat_map(|language| sources.disk().walk(dir, &format!(".{}", language.extension())));
    all.filter(|file| !file.split('/').any(|part| part.starts_with('.'))).collect()
}

fn nobody_reads(file: &str, shown: &str) -> Diagnostic {
    let mut parts = file.rsplit('/');
    let name = parts.next().unwrap_or(file);
    let category = parts.next().unwrap_or("");
    let found = Diagnostic::warning(Code::UnreadTemplate, "no command reads this file").path(shown);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let known = shelf::SHELF.iter().filter_map(|(known, _)| known.split_once('/')).filter(|(of, _)| *of == category);
    let stems: Vec<&str> = known.map(|(_, stem)| stem).collect();
    if stems.is_empty() {
        return found.help("templates lie in folders by category, such as `api/handler.tpl`");
    }
    if stems.contains(&stem) {
        return found.help("another file wins: `.tera` before `.tpl`, `1.10.2/` before none, none before other versions");
    }
    match nearest(stem, stems) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help(format!("`ctl template vars {category}` lists what there is")),
    }
}
