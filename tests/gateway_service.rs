//! A gateway at work: made of a `.proto` file, in front of the zRPC server that is made of the same file, asked over HTTP.

// Tests start servers and build and run real programs.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;
use std::process::Command;

use serde_json::json;
use support::machine::{Go, Temp, copy, ctl, need, need_plugins, package, run, words};
use support::servers::{self, free_port};
use support::service::{Service, fill};

#[test]
fn http_reaches_a_service_by_the_rules_of_its_proto() {
    let (true, true, Some(etcd)) = (need("go"), need_plugins(), servers::etcd()) else { return };
    let go = Go::module("gateway-service");
    generate(&go);
    go.passes(&["build", "-o", "bin/", "./server", "./gateway"]);

    let config = |path: &str, port: u16| {
        let config = fs::read_to_string(go.dir.join(path)).unwrap().replace("127.0.0.1:2379", &etcd.address);
        let config = config.replace("0.0.0.0:8080", &format!("127.0.0.1:{port}")).replace("Port: 8888", &format!("Port: {port}"));
        config
            .replace("Host: localhost", "Host: 127.0.0.1")
            .replace("- user.pb", &format!("- {}", go.dir.join("gateway/user.pb").display()))
    };
    let port = free_port();
    let _server = Service::start(&go.dir.join("bin/server"), &config("server/etc/shop.user.yaml", port), port);
    let port = free_port();
    let gateway = Service::start(&go.dir.join("bin/gateway"), &config("gateway/etc/gateway.yaml", port), port);
    let ask = |method: &str, path: &str, body: &str| {
        let answer = gateway.ask(method, path, None, body);
        (answer.code, serde_json::from_str(&answer.body).unwrap_or_else(|_| json!(answer.body.trim())))
    };

    // A variable, a further binding, a body, the query, a stream.
    let ann = json!({"id": "7", "name": "ann"});
    assert_eq!(ask("GET", "/v1/users/7", ""), (200, ann.clone()), "{}", gateway.logs());
    assert_eq!(ask("GET", "/v1/people/7", ""), (200, ann.clone()));
    assert_eq!(ask("POST", "/v1/users", &ann.to_string()), (200, ann));
    assert_eq!(ask("GET", "/v1/users?number=3", ""), (200, json!({"id": "3", "name": ""})));
    // A status of the service becomes one of HTTP.
    assert_eq!(ask("GET", "/v1/users/404", "").0, 404);
    // What cannot be followed is not followed in another way.
    assert_eq!(ask("POST", "/v1/7:forget", "").0, 404);
    assert_eq!(ask("POST", "/v1/anything", "").0, 404);

    // Why a proto set of ours holds no rules: with one that does, go-zero has each route twice.
    if need("protoc") {
        let bundled = package().join("src/rpc/bundled");
        let mut protoc = Command::new("protoc");
        protoc.current_dir(&go.dir).arg("-I.").arg("-I").arg(bundled).args(["--include_imports", "--descriptor_set_out=gateway/user.pb"]);
        let ran = run(protoc.arg("user.proto"), b"");
        assert_eq!(ran.code, 0, "{}", ran.err);
        fs::write(go.dir.join("bin/rules.yaml"), config("gateway/etc/gateway.yaml", free_port())).unwrap();
        let ran = run(Command::new("timeout").current_dir(go.dir.join("bin")).args(["60", "./gateway", "-f", "rules.yaml"]), b"");
        assert!(ran.err.contains("panic: duplicated item for /v1/"), "{} {}{}", ran.code, ran.out, ran.err);
    }
}

/// The server and its gateway, in one module.
fn generate(go: &Go) {
    let home = Temp::new();
    copy(&package().join("tests/gateway_service"), &go.dir);
    for line in ["rpc protoc user.proto --go_out=server --go-grpc_out=server --zrpc_out=server", "gateway --dir gateway --proto user.proto"]
    {
        let ran = run(ctl(&go.dir, home.path()).args(words(line)), b"");
        assert_eq!(ran.code, 0, "{line}: {}", ran.err);
    }
    for (name, imports, code) in LOGIC {
        fill(&go.dir.join(format!("server/internal/logic/{name}logic.go")), imports, code);
    }
}

/// What a user writes in place of the line with the TODO and what follows it: the file, further imports, the code.
const LOGIC: [(&str, &[&str], &str); 4] = [
    (
        "getuser",
        &["google.golang.org/grpc/codes", "google.golang.org/grpc/status"],
        "if in.Id == 404 {
		return nil, status.Error(codes.NotFound, \"there is no such user\")
	}
	return &user.Account{Id: in.Id, Name: \"ann\"}, nil
}
",
    ),
    ("createuser", &[], "return in, nil\n}\n"),
    ("listusers", &[], "return stream.Send(&user.Account{Id: int64(in.Number)})\n}\n"),
    ("forgetuser", &[], "return &user.Account{Name: \"forgotten\"}, nil\n}\n"),
];
