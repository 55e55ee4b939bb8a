//! A template's text with parts of it spelled otherwise for its engine, and the way back to the user's places.

use std::ops::Range;

/// The engine's text, and where its parts come from.
#[derive(Debug, Default)]
pub(super) struct Respelled {
    /// What the engine reads.
    pub text: String,
    moved: Vec<Moved>,
    len: usize,
}

/// A part that was replaced; where `old` is empty, something was put in.
#[derive(Debug)]
struct Moved {
    old: Range<usize>,
    new: Range<usize>,
}

impl Respelled {
    /// A text with its edits, which come in their order and do not overlap.
    pub(super) fn new(text: &str, edits: impl IntoIterator<Item = (Range<usize>, String)>) -> Self {
        let mut respelled = Self { text: String::with_capacity(text.len() + text.len() / 4), moved: Vec::new(), len: text.len() };
        let mut done = 0;
        for (old, spelled) in edits {
            respelled.text.push_str(&text[done..old.start]);
            let start = respelled.text.len();
            respelled.text.push_str(&spelled);
            done = old.end;
            respelled.moved.push(Moved { old, new: start..respelled.text.len() });
        }
        respelled.text.push_str(&text[done..]);
        respelled
    }

    /// A range of the engine's text in the user's. What lies in a replaced part is the whole of it.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        let within = |new: usize, before: usize, inside: fn(&Range<usize>) -> usize| match self.moved[..before].last() {
            Some(moved) if new < moved.new.end => inside(&moved.old),
            Some(moved) => moved.old.end + (new - moved.new.end),
            None => new,
        };
        let start = within(range.start, self.moved.partition_point(|moved| moved.new.start <= range.start), |old| old.start);
        let end = within(range.end, self.moved.partition_point(|moved| moved.new.start < range.end), |old| old.end);
        let (start, end) = (start.min(self.len), end.min(self.len));
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back() {
        let text = Respelled::new("abcdef", [(1..1, "XX".to_owned()), (3..5, "Y".to_owned())]);
        assert_eq!(text.text, "aXXbcYf");
        assert_eq!(text.original(3..5), 1..3);
        assert_eq!(text.original(5..6), 3..5);
        assert_eq!(text.original(2..3), 1..1);
        assert_eq!(text.original(6..99), 5..6);
    }
}
