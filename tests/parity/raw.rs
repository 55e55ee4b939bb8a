//! What goctl's engine makes of templates before it is formatted, formatted by us and by gofmt.
//!
//! goctl leaves a text as it is where it is not Go. So a mark that is not Go is put in front of every template, and off
//! what comes out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::both::{Home, Job};
use crate::support::machine::{copy, files, run};
use crate::support::table::Counts;

const MARK: &str = "@@@@ not Go\n";

/// The same home with the mark in every template.
fn marked(home: &Path, to: &Path) -> PathBuf {
    copy(home, to);
    for path in files(to, ".tpl").into_iter().filter(|path| !path.ends_with("route-addition.tpl")) {
        let text = fs::read_to_string(&path).unwrap();
        // As a value, so that no `{{-` behind it takes the line break.
        fs::write(&path, format!("{{{{{MARK:?}}}}}{text}")).unwrap();
    }
    to.to_owned()
}

/// Takes the raw texts of all jobs, and compares.
pub(crate) fn compare(jobs: &[Job], goctl: &Path, temp: &Path) -> Counts {
    let mut homes: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    let mut texts: BTreeMap<Vec<u8>, String> = BTreeMap::new();
    for job in jobs {
        let count = homes.len();
        let home = homes.entry(job.home.theirs.clone()).or_insert_with(|| marked(&job.home.theirs, &temp.join(format!("marked{count}"))));
        let home = Home { theirs: home.clone(), ours: home.clone() };
        let Ok(tree) = (Job { home, ..job.clone() }).theirs(goctl) else { continue };
        for (path, bytes) in tree.into_iter().filter(|(path, _)| path.ends_with(".go")) {
            let text = bytes.strip_prefix(MARK.as_bytes()).unwrap_or_else(|| panic!("{}: {path} has no mark", job.name));
            texts.entry(text.to_vec()).or_insert_with(|| format!("{} {path}", job.name));
        }
    }
    let dir = temp.join("raw");
    fs::create_dir(&dir).unwrap();
    for (number, text) in texts.keys().enumerate() {
        fs::write(dir.join(format!("{number}.go")), text).unwrap();
    }
    // It goes on behind a file that is not Go, and leaves that file alone.
    let refused = |flag: &str| -> BTreeSet<usize> {
        let ran = run(Command::new("gofmt").args([flag, "."]).current_dir(&dir), b"");
        ran.err.lines().filter_map(|line| line.split_once(".go:")?.0.parse().ok()).collect()
    };
    let (not_go, spoiled) = (refused("-w"), refused("-l"));
    let mut counts = Counts { cases: texts.len(), ..Counts::default() };
    let mut problems = Vec::new();
    for (number, (text, name)) in texts.iter().enumerate() {
        let theirs = (!not_go.contains(&number)).then(|| fs::read_to_string(dir.join(format!("{number}.go"))).unwrap());
        let ours = ctl::golang::format::format(std::str::from_utf8(text).unwrap()).ok();
        if ours == theirs {
            counts.equal += 1;
        } else if ours.is_none() && spoiled.contains(&number) {
            // What gofmt makes of it is not Go: it moves a `+build` out of the comment it stands in. We refuse such a text.
            counts.listed += 1;
        } else {
            counts.unexplained += 1;
            problems.push(format!("{name}\n--- gofmt\n{}\n--- ctl\n{}", theirs.unwrap_or_default(), ours.unwrap_or_default()));
        }
    }
    assert!(problems.is_empty(), "{} texts are formatted otherwise:\n{}", problems.len(), problems.join("\n"));
    counts
}
