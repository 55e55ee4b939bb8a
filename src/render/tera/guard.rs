//! A Tera template made ready for tera: what it loops over is counted.
//!
//! The engine sets no end to loops within loops, nor to a text that doubles itself. So functions of ours are put into its
//! text: `__items` around what a loop or a comprehension goes over, `__turn` at the beginning of a loop's body, `__held`
//! around what a variable is given, `__call` at the beginning of a component. They count, and refuse what is too much.
//!
//! And the names it uses are noted: the engine takes an unknown one in a condition for false.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::render::engine::TemplateError;
use crate::render::respell::Respelled;

/// So many `elif` may stand in the conditions around a place.
const MAX_BRANCHES: usize = 60;

/// Puts the counting functions into a template. A text that is no template is left to the engine to refuse.
///
/// # Errors
///
/// So many branches that the engine, which sets no end to them, would run out of stack.
pub(super) fn guard(text: &str) -> Result<(Respelled, Vec<Used>), TemplateError> {
    let mut scanner = Scanner {
        text,
        at: 0,
        edits: Vec::new(),
        blocks: Vec::new(),
        branches: Vec::new(),
        all_branches: 0,
        used: Vec::new(),
        own: BTreeSet::from(["loop"]),
    };
    while scanner.next().is_some() {
        if scanner.all_branches > MAX_BRANCHES {
            return Err(TemplateError::new(
                format!("there are more than {MAX_BRANCHES} branches in each other"),
                Some(scanner.at..scanner.at),
            ));
        }
    }
    scanner.edits.sort_by_key(|(at, _)| *at);
    let own = scanner.own;
    let mut used: Vec<Used> = scanner.used.into_iter().filter(|used| !own.contains(used.name.as_str())).collect();
    let mut known = BTreeSet::new();
    used.retain(|used| known.insert(used.name.clone()));
    Ok((Respelled::new(text, scanner.edits.into_iter().map(|(at, put)| (at..at, put))), used))
}

/// A name that a template reads and does not set itself, and the first place that does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Used {
    pub(super) name: String,
    pub(super) at: Range<usize>,
}

/// Words of an expression that are no names.
const WORDS: [&str; 16] =
    ["in", "not", "and", "or", "is", "if", "elif", "else", "for", "set", "set_global", "true", "false", "True", "False", "none"];

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    edits: Vec<(usize, String)>,
    /// The `set` blocks that are open: the tag's word, the variable.
    blocks: Vec<(&'t str, &'t str)>,
    /// How many `elif` the open conditions have.
    branches: Vec<usize>,
    all_branches: usize,
    /// The names that are read.
    used: Vec<Used>,
    /// The names the template sets itself, anywhere.
    own: BTreeSet<&'t str>,
}

/// A bracket that is open, or the tag itself.
#[derive(Default)]
struct Open {
    is_list: bool,
    /// `for` was seen, and its `in` is to come.
    goes: bool,
    /// A function of ours is open in it.
    wrapped: bool,
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Goes behind the next tag, variable or comment.
    fn next(&mut self) -> Option<()> {
        let marks = self.rest().as_bytes().windows(2).position(|pair| matches!(pair, b"<%" | b"<$" | b"<#"))?;
        self.at += marks + 2;
        match self.text.as_bytes()[self.at - 1] {
            b'#' => self.at += self.rest().find("#>")? + 2,
            b'$' => {
                self.tag("$>")?;
            }
            _ => match self.bare_tag("raw") {
                Some(length) => {
                    self.at += length;
                    loop {
                        self.at += self.rest().find("<%")? + 2;
                        if let Some(length) = self.bare_tag("endraw") {
                            self.at += length;
                            break;
                        }
                    }
                }
                None => self.tag("%>")?,
            },
        }
        Some(())
    }

    /// How long the rest of `<% name %>` is, behind its `<%`.
    fn bare_tag(&self, name: &str) -> Option<usize> {
        let rest = self.rest();
        let inner = rest.strip_prefix('-').unwrap_or(rest).trim_ascii_start().strip_prefix(name)?.trim_ascii_start();
        let behind = inner.strip_prefix('-').unwrap_or(inner).strip_prefix("%>")?;
        Some(rest.len() - behind.len())
    }

