//! Makes room for a directory: what stands in its place is moved to a name beside it, and lost in no case.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::problem::Problem;

/// What was moved.
#[derive(Debug)]
pub struct Aside {
    from: PathBuf,
    to: PathBuf,
}

/// The first name beside `path` at which nothing stands: `greet.1`, `greet.2` …
pub fn free_name(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default();
    let numbered = |number: u32| {
        let mut name = name.to_owned();
        name.push(format!(".{number}"));
        path.with_file_name(name)
    };
    let is_free = |path: &PathBuf| fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    // A disk that holds as many holds no more.
    (1..u32::MAX).map(numbered).find(is_free).unwrap_or_else(|| numbered(u32::MAX))
}

/// Moves what stands at `from`, which the user knows as `shown`, to `to`, at which nothing stands. A symbolic link is moved
/// itself, not what it leads to.
///
/// # Errors
///
/// The system's own; then it stands where it was.
pub fn move_aside(from: &Path, to: &Path, shown: &str) -> Result<Aside, Problem> {
    fs::rename(from, to).map_err(|error| Problem::io("move aside", shown, &error))?;
    Ok(Aside { from: from.to_owned(), to: to.to_owned() })
}

impl Aside {
    /// Moves it back, where what was to take its place could not be written.
    ///
    /// # Errors
    ///
    /// The system's own; then it stands where it was moved to, `shown` to the user.
    pub fn back(self, shown: &str) -> Result<(), Problem> {
        fs::rename(&self.to, &self.from).map_err(|error| Problem::io("move back", shown, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_to_the_first_free_name_and_back() {
        let dir = std::env::temp_dir().join(format!("ctl-aside-{}", std::process::id()));
        fs::create_dir_all(dir.join("greet.1")).unwrap();
        fs::create_dir_all(dir.join("greet")).unwrap();
        fs::write(dir.join("greet/mine.go"), "mine").unwrap();
        let (greet, free) = (dir.join("greet"), free_name(&dir.join("greet")));
        assert_eq!(free, dir.join("greet.2"));
        let aside = move_aside(&greet, &free, "greet").unwrap();
        assert!(!greet.exists());
        assert_eq!(fs::read_to_string(dir.join("greet.2/mine.go")).unwrap(), "mine");
        aside.back("greet.2").unwrap();
        assert_eq!(fs::read_to_string(dir.join("greet/mine.go")).unwrap(), "mine");
        assert!(move_aside(&dir.join("none"), &free, "none").unwrap_err().message.starts_with("cannot move aside none: "));
        fs::remove_dir_all(&dir).unwrap();
    }
}
