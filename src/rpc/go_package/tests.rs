//! Go packages of files that were never text.

use std::path::{Path, PathBuf};

use super::*;
use crate::golang::module;
use crate::rpc::spec::Origin;
use crate::source::Disk;

/// A run of the tests: the disk, the flags, the files as (name, go_package, imports), the first of them named.
#[derive(Default)]
struct Run<'a> {
    disk: &'a [(&'a str, &'a str)],
    zrpc_out: &'a str,
    out: &'a [&'a str],
    opt: &'a [&'a str],
    grpc_opt: Option<&'a [&'a str]>,
    files: &'a [(&'a str, &'a str)],
    /// What is told where nothing is wrong.
    told: &'a [&'a str],
}

const MODULE: (&str, &str) = ("/p/go.mod", "module example.com/shop\n\nrequire example.com/dep v1.0.0\n");

impl Run<'_> {
    fn resolve(&self) -> Result<(Resolved, Vec<String>), Vec<String>> {
        let mut sources = Sources::new(Disk::memory(self.disk.iter().copied()));
        let mut spec = RpcSpec::default();
        for (at, (name, go_package)) in self.files.iter().enumerate() {
            let bundled = name.starts_with("google/protobuf/");
            let source = sources.add(*name, format!("syntax = \"proto3\";\n\npackage acme.{at};\n"));
            let go_package = Some(*go_package).filter(|text| !text.is_empty()).map(|text| (text.to_owned(), None));
            let origin = if bundled { Origin::Bundled } else { Origin::Disk { path: PathBuf::from("/p").join(name), source } };
            spec.files.push(ProtoFile {
                name: (*name).to_owned(),
                origin,
                package: format!("acme.v{at}"),
                go_package,
                imports: Vec::new(),
                messages: Vec::new(),
                has_services: true,
                raw: Vec::new(),
            });
        }
        spec.named.push(FileNo(0));
        let words = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect::<Vec<_>>();
        let options = PbOptions {
            go_out: words(self.out),
            go_grpc_out: words(self.out),
            go_opt: words(self.opt),
            go_grpc_opt: words(self.grpc_opt.unwrap_or(self.opt)),
            plugins: Vec::new(),
        };
        let root = Root { dir: PathBuf::from(if self.zrpc_out.is_empty() { "/p" } else { self.zrpc_out }), shown: String::new() };
        let module = module::find(&root.dir, None, Environment::default(), sources.disk()).unwrap();
        let project = Project { root: &root, module: &module, environment: Environment::default() };
        let mut report = Report::new();
        let resolved = resolve(&spec, &options, &project, &sources, &mut report);
        let told = report.sorted().into_iter().map(|found| format!("{}: {}", found.code.as_str(), found.message)).collect();
        match resolved {
            Some(resolved) => Ok((resolved, told)),
            None => Err(told),
        }
    }

    /// `path name dir` of each file; the directory in brackets where no code is made.
    fn packages(&self) -> Vec<String> {
        let (resolved, told) = self.resolve().unwrap_or_else(|told| panic!("{told:?}"));
        assert_eq!(told, self.told);
        let line = |(at, package): (usize, &GoPackage)| {
            let dir = package.dir.as_deref().unwrap_or(Path::new("-")).display();
            let made = resolved.generated.contains(&FileNo(at));
            format!("{} {} {}", package.path, package.name, if made { dir.to_string() } else { format!("({dir})") })
        };
        resolved.packages.iter().enumerate().map(line).collect()
    }

    fn errors(&self) -> Vec<String> {
        self.resolve().map(|(resolved, _)| panic!("{:?}", resolved.packages)).unwrap_err()
    }
}

