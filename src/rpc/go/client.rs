//! The client of a service: where it stands, what it declares.
//!
//! Source of the rules: contract rpc 6.2, 6.3, 8.7 and 14.

use std::collections::BTreeSet;

use super::super::go_package::GoPackage;
use super::super::spec::{Message, RpcSpec, Service, TypeRef};
use super::Project;
use super::names::{self, Method};
use super::words::camel_name;
use crate::compat::Compat;
use crate::golang::ident::{not_importable, package_name, passed_over};

/// A client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Client {
    /// Its file, below the root.
    pub(crate) file: String,
    /// Its package.
    pub(crate) package: String,
    /// The interface, `UserService`.
    pub(crate) interface: String,
    /// The messages that it has aliases of, by their Go names.
    pub(crate) aliases: Vec<String>,
    /// Whether it is part of protobuf's own package, and needs neither aliases nor an import.
    pub(crate) is_in_pb: bool,
}

impl Client {
    /// The client of a service whose directory among several is `folder`.
    pub(crate) fn new(
        service: &Service,
        folder: &str,
        methods: &[Method],
        spec: &RpcSpec,
        packages: &[GoPackage],
        project: &Project<'_>,
    ) -> Self {
        let suffixed = project.style.file(&format!("{}_client", service.name));
        let file = project.style.file(&service.name);
        let file = if passed_over(&format!("{file}.go")).is_some() { suffixed.clone() } else { file };
        let dir = directory(service, folder, &suffixed, spec, packages, project);
        let package = package_name(dir.rsplit('/').next().unwrap_or(&dir));
        let is_in_pb = packages.get(service.file.0).is_some_and(|pb| pb.path == project.path(&dir));
        let aliases = aliases(service, methods, spec, packages, project);
        // Beside protobuf's own files all of the package's messages are in the way, not only those that have aliases.
        let taken = if is_in_pb { in_package(service, spec, packages) } else { aliases.clone() };
        Self {
            interface: interface(service, &taken, spec),
            file: format!("{dir}/{file}.go"),
            package,
            aliases: if is_in_pb { Vec::new() } else { aliases.into_iter().collect() },
            is_in_pb,
        }
    }
}

/// The first of goctl's directory, the one goctl takes where that is protobuf's, and numbered ones that can be the client's.
fn directory(service: &Service, folder: &str, suffixed: &str, spec: &RpcSpec, packages: &[GoPackage], project: &Project<'_>) -> String {
    let own = packages.get(service.file.0);
    let is_free = |dir: &String| {
        let last = dir.rsplit('/').next().unwrap_or(dir);
        if dir == "internal" || last == "testdata" || not_importable(last).is_some() {
            return false;
        }
        let path = project.path(dir);
        // Beside what protobuf makes of the service's own file there is room for a client of the same package.
        let fits = |package: &GoPackage| own.is_some_and(|own| own == package && package.name == package_name(last));
        packages.iter().filter(|package| package.path == path).all(fits)
    };
    let first = if project.options.multiple { format!("client/{folder}") } else { camel_name(&service.name).to_lowercase() };
    let second = if project.options.multiple { format!("client/{folder}client") } else { suffixed.to_owned() };
    let numbered = (2..).map(|n| format!("{second}{n}"));
    let is_pb = !project.options.multiple && is_named_like_its_package(service, spec);
    let candidates = (!is_pb).then(|| first.clone()).into_iter().chain([second.clone()]).chain(numbered);
    // There are fewer packages than numbers.
    candidates.take(packages.len() + 3).find(is_free).unwrap_or(first)
}

/// Whether the last part of `go_package` is the service's name, case aside.
fn is_named_like_its_package(service: &Service, spec: &RpcSpec) -> bool {
    let file = spec.file(service.file);
    let text = file.go_package.as_ref().map_or(file.package.as_str(), |(text, _)| text.split(';').next().unwrap_or(text));
    text.rsplit('/').next().is_some_and(|last| last.to_lowercase() == service.name.to_lowercase())
}

/// The Go names of all messages in the Go package of a service.
fn in_package(service: &Service, spec: &RpcSpec, packages: &[GoPackage]) -> BTreeSet<String> {
    let own = packages.get(service.file.0);
    let files = spec.files.iter().zip(packages).filter(|(_, package)| Some(*package) == own);
    files.flat_map(|(file, _)| &file.messages).map(|message| names::message(&message.path)).collect()
}

/// goctl's word for the service, unless a message has it; `taken` are the Go names of those that are about.
fn interface(service: &Service, taken: &BTreeSet<String>, spec: &RpcSpec) -> String {
    let raw: BTreeSet<String> = spec.file(service.file).messages.iter().map(|message| message.path.join("_")).collect();
    let is_free = |name: &String| !raw.contains(name) && !taken.contains(name) && !taken.contains(&format!("New{name}"));
    let long = camel_name(&format!("{}_zrpc_client", service.name));
    let numbered = (2..).map(|n| format!("{long}{n}"));
    let names = [camel_name(&service.name), long.clone()].into_iter().chain(numbered);
    names.take(raw.len() + taken.len() + 3).find(is_free).unwrap_or_else(|| long.clone())
}

/// All messages of the service's file; of several services, those that this one reaches. And of other files of the same Go
/// package, those that are sent or answered.
fn aliases(service: &Service, methods: &[Method], spec: &RpcSpec, packages: &[GoPackage], project: &Project<'_>) -> BTreeSet<String> {
    let mut aliases: BTreeSet<String> = if project.options.multiple {
        reached(service, spec, project.options.compat).iter().map(|path| names::message(path)).collect()
    } else {
        let is_known = |message: &&Message| !message.is_group || project.options.compat.names_groups();
        spec.file(service.file).messages.iter().filter(is_known).map(|message| names::message(&message.path)).collect()
    };
    let own = packages.get(service.file.0).map_or("", |package| package.path.as_str());
    aliases.extend(methods.iter().flat_map(Method::mentions).filter(|ty| ty.package.path == own).map(|ty| ty.name.clone()));
    aliases
}

/// The messages of the service's file that its methods lead to.
fn reached(service: &Service, spec: &RpcSpec, compat: Compat) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    let types = |method: &super::super::spec::Method| [method.request.clone(), method.response.clone()];
    let mut next: Vec<TypeRef> = service.methods.iter().flat_map(types).collect();
    while let Some(ty) = next.pop() {
        if ty.file != service.file || !found.insert(ty.path.clone()) {
            continue;
        }
        let Some(message) = spec.file(service.file).messages.iter().find(|message| message.path == ty.path) else { continue };
        let followed = if compat.follows_short_names() { &message.holds } else { &message.in_full };
        next.extend(followed.iter().cloned());
    }
    found
}
