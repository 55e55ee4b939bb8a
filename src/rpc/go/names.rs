//! The Go names of zRPC services: files, packages, types, methods. Decided once, so that every file agrees; what has no
//! usable name is reported.
//!
//! Source of the rules: contract rpc 1, 5, 6, 8 and 14.

use std::collections::{BTreeMap, BTreeSet};

use super::super::go_package::GoPackage;
use super::super::spec::{self, RpcSpec, TypeRef};
use super::Project;
use super::client::Client;
use super::imports::{Import, Scope};
use super::words::{camel_name, key, named_after, pb_name};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::ident::{not_importable, passed_over};
use crate::source::Span;

/// What main has in scope where it calls other packages.
const TAKEN_IN_MAIN: [&str; 15] = [
    "flag",
    "fmt",
    "config",
    "svc",
    "conf",
    "service",
    "zrpc",
    "grpc",
    "reflection",
    "configFile",
    "main",
    "init",
    "c",
    "ctx",
    "grpcServer",
];

/// The same in servers and logic.
const TAKEN_IN_SERVICE: [&str; 8] = ["context", "svc", "logx", "error", "nil", "init", "in", "l"];

/// The same in clients.
const TAKEN_IN_CLIENT: [&str; 5] = ["zrpc", "grpc", "ctx", "m", "opts"];

/// The Go names of a run.
#[derive(Debug)]
pub(crate) struct Names {
    /// What the configuration file is called, without `.yaml` (contract: rpc 6.1).
    pub(crate) base: String,
    /// The program's file.
    pub(crate) main: String,
    /// What the service is called in the configuration, without `.rpc`.
    pub(crate) key: String,
    /// In the order of the spec.
    pub(crate) services: Vec<Service>,
}

/// A service.
#[derive(Debug)]
pub(crate) struct Service {
    /// Where the `.proto` names it.
    pub(crate) span: Option<Span>,
    /// goctl's word for it, `UserService`.
    pub(crate) go: String,
    /// protobuf's.
    pub(crate) pb: String,
    /// The last part of its file's name.
    pub(crate) source: String,
    /// The package of its file, under the name that all files of the service have for it.
    pub(crate) package: Import,
    /// Below the root, `internal/logic`.
    pub(crate) logic_dir: String,
    /// As its server knows it; the name of the package itself is [`Service::logic_package`].
    pub(crate) logic: Import,
    /// `logic`, or `orderlogic`.
    pub(crate) logic_package: String,
    /// As main knows it.
    pub(crate) server: Import,
    /// The server's file, below the root.
    pub(crate) server_file: String,
    /// `None` without clients.
    pub(crate) client: Option<Client>,
    /// In the order of the text.
    pub(crate) methods: Vec<Method>,
}

/// A method of a service.
#[derive(Debug)]
pub(crate) struct Method {
    /// Where the `.proto` names it.
    pub(crate) span: Option<Span>,
    /// The Go method.
    pub(crate) go: String,
    /// The type of its logic, `GetUserLogic`.
    pub(crate) logic: String,
    /// The logic's file, below the root.
    pub(crate) logic_file: String,
    /// Its comment, by lines.
    pub(crate) comment: Vec<String>,
    /// Whether the client sends a stream.
    pub(crate) client_streams: bool,
    /// Whether the server sends a stream.
    pub(crate) server_streams: bool,
    /// What it takes.
    pub(crate) request: Type,
    /// What it answers.
    pub(crate) response: Type,
}

/// A message as Go knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Type {
    /// Its package.
    pub(crate) package: Import,
    /// Its name there.
    pub(crate) name: String,
}

impl Type {
    /// `user.Req`
    pub(crate) fn qualified(&self) -> String {
        format!("{}.{}", self.package.name, self.name)
    }
}

impl Method {
    /// Whether neither side sends a stream.
    pub(crate) fn is_unary(&self) -> bool {
        !self.client_streams && !self.server_streams
    }

    /// The messages that its signature names: a stream's are in the stream's type.
    pub(crate) fn mentions(&self) -> impl Iterator<Item = &Type> {
        let request = (!self.client_streams).then_some(&self.request);
        request.into_iter().chain(self.is_unary().then_some(&self.response))
    }
}

