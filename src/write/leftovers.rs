//! Temporary files: their names, and what a killed run left of them.
//!
//! Invariant: only a file with our exact name pattern is ever removed, and none of a ctl that is still running.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// File systems allow 255 bytes; the pattern around the name needs at most 32.
const LONGEST_NAME: usize = 220;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A fresh sibling of `target`: `.<name>.ctl-<pid>-<n>.tmp`. The dot and the ending hide it from the Go tools.
pub(super) fn temporary(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let mut end = name.len().min(LONGEST_NAME);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    target.with_file_name(format!(".{}.ctl-{}-{n}.tmp", name.get(..end).unwrap_or_default(), std::process::id()))
}

/// Removes what killed runs left in `dir`.
///
/// An entry that cannot be removed stays: the run can do its work beside it.
pub(super) fn sweep(dir: &Path) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let Some(pid) = owner(&entry.file_name()) else { continue };
        if entry.file_type().is_ok_and(|kind| kind.is_file()) && !is_running(pid) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The process that made a temporary file; `None` for any other name.
fn owner(name: &OsStr) -> Option<u32> {
    let rest = name.to_str()?.strip_prefix('.')?.strip_suffix(".tmp")?;
    let (name, tail) = rest.rsplit_once(".ctl-")?;
    let (pid, n) = tail.split_once('-')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if name.is_empty() || !digits(pid) || !digits(n) { None } else { pid.parse().ok() }
}

/// Whether `pid` is another ctl at work. Process ids come round again, so the program must be this one too.
fn is_running(pid: u32) -> bool {
    if pid == std::process::id() {
        return false;
    }
    let Ok(own) = fs::read_link("/proc/self/exe") else { return false };
    match fs::read_link(format!("/proc/{pid}/exe")) {
        Ok(program) => program == own,
        // Another user's process shows its name, not its program.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            let name = |pid: &str| fs::read(format!("/proc/{pid}/comm")).ok();
            name(&pid.to_string()).is_some_and(|theirs| name("self") == Some(theirs))
        }
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_pattern_is_ours() {
        let made = temporary(Path::new("/x/types.go"));
        assert_eq!(owner(made.file_name().unwrap()), Some(std::process::id()));
        assert_eq!(made.parent(), Some(Path::new("/x")));
        for name in [
            "types.go",
            ".types.go.tmp",
            "types.go.ctl-1-2.tmp",
            ".types.go.ctl-1.tmp",
            ".types.go.ctl-a-2.tmp",
            ".types.go.ctl-1-2.tmp.go",
            ".ctl-1-2.tmp",
            ".a.ctl-1-.tmp",
        ] {
            assert_eq!(owner(OsStr::new(name)), None, "{name}");
        }
        assert_eq!(owner(OsStr::new(".a.ctl-1-2.tmp")), Some(1));
    }

    #[test]
    fn long_names_stay_within_the_limit() {
        let name = format!("{}.go", "é".repeat(126));
        let made = temporary(&Path::new("/x").join(name));
        assert!(made.file_name().unwrap().len() <= 255);
        assert!(owner(made.file_name().unwrap()).is_some());
    }
}
