//! Which files Go builds, and which of them always.
//!
//! In: the name of a file and its text. Out: what Go asks before it builds it. Source of the rules: `go help
//! buildconstraint`; go/build (`goodOSArchFile`, `shouldBuild`, `parseFileHeader`, and the package `documentation`).

use std::ops::Range;

use super::format::build_constraint::{Expr, is_go_build, is_plus_build, parse_go_build, parse_plus_build};
use super::ident::{MACHINES, SYSTEMS};
use super::outline::Outline;
use super::package::package_clause;

/// Whether a file of this name is one of its directory's package: no test, and none that Go passes over.
pub fn is_of_package(name: &str) -> bool {
    name.ends_with(".go") && !name.ends_with("_test.go") && !name.starts_with(['_', '.'])
}

/// Whether nothing of a project's own stands in a folder of this name.
pub fn is_foreign(folder: &str) -> bool {
    folder.starts_with(['.', '_']) || matches!(folder, "vendor" | "node_modules" | "testdata")
}

/// The system and the machine that a file's name restricts it to: `main_windows.go`, `main_linux_arm64.go`.
pub fn of_name(name: &str) -> Vec<&str> {
    let Some(stem) = name.strip_suffix(".go").and_then(|name| name.split('.').next()) else { return Vec::new() };
    let stem = stem.strip_suffix("_test").unwrap_or(stem);
    // What counts stands behind the first `_`: `linux_arm64.go` is for one machine and all systems.
    let Some((_, behind)) = stem.split_once('_') else { return Vec::new() };
    let mut parts = behind.rsplit('_');
    let (last, before) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    if MACHINES.contains(&last) && SYSTEMS.contains(&before) {
        vec![before, last]
    } else {
        Some(last).filter(|last| SYSTEMS.contains(last) || MACHINES.contains(last)).into_iter().collect()
    }
}

/// A line that says when a file is built.
struct Line<'a> {
    text: &'a str,
    at: usize,
    /// `None` where Go cannot read it, and builds nothing.
    expr: Option<Expr>,
}

/// The lines above the package clause that Go reads as constraints: `//go:build`, else each `// +build` that an empty line
/// follows somewhere. A block comment holds none.
fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut new, mut old): (Vec<Line<'_>>, Vec<Line<'_>>) = (Vec::new(), Vec::new());
    let (mut at, mut is_in_block, mut last_blank, mut is_ended) = (0, false, 0, false);
    'lines: for whole in text.split_inclusive('\n') {
        let line = whole.trim();
        let start = at + whole.len() - whole.trim_start().len();
        at += whole.len();
        if line.is_empty() {
            last_blank = if is_ended { last_blank } else { at };
            continue;
        }
        if !is_in_block && is_go_build(line) {
            new.push(Line { text: line, at: start, expr: parse_go_build(line) });
        } else if !is_in_block && !is_ended && is_plus_build(line) {
            old.push(Line { text: line, at: start, expr: parse_plus_build(line) });
        }
        is_ended |= !line.starts_with("//");
        let mut rest = line;
        while !rest.is_empty() {
            if is_in_block {
                let Some((_, behind)) = rest.split_once("*/") else { continue 'lines };
                (rest, is_in_block) = (behind.trim(), false);
            } else if rest.starts_with("//") {
                continue 'lines;
            } else if let Some(behind) = rest.strip_prefix("/*") {
                (rest, is_in_block) = (behind, true);
            } else {
                break 'lines;
            }
        }
    }
    if !new.is_empty() {
        return new;
    }
    // What Go cannot read of the old form it passes over.
    old.retain(|line| line.at < last_blank && line.expr.is_some());
    old
}

/// Whether Go builds a file not always, but by its name or by a line above its package clause.
pub fn is_restricted(name: &str, text: &str) -> bool {
    !of_name(name).is_empty() || !lines(text).is_empty()
}

/// Whether Go builds a file for nobody: it asks for the tag `ignore`, as is the custom, or is documentation alone.
pub fn is_never_built(text: &str) -> bool {
    lines(text).iter().any(|line| line.expr.as_ref().is_some_and(|expr| expr.needs("ignore")))
        || package_clause(text) == Some("documentation")
}

/// Why a file is left out of a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The words that say so.
    pub words: String,
    /// Where they stand in the text; `None` for the file's name.
    pub range: Option<Range<usize>>,
}

