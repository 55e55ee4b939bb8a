//! Build constraints: `//go:build` and `// +build` lines.
//!
//! In: the printer's output and where such lines start in it. Out: the output with one block of them, as early in the
//! file as it may be. Invariant: a constraint that cannot be read is moved, not changed (go/printer gobuild.go,
//! go/build/constraint).

use super::print::ESCAPE;
use super::unicode::{is_digit, is_letter};

/// A condition over tags.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::golang) enum Expr {
    Tag(String),
    Not(Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
}

impl Expr {
    /// Whether it holds where those tags are set that `is_set` says.
    pub(in crate::golang) fn holds(&self, is_set: &impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Tag(tag) => is_set(tag),
            Self::Not(x) => !x.holds(is_set),
            Self::And(x, y) => x.holds(is_set) && y.holds(is_set),
            Self::Or(x, y) => x.holds(is_set) || y.holds(is_set),
        }
    }

    /// Whether it never holds without that tag, as far as its form says.
    pub(in crate::golang) fn needs(&self, tag: &str) -> bool {
        match self {
            Self::Tag(own) => own == tag,
            Self::Not(_) => false,
            Self::And(x, y) => x.needs(tag) || y.needs(tag),
            Self::Or(x, y) => x.needs(tag) && y.needs(tag),
        }
    }
}

/// Whether a comment is a `//go:build` line.
pub(in crate::golang) fn is_go_build(comment: &str) -> bool {
    go_build(comment).is_some()
}

/// Whether a comment is a `// +build` line.
pub(in crate::golang) fn is_plus_build(comment: &str) -> bool {
    plus_build(comment).is_some()
}

/// The condition of a `//go:build` line.
fn go_build(comment: &str) -> Option<&str> {
    after_word(comment.strip_prefix("//go:build").map(str::trim_end)?)
}

/// The condition of a `// +build` line.
fn plus_build(comment: &str) -> Option<&str> {
    after_word(comment.strip_prefix("//")?.trim().strip_prefix("+build")?)
}

/// What follows a word, if the word ends there.
fn after_word(rest: &str) -> Option<&str> {
    let trimmed = rest.trim();
    (rest.is_empty() || trimmed.len() < rest.len()).then_some(trimmed)
}

/// Moves the constraints of an output together.
pub(super) fn place_constraints(output: &mut Vec<u8>, go_build: &[usize], plus_build: &[usize]) {
    if go_build.is_empty() && plus_build.is_empty() {
        return;
    }
    // A constraint that stands earlier than it must stays there.
    let latest = latest_place(output);
    let earlier = |lines: &[usize]| lines.first().copied().filter(|&at| at < latest);
    let insert = earlier(go_build).or_else(|| earlier(plus_build)).unwrap_or(latest);
    let expr = match go_build {
        [] => {
            let parsed: Option<Vec<Expr>> = plus_build.iter().map(|&at| parse_plus_build(comment_at(output, at))).collect();
            parsed.and_then(|all| all.into_iter().reduce(|x, y| Expr::And(Box::new(x), Box::new(y))))
        }
        &[at] => parse_go_build(comment_at(output, at)),
        _ => None,
    };
    let mut block = Vec::new();
    match expr {
        None => {
            for &at in go_build.iter().chain(plus_build) {
                block.extend_from_slice(line_at(output, at));
            }
        }
        Some(expr) => {
            let mut write = |line: &str| {
                block.push(ESCAPE);
                block.extend_from_slice(line.as_bytes());
                block.extend_from_slice(&[ESCAPE, b'\n']);
            };
            write(&format!("//go:build {}", print(&expr)));
            if !plus_build.is_empty() {
                match plus_build_lines(&expr) {
                    Some(lines) => lines.iter().for_each(|line| write(line)),
                    None => write("// +build error: expression too complex for // +build lines"),
                }
            }
        }
    }
    block.push(b'\n');

    let mut lines: Vec<usize> = go_build.iter().chain(plus_build).copied().collect();
    lines.sort_unstable();
    let mut after = Vec::new();
    let mut start = insert;
    for end in lines {
        if end < start {
            continue;
        }
        append_lines(&mut after, output.get(start..end).unwrap_or_default());
        start = end + line_at(output, end).len();
    }
    append_lines(&mut after, output.get(start..).unwrap_or_default());
    if let [.., a, b] = after.as_slice()
        && is_newline(*a)
        && is_newline(*b)
    {
        after.pop();
    }
    output.truncate(insert);
    output.append(&mut block);
    output.append(&mut after);
}

