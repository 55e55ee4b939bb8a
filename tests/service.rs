//! The shop as a user has it: generated, its logic filled in, built, started, and asked over real HTTP.

// Tests start processes and build and inspect real folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use support::machine::{Ran, Temp, copy_shop, ctl, need, package, run, tree, work_dir};
use support::servers::free_port;
use support::service::{Service, fill};

#[test]
fn the_shop_answers_as_its_api_says() {
    if !need("go") {
        return;
    }
    let shop = start(&build());
    let get = |path: &str| shop.ask("GET", path, None, "");
    let post = |path: &str, token: Option<&str>, body: Value| shop.ask("POST", path, token, &body.to_string());

    // Parameters of each kind arrive; each that is out of range is refused.
    let ping = get("/ping");
    assert_eq!(ping.code, 200, "{ping:?}");
    let found = get("/v1/products?page=2&size=5&q=tea");
    assert_eq!(
        (found.code, found.json()),
        (200, json!({"products": [{"id": 2, "name": "tea", "cents": 5, "tags": []}], "total": 1})),
        "{found:?}"
    );
    let defaults = get("/v1/products");
    assert_eq!((defaults.code, &defaults.json()["products"][0]["cents"]), (200, &json!(20)), "{defaults:?}");
    for path in ["/v1/products?page=0", "/v1/products?size=101", "/v1/products?page=x", "/v1/products/0", "/v1/products/tea"] {
        assert_eq!(get(path).code, 400, "{path}");
    }
    assert_eq!(get("/v1/nothing").code, 404);
    let account = |language: &str| json!({"name": "ann", "password": "x", "language": language});
    let registered = post("/v1/users", None, account("de"));
    assert_eq!((registered.code, registered.json()), (200, json!({"id": 7, "name": "ann", "language": "de"})), "{registered:?}");
    assert_eq!(post("/v1/users", None, account("fr")).code, 400);
    assert_eq!(post("/v1/users", None, json!({"name": "ann"})).code, 400);

    // The middleware runs where a group names it, and nowhere else.
    assert_eq!(found.header("x-trace"), Some("shop"), "{found:?}");
    assert_eq!(ping.header("x-trace"), None, "{ping:?}");

    // A token opens what needs one.
    let login = post("/v1/users/login", None, json!({"name": "ann", "password": "x"}));
    assert_eq!(login.code, 200, "{login:?}");
    let token = login.json()["token"].as_str().unwrap().to_owned();
    for wrong in [None, Some("nonsense"), Some(&token[..token.len() - 2])] {
        assert_eq!(shop.ask("GET", "/v1/users/me", wrong, "").code, 401);
    }
    let me = shop.ask("GET", "/v1/users/me", Some(&token), "");
    assert_eq!((me.code, me.json()), (200, json!({"id": 7, "name": "ann", "language": "en"})), "{me:?}");
    let order = |count: i32| json!({"lines": [{"productId": 3, "count": count}], "address": {"street": "Main", "city": "Rome"}});
    assert_eq!(post("/v1/orders", None, order(1)).code, 401);
    assert_eq!(post("/v1/orders", Some(&token), order(100)).code, 400);
    let placed = post("/v1/orders", Some(&token), order(2));
    assert_eq!((placed.code, &placed.json()["lines"], &placed.json()["state"]), (200, &order(2)["lines"], &json!("to Rome")), "{placed:?}");
    let long = json!({"lines": [], "address": {"street": "x".repeat(70_000), "city": ""}});
    assert_eq!(post("/v1/orders", Some(&token), long).code, 413, "maxBytes");
    assert_eq!(shop.ask("DELETE", "/v1/orders/9", Some(&token), "").code, 200);

    // The stream.
    assert_eq!(get("/v1/orders/9/events").code, 401);
    let events = shop.ask("GET", "/v1/orders/9/events", Some(&token), "");
    assert_eq!((events.code, events.header("content-type")), (200, Some("text/event-stream")), "{events:?}");
    let data: Vec<&str> = events.body.lines().filter_map(|line| line.strip_prefix("data: ")).collect();
    assert_eq!(data, [r#"{"orderId":9,"state":"packed"}"#, r#"{"orderId":9,"state":"sent"}"#], "{events:?}");
}

/// What a user writes in place of the line with the TODO and what follows it: the file, further imports, the code.
const LOGIC: [(&str, &[&str], &str); 8] = [
    ("middleware/tracemiddleware", &[], "w.Header().Set(\"X-Trace\", \"shop\")\n\t\tnext(w, r)\n\t}\n}\n"),
    (
        "logic/product/listproductslogic",
        &[],
        "found := types.Product{Id: int64(req.Number), Name: req.Query, Cents: int64(req.Size), Tags: []string{}}
	return &types.ListProductsResp{Products: []types.Product{found}, Total: 1}, nil\n}\n",
    ),
    ("logic/product/getproductlogic", &[], "return &types.Product{Id: req.Id}, nil\n}\n"),
    ("logic/user/registerlogic", &[], "return &types.User{Id: 7, Name: req.Name, Language: req.Language}, nil\n}\n"),
    (
        "logic/user/loginlogic",
        &["time", "github.com/golang-jwt/jwt/v4"],
        "auth := l.svcCtx.Config.Auth
	expires := time.Now().Unix() + auth.AccessExpire
	claims := jwt.MapClaims{\"exp\": expires, \"name\": req.Name}
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(auth.AccessSecret))
	return &types.LoginResp{Token: token, Expires: expires}, err\n}\n",
    ),
    ("logic/user/melogic", &["fmt"], "return &types.User{Id: 7, Name: fmt.Sprint(l.ctx.Value(\"name\")), Language: \"en\"}, nil\n}\n"),
    ("logic/order/placeorderlogic", &[], "return &types.Order{Id: 9, Lines: req.Lines, State: \"to \" + req.Address.City}, nil\n}\n"),
    (
        "logic/order/watchorderlogic",
        &[],
        "for _, state := range []string{\"packed\", \"sent\"} {
		client <- &types.OrderEvent{OrderId: req.Id, State: state}
	}
	return nil\n}\n",
    ),
];

