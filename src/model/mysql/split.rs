//! SQL text to statements, at the speed of memory: rows are passed over without a look at them.
//!
//! In: bytes. Out: [`Piece`]s, each one statement with what stands around it cut off. Quotes, comments, `DELIMITER` and the
//! markers of migration tools are understood here and nowhere else.
//! Source of the rules: MySQL manual 11.1.1 (strings), 11.7 (comments), 6.5.1.1 (`DELIMITER`); goose, dbmate, sql-migrate and
//! MyBatis Migrations for their markers.

use memchr::{memchr, memchr2, memmem};

/// A statement, without its delimiter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// The first byte.
    pub(super) start: usize,
    /// Behind the last byte.
    pub(super) end: usize,
    /// Whether something else than `;` ended it: unless it is a routine, it has to be split again.
    pub(super) block: bool,
    /// What is open at its end and never closed: its first byte.
    pub(super) open: Option<(Open, usize)>,
}

/// What can be left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// `'` or `"`
    String,
    /// A backtick.
    Name,
    /// `/*`
    Comment,
}

/// How often the text behind an unfinished string is looked at again: each look reads to the end of the file.
const RECOVERIES: u8 = 8;

/// The statements of a text; see [`Piece`].
#[derive(Debug)]
pub(super) struct Splitter<'a> {
    bytes: &'a [u8],
    at: usize,
    delimiter: &'a [u8],
    /// The bytes that mean something between statements' words.
    stops: [bool; 256],
    /// In the half of a migration that undoes it.
    down: bool,
    /// Between `StatementBegin` and `StatementEnd`.
    block: bool,
    recoveries: u8,
}

impl<'a> Splitter<'a> {
    /// The statements in `bytes[start..end]`.
    pub(super) fn new(bytes: &'a [u8], start: usize, end: usize) -> Self {
        let bytes = bytes.get(..end).unwrap_or(bytes);
        let bom = if start == 0 && bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let mut splitter =
            Self { bytes, at: start + bom, delimiter: b";", stops: [false; 256], down: false, block: false, recoveries: RECOVERIES };
        splitter.set_delimiter(b";");
        splitter
    }

    fn set_delimiter(&mut self, delimiter: &'a [u8]) {
        self.delimiter = delimiter;
        self.stops = [false; 256];
        for byte in *b"'\"`-#/*" {
            self.stops[usize::from(byte)] = true;
        }
        if let Some(first) = delimiter.first() {
            self.stops[usize::from(*first)] = true;
        }
    }

    /// Blanks, comments and lone delimiters before a statement.
    fn skip_between(&mut self) -> Option<(Open, usize)> {
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let first = rest.first()?;
            if first.is_ascii_whitespace() {
                self.at += 1;
            } else if rest.starts_with(self.delimiter) {
                self.at += self.delimiter.len();
            } else if line_comment(rest) || rest.starts_with(b"--") {
                // No statement begins with `--`: tools leave out the blank that MySQL wants behind it.
                self.mark(rest);
                self.at += line_len(rest);
            } else if rest.starts_with(b"/*") && version(rest).is_none() {
                match memmem::find(rest.get(2..).unwrap_or_default(), b"*/") {
                    Some(end) => self.at += 2 + end + 2,
                    None => {
                        let open = (Open::Comment, self.at);
                        self.at = self.bytes.len();
                        return Some(open);
                    }
                }
            } else if let Some(line) = delimiter_line(rest) {
                let word = rest.get(line.clone()).unwrap_or_default();
                if !word.is_empty() {
                    self.set_delimiter(word);
                }
                self.at += line_len(rest);
            } else {
                return None;
            }
        }
    }

    /// Heeds the marker in a comment.
    fn mark(&mut self, comment: &[u8]) {
        match marker(comment) {
            Some(Marker::Up) => (self.down, self.block) = (false, false),
            Some(Marker::Down) => (self.down, self.block) = (true, false),
            Some(Marker::Begin) => self.block = true,
            Some(Marker::End) => self.block = false,
            None => {}
        }
    }

    /// From the first byte of a statement to its end: where it ends and where the next one may start.
    fn scan(&mut self) -> (usize, usize, Option<(Open, usize)>) {
        let mut at = self.at;
        let mut versioned = None;
        loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let Some(next) = rest.iter().position(|byte| self.stops[usize::from(*byte)]) else {
                return (self.bytes.len(), self.bytes.len(), versioned.map(|start| (Open::Comment, start)));
            };
            at += next;
            let rest = self.bytes.get(at..).unwrap_or_default();
            if versioned.is_none() && !self.block && rest.starts_with(self.delimiter) {
                return (at, at + self.delimiter.len(), None);
            }
            at += match rest.first() {
                Some(quote @ (b'\'' | b'"' | b'`')) => match quoted_len(rest) {
                    Some(len) => len,
                    None => {
                        let open = if *quote == b'`' { Open::Name } else { Open::String };
                        return (self.bytes.len(), self.bytes.len(), Some((open, at)));
                    }
                },
                Some(b'-' | b'#') if line_comment(rest) => {
                    if marker(rest).is_some() {
                        return (at, at, None);
                    }
                    line_len(rest)
                }
                Some(b'/') if rest.get(1) == Some(&b'*') => match version(rest) {
                    Some(len) => {
                        versioned.get_or_insert(at);
                        len
                    }
                    None => match memmem::find(rest.get(2..).unwrap_or_default(), b"*/") {
                        Some(end) => 2 + end + 2,
                        None => return (self.bytes.len(), self.bytes.len(), Some((Open::Comment, at))),
                    },
                },
                Some(b'*') if versioned.is_some() && rest.get(1) == Some(&b'/') => {
                    versioned = None;
                    2
                }
                _ => 1,
            };
        }
    }

    /// Goes on behind a quote at `open` that was closed by the next one in the text, and not by its own: as for one that has
    /// no end.
    pub(super) fn resume(&mut self, open: usize) {
        self.at = self.recover(open).min(self.at);
    }

    /// Where reading goes on behind something that is never closed: at the next line that begins a statement on tables.
    fn recover(&mut self, open: usize) -> usize {
        let end = self.bytes.len();
        if self.recoveries == 0 {
            return end;
        }
        self.recoveries -= 1;
        let mut at = open;
        while let Some(line) = self.bytes.get(at..).and_then(|rest| memchr(b'\n', rest)) {
            at += line + 1;
            let rest = self.bytes.get(at..).unwrap_or_default();
            if ["create ", "alter ", "drop ", "insert "].iter().any(|word| starts_with(rest, word)) {
                return at;
            }
        }
        end
    }
}

