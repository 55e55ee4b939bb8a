//! A git repository as a directory to read: cloned into the user's cache, and brought up to date each time.
//!
//! In: a URL, a branch, the cache directory. Out: the directory of a clone, which no other run changes while it is held.
//! Invariant: git is told the repository's directory outright, so that it never works in another one, whatever stands
//! around the cache and whatever the environment says.

// The cache is the one place outside a plan's roots that a run writes, and nothing but what git fetched goes there.
#![allow(clippy::disallowed_methods)]

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::Disk;

/// A repository, at one of its branches or tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// As typed: anything that git takes, a directory too.
    pub url: String,
    /// The branch or tag; without it, what the repository shows to everybody (HEAD).
    pub branch: Option<String>,
}

/// A clone that stays as it is until this is dropped.
#[derive(Debug)]
pub struct Checkout {
    /// Its directory.
    pub dir: PathBuf,
    /// Held: a run that wants to bring the clone up to date waits.
    _lock: File,
}

/// Why there is no clone.
#[derive(Debug)]
pub enum RemoteError {
    /// git would not; its own words.
    Git(String),
    /// A name that no branch can have.
    BadBranch,
    /// git cannot be started.
    NoGit(io::Error),
    /// The cache directory is unwilling: which path, and why.
    Cache(PathBuf, io::Error),
}

impl fmt::Display for RemoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Git(words) => f.write_str(words),
            Self::BadBranch => f.write_str("this is not the name of a branch"),
            Self::NoGit(error) if error.kind() == io::ErrorKind::NotFound => f.write_str("there is no `git` in the path"),
            Self::NoGit(error) => write!(f, "git does not start: {error}"),
            Self::Cache(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

/// So long may git take for one step, such as a fetch.
const PATIENCE: Duration = Duration::from_secs(120);

/// What git would take from the environment in place of the directory it is told; a hook runs with these set.
const NOT_OURS: [&str; 9] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_SHALLOW_FILE",
    "GIT_PREFIX",
];

/// What a lock file says of a clone whose last refresh ended well; any other clone is made anew.
const READY: &[u8] = b"ready\n";

impl Remote {
    /// The repository as it is now, in a directory below `cache`.
    ///
    /// # Errors
    ///
    /// It cannot be fetched; a clone of an earlier run is no answer, since it may be of any age.
    pub fn fetch(&self, cache: &Path, disk: &Disk) -> Result<Checkout, RemoteError> {
        let refs = self.refs()?;
        let url = if is_path(&self.url) { disk.resolve(Path::new(&self.url)).to_string_lossy().into_owned() } else { self.url.clone() };
        let dir = cache.join(directory(&url, self.branch.as_deref()));
        let lock_path = dir.with_extension("lock");
        fs::create_dir_all(cache).map_err(at(cache))?;
        let mut options = File::options();
        let mut lock = options.read(true).write(true).create(true).truncate(false).open(&lock_path).map_err(at(&lock_path))?;
        loop {
            lock.lock().map_err(at(&lock_path))?;
            if !is_ready(&mut lock).map_err(at(&lock_path))? && dir.exists() {
                fs::remove_dir_all(&dir).map_err(at(&dir))?;
            }
            lock.set_len(0).map_err(at(&lock_path))?;
            refresh(&dir, &url, &refs).map_err(|error| match error {
                // git repeats the URL: a path that nobody typed, or one with a password in it.
                RemoteError::Git(words) => RemoteError::Git(words.replace(&url, &self.shown())),
                error => error,
            })?;
            lock.rewind().and_then(|()| lock.write_all(READY)).map_err(at(&lock_path))?;
            // Between these two another run may refresh too, which does no harm unless it fails.
            lock.unlock().and_then(|()| lock.lock_shared()).map_err(at(&lock_path))?;
            if is_ready(&mut lock).map_err(at(&lock_path))? {
                return Ok(Checkout { dir, _lock: lock });
            }
            lock.unlock().map_err(at(&lock_path))?;
        }
    }

    /// The URL as it may be shown: without a password or token.
    pub fn shown(&self) -> String {
        match self.url.split_once("://") {
            Some((scheme, rest)) => {
                let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                match host.rsplit_once('@') {
                    Some((_, host)) => format!("{scheme}://***@{host}{path}"),
                    None => self.url.clone(),
                }
            }
            None => self.url.clone(),
        }
    }

    /// What may be meant by the branch, in full: as `git clone --branch` reads it, a branch before a tag.
    fn refs(&self) -> Result<Vec<String>, RemoteError> {
        let Some(branch) = &self.branch else { return Ok(vec!["HEAD".to_owned()]) };
        let odd = |c: char| c.is_whitespace() || c.is_control() || ":?*[\\^~".contains(c);
        if branch.is_empty() || branch.contains(odd) {
            return Err(RemoteError::BadBranch);
        }
        Ok(vec![format!("refs/heads/{branch}"), format!("refs/tags/{branch}")])
    }
}

/// A failure of the cache directory at `path`.
fn at(path: &Path) -> impl FnOnce(io::Error) -> RemoteError {
    let path = path.to_owned();
    move |error| RemoteError::Cache(path, error)
}

/// Whether the last refresh of a clone ended well.
fn is_ready(lock: &mut File) -> io::Result<bool> {
    let mut state = Vec::new();
    lock.rewind()?;
    lock.read_to_end(&mut state)?;
    Ok(state == READY)
}

