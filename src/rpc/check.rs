//! Linked descriptors to [`RpcSpec`], and what a command needs of their services.

use prost_reflect::{DynamicMessage, FileDescriptor, Kind, MessageDescriptor, MethodDescriptor, ServiceDescriptor, Value};

use super::compile::Compiled;
use super::places::{Columns, Places};
use super::rules;
use super::spec::{FileNo, HttpRule, Message, Method, Origin, ProtoFile, RpcSpec, Service, TypeRef};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Sources, Span};

/// The spec of what was compiled. `None` where it breaks a rule that linking does not look at, which was reported.
pub fn check(compiled: Compiled, sources: &Sources, report: &mut Report) -> Option<RpcSpec> {
    let mut found = Report::new();
    let mut spec = RpcSpec { named: compiled.named.clone(), ..RpcSpec::default() };
    let builder = Builder { compiled: &compiled };
    for (number, file) in builder.descriptors().enumerate() {
        let places = builder.places(FileNo(number), &file, sources);
        // protoc has looked at all of its rules.
        if let Some(places) = places.as_ref().filter(|_| compiled.columns == Columns::Bytes) {
            rules::check(&file, places, &mut found);
        }
        if compiled.named.contains(&FileNo(number)) {
            spec.services.extend(file.services().map(|service| builder.service(FileNo(number), &service, places.as_ref())));
        }
        spec.files.push(builder.file(FileNo(number), &file, places.as_ref()));
    }
    // In the order of the command line, not of imports.
    spec.services.sort_by_key(|service| spec.named.iter().position(|file| *file == service.file));
    let broken = found.has_errors();
    report.append(found);
    for (file, compiled) in spec.files.iter_mut().zip(compiled.files) {
        file.name = compiled.name;
        file.origin = compiled.origin;
        file.raw = compiled.raw;
    }
    (!broken).then_some(spec)
}

/// Whether the services of a spec are what the zRPC generator makes code of: at least one, and one alone unless `multiple`
/// (contract: rpc 4.2). What is wrong is reported.
pub fn services(spec: &RpcSpec, multiple: bool, sources: &Sources, report: &mut Report) -> bool {
    let all = &spec.services;
    match all.as_slice() {
        [] => {
            let names: Vec<&str> = spec.named.iter().map(|file| shown(spec, *file, sources)).collect();
            let diagnostic = Diagnostic::error(Code::MissingService, "there is no service").path(names.join(", "));
            report.push(diagnostic.help("declare one: `service Name { rpc Method(Request) returns (Response); }`"));
        }
        [_] => {}
        [first, .., last] if !multiple => {
            let message = format!("there are {} services, and no `--multiple`", all.len());
            let mut diagnostic = Diagnostic::error(Code::SeveralServices, message);
            diagnostic = last.span.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.at(span, ""));
            diagnostic = first.span.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.and(span, "the first one"));
            report.push(diagnostic.help("`-m` gives each service a directory of its own; or leave one in the file"));
        }
        _ => {}
    }
    for service in all.iter().filter(|service| service.methods.is_empty()) {
        let warning = Diagnostic::warning(Code::MissingService, format!("service `{}` has no methods", service.name));
        report.push(service.span.into_iter().fold(warning, |warning, span| warning.at(span, "")));
    }
    !all.is_empty() && (multiple || all.len() == 1)
}

fn shown<'a>(spec: &'a RpcSpec, file: FileNo, sources: &'a Sources) -> &'a str {
    let file = spec.file(file);
    match file.origin {
        Origin::Disk { source, .. } => sources.name(source),
        Origin::Bundled => &file.name,
    }
}

struct Builder<'a> {
    compiled: &'a Compiled,
}

