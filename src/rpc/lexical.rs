//! What must be known of a `.proto` text before it is parsed: whether it is of an edition, and whether it nests too deeply.

use std::borrow::Cow;
use std::ops::Range;

/// How deep braces and brackets may nest: messages go 31 deep, and the parser of option values calls itself.
pub(super) const MAX_NESTING: usize = 100;

/// The text with blanks for its byte order mark, which the parser does not know.
pub(super) fn without_mark(text: &str) -> Cow<'_, str> {
    text.strip_prefix('\u{feff}').map_or(Cow::Borrowed(text), |rest| Cow::Owned(format!("   {rest}")))
}

/// Where the text says `edition` in place of `syntax`.
pub(super) fn edition(text: &str) -> Option<Range<usize>> {
    let text_bytes = text.as_bytes();
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    while let Some(byte) = text_bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c | b';' => at += 1,
            b'/' => at = comment(text_bytes, at)?,
            _ => break,
        }
    }
    let end = at + "edition".len();
    let follows = text_bytes.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
    let is_edition = text.get(at..end) == Some("edition") && follows;
    is_edition.then_some(at..end)
}

/// Where braces and brackets first nest deeper than [`MAX_NESTING`].
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let text = text.as_bytes();
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(byte) = text.get(at) {
        match byte {
            b'{' | b'[' | b'<' | b'(' => {
                depth += 1;
                if depth > MAX_NESTING {
                    return Some(at);
                }
            }
            b'}' | b']' | b'>' | b')' => depth = depth.saturating_sub(1),
            b'"' | b'\'' => at = string(text, at),
            b'/' => {
                at = comment(text, at).unwrap_or(at + 1);
                continue;
            }
            // Of option values.
            b'#' => {
                at = line_end(text, at);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The last byte of a string that starts at `at`; a string ends with its line at the latest.
fn string(text: &[u8], at: usize) -> usize {
    let quote = text.get(at).copied();
    let mut end = at + 1;
    while let Some(byte) = text.get(end) {
        match byte {
            b'\\' => end += 1,
            b'\n' => return end,
            byte if Some(*byte) == quote => return end,
            _ => {}
        }
        end += 1;
    }
    end
}

/// The byte behind a comment that starts at `at`; `None` where none does.
fn comment(text: &[u8], at: usize) -> Option<usize> {
    match text.get(at + 1)? {
        b'/' => Some(line_end(text, at)),
        b'*' => {
            let rest = text.get(at + 2..)?;
            Some(memchr::memmem::find(rest, b"*/").map_or(text.len(), |end| at + 2 + end + 2))
        }
        _ => None,
    }
}

fn line_end(text: &[u8], at: usize) -> usize {
    text.get(at..).and_then(|rest| memchr::memchr(b'\n', rest)).map_or(text.len(), |end| at + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_are_told_by_their_first_word() {
        for (text, word) in [
            ("edition = \"2023\";", Some(0)),
            ("\u{feff}// edition\n/* x */ edition='2023';", Some(22)),
            ("syntax = \"proto3\"; // edition", None),
            ("editions", None),
            ("/* edition", None),
            ("", None),
        ] {
            assert_eq!(edition(text).map(|range| range.start), word, "{text}");
        }
    }

    #[test]
    fn only_real_braces_nest() {
        let open = "{".repeat(MAX_NESTING);
        assert_eq!(too_deep(&open), None);
        assert_eq!(too_deep(&format!("{open}{{")), Some(MAX_NESTING));
        for quiet in ["\"{\"", "'\\'{'", "// {\n", "/* { */", "# {\n", "{}"] {
            assert_eq!(too_deep(&format!("{}{quiet}", &open[1..])), None, "{quiet}");
        }
    }
}
