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

use std::ops::Range;

use super::Missing;
use super::lex::{Kind, Token, tokens};
use super::literal::{self, Constant};
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

/// The field of goctl's models whose value is a list with methods (contract: model 9.1).
const LIST_WITH_METHODS: &str = "FieldNameJoin";
/// goctl's methods that take arguments.
const METHODS_WITH_ARGUMENTS: [&str; 2] = ["With", "ReplaceAll"];

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

/// Where an edit goes among those of the same place: what closes an earlier word, what opens the next, the word itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Behind(usize),
    Before(std::cmp::Reverse<usize>),
    Word,
}

struct Edit {
    at: Range<usize>,
    rank: Rank,
    text: String,
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

/// What a pipeline is for.
#[derive(Clone, Copy, PartialEq)]
enum Use {
    /// Its value is printed, unless it declares a variable.
    Print,
    /// Its value decides: `if`, `with`.
    Condition,
    Range,
    /// The data of a template, or a part of another pipeline.
    Value,
}

/// What an operand is, as far as it matters to what may stand around it.
#[derive(Clone, Copy, PartialEq)]
enum Operand {
    /// Cannot be given arguments, nor stand behind a `|`.
    Constant,
    Nil,
    /// A pipeline in parentheses, or a variable: cannot be given arguments.
    Value,
    /// Reads a key, and may be one that takes arguments.
    Field,
    Function,
}

struct Command {
    operand: Operand,
    arguments: bool,
    /// The field it is, where an unknown key is to be noted.
    reads: Option<Range<usize>>,
}

/// How an unknown key is named: as it is written, without the dot it begins with.
fn key(written: &str) -> String {
    let rest = written.strip_prefix('$').filter(|rest| rest.starts_with('.')).unwrap_or(written);
    rest.strip_prefix('.').unwrap_or(rest).to_owned()
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

    fn behind(&mut self, at: usize, text: String) {
        let rank = Rank::Behind(self.edits.len());
        self.edits.push(Edit { at: at..at, rank, text });
    }

    fn replace(&mut self, at: Range<usize>, text: String) {
        self.edits.push(Edit { at, rank: Rank::Word, text });
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

    /// A pipeline and what closes it.
    fn pipeline(&mut self, purpose: Use, place: &str, closing: Kind) -> Result<(), TemplateError> {
        let first = self.peek_word();
        let declares = self.declarations(purpose, place)?;
        let begin = self.peek_word().at.start;
        // Whether a value goes into a variable, or on to a function: an unknown key is worth a word there.
        let reads = purpose != Use::Condition && purpose != Use::Range;
        let mut commands = 0;
        let mut end = begin;
        let mut first_command = None;
        loop {
            let token = self.peek_word();
            match token.kind {
                _ if token.kind == closing => {
                    self.at += 1;
                    break;
                }
                Kind::Bool | Kind::Char | Kind::Dot | Kind::Field | Kind::Identifier | Kind::Nil | Kind::Number => {}
                Kind::Raw | Kind::String | Kind::Variable | Kind::ParenOpen => {}
                _ => return self.unexpected(&token, place),
            }
            let command = self.command(commands, reads)?;
            end = self.tokens[..self.at].iter().rev().find(|t| !matches!(t.kind, Kind::Space | Kind::Pipe)).map_or(end, |t| t.at.end);
            if commands == 0 {
                first_command = Some(command);
            }
            commands += 1;
        }
        let Some(command) = first_command else {
            return self.error(format!("{place} has no value"), &(first.at.start..begin.max(first.at.end)));
        };
        let lone = commands == 1 && !command.arguments;
        if purpose == Use::Print && !declares {
            // What is shown is what is read. A variable's key was told where it was read.
            let known = lone && !matches!(command.operand, Operand::Field | Operand::Function);
            let key = if known { String::new() } else { key(&self.text[begin..end]) };
            if let Some(range) = command.reads.filter(|_| !lone) {
                self.read(range);
            }
            let place = self.place(key, begin..end);
            self.behind(end, format!(" | __show {place}"));
        } else if let Some(range) = command.reads {
            self.read(range);
        }
        if purpose == Use::Range {
            self.behind(end, " | __each".to_owned());
        }
        Ok(())
    }

    fn place(&mut self, key: String, at: Range<usize>) -> usize {
        self.places.push(Missing { key, at: Some(at) });
        self.places.len() - 1
    }

    /// `$x :=`, `$x =`, and in a range `$i, $x :=`.
    fn declarations(&mut self, purpose: Use, place: &str) -> Result<bool, TemplateError> {
        let mut names = 0;
        loop {
            let start = self.at;
            let variable = self.peek_word();
            if variable.kind != Kind::Variable {
                return Ok(names > 0);
            }
            self.at += 1;
            let sign = self.peek_word();
            let comma = sign.kind == Kind::Sign && self.slice(&sign.at) == ",";
            if !comma && !matches!(sign.kind, Kind::Declare | Kind::Assign) {
                self.at = start;
                return Ok(names > 0);
            }
            self.at += 1;
            self.vars.push(self.slice(&variable.at));
            names += 1;
            if !comma {
                return Ok(true);
            }
            if purpose != Use::Range || names > 1 {
                return self.error(format!("{place} declares too many variables"), &sign.at);
            }
            let next = self.peek_word();
            if !matches!(next.kind, Kind::Variable | Kind::Close) {
                return self.error("a `range` can only declare variables", &next.at);
            }
        }
    }

    /// A command of a pipeline, with its `|`. `reads`: whether its fields are noted.
    fn command(&mut self, stage: usize, reads: bool) -> Result<Command, TemplateError> {
        let start = self.peek_word();
        // `or .a "x"` is how a key that may be missing is given another value.
        let reads = reads && !matches!(self.slice(&start.at), "and" | "or" | "not");
        let mut first = None;
        let mut wrap = None;
        let mut whole = None;
        let mut arguments = false;
        loop {
            let before = self.peek_word();
            if let Some(operand) = self.operand()? {
                let range = before.at.start..self.tokens[self.at - 1].at.end;
                let field = operand == Operand::Field && reads;
                if first.is_none() {
                    first = Some(operand);
                    whole = Some(range.clone());
                    wrap = (field && stage == 0).then_some(range);
                } else {
                    arguments = true;
                    if field {
                        self.read(range);
                    }
                }
            }
            let token = self.next();
            match token.kind {
                Kind::Space => {}
                Kind::Pipe => break,
                Kind::Close | Kind::ParenClose => {
                    self.at -= 1;
                    break;
                }
                _ => return self.unexpected(&token, "a command"),
            }
        }
        let Some(operand) = first else { return self.error("a command is missing", &start.at) };
        match operand {
            Operand::Nil if stage == 0 && !arguments => self.error("`nil` is not a command", &start.at),
            Operand::Constant | Operand::Nil if stage > 0 => self.error("a constant cannot stand behind a `|`", &start.at),
            Operand::Constant | Operand::Nil | Operand::Value if arguments || stage > 0 => {
                self.error("arguments are given to what is no function", &start.at)
            }
            Operand::Field if arguments && stage == 0 => {
                if let Some(range) = &whole {
                    self.method(range);
                }
                Ok(Command { operand, arguments, reads: None })
            }
            // With arguments it is a call.
            _ => Ok(Command { operand, arguments, reads: wrap.filter(|_| !arguments) }),
        }
    }

    /// Notes when a field is not there.
    fn read(&mut self, range: Range<usize>) {
        let key = key(self.slice(&range));
        let place = self.place(key, range.clone());
        self.before(range.start, "(".to_owned());
        self.behind(range.end, format!(" | __read {place})"));
    }

    /// A term and the fields behind it.
    fn operand(&mut self) -> Result<Option<Operand>, TemplateError> {
        let Some((operand, at)) = self.term()? else { return Ok(None) };
        if self.peek().kind != Kind::Field {
            return Ok(Some(operand));
        }
        if matches!(operand, Operand::Constant | Operand::Nil) {
            return self.error("this has no fields", &at);
        }
        let mut last = self.slice(&at).trim_start_matches('.');
        while self.peek().kind == Kind::Field {
            let field = self.next().at;
            let name = self.slice(&field).trim_start_matches('.');
            if last == LIST_WITH_METHODS {
                self.before(at.start, "(__method ".to_owned());
                self.replace(field, format!(" {name:?})"));
            } else {
                last = name;
            }
        }
        Ok(Some(Operand::Field))
    }

    /// A method that takes arguments, the last field of what stands at `range`.
    fn method(&mut self, range: &Range<usize>) {
        let text = self.slice(range);
        let Some((receiver, name)) = text.rsplit_once('.').filter(|(_, name)| METHODS_WITH_ARGUMENTS.contains(name)) else { return };
        let field = range.end - name.len() - 1..range.end;
        // It may have been taken for one without.
        self.edits.retain(|edit| edit.at != field);
        let closes = text.split('.').rev().skip(1).any(|field| field == LIST_WITH_METHODS);
        let dot = if receiver.is_empty() { "." } else { "" };
        if closes {
            // One call was opened for it.
            self.replace(field, format!(" {name:?}"));
            if let Some(place) = self.edits.iter().rposition(|edit| edit.at == (range.start..range.start) && edit.text == "(__method ") {
                self.edits.remove(place);
            }
        } else {
            self.replace(field, format!("{dot} {name:?}"));
        }
        self.before(range.start, "__method ".to_owned());
    }

    fn before(&mut self, at: usize, text: String) {
        let rank = Rank::Before(std::cmp::Reverse(self.edits.len()));
        self.edits.push(Edit { at: at..at, rank, text });
    }

    fn term(&mut self) -> Result<Option<(Operand, Range<usize>)>, TemplateError> {
        let token = self.peek_word();
        let at = token.at.clone();
        self.at += 1;
        let operand = match token.kind {
            Kind::Identifier => {
                let name = self.slice(&at);
                if !self.functions.contains(&name) {
                    let error = TemplateError::new(format!("there is no function `{name}`"), Some(at));
                    return Err(TemplateError { available: self.functions.iter().map(|&name| name.to_owned()).collect(), ..error });
                }
                Operand::Function
            }
            Kind::Dot | Kind::Bool => Operand::Constant,
            Kind::Nil => Operand::Nil,
            Kind::Field => Operand::Field,
            Kind::Variable => {
                let name = self.slice(&at);
                if !self.vars.contains(&name) {
                    let mut available: Vec<String> = self.vars.iter().map(|&name| name.to_owned()).collect();
                    available.sort();
                    available.dedup();
                    let error = TemplateError::new(format!("there is no variable `{name}`"), Some(at));
                    return Err(TemplateError { available, ..error });
                }
                Operand::Value
            }
            Kind::Number => {
                self.number_constant(&token)?;
                Operand::Constant
            }
            Kind::Char => {
                let value = literal::character(self.slice(&at)).map_err(|why| TemplateError::new(why, Some(at.clone())))?;
                self.replace(at.clone(), value.to_string());
                Operand::Constant
            }
            Kind::String | Kind::Raw => {
                self.text_constant(&token)?;
                Operand::Constant
            }
            Kind::ParenOpen => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return self.error(format!("parentheses are nested more than {MAX_DEPTH} deep"), &at);
                }
                self.pipeline(Use::Value, "parentheses", Kind::ParenClose)?;
                self.depth -= 1;
                Operand::Value
            }
            _ => {
                self.at -= 1;
                return Ok(None);
            }
        };
        Ok(Some((operand, at)))
    }

