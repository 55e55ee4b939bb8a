//! Lines of the source.
//!
//! In: the source. Out: the line and column of an offset, both counted from one, the column in bytes. Invariant: the
//! starts are increasing; import sorting may join lines, as gofmt does where it drops a duplicate.

use super::token::Pos;
use std::cell::Cell;

/// A place in the source or in the output.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    /// Byte offset.
    pub(super) offset: u32,
    /// Line, from one.
    pub(super) line: u32,
    /// Byte column, from one.
    pub(super) column: u32,
}

/// The starts of all lines.
pub(super) struct Lines {
    starts: Vec<Pos>,
    /// The line of the last question: most questions are about the same or the next one.
    last: Cell<usize>,
}

impl Lines {
    /// Finds the lines of a source.
    pub(super) fn new(src: &str) -> Lines {
        let mut starts = Vec::with_capacity(src.len() / 24 + 1);
        starts.push(0);
        // A line break at the very end starts no line.
        let breaks = src.bytes().enumerate().filter(|&(i, b)| b == b'\n' && i + 1 < src.len());
        starts.extend(breaks.map(|(i, _)| i as Pos + 1));
        Lines { starts, last: Cell::new(0) }
    }

    /// The index of the line that holds the offset.
    fn index(&self, pos: Pos) -> usize {
        let last = self.last.get();
        let start = |i: usize| self.starts.get(i).copied().unwrap_or(Pos::MAX);
        let index = if start(last) <= pos && pos < start(last + 1) {
            last
        } else if start(last + 1) <= pos && pos < start(last + 2) {
            last + 1
        } else {
            self.starts.partition_point(|&s| s <= pos).saturating_sub(1)
        };
        self.last.set(index);
        index
    }

    /// The line of an offset, from one.
    pub(super) fn line(&self, pos: Pos) -> u32 {
        self.index(pos) as u32 + 1
    }

    /// The line and column of an offset.
    pub(super) fn place(&self, pos: Pos) -> Place {
        let index = self.index(pos);
        let start = self.starts.get(index).copied().unwrap_or(0);
        Place { offset: pos, line: index as u32 + 1, column: pos - start + 1 }
    }

    /// How many lines there are.
    pub(super) fn count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// Where a line starts.
    pub(super) fn start(&self, line: u32) -> Pos {
        self.starts.get((line as usize).saturating_sub(1)).copied().unwrap_or(0)
    }

    /// Makes one line of the lines from `first` to `last`.
    pub(super) fn join_range(&mut self, first: u32, last: u32) {
        let (from, to) = (first as usize, (last as usize).min(self.starts.len()));
        if from < to {
            self.starts.drain(from..to);
            self.last.set(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns() {
        let mut lines = Lines::new("ab\nc\n\nd\n");
        assert_eq!(lines.count(), 4);
        assert_eq!(lines.place(3), Place { offset: 3, line: 2, column: 1 });
        assert_eq!(lines.line(2), 1);
        assert_eq!(lines.line(8), 4);
        lines.join_range(2, 3);
        assert_eq!(lines.line(6), 3);
        assert_eq!(lines.place(4).column, 2);
    }
}
