//! Every row of the grammar (contract, cli-and-ops 2): what is typed, and what clap gets.

use clap::{Arg, ArgAction, Command, value_parser};

use super::{Misuse, normalise};

fn switch(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue)
}

fn text(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::Set)
}

fn list(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::Append)
}

/// The shapes of goctl's tree: groups, a runnable parent, shorthands, lists, integers, words.
fn tree() -> Command {
    let go = Command::new("go").args([text("api"), text("dir"), text("style"), text("home"), switch("test"), switch("type-group")]);
    let new = Command::new("new").args([text("style"), text("module"), Arg::new("name").required(true)]);
    let api = Command::new("api").args([text("o"), text("home"), text("branch")]).subcommands([go, new]);
    let ddl = Command::new("ddl").args([
        text("src").short('s'),
        text("dir").short('d'),
        switch("cache").short('c'),
        switch("idea"),
        list("ignore-columns").short('i'),
    ]);
    let mysql = Command::new("mysql").arg(text("style").global(true)).subcommand(ddl);
    let port = Arg::new("port").long("port").value_parser(value_parser!(i64));
    let deploy = Command::new("deploy").args([text("o"), text("requestCpu"), text("name"), port]);
    let protoc = Command::new("protoc").args([
        list("proto_path").short('I'),
        list("go_out"),
        list("go-grpc_out"),
        Arg::new("client")
            .long("client")
            .short('c')
            .action(ArgAction::Set)
            .num_args(0..=1)
            .require_equals(true)
            .value_parser(value_parser!(bool)),
        switch("verbose").short('v'),
        Arg::new("protos").action(ArgAction::Append),
    ]);
    let env = Command::new("env")
        .args([list("write").short('w'), switch("force").short('f').global(true), switch("verbose").short('v').global(true)])
        .subcommand(Command::new("check").arg(switch("install").short('i')));
    Command::new("ctl").arg(switch("version").short('v')).subcommands([
        api,
        Command::new("model").subcommand(mysql),
        Command::new("kube").subcommand(deploy),
        Command::new("rpc").subcommand(protoc),
        env,
        Command::new("bug"),
        Command::new("completion").subcommand(Command::new("bash")),
        Command::new("docker").args([text("go"), text("version"), text("tz")]),
    ])
}

fn run(line: &[&str]) -> Result<Vec<String>, Misuse> {
    let args: Vec<String> = line.iter().map(|&word| word.to_owned()).collect();
    normalise(&tree(), &args)
}

/// Splits at blanks, which no row needs otherwise.
fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

