//! Statements, settings and routes, from pairs to nodes.

use super::grammar::Rule;
use super::tree::{Pair, Tree};
use crate::api_dsl::ast::{
    AtDoc, AtDocKind, AtServer, DataType, Handler, Import, Info, Item, KeyValue, Route, Service, Spelling, Statement, Syntax, Value, Word,
};
use crate::api_dsl::words::is_name_byte;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use pest::iterators::Pairs;

impl Tree<'_> {
    /// The one statement of a parsed text.
    pub(super) fn statement(&mut self, mut pairs: Pairs<Rule>) -> Option<Statement> {
        let pair = pairs.next()?;
        match pair.as_rule() {
            Rule::syntax => self.syntax(pair).map(Statement::Syntax),
            Rule::import => self.import(pair).map(Statement::Import),
            Rule::info => self.info(pair).map(Statement::Info),
            Rule::type_decl => self.type_decl(pair).map(Statement::Type),
            _ => self.service(pair).map(Statement::Service),
        }
    }

    fn syntax(&mut self, pair: Pair) -> Option<Syntax> {
        let span = self.span(&pair);
        let value = self.value(pair.into_inner().last()?);
        Some(Syntax { span, value })
    }

    fn import(&mut self, pair: Pair) -> Option<Import> {
        let span = self.span(&pair);
        let mut grouped = false;
        let mut paths = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::open_paren => grouped = true,
                Rule::string => paths.push(self.value(part)),
                _ => {}
            }
        }
        Some(Import { span, grouped, paths })
    }

    fn info(&mut self, pair: Pair) -> Option<Info> {
        let span = self.span(&pair);
        let entries = self.entries(pair.into_inner().last()?)?;
        Some(Info { span, entries })
    }

    /// The value a token or a group of them stands for.
    fn value(&mut self, pair: Pair) -> Value {
        let spelling = match pair.as_rule() {
            Rule::string => Spelling::Quoted,
            Rule::raw_string => Spelling::Raw,
            _ => {
                let word = self.joined(&pair);
                return Value { text: word.text, spelling: Spelling::Bare, span: word.span };
            }
        };
        let text = pair.as_str();
        let inner = text.get(1..text.len() - 1).unwrap_or("");
        Value { text: inner.to_owned(), spelling, span: self.token(&pair) }
    }

    fn entries(&mut self, pair: Pair) -> Option<Vec<KeyValue>> {
        pair.into_inner().filter(|p| p.as_rule() == Rule::entry).map(|entry| self.entry(entry)).collect()
    }

    /// `key: value` of `info` or `@doc`.
    fn entry(&mut self, pair: Pair) -> Option<KeyValue> {
        let mut parts = pair.into_inner();
        let key = self.word(&parts.next()?);
        let last = parts.last()?;
        let value = match last.as_rule() {
            Rule::colon => {
                let end = self.token(&last).end;
                let span = Span::new(self.file, end, end);
                self.legacy(key.span.to(span), &format!("`{}` has no value", key.text), format!("write `{}: \"\"`", key.text));
                Value { text: String::new(), spelling: Spelling::Bare, span }
            }
            Rule::line_text => {
                let text = last.into_inner().next()?;
                self.line_text(&text)
            }
            _ => self.value(last),
        };
        Some(KeyValue { key, value })
    }

    /// A text without quotes, up to the end of its line.
    fn line_text(&mut self, pair: &Pair) -> Value {
        let text = pair.as_str().trim_end();
        let start = self.token(pair).start;
        let span = Span::new(self.file, start, start + text.len());
        if let Some(at) = separator(text) {
            let mark = Span::new(self.file, start + at, start + at + 1);
            let found =
                Diagnostic::error(Code::SyntaxError, format!("unexpected `{}`", self.words.text.get(mark.start..mark.end).unwrap_or("")));
            self.report.push(found.at(mark, "").help("entries are separated by line breaks alone"));
        } else {
            self.legacy(span, "this text has no quotes", format!("write `\"{text}\"`"));
        }
        Value { text: text.to_owned(), spelling: Spelling::Bare, span }
    }

    fn service(&mut self, pair: Pair) -> Option<Service> {
        let span = self.span(&pair);
        let mut server = None;
        let mut name = None;
        let mut items = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::at_server => server = Some(self.at_server(part)?),
                Rule::service_name => name = Some(self.joined(&part)),
                Rule::item => items.push(self.item(part)?),
                _ => {}
            }
        }
        Some(Service { span, server, name: name?, items })
    }

    fn at_server(&mut self, pair: Pair) -> Option<AtServer> {
        let span = self.span(&pair);
        let entries = pair.into_inner().filter(|p| p.as_rule() == Rule::server_entry);
        let entries = entries.map(|entry| {
            let mut parts = entry.into_inner();
            let key = self.word(&parts.next()?);
            let value = self.value(parts.last()?);
            Some(KeyValue { key, value })
        });
        let entries = entries.collect::<Option<_>>()?;
        Some(AtServer { span, entries })
    }

    fn item(&mut self, pair: Pair) -> Option<Item> {
        let span = self.span(&pair);
        let mut doc = None;
        let mut handler = None;
        let mut route = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::at_doc => doc = Some(self.at_doc(part)?),
                Rule::handler => {
                    let span = self.span(&part);
                    handler = Some(Handler { span, name: self.word(&part.into_inner().last()?), legacy: false });
                }
                Rule::at_server => handler = Some(self.legacy_handler(part)?),
                _ => route = Some(self.route(part)?),
            }
        }
        Some(Item { span, doc, handler: handler?, route: route? })
    }

    /// `@server ( handler: name )` in front of a route.
    fn legacy_handler(&mut self, pair: Pair) -> Option<Handler> {
        let server = self.at_server(pair)?;
        let span = server.span;
        let is_name = |text: &str| {
            text.starts_with(|c: char| !c.is_ascii_digit()) && !text.contains(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        };
        match &server.entries[..] {
            [only] if only.key.text == "handler" && is_name(&only.value.text) => {
                let help = format!("write `@handler {}`", only.value.text);
                self.legacy(span, "`@server` in front of a route is the form of old goctl versions", help);
            }
            _ => {
                let found = Diagnostic::error(Code::SyntaxError, "in front of a route `@server` can name the handler and nothing else");
                self.report.push(found.at(span, "").help("write `@handler name`; other settings stand in front of `service`"));
            }
        }
        let handler = server.entries.into_iter().find(|entry| entry.key.text == "handler");
        let name = handler.map_or(Word { text: String::new(), span }, |entry| Word { text: entry.value.text, span: entry.value.span });
        Some(Handler { span, name, legacy: true })
    }

    fn at_doc(&mut self, pair: Pair) -> Option<AtDoc> {
        let span = self.span(&pair);
        let mut in_parens = false;
        let mut kind = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::open_paren => in_parens = true,
                Rule::string | Rule::raw_string => kind = Some(AtDocKind::Text(self.value(part))),
                Rule::entries => kind = Some(AtDocKind::Entries(self.entries(part)?)),
                _ => {}
            }
        }
        if in_parens {
            self.legacy(span, "`@doc` with its text in parentheses", "write `@doc \"…\"`".to_owned());
        }
        Some(AtDoc { span, kind: kind? })
    }

    fn route(&mut self, pair: Pair) -> Option<Route> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let method = self.word(&parts.next()?);
        let path = parts.next()?;
        let path = self.joined(&path);
        if path.text.len() != path.span.end - path.span.start {
            let found = Diagnostic::warning(Code::BlankInPath, "the path has blanks inside").at(path.span, "");
            self.report.push(found.help(format!("it is read as `{}`", path.text)));
        }
        let mut request = None;
        let mut response = None;
        for part in parts {
            match part.as_rule() {
                Rule::body => request = self.body(part),
                Rule::returns => response = part.into_inner().last().and_then(|body| self.body(body)),
                _ => {}
            }
        }
        Some(Route { span, method, path, request, response })
    }

    fn body(&mut self, pair: Pair) -> Option<DataType> {
        pair.into_inner().find(|p| p.as_rule() == Rule::data_type).and_then(|ty| self.data_type(ty))
    }
}

/// Where a text without quotes has a comma or semicolon that parts it from another `key: value`, or from nothing.
fn separator(text: &str) -> Option<usize> {
    text.match_indices([',', ';']).map(|(at, _)| at).find(|at| {
        let rest = text.get(at + 1..).unwrap_or("").trim_start();
        let name = rest.bytes().take_while(|b| is_name_byte(*b)).count();
        rest.is_empty() || name > 0 && rest.get(name..).is_some_and(|r| r.trim_start().starts_with(':') && !r.contains("://"))
    })
}