    /// Reads up to the end of a tag or variable.
    fn tag(&mut self, end: &str) -> Option<()> {
        let bytes = self.text.as_bytes();
        let mut words: Vec<&str> = Vec::new();
        let mut before = "";
        let mut open = vec![Open::default()];
        let mut last = b' ';
        if bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        let trims = loop {
            let here = self.at;
            let byte = *bytes.get(here)?;
            let rest = &bytes[here..];
            let trims = byte == b'-' && rest[1..].starts_with(end.as_bytes());
            if trims || rest.starts_with(end.as_bytes()) {
                break trims;
            }
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b'\x0c' => {
                    self.at += 1;
                    continue;
                }
                b'"' | b'\'' | b'`' => self.string(byte)?,
                b'(' | b'[' | b'{' => {
                    open.push(Open { is_list: byte == b'[', ..Open::default() });
                    self.at += 1;
                }
                b')' | b']' | b'}' => {
                    if open.len() > 1 && open.pop().is_some_and(|closed| closed.wrapped) {
                        self.put(here, ")");
                    }
                    self.at += 1;
                }
                b'=' if end == "%>" && words.len() == 2 && matches!(words[0], "set" | "set_global") && is_word(last) => {
                    self.at += 1;
                    self.put(self.at, " __held(v=");
                    open[0].wrapped = true;
                    words.push("=");
                }
                _ if is_word(byte) => {
                    let length = rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len());
                    self.at += length;
                    let word = &self.text[here..here + length];
                    let tag_word = end == "%>" && words.is_empty();
                    let is_target =
                        matches!(words[..], ["set" | "set_global"]) || open.last().is_some_and(|open| open.goes) && word != "in";
                    if words.first() == Some(&"component") || end == "%>" && is_target || is_target && open.len() > 1 {
                        self.own.insert(word);
                    } else if !tag_word && (end == "$>" || matches!(words.first(), Some(&("if" | "elif" | "for" | "set" | "set_global")))) {
                        self.read(word, here, last, before);
                    }
                    before = word;
                    let alone = open.len() == 1;
                    if let Some(open) = open.last_mut().filter(|_| last != b'.') {
                        match word {
                            "for" if tag_word || open.is_list => open.goes = true,
                            "in" if open.goes => {
                                (open.goes, open.wrapped) = (false, true);
                                self.edits.push((self.at, " __items(v=".to_owned()));
                            }
                            // A comprehension's condition.
                            "if" if open.wrapped && !alone => {
                                open.wrapped = false;
                                self.edits.push((here, ") ".to_owned()));
                            }
                            _ => {}
                        }
                    }
                    if words.len() < 3 {
                        words.push(word);
                    }
                }
                _ => self.at += 1,
            }
            last = byte;
        };
        if open[0].wrapped {
            self.put(self.at, ")");
        }
        self.at += end.len() + usize::from(trims);
        let trim = if trims { "-" } else { "" };
        if end == "%>" {
            match words[..] {
                ["if", ..] => self.branches.push(0),
                ["elif", ..] => {
                    if let Some(count) = self.branches.last_mut() {
                        *count += 1;
                        self.all_branches += 1;
                    }
                }
                ["endif", ..] => self.all_branches -= self.branches.pop().unwrap_or(0),
                ["for", ..] => self.put(self.at, &format!("<$ __turn() {trim}$>")),
                ["component", ..] => self.put(self.at, &format!("<$ __call() {trim}$>")),
                [word @ ("set" | "set_global"), name, ..] if !words.contains(&"=") => self.blocks.push((word, name)),
                ["endset", ..] => {
                    if let Some((word, name)) = self.blocks.pop() {
                        self.put(self.at, &format!("<% {word} {name} = __held(v={name}) {trim}%>"));
                    }
                }
                _ => {}
            }
        }
        Some(())
    }

    /// Notes a word of an expression that is the name of a variable, going by what stands around it.
    fn read(&mut self, word: &str, here: usize, last: u8, before: &str) {
        let rest = self.rest().trim_ascii_start().as_bytes();
        let is_called = rest.first() == Some(&b'(');
        let is_argument = rest.first() == Some(&b'=') && rest.get(1) != Some(&b'=');
        // A filter's name, a test's, a field, a component.
        let belongs =
            matches!(last, b'|' | b'.' | b'<') || before == "is" && last == b'i' || before == "not" && last == b'n' && self.tested(here);
        // `x is defined` asks, and may.
        let question = rest.strip_prefix(b"is ").unwrap_or_default().trim_ascii_start();
        let question = question.strip_prefix(b"not ").unwrap_or(question).trim_ascii_start();
        let is_asked = question.starts_with(b"defined") || question.starts_with(b"undefined");
        let is_name = !word.starts_with("__") && !word.as_bytes()[0].is_ascii_digit() && !WORDS.contains(&word);
        if is_name && !is_called && !is_argument && !belongs && !is_asked {
            self.used.push(Used { name: word.to_owned(), at: here..here + word.len() });
        }
    }

    /// Whether `is not` stands in front of a place.
    fn tested(&self, here: usize) -> bool {
        let before = self.text[..here].trim_ascii_end();
        before.strip_suffix("not").is_some_and(|before| before.trim_ascii_end().ends_with("is"))
    }

    fn put(&mut self, at: usize, text: &str) {
        self.edits.push((at, text.to_owned()));
    }

    /// Goes behind a text in quotes.
    fn string(&mut self, quote: u8) -> Option<()> {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        loop {
            match *bytes.get(at)? {
                b'\\' => at += 2,
                byte if byte == quote => break,
                _ => at += 1,
            }
        }
        self.at = at + 1;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in() {
        let rows = [
            ("<% for a in b %>x<% endfor %>", "<% for a in __items(v= b )%><$ __turn() $>x<% endfor %>"),
            ("<%- for a, b in c[d] | f -%>", "<%- for a, b in __items(v= c[d] | f )-%><$ __turn() -$>"),
            ("<$ [a for a in b if a.for in c] $>", "<$ [a for a in __items(v= b ) if a.for in c] $>"),
            ("<$ [[a for a in b] for b in c] $>", "<$ [[a for a in __items(v= b)] for b in __items(v= c)] $>"),
            ("<% set a = b ~ b -%>", "<% set a = __held(v= b ~ b )-%>"),
            ("<% set a %>x<% endset -%>", "<% set a %>x<% endset -%><% set a = __held(v=a) -%>"),
            ("<% component x() -%>", "<% component x() -%><$ __call() -$>"),
            (
                "<# <% for a in b %> #><% raw %><% for a in b %><%- endraw %>",
                "<# <% for a in b %> #><% raw %><% for a in b %><%- endraw %>",
            ),
            ("<$ \"%> for a in\" $> for a in <% if a in b %>", "<$ \"%> for a in\" $> for a in <% if a in b %>"),
            ("<% for a in b", "<% for a in __items(v= b"),
            ("<% set x = \"", "<% set x = __held(v= \""),
        ];
        for (text, expected) in rows {
            assert_eq!(guard(text).unwrap().0.text, expected);
        }
    }

    #[test]
    fn names_that_are_read() {
        let rows: [(&str, &[&str]); 9] = [
            ("<$ a $> <% if b and not c == 1 %><% elif d.e in f %><% endif %>", &["a", "b", "c", "d", "f"]),
            ("<% for x in xs %><$ x.y $> <$ loop.index $><% endfor %>", &["xs"]),
            ("<% for k, v in m | items %><$ k ~ v $><% endfor %>", &["m"]),
            ("<% set t = s ~ \"u\" %><$ t | replace(from=\"a\", to=b) $>", &["s", "b"]),
            ("<% if a is defined %><% endif %><% if a is not string %><% endif %><% if b is not c %><% endif %>", &["a", "b"]),
            ("<% if n is divisibleby(divisor=k) %><% endif %>", &["n", "k"]),
            ("<$ [x for x in l if x > 1] $> <$ range(end=3) $> <$ 10 + a.b[c] $>", &["l", "a", "c"]),
            ("<% component card(title, n=1) %><$ title ~ n $><% endcomponent %>", &[]),
            ("<# a #><% raw %><$ a $><% endraw %><$ true and none $>", &[]),
        ];
        for (text, expected) in rows {
            let (_, used) = guard(text).unwrap();
            assert_eq!(used.iter().map(|used| used.name.as_str()).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
