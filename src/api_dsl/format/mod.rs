//! `.api` text in its canonical form.
//!
//! In: the tree of a file without syntax errors, and its text. Out: goctl's layout, and every comment. Invariants:
//! formatting twice changes nothing; only what goctl deletes (blocks without values, `()`, `;`, the word `struct`) and
//! the legacy forms, which are rewritten, make a difference between the tokens before and after. Linear time.

mod types;
mod writer;

use super::ast::{AtDoc, AtDocKind, AtServer, DataType, File, Import, Info, Item, KeyValue, Route, Service, Spelling, Statement, Value};
use super::words::{Words, is_name_byte};
use crate::source::Sources;
use writer::{Line, Writer};

/// The file in canonical form.
pub fn format(file: &File, sources: &Sources) -> String {
    let text = sources.text(file.source);
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let words = Words::scan(text, bom);
    let mut format = Format { sources, w: Writer::new(&words) };
    let mut kept = file.statements.iter().filter(|s| !vanishes(s)).peekable();
    while let Some(statement) = kept.next() {
        format.statement(statement);
        let is_import = |s: &Statement| matches!(s, Statement::Import(i) if !i.grouped);
        // Single imports stand together, and need no empty line at the end of the file.
        let together = is_import(statement) && kept.peek().map_or(!format.w.has_comment(usize::MAX), |next| is_import(next));
        if !together {
            format.w.blank();
        }
    }
    format.w.finish()
}

/// Whether a statement says nothing.
fn vanishes(statement: &Statement) -> bool {
    match statement {
        Statement::Import(import) => import.paths.iter().all(|path| path.text.is_empty()),
        Statement::Info(info) => is_void(&info.entries),
        Statement::Type(decl) => decl.specs.is_empty(),
        Statement::Syntax(_) | Statement::Service(_) => false,
    }
}

/// Whether no entry has a value.
fn is_void(entries: &[KeyValue]) -> bool {
    entries.iter().all(|entry| entry.value.text.is_empty())
}

/// Whether a bare value is a word or a (dotted) number.
fn is_word(text: &str) -> bool {
    text.split('.').all(|part| !part.is_empty() && part.bytes().all(is_name_byte))
}

struct Format<'a> {
    sources: &'a Sources,
    w: Writer<'a>,
}

