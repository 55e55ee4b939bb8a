//! `docs/differences.md` against the code: each row that `--compat goctl` restores is a function of `src/compat.rs` and
//! the other way round, and does what it says.

// Tests inspect the folders of the project.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use support::machine::{Temp, ctl, package, run, tree};

/// A difference that the switch restores.
struct Row {
    /// How its row of the page starts.
    ours: &'static str,
    /// The function of `compat.rs` that decides it.
    function: &'static str,
    /// An API that shows it.
    api: &'static str,
    /// Tables that show it.
    sql: &'static str,
    /// A service that shows it.
    proto: &'static str,
    /// A project that shows it: it lies in the output directory, which the command is run in.
    project: &'static [(&'static str, &'static str)],
    /// The command, without what all have.
    args: &'static [&'static str],
    /// The flag that says where to.
    out: &'static str,
    /// The file it is seen in, below the output directory.
    file: &'static str,
    /// Other files that show it as well.
    also: &'static [&'static str],
    /// What is there without the switch, and not with it.
    without: &'static str,
    /// What is there with the switch, and not without it; empty where goctl has nothing.
    with: &'static str,
}

/// What a row of `api go` has.
const API_GO: Row = Row {
    ours: "",
    function: "",
    api: "",
    sql: "",
    proto: "",
    project: &[],
    args: &["api", "go", "-api", "main.api"],
    out: "-dir",
    file: "",
    also: &[],
    without: "",
    with: "",
};

/// What a row of `model mysql ddl` has.
const MODEL: Row = Row { args: &["model", "mysql", "ddl", "-c", "-src", "main.sql"], file: "user_model_gen.go", ..API_GO };

/// What a row of `rpc protoc` has. The head of servers and clients differs always.
const RPC: Row = Row {
    args: &["rpc", "protoc", "main.proto"],
    out: "--zrpc_out",
    file: "internal/server/user_server.go",
    also: &["user_client/user.go"],
    ..API_GO
};

/// What a row of `kube deploy` has.
const KUBE: Row =
    Row { args: &["kube", "deploy", "-name", "a", "-namespace", "b", "-image", "c:1", "-port", "80"], out: "-o", file: "a.yaml", ..API_GO };

/// What a row of `docker` has. The .dockerignore and the time zone differ always.
const DOCKER: Row = Row {
    project: &[("go.mod", "module example.com/user\n\ngo 1.25.0\n"), ("user.go", MAIN)],
    args: &["docker", "-go", "user.go"],
    out: "-o",
    file: "Dockerfile",
    also: &[".dockerignore"],
    ..API_GO
};
const MAIN: &str = "package main\n\nfunc main() {}\n";

