//! What a configuration says of ports: `Port` of a REST service, `ListenOn` of a zRPC one, `DevServer`.

use std::path::Path;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DefaultMessageFormatter, Location, MessageFormatter};

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{FileId, Sources, Span};

/// What a configuration says. What it takes from the environment is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::docker) struct Facts {
    /// The port that the service listens on.
    pub(in crate::docker) port: Option<u16>,
    /// The server beside it that answers whether it is well, if it has one.
    pub(in crate::docker) dev_server: Option<DevServer>,
}

/// go-zero's `DevServer`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::docker) struct DevServer {
    /// Its port.
    pub(in crate::docker) port: u16,
    /// The path that says whether the service is well.
    pub(in crate::docker) path: String,
}

/// A value, as far as there is a use for it.
enum Node {
    Null,
    Text(String),
    Number(u64),
    Bool(bool),
    Map(Vec<(String, Node)>),
    Other,
}

/// Reads the configuration at `path`. `None` where it cannot be read, which was reported.
pub(super) fn facts(path: &Path, shown: &str, sources: &mut Sources, report: &mut Report) -> Option<Facts> {
    let file = match sources.read(path, shown) {
        Ok(file) => file,
        Err(error) => {
            report.push(Diagnostic::error(Code::UnreadableFile, error.to_string()).path(shown));
            return None;
        }
    };
    let text = sources.text(file);
    let kind = shown.rsplit_once('.').map_or("", |(_, kind)| kind);
    let is_said = text.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let read = match kind {
        "yaml" | "yml" if is_said => yaml(text, file),
        "json" => json(text, file),
        _ => return Some(Facts::default()),
    };
    match read {
        Ok(node) => Some(told(&node)),
        Err(error) => {
            report.push(*error);
            None
        }
    }
}

fn yaml(text: &str, file: FileId) -> Result<Node, Box<Diagnostic>> {
    serde_saphyr::from_str::<Node>(text).map_err(|error| {
        let error = error.without_snippet();
        let message = DefaultMessageFormatter.format_message(error).into_owned();
        let at = error.location().unwrap_or(Location::UNKNOWN);
        broken(message.lines().next().unwrap_or(""), place(text, at.line(), at.column()), text, file)
    })
}

fn json(text: &str, file: FileId) -> Result<Node, Box<Diagnostic>> {
    serde_json::from_str::<Node>(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or("").to_owned();
        broken(&message, place(text, error.line() as u64, error.column() as u64), text, file)
    })
}

fn broken(message: &str, at: usize, text: &str, file: FileId) -> Box<Diagnostic> {
    let end = at + text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| *c != '\n').map_or(0, char::len_utf8);
    Box::new(Diagnostic::error(Code::SyntaxError, message).at(Span::new(file, at, end), ""))
}

/// The byte of a 1-based line and column.
fn place(text: &str, line: u64, column: u64) -> usize {
    let number = |number: u64| usize::try_from(number).unwrap_or(0).saturating_sub(1);
    let before: usize = text.split_inclusive('\n').take(number(line)).map(str::len).sum();
    let line = text.get(before..).and_then(|rest| rest.lines().next()).unwrap_or("");
    before + line.chars().take(number(column)).map(char::len_utf8).sum::<usize>()
}

fn told(root: &Node) -> Facts {
    let listens = || match root.get("listenon")? {
        Node::Text(address) => address.rsplit(':').next().and_then(port_of_text),
        _ => None,
    };
    Facts { port: root.get("port").and_then(Node::port).or_else(listens), dev_server: dev_server(root) }
}

/// There is one where the section is there: go-zero gives its keys their defaults, but leaves out what is not there at all.
fn dev_server(root: &Node) -> Option<DevServer> {
    let section = root.get("devserver").filter(|section| matches!(section, Node::Map(_)))?;
    let is_on = match section.get("enabled") {
        None | Some(Node::Null | Node::Bool(true)) => true,
        Some(Node::Text(text)) => text == "true",
        Some(_) => false,
    };
    let is_here = match section.get("host") {
        None | Some(Node::Null) => true,
        Some(Node::Text(host)) => matches!(host.as_str(), "" | "0.0.0.0" | "127.0.0.1" | "localhost" | "::"),
        Some(_) => false,
    };
    let port = match section.get("port") {
        None | Some(Node::Null) => Some(6060),
        Some(port) => port.port(),
    };
    let path = match section.get("healthpath") {
        None | Some(Node::Null) => "/healthz".to_owned(),
        Some(Node::Text(path)) if path.starts_with('/') && !path.contains(['$', '\\']) => path.clone(),
        Some(_) => return None,
    };
    port.filter(|_| is_on && is_here).map(|port| DevServer { port, path })
}

fn port_of_text(text: &str) -> Option<u16> {
    text.trim().parse().ok().filter(|port| *port > 0)
}

impl Node {
    fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(items) = self else { return None };
        items.iter().find(|(name, _)| name.to_lowercase() == key).map(|(_, value)| value)
    }

    fn port(&self) -> Option<u16> {
        match self {
            Self::Number(number) => u16::try_from(*number).ok().filter(|port| *port > 0),
            Self::Text(text) => port_of_text(text),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Node;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(u64::try_from(number).map_or(Node::Other, Node::Number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Node::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some((key, value)) = map.next_entry::<Node, Node>()? {
            let key = match key {
                Node::Text(key) => key,
                Node::Number(number) => number.to_string(),
                _ => continue,
            };
            items.push((key, value));
        }
        Ok(Node::Map(items))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Facts {
        told(&serde_saphyr::from_str(text).unwrap())
    }

    #[test]
    fn ports() {
        let rows = [
            ("Name: a\nPort: 8888\n", Some(8888)),
            ("port: \"8889\"\n", Some(8889)),
            ("ListenOn: 0.0.0.0:8080\n", Some(8080)),
            ("ListenOn: \"[::]:8081\"\n", Some(8081)),
            ("Port: ${PORT}\n", None),
            ("ListenOn: ${ADDRESS}\n", None),
            ("Port: 0\n", None),
            ("Port: 70000\n", None),
            ("1: x\n", None),
            ("- Port: 1\n", None),
        ];
        for (text, port) in rows {
            assert_eq!(of(text).port, port, "{text}");
        }
        assert_eq!(told(&serde_json::from_str("{\"Port\": 80}").unwrap()).port, Some(80));
    }

    #[test]
    fn dev_servers() {
        let rows = [
            ("Name: a\n", None),
            ("DevServer:\n", None),
            ("DevServer: {}\n", Some((6060, "/healthz"))),
            ("DevServer:\n  Enabled: false\n", None),
            ("devserver:\n  enabled: true\n  port: 6470\n  healthPath: /ping\n", Some((6470, "/ping"))),
            ("DevServer:\n  Host: 10.0.0.1\n", None),
            ("DevServer:\n  Port: ${P}\n", None),
        ];
        for (text, expected) in rows {
            let expected = expected.map(|(port, path)| DevServer { port, path: path.to_owned() });
            assert_eq!(of(text).dev_server, expected, "{text}");
        }
    }
}
