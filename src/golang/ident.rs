//! Go's words: what may name a package, a file, a string.

use super::constraint::of_name;
use crate::naming::identifier;

/// The keywords of Go (specification, Keywords).
pub const KEYWORDS: [&str; 25] = [
    "break",
    "case",
    "chan",
    "const",
    "continue",
    "default",
    "defer",
    "else",
    "fallthrough",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "interface",
    "map",
    "package",
    "range",
    "return",
    "select",
    "struct",
    "switch",
    "type",
    "var",
];

/// What Go declares for every file (specification, Predeclared identifiers); types first.
pub const PREDECLARED: [&str; 44] = [
    "any",
    "bool",
    "byte",
    "comparable",
    "complex64",
    "complex128",
    "error",
    "float32",
    "float64",
    "int",
    "int8",
    "int16",
    "int32",
    "int64",
    "rune",
    "string",
    "uint",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "uintptr",
    "true",
    "false",
    "iota",
    "nil",
    "append",
    "cap",
    "clear",
    "close",
    "complex",
    "copy",
    "delete",
    "imag",
    "len",
    "make",
    "max",
    "min",
    "new",
    "panic",
    "print",
    "println",
    "real",
    "recover",
];

/// The types among them.
pub const PREDECLARED_TYPES: &[&str] = PREDECLARED.as_slice().split_at(22).0;

/// Operating systems that, behind a `_` at the end of a file name, restrict the file to them (go/build, `goodOSArchFile`; the
/// lists are those of internal/syslist).
pub(super) const SYSTEMS: [&str; 18] = [
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "zos",
];

/// Machines that do the same.
pub(super) const MACHINES: [&str; 24] = [
    "386",
    "amd64",
    "amd64p32",
    "arm",
    "armbe",
    "arm64",
    "arm64be",
    "loong64",
    "mips",
    "mipsle",
    "mips64",
    "mips64le",
    "mips64p32",
    "mips64p32le",
    "ppc",
    "ppc64",
    "ppc64le",
    "riscv",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparc64",
    "wasm",
];

/// The name of the package in a directory called `dir`: each character Go does not allow becomes `_`, and a name that
/// Go gives another meaning (a keyword, `main`, `documentation`, `…_test`) gets one more at its end.
pub fn package_name(dir: &str) -> String {
    let name = identifier(dir);
    let taken =
        KEYWORDS.contains(&name.as_str()) || matches!(name.as_str(), "main" | "init" | "documentation" | "_") || name.ends_with("_test");
    if taken { format!("{name}_") } else { name }
}

/// Why `go build` would pass over a file of this name, or build it only sometimes; `None` where it builds it always.
pub fn passed_over(file: &str) -> Option<&'static str> {
    let stem = file.strip_suffix(".go")?;
    if stem.starts_with(['_', '.']) {
        return Some("Go ignores files whose name starts with `_` or `.`");
    }
    if stem.starts_with(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()) {
        return Some("Go refuses files whose name starts with such a character");
    }
    if stem.ends_with("_test") {
        return Some("Go takes it for a test");
    }
    // The platform is looked for before the first dot: `user_linux.v1.go` is for Linux, `v1.user_linux.go` is not.
    (!of_name(file).is_empty()).then_some("Go builds it on one platform only")
}

/// Why a directory of this name cannot be imported (golang.org/x/mod/module, CheckImportPath; go help vendor).
pub fn not_importable(dir: &str) -> Option<&'static str> {
    const WINDOWS: [&str; 22] = [
        "con", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "prn", "aux", "nul", "lpt1", "lpt2", "lpt3", "lpt4",
        "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    ];
    let stem = dir.split('.').next().unwrap_or("").to_lowercase();
    let tilde = dir.rsplit_once('~').is_some_and(|(_, digits)| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    if dir.is_empty() || !dir.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | '+')) {
        Some("an import path holds letters, digits, `-`, `.`, `_`, `~` and `+` alone")
    } else if dir == "vendor" {
        Some("Go looks for other modules in it")
    } else if WINDOWS.contains(&stem.as_str()) {
        Some("it is the name of a device on Windows")
    } else if dir.ends_with('.') || tilde {
        Some("an import path has no part that ends so")
    } else {
        None
    }
}

/// Whether the standard library, or the go command, has a package or a directory of this name at its top: a module called
/// so would be taken for it.
pub fn is_standard(name: &str) -> bool {
    const STANDARD: [&str; 52] = [
        "archive",
        "arena",
        "bufio",
        "builtin",
        "bytes",
        "cmd",
        "cmp",
        "compress",
        "container",
        "context",
        "crypto",
        "database",
        "debug",
        "embed",
        "encoding",
        "errors",
        "expvar",
        "flag",
        "fmt",
        "go",
        "hash",
        "html",
        "image",
        "index",
        "io",
        "iter",
        "log",
        "maps",
        "math",
        "mime",
        "net",
        "os",
        "path",
        "plugin",
        "reflect",
        "regexp",
        "runtime",
        "slices",
        "sort",
        "std",
        "strconv",
        "strings",
        "structs",
        "sync",
        "syscall",
        "testing",
        "text",
        "time",
        "unicode",
        "unique",
        "unsafe",
        "vendor",
    ];
    STANDARD.contains(&name)
}

/// `text` as an interpreted string literal (specification, String literals).
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || c == '\u{feff}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_end_where_constants_begin() {
        assert_eq!((PREDECLARED_TYPES.last(), PREDECLARED[PREDECLARED_TYPES.len()]), (Some(&"uintptr"), "true"));
    }

    #[test]
    fn package_names() {
        let rows = [
            ("admin", "admin"),
            ("user-admin", "user_admin"),
            ("2fa", "_2fa"),
            ("type", "type_"),
            ("main", "main_"),
            ("a_test", "a_test_"),
        ];
        for (dir, package) in rows {
            assert_eq!(package_name(dir), package);
        }
    }

    #[test]
    fn files_go_passes_over() {
        for file in ["_user.go", ".user.go", "user_test.go", "user_linux.go", "a_b_amd64.go", "user_linux.v1.go"] {
            assert!(passed_over(file).is_some(), "{file}");
        }
        for file in ["user.go", "linux.go", "userlinux.go", "user_handler.go", "user_unix.go", "user_linux.yaml", "v1.user_linux.go"] {
            assert_eq!(passed_over(file), None, "{file}");
        }
    }

    #[test]
    fn directories_go_cannot_import() {
        for dir in ["a b", "サ", "aux", "com1.x", "v1.", "vendor", "a~1", "a@b", ""] {
            assert!(not_importable(dir).is_some(), "{dir}");
        }
        for dir in ["a", "v1.0", "_und", "a+b", "internal", "auxiliary", "a~b"] {
            assert_eq!(not_importable(dir), None, "{dir}");
        }
    }

    #[test]
    fn quoting() {
        assert_eq!(quote("/a\"b\\\u{7f}"), "\"/a\\\"b\\\\\\u007f\"");
    }
}
