//! The formatter against the real gofmt: every file of go-zero and of the Go tree, as it is and with the blanks between
//! its tokens removed, and real files that were broken on purpose.
//!
//! Needs `go` and `gofmt`, and go-zero in the module cache; without them a test says that it was skipped, or fails if
//! `CTL_NO_SKIP` is 1. `CTL_GOZERO_DIR` names another go-zero folder, `CTL_GOFMT_DIFF` a folder that receives our output
//! and gofmt's for every file that differs.

// Tests drive real tools on real folders and report to the terminal.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, clippy::expect_used)]

use ctl::golang::format::{SyntaxError, format};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The answer of a command, trimmed, if it ran well.
fn answer(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The folder of go-zero's sources.
fn gozero() -> Result<PathBuf, String> {
    if let Some(dir) = std::env::var_os("CTL_GOZERO_DIR") {
        return Ok(PathBuf::from(dir));
    }
    let cache = answer("go", &["env", "GOMODCACHE"]).ok_or("no go on the path")?;
    let dir = Path::new(&cache).join("github.com/zeromicro/go-zero@v1.10.3");
    if dir.is_dir() { Ok(dir) } else { Err(format!("no {}", dir.display())) }
}

/// The folder of Go's own sources.
fn goroot() -> Result<PathBuf, String> {
    let root = answer("go", &["env", "GOROOT"]).ok_or("no go on the path")?;
    Ok(Path::new(&root).join("src"))
}

/// The gofmt that belongs to the Go tree.
fn gofmt() -> Result<PathBuf, String> {
    let root = answer("go", &["env", "GOROOT"]).ok_or("no go on the path")?;
    let path = Path::new(&root).join("bin/gofmt");
    if path.is_file() { Ok(path) } else { Err("no gofmt".to_owned()) }
}

/// Runs a test that needs tools, or says why it was not run.
fn with_tools(test: impl FnOnce() -> Result<(), String>) {
    if let Err(reason) = test() {
        assert!(std::env::var("CTL_NO_SKIP").as_deref() != Ok("1"), "{reason}");
        let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("skipped: {reason}\n"));
    }
}

/// The Go files below a folder outside `testdata`, by relative path.
fn go_files(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "testdata" {
                    folders.push(path);
                }
            } else if name.ends_with(".go")
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                files.insert(path.strip_prefix(root).unwrap().to_string_lossy().into_owned(), text);
            }
        }
    }
    files
}

/// A folder that is removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let dir = std::env::temp_dir().join(format!("ctl-gofmt-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        Scratch(dir)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What gofmt makes of files: their text, or the first line it complains about.
fn gofmt_answers(name: &str, files: &BTreeMap<String, String>) -> Result<Vec<Result<String, usize>>, String> {
    let gofmt = gofmt()?;
    let scratch = Scratch::new(name);
    for (i, text) in files.values().enumerate() {
        let folder = scratch.0.join(format!("{}", i / 500));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{i}.go")), text).unwrap();
    }
    let output = Command::new(gofmt).arg("-w").arg(&scratch.0).output().map_err(|e| e.to_string())?;
    let mut refused: BTreeMap<usize, usize> = BTreeMap::new();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    for line in errors.lines() {
        let Some((path, rest)) = line.split_once(".go:") else { continue };
        let Some(index) = Path::new(path).file_name().and_then(|n| n.to_str()).and_then(|n| n.parse().ok()) else {
            continue;
        };
        let at = rest.split(':').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        refused.entry(index).or_insert(at);
    }
    // A line directive changes the name and line in gofmt's message; then only the verdict counts.
    let gofmt = self::gofmt()?;
    for (i, text) in files.values().enumerate() {
        if (text.contains("//line ") || text.contains("/*line ")) && !refused.contains_key(&i) {
            let file = scratch.0.join("again.go");
            std::fs::write(&file, text).unwrap();
            let status = Command::new(&gofmt).arg("-l").arg(file).output().map_err(|e| e.to_string())?.status;
            if status.code() == Some(2) {
                refused.insert(i, 0);
            }
        }
    }
    Ok((0..files.len())
        .map(|i| match refused.get(&i) {
            Some(&line) => Err(line),
            None => Ok(std::fs::read_to_string(scratch.0.join(format!("{}/{i}.go", i / 500))).unwrap()),
        })
        .collect())
}

/// Whether we refuse to give out what would be another program.
fn is_guarded(ours: &Result<String, SyntaxError>) -> bool {
    ours.as_ref().is_err_and(|error| error.message.contains("bug"))
}

