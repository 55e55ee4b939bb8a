//! goctl's argument grammar, in front of clap: `-api x`, `-c=false`, `0x50`, flags and words in any order.
//!
//! In: the arguments as typed and the tree of commands. Out: the same request in the one form clap needs no rules for:
//! the command's words, then `--name=value` for each flag, then `--` and the positionals. clap never sees anything else.
//!
//! Invariant: pure; a scalar flag occurs at most once in the result, every value is attached with `=`, and all flags
//! belong to the command that is run (as with cobra, a flag typed before the command's word is that command's too).

use std::any::TypeId;

use clap::{Arg, ArgAction, Command, ValueHint};

use super::suggest::{distance, suggest};
use super::{go_values, later};

/// Why the arguments are refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misuse {
    /// The words of the command reached so far, without `ctl`.
    pub path: Vec<String>,
    /// What is wrong, in one line.
    pub message: String,
    /// What may have been meant: flags with their dashes, or command words.
    pub suggestions: Vec<String>,
    /// The unknown command word, when that is what is wrong.
    pub unknown: Option<String>,
}

/// One flag as typed, already known to some command on the way.
struct Flag {
    name: String,
    value: Option<String>,
}

struct Walk<'a> {
    /// The command reached.
    command: &'a Command,
    /// Those on the way to it, root first.
    above: Vec<&'a Command>,
    path: Vec<String>,
    flags: Vec<Flag>,
    words: Vec<String>,
    help: bool,
}

/// Rewrites `args` (without the program's name) for the commands below `root`.
///
/// # Errors
///
/// The first thing that is no command, no flag, or no value of its flag; [`Misuse`] has suggestions.
pub fn normalise(root: &Command, args: &[String]) -> Result<Vec<String>, Misuse> {
    let mut walk = Walk { command: root, above: Vec::new(), path: Vec::new(), flags: Vec::new(), words: Vec::new(), help: false };
    // `help a b` is `a b --help`.
    let args = match args.split_first() {
        Some((word, topic)) if word == "help" => {
            walk.help = true;
            topic
        }
        _ => args,
    };
    let mut rest = args;
    while let Some((token, tail)) = rest.split_first() {
        rest = tail;
        if token == "--" {
            walk.words.extend(tail.iter().cloned());
            break;
        }
        if token.len() > 1 && token.starts_with('-') {
            match walk.flag(token, rest) {
                Ok(used) => rest = rest.get(used..).unwrap_or_default(),
                // Who asks for help gets it, whatever else is wrong.
                Err(_) if walk.help => {}
                Err(misuse) => return Err(misuse),
            }
        } else {
            walk.word(token)?;
        }
    }
    walk.finish()
}

impl<'a> Walk<'a> {
    fn misuse(&self, message: String, suggestions: Vec<String>) -> Misuse {
        Misuse { path: self.path.clone(), message, suggestions, unknown: None }
    }

