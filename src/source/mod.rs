//! Named text: the files a run has read, by id, and the places in them.
//!
//! In: paths and text. Out: [`FileId`]s, [`Span`]s in bytes, line and column where a person needs them.
//! Invariant: every file is valid UTF-8, below [`MAX_FILE`] if it is not SQL, read once a run, and never changes while it runs.

mod changes;
mod disk;
mod remote;
mod scratch;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

pub use changes::Changes;
pub use disk::{Disk, read_line, read_stdin};
pub use remote::{Checkout, Remote, RemoteError};
pub use scratch::Scratch;

/// The largest input file, in bytes; a larger one is refused before it is read.
pub const MAX_FILE: u64 = 64 * 1024 * 1024;

/// What stands for a byte that is not UTF-8 in a file read as SQL: ASCII's own sign for it, SUB, which dumps escape.
pub const NOT_TEXT: u8 = 0x1a;

/// One file of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

impl Span {
    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Self { file, start, end }
    }

    /// From the start of this span to the end of `other`, which lies behind it in the same file.
    pub fn to(self, other: Span) -> Self {
        Self { end: other.end, ..self }
    }
}

/// A 1-based line and a 1-based column in code points (a tab counts one).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// 1-based.
    pub line: usize,
    /// 1-based, in code points.
    pub column: usize,
}

/// The byte of a 1-based line and column in code points; where there is no such place, the nearest before it.
pub fn byte_at(text: &str, line: u64, column: u64) -> usize {
    let behind = |number: u64| usize::try_from(number).unwrap_or(0).saturating_sub(1);
    let before: usize = text.split_inclusive('\n').take(behind(line)).map(str::len).sum();
    let line = text.get(before..).and_then(|rest| rest.lines().next()).unwrap_or("");
    before + line.chars().take(behind(column)).map(char::len_utf8).sum::<usize>()
}

/// Why a file could not become a source.
#[derive(Debug)]
pub enum ReadError {
    /// There is nothing at the path.
    Missing,
    /// The path is a directory.
    Directory,
    /// The file is larger than [`MAX_FILE`]; its size in bytes.
    TooLarge(u64),
    /// The text is not UTF-8 from this byte on.
    NotUtf8(usize),
    /// The file is no SQL; what it is.
    NotSql(&'static str),
    /// The system's own word.
    Io(std::io::Error),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("no such file"),
            Self::Directory => f.write_str("this is a directory, not a file"),
            Self::TooLarge(size) => write!(f, "the file has {size} bytes or more; the limit is {MAX_FILE}"),
            Self::NotUtf8(at) => write!(f, "not UTF-8 text (byte {at})"),
            Self::NotSql(what) => write!(f, "the file is {what}"),
            Self::Io(error) => write!(f, "{error}"),
        }
    }
}

#[derive(Debug)]
struct SourceFile {
    /// As the user knows it; what diagnostics print.
    name: String,
    text: String,
    /// The byte each line starts at; made when first asked for.
    lines: std::cell::OnceCell<Vec<usize>>,
    /// How many characters begin before each [`MARK`] bytes; made when a line is long enough to need them.
    marks: std::cell::OnceCell<Vec<usize>>,
}

/// A line of so many bytes is not counted through for each place in it: there may be thousands of places.
const MARK: usize = 4096;

/// The files of a run.
#[derive(Debug)]
pub struct Sources {
    disk: Disk,
    files: Vec<SourceFile>,
    by_path: BTreeMap<PathBuf, FileId>,
}

impl Default for Sources {
    fn default() -> Self {
        Self::new(Disk::Real)
    }
}

impl Sources {
    /// No files yet; later ones come from `disk`.
    pub fn new(disk: Disk) -> Self {
        Self { disk, files: Vec::new(), by_path: BTreeMap::new() }
    }

    /// The disk the files come from.
    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// A file that this run is about to write can be read as if it were there: `path` is absolute and without symbolic links.
    pub fn promise(&mut self, path: PathBuf, text: String) {
        self.disk = std::mem::take(&mut self.disk).with(path, text);
    }