/// Whether a text is not Go.
fn is_broken(text: &str) -> bool {
    let again = format(text);
    again.is_err() && !is_guarded(&again)
}

/// Compares our answers with gofmt's; prints one line and gives back the share that is equal, in percent. Where gofmt
/// itself makes another program of a file, which comments in strange places lead it to, ours must be a refusal.
fn compare(name: &str, files: &BTreeMap<String, String>) -> Result<f64, String> {
    let theirs = gofmt_answers(&name.replace(' ', "-"), files)?;
    let mut equal = 0;
    let mut refused = 0;
    let mut guarded = 0;
    let mut different = Vec::new();
    for ((path, text), theirs) in files.iter().zip(&theirs) {
        let ours = format(text);
        match (&ours, theirs) {
            (Ok(ours), Ok(theirs)) if ours == theirs => equal += 1,
            (Err(_), Err(_)) => {
                equal += 1;
                refused += 1;
            }
            (Err(_), Ok(theirs)) if is_guarded(&ours) && is_broken(theirs) => guarded += 1,
            _ => {
                different.push(path.clone());
                write_difference(name, path, &ours.map_err(|e| format!("{e:?}\n")), theirs);
                write_difference(name, &format!("{path}.src"), &Ok(text.clone()), theirs);
            }
        }
    }
    // Only files that were disturbed may be too strange for gofmt.
    let tolerated = if name.ends_with("disturbed") { guarded } else { 0 };
    let percent = 100.0 * f64::from(equal + tolerated) / files.len() as f64;
    println!(
        "{name}: {equal} of {} files equal to gofmt ({percent:.2}%), {refused} refused by both, {guarded} broken by gofmt",
        files.len()
    );
    for path in different.iter().take(20) {
        println!("  differs: {path}");
    }
    Ok(percent)
}

/// Leaves both answers where the developer asked for them.
fn write_difference(name: &str, path: &str, ours: &Result<String, String>, theirs: &Result<String, usize>) {
    let Some(dir) = std::env::var_os("CTL_GOFMT_DIFF") else { return };
    let dir = Path::new(&dir).join(name.replace(' ', "-"));
    std::fs::create_dir_all(&dir).unwrap();
    let file = path.replace('/', "_");
    let ours = ours.as_ref().unwrap_or_else(|e| e);
    std::fs::write(dir.join(format!("{file}.ours")), ours).unwrap();
    let theirs = theirs.as_ref().map_or_else(|line| format!("refused at line {line}\n"), Clone::clone);
    std::fs::write(dir.join(format!("{file}.theirs")), theirs).unwrap();
}

/// Where the tokens, comments and white space of a file are: a lexer just good enough for files that compile.
fn pieces(src: &str) -> Vec<(usize, usize)> {
    let bytes = src.as_bytes();
    let mut out = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        let start = i;
        let rest = &bytes[i..];
        let until =
            |end: &[u8], from: usize| rest[from..].windows(end.len()).position(|w| w == end).map_or(rest.len(), |at| from + at + end.len());
        let quoted = |quote: u8| {
            let mut j = 1;
            while j < rest.len() && rest[j] != quote && rest[j] != b'\n' {
                j += if rest[j] == b'\\' { 2 } else { 1 };
            }
            (j + 1).min(rest.len())
        };
        let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80;
        let len = match rest[0] {
            b' ' | b'\t' => rest.iter().take_while(|b| matches!(b, b' ' | b'\t')).count(),
            b'/' if rest.get(1) == Some(&b'/') => rest.iter().take_while(|&&b| b != b'\n').count(),
            b'/' if rest.get(1) == Some(&b'*') => until(b"*/", 2),
            b'`' => until(b"`", 1),
            b'"' => quoted(b'"'),
            b'\'' => quoted(b'\''),
            b if b.is_ascii_digit() || b == b'.' && rest.get(1).is_some_and(u8::is_ascii_digit) => {
                let mut j = 1;
                while j < rest.len()
                    && (is_word(rest[j])
                        || rest[j] == b'.'
                        || matches!(rest[j], b'+' | b'-') && matches!(rest[j - 1] | 0x20, b'e' | b'p') && !rest.starts_with(b"0x")
                        || matches!(rest[j], b'+' | b'-') && matches!(rest[j - 1] | 0x20, b'p') && rest.starts_with(b"0x"))
                {
                    j += 1;
                }
                j
            }
            b if is_word(b) => rest.iter().take_while(|&&b| is_word(b)).count(),
            _ => {
                const OPERATORS: [&[u8]; 25] = [
                    b"<<=", b">>=", b"&^=", b"...", b"&&", b"||", b"<-", b"++", b"--", b"==", b"!=", b"<=", b">=", b":=", b"+=", b"-=",
                    b"*=", b"/=", b"%=", b"&=", b"|=", b"^=", b"<<", b">>", b"&^",
                ];
                OPERATORS.iter().find(|op| rest.starts_with(op)).map_or(1, |op| op.len())
            }
        };
        i += len;
        while !src.is_char_boundary(i) {
            i += 1;
        }
        out.push((start, i));
    }
    out
}

