//! Paths of the project as the Dockerfile has them: relative to the context, with forward slashes.

use std::path::{Component, Path, PathBuf};

/// The path from one directory to a file or directory below it; `.` for itself, `None` where it is not below.
pub(super) fn below(dir: &Path, path: &Path) -> Option<String> {
    let rest = path.strip_prefix(dir).ok()?;
    let parts: Option<Vec<&str>> = rest.components().map(|part| part.as_os_str().to_str()).collect();
    let parts = parts?;
    Some(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

/// The path from one absolute directory to another, with `..` where it needs them.
pub(super) fn between(from: &Path, to: &Path) -> PathBuf {
    let common = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    let path: PathBuf = up.chain(to.components().skip(common)).collect();
    if path == Path::new("") { PathBuf::from(".") } else { path }
}

/// The innermost directory that has both.
pub(super) fn common(one: &Path, other: &Path) -> PathBuf {
    one.components().zip(other.components()).take_while(|(one, other)| one == other).map(|(one, _)| one).collect()
}

/// A path of several parts: those of `dir`, which may be `.`, and of `path`, which may be `.` too.
pub(super) fn join(dir: &str, path: &str) -> String {
    match (dir, path) {
        (".", path) => path.to_owned(),
        (dir, ".") => dir.to_owned(),
        (dir, path) => format!("{dir}/{path}"),
    }
}

/// The character of a path that would mean something else in a Dockerfile: a variable, a pattern, an escape, an end of line.
pub(super) fn unfit(path: &str) -> Option<char> {
    path.chars()
        .find(|c| c.is_control() || matches!(c, '$' | '*' | '?' | '[' | ']' | '\\' | '`' | '"' | '\'' | '<' | '>' | '|' | '&' | ';' | '#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let [top, a, b] = ["/p", "/p/a", "/p/b/c"].map(Path::new);
        assert_eq!((below(top, b), below(top, top), below(a, b)), (Some("b/c".to_owned()), Some(".".to_owned()), None));
        assert_eq!((between(a, b), between(b, top), between(a, a)), ("../b/c".into(), "../..".into(), ".".into()));
        assert_eq!((common(a, b), common(a, a)), (top.to_owned(), a.to_owned()));
        assert_eq!((join(".", "x"), join("a", "x"), join("a", ".")), ("x".to_owned(), "a/x".to_owned(), "a".to_owned()));
        assert_eq!((unfit("a b/c.yaml"), unfit("a$b"), unfit("a\nb")), (None, Some('$'), Some('\n')));
    }
}
