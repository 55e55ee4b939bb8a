//! The places and comments of a `.proto` file: source information, by the paths that descriptors have.

use std::collections::BTreeMap;

use prost_types::SourceCodeInfo;
use prost_types::source_code_info::Location;

use crate::source::{FileId, Span};

/// How columns are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Columns {
    /// In bytes: ours.
    Bytes,
    /// In bytes, but that a tab goes to the next multiple of eight: protoc's.
    Tabs,
}

/// Where the parts of one file stand.
pub(super) struct Places<'a> {
    file: FileId,
    text: &'a str,
    columns: Columns,
    /// The byte each line starts at.
    lines: Vec<usize>,
    locations: BTreeMap<&'a [i32], &'a Location>,
}

impl<'a> Places<'a> {
    /// Those that `info` has.
    pub(super) fn new(file: FileId, text: &'a str, info: Option<&'a SourceCodeInfo>, columns: Columns) -> Self {
        let mut locations = BTreeMap::new();
        for location in info.iter().flat_map(|info| &info.location) {
            // The first one is the whole part; `extend` blocks repeat theirs.
            locations.entry(location.path.as_slice()).or_insert(location);
        }
        let lines = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        Self { file, text, columns, lines, locations }
    }

    /// Where a part stands; `None` where nobody says.
    pub(super) fn span(&self, path: &[i32]) -> Option<Span> {
        let location = self.locations.get(path)?;
        let (start, end) = match *location.span {
            [line, from, to] => ((line, from), (line, to)),
            [line, from, last, to] => ((line, from), (last, to)),
            _ => return None,
        };
        let (start, end) = (self.byte(start)?, self.byte(end)?);
        (start <= end && self.text.get(start..end).is_some()).then(|| Span::new(self.file, start, end))
    }

    /// The path of an import: its literal, not the statement around it.
    pub(super) fn import(&self, index: usize) -> Option<Span> {
        let whole = self.span(&[DEPENDENCY, i32::try_from(index).ok()?])?;
        let text = self.text.get(whole.start..whole.end)?;
        let quote = |c| c == '"' || c == '\'';
        match (text.find(quote), text.rfind(quote)) {
            (Some(open), Some(close)) if open < close => Some(Span::new(self.file, whole.start + open, whole.start + close + 1)),
            _ => Some(whole),
        }
    }

    /// The lines of the comment right above a part, without its marks and the blanks around it (contract: rpc 4.3; all
    /// lines, where goctl takes the first: one that is empty is kept).
    pub(super) fn comment(&self, path: &[i32]) -> Vec<String> {
        let text = self.locations.get(path).and_then(|location| location.leading_comments.as_deref()).unwrap_or("");
        lines_of_comment(text)
    }

    /// What a field calls its type, its values' type where it is a map; `None` where nobody says.
    pub(super) fn type_of(&self, field: &[i32]) -> Option<String> {
        let span = self.span(&[field, &[TYPE_NAME]].concat())?;
        self.text.get(span.start..span.end).map(held)
    }

    /// A 0-based line and column as a byte of the text.
    pub(super) fn byte(&self, (line, column): (i32, i32)) -> Option<usize> {
        let (line, column) = (usize::try_from(line).ok()?, usize::try_from(column).ok()?);
        let start = *self.lines.get(line)?;
        if self.columns == Columns::Bytes {
            return Some(start + column);
        }
        let (mut at, mut counted) = (start, 0);
        while counted < column {
            counted = if *self.text.as_bytes().get(at)? == b'\t' { (counted / 8 + 1) * 8 } else { counted + 1 };
            at += 1;
        }
        Some(at)
    }
}

/// The field numbers of descriptors that paths are made of.
pub(super) const DEPENDENCY: i32 = 3;
pub(super) const SERVICE: i32 = 6;
/// Of a service.
pub(super) const METHOD: i32 = 2;
/// Of a field.
const TYPE_NAME: i32 = 6;

/// The text of a field's type, of a map's values: `Outer.Inner` of `map<string, Outer.Inner>`.
fn held(ty: &str) -> String {
    let values = ty.rsplit_once(',').map_or(ty, |(_, values)| values);
    values.chars().filter(|c| !c.is_whitespace() && *c != '>').collect()
}

/// The lines of a comment as descriptors have it: without `//` or `/*`, with what stood behind them.
fn lines_of_comment(text: &str) -> Vec<String> {
    let mut lines: Vec<&str> = text.lines().map(str::trim).collect();
    // `/** text */` and `/// text` leave a mark of their own.
    if let Some(first) = lines.first_mut() {
        *first = first.strip_prefix('*').map_or(*first, str::trim_start);
    }
    if lines.iter().all(|line| line.is_empty() || line.starts_with('/')) {
        lines.iter_mut().for_each(|line| *line = line.trim_start_matches('/').trim_start());
    }
    let Some(first) = lines.iter().position(|line| !line.is_empty()) else { return Vec::new() };
    let last = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
    lines.get(first.saturating_sub(1)..last).unwrap_or_default().iter().map(|line| (*line).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn comments_lose_their_marks_and_keep_their_lines() {
        for (text, lines) in [
            (" one\n", vec!["one"]),
            (" one\n\n two \n", vec!["one", "", "two"]),
            ("\n one\n two\n ", vec!["", "one", "two"]),
            ("\n\n one\n", vec!["", "one"]),
            ("* doc ", vec!["doc"]),
            ("*\n doc\n * item\n", vec!["", "doc", "* item"]),
            ("/ one\n/\n/ two\n", vec!["one", "", "two"]),
            ("", vec![]),
            (" \n", vec![]),
        ] {
            assert_eq!(lines_of_comment(text), lines, "{text:?}");
        }
    }

    #[test]
    fn columns_of_both_kinds_are_bytes() {
        let text = "\t/* é */\tx";
        let mut sources = Sources::default();
        let file = sources.add("a.proto", text);
        let at = text.find('x').unwrap();
        let info = |column: i32| SourceCodeInfo {
            location: vec![Location { path: vec![1], span: vec![0, column, column + 1], ..Location::default() }],
        };
        let of = |columns, column| Places::new(file, text, Some(&info(column)), columns).span(&[1]);
        assert_eq!(of(Columns::Bytes, 10), Some(Span::new(file, at, at + 1)));
        assert_eq!(of(Columns::Tabs, 24), Some(Span::new(file, at, at + 1)));
        assert_eq!(of(Columns::Bytes, 99), None);
    }
}
