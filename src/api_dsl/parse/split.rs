//! Cuts a file at its top-level statements.
//!
//! In: the words of a file. Out: [`Piece`]s, ranges of words, each at most one statement. A top-level keyword begins a
//! piece; so does one that begins a line inside brackets where nothing but a statement can be meant, so that a missing
//! brace costs one statement and not the rest of the file. Invariant: pieces are in order, do not overlap, and hold
//! every word that is not a comment; a piece that nests too deep for the parser says so.

use std::ops::Range;

use crate::api_dsl::words::{Kind, Word, Words};

/// How deep brackets and types may nest.
pub(super) const MAX_DEPTH: usize = 200;

/// The words of one statement.
pub(super) struct Piece {
    /// Indices into `Words::all`; the first and the last are no comments.
    pub words: Range<usize>,
    /// Where the nesting passes [`MAX_DEPTH`].
    pub too_deep: Option<usize>,
}

/// Cuts the words from the index `from` on.
pub(super) fn split(words: &Words, from: usize) -> Vec<Piece> {
    let solid: Vec<usize> = (from..words.all.len()).filter(|&i| !words.all[i].kind.is_comment()).collect();
    let mut cutter = Cutter { words, solid, open: Vec::new(), head: 0, run: 0, too_deep: None, pieces: Vec::new() };
    for i in 0..cutter.solid.len() {
        if i > cutter.head && cutter.begins(i) {
            cutter.cut(i);
        }
        cutter.nest(i);
    }
    cutter.cut(cutter.solid.len());
    cutter.pieces
}

struct Cutter<'a> {
    words: &'a Words<'a>,
    /// The words that are no comments.
    solid: Vec<usize>,
    /// The brackets that are open here.
    open: Vec<u8>,
    /// Where the piece began.
    head: usize,
    /// How many `*` and `[` stand in a row in front of a type: they nest without staying open.
    run: usize,
    too_deep: Option<usize>,
    pieces: Vec<Piece>,
}