/// A file without the blanks between its tokens, where the tokens do not run together without one.
fn mangle(src: &str) -> String {
    let pieces = pieces(src);
    let mut out = String::with_capacity(src.len());
    let is_blank = |(start, _): (usize, usize)| matches!(src.as_bytes()[start], b' ' | b'\t');
    for (i, &(start, end)) in pieces.iter().enumerate() {
        if !is_blank((start, end)) {
            out.push_str(&src[start..end]);
            continue;
        }
        let before = i.checked_sub(1).map_or("\n", |i| &src[pieces[i].0..pieces[i].1]);
        let Some(&(start, end)) = pieces.get(i + 1) else { continue };
        let after = &src[start..end];
        if before.ends_with('\n') || after.starts_with('\n') || before.starts_with("/*") || after.starts_with("/*") {
            // Beside a comment a blank is needed only after a slash.
            if before == "/" {
                out.push(' ');
            }
            continue;
        }
        let joined = format!("{before}{after}");
        let again = self::pieces(&joined);
        if again != [(0, before.len()), (before.len(), joined.len())] {
            out.push(' ');
        }
    }
    out
}

/// The files gofmt leaves as they are.
fn clean_files(root: &Path, name: &str) -> Result<BTreeMap<String, String>, String> {
    let files = go_files(root);
    let theirs = gofmt_answers(&format!("{name}-clean"), &files)?;
    Ok(files.into_iter().zip(theirs).filter(|((_, text), theirs)| theirs.as_ref() == Ok(text)).map(|(f, _)| f).collect())
}

/// Both laws for one tree: files as they are, and mangled.
fn laws(root: &Path, name: &str, threshold: f64) -> Result<(), String> {
    gofmt()?;
    let as_they_are = compare(&format!("{name} as it is"), &go_files(root))?;
    let mangled: BTreeMap<_, _> = clean_files(root, name)?.into_iter().map(|(path, text)| (path, mangle(&text))).collect();
    let mangled = compare(&format!("{name} mangled"), &mangled)?;
    assert!(as_they_are >= threshold && mangled >= threshold, "{name}: below {threshold}%");
    Ok(())
}

#[test]
fn go_zero() {
    with_tools(|| laws(&gozero()?, "go-zero", 99.5));
}

#[test]
fn go_tree() {
    with_tools(|| laws(&goroot()?, "GOROOT", 99.5));
}

/// A small generator of numbers: the same ones in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

/// A file with line breaks and comments in unusual places, and without some of its own line breaks: nothing that makes
/// most files wrong.
fn disturb(src: &str, numbers: &mut Numbers) -> String {
    const ANYWHERE: [&str; 5] = ["/* c */", " /* d */ ", "  ", "\t", " /**/"];
    const BETWEEN: [&str; 7] = ["\n", "\n\n\n", "// e\n", " // f\n", "/* g\n\t h */", "\n// i\n", "\n\n\t/* j */\n"];
    const ENDS: [&str; 11] = ["return", "break", "continue", "fallthrough", "++", "--", ")", "]", "}", "", "*/"];
    let mut out = String::with_capacity(src.len() * 2);
    let mut before = "\n";
    let rate = 4 + numbers.below(40);
    for (s, e) in pieces(src) {
        let piece = &src[s..e];
        let blank = piece.trim().is_empty();
        // Whether a line break before this piece is no semicolon.
        let word = before.ends_with(|c: char| c.is_alphanumeric() || "_\"'`".contains(c));
        let is_keyword = matches!(before, "func" | "if" | "for" | "switch" | "case" | "var" | "const" | "type" | "go" | "range");
        let free = (!word || is_keyword) && !ENDS.contains(&before);
        if piece == "\n" && free && !before.starts_with("//") && numbers.below(rate) == 0 {
            continue;
        }
        if !before.starts_with("//") && numbers.below(rate) == 0 {
            out.push_str(ANYWHERE[numbers.below(ANYWHERE.len())]);
        }
        if free && !before.starts_with("//") && numbers.below(rate) == 0 {
            out.push_str(BETWEEN[numbers.below(BETWEEN.len())]);
        }
        out.push_str(piece);
        if !blank || piece == "\n" {
            before = piece;
        }
    }
    out
}

