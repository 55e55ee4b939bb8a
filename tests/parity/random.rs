//! Services made at random from what goctl reads and makes Go of that builds; the same ones each time.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::support::Dice;

const HANDLERS: [&str; 12] = [
    "getUser",
    "listUsers",
    "Create_Order",
    "delHandler",
    "x1",
    "GetABC",
    "user2info",
    "a_b_c",
    "UserHandlerHandler",
    "SearchV2",
    "getURL",
    "doIt_q",
];
const TYPES: [&str; 14] = [
    "int",
    "string",
    "[]string",
    "*int64",
    "map[string]int",
    "[]byte",
    "interface{}",
    "[]*First",
    "map[string][]First",
    "First",
    "*First",
    "[4]int",
    "map[string]map[int]string",
    "[][]int",
];
const SERVER: [&[&str]; 8] = [
    &["group: user", "group: user/admin", "group: v1/x_y", "group: Admin", "group: a/b/c"],
    &["prefix: /v1", "prefix: v2", "prefix: \"/q/w\"", "prefix: /a-b/c"],
    &["jwt: Auth", "jwt: JwtAuth", "jwt: Key2"],
    &["jwtTransition: Trans", "jwtTransition: Old"],
    &["middleware: Log", "middleware: Log,Trace", "middleware: UserAgentMiddleware", "middleware: Check, Log", "middleware: XHandle"],
    &["timeout: 3s", "timeout: 100ms", "timeout: 5µs", "timeout: 1m", "timeout: 1h30m", "timeout: 0s", "timeout: 7ns"],
    &["maxBytes: 1", "maxBytes: 1048576"],
    &["signature: true", "signature: false"],
];
const DOCS: [&str; 7] = ["what it does", "中文", "a `b` c", "trailing  ", "  leading", "x // y", "100%"];

/// The text of an API.
pub(crate) fn api(dice: &mut Dice) -> String {
    let mut text = String::from("syntax = \"v1\"\n\n");
    let types: Vec<String> = (0..2 + dice.roll(4))
        .map(|i| if i == 0 { "First".to_owned() } else { format!("{}{i}", ["Req", "Resp", "Order_info", "APIKey"][i % 4]) })
        .collect();
    for (place, name) in types.iter().enumerate() {
        let _ = writeln!(text, "{}type {name} {{", ["", "// of its own\n"][dice.roll(2)]);
        if place > 0 && dice.roll(3) == 0 {
            let _ = writeln!(text, "\t{}First", ["", "*"][dice.roll(2)]);
        }
        for field in 0..dice.roll(6) {
            let ty = TYPES[dice.roll(if place == 0 { 7 } else { TYPES.len() })];
            let (name, end) = (["F", "Name", "f_g", "URL"][dice.roll(4)], ["", " // note", "  //note 中"][dice.roll(3)]);
            let _ = writeln!(text, "\t{name}{field} {ty} `json:\"f{field}{}\"`{end}", ["", ",optional"][dice.roll(2)]);
            if dice.roll(10) == 0 {
                let _ = writeln!(text, "\t// of a field\n\tIn{field} {{\n\t\tA int `json:\"a\"` // in\n\t}} `json:\"in{field}\"`");
            }
        }
        text.push_str("}\n\n");
    }
    let service = ["shop", "user-api", "My_Svc", "fooApi"][dice.roll(4)];
    let mut used = BTreeSet::new();
    for block in 0..1 + dice.roll(4) {
        let mut server: Vec<&str> = Vec::new();
        for words in SERVER {
            if dice.roll(5) < 2 {
                server.push(words[dice.roll(words.len())]);
            }
        }
        let group = server.iter().find(|word| word.starts_with("group")).copied().unwrap_or_default();
        let sse = dice.roll(5) == 0;
        server.extend(sse.then_some("sse: true"));
        if !server.is_empty() {
            let _ = writeln!(text, "@server (\n\t{}\n)", server.join("\n\t"));
        }
        let _ = writeln!(text, "service {service} {{");
        for route in 0..usize::from(block == 0) + dice.roll(4) {
            let handler = HANDLERS[dice.roll(HANDLERS.len())];
            if !used.insert((group, handler)) {
                continue;
            }
            match dice.roll(8) {
                0..3 => drop(writeln!(text, "\t@doc \"{}\"", DOCS[dice.roll(DOCS.len())])),
                3 => text.push_str("\t@doc (\n\t\tsummary: \"in short\"\n\t\tdescription: \"at length\"\n\t)\n"),
                4 => text.push_str("\t@doc (\n\t\tdescription: \"at length\"\n\t)\n"),
                _ => {}
            }
            let path =
                [format!("p{block}x{route}"), format!("p{block}x{route}/:id"), format!("q{block}-b{route}/:a/z")][dice.roll(3)].clone();
            let method = ["get", "post", "put", "delete", "patch", "head"][dice.roll(6)];
            let body = |dice: &mut Dice| types[dice.roll(types.len())].clone();
            let request = if dice.roll(5) < 3 { format!(" ({})", body(dice)) } else { String::new() };
            let response = match dice.roll(8) {
                _ if sse => format!(" returns ({})", body(dice)),
                0 | 1 => String::new(),
                2 => [" returns ([]First)", " returns (*First)", " returns ([]*First)"][dice.roll(3)].to_owned(),
                3 => [" returns (string)", " returns ([]int)", " returns ([]byte)"][dice.roll(3)].to_owned(),
                _ => format!(" returns ({})", body(dice)),
            };
            let _ = writeln!(text, "\t@handler {handler}\n\t{method} /{path}{request}{response}\n");
        }
        text.push_str("}\n\n");
    }
    text
}
