//! A Go template made ready for gtmpl-ng.
//!
//! The engine is laxer than Go in places, and reads some constants otherwise. So its text is parsed here first, by Go's
//! grammar: what Go refuses is refused with its place, and what the engine would read otherwise is spelled so that it does
//! not. The rest of the text stays as it is. Five functions of ours are called in what comes out:
//!
//! - `__show N value` at the end of every action that prints: as Go prints it; structs are refused.
//! - `__read N value` around a field that is handed to a function or variable: notes an unknown key.
//! - `__each value` at the end of a range's pipeline: refuses what Go cannot range over.
//! - `__method value "With" "_"` for goctl's methods: the engine's values have none.
//! - `__float "1.5"` for a number with a point, which the engine would make an integer where it can.

mod edits;
mod pipeline;

use std::ops::Range;

use edits::Edit;
use pipeline::Use;

use super::Missing;
use super::lex::{Kind, Token, tokens};
use crate::render::engine::TemplateError;
use crate::render::respell::Respelled;

/// A template as the engine gets it.
pub(super) struct Prepared {
    pub spelled: Respelled,
    /// What `__show` and `__read` name by number.
    pub places: Vec<Missing>,
}

/// Go's functions, by name.
pub(super) const FUNCTIONS: [&str; 19] = [
    "and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "or", "print", "printf", "println", "slice",
    "urlquery",
];

/// goctl's function, for templates about a table.
const HAS_FIELD: &str = "hasField";

/// Conditions, loops and parentheses in each other: deeper ones are the engine's end.
const MAX_DEPTH: usize = 60;

/// Reads a template by Go's grammar; `about_table` says whether it knows goctl's `hasField`.
///
/// # Errors
///
/// The first thing that is not Go's, or that the engine cannot do.
pub(super) fn prepare(text: &str, about_table: bool) -> Result<Prepared, TemplateError> {
    let tokens = tokens(text)?;
    let mut functions = FUNCTIONS.to_vec();
    functions.extend(about_table.then_some(HAS_FIELD));
    functions.sort_unstable();
    let mut parser =
        Parser { text, tokens, functions, at: 0, edits: Vec::new(), places: Vec::new(), defined: Vec::new(), vars: vec!["$"], depth: 0 };
    parser.template()?;
    Ok(parser.finish())
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    functions: Vec<&'static str>,
    at: usize,
    edits: Vec<Edit>,
    places: Vec<Missing>,
    defined: Vec<String>,
    vars: Vec<&'t str>,
    depth: usize,
}

/// What stands where a list of nodes ends.
#[derive(PartialEq)]
enum Stop {
    End(Range<usize>),
    Else(Range<usize>),
    Text,
}

