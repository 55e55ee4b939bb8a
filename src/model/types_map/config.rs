//! `goctl.yaml` (contract: cli-and-ops 5): what it says, and what is wrong with it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DefaultMessageFormatter, Error, Location, MessageFormatter, Spanned};

use super::{Entry, go_type, names, tables};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::ident::not_importable;
use crate::naming::nearest;
use crate::source::{FileId, Sources, Span, byte_at};

/// A YAML value, as far as the file has a use for it.
enum Node {
    Null,
    Text(String),
    Map(Vec<(Spanned<String>, Spanned<Node>)>),
    /// A number, a truth value, a list.
    Other,
}

/// What a file says.
#[derive(Default)]
pub(super) struct Found {
    /// By SQL type, lower case.
    pub(super) entries: BTreeMap<String, Entry>,
    /// Where each of them stands.
    pub(super) places: BTreeMap<String, Span>,
}

/// What a file says, checked. `None` where something in it cannot be used, which was reported.
pub(super) fn read(path: &Path, shown: &str, sources: &mut Sources, report: &mut Report) -> Option<Found> {
    let file = match sources.read(path, shown) {
        Ok(file) => file,
        Err(error) => {
            report.push(Diagnostic::error(Code::UnreadableFile, error.to_string()).path(shown));
            return None;
        }
    };
    let text = sources.text(file).to_owned();
    let mut errors = Report::new();
    let mut reader = Reader { file, text: &text, found: Found::default(), report: &mut errors };
    if text.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        match serde_saphyr::from_str::<Spanned<Node>>(&text) {
            Ok(root) => reader.root(&root),
            Err(error) => reader.broken(error.without_snippet()),
        }
    }
    let found = reader.found;
    let broken = errors.has_errors();
    report.append(errors);
    (!broken).then_some(found)
}

struct Reader<'a> {
    file: FileId,
    text: &'a str,
    found: Found,
    report: &'a mut Report,
}

