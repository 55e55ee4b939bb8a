//! What `docker build` must be given: the module of the program, and all that Go reads beside it.
//!
//! In: the directory of the program. Out: the context, the files that say which modules there are, and what Go must be told.
//! Source of the rules: go.dev/ref/mod (`replace`, workspaces, vendoring).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::path::{below, common, join, unfit};
use super::program::Program;
use crate::compat::Compat;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::enclosing::Surroundings;
use crate::golang::mod_file::{self, Statement, Word};
use crate::golang::module::{self, Environment, ModuleError};
use crate::source::{FileId, Sources, Span};

/// Where things are.
#[derive(Debug)]
pub(super) struct Layout {
    /// The directory that `docker build` is run in.
    pub(super) context: PathBuf,
    /// The directory of the program's module, relative to it.
    pub(super) module_dir: String,
    /// The program's directory, relative to the module.
    pub(super) package: String,
    /// The module's path.
    pub(super) path: String,
    /// The files that say what `go mod download` fetches, by directory relative to the context.
    pub(super) module_files: ModuleFiles,
    /// What `GOWORK` must be for the build, if anything.
    pub(super) gowork: Option<Gowork>,
    /// Whether all modules are in `vendor`.
    pub(super) is_vendored: bool,
    /// The `go` and `toolchain` lines of all modules that are built, and of the workspace.
    pub(super) versions: Vec<String>,
    /// Whether go.mod requires go-zero.
    pub(super) has_go_zero: bool,
}

/// Names of files by directory, relative to the context.
type ModuleFiles = Vec<(String, Vec<String>)>;

/// What Go must be told of workspaces.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Gowork {
    /// The one in the context does not list the module.
    Off,
    /// It is called otherwise, or stands elsewhere: its path, relative to the context.
    File(String),
}

/// A go.mod or go.work.
struct File {
    id: FileId,
    dir: PathBuf,
    name: String,
    statements: Vec<Statement>,
}

/// Finds the module of a program and what belongs to it. `None` where that cannot be told, or cannot be in an image: the
/// report says why.
pub(super) fn find(
    program: &Program,
    surroundings: &Surroundings,
    compat: Compat,
    sources: &mut Sources,
    report: &mut Report,
) -> Option<Layout> {
    let mut reader = Reader { program, sources, report, is_whole: true };
    let (module, path) = reader.enclosing()?;
    let work = reader.workspace(&module, surroundings);
    let used = work.as_ref().map_or(Vec::new(), |work| reader.used(work));
    // goctl builds in the module, whatever is around it; that does where nothing around it is needed.
    let is_in_workspace = compat.builds_in_workspace() || needs(&used, &module);
    let (work, used) = if is_in_workspace { (work, used) } else { (None, Vec::new()) };
    let base = work.as_ref().map_or(&module.dir, |work| &work.dir);
    let is_vendored = reader.sources.disk().size(&base.join("vendor/modules.txt")).is_some();
    let own = module.dir.clone();
    let modules: Vec<File> = std::iter::once(module).chain(used.into_iter().filter(|used| used.dir != own)).collect();
    let mut replaced = Vec::new();
    if !is_vendored {
        for file in modules.iter().chain(&work) {
            replaced.extend(reader.replaced(file));
        }
        replaced.sort();
        replaced.dedup();
        replaced.retain(|dir| modules.iter().all(|module| module.dir != *dir));
    }
    if !reader.is_whole {
        return None;
    }
    let dirs = modules.iter().chain(&work).map(|file| &file.dir).chain(&replaced);
    let context = dirs.fold(modules[0].dir.clone(), |context, dir| common(&context, dir));
    let found = laid_out(context, path, program, &modules, work.as_ref(), &replaced, sources);
    let layout = found.map(|layout| Layout { is_vendored, ..layout });
    if let Some(wrong) = layout.as_ref().map_or(Some(NOT_TEXT.to_owned()), |layout| unfit_name(layout, work.as_ref())) {
        report.push(Diagnostic::error(Code::BadModule, wrong).path(&program.shown).help("rename it"));
        return None;
    }
    if let Some(layout) = &layout {
        tell_wide_context(&layout.context, &modules, program, sources, report)?;
    }
    if !is_vendored {
        tell_missing_sums(&modules, work.as_ref(), program, sources, report);
    }
    layout
}

/// All of the context goes to whoever builds: that may be more than the project. `None` where it is the whole disk.
fn tell_wide_context(context: &Path, modules: &[File], program: &Program, sources: &Sources, report: &mut Report) -> Option<()> {
    let module = &modules.first()?.dir;
    const HELP: &str = "what `replace` and go.work name is built with it: bring it closer, or publish it as a module";
    if context.parent().is_none() {
        let message = "the modules it is built of have no directory in common but `/`";
        report.push(Diagnostic::error(Code::BadModule, message).path(program.path(&module.join("go.mod"))).help(HELP));
        return None;
    }
    let repository = module.ancestors().find(|dir| sources.disk().exists(&dir.join(".git")));
    if repository.is_some_and(|repository| context != repository && repository.starts_with(context)) {
        let message = format!("the image is built from all of `{}`, more than this repository", program.path(context));
        report.push(Diagnostic::warning(Code::Module, message).path(program.path(&module.join("go.mod"))).help(HELP));
    }
    Some(())
}

