//! The words of an `.api` text: where strings, comments, names and punctuation lie.
//!
//! In: text, valid or not. Out: its [`Word`]s in order, nothing but blanks between them. The meaning of words is the
//! grammar's business; this pass is for what pest cannot do: cutting a file into statements, finding the comments
//! around a place, naming the culprit of a mistake. Invariant: linear, whatever the bytes.

use std::ops::Range;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, digits and `_`.
    Name,
    /// `@` and the letters behind it.
    At,
    /// `"…"`
    Text,
    /// `` `…` ``
    Raw,
    /// `// …`, without the end of the line.
    LineComment,
    /// `/* … */`
    BlockComment,
    /// A string or comment without its end, up to the end of the line it starts in.
    Unclosed,
    /// Any other character; `...` is one word.
    Mark,
}

impl Kind {
    /// `// …` or `/* … */`
    pub fn is_comment(self) -> bool {
        matches!(self, Self::LineComment | Self::BlockComment)
    }
}

/// One word. Offsets are 32 bits wide: files are smaller than that, and large ones have many words.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// What it is.
    pub kind: Kind,
    start: u32,
    end: u32,
}

impl Word {
    /// The first byte.
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// The byte behind the last.
    pub fn end(&self) -> usize {
        self.end as usize
    }
}

/// The words of a text.
#[derive(Debug)]
pub struct Words<'a> {
    /// The whole text.
    pub text: &'a str,
    /// In order.
    pub all: Vec<Word>,
}

impl<'a> Words<'a> {
    /// The words of `text` from the byte `from` on.
    pub fn scan(text: &'a str, from: usize) -> Self {
        let mut scanner = Scanner {
            bytes: text.as_bytes(),
            at: from,
            all: Vec::with_capacity(text.len().saturating_sub(from) / 5),
            no_more: 0,
            info: InfoBlock::No,
        };
        while scanner.word() {}
        Self { text, all: scanner.all }
    }

    /// The text of a word.
    pub fn str(&self, word: &Word) -> &'a str {
        self.text.get(word.start()..word.end()).unwrap_or("")
    }

    /// The index of the first word that starts at `offset` or behind it.
    pub fn at(&self, offset: usize) -> usize {
        self.all.partition_point(|w| w.start() < offset)
    }

    /// Reads the text anew from `offset` on, and returns the index of the first word there.
    pub fn resume(&mut self, offset: usize) -> usize {
        let from = self.at(offset);
        // The word that reaches over `offset` was read wrongly.
        self.all.truncate(from);
        if let Some(last) = self.all.last_mut().filter(|w| w.end() > offset) {
            last.kind = Kind::Unclosed;
            last.end = u32::try_from(offset).unwrap_or(u32::MAX);
        }
        self.all.append(&mut Self::scan(self.text, offset).all);
        from
    }

    /// The last word, comments aside, that starts before `offset`.
    pub fn before(&self, offset: usize) -> Option<&Word> {
        self.all[..self.at(offset)].iter().rev().find(|w| !w.kind.is_comment())
    }

    /// The first word, comments aside, that starts at `offset` or behind it.
    pub fn after(&self, offset: usize) -> Option<&Word> {
        self.all[self.at(offset)..].iter().find(|w| !w.kind.is_comment())
    }

    /// Whether a line ends between two offsets.
    pub fn line_ends(&self, between: Range<usize>) -> bool {
        self.text.as_bytes().get(between).is_some_and(|bytes| bytes.contains(&b'\n'))
    }
}

/// Whether a byte can stand in a name.
pub fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Inside `info ( … )` a text may stand without quotes, and `http://x` in it is no comment.
#[derive(PartialEq, Eq)]
enum InfoBlock {
    No,
    Word,
    Open,
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    all: Vec<Word>,
    /// Bits of the closers known not to come any more, so that nobody looks for them again.
    no_more: u8,
    info: InfoBlock,
}

