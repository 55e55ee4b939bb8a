//! Answers of plugins that never ran, to files.

use std::path::PathBuf;

use super::*;
use crate::golang::module::{self, Environment};
use crate::rpc::go_package::{PbOptions, Project, resolve};
use crate::rpc::spec::ProtoFile;
use crate::rpc::wire::put_bytes;
use crate::source::Disk;

/// Files of these names and Go packages, all named, each with a service.
pub(super) fn spec(files: &[(&str, &str)]) -> RpcSpec {
    let mut spec = RpcSpec::default();
    let mut sources = Sources::new(Disk::memory([]));
    for (at, (name, go_package)) in files.iter().enumerate() {
        spec.named.push(FileNo(at));
        spec.files.push(ProtoFile {
            name: (*name).to_owned(),
            origin: Origin::Disk { path: PathBuf::from("/p").join(name), source: sources.add(*name, "") },
            package: "acme".to_owned(),
            go_package: Some(((*go_package).to_owned(), None)).filter(|(text, _)| !text.is_empty()),
            imports: Vec::new(),
            messages: Vec::new(),
            has_services: true,
            raw: format!("raw of {name}").into_bytes(),
        });
    }
    spec
}

/// Their packages below `/p`, the directory of the module `example.com`, each beside its file.
pub(super) fn resolved(spec: &RpcSpec, options: &[&str]) -> Resolved {
    let opt: Vec<String> = ["paths=source_relative"].iter().chain(options).map(|&option| option.to_owned()).collect();
    into(spec, &["/p"], opt)
}

fn into(spec: &RpcSpec, out: &[&str], opt: Vec<String>) -> Resolved {
    let out: Vec<String> = out.iter().map(|&dir| dir.to_owned()).collect();
    let options = PbOptions { go_out: out.clone(), go_grpc_out: out, go_opt: opt.clone(), go_grpc_opt: opt, plugins: Vec::new() };
    let sources = Sources::new(Disk::memory([("/p/go.mod", "module example.com\n")]));
    let root = Root { dir: "/p/rpc".into(), shown: "rpc".to_owned() };
    let module = module::find(&root.dir, None, Environment::default(), sources.disk()).unwrap();
    let project = Project { root: &root, module: &module, environment: Environment::default() };
    let mut report = Report::new();
    resolve(spec, &options, &project, &sources, &mut report).unwrap_or_else(|| panic!("{}", report.render(&sources, false)))
}

fn answer(names: &[&str]) -> Vec<u8> {
    let mut out = Vec::new();
    for name in names {
        let mut file = Vec::new();
        put_bytes(&mut file, 1, name.as_bytes());
        put_bytes(&mut file, 15, format!("// {name}\n").as_bytes());
        put_bytes(&mut out, 15, &file);
    }
    out
}

/// What the two plugins' answers come to: the directory and path of each file, with what it holds.
fn made(spec: &RpcSpec, resolved: &Resolved, answers: [&[&str]; 2]) -> Result<Vec<String>, String> {
    let mut pieces = Pieces::default();
    for (side, names) in resolved.sides.iter().zip(answers) {
        let job = job(spec, resolved, side).unwrap();
        take(&job, Ok(answer(names)), spec, resolved, &mut pieces).map_err(|trouble| format!("{} {}", job.program(), trouble.message))?;
    }
    let Made { roots, files } = pieces.made;
    Ok(files.iter().map(|file| format!("{}:{} {}", roots[file.root.0].shown, file.path, file.body.text().trim())).collect())
}

#[test]
fn a_file_goes_where_its_package_is() {
    let spec = spec(&[("user.proto", "./users/v1"), ("a/order.proto", "./order")]);
    let resolved = into(&spec, &["/x", "/p"], Vec::new());
    let all = made(
        &spec,
        &resolved,
        [&["user.pb.go", "user_protoopaque.pb.go", "a/order.pb.go", "mine.go"], &["user_grpc.pb.go", "a/order_grpc.pb.go"]],
    );
    let expected = [
        "/x:users/v1/user.pb.go // user.pb.go",
        "/p:users/v1/user.pb.go // user.pb.go",
        "/x:users/v1/user_protoopaque.pb.go // user_protoopaque.pb.go",
        "/p:users/v1/user_protoopaque.pb.go // user_protoopaque.pb.go",
        "/x:order/order.pb.go // a/order.pb.go",
        "/p:order/order.pb.go // a/order.pb.go",
        "/x:mine.go // mine.go",
        "/p:mine.go // mine.go",
        "/x:users/v1/user_grpc.pb.go // user_grpc.pb.go",
        "/p:users/v1/user_grpc.pb.go // user_grpc.pb.go",
        "/x:order/order_grpc.pb.go // a/order_grpc.pb.go",
        "/p:order/order_grpc.pb.go // a/order_grpc.pb.go",
    ];
    assert_eq!(all.unwrap(), expected);
}

#[test]
fn a_name_that_two_files_could_have_is_told_apart_by_the_plugin() {
    let spec = spec(&[("user.proto", "./a"), ("user_grpc.proto", "./b")]);
    let resolved = into(&spec, &["/p"], Vec::new());
    let all = made(&spec, &resolved, [&["user.pb.go", "user_grpc.pb.go"], &["user_grpc.pb.go", "user_grpc_grpc.pb.go"]]).unwrap();
    let paths: Vec<&str> = all.iter().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(paths, ["/p:a/user.pb.go", "/p:b/user_grpc.pb.go", "/p:a/user_grpc.pb.go", "/p:b/user_grpc_grpc.pb.go"]);
    // In one package they would be one file.
    let resolved = into(&spec, &["/p"], vec!["Muser_grpc.proto=./a;a".to_owned()]);
    let error = made(&spec, &resolved, [&["user.pb.go", "user_grpc.pb.go"], &["user_grpc.pb.go", "user_grpc_grpc.pb.go"]]).unwrap_err();
    assert_eq!(error, "protoc-gen-go-grpc makes `a/user_grpc.pb.go` a second time: protoc-gen-go and protoc-gen-go-grpc would write it");
}

#[test]
fn a_file_of_which_nothing_is_made_is_told() {
    let spec = spec(&[("user.proto", "./user")]);
    let resolved = into(&spec, &["/p"], Vec::new());
    assert_eq!(made(&spec, &resolved, [&[], &[]]).unwrap_err(), "protoc-gen-go makes no `user.pb.go` of `user.proto`");
    assert_eq!(
        made(&spec, &resolved, [&["user.pb.go"], &["user.pb.go"]]).unwrap_err(),
        "protoc-gen-go-grpc makes no `user_grpc.pb.go` of `user.proto`"
    );
}

#[test]
fn long_words_are_cut() {
    assert_eq!(gist("\n panic: oh\n\tno \n"), "panic: oh / no");
    assert_eq!(gist("1\n2\n3\n4\n5\n"), "1 / 2 / 3 / 4 …");
}
