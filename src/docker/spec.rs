//! What the image will be: every value decided, from the flags, the project and its configuration.

use super::generate::Options;
use super::layout::Layout;
use super::program::Program;
use super::settings::Settings;
use super::version::{self, Tag};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::image::Reference;

/// An image.
#[derive(Debug)]
pub(super) struct Spec {
    /// The tag of the builder, `1.25.0-alpine`; empty for goctl's floating one.
    pub(super) go_tag: String,
    /// The image it is built upon.
    pub(super) base: String,
    /// The program's file.
    pub(super) exe: String,
    /// The port that it exposes.
    pub(super) port: Option<u16>,
    /// The time zone that it has.
    pub(super) zone: Option<String>,
    /// Whether Go must be told to use `vendor`.
    pub(super) asks_for_vendor: bool,
    /// What says whether the service is well.
    pub(super) health: Option<Health>,
}

/// How a container is asked whether it is well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Health {
    /// Over HTTP.
    Http(u16, String),
    /// Whether it listens.
    Port(u16),
}

/// The tags of base images that are named by one word (releases of their projects when this was written).
const ALPINE: &str = "alpine:3.22.2";
const DISTROLESS: &str = "gcr.io/distroless/static-debian12:nonroot";

/// Checks the flags, and decides. `None` where one of them cannot stand in a Dockerfile: the report says which.
pub(super) fn check(options: &Options, program: &Program, layout: &Layout, settings: &Settings, report: &mut Report) -> Option<Spec> {
    let exe = exe(options, program, settings, report);
    let base = base(options, report);
    let zone = zone(options, report);
    let go_tag = go_tag(options, layout, report);
    let port = port_of(options, settings, report);
    let (exe, base, zone, go_tag, port) = (exe?, base?, zone?, go_tag?, port?);
    let vendors = version::newest(&layout.versions).is_some_and(|version| version.vendors());
    Some(Spec {
        health: health(&base, layout, settings, port),
        zone: Some(zone).filter(|zone| !zone.is_empty()),
        asks_for_vendor: layout.is_vendored && !vendors,
        go_tag,
        base,
        exe,
        port,
    })
}

/// So many characters of a value are shown.
const SHOWN: usize = 80;

/// A flag's value that the Dockerfile cannot have.
fn refused(flag: &str, value: &str, why: &str) -> Diagnostic {
    let shown: String = value.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    let rest = if value.chars().count() > SHOWN { "…" } else { "" };
    Diagnostic::error(Code::FlagValue, format!("`{flag} {shown}{rest}`: {why}"))
}

/// What the program is called if nobody says so: like the file that is named, else like its directory.
pub(super) fn usual_name(program: &Program) -> String {
    let stem = program.named.as_deref().map(|name| name.strip_suffix(".go").unwrap_or(name).to_owned());
    stem.or_else(|| Some(program.dir.file_name()?.to_str()?.to_owned())).unwrap_or_default()
}

fn exe(options: &Options, program: &Program, settings: &Settings, report: &mut Report) -> Option<String> {
    let exe = if options.exe.is_empty() { usual_name(program) } else { options.exe.clone() };
    let is_fit = exe.starts_with(|c: char| c.is_ascii_alphanumeric())
        && exe.len() <= 128
        && exe.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
    if !is_fit {
        let error = refused("--exe", &exe, "a program is called by letters, digits, `.`, `_` and `-`, and begins with none of these signs");
        report.push(if options.exe.is_empty() { error.help("name it with `--exe`; it is called like its file otherwise") } else { error });
        return None;
    }
    let beside = settings.copied.as_ref().and_then(|(_, target)| target.strip_prefix("./")?.split('/').next());
    if beside == Some(exe.as_str()) {
        let error = refused("--exe", &exe, "its configuration has this name in the image");
        report.push(error.help("name the program otherwise with `--exe`"));
        return None;
    }
    Some(exe)
}

fn base(options: &Options, report: &mut Report) -> Option<String> {
    let base = match options.base.as_str() {
        "" | "scratch" => return Some("scratch".to_owned()),
        "alpine" if options.compat.pins_images() => ALPINE,
        "distroless" if options.compat.pins_images() => DISTROLESS,
        other => other,
    };
    match Reference::parse(base) {
        Ok(reference) => {
            if !reference.is_pinned() {
                let message = format!("`--base {base}` is another image next month: it has no tag, or one that moves");
                report
                    .push(Diagnostic::warning(Code::FloatingImage, message).help(format!("name a version: `--base {}:…`", reference.name)));
            }
            Some(base.to_owned())
        }
        Err(error) => {
            report.push(refused("--base", base, &error.to_string()).help("such as `alpine:3.22.2`, `distroless`, or `scratch`"));
            None
        }
    }
}

fn zone(options: &Options, report: &mut Report) -> Option<String> {
    let zone = options.tz.clone().unwrap_or_else(|| options.compat.time_zone().to_owned());
    let is_part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+'))
    };
    if zone.is_empty() || zone.split('/').all(is_part) {
        return Some(zone);
    }
    report.push(refused("--tz", &zone, "this is no name of a time zone").help("such as `Europe/Berlin` or `UTC`"));
    None
}

fn port_of(options: &Options, settings: &Settings, report: &mut Report) -> Option<Option<u16>> {
    let Some(port) = options.port else {
        return Some(settings.facts.port.filter(|_| options.compat.exposes_configured_port()));
    };
    match u16::try_from(port) {
        Ok(port) => Some(Some(port).filter(|port| *port > 0)),
        Err(_) => {
            report.push(refused("--port", &port.to_string(), "a port is a number from 0 to 65535"));
            None
        }
    }
}

/// The tag of the builder.
fn go_tag(options: &Options, layout: &Layout, report: &mut Report) -> Option<String> {
    let newest = version::newest(&layout.versions);
    if options.version.is_empty() {
        return Some(if options.compat.pins_images() { version::tag_of(newest.as_ref()) } else { String::new() });
    }
    let tag = match version::asked_for(&options.version) {
        Some(Tag::Fixed(tag, version)) => {
            if let (Some(version), Some(newest)) = (version, newest.filter(|newest| newest.is_strict()))
                && version.is_before(&newest)
            {
                let message =
                    format!("`--version {}`: the module asks for Go {newest}, and Go {version} refuses to build it", options.version);
                report.push(
                    Diagnostic::warning(Code::Module, message).help("leave out `--version`: the image then has what go.mod asks for"),
                );
            }
            tag
        }
        Some(Tag::Floating(tag)) => {
            let message = format!("`--version {tag}` is another Go next month");
            report.push(Diagnostic::warning(Code::FloatingImage, message).help("name a version: `--version 1.25.0`"));
            tag
        }
        None => {
            report.push(
                refused("--version", &options.version, "this is no tag of the image `golang`")
                    .help("such as `1.25.0` or `1.25.0-bookworm`"),
            );
            return None;
        }
    };
    Some(if options.compat.pins_images() { tag } else { format!("{}-alpine", options.version) })
}

/// What a container can be asked: images with a shell have what it takes.
fn health(base: &str, layout: &Layout, settings: &Settings, port: Option<u16>) -> Option<Health> {
    let name = Reference::parse(base).ok()?.name;
    if !matches!(name.rsplit('/').next(), Some("alpine" | "busybox")) {
        return None;
    }
    match &settings.facts.dev_server {
        Some(server) if layout.has_go_zero => Some(Health::Http(server.port, server.path.clone())),
        _ => port.map(Health::Port),
    }
}