impl Scanner<'_> {
    /// Takes one word; false at the end of the text.
    fn word(&mut self) -> bool {
        while self.bytes.get(self.at).is_some_and(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)) {
            self.at += 1;
        }
        let start = self.at;
        let Some(&first) = self.bytes.get(start) else { return false };
        let next = self.bytes.get(start + 1).copied().unwrap_or(0);
        let kind = match first {
            b'"' => self.until(b"\"", 1, 1, Kind::Text),
            b'`' => self.until(b"`", 1, 2, Kind::Raw),
            b'/' if next == b'*' => self.until(b"*/", 2, 4, Kind::BlockComment),
            b'/' if next == b'/' && !self.is_url(start) => {
                self.at = self.line_end(start);
                Kind::LineComment
            }
            b'@' => {
                self.run(start + 1, |b| is_name_byte(*b));
                Kind::At
            }
            _ if is_name_byte(first) => {
                self.run(start + 1, |b| is_name_byte(*b));
                Kind::Name
            }
            b'.' if self.bytes[start..].starts_with(b"...") => {
                self.at = start + 3;
                Kind::Mark
            }
            _ => {
                // One character: the bytes that continue it belong to it.
                self.run(start + 1, |b| *b & 0b1100_0000 == 0b1000_0000);
                Kind::Mark
            }
        };
        if !kind.is_comment() {
            self.info = match (&self.info, first) {
                (_, b'i') if &self.bytes[start..self.at] == b"info" => InfoBlock::Word,
                (InfoBlock::Word, b'(') => InfoBlock::Open,
                (InfoBlock::Open, b) if b != b')' => InfoBlock::Open,
                _ => InfoBlock::No,
            };
        }
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        self.all.push(Word { kind, start: narrow(start), end: narrow(self.at) });
        true
    }

    fn run(&mut self, from: usize, takes: impl Fn(&u8) -> bool) {
        self.at = from + self.bytes[from..].iter().take_while(|b| takes(b)).count();
    }

    /// Takes everything up to and with `closer`; up to the end of the line if it never comes.
    fn until(&mut self, closer: &[u8], opener: usize, bit: u8, kind: Kind) -> Kind {
        let from = self.at + opener;
        if self.no_more & bit == 0 {
            let body = self.bytes.get(from..).unwrap_or(&[]);
            let found = match closer {
                [one] => body.iter().position(|b| b == one),
                _ => body.windows(closer.len()).position(|w| w == closer),
            };
            if let Some(length) = found {
                self.at = from + length + closer.len();
                return kind;
            }
            self.no_more |= bit;
        }
        self.at = self.line_end(self.at);
        Kind::Unclosed
    }

    /// The end of the line, a carriage return before it left out.
    fn line_end(&self, from: usize) -> usize {
        let end = self.bytes[from..].iter().position(|b| *b == b'\n').map_or(self.bytes.len(), |n| from + n);
        if end > from && self.bytes[end - 1] == b'\r' { end - 1 } else { end }
    }

    /// Whether the two slashes at `start` belong to `http://…` in a text without quotes of an `info` block.
    fn is_url(&self, start: usize) -> bool {
        if self.info != InfoBlock::Open || start < 2 || self.bytes[start - 1] != b':' || !is_name_byte(self.bytes[start - 2]) {
            return false;
        }
        // Directly behind a key they are a comment.
        let words: Vec<&Word> = self.all.iter().rev().take(3).collect();
        matches!(words[..], [colon, name, before] if colon.end() == start
            && name.end() == colon.start()
            && before.kind != Kind::LineComment
            && self.bytes[before.start()] != b'('
            && !self.bytes[before.end()..name.start()].contains(&b'\n'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(Kind, &str)> {
        let words = Words::scan(text, 0);
        words.all.iter().map(|w| (w.kind, words.str(w))).collect()
    }

    #[test]
    fn strings_and_comments_hide_each_other() {
        assert_eq!(
            words("\"//\" // \"\r\n`/*` /* ` */...@doc µ"),
            [
                (Kind::Text, "\"//\""),
                (Kind::LineComment, "// \""),
                (Kind::Raw, "`/*`"),
                (Kind::BlockComment, "/* ` */"),
                (Kind::Mark, "..."),
                (Kind::At, "@doc"),
                (Kind::Mark, "µ"),
            ]
        );
    }

    #[test]
    fn what_is_not_closed_ends_with_its_line() {
        assert_eq!(words("/* a\n/* b\nc"), [(Kind::Unclosed, "/* a"), (Kind::Unclosed, "/* b"), (Kind::Name, "c")]);
    }

    #[test]
    fn an_address_in_an_info_text_is_no_comment() {
        assert!(words("info ( a: see http://x )").iter().all(|(k, _)| !k.is_comment()));
        assert!(words("info ( a: b\nc:// x\n)").iter().any(|(k, _)| k.is_comment()));
        assert!(words("type A { a http:// x\n)").iter().any(|(k, _)| k.is_comment()));
    }
}
