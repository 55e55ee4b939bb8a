//! What a container image is called: `registry.example:5000/shop/user:1.4@sha256:…`.
//!
//! In: what the user typed. Out: its parts, or why it is no reference. Source of the rules: the grammar of references of the
//! distribution project (`reference.go`), which Docker, containerd and Kubernetes share.

use std::fmt;

use crate::diagnostic::flag::shown;
use crate::diagnostic::{Code, Diagnostic};

/// A reference to an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The registry, if any, and the repository: `docker.io/library/redis`, `redis`.
    pub name: String,
    /// `6-alpine`
    pub tag: Option<String>,
    /// `sha256:…`, `sha512:…`
    pub digest: Option<String>,
}

/// Why a text is no reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceError {
    /// There is nothing.
    Empty,
    /// The part before the first `/` is no host.
    Host,
    /// A part of the repository's name has other than `a-z`, `0-9` and single `.`, `_`, `__`, `-` between them.
    Name,
    /// The same, and only because of capitals.
    Capitals,
    /// The name has more than 255 characters.
    Long,
    /// The part behind `:` is no tag.
    Tag,
    /// The part behind `@` is no digest.
    Digest,
}

impl fmt::Display for ReferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "an image has a name",
            Self::Host => "what stands before the first `/` is no registry",
            Self::Name => "an image's name has `a-z` and `0-9`, with `.`, `_` or `-` between them, in parts that `/` separates",
            Self::Capitals => "an image's name has no capitals",
            Self::Long => "an image's name has at most 255 characters",
            Self::Tag => "a tag has at most 128 letters, digits, `.`, `_` and `-`, and begins with none of the last two signs",
            Self::Digest => "a digest is `sha256:` and 64, or `sha512:` and 128, of `0-9` and `a-f`",
        })
    }
}

impl Reference {
    /// Reads a reference.
    ///
    /// # Errors
    ///
    /// The first part that breaks the grammar.
    pub fn parse(text: &str) -> Result<Self, ReferenceError> {
        let (text, digest) = match text.split_once('@') {
            Some((rest, digest)) if is_digest(digest) => (rest, Some(digest.to_owned())),
            Some(_) => return Err(ReferenceError::Digest),
            None => (text, None),
        };
        // A colon before the last slash is a port's.
        let colon = text.rfind(':').filter(|colon| !text[*colon..].contains('/'));
        let (name, tag) = match colon {
            Some(colon) if is_tag(&text[colon + 1..]) => (&text[..colon], Some(text[colon + 1..].to_owned())),
            Some(_) => return Err(ReferenceError::Tag),
            None => (text, None),
        };
        check_name(name)?;
        Ok(Self { name: name.to_owned(), tag, digest })
    }

    /// A warning where it may mean another image soon, for the flag that it was given with as `typed`.
    pub fn floating(&self, flag: &str, typed: &str) -> Option<Diagnostic> {
        if self.is_pinned() {
            return None;
        }
        let what = self.tag.as_ref().map_or("no tag".to_owned(), |tag| format!("the tag `{tag}`, which moves"));
        let message = format!("{} has {what}: what runs changes with the registry", shown(flag, typed));
        // Distroless has tags of variants alone, none of releases.
        let help = if self.name.starts_with("gcr.io/distroless/") {
            format!("pin it with a digest: `{flag} {}@sha256:…`", self.name)
        } else {
            format!("name a version, `{}:VERSION`, or a digest", self.name)
        };
        Some(Diagnostic::warning(Code::FloatingImage, message).help(help))
    }

    /// Whether it always means one image, as far as a name can say: it has a digest, or a tag that is none of those that name
    /// a line of images, in distroless (`nonroot`, `debug`), Alpine (`edge`) and everywhere.
    pub fn is_pinned(&self) -> bool {
        const MOVING: [&str; 6] = ["latest", "nonroot", "debug", "debug-nonroot", "edge", "stable"];
        self.digest.is_some() || self.tag.as_deref().is_some_and(|tag| !MOVING.contains(&tag))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        if let Some(digest) = &self.digest {
            write!(f, "@{digest}")?;
        }
        Ok(())
    }
}

