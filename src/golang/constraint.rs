//! Which Go files an image is built of: those for Linux without cgo and without tags of anybody's.
//!
//! Source of the rules: `go help buildconstraint`. A machine other than amd64 builds what this one does, but for files that
//! say otherwise in so many words; a program whose `main` depends on the machine is not known.

/// Why a file is left out of such a build: the words that say so.
pub fn left_out<'a>(name: &'a str, text: &'a str) -> Option<&'a str> {
    by_name(name).or_else(|| by_line(text))
}

/// The platform that a file's name ends with, if it is another one: `main_windows.go`.
fn by_name(name: &str) -> Option<&str> {
    let stem = name.strip_suffix(".go")?.split('.').next()?;
    let mut parts = stem.rsplit('_');
    let last = parts.next()?;
    let before = parts.next()?;
    // `linux_arm64.go` is for one machine and all systems: what counts stands behind the first `_`.
    let system = (parts.next().is_some() && MACHINES.contains(&last) && SYSTEMS.contains(&before)).then_some(before);
    let is_known = |word: &&str| SYSTEMS.contains(word) || MACHINES.contains(word);
    [last].into_iter().chain(system).find(|word| is_known(word) && !is_set(word))
}

/// The `//go:build` line above the package clause, if it does not hold.
fn by_line(text: &str) -> Option<&str> {
    let head = text.lines().map(str::trim).take_while(|line| !line.starts_with("package ")).find(|line| line.starts_with("//go:build "))?;
    let mut words = Words(head.strip_prefix("//go:build").filter(|line| line.len() <= LONG)?);
    (!any(&mut words)).then_some(head)
}

const SYSTEMS: [&str; 16] = [
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "illumos",
    "ios",
    "js",
    "linux",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "zos",
];
const MACHINES: [&str; 14] =
    ["386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64", "ppc64le", "riscv64", "s390x", "wasm"];

/// Whether a tag holds.
fn is_set(tag: &str) -> bool {
    matches!(tag, "linux" | "unix" | "amd64" | "gc") || tag.strip_prefix("go1.").is_some_and(|minor| minor.parse::<u16>().is_ok())
}

/// What is left of a constraint.
struct Words<'a>(&'a str);

impl<'a> Words<'a> {
    fn peek(&self) -> Option<&'a str> {
        let rest = self.0.trim_start();
        let length = match rest.as_bytes() {
            [] => return None,
            [b'&', b'&', ..] | [b'|', b'|', ..] => 2,
            [b'!' | b'(' | b')', ..] => 1,
            _ => rest.find(|c: char| c.is_whitespace() || matches!(c, '!' | '(' | ')' | '&' | '|')).unwrap_or(rest.len()).max(1),
        };
        rest.get(..length)
    }

    fn takes(&mut self, word: &str) -> bool {
        let found = self.peek() == Some(word);
        if found {
            self.next();
        }
        found
    }

    fn next(&mut self) -> Option<&'a str> {
        let word = self.peek()?;
        self.0 = self.0.trim_start().get(word.len()..).unwrap_or_default();
        Some(word)
    }
}

/// Longer than anybody writes, and as deep as the stack allows: what is longer is not looked into.
const LONG: usize = 1000;

fn any(words: &mut Words<'_>) -> bool {
    let mut holds = all(words);
    while words.takes("||") {
        holds |= all(words);
    }
    holds
}

fn all(words: &mut Words<'_>) -> bool {
    let mut holds = one(words);
    while words.takes("&&") {
        holds &= one(words);
    }
    holds
}

fn one(words: &mut Words<'_>) -> bool {
    match words.next() {
        Some("!") => !one(words),
        Some("(") => {
            let holds = any(words);
            words.takes(")");
            holds
        }
        Some(tag) => is_set(tag),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::left_out;

    #[test]
    fn names() {
        for name in [
            "main.go",
            "linux.go",
            "windows.go",
            "main_linux.go",
            "main_linux_amd64.go",
            "v1.main_windows.go",
            "a_b.go",
            "a_windows_b.go",
            "windows_amd64.go",
        ] {
            assert_eq!(left_out(name, "package main"), None, "{name}");
        }
        for (name, word) in [("main_windows.go", "windows"), ("a_darwin_amd64.go", "darwin"), ("a_linux_arm64.go", "arm64")] {
            assert_eq!(left_out(name, "package main"), Some(word), "{name}");
        }
    }

    #[test]
    fn lines() {
        let holds = |line: &str| left_out("main.go", &format!("// About.\n\n{line}\n\npackage main\n")).is_none();
        for line in
            ["//go:build linux", "//go:build !windows && (amd64 || arm64)", "//go:build unix||x", "//go:build go1.18", "// go:build ignore"]
        {
            assert!(holds(line), "{line}");
        }
        for line in ["//go:build ignore", "//go:build linux && cgo", "//go:build !(linux)", "//go:build wireinject", "//go:build ((("] {
            assert!(!holds(line), "{line}");
        }
        assert!(left_out("main.go", "package main\n//go:build ignore\n").is_none());
        assert!(!holds(&format!("//go:build {}linux", "!".repeat(901))));
        assert!(holds(&format!("//go:build {}linux", "!".repeat(5001))));
    }
}
