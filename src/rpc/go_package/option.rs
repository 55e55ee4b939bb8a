//! What the command line says about the two plugins, read as protoc and protogen read it.
//!
//! In: the flags as typed. Out: a [`Side`] for each plugin; what nobody but the plugin understands is handed on.
//! Source of the rules: contract rpc 2.3, 12.2 and 14; protobuf-go `compiler/protogen`, Options.New.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::plan::Root;
use crate::source::Disk;

/// The flags of the two plugins, as typed.
#[derive(Debug, Clone, Default)]
pub struct PbOptions {
    /// Each `--go_out`.
    pub go_out: Vec<String>,
    /// Each `--go-grpc_out`.
    pub go_grpc_out: Vec<String>,
    /// Each `--go_opt`.
    pub go_opt: Vec<String>,
    /// Each `--go-grpc_opt`.
    pub go_grpc_opt: Vec<String>,
    /// Each `--plugin`.
    pub plugins: Vec<String>,
}

/// Which plugin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// protoc-gen-go: messages.
    Go,
    /// protoc-gen-go-grpc: services.
    Grpc,
}

impl Which {
    /// Both, in the order protoc runs them.
    pub const BOTH: [Self; 2] = [Self::Go, Self::Grpc];

    /// The name of its program.
    pub fn program(self) -> &'static str {
        match self {
            Self::Go => "protoc-gen-go",
            Self::Grpc => "protoc-gen-go-grpc",
        }
    }

    /// Its word in flags: `--go_out`, `--go-grpc_opt`.
    pub fn flag(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::Grpc => "go-grpc",
        }
    }
}

/// How a plugin names its files below the output directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Layout {
    /// By the Go import path.
    Import,
    /// The same, without the path of this module.
    Module(String),
    /// As the `.proto` file is named.
    SourceRelative,
}

/// What the command line says about one plugin.
#[derive(Debug, Clone)]
pub struct Side {
    /// Which.
    pub which: Which,
    /// Where its files go; each directory gets all of them. Empty where the plugin is not asked for.
    pub outs: Vec<Root>,
    /// The program that `--plugin` names.
    pub program: Option<PathBuf>,
    pub(super) layout: Layout,
    /// `M` options: import path and package name by virtual name; either may be empty.
    pub(super) named: BTreeMap<String, (String, String)>,
    /// The options that the plugin alone understands, as they are.
    pub(in crate::rpc) rest: Vec<String>,
}

impl Side {
    /// The directory that counts where there are several: as in goctl, the last.
    pub(super) fn dir(&self) -> Option<&Path> {
        self.outs.last().map(|root| root.dir.as_path())
    }
}

/// Reads the flags: protoc-gen-go's side, then that of protoc-gen-go-grpc; `None` where they are wrong, which was reported.
pub(super) fn read(options: &PbOptions, disk: &Disk, report: &mut Report) -> Option<[Side; 2]> {
    let before = report.count(crate::diagnostic::Severity::Error);
    let programs = programs(&options.plugins, report);
    let mut sides = [
        side(Which::Go, &options.go_out, &options.go_opt, disk, report),
        side(Which::Grpc, &options.go_grpc_out, &options.go_grpc_opt, disk, report),
    ];
    for (which, program) in programs {
        sides.iter_mut().filter(|side| side.which == which).for_each(|side| side.program = Some(program.clone()));
    }
    (report.count(crate::diagnostic::Severity::Error) == before).then_some(sides)
}

