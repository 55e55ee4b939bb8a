//! Dockerfiles as ctl writes them, really built, and what they hold really run: by buildah, over stand-ins for the base images
//! (`support/images.rs`), from the image's own root file system, as the user it names.

// Tests start servers and build and run real programs.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::images::{Image, Store};
use support::machine::{Temp, ctl, need_plugins, run, words, work_dir};
use support::servers::free_port;
use support::service::{Service, ask};
use support::shop;

#[test]
fn images_are_built_and_run() {
    if !need_plugins() {
        return;
    }
    let Some(mut store) = Store::new("image-store") else { return };
    if asked("shop") {
        the_shop(&mut store);
    }
    for kind in KINDS.iter().filter(|kind| asked(kind.name)) {
        small_module(&mut store, kind);
    }
}

/// Whether `CTL_CASE`, a part of a name, picks this build.
fn asked(name: &str) -> bool {
    std::env::var("CTL_CASE").map_or(true, |only| name.contains(&only))
}

/// The example's Dockerfiles, unchanged, over its services with ports of their own; and others of the same project.
fn the_shop(store: &mut Store) {
    let dir = work_dir("image-shop");
    shop::generate(&dir);
    shop::require(&dir);
    let [api, user, health] = [free_port(), free_port(), free_port()];
    let etc = |path: &str, more: &str, change: &dyn Fn(&str) -> String| {
        let path = dir.join(path);
        fs::write(&path, change(&fs::read_to_string(&path).unwrap()) + more).unwrap();
    };
    let observed = |port: u16| format!("\nDevServer:\n  Host: 127.0.0.1\n  Port: {port}\n");
    etc("api/etc/shop.yaml", &observed(health), &|text| {
        text.replace("Host: 0.0.0.0", "Host: 127.0.0.1").replace("Port: 8888", &format!("Port: {api}"))
    });
    // No etcd: clients of this one know its address.
    let user_health = free_port();
    etc("user/etc/user.yaml", &observed(user_health), &|text| {
        text[..text.find("Etcd:").unwrap()].replace("0.0.0.0:8080", &format!("127.0.0.1:{user}"))
    });
    let flags = modules(&dir);
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();

    for (dockerfile, tag, port, asked) in [
        ("deploy/api.Dockerfile", "shop-api", api, (api, "/ping")),
        ("deploy/user.Dockerfile", "shop-user", user, (user_health, "/healthz")),
    ] {
        store.build(&dir, dockerfile, tag, &flags);
        let image = store.unpack(tag);
        holds(&image, tag);
        let service = start(&image, &dir.join(tag), port);
        answers(&service, asked.0, asked.1);
        assert_eq!(owner(&service), 65532, "{tag} runs as the user that the image names");
    }

    // The same service on a base with a shell, a time zone, a health check.
    let home = Temp::new();
    let line = "docker -go api/shop.go -exe shop-api -tz Europe/Berlin --base alpine -o alpine.Dockerfile";
    let ran = run(ctl(&dir, home.path()).args(words(line)), b"");
    assert_eq!(ran.code, 0, "{}", ran.err);
    store.build(&dir, "alpine.Dockerfile", "shop-alpine", &flags);
    let image = store.unpack("shop-alpine");
    holds(&image, "shop-api");
    assert!(image.words("Env").contains(&"TZ=Europe/Berlin".to_owned()), "{:?}", image.config);
    let zone = fs::read(image.root.join("usr/share/zoneinfo/Europe/Berlin")).unwrap();
    assert_eq!(zone[..4], *b"TZif");
    let check = image.config["Healthcheck"]["Test"].as_array().expect("a health check").clone();
    let check: Vec<String> = check.iter().map(|word| word.as_str().unwrap().to_owned()).collect();
    let check = match check[0].as_str() {
        "CMD-SHELL" => ["/bin/sh", "-c", &check[1]].map(str::to_owned).to_vec(),
        _ => check[1..].to_vec(),
    };
    let is_healthy = || run(&mut image.command(&check), b"").code == 0;
    assert!(!is_healthy(), "nobody listens yet: {check:?}");
    let service = start(&image, &dir.join("shop-alpine"), api);
    answers(&service, api, "/ping");
    assert!(is_healthy(), "{check:?}: {}", service.logs());
}

