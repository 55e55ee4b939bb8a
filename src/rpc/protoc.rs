//! A protoc of the user's: with `--protoc`, and for files of an `edition`, which our parser does not read.
//!
//! In: files on disk. Out: what [`super::compile`] makes itself; the descriptors are protoc's, byte for byte. What protoc
//! says of a place becomes a diagnostic there.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use prost::Message;
use prost_reflect::DescriptorPool;
use prost_types::FileDescriptorProto;

use super::bundled;
use super::compile::{Compiled, CompiledFile, numbers};
use super::paths::{Found, Paths};
use super::places::{Columns, Places};
use super::process::{self, Fault, PATIENCE};
use super::public::PublicImports;
use super::spec::Origin;
use super::wire::{self, Value};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::env::tools;
use crate::source::{Disk, FileId, Scratch, Sources, Span};

/// How protoc is to be had.
const INSTALL: &str = "install protoc 27 or newer (the one your system packages may be older), or name one with `--protoc PATH`";

/// What protoc writes for us.
const SET: &str = "set";

/// The protoc of this machine, where `env check` finds it.
pub(super) fn of_machine(disk: &Disk) -> Option<PathBuf> {
    tools::Places::of_process().find("protoc", disk)
}

/// That a file cannot be read without it.
pub(super) fn needed(edition: Span) -> Diagnostic {
    Diagnostic::error(Code::Protoc, "files of an edition are compiled by protoc, which is not in the path").at(edition, "").help(INSTALL)
}

/// Compiles with `program`. `None` where it fails, which was reported.
pub(super) fn compile(program: &Path, paths: &Paths, named: &[Found], sources: &mut Sources, report: &mut Report) -> Option<Compiled> {
    let bad = |report: &mut Report, what: String| report.push(Diagnostic::error(Code::Protoc, what).path(program.display().to_string()));
    let set = match run(program, paths, named, PATIENCE) {
        Ok(set) => set,
        Err(Trouble::Disk(error)) => {
            bad(report, format!("there is no room for what protoc writes: {error}"));
            return None;
        }
        Err(Trouble::Program(fault)) => {
            match &fault {
                Fault::NoStart(error) if error.kind() == io::ErrorKind::NotFound => {
                    report.push(
                        Diagnostic::error(Code::Protoc, "there is no such program").path(program.display().to_string()).help(INSTALL),
                    );
                }
                Fault::Failed(_, words) if !words.trim().is_empty() => refused(words, paths, sources, report),
                _ => bad(report, format!("protoc {fault}")),
            }
            return None;
        }
        Err(Trouble::NoSet) => {
            bad(report, "protoc ended well and wrote no descriptors".to_owned());
            return None;
        }
    };
    let Some(raws) = files_of(&set) else {
        bad(report, "protoc wrote what is no set of descriptors".to_owned());
        return None;
    };
    let (mut pool, mut public) = (DescriptorPool::new(), PublicImports::default());
    let mut files: Vec<CompiledFile> = Vec::new();
    for raw in raws {
        let Ok(descriptor) = FileDescriptorProto::decode(raw) else {
            bad(report, "protoc wrote what is no descriptor".to_owned());
            return None;
        };
        let (name, imports) = (descriptor.name().to_owned(), descriptor.dependency.len());
        let mut linked = without_edition(raw)?;
        prost::encoding::string::encode_repeated(wire::DEPENDENCY, &public.of(&descriptor), &mut linked);
        if let Err(error) = pool.decode_file_descriptor_proto(linked.as_slice()) {
            bad(report, format!("protoc's descriptor of `{name}` cannot be used: {error}"));
            return None;
        }
        let origin = match paths.find(&name, sources.disk()) {
            Some(found) => {
                let path = sources.disk().resolve(&found.path);
                match sources.read(&found.path, &found.shown) {
                    Ok(source) => Origin::Disk { path, source },
                    Err(error) => {
                        report.push(Diagnostic::error(Code::UnreadableFile, error.to_string()).path(&found.shown));
                        return None;
                    }
                }
            }
            None => Origin::Bundled,
        };
        files.push(CompiledFile { name, origin, raw: raw.to_vec(), imports, info: None });
    }
    let names: Vec<String> = named.iter().map(|file| file.name.clone()).collect();
    let named = numbers(&names, &files);
    Some(Compiled { pool, files, named, columns: Columns::Tabs })
}

/// Why there is no set.
#[derive(Debug)]
enum Trouble {
    /// The system has no place for it.
    Disk(io::Error),
    /// The program did not do its work.
    Program(Fault),
    /// It says that it did.
    NoSet,
}