const ROWS: &[Row] = &[
    Row {
        ours: "comments above types and fields",
        function: "keeps_type_docs",
        api: "type Base {}\n// What is asked.\ntype Req {\n\t*Base `json:\"base\"` // the base\n\t// The name.\n\tName string `form:\"name\"`\n}\n\
              service a-api {\n\t@handler a\n\tget /a (Req)\n}\n",
        file: "internal/types/types.go",
        without: "// What is asked.\ntype Req struct {\n\t*Base `json:\"base\"` // the base\n\t// The name.\n",
        with: "}\n\ntype Req struct {\n\t*Base\n\tName string",
        ..API_GO
    },
    Row {
        ours: "a timeout in the largest unit",
        function: "timeout",
        api: "@server (\n\ttimeout: 1ms500µs\n)\nservice a-api {\n\t@handler a\n\tget /a\n}\n",
        file: "internal/handler/routes.go",
        without: "rest.WithTimeout(1500*time.Microsecond)",
        with: "rest.WithTimeout(1*time.Millisecond)",
        ..API_GO
    },
    Row {
        ours: "`WithJwtTransition(secret, previous secret)`",
        function: "jwt_transition_secret_first",
        api: "@server (\n\tjwtTransition: Trans\n)\nservice a-api {\n\t@handler a\n\tget /a\n}\n",
        file: "internal/handler/routes.go",
        without: "rest.WithJwtTransition(serverCtx.Config.Trans.Secret, serverCtx.Config.Trans.PrevSecret)",
        with: "rest.WithJwtTransition(serverCtx.Config.Trans.PrevSecret, serverCtx.Config.Trans.Secret)",
        ..API_GO
    },
    Row {
        ours: "main's default for `-f`",
        function: "config_path_as_written",
        api: "service UserShop-api {\n\t@handler a\n\tget /a\n}\n",
        file: "usershop.go",
        without: "\"etc/user_shop-api.yaml\"",
        with: "\"etc/usershop-api.yaml\"",
        ..API_GO
    },
    Row {
        ours: "a new configuration has a section for each `jwt`",
        function: "configures_jwt",
        api: "@server (\n\tjwt: Auth\n)\nservice a-api {\n\t@handler a\n\tget /a\n}\n",
        file: "etc/a-api.yaml",
        without: "\nAuth:",
        with: "",
        ..API_GO
    },
    Row {
        ours: "a service block without routes",
        function: "skips_empty_groups",
        api: "service a-api {\n\t@handler a\n\tget /a\n}\n@server (\n\tprefix: /none\n)\nservice a-api {}\n",
        file: "internal/handler/routes.go",
        without: "",
        with: "[]rest.Route{},\n\t\trest.WithPrefix(\"/none\"),",
        ..API_GO
    },
    Row {
        ours: "MongoDB models are of the package of their directory",
        function: "names_mongo_package_by_directory",
        args: &["model", "mongo", "-t", "User"],
        file: "user_model_gen.go",
        also: &["user_model.go", "user_types.go", "error.go"],
        without: "\npackage out\n",
        with: "\npackage model\n",
        ..API_GO
    },
    Row {
        ours: "columns that the database computes",
        function: "writes_generated_columns",
        sql: "CREATE TABLE user (id int NOT NULL, a int NOT NULL, b int AS (a) STORED NOT NULL, PRIMARY KEY (id));",
        without: "data.Id, data.A)",
        with: "data.Id, data.A, data.B)",
        ..MODEL
    },
    Row {
        ours: "`FindOneBy…` of a column that can be NULL",
        function: "finds_null",
        sql: "CREATE TABLE user (id int NOT NULL, mail varchar(9), PRIMARY KEY (id), UNIQUE KEY m (mail));",
        args: &["model", "mysql", "ddl", "-src", "main.sql"],
        without: "where `mail` <=> ? limit 1",
        with: "where `mail` = ? limit 1",
        ..MODEL
    },
    Row {
        ours: "an insert clears the key of the id",
        function: "clears_new_keys",
        sql: "CREATE TABLE user (id int NOT NULL AUTO_INCREMENT, a int NOT NULL, PRIMARY KEY (id));",
        without: "m.DelCacheCtx(ctx, fmt.Sprintf(\"%s%v\", cacheUserIdPrefix, id))",
        with: "cacheUserIdPrefix, data.Id)\n\treturn m.ExecCtx",
        ..MODEL
    },
    Row {
        ours: "a row that is looked up by columns that the database fills in",
        function: "caches_filled_in_keys",
        sql: "CREATE TABLE user (id int NOT NULL, created_at int NOT NULL DEFAULT 7, PRIMARY KEY (id), UNIQUE KEY c (created_at));",
        without: "err := m.QueryRowNoCacheCtx(ctx, &resp, query, createdAt)",
        with: "m.QueryRowIndexCtx(ctx, &resp, userCreatedAtKey,",
        ..MODEL
    },
    Row {
        ours: "a row that is looked up by columns whose Go type",
        function: "caches_unprinted_keys",
        sql: "CREATE TABLE user (id int NOT NULL, spot point NOT NULL, PRIMARY KEY (id), UNIQUE KEY s (spot));",
        without: "err := m.QueryRowNoCacheCtx(ctx, &resp, query, spot)",
        with: "m.QueryRowIndexCtx(ctx, &resp, userSpotKey,",
        ..MODEL
    },
    Row {
        ours: "a column's comment over several lines",
        function: "one_line",
        sql: "CREATE TABLE user (id int NOT NULL COMMENT 'two\\nlines', PRIMARY KEY (id));",
        without: "// two lines",
        with: "// twolines",
        ..MODEL
    },
    Row {
        ours: "each `--src` and the `.sql` files behind the flags",
        function: "reads_all_files",
        sql: "CREATE TABLE user (id int NOT NULL, PRIMARY KEY (id));",
        args: &["model", "mysql", "ddl", "-src", "main.sql", "more.sql"],
        without: "More int64",
        with: "",
        ..MODEL
    },
    Row {
        ours: "blanks around the names of `--ignore-columns`",
        function: "trims_ignored_columns",
        sql: "CREATE TABLE user (id int NOT NULL, a int NOT NULL, b int NOT NULL, c int NOT NULL, PRIMARY KEY (id));",
        args: &["model", "mysql", "ddl", "-c", "-src", "main.sql", "-i", "a, b"],
        without: "data.Id, data.C)",
        with: "data.Id, data.B, data.C)",
        ..MODEL
    },
    Row {
        ours: "a number with `ZEROFILL` is unsigned",
        function: "zerofill_is_unsigned",
        sql: "CREATE TABLE user (id int NOT NULL, a int ZEROFILL NOT NULL, PRIMARY KEY (id));",
        without: "A  uint64 `db:\"a\"`",
        with: "A  int64 `db:\"a\"`",
        ..MODEL
    },
    Row {
        ours: "the field of a column that begins with no letter of ASCII",
        function: "exports_fields",
        sql: "CREATE TABLE user (id int NOT NULL, `2fa` int NOT NULL, PRIMARY KEY (id));",
        without: "data.F2Fa",
        with: "data._2Fa",
        ..MODEL
    },
    Row {
        ours: "a parameter that hides what its method says",
        function: "keeps_parameters_in_sight",
        sql: "CREATE TABLE user (id int NOT NULL, v int NOT NULL, PRIMARY KEY (id), UNIQUE KEY v (v));",
        without: "FindOneByV(ctx context.Context, v_ int64)",
        with: "FindOneByV(ctx context.Context, v int64)",
        ..MODEL
    },
    Row {
        ours: "the whole comment above an rpc",
        function: "keeps_rpc_comments",
        proto: "option go_package = \"./user\";\nmessage Req {}\nservice User {\n  // One.\n  // Two.\n  rpc Get(Req) returns (Req);\n}\n",
        file: "internal/logic/get_logic.go",
        also: &["internal/server/user_server.go", "user_client/user.go"],
        without: "// One.\n// Two.\nfunc",
        with: "// One.\nfunc",
        ..RPC
    },
    Row {
        ours: "an import says its package's name",
        function: "names_imports",
        proto: "option go_package = \"./user-pb\";\nmessage Req {}\nservice User {\n  rpc Get(Req) returns (Req);\n}\n",
        file: "internal/logic/get_logic.go",
        also: &["internal/server/user_server.go", "user/user.go", "shop.go"],
        without: "\tuser_pb \"out/user-pb\"\n",
        with: "\t\"out/user-pb\"\n",
        ..RPC
    },
    Row {
        ours: "a client of several has aliases of nested messages",
        function: "follows_short_names",
        proto: "option go_package = \"./user\";\nmessage Req {\n  message In {}\n  In in = 1;\n}\nservice User {\n  rpc Get(Req) returns (Req);\n}\n",
        args: &["rpc", "protoc", "main.proto", "-m"],
        file: "client/user/user.go",
        also: &["internal/server/user/user_server.go"],
        without: "Req_In = user.Req_In",
        with: "",
        ..RPC
    },
    Row {
        ours: "a client has aliases of groups",
        function: "names_groups",
        proto: "option go_package = \"./user\";\nmessage Req {\n  optional group In = 1 {}\n}\nservice User {\n  rpc Get(Req) returns (Req);\n}\n",
        file: "user_client/user.go",
        also: &["internal/server/user_server.go"],
        without: "Req_In = user.Req_In",
        with: "",
        ..RPC
    },
    Row { ours: "a Deployment does not say", function: "writes_replicas", without: "", with: "\n  replicas: 3\n", ..KUBE },
    Row {
        ours: "there are at least as many Pods",
        function: "min_replicas",
        args: &["kube", "deploy", "-name", "a", "-namespace", "b", "-image", "c:1", "-port", "80", "-replicas", "4"],
        without: "minReplicas: 4",
        with: "minReplicas: 3",
        ..KUBE
    },
    Row {
        ours: "an image is built of the whole package `main`",
        function: "builds_main_package",
        without: "-o /app/user .\n",
        with: "-o /app/user user.go\n",
        ..DOCKER
    },
    Row {
        ours: "an image is built in the workspace",
        function: "builds_in_workspace",
        project: &[
            ("go.work", "go 1.25.0\n\nuse ./user\nuse ./order\n"),
            ("user/go.mod", "module example.com/user\n\ngo 1.25.0\n"),
            ("user/user.go", MAIN),
            ("order/go.mod", "module example.com/order\n\ngo 1.25.0\n"),
        ],
        args: &["docker", "-go", "user/user.go"],
        without: "WORKDIR /build/user\n",
        with: "COPY go.mod go.sum* ./\n",
        ..DOCKER
    },
    Row {
        ours: "the images that a Dockerfile names",
        function: "pins_images",
        without: "golang:1.25.0-alpine",
        with: "golang:alpine",
        ..DOCKER
    },
    Row {
        ours: "an image exposes the port",
        function: "exposes_configured_port",
        project: &[DOCKER.project[0], DOCKER.project[1], ("etc/user.yaml", "Port: 8888\n")],
        without: "EXPOSE 8888",
        with: "",
        ..DOCKER
    },
    Row {
        ours: "an image is started with the configuration",
        function: "finds_config_by_main",
        project: &[DOCKER.project[0], DOCKER.project[1], ("etc/user-api.yaml", "Name: a\n"), ("etc/user.yaml", "Name: b\n")],
        without: "\"etc/user.yaml\"",
        with: "\"etc/user-api.yaml\"",
        ..DOCKER
    },
    Row {
        ours: "a configuration in a directory below `etc`",
        function: "config_argument",
        project: &[DOCKER.project[0], DOCKER.project[1], ("etc/dev/user.yaml", "Name: a\n")],
        without: "\"etc/dev/user.yaml\"",
        with: "\"etc/user.yaml\"",
        ..DOCKER
    },
    Row { ours: "an image has a time zone", function: "time_zone", without: "", with: "ENV TZ=Asia/Shanghai\n", ..DOCKER },
    Row {
        ours: "a .dockerignore",
        function: "writes_dockerignore",
        file: ".dockerignore",
        also: &["Dockerfile"],
        without: "\n.git\n",
        with: "",
        ..DOCKER
    },
    Row {
        ours: "the head of servers and clients",
        function: "rpc_head",
        proto: "option go_package = \"./user\";\nmessage Req {}\nservice User {\n  rpc Get(Req) returns (Req);\n}\n",
        without: "// Code generated by ctl. DO NOT EDIT.\n// Source: main.proto\n",
        with: "// Code generated by goctl. DO NOT EDIT.\n// goctl 1.10.2\n// Source: main.proto\n",
        ..RPC
    },
];

