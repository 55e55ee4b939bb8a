//! What goctl's own templates expect, made from our views and from nothing else (contract: api-go 8.1). The layout inside
//! the values is goctl's: templates that people have edited put each of them into the line where goctl's has it.

use std::collections::BTreeMap;

use super::route::RouteFiles;
use super::types::{Declaration, Line};
use super::{Config as OurConfig, Etc as OurEtc, Main as OurMain, MiddlewareFile, ServiceContext, TestedRoute};
use super::{IntegrationTest as OurIntegrationTest, ServiceContextTest as OurServiceContextTest};
use crate::compat::GOCTL_VERSION;
use crate::golang::ident::quote;
use crate::naming::title;
use crate::view::view;

const REST: &str = "\"github.com/zeromicro/go-zero/rest\"";

view! {
    /// `etc.tpl`
    pub(super) struct Etc {
        /// The service's name.
        serviceName: String,
        /// The address it listens on.
        host: &'static str,
        /// Its port.
        port: String,
    }

    /// `main.tpl`
    pub(super) struct Main {
        /// The imports behind the standard library's: the service's packages, an empty line, go-zero's.
        importPackages: String,
        /// The path of the module.
        projectPkg: String,
        /// The name of the configuration file in `etc`, without `.yaml`.
        serviceName: String,
        /// The goctl version whose behaviour this is.
        version: &'static str,
    }

    /// `config.tpl`
    pub(super) struct Config {
        /// The fields for `jwt`, each a struct over several lines.
        auth: String,
        /// The import of go-zero's `rest`.
        authImport: &'static str,
        /// The fields for `jwtTransition`, likewise.
        jwtTrans: String,
        /// The path of the module.
        projectPkg: String,
        /// The goctl version whose behaviour this is.
        version: &'static str,
    }

    /// `context.tpl`
    pub(super) struct Context {
        /// The type of the configuration, `config.Config`.
        config: &'static str,
        /// The imports.
        configImport: String,
        /// The fields for the middleware, a line each.
        middleware: String,
        /// Their values in a composite literal, a line each.
        middlewareAssignment: String,
        /// The path of the module.
        projectPkg: String,
        /// The goctl version whose behaviour this is.
        version: &'static str,
    }

    /// `types.tpl`
    pub(super) struct Types {
        /// All declarations.
        types: String,
        /// Always false.
        containsTime: bool,
        /// The goctl version whose behaviour this is.
        version: &'static str,
    }

    /// `middleware.tpl`
    pub(super) struct Middleware {
        /// The type.
        name: String,
        /// The goctl version whose behaviour this is.
        version: &'static str,
    }

    /// `svc_test.tpl`
    pub(super) struct ServiceContextTest {
        /// The import path of the service's directory.
        projectPkg: String,
        /// The goctl version whose behaviour this is.
        version: &'static str,
    }

    /// `integration_test.tpl`
    pub(super) struct IntegrationTest {
        /// Whether there is any route.
        hasRoutes: bool,
        /// The import path of the service's directory.
        projectPkg: String,
        /// One per route.
        routes: Vec<Route>,
        /// The service's name.
        serviceName: String,
        /// The goctl version whose behaviour this is.
        version: &'static str,
    }

    /// A route as `integration_test.tpl` sees it.
    pub(super) struct Route {
        /// As in the `.api` file, `get`.
        Method: &'static str,
        /// As in the `.api` file, without the prefix.
        Path: String,
        /// As in the `.api` file.
        Handler: String,
        /// The request; nothing where there is none.
        RequestType: Option<TypeName>,
        /// The response; nothing where there is none.
        ResponseType: Option<TypeName>,
        /// The request's type; empty for none.
        RequestTypeName: String,
        /// The response's type; empty for none.
        ResponseTypeName: String,
        /// `@doc`
        AtDoc: AtDoc,
        /// `@doc`'s text in its quotes, or its summary without any.
        JoinedDoc: String,
    }

    /// A type by its name.
    pub(super) struct TypeName {
        /// As in the `.api` file.
        Name: String,
        /// The same.
        RawName: String,
    }

    /// `@doc`
    pub(super) struct AtDoc {
        /// Its text in its quotes; empty for a list of keys.
        Text: String,
        /// Its keys with their values; empty for a text.
        Properties: BTreeMap<String, String>,
    }

    /// `handler.tpl`, `sse_handler.tpl` and `handler_test.tpl`
    pub(super) struct Handler {
        /// The logic's method.
        Call: String,
        /// Comment lines above the handler.
        Doc: String,
        /// The handler function.
        HandlerName: String,
        /// Whether there is a comment.
        HasDoc: bool,
        /// Whether there is a request.
        HasRequest: bool,
        /// Whether there is a response.
        HasResp: bool,
        /// The imports of the service's own packages.
        ImportPackages: String,
        /// What the file calls the logic's package.
        LogicName: String,
        /// The logic type.
        LogicType: String,
        /// The package.
        PkgName: String,
        /// The request without its package; empty for none.
        RequestType: String,
        /// The response as Go writes it, `*types.User`, in a test as the `.api` file has it; empty for none.
        ResponseType: String,
        /// The path of the module.
        projectPkg: String,
        /// The goctl version whose behaviour this is.
        version: &'static str,
    }

    /// `logic.tpl` and `sse_logic.tpl`
    pub(super) struct Logic {
        /// Comment lines above the constructor.
        doc: String,
        /// The method.
        function: String,
        /// Whether there is a comment.
        hasDoc: bool,
        /// All imports.
        imports: String,
        /// The type.
        logic: String,
        /// The package.
        pkgName: String,
        /// The path of the module.
        projectPkg: String,
        /// The parameters of the method.
        request: String,
        /// Its results: `(resp *types.User, err error)` or `error`.
        responseType: String,
        /// Its last statement: `return` or `return nil`.
        returnString: &'static str,
        /// The goctl version whose behaviour this is.
        version: &'static str,
    }

    /// `logic_test.tpl`
    pub(super) struct LogicTest {
        /// Comment lines above the logic's constructor.
        doc: String,
        /// The method.
        function: String,
        /// Whether there is a comment.
        hasDoc: bool,
        /// Whether there is a request.
        hasRequest: bool,
        /// Whether there is a response.
        hasResponse: bool,
        /// The imports of the service's own packages.
        imports: String,
        /// The logic type.
        logic: String,
        /// The package.
        pkgName: String,
        /// The path of the module.
        projectPkg: String,
        /// The parameters of the method, without a stream's channel.
        request: String,
        /// The request, `types.GetUserReq`; empty for none.
        requestType: String,
        /// The results of the method, had it no stream.
        responseType: String,
        /// `return` or `return nil`
        returnString: &'static str,
        /// The goctl version whose behaviour this is.
        version: &'static str,
    }
}