    fn number_constant(&mut self, token: &Token) -> Result<(), TemplateError> {
        let value = literal::number(self.slice(&token.at)).map_err(|why| TemplateError::new(why, Some(token.at.clone())))?;
        let spelled = match value {
            Constant::Int(value) => value.to_string(),
            Constant::Float(value) => format!("(__float \"{value:e}\")"),
        };
        self.replace(token.at.clone(), spelled);
        Ok(())
    }

    /// Spells a text with the escapes that the engine knows.
    fn text_constant(&mut self, token: &Token) -> Result<String, TemplateError> {
        let text = literal::unquote(self.slice(&token.at)).map_err(|why| TemplateError::new(why, Some(token.at.clone())))?;
        // The engine resolves escapes between backquotes too, and takes the last of two backslashes before a `"` for an escape.
        let spelled = if !text.contains('`') {
            format!("`{}`", text.replace('\\', r"\\"))
        } else if !text.ends_with('\\') {
            format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\"").replace('\n', "\\n"))
        } else {
            return self.error("a text with a backquote cannot end in a backslash", &token.at);
        };
        self.replace(token.at.clone(), spelled);
        Ok(text)
    }

    fn finish(mut self) -> Prepared {
        self.edits.sort_by_key(|edit| (edit.at.start, edit.rank));
        let edits = self.edits.into_iter().map(|edit| (edit.at, edit.text));
        Prepared { spelled: Respelled::new(self.text, edits), places: self.places }
    }
}
