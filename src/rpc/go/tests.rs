//! Specs made by hand, and what becomes of them. Every Go file made here is Go, or rendering fails.

use super::super::go_package::GoPackage;
use super::super::spec::{FileNo, Message, Method, Origin, ProtoFile, RpcSpec, Service, TypeRef};
use super::{Options, generate};
use crate::compat::Compat;
use crate::diagnostic::{Code, Report};
use crate::golang::module::Module;
use crate::plan::Root;
use crate::render::home::Places;
use crate::source::{Disk, Sources};

/// A file `name.proto` of proto package `name`, with the Go package `path;name`, its messages as `A A.B>A`, where `>` says
/// what a message holds, and its services as `User: Get(Req) Resp, Watch(Req) stream Resp`.
struct File {
    name: &'static str,
    go: &'static str,
    messages: &'static str,
    services: &'static [&'static str],
}

const USER: File = File { name: "user", go: "x/user;user", messages: "Req Resp", services: &["User: Get(Req) Resp"] };

fn path(name: &str) -> Vec<String> {
    name.split('.').map(str::to_owned).collect()
}

/// `Req`, or `common/Page` of the file `common.proto`.
fn ty(name: &str, at: usize, files: &[File]) -> TypeRef {
    let (file, name) = match name.split_once('/') {
        Some((file, name)) => (files.iter().position(|one| one.name == file).unwrap(), name),
        None => (at, name),
    };
    TypeRef { file: FileNo(file), path: path(name) }
}

fn spec(files: &[File]) -> (RpcSpec, Vec<GoPackage>) {
    let mut spec = RpcSpec::default();
    let mut packages = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let (go, name) = file.go.split_once(';').unwrap();
        let message = |text: &str| {
            let (name, holds) = text.split_once('>').unwrap_or((text, ""));
            let holds = holds.split('>').filter(|name| !name.is_empty()).map(|name| ty(name, at, files)).collect();
            Message { path: path(name), holds, ..Message::default() }
        };
        spec.files.push(ProtoFile {
            name: format!("{}.proto", file.name),
            origin: Origin::Bundled,
            package: file.name.to_owned(),
            go_package: Some((go.to_owned(), None)),
            imports: Vec::new(),
            messages: file.messages.split_whitespace().map(message).collect(),
            has_services: !file.services.is_empty(),
            raw: Vec::new(),
        });
        packages.push(GoPackage { path: go.to_owned(), name: name.to_owned(), dir: Some("/".into()) });
        spec.named.push(FileNo(at));
        for service in file.services {
            let (name, methods) = service.split_once(':').unwrap();
            let method = |text: &str| {
                let (name, rest) = text.trim().split_once('(').unwrap();
                let (request, response) = rest.split_once(") ").unwrap();
                Method {
                    name: name.to_owned(),
                    span: None,
                    comment: vec!["One.".to_owned(), String::new(), "+build two".to_owned()],
                    request: ty(request.trim_start_matches("stream "), at, files),
                    response: ty(response.trim_start_matches("stream "), at, files),
                    client_streams: request.starts_with("stream "),
                    server_streams: response.starts_with("stream "),
                    http: Vec::new(),
                }
            };
            let methods = methods.split(',').filter(|text| !text.trim().is_empty()).map(method).collect();
            spec.services.push(Service { file: FileNo(at), name: name.to_owned(), span: None, methods });
        }
    }
    (spec, packages)
}

/// Files, by path and text.
struct Made(Vec<(String, String)>);

impl Made {
    fn paths(&self) -> Vec<&str> {
        self.0.iter().map(|(path, _)| path.as_str()).collect()
    }

    #[track_caller]
    fn text(&self, path: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == path);
        found.map_or_else(|| panic!("{path} is none of {:?}", self.paths()), |(_, text)| text.as_str())
    }

    #[track_caller]
    fn has(&self, path: &str, pieces: &[&str]) {
        let text = self.text(path);
        for piece in pieces {
            assert!(text.contains(piece), "{path} has no {piece:?}:\n{text}");
        }
    }

    #[track_caller]
    fn lacks(&self, path: &str, pieces: &[&str]) {
        let text = self.text(path);
        for piece in pieces {
            assert!(!text.contains(piece), "{path} has {piece:?}:\n{text}");
        }
    }
}

fn options() -> Options {
    Options { client: true, ..Options::default() }
}

fn multiple() -> Options {
    Options { multiple: true, ..options() }
}

fn compat(options: Options) -> Options {
    Options { compat: Compat::Goctl, ..options }
}