impl Etc {
    pub(super) fn new(etc: &OurEtc) -> Self {
        Self { serviceName: etc.service.clone(), host: etc.host, port: etc.port.to_string() }
    }
}

impl Main {
    pub(super) fn new(main: &OurMain) -> Self {
        let ours = ["config", "handler", "svc"].map(|package| internal(&main.root, package)).join("\n\t");
        Self {
            importPackages: format!("{ours}\n\n\t\"github.com/zeromicro/go-zero/core/conf\"\n\t{REST}"),
            projectPkg: main.module.clone(),
            serviceName: main.config_name.clone(),
            version: GOCTL_VERSION,
        }
    }
}

impl Config {
    pub(super) fn new(config: &OurConfig) -> Self {
        let fields = |names: &[String], fields: &str| {
            names.iter().map(|name| format!("{name}  struct {{\n{fields}\n\t}}\n")).collect::<Vec<_>>().join("\n")
        };
        Self {
            auth: fields(&config.jwt, "\t\tAccessSecret string\n\t\tAccessExpire int64"),
            authImport: REST,
            jwtTrans: fields(&config.jwt_transition, "\t\tSecret     string\n\t\tPrevSecret string"),
            projectPkg: config.module.clone(),
            version: GOCTL_VERSION,
        }
    }
}