fn check_name(name: &str) -> Result<(), ReferenceError> {
    match name.len() {
        0 => return Err(ReferenceError::Empty),
        1..=255 => {}
        _ => return Err(ReferenceError::Long),
    }
    // The first of several parts is a registry where it cannot be the name of a user.
    let (host, path) = match name.split_once('/') {
        Some((first, rest)) if first.contains(['.', ':']) || first == "localhost" || first != first.to_lowercase() => (Some(first), rest),
        _ => (None, name),
    };
    if host.is_some_and(|host| !is_host(host)) {
        return Err(ReferenceError::Host);
    }
    if path.split('/').all(is_component) {
        return Ok(());
    }
    let lower = path.to_ascii_lowercase();
    Err(if lower.split('/').all(is_component) { ReferenceError::Capitals } else { ReferenceError::Name })
}

/// A host's name or address, perhaps with a port.
fn is_host(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (text, None),
    };
    let is_label = |label: &str| {
        let ends = label.starts_with(|c: char| c.is_ascii_alphanumeric()) && label.ends_with(|c: char| c.is_ascii_alphanumeric());
        ends && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let v6 = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let named = match v6 {
        Some(v6) => !v6.is_empty() && v6.chars().all(|c| c.is_ascii_hexdigit() || c == ':'),
        None => host.split('.').all(is_label),
    };
    named && port.is_none_or(|port| !port.is_empty() && port.chars().all(|c| c.is_ascii_digit()))
}

/// A part of a repository's name.
fn is_component(text: &str) -> bool {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let separators = text.split(is_word).filter(|separator| !separator.is_empty());
    let separated = |separator: &str| matches!(separator, "." | "_" | "__") || separator.chars().all(|c| c == '-');
    text.starts_with(is_word) && text.ends_with(is_word) && separators.into_iter().all(separated)
}

/// Whether a text is a tag.
pub fn is_tag(text: &str) -> bool {
    let is_first = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.len() <= 128 && text.starts_with(is_first) && text.chars().all(|c| is_first(c) || matches!(c, '.' | '-'))
}

fn is_digest(text: &str) -> bool {
    let is_hex = |c: char| matches!(c, '0'..='9' | 'a'..='f');
    let is_hex = |hex: &str, length| hex.len() == length && hex.chars().all(is_hex);
    match text.split_once(':') {
        Some(("sha256", hex)) => is_hex(hex, 64),
        Some(("sha512", hex)) => is_hex(hex, 128),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        let digest = format!("sha256:{}", "0a".repeat(32));
        let pinned = format!("gcr.io/distroless/static@{digest}");
        // (text, name, tag, whether it is pinned)
        let rows = [
            ("redis:6-alpine", "redis", Some("6-alpine"), true),
            ("redis", "redis", None, false),
            ("redis:latest", "redis", Some("latest"), false),
            ("gcr.io/distroless/static-debian12:nonroot", "gcr.io/distroless/static-debian12", Some("nonroot"), false),
            ("localhost:5000/shop/user__api:v1.0_x", "localhost:5000/shop/user__api", Some("v1.0_x"), true),
            ("Harbor.local/shop/a--b.c", "Harbor.local/shop/a--b.c", None, false),
            ("[::1]:5000/a:b", "[::1]:5000/a", Some("b"), true),
            (&pinned, "gcr.io/distroless/static", None, true),
        ];
        for (text, name, tag, pinned) in rows {
            let reference = Reference::parse(text).unwrap();
            assert_eq!((reference.name.as_str(), reference.tag.as_deref(), reference.is_pinned()), (name, tag, pinned));
            assert_eq!(reference.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_reference() {
        use ReferenceError::{Capitals, Digest, Empty, Host, Long, Name, Tag};
        let long = "a".repeat(256);
        let rows = [
            ("", Empty),
            (":1", Empty),
            ("redis:", Tag),
            ("redis:-1", Tag),
            ("redis:1 2", Tag),
            ("redis@sha256:12", Digest),
            ("Redis", Capitals),
            ("shop/User:1", Capitals),
            ("a b", Name),
            ("a\nUSER root", Name),
            ("$(id)", Name),
            ("{{.}}", Name),
            ("a/", Name),
            ("a//b", Name),
            ("-a", Name),
            ("a___b", Name),
            ("a..b", Name),
            ("x.\"y/a", Host),
            ("x:y/a", Host),
            (&long, Long),
        ];
        for (text, error) in rows {
            assert_eq!(Reference::parse(text), Err(error), "{text:?}");
        }
    }
}
