//! What a configuration says of ports: `Port` of a REST service, `ListenOn` of a zRPC one, `DevServer`.

use std::path::Path;

use serde_json::Value;
use serde_saphyr::options::DuplicateKeyPolicy;
use serde_saphyr::{DefaultMessageFormatter, Location, MessageFormatter};

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{FileId, Sources, Span, byte_at};

/// What a configuration says. What it takes from the environment is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::docker) struct Facts {
    /// The port that the service listens on.
    pub(in crate::docker) port: Option<u16>,
    /// Whether it listens on an address of its own, which `127.0.0.1` does not lead to.
    pub(in crate::docker) is_elsewhere: bool,
    /// Whether its logs go to files.
    pub(in crate::docker) logs_to_files: bool,
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

/// Reads the configuration at `path`. `None` where it cannot be read, which was reported.
pub(super) fn facts(path: &Path, shown: &str, sources: &mut Sources, report: &mut Report) -> Option<Facts> {
    let file = match sources.read(path, shown) {
        Ok(file) => file,
        Err(error) => {
            report.push(Diagnostic::error(Code::UnreadableFile, error.to_string()).path(shown));
            return None;
        }
    };
    let kind = shown.rsplit_once('.').map_or("", |(_, kind)| kind);
    let text = sources.text(file);
    let text = if kind == "json" { text } else { first_document(text) };
    let is_said = text.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let read = match kind {
        "yaml" | "yml" if is_said => yaml(text, file),
        "json" => json(text, file),
        _ => return Some(Facts::default()),
    };
    match read {
        Ok(value) => Some(told(&value)),
        Err(error) => {
            report.push(*error);
            None
        }
    }
}

/// What Go reads of a YAML file: the first document. A line that begins one, or ends one, is that wherever it stands.
fn first_document(text: &str) -> &str {
    let is = |line: &str, marker: &str| line.strip_prefix(marker).is_some_and(|rest| rest.chars().next().is_none_or(char::is_whitespace));
    let (mut is_begun, mut end) = (false, 0);
    for line in text.split_inclusive('\n') {
        if is_begun && (is(line, "---") || is(line, "...")) {
            return text.get(..end).unwrap_or(text);
        }
        is_begun = is_begun || !(line.trim().is_empty() || line.starts_with(['#', '%']) || is(line, "..."));
        end += line.len();
    }
    text
}

fn yaml(text: &str, file: FileId) -> Result<Value, Box<Diagnostic>> {
    // As go-zero's reader does.
    let options = serde_saphyr::options! { duplicate_keys: DuplicateKeyPolicy::LastWins };
    serde_saphyr::from_str_with_options::<Value>(text, options).map_err(|error| {
        let error = error.without_snippet();
        let message = DefaultMessageFormatter.format_message(error).into_owned();
        let at = error.location().unwrap_or(Location::UNKNOWN);
        broken(message.lines().next().unwrap_or(""), byte_at(text, at.line(), at.column()), text, file)
    })
}

fn json(text: &str, file: FileId) -> Result<Value, Box<Diagnostic>> {
    serde_json::from_str::<Value>(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or("").to_owned();
        broken(&message, byte_at(text, error.line() as u64, error.column() as u64), text, file)
    })
}

fn broken(message: &str, at: usize, text: &str, file: FileId) -> Box<Diagnostic> {
    let end = at + text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| *c != '\n').map_or(0, char::len_utf8);
    Box::new(Diagnostic::error(Code::SyntaxError, message).at(Span::new(file, at, end), ""))
}

fn told(root: &Value) -> Facts {
    // A zRPC service has its address in one piece.
    let address = || get(root, "listenon")?.as_str()?.rsplit_once(':');
    let (port, is_elsewhere) = match (get(root, "port").and_then(port), address()) {
        (None, Some((host, port))) => (port_of_text(port), !is_here(host.trim_matches(['[', ']']))),
        (port, _) => (port, !is_host_here(root)),
    };
    let mode = get(root, "log").and_then(|log| get(log, "mode")?.as_str());
    Facts { port, is_elsewhere, logs_to_files: matches!(mode, Some("file" | "volume")), dev_server: dev_server(root) }
}