fn side(which: Which, outs: &[String], opts: &[String], disk: &Disk, report: &mut Report) -> Side {
    let (dirs, mut words) = split_outs(outs);
    words.extend(opts.iter().flat_map(|opt| opt.split(',')).map(str::to_owned));
    let mut outs: Vec<Root> = Vec::new();
    for dir in dirs {
        let root = Root { dir: disk.resolve(Path::new(&dir)), shown: dir };
        // Of one directory given twice the last stays the last.
        outs.retain(|known| known.dir != root.dir);
        outs.push(root);
    }
    let mut side = Side { which, outs, program: None, layout: Layout::Import, named: BTreeMap::new(), rest: Vec::new() };
    let (mut relative, mut module) = (false, String::new());
    for word in words.into_iter().filter(|word| !word.is_empty()) {
        let (key, value) = word.split_once('=').unwrap_or((&word, ""));
        match key {
            "paths" => match value {
                "import" => relative = false,
                "source_relative" => relative = true,
                _ => wrong(
                    report,
                    format!("`{}`: no such way to place files", shown(which, &word)),
                    "write `paths=source_relative` or `paths=import`",
                ),
            },
            "module" => value.clone_into(&mut module),
            "plugins" => wrong(
                report,
                format!("`{word}` is an option of an older protoc-gen-go; today's makes messages alone"),
                "leave it out and write both flags: `--go_out=DIR --go-grpc_out=DIR`",
            ),
            _ => match key.strip_prefix('M') {
                Some(file) => {
                    let (path, name) = value.split_once(';').unwrap_or((value, ""));
                    let entry = side.named.entry(file.to_owned()).or_default();
                    // The later one counts, where it says something.
                    [(&mut entry.0, path), (&mut entry.1, name)]
                        .into_iter()
                        .filter(|(_, new)| !new.is_empty())
                        .for_each(|(old, new)| new.clone_into(old));
                }
                None => side.rest.push(word),
            },
        }
    }
    side.layout = match (relative, module.trim_end_matches('/')) {
        (true, "") => Layout::SourceRelative,
        (false, "") => Layout::Import,
        (false, module) => Layout::Module(module.to_owned()),
        (true, _) => {
            let message = format!("`{}` and `paths=source_relative` exclude each other", shown(which, &format!("module={module}")));
            wrong(
                report,
                message,
                "`module` cuts import paths short, which `paths=source_relative` does not look at: leave one of them out",
            );
            Layout::SourceRelative
        }
    };
    side
}

/// Directories and options of `--go_out`: protoc takes `OPTIONS:DIR` too. (The list was cut at commas, through the options.)
fn split_outs(outs: &[String]) -> (Vec<String>, Vec<String>) {
    let (mut dirs, mut options, mut pending) = (Vec::new(), Vec::new(), Vec::new());
    for out in outs {
        let windows = out.as_bytes().get(1) == Some(&b':')
            && out.starts_with(|c: char| c.is_ascii_alphabetic())
            && out.get(2..).is_some_and(|rest| rest.starts_with(['/', '\\']));
        match out.split_once(':').filter(|_| !windows) {
            Some((before, dir)) => {
                options.append(&mut pending);
                options.extend(before.split(',').map(str::to_owned));
                dirs.push(dir.to_owned());
            }
            None if is_option(out) => pending.push(out.clone()),
            None => {
                dirs.append(&mut pending);
                dirs.push(out.clone());
            }
        }
    }
    // Nothing with a colon came behind: they were directories.
    dirs.append(&mut pending);
    let dirs = dirs.into_iter().map(|dir| if dir.is_empty() { ".".to_owned() } else { dir }).collect();
    (dirs, options)
}

/// What stands in front of a colon, cut off at a comma.
fn is_option(out: &str) -> bool {
    let key = out.split('=').next().unwrap_or("");
    out.contains('=')
        && (matches!(key, "paths" | "module" | "plugins" | "annotate_code" | "require_unimplemented_servers")
            || key.starts_with('M') && key.ends_with(".proto"))
}

/// `--plugin=NAME=PATH`, or `--plugin=PATH` with the name at its end (contract: rpc 12.1).
fn programs(plugins: &[String], report: &mut Report) -> Vec<(Which, PathBuf)> {
    let mut programs = Vec::new();
    for plugin in plugins {
        let (name, path) = match plugin.split_once('=') {
            Some((name, path)) => (name.to_owned(), path),
            None => (plugin.rsplit(['/', '\\']).next().unwrap_or("").trim_end_matches(".exe").to_owned(), plugin.as_str()),
        };
        match Which::BOTH.into_iter().find(|which| which.program() == name) {
            Some(which) if !path.is_empty() => programs.push((which, PathBuf::from(path))),
            _ => wrong(
                report,
                format!("`--plugin={plugin}` names no plugin that ctl calls"),
                "they are `protoc-gen-go` and `protoc-gen-go-grpc`: write `--plugin=protoc-gen-go=PATH`",
            ),
        }
    }
    programs
}