const NOT_TEXT: &str = "a directory on the way has a name that is no text";

/// `None` where the name of a directory is no text.
fn laid_out(
    context: PathBuf,
    path: String,
    program: &Program,
    modules: &[File],
    work: Option<&File>,
    replaced: &[PathBuf],
    sources: &Sources,
) -> Option<Layout> {
    let module = modules.first()?;
    Some(Layout {
        module_files: module_files(&context, module, work, replaced)?,
        gowork: gowork(&context, &module.dir, work, sources),
        module_dir: below(&context, &module.dir)?,
        package: below(&module.dir, &program.dir)?,
        versions: modules.iter().chain(work).flat_map(versions).collect(),
        has_go_zero: requires(module).any(|path| path == "github.com/zeromicro/go-zero"),
        is_vendored: false,
        context,
        path,
    })
}

/// What the Dockerfile would have to name and cannot.
fn unfit_name(layout: &Layout, work: Option<&File>) -> Option<String> {
    let dirs = layout.module_files.iter().map(|(dir, _)| dir).chain([&layout.module_dir]);
    let (name, wrong) = dirs.chain(work.map(|work| &work.name)).find_map(|name| Some((name, unfit_dir(name)?)))?;
    Some(format!("`{name}` cannot be named in a Dockerfile: it has `{}`", wrong.escape_default()))
}

/// Blanks would part the words of a `WORKDIR` and of a command.
fn unfit_dir(dir: &str) -> Option<char> {
    unfit(dir).or_else(|| dir.chars().find(|c| c.is_whitespace())).or_else(|| dir.starts_with('-').then_some('-'))
}

/// The directories that a workspace uses, each with the word that says so.
fn used_dirs(work: &File) -> impl Iterator<Item = (&Word, PathBuf)> {
    let used = work.statements.iter().filter(|statement| statement.directive == "use").filter_map(Statement::first);
    used.map(|word| (word, work.dir.join(&word.text)))
}

/// The paths of the modules that a go.mod requires.
fn requires(file: &File) -> impl Iterator<Item = &str> {
    mod_file::first_words(&file.statements, "require")
}

fn versions(file: &File) -> Vec<String> {
    let line = |directive| mod_file::last(&file.statements, directive).and_then(Statement::first).map(|word| word.text.clone());
    [line("go"), line("toolchain")].into_iter().flatten().collect()
}

/// Reads go.mod and go.work files, and remembers whether one was wrong.
struct Reader<'a> {
    program: &'a Program,
    sources: &'a mut Sources,
    report: &'a mut Report,
    is_whole: bool,
}