/// There is one where the section is there: go-zero gives its keys their defaults, but leaves out what is not there at all.
fn dev_server(root: &Value) -> Option<DevServer> {
    let section = get(root, "devserver").filter(|section| section.is_object())?;
    let is_on = match get(section, "enabled") {
        None | Some(Value::Null | Value::Bool(true)) => true,
        Some(value) => value == "true",
    };
    let port = match get(section, "port") {
        None | Some(Value::Null) => Some(6060),
        Some(value) => port(value),
    };
    let path = match get(section, "healthpath") {
        None | Some(Value::Null) => "/healthz".to_owned(),
        Some(Value::String(path)) if path.starts_with('/') && !path.contains(['$', '\\']) => path.clone(),
        Some(_) => return None,
    };
    port.filter(|_| is_on && is_host_here(section)).map(|port| DevServer { port, path })
}

/// Whether a server listens where `127.0.0.1` leads to, by its `Host`.
fn is_host_here(server: &Value) -> bool {
    match get(server, "host") {
        None | Some(Value::Null) => true,
        Some(host) => host.as_str().is_some_and(is_here),
    }
}

fn is_here(host: &str) -> bool {
    matches!(host, "" | "0.0.0.0" | "127.0.0.1" | "localhost" | "::")
}

/// The value of a key, whatever the case of its letters.
fn get<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    value.as_object()?.iter().find(|(name, _)| name.to_lowercase() == key).map(|(_, value)| value)
}

fn port(value: &Value) -> Option<u16> {
    match value {
        Value::Number(number) => number.as_u64().and_then(|number| u16::try_from(number).ok()).filter(|port| *port > 0),
        Value::String(text) => port_of_text(text),
        _ => None,
    }
}

fn port_of_text(text: &str) -> Option<u16> {
    text.trim().parse().ok().filter(|port| *port > 0)
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
    fn what_is_said_twice() {
        let path = Path::new("/p/user.yaml");
        let mut sources = Sources::new(crate::source::Disk::memory([("/p/user.yaml", "Port: 1\nLog:\n  Mode: file\nPort: 2\n")]));
        let facts = facts(path, "user.yaml", &mut sources, &mut Report::new()).unwrap();
        assert_eq!((facts.port, facts.logs_to_files), (Some(2), true));
    }

    #[test]
    fn addresses_of_its_own() {
        for text in ["Host: 10.0.0.5\nPort: 1\n", "ListenOn: 10.0.0.5:8080\n", "Host: ${HOST}\nPort: 1\n", "ListenOn: \"[::1]:8080\"\n"] {
            assert!(of(text).is_elsewhere, "{text}");
        }
        for text in ["Port: 1\n", "host: 0.0.0.0\nPort: 1\n", "ListenOn: :8080\n", "ListenOn: \"[::]:8080\"\n", "Host:\nPort: 1\n"] {
            assert!(!of(text).is_elsewhere, "{text}");
        }
    }

    #[test]
    fn the_first_document_counts() {
        let rows = [
            ("a: 1\n---\nb: [\n", "a: 1\n"),
            ("# x\n%YAML 1.2\n---\na: 1\n...\nb: 2\n", "# x\n%YAML 1.2\n---\na: 1\n"),
            ("--- a\n", "--- a\n"),
            ("a: |\n  ---\n  x\nb: ---x\n", "a: |\n  ---\n  x\nb: ---x\n"),
            ("---\n---\na: 1\n", "---\n"),
            ("", ""),
        ];
        for (text, first) in rows {
            assert_eq!(first_document(text), first, "{text}");
        }
        assert_eq!(of(first_document("---\n---\nPort: 1\n")), Facts::default());
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