/// A home as a team has it: some files of goctl's.
const HOME: [(&str, &str); 3] = [
    ("/home/rpc/config.tpl", "package config\n\nvar x = [][]int{{1}}\n"),
    ("/home/rpc/server-func.tpl", "func (s *{{.server}}Server) {{.method}}({{if .notStream}}in {{.request}}{{end}}) {}\n"),
    ("/home/rpc/call.tpl", "package {{.filePackage}}\n\nimport {{.pbPackage}}\n\ntype (\n{{.alias}}\n)\n\n{{.functions}}"),
];

fn try_make(files: &[File], options: &Options) -> Result<Made, Vec<(Code, String)>> {
    try_spec(spec(files), options)
}

fn try_spec((spec, packages): (RpcSpec, Vec<GoPackage>), options: &Options) -> Result<Made, Vec<(Code, String)>> {
    let (path, import_root) = ("x".to_owned(), "x".to_owned());
    let module = Module { path, import_root, is_new: true, unlisted_in: None, ignored_name: None };
    let root = Root { dir: "/x".into(), shown: "x".to_owned() };
    let mut sources = Sources::new(Disk::memory(HOME));
    let mut report = Report::new();
    match generate(&spec, &packages, &module, &root, options, &mut sources, &mut report) {
        Ok(files) => Ok(Made(files.into_iter().map(|file| (file.path, file.body.text().to_owned())).collect())),
        Err(failure) => {
            assert!(report.has_errors(), "{failure:?}");
            Err(report.sorted().iter().map(|found| (found.code, found.message.clone())).collect())
        }
    }
}

#[track_caller]
fn make(files: &[File], options: &Options) -> Made {
    try_make(files, options).unwrap_or_else(|codes| panic!("{codes:?}"))
}

#[track_caller]
fn refused(files: &[File], options: &Options) -> Vec<(Code, String)> {
    try_make(files, options).err().unwrap_or_default()
}

#[test]
fn one_service() {
    let made = make(&[USER], &options());
    let paths = [
        "etc/user.yaml",
        "user.go",
        "internal/config/config.go",
        "internal/svc/servicecontext.go",
        "internal/logic/getlogic.go",
        "internal/server/userserver.go",
        "userclient/user.go",
        "go.mod",
    ];
    assert_eq!(made.paths(), paths);
    made.has("etc/user.yaml", &["Name: user.rpc\n", "  Key: user.rpc\n"]);
    made.has("user.go", &["\"etc/user.yaml\"", "user.RegisterUserServer(grpcServer, server.NewUserServer(ctx))", "\t\"x/user\"\n"]);
    made.has("internal/logic/getlogic.go", &["// One.\n//\n// \\+build two\nfunc (l *GetLogic) Get(in *user.Req) (*user.Resp, error) {"]);
    made.has("internal/server/userserver.go", &["func (s *UserServer) Get(ctx context.Context, in *user.Req) (*user.Resp, error) {"]);
    made.has(
        "userclient/user.go",
        &["package userclient\n", "\tReq  = user.Req\n\tResp = user.Resp\n", "Get(ctx context.Context, in *Req,"],
    );
    assert!(make(&[USER], &Options::default()).paths().iter().all(|path| !path.starts_with("userclient")));
}

#[test]
fn several_services() {
    let services = &["order_svc: get_2fa(Req) Resp", "User: Get(Req) Resp"];
    let file = || File { services, messages: "Req>Req.In Req.In Resp Other", ..USER };
    let made = make(&[file()], &multiple());
    let main = [
        "order_svcServer \"x/internal/server/order_svc\"",
        "user.RegisterOrderSvcServer(grpcServer, order_svcServer.NewOrderSvcServer(ctx))\n\t\tuser.RegisterUserServer(grpcServer, userServer.",
    ];
    made.has("user.go", &main);
    made.has("internal/logic/order_svc/get2falogic.go", &["package ordersvclogic\n", "type Get2FaLogic struct", "Get_2Fa(in *user.Req)"]);
    let server = ["package server\n", "ordersvclogic \"x/internal/logic/order_svc\"", "ordersvclogic.NewGet2FaLogic(ctx, s.svcCtx)"];
    made.has("internal/server/order_svc/ordersvcserver.go", &server);
    made.has("client/order_svc/ordersvc.go", &["package order_svc\n", "Req_In = user.Req_In", "OrderSvc interface"]);
    made.lacks("client/order_svc/ordersvc.go", &["Other"]);
    let goctl = make(&[file()], &compat(multiple()));
    goctl.lacks("client/order_svc/ordersvc.go", &["Req_In"]);
    goctl.has(
        "internal/server/order_svc/ordersvcserver.go",
        &["\t\"x/internal/logic/order_svc\"", "// goctl 1.10.2\n// Source: user.proto\n"],
    );
}

