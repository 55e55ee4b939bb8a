//! The programs that generating calls: where they are looked for, and the line that installs them.
//!
//! Source of the rules: contract rpc 11.2 and 12.1; decisions, Picks (`env install`).

use std::path::PathBuf;

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

    /// Whether the path leads to the program.
    pub fn is_in_path(&self, program: &str, disk: &Disk) -> bool {
        Self { path: self.path.clone(), go_bin: Vec::new() }.find(program, disk).is_some()
    }
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
