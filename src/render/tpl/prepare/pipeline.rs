//! Go's grammar of pipelines: what stands between `{{` and `}}`, and in parentheses.

use std::ops::Range;

use super::edits::{LIST_WITH_METHODS, key};
use super::{MAX_DEPTH, Parser};
use crate::render::engine::TemplateError;
use crate::render::tpl::lex::Kind;
use crate::render::tpl::literal;

/// What a pipeline is for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Use {
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

impl Parser<'_> {
    /// A pipeline and what closes it.
    pub(super) fn pipeline(&mut self, purpose: Use, place: &str, closing: Kind) -> Result<(), TemplateError> {
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
}
