//! A directory of a run's own in the system's place for such, for a program that reads and writes files and not pipes.

// Neither a user's file nor one of a plan: nobody sees it, and it is gone with the value.
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The directory; it is removed with all in it when this is dropped.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// A new one, which nobody else can have made.
    ///
    /// # Errors
    ///
    /// The system's own.
    pub fn new() -> io::Result<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let dir = std::env::temp_dir().join(format!("ctl-{}-{count}", std::process::id()));
            match private_dir(&dir) {
                // Of a run that was killed, or somebody else's.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && count < 1_000 => {}
                made => return made.map(|()| Self(dir)),
            }
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Puts a file into it, with the directories above the file.
    ///
    /// # Errors
    ///
    /// The system's own.
    pub fn put(&self, name: &str, text: &str) -> io::Result<()> {
        let path = self.0.join(name);
        if let Some(dir) = path.parent() {
            fs::create_dir_all(dir)?;
        }
        fs::write(path, text)
    }

    /// The bytes of a file in it.
    ///
    /// # Errors
    ///
    /// The system's own.
    pub fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.0.join(name))
    }
}

/// Makes a directory that no other user of the machine can look into.
fn private_dir(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Whoever cleans the system's place will have it.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_gone_with_the_value() {
        let scratch = Scratch::new().unwrap();
        let other = Scratch::new().unwrap();
        assert_ne!(scratch.path(), other.path());
        scratch.put("a/b", "c").unwrap();
        assert_eq!(scratch.read("a/b").unwrap(), b"c");
        let path = scratch.path().to_owned();
        drop(scratch);
        assert!(!path.exists() && other.path().exists());
    }
}