impl Context {
    pub(super) fn new(context: &ServiceContext) -> Self {
        let mut imports = vec![internal(&context.root, "config")];
        if !context.middleware.is_empty() {
            imports.extend([internal(&context.root, "middleware"), REST.to_owned()]);
        }
        let assignment = |m: &super::MiddlewareField| format!("{}: middleware.New{}().Handle,\n", m.field, m.ty);
        Self {
            config: "config.Config",
            configImport: imports.join("\n\t"),
            middleware: context.middleware.iter().map(|m| format!("{} rest.Middleware\n", m.field)).collect(),
            middlewareAssignment: context.middleware.iter().map(assignment).collect(),
            projectPkg: context.module.clone(),
            version: GOCTL_VERSION,
        }
    }
}

impl Types {
    pub(super) fn new(types: &super::types::Types) -> Self {
        let declarations: Vec<String> = types.types.iter().map(declaration).collect();
        Self { types: declarations.join("\n\n"), containsTime: false, version: GOCTL_VERSION }
    }
}

fn declaration(ty: &Declaration) -> String {
    let docs: String = ty.docs.iter().map(|line| format!("{line}\n")).collect();
    format!("{docs}type {} struct {{\n{}}}", ty.name, ty.lines.iter().map(line).collect::<String>())
}

fn line(line: &Line) -> String {
    let Line { name, ty, tag, .. } = line;
    let docs: String = line.docs.iter().map(|doc| format!("\t{doc}\n")).collect();
    let comment = if line.comment.is_empty() { String::new() } else { format!(" {}", line.comment) };
    match line.kind {
        "open" => format!("{docs}\t{name} struct {{{comment}\n"),
        "close" => format!("}} {tag}{comment}\n"),
        _ if name.is_empty() && tag.is_empty() => format!("{docs}{ty}{comment}\n"),
        _ if name.is_empty() => format!("{docs}{ty} {tag}{comment}\n"),
        _ => format!("{docs}\t{name} {ty} {tag}{comment}\n"),
    }
}

impl Middleware {
    pub(super) fn new(middleware: &MiddlewareFile) -> Self {
        Self { name: middleware.ty.clone(), version: GOCTL_VERSION }
    }
}

impl ServiceContextTest {
    pub(super) fn new(test: &OurServiceContextTest) -> Self {
        Self { projectPkg: test.root.clone(), version: GOCTL_VERSION }
    }
}

impl IntegrationTest {
    pub(super) fn new(test: &OurIntegrationTest) -> Self {
        Self {
            hasRoutes: !test.routes.is_empty(),
            projectPkg: test.root.clone(),
            routes: test.routes.iter().map(Route::new).collect(),
            serviceName: test.service.clone(),
            version: GOCTL_VERSION,
        }
    }
}

impl Route {
    fn new(route: &TestedRoute) -> Self {
        let ty = |name: &String| (!name.is_empty()).then(|| TypeName { Name: name.clone(), RawName: name.clone() });
        let quoted = route.doc_text.as_ref().map(|text| format!("\"{text}\""));
        Self {
            Method: route.word,
            Path: route.bare_path.clone(),
            Handler: route.handler.clone(),
            RequestType: ty(&route.request),
            ResponseType: ty(&route.response),
            RequestTypeName: route.request.clone(),
            ResponseTypeName: route.response.clone(),
            JoinedDoc: quoted.clone().or_else(|| route.doc_keys.get("summary").cloned()).unwrap_or_default(),
            AtDoc: AtDoc { Text: quoted.unwrap_or_default(), Properties: route.doc_keys.clone() },
        }
    }
}