impl Iterator for Splitter<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(open) = self.skip_between() {
                let start = open.1;
                self.at = self.recover(start);
                return Some(Piece { start, end: self.at, block: false, open: Some(open) });
            }
            if self.at >= self.bytes.len() {
                return None;
            }
            let start = self.at;
            let (mut end, next, open) = self.scan();
            self.at = next;
            if let Some((_, at)) = open {
                self.at = self.recover(at);
                end = self.at;
            }
            if !self.down {
                return Some(Piece { start, end, block: self.block || self.delimiter != b";", open });
            }
        }
    }
}

/// The bytes of a quoted text, its quotes included; `None` where it has no end. A doubled quote ends one text and begins the
/// next, which comes to the same.
pub(super) fn quoted_len(rest: &[u8]) -> Option<usize> {
    let quote = *rest.first()?;
    let mut at = 1;
    loop {
        let body = rest.get(at..)?;
        let found = if quote == b'`' { memchr(quote, body)? } else { memchr2(quote, b'\\', body)? };
        at += found + 1;
        if body.get(found) == Some(&quote) {
            return Some(at);
        }
        at += 1;
    }
}

/// Whether a comment to the end of the line starts here: `#`, `--` with a blank or nothing behind it, or a tool's marker.
pub(super) fn line_comment(rest: &[u8]) -> bool {
    match rest {
        [b'#', ..] | [b'-', b'-'] => true,
        [b'-', b'-', blank, ..] => blank.is_ascii_whitespace() || blank.is_ascii_control() || marker(rest).is_some(),
        _ => false,
    }
}

/// The bytes to the end of the line, the line end included.
pub(super) fn line_len(rest: &[u8]) -> usize {
    memchr(b'\n', rest).map_or(rest.len(), |end| end + 1)
}

/// The bytes of `/*!50100` and MariaDB's `/*M!100301`, whose contents are SQL; `None` for any other comment and for versions
/// that no server has (`/*M!999999\- enable the sandbox mode */`, the first line of MariaDB's dumps).
pub(super) fn version(rest: &[u8]) -> Option<usize> {
    let open = if rest.starts_with(b"/*!") {
        3
    } else if rest.starts_with(b"/*M!") {
        4
    } else {
        return None;
    };
    let digits = rest.get(open..).unwrap_or_default().iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    let number = rest.get(open..open + digits).unwrap_or_default();
    let never = number.starts_with(b"99999") || (digits == 6 && number.first().is_some_and(|first| *first > b'1'));
    (!never).then_some(open + digits)
}

/// Whether the bytes start with the lower-case `word`, in whatever case.
fn starts_with(rest: &[u8], word: &str) -> bool {
    rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
}

/// The delimiter that a `DELIMITER` line names, as a range of the line; empty where it names none.
fn delimiter_line(rest: &[u8]) -> Option<std::ops::Range<usize>> {
    let word = "delimiter";
    if !starts_with(rest, word) || !rest.get(word.len()).is_none_or(u8::is_ascii_whitespace) {
        return None;
    }
    let line = rest.get(..line_len(rest)).unwrap_or(rest);
    let start = (word.len()..line.len()).find(|at| !line.get(*at).is_none_or(u8::is_ascii_whitespace)).unwrap_or(line.len());
    let len = line.get(start..).unwrap_or_default().iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
    Some(start..start + len)
}

/// What a migration tool's comment says.
enum Marker {
    Up,
    Down,
    Begin,
    End,
}

/// `-- +goose Down`, `-- +migrate Up`, `-- migrate:down`, `-- //@UNDO` and the like, on one line.
fn marker(comment: &[u8]) -> Option<Marker> {
    let line = comment.get(..line_len(comment)).unwrap_or(comment);
    let text = line.strip_prefix(b"--")?.trim_ascii_start();
    if let Some(text) = text.strip_prefix(b"//") {
        return starts_with(text.trim_ascii_start(), "@undo").then_some(Marker::Down);
    }
    let word = if let Some(tool) = ["+goose", "+migrate"].iter().find(|tool| starts_with(text, tool)) {
        text.get(tool.len()..)?.trim_ascii_start()
    } else if starts_with(text, "migrate:") {
        text.get("migrate:".len()..)?
    } else {
        return None;
    };
    [("up", Marker::Up), ("down", Marker::Down), ("statementbegin", Marker::Begin), ("statementend", Marker::End)]
        .into_iter()
        .find_map(|(name, marker)| starts_with(word, name).then_some(marker))
}