impl<'a> Format<'a> {
    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Syntax(syntax) => {
                let mut line = self.w.begin("syntax", syntax.span.start);
                let equals = self.w.find(syntax.span.start, "=");
                self.w.add(&mut line, " ", "=", equals);
                self.value(&mut line, &syntax.value);
                self.w.end(line, syntax.span.end);
            }
            Statement::Import(import) => self.import(import),
            Statement::Info(info) => self.info(info),
            Statement::Type(decl) => self.type_decl(decl),
            Statement::Service(service) => self.service(service),
        }
    }

    /// `word (`, and what follows one level deeper.
    fn open(&mut self, word: &str, start: usize) {
        let mut line = self.w.begin(word, start);
        let paren = self.w.find(start, "(");
        self.w.add(&mut line, " ", "(", paren);
        self.w.end(line, paren + 1);
        self.w.indent();
    }

    /// The comments in front of the closer, and the closer.
    fn close(&mut self, closer: &str, at: usize) {
        self.w.heads(at);
        self.w.outdent();
        let line = self.w.begin(closer, at);
        self.w.end(line, at + 1);
    }

    fn value(&mut self, line: &mut Line<'a>, value: &Value) {
        let text = self.sources.slice(value.span);
        self.w.add(line, " ", text, value.span.start);
    }

    fn import(&mut self, import: &Import) {
        if import.grouped {
            self.open("import", import.span.start);
            for path in &import.paths {
                let line = self.w.begin(self.sources.slice(path.span), path.span.start);
                self.w.end(line, path.span.end);
            }
            return self.close(")", import.span.end - 1);
        }
        let mut line = self.w.begin("import", import.span.start);
        for path in &import.paths {
            self.value(&mut line, path);
        }
        self.w.end(line, import.span.end);
    }

    fn info(&mut self, info: &Info) {
        self.open("info", info.span.start);
        self.entries(&info.entries, true);
        self.close(")", info.span.end - 1);
    }

    /// `key: value` in columns; `texts` where a value can be a text without quotes.
    fn entries(&mut self, entries: &[KeyValue], texts: bool) {
        for entry in entries {
            let mut line = self.w.begin(&format!("{}:", entry.key.text), entry.key.span.start);
            let value = &entry.value;
            let text = match value.spelling {
                // No value, and a text up to the end of the line, are legacy: they get the quotes they miss.
                Spelling::Bare if texts && !is_word(&value.text) => format!("\"{}\"", value.text),
                Spelling::Bare => value.text.clone(),
                Spelling::Quoted | Spelling::Raw => self.sources.slice(value.span).to_owned(),
            };
            self.w.cut_cell(&mut line, &text);
            self.w.end(line, value.span.end);
        }
    }

    fn service(&mut self, service: &Service) {
        if let Some(server) = service.server.as_ref().filter(|server| !is_void(&server.entries)) {
            self.server(server);
        }
        let name = &service.name;
        let word = self.w.before(name.span.start);
        let mut line = self.w.begin("service", word);
        self.w.add(&mut line, " ", &name.text, name.span.start);
        let open = self.w.find(name.span.end, "{");
        self.w.add(&mut line, " ", "{", open);
        let close = service.span.end - 1;
        if service.items.is_empty() && !self.w.has_comment(close) {
            self.w.add(&mut line, "", "}", close);
            return self.w.end(line, close + 1);
        }
        self.w.end(line, open + 1);
        self.w.indent();
        for (at, item) in service.items.iter().enumerate() {
            if at > 0 {
                self.w.blank();
            }
            self.item(item);
        }
        self.close("}", close);
    }

    fn server(&mut self, server: &AtServer) {
        self.open("@server", server.span.start);
        self.entries(&server.entries, false);
        self.close(")", server.span.end - 1);
    }

    fn item(&mut self, item: &Item) {
        if let Some(doc) = &item.doc {
            self.doc(doc);
        }
        let handler = &item.handler;
        let mut line = self.w.begin("@handler", handler.span.start);
        self.w.add(&mut line, " ", &handler.name.text, handler.name.span.start);
        self.w.end(line, handler.span.end);
        self.route(&item.route);
    }

    fn doc(&mut self, doc: &AtDoc) {
        match &doc.kind {
            AtDocKind::Text(value) if !value.text.is_empty() => {
                let mut line = self.w.begin("@doc", doc.span.start);
                self.value(&mut line, value);
                self.w.end(line, doc.span.end);
            }
            AtDocKind::Entries(entries) if !is_void(entries) => {
                self.open("@doc", doc.span.start);
                self.entries(entries, true);
                self.close(")", doc.span.end - 1);
            }
            AtDocKind::Text(_) | AtDocKind::Entries(_) => {}
        }
    }

    fn route(&mut self, route: &Route) {
        let mut line = self.w.begin(&route.method.text, route.span.start);
        self.w.add(&mut line, " ", &route.path.text, route.path.span.start);
        if let Some(request) = &route.request {
            let open = self.w.before(request.span.start);
            line = self.body(line, request, open);
        }
        if let Some(response) = &route.response {
            let open = self.w.before(response.span.start);
            let returns = self.w.before(open);
            self.w.add(&mut line, " ", "returns", returns);
            line = self.body(line, response, open);
        }
        self.w.end(line, route.span.end);
    }

    fn body(&mut self, mut line: Line<'a>, ty: &DataType, open: usize) -> Line<'a> {
        self.w.add(&mut line, " ", "(", open);
        let mut line = self.data_type(line, "", ty);
        let close = self.w.after(ty.span.end);
        self.w.add(&mut line, "", ")", close);
        line
    }
}