#[test]
fn streams() {
    let services = &["User: Down(common/Page) stream common/Page, Up(stream common/Page) Resp, Both(stream Req) stream common/Page"];
    let common = File { name: "common", go: "x/common;common", messages: "Page", services: &[] };
    let made = make(&[common, File { services, ..USER }], &options());
    made.has("internal/logic/downlogic.go", &["Down(in *common.Page, stream user.User_DownServer) error", "\"x/common\"", "\"x/user\""]);
    made.has("internal/logic/uplogic.go", &["Up(stream user.User_UpServer) error"]);
    made.lacks("internal/logic/uplogic.go", &["common"]);
    made.lacks("internal/server/userserver.go", &["\"context\""]);
    made.has("internal/server/userserver.go", &["logic.NewDownLogic(stream.Context(), s.svcCtx)", "return l.Down(in, stream)"]);
    made.has("userclient/user.go", &["Both(ctx context.Context, opts ...grpc.CallOption) (user.User_BothClient, error)"]);
}

#[test]
fn packages_that_collide_get_other_names() {
    let a = File { name: "a", go: "x/a/common;common", messages: "Page", services: &[] };
    let b = File { name: "b", go: "x/b/common;common", messages: "Page", services: &[] };
    let made = make(&[a, b, File { go: "x/config;config", services: &["User: Get(a/Page) b/Page"], ..USER }], &options());
    made.has("user.go", &["configpb \"x/config\"", "configpb.RegisterUserServer(", "\"x/internal/config\""]);
    made.has(
        "internal/server/userserver.go",
        &["commonpb \"x/b/common\"", "Get(ctx context.Context, in *common.Page) (*commonpb.Page, error)"],
    );
    made.lacks("internal/logic/getlogic.go", &["configpb"]);
}

#[test]
fn a_package_called_otherwise_than_its_directory_is_imported_by_name() {
    let file = || File { go: "x/user/v1;user_v1", ..USER };
    make(&[file()], &options()).has("internal/logic/getlogic.go", &["\tuser_v1 \"x/user/v1\"\n", "in *user_v1.Req"]);
    make(&[file()], &compat(options())).has("internal/logic/getlogic.go", &["\t\"x/user/v1\"\n", "in *user_v1.Req"]);
    make(&[File { go: "x/service;service", ..USER }], &options()).has("user.go", &["servicepb \"x/service\""]);
}

#[test]
fn where_a_client_stands() {
    let rows = [
        ("User", "x/user;user", "userclient/user.go", "userclient"),
        ("user_api", "x/user;user", "userapi/userapi.go", "userapi"),
        ("User", "x/a/user;user", "userclient/user.go", "userclient"),
        ("Internal", "x/user;user", "internalclient/internal.go", "internalclient"),
        ("Type", "x/user;user", "type/type.go", "type_"),
        // Beside protobuf's own files, in their package or not.
        ("user_svc", "x/usersvc;usersvc", "usersvc/usersvc.go", "usersvc"),
        ("user_svc", "x/usersvc;other", "usersvcclient/usersvc.go", "usersvcclient"),
    ];
    for (service, go, file, package) in rows {
        let services: &'static [&'static str] = Box::leak(Box::new([&*Box::leak(format!("{service}: Get(Req) Resp").into_boxed_str())]));
        make(&[File { go, services, ..USER }], &options()).has(file, &[&format!("package {package}\n")]);
    }
    let made = make(&[File { go: "x/usersvc;usersvc", services: &["user_svc: Get(Req) Resp"], ..USER }], &options());
    made.has("usersvc/usersvc.go", &["client := NewUserSvcClient(m.cli.Conn())"]);
    made.lacks("usersvc/usersvc.go", &["x/usersvc", "usersvc."]);
    let made = make(&[USER], &Options { style: "go-zero".to_owned(), ..options() });
    made.has("user-client/user.go", &["package user_client\n"]);
    let linux = File { services: &["user_linux: Get(Req) Resp"], ..USER };
    make(&[linux], &Options { style: "go_zero".to_owned(), ..options() }).text("userlinux/user_linux_client.go");
}