    /// What stands at `path` is about to be moved away, with all below it: nothing of it is seen from now on. The path is
    /// absolute and, but for its last part, without symbolic links.
    pub fn vacate(&mut self, path: PathBuf) {
        self.disk = std::mem::take(&mut self.disk).without(path);
    }

    /// Adds text that has no file (standard input, a test), under a name for diagnostics.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile {
            name: name.into(),
            text: text.into(),
            lines: std::cell::OnceCell::new(),
            marks: std::cell::OnceCell::new(),
        });
        id
    }

    /// Reads the file at `path`, shown to the user as `name`. A file that was read before, under
    /// whatever spelling of its path, is not read again: its first id comes back.
    pub fn read(&mut self, path: &Path, name: &str) -> Result<FileId, ReadError> {
        self.read_as(path, name, Disk::read_text)
    }

    /// As [`Sources::read`], for SQL: of any size, with [`NOT_TEXT`] for bytes that are not UTF-8.
    ///
    /// # Errors
    ///
    /// As there, and for what is no text at all.
    pub fn read_sql(&mut self, path: &Path, name: &str) -> Result<FileId, ReadError> {
        self.read_as(path, name, Disk::read_sql)
    }

    fn read_as(&mut self, path: &Path, name: &str, read: fn(&Disk, &Path) -> Result<String, ReadError>) -> Result<FileId, ReadError> {
        let key = self.disk.canonical(path).map_err(disk::read_error)?;
        if let Some(&id) = self.by_path.get(&key) {
            return Ok(id);
        }
        let text = read(&self.disk, &key)?;
        let id = self.add(name, text);
        self.by_path.insert(key, id);
        Ok(id)
    }

    /// The whole text of a file.
    pub fn text(&self, file: FileId) -> &str {
        self.file(file).map_or("", |f| f.text.as_str())
    }

    /// The name diagnostics show for a file.
    pub fn name(&self, file: FileId) -> &str {
        self.file(file).map_or("", |f| f.name.as_str())
    }

    /// The text of a span; empty where the span is not one of this run's.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.start..span.end).unwrap_or("")
    }

    /// Where a byte of a file stands, for people.
    pub fn place(&self, file: FileId, offset: usize) -> Place {
        let Some(source) = self.file(file) else { return Place { line: 1, column: 1 } };
        let line = source.line_of(offset);
        let start = source.line_start(line);
        // A byte order mark is not a column anybody sees.
        let bom = if start == 0 && source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let end = floor_char(&source.text, offset);
        Place { line, column: source.characters(start + bom, end) + 1 }
    }

    /// The bytes of the line that a byte of a file stands in, without what ends it.
    pub fn line(&self, file: FileId, offset: usize) -> std::ops::Range<usize> {
        let Some(source) = self.file(file) else { return 0..0 };
        let line = source.line_of(offset);
        let start = source.line_start(line);
        let next = source.line_starts().get(line).map_or(source.text.len(), |next| next - 1);
        let text = source.text.get(start..next).unwrap_or("");
        start..start + text.trim_end_matches('\r').len()
    }

    fn file(&self, file: FileId) -> Option<&SourceFile> {
        self.files.get(file.0 as usize)
    }
}

impl SourceFile {
    fn line_starts(&self) -> &[usize] {
        self.lines.get_or_init(|| line_starts(&self.text))
    }

    /// 1-based.
    fn line_of(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|&start| start <= offset).max(1)
    }

    fn line_start(&self, line: usize) -> usize {
        self.line_starts().get(line - 1).copied().unwrap_or(0)
    }

    /// How many characters begin from one byte to another.
    fn characters(&self, start: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        let count = |start: usize, end: usize| characters(bytes.get(start..end).unwrap_or_default());
        if end < start + MARK {
            return count(start, end);
        }
        let marks = self.marks.get_or_init(|| {
            let chunks = bytes.chunks(MARK).scan(0, |sum, chunk| {
                *sum += characters(chunk);
                Some(*sum)
            });
            std::iter::once(0).chain(chunks).collect()
        });
        let before = |at: usize| marks.get(at / MARK).copied().unwrap_or(0) + count(at / MARK * MARK, at);
        before(end) - before(start)
    }
}

/// How many characters begin in the bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect()
}