#[test]
fn typed_and_understood() {
    let rows = [
        // A long flag with one dash or two, the value attached or not.
        ("api go -api x", "api go --api=x"),
        ("api go -api=x", "api go --api=x"),
        ("api go --api x", "api go --api=x"),
        ("api go --api=x", "api go --api=x"),
        ("api go -api=a=b", "api go --api=a=b"),
        ("api go -api=", "api go --api="),
        ("api go -test --dir .", "api go --test --dir=."),
        // A long name of one letter.
        ("kube deploy -o x", "kube deploy --o=x"),
        ("kube deploy -o=x", "kube deploy --o=x"),
        ("kube deploy --o x", "kube deploy --o=x"),
        ("kube deploy -o -", "kube deploy --o=-"),
        ("api -o a.api", "api --o=a.api"),
        // Shorthands.
        ("model mysql ddl -c", "model mysql ddl --cache"),
        ("model mysql ddl -c=false", "model mysql ddl"),
        ("model mysql ddl -c=T", "model mysql ddl --cache"),
        ("model mysql ddl -cache=0", "model mysql ddl"),
        ("model mysql ddl -sVAL", "model mysql ddl --src=VAL"),
        ("model mysql ddl -s VAL", "model mysql ddl --src=VAL"),
        ("model mysql ddl -s=VAL", "model mysql ddl --src=VAL"),
        ("model mysql ddl -csVAL", "model mysql ddl --cache --src=VAL"),
        ("model mysql ddl -cs VAL", "model mysql ddl --cache --src=VAL"),
        ("model mysql ddl -c -dir . -src user.sql", "model mysql ddl --cache --dir=. --src=user.sql"),
        ("env check -if", "env check --install --force"),
        ("env check -i -f --verbose", "env check --install --force --verbose"),
        ("env -vf=false -v=1", "env --verbose"),
        ("rpc protoc -Iproto a.proto", "rpc protoc --proto_path=proto -- a.proto"),
        ("rpc protoc -I../x -Ia,b a.proto", "rpc protoc --proto_path=../x --proto_path=a --proto_path=b -- a.proto"),
        ("env -wA=1", "env --write=A=1"),
        ("model mysql ddl -d.", "model mysql ddl --dir=."),
        // Switches take no token, and know Go's spellings.
        ("model mysql ddl -c false", "model mysql ddl --cache"),
        ("model mysql ddl --cache=TRUE", "model mysql ddl --cache"),
        ("model mysql ddl --cache=t --cache=F", "model mysql ddl"),
        ("rpc protoc -c=false", "rpc protoc --client=false"),
        ("rpc protoc -c", "rpc protoc --client=true"),
        ("rpc protoc --client", "rpc protoc --client=true"),
        // Integers.
        ("kube deploy -port 0x50", "kube deploy --port=80"),
        ("kube deploy -port 010", "kube deploy --port=8"),
        ("kube deploy -port=1_0", "kube deploy --port=10"),
        ("kube deploy -port -5", "kube deploy --port=-5"),
        // Lists.
        ("env -w a=1,b=2 -w c=3", "env --write=a=1 --write=b=2 --write=c=3"),
        ("env -w \"a=1,2\"", "env --write=a=1,2"),
        ("rpc protoc --go_out=. --go_out=x", "rpc protoc --go_out=. --go_out=x"),
        ("rpc protoc --go_out=", "rpc protoc"),
        // The last scalar wins.
        ("api go -api a -api b --api=c", "api go --api=c"),
        ("kube deploy -port 1 -port 2", "kube deploy --port=2"),
        // A flag that needs a value takes whatever comes.
        ("api go -dir -style", "api go --dir=-style"),
        ("api go -api --", "api go --api=--"),
        ("api go -api go", "api go --api=go"),
        ("api -o go", "api --o=go"),
        // Names: case, underscores and dashes.
        ("kube deploy -requestCpu 200", "kube deploy --requestCpu=200"),
        ("rpc protoc user.proto --go_out=./types --go-grpc_out=./types", "rpc protoc --go_out=./types --go-grpc_out=./types -- user.proto"),
        ("rpc protoc --go_out=. --go-grpc_out=. user.proto", "rpc protoc --go_out=. --go-grpc_out=. -- user.proto"),
        // Flags and words in any order; words nobody wants are ignored.
        ("api go a.api -dir . b.api -api x", "api go --dir=. --api=x"),
        ("api go -api a.api b.api c.api -dir ../ -style=goZero", "api go --api=a.api --dir=../ --style=goZero"),
        ("api new -style go_zero hello", "api new --style=go_zero -- hello"),
        ("api new hello --style go_zero", "api new --style=go_zero -- hello"),
        ("rpc protoc a.proto -v b.proto", "rpc protoc --verbose -- a.proto b.proto"),
        ("api go -api x -- -dir y", "api go --api=x"),
        ("rpc protoc -- -v", "rpc protoc -- -v"),
        ("api new -- -hello", "api new -- -hello"),
        ("rpc protoc -", "rpc protoc -- -"),
        // Flags before the command's word.
        ("env -f check -i", "env check --force --install"),
        ("env check -f", "env check --force"),
        ("model mysql -style goZero ddl -c", "model mysql ddl --style=goZero --cache"),
        ("model mysql ddl -style goZero", "model mysql ddl --style=goZero"),
        ("api --home /x go -dir .", "api go --home=/x --dir=."),
        // Version: the root's, and a command's own.
        ("-v", "--version"),
        ("-version", "--version"),
        ("--version", "--version"),
        ("-v anything", "--version"),
        ("--version=false", ""),
        ("docker --version 1.22", "docker --version=1.22"),
        ("docker -version=1.22", "docker --version=1.22"),
        // Help.
        ("", ""),
        ("-h", "--help"),
        ("-help", "--help"),
        ("--help", "--help"),
        ("help", "--help"),
        ("help api go", "api go --help"),
        ("api help go", "api go --help"),
        ("api go -h", "api go --help"),
        ("api go -dir x -help --nonsense", "api go --help"),
        ("-h api go", "api go --help"),
        ("api go -h=false -dir x", "api go --dir=x"),
        ("env check -ih", "env check --help"),
    ];
    for (typed, understood) in rows {
        let got = run(&words(typed));
        assert_eq!(got.as_deref(), Ok(words(understood).iter().map(|&w| w.to_owned()).collect::<Vec<_>>().as_slice()), "{typed}");
    }
}

