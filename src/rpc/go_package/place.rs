//! Where the code of a `.proto` file goes, and what that makes its import path.

use std::path::{Path, PathBuf};

use super::import_path::{clean, is_relative};
use super::option::{Layout, shown};
use super::{Context, Declared, GoPackage, Side, base, is_package_name, is_said, sanitize};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::ident::passed_over;
use crate::golang::module::{self, ModuleError};
use crate::golang::required::is_below;
use crate::rpc::spec::{FileNo, Origin, ProtoFile};
use crate::source::Span;

/// A file with its package.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) package: GoPackage,
    /// Whether code is made of it.
    pub(super) generated: bool,
}

impl Context<'_> {
    /// The package of one file.
    pub(super) fn place(&self, no: FileNo, report: &mut Report) -> Option<Placed> {
        let file = self.spec.file(no);
        let [go, grpc] = self.sides;
        let Some(declared) = self.declared(file, go) else {
            report.push(self.missing(file));
            return None;
        };
        if !declared.path.contains(['.', '/']) {
            let message = format!("`{}` is no Go import path: it needs a `/` or a `.`", declared.path);
            let error = self.at(Diagnostic::error(Code::BadGoPackage, message), no, "");
            report.push(error.help(format!("write `option go_package = \"./{}\";`", declared.path)));
            return None;
        }
        if self.is_others(no, &clean(&declared.path)) {
            return Some(Placed { package: GoPackage { path: declared.path, name: declared.name, dir: None }, generated: false });
        }
        if let Some(dir) = self.elsewhere(no, &declared) {
            return Some(Placed {
                package: GoPackage { path: clean(&declared.path), name: declared.name, dir: Some(dir) },
                generated: false,
            });
        }
        if !is_package_name(&declared.name) {
            let message = format!("`{}` cannot be the name of a Go package that others import", declared.name);
            let error = self.at(Diagnostic::error(Code::BadGoPackage, message), no, "");
            report.push(error.help(format!("name it behind a `;`: `option go_package = \"{};pb\";`", declared.path)));
            return None;
        }
        let target = self.target(no, if go.dir().is_none() { grpc } else { go }, &declared, report)?;
        if file.has_services {
            self.check_agreement(no, target.as_deref(), &declared, report)?;
        }
        let Some(dir) = target else {
            // Neither plugin is asked, and nothing says where the code lies.
            return Some(Placed { package: GoPackage { path: declared.path, name: declared.name, dir: None }, generated: true });
        };
        self.check_dir(no, &dir, report)?;
        let path = self.import_path(no, &dir, &declared, report)?;
        let package = GoPackage { path, name: declared.name, dir: Some(dir) };
        if !is_said(file, &package) && file.name.contains([',', '=']) {
            let message =
                format!("`{}` is imported as `{}`, which no option can say of a file with `,` or `=` in its name", file.name, package.path);
            report.push(self.at(Diagnostic::error(Code::BadGoPackage, message), no, "").help("give the .proto file another name"));
            return None;
        }
        if !self.is_named(no) {
            self.check_foreign(no, &clean(&declared.path), report);
        }
        Some(Placed { package, generated: true })
    }

    /// Notes an import whose code seems to be another module's, and is made here since go.mod does not require that one: a
    /// program that has both stops when it starts.
    fn check_foreign(&self, no: FileNo, path: &str, report: &mut Report) {
        let has_host = path.split('/').next().is_some_and(|first| first.contains('.') && !first.starts_with('.'));
        // Nobody else could import what is internal.
        if !has_host || is_internal(path) || is_below(path, &self.project.module.path) {
            return;
        }
        let name = &self.spec.file(no).name;
        let note = Diagnostic::note(Code::Module, format!("the Go code of `{name}` is made here: go.mod requires no module that has it"));
        let help = format!("if `{path}` is another module's, run `go get {path}` first: a program cannot have both");
        report.push(self.at(note, no, "").help(help));
    }

    /// The directory that a plugin's options, or `--zrpc_out` where it is not asked, lead to.
    #[allow(clippy::option_option, reason = "an error is not the same as a package whose directory nothing says")]
    fn target(&self, no: FileNo, side: &Side, declared: &Declared, report: &mut Report) -> Option<Option<PathBuf>> {
        let path = clean(&declared.path);
        let Some(out) = side.dir() else {
            let module = self.project.module;
            let below = Path::new(&path).strip_prefix(&module.path).ok().filter(|_| !module.path.is_empty());
            return Some(match below {
                Some(below) => self.module_dir().map(|dir| dir.join(below)),
                None if is_relative(&declared.path) => Some(self.project.root.dir.join(self.inside(no, &path, "--zrpc_out", report)?)),
                None => None,
            });
        };
        let flag = format!("--{}_out", side.which.flag());
        let relative = match &side.layout {
            Layout::SourceRelative => directory(&self.spec.file(no).name),
            Layout::Import => self.inside(no, &path, &flag, report)?,
            Layout::Module(module) if is_below(&path, module) => {
                path.strip_prefix(module.as_str()).unwrap_or("").trim_start_matches('/').to_owned()
            }
            Layout::Module(module) => {
                let message = format!("`{}` is not below the module `{module}`", declared.path);
                let error = self.at(Diagnostic::error(Code::BadGoPackage, message), no, "");
                let option = shown(side.which, &format!("module={module}"));
                report.push(
                    error.help(format!("`{option}` takes that path off every file's: write `go_package = \"{module}/{}\"`", base(&path))),
                );
                return None;
            }
        };
        Some(Some(if relative.is_empty() { out.to_owned() } else { out.join(relative) }))
    }

    /// A path below an output directory.
    fn inside(&self, no: FileNo, path: &str, flag: &str, report: &mut Report) -> Option<String> {
        let path = path.trim_start_matches('/');
        if path == ".." || path.starts_with("../") {
            let error = Diagnostic::error(Code::BadGoPackage, format!("`{path}` leads out of the directory that `{flag}` names"));
            report.push(
                self.at(error, no, "")
                    .help(format!("write `option go_package = \"./{}\";`, and choose the directory with `{flag}`", base(path))),
            );
            return None;
        }
        Some(if path == "." { String::new() } else { path.to_owned() })
    }

    /// Where this module has the code of an imported file already, at another place than it would be made at: it is the
    /// package that everybody else uses.
    fn elsewhere(&self, no: FileNo, declared: &Declared) -> Option<PathBuf> {
        let path = clean(&declared.path);
        let below = path.strip_prefix(&self.project.module.path)?.strip_prefix('/').filter(|_| !self.is_named(no))?;
        let standing = self.module_dir()?.join(below);
        if !self.sources.disk().exists(&standing.join(format!("{}.pb.go", base(stem(&self.spec.file(no).name))))) {
            return None;
        }
        // A place that is wrong matters only where code is made.
        let target = self.target(no, &self.sides[0], declared, &mut Report::new()).flatten();
        (target.as_ref() != Some(&standing)).then_some(standing)
    }

    /// Whether another module has the package: one that go.mod requires, one of the workspace, or Google's own.
    fn is_others(&self, no: FileNo, path: &str) -> bool {
        if self.spec.file(no).origin == Origin::Bundled {
            return true;
        }
        let own = &self.project.module.path;
        let others = || {
            self.others.iter().map(String::as_str).chain(["google.golang.org"]).any(|other| is_below(path, other) && !is_below(own, other))
        };
        // What is internal to another module cannot be imported from it.
        !self.is_named(no) && !is_below(path, own) && !is_internal(path) && others()
    }

    fn is_named(&self, no: FileNo) -> bool {
        self.spec.named.contains(&no)
    }

    /// The directory of the module.
    fn module_dir(&self) -> Option<&Path> {
        let module = self.project.module;
        let below = module.import_root.strip_prefix(&module.path)?.split('/').filter(|part| !part.is_empty()).count();
        self.project.root.dir.ancestors().nth(below)
    }

    /// `_grpc.pb.go` belongs beside `pb.go`: they are one package.
    fn check_agreement(&self, no: FileNo, target: Option<&Path>, declared: &Declared, report: &mut Report) -> Option<()> {
        let [go, grpc] = self.sides;
        let (Some(_), Some(_)) = (go.dir(), grpc.dir()) else { return Some(()) };
        let theirs = self.declared(self.spec.file(no), grpc)?;
        let dir = self.target(no, grpc, &theirs, report)?;
        if dir.as_deref() == target && theirs.name == declared.name {
            return Some(());
        }
        let file = self.spec.file(no);
        let message = match (target, dir) {
            (Some(target), Some(dir)) if dir != target => {
                format!(
                    "`{}`: protoc-gen-go would write to {}, protoc-gen-go-grpc to {}: they are one package",
                    file.name,
                    target.display(),
                    dir.display()
                )
            }
            _ => format!(
                "`{}`: protoc-gen-go would make package `{}`, protoc-gen-go-grpc package `{}`",
                file.name, declared.name, theirs.name
            ),
        };
        report.push(
            Diagnostic::error(Code::PluginOption, message)
                .help("give both the same directory and the same options: `--go_out` and `--go-grpc_out`, `--go_opt` and `--go-grpc_opt`"),
        );
        None
    }

    /// The package has a directory of its own, and Go builds its files.
    fn check_dir(&self, no: FileNo, dir: &Path, report: &mut Report) -> Option<()> {
        if dir == self.project.root.dir {
            let message = format!("the messages would go to {}, where the main package stands", dir.display());
            let error = self.at(Diagnostic::error(Code::TwoPackages, message), no, "");
            report.push(error.help("a directory holds one package: write `option go_package = \"./pb\";`, or choose another `--go_out`"));
            return None;
        }
        let file = base(stem(&self.spec.file(no).name));
        // Go looks at what stands before the first dot; a test ends in `_test.go`, which `_test.pb.go` does not.
        let name = file.split('.').next().unwrap_or("");
        if let Some(reason) = passed_over(&format!("{name}.go")).filter(|_| !name.ends_with("_test")) {
            let message = format!("`{file}.pb.go` would not be built: {reason}");
            report.push(self.at(Diagnostic::error(Code::IgnoredByGo, message), no, "").help("give the .proto file another name"));
            return None;
        }
        Some(())
    }

    /// By the module that the directory lies in; where none does, as the file declares (contract: rpc 3.4, 14).
    fn import_path(&self, no: FileNo, dir: &Path, declared: &Declared, report: &mut Report) -> Option<String> {
        let project = self.project;
        let found = match dir.strip_prefix(&project.root.dir) {
            Ok(below) if project.module.is_new => module::join(&project.module.import_root, below).map(Some),
            _ => module::find(dir, None, project.environment, self.sources.disk())
                .map(|module| (!module.is_new).then_some(module.import_root)),
        };
        let (message, help) = match found {
            Ok(Some(path)) => return Some(path),
            Ok(None) if !is_relative(&declared.path) => return Some(clean(&declared.path)),
            Ok(None) => (
                format!("{} is in no Go module, so that no code can import what is made there", dir.display()),
                "make a module around it with `go mod init`, or choose another `--go_out`".to_owned(),
            ),
            Err(ModuleError::BadDirectory(part, reason)) => (
                format!("no package below `{part}` could be imported: {reason}"),
                "choose another `go_package`, or another `--go_out`".to_owned(),
            ),
            Err(ModuleError::BadGoMod(path, reason)) => {
                (format!("{}: {reason}", path.display()), "the messages would be part of this module".to_owned())
            }
            Err(ModuleError::BadName(name)) => {
                (format!("`{name}` cannot be the path of a Go module"), "choose another `--go_out`".to_owned())
            }
        };
        report.push(self.at(Diagnostic::error(Code::BadGoPackage, message), no, "").help(help));
        None
    }

    /// The file says nothing about Go.
    fn missing(&self, file: &ProtoFile) -> Diagnostic {
        let word = file.package.rsplit('.').next().filter(|word| !word.is_empty()).unwrap_or(base(stem(&file.name)));
        let error = Diagnostic::error(
            Code::MissingGoPackage,
            format!("`{}` has no `option go_package`, so its Go package is not known", file.name),
        );
        let help = format!(
            "add `option go_package = \"./{}\";`, or pass `--go_opt=M{}=./{0} --go-grpc_opt=M{1}=./{0}`",
            sanitize(word),
            file.name
        );
        let error = error.help(help);
        match &file.origin {
            Origin::Disk { source, .. } => {
                // Behind this line it belongs.
                let text = self.sources.text(*source);
                let starts = |word: &str| {
                    text.lines()
                        .find(|line| line.trim_start().starts_with(word))
                        .map(|line| line.as_ptr() as usize - text.as_ptr() as usize)
                };
                match starts("package ").or_else(|| starts("syntax")) {
                    Some(start) => {
                        let end = start + text.get(start..).and_then(|rest| rest.find(';')).map_or(0, |at| at + 1);
                        error.at(Span::new(*source, start, end), "the option belongs below this line")
                    }
                    None => error.path(self.sources.name(*source)),
                }
            }
            Origin::Bundled => error.path(&file.name),
        }
    }
}

/// The virtual name without `.proto`, as protogen cuts it.
pub(in crate::rpc) fn stem(name: &str) -> &str {
    name.strip_suffix(".proto").or_else(|| name.strip_suffix(".protodevel")).unwrap_or(name)
}

/// Whether Go lets nobody but the module around it import the path.
fn is_internal(path: &str) -> bool {
    path.split('/').any(|part| part == "internal")
}

/// The directory of a virtual name.
fn directory(name: &str) -> String {
    name.rsplit_once('/').map_or(String::new(), |(dir, _)| clean(dir))
}