    /// The flags of the command reached: its own and the global ones above it.
    fn known(&self) -> impl Iterator<Item = &'a Arg> {
        let own = self.command.get_arguments();
        let above = self.above.iter().rev().flat_map(|c| c.get_arguments().filter(|a| a.is_global_set()));
        own.chain(above).filter(|arg| !arg.is_positional())
    }

    fn long(&self, name: &str) -> Option<&'a Arg> {
        self.known().find(|arg| arg.get_long() == Some(name) || arg.get_all_aliases().is_some_and(|all| all.contains(&name)))
    }

    fn short(&self, letter: char) -> Option<&'a Arg> {
        self.known().find(|arg| arg.get_short() == Some(letter))
    }

    fn word(&mut self, token: &str) -> Result<(), Misuse> {
        if let Some(next) = self.command.find_subcommand(token).filter(|_| self.words.is_empty()) {
            self.above.push(self.command);
            self.command = next;
            self.path.push(next.get_name().to_owned());
            return Ok(());
        }
        if self.command.has_subcommands() && token == "help" {
            self.help = true;
            return Ok(());
        }
        // A command with commands below it takes no other words, unless it says so (`env KEY`); `ctl -v` answers whatever
        // follows it. The name of a command of goctl's is no word.
        let later = self.words.is_empty() && later::has(&self.path, token);
        let takes_words = self.command.get_positionals().next().is_some();
        if (later || self.command.has_subcommands() && !takes_words)
            && !self.flags.iter().any(|flag| self.path.is_empty() && flag.name == "version")
        {
            let of = std::iter::once("ctl").chain(self.path.iter().map(String::as_str)).collect::<Vec<_>>().join(" ");
            let names = self.command.get_subcommands().filter(|c| !c.is_hide_set()).map(Command::get_name);
            let mut misuse = self.misuse(format!("unknown command \"{token}\" for \"{of}\""), suggest(token, names));
            misuse.unknown = Some(token.to_owned());
            return Err(misuse);
        }
        self.words.push(token.to_owned());
        Ok(())
    }

    /// Takes one token that starts with a dash; how many of the tokens behind it belong to it.
    fn flag(&mut self, token: &str, rest: &[String]) -> Result<usize, Misuse> {
        let double = token.starts_with("--");
        let body = token.strip_prefix("--").or_else(|| token.strip_prefix('-')).unwrap_or(token);
        if body.starts_with(['-', '=']) {
            return Err(self.misuse(format!("bad flag syntax: {token}"), Vec::new()));
        }
        let (name, value) = match body.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (body, None),
        };
        if let Some(arg) = self.long(name) {
            return self.take(arg, &format!("--{name}"), value, rest);
        }
        if name == "help" {
            return self.help_flag(value.as_deref());
        }
        if double || name == "version" {
            return Err(self.unknown(&format!("--{name}"), name));
        }
        self.cluster(body, name, token, rest)
    }

    fn help_flag(&mut self, value: Option<&str>) -> Result<usize, Misuse> {
        match value.map_or(Ok(true), go_values::boolean) {
            Ok(on) => self.help |= on,
            Err(why) => {
                return Err(self.misuse(format!("invalid argument {:?} for \"--help\" flag: {why}", value.unwrap_or_default()), Vec::new()));
            }
        }
        Ok(0)
    }

    /// `-c`, `-if`, `-sVALUE`, `-s=VALUE`, `-s VALUE`; or a long flag with a typing error.
    fn cluster(&mut self, body: &str, name: &str, token: &str, rest: &[String]) -> Result<usize, Misuse> {
        let switches = name.chars().all(|c| c == 'h' || self.short(c).is_some_and(is_switch));
        // No long flag begins with a capital: `-Iproto` is `-I proto`.
        let is_capital = name.starts_with(|c: char| c.is_uppercase() && self.short(c).is_some());
        if !switches && !is_capital && name.chars().count() > 2 && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
            // `-sorc u.sql` means --src, not --s with the value `orc`.
            let lower = name.to_lowercase();
            if self.visible_longs().iter().any(|long| distance(&lower, &long.to_lowercase()) <= 2 && long.len() > 2) {
                return Err(self.unknown(&format!("-{name}"), name));
            }
        }
        for (at, letter) in body.char_indices() {
            let tail = body.get(at + letter.len_utf8()..).unwrap_or_default();
            let Some(arg) = self.short(letter) else {
                if letter == 'h' {
                    match tail.strip_prefix('=') {
                        Some(value) => return self.help_flag(Some(value)),
                        None => self.help = true,
                    }
                    continue;
                }
                if name.chars().count() > 1 && at == 0 {
                    return Err(self.unknown(&format!("-{name}"), name));
                }
                return Err(self.misuse(format!("unknown shorthand flag: '{letter}' in {token}"), self.suggestions(&letter.to_string())));
            };
            let shown = format!("-{letter}");
            if let Some(value) = tail.strip_prefix('=') {
                return self.take(arg, &shown, Some(value.to_owned()), rest);
            }
            if !is_switch(arg) {
                let value = if tail.is_empty() { None } else { Some(tail.to_owned()) };
                return self.take(arg, &shown, value, rest);
            }
            self.take(arg, &shown, None, rest)?;
        }
        Ok(0)
    }

    fn take(&mut self, arg: &Arg, shown: &str, value: Option<String>, rest: &[String]) -> Result<usize, Misuse> {
        let name = arg.get_long().unwrap_or_else(|| arg.get_id().as_str()).to_owned();
        let (value, used) = match (value, rest.first()) {
            (Some(value), _) => (Some(value), 0),
            (None, _) if is_switch(arg) => (None, 0),
            // Whatever it looks like: `-dir -style` sets dir. It keeps its text: that goctl turns it into `--style` is an
            // accident nobody relies on.
            (None, Some(next)) => (Some(next.clone()), 1),
            (None, None) => return Err(self.misuse(format!("flag needs an argument: {shown}"), Vec::new())),
        };
        self.flags.push(Flag { name, value });
        Ok(used)
    }

    fn visible_longs(&self) -> Vec<&'a str> {
        let mut all: Vec<&str> = self.known().filter(|arg| !arg.is_hide_set()).filter_map(Arg::get_long).collect();
        all.push("help");
        all
    }

    fn suggestions(&self, name: &str) -> Vec<String> {
        suggest(name, self.visible_longs()).into_iter().map(|long| format!("--{long}")).collect()
    }

    fn unknown(&self, shown: &str, name: &str) -> Misuse {
        self.misuse(format!("unknown flag: {shown}"), self.suggestions(name))
    }

    fn finish(mut self) -> Result<Vec<String>, Misuse> {
        let mut out = self.path.clone();
        if self.help {
            out.push("--help".to_owned());
            return Ok(out);
        }
        let words = std::mem::take(&mut self.words);
        // Each flag with the last value it got, in the order of first mention.
        let mut values: Vec<(&Arg, Vec<String>)> = Vec::new();
        for flag in &self.flags {
            let Some(arg) = self.long(&flag.name) else {
                return Err(self.unknown(&format!("--{}", flag.name), &flag.name));
            };
            let new = self.value(arg, flag)?;
            match values.iter_mut().find(|(known, _)| known.get_id() == arg.get_id()) {
                Some((_, old)) if is_list(arg) => old.extend(new),
                Some((_, old)) => *old = new,
                None => values.push((arg, new)),
            }
        }
        for (arg, values) in values {
            let name = arg.get_long().unwrap_or_else(|| arg.get_id().as_str());
            if values.is_empty() && !arg.get_default_values().is_empty() {
                // `-i ""`: none, which is not the default.
                out.push(format!("--{name}="));
            }
            for value in values {
                match (arg.get_action(), value.as_str()) {
                    (ArgAction::SetTrue, "true") | (ArgAction::SetFalse, "false") => out.push(format!("--{name}")),
                    (ArgAction::SetTrue | ArgAction::SetFalse, _) => {}
                    _ => out.push(format!("--{name}={value}")),
                }
            }
        }
        out.extend(self.positionals(words)?);
        Ok(out)
    }

    fn value(&self, arg: &Arg, flag: &Flag) -> Result<Vec<String>, Misuse> {
        let text = flag.value.clone();
        let done = if is_switch(arg) {
            text.as_deref().map_or(Ok(true), go_values::boolean).map(|on| vec![on.to_string()])
        } else if is_integer(arg) {
            go_values::integer(text.as_deref().unwrap_or_default()).map(|n| vec![n.to_string()])
        } else if is_list(arg) && !matches!(arg.get_value_hint(), ValueHint::FilePath | ValueHint::CommandString) {
            go_values::list(text.as_deref().unwrap_or_default())
        } else {
            Ok(vec![text.clone().unwrap_or_default()])
        };
        done.map_err(|why| {
            let shown = arg.get_short().map_or(format!("--{}", flag.name), |short| format!("-{short}, --{}", flag.name));
            self.misuse(format!("invalid argument {:?} for \"{shown}\" flag: {why}", text.unwrap_or_default()), Vec::new())
        })
    }

    /// Words go on only where the command declares some; elsewhere goctl ignores them (`-api *.api`), and so do we.
    fn positionals(&self, words: Vec<String>) -> Result<Vec<String>, Misuse> {
        let declared: Vec<&Arg> = self.command.get_positionals().collect();
        if declared.is_empty() {
            // Except below these two.
            return match (self.path.first(), words.first()) {
                (Some(top), Some(word)) if top == "bug" || top == "completion" => {
                    Err(self.misuse(format!("unknown command \"{word}\" for \"ctl {}\"", self.path.join(" ")), Vec::new()))
                }
                _ => Ok(Vec::new()),
            };
        }
        let many = declared.iter().any(|arg| matches!(arg.get_action(), ArgAction::Append));
        let needed = declared.iter().filter(|arg| arg.is_required_set()).count();
        if words.len() < needed || (!many && words.len() > declared.len()) {
            let count = if many { format!("at least {needed}") } else { declared.len().to_string() };
            return Err(self.misuse(format!("accepts {count} arg(s), received {}", words.len()), Vec::new()));
        }
        let dashes = (!words.is_empty()).then(|| "--".to_owned());
        Ok(dashes.into_iter().chain(words).collect())
    }
}

/// A flag that never takes the next token.
fn is_switch(arg: &Arg) -> bool {
    match arg.get_action() {
        ArgAction::SetTrue | ArgAction::SetFalse | ArgAction::Count | ArgAction::Help | ArgAction::Version => true,
        ArgAction::Set => arg.get_value_parser().type_id() == TypeId::of::<bool>(),
        _ => false,
    }
}

/// A flag whose values add up. Lists of files are not parted at commas, which the name of a file may hold: goctl's `--src` is
/// one text. Nor are the words of a command line.
fn is_list(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append)
}

fn is_integer(arg: &Arg) -> bool {
    let id = arg.get_value_parser().type_id();
    let all = [
        TypeId::of::<i64>(),
        TypeId::of::<i32>(),
        TypeId::of::<i16>(),
        TypeId::of::<u64>(),
        TypeId::of::<u32>(),
        TypeId::of::<u16>(),
        TypeId::of::<u8>(),
        TypeId::of::<usize>(),
    ];
    all.iter().any(|kind| id == *kind)
}

#[cfg(test)]
mod tests;
