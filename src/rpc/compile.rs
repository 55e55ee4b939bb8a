//! `.proto` files to linked descriptors: each file parsed, its names resolved, its options read.
//!
//! In: the files and flags of a command line. Out: [`Compiled`], imports before importers. Nothing here knows what is made
//! of it; what is wrong is reported with its place, the first syntax error of each file and all that the linker finds.

use std::path::{Path, PathBuf};

use prost::Message;
use prost_reflect::DescriptorPool;
use prost_types::{FileDescriptorProto, SourceCodeInfo};

use super::explain::Broken;
use super::load::{Loaded, Loader};
use super::paths::{Found, NotNamed, Paths};
use super::places::{Columns, Places};
use super::protoc;
use super::public::PublicImports;
use super::spec::{FileNo, Origin};
use super::wire::{self, DEPENDENCY};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Sources, Span};

/// What a command line says about reading `.proto` files.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `-I`, as typed; a value may hold several directories (contract: rpc 3.2).
    pub proto_paths: Vec<String>,
    /// `--protoc`: the program that compiles in our place.
    pub protoc: Option<PathBuf>,
}

/// Linked files.
#[derive(Debug)]
pub struct Compiled {
    pub(super) pool: DescriptorPool,
    /// In the order of the pool: imports before importers.
    pub(super) files: Vec<CompiledFile>,
    pub(super) named: Vec<FileNo>,
    pub(super) columns: Columns,
}

/// One of them; its descriptor is the pool's.
#[derive(Debug)]
pub(super) struct CompiledFile {
    pub(super) name: String,
    pub(super) origin: Origin,
    /// The encoded descriptor, with all that is known of it.
    pub(super) raw: Vec<u8>,
    /// How many imports it has; the pool's descriptor may have more.
    pub(super) imports: usize,
    /// The source information, where the pool has none.
    pub(super) info: Option<SourceCodeInfo>,
}

impl CompiledFile {
    /// Where its parts stand, where it is the user's.
    pub(super) fn places<'a>(&'a self, file: &'a FileDescriptorProto, columns: Columns, sources: &'a Sources) -> Option<Places<'a>> {
        let Origin::Disk { source, .. } = self.origin else { return None };
        Some(Places::new(source, sources.text(source), self.info.as_ref().or(file.source_code_info.as_ref()), columns))
    }
}

/// The linker looks for each option and each error through all places of a file: with more than so many it is not given them.
const MANY_PLACES: usize = 50_000;

/// Compiles the files of a command line. `None` where one cannot be, which was reported.
pub fn compile(files: &[String], options: &Options, sources: &mut Sources, report: &mut Report) -> Option<Compiled> {
    let mut paths = Paths::new(&options.proto_paths, sources.disk());
    for include in paths.includes() {
        if !sources.disk().is_dir(&include.shown) {
            let warning = Diagnostic::warning(Code::UnreadableFile, "there is no such directory to look for imports in");
            report.push(warning.path(include.shown.display().to_string()));
        }
    }
    let named = named(files, &mut paths, sources, report)?;
    if let Some(program) = &options.protoc {
        return protoc::compile(program, &paths, &named, sources, report);
    }
    let mut found = Report::new();
    let mut loader = Loader::new(&paths, sources, &mut found);
    let names: Vec<Option<String>> = named.iter().map(|file| loader.disk(file, None)).collect();
    let (loaded, editions) = (loader.files, loader.editions);
    if let Some(edition) = editions.first() {
        let Some(program) = protoc::of_machine(sources.disk()) else {
            report.push(protoc::needed(*edition));
            return None;
        };
        return protoc::compile(&program, &paths, &named, sources, report);
    }
    let (pool, files) = link(loaded, sources, &mut found);
    let broken = found.has_errors();
    report.append(found);
    let names: Vec<String> = names.into_iter().flatten().collect();
    let named = numbers(&names, &files);
    (!broken).then_some(Compiled { pool, files, named, columns: Columns::Bytes })
}

/// The files of that names, each once.
pub(super) fn numbers(names: &[String], files: &[CompiledFile]) -> Vec<FileNo> {
    let mut named = Vec::new();
    for number in names.iter().filter_map(|name| files.iter().position(|file| file.name == *name)) {
        if !named.contains(&FileNo(number)) {
            named.push(FileNo(number));
        }
    }
    named
}