/// Why a file is left out of the build of an image: one for Linux without cgo and without tags of anybody's.
///
/// A machine other than amd64 builds what this one does, but for files that say otherwise in so many words; a program whose
/// `main` depends on the machine is not known.
pub fn left_out(name: &str, text: &str) -> Option<LeftOut> {
    let by_name = of_name(name).into_iter().find(|tag| !is_set(tag));
    if let Some(tag) = by_name {
        return Some(LeftOut { words: tag.to_owned(), range: None });
    }
    let at = |words: &str, start: usize| LeftOut { words: words.to_owned(), range: Some(start..start + words.len()) };
    let unmet = lines(text).into_iter().find(|line| line.expr.as_ref().is_none_or(|expr| !expr.holds(&is_set)));
    if let Some(line) = unmet {
        return Some(at(line.text, line.at));
    }
    if package_clause(text) == Some("documentation") {
        const CLAUSE: &str = "package documentation";
        return Some(text.find(CLAUSE).map_or(LeftOut { words: CLAUSE.to_owned(), range: None }, |start| at(CLAUSE, start)));
    }
    let found = text.find("\"C\"")?;
    let is_imported = Outline::read(text)?.imports.iter().any(|import| import.path == "C");
    is_imported.then(|| LeftOut { words: "import \"C\"".to_owned(), range: Some(found..found + "\"C\"".len()) })
}

/// Whether a tag holds in the build of an image.
fn is_set(tag: &str) -> bool {
    matches!(tag, "linux" | "unix" | "amd64" | "amd64.v1" | "gc")
        || tag.strip_prefix("go1.").is_some_and(|minor| minor.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str, text: &str) -> Option<String> {
        left_out(name, text).map(|left| {
            assert!(left.range.is_none_or(|range| left.words.contains(&text[range])));
            left.words
        })
    }

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
            "main_unix.go",
        ] {
            assert_eq!(words(name, "package main"), None, "{name}");
        }
        for (name, word) in [
            ("main_windows.go", "windows"),
            ("a_darwin_amd64.go", "darwin"),
            ("a_linux_arm64.go", "arm64"),
            ("x_sparc64.go", "sparc64"),
            ("x_hurd.go", "hurd"),
            ("main_windows.v1.go", "windows"),
        ] {
            assert_eq!(words(name, "package main").as_deref(), Some(word), "{name}");
        }
    }

    #[test]
    fn constraints() {
        let holds = |line: &str| words("main.go", &format!("// About.\n\n{line}\n\npackage main\n")).is_none();
        for line in [
            "//go:build linux",
            "//go:build !windows && (amd64 || arm64)",
            "//go:build unix||x",
            "//go:build go1.18",
            "// go:build ignore",
            "// +build linux darwin",
            "/*\n//go:build ignore\n*/",
            "//go:build linux\n// +build ignore",
        ] {
            assert!(holds(line), "{line}");
        }
        for line in [
            "//go:build ignore",
            "//go:build linux && cgo",
            "//go:build !(linux)",
            "//go:build wireinject",
            "//go:build (((",
            "// +build ignore",
            "//+build windows,amd64 darwin",
            "/* About\npackage main and others.\n*/\n\n//go:build ignore",
        ] {
            assert!(!holds(line), "{line}");
        }
        for text in ["package main\n//go:build ignore\n", "// +build ignore\npackage main\n", "/* a */\n// +build ignore\n\npackage main\n"]
        {
            assert_eq!(words("main.go", text), None, "{text}");
        }
        assert!(!holds(&format!("//go:build {}linux", "!".repeat(901))));
        assert!(!holds(&format!("//go:build {}linux{}", "(".repeat(5000), ")".repeat(5000))));
    }

    #[test]
    fn what_needs_no_constraint() {
        let c = "package main\n\nimport \"C\"\n\nfunc main() {}\n";
        assert_eq!(words("main.go", c).as_deref(), Some("import \"C\""));
        assert_eq!(words("main.go", "package main\n\nconst c = \"C\"\n"), None);
        assert_eq!(words("doc.go", "package documentation\n").as_deref(), Some("package documentation"));
    }

    #[test]
    fn what_nobody_builds() {
        for text in ["//go:build ignore\n\npackage a\n", "//go:build ignore && linux\npackage a", "package documentation\n"] {
            assert!(is_never_built(text), "{text}");
        }
        for text in ["package a\n", "//go:build linux\n\npackage a\n", "//go:build ignore || linux\n\npackage a\n"] {
            assert!(!is_never_built(text), "{text}");
        }
        assert!(is_restricted("a.go", "// +build x\n\npackage a\n") && is_restricted("a_windows.go", "") && !is_restricted("a.go", ""));
    }
}
