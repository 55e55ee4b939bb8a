//! zRPC services at work: generated, their logic filled in, built, registered in a real etcd, called by the generated clients;
//! and the shop's API, which asks one of them.

// Tests start servers and build and run real programs.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;

use serde_json::json;
use support::machine::{Go, Temp, copy, copy_shop, ctl, need, need_plugins, package, run, words};
use support::servers::{self, free_port};
use support::service::{Service, fill};

#[test]
fn services_find_and_answer_each_other() {
    let (true, true, Some(etcd)) = (need("go"), need_plugins(), servers::etcd()) else { return };
    let go = Go::module("rpc-service");
    generate(&go);
    go.passes(&["build", "-o", "bin/", "./chat", "./user", "./shop"]);

    let start = |name: &str, port: u16, further: &str| {
        let config = fs::read_to_string(go.dir.join(name).join(format!("etc/{name}.yaml"))).unwrap();
        let config = config.replace("0.0.0.0:8080", &format!("127.0.0.1:{port}")).replace("127.0.0.1:2379", &etcd.address);
        let config = config.replace("Host: 0.0.0.0", "Host: 127.0.0.1").replace("Port: 8888", &format!("Port: {port}"));
        Service::start(&go.dir.join("bin").join(name), &(config + further), port)
    };

    // All kinds of calls, through the generated client.
    let chat = start("chat", free_port(), "");
    let mut tests = go.command(&["test", "-count=1", "-v", "./client"]);
    let ran = run(tests.env("ETCD", &etcd.address), b"");
    assert_eq!(ran.code, 0, "{}{}\n{}", ran.out, ran.err, chat.logs());
    for test in ["TestUnary", "TestStatus", "TestDeadline", "TestServerStream", "TestClientStream", "TestBothStream"] {
        assert!(ran.out.contains(&format!("--- PASS: {test}")), "{}", ran.out);
    }

    // The tutorials' shape: HTTP, an API, etcd, an rpc.
    let _user = start("user", free_port(), "");
    let found = format!("\nUserRpc:\n  Etcd:\n    Hosts:\n    - {}\n    Key: user.rpc\n", etcd.address);
    let shop = start("shop", free_port(), &found);
    let account = json!({"name": "ann", "password": "x", "language": "de"}).to_string();
    let registered = shop.ask("POST", "/v1/users", None, &account);
    assert_eq!((registered.code, registered.json()), (200, json!({"id": 1, "name": "ann", "language": "de"})), "{registered:?}");
    let again = shop.ask("POST", "/v1/users", None, &account);
    assert_eq!(again.code, 409, "a status of the rpc becomes one of HTTP: {again:?}");
}

/// Three programs and a test in one module, made by the command lines that tutorials give.
fn generate(go: &Go) {
    let home = Temp::new();
    copy_shop(&go.dir);
    copy(&package().join("tests/rpc_service"), &go.dir);
    for line in [
        "rpc protoc user.proto --go_out=user --go-grpc_out=user --zrpc_out=user",
        "rpc protoc chat.proto --go_out=chat --go-grpc_out=chat --zrpc_out=chat",
        "api go -api shop.api -dir shop",
    ] {
        let ran = run(ctl(&go.dir, home.path()).args(words(line)), b"");
        assert_eq!(ran.code, 0, "{line}: {}", ran.err);
    }
    for (path, imports, code) in LOGIC {
        fill(&go.dir.join(path), imports, code);
    }
    for (path, text) in KEPT {
        fs::write(go.dir.join(path), text).unwrap();
    }
    fs::create_dir_all(go.dir.join("client")).unwrap();
    fs::rename(go.dir.join("chat_test.go"), go.dir.join("client/chat_test.go")).unwrap();
}

