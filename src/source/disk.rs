//! The disk as the rest of ctl sees it: the machine's, or a map in memory (tests, fuzzing).

// The one place that reads the disk (ARCHITECTURE, invariant 3).
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, Read};
use std::path::{Component, Path, PathBuf};

use super::changes::Changes;
use super::{MAX_FILE, NOT_TEXT, ReadError};

/// Where files are read from.
#[derive(Debug, Default)]
pub enum Disk {
    /// The machine's.
    #[default]
    Real,
    /// The machine's, as this run is about to leave it.
    RealWith(Changes),
    /// Files by absolute path; directories are the parents of files.
    Memory(BTreeMap<PathBuf, String>),
}

impl Disk {
    /// A disk that holds just these files (absolute paths and their text).
    pub fn memory<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self::Memory(files.into_iter().map(|(path, text)| (PathBuf::from(path), text.to_owned())).collect())
    }

    /// The same disk with a file that the run is about to write: readable like those that are there.
    pub(super) fn with(self, path: PathBuf, text: String) -> Self {
        match self {
            Self::Memory(mut files) => {
                files.insert(path, text);
                Self::Memory(files)
            }
            real => real.changed(|changes| changes.write(path, text)),
        }
    }

    /// The same disk without what stands at `path` and below it, which the run is about to move away.
    pub(super) fn without(self, path: PathBuf) -> Self {
        match self {
            Self::Memory(mut files) => {
                files.retain(|file, _| !file.starts_with(&path));
                Self::Memory(files)
            }
            real => real.changed(|changes| changes.vacate(path)),
        }
    }

    fn changed(self, change: impl FnOnce(&mut Changes)) -> Self {
        let mut changes = if let Self::RealWith(changes) = self { changes } else { Changes::default() };
        change(&mut changes);
        Self::RealWith(changes)
    }

    /// The absolute path of an existing file or directory, without `.`, `..` and symbolic links.
    pub fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        match self {
            Self::Real => fs::canonicalize(path),
            Self::RealWith(changes) => changes.ask(path, |path| fs::canonicalize(path)).or_else(|error| changes.holds(path).ok_or(error)),
            Self::Memory(files) => {
                let clean = clean(path);
                let found = files.keys().any(|file| file.starts_with(&clean));
                if found { Ok(clean) } else { Err(io::ErrorKind::NotFound.into()) }
            }
        }
    }

    /// The absolute path of a file or directory that may not exist yet: symbolic links resolved as far as it does, `.`
    /// and `..` by the text behind that.
    pub fn resolve(&self, path: &Path) -> PathBuf {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        for ancestor in absolute.ancestors() {
            if let Ok(real) = self.canonical(ancestor) {
                return clean(&real.join(absolute.strip_prefix(ancestor).unwrap_or(Path::new(""))));
            }
        }
        clean(&absolute)
    }

    /// The files below a directory whose names end in `end`, as paths relative to it with forward slashes, sorted; links to
    /// directories are not followed, what cannot be listed is passed over.
    pub fn walk(&self, dir: &Path, end: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut todo = vec![String::new()];
        while let Some(below) = todo.pop() {
            for (name, is_dir) in self.list(&dir.join(&below)).unwrap_or_default() {
                let path = if below.is_empty() { name } else { format!("{below}/{name}") };
                if is_dir {
                    todo.push(path);
                } else if path.ends_with(end) {
                    found.push(path);
                }
            }
        }
        found.sort();
        found
    }

    /// Whether a directory stands at `path`.
    pub fn is_dir(&self, path: &Path) -> bool {
        match self {
            Self::Real => fs::metadata(path).is_ok_and(|meta| meta.is_dir()),
            Self::RealWith(changes) => match changes.holds(path) {
                Some(_) => changes.file(path).is_none(),
                None => changes.ask(path, |path| Ok(Self::Real.is_dir(path))).unwrap_or(false),
            },
            Self::Memory(files) => {
                let clean = clean(path);
                files.keys().any(|file| file != &clean && file.starts_with(&clean))
            }
        }
    }

    /// The bytes of the file at `path`; `None` where there is no file.
    pub fn size(&self, path: &Path) -> Option<u64> {
        match self {
            Self::Real => fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|meta| meta.len()),
            Self::RealWith(changes) => match changes.file(path) {
                Some(text) => Some(text.len() as u64),
                None => changes.ask(path, |path| Ok(Self::Real.size(path))).ok()?,
            },
            Self::Memory(files) => files.get(&clean(path)).map(|text| text.len() as u64),
        }
    }

    /// Whether anything stands at `path`.
    pub fn exists(&self, path: &Path) -> bool {
        match self {
            Self::Real => fs::symlink_metadata(path).is_ok(),
            Self::RealWith(changes) => {
                changes.ask(path, |path| Ok(Self::Real.exists(path))).unwrap_or(false) || self.canonical(path).is_ok()
            }
            Self::Memory(_) => self.canonical(path).is_ok(),
        }
    }

    /// Whether a program that can be started stands at `path`.
    pub fn is_program(&self, path: &Path) -> bool {
        match self {
            #[cfg(unix)]
            Self::Real => {
                use std::os::unix::fs::PermissionsExt;
                fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
            }
            Self::RealWith(changes) => changes.ask(path, |path| Ok(Self::Real.is_program(path))).unwrap_or(false),
            _ => self.size(path).is_some(),
        }
    }

    /// The text of the file at `path`; errors as [`ReadError`] says.
    pub fn read_text(&self, path: &Path) -> Result<String, ReadError> {
        match self {
            Self::Real => {
                let meta = fs::metadata(path).map_err(read_error)?;
                if meta.is_dir() {
                    return Err(ReadError::Directory);
                }
                if meta.len() > MAX_FILE {
                    return Err(ReadError::TooLarge(meta.len()));
                }
                // A pipe does not say how much it holds, and a device may never end.
                let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
                fs::File::open(path).and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut bytes)).map_err(read_error)?;
                if bytes.len() as u64 > MAX_FILE {
                    return Err(ReadError::TooLarge(bytes.len() as u64));
                }
                String::from_utf8(bytes).map_err(|e| ReadError::NotUtf8(e.utf8_error().valid_up_to()))
            }
            Self::RealWith(changes) => match changes.file(path) {
                Some(text) => Ok(text.clone()),
                None => changes.ask(path, |path| Ok(Self::Real.read_text(path))).map_err(read_error)?,
            },
            Self::Memory(files) => {
                files.get(&clean(path)).cloned().ok_or_else(|| if self.is_dir(path) { ReadError::Directory } else { ReadError::Missing })
            }
        }
    }

    /// The SQL text of the file at `path`: as large as memory allows, and not always UTF-8. The rows of a dump hold bytes of
    /// any kind, and nobody reads them: a byte that is no text becomes [`NOT_TEXT`](super::NOT_TEXT), so that every other one
    /// keeps its place, and whoever needs the text there can say so.
    pub(super) fn read_sql(&self, path: &Path) -> Result<String, ReadError> {
        let (Self::Real | Self::RealWith(..)) = self else { return self.read_text(path) };
        if self.is_dir(path) {
            return Err(ReadError::Directory);
        }
        let bytes = fs::read(path).map_err(read_error)?;
        if let Some(format) = not_sql(&bytes) {
            return Err(ReadError::NotSql(format));
        }
        Ok(String::from_utf8(bytes).unwrap_or_else(|error| replaced(error.into_bytes())))
    }

    /// The entries of a directory as (name, is a directory), sorted by name.
    pub fn list(&self, path: &Path) -> io::Result<Vec<(String, bool)>> {
        let mut entries = BTreeMap::new();
        match self {
            Self::Real => {
                for entry in fs::read_dir(path)? {
                    let entry = entry?;
                    let Ok(name) = entry.file_name().into_string() else { continue };
                    entries.insert(name, entry.file_type()?.is_dir());
                }
            }
            Self::RealWith(changes) => {
                let made = changes.entries(path);
                match changes.ask(path, |path| Self::Real.list(path)) {
                    Err(error) if made.is_empty() => return Err(error),
                    real => {
                        let stays = real.unwrap_or_default().into_iter().filter(|(name, _)| !changes.is_vacated(&path.join(name)));
                        entries.extend(stays.chain(made));
                    }
                }
            }
            Self::Memory(files) => {
                let clean = self.canonical(path)?;
                for file in files.keys() {
                    let Ok(rest) = file.strip_prefix(&clean) else { continue };
                    let mut parts = rest.components();
                    if let Some(first) = parts.next() {
                        entries.insert(first.as_os_str().to_string_lossy().into_owned(), parts.next().is_some());
                    }
                }
            }
        }
        Ok(entries.into_iter().collect())
    }
}