fn floor_char(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_code_points_and_a_bom_has_none() {
        let mut sources = Sources::default();
        let file = sources.add("a.api", "\u{feff}a\t世界x\r\nb");
        assert_eq!(sources.place(file, 3), Place { line: 1, column: 1 });
        assert_eq!(sources.place(file, sources.text(file).find('x').unwrap()), Place { line: 1, column: 5 });
        assert_eq!(sources.place(file, sources.text(file).len()), Place { line: 2, column: 2 });
    }

    #[test]
    fn columns_of_long_lines_are_code_points_too() {
        let text = format!("\u{feff}{}\n{}", "aé世".repeat(3 * MARK), "é".repeat(2 * MARK));
        let mut sources = Sources::default();
        let file = sources.add("a.sql", text.as_str());
        for at in [0, 3, 4, MARK - 1, MARK, MARK + 3, 5 * MARK + 1, 18 * MARK, 18 * MARK + 3, 18 * MARK + 4, 20 * MARK, text.len()] {
            let before = &text[..floor_char(&text, at)];
            let line = before.rsplit('\n').next().unwrap().trim_start_matches('\u{feff}');
            let expected = Place { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 };
            assert_eq!(sources.place(file, at), expected, "at {at}");
        }
        assert_eq!(sources.line(file, 7), 0..3 + 18 * MARK);
        assert_eq!(sources.line(file, text.len()), 4 + 18 * MARK..text.len());
    }

    #[test]
    fn one_file_under_two_spellings_is_read_once() {
        let disk = Disk::memory([("/p/a.api", "syntax = \"v1\"")]);
        let mut sources = Sources::new(disk);
        let one = sources.read(Path::new("/p/a.api"), "a.api").unwrap();
        let two = sources.read(Path::new("/p/x/../a.api"), "x/../a.api").unwrap();
        assert_eq!(one, two);
    }

    #[test]
    fn a_promised_file_can_be_read_and_the_real_ones_too() {
        let dir = std::env::temp_dir().canonicalize().unwrap().join("ctl-promised");
        let file = dir.join("new/a.proto");
        let mut sources = Sources::default();
        sources.promise(file.clone(), "syntax".to_owned());
        let disk = sources.disk();
        assert!(disk.is_dir(&dir.join("new")) && disk.exists(&file) && !disk.is_dir(&file) && !disk.exists(&dir.join("other")));
        assert_eq!((disk.size(&file), disk.resolve(&dir.join("new/../new/a.proto"))), (Some(6), file.clone()));
        assert!(disk.exists(&std::env::temp_dir()));
        assert_eq!(disk.walk(&dir, ""), ["new/a.proto"]);
        let id = sources.read(&dir.join("new/./a.proto"), "a.proto").unwrap();
        assert_eq!(sources.text(id), "syntax");
    }

    #[test]
    fn what_is_moved_away_is_not_seen_but_what_takes_its_place_is() {
        let package = Path::new(env!("CARGO_MANIFEST_DIR")).canonicalize().unwrap();
        let (src, new) = (package.join("src"), package.join("src/source/new/go.mod"));
        let mut sources = Sources::default();
        sources.promise(src.join("early"), String::new());
        sources.vacate(src.clone());
        let disk = sources.disk();
        for path in [src.clone(), src.join("lib.rs"), src.join("early"), package.join("tests/../src/source"), "src/main.rs".into()] {
            assert!(!disk.exists(&path) && !disk.is_dir(&path) && disk.size(&path).is_none(), "{}", path.display());
            assert!(disk.read_text(&path).is_err() && disk.list(&path).is_err() && disk.canonical(&path).is_err(), "{}", path.display());
        }
        assert!(disk.is_dir(&package) && disk.read_text(&package.join("Cargo.toml")).is_ok());
        sources.promise(new.clone(), "module new".to_owned());
        let disk = sources.disk();
        assert_eq!(
            (disk.walk(&src, ""), disk.list(&src).unwrap()),
            (vec!["source/new/go.mod".to_owned()], vec![("source".to_owned(), true)])
        );
        assert!(disk.is_dir(&src) && !disk.is_dir(&new) && disk.exists(&new) && !disk.exists(&src.join("source/mod.rs")));
        assert_eq!(disk.read_text(&new).unwrap(), "module new");
    }
}