impl Names {
    /// Names everything below `project`; `packages` are those of the spec's files, in their order.
    pub(crate) fn new(spec: &RpcSpec, packages: &[GoPackage], project: &Project<'_>, report: &mut Report) -> Self {
        check_messages(spec, packages, report);
        check_services(spec, packages, report);
        let folders: Vec<String> = spec.services.iter().map(|service| folder(&service.name)).collect();
        let mut outer = Scope::new(words(&[&TAKEN_IN_MAIN, &TAKEN_IN_SERVICE, client_words(project)]), project.options.compat);
        let mut own = Vec::new();
        for (service, folder) in spec.services.iter().zip(&folders) {
            let server = server(folder, project, &mut outer);
            let logic = logic(service, folder, project);
            outer.add(Import::plain(project.path(&logic.0), logic.1.clone()));
            own.push((server, logic));
        }
        // All files of the run call a service's own package by one name.
        let pb: Vec<Import> = spec.services.iter().filter_map(|service| package(packages, service.file, &mut outer)).collect();
        let all = spec.services.iter().zip(&folders).zip(own).zip(pb);
        let services: Vec<Service> = all
            .map(|(((service, folder), (server, (logic_dir, logic_package))), pb)| {
                let taken = words(&[&TAKEN_IN_SERVICE, client_words(project)]);
                let mut scope = Scope::new(taken, project.options.compat);
                let logic = scope.import(&project.path(&logic_dir), &logic_package);
                let pb = scope.add(pb);
                let methods = methods(service, packages, &logic_dir, &mut scope, project, report);
                let client = project.options.client.then(|| Client::new(service, folder, &methods, spec, packages, project));
                let server_dir = if project.options.multiple { format!("internal/server/{folder}") } else { "internal/server".to_owned() };
                Service {
                    span: service.span,
                    go: camel_name(&service.name),
                    pb: pb_name(&service.name),
                    source: spec.file(service.file).base().to_owned(),
                    package: pb,
                    logic_dir,
                    logic,
                    logic_package,
                    server,
                    server_file: format!("{server_dir}/{}.go", project.style.file(&format!("{}_server", service.name))),
                    client,
                    methods,
                }
            })
            .collect();
        let file = spec.services.first().map(|service| spec.file(service.file));
        let source = file.map_or_else(String::new, |file| named_after(file, project.options.name_from_filename));
        let base = project.style.file(&source);
        let main = format!("{base}.go");
        let main = if passed_over(&main).is_some() { format!("{}.go", project.style.file(&format!("{source}_main"))) } else { main };
        let names = Self { base, main, key: key(&source), services };
        names.check_directories(packages, project, report);
        names
    }

    /// A directory of the service where protobuf's files are to go too.
    fn check_directories(&self, packages: &[GoPackage], project: &Project<'_>, report: &mut Report) {
        let mut own: BTreeSet<String> = ["internal/config", "internal/svc"].into_iter().map(|dir| project.path(dir)).collect();
        for service in &self.services {
            own.insert(project.path(&service.logic_dir));
            own.insert(service.server.path.clone());
        }
        let shared: BTreeSet<&str> = packages.iter().map(|package| package.path.as_str()).filter(|path| own.contains(*path)).collect();
        for path in shared {
            let message = format!("`{path}` would hold what protobuf makes, and a package of the service as well");
            let error = Diagnostic::error(Code::TwoPackages, message).path(&project.shown);
            report.push(error.help("give the messages a directory of their own: another `--go_out`, or another `go_package`"));
        }
    }
}

fn words(lists: &[&[&str]]) -> Vec<String> {
    lists.iter().flat_map(|list| list.iter()).map(|word| (*word).to_owned()).collect()
}

