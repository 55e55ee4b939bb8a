//! Descriptors against protoc: ours mean the same, and what one of the two refuses the other refuses too.
//!
//! The files are those of our cases, and those of modules in Go's module cache. Where the two differ,
//! `tests/known/proto_descriptors.txt` says why; a difference that is not listed fails, and so does a listed one that is none any more.

// Tests run real tools on real folders.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ctl::diagnostic::Report;
use ctl::rpc::check::check;
use ctl::rpc::compile::{Options, compile};
use ctl::rpc::spec::{Origin, RpcSpec};
use ctl::source::Sources;
use prost::Message;
use prost_reflect::{DescriptorPool, DynamicMessage};
use prost_types::{FileDescriptorProto, SourceCodeInfo};
use support::leads_right;
use support::machine::{Temp, files, folders, need, need_module, package, run};

/// Modules with `.proto` files, and the directories of each that imports start from.
const MODULES: [(&str, &[&str]); 7] = [
    ("istio.io/api@v1.24.0", &["common-protos", "."]),
    ("google.golang.org/protobuf@v1.36.11", &["src", "."]),
    ("google.golang.org/grpc@v1.80.0", &["."]),
    ("github.com/grpc-ecosystem/grpc-gateway/v2@v2.27.7", &["."]),
    ("github.com/grpc-ecosystem/grpc-gateway@v1.16.0", &["third_party/googleapis", "."]),
    ("github.com/zeromicro/go-zero@v1.10.3", &["."]),
    ("github.com/zeromicro/go-zero/tools/goctl@v1.10.2", &["."]),
];

/// Every file with its name and its `-I` directories.
fn corpus() -> Option<Vec<(String, PathBuf, Vec<PathBuf>)>> {
    let mut all = Vec::new();
    for command in folders(&package().join("tests/cases")).iter().chain([&package().join("examples")]) {
        for path in files(command, ".proto") {
            // The `-I` of a case are its own; its folder serves most.
            let case = path.strip_prefix(command).unwrap().components().take(2).fold(command.clone(), |dir, part| dir.join(part));
            let dir = if case.is_dir() { case } else { path.parent().unwrap().to_owned() };
            all.push((path.strip_prefix(package()).unwrap().display().to_string(), path, vec![dir]));
        }
    }
    for (module, includes) in MODULES {
        let root = need_module(module)?;
        let includes: Vec<PathBuf> = includes.iter().map(|dir| if *dir == "." { root.clone() } else { root.join(dir) }).collect();
        for path in files(&root, ".proto") {
            all.push((format!("{module}/{}", path.strip_prefix(&root).unwrap().display()), path, includes.clone()));
        }
    }
    // What ctl does by itself, protoc is told: files beside the named one are found, and those that ctl carries.
    for (_, path, includes) in &mut all {
        includes.extend([path.parent().unwrap().to_owned(), package().join("src/rpc/bundled")]);
    }
    Some(all)
}

fn ours(path: &Path, includes: &[PathBuf]) -> Result<RpcSpec, String> {
    let (mut sources, mut report) = (Sources::default(), Report::new());
    let proto_paths = includes.iter().map(|dir| dir.display().to_string()).collect();
    let options = Options { proto_paths, protoc: None };
    let compiled = compile(&[path.display().to_string()], &options, &mut sources, &mut report);
    let spec = compiled.and_then(|compiled| check(compiled, &sources, &mut report));
    spec.ok_or_else(|| report.render(&sources, false))
}

fn protoc(path: &Path, includes: &[PathBuf], out: &Path) -> Result<Vec<Vec<u8>>, String> {
    let mut command = Command::new("protoc");
    command.args(["--include_imports", "--include_source_info"]).arg(format!("--descriptor_set_out={}", out.display()));
    for dir in includes {
        command.arg("-I").arg(dir);
    }
    let ran = run(command.arg(path), b"");
    if ran.code != 0 {
        return Err(ran.err);
    }
    // The set's own files, as bytes: re-encoding would lose the options of others.
    let set = fs::read(out).unwrap();
    let (mut rest, mut files) = (set.as_slice(), Vec::new());
    while let Some((0x0a, after)) = rest.split_first() {
        rest = after;
        let length = usize::try_from(prost::encoding::decode_varint(&mut rest).unwrap()).unwrap();
        let (file, after) = rest.split_at(length);
        rest = after;
        // protoc takes comments that are not UTF-8; nobody can read them.
        FileDescriptorProto::decode(file).map_err(|error| error.to_string())?;
        files.push(file.to_vec());
    }
    assert!(rest.is_empty());
    Ok(files)
}

