//! The names that Kubernetes takes. Pure. Source: Kubernetes, "Object Names and IDs".

use std::fmt;

/// A kind of name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// As Kubernetes calls it.
    pub name: &'static str,
    /// So many characters at most.
    pub max: usize,
    /// Whether `.` may part it.
    has_dots: bool,
    /// Whether a letter is to stand first.
    begins_with_letter: bool,
}

/// Namespaces, containers, values of labels.
pub(super) const LABEL: Kind = Kind { name: "DNS-1123 label", max: 63, has_dots: false, begins_with_letter: false };
/// Services.
pub(super) const SERVICE: Kind = Kind { name: "DNS-1035 label", begins_with_letter: true, ..LABEL };
/// Everything else.
pub(super) const SUBDOMAIN: Kind = Kind { name: "DNS-1123 subdomain", max: 253, has_dots: true, begins_with_letter: false };

/// Why a text is no name of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Empty,
    Long(usize),
    /// A character that no such name has.
    Character(char),
    /// It begins with this one.
    Begins(char),
    /// It ends with this one.
    Ends(char),
    /// This one stands beside a `.`.
    Beside(char),
}

impl Kind {
    /// The same, of at most so many characters.
    pub(super) const fn at_most(self, max: usize) -> Self {
        Self { max, ..self }
    }

    /// What is wrong with a name of this kind, first from the left; its length last.
    pub(super) fn fault(self, name: &str) -> Option<Fault> {
        let is_letter = |c: char| c.is_ascii_lowercase();
        let is_word = |c: char| is_letter(c) || c.is_ascii_digit();
        if name.is_empty() {
            return Some(Fault::Empty);
        }
        if let Some(other) = name.chars().find(|c| !(is_word(*c) || *c == '-' || *c == '.' && self.has_dots)) {
            return Some(Fault::Character(other));
        }
        let first = name.chars().next().filter(|c| !is_word(*c) || self.begins_with_letter && !is_letter(*c));
        let last = name.chars().last().filter(|c| !is_word(*c));
        let is_bare = |part: &&str| !(part.starts_with(is_word) && part.ends_with(is_word));
        let beside = || name.split('.').find(is_bare).map(|part| part.chars().find(|c| !is_word(*c)).unwrap_or('.'));
        if let Some(fault) = first.map(Fault::Begins).or(last.map(Fault::Ends)).or_else(|| beside().map(Fault::Beside)) {
            return Some(fault);
        }
        (name.len() > self.max).then_some(Fault::Long(name.len()))
    }

    /// The nearest name of this kind: in lower case, with `-` between the words. None for what was hardly meant as a name.
    pub(super) fn nearest(self, name: &str) -> Option<String> {
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
        let sign = |c: char| if c.is_ascii_alphanumeric() || c == '.' && self.has_dots { c.to_ascii_lowercase() } else { '-' };
        let near: String = name.trim().chars().map(sign).collect();
        let near = near.trim_matches(['-', '.']).to_owned();
        (name.chars().all(is_word) && self.fault(&near).is_none()).then_some(near)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signs = if self.has_dots { ", `-` and `.`" } else { " and `-`" };
        let first = if self.begins_with_letter { "a letter first" } else { "a letter or digit first" };
        let (name, max) = (self.name, self.max);
        write!(
            f,
            "a {name}: `a-z`, `0-9`{signs}, {first}, a letter or digit last, at most {max} characters (Kubernetes, Object Names and IDs)"
        )
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::Long(length) => write!(f, "has {length} characters"),
            Self::Character(c) if c.is_control() || *c == ' ' => write!(f, "holds {c:?}"),
            Self::Character(c) => write!(f, "holds `{c}`"),
            Self::Begins(c) => write!(f, "begins with `{c}`"),
            Self::Ends(c) => write!(f, "ends with `{c}`"),
            Self::Beside(c) => write!(f, "holds `{c}` beside a `.`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let (long, longer) = ("a".repeat(63), "a".repeat(64));
        // (name, as a label, as that of a service, as a subdomain)
        let rows = [
            ("redis", None, None, None),
            ("true", None, None, None),
            ("2024-01-01", None, Some(Fault::Begins('2')), None),
            ("a.b-c.d", Some(Fault::Character('.')), Some(Fault::Character('.')), None),
            ("", Some(Fault::Empty), Some(Fault::Empty), Some(Fault::Empty)),
            ("A", Some(Fault::Character('A')), Some(Fault::Character('A')), Some(Fault::Character('A'))),
            ("a\nb", Some(Fault::Character('\n')), Some(Fault::Character('\n')), Some(Fault::Character('\n'))),
            ("-a", Some(Fault::Begins('-')), Some(Fault::Begins('-')), Some(Fault::Begins('-'))),
            ("a-", Some(Fault::Ends('-')), Some(Fault::Ends('-')), Some(Fault::Ends('-'))),
            ("a-.b", Some(Fault::Character('.')), Some(Fault::Character('.')), Some(Fault::Beside('-'))),
            ("a..b", Some(Fault::Character('.')), Some(Fault::Character('.')), Some(Fault::Beside('.'))),
            (&long, None, None, None),
            (&longer, Some(Fault::Long(64)), Some(Fault::Long(64)), None),
        ];
        for (name, label, service, subdomain) in rows {
            assert_eq!((LABEL.fault(name), SERVICE.fault(name), SUBDOMAIN.fault(name)), (label, service, subdomain), "{name:?}");
        }
    }

    #[test]
    fn nearest_names() {
        let rows =
            [("User_API", Some("user-api")), ("-a b-", Some("a-b")), ("a.b", Some("a-b")), ("123", None), ("用户", None), ("$(a)", None)];
        for (name, near) in rows {
            assert_eq!(SERVICE.nearest(name).as_deref(), near, "{name:?}");
        }
        assert_eq!(SUBDOMAIN.nearest("Harbor.Login").as_deref(), Some("harbor.login"));
    }
}
