//! Why a statement could not be read, in the language's own words.
//!
//! In: where pest got stuck and what it would have taken there. Out: one diagnostic. Mistakes people make are known by
//! the words around the place; any other is "unexpected X, expected Y".

use super::expected;
use super::grammar::Rule;
use super::split::Piece;
use crate::api_dsl::words::{Kind, Word, Words};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};
use pest::error::ErrorVariant;

const METHODS: [&str; 9] = ["get", "head", "post", "put", "patch", "delete", "connect", "options", "trace"];
const STATEMENTS: [&str; 5] = ["syntax", "import", "info", "type", "service"];

/// A string or a comment that is never closed.
pub(super) fn unclosed(file: FileId, words: &Words, word: &Word) -> Diagnostic {
    let before = words.before(word.start()).map_or("", |w| words.str(w));
    if words.str(word).starts_with("/*")
        && (METHODS.contains(&before) || words.text[..word.start()].ends_with(|c: char| c.is_ascii_alphanumeric()))
    {
        let found = Diagnostic::error(Code::SyntaxError, "a path has no wildcards")
            .at(Span::new(file, word.start(), word.start() + 2), "this begins a comment");
        return found.help("go-zero's router knows words and `:name` alone");
    }
    let (what, close) = match words.str(word).as_bytes() {
        [b'"', ..] => ("string", "`\"`"),
        [b'`', ..] => ("string", "a backtick"),
        _ => ("comment", "`*/`"),
    };
    let found = Diagnostic::error(Code::SyntaxError, format!("this {what} is never closed"));
    found.at(span(file, word), "").help(format!("close it with {close}"))
}

/// The reason pest got stuck at `offset`, and where to go on if a string swallowed what follows.
pub(super) fn explain(
    file: FileId,
    words: &Words,
    piece: &Piece,
    offset: usize,
    variant: &ErrorVariant<Rule>,
) -> (Diagnostic, Option<usize>) {
    let expected: &[Rule] = match variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => &[],
    };
    let solid: Vec<&Word> = words.all[piece.words.clone()].iter().filter(|w| !w.kind.is_comment()).collect();
    let at = solid.partition_point(|w| w.end() <= offset);
    let stuck = Stuck { file, words, solid: &solid, at, expected };
    if let Some((word, resume)) = stuck.swallowed() {
        let line_end = resume.saturating_sub(1).max(word.start() + 1);
        let found =
            Diagnostic::error(Code::SyntaxError, "this string goes on in the next lines").at(Span::new(file, word.start(), line_end), "");
        return (found.help("is its closing quote missing?"), Some(resume));
    }
    if let Some(word) = words.all[piece.words.clone()].iter().find(|w| w.kind == Kind::Unclosed) {
        return (unclosed(file, words, word), None);
    }
    (stuck.reason(), None)
}

fn span(file: FileId, word: &Word) -> Span {
    Span::new(file, word.start(), word.end())
}

/// The place where pest got stuck.
struct Stuck<'a> {
    file: FileId,
    words: &'a Words<'a>,
    /// The words of the statement, comments aside.
    solid: &'a [&'a Word],
    /// The index of the word pest would not take; the length at the end.
    at: usize,
    expected: &'a [Rule],
}