#[test]
fn the_import_path_is_that_of_the_disk() {
    let run = Run { disk: &[MODULE], zrpc_out: "/p/rpc", out: &["/p/types"], files: &[("user.proto", "./user")], ..Run::default() };
    assert_eq!(run.packages(), ["example.com/shop/types/user user /p/types/user"]);
    let run = Run { files: &[("user.proto", "example.com/shop/pb;userpb")], ..run };
    assert_eq!(run.packages(), ["example.com/shop/types/example.com/shop/pb userpb /p/types/example.com/shop/pb"]);
    let run = Run { out: &["/p"], opt: &["module=example.com/shop"], ..run };
    assert_eq!(run.packages(), ["example.com/shop/pb userpb /p/pb"]);
    let run = Run { opt: &["paths=source_relative"], files: &[("a/b/user.proto", "../x")], ..run };
    assert_eq!(run.packages(), ["example.com/shop/a/b x /p/a/b"]);
    let run = Run { opt: &[], files: &[("user.proto", "/abs/pb")], ..run };
    assert_eq!(run.packages(), ["example.com/shop/abs/pb pb /p/abs/pb"]);
}

#[test]
fn an_option_of_the_command_line_counts_before_the_file() {
    let run = Run { disk: &[MODULE], zrpc_out: "/p/rpc", out: &["/p"], files: &[("user.proto", "")], ..Run::default() };
    let run = Run { opt: &["Muser.proto=./pb;named"], ..run };
    assert_eq!(run.packages(), ["example.com/shop/pb named /p/pb"]);
    // One plugin's option holds for the other, which says nothing of its own.
    let run = Run { grpc_opt: Some(&[]), ..run };
    assert_eq!(run.packages(), ["example.com/shop/pb named /p/pb"]);
    // As in protogen, the name comes from the file before it comes from the path of `M`.
    let run = Run { opt: &["Muser.proto=./pb"], files: &[("user.proto", "./user-svc")], ..run };
    assert_eq!(run.packages(), ["example.com/shop/pb user_svc /p/pb"]);
}

#[test]
fn what_another_module_has_is_not_made() {
    let files = [
        ("user.proto", "./user"),
        ("dep/dep.proto", "example.com/dep/v1;depv1"),
        ("google/protobuf/empty.proto", "google.golang.org/protobuf/types/known/emptypb"),
        ("google/api/http.proto", "google.golang.org/genproto/googleapis/api/annotations;annotations"),
        ("google/mine.proto", "./mine"),
        ("other.proto", "example.com/depth"),
        ("dep/inner.proto", "example.com/dep/internal/v1"),
    ];
    let told = ["module: the Go code of `other.proto` is made here: go.mod requires no module that has it"];
    let run = Run { disk: &[MODULE], zrpc_out: "/p/rpc", out: &["/p"], files: &files, told: &told, ..Run::default() };
    let made = [
        "example.com/shop/user user /p/user",
        "example.com/dep/v1 depv1 (-)",
        "google.golang.org/protobuf/types/known/emptypb emptypb (-)",
        "google.golang.org/genproto/googleapis/api/annotations annotations (-)",
        "example.com/shop/mine mine /p/mine",
        "example.com/shop/example.com/depth depth /p/example.com/depth",
        "example.com/shop/example.com/dep/internal/v1 v1 /p/example.com/dep/internal/v1",
    ];
    assert_eq!(run.packages(), made);
    // Named on the command line, it is asked for.
    let run = Run { files: &[("dep/dep.proto", "example.com/dep/v1;depv1")], told: &[], ..run };
    assert_eq!(run.packages(), ["example.com/shop/example.com/dep/v1 depv1 /p/example.com/dep/v1"]);
}

#[test]
fn an_import_that_this_module_has_elsewhere_is_used_from_there() {
    let files = [("user.proto", "./user"), ("common.proto", "example.com/shop/common")];
    let run = Run { disk: &[MODULE], zrpc_out: "/p/rpc", out: &["/p/rpc"], files: &files, ..Run::default() };
    assert_eq!(run.packages()[1], "example.com/shop/rpc/example.com/shop/common common /p/rpc/example.com/shop/common");
    let run = Run { disk: &[MODULE, ("/p/common/common.pb.go", "package common\n")], ..run };
    assert_eq!(run.packages()[1], "example.com/shop/common common (/p/common)");
    let run = Run { out: &["/p"], opt: &["module=example.com/shop"], files: &[("user.proto", "example.com/shop/user"), files[1]], ..run };
    assert_eq!(run.packages()[1], "example.com/shop/common common /p/common");
}