/// The encoded set that protoc writes.
fn run(program: &Path, paths: &Paths, named: &[Found], patience: Duration) -> Result<Vec<u8>, Trouble> {
    let scratch = Scratch::new().map_err(Trouble::Disk)?;
    for (name, text) in bundled::texts() {
        scratch.put(&format!("include/{name}"), text).map_err(Trouble::Disk)?;
    }
    let mut args =
        vec!["--include_imports".into(), "--include_source_info".into(), word("--descriptor_set_out=", &scratch.path().join(SET))];
    args.extend(paths.for_protoc().map(|dir| word("--proto_path=", &dir)));
    args.push(word("--proto_path=", &scratch.path().join("include")));
    args.extend(named.iter().map(|file| OsString::from(&file.shown)));
    process::ask(program, &args, Vec::new(), patience).map_err(Trouble::Program)?;
    scratch.read(SET).map_err(|_| Trouble::NoSet)
}

/// A flag with its value, which may be no text.
fn word(flag: &str, value: &Path) -> OsString {
    let mut word = OsString::from(flag);
    word.push(value);
    word
}

/// Protoc's own words, at the places it names.
fn refused(words: &str, paths: &Paths, sources: &mut Sources, report: &mut Report) {
    let mut known: BTreeMap<&str, Option<FileId>> = BTreeMap::new();
    let (mut placed, mut rest) = (false, Vec::new());
    for line in words.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut parts = line.splitn(4, ':');
        let place = (parts.next(), parts.next().and_then(|n| n.parse().ok()), parts.next().and_then(|n| n.parse().ok()), parts.next());
        let (Some(name), Some(line_number), Some(column), Some(message)) = place else {
            rest.push(line);
            continue;
        };
        let file = *known.entry(name).or_insert_with(|| {
            let found = paths.find(name, sources.disk())?;
            sources.read(&found.path, &found.shown).ok()
        });
        let Some(span) = file.and_then(|file| place_of(sources, file, line_number, column)) else {
            rest.push(line);
            continue;
        };
        let message = message.trim().trim_end_matches('.').replace('"', "`");
        let diagnostic = match message.strip_prefix("warning: ") {
            Some(message) => Diagnostic::warning(Code::Protoc, message),
            None => {
                placed = true;
                Diagnostic::error(Code::Protoc, message)
            }
        };
        let of_edition = sources.slice(span) == "edition";
        let diagnostic = diagnostic.at(span, "protoc says this");
        report.push(if of_edition { diagnostic.help(format!("this protoc may be too old: {INSTALL}")) } else { diagnostic });
    }
    // `x.proto: Import "y.proto" was not found` and the like repeat what stands at a place.
    if !placed {
        report.push(Diagnostic::error(Code::Protoc, format!("protoc fails: {}", rest.join("; ").trim_end_matches('.'))));
    }
}

/// The word at a 1-based line and column of protoc's.
fn place_of(sources: &Sources, file: FileId, line: i32, column: i32) -> Option<Span> {
    let text = sources.text(file);
    let at = Places::new(file, text, None, Columns::Tabs).byte((line.checked_sub(1)?, column.checked_sub(1)?))?;
    let rest = text.get(at..)?;
    let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let end = if word == 0 { at + rest.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8) } else { at + word };
    Some(Span::new(file, at, end))
}

/// The encoded files of an encoded set; `None` where it is none.
fn files_of(set: &[u8]) -> Option<Vec<&[u8]>> {
    const FILE: u32 = 1;
    wire::fields(set)?.into_iter().map(|field| field.value.bytes().filter(|_| field.number == FILE)).collect()
}

/// An encoded file with no `syntax` and no `edition`, where it is of an edition: the pool knows none. Names, types and options
/// are the same without; presence, which is not, is the plugins' business, and they are given the file as it is.
fn without_edition(raw: &[u8]) -> Option<Vec<u8>> {
    const SYNTAX: u32 = 12;
    const EDITION: u32 = 14;
    wire::kept(raw, |field| match field.number {
        SYNTAX => field.value != Value::Bytes(b"editions"),
        number => number != EDITION,
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn ran(program: &str, patience: Duration) -> Result<Vec<u8>, Trouble> {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proto").join(program);
        let paths = Paths::new(&["a=b".to_owned(), "c".to_owned()], Sources::default().disk());
        let file = Found { name: "x.proto".to_owned(), path: "/c/x.proto".into(), shown: "c/x.proto".to_owned() };
        run(&program, &paths, &[file], patience)
    }

    #[test]
    fn a_protoc_that_hangs_is_stopped() {
        assert!(matches!(ran("protoc-that-hangs", Duration::from_millis(100)), Err(Trouble::Program(Fault::TooSlow(_)))));
    }

    #[test]
    fn protoc_is_told_what_ctl_was() {
        let told = String::from_utf8(ran("protoc-that-echoes", PATIENCE).unwrap()).unwrap();
        let told: Vec<&str> = told.lines().collect();
        let [imports, info, _, mapped, dir, bundled, file] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!([*imports, info], ["--include_imports", "--include_source_info"]);
        assert_eq!([*mapped, dir, file], ["--proto_path=a=b", "--proto_path=c", "c/x.proto"]);
        assert!(bundled.ends_with("/include"), "{bundled}");
    }
}
