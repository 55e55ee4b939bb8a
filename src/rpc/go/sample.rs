//! A first `.proto`, and a spec with everything in it for templates to be tried on.

use super::super::go_package::GoPackage;
use super::super::spec::{FileNo, Message, Method, Origin, ProtoFile, RpcSpec, Service, TypeRef};
use super::names::Names;
use super::plan::plan;
use super::{Options, Project, view};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::ident::{KEYWORDS, package_name};
use crate::golang::module::Module;
use crate::naming::{Style, untitle, words_title};
use crate::plan::{Plan, Root};
use crate::render::home::Places;
use crate::render::{Failure, Home, Made, render_one};
use crate::source::Sources;

/// The `.proto` of a new service, for a file called `file` (contract: rpc 9).
///
/// # Errors
///
/// The name can be no service's, or the template is at fault.
pub fn sample_proto(file: &str, templates: &Places, sources: &mut Sources, report: &mut Report) -> Result<Made, Failure> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let base = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if let Some(reason) = unusable(base) {
        let error = Diagnostic::error(Code::BadServiceName, format!("`{base}` cannot be the name of a service: {reason}"));
        // `rpc new user.proto` means `user`.
        let stem = base.strip_suffix(".proto").unwrap_or(base);
        let word: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let says_something = word.contains(|c: char| c.is_ascii_alphanumeric());
        report.push(if word != base && says_something && unusable(&word).is_none() { error.help(format!("`{word}` can")) } else { error });
        return Err(Failure::Input);
    }
    let mut home = Home::find(templates, sources, report)?;
    render_one(&view::template(untitle(base), words_title(base)), &mut home, sources, report)
}

/// Why a service of the sample cannot be called so: it names a proto package, a Go package and a service.
fn unusable(base: &str) -> Option<&'static str> {
    let starts_well = base.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let package = untitle(base);
    if !starts_well || !base.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        Some("a name in a `.proto` holds letters, digits and `_`, and does not start with a digit")
    } else if matches!(words_title(base).as_str(), "Request" | "Response") {
        Some("it is one of the messages of the sample")
    } else if package_name(&package) != package && !KEYWORDS.contains(&package.as_str()) {
        Some("Go could not import a package of that name")
    } else {
        None
    }
}

/// The plan of services in which every template of this slice has a view.
pub(crate) fn samples() -> Plan {
    let module = Module {
        path: "example.com/shop".to_owned(),
        import_root: "example.com/shop/user".to_owned(),
        is_new: false,
        unlisted_in: None,
        ignored_name: None,
    };
    let Ok(style) = Style::parse("") else { return Plan::default() };
    let options = Options { client: true, ..Options::default() };
    let project = Project { module: &module, style, shown: "user".to_owned(), options: &options };
    let names = Names::new(&spec(), &packages(), &project, &mut Report::new());
    let root = Root { dir: "/user".into(), shown: "user".to_owned() };
    let mut all = plan(&names, &project, root);
    let first = all.root("/new".into(), "new");
    all.file(first, crate::plan::Ownership::Target, "greeter.proto", view::template("greeter".to_owned(), "Greeter".to_owned()));
    all
}

fn packages() -> Vec<GoPackage> {
    let package = |path: &str, name: &str| GoPackage { path: path.to_owned(), name: name.to_owned(), dir: None };
    vec![package("example.com/shop/common/v1", "common"), package("example.com/shop/user/pb", "pb")]
}

fn file(name: &str, package: &str, messages: &[&str]) -> ProtoFile {
    let message = |path: &&str| Message { path: path.split('.').map(str::to_owned).collect(), ..Message::default() };
    ProtoFile {
        name: name.to_owned(),
        origin: Origin::Bundled,
        package: package.to_owned(),
        go_package: None,
        imports: Vec::new(),
        messages: messages.iter().map(message).collect(),
        has_services: true,
        raw: Vec::new(),
    }
}

fn spec() -> RpcSpec {
    let ty = |file: usize, name: &str| TypeRef { file: FileNo(file), path: vec![name.to_owned()] };
    let method = |name: &str, comment: &[&str], request: TypeRef, response: TypeRef, streams: [bool; 2]| Method {
        name: name.to_owned(),
        span: None,
        comment: comment.iter().map(|line| (*line).to_owned()).collect(),
        request,
        response,
        client_streams: streams[0],
        server_streams: streams[1],
        http: Vec::new(),
    };
    let methods = vec![
        method("GetUser", &["Returns one user.", "It must exist."], ty(1, "GetUserReq"), ty(1, "User"), [false, false]),
        method("ListUsers", &[], ty(0, "Page"), ty(1, "User"), [false, false]),
        method("WatchUsers", &["Sends each change."], ty(1, "GetUserReq"), ty(1, "User"), [false, true]),
        method("AddUsers", &[], ty(1, "User"), ty(1, "GetUserReq"), [true, false]),
        method("SyncUsers", &[], ty(1, "User"), ty(1, "User"), [true, true]),
    ];
    RpcSpec {
        files: vec![file("common.proto", "common", &["Page"]), file("user.proto", "user", &["GetUserReq", "User", "User.Address"])],
        named: vec![FileNo(1)],
        services: vec![Service { file: FileNo(1), name: "User".to_owned(), span: None, methods }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Disk;

    fn sample(name: &str) -> Result<String, String> {
        let mut sources = Sources::new(Disk::memory([("/x", "")]));
        let mut report = Report::new();
        match sample_proto(name, &Places::default(), &mut sources, &mut report) {
            Ok(made) => Ok(made.text),
            Err(_) => Err(report.sorted().iter().map(|found| found.help.clone().unwrap_or_default()).collect()),
        }
    }

    #[test]
    fn a_first_proto() {
        let text = sample("a/user_api.proto").unwrap();
        for line in ["package user_api;", "option go_package = \"./user_api\";", "service User_api {"] {
            assert!(text.contains(line), "{text}");
        }
        assert!(sample("Type").unwrap().contains("package type;"));
    }

    #[test]
    fn names_that_are_none() {
        assert_eq!(sample("foo-bar"), Err("`foo_bar` can".to_owned()));
        for name in ["2fa", "", "request", "Response.proto", "main", "用户"] {
            assert!(sample(name).is_err(), "{name}");
        }
    }

    #[test]
    fn the_sample_has_a_file_for_each_template() {
        assert_eq!(samples().files.len(), 4 + 5 + 2 + 1);
    }
}
