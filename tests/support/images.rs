//! Images built without an engine and without a registry: buildah with a store of its own, gone when its value is, and
//! stand-ins for base images, under their own names, made of what this machine has.
//!
//! Whoever is not root cannot: the root file systems of images hold other users' files.

#![allow(dead_code, unreachable_pub, missing_docs, clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::machine::{Ran, missing, need, run, work_dir};

/// Where images are kept while a test runs.
pub struct Store {
    dir: PathBuf,
    /// The references that there are.
    known: Vec<String>,
}

/// An image as it is run: its root file system, unpacked, and its configuration.
pub struct Image {
    pub root: PathBuf,
    /// As Docker has it: `User`, `Cmd`, `Env`, `WorkingDir`, `Healthcheck` …
    pub config: Value,
}

impl Drop for Store {
    fn drop(&mut self) {
        // `vfs` mounts nothing: all of it is files, many of them read-only, which root may remove.
        let _ = fs::remove_dir_all(&self.dir);
    }
}

impl Store {
    /// An empty one below `target/`; `None` where this machine or this user cannot, which was said.
    pub fn new(name: &str) -> Option<Self> {
        if !["buildah", "busybox", "go", "unshare"].into_iter().all(need) {
            return None;
        }
        let dir = work_dir(name);
        if fs::metadata(&dir).unwrap().uid() != 0 {
            missing("images are built and run by root");
            return None;
        }
        fs::create_dir(dir.join("tmp")).unwrap();
        fs::write(dir.join("policy.json"), r#"{"default": [{"type": "insecureAcceptAnything"}]}"#).unwrap();
        fs::write(dir.join("registries.conf"), "unqualified-search-registries = [\"docker.io\"]\nshort-name-mode = \"disabled\"\n")
            .unwrap();
        Some(Self { dir, known: Vec::new() })
    }

    fn buildah(&self) -> Command {
        let mut command = Command::new("buildah");
        command.arg("--root").arg(self.dir.join("root")).arg("--runroot").arg(self.dir.join("run")).args(["--storage-driver", "vfs"]);
        // What the `cache` mounts of a Dockerfile keep is below TMPDIR.
        command.env("TMPDIR", self.dir.join("tmp")).env("CONTAINERS_REGISTRIES_CONF", self.dir.join("registries.conf"));
        command
    }

    /// What one command of buildah prints; it must succeed.
    fn does(&self, arguments: &[&str]) -> String {
        let ran = run(self.buildah().args(arguments), b"");
        assert_eq!(ran.code, 0, "buildah {}\n{}{}", arguments.join(" "), ran.out, ran.err);
        ran.out.trim().to_owned()
    }

    fn policy(&self) -> String {
        format!("--signature-policy={}", self.dir.join("policy.json").display())
    }

    /// Builds a Dockerfile as it is; what it could ask of a registry is there beforehand. All that buildah says.
    pub fn build(&mut self, context: &Path, dockerfile: &str, tag: &str, flags: &[&str]) -> String {
        let text = fs::read_to_string(context.join(dockerfile)).unwrap();
        for reference in bases(&text) {
            self.stand_in(&reference);
        }
        let mut command = self.buildah();
        command.current_dir(context).args(["bud", "--isolation", "chroot", "--pull-never", "--format", "docker", &self.policy()]);
        let Ran { code, out, err } = run(command.args(flags).args(["-f", dockerfile, "-t", tag, "."]), b"");
        assert_eq!(code, 0, "buildah bud {} -f {dockerfile} in {}\n{out}{err}", flags.join(" "), context.display());
        out + &err
    }

    /// An image under this very name, unless there is one.
    fn stand_in(&mut self, reference: &str) {
        if self.known.iter().any(|known| known == reference) {
            return;
        }
        let name = if reference.contains('/') { reference.to_owned() } else { format!("docker.io/library/{reference}") };
        let same_kind = |other: &&String| is_go(other) && is_go(reference);
        if let Some(other) = self.known.iter().find(same_kind) {
            self.does(&["tag", other, &name]);
        } else {
            let container = self.does(&["from", "scratch"]);
            let root = PathBuf::from(self.does(&["mount", &container]));
            if is_go(reference) {
                go_image(&root);
                self.does(&[
                    "config",
                    "--env=PATH=/go/bin:/usr/local/go/bin:/bin",
                    "--env=GOPATH=/go",
                    "--env=GOTOOLCHAIN=local",
                    "--workingdir=/go",
                    &container,
                ]);
            } else {
                base_image(&root);
                self.does(&["config", "--env=PATH=/bin", &container]);
            }
            self.does(&["commit", &self.policy(), "--format=docker", "--rm", &container, &name]);
        }
        self.known.push(reference.to_owned());
    }

    /// Unpacks an image.
    pub fn unpack(&self, tag: &str) -> Image {
        let all: Value = serde_json::from_str(&self.does(&["inspect", "--type=image", tag])).unwrap();
        let container = self.does(&["from", "--pull-never", &self.policy(), tag]);
        Image { root: self.does(&["mount", &container]).into(), config: all["Docker"]["config"].clone() }
    }
}

impl Image {
    /// The words of the configuration under a name: `Cmd`, `Env`.
    pub fn words(&self, name: &str) -> Vec<String> {
        self.config[name].as_array().into_iter().flatten().map(|word| word.as_str().unwrap().to_owned()).collect()
    }