/// An option as the user may have typed it.
pub(super) fn shown(which: Which, word: &str) -> String {
    format!("--{}_opt={word}", which.flag())
}

fn wrong(report: &mut Report, message: String, help: &str) {
    report.push(Diagnostic::error(Code::PluginOption, message).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(all: &[&str]) -> Vec<String> {
        all.iter().map(|&one| one.to_owned()).collect()
    }

    fn go(outs: &[&str], opts: &[&str]) -> Result<Side, String> {
        let mut report = Report::new();
        let options = PbOptions { go_out: words(outs), go_opt: words(opts), ..PbOptions::default() };
        let sides = read(&options, &Disk::memory([]), &mut report);
        sides.map(|[go, _]| go).ok_or_else(|| report.sorted().iter().map(|found| found.message.clone()).collect::<Vec<_>>().join("; "))
    }

    fn dirs(side: &Side) -> Vec<&str> {
        side.outs.iter().map(|root| root.shown.as_str()).collect()
    }

    #[test]
    fn options_are_read_as_protogen_reads_them() {
        let side = go(&["/a", "/b"], &["paths=source_relative,Ma.proto=x/a;a", "annotate_code", "Mb.proto=x/b", "Ma.proto=y/a"]).unwrap();
        assert_eq!((dirs(&side), &side.layout), (vec!["/a", "/b"], &Layout::SourceRelative));
        assert_eq!(side.named["a.proto"], ("y/a".to_owned(), "a".to_owned()));
        assert_eq!(side.named["b.proto"], ("x/b".to_owned(), String::new()));
        assert_eq!(side.rest, ["annotate_code"]);
        assert_eq!(go(&[], &["module=example.com/m/"]).unwrap().layout, Layout::Module("example.com/m".to_owned()));
        assert_eq!(go(&[], &["paths=source_relative", "paths=import"]).unwrap().layout, Layout::Import);
    }

    #[test]
    fn the_old_form_of_out_holds_options() {
        // As the command line is cut at commas.
        let side = go(&["Ma.proto=x/a", "paths=source_relative:/pb", "/b"], &[]).unwrap();
        assert_eq!((dirs(&side), &side.layout, side.named.len()), (vec!["/pb", "/b"], &Layout::SourceRelative, 1));
        assert_eq!(dirs(&go(&[r"C:\pb", "D:/x", "paths=import:"], &[]).unwrap()), [r"C:\pb", "D:/x", "."]);
        assert_eq!(dirs(&go(&["module=x"], &[]).unwrap()), ["module=x"]);
        assert_eq!(dirs(&go(&["/a", "/b", "/a"], &[]).unwrap()), ["/b", "/a"]);
    }

    #[test]
    fn what_no_plugin_takes_any_more_is_told() {
        assert!(go(&["plugins=grpc:."], &[]).unwrap_err().contains("older protoc-gen-go"));
        assert!(go(&["."], &["paths=here"]).unwrap_err().contains("--go_opt=paths=here"));
        assert!(go(&["."], &["paths=source_relative,module=m"]).unwrap_err().contains("exclude each other"));
    }

    #[test]
    fn plugins_have_names() {
        let mut report = Report::new();
        let given = words(&["protoc-gen-go=/x/y", "tools/protoc-gen-go-grpc", "protoc-gen-js=/x", "protoc-gen-go="]);
        let programs = programs(&given, &mut report);
        assert_eq!(programs, [(Which::Go, "/x/y".into()), (Which::Grpc, "tools/protoc-gen-go-grpc".into())]);
        assert_eq!(report.sorted().len(), 2);
    }
}
