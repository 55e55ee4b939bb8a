//! What the templates of a Dockerfile see.

use super::layout::{Gowork, Layout};
use super::path::join;
use super::program::Program;
use super::settings::Settings;
use super::spec::{Health, Spec};
use crate::compat::Compat;
use crate::view::{View, view};

view! {
    /// `Dockerfile`
    struct Dockerfile {
        /// What `-go` says.
        go: String,
        /// The image that builds: `golang:1.25.0-alpine`.
        go_image: String,
        /// Whether that is Alpine Linux, which has neither git nor time zones.
        is_alpine: bool,
        /// Whether all modules are in `vendor`, so that none is downloaded.
        is_vendored: bool,
        /// The arguments of a `COPY` for each directory with a go.mod that says what is downloaded: `go.mod go.sum* ./`. Empty
        /// where that is left to `go build`: in a workspace, and with `vendor`.
        module_files: Vec<String>,
        /// Where Go is run: `/build`, or the module's directory below it.
        module_dir: String,
        /// What `GOWORK` must be; empty where Go finds out.
        gowork: String,
        /// Flags of `go build` that this project needs, each with a blank behind it.
        build_flags: String,
        /// What is built, seen from `module_dir`: `./cmd/user`.
        package: String,
        /// The program's directory, seen from the context; `.` for itself.
        package_dir: String,
        /// The program's file.
        exe: String,
        /// The time zone, `Europe/Berlin`; empty where none is asked for.
        zone: String,
        /// The image that the program is put upon.
        base: String,
        /// Where the source is, as far as the module's path says; empty where it does not.
        source: String,
        /// The arguments of the `COPY` of the configuration; empty where there is none.
        config: String,
        /// The flag that names the configuration: `f`; empty where there is none.
        flag: String,
        /// What that flag is given; empty where there is no configuration, or no such flag.
        argument: String,
        /// The port that is exposed; 0 for none.
        port: u16,
        /// The command that says whether the service is well, in JSON's form; empty where the image has none.
        health: String,
        /// The command that starts the program, in JSON's form.
        command: String,
    }

    /// The same under goctl's names.
    struct GoctlDockerfile {
        /// Always false: goctl's says whether it ran in a zone eight hours ahead of UTC.
        Chinese: bool,
        /// What is built.
        GoMainFrom: String,
        /// The program's directory.
        GoRelPath: String,
        /// What `-go` says.
        GoFile: String,
        /// The program's file.
        ExeFile: String,
        /// The image that the program is put upon.
        BaseImage: String,
        /// Whether there is a port.
        HasPort: bool,
        /// The port.
        Port: u16,
        /// The arguments of the program, as the rest of a list in JSON: `, "-f", "etc/user.yaml"`.
        Argument: String,
        /// What stands before `alpine` in the builder's tag: `1.25.0-`.
        Version: String,
        /// Whether there is a time zone.
        HasTimezone: bool,
        /// The time zone.
        Timezone: String,
    }

    /// `.dockerignore`, which depends on nothing.
    struct Dockerignore {}
}

/// The Dockerfile; `go` is what `-go` says.
pub(super) fn dockerfile(spec: &Spec, program: &Program, layout: &Layout, settings: &Settings, go: &str, compat: Compat) -> View {
    let argument = settings.argument.clone().unwrap_or_default();
    let mut command = vec![format!("./{}", spec.exe)];
    if !argument.is_empty() {
        command.extend([format!("-{}", settings.flag), argument.clone()]);
    }
    let ours = Dockerfile {
        go: go.to_owned(),
        go_image: format!("golang:{}", spec.go_tag),
        is_alpine: spec.go_tag.contains("alpine"),
        is_vendored: layout.is_vendored,
        module_files: if layout.is_vendored { Vec::new() } else { module_copies(layout) },
        module_dir: join("/build", &layout.module_dir),
        gowork: match &layout.gowork {
            None => String::new(),
            Some(Gowork::Off) => "off".to_owned(),
            Some(Gowork::File(file)) => format!("/build/{file}"),
        },
        build_flags: if spec.asks_for_vendor { "-mod=vendor ".to_owned() } else { String::new() },
        package: package(program, layout, compat),
        package_dir: layout.package_dir(),
        exe: spec.exe.clone(),
        zone: spec.zone.clone().unwrap_or_default(),
        base: spec.base.clone(),
        source: source(&layout.path),
        config: settings.copied.as_ref().map_or(String::new(), |(from, to)| copy(std::slice::from_ref(from), to)),
        flag: settings.flag.clone(),
        argument,
        port: spec.port.unwrap_or(0),
        health: spec.health.as_ref().map_or(String::new(), health),
        command: json(&command),
    };
    let view = View::new("docker/docker", ours, goctl);
    match beyond_goctl(spec, layout, settings).filter(|_| compat.builds_in_workspace()) {
        Some(what) => view.in_tera(what),
        None => view,
    }
}

