//! What a kept configuration lacks of the routes that the `.proto` files give, and what it has that they no longer do.
//!
//! It is the user's: it is read, never changed. Words are compared, not the tree of the YAML: that a path and its method
//! stand in it anywhere is taken for the route.

use std::collections::BTreeSet;
use std::path::Path;

use super::plan::ETC;
use super::routes::{Route, Upstream};
use super::view;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::naming::yaml_word;
use crate::plan::Root;
use crate::source::{Sources, Span};

/// Compares the configuration that stands below `root` with the upstreams.
pub(super) fn check(upstreams: &[Upstream], root: &Root, sources: &mut Sources, report: &mut Report) {
    let shown = Path::new(&root.shown).join(ETC).display().to_string();
    let Ok(file) = sources.read(&root.dir.join(ETC), &shown) else { return };
    let words = words(sources.text(file));
    let known: BTreeSet<&str> = words.iter().map(|(_, word)| *word).collect();
    for upstream in upstreams {
        if let Some((message, help)) = lacking(upstream, &known) {
            report.push(Diagnostic::warning(Code::MissingWiring, message).path(shown.clone()).help(help));
        }
        for (at, word) in gone(upstream, &words) {
            let message = format!("there is no method `{word}` any more: the gateway will not start");
            let span = Span::new(file, at, at + word.len());
            let warning = Diagnostic::warning(Code::MissingWiring, message).at(span, "this file is yours, and was kept");
            report.push(warning.help("remove the mapping, or name another method"));
        }
    }
}

/// What the configuration lacks of an upstream, and what to add.
fn lacking(upstream: &Upstream, known: &BTreeSet<&str>) -> Option<(String, String)> {
    let set = view::proto_set(upstream);
    let has_set = known.iter().any(|word| word.strip_suffix(set.as_str()).is_some_and(|dir| dir.is_empty() || dir.ends_with('/')));
    // One that has its descriptors from the server itself.
    if !has_set && !methods(upstream).any(|rpc| known.contains(rpc)) {
        let message = format!("it was kept, and has no upstream with the proto set `{set}`");
        return Some((message, format!("add to `Upstreams`:\n{}", block(upstream, &set))));
    }
    let lacks = |route: &&Route| !known.contains(route.path.as_str()) || !known.contains(route.rpc.as_str());
    let missing: Vec<&Route> = upstream.routes.iter().filter(lacks).collect();
    let count = match missing.len() {
        0 => return None,
        1 => "a route".to_owned(),
        many => format!("{many} routes"),
    };
    let message = format!("it was kept, and lacks {count} of upstream `{}`", upstream.name);
    Some((message, format!("add to its `Mappings`:\n{}", lines(&missing))))
}

/// The methods of an upstream's services that the configuration names and that are none.
fn gone<'a>(upstream: &Upstream, words: &[(usize, &'a str)]) -> Vec<(usize, &'a str)> {
    let services: BTreeSet<&str> = methods(upstream).filter_map(|rpc| Some(rpc.split_once('/')?.0)).collect();
    let of_service = |word: &str| word.split_once('/').is_some_and(|(service, _)| services.contains(service));
    words.iter().filter(|(_, word)| of_service(word) && methods(upstream).all(|rpc| rpc != *word)).copied().collect()
}

fn methods(upstream: &Upstream) -> impl Iterator<Item = &str> {
    upstream.routes.iter().map(|route| &route.rpc).chain(&upstream.unrouted).map(String::as_str)
}

/// An upstream as the configuration would have it.
fn block(upstream: &Upstream, set: &str) -> String {
    let [name, key, set] = [upstream.name.as_str(), &upstream.key, set].map(yaml_word);
    let routes = lines(&upstream.routes.iter().collect::<Vec<_>>()).replace('\n', "\n    ");
    let mappings = if routes.is_empty() { String::new() } else { format!("\n  Mappings:\n    {routes}") };
    format!(
        "- Name: {name}\n  Grpc:\n    Etcd:\n      Hosts:\n        - 127.0.0.1:2379\n      Key: {key}\n  ProtoSets:\n    - {set}{mappings}"
    )
}

fn lines(routes: &[&Route]) -> String {
    let line = |route: &&Route| format!("- Method: {}\n  Path: {}\n  RpcPath: {}", route.method, yaml_word(&route.path), route.rpc);
    routes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The words of a YAML file with their places, comments and quotes left out.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut all = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let comment = line.match_indices('#').find(|(at, _)| line[..*at].chars().next_back().is_none_or(char::is_whitespace));
        let code = &line[..comment.map_or(line.len(), |(at, _)| at)];
        let is_mark = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '[' | ']' | '{' | '}');
        for word in code.split(is_mark).filter(|word| !word.is_empty()) {
            // A slice of the line: where it starts is how far it is from the line's start.
            all.push((start + (word.as_ptr() as usize - line.as_ptr() as usize), word));
        }
        start += line.len();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_neither_comments_nor_quotes() {
        let text = "A: # b\n  - \"c\" #d\n#e\nF: [g.pb, 'h.pb']\nI: /v1/#j\n";
        let found = words(text);
        assert!(found.iter().all(|(at, word)| text[*at..].starts_with(word)));
        let found: Vec<&str> = found.into_iter().map(|(_, word)| word).collect();
        assert_eq!(found, ["A:", "-", "c", "F:", "g.pb", "h.pb", "I:", "/v1/#j"]);
    }

    #[test]
    fn a_set_may_lie_elsewhere_and_may_be_left_out() {
        let route = |path: &str| Route { method: "get".to_owned(), path: path.to_owned(), rpc: "u.U/Get".to_owned() };
        let (name, key, file) = ("u".to_owned(), "u.rpc".to_owned(), crate::rpc::spec::FileNo(0));
        let upstream = Upstream { name, key, file, routes: vec![route("/a"), route("/b")], unrouted: vec!["u.U/Put".to_owned()] };
        let told = |known: &[&str]| lacking(&upstream, &known.iter().copied().collect()).map_or(String::new(), |(message, _)| message);
        let no_upstream = "it was kept, and has no upstream with the proto set `u.pb`";
        assert_eq!(told(&["menu.pb"]), no_upstream);
        assert_eq!(told(&["sets/u.pb", "/a", "/b", "u.U/Get"]), "");
        assert_eq!(told(&["u.U/Put"]), "it was kept, and lacks 2 routes of upstream `u`");
        assert_eq!(told(&["u.U/Get", "/b"]), "it was kept, and lacks a route of upstream `u`");
    }
}