/// The files of the command line on disk.
fn named(files: &[String], paths: &mut Paths, sources: &Sources, report: &mut Report) -> Option<Vec<Found>> {
    let mut all = Vec::new();
    for file in files {
        match paths.named(file, sources.disk()) {
            Ok(found) => all.push(found),
            Err(why) => report.push(not_named(file, &why)),
        }
    }
    (all.len() == files.len()).then_some(all)
}

fn not_named(file: &str, why: &NotNamed) -> Diagnostic {
    let error = |code, message: &str| Diagnostic::error(code, message).path(file);
    match why {
        NotNamed::Missing => error(Code::UnreadableFile, "no such file"),
        NotNamed::Directory => error(Code::UnreadableFile, "this is a directory, not a file"),
        NotNamed::Outside => {
            let dir = Path::new(file).parent().filter(|dir| *dir != Path::new("")).unwrap_or(Path::new("."));
            error(Code::OutsideProtoPath, "the file is below none of the directories that imports are looked for in")
                .help(format!("add `-I {}`", dir.display()))
        }
        NotNamed::Shadowed(name, other) => {
            error(Code::ShadowedFile, &format!("imports of `{name}` lead to `{other}`, which an earlier `-I` has"))
                .help("put the `-I` of this file first, or name that one")
        }
    }
}

/// Links files in their order.
fn link(loaded: Vec<Loaded>, sources: &Sources, report: &mut Report) -> (DescriptorPool, Vec<CompiledFile>) {
    let mut pool = DescriptorPool::new();
    let mut files = Vec::new();
    let mut public = PublicImports::default();
    for Loaded { name, origin, mut descriptor } in loaded {
        // The imports of a file that failed were reported.
        if descriptor.dependency.iter().any(|import| pool.get_file_by_name(import).is_none()) {
            continue;
        }
        let imports = descriptor.dependency.len();
        let deep = public.of(&descriptor);
        descriptor.dependency.extend(deep);
        let many = descriptor.source_code_info.as_ref().is_some_and(|info| info.location.len() > MANY_PLACES);
        let info = if many { descriptor.source_code_info.take() } else { None };
        match pool.add_file_descriptor_proto(descriptor.clone()) {
            Ok(()) => {
                let raw = pool.get_file_by_name(&name).map(|file| file.encode_to_vec()).unwrap_or_default();
                let mut raw = wire::first(&raw, DEPENDENCY, imports).unwrap_or_default();
                if let Some(info) = &info {
                    append_info(&mut raw, info);
                }
                files.push(CompiledFile { name, origin, raw, imports, info });
            }
            Err(error) => {
                let Origin::Disk { source, .. } = origin else { continue };
                let text = sources.text(source);
                let places = Places::new(source, text, info.as_ref().or(descriptor.source_code_info.as_ref()), Columns::Bytes);
                let elsewhere = |name: &str| declaration(name, &pool, &files, sources);
                let broken = Broken { descriptor: &descriptor, source, text, places, pool: &pool, elsewhere: &elsewhere };
                for diagnostic in broken.explain(error) {
                    report.push(diagnostic);
                }
            }
        }
    }
    (pool, files)
}

/// Where the user declares a message, an enum or a service.
fn declaration(name: &str, pool: &DescriptorPool, files: &[CompiledFile], sources: &Sources) -> Option<Span> {
    let (file, path) = if let Some(message) = pool.get_message_by_name(name) {
        (message.parent_file(), message.path().to_vec())
    } else if let Some(an_enum) = pool.get_enum_by_name(name) {
        (an_enum.parent_file(), an_enum.path().to_vec())
    } else {
        let service = pool.get_service_by_name(name)?;
        (service.parent_file(), service.path().to_vec())
    };
    let compiled = files.iter().find(|compiled| compiled.name == file.name())?;
    // The name is field 1 of each of the three.
    compiled.places(file.file_descriptor_proto(), Columns::Bytes, sources)?.span(&[path, vec![1]].concat())
}

/// Adds source information to an encoded file.
fn append_info(raw: &mut Vec<u8>, info: &SourceCodeInfo) {
    const SOURCE_CODE_INFO: u32 = 9;
    prost::encoding::message::encode(SOURCE_CODE_INFO, info, raw);
    debug_assert!(FileDescriptorProto::decode(raw.as_slice()).is_ok());
}
