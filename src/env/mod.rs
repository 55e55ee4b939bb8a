//! goctl's variables: what `ctl env` prints and saves (contract: cli-and-ops 4.2; decisions, Names and Picks).
//!
//! In: the variables of the process, the saved file, the machine. Out: the values asked for, or the file with new ones.
//!
//! Invariants: the order is that of [`Key::ALL`]; no tool is started unless its version is asked for; a saved file keeps
//! every line that is not set anew, and `~/.goctl` is never written.

mod probe;
pub mod tools;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::compat;
use crate::plan::{Ownership, RenderedFile, Root, RootId};
use crate::source::{Disk, ReadError};

pub use probe::{Probe, answers};

/// How long tools may take to say their versions.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// A variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The operating system, in Go's naming.
    Os,
    /// The processor, in Go's naming.
    Arch,
    /// The folder of the tool; `~/.ctl`.
    Home,
    /// `False`; nothing reads it.
    Debug,
    /// The folder `cache` in the home.
    Cache,
    /// `on`: the language as it is today. ctl has no other.
    Experimental,
    /// The version of goctl whose behaviour ctl follows.
    Version,
    /// What `protoc --version` says.
    Protoc,
    /// What `protoc-gen-go --version` says.
    ProtocGenGo,
    /// What `protoc-gen-go-grpc --version` says.
    ProtocGenGoGrpc,
}

impl Key {
    /// All of them, in the order they are printed in.
    pub const ALL: [Self; 10] = [
        Self::Os,
        Self::Arch,
        Self::Home,
        Self::Debug,
        Self::Cache,
        Self::Experimental,
        Self::Version,
        Self::Protoc,
        Self::ProtocGenGo,
        Self::ProtocGenGoGrpc,
    ];

    /// The name scripts know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Os => "GOCTL_OS",
            Self::Arch => "GOCTL_ARCH",
            Self::Home => "GOCTL_HOME",
            Self::Debug => "GOCTL_DEBUG",
            Self::Cache => "GOCTL_CACHE",
            Self::Experimental => "GOCTL_EXPERIMENTAL",
            Self::Version => "GOCTL_VERSION",
            Self::Protoc => "PROTOC_VERSION",
            Self::ProtocGenGo => "PROTOC_GEN_GO_VERSION",
            // goctl's spelling.
            Self::ProtocGenGoGrpc => "PROTO_GEN_GO_GRPC_VERSION",
        }
    }

    /// The variable of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// Whether a value of the user's counts; the others are what the machine says.
    pub fn is_settable(self) -> bool {
        matches!(self, Self::Home | Self::Debug | Self::Cache | Self::Experimental)
    }

    /// Whether the value is one that the variable can have.
    fn takes(self, value: &str) -> bool {
        match self {
            Self::Home | Self::Cache => !value.is_empty(),
            Self::Debug => value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false"),
            Self::Experimental => true,
            _ => false,
        }
    }

    /// The tool that says the value.
    fn probe(self) -> Option<Probe<'static>> {
        let program = match self {
            Self::Protoc => "protoc",
            Self::ProtocGenGo => "protoc-gen-go",
            Self::ProtocGenGoGrpc => "protoc-gen-go-grpc",
            _ => return None,
        };
        // `libprotoc 3.19.4`, `protoc-gen-go v1.36.6`.
        Some(Probe { program: Path::new(program), args: &["--version"], word: 1 })
    }
}

/// A `KEY=VALUE` that cannot be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong, in one line.
    pub message: String,
    /// What would be right.
    pub help: String,
}

/// New values by variable.
pub type Settings = BTreeMap<Key, String>;