impl Stuck<'_> {
    fn str(&self, at: usize) -> &str {
        self.solid.get(at).map_or("", |w| self.words.str(w))
    }

    fn before(&self, back: usize) -> &str {
        self.at.checked_sub(back).map_or("", |at| self.str(at))
    }

    fn expects(&self, any: &[Rule]) -> bool {
        self.expected.iter().any(|rule| any.contains(rule))
    }

    /// An error at the word itself; behind the last one if there is none.
    fn error(&self, message: impl Into<String>) -> Diagnostic {
        let place = match (self.solid.get(self.at), self.solid.last()) {
            (Some(word), _) => span(self.file, word),
            (None, Some(last)) => Span::new(self.file, last.end(), last.end()),
            (None, None) => Span::new(self.file, 0, 0),
        };
        Diagnostic::error(Code::SyntaxError, message).at(place, "")
    }

    /// The string right in front of the place, if it goes over lines: its closing quote is missing, most likely, and
    /// what pest took for the string's end opens the next one. With the start of its second line.
    fn swallowed(&self) -> Option<(&Word, usize)> {
        let word = self.solid.get(self.at.checked_sub(1)?)?;
        let text = self.words.str(word);
        let line = text.find('\n').filter(|_| matches!(word.kind, Kind::Text | Kind::Raw))?;
        Some((word, word.start() + line + 1))
    }

    fn reason(&self) -> Diagnostic {
        let got = self.str(self.at);
        let found = if self.at == 0 { Some(self.no_statement(got)) } else { self.known_word(got) };
        let found = found
            .or_else(|| self.known_pointer(got))
            .or_else(|| self.known_route(got))
            .or_else(|| self.known_type(got))
            .or_else(|| self.known_end());
        found.unwrap_or_else(|| self.unexpected(got))
    }

    /// The piece does not begin like a statement.
    fn no_statement(&self, got: &str) -> Diagnostic {
        match got {
            "@doc" | "@handler" => return self.error(format!("`{got}` outside a service")).help("it stands inside `service name { … }`"),
            "}" | ")" | "]" => return self.error(format!("`{got}` closes nothing")),
            ";" => return self.error("`;` outside a route").help("statements end without it"),
            _ if got.starts_with('@') => return self.unknown_at(got),
            _ => {}
        }
        let found = self.error(format!("{} does not begin a statement", shown(got)));
        match near(got, &STATEMENTS) {
            Some(word) => found.help(format!("did you mean `{word}`?")),
            None => found.help("a statement begins with `syntax`, `import`, `info`, `type`, `service` or `@server`"),
        }
    }

    fn unknown_at(&self, got: &str) -> Diagnostic {
        self.error(format!("`{got}` is no word of the language")).help("the words with `@` are `@server`, `@doc` and `@handler`")
    }

    /// Mistakes one knows by the word alone.
    fn known_word(&self, got: &str) -> Option<Diagnostic> {
        let in_settings = !matches!(self.str(0), "import" | "type" | "syntax")
            && self.expects(&[Rule::entry, Rule::server_entry, Rule::ident, Rule::close_paren]);
        Some(match got {
            "" => return None,
            "@server" | "@doc" | "@handler" => return None,
            _ if got.starts_with('@') => self.unknown_at(got),
            "," | ";" if in_settings => self.error(format!("unexpected `{got}`")).help("entries are separated by line breaks alone"),
            "," if self.str(0) == "import" => self.error("unexpected `,`").help("imports are separated by blanks or line breaks alone"),
            ";" => self.error("`;` can stand behind a route alone").help("remove it"),
            "." if self.str(self.at + 1) == "." => {
                self.error("`..` is no mark of the language").help("an array of open length is written `[...]`")
            }
            ":" if self.before(2) == "," => {
                let comma = Span::new(self.file, self.solid[self.at - 2].start(), self.solid[self.at - 2].end());
                Diagnostic::error(Code::SyntaxError, "unexpected `,`").at(comma, "").help("entries are separated by line breaks alone")
            }
            _ if self.expects(&[Rule::end, Rule::EOI]) && matches!(got, "}" | ")" | "]") && !self.expects(&[Rule::field]) => {
                self.error(format!("`{got}` closes nothing"))
            }
            _ if is_strange(got) => self.error(format!("{} is no character of the language", shown(got))),
            _ => return None,
        })
    }

    /// Mistakes in routes.
    fn known_route(&self, got: &str) -> Option<Diagnostic> {
        let in_route =
            self.expects(&[Rule::path, Rule::segment, Rule::tight_segment, Rule::path_word, Rule::slash, Rule::returns, Rule::kw_returns]);
        if self.expects(&[Rule::method, Rule::route]) {
            return Some(self.no_method(got));
        }
        if self.before(1) == "returns" && self.expects(&[Rule::body, Rule::open_paren]) {
            return Some(self.error("`returns` needs a type in parentheses").help("write `returns (Type)`"));
        }
        if self.expects(&[Rule::handler, Rule::kw_at_handler, Rule::item]) {
            if METHODS.contains(&got.to_ascii_lowercase().as_str()) {
                return Some(self.error("this route has no handler").help("write `@handler name` on the line above"));
            }
            if got == "@doc" && !self.expects(&[Rule::at_doc, Rule::kw_at_doc, Rule::item]) {
                return Some(self.error("`@doc` is given twice"));
            }
            if matches!(got, "}" | "@doc") && !self.expects(&[Rule::at_doc, Rule::kw_at_doc, Rule::close_brace]) {
                return Some(self.error("`@doc` without a route").help("`@handler name` and a route stand behind it"));
            }
        }
        if self.before(2) == "/" && self.before(1) == ":" && self.str(0).starts_with(['s', '@']) {
            return Some(self.error("a parameter of a path needs a name"));
        }
        if self.before(1) == "@handler" {
            let found = self.error("`@handler` needs a name");
            return Some(if got.starts_with('"') { found.help("write it without quotes") } else { found });
        }
        if !in_route || !self.str(0).starts_with(['s', '@']) {
            return None;
        }
        Some(match got {
            _ if METHODS.contains(&self.before(1)) && got.starts_with(['"', '`']) => self.error("a path is written without quotes"),
            _ if METHODS.contains(&self.before(1)) => self.error("this route has no path").help("a path begins with `/`"),
            "{" => self.error("a parameter of a path is written `/:name`"),
            ":" => self.error("a parameter is a whole part of a path").help("write it as `/:name`"),
            _ if matches!(self.before(1), "-" | ".") => self.error(format!("a part of a path cannot end in `{}`", self.before(1))),
            _ if matches!(got, "-" | ".") && self.before(1) == "/" => self.error(format!("a part of a path cannot begin with `{got}`")),
            _ => return None,
        })
    }

    fn no_method(&self, got: &str) -> Diagnostic {
        match got {
            "@doc" => return self.error("`@doc` stands in front of `@handler`"),
            "}" | "@handler" | "@server" | "" => return self.error(format!("`{}` has no route", self.handler())),
            _ => {}
        }
        let lower = got.to_ascii_lowercase();
        let found = self.error(format!("{} is no HTTP method", shown(got)));
        if METHODS.contains(&lower.as_str()) {
            return found.help(format!("methods are written in lower case: `{lower}`"));
        }
        match near(&lower, &METHODS) {
            Some(word) => found.help(format!("did you mean `{word}`?")),
            None => found.help(format!("the methods are {}", METHODS.map(|m| format!("`{m}`")).join(", "))),
        }
    }

    fn handler(&self) -> String {
        let word = self.before(2);
        if word == "@handler" { format!("@handler {}", self.before(1)) } else { "@handler".to_owned() }
    }

    /// `*{ … }`: the grammar refuses it by looking ahead, and so expects nothing in its place.
    fn known_pointer(&self, got: &str) -> Option<Diagnostic> {
        let pointer = self.before(1) == "*" && matches!(got, "{" | "struct");
        pointer.then(|| self.error("a pointer to a struct without a name").help("give the struct a name, or leave the `*` out"))
    }

    /// Mistakes in types.
    fn known_type(&self, got: &str) -> Option<Diagnostic> {
        let in_type = self.expects(&[
            Rule::data_type,
            Rule::field,
            Rule::raw_string,
            Rule::named,
            Rule::type_spec,
            Rule::named_type,
            Rule::structure,
            Rule::close_bracket,
        ]);
        if !in_type {
            return None;
        }
        Some(match (self.before(1), got) {
            (_, ".") => self
                .error("types of other packages, such as `time.Time`, cannot be used")
                .help("a field has a base type or a type of this API"),
            (_, "chan" | "func") => self.error(format!("`{got}` is no type of the language")),
            _ if got.starts_with('"') && self.expects(&[Rule::raw_string]) => {
                let inner = got.trim_matches('"');
                self.error("a tag stands in backticks").help(if inner.contains(':') {
                    format!("write `` `{inner}` ``")
                } else {
                    "write `` `json:\"name\"` ``".to_owned()
                })
            }
            (_, "(") if self.str(0) == "type" && self.expects(&[Rule::field]) => self.error("a field cannot be a function"),
            ("map", _) => self.error("a map needs the type of its keys").help("write `map[string]Type`"),
            _ => return None,
        })
    }

    /// The statement ends too soon: the bracket that is still open is the place to show.
    fn known_end(&self) -> Option<Diagnostic> {
        if self.at < self.solid.len() {
            return None;
        }
        let mut open: Vec<&Word> = Vec::new();
        for word in self.solid {
            match self.words.str(word) {
                "(" | "[" | "{" => open.push(word),
                ")" | "]" | "}" => {
                    open.pop();
                }
                _ => {}
            }
        }
        let bracket = open.pop()?;
        let text = self.words.str(bracket);
        let close = match text {
            "(" => ")",
            "[" => "]",
            _ => "}",
        };
        let found = Diagnostic::error(Code::SyntaxError, format!("this `{text}` is never closed")).at(span(self.file, bracket), "");
        Some(match self.solid.last() {
            Some(last) => found.and(Span::new(self.file, last.end(), last.end()), format!("`{close}` expected")),
            None => found,
        })
    }

    fn unexpected(&self, got: &str) -> Diagnostic {
        let expected = expected::list(self.expected);
        let expected = if expected.is_empty() { String::new() } else { format!(", expected {expected}") };
        if got.is_empty() {
            self.error(format!("the statement ends too soon{expected}"))
        } else {
            self.error(format!("unexpected {}{expected}", shown(got)))
        }
    }
}

/// A word as shown in a message: not the whole of a long text.
fn shown(word: &str) -> String {
    match word.as_bytes() {
        [b'"', ..] => "a string".to_owned(),
        [b'`'] => "a backtick".to_owned(),
        [b'`', ..] => "a string in backticks".to_owned(),
        _ if word.chars().any(char::is_control) => format!("`{}`", word.escape_default()),
        _ if word.chars().count() > 40 => format!("`{}…`", word.chars().take(40).collect::<String>()),
        _ => format!("`{word}`"),
    }
}

/// Whether the character has no use anywhere in the language.
fn is_strange(word: &str) -> bool {
    word.chars().next().is_some_and(|c| !c.is_ascii_alphanumeric() && !"_()[]{},.:;=*/-@\"`".contains(c))
}

/// The one of `known` that differs from `word` by a letter or two.
fn near<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    if word.len() > 12 {
        return None;
    }
    let close = known.iter().map(|k| (distance(word, k), *k)).filter(|(d, k)| *d <= 1 + k.len() / 5);
    close.min_by_key(|(d, _)| *d).map(|(_, k)| k)
}

/// How many letters must be added, dropped, replaced or swapped with the next.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    rows[a.len()][b.len()]
}
