//! What becomes of each state of a template, task by task.

use super::*;

const NAME: &str = "newapi/newtemplate";

/// What is done to a home that holds `files` (name and text, `built-in` for ctl's own), and what is said.
fn done(task: Task, force: bool, files: &[(&str, &str)]) -> (Vec<String>, String) {
    let built_in = shelf::get(NAME).unwrap();
    let files = files.iter().map(|(name, text)| (format!("/h/{name}"), if *text == "built-in" { built_in } else { *text }));
    let files: Vec<(String, &str)> = files.collect();
    let disk = Disk::memory(files.iter().map(|(name, text)| (name.as_str(), *text)));
    let place = Place { root: Root { dir: "/h".into(), shown: "h".into() }, named: true };
    let mut report = Report::new();
    let request = Request { task, category: Some("newapi"), name: None, force };
    let done = upkeep(&place, &request, &disk, &mut report);
    let line = |file: &RenderedFile| {
        let text = if file.body.text() == built_in { "built-in" } else { file.body.text() };
        let word = match file.owner {
            Ownership::Target | Ownership::Generated => "write",
            Ownership::Scaffold => "keep",
            Ownership::Remove => "remove",
        };
        format!("{word} {} {text}", file.path).trim_end().to_owned()
    };
    let lines = done.files.iter().chain(&done.bases).map(line).collect();
    let told: Vec<String> = report.sorted().into_iter().map(|found| format!("{:?} {}", found.severity, found.code.as_str())).collect();
    (lines, told.join(", "))
}

const MINE: &str = "newapi/newtemplate.tera";
const BASE_OF_MINE: &str = ".base/newapi/newtemplate.tera";
const NEW: &str = "newapi/newtemplate.tera.new";
const THEIRS: &str = "newapi/newtemplate.tpl";
const TEMPLATE_HOME: &str = "Note template_home";
const CHANGED: &str = "Warning changed_template";

fn check(task: Task, force: bool, files: &[(&str, &str)], lines: &[&str], told: &str) {
    assert_eq!(done(task, force, files), (lines.iter().map(|line| (*line).to_owned()).collect(), told.to_owned()), "{task:?} {files:?}");
}

const WRITES: [&str; 2] = ["write newapi/newtemplate.tera built-in", "write .base/newapi/newtemplate.tera built-in"];
const KEEPS: [&str; 1] = ["keep newapi/newtemplate.tera"];

#[test]
fn init_writes_what_is_missing_and_touches_nothing() {
    check(Task::Init, false, &[], &WRITES, "");
    check(Task::Init, false, &[(BASE_OF_MINE, "old")], &WRITES, "");
    check(Task::Init, false, &[(MINE, "built-in")], &WRITES, "");
    check(Task::Init, false, &[(MINE, "old"), (BASE_OF_MINE, "old")], &KEEPS, TEMPLATE_HOME);
    check(Task::Init, false, &[(MINE, "mine"), (BASE_OF_MINE, "old")], &KEEPS, "");
    check(Task::Init, false, &[(MINE, "mine")], &KEEPS, "");
    check(Task::Init, false, &[(THEIRS, "x")], &["keep newapi/newtemplate.tpl"], TEMPLATE_HOME);
}