/// A pool of encoded files, to read their options by. Public imports of public imports are nothing it knows.
fn pool(files: &[Vec<u8>]) -> DescriptorPool {
    let mut pool = DescriptorPool::new();
    let all = files.iter().try_for_each(|file| pool.decode_file_descriptor_proto(file.as_slice()));
    if all.is_ok() { pool } else { DescriptorPool::global() }
}

/// How two encodings of one file differ in what they mean; `None` where they do not.
fn difference(ours: &[u8], theirs: &[u8], text: Option<&str>, pool: &DescriptorPool) -> Option<String> {
    let global = DescriptorPool::global();
    let name = "google.protobuf.FileDescriptorProto";
    let descriptor = pool.get_message_by_name(name).or_else(|| global.get_message_by_name(name)).unwrap();
    let decode = |bytes: &[u8]| {
        let mut message = DynamicMessage::decode(descriptor.clone(), bytes).unwrap();
        message.clear_field_by_name("source_code_info");
        message
    };
    let (a, b) = (decode(ours), decode(theirs));
    if a != b {
        let (a, b) = (format!("{a:?}"), format!("{b:?}"));
        let at = a.bytes().zip(b.bytes()).position(|(a, b)| a != b).unwrap_or(a.len().min(b.len()));
        let near = |text: &str| text.chars().skip(at.saturating_sub(80)).take(160).collect::<String>();
        return Some(format!("meaning:\n- {}\n+ {}", near(&a), near(&b)));
    }
    let text = text?;
    let info = |bytes: &[u8]| FileDescriptorProto::decode(bytes).unwrap().source_code_info.unwrap_or_default();
    let (a, b) = (locations(&info(ours), text, false), locations(&info(theirs), text, true));
    let one_sided: Vec<_> = a.symmetric_difference(&b).take(2).collect();
    (!one_sided.is_empty()).then(|| format!("places: {one_sided:?}"))
}

type Location = (Vec<i32>, Vec<i32>, String, String, Vec<String>);

/// Places and comments, in any order; columns in bytes.
fn locations(info: &SourceCodeInfo, text: &str, tabs: bool) -> BTreeSet<Location> {
    let lines: Vec<&str> = text.split('\n').collect();
    let column = |line: i32, column: i32| {
        let line = lines.get(usize::try_from(line).unwrap()).copied().unwrap_or("");
        let (mut counted, mut at) = (0, 0);
        while tabs && counted < column && at < line.len() {
            counted = if line.as_bytes()[at] == b'\t' { (counted / 8 + 1) * 8 } else { counted + 1 };
            at += 1;
        }
        if tabs { i32::try_from(at).unwrap() } else { column }
    };
    let span = |span: &[i32]| match *span {
        [line, from, to] => vec![line, column(line, from), column(line, to)],
        [line, from, last, to] => vec![line, column(line, from), last, column(last, to)],
        _ => panic!("{span:?}"),
    };
    let all = info.location.iter().map(|location| {
        let detached = location.leading_detached_comments.clone();
        (
            location.path.clone(),
            span(&location.span),
            location.leading_comments().to_owned(),
            location.trailing_comments().to_owned(),
            detached,
        )
    });
    all.collect()
}

/// What a listed name begins with that is of the files ctl carries.
const BUNDLED: &str = "bundled ";