impl<'t> Parser<'t> {
    fn slice(&self, at: &Range<usize>) -> &'t str {
        &self.text[at.clone()]
    }

    fn peek(&self) -> &Token {
        // The last token is the end, and is never passed.
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    fn skip_space(&mut self) {
        while self.peek().kind == Kind::Space {
            self.at += 1;
        }
    }

    fn peek_word(&mut self) -> Token {
        self.skip_space();
        self.peek().clone()
    }

    fn next_word(&mut self) -> Token {
        self.skip_space();
        self.next()
    }

    fn error<T>(&self, message: impl Into<String>, at: &Range<usize>) -> Result<T, TemplateError> {
        Err(TemplateError::new(message, Some(at.clone())))
    }

    fn unexpected<T>(&self, token: &Token, place: &str) -> Result<T, TemplateError> {
        match token.kind {
            Kind::End => self.error(format!("the template ends in {place}"), &token.at),
            Kind::Close => self.error(format!("something is missing in {place}"), &token.at),
            _ => self.error(format!("`{}` cannot stand in {place}", self.slice(&token.at)), &token.at),
        }
    }

    fn keyword(&mut self) -> Option<(&'t str, Token)> {
        let token = self.peek_word();
        (token.kind == Kind::Keyword).then(|| (self.slice(&token.at), token))
    }

    fn close(&mut self, place: &str) -> Result<Range<usize>, TemplateError> {
        let token = self.next_word();
        if token.kind == Kind::Close { Ok(token.at) } else { self.unexpected(&token, place) }
    }

    fn template(&mut self) -> Result<(), TemplateError> {
        match self.list(0, true)? {
            Stop::Text => Ok(()),
            Stop::End(at) => self.error("there is nothing that this `{{end}}` ends", &at),
            Stop::Else(at) => self.error("there is nothing that this `{{else}}` belongs to", &at),
        }
    }

    /// Text and actions up to an `end`, an `else`, or the template's end. `loops` are the ranges around it.
    fn list(&mut self, loops: usize, top: bool) -> Result<Stop, TemplateError> {
        loop {
            let token = self.next_word();
            match token.kind {
                Kind::Text => {}
                Kind::Open => {
                    if let Some(stop) = self.action(loops, top)? {
                        return Ok(stop);
                    }
                }
                Kind::End => return Ok(Stop::Text),
                _ => return self.unexpected(&token, "a template"),
            }
        }
    }

    /// A list inside something that an `end` ends.
    fn body(&mut self, loops: usize, opened: &Token) -> Result<Stop, TemplateError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.error(format!("conditions and loops are nested more than {MAX_DEPTH} deep"), &opened.at);
        }
        let stop = self.list(loops, false)?;
        self.depth -= 1;
        if stop == Stop::Text {
            return self.error(format!("this `{}` has no `{{{{end}}}}`", self.slice(&opened.at)), &opened.at);
        }
        Ok(stop)
    }

    fn action(&mut self, loops: usize, top: bool) -> Result<Option<Stop>, TemplateError> {
        let Some((word, token)) = self.keyword() else {
            self.pipeline(Use::Print, "an action", Kind::Close)?;
            return Ok(None);
        };
        self.at += 1;
        match word {
            "end" => {
                self.close("an `{{end}}`")?;
                return Ok(Some(Stop::End(token.at)));
            }
            "else" => {
                // What follows `else if` and `else with` is read by who expects it.
                if !matches!(self.keyword(), Some(("if" | "with", _))) {
                    self.close("an `{{else}}`")?;
                }
                return Ok(Some(Stop::Else(token.at)));
            }
            "if" | "with" | "range" => self.control(word, loops, &token)?,
            "break" | "continue" => {
                self.close(&format!("a `{{{{{word}}}}}`"))?;
                if loops == 0 {
                    return self.error(format!("`{word}` outside of a `range`"), &token.at);
                }
            }
            "define" if top => {
                let name = self.name("a `define`")?;
                self.close("a `define`")?;
                self.subtemplate(name, &token)?;
            }
            "block" => {
                let name = self.name("a `block`")?;
                self.pipeline(Use::Value, "a `block`", Kind::Close)?;
                self.subtemplate(name, &token)?;
            }
            "template" => {
                self.name("a `template`")?;
                if self.peek_word().kind == Kind::Close {
                    self.at += 1;
                } else {
                    self.pipeline(Use::Value, "a `template`", Kind::Close)?;
                }
            }
            "define" => return self.error("a `define` stands at the top of a template, in no other action", &token.at),
            _ => return self.unexpected(&token, "an action"),
        }
        Ok(None)
    }

    /// The quoted name of a template.
    fn name(&mut self, place: &str) -> Result<String, TemplateError> {
        let token = self.next_word();
        if !matches!(token.kind, Kind::String | Kind::Raw) {
            return self.unexpected(&token, place);
        }
        self.text_constant(&token)
    }

    /// What a `define` or `block` holds: a template of its own.
    fn subtemplate(&mut self, name: String, opened: &Token) -> Result<(), TemplateError> {
        if name.is_empty() || self.defined.contains(&name) {
            return self.error(format!("there is another template named {name:?}"), &opened.at);
        }
        self.defined.push(name);
        let outer = std::mem::replace(&mut self.vars, vec!["$"]);
        match self.body(0, opened)? {
            Stop::Else(at) => self.error("there is nothing that this `{{else}}` belongs to", &at),
            _ => {
                self.vars = outer;
                Ok(())
            }
        }
    }

    /// `if`, `with` and `range`, behind the word.
    fn control(&mut self, word: &str, loops: usize, opened: &Token) -> Result<(), TemplateError> {
        let vars = self.vars.len();
        let mut word = word.to_owned();
        // Each `else with` is opened as a `with` of its own in the prepared text, and needs an end.
        let mut ends = 0;
        let depth = self.depth;
        loop {
            let purpose = if word == "range" { Use::Range } else { Use::Condition };
            self.pipeline(purpose, &format!("a `{word}`"), Kind::Close)?;
            let inner = if word == "range" { loops + 1 } else { loops };
            let mut stop = self.body(inner, opened)?;
            if let Stop::Else(_) = stop {
                match self.keyword() {
                    Some((next, token)) if next == word && next != "range" => {
                        self.at += 1;
                        self.depth += 1;
                        if self.depth > MAX_DEPTH {
                            return self.error(format!("there are more than {MAX_DEPTH} branches"), &token.at);
                        }
                        if next == "with" {
                            ends += 1;
                            self.replace(token.at, "}}{{with".to_owned());
                        }
                        next.clone_into(&mut word);
                        continue;
                    }
                    // `{{else if}}` of a `with`, `{{else with}}` of an `if` or `range`.
                    Some((_, token)) => return self.unexpected(&token, &format!("an `{{{{else}}}}` of a `{word}`")),
                    None => stop = self.body(loops, opened)?,
                }
            }
            self.vars.truncate(vars);
            self.depth = depth;
            return match stop {
                Stop::End(at) => {
                    if ends > 0 {
                        self.replace(at, format!("end{}", "}}{{end".repeat(ends)));
                    }
                    Ok(())
                }
                Stop::Else(at) => self.error("there is another `{{else}}` before", &at),
                Stop::Text => self.error("there is no `{{end}}`", &opened.at),
            };
        }
    }
}
