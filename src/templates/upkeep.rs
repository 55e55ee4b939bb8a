//! The files of a template home: written, brought up to date, put back, removed (contract: cli-and-ops 9.3; decisions, Picks).
//!
//! In: a home and what to do with it. Out: files for the writer, and what the user should know.
//! A home remembers each file as ctl wrote it, in `.base/`: a template equal to its base was left alone.
//!
//! Invariant: a template that differs from its base and from the built-in is replaced or removed with `force` alone, and
//! goctl's own (`.tpl`) never.

#[cfg(test)]
mod tests;

use std::path::Path;

use crate::compat::GOCTL_VERSION;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::plan::{Ownership, RenderedFile, Root, RootId};
use crate::render::home::{self, Places};
use crate::render::shelf::{self, SHELF};
use crate::source::{Disk, ReadError};
use crate::write;

/// The folder of a home that holds the files as ctl wrote them.
const BASE: &str = ".base";

/// What there is to know of templates of goctl's.
const THEIRS: &str = "`goctl template` looks after those; ctl writes its own where there is none of goctl's";

/// A home to work on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its directory; may not exist yet.
    pub root: Root,
    /// Whether the user named it; `~/.ctl` is not named.
    pub named: bool,
}

impl Place {
    /// `--home`, else `$CTL_HOME`, else `~/.ctl`; `None` where the machine has no `~`.
    pub fn of(places: &Places, disk: &Disk) -> Option<Self> {
        let typed = home::given(&places.home).or_else(|| home::given(&places.ctl_home)).map(str::to_owned);
        let named = typed.is_some();
        let shown = typed.or_else(|| Some(places.user.as_ref()?.join(".ctl").display().to_string()))?;
        Some(Self { root: Root { dir: disk.resolve(Path::new(&shown)), shown }, named })
    }

    fn shown(&self, file: &str) -> String {
        write::shown(std::slice::from_ref(&self.root), RootId(0), file)
    }
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Write what is missing.
    Init,
    /// Replace what was left alone and is older than this ctl; write what is new.
    Update,
    /// Put one back.
    Revert,
    /// Remove what was left alone.
    Clean,
}

/// What to do, and with which templates.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// What to do.
    pub task: Task,
    /// With those of one category; else with all.
    pub category: Option<&'a str>,
    /// With one of them.
    pub name: Option<&'a str>,
    /// Replace or remove what the user changed, too.
    pub force: bool,
}

/// What the writer is to do, with leave to overwrite: who may be overwritten was decided here.
#[derive(Debug, Default)]
pub struct Upkeep {
    /// The templates.
    pub files: Vec<RenderedFile>,
    /// What `.base/` is to remember of them; no business of the user's.
    pub bases: Vec<RenderedFile>,
    /// Directories that may be empty afterwards, the inner ones first.
    pub folders: Vec<String>,
}

/// Whether a path of a home is one of those it remembers, which are not the user's.
pub fn is_base(path: &str) -> bool {
    path.starts_with(".base/")
}

/// The categories of the shelf, in its order.
pub fn categories() -> Vec<&'static str> {
    let mut all: Vec<&str> = SHELF.iter().filter_map(|(name, _)| Some(name.split_once('/')?.0)).collect();
    all.dedup();
    all
}

/// The templates of a category, in the order of the shelf.
pub fn names(category: &str) -> Vec<&'static str> {
    SHELF.iter().filter_map(|(name, _)| name.split_once('/')).filter(|(of, _)| *of == category).map(|(_, name)| name).collect()
}