impl<'a> Cutter<'a> {
    fn word(&self, i: usize) -> Option<&'a Word> {
        self.solid.get(i).map(|&at| &self.words.all[at])
    }

    fn str(&self, i: usize) -> &'a str {
        self.word(i).map_or("", |w| self.words.str(w))
    }

    fn is_name(&self, i: usize) -> bool {
        self.word(i).is_some_and(|w| w.kind == Kind::Name)
    }

    fn cut(&mut self, i: usize) {
        if let (Some(&first), Some(&last)) = (self.solid.get(self.head), self.solid.get(i.wrapping_sub(1))) {
            self.pieces.push(Piece { words: first..last + 1, too_deep: self.too_deep.take() });
        }
        self.head = i;
        self.open.clear();
        self.run = 0;
    }

    fn begins_line(&self, i: usize) -> bool {
        let (Some(before), Some(word)) = (self.word(i.wrapping_sub(1)), self.word(i)) else { return true };
        self.words.line_ends(before.end()..word.start())
    }

    /// Whether the word begins a statement.
    fn begins(&self, i: usize) -> bool {
        let word = self.str(i);
        if word.starts_with("/*") && self.open.is_empty() {
            // A comment without its end: what stands before it is complete.
            return true;
        }
        if !matches!(word, "syntax" | "import" | "info" | "type" | "service" | "@server") {
            return self.open.is_empty() && self.begins_line(i) && self.is_complete(i);
        }
        if self.open.is_empty() { self.begins_outside(i, word) } else { self.begins_inside(i, word) }
    }

    /// Whether what stands before the word can go no further: its last bracket is closed. A misspelled keyword there is a
    /// mistake of its own.
    fn is_complete(&self, i: usize) -> bool {
        let closed = i > self.head && matches!(self.str(i - 1), "}" | ")");
        closed && !(self.str(i - 1) == ")" && self.str(self.head) == "@server")
    }

    /// Outside all brackets: unless a name is due here, and the words behind do not speak for a statement.
    fn begins_outside(&self, i: usize, word: &str) -> bool {
        let next = self.str(i + 1);
        let fits = match word {
            "syntax" => next == "=",
            "import" => next == "(" || self.word(i + 1).is_some_and(|w| w.kind == Kind::Text),
            "info" | "@server" => next == "(",
            "type" => next == "(" || self.is_name(i + 1),
            _ => self.is_name(i + 1),
        };
        let before = self.str(i - 1);
        let head = self.str(self.head);
        let has_server = head == "@server";
        if word == "service" && has_server && before == ")" {
            return false;
        }
        let name_due = matches!(before, "-" | "=" | "*" | "]")
            || (i == self.head + 1 && matches!(head, "type" | "service"))
            || (i == self.head + 2 && head == "type" && self.is_name(i - 1))
            || (has_server && before == "service");
        let begins_line = self.begins_line(i);
        if name_due { fits && begins_line } else { fits || begins_line }
    }

    /// Inside brackets: at the beginning of a line, where the words behind can be nothing else.
    fn begins_inside(&self, i: usize, word: &str) -> bool {
        if !self.begins_line(i) || matches!(self.str(i - 1), "/" | "-" | "." | ":" | "=" | "," | "*" | "]") {
            return false;
        }
        let next = self.str(i + 1);
        match word {
            "syntax" => next == "=",
            "import" => next == "(" || self.word(i + 1).is_some_and(|w| w.kind == Kind::Text),
            "info" => next == "(",
            "type" => next == "(" || self.is_name(i + 1) && matches!(self.str(i + 2), "{" | "struct" | "="),
            "service" => self.is_service(i),
            _ => next == "(" && self.is_server_of_service(i + 2),
        }
    }

    /// `service a-b {`. On one line: `service` alone can be an embedded type.
    fn is_service(&self, i: usize) -> bool {
        if self.begins_line(i + 1) {
            return false;
        }
        let mut at = i + 1;
        while self.is_name(at) && self.str(at + 1) == "-" {
            at += 2;
        }
        self.str(i) == "service" && self.is_name(at) && self.str(at + 1) == "{"
    }

    /// Whether the settings that begin here belong to a whole service, not to one route (the legacy form).
    fn is_server_of_service(&self, from: usize) -> bool {
        // Settings hold neither braces nor `@`, so nobody looks over the same words twice.
        let end = (from..self.solid.len()).find(|&i| matches!(self.str(i), ")" | "{" | "}") || self.str(i).starts_with('@'));
        end.is_some_and(|end| self.str(end) == ")" && self.is_service(end + 1))
    }

    /// Follows the brackets.
    fn nest(&mut self, i: usize) {
        let Some(word) = self.word(i) else { return };
        if word.kind == Kind::Mark {
            match self.str(i).as_bytes() {
                [open @ (b'(' | b'[' | b'{')] => self.open.push(*open),
                [b')'] => self.close(b'('),
                [b']'] => self.close(b'['),
                [b'}'] => self.close(b'{'),
                _ => {}
            }
        }
        match self.str(i) {
            "[" | "*" => {
                let fresh = i == 0 || self.is_name(i - 1) && self.str(i - 1) != "map";
                self.run = if fresh { 1 } else { self.run + 1 };
            }
            "map" if i > 0 && matches!(self.str(i - 1), "[" | "]" | "*") => {}
            "map" | "{" | "}" | "(" | ")" | "," | ";" => self.run = 0,
            _ => {}
        }
        if self.too_deep.is_none() && self.open.len() + self.run > MAX_DEPTH {
            self.too_deep = Some(word.start());
        }
    }

    /// Closes the innermost bracket of this kind and what was left open in it; nothing if there is none.
    fn close(&mut self, open: u8) {
        // No deeper than the parser goes: beyond that the piece is lost anyway, and this must stay linear.
        let depth = self.open.iter().rev().take(MAX_DEPTH).position(|b| *b == open);
        if let Some(depth) = depth {
            self.open.truncate(self.open.len() - depth - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let words = Words::scan(text, 0);
        let range = |p: Piece| words.all[p.words.start].start()..words.all[p.words.end - 1].end();
        split(&words, 0).into_iter().map(|p| &text[range(p)]).collect()
    }

    #[test]
    fn keywords_begin_statements_unless_a_name_is_due() {
        assert_eq!(pieces("syntax=\"v1\" type info {} // c\nservice type {}"), ["syntax=\"v1\"", "type info {}", "service type {}"]);
        assert_eq!(pieces("type A service\ntype B\ninfo\nimport x"), ["type A service", "type B\ninfo", "import x"]);
        assert_eq!(pieces("@server ()\n// c\nservice a-type {}"), ["@server ()\n// c\nservice a-type {}"]);
    }

    #[test]
    fn a_missing_brace_costs_one_statement() {
        assert_eq!(pieces("type A {\n  X int\ntype B {\n}"), ["type A {\n  X int", "type B {\n}"]);
        assert_eq!(pieces("service a {\n@server (\nx: y\n)\nservice b {\n}"), ["service a {", "@server (\nx: y\n)\nservice b {\n}"]);
        assert_eq!(pieces("service a {\n@server (\nhandler: y\n)\nget /a\n}").len(), 1);
        assert_eq!(pieces("type A {\n  service\n  N {}\n}").len(), 1);
        assert_eq!(pieces("type A {\n  service string\n  type string `x`\n}").len(), 1);
        assert_eq!(pieces("type A {}\ntyp B {}\n@serve ()\nservice a {}").len(), 4);
    }

    #[test]
    fn depth_counts_prefixes_too() {
        let deep = |text: &str| split(&Words::scan(text, 0), 0)[0].too_deep.is_some();
        assert!(!deep(&format!("type A {{ X {}int }}", "[]".repeat(150))));
        assert!(deep(&format!("type A {{ X {}int }}", "[]".repeat(250))));
        assert!(deep(&format!("type A {{ X {}int }}", "map[a]".repeat(250))));
        assert!(deep(&"(".repeat(250)));
        assert!(!deep(&format!("type A {{ {} }}", "X map[a][]int `t`\nY []int\n".repeat(250))));
        assert!(!deep(&format!("type A {{ {} }}", "*Base\n".repeat(250))));
    }
}