/// Disturbed files of one tree.
fn disturbed(root: &Path, name: &str, every: usize) -> Result<(), String> {
    let mut numbers = Numbers(7);
    let files: BTreeMap<_, _> = go_files(root)
        .into_iter()
        .enumerate()
        .filter(|(i, (_, text))| i % every == 0 && text.len() < 200_000)
        .map(|(_, (path, text))| (path, disturb(&text, &mut numbers)))
        .collect();
    let percent = compare(&format!("{name} disturbed"), &files)?;
    assert!(percent >= 98.0, "{name}: below 98%");
    Ok(())
}

#[test]
fn disturbed_files() {
    with_tools(|| {
        disturbed(&gozero()?, "go-zero", 1)?;
        disturbed(&goroot()?, "GOROOT", 5)
    });
}

/// Breaks a file in one of several ways.
fn break_file(src: &str, numbers: &mut Numbers) -> String {
    let all = pieces(src);
    let tokens: Vec<(usize, usize)> = all
        .iter()
        .copied()
        .filter(|&(s, e)| !src[s..e].trim().is_empty() && !src[s..e].starts_with("//") && !src[s..e].starts_with("/*"))
        .collect();
    if tokens.len() < 4 {
        return src.to_owned();
    }
    let at = numbers.below(tokens.len() - 2);
    let ((s, e), (s2, e2)) = (tokens[at], tokens[at + 1]);
    let find = |numbers: &mut Numbers, wanted: &[&str]| {
        let found: Vec<_> = tokens.iter().filter(|&&(s, e)| wanted.iter().any(|w| src[s..e].starts_with(w))).collect();
        if found.is_empty() { (s, e) } else { *found[numbers.below(found.len())] }
    };
    match numbers.below(10) {
        0 => format!("{}{}", &src[..s], &src[e..]),
        1 => format!("{} {} {}", &src[..e], &src[s..e], &src[e..]),
        2 => format!("{}{}{}{}{}", &src[..s], &src[s2..e2], &src[e..s2], &src[s..e], &src[e2..]),
        3 => {
            let (s, e) = find(numbers, &["(", ")", "{", "}", "[", "]"]);
            format!("{}{}", &src[..s], &src[e..])
        }
        4 => {
            let (s, e) = find(numbers, &["\"", "'", "`"]);
            format!("{}{}", &src[..e.saturating_sub(1).max(s)], &src[e..])
        }
        5 => {
            const WORDS: [&str; 8] = ["func", "if", "range", "return", "type", "else", "case", "import"];
            format!("{} {} {}", &src[..e], WORDS[numbers.below(WORDS.len())], &src[e..])
        }
        6 => {
            const SIGNS: [&str; 12] = [":=", ",", ";", "...", "<-", "=", "++", ".", "&", "!", "~", ":"];
            format!("{} {} {}", &src[..e], SIGNS[numbers.below(SIGNS.len())], &src[e..])
        }
        7 => {
            let cut = numbers.below(src.len());
            let cut = (0..=cut).rev().find(|&i| src.is_char_boundary(i)).unwrap();
            src[..cut].to_owned()
        }
        8 => format!("{}\n{}", &src[..e], &src[e..]),
        _ => {
            const LITERALS: [&str; 8] = ["0x", "08", "'ab'", "\"\\q\"", "1__2", "#", "$", "1e"];
            format!("{} {} {}", &src[..s], LITERALS[numbers.below(LITERALS.len())], &src[s..])
        }
    }
}