/// What is to be done to a home. Errors are in the report; nothing is to be done then.
pub fn upkeep(place: &Place, request: &Request<'_>, disk: &Disk, report: &mut Report) -> Upkeep {
    let mut work = Work { place, request, report, upkeep: Upkeep::default(), fresh: false, older: 0, theirs: 0 };
    let mut version = None;
    for category in categories().into_iter().filter(|category| request.category.is_none_or(|only| only == *category)) {
        let (folder, note) = home::folder(&place.root, place.named, category, disk, work.report);
        version = version.or(note);
        let slots = slots(place, &folder, category, disk, work.report);
        work.fresh = request.category.is_some() && slots.iter().all(Slot::is_blank);
        for slot in slots.iter().filter(|slot| request.name.is_none_or(|only| only == slot.name)) {
            work.add(slot);
        }
        // With the version folder around it.
        let inner_first = std::iter::successors(Some(folder.as_str()), |folder| Some(folder.rsplit_once('/')?.0));
        work.upkeep.folders.extend(inner_first.flat_map(|folder| [format!("{BASE}/{folder}"), folder.to_owned()]));
    }
    let Work { older, theirs, report, mut upkeep, .. } = work;
    upkeep.folders.push(BASE.to_owned());
    let mut tell =
        |message: String, help: &str| report.push(Diagnostic::note(Code::TemplateHome, message).path(&place.root.shown).help(help));
    match older {
        0 => {}
        1 => tell("a template is of an older ctl".to_owned(), "`ctl template update` brings it up to date"),
        _ => tell(format!("{older} templates are of an older ctl"), "`ctl template update` brings them up to date"),
    }
    match (request.task, theirs) {
        (_, 0) | (Task::Revert | Task::Clean, _) => {}
        (Task::Init | Task::Update, 1) => tell("a template is goctl's, and stays in force".to_owned(), THEIRS),
        (Task::Init | Task::Update, _) => tell(format!("{theirs} templates are goctl's, and stay in force"), THEIRS),
    }
    version.into_iter().for_each(|note| report.push(note));
    if request.task == Task::Init && !place.named && !upkeep.files.is_empty() {
        hidden(place, disk, report);
    }
    upkeep
}

/// Notes what is in `~/.goctl` and is not read any more where `~/.ctl` has the category.
fn hidden(place: &Place, disk: &Disk, report: &mut Report) {
    let Some(user) = place.root.dir.parent() else { return };
    let goctl = user.join(".goctl").join(GOCTL_VERSION);
    let has = |category: &&str| disk.list(&goctl.join(category)).is_ok_and(|entries| !entries.is_empty());
    let categories: Vec<&str> = categories().into_iter().filter(has).collect();
    if !categories.is_empty() {
        let message = format!("the templates of ~/.goctl are not read any more for {}: ~/.ctl comes first", categories.join(", "));
        let help = "move yours here: a `.tpl` beside a `.tera` is read once the `.tera` is gone";
        report.push(Diagnostic::note(Code::TemplateHome, message).path(&place.root.shown).help(help));
    }
}

/// What stands in a home for each template of a category: those of the shelf, then those that an older ctl wrote there.
fn slots(place: &Place, folder: &str, category: &str, disk: &Disk, report: &mut Report) -> Vec<Slot> {
    let known = names(category);
    let mut all: Vec<String> = known.iter().map(|name| (*name).to_owned()).collect();
    let written = disk.list(&place.root.dir.join(BASE).join(folder)).unwrap_or_default();
    let written = written.iter().filter_map(|(file, _)| file.strip_suffix(".tera"));
    all.extend(written.filter(|name| !known.contains(name)).map(str::to_owned));
    let read = |name: String| match Slot::read(place, folder, name, category, disk) {
        Ok(slot) => Some(slot),
        Err((file, error)) => {
            let found = Diagnostic::error(Code::UnreadableFile, format!("the template cannot be read: {error}"));
            report.push(found.path(place.shown(&file)));
            None
        }
    };
    all.into_iter().filter_map(read).collect()
}

/// All that stands in a home for one template.
struct Slot {
    /// `handler`
    name: String,
    /// Relative to the home, without ending: `api/handler`.
    path: String,
    /// What ctl has; `None` for a template that it had once.
    built_in: Option<&'static str>,
    mine: Option<String>,
    base: Option<String>,
    /// A newer built-in that an update left beside a changed one.
    new: Option<String>,
    /// Whether there is a template of goctl's.
    theirs: bool,
}

/// What became of a template since ctl wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Absent,
    /// As this ctl has it.
    Current,
    /// As an older ctl wrote it.
    Older,
    Changed,
}

