//! What the templates of category `rpc` see. goctl's homes have a file for every method of a service, so both languages
//! share goctl's names (contract: rpc 10; decisions, Templates).

mod structs;

use super::Project;
use super::client::Client;
use super::imports::{self, Import};
use super::names::{Method, Names, Service, Type};
use crate::golang::comment::comment_of;
use crate::golang::ident::quote;
use crate::naming::yaml_word;
use crate::view::{Documented, Glue, Slot, View};
use structs::*;

/// What of a `.proto` goctl's `call` template cannot say: it imports what methods need.
const NO_METHODS: &str = "services without methods";

fn view<T: Documented + Clone>(name: &'static str, view: T) -> View {
    View::new(name, view, Clone::clone)
}

fn slot(variable: &'static str, parts: Vec<View>) -> Slot {
    Slot { variable, parts, glue: Glue::Lines }
}

fn sliced<T: Documented + Clone>(name: &'static str, view: T, slots: Vec<Slot>) -> View {
    View::with_slots(name, view, Clone::clone, slots)
}

/// The `.proto` of a new service.
pub(super) fn template(package: String, service: String) -> View {
    view("rpc/template", Template { package, serviceName: service })
}

/// `etc/user.yaml`
pub(super) fn etc(names: &Names) -> View {
    view("rpc/etc", Etc { serviceName: names.key.clone(), name: yaml_word(&format!("{}.rpc", names.key)) })
}

/// `internal/config/config.go`; goctl's is no template.
pub(super) fn config(project: &Project<'_>) -> View {
    view("rpc/config", Config { root: project.module.import_root.clone() }).copied()
}

/// `internal/svc/servicecontext.go`
pub(super) fn svc(project: &Project<'_>) -> View {
    view("rpc/svc", Svc { imports: quote(&project.path("internal/config")) })
}

/// `user.go`
pub(super) fn main(names: &Names, project: &Project<'_>) -> View {
    let own = ["internal/config", "internal/svc"].map(|dir| Import::plain(project.path(dir), String::new()));
    let of_services = names.services.iter().flat_map(|service| [&service.server, &service.package]);
    let registered = |service: &Service| Registered {
        GRPCService: service.pb.clone(),
        Service: service.go.clone(),
        ServerPkg: service.server.name.clone(),
        Pkg: service.package.name.clone(),
    };
    let main = Main {
        serviceName: quote(&names.base).trim_matches('"').to_owned(),
        imports: imports::lines(own.iter().chain(of_services)).join("\n"),
        pkg: names.services.first().map_or(String::new(), |service| service.package.name.clone()),
        serviceNames: names.services.iter().map(registered).collect(),
    };
    view("rpc/main", main)
}

/// The views of one service.
pub(super) struct Views<'a> {
    pub(super) service: &'a Service,
    pub(super) project: &'a Project<'a>,
}