/// Generates the shop into a folder that no module encloses, fills in its logic, and builds it. Returns the folder.
fn build() -> PathBuf {
    let (dir, home) = (work_dir("service"), Temp::new());
    copy_shop(&dir);
    let generate = || {
        let ran = run(ctl(&dir, home.path()).args(["api", "go", "-api", "shop.api", "-dir", "shop"]), b"");
        assert_eq!(ran.code, 0, "{}", ran.err);
    };
    generate();
    let shop = dir.join("shop");
    for (name, imports, code) in LOGIC {
        fill(&shop.join("internal").join(format!("{name}.go")), imports, code);
    }
    let before = tree(&dir);
    generate();
    assert!(tree(&dir) == before, "another run leaves what the user wrote");

    // `go mod tidy` with the versions of tests/golang.
    let versions = fs::read_to_string(package().join("tests/golang/go.mod")).unwrap();
    let go_mod = fs::read_to_string(shop.join("go.mod")).unwrap();
    fs::write(shop.join("go.mod"), go_mod + &versions[versions.find("require").unwrap()..]).unwrap();
    fs::copy(package().join("tests/golang/go.sum"), shop.join("go.sum")).unwrap();
    let Ran { code, out, err } =
        run(Command::new("go").current_dir(&shop).env("GOWORK", "off").args(["build", "-o", "shop-service", "."]), b"");
    assert_eq!(code, 0, "go build\n{out}{err}");
    shop
}

/// The service on a port of its own.
fn start(dir: &Path) -> Service {
    let port = free_port();
    let config = fs::read_to_string(dir.join("etc/shop.yaml")).unwrap();
    let config = config.replace("Host: 0.0.0.0", "Host: 127.0.0.1").replace("Port: 8888", &format!("Port: {port}"));
    Service::start(&dir.join("shop-service"), &config, port)
}
