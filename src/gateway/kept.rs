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
use crate::plan::Root;
use crate::source::{Sources, Span};

/// Compares the configuration that stands below `root` with the upstreams.
pub(super) fn check(upstreams: &[Upstream], root: &Root, sources: &mut Sources, report: &mut Report) {
    let shown = Path::new(&root.shown).join(ETC).display().to_string();
    let Ok(file) = sources.read(&root.dir.join(ETC), &shown) else { return };
    let words = words(sources.text(file));
    let known: BTreeSet<&str> = words.iter().map(|(_, word)| *word).collect();
    for upstream in upstreams {
        let set = view::proto_set(upstream);
        let lacks = |route: &&Route| !known.contains(route.path.as_str()) || !known.contains(route.rpc.as_str());
        let missing: Vec<&Route> = upstream.routes.iter().filter(lacks).collect();
        let warning = |message: String| Diagnostic::warning(Code::MissingWiring, message).path(shown.clone());
        if !known.contains(set.as_str()) {
            let help = format!("add to `Upstreams`:\n{}", block(upstream, &set));
            report.push(warning(format!("it was kept, and has no upstream with the proto set `{set}`")).help(help));
        } else if !missing.is_empty() {
            let routes = if missing.len() == 1 { "a route".to_owned() } else { format!("{} routes", missing.len()) };
            let help = format!("add to its `Mappings`:\n{}", lines(&missing));
            report.push(warning(format!("it was kept, and lacks {routes} of upstream `{}`", upstream.name)).help(help));
        }
        let methods: BTreeSet<&str> =
            upstream.routes.iter().map(|route| route.rpc.as_str()).chain(upstream.unrouted.iter().map(String::as_str)).collect();
        let services: BTreeSet<&str> = methods.iter().filter_map(|rpc| Some(rpc.split_once('/')?.0)).collect();
        for (at, word) in words.iter().filter(|(_, word)| !methods.contains(word)) {
            if word.split_once('/').is_some_and(|(service, _)| services.contains(service)) {
                let message = format!("there is no method `{word}` any more: the gateway will not start");
                let found = Diagnostic::warning(Code::MissingWiring, message)
                    .at(Span::new(file, *at, at + word.len()), "this file is yours, and was kept");
                report.push(found.help("remove the mapping, or name another method"));
            }
        }
    }
}

/// An upstream as the configuration would have it.
fn block(upstream: &Upstream, set: &str) -> String {
    let Upstream { name, key, .. } = upstream;
    let routes = lines(&upstream.routes.iter().collect::<Vec<_>>()).replace('\n', "\n    ");
    let mappings = if routes.is_empty() { String::new() } else { format!("\n  Mappings:\n    {routes}") };
    format!(
        "- Name: {name}\n  Grpc:\n    Etcd:\n      Hosts:\n        - 127.0.0.1:2379\n      Key: {key}\n  ProtoSets:\n    - {set}{mappings}"
    )
}

fn lines(routes: &[&Route]) -> String {
    let line = |route: &&Route| format!("- Method: {}\n  Path: {}\n  RpcPath: {}", route.method, route.path, route.rpc);
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
}