impl Slot {
    /// What stands for `name` in the folder of its category; else the file that cannot be read.
    fn read(place: &Place, folder: &str, name: String, category: &str, disk: &Disk) -> Result<Self, (String, ReadError)> {
        let path = format!("{folder}/{name}");
        let text = |file: String| match disk.read_text(&place.root.dir.join(&file)) {
            Ok(text) => Ok(Some(text)),
            Err(ReadError::Missing) => Ok(None),
            Err(error) => Err((file, error)),
        };
        Ok(Self {
            built_in: shelf::get(&format!("{category}/{name}")),
            mine: text(format!("{path}.tera"))?,
            base: text(format!("{BASE}/{path}.tera"))?,
            new: text(format!("{path}.tera.new"))?,
            theirs: disk.exists(&place.root.dir.join(format!("{path}.tpl"))),
            path,
            name,
        })
    }

    /// Whether nothing stands there, and nothing did.
    fn is_blank(&self) -> bool {
        self.mine.is_none() && self.base.is_none() && !self.theirs
    }

    fn file(&self) -> String {
        format!("{}.tera", self.path)
    }

    fn new_file(&self) -> String {
        format!("{}.tera.new", self.path)
    }

    fn state(&self) -> State {
        match self.mine.as_deref() {
            None => State::Absent,
            Some(mine) if Some(mine) == self.built_in => State::Current,
            Some(mine) if Some(mine) == self.base.as_deref() => State::Older,
            Some(_) => State::Changed,
        }
    }

    /// Whether a text came from ctl as it is.
    fn is_ours(&self, text: &str) -> bool {
        Some(text) == self.built_in || Some(text) == self.base.as_deref()
    }
}

struct Work<'a> {
    place: &'a Place,
    request: &'a Request<'a>,
    report: &'a mut Report,
    upkeep: Upkeep,
    /// Whether the category was asked for by name and the home has nothing of it: an update writes it then, as goctl's.
    fresh: bool,
    /// How many templates an update would replace.
    older: usize,
    /// How many templates of goctl's were met.
    theirs: usize,
}