/// All of standard input, within the limits of a file.
///
/// # Errors
///
/// As [`Disk::read_text`].
pub fn read_stdin() -> Result<String, ReadError> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(ReadError::Io)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(ReadError::TooLarge(bytes.len() as u64));
    }
    String::from_utf8(bytes).map_err(|e| ReadError::NotUtf8(e.utf8_error().valid_up_to()))
}

/// A line of standard input, as somebody types it; `None` where there is no more, or none that can be read.
pub fn read_line() -> Option<String> {
    let mut line = String::new();
    io::stdin().lock().take(64 * 1024).read_line(&mut line).ok().filter(|length| *length > 0).map(|_| line)
}

/// What a file holds instead of SQL, by its first bytes.
fn not_sql(bytes: &[u8]) -> Option<&'static str> {
    let start = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    match start {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16 text; save it as UTF-8"),
        [0x1f, 0x8b, ..] => Some("packed with gzip; unpack it first"),
        [b'P', b'K', 3, 4, ..] => Some("packed with zip; unpack it first"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some("packed with zstd; unpack it first"),
        _ if start.contains(&0) => Some("not text"),
        _ => None,
    }
}

/// The text with every byte that is not UTF-8 replaced.
fn replaced(mut bytes: Vec<u8>) -> String {
    let mut at = 0;
    while let Err(error) = std::str::from_utf8(bytes.get(at..).unwrap_or_default()) {
        let start = at + error.valid_up_to();
        let end = error.error_len().map_or(bytes.len(), |len| start + len);
        bytes.get_mut(start..end).unwrap_or_default().fill(NOT_TEXT);
        at = end;
    }
    String::from_utf8(bytes).unwrap_or_default()
}