/// The listed differences with their reasons: `name: reason` each line.
fn known() -> BTreeMap<String, String> {
    let text = fs::read_to_string(package().join("tests/known/proto_descriptors.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(": ").map(|(name, why)| (name.to_owned(), why.to_owned())).expect("`name: reason`")).collect()
}

#[test]
fn descriptors_mean_what_protocs_do() {
    if !need("protoc") {
        return;
    }
    let Some(corpus) = corpus() else { return };
    let temp = Temp::new();
    let mut known = known();
    known.retain(|name, _| !name.starts_with(BUNDLED));
    let (mut equal, mut refused, mut news) = (0, BTreeMap::<String, usize>::new(), Vec::new());
    for (name, path, includes) in &corpus {
        let found = match (ours(path, includes), protoc(path, includes, &temp.path().join("set"))) {
            (Ok(spec), Ok(theirs)) => {
                leads_right(&spec).unwrap_or_else(|why| panic!("{name}: {why}"));
                let raws: Vec<Vec<u8>> = spec.files.iter().map(|file| file.raw.clone()).collect();
                let pool = pool(&raws);
                let named = spec.file(spec.named[0]);
                let text = fs::read_to_string(path).unwrap();
                let their = theirs.iter().find(|file| FileDescriptorProto::decode(file.as_slice()).unwrap().name() == named.name);
                match their {
                    Some(their) => difference(&named.raw, their, Some(&text), &pool),
                    None => Some(format!("protoc has no {}", named.name)),
                }
            }
            (Err(why), Err(_)) => {
                let rules: BTreeSet<&str> = why.lines().filter_map(|line| line.strip_prefix("error[")?.split(']').next()).collect();
                *refused.entry(rules.into_iter().collect::<Vec<_>>().join(" ")).or_default() += 1;
                continue;
            }
            (Ok(_), Err(why)) => Some(format!("protoc alone refuses: {why}")),
            (Err(why), Ok(_)) => Some(format!("ctl alone refuses: {why}")),
        };
        match found {
            None => equal += 1,
            Some(_) if known.remove(name).is_some() => {}
            Some(why) => news.push(format!("{name}: {}", why.lines().take(4).collect::<Vec<_>>().join("\n"))),
        }
    }
    println!("{equal} of {} files are equal; refused by both: {refused:?}", corpus.len());
    assert!(news.is_empty(), "{} differences that tests/known/proto_descriptors.txt does not have:\n{}", news.len(), news.join("\n"));
    assert!(known.is_empty(), "tests/known/proto_descriptors.txt has what is no difference: {known:?}");
}

/// What cannot be told apart by a machine: which file of a run a text became. The bytes, and protobuf's own files, which are
/// as old as the protoc, are compared by the other tests.
fn plain(mut spec: RpcSpec, sources: &Sources) -> String {
    for file in &mut spec.files {
        file.raw.clear();
        if file.name.starts_with("google/protobuf/") {
            file.messages.clear();
        }
    }
    let mut text = format!("{spec:?}");
    for file in &spec.files {
        if let Origin::Disk { source, .. } = file.origin {
            text = text.replace(&format!("{source:?}"), sources.name(source));
        }
    }
    text
}

#[test]
fn specs_are_the_same_through_protoc() {
    if !need("protoc") {
        return;
    }
    let mut compared = 0;
    for path in files(&package().join("tests/cases"), ".proto") {
        let spec = |protoc: Option<PathBuf>| {
            let (mut sources, mut report) = (Sources::default(), Report::new());
            let dir = path.parent().unwrap().display().to_string();
            let options = Options { proto_paths: vec![dir], protoc };
            let compiled = compile(&[path.display().to_string()], &options, &mut sources, &mut report)?;
            check(compiled, &sources, &mut report).map(|spec| plain(spec, &sources))
        };
        let (Some(ours), Some(theirs)) = (spec(None), spec(Some("protoc".into()))) else { continue };
        assert_eq!(ours, theirs, "{}", path.display());
        compared += 1;
    }
    assert!(compared > 10, "{compared} files");
}

#[test]
fn files_of_an_edition_are_read_through_protoc() {
    let temp = Temp::new();
    let write = |name: &str, text: &str| fs::write(temp.path().join(name), text).unwrap();
    let body = "package shop;\nimport \"google/api/annotations.proto\";\noption go_package = \"./shop\";\nmessage A {}\n\
        service S {\n\t// get\n\trpc Get(A) returns (stream A) { option (google.api.http) = { get: \"/a\" }; }\n}\n";
    write("a.proto", &format!("syntax = \"proto3\";\n{body}"));
    let made = ours(&temp.path().join("a.proto"), &[temp.path().to_owned()]).unwrap();
    // What a newer protoc would write.
    let mut set = Vec::new();
    for file in &made.files {
        let mut raw = file.raw.clone();
        if file.name == "a.proto" {
            let at = raw.windows(8).position(|bytes| bytes == b"b\x06proto3").unwrap();
            raw.splice(at..at + 8, *b"b\x08editions\x70\xe8\x07");
        }
        prost::encoding::bytes::encode(1, &raw, &mut set);
    }
    fs::write(temp.path().join("made"), set).unwrap();
    write("a.proto", &format!("edition = \"2023\";\n{body}"));
    let program = temp.path().join("protoc");
    write(
        "protoc",
        &format!(
            "#!/bin/sh\nfor word; do case $word in --descriptor_set_out=*) cp {}/made \"${{word#*=}}\" ;; esac; done\n",
            temp.path().display()
        ),
    );
    let mut mode = fs::metadata(&program).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o755);
    fs::set_permissions(&program, mode).unwrap();
    let (mut sources, mut report) = (Sources::default(), Report::new());
    let options = Options { proto_paths: vec![temp.path().display().to_string()], protoc: Some(program) };
    let compiled = compile(&["a.proto".to_owned()], &options, &mut sources, &mut report);
    let spec = compiled
        .and_then(|compiled| check(compiled, &sources, &mut report))
        .unwrap_or_else(|| panic!("{}", report.render(&sources, false)));
    let method = &spec.services[0].methods[0];
    assert_eq!((method.name.as_str(), method.comment.as_slice()), ("Get", ["get".to_owned()].as_slice()));
    assert_eq!((method.http[0].method.as_str(), method.http[0].path.as_str(), method.server_streams), ("get", "/a", true));
    let named = spec.file(spec.named[0]);
    assert_eq!(named.go_package.as_ref().map(|(text, _)| text.as_str()), Some("./shop"));
    // The plugins are given the file as protoc made it.
    assert!(named.raw.windows(8).any(|bytes| bytes == b"editions"));
}

#[test]
fn bundled_files_are_those_of_protoc() {
    if !need("protoc") {
        return;
    }
    let temp = Temp::new();
    let names = ["any", "api", "duration", "empty", "field_mask", "source_context", "struct", "timestamp", "type", "wrappers"];
    let imports: String = names.iter().map(|name| format!("import \"google/protobuf/{name}.proto\";\n")).collect();
    let path = temp.path().join("all.proto");
    fs::write(&path, format!("syntax = \"proto3\";\n{imports}")).unwrap();
    let includes = [temp.path().to_owned()];
    let (spec, theirs) = (ours(&path, &includes).unwrap(), protoc(&path, &includes, &temp.path().join("set")).unwrap());
    let (mut known, mut different) = (known(), Vec::new());
    for file in &spec.files {
        let their = theirs.iter().find(|their| FileDescriptorProto::decode(their.as_slice()).unwrap().name() == file.name).unwrap();
        let found = difference(&file.raw, their, None, &DescriptorPool::global()).map(|why| format!("{}: {why}", file.name));
        let listed = known.remove(&format!("{BUNDLED}{}", file.name)).is_some();
        different.extend(found.filter(|_| !listed));
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn protoc_refuses_what_we_refuse() {
    if !need("protoc") {
        return;
    }
    let text = fs::read_to_string(package().join("tests/proto/refused.txt")).unwrap();
    let mut differ = Vec::new();
    for block in text.split("\n==== ").map(|block| block.trim_start_matches("==== ")) {
        let (title, rest) = block.split_once('\n').unwrap();
        // What is required of services is goctl's business, not protoc's.
        if title.starts_with("services: ") {
            continue;
        }
        let temp = Temp::new();
        let input = rest.split("\n-- says").next().unwrap();
        let parts = input.split("-- ").skip(1).filter_map(|part| part.split_once(" --\n"));
        parts.for_each(|(name, text)| fs::write(temp.path().join(name), format!("{text}\n")).unwrap());
        let path = temp.path().join("a.proto");
        let includes = [temp.path().to_owned()];
        let (ours, theirs) = (ours(&path, &includes), protoc(&path, &includes, &temp.path().join("set")));
        if ours.is_ok() != theirs.is_ok() {
            differ.push(format!("{title}: ctl {:?}, protoc {:?}", ours.err(), theirs.err()));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