#[test]
fn values_with_blanks_and_other_scripts() {
    let got = run(&["model", "mysql", "ddl", "-src=root:1@tcp(h:1)/z?a=b&c=d", "-dir", "目录 一", "-i", "\"a b\",\"c\"\"d\"", ""]).unwrap();
    assert_eq!(
        got,
        ["model", "mysql", "ddl", "--src=root:1@tcp(h:1)/z?a=b&c=d", "--dir=目录 一", "--ignore-columns=a b", "--ignore-columns=c\"d"]
    );
}

#[test]
fn refused_with_suggestions() {
    let rows: &[(&str, &str, &[&str])] = &[
        ("api go -dir", "flag needs an argument: --dir", &[]),
        ("model mysql ddl -s", "flag needs an argument: -s", &[]),
        ("model mysql ddl -cs", "flag needs an argument: -s", &[]),
        ("api go --dirr x", "unknown flag: --dirr", &["--dir"]),
        ("api go -dirr x", "unknown flag: -dirr", &["--dir"]),
        ("api go -x", "unknown shorthand flag: 'x' in -x", &[]),
        ("api go -version", "unknown flag: --version", &[]),
        ("api go -v", "unknown shorthand flag: 'v' in -v", &[]),
        ("api go -type", "unknown flag: -type", &["--type-group", "--style"]),
        ("model mysql ddl -sorc u.sql", "unknown flag: -sorc", &["--src"]),
        ("model mysql ddl -cach", "unknown flag: -cach", &["--cache"]),
        ("model mysql ddl -cx", "unknown shorthand flag: 'x' in -cx", &[]),
        ("kube deploy -ox", "unknown flag: -ox", &["--o"]),
        ("kube deploy -requestcpu 200", "unknown flag: -requestcpu", &["--requestCpu"]),
        ("rpc protoc --go-out=.", "unknown flag: --go-out", &["--go_out"]),
        ("bug x", "unknown command \"x\" for \"ctl bug\"", &[]),
        ("completion bash x", "unknown command \"x\" for \"ctl completion bash\"", &[]),
        ("api go ---dir x", "bad flag syntax: ---dir", &[]),
        ("api go --=x", "bad flag syntax: --=x", &[]),
        ("kube deploy -port abc", "invalid argument \"abc\" for \"--port\" flag: a whole number is expected", &[]),
        (
            "kube deploy -port 9223372036854775808",
            "invalid argument \"9223372036854775808\" for \"--port\" flag: the number is out of range",
            &[],
        ),
        ("model mysql ddl -c=yes", "invalid argument \"yes\" for \"-c, --cache\" flag: it is a switch: true or false", &[]),
        (
            "env -w a\"b",
            "invalid argument \"a\\\"b\" for \"-w, --write\" flag: a `\"` stands inside a value that does not start with one",
            &[],
        ),
        ("api --branch x go", "unknown flag: --branch", &[]),
        ("api new", "accepts 1 arg(s), received 0", &[]),
        ("api new a b", "accepts 1 arg(s), received 2", &[]),
        ("dockr", "unknown command \"dockr\" for \"ctl\"", &["docker"]),
        ("DOCKER", "unknown command \"DOCKER\" for \"ctl\"", &["docker"]),
        ("api goo", "unknown command \"goo\" for \"ctl api\"", &["go"]),
        ("api bogus", "unknown command \"bogus\" for \"ctl api\"", &[]),
        ("model mysql d", "unknown command \"d\" for \"ctl model mysql\"", &["ddl"]),
        ("env chek", "unknown command \"chek\" for \"ctl env\"", &["check"]),
        ("help bogus", "unknown command \"bogus\" for \"ctl\"", &[]),
    ];
    for (typed, message, suggestions) in rows {
        let misuse = run(&words(typed)).expect_err(typed);
        assert_eq!(misuse.message, *message, "{typed}");
        assert_eq!(misuse.suggestions, *suggestions, "{typed}");
    }
}

#[test]
fn an_unknown_word_is_told_with_where_it_stands() {
    let misuse = run(&["api", "doc", "-o", "x"]).unwrap_err();
    assert_eq!((misuse.path, misuse.unknown), (vec!["api".to_owned()], Some("doc".to_owned())));
}