impl Work<'_> {
    fn add(&mut self, slot: &Slot) {
        match (self.request.task, slot.built_in) {
            (Task::Clean, _) => self.clean(slot),
            (Task::Init, Some(text)) => self.init(slot, text),
            (Task::Update, Some(text)) => self.update(slot, text),
            (Task::Revert, Some(text)) => self.revert(slot, text),
            (Task::Update, None) => self.retire(slot),
            (Task::Init | Task::Revert, None) => {}
        }
    }

    fn init(&mut self, slot: &Slot, text: &'static str) {
        match slot.state() {
            State::Absent if slot.theirs => self.keep_theirs(slot),
            State::Absent | State::Current => self.put(slot, text),
            State::Older => {
                self.older += 1;
                self.keep(slot.file(), "of an older ctl");
            }
            State::Changed => self.keep(slot.file(), "changed by you"),
        }
    }

    fn update(&mut self, slot: &Slot, text: &'static str) {
        match slot.state() {
            State::Absent if slot.theirs => self.keep_theirs(slot),
            // The built-in is in force, and is always up to date.
            State::Absent if !self.fresh => {}
            State::Absent | State::Current | State::Older => self.put(slot, text),
            State::Changed if self.request.force => self.put(slot, text),
            State::Changed => self.merge(slot, text),
        }
    }

    /// Leaves a changed template alone, with what ctl changed beside it.
    fn merge(&mut self, slot: &Slot, text: &'static str) {
        self.keep(slot.file(), "changed by you");
        let (file, new) = (self.place.shown(&slot.file()), slot.new_file());
        let shown = self.place.shown(&new);
        let tell = |message: String| Diagnostic::warning(Code::ChangedTemplate, message).path(&file);
        if slot.base.as_deref() == Some(text) {
            if slot.new.as_deref() == Some(text) {
                let note = Diagnostic::note(Code::ChangedTemplate, format!("what ctl changed is still to be taken over from `{shown}`"));
                self.report.push(note.path(&file).help("remove that file when you have"));
            }
            return;
        }
        if slot.new.as_deref().is_some_and(|new| !slot.is_ours(new)) {
            self.keep(new.clone(), "changed by you");
            let found = tell(format!("ctl changed this template, and you changed both it and `{shown}`"));
            self.report.push(found.help(format!("move `{shown}` away and run the command again")));
            return;
        }
        self.push(Ownership::Target, new.clone(), text, slot);
        self.remember(slot, text);
        let why = if slot.base.is_some() {
            "you changed this template, and so did ctl"
        } else {
            "it is not known what this template was made from"
        };
        let found = tell(format!("{why}: yours stays, ctl's new one goes to `{shown}`"));
        self.report.push(found.help("take over what you want and remove that file"));
    }

    fn revert(&mut self, slot: &Slot, text: &'static str) {
        if slot.state() == State::Changed && !self.request.force {
            let found = Diagnostic::error(Code::ChangedTemplate, "you changed this template; putting ctl's back would lose that");
            self.report.push(
                found.path(self.place.shown(&slot.file())).help("`--force --diff` shows what would be lost, `--force` puts ctl's back"),
            );
            return;
        }
        if slot.theirs {
            let note = Diagnostic::note(Code::TemplateHome, "it goes before goctl's `.tpl` of that name, which stays as it is");
            self.report.push(note.path(self.place.shown(&slot.file())));
        }
        self.put(slot, text);
    }

    fn clean(&mut self, slot: &Slot) {
        if slot.theirs {
            self.keep_theirs(slot);
        }
        match &slot.new {
            Some(new) if !slot.is_ours(new) && !self.request.force => self.keep(slot.new_file(), "changed by you"),
            new => self.remove(slot.new_file(), new.as_deref()),
        }
        if slot.state() == State::Changed && !self.request.force {
            self.keep(slot.file(), "changed by you");
            let found = Diagnostic::warning(Code::ChangedTemplate, "you changed this template; it stays");
            self.report.push(found.path(self.place.shown(&slot.file())).help("`--force` removes it too"));
            return;
        }
        self.remove(slot.file(), slot.mine.as_deref());
        self.forget(slot);
    }

    /// A template that this ctl does not have.
    fn retire(&mut self, slot: &Slot) {
        if slot.state() == State::Changed && !self.request.force {
            self.keep(slot.file(), "changed by you");
            let found = Diagnostic::warning(Code::ChangedTemplate, "nothing reads this template any more; you changed it, so it stays");
            self.report.push(found.path(self.place.shown(&slot.file())).help("`--force` removes it"));
            return;
        }
        self.remove(slot.file(), slot.mine.as_deref());
        self.forget(slot);
    }

    /// Writes ctl's template; what an update left beside it has done its service.
    fn put(&mut self, slot: &Slot, text: &'static str) {
        self.push(Ownership::Target, slot.file(), text, slot);
        self.remember(slot, text);
        if let Some(new) = slot.new.as_deref().filter(|new| slot.is_ours(new)) {
            self.remove(slot.new_file(), Some(new));
        }
    }

    fn push(&mut self, owner: Ownership, path: String, text: &str, slot: &Slot) {
        let template = format!("built-in {}", slot.file());
        self.upkeep.files.push(RenderedFile { root: RootId(0), path, owner, body: text.to_owned().into(), template });
    }

    fn remove(&mut self, path: String, text: Option<&str>) {
        if let Some(text) = text {
            let file =
                RenderedFile { root: RootId(0), path, owner: Ownership::Remove, body: text.to_owned().into(), template: String::new() };
            self.upkeep.files.push(file);
        }
    }

    /// A file that the writer only counts.
    fn keep(&mut self, path: String, why: &str) {
        let file = RenderedFile { root: RootId(0), path, owner: Ownership::Scaffold, body: String::new().into(), template: why.to_owned() };
        self.upkeep.files.push(file);
    }

    fn keep_theirs(&mut self, slot: &Slot) {
        self.theirs += 1;
        self.keep(format!("{}.tpl", slot.path), "goctl's");
    }

    fn remember(&mut self, slot: &Slot, text: &str) {
        self.base(slot, Ownership::Generated, text);
    }

    fn forget(&mut self, slot: &Slot) {
        if let Some(base) = &slot.base {
            self.base(slot, Ownership::Remove, base);
        }
    }

    fn base(&mut self, slot: &Slot, owner: Ownership, text: &str) {
        let path = format!("{BASE}/{}", slot.file());
        self.upkeep.bases.push(RenderedFile { root: RootId(0), path, owner, body: text.to_owned().into(), template: String::new() });
    }
}
