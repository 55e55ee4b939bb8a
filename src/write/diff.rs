//! `--diff`: what would change, as `git apply` reads it.

use similar::TextDiff;

/// One file's unified diff; `None` for a side that does not exist.
///
/// Text that is not UTF-8 is shown with replacement characters: a diff is for reading. What is no text at all is only named.
pub fn unified(path: &str, old: Option<&[u8]>, new: Option<&[u8]>) -> String {
    let from = if old.is_some() { format!("a/{path}") } else { "/dev/null".to_owned() };
    let to = if new.is_some() { format!("b/{path}") } else { "/dev/null".to_owned() };
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    if [old, new].iter().any(|side| side.iter().any(|byte| matches!(byte, 0..=6))) {
        return format!("Binary files {from} and {to} differ\n");
    }
    let (before, after) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let diff = TextDiff::from_lines(before.as_ref(), after.as_ref());
    diff.unified_diff().context_radius(3).header(&from, &to).to_string()
}

/// How a diff names a file: from the user's directory where the root lies below it, else from the root.
pub(super) fn name(shown_root: &str, path: &str) -> String {
    let root = shown_root.trim_start_matches("./").trim_end_matches('/');
    let inside = !root.is_empty() && root != "." && !root.starts_with('/') && !root.split('/').any(|part| part == "..");
    if inside { format!("{root}/{path}") } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_changed_and_removed_files() {
        assert_eq!(unified("a.go", None, Some(b"x\n")), "--- /dev/null\n+++ b/a.go\n@@ -0,0 +1 @@\n+x\n");
        assert_eq!(unified("a.go", Some(b"x\n"), None), "--- a/a.go\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n");
        let changed = unified("a.go", Some(b"1\n2\n3\n4\n5\n"), Some(b"1\n2\n3\n4\nfive"));
        assert_eq!(unified("a.pb", Some(b"\n\x01"), Some(b"\n\x80")), "Binary files a/a.pb and b/a.pb differ\n");
        assert_eq!(changed, "--- a/a.go\n+++ b/a.go\n@@ -2,4 +2,4 @@\n 2\n 3\n 4\n-5\n+five\n\\ No newline at end of file\n");
    }

    #[test]
    fn names_are_relative() {
        assert_eq!(name(".", "a.go"), "a.go");
        assert_eq!(name("./svc/", "a.go"), "svc/a.go");
        assert_eq!(name("../svc", "a.go"), "a.go");
        assert_eq!(name("/abs", "a.go"), "a.go");
    }
}
