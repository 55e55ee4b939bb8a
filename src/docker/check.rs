//! The flags, checked: each is one word in a Dockerfile, and says what Docker, Go and the time zone database take.

use super::program::Program;
use super::request::Options;
use super::version::{self, GoVersion, Tag};
use crate::compat::Compat;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::image::Reference;

/// The tags of base images that are named by one word (releases of their projects when this was written).
const ALPINE: &str = "alpine:3.22.2";
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
    Flags {
        exe: exe(&options.exe, report),
        base: base(options, report),
        zone: zone(options, report),
        version: version(options, report),
        port: options.port.and_then(|port| self::port(port, report)),
        compat: options.compat,
    }
}

/// So many characters of a value are shown.
const SHOWN: usize = 80;

/// A flag's value that the Dockerfile cannot have.
pub(super) fn refused(flag: &str, value: &str, why: &str) -> Diagnostic {
    let shown: String = value.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    let rest = if value.chars().count() > SHOWN { "…" } else { "" };
    Diagnostic::error(Code::FlagValue, format!("`{flag} {shown}{rest}`: {why}"))
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
        "alpine" if options.compat.pins_images() => ALPINE,
        "distroless" if options.compat.pins_images() => DISTROLESS,
        other => other,
    };
    match Reference::parse(base) {
        Ok(reference) if !reference.is_pinned() => {
            let message = format!("`--base {base}` is another image next month: it has no tag, or one that moves");
            report.push(
                Diagnostic::warning(Code::FloatingImage, message)
                    .help(format!("name a version, `{}:VERSION`, or a digest", reference.name)),
            );
        }
        Ok(_) => {}
        Err(error) => {
            report.push(refused("--base", base, &error.to_string()).help("such as `alpine:3.22.2`, `distroless`, or `scratch`"));
        }
    }
    base.to_owned()
}

fn zone(options: &Options, report: &mut Report) -> Option<String> {
    let zone = options.tz.clone().unwrap_or_else(|| options.compat.time_zone().to_owned());
    let is_part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+'))
    };
    if zone.is_empty() {
        return None;
    }
    if !zone.split('/').all(is_part) {
        report.push(refused("--tz", &zone, "this is no name of a time zone").help("such as `Europe/Berlin` or `UTC`"));
    }
    Some(zone)
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