#[test]
fn broken_files() {
    with_tools(|| {
        let sources: Vec<String> = go_files(&gozero()?).into_values().collect();
        let count = std::env::var("CTL_GOFMT_BROKEN").ok().and_then(|n| n.parse().ok()).unwrap_or(600);
        let mut numbers = Numbers(42);
        let files: BTreeMap<String, String> = (0..count)
            .map(|i| {
                let src = &sources[numbers.below(sources.len())];
                (format!("{i:06}"), break_file(src, &mut numbers))
            })
            .collect();
        let theirs = gofmt_answers("broken", &files)?;
        let (mut refused, mut same_line) = (0, 0);
        let mut wrong = Vec::new();
        for ((name, text), theirs) in files.iter().zip(&theirs) {
            match (format(text), theirs) {
                (Ok(ours), Ok(theirs)) if ours == *theirs => {}
                (Err(ours), Err(line)) => {
                    refused += 1;
                    let ours = text[..ours.offset].matches('\n').count() + 1;
                    same_line += usize::from(ours == *line);
                }
                (ours, theirs) => {
                    write_difference("broken", name, &ours.clone().map_err(|e| format!("{e:?}\n")), theirs);
                    write_difference("broken", &format!("{name}.src"), &Ok(text.clone()), theirs);
                    wrong.push(format!("{name}: ours {:?}, gofmt {:?}", ours.map(|_| ()), theirs.as_ref().map(|_| ())));
                }
            }
        }
        println!(
            "broken: {} of {} files answered as gofmt does, {refused} refused, {same_line} of them at gofmt's line",
            files.len() - wrong.len(),
            files.len(),
        );
        assert!(wrong.is_empty(), "{wrong:#?}");
        Ok(())
    });
}

/// No depth overflows the stack, neither where a file is shallow enough for the stack of its caller nor where it is not:
/// the answer is text or an error.
#[test]
fn depth_is_limited() {
    let expr = |open: &str, close: &str, n: usize| format!("package p\n\nvar x = {}a{}\n", open.repeat(n), close.repeat(n));
    let stmt = |open: &str, close: &str, n: usize| format!("package p\n\nfunc f() {{\n{}{}\n}}\n", open.repeat(n), close.repeat(n));
    for n in [20, 45, 90, 1_000, 3_000, 30_000] {
        for source in [
            expr("(", ")", n),
            expr("-", "", n),
            expr("!(a && b == c + d * ", ")", n),
            expr("f(", ")", n),
            expr("[]T{", "}", n),
            expr("[]T{\n{a: ", "},\n}", n),
            expr("a[", "]", n),
            expr("func() int { return ", " }()", n),
            expr("func() int {\nreturn ", "\n}()", n),
            expr("[]", "", n),
            expr("struct{ x ", "}", n),
            expr("*", "", n),
            expr("interface{ m(", ") }", n),
            expr("<-chan ", "", n),
            expr("", ".(T)", n),
            expr("", ".\nf()", n),
            expr("map[int]", "", n),
            expr("func(", ")", n),
            stmt("{", "}", n),
            stmt("if x {", "}", n),
            stmt("for {\n", "\n}", n),
            stmt("switch { case x:\n", "}", n),
            stmt("if x {} else ", "{}", n),
            stmt("L: ", "", n),
            stmt("select { default: ", "}", n),
            stmt("if x {\n} else ", "", n) + "{}",
            format!("//go:build {}a{}\n\npackage p\n", "(".repeat(n), ")".repeat(n)),
            format!("//go:build {}a\n\npackage p\n", "a && ".repeat(n)),
        ] {
            let _ = format(&source);
        }
    }
}

/// Long and deep files take time in proportion to their length, and no stack.
#[test]
fn long_and_deep_files() {
    let list = |n: usize| format!("package p\n\nvar x = []T{{\n{}}}\n", "{a: 1, bcd: \"x\"}, // c\n".repeat(n));
    let fields = |n: usize| {
        let fields: String = (0..n).map(|i| format!("f{i} int `t{i}` // c\n")).collect();
        format!("package p\n\ntype S struct {{\n{fields}}}\n")
    };
    let chain = |n: usize| format!("package p\n\nvar x = a{}\n", " +\n\"b\"".repeat(n));
    let calls = |n: usize| format!("package p\n\nvar x = a{}\n", ".\nb()".repeat(n.min(4_000)));
    let nested = |n: usize| {
        let n = n.min(900);
        format!("package p\n\nfunc f() {}{{{}\n", "{\nif x ".repeat(n), "}\n".repeat(n + 1))
    };
    for (name, source) in
        [("list", list(20_000)), ("fields", fields(20_000)), ("chain", chain(20_000)), ("calls", calls(20_000)), ("nested", nested(20_000))]
    {
        let start = std::time::Instant::now();
        let first = format(&source).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        let took = start.elapsed();
        assert_eq!(format(&first).as_ref(), Ok(&first), "{name} is stable");
        assert!(took.as_secs() < 10, "{name} took {took:?}");
    }
}