    /// A command in the image's root file system, as the user it names, where it says; nothing of this machine's environment.
    /// Nothing else is fenced off: the network is this machine's.
    pub fn command(&self, words: &[String]) -> Command {
        let (user, group) = self.config["User"].as_str().unwrap().split_once(':').expect("a user and a group by their numbers");
        let mut command = Command::new("/usr/bin/unshare");
        command.env_clear().envs(self.words("Env").iter().map(|pair| pair.split_once('=').unwrap()));
        command.arg("--root").arg(&self.root).args(["--wd", self.config["WorkingDir"].as_str().unwrap()]);
        command.args(["--setuid", user, "--setgid", group]).args(words);
        command
    }
}

/// The images that a Dockerfile starts from, without its own stages.
fn bases(text: &str) -> Vec<String> {
    let mut stages = Vec::new();
    let mut bases = Vec::new();
    for line in text.lines().filter_map(|line| line.strip_prefix("FROM ")) {
        let words: Vec<&str> = line.split(' ').filter(|word| !word.starts_with("--")).collect();
        if words[0] != "scratch" && !stages.contains(&words[0]) {
            bases.push(words[0].to_owned());
        }
        stages.extend(words.get(2));
    }
    bases
}

fn is_go(reference: &str) -> bool {
    reference.starts_with("golang:")
}

/// Busybox under all its names, certificates, a folder for temporary files.
fn base_image(root: &Path) {
    for folder in ["bin", "etc/ssl/certs", "root", "tmp", "usr/bin"] {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    fs::set_permissions(root.join("tmp"), fs::Permissions::from_mode(0o1777)).unwrap();
    let busybox = std::env::split_paths(&std::env::var_os("PATH").unwrap()).map(|dir| dir.join("busybox")).find(|path| path.is_file());
    fs::copy(busybox.unwrap(), root.join("bin/busybox")).unwrap();
    let tools = run(Command::new("busybox").arg("--list"), b"");
    for tool in tools.out.lines().filter(|tool| *tool != "busybox") {
        symlink("busybox", root.join("bin").join(tool)).unwrap();
    }
    fs::write(root.join("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n").unwrap();
    let bundle = Path::new("/etc/ssl/certs/ca-certificates.crt");
    let text = fs::read(bundle).unwrap_or_else(|_| b"# no certificates on this machine\n".to_vec());
    fs::write(root.join("etc/ssl/certs/ca-certificates.crt"), text).unwrap();
}

/// The same with this machine's Go, and an `apk` that only says what it was asked for.
fn go_image(root: &Path) {
    base_image(root);
    let apk = root.join("bin/apk");
    let _ = fs::remove_file(&apk);
    fs::write(&apk, "#!/bin/sh\necho \"apk was asked: $*\"\n").unwrap();
    fs::set_permissions(&apk, fs::Permissions::from_mode(0o755)).unwrap();
    let from = run(Command::new("go").current_dir(root).args(["env", "GOROOT"]), b"");
    let to = root.join("usr/local/go");
    fs::create_dir_all(&to).unwrap();
    // Without what no build of a program asks for, tests and Go's own programs: each build copies it all.
    let script = "tar -c --exclude='*_test.go' --exclude=testdata --exclude=src/cmd VERSION go.env bin lib src pkg/include pkg/tool | tar -x -C \"$1\"";
    let ran = run(Command::new("sh").current_dir(from.out.trim()).args(["-e", "-c", script, "sh"]).arg(&to), b"");
    assert_eq!(ran.code, 0, "{}", ran.err);
}