/// Makes `dir` a repository that holds the newest state of the first of `refs` that the remote has, and no history.
fn refresh(dir: &Path, url: &str, refs: &[String]) -> Result<(), RemoteError> {
    if !dir.exists() {
        fs::create_dir(dir).map_err(at(dir))?;
        // Without the user's template of repositories: its hooks are not for this one.
        git(dir, &["init", "--quiet", "--template="])?;
    }
    let mut failure = None;
    for name in refs {
        let done = match git(dir, &["fetch", "--quiet", "--no-tags", "--depth=1", "--", url, name]) {
            // Plain HTTP servers cannot cut the history off.
            Err(RemoteError::Git(words)) if words.contains("shallow") => git(dir, &["fetch", "--quiet", "--no-tags", "--", url, name]),
            done => done,
        };
        match done {
            Ok(()) => return git(dir, &["reset", "--quiet", "--hard", "FETCH_HEAD", "--"]),
            // What keeps the branch from being fetched is told, not what keeps a tag of that name.
            Err(error @ RemoteError::Git(_)) => failure = failure.or(Some(error)),
            Err(error) => return Err(error),
        }
    }
    failure.map_or(Ok(()), Err)
}

/// Runs git in the repository `dir`; never asks for anything.
fn git(dir: &Path, args: &[&str]) -> Result<(), RemoteError> {
    let mut command = Command::new("git");
    command.current_dir(dir).args(["--git-dir=.git", "--work-tree=.", "-c", "core.autocrlf=false"]).args(args);
    for name in NOT_OURS {
        command.env_remove(name);
    }
    // The words are looked at, so they are not to be translated.
    command.env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
    if std::env::var_os("GIT_SSH_COMMAND").is_none() && std::env::var_os("GIT_SSH").is_none() {
        // Nothing is asked for: a run may have nobody to answer.
        command.env("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=30");
    }
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().map_err(RemoteError::NoGit)?;
    let stderr = child.stderr.take();
    let words = std::thread::spawn(move || {
        let mut words = Vec::new();
        // What cannot be read is not told.
        stderr.map(|mut stderr| stderr.read_to_end(&mut words));
        words
    });
    let begun = Instant::now();
    let status = loop {
        match child.try_wait().map_err(RemoteError::NoGit)? {
            Some(status) => break status,
            None if begun.elapsed() > PATIENCE => {
                // It may have ended by itself just now.
                let _ = child.kill().and_then(|()| child.wait());
                return Err(RemoteError::Git(format!("no answer in {} s", PATIENCE.as_secs())));
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    if status.success() {
        return Ok(());
    }
    let words = words.join().unwrap_or_default();
    let words = String::from_utf8_lossy(&words);
    let words: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Err(RemoteError::Git(if words.is_empty() { format!("git {status}") } else { words.join("; ") }))
}

/// Whether a URL is a directory: neither `scheme://…` nor `host:path` (as git tells them apart).
fn is_path(url: &str) -> bool {
    let before_slash = url.split('/').next().unwrap_or_default();
    !url.contains("://") && (!before_slash.contains(':') || Path::new(url).is_absolute())
}

/// The name of a clone's directory: of the repository, for people, and a hash of URL and branch.
fn directory(url: &str, branch: Option<&str>) -> String {
    let last = url.trim_end_matches('/').rsplit(['/', ':', '\\']).next().unwrap_or_default();
    let last = last.strip_suffix(".git").unwrap_or(last);
    let name: String = last.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').take(40).collect();
    // FNV-1a: the same on every machine and with every release.
    let bytes = url.bytes().chain(*b"\n").chain(branch.unwrap_or_default().bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{name}-{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remote(url: &str) -> Remote {
        Remote { url: url.to_owned(), branch: None }
    }

    #[test]
    fn a_token_is_not_shown() {
        assert_eq!(remote("https://me:secret@host.io/a.git").shown(), "https://***@host.io/a.git");
        assert_eq!(remote("https://token@host.io").shown(), "https://***@host.io");
        assert_eq!(remote("https://host.io/a@b").shown(), "https://host.io/a@b");
        assert_eq!(remote("git@host.io:a/b.git").shown(), "git@host.io:a/b.git");
    }

    #[test]
    fn a_directory_is_no_url() {
        for url in ["../a", "/a/b", "a", "./a:b", "a/b:c"] {
            assert!(is_path(url), "{url}");
        }
        for url in ["https://h/a", "git@h:a", "h:a/b", "file:///a"] {
            assert!(!is_path(url), "{url}");
        }
    }

    #[test]
    fn each_url_and_branch_has_its_own_directory_whose_name_stays() {
        assert_eq!(directory("https://h/templates.git", None), directory("https://h/templates.git", None));
        let all = [
            directory("https://h/templates.git", None),
            directory("https://h/templates.git", Some("dev")),
            directory("https://g/templates.git", None),
            directory("git@h:templates", None),
        ];
        assert!(all.iter().all(|name| name.starts_with("templates-") && name.len() == "templates-".len() + 16), "{all:?}");
        assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
        assert!(!directory("https://h/..", None).contains('.'));
    }

    #[test]
    fn a_branch_is_a_name() {
        for branch in ["", "a b", "a:b", "*", "a~1", "x^", "a\n"] {
            let remote = Remote { url: "u".into(), branch: Some(branch.into()) };
            assert!(matches!(remote.refs(), Err(RemoteError::BadBranch)), "{branch}");
        }
        let refs = Remote { url: "u".into(), branch: Some("feat/x".into()) }.refs().unwrap();
        assert_eq!(refs, ["refs/heads/feat/x", "refs/tags/feat/x"]);
    }
}