impl Views<'_> {
    /// `internal/logic/getuserlogic.go`
    pub(super) fn logic(&self, method: &Method) -> View {
        let svc = self.svc();
        let stream = (!method.is_unary()).then_some(&self.service.package);
        let all = method.mentions().map(|ty| &ty.package).chain(stream).chain([&svc]);
        let view = Logic {
            logicName: method.logic.clone(),
            functions: String::new(),
            packageName: self.service.logic_package.clone(),
            imports: imports::lines(all).join("\n"),
        };
        sliced("rpc/logic", view, vec![slot("functions", vec![self.logic_func(method)])])
    }

    fn svc(&self) -> Import {
        Import::plain(self.project.path("internal/svc"), "svc".to_owned())
    }

    fn logic_func(&self, method: &Method) -> View {
        let comment = self.comment(method);
        let response = method.response.qualified();
        let func = LogicFunc {
            logicName: method.logic.clone(),
            method: method.go.clone(),
            hasReq: !method.client_streams,
            request: format!("*{}", method.request.qualified()),
            hasReply: method.is_unary(),
            response: format!("*{response}"),
            responseType: response,
            stream: !method.is_unary(),
            streamBody: self.stream(method, "Server"),
            hasComment: !comment.is_empty(),
            comment,
        };
        view("rpc/logic-func", func)
    }

    /// `internal/server/userserver.go`
    pub(super) fn server(&self) -> View {
        let Service { package, methods, .. } = self.service;
        let svc = self.svc();
        let logic = (!methods.is_empty()).then_some(&self.service.logic);
        let mentioned = methods.iter().flat_map(Method::mentions).map(|ty| &ty.package);
        let view = Server {
            head: self.head(),
            unimplementedServer: format!("{}.Unimplemented{}Server", package.name, self.service.pb),
            server: self.service.go.clone(),
            imports: imports::lines(mentioned.chain(logic).chain([&svc, package])).join("\n"),
            funcs: String::new(),
            notStream: methods.iter().any(Method::is_unary),
        };
        sliced("rpc/server", view, vec![slot("funcs", methods.iter().map(|method| self.server_func(method)).collect())])
    }

    fn server_func(&self, method: &Method) -> View {
        let comment = self.comment(method);
        let func = ServerFunc {
            server: self.service.go.clone(),
            logicName: method.logic.clone(),
            method: method.go.clone(),
            request: format!("*{}", method.request.qualified()),
            response: format!("*{}", method.response.qualified()),
            hasComment: !comment.is_empty(),
            comment,
            hasReq: !method.client_streams,
            stream: !method.is_unary(),
            notStream: method.is_unary(),
            streamBody: self.stream(method, "Server"),
            logicPkg: self.service.logic.name.clone(),
        };
        view("rpc/server-func", func)
    }

    /// `userclient/user.go`
    pub(super) fn call(&self, client: &Client) -> View {
        let Service { package, methods, .. } = self.service;
        let is_own = |import: &&Import| import.path == package.path;
        let others = methods.iter().flat_map(Method::mentions).map(|ty| &ty.package).filter(|import| !is_own(import));
        let is_unused = client.is_in_pb || methods.is_empty() && client.aliases.is_empty();
        let import = if is_unused { String::new() } else { package.line() };
        let aliases: Vec<String> = client.aliases.iter().map(|name| format!("{name} = {}.{name}", package.name)).collect();
        let file = client.file.rsplit('/').next().unwrap_or(&client.file);
        let call = Call {
            name: file.strip_suffix(".go").unwrap_or(file).to_owned(),
            alias: aliases.join("\n"),
            head: self.head(),
            filePackage: client.package.clone(),
            pbPackage: import.clone(),
            protoGoPackage: import,
            extraImports: imports::lines(others).join("\n\t"),
            serviceName: client.interface.clone(),
            functions: String::new(),
            interface: String::new(),
            hasMethods: !methods.is_empty(),
        };
        let functions = methods.iter().map(|method| self.call_func(method, client)).collect();
        let interface = methods.iter().map(|method| self.call_interface_func(method, client)).collect();
        let view = sliced("rpc/call", call, vec![slot("functions", functions), slot("interface", interface)]);
        if methods.is_empty() { view.in_tera(NO_METHODS) } else { view }
    }

    fn call_func(&self, method: &Method, client: &Client) -> View {
        let comment = self.comment(method);
        let func = CallFunc {
            serviceName: client.interface.clone(),
            rpcServiceName: self.service.pb.clone(),
            method: method.go.clone(),
            package: self.service.package.name.clone(),
            pbRequest: self.called(&method.request),
            pbResponse: self.called(&method.response),
            hasComment: !comment.is_empty(),
            comment,
            hasReq: !method.client_streams,
            notStream: method.is_unary(),
            streamBody: self.client_stream(method, client),
            isCallPkgSameToGrpcPkg: client.is_in_pb,
        };
        view("rpc/call-func", func)
    }

    fn call_interface_func(&self, method: &Method, client: &Client) -> View {
        let comment = self.comment(method);
        let func = CallInterfaceFunc {
            hasComment: !comment.is_empty(),
            comment,
            method: method.go.clone(),
            hasReq: !method.client_streams,
            pbRequest: self.called(&method.request),
            notStream: method.is_unary(),
            pbResponse: self.called(&method.response),
            streamBody: self.client_stream(method, client),
        };
        view("rpc/call-interface-func", func)
    }

    /// A message as a client calls it: by its alias, or in its package.
    fn called(&self, ty: &Type) -> String {
        if ty.package.path == self.service.package.path { ty.name.clone() } else { ty.qualified() }
    }

    fn stream(&self, method: &Method, side: &str) -> String {
        format!("{}.{}_{}{side}", self.service.package.name, self.service.pb, method.go)
    }

    fn client_stream(&self, method: &Method, client: &Client) -> String {
        let stream = self.stream(method, "Client");
        let bare = stream.split_once('.').filter(|_| client.is_in_pb).map(|(_, bare)| bare.to_owned());
        bare.unwrap_or(stream)
    }

    fn head(&self) -> String {
        self.project.options.compat.rpc_head(&self.service.source)
    }

    fn comment(&self, method: &Method) -> String {
        let is_kept = self.project.options.compat.keeps_rpc_comments();
        let lines = method.comment.iter().take(if is_kept { method.comment.len() } else { 1 });
        lines.skip_while(|line| line.is_empty()).map(|line| comment_of(line)).collect::<Vec<_>>().join("\n")
    }
}