/// A small module and what it imports: all of it is found without a proxy.
fn small_module(store: &mut Store, kind: &Kind) {
    let (dir, home) = (work_dir(&format!("image-{}", kind.name)), Temp::new());
    for (path, text) in kind.files {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let module = dir.join(kind.module);
    if kind.is_vendored {
        let ran = run(Command::new("go").current_dir(&module).env("GOWORK", "off").args(["mod", "vendor"]), b"");
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let ran = run(ctl(&module, home.path()).args(["docker", "-go", "main.go"]), b"");
    assert_eq!(ran.code, 0, "{}: {}", kind.name, ran.err);
    // Where it is built, relative to the module: ctl says so.
    let next = ran.err.lines().find_map(|line| line.strip_prefix("next: ")).unwrap_or_else(|| panic!("no hint: {}", ran.err));
    let (context, dockerfile) =
        if next.starts_with("cd ..") { (dir.as_path(), "app/Dockerfile") } else { (module.as_path(), "Dockerfile") };
    let said = store.build(context, dockerfile, kind.name, &[&["--build-arg=GOPROXY=off"], kind.flags].concat());
    assert!(said.contains(kind.says), "{}: {said}", kind.name);

    let image = store.unpack(kind.name);
    // The machine in the head of an ELF file.
    let head = fs::read(image.root.join("app/main")).unwrap();
    assert!(head[..4] == *b"\x7fELF");
    if kind.machine == HERE {
        let ran = run(&mut image.command(&image.words("Cmd")), b"");
        assert_eq!((ran.code, ran.out.as_str()), (0, "greetings\n"), "{}: {}", kind.name, ran.err);
    } else {
        assert_eq!(head[18], kind.machine, "{}", kind.name);
    }
}

struct Kind {
    name: &'static str,
    files: &'static [(&'static str, &'static str)],
    /// The folder of the module whose `main.go` is asked for.
    module: &'static str,
    is_vendored: bool,
    flags: &'static [&'static str],
    /// What the build says.
    says: &'static str,
    /// The machine it is built for: its number in the head of an ELF file.
    machine: u8,
}

const ALONE: &str = "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(greeting) }\n";
const GREETING: &str = "package main\n\nconst greeting = \"greetings\"\n";
const IMPORTING: &str =
    "package main\n\nimport (\n\t\"fmt\"\n\n\t\"example.com/words\"\n)\n\nfunc main() { fmt.Println(words.Greeting) }\n";
const WORDS: &str = "// Package words has words.\npackage words\n\n// Greeting is one.\nconst Greeting = \"greetings\"\n";

/// A package of two files, without a go.sum, for the machine that the test runs on.
const PLAIN: Kind = Kind {
    name: "plain",
    files: &[("go.mod", "module example.com/app\n\ngo 1.25.0\n"), ("main.go", ALONE), ("greeting.go", GREETING)],
    module: "",
    is_vendored: false,
    flags: &[],
    says: "",
    machine: HERE,
};

const KINDS: [Kind; 6] = [
    PLAIN,
    // For a machine that this is not; buildah 1.28 has no BUILDPLATFORM of its own.
    Kind { name: "another-machine", flags: ELSEWHERE, machine: 0xf3, ..PLAIN },
    // Private modules are asked for by git.
    Kind { name: "private", flags: &["--build-arg=GOPRIVATE=git.example.com"], says: "apk was asked: add --no-cache git", ..PLAIN },
    Kind { name: "replaced", files: REPLACED, module: "app", ..PLAIN },
    Kind {
        name: "workspace",
        files: &[
            ("go.work", "go 1.25.0\n\nuse (\n\t./app\n\t./words\n)\n"),
            ("app/go.mod", "module example.com/app\n\ngo 1.25.0\n\nrequire example.com/words v0.0.0\n"),
            ("app/main.go", IMPORTING),
            ("words/go.mod", "module example.com/words\n\ngo 1.25.0\n"),
            ("words/words.go", WORDS),
        ],
        module: "app",
        ..PLAIN
    },
    Kind { name: "vendored", files: REPLACED, module: "app", is_vendored: true, ..PLAIN },
];

/// Stands for the machine that the test runs on.
const HERE: u8 = 0;

/// RISC-V, built on this machine.
const ELSEWHERE: &[&str] = if cfg!(target_arch = "aarch64") {
    &["--platform=linux/riscv64", "--build-arg=BUILDPLATFORM=linux/arm64"]
} else {
    &["--platform=linux/riscv64", "--build-arg=BUILDPLATFORM=linux/amd64"]
};

/// Two modules, of which one is the other's by a path.
const REPLACED: &[(&str, &str)] = &[
    ("app/go.mod", "module example.com/app\n\ngo 1.25.0\n\nrequire example.com/words v0.0.0\n\nreplace example.com/words => ../words\n"),
    ("app/main.go", IMPORTING),
    ("words/go.mod", "module example.com/words\n\ngo 1.25.0\n"),
    ("words/words.go", WORDS),
];

/// Build arguments and mounts with which a build finds this machine's modules, and asks for none elsewhere.
fn modules(dir: &Path) -> [String; 2] {
    let go = |args: &[&str]| {
        let ran = run(Command::new("go").current_dir(dir).env("GOWORK", "off").args(args), b"");
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out.trim().to_owned()
    };
    go(&["mod", "download"]);
    let cache = go(&["env", "GOMODCACHE"]);
    ["--build-arg=GOPROXY=file:///modules".to_owned(), format!("--volume={cache}/cache/download:/modules:ro")]
}

/// What every image of ours has.
fn holds(image: &Image, title: &str) {
    assert_eq!(image.config["User"], "65532:65532");
    assert_eq!(image.config["WorkingDir"], "/app");
    assert_eq!(image.config["Labels"]["org.opencontainers.image.title"], title);
    assert!(image.root.join("etc/ssl/certs/ca-certificates.crt").is_file());
    assert_eq!(image.words("Cmd")[0], format!("./{title}"));
}

fn start(image: &Image, log: &Path, port: u16) -> Service {
    Service::listening(image.command(&image.words("Cmd")), log.with_extension("log"), port)
}

/// Asked over HTTP, on a port which may be another than the one it serves.
fn answers(service: &Service, port: u16, path: &str) {
    let answer = ask(port, "GET", path, None, "");
    assert_eq!(answer.code, 200, "{path}: {answer:?}\n{}", service.logs());
}

/// The user a service runs as.
fn owner(service: &Service) -> u32 {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(format!("/proc/{}", service.id())).unwrap().uid()
}