/// What a user writes in place of the line with the TODO and what follows it: the file, further imports, the code.
const LOGIC: [(&str, &[&str], &str); 7] = [
    (
        "chat/internal/logic/saylogic.go",
        &["time", "google.golang.org/grpc/codes", "google.golang.org/grpc/status"],
        "if in.Text == \"\" {
		return nil, status.Error(codes.InvalidArgument, \"nothing was said\")
	}
	select {
	case <-l.ctx.Done():
		return nil, status.FromContextError(l.ctx.Err()).Err()
	case <-time.After(time.Duration(in.Number) * time.Millisecond):
		return in, nil
	}
}
",
    ),
    (
        "chat/internal/logic/repeatlogic.go",
        &[],
        "for i := range in.Number {
		if err := stream.Send(&chat.Line{Text: in.Text, Number: i}); err != nil {
			return err
		}
	}
	return nil
}
",
    ),
    (
        "chat/internal/logic/countlineslogic.go",
        &["errors", "io"],
        "count := new(chat.Count)
	for {
		if _, err := stream.Recv(); errors.Is(err, io.EOF) {
			return stream.SendAndClose(count)
		} else if err != nil {
			return err
		}
		count.Lines++
	}
}
",
    ),
    (
        "chat/internal/logic/echologic.go",
        &["errors", "io"],
        "for {
		line, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := stream.Send(line); err != nil {
			return err
		}
	}
}
",
    ),
    (
        "user/internal/logic/registerlogic.go",
        &["google.golang.org/grpc/codes", "google.golang.org/grpc/status"],
        "account := &user.Account{Id: 1, Name: in.Name, Language: in.Language}
	if _, taken := l.svcCtx.Accounts.LoadOrStore(in.Name, account); taken {
		return nil, status.Error(codes.AlreadyExists, \"the name is taken\")
	}
	return account, nil
}
",
    ),
    (
        "shop/internal/logic/user/registerlogic.go",
        &["ctl.test/user/userclient"],
        "account, err := l.svcCtx.UserRpc.Register(l.ctx, &userclient.RegisterReq{Name: req.Name, Password: req.Password, Language: req.Language})
	if err != nil {
		return nil, err
	}
	return &types.User{Id: account.Id, Name: account.Name, Language: account.Language}, nil
}
",
    ),
    ("shop/internal/middleware/tracemiddleware.go", &[], "next(w, r)\n\t}\n}\n"),
];

/// Files that a user changed: what the logic shares.
const KEPT: [(&str, &str); 3] = [
    (
        "user/internal/svc/servicecontext.go",
        "package svc

import (
	\"sync\"

	\"ctl.test/user/internal/config\"
)

type ServiceContext struct {
	Config   config.Config
	Accounts *sync.Map
}

func NewServiceContext(c config.Config) *ServiceContext {
	return &ServiceContext{Config: c, Accounts: new(sync.Map)}
}
",
    ),
    (
        "shop/internal/config/config.go",
        "package config

import (
	\"github.com/zeromicro/go-zero/rest\"
	\"github.com/zeromicro/go-zero/zrpc\"
)

type Config struct {
	rest.RestConf
	Auth struct {
		AccessSecret string
		AccessExpire int64
	}
	UserRpc zrpc.RpcClientConf
}
",
    ),
    (
        "shop/internal/svc/servicecontext.go",
        "package svc

import (
	\"github.com/zeromicro/go-zero/rest\"
	\"github.com/zeromicro/go-zero/zrpc\"

	\"ctl.test/shop/internal/config\"
	\"ctl.test/shop/internal/middleware\"
	\"ctl.test/user/userclient\"
)

type ServiceContext struct {
	Config  config.Config
	Trace   rest.Middleware
	UserRpc userclient.User
}

func NewServiceContext(c config.Config) *ServiceContext {
	return &ServiceContext{
		Config:  c,
		Trace:   middleware.NewTraceMiddleware().Handle,
		UserRpc: userclient.NewUser(zrpc.MustNewClient(c.UserRpc)),
	}
}
",
    ),
];