impl Reader<'_> {
    /// The innermost go.mod around the program, and what it calls the module.
    fn enclosing(&mut self) -> Option<(File, String)> {
        // What may be outside of a module elsewhere, and where a workspace is, does not matter here.
        let environment = Environment { gopath: None, gowork: Some("off") };
        let path = match module::find(&self.program.dir, None, environment, self.sources.disk()) {
            Ok(module) if module.is_new => None,
            Ok(module) => Some(module.path),
            Err(ModuleError::BadName(_)) => None,
            Err(ModuleError::BadGoMod(path, reason)) => {
                let error = Diagnostic::error(Code::BadModule, reason).path(self.program.path(&path));
                self.report.push(error.help("it begins with the module's path: `module example.com/shop`"));
                return None;
            }
            Err(ModuleError::BadDirectory(part, reason)) => {
                let message = format!("Go builds no package below `{part}`: {reason}");
                let error = Diagnostic::error(Code::BadModule, message).path(&self.program.shown);
                self.report.push(error.help("rename the directory"));
                return None;
            }
        };
        let dir = self.program.dir.ancestors().find(|dir| self.sources.disk().size(&dir.join("go.mod")).is_some());
        let (Some(path), Some(dir)) = (path, dir) else {
            let error = Diagnostic::error(Code::BadModule, "there is no go.mod in this directory or above it");
            let error = error.path(&self.program.shown);
            self.report.push(error.help("the image is built from a module: `go mod init example.com/shop && go mod tidy`"));
            return None;
        };
        Some((self.file(&dir.join("go.mod"))?, path))
    }

    /// The workspace that lists the module, if one does.
    fn workspace(&mut self, module: &File, surroundings: &Surroundings) -> Option<File> {
        let path = module::workspace(&module.dir, surroundings.environment(), self.sources.disk())?;
        let path = self.sources.disk().resolve(&path);
        let work = self.file(&path)?;
        let is_listed = used_dirs(&work).any(|(_, dir)| self.sources.disk().resolve(&dir) == module.dir);
        is_listed.then_some(work)
    }

    fn file(&mut self, path: &Path) -> Option<File> {
        let shown = self.program.path(path);
        match self.sources.read(path, &shown) {
            Ok(id) => {
                let statements = mod_file::statements(self.sources.text(id));
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("").to_owned();
                Some(File { id, dir: path.parent().unwrap_or(path).to_owned(), name, statements })
            }
            Err(error) => {
                self.report.push(Diagnostic::error(Code::UnreadableFile, error.to_string()).path(shown));
                self.is_whole = false;
                None
            }
        }
    }

    fn error(&mut self, file: &File, word: &Word, message: String, help: &str) {
        let span = Span::new(file.id, word.range.start, word.range.end);
        self.report.push(Diagnostic::error(Code::BadModule, message).at(span, "").help(help));
        self.is_whole = false;
    }

    /// The module in a directory that `word` names.
    fn module(&mut self, file: &File, word: &Word) -> Option<File> {
        const ABSOLUTE: &str = "write the path from here to it, such as `../shared`: the image has the project, not this machine";
        if Path::new(&word.text).is_absolute() {
            self.error(file, word, format!("the image will not have `{}`", word.text), ABSOLUTE);
            return None;
        }
        let dir = self.sources.disk().resolve(&file.dir.join(&word.text));
        let path = dir.join("go.mod");
        if self.sources.disk().size(&path).is_none() {
            self.error(
                file,
                word,
                format!("there is no go.mod in `{}`", word.text),
                "Go refuses to build with it; remove the line, or correct it",
            );
            return None;
        }
        self.file(&path)
    }

    /// The modules that a workspace uses.
    fn used(&mut self, work: &File) -> Vec<File> {
        let words: Vec<Word> = used_dirs(work).map(|(word, _)| word.clone()).collect();
        words.iter().filter_map(|word| self.module(work, word)).collect()
    }

    /// The directories that stand in for modules.
    fn replaced(&mut self, file: &File) -> Vec<PathBuf> {
        let replaces = file.statements.iter().filter(|statement| statement.directive == "replace");
        let words: Vec<Word> = replaces.filter_map(Statement::directory).cloned().collect();
        words.iter().filter_map(|word| Some(self.module(file, word)?.dir)).collect()
    }
}

/// Whether a module is not built without the workspace: it requires one of those that are `used` there.
fn needs(used: &[File], module: &File) -> bool {
    requires(module).any(|path| used.iter().any(|used| module::module_path(&used.statements) == Some(path)))
}

/// What is copied before the rest, so that modules are downloaded again only when these files change. A sum that is not
/// there is passed over. Nothing in a workspace: `go mod download` asks elsewhere for its own modules, which `go build` does not.
fn module_files(context: &Path, module: &File, work: Option<&File>, replaced: &[PathBuf]) -> Option<ModuleFiles> {
    if work.is_some() {
        return Some(Vec::new());
    }
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let own = (below(context, &module.dir)?, names(&["go.mod", "go.sum*"]));
    let replaced = replaced.iter().map(|dir| Some((below(context, dir)?, names(&["go.mod"]))));
    std::iter::once(Some(own)).chain(replaced).collect()
}

fn gowork(context: &Path, module: &Path, work: Option<&File>, sources: &Sources) -> Option<Gowork> {
    let mut around = module.ancestors().take_while(|dir| dir.starts_with(context));
    let found = around.find(|dir| sources.disk().size(&dir.join("go.work")).is_some());
    match work {
        None => found.map(|_| Gowork::Off),
        Some(work) if found == Some(work.dir.as_path()) && work.name == "go.work" => None,
        Some(work) => below(context, &work.dir.join(&work.name)).map(Gowork::File),
    }
}

/// Go builds nothing with a module that go.sum does not list, but for those that stand beside it.
fn tell_missing_sums(modules: &[File], work: Option<&File>, program: &Program, sources: &Sources, report: &mut Report) {
    // A workspace's own sums may be what a module lacks.
    let of_work = work.map(|work| work.dir.join(format!("{}.sum", work.name)));
    if of_work.is_some_and(|sums| sources.disk().size(&sums).is_some()) {
        return;
    }
    let own = modules.iter().filter_map(|module| module::module_path(&module.statements));
    let beside = modules.iter().chain(work).flat_map(|file| &file.statements).filter(|statement| statement.directory().is_some());
    let here: BTreeSet<&str> = own.chain(beside.filter_map(|statement| Some(statement.first()?.text.as_str()))).collect();
    for module in modules {
        if requires(module).all(|path| here.contains(path)) || sources.disk().size(&module.dir.join("go.sum")).is_some() {
            continue;
        }
        let warning = Diagnostic::warning(Code::Module, "it requires modules, and there is no go.sum beside it");
        let warning = warning.path(program.path(&module.dir.join("go.mod")));
        report.push(warning.help("run `go mod tidy`: without go.sum the build stops"));
    }
}

impl Layout {
    /// The program's directory, relative to the context.
    pub(super) fn package_dir(&self) -> String {
        join(&self.module_dir, &self.package)
    }
}