/// Reads what `-w` was given; of two values for one variable the last counts.
///
/// # Errors
///
/// Every mistake, in the order of the expressions.
pub fn settings(expressions: &[String], disk: &Disk) -> Result<Settings, Vec<Mistake>> {
    let (mut settings, mut mistakes) = (Settings::new(), Vec::new());
    for expression in expressions {
        match setting(expression, disk) {
            Ok((key, value)) => drop(settings.insert(key, value)),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if mistakes.is_empty() { Ok(settings) } else { Err(mistakes) }
}

fn setting(expression: &str, disk: &Disk) -> Result<(Key, String), Mistake> {
    let mistake = |message: String, help: &str| Mistake { message, help: help.to_owned() };
    let Some((name, value)) = parts(expression) else {
        return Err(mistake(format!("invalid key-value expression {expression:?}"), "write KEY=VALUE, without white space"));
    };
    let settable = || Key::ALL.iter().filter(|key| key.is_settable()).map(|key| key.name()).collect::<Vec<_>>().join(", ");
    let Some(key) = Key::named(name) else {
        return Err(mistake(format!("there is no variable {name}"), &format!("these can be set: {}", settable())));
    };
    if !key.is_settable() {
        let help = format!("it is what this machine and this ctl have; these can be set: {}", settable());
        return Err(mistake(format!("{name} cannot be set"), &help));
    }
    match key {
        Key::Home | Key::Cache if value.is_empty() || !disk.exists(Path::new(value)) => {
            Err(mistake(format!("{name}: there is nothing at the path {value:?}"), "make the directory first"))
        }
        _ if !key.takes(value) => Err(mistake(format!("{name} cannot be {value:?}"), "write True or False")),
        _ => Ok((key, value.to_owned())),
    }
}

/// Key and value of an expression, or of a line of a saved file.
fn parts(text: &str) -> Option<(&str, &str)> {
    let white = |c: char| c.is_ascii_whitespace() || c == '\u{b}';
    text.split_once('=').filter(|(name, value)| !name.is_empty() && !name.contains(white) && !value.contains(white))
}

/// The lines of a saved file that mean something; of two for one variable the last counts.
fn saved(text: &str) -> Settings {
    let lines = text.lines().filter_map(parts).filter_map(|(name, value)| Some((Key::named(name)?, value)));
    lines.filter(|(key, value)| key.takes(value)).map(|(key, value)| (key, value.to_owned())).collect()
}

/// Where values come from.
pub struct Env<'a> {
    /// The user's directory, if there is one.
    user: Option<PathBuf>,
    /// The variables of the process.
    var: &'a dyn Fn(&str) -> Option<String>,
    /// The text of `~/.ctl/env`; where there is none, what counts in `~/.goctl/env`.
    text: String,
    saved: Settings,
}

impl<'a> Env<'a> {
    /// Reads the saved file below the directory of the user: `.ctl/env`, else `.goctl/env`.
    ///
    /// # Errors
    ///
    /// The file that is there and cannot be read, with the reason.
    pub fn read(user: Option<PathBuf>, var: &'a dyn Fn(&str) -> Option<String>, disk: &Disk) -> Result<Self, (PathBuf, ReadError)> {
        let mut env = Self { user, var, text: String::new(), saved: Settings::new() };
        let Some(user) = &env.user else { return Ok(env) };
        for (folder, ours) in [(".ctl", true), (".goctl", false)] {
            let path = user.join(folder).join("env");
            match disk.read_text(&path) {
                Err(ReadError::Missing) => {}
                Err(error) => return Err((path, error)),
                Ok(text) => {
                    env.saved = saved(&text);
                    // goctl saves what it computes too; that is not taken over.
                    env.text = if ours { text } else { edited("", &env.saved) };
                    break;
                }
            }
        }
        Ok(env)
    }

    /// The values, in the order of `keys`: of the process, else saved, else the default; of all tools at once.
    pub fn values(&self, keys: &[Key]) -> Vec<String> {
        let tools: Vec<(Key, Probe<'static>)> = keys.iter().filter_map(|key| Some((*key, key.probe()?))).collect();
        let probes: Vec<Probe<'_>> = tools.iter().map(|(_, probe)| *probe).collect();
        let versions: BTreeMap<Key, String> = tools.into_iter().map(|(key, _)| key).zip(answers(&probes, PATIENCE)).collect();
        keys.iter().map(|key| versions.get(key).cloned().unwrap_or_else(|| self.value(*key))).collect()
    }

    /// The file `~/.ctl/env` with new values, and the directory it stands in. `None` where the user has no directory.
    pub fn with(&self, settings: &Settings, disk: &Disk) -> Option<(Root, RenderedFile)> {
        // The file behind a link is written: dotfiles are often kept elsewhere.
        let path = disk.resolve(&self.user.as_ref()?.join(".ctl/env"));
        let (dir, name) = (path.parent()?, path.file_name()?.to_str()?);
        let root = Root { dir: dir.to_owned(), shown: dir.display().to_string() };
        let body = edited(&self.text, settings).into();
        let file = RenderedFile { root: RootId(0), path: name.to_owned(), owner: Ownership::Target, body, template: String::new() };
        Some((root, file))
    }

    fn value(&self, key: Key) -> String {
        let given = (self.var)(key.name()).filter(|value| key.takes(value));
        given.or_else(|| self.saved.get(&key).cloned()).unwrap_or_else(|| self.default(key))
    }

    fn default(&self, key: Key) -> String {
        let user = |folder: &str| self.user.as_ref().map_or(String::new(), |user| user.join(folder).display().to_string());
        match key {
            Key::Os => os().to_owned(),
            Key::Arch => arch().to_owned(),
            Key::Home => user(".ctl"),
            Key::Debug => "False".to_owned(),
            Key::Cache => user(".ctl/cache"),
            Key::Experimental => "on".to_owned(),
            Key::Version => compat::GOCTL_VERSION.to_owned(),
            // A tool that does not answer has none.
            Key::Protoc | Key::ProtocGenGo | Key::ProtocGenGoGrpc => String::new(),
        }
    }
}

/// The text with these values: in the place of the old ones, else behind everything. All other lines stay.
fn edited(text: &str, settings: &Settings) -> String {
    let (mut out, mut left) = (String::new(), settings.clone());
    for line in text.lines() {
        let key = parts(line).and_then(|(name, _)| Key::named(name));
        match key.and_then(|key| settings.get_key_value(&key)) {
            Some((key, value)) => {
                left.remove(key);
                out.push_str(&format!("{}={value}\n", key.name()));
            }
            None => out.push_str(&format!("{line}\n")),
        }
    }
    left.iter().for_each(|(key, value)| out.push_str(&format!("{}={value}\n", key.name())));
    out
}

/// Go's name of the operating system.
pub fn os() -> &'static str {
    match std::env::consts::OS {
        "macos" => "darwin",
        other => other,
    }
}

/// Go's name of the processor.
pub fn arch() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair((key, value): (&Key, &String)) -> String {
        format!("{}={value}", key.name())
    }

    fn read(files: &[(&str, &str)]) -> Vec<String> {
        saved_in(files).iter().map(pair).collect()
    }

    fn saved_in(files: &[(&str, &str)]) -> Settings {
        let disk = Disk::memory(files.iter().copied());
        Env::read(Some("/u".into()), &|_| None, &disk).unwrap().saved
    }

    #[test]
    fn our_file_counts_before_that_of_goctl() {
        let (ours, theirs) = (("/u/.ctl/env", "GOCTL_DEBUG=true\n"), ("/u/.goctl/env", "GOCTL_CACHE=/c\nGOCTL_OS=plan9"));
        assert_eq!(read(&[ours, theirs]), ["GOCTL_DEBUG=true"]);
        assert_eq!(read(&[theirs]), ["GOCTL_CACHE=/c"]);
        assert_eq!(read(&[("/u/.ctl/other", "")]), [""; 0]);
    }

    #[test]
    fn lines_that_mean_nothing_are_passed_over() {
        let text = "# GOCTL_DEBUG=true\nGOCTL_DEBUG=maybe\nGOCTL_HOME=\nGOCTL_CACHE=a b\n=x\nGOCTL_CACHE\nNEW=1\nGOCTL_EXPERIMENTAL=\r\n";
        assert_eq!(read(&[("/u/.ctl/env", text)]), ["GOCTL_EXPERIMENTAL="]);
        assert_eq!(read(&[("/u/.ctl/env", "GOCTL_CACHE=/a\nGOCTL_CACHE=/b=c")]), ["GOCTL_CACHE=/b=c"]);
    }

    #[test]
    fn the_process_counts_before_the_file_but_not_before_the_machine() {
        let disk = Disk::memory([("/u/.ctl/env", "GOCTL_HOME=/saved\nGOCTL_DEBUG=true\n")]);
        let vars = |name: &str| match name {
            "GOCTL_HOME" => Some("/given".to_owned()),
            "GOCTL_DEBUG" => Some("perhaps".to_owned()),
            "GOCTL_VERSION" => Some("9".to_owned()),
            _ => None,
        };
        let env = Env::read(Some("/u".into()), &vars, &disk).unwrap();
        let values = env.values(&[Key::Version, Key::Home, Key::Debug, Key::Cache]);
        assert_eq!(values, ["1.10.2", "/given", "true", "/u/.ctl/cache"]);
    }

    #[test]
    fn without_a_user_there_is_no_file() {
        let disk = Disk::memory([]);
        let env = Env::read(None, &|_| None, &disk).unwrap();
        assert_eq!(env.values(&[Key::Home, Key::Cache, Key::Debug]), ["", "", "False"]);
        assert!(env.with(&Settings::new(), &disk).is_none());
    }

    #[test]
    fn saving_keeps_what_is_not_set_anew() {
        let settings = Settings::from([(Key::Debug, "True".to_owned()), (Key::Home, "/h".to_owned())]);
        let old = "# mine\nGOCTL_DEBUG=x\nFUTURE=1\nGOCTL_DEBUG=y";
        assert_eq!(edited(old, &settings), "# mine\nGOCTL_DEBUG=True\nFUTURE=1\nGOCTL_DEBUG=True\nGOCTL_HOME=/h\n");
        let disk = Disk::memory([("/u/.goctl/env", "GOCTL_OS=linux\nGOCTL_CACHE=/c\nGOCTL_DEBUG=False")]);
        let env = Env::read(Some("/u".into()), &|_| None, &disk).unwrap();
        let (root, file) = env.with(&settings, &disk).unwrap();
        assert_eq!((root.shown.as_str(), file.path.as_str()), ("/u/.ctl", "env"));
        assert_eq!(file.body.text(), "GOCTL_DEBUG=True\nGOCTL_CACHE=/c\nGOCTL_HOME=/h\n");
    }

    #[test]
    fn all_mistakes_are_found() {
        let disk = Disk::memory([("/d/f", "")]);
        let read = |all: &[&str]| settings(&all.iter().map(|&one| one.to_owned()).collect::<Vec<_>>(), &disk);
        let good = read(&["GOCTL_HOME=/d", "GOCTL_DEBUG=true", "GOCTL_EXPERIMENTAL=a=b", "GOCTL_DEBUG=False"]).unwrap();
        assert_eq!(good.iter().map(pair).collect::<Vec<_>>(), ["GOCTL_HOME=/d", "GOCTL_DEBUG=False", "GOCTL_EXPERIMENTAL=a=b"]);
        let bad = ["", "GOCTL_HOME", "=x", "GOCTL_HOME=/d ", "GOCTL_OS=linux", "HOME=/d", "GOCTL_HOME=/e", "GOCTL_CACHE=", "GOCTL_DEBUG=1"];
        assert_eq!(read(&bad).unwrap_err().len(), bad.len());
    }
}