#[test]
fn without_a_module_one_is_about_to_be_made() {
    let run = Run { zrpc_out: "/w/greet", out: &["/w/greet"], files: &[("greet.proto", "./greet")], ..Run::default() };
    assert_eq!(run.packages(), ["greet/greet greet /w/greet/greet"]);
    // Beside it there is none.
    let run = Run { out: &["/w/types"], ..run };
    assert!(run.errors()[0].contains("in no Go module"));
    let run = Run { files: &[("greet.proto", "example.com/types/greet")], ..run };
    assert_eq!(run.packages(), ["example.com/types/greet greet /w/types/example.com/types/greet"]);
}

#[test]
fn without_plugins_the_file_says_where_its_package_is() {
    let run = Run { disk: &[MODULE], zrpc_out: "/p/rpc", files: &[("user.proto", "./pb")], ..Run::default() };
    assert_eq!(run.packages(), ["example.com/shop/rpc/pb pb /p/rpc/pb"]);
    let run = Run { files: &[("user.proto", "example.com/shop/pb;user")], ..run };
    assert_eq!(run.packages(), ["example.com/shop/pb user /p/pb"]);
    let run = Run { files: &[("user.proto", "example.com/protos/pb;user")], ..run };
    assert_eq!(run.packages(), ["example.com/protos/pb user -"]);
}

#[test]
fn what_cannot_work_is_told_of_all_files() {
    let files = [
        ("a.proto", ""),
        ("b.proto", "pb"),
        ("c.proto", "../x"),
        ("d.proto", "./x;my-pb"),
        ("e_linux.proto", "./e"),
        ("f.proto", "./my pb/f"),
        ("g.proto", "."),
    ];
    let run = Run { disk: &[MODULE], out: &["/p"], files: &files, ..Run::default() };
    let errors = run.errors();
    let codes: Vec<&str> = errors.iter().map(|error| error.split(':').next().unwrap()).collect();
    // The one with a place stands behind those without.
    let expected =
        ["bad_go_package", "bad_go_package", "bad_go_package", "ignored_by_go", "bad_go_package", "two_packages", "missing_go_package"];
    assert_eq!(codes, expected, "{errors:#?}");
}

#[test]
fn the_two_plugins_agree() {
    let run = Run { disk: &[MODULE], zrpc_out: "/p/rpc", out: &["/p"], files: &[("a/user.proto", "./pb")], ..Run::default() };
    let run = Run { opt: &["paths=source_relative"], grpc_opt: Some(&[]), ..run };
    assert!(run.errors()[0].contains("protoc-gen-go would write to /p/a, protoc-gen-go-grpc to /p/pb"), "{:?}", run.errors());
    let run = Run {
        opt: &["paths=source_relative,Ma/user.proto=./x;one"],
        grpc_opt: Some(&["paths=source_relative,Ma/user.proto=./x;two"]),
        ..run
    };
    assert!(run.errors()[0].contains("package `one`"), "{:?}", run.errors());
}

#[test]
fn one_directory_holds_one_package() {
    let run = Run {
        disk: &[MODULE],
        zrpc_out: "/p/rpc",
        out: &["/p"],
        files: &[("a.proto", "./pb"), ("b.proto", "./pb;other")],
        ..Run::default()
    };
    assert!(run.errors()[0].starts_with("two_packages: two packages in one directory"), "{:?}", run.errors());
}

#[test]
fn names_follow_protogen() {
    for (text, name) in [("go", "_go"), ("1pb", "_1pb"), ("user-svc", "user_svc"), ("type", "_type"), (".", "__"), ("v1.2", "v1_2")] {
        assert_eq!(sanitize(text), name);
    }
    for (path, last) in [("a/b", "b"), ("b", "b"), ("./pb/", "pb"), ("", "."), ("/", "/"), (".", ".")] {
        assert_eq!(base(path), last);
    }
}