impl Builder<'_> {
    /// The descriptors of the files, in their order.
    fn descriptors(&self) -> impl Iterator<Item = FileDescriptor> {
        self.compiled.files.iter().filter_map(|file| self.compiled.pool.get_file_by_name(&file.name))
    }

    /// Where the parts of a file stand, where it is the user's.
    fn places<'a>(&'a self, number: FileNo, file: &'a FileDescriptor, sources: &'a Sources) -> Option<Places<'a>> {
        self.compiled.files.get(number.0)?.places(file.file_descriptor_proto(), self.compiled.columns, sources)
    }

    /// All of a file but what [`check`] moves into it.
    fn file(&self, number: FileNo, file: &FileDescriptor, places: Option<&Places<'_>>) -> ProtoFile {
        const OPTIONS: i32 = 8;
        const GO_PACKAGE: i32 = 11;
        let descriptor = file.file_descriptor_proto();
        let go_package = descriptor.options.as_ref().and_then(|options| options.go_package.clone());
        let span = places.and_then(|places| places.span(&[OPTIONS, GO_PACKAGE]).or_else(|| places.span(&[OPTIONS])));
        let imports = self.compiled.files.get(number.0).map_or(0, |compiled| compiled.imports);
        let mut messages = Vec::new();
        file.messages().for_each(|message| self.messages(&message, false, places, &mut messages));
        ProtoFile {
            name: String::new(),
            origin: Origin::Bundled,
            package: file.package_name().to_owned(),
            go_package: go_package.map(|text| (text, span)),
            imports: file.dependencies().take(imports).filter_map(|import| self.number(&import)).collect(),
            messages,
            has_services: !descriptor.service.is_empty(),
            raw: Vec::new(),
        }
    }

    fn number(&self, file: &FileDescriptor) -> Option<FileNo> {
        self.compiled.files.iter().position(|known| known.name == file.name()).map(FileNo)
    }

    /// A message and those inside it.
    fn messages(&self, message: &MessageDescriptor, is_group: bool, places: Option<&Places<'_>>, all: &mut Vec<Message>) {
        if message.is_map_entry() {
            return;
        }
        let (mut holds, mut in_full) = (Vec::new(), Vec::new());
        for field in message.fields() {
            let kind = match field.kind() {
                Kind::Message(entry) if entry.is_map_entry() => entry.map_entry_value_field().kind(),
                kind => kind,
            };
            let Some(held) = (if let Kind::Message(held) = kind { self.type_ref(&held) } else { None }) else { continue };
            let written = places.and_then(|places| places.type_of(field.path()));
            if written.is_some_and(|written| written == held.path.join(".")) {
                in_full.push(held.clone());
            }
            holds.extend(Some(held).filter(|held| !holds.contains(held)));
        }
        all.push(Message { path: path(message), holds, in_full, is_group });
        for child in message.child_messages() {
            let is_group = message.fields().any(|field| field.is_group() && field.kind().as_message() == Some(&child));
            self.messages(&child, is_group, places, all);
        }
    }

    fn type_ref(&self, message: &MessageDescriptor) -> Option<TypeRef> {
        Some(TypeRef { file: self.number(&message.parent_file())?, path: path(message) })
    }

    fn service(&self, file: FileNo, service: &ServiceDescriptor, places: Option<&Places<'_>>) -> Service {
        let methods = service.methods().filter_map(|method| self.method(&method, places)).collect();
        Service { file, name: service.name().to_owned(), span: name_span(service.path(), places), methods }
    }

    fn method(&self, method: &MethodDescriptor, places: Option<&Places<'_>>) -> Option<Method> {
        Some(Method {
            name: method.name().to_owned(),
            span: name_span(method.path(), places),
            comment: places.map(|places| places.comment(method.path())).unwrap_or_default(),
            request: self.type_ref(&method.input())?,
            response: self.type_ref(&method.output())?,
            client_streams: method.is_client_streaming(),
            server_streams: method.is_server_streaming(),
            http: self.http(method),
        })
    }

    /// The `google.api.http` option of a method, and its additional bindings.
    fn http(&self, method: &MethodDescriptor) -> Vec<HttpRule> {
        let Some(extension) = self.compiled.pool.get_extension_by_name("google.api.http") else { return Vec::new() };
        let options = method.options();
        if !options.has_extension(&extension) {
            return Vec::new();
        }
        let value = options.get_extension(&extension);
        let Some(rule) = value.as_message() else { return Vec::new() };
        let more = rule.get_field_by_name("additional_bindings");
        let more = more.iter().filter_map(|more| more.as_list()).flatten().filter_map(Value::as_message).filter_map(http_rule);
        http_rule(rule).into_iter().chain(more).collect()
    }
}

/// One binding; `None` where it has no pattern.
fn http_rule(rule: &DynamicMessage) -> Option<HttpRule> {
    let text = |message: &DynamicMessage, field: &str| {
        message.get_field_by_name(field).and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    };
    let body = text(rule, "body");
    if rule.has_field_by_name("custom") {
        let custom = rule.get_field_by_name("custom")?;
        let custom = custom.as_message()?;
        return Some(HttpRule { method: text(custom, "kind"), path: text(custom, "path"), body });
    }
    let verb = ["get", "put", "post", "delete", "patch"].into_iter().find(|verb| rule.has_field_by_name(verb))?;
    Some(HttpRule { method: verb.to_owned(), path: text(rule, verb), body })
}

/// The names from the outermost message inwards.
fn path(message: &MessageDescriptor) -> Vec<String> {
    let mut names = message.parent_message().map(|parent| path(&parent)).unwrap_or_default();
    names.push(message.name().to_owned());
    names
}

/// Where the name of a part stands; in services and methods it is field 1.
fn name_span(path: &[i32], places: Option<&Places<'_>>) -> Option<Span> {
    let mut name = path.to_vec();
    name.push(1);
    places?.span(&name)
}