fn client_words(project: &Project<'_>) -> &'static [&'static str] {
    if project.options.client { &TAKEN_IN_CLIENT } else { &[] }
}

/// The directory of a service among several; another one where no Go package could be in it.
fn folder(service: &str) -> String {
    let lower = service.to_lowercase();
    let is_special = matches!(lower.as_str(), "internal" | "testdata") || not_importable(&lower).is_some();
    if is_special { format!("{lower}svc") } else { lower }
}

/// The server's package as main knows it.
fn server(folder: &str, project: &Project<'_>, scope: &mut Scope) -> Import {
    if project.options.multiple {
        scope.rename(project.path(&format!("internal/server/{folder}")), &format!("{folder}Server"))
    } else {
        scope.add(Import::plain(project.path("internal/server"), "server".to_owned()))
    }
}

/// The directory and the package of a service's logic.
fn logic(service: &spec::Service, folder: &str, project: &Project<'_>) -> (String, String) {
    if project.options.multiple {
        (format!("internal/logic/{folder}"), camel_name(&format!("{}_logic", service.name)).to_lowercase())
    } else {
        ("internal/logic".to_owned(), "logic".to_owned())
    }
}

fn package(packages: &[GoPackage], file: spec::FileNo, scope: &mut Scope) -> Option<Import> {
    packages.get(file.0).map(|package| scope.import(&package.path, &package.name))
}

/// The Go name of a message in its package.
pub(crate) fn message(path: &[String]) -> String {
    pb_name(&path.join("."))
}

fn methods(
    service: &spec::Service,
    packages: &[GoPackage],
    logic_dir: &str,
    scope: &mut Scope,
    project: &Project<'_>,
    report: &mut Report,
) -> Vec<Method> {
    let mut ty = |message_of: &TypeRef| {
        let package = package(packages, message_of.file, scope)?;
        Some(Type { package, name: message(&message_of.path) })
    };
    let logics = logic_types(service);
    let mut methods = Vec::new();
    for (method, logic) in service.methods.iter().zip(logics) {
        let go = pb_name(&method.name);
        if go == "Logger" || go == format!("Unimplemented{}Server", pb_name(&service.name)) {
            let message = format!("rpc `{}` would make a method `{go}`, which is a field already", method.name);
            report.push(at(Diagnostic::error(Code::DuplicateName, message), method.span).help("give it another name"));
        }
        let (Some(request), Some(response)) = (ty(&method.request), ty(&method.response)) else { continue };
        methods.push(Method {
            span: method.span,
            go,
            logic,
            logic_file: format!("{logic_dir}/{}.go", project.style.file(&format!("{}_logic", method.name))),
            comment: method.comment.clone(),
            client_streams: method.client_streams,
            server_streams: method.server_streams,
            request,
            response,
        });
    }
    methods
}

/// A type for each method's logic. `NewUser` beside `User` gets a number: `NewUserLogic` is the constructor of the latter.
fn logic_types(service: &spec::Service) -> Vec<String> {
    let words: Vec<String> = service.methods.iter().map(|method| camel_name(&method.name)).collect();
    let constructors: BTreeSet<String> = words.iter().map(|word| format!("New{word}")).collect();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut types = Vec::new();
    for word in &words {
        let numbered = (2..).map(|n| format!("{word}{n}"));
        let is_free = |name: &String| !constructors.contains(name) && !taken.contains(name) && (name == word || !words.contains(name));
        let name = std::iter::once(word.clone()).chain(numbered).find(is_free).unwrap_or_else(|| word.clone());
        taken.insert(name.clone());
        types.push(format!("{name}Logic"));
    }
    types
}

fn at(error: Diagnostic, span: Option<Span>) -> Diagnostic {
    match span {
        Some(span) => error.at(span, ""),
        None => error,
    }
}

fn and(error: Diagnostic, span: Option<Span>) -> Diagnostic {
    match span {
        Some(span) => error.and(span, "the other one"),
        None => error,
    }
}

/// Services, and methods of one, that protobuf gives one Go name.
fn check_services(spec: &RpcSpec, packages: &[GoPackage], report: &mut Report) {
    let mut services: BTreeMap<(&str, String), &spec::Service> = BTreeMap::new();
    for service in &spec.services {
        let package = packages.get(service.file.0).map_or("", |package| package.path.as_str());
        let go = pb_name(&service.name);
        if let Some(other) = services.insert((package, go.clone()), service) {
            let message = format!("services `{}` and `{}` are both `{go}` in Go", other.name, service.name);
            report.push(and(at(Diagnostic::error(Code::DuplicateName, message), service.span), other.span));
        }
        let mut methods: BTreeMap<String, &spec::Method> = BTreeMap::new();
        for method in &service.methods {
            let go = pb_name(&method.name);
            if let Some(other) = methods.insert(go.clone(), method) {
                let message = format!("rpcs `{}` and `{}` are both `{go}` in Go", other.name, method.name);
                report.push(and(at(Diagnostic::error(Code::DuplicateName, message), method.span), other.span));
            }
        }
    }
}

/// Messages that protobuf gives one Go name.
fn check_messages(spec: &RpcSpec, packages: &[GoPackage], report: &mut Report) {
    let mut known: BTreeMap<(&str, String), String> = BTreeMap::new();
    for (file, package) in spec.files.iter().zip(packages).filter(|(_, package)| package.dir.is_some()) {
        for found in &file.messages {
            let go = message(&found.path);
            let name = found.path.join(".");
            if let Some(other) = known.insert((&package.path, go.clone()), name.clone()) {
                let message = format!("messages `{other}` and `{name}` are both `{go}` in Go package `{}`", package.name);
                let error = Diagnostic::error(Code::DuplicateName, message).path(&file.name);
                report.push(error.help("give one of them another name, or its file another `go_package`"));
            }
        }
    }
}