impl Handler {
    pub(super) fn new(route: &RouteFiles) -> Self {
        let mut imports = vec![route.logic_import.clone(), internal(&route.root, "svc")];
        if !route.request.is_empty() || route.sse && route.uses_types {
            imports.push(types_import(&route.root));
        }
        Self::of(route, &imports, route.response.clone())
    }

    pub(super) fn for_test(route: &RouteFiles) -> Self {
        let mut imports = vec![internal(&route.root, "svc"), internal(&route.root, "config")];
        if !route.request.is_empty() {
            imports.push(types_import(&route.root));
        }
        Self::of(route, &imports, title(&route.response_name))
    }

    fn of(route: &RouteFiles, imports: &[String], response: String) -> Self {
        Self {
            Call: route.method.clone(),
            Doc: route.docs.join("\n"),
            HandlerName: route.handler.clone(),
            HasDoc: !route.docs.is_empty(),
            HasRequest: !route.request.is_empty(),
            HasResp: !route.response.is_empty(),
            ImportPackages: imports.join("\n\t"),
            LogicName: route.logic_name.clone(),
            LogicType: route.logic.clone(),
            PkgName: route.handler_package.clone(),
            RequestType: route.request_name.clone(),
            ResponseType: response,
            projectPkg: route.module.clone(),
            version: GOCTL_VERSION,
        }
    }
}

impl Logic {
    pub(super) fn new(route: &RouteFiles) -> Self {
        let types = if route.uses_types { types_import(&route.root) + "\n\t" } else { String::new() };
        let svc = internal(&route.root, "svc");
        let (results, last) = results(route, route.sse);
        let mut parameters = parameters(route);
        if route.sse {
            parameters.push(format!("client chan<- {}", route.response));
        }
        Self {
            doc: route.docs.join("\n"),
            function: route.method.clone(),
            hasDoc: !route.docs.is_empty(),
            imports: format!("\"context\"\n\n\t{svc}\n\t{types}\"github.com/zeromicro/go-zero/core/logx\""),
            logic: route.logic.clone(),
            pkgName: route.logic_package.clone(),
            projectPkg: route.module.clone(),
            request: parameters.join(", "),
            responseType: results,
            returnString: last,
            version: GOCTL_VERSION,
        }
    }
}

impl LogicTest {
    pub(super) fn new(route: &RouteFiles) -> Self {
        let mut imports = vec![internal(&route.root, "svc"), internal(&route.root, "config")];
        if route.uses_types {
            imports.push(types_import(&route.root));
        }
        let (results, last) = results(route, false);
        Self {
            doc: route.docs.join("\n"),
            function: route.method.clone(),
            hasDoc: !route.docs.is_empty(),
            hasRequest: !route.request.is_empty(),
            hasResponse: !route.response.is_empty(),
            imports: imports.join("\n\t"),
            logic: route.logic.clone(),
            pkgName: route.logic_package.clone(),
            projectPkg: route.module.clone(),
            request: parameters(route).concat(),
            requestType: route.request.clone(),
            responseType: results,
            returnString: last,
            version: GOCTL_VERSION,
        }
    }
}

fn parameters(route: &RouteFiles) -> Vec<String> {
    if route.request.is_empty() { Vec::new() } else { vec![format!("req *{}", route.request)] }
}

/// The results of a logic method and its last statement; a stream's response is sent, not returned.
fn results(route: &RouteFiles, sent: bool) -> (String, &'static str) {
    if sent || route.response.is_empty() {
        ("error".to_owned(), "return nil")
    } else {
        (format!("(resp {}, err error)", route.response), "return")
    }
}

/// The import of a package of the service.
fn internal(root: &str, package: &str) -> String {
    quote(&format!("{root}/internal/{package}"))
}

/// goctl ends the block of imports behind this one with an empty line.
fn types_import(root: &str) -> String {
    internal(root, "types") + "\n"
}
