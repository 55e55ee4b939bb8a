//! Doc comments: links and quotes inside text.
//!
//! In: the text of a paragraph. Out: the text with ``quotes'' as “quotes”, except inside URLs, and which link
//! definitions it uses. Invariant: nothing else changes (go/doc/comment parse.go, parseLinkedText and parseText).

use super::unicode::is_letter;

/// A link definition `[text]: url`.
pub(super) struct Definition {
    text: String,
    url: String,
    used: bool,
}

/// All link definitions of a doc comment.
#[derive(Default)]
pub(super) struct Links(Vec<Definition>);

const SCHEMES: [&str; 7] = ["file", "ftp", "gopher", "http", "https", "mailto", "nntp"];

/// Reads a link definition.
pub(super) fn link_definition(line: &str) -> Option<Definition> {
    let (text, rest) = line.strip_prefix('[')?.split_once("]:")?;
    if rest.len() < 2 || !rest.starts_with([' ', '\t']) {
        return None;
    }
    let url = rest.get(1..)?.trim();
    let (scheme, _) = url.split_once("://")?;
    SCHEMES.contains(&scheme).then(|| Definition { text: text.to_owned(), url: url.to_owned(), used: false })
}

impl Links {
    /// Adds definitions.
    pub(super) fn define(&mut self, definitions: Vec<Definition>) {
        self.0.extend(definitions);
    }

    /// Marks the first definition of a text as used, if there is one.
    fn use_definition(&mut self, text: &str) -> bool {
        match self.0.iter_mut().find(|definition| definition.text == text) {
            Some(definition) => {
                definition.used = true;
                true
            }
            None => false,
        }
    }

    /// Writes the used definitions, then the others.
    pub(super) fn write_definitions(&self, out: &mut String) {
        for used in [true, false] {
            for (i, definition) in self.0.iter().filter(|d| d.used == used).enumerate() {
                if i == 0 {
                    out.push('\n');
                }
                out.push('[');
                out.push_str(&definition.text);
                out.push_str("]: ");
                out.push_str(&definition.url);
                out.push('\n');
            }
        }
    }

    /// Writes text, `indent` after each of its line breaks.
    pub(super) fn write(&mut self, text: &str, indent: &str, out: &mut String) {
        if self.0.is_empty() && !text.contains("``") && !text.contains("''") {
            return write_indented(text, indent, out);
        }
        let mut changed = String::with_capacity(text.len());
        let mut written = 0;
        let mut opening = None;
        for (i, byte) in text.bytes().enumerate() {
            match byte {
                b'[' => opening = Some(i),
                b']' => {
                    if let Some(start) = opening.take() {
                        let name = text.get(start + 1..i).unwrap_or_default();
                        if self.use_definition(&name.replace(['\n', '\t'], " ")) {
                            replace_quotes(text.get(written..start).unwrap_or_default(), true, &mut changed);
                            changed.push('[');
                            replace_quotes(name, false, &mut changed);
                            changed.push(']');
                            written = i + 1;
                        }
                    }
                }
                _ => {}
            }
        }
        replace_quotes(text.get(written..).unwrap_or_default(), true, &mut changed);
        write_indented(&changed, indent, out);
    }
}

fn write_indented(text: &str, indent: &str, out: &mut String) {
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
            out.push_str(indent);
        }
        out.push_str(line);
    }
}

/// Copies text with its quotes replaced; URLs are copied as they are if `links` says so.
fn replace_quotes(text: &str, links: bool, out: &mut String) {
    let bytes = text.as_bytes();
    let mut written = 0;
    let mut i = 0;
    while i < bytes.len() {
        let rest = bytes.get(i..).unwrap_or_default();
        if links {
            let len = url_len(rest).unwrap_or_else(|| word_len(text, i));
            if len > 0 {
                i += len;
                continue;
            }
        }
        let quote = match rest {
            [b'`', b'`', b'`', ..] => {
                i += 3;
                // Go compares the place in the text with the length of its rest; so do we.
                while i < rest.len() && rest.get(i) == Some(&b'`') {
                    i += 1;
                }
                continue;
            }
            [b'`', b'`', ..] => '“',
            [b'\'', b'\'', ..] => '”',
            _ => {
                i += 1;
                continue;
            }
        };
        out.push_str(text.get(written..i).unwrap_or_default());
        out.push(quote);
        i += 2;
        written = i;
    }
    out.push_str(text.get(written..).unwrap_or_default());
}

/// The length of the word that starts here.
fn word_len(text: &str, at: usize) -> usize {
    let Some(rest) = text.get(at..) else { return 0 };
    let end = rest.char_indices().find(|&(i, c)| {
        let in_word = if c.is_ascii() { c == '_' || c.is_ascii_alphabetic() || i > 0 && c.is_ascii_digit() } else { is_letter(c) };
        !in_word
    });
    end.map_or(rest.len(), |(i, _)| i)
}

/// The length of the URL that starts here (go/doc/comment, autoURL): punctuation at its end and brackets that were not
/// opened in it do not belong to it.
fn url_len(text: &[u8]) -> Option<usize> {
    if text.len() < 7 {
        return None;
    }
    let colon = (3..7).find(|&i| text.get(i) == Some(&b':'))?;
    let scheme = text.get(..colon)?;
    if text.get(colon..colon + 3) != Some(b"://") || !SCHEMES.iter().any(|s| s.as_bytes() == scheme) {
        return None;
    }
    let is_punct = |b: u8| matches!(b, b'.' | b',' | b':' | b';' | b'?' | b'!');
    let is_host = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'@' | b'-' | b'.' | b'[' | b']' | b':');
    let mut i = colon + 3;
    let first = text.get(i).copied()?;
    if !is_host(first) || is_punct(first) {
        return None;
    }
    i += 1;
    let mut end = i;
    while let Some(&b) = text.get(i)
        && is_host(b)
    {
        i += 1;
        if !is_punct(b) {
            end = i;
        }
    }
    i = end;
    let is_path = |b: u8| b.is_ascii_alphanumeric() || b"$'()*+&#=@~_/-[]{}%".contains(&b);
    let mut open = Vec::new();
    while let Some(&b) = text.get(i) {
        i += 1;
        if is_punct(b) {
            continue;
        }
        if !is_path(b) {
            break;
        }
        match b {
            b'(' => open.push(b')'),
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b')' | b'}' | b']' if open.pop() != Some(b) => break,
            _ => {}
        }
        if open.is_empty() {
            end = i;
        }
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes() {
        let mut out = String::new();
        replace_quotes("a ``b'' ```c``` http://x/''y 'd'", true, &mut out);
        assert_eq!(out, "a “b” ```c``` http://x/''y 'd'");
    }

    #[test]
    fn urls() {
        assert_eq!(url_len(b"http://a.b/c(d)."), Some(15));
        assert_eq!(url_len(b"http://a.b/c)"), Some(12));
        assert_eq!(url_len(b"html://a.b"), None);
    }

    #[test]
    fn definitions() {
        assert!(link_definition("[a b]: https://x").is_some());
        assert!(link_definition("[a]:https://x").is_none());
        assert!(link_definition("[a]: x").is_none());
    }
}