/// What goctl's template cannot say of a project, whose modules it expects in the context, and the configuration in `etc`.
fn beyond_goctl(spec: &Spec, layout: &Layout, settings: &Settings) -> Option<&'static str> {
    let etc = (join(&layout.package_dir(), "etc"), "./etc/".to_owned());
    if layout.module_dir != "." || layout.gowork.is_some() || layout.module_files.len() != 1 {
        Some("a project of several modules")
    } else if settings.copied.as_ref().is_some_and(|copied| *copied != etc || settings.argument.is_none()) {
        Some("a configuration that is not given as goctl gives it")
    } else {
        (!spec.go_tag.ends_with("-alpine")).then_some("an image of Go that is not Alpine's")
    }
}

/// `.dockerignore`
pub(super) fn dockerignore() -> View {
    View::new("docker/dockerignore", Dockerignore {}, |_| Dockerignore {})
}

/// The words of an instruction in JSON's form.
fn json(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| serde_json::Value::from(word.as_str()).to_string()).collect();
    format!("[{}]", words.join(", "))
}

/// The arguments of a `COPY`: as words where they are words, in JSON's form where one has a blank.
fn copy(sources: &[String], target: &str) -> String {
    let all: Vec<String> = sources.iter().cloned().chain([target.to_owned()]).collect();
    if all.iter().any(|path| path.contains(char::is_whitespace)) { json(&all) } else { all.join(" ") }
}

fn module_copies(layout: &Layout) -> Vec<String> {
    let one = |(dir, names): &(String, Vec<String>)| {
        let sources: Vec<String> = names.iter().map(|name| join(dir, name)).collect();
        copy(&sources, &if dir == "." { "./".to_owned() } else { format!("./{dir}/") })
    };
    layout.module_files.iter().map(one).collect()
}

/// What is built. goctl's single file where that is the whole package.
fn package(program: &Program, layout: &Layout, compat: Compat) -> String {
    match &program.named {
        Some(file) if !compat.builds_main_package() && program.files.len() == 1 => join(&layout.package, file),
        _ if layout.package == "." => ".".to_owned(),
        _ => format!("./{}", layout.package),
    }
}

/// Where the source of a module is, on the hosts whose paths are their addresses.
fn source(module: &str) -> String {
    const HOSTS: [&str; 4] = ["github.com", "gitlab.com", "gitee.com", "bitbucket.org"];
    let mut parts = module.split('/');
    match (parts.next(), parts.next(), parts.next()) {
        // Only GitLab has groups in groups.
        (Some("gitlab.com"), ..) if parts.next().is_some() => String::new(),
        (Some(host), Some(owner), Some(name)) if HOSTS.contains(&host) => format!("https://{host}/{owner}/{name}"),
        _ => String::new(),
    }
}

fn health(health: &Health) -> String {
    let words: Vec<String> = match health {
        Health::Http(port, path) => {
            vec!["wget".to_owned(), "-q".to_owned(), "--spider".to_owned(), format!("http://127.0.0.1:{port}{path}")]
        }
        Health::Port(port) => vec!["nc".to_owned(), "-z".to_owned(), "127.0.0.1".to_owned(), port.to_string()],
    };
    json(&words)
}

fn goctl(ours: &Dockerfile) -> GoctlDockerfile {
    // Of goctl's templates `go build` is run in the context.
    let built = ours.package.strip_suffix(".go").and(ours.package.rsplit('/').next());
    let main = match built {
        Some(file) => join(&ours.package_dir, file),
        None if ours.package_dir == "." => ".".to_owned(),
        None => format!("./{}", ours.package_dir),
    };
    let tag = ours.go_image.split_once(':').map_or("", |(_, tag)| tag);
    GoctlDockerfile {
        Chinese: false,
        GoMainFrom: main,
        GoRelPath: ours.package_dir.clone(),
        GoFile: ours.go.clone(),
        ExeFile: ours.exe.clone(),
        BaseImage: ours.base.clone(),
        HasPort: ours.port > 0,
        Port: ours.port,
        Argument: match ours.argument.as_str() {
            "" => String::new(),
            argument => format!(", \"-{}\", {}", ours.flag, serde_json::Value::from(argument)),
        },
        Version: tag.strip_suffix("alpine").map_or_else(|| format!("{tag}-"), str::to_owned),
        HasTimezone: !ours.zone.is_empty(),
        Timezone: ours.zone.clone(),
    }
}