/// The last place a constraint may stand: after the last empty line before anything but `//` comments.
fn latest_place(output: &[u8]) -> usize {
    let mut insert = 0;
    let mut pos = 0;
    loop {
        let mut blank = true;
        while matches!(output.get(pos), Some(b' ' | b'\t')) {
            pos += 1;
        }
        if output.get(pos..pos + 3) == Some(&[ESCAPE, b'/', b'/']) {
            blank = false;
            pos += output.iter().skip(pos).take_while(|&&b| !is_newline(b)).count();
        }
        if !output.get(pos).is_some_and(|&b| is_newline(b)) {
            return insert;
        }
        pos += 1;
        if blank {
            insert = pos;
        }
    }
}

/// Appends whole lines, without making two empty lines of one.
fn append_lines(to: &mut Vec<u8>, lines: &[u8]) {
    let ends_blank = match to.as_slice() {
        [] => true,
        [.., a, b] => is_newline(*a) && is_newline(*b),
        _ => false,
    };
    let lines = match lines {
        [first, rest @ ..] if ends_blank && is_newline(*first) => rest,
        _ => lines,
    };
    to.extend_from_slice(lines);
}

fn is_newline(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\x0c')
}

/// The line that starts at a place, its line break included.
fn line_at(output: &[u8], at: usize) -> &[u8] {
    let rest = output.get(at..).unwrap_or_default();
    let len = rest.iter().position(|&b| is_newline(b)).map_or(rest.len(), |i| i + 1);
    rest.get(..len).unwrap_or_default()
}

/// The comment that starts at a place.
fn comment_at(output: &[u8], at: usize) -> &str {
    let rest = output.get(at..).unwrap_or_default();
    let rest = rest.strip_prefix(&[ESCAPE]).unwrap_or(rest);
    let len = rest.iter().position(|&b| b == ESCAPE || is_newline(b)).unwrap_or(rest.len());
    std::str::from_utf8(rest.get(..len).unwrap_or_default()).unwrap_or_default()
}

/// The parser of `//go:build` conditions.
struct Parser<'a> {
    rest: &'a str,
    tok: &'a str,
    /// Conditions are not larger than this.
    left: u32,
}

/// Reads a `//go:build` line; there is no answer for one that is wrong.
pub(in crate::golang) fn parse_go_build(comment: &str) -> Option<Expr> {
    let mut parser = Parser { rest: go_build(comment)?, tok: "", left: 1000 };
    let expr = parser.or()?;
    parser.tok.is_empty().then_some(expr)
}

impl Parser<'_> {
    fn or(&mut self) -> Option<Expr> {
        let mut x = self.and()?;
        while self.tok == "||" {
            x = Expr::Or(Box::new(x), Box::new(self.and()?));
        }
        Some(x)
    }

    fn and(&mut self) -> Option<Expr> {
        let mut x = self.not()?;
        while self.tok == "&&" {
            x = Expr::And(Box::new(x), Box::new(self.not()?));
        }
        Some(x)
    }

    fn not(&mut self) -> Option<Expr> {
        self.left = self.left.checked_sub(1)?;
        self.lex()?;
        if self.tok != "!" {
            return self.atom();
        }
        self.lex()?;
        if self.tok == "!" {
            return None;
        }
        Some(Expr::Not(Box::new(self.atom()?)))
    }

    fn atom(&mut self) -> Option<Expr> {
        if self.tok == "(" {
            let x = self.or()?;
            if self.tok != ")" {
                return None;
            }
            self.lex()?;
            return Some(x);
        }
        if !self.tok.chars().next().is_some_and(in_tag) {
            return None;
        }
        let tag = Expr::Tag(self.tok.to_owned());
        self.lex()?;
        Some(tag)
    }

    fn lex(&mut self) -> Option<()> {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
        let len = match self.rest.bytes().next() {
            None => 0,
            Some(b'(' | b')' | b'!') => 1,
            Some(b'&') => self.rest.starts_with("&&").then_some(2)?,
            Some(b'|') => self.rest.starts_with("||").then_some(2)?,
            Some(_) => {
                let len = self.rest.find(|c| !in_tag(c)).unwrap_or(self.rest.len());
                (len > 0).then_some(len)?
            }
        };
        (self.tok, self.rest) = self.rest.split_at_checked(len)?;
        Some(())
    }
}

fn in_tag(c: char) -> bool {
    is_letter(c) || is_digit(c) || c == '_' || c == '.'
}

