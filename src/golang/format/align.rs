//! Tab stops: text in cells to text in columns.
//!
//! In: the printer's output, in which `\t` and `\v` end a cell, `\n` a line, `\f` a line and all columns, and text
//! between [`ESCAPE`] bytes is not looked at. Out: the text with every column padded to its widest cell, trailing blanks
//! removed. Invariant: the columns are those of text/tabwriter with cells padded by at least one blank, indentation in
//! tabs, and columns of empty soft cells (`\v`) dropped. A column is a run of lines that have a cell there.

use super::print::ESCAPE;

/// A tab indents by so many columns.
const TAB_WIDTH: usize = 8;

/// Text up to a tab or the end of a line.
#[derive(Clone, Copy)]
struct Cell {
    /// Where its text ends in the input; it starts where the cell before ends, past the character in between.
    start: usize,
    end: usize,
    /// In characters.
    width: usize,
    /// Whether a real tab ended it, so that it does not disappear when empty.
    hard: bool,
}

/// A line of cells; the last cell belongs to no column.
#[derive(Clone, Copy)]
struct Line {
    first: usize,
    len: usize,
}

struct Aligner<'a> {
    text: &'a [u8],
    cells: Vec<Cell>,
    lines: Vec<Line>,
    widths: Vec<usize>,
    out: Vec<u8>,
}

/// Replaces tab stops by padding.
pub(super) fn align(text: &[u8]) -> Vec<u8> {
    let out = Vec::with_capacity(text.len() + text.len() / 8);
    let mut aligner = Aligner { text, cells: Vec::new(), lines: Vec::new(), widths: Vec::new(), out };
    aligner.run();
    aligner.out
}

impl Aligner<'_> {
    fn run(&mut self) {
        let text = self.text;
        let mut first = 0;
        let mut start = 0;
        let mut width = 0;
        let mut i = 0;
        while let Some(&byte) = text.get(i) {
            match byte {
                b'\t' | b'\x0b' | b'\n' | b'\x0c' => {
                    self.cells.push(Cell { start, end: i, width, hard: byte == b'\t' });
                    (start, width) = (i + 1, 0);
                    if matches!(byte, b'\n' | b'\x0c') {
                        let len = self.cells.len() - first;
                        self.lines.push(Line { first, len });
                        first = self.cells.len();
                        // A line of one cell has no column, so nothing goes on across it.
                        if byte == b'\x0c' || len == 1 {
                            self.flush();
                            first = 0;
                        }
                    }
                    i += 1;
                }
                ESCAPE => {
                    let rest = text.get(i + 1..).unwrap_or_default();
                    let len = rest.iter().position(|&b| b == ESCAPE).unwrap_or(rest.len());
                    width += characters(rest.get(..len).unwrap_or_default());
                    i += len + 2;
                }
                _ => {
                    width += usize::from(byte & 0xc0 != 0x80);
                    i += 1;
                }
            }
        }
        // The printer's output ends with a line break; anything else is still a line.
        if start < text.len() {
            self.cells.push(Cell { start, end: text.len(), width, hard: false });
            self.lines.push(Line { first, len: self.cells.len() - first });
        }
        self.flush();
    }

    /// Writes the lines gathered so far; no column goes on after them.
    fn flush(&mut self) {
        self.columns(0, self.lines.len());
        self.cells.clear();
        self.lines.clear();
    }

    /// Lays out the lines from `from` to `to`, whose columns up to the current one have their widths.
    fn columns(&mut self, from: usize, to: usize) {
        let column = self.widths.len();
        let mut written = from;
        let mut i = from;
        while i < to {
            if self.cell(i, column).is_none() {
                i += 1;
                continue;
            }
            self.write_lines(written, i);
            let start = i;
            let mut width = 0;
            let mut discardable = true;
            while i < to
                && let Some(cell) = self.cell(i, column)
            {
                width = width.max(cell.width + 1);
                discardable &= cell.width == 0 && !cell.hard;
                i += 1;
            }
            self.widths.push(if discardable { 0 } else { width });
            self.columns(start, i);
            self.widths.pop();
            written = i;
        }
        self.write_lines(written, to);
    }

    /// The cell of a line in a column; the last cell of a line is in none.
    fn cell(&self, line: usize, column: usize) -> Option<Cell> {
        let line = self.lines.get(line)?;
        if column + 1 < line.len { self.cells.get(line.first + column).copied() } else { None }
    }

    fn write_lines(&mut self, from: usize, to: usize) {
        for line in self.lines.get(from..to).unwrap_or_default() {
            // What is kept when the line ends: everything up to the last text that is not blank.
            let mut kept = self.out.len();
            let mut indenting = true;
            let cells = self.cells.get(line.first..line.first + line.len).unwrap_or_default();
            for (column, cell) in cells.iter().enumerate() {
                let text = self.text.get(cell.start..cell.end).unwrap_or_default();
                if !text.is_empty() {
                    indenting = false;
                    copy_cell(text, &mut self.out, &mut kept);
                }
                if let Some(&width) = self.widths.get(column) {
                    if indenting {
                        let tabs = width.div_ceil(TAB_WIDTH);
                        self.out.resize(self.out.len() + tabs, b'\t');
                    } else {
                        self.out.resize(self.out.len() + width.saturating_sub(cell.width), b' ');
                    }
                }
            }
            self.out.truncate(kept);
            self.out.push(b'\n');
        }
    }
}

/// Copies a cell without its escapes; blanks inside escapes are kept at the end of a line, others are not.
fn copy_cell(text: &[u8], out: &mut Vec<u8>, kept: &mut usize) {
    let mut parts = text.split(|&b| b == ESCAPE);
    if let Some(plain) = parts.next() {
        copy_plain(plain, out, kept);
    }
    while let Some(literal) = parts.next() {
        out.extend_from_slice(literal);
        *kept = out.len();
        if let Some(plain) = parts.next() {
            copy_plain(plain, out, kept);
        }
    }
}

fn copy_plain(text: &[u8], out: &mut Vec<u8>, kept: &mut usize) {
    let start = out.len();
    out.extend_from_slice(text);
    if let Some(last) = text.iter().rposition(|&b| b != b' ') {
        *kept = start + last + 1;
    }
}

/// The number of characters of UTF-8 text.
fn characters(text: &[u8]) -> usize {
    text.iter().filter(|&&b| b & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(text: &str) -> String {
        let bytes: Vec<u8> = text.bytes().map(|b| if b == b'~' { ESCAPE } else { b }).collect();
        String::from_utf8(align(&bytes)).unwrap_or_default()
    }

    #[test]
    fn cells_of_a_run_of_lines_are_a_column() {
        assert_eq!(aligned("a\x0bb\nccc\x0bd\n"), "a   b\nccc d\n");
        assert_eq!(aligned("a\x0bb\x0cccc\x0bd\n"), "a b\nccc d\n");
        assert_eq!(aligned("\ta\x0bb\n\tccc\x0bd\n"), "\ta   b\n\tccc d\n");
        assert_eq!(aligned("é\x0bb\ncc\x0bd\n"), "é  b\ncc d\n");
    }

    #[test]
    fn empty_soft_columns_disappear() {
        assert_eq!(aligned("a\x0b\x0bb\nccc\x0b\x0bd\n"), "a   b\nccc d\n");
    }

    #[test]
    fn trailing_blanks_are_removed_outside_literals() {
        assert_eq!(aligned("a \x0b\nb\x0b~ ~\n"), "a\nb   \n");
        assert_eq!(aligned("~a\tb\nc~ \n"), "a\tb\nc\n");
    }
}
