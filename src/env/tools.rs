//! The programs that generating calls: where they are looked for, and the line that installs them.
//!
//! Source of the rules: contract rpc 11.2 and 12.1; decisions, Picks (`env install`).

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{PATIENCE, Probe, answers};
use crate::source::Disk;

/// A plugin that makes Go of `.proto` files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tool {
    /// Its program.
    pub program: &'static str,
    /// The Go package of its main function.
    package: &'static str,
    /// The version that ctl's tests run.
    version: &'static str,
}

/// The two plugins: messages, services.
pub const PLUGINS: [Tool; 2] = [
    Tool { program: "protoc-gen-go", package: "google.golang.org/protobuf/cmd/protoc-gen-go", version: "v1.36.11" },
    Tool { program: "protoc-gen-go-grpc", package: "google.golang.org/grpc/cmd/protoc-gen-go-grpc", version: "v1.6.0" },
];

impl Tool {
    /// What `go install` is given.
    pub fn source(&self) -> String {
        format!("{}@{}", self.package, self.version)
    }

    /// The plugin of that program.
    pub fn named(program: &str) -> Option<Self> {
        PLUGINS.into_iter().find(|tool| tool.program == program)
    }
}

/// Where programs are looked for.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The directories of `$PATH`.
    pub path: Vec<PathBuf>,
    /// Where `go install` puts what it builds: often not part of the path on a new machine.
    pub go_bin: Vec<PathBuf>,
}

impl Places {
    /// As the process was told: `$PATH`; `$GOBIN`, `$GOPATH/bin`, `~/go/bin`.
    pub fn of_process() -> Self {
        let var = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let all = |name: &str| var(name).map(|value| std::env::split_paths(&value).collect::<Vec<_>>()).unwrap_or_default();
        let absolute = |dirs: Vec<PathBuf>| dirs.into_iter().filter(|dir| dir.is_absolute()).collect();
        let gopath = all("GOPATH").into_iter().chain(std::env::home_dir().map(|home| home.join("go"))).map(|dir| dir.join("bin"));
        Self { path: all("PATH"), go_bin: absolute(var("GOBIN").map(PathBuf::from).into_iter().chain(gopath).collect()) }
    }

    /// The program: in the path, else where `go install` puts it.
    pub fn find(&self, program: &str, disk: &Disk) -> Option<PathBuf> {
        let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
        self.path.iter().chain(&self.go_bin).map(|dir| dir.join(&name)).find(|file| disk.is_program(file))
    }

    /// Where `go install` is to put what it builds.
    pub fn target(&self) -> Option<&Path> {
        self.go_bin.first().map(PathBuf::as_path)
    }

    /// Whether the path leads to the program.
    pub fn is_in_path(&self, program: &str, disk: &Disk) -> bool {
        Self { path: self.path.clone(), go_bin: Vec::new() }.find(program, disk).is_some()
    }
}

/// What is known of a program on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Its name.
    pub program: &'static str,
    /// Where it is; `None` where it is not.
    pub path: Option<PathBuf>,
    /// Whether that is in the path.
    pub is_in_path: bool,
    /// What it says of its version; empty where it says nothing.
    pub version: String,
}

impl Status {
    /// Whether it can be called: very old plugins wait for input instead of saying their version.
    pub fn works(&self) -> bool {
        self.path.is_some() && !self.version.is_empty()
    }
}

/// protoc, which nothing needs, and the two plugins; all asked at once.
pub fn statuses(places: &Places, disk: &Disk) -> Vec<Status> {
    let programs = ["protoc", PLUGINS[0].program, PLUGINS[1].program];
    let found = programs.map(|program| (program, places.find(program, disk)));
    let probes: Vec<Probe<'_>> =
        found.iter().filter_map(|(_, path)| Some(Probe { program: path.as_deref()?, args: &["--version"], word: 1 })).collect();
    let mut versions = answers(&probes, PATIENCE).into_iter();
    let status = |(program, path): (&'static str, Option<PathBuf>)| Status {
        program,
        version: path.as_ref().and_then(|_| versions.next()).unwrap_or_default(),
        is_in_path: places.is_in_path(program, disk),
        path,
    };
    found.into_iter().map(status).collect()
}

/// Why a plugin was not installed.
#[derive(Debug)]
pub enum NotInstalled {
    /// There is no Go.
    NoGo,
    /// `go install` failed; what it said.
    Go(String),
}

/// Builds and installs a plugin with the user's Go, into `bin`.
///
/// # Errors
///
/// There is no Go, or it does not build the plugin.
pub fn install(tool: &Tool, bin: Option<&Path>) -> Result<(), NotInstalled> {
    let mut command = Command::new("go");
    command.args(["install", &tool.source()]).env("GO111MODULE", "on").stdin(Stdio::null());
    // For this machine, whatever else is being built for another one.
    command.env_remove("GOOS").env_remove("GOARCH");
    if let Some(bin) = bin {
        command.env("GOBIN", bin);
    }
    let output = command.output().map_err(|_| NotInstalled::NoGo)?;
    if output.status.success() { Ok(()) } else { Err(NotInstalled::Go(String::from_utf8_lossy(&output.stderr).trim().to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_versions_are_those_that_the_tests_run() {
        let pinned = include_str!("../../tools/plugins/go.mod");
        assert!(pinned.contains(&format!("google.golang.org/protobuf {}", PLUGINS[0].version)));
        assert!(pinned.contains(&format!("{} {}", PLUGINS[1].package, PLUGINS[1].version)));
    }

    #[test]
    fn the_path_counts_before_the_directory_of_go() {
        let disk = Disk::memory([("/usr/bin/protoc-gen-go", ""), ("/go/bin/protoc-gen-go", ""), ("/go/bin/protoc-gen-go-grpc", "")]);
        let places = Places { path: vec!["/bin".into(), "/usr/bin".into()], go_bin: vec!["/go/bin".into()] };
        assert_eq!(places.find("protoc-gen-go", &disk), Some("/usr/bin/protoc-gen-go".into()));
        assert_eq!(places.find("protoc-gen-go-grpc", &disk), Some("/go/bin/protoc-gen-go-grpc".into()));
        assert!(places.is_in_path("protoc-gen-go", &disk) && !places.is_in_path("protoc-gen-go-grpc", &disk));
        assert_eq!(places.find("protoc", &disk), None);
    }
}