/// Reads a `// +build` line: alternatives separated by blanks, each of tags separated by commas.
pub(in crate::golang) fn parse_plus_build(comment: &str) -> Option<Expr> {
    let mut operators = 0;
    let mut alternatives: Option<Expr> = None;
    for clause in plus_build(comment)?.split_whitespace() {
        let mut all: Option<Expr> = None;
        for literal in clause.split(',') {
            let ignore = || Expr::Tag("ignore".to_owned());
            let tag = |text: &str| {
                if !text.is_empty() && text.chars().all(in_tag) { Expr::Tag(text.to_owned()) } else { ignore() }
            };
            let expr = if literal.starts_with("!!") || literal == "!" {
                ignore()
            } else if let Some(negated) = literal.strip_prefix('!') {
                Expr::Not(Box::new(tag(negated)))
            } else {
                tag(literal)
            };
            all = Some(match all {
                None => expr,
                Some(all) => {
                    operators += 1;
                    Expr::And(Box::new(all), Box::new(expr))
                }
            });
        }
        alternatives = match (alternatives, all) {
            (Some(x), Some(y)) => {
                operators += 1;
                Some(Expr::Or(Box::new(x), Box::new(y)))
            }
            (x, y) => x.or(y),
        };
    }
    (operators <= 100).then(|| alternatives.unwrap_or_else(|| Expr::Tag("ignore".to_owned())))
}

/// Writes a condition.
fn print(expr: &Expr) -> String {
    let in_parens = |x: &Expr, needed: bool| if needed { format!("({})", print(x)) } else { print(x) };
    match expr {
        Expr::Tag(tag) => tag.clone(),
        Expr::Not(x) => format!("!{}", in_parens(x, matches!(**x, Expr::And(..) | Expr::Or(..)))),
        Expr::And(x, y) => {
            let part = |x: &Expr| in_parens(x, matches!(x, Expr::Or(..)));
            format!("{} && {}", part(x), part(y))
        }
        Expr::Or(x, y) => {
            let part = |x: &Expr| in_parens(x, matches!(x, Expr::And(..)));
            format!("{} || {}", part(x), part(y))
        }
    }
}

/// Writes a condition as `// +build` lines, if it is simple enough.
fn plus_build_lines(expr: &Expr) -> Option<Vec<String>> {
    let expr = push_not(expr, false);
    let mut lines = Vec::new();
    for line in operands(&expr, true) {
        let mut alternatives = Vec::new();
        for alternative in operands(line, false) {
            let literals = operands(alternative, true);
            if !literals.iter().all(|x| matches!(x, Expr::Tag(_) | Expr::Not(_))) {
                return None;
            }
            alternatives.push(literals.into_iter().map(print).collect::<Vec<_>>());
        }
        lines.push(alternatives);
    }
    // Without alternatives all fits on one line.
    if lines.iter().all(|alternatives| alternatives.len() == 1) {
        lines = vec![vec![lines.into_iter().flatten().flatten().collect()]];
    }
    let print_line = |alternatives: Vec<Vec<String>>| {
        alternatives.iter().fold("// +build".to_owned(), |line, literals| format!("{line} {}", literals.join(",")))
    };
    Some(lines.into_iter().map(print_line).collect())
}

/// Moves negations down to the tags.
fn push_not(expr: &Expr, not: bool) -> Expr {
    match expr {
        Expr::Not(x) => push_not(x, !not),
        Expr::Tag(_) if not => Expr::Not(Box::new(expr.clone())),
        Expr::Tag(_) => expr.clone(),
        Expr::And(x, y) | Expr::Or(x, y) => {
            let (x, y) = (Box::new(push_not(x, not)), Box::new(push_not(y, not)));
            if matches!(expr, Expr::And(..)) != not { Expr::And(x, y) } else { Expr::Or(x, y) }
        }
    }
}

/// The operands of a chain of `&&`, or of `||`.
fn operands(expr: &Expr, of_and: bool) -> Vec<&Expr> {
    match expr {
        Expr::And(x, y) if of_and => [operands(x, of_and), operands(y, of_and)].concat(),
        Expr::Or(x, y) if !of_and => [operands(x, of_and), operands(y, of_and)].concat(),
        _ => vec![expr],
    }
}

#[cfg(test)]
mod tests {
    use super::super::format;
    use super::*;

    #[test]
    fn conditions() {
        let printed = |text: &str| parse_go_build(&format!("//go:build {text}")).map(|x| print(&x));
        assert_eq!(printed("a&&(b||!c)").as_deref(), Some("a && (b || !c)"));
        assert_eq!(printed("!(a && b) || c.d").as_deref(), Some("!(a && b) || c.d"));
        assert_eq!(printed("a &"), None);
        assert_eq!(printed("!!a"), None);
        assert!(is_go_build("//go:build x") && !is_go_build("//go:builder x") && is_plus_build("// +build x"));
    }

    #[test]
    fn constraints_stand_first() {
        let src = "// Copyright\n\n// +build linux,!cgo darwin\n\npackage p\n";
        let want = "// Copyright\n\n//go:build (linux && !cgo) || darwin\n// +build linux,!cgo darwin\n\npackage p\n";
        assert_eq!(format(src).as_deref(), Ok(want));
        let src = "//go:build  a||b\npackage p\n";
        assert_eq!(format(src).as_deref(), Ok("//go:build a || b\n\npackage p\n"));
    }
}