impl Reader<'_> {
    /// A file that is no YAML.
    fn broken(&mut self, error: &Error) {
        let location = error.location().unwrap_or(Location::UNKNOWN);
        if let Error::DuplicateMappingKey { key: Some(key), .. } = error {
            return self.error(format!("`{key}` is listed twice"), self.span(location, key.len()), "");
        }
        let span = self.span(location, 1);
        if let Some((at, ty)) = unquoted(self.text, span.start) {
            let span = Span::new(self.file, at, at + ty.len());
            return self.error(format!("`{ty}` is not plain text in YAML"), span, &format!("put it in quotes: `\"{ty}\"`"));
        }
        let message = DefaultMessageFormatter.format_message(error).into_owned();
        let message = message.lines().next().unwrap_or("").to_owned();
        self.report.push(Diagnostic::error(Code::SyntaxError, message).at(span, ""));
    }

    fn root(&mut self, root: &Spanned<Node>) {
        for (key, model) in self.map(root, "the file") {
            if !self.known(key, &["model"], "at the top of the file") {
                continue;
            }
            for (key, types) in self.map(model, "`model`") {
                if self.known(key, &["types_map"], "in `model`") {
                    for (key, entry) in self.map(types, "`types_map`") {
                        self.entry(key, entry);
                    }
                }
            }
        }
    }

    fn entry(&mut self, key: &Spanned<String>, value: &Spanned<Node>) {
        let sql = key.value.trim().to_lowercase();
        let mut entry = Entry::default();
        let mut types = Vec::new();
        for (name, value) in self.map(value, &format!("`{sql}`")) {
            let place = match name.value.as_str() {
                "type" => &mut entry.ty,
                "unsigned_type" => &mut entry.unsigned,
                "null_type" => &mut entry.null,
                "pkg" => &mut entry.pkg,
                _ => {
                    self.known(name, &["type", "unsigned_type", "null_type", "pkg"], &format!("in `{sql}`"));
                    continue;
                }
            };
            match &value.value {
                Node::Null => {}
                Node::Text(text) => {
                    *place = text.trim().to_owned();
                    let place = place.clone();
                    self.value(&name.value, &place, value);
                    if name.value != "pkg" {
                        types.push((place, value));
                    }
                }
                Node::Map(_) | Node::Other => {
                    self.error(format!("`{}` must be a text", name.value), self.span(value.referenced, 1), "");
                }
            }
        }
        self.packages(&entry.pkg, &types);
        if sql.contains([' ', '(']) && !tables::is_known(&sql) {
            let bare = sql.split([' ', '(']).next().unwrap_or("").to_owned();
            let message = format!("no column has the type `{sql}`");
            let warning = Diagnostic::warning(Code::UnknownKey, message).at(self.of_key(key), "");
            self.report.push(warning.help(format!("types are listed without length and sign: `{bare}`")));
        } else {
            let span = self.of_key(key);
            self.found.places.insert(sql.clone(), span);
        }
        if self.found.entries.insert(sql.clone(), entry).is_some() {
            self.error(format!("`{sql}` is listed twice"), self.of_key(key), "the case of letters does not count");
        }
    }

    /// Whether the value is what its key wants.
    fn value(&mut self, name: &str, text: &str, at: &Spanned<Node>) {
        let span = self.span(at.referenced, text.len());
        if text.is_empty() {
        } else if name != "pkg" {
            if !go_type::is_type(text) {
                self.error(format!("`{text}` is not a Go type"), span, "such as `int64`, `*time.Time`, `decimal.Decimal`");
            }
        } else if text.split('/').any(|part| not_importable(part).is_some()) {
            self.error(format!("`{text}` is not the path of a Go package"), span, "such as `github.com/shopspring/decimal`");
        }
    }

    /// A type of another package needs its import, or nothing that is generated would compile.
    fn packages(&mut self, pkg: &str, types: &[(String, &Spanned<Node>)]) {
        let mut first: Option<String> = None;
        for (ty, at) in types {
            let span = self.span(at.referenced, ty.len());
            for package in go_type::packages(ty).into_iter().filter(|package| !super::STANDARD.contains(&package.as_str())) {
                if pkg.is_empty() {
                    let help = format!("add `pkg:` with the import path of package `{package}`");
                    self.error(format!("`{ty}` needs an import"), span, &help);
                } else if first.as_ref().is_some_and(|first| *first != package) {
                    let help = "one entry can import one package; write the type into a package of your own and name that";
                    self.error(format!("`{ty}` needs a second import"), span, help);
                }
                first.get_or_insert(package);
            }
            let told = |package: &str| first.as_ref().is_some_and(|first| first != package) && !super::STANDARD.contains(&package);
            let named = if go_type::is_type(ty) { go_type::names(ty) } else { Vec::new() };
            let doubts = named.iter().filter(|named| named.package.is_empty() || !told(&named.package));
            for found in doubts.filter_map(|named| names::doubt(named, pkg)) {
                self.report.push(found.at(span, ""));
            }
        }
    }

    /// The items of a mapping; a missing one has none.
    fn map<'n>(&mut self, node: &'n Spanned<Node>, what: &str) -> &'n [(Spanned<String>, Spanned<Node>)] {
        match &node.value {
            Node::Map(items) => items,
            Node::Null => &[],
            Node::Text(_) | Node::Other => {
                self.error(format!("{what} must be a mapping"), self.span(node.referenced, 1), "keys and values, `key: value`");
                &[]
            }
        }
    }

    /// Whether the key is one of those that are read; a warning where it is not.
    fn known(&mut self, key: &Spanned<String>, keys: &[&'static str], place: &str) -> bool {
        if keys.contains(&key.value.as_str()) {
            return true;
        }
        let warning = Diagnostic::warning(Code::UnknownKey, format!("nothing reads the key `{}` {place}", key.value));
        let help = match nearest(&key.value, keys.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there is: {}", keys.join(", ")),
        };
        self.report.push(warning.at(self.of_key(key), "").help(help));
        false
    }

    fn error(&mut self, message: String, span: Span, help: &str) {
        let error = Diagnostic::error(Code::BadValue, message).at(span, "");
        self.report.push(if help.is_empty() { error } else { error.help(help) });
    }

    fn of_key(&self, key: &Spanned<String>) -> Span {
        self.span(key.referenced, key.value.len())
    }

    /// So many bytes from a place on, within its line.
    fn span(&self, at: Location, length: usize) -> Span {
        let number = |number: u64| usize::try_from(number).unwrap_or(0);
        // What the scanner refuses has a line and a column alone.
        let by_line = || byte_at(self.text, at.line(), at.column());
        let start = at.span().byte_offset().map_or_else(by_line, number).min(self.text.len());
        // A value in quotes is underlined without the last of them, which is as good.
        let line = self.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        Span::new(self.file, start, start + line.len().min(length))
    }
}

/// A Go type that begins as something else of YAML's does (`*json.RawMessage`, `[]byte`), on the line of a mistake or the one before.
fn unquoted(text: &str, mistake: usize) -> Option<(usize, &str)> {
    let line = |end: usize| text.get(..end).map_or(0, |before| before.rfind('\n').map_or(0, |at| at + 1));
    let start = line(mistake);
    let starts = [Some(start), start.checked_sub(1).map(line)];
    starts.into_iter().flatten().find_map(|start| {
        let written = text.get(start..)?.lines().next()?;
        written.match_indices(':').find_map(|(colon, _)| {
            let value = written.get(colon + 1..)?;
            let at = start + colon + 1 + value.len() - value.trim_start().len();
            let ty = value.trim_start().split([',', '}', '#']).next()?.trim_end();
            ((ty.starts_with('*') || ty.starts_with('[')) && go_type::is_type(ty)).then_some((at, ty))
        })
    })
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

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Other)
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
        while let Some(item) = map.next_entry()? {
            items.push(item);
        }
        Ok(Node::Map(items))
    }
}
