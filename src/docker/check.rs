//! The flags, checked: each is one word in a Dockerfile, and says what Docker, Go and the time zone database take.

use super::program::Program;
use super::request::Options;
use super::version::{self, GoVersion, Tag};
use crate::compat::Compat;
use crate::diagnostic::flag::refused;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::image::Reference;
use crate::plan::Destination;
use crate::time_zone;

/// What `--base alpine` stands for: the release of its project when this was written.
const ALPINE: &str = "alpine:3.22.2";
/// What `--base distroless` stands for. Its project gives no release a tag: this one moves.
const DISTROLESS: &str = "gcr.io/distroless/static-debian12:nonroot";

/// The flags, checked. What is wrong with one of them is in the report, and nothing is rendered.
pub(super) struct Flags {
    /// `--exe`, if given.
    pub(super) exe: Option<String>,
    /// `--base`, written out.
    pub(super) base: String,
    /// `--tz`, if given, or the one that goctl takes.
    pub(super) zone: Option<String>,
    /// `--port`, if given; 0 is none.
    pub(super) port: Option<u16>,
    /// `--version`, if given, as it is and as it is meant.
    pub(super) version: Option<(String, Tag)>,
    /// Whose output to match.
    pub(super) compat: Compat,
}

/// Checks the flags.
pub(super) fn flags(options: &Options, report: &mut Report) -> Flags {
    output(&options.output, report);
    Flags {
        exe: exe(&options.exe, report),
        base: base(options, report),
        zone: zone(options, report),
        version: version(options, report),
        port: options.port.and_then(|port| self::port(port, report)),
        compat: options.compat,
    }
}

fn is_fit(exe: &str) -> bool {
    exe.starts_with(|c: char| c.is_ascii_alphanumeric())
        && exe.len() <= 128
        && exe.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

const NAMES: &str = "a program is called by letters, digits, `.`, `_` and `-`, and begins with none of these signs";

/// `--exe`, if it is given.
fn exe(exe: &str, report: &mut Report) -> Option<String> {
    if exe.is_empty() {
        return None;
    }
    if !is_fit(exe) {
        report.push(refused("--exe", exe, NAMES));
    }
    Some(exe.to_owned())
}

/// The name that the program has by itself.
pub(super) fn usual_name(program: &Program, report: &mut Report) -> String {
    let name = program.usual_name();
    if !is_fit(&name) {
        report.push(refused("--exe", &name, NAMES).help("name it with `--exe`; it is called like its file otherwise"));
    }
    name
}

fn base(options: &Options, report: &mut Report) -> String {
    let base = match options.base.as_str() {
        "" | "scratch" => return "scratch".to_owned(),
        "builder" => {
            report.push(refused("--base", "builder", "so the Dockerfile calls its own first stage").help("name the image with its tag"));
            return "builder".to_owned();
        }
        "alpine" if options.compat.pins_images() => ALPINE,
        "distroless" if options.compat.pins_images() => DISTROLESS,
        other => other,
    };
    match Reference::parse(base) {
        Ok(reference) => report.extend(reference.floating("--base", base)),
        Err(error) => {
            report.push(refused("--base", base, &error.to_string()).help("such as `alpine:3.22.2`, `distroless`, or `scratch`"));
        }
    }
    base.to_owned()
}

fn zone(options: &Options, report: &mut Report) -> Option<String> {
    let zone = options.tz.clone().unwrap_or_else(|| options.compat.time_zone().to_owned());
    if zone.is_empty() {
        return None;
    }
    if let Some(help) = time_zone::help(&zone) {
        report.push(refused("--tz", &zone, &format!("this {}", time_zone::UNKNOWN)).help(help));
    }
    Some(zone)
}

/// `-o`: beside the Dockerfile a file is written whose name no Dockerfile can have.
fn output(output: &Destination, report: &mut Report) {
    if let Destination::File(_, name) = output
        && name == ".dockerignore"
    {
        report.push(refused("-o", name, "this file says what the Dockerfile's context leaves out").help("such as `-o Dockerfile`"));
    }
}

fn port(port: i64, report: &mut Report) -> Option<u16> {
    let number = u16::try_from(port).ok();
    if number.is_none() {
        report.push(refused("--port", &port.to_string(), "a port is a number from 0 to 65535"));
    }
    number
}

fn version(options: &Options, report: &mut Report) -> Option<(String, Tag)> {
    if options.version.is_empty() {
        return None;
    }
    let tag = version::asked_for(&options.version);
    match &tag {
        None => {
            let error = refused("--version", &options.version, "this is no tag of the image `golang`");
            report.push(error.help("such as `1.25.0` or `1.25.0-bookworm`"));
        }
        Some(Tag::Floating(tag)) => {
            let message = format!("`--version {tag}` is another Go next month");
            report.push(Diagnostic::warning(Code::FloatingImage, message).help("name a version: `--version 1.25.0`"));
        }
        Some(Tag::Fixed(..)) => {}
    }
    tag.map(|tag| (options.version.clone(), tag))
}

/// Since 1.21 Go refuses a module that asks for a newer one, and the image does not fetch it.
pub(super) fn older(given: &(String, Tag), asked: &GoVersion, report: &mut Report) {
    if let (flag, Tag::Fixed(_, version)) = given
        && version.is_strict()
        && version.is_before(asked)
    {
        let message = format!("`--version {flag}`: the module asks for Go {asked}, and Go {version} refuses to build it");
        report.push(Diagnostic::warning(Code::Module, message).help("leave out `--version`: the image then has what go.mod asks for"));
    }
}
