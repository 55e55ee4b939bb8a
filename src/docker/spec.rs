//! What the image will be: every value decided, from the flags, the project and its configuration.

use super::check::{self, Flags};
use super::layout::Layout;
use super::program::Program;
use super::settings::Settings;
use super::version::{self, Tag};
use crate::diagnostic::{Report, flag};
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

/// Decides what the image will be. What cannot be is in the report.
pub(super) fn spec(flags: Flags, program: &Program, layout: &Layout, settings: &Settings, report: &mut Report) -> Spec {
    let asked = version::newest(&layout.versions);
    let health = health(&flags, layout, settings);
    let exe = flags.exe.unwrap_or_else(|| check::usual_name(program, report));
    let beside = settings.copied.as_ref().and_then(|(from, to)| lands_as(from, to));
    if beside == Some(exe.as_str()) {
        let error = flag::refused("--exe", &exe, "its configuration has this name in the image");
        report.push(error.help("name the program otherwise with `--exe`"));
    }
    if let (Some(version), Some(asked)) = (&flags.version, &asked) {
        check::older(version, asked, report);
    }
    let go_tag = match flags.version {
        Some((_, Tag::Fixed(tag, _) | Tag::Floating(tag))) if flags.compat.pins_images() => tag,
        Some((version, _)) => format!("{version}-alpine"),
        None if flags.compat.pins_images() => version::tag_of(asked.as_ref()),
        None => "alpine".to_owned(),
    };
    let port = match flags.port {
        Some(port) => Some(port).filter(|port| *port > 0),
        None => settings.facts.port.filter(|_| flags.compat.exposes_configured_port()),
    };
    Spec {
        health,
        zone: flags.zone,
        asks_for_vendor: layout.is_vendored && !asked.is_some_and(|version| version.vendors()),
        go_tag,
        base: flags.base,
        exe,
        port,
    }
}

/// The name below `/app` of what is copied there.
fn lands_as<'a>(from: &'a str, to: &'a str) -> Option<&'a str> {
    match to.strip_prefix("./")? {
        "" => from.rsplit('/').next(),
        below => below.split('/').next(),
    }
}

/// What a container can be asked: images with a shell have what it takes. It is asked at the port that the program listens on,
/// which need not be the one that is exposed.
fn health(flags: &Flags, layout: &Layout, settings: &Settings) -> Option<Health> {
    let name = Reference::parse(&flags.base).ok()?.name;
    if !matches!(name.rsplit('/').next(), Some("alpine" | "busybox")) {
        return None;
    }
    let facts = &settings.facts;
    match &facts.dev_server {
        Some(server) if layout.has_go_zero => Some(Health::Http(server.port, server.path.clone())),
        _ if facts.is_elsewhere => None,
        _ => facts.port.or(flags.port).filter(|port| *port > 0).map(Health::Port),
    }
}
