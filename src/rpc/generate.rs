//! A command of `ctl rpc` from first to last: `.proto` files to rendered files. Nothing is written here.

use std::path::Path;

use super::compile::{self, compile};
use super::go::wiring::{self, Proto};
use super::go_package::{GoPackage, PbOptions, Project, Resolved, resolve};
use super::process::PATIENCE;
use super::spec::RpcSpec;
use super::standing::{self, Fitted};
use super::{check, go, plugin};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::env::tools::Places;
use crate::golang::enclosing::{ANOTHER_DIR, Surroundings, enclosing};
use crate::golang::kept::Tree;
use crate::plan::{Ownership, RenderedFile, Root, RootId};
use crate::render::Failure;
use crate::source::Sources;

/// What a command asked for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The `.proto` files, as typed.
    pub files: Vec<String>,
    /// How they are read.
    pub proto: compile::Options,
    /// What the plugins are told.
    pub pb: PbOptions,
    /// How services are made.
    pub go: go::Options,
    /// `--module`
    pub module: Option<String>,
    /// What Go's environment says about where modules are.
    pub surroundings: Surroundings,
    /// Where the plugins are looked for.
    pub tools: Places,
}

/// All files of a run.
#[derive(Debug)]
pub struct Generated {
    /// The directory of the zRPC code, then those of the plugins' code.
    pub roots: Vec<Root>,
    /// Everything that belongs there.
    pub files: Vec<RenderedFile>,
}

/// Makes the services of the request's files for the directory `root`, with the code of their messages where the request
/// says where that goes.
///
/// # Errors
///
/// All that is wrong with the files, the flags, the style, the home and the module is in the report; so is what a plugin
/// said.
pub fn generate(request: &Request, root: &Root, sources: &mut Sources, report: &mut Report) -> Result<Generated, Failure> {
    let module = enclosing(root, request.module.as_deref(), ANOTHER_DIR, &request.surroundings, sources.disk(), report);
    let spec = compile(&request.files, &request.proto, sources, report).and_then(|compiled| check::check(compiled, sources, report));
    let (Some(module), Some(spec)) = (module, spec) else { return Err(Failure::Input) };
    let has_services = check::services(&spec, request.go.multiple, sources, report);
    let project = Project { root, module: &module, environment: request.surroundings.environment() };
    let resolved = resolve(&spec, &request.pb, &project, sources, report);
    let Some(resolved) = resolved.filter(|resolved| has_services && both_or_none(resolved, report)) else { return Err(Failure::Input) };
    let mut files = go::generate(&spec, &resolved.packages, &module, root, &request.go, sources, report)?;
    let pb = plugin::run(&spec, &resolved, &request.tools, PATIENCE, sources, report)?;
    let mut roots = vec![root.clone()];
    files.extend(pb.files.into_iter().map(|file| RenderedFile { root: RootId(file.root.0 + roots.len()), ..file }));
    roots.extend(pb.roots);
    let Fitted { files, moved } = standing::fit(&roots, files, sources.disk(), report);
    if report.has_errors() {
        return Err(Failure::Input);
    }
    let tree = Tree::new(root, RootId(0), &module.import_root, &files);
    wiring::check(&tree, &moved, &protos(&spec, &resolved.packages), request.go.client, sources, report);
    Ok(Generated { roots, files })
}

/// With the code of one plugin alone a service does not build (contract: rpc 2.3 asks for both).
fn both_or_none(resolved: &Resolved, report: &mut Report) -> bool {
    let [Some(given), Some(missing)] = [false, true].map(|empty| resolved.sides.iter().find(|side| side.outs.is_empty() == empty)) else {
        return true;
    };
    let [given, missing] = [given, missing].map(|side| side.which.flag());
    let error = Diagnostic::error(Code::PluginOption, format!("`--{given}_out` without `--{missing}_out`: the service would not build"));
    report.push(error.help("leave out both where `pb.go` is made by somebody else"));
    false
}

/// The named files, as what they made before says whose it is.
fn protos(spec: &RpcSpec, packages: &[GoPackage]) -> Vec<Proto> {
    spec.named
        .iter()
        .map(|&file| Proto {
            base: spec.file(file).base().to_owned(),
            package: packages.get(file.0).map_or_else(String::new, |package| package.path.clone()),
        })
        .collect()
}

/// Makes a new service below `root`, which is named like it: a `.proto` with one method, unless there is one already, and
/// all that [`generate`] makes of it.
///
/// # Errors
///
/// As [`generate`]; and the name may be none that a service can have.
pub fn new_service(root: &Root, request: &Request, sources: &mut Sources, report: &mut Report) -> Result<Generated, Failure> {
    let name = root.dir.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    let file = format!("{name}.proto");
    let shown = Path::new(&root.shown).join(&file).display().to_string();
    let mut scaffold = None;
    if !sources.disk().exists(&root.dir.join(&file)) {
        let made = go::sample_proto(&file, &request.go.templates, sources, report)?;
        sources.promise(root.dir.join(&file), made.text.clone());
        scaffold =
            Some(RenderedFile { root: RootId(0), path: file, owner: Ownership::Scaffold, body: made.text.into(), template: made.template });
    }
    let proto = compile::Options { proto_paths: vec![root.shown.clone()], ..request.proto.clone() };
    let pb = PbOptions { go_out: vec![root.shown.clone()], go_grpc_out: vec![root.shown.clone()], ..request.pb.clone() };
    let request = Request { files: vec![shown], proto, pb, ..request.clone() };
    let mut generated = generate(&request, root, sources, report)?;
    generated.files.extend(scaffold);
    Ok(generated)
}
