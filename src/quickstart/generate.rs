//! The project from first to last: own texts to rendered files. Nothing is written here.

use std::path::Path;

use super::Kind;
use super::texts::{API, PROTO, texts};
use crate::api_dsl::go;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::env::tools::Places;
use crate::golang::enclosing::{Surroundings, enclosing};
use crate::golang::module;
use crate::plan::{Ownership, RenderedFile, Root, RootId};
use crate::render::Failure;
use crate::rpc;
use crate::rpc::go_package::PbOptions;
use crate::source::Sources;

/// What a project is made with.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What Go's environment says about where modules are.
    pub surroundings: Surroundings,
    /// Where the plugins of protobuf are looked for.
    pub tools: Places,
}

/// A project, ready to be written.
#[derive(Debug, Default)]
pub struct Generated {
    /// Everything that belongs below its directory.
    pub files: Vec<RenderedFile>,
    /// Whether it is a module of its own, not part of one around it.
    pub is_module: bool,
}

/// Makes the project for the directory `root`, in which nothing stands that [`Sources`] can see. Templates are the built-in
/// ones: those of a user may ask for more than the own files have.
///
/// # Errors
///
/// The module around the directory cannot be used, or a plugin is missing: the report says so.
pub fn generate(kind: Kind, root: &Root, options: &Options, sources: &mut Sources, report: &mut Report) -> Result<Generated, Failure> {
    // Go builds no project without a go.mod, not even below its GOPATH.
    let surroundings = Surroundings { gopath: None, ..options.surroundings.clone() };
    let module = enclosing(root, None, "run it in another directory", &surroundings, sources.disk(), report).ok_or(Failure::Input)?;
    let mut files = Vec::new();
    if module.is_new {
        let text = module::go_mod(&module.path);
        sources.promise(root.dir.join("go.mod"), text.clone());
        files.push(own("go.mod", text));
    } else {
        let message = format!("{} is part of module `{}`: no go.mod is made there", root.shown, module.path);
        report.push(Diagnostic::note(Code::Module, message).help("`go mod tidy` changes the go.mod of that module"));
    }
    let texts = texts(kind, &module.import_root);
    for (path, text) in texts.iter().filter(|(path, _)| [PROTO, API].contains(path)) {
        sources.promise(root.dir.join(path), text.clone());
        files.push(own(path, text.clone()));
    }
    // What there is to say of the module was said above.
    let surroundings = Surroundings { gopath: None, gowork: Some("off".to_owned()) };
    if kind == Kind::Micro {
        let made = rpc::generate::generate(&request(root, &surroundings, options), &below(root, "rpc"), sources, report)?;
        files.extend(join(root, &made.roots, made.files));
    }
    let api = go::Options { surroundings, ..go::Options::default() };
    let made = go::generate(&shown(root, API), below(root, "api"), &api, sources, report)?;
    files.extend(join(root, &[made.root], made.files));
    for (path, text) in texts {
        if let Some(file) = files.iter_mut().find(|file| file.path == path) {
            *file = own(path, text);
        }
    }
    Ok(Generated { files, is_module: module.is_new })
}

/// The zRPC service as `rpc protoc greet.proto --go_out=. --go-grpc_out=. --zrpc_out=.` makes it, called like its file.
fn request(root: &Root, surroundings: &Surroundings, options: &Options) -> rpc::generate::Request {
    let out = below(root, "rpc").shown;
    rpc::generate::Request {
        files: vec![shown(root, PROTO).display().to_string()],
        proto: rpc::compile::Options { proto_paths: vec![out.clone()], ..rpc::compile::Options::default() },
        pb: PbOptions { go_out: vec![out.clone()], go_grpc_out: vec![out], ..PbOptions::default() },
        go: rpc::go::Options { client: true, name_from_filename: true, ..rpc::go::Options::default() },
        surroundings: surroundings.clone(),
        tools: options.tools.clone(),
        ..rpc::generate::Request::default()
    }
}

/// A directory below the project's.
fn below(root: &Root, name: &str) -> Root {
    Root { dir: root.dir.join(name), shown: shown(root, name).display().to_string() }
}

fn shown(root: &Root, path: &str) -> std::path::PathBuf {
    Path::new(&root.shown).join(path)
}

/// A file of the quickstart's own: the user's from now on.
fn own(path: &str, text: String) -> RenderedFile {
    let template = "built-in".to_owned();
    RenderedFile { root: RootId(0), path: path.to_owned(), owner: Ownership::Scaffold, body: text.into(), template }
}

/// The files as those of the one directory `root`.
fn join(root: &Root, roots: &[Root], files: Vec<RenderedFile>) -> impl Iterator<Item = RenderedFile> {
    let place = |at: &Root| at.dir.strip_prefix(&root.dir).map_or_else(|_| at.dir.clone(), Path::to_owned);
    let places: Vec<_> = roots.iter().map(place).collect();
    files.into_iter().map(move |file| {
        let path = places.get(file.root.0).map_or_else(|| file.path.clone().into(), |place| place.join(&file.path));
        let path = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        RenderedFile { root: RootId(0), path, ..file }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Disk;

    fn made(disk: &[(&str, &str)]) -> (Vec<RenderedFile>, Report) {
        let (mut sources, mut report) = (Sources::new(Disk::memory(disk.iter().copied())), Report::new());
        let root = Root { dir: "/w/greet".into(), shown: "/w/greet".to_owned() };
        let made = generate(Kind::Mono, &root, &Options::default(), &mut sources, &mut report).unwrap_or_default();
        (made.files, report)
    }

    #[test]
    fn every_own_file_is_read_or_takes_the_place_of_one_that_is_made() {
        let (files, report) = made(&[]);
        assert_eq!(report.sorted().len(), 0);
        let text = |path: &str| files.iter().find(|file| file.path == path).map(|file| file.body.text().to_owned());
        for (path, own) in texts(Kind::Mono, "greet") {
            assert_eq!(text(path), Some(own), "{path}");
        }
        assert_eq!(text("go.mod"), Some(module::go_mod("greet")));
        assert!(text("api/greet.go").is_some_and(|text| text.contains("\"greet/api/internal/config\"")));
    }

    #[test]
    fn a_module_around_it_is_told_of_and_imported() {
        let (files, report) = made(&[("/w/go.mod", "module example.com/w\n")]);
        assert!(report.sorted().iter().all(|found| found.code == Code::Module && found.help.is_some()) && !report.has_errors());
        assert!(files.iter().all(|file| file.path != "go.mod"));
        let imports = |file: &&RenderedFile| file.body.text().contains("\"example.com/w/greet/api/internal/");
        assert!(files.iter().filter(imports).count() >= 5 && files.iter().all(|file| !file.body.text().contains("\"greet/")));
    }

    #[test]
    fn nothing_is_made_where_the_module_is_broken() {
        let (files, report) = made(&[("/w/go.mod", "modul x\n")]);
        assert_eq!((files.len(), report.count(crate::diagnostic::Severity::Error)), (0, 1));
    }
}