/// The first cells of the rows of the page's table below a heading.
fn first_cells(heading: &str) -> Vec<String> {
    let page = fs::read_to_string(package().join("docs/differences.md")).unwrap();
    let (_, section) = page.split_once(&format!("## {heading}\n")).expect("the heading");
    let table = section.split("\n## ").next().unwrap().lines().filter(|line| line.starts_with('|')).skip(2);
    table.map(|line| line.split('|').nth(1).unwrap().trim().to_owned()).collect()
}

#[test]
fn the_page_and_the_code_list_the_same_differences() {
    let cells = first_cells("Restored by `--compat goctl`");
    for cell in &cells {
        let found: Vec<_> = ROWS.iter().filter(|row| cell.starts_with(row.ours)).map(|row| row.function).collect();
        assert_eq!(found.len(), 1, "the row `{cell}` is shown by {found:?}");
    }
    assert_eq!(cells.len(), ROWS.len(), "each of the differences shown here has a row of its own on the page");
    let code = fs::read_to_string(package().join("src/compat.rs")).unwrap();
    let decided: BTreeSet<&str> =
        code.lines().filter_map(|line| line.strip_prefix("    pub fn ")?.split_once('(')).map(|(name, _)| name).collect();
    assert_eq!(decided, ROWS.iter().map(|row| row.function).collect(), "compat.rs and the differences shown here");
}