#[test]
fn an_interface_has_no_name_of_a_message() {
    let rows = [
        ("Req Resp User", "UserZrpcClient"),
        ("Req Resp NewUser", "UserZrpcClient"),
        ("Req Resp user", "UserZrpcClient"),
        ("Req Resp User UserZrpcClient", "UserZrpcClient2"),
        ("Req Resp Users", "User"),
    ];
    for (messages, interface) in rows {
        make(&[File { messages, ..USER }], &options()).has("userclient/user.go", &[&format!("func New{interface}(cli zrpc.Client)")]);
    }
}

#[test]
fn a_service_without_methods_is_one() {
    let made = make(&[File { services: &["User:"], messages: "", ..USER }], &options());
    made.has("internal/server/userserver.go", &["\t\"x/internal/svc\"\n\t\"x/user\"\n)"]);
    made.lacks("internal/server/userserver.go", &["context\"", "internal/logic"]);
    made.has("userclient/user.go", &["import (\n\t\"github.com/zeromicro/go-zero/zrpc\"\n)", "User interface {\n\t}"]);
}

#[test]
fn goctl_keeps_the_first_line_of_a_comment() {
    let made = make(&[USER], &compat(options()));
    made.has("internal/logic/getlogic.go", &["}\n\n// One.\nfunc (l *GetLogic)"]);
}

#[test]
fn what_main_is_called() {
    let made = make(&[File { name: "user_linux", ..USER }], &Options { style: "go_zero".to_owned(), ..options() });
    made.text("etc/user_linux.yaml");
    made.has("user_linux_main.go", &["\"etc/user_linux.yaml\""]);
    let name_from_filename = Options { name_from_filename: true, ..options() };
    let mut named = spec(&[USER]);
    named.0.files[0].name = "a/My-\"User.v1.proto".to_owned();
    let made = try_spec(named, &name_from_filename).unwrap();
    made.has("etc/my\"user.v1.yaml", &["Name: my\"user.v1.rpc\n"]);
    made.has("my\"user.v1.go", &["\"etc/my\\\"user.v1.yaml\""]);
    made.has("go.mod", &["module x\n"]);
}

#[test]
fn two_things_of_one_name() {
    let made = make(&[File { services: &["User: NewUser(Req) Resp, User(Req) Resp"], ..USER }], &options());
    made.has("internal/logic/newuserlogic.go", &["type NewUser2Logic struct", "func NewNewUser2Logic("]);
    made.has("internal/logic/userlogic.go", &["type UserLogic struct"]);
    let rows = [
        ("User: get_user(Req) Resp, GetUser(Req) Resp", "Req Resp", "x/user;user", Code::DuplicateName),
        ("User: Logger(Req) Resp", "Req Resp", "x/user;user", Code::DuplicateName),
        ("User: Get(Req) Resp", "Req Resp req", "x/user;user", Code::DuplicateName),
        ("User: foo_Bar(Req) Resp, FooBar(Req) Resp", "Req Resp", "x/user;user", Code::FileCollision),
        ("User: Get(Req) Resp", "Req Resp", "x/internal/logic;logic", Code::TwoPackages),
    ];
    for (service, messages, go, code) in rows {
        let services: &'static [&'static str] = Box::leak(Box::new([service]));
        let found = refused(&[File { services, messages, go, ..USER }], &options());
        assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [code], "{found:?}");
    }
}

#[test]
fn parts_of_both_languages() {
    let templates = Places { home: Some("/home".to_owned()), ..Places::default() };
    let made = make(&[USER], &Options { templates, ..options() });
    // goctl copies this one as it is.
    made.has("internal/config/config.go", &["var x = [][]int{{1}}\n"]);
    made.has("internal/server/userserver.go", &["type UserServer struct", "func (s *UserServer) Get(in *user.Req) {}"]);
    made.has("userclient/user.go", &["import \"x/user\"\n", "Req  = user.Req\n", "client := user.NewUserClient(m.cli.Conn())"]);
}

#[test]
fn services_of_several_files() {
    let order = File { name: "order", go: "x/order;pb", messages: "Req Resp", services: &["Order: Get(Req) user/Req"] };
    let user = File { go: "x/user;pb", ..USER };
    let made = make(&[user, order], &multiple());
    made.has("user.go", &["pb.RegisterUserServer(", "pbpb.RegisterOrderServer(", "\tpbpb \"x/order\"\n"]);
    made.has(
        "client/order/order.go",
        &["// Source: order.proto\n", "Get(ctx context.Context, in *Req, opts ...grpc.CallOption) (*pb.Req, error)"],
    );
}
