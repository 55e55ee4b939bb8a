//! What the image will be: every value decided, from the flags, the project and its configuration.

use super::generate::Options;
use super::layout::Layout;
use super::program::Program;
use super::settings::Settings;
use super::version::{self, GoVersion, Tag};
use crate::compat::Compat;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::image::Reference;

/// An image.
#[derive(Debug)]
pub(super) struct Spec {
    /// The tag of the builder: `1.25.0-alpine`.
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

/// The flags, checked.
pub(super) struct Flags {
    /// `--exe`, if given.
    exe: Option<String>,
    base: String,
    zone: Option<String>,
    /// `--port`, if given; 0 is none.
    port: Option<u16>,
    /// `--version`, if given, as it is and as it is meant.
    tag: Option<(String, Tag)>,
    compat: Compat,
}

/// Checks the flags. `None` where one of them cannot stand in a Dockerfile: the report says which.
pub(super) fn flags(options: &Options, report: &mut Report) -> Option<Flags> {
    let exe = exe(&options.exe, report);
    let base = base(options, report);
    let zone = zone(options, report);
    let tag = tag(options, report);
    let port = port(options, report);
    Some(Flags {
        exe: exe?,
        base: base?,
        zone: Some(zone?).filter(|zone| !zone.is_empty()),
        port: port?,
        tag: tag?,
        compat: options.compat,
    })
}

/// Decides what the image will be. `None` where that cannot be: the report says why.
pub(super) fn spec(flags: Flags, program: &Program, layout: &Layout, settings: &Settings, report: &mut Report) -> Option<Spec> {
    let asked = version::newest(&layout.versions);
    let exe = match flags.exe {
        Some(exe) => exe,
        None => fit_name(&usual_name(program), report)?,
    };
    let beside = settings.copied.as_ref().and_then(|(_, target)| target.strip_prefix("./")?.split('/').next());
    if beside == Some(exe.as_str()) {
        let error = refused("--exe", &exe, "its configuration has this name in the image");
        report.push(error.help("name the program otherwise with `--exe`"));
        return None;
    }
    tell_older(flags.tag.as_ref(), asked.as_ref(), report);
    let go_tag = match flags.tag {
        Some((_, Tag::Fixed(tag, _) | Tag::Floating(tag))) if flags.compat.pins_images() => tag,
        Some((version, _)) => format!("{version}-alpine"),
        None if flags.compat.pins_images() => version::tag_of(asked.as_ref()),
        None => "alpine".to_owned(),
    };
    let port = match flags.port {
        Some(port) => Some(port).filter(|port| *port > 0),
        None => settings.facts.port.filter(|_| flags.compat.exposes_configured_port()),
    };
    Some(Spec {
        health: health(&flags.base, layout, settings, port),
        zone: flags.zone,
        asks_for_vendor: layout.is_vendored && !asked.is_some_and(|version| version.vendors()),
        go_tag,
        base: flags.base,
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

fn is_fit(exe: &str) -> bool {
    exe.starts_with(|c: char| c.is_ascii_alphanumeric())
        && exe.len() <= 128
        && exe.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

const NAMES: &str = "a program is called by letters, digits, `.`, `_` and `-`, and begins with none of these signs";

/// `--exe`, if it is given.
fn exe(exe: &str, report: &mut Report) -> Option<Option<String>> {
    if exe.is_empty() {
        return Some(None);
    }
    if !is_fit(exe) {
        report.push(refused("--exe", exe, NAMES));
        return None;
    }
    Some(Some(exe.to_owned()))
}

/// The name that the program has by itself.
fn fit_name(name: &str, report: &mut Report) -> Option<String> {
    if !is_fit(name) {
        report.push(refused("--exe", name, NAMES).help("name it with `--exe`; it is called like its file otherwise"));
        return None;
    }
    Some(name.to_owned())
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
                report.push(
                    Diagnostic::warning(Code::FloatingImage, message)
                        .help(format!("name a version, `{}:VERSION`, or a digest", reference.name)),
                );
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

fn port(options: &Options, report: &mut Report) -> Option<Option<u16>> {
    let Some(port) = options.port else { return Some(None) };
    let Ok(port) = u16::try_from(port) else {
        report.push(refused("--port", &port.to_string(), "a port is a number from 0 to 65535"));
        return None;
    };
    Some(Some(port))
}

fn tag(options: &Options, report: &mut Report) -> Option<Option<(String, Tag)>> {
    if options.version.is_empty() {
        return Some(None);
    }
    let Some(tag) = version::asked_for(&options.version) else {
        let error = refused("--version", &options.version, "this is no tag of the image `golang`");
        report.push(error.help("such as `1.25.0` or `1.25.0-bookworm`"));
        return None;
    };
    if let Tag::Floating(tag) = &tag {
        let message = format!("`--version {tag}` is another Go next month");
        report.push(Diagnostic::warning(Code::FloatingImage, message).help("name a version: `--version 1.25.0`"));
    }
    Some(Some((options.version.clone(), tag)))
}

/// Since 1.21 Go refuses a module that asks for a newer one, and the image does not fetch it.
fn tell_older(tag: Option<&(String, Tag)>, asked: Option<&GoVersion>, report: &mut Report) {
    if let (Some((flag, Tag::Fixed(_, Some(version)))), Some(asked)) = (tag, asked)
        && asked.is_strict()
        && version.is_before(asked)
    {
        let message = format!("`--version {flag}`: the module asks for Go {asked}, and Go {version} refuses to build it");
        report.push(Diagnostic::warning(Code::Module, message).help("leave out `--version`: the image then has what go.mod asks for"));
    }
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