#[test]
fn update_replaces_what_was_left_alone_and_puts_the_rest_beside() {
    let update = |force, files: &[(&str, &str)], lines: &[&str], told| check(Task::Update, force, files, lines, told);
    // Asked for by name, a category of which the home has nothing is written, as by goctl.
    update(false, &[], &WRITES, "");
    update(false, &[(BASE_OF_MINE, "old")], &[], "");
    update(false, &[(THEIRS, "x")], &["keep newapi/newtemplate.tpl"], TEMPLATE_HOME);
    update(false, &[(MINE, "old"), (BASE_OF_MINE, "old")], &WRITES, "");
    update(false, &[(MINE, "mine"), (BASE_OF_MINE, "built-in")], &KEEPS, "");
    let beside = [KEEPS[0], "write newapi/newtemplate.tera.new built-in", WRITES[1]];
    update(false, &[(MINE, "mine"), (BASE_OF_MINE, "old")], &beside, CHANGED);
    update(false, &[(MINE, "mine")], &beside, CHANGED);
    update(true, &[(MINE, "mine")], &WRITES, "");
    // The one beside was not taken over yet, is of a ctl before this, was changed, is done with.
    update(false, &[(MINE, "mine"), (BASE_OF_MINE, "built-in"), (NEW, "built-in")], &KEEPS, "Note changed_template");
    update(false, &[(MINE, "mine"), (BASE_OF_MINE, "old"), (NEW, "old")], &beside, CHANGED);
    let both = [KEEPS[0], "keep newapi/newtemplate.tera.new"];
    update(false, &[(MINE, "mine"), (BASE_OF_MINE, "old"), (NEW, "new")], &both, CHANGED);
    let taken = [WRITES[0], "remove newapi/newtemplate.tera.new built-in", WRITES[1]];
    update(false, &[(MINE, "built-in"), (BASE_OF_MINE, "built-in"), (NEW, "built-in")], &taken, "");
    // A template that this ctl does not have.
    let gone = |text| [(MINE, "built-in"), (BASE_OF_MINE, "built-in"), ("newapi/gone.tera", text), (".base/newapi/gone.tera", "old")];
    let removed = [WRITES[0], "remove newapi/gone.tera old", WRITES[1], "remove .base/newapi/gone.tera old"];
    update(false, &gone("old"), &removed, "");
    update(false, &gone("mine"), &[WRITES[0], "keep newapi/gone.tera", WRITES[1]], CHANGED);
}

#[test]
fn revert_puts_back_and_needs_force_for_what_was_changed() {
    let revert = |force, files: &[(&str, &str)], lines: &[&str], told| check(Task::Revert, force, files, lines, told);
    revert(false, &[], &WRITES, "");
    revert(false, &[(MINE, "old"), (BASE_OF_MINE, "old")], &WRITES, "");
    revert(false, &[(MINE, "mine"), (BASE_OF_MINE, "old")], &[], "Error changed_template");
    revert(true, &[(MINE, "mine"), (BASE_OF_MINE, "old")], &WRITES, "");
    revert(false, &[(THEIRS, "x")], &WRITES, TEMPLATE_HOME);
}

#[test]
fn clean_removes_what_was_left_alone() {
    let clean = |force, files: &[(&str, &str)], lines: &[&str], told| check(Task::Clean, force, files, lines, told);
    clean(false, &[], &[], "");
    clean(
        false,
        &[(MINE, "old"), (BASE_OF_MINE, "old")],
        &["remove newapi/newtemplate.tera old", "remove .base/newapi/newtemplate.tera old"],
        "",
    );
    clean(false, &[(MINE, "built-in")], &["remove newapi/newtemplate.tera built-in"], "");
    clean(false, &[(MINE, "mine"), (BASE_OF_MINE, "old")], &KEEPS, CHANGED);
    let all = [(MINE, "mine"), (BASE_OF_MINE, "built-in"), (NEW, "built-in"), (THEIRS, "x")];
    let kept = ["keep newapi/newtemplate.tpl", "remove newapi/newtemplate.tera.new built-in", KEEPS[0]];
    clean(false, &all, &kept, CHANGED);
    let gone = [kept[0], kept[1], "remove newapi/newtemplate.tera mine", "remove .base/newapi/newtemplate.tera built-in"];
    clean(true, &all, &gone, "");
}

#[test]
fn init_writes_every_template_of_the_shelf() {
    let place = Place { root: Root { dir: "/h".into(), shown: "h".into() }, named: false };
    let mut report = Report::new();
    let request = Request { task: Task::Init, category: None, name: None, force: false };
    let done = upkeep(&place, &request, &Disk::memory([]), &mut report);
    let written: Vec<(&str, &str)> = done.files.iter().map(|file| (file.path.strip_suffix(".tera").unwrap(), file.body.text())).collect();
    assert_eq!(written, SHELF);
    assert!(done.bases.iter().map(|file| file.path.strip_prefix(".base/").unwrap()).eq(done.files.iter().map(|file| file.path.as_str())));
    assert!(done.bases.iter().all(|file| is_base(&file.path)) && !done.files.iter().any(|file| is_base(&file.path)));
}