#[test]
fn the_switch_restores_what_the_page_says() {
    for row in ROWS {
        let temp = Temp::new();
        let home = temp.path().join("home");
        fs::create_dir(&home).unwrap();
        fs::write(temp.path().join("main.api"), format!("syntax = \"v1\"\n\n{}", row.api)).unwrap();
        fs::write(temp.path().join("main.sql"), row.sql).unwrap();
        let syntax = if row.proto.contains("group") { "proto2" } else { "proto3" };
        fs::write(temp.path().join("main.proto"), format!("syntax = \"{syntax}\";\npackage shop;\n{}", row.proto)).unwrap();
        fs::write(temp.path().join("more.sql"), "ALTER TABLE user ADD COLUMN more int NOT NULL;").unwrap();
        let made = |dir: &str, switch: &[&str]| {
            let out = temp.path().join(dir);
            for (file, text) in row.project {
                fs::create_dir_all(out.join(file).parent().unwrap()).unwrap();
                fs::write(out.join(file), text).unwrap();
            }
            let mut command = ctl(if row.project.is_empty() { temp.path() } else { &out }, &home);
            let target = if row.project.is_empty() { format!("{dir}/{}", row.file) } else { "Dockerfile".to_owned() };
            let where_to = if row.out == "-o" { vec![row.out, &target] } else { vec!["-style", "go_zero", row.out, dir] };
            let ran = run(command.args(row.args).arg("--quiet").args(where_to).args(switch), b"");
            assert_eq!(ran.code, 0, "{}: {}", row.function, ran.err);
            tree(&temp.path().join(dir))
        };
        let (ours, theirs) = (made("a/out", &[]), made("b/out", &["--compat", "goctl"]));
        let text =
            |files: &BTreeMap<String, Vec<u8>>| files.get(row.file).map_or(String::new(), |text| String::from_utf8(text.clone()).unwrap());
        let (our, their) = (text(&ours), text(&theirs));
        assert!(
            our.contains(row.without) && (row.with.is_empty() || !our.contains(row.with)),
            "{}: without the switch:\n{our}",
            row.function
        );
        assert!(
            their.contains(row.with) && (row.without.is_empty() || !their.contains(row.without)),
            "{}: with the switch:\n{their}",
            row.function
        );
        // The switch does this and nothing else: a `jwt` has its row for the configuration.
        let changed = |name: &&String| ours.get(*name) != theirs.get(*name) && (*name == row.file || !name.starts_with("etc/"));
        assert_eq!(
            ours.keys().chain(theirs.keys()).filter(changed).collect::<BTreeSet<_>>(),
            row.also.iter().chain([&row.file]).map(|file| (*file).to_owned()).collect::<BTreeSet<String>>().iter().collect(),
            "{}",
            row.function
        );
    }
}
