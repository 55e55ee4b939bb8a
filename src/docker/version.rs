//! The image that builds: a version of Go to the last number, so that the same Dockerfile builds with the same Go.

use std::fmt;

use crate::image::is_tag;

/// The newest patch of each minor version of Go 1 when this was released (`go list -m -versions golang.org/toolchain`).
const NEWEST: [(u32, u32); 15] = [
    (13, 15),
    (14, 15),
    (15, 15),
    (16, 15),
    (17, 13),
    (18, 10),
    (19, 13),
    (20, 14),
    (21, 13),
    (22, 12),
    (23, 12),
    (24, 13),
    (25, 14),
    (26, 11),
    (27, 4),
];

/// A version of Go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct GoVersion {
    minor: u32,
    /// `None` for `1.21`, which in a `go` line is the language, older than all releases of that name.
    patch: Option<u32>,
    /// `rc1`
    before: Option<String>,
}

impl GoVersion {
    /// Reads `1.25.0`, `1.21`, `1.26rc1`, with or without `go` in front, and what follows a `-`: `go1.21.3-custom`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix("go").unwrap_or(text).strip_prefix("1.")?;
        let text = text.split(['-', '+']).next().unwrap_or(text);
        let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
        if let Some((minor, patch)) = text.split_once('.') {
            return Some(Self { minor: number(minor)?, patch: Some(number(patch)?), before: None });
        }
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (minor, before) = text.split_at(end);
        let is_known =
            |before: &str| ["rc", "beta"].iter().any(|kind| before.strip_prefix(kind).is_some_and(|rest| number(rest).is_some()));
        let before = Some(before).filter(|before| !before.is_empty());
        if before.is_some_and(|before| !is_known(before)) {
            return None;
        }
        Some(Self { minor: number(minor)?, patch: None, before: before.map(str::to_owned) })
    }

    /// Whether Go itself refuses modules that ask for a newer one: since 1.21.
    pub(super) fn is_strict(&self) -> bool {
        self.minor >= 21
    }

    /// Whether `vendor` is used without being asked for.
    pub(super) fn vendors(&self) -> bool {
        self.minor >= 14
    }

    /// The same with the newest patch there is, where it says none. What is newer than this release has had a first
    /// one, which is called 0 since 1.21 (go.dev/doc/toolchain).
    fn with_patch(self) -> Self {
        if self.patch.is_some() || self.before.is_some() {
            return self;
        }
        let newest = NEWEST.iter().find(|(known, _)| *known == self.minor).map(|(_, patch)| *patch);
        Self { patch: newest.or_else(|| self.is_strict().then_some(0)), ..self }
    }

    /// A version that there is an image of; one before Go knew what the build asks of it is the first that does.
    fn released(self) -> Self {
        let oldest = NEWEST[0].0;
        let known = if self.minor < oldest { Self { minor: oldest, patch: None, before: None } } else { self };
        known.with_patch()
    }

    /// Whether a build that needs `other` is refused by this.
    pub(super) fn is_before(&self, other: &Self) -> bool {
        (self.minor, self.patch.unwrap_or(0)) < (other.minor, other.patch.unwrap_or(0))
    }
}

impl fmt::Display for GoVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor)?;
        // The first of a minor version is called so since 1.21: there never was a 1.20.0.
        if let Some(patch) = self.patch.filter(|patch| *patch > 0 || self.is_strict()) {
            write!(f, ".{patch}")?;
        }
        f.write_str(self.before.as_deref().unwrap_or(""))
    }
}

/// The newest version that a module asks for; none where no line says any.
pub(super) fn newest(lines: &[String]) -> Option<GoVersion> {
    lines.iter().filter_map(|line| GoVersion::parse(line)).max()
}

/// The tag of the image for modules whose newest line is `asked`.
pub(super) fn tag_of(asked: Option<&GoVersion>) -> String {
    let current = || GoVersion { minor: NEWEST[NEWEST.len() - 1].0, patch: None, before: None };
    format!("{}-alpine", asked.cloned().unwrap_or_else(current).released())
}

/// A tag that the user asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// It always means one version of Go.
    Fixed(String, GoVersion),
    /// It means another one next month.
    Floating(String),
}

/// Reads `-version`; `None` where it cannot be a tag.
pub(super) fn asked_for(text: &str) -> Option<Tag> {
    let text = text.strip_prefix("go").filter(|rest| rest.starts_with("1.")).unwrap_or(text);
    let (version, variant) = text.split_once('-').map_or((text, "alpine"), |(version, variant)| (version, variant));
    match GoVersion::parse(version) {
        Some(version) if is_tag(&format!("{version}-{variant}")) => {
            let version = version.with_patch();
            Some(Tag::Fixed(format!("{version}-{variant}"), version))
        }
        _ => is_tag(text).then(|| Tag::Floating(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_line_counts() {
        let tag = |lines: &[&str]| tag_of(newest(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>()).as_ref());
        let rows: [(&[&str], &str); 12] = [
            (&["1.25.0"], "1.25.0-alpine"),
            (&["1.21"], "1.21.13-alpine"),
            (&["1.19"], "1.19.13-alpine"),
            (&["1.28"], "1.28.0-alpine"),
            (&["1.12"], "1.13.15-alpine"),
            (&["1.25.0", "go1.25.4"], "1.25.4-alpine"),
            (&["1.24", "default"], "1.24.13-alpine"),
            (&["1.9", "1.24.1", "1.24"], "1.24.1-alpine"),
            (&["1.26rc1"], "1.26rc1-alpine"),
            (&["1.23.1", "go1.23.4-custom"], "1.23.4-alpine"),
            (&["what"], "1.27.4-alpine"),
            (&[], "1.27.4-alpine"),
        ];
        for (lines, expected) in rows {
            assert_eq!(tag(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn what_is_asked_for() {
        let fixed = |text: &str| match asked_for(text) {
            Some(Tag::Fixed(tag, _)) => tag,
            other => format!("{other:?}"),
        };
        let rows = [
            ("1.22.3", "1.22.3-alpine"),
            ("1.26", "1.26.11-alpine"),
            ("go1.20", "1.20.14-alpine"),
            ("1.12", "1.12-alpine"),
            ("1.20.0", "1.20-alpine"),
            ("1.21.0", "1.21.0-alpine"),
            ("1.28", "1.28.0-alpine"),
            ("1.26.2-bookworm", "1.26.2-bookworm"),
            ("1.26-alpine3.22", "1.26.11-alpine3.22"),
            ("1.27rc1", "1.27rc1-alpine"),
        ];
        for (text, tag) in rows {
            assert_eq!(fixed(text), tag, "{text}");
        }
        for text in ["latest", "alpine", "1", "1-bookworm", "tip-alpine"] {
            assert_eq!(asked_for(text), Some(Tag::Floating(text.to_owned())), "{text}");
        }
        for text in ["", "1.22 AS x", "1.22\nRUN id", "$(id)", "{{.}}", "1.22@sha256:1", "1.22-\"", "-alpine"] {
            assert_eq!(asked_for(text), None, "{text}");
        }
    }
}