pub(super) fn read_error(error: io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::Missing,
        io::ErrorKind::IsADirectory => ReadError::Directory,
        _ => ReadError::Io(error),
    }
}

/// The path without `.` and `..`, by its text alone.
pub(super) fn clean(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_keep_the_place_of_the_others() {
        assert_eq!(replaced(b"a\xff\xfeb\xc3".to_vec()), "a\u{1a}\u{1a}b\u{1a}");
        assert_eq!(replaced("é".as_bytes().to_vec()), "é");
    }

    #[test]
    fn what_is_no_sql_is_known_by_its_first_bytes() {
        assert_eq!(not_sql(b"create table"), None);
        assert_eq!(not_sql(b"\xef\xbb\xbfcreate"), None);
        assert!(not_sql(b"\xff\xfec\0").is_some_and(|what| what.starts_with("UTF-16")));
        assert_eq!(not_sql(b"c\0"), Some("not text"));
    }

    #[test]
    fn what_is_about_to_move_is_not_seen() {
        let scratch = super::super::Scratch::new().unwrap();
        let dir = scratch.path().canonicalize().unwrap();
        for name in ["first", "second", "stays"] {
            fs::create_dir(dir.join(name)).unwrap();
            fs::write(dir.join(name).join("a.txt"), "text").unwrap();
        }
        let disk = Disk::Real.without(dir.join("first")).without(dir.join("second"));
        let names = |disk: &Disk| disk.list(&dir).unwrap().into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!((names(&disk), disk.walk(&dir, ".txt")), (vec!["stays".to_owned()], vec!["stays/a.txt".to_owned()]));
        assert!(["first", "second"].iter().all(|name| !disk.exists(&dir.join(name)) && disk.list(&dir.join(name)).is_err()));
        // What is made there instead is.
        let disk = disk.with(dir.join("first/b.txt"), String::new());
        assert_eq!((names(&disk), disk.walk(&dir.join("first"), "")), (vec!["first".into(), "stays".into()], vec!["b.txt".to_owned()]));
    }
}
