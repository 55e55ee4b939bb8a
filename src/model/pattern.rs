//! Patterns of names, as `-table` and `-src` take them: Go's `filepath.Match` (contract: model 1.1, 1.2).

/// A pattern that reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// `*`: any characters but `/`.
    Any,
    /// `?`: one character but `/`.
    One,
    /// Itself.
    Char(char),
    /// `[a-z]`, `[^x]`: one character of these ranges, or none of them.
    Class { ranges: Vec<(char, char)>, not: bool },
}

impl Pattern {
    /// `None` for a pattern that Go refuses: a class left open or empty, a `\` with nothing behind it.
    pub fn new(text: &str) -> Option<Self> {
        let mut chars = text.chars().peekable();
        let mut parts = Vec::new();
        while let Some(c) = chars.next() {
            parts.push(match c {
                // Two stars are one: nothing is tried twice.
                '*' if parts.last() == Some(&Part::Any) => continue,
                '*' => Part::Any,
                '?' => Part::One,
                '\\' => Part::Char(chars.next()?),
                '[' => {
                    let not = chars.next_if_eq(&'^').is_some();
                    let mut ranges = Vec::new();
                    while ranges.is_empty() || chars.next_if_eq(&']').is_none() {
                        let low = bound(&mut chars)?;
                        let high = if chars.next_if_eq(&'-').is_some() { bound(&mut chars)? } else { low };
                        ranges.push((low, high));
                    }
                    Part::Class { ranges, not }
                }
                c => Part::Char(c),
            });
        }
        Some(Self { parts })
    }

    /// Whether it stands for one name alone.
    pub fn is_plain(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Char(_)))
    }

    /// Whether the whole name fits.
    pub fn matches(&self, name: &str) -> bool {
        let name: Vec<char> = name.chars().collect();
        // Where the last star stands, and how much of the name it has taken: it takes one more when the rest does not fit.
        let (mut part, mut at, mut star) = (0, 0, None);
        loop {
            match (self.parts.get(part), name.get(at)) {
                (Some(Part::Any), _) => {
                    star = Some((part, at));
                    part += 1;
                }
                (None, None) => return true,
                (Some(wanted), Some(&c)) if wanted.takes(c) => (part, at) = (part + 1, at + 1),
                _ => match star {
                    Some((of, from)) if name.get(from).is_some_and(|&c| c != '/') => {
                        star = Some((of, from + 1));
                        (part, at) = (of + 1, from + 1);
                    }
                    _ => return false,
                },
            }
        }
    }
}

impl Part {
    fn takes(&self, c: char) -> bool {
        match self {
            Self::Any => false,
            Self::One => c != '/',
            Self::Char(own) => *own == c,
            Self::Class { ranges, not } => ranges.iter().any(|(low, high)| (*low..=*high).contains(&c)) != *not,
        }
    }
}

/// A character of a class.
fn bound(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<char> {
    match chars.next()? {
        '-' | ']' => None,
        '\\' => chars.next(),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_go() {
        let rows = [
            ("*", "user", true),
            ("user*", "user_info", true),
            ("user*", "a_user", false),
            ("*_log", "a_b_log", true),
            ("*a*b*c*", "xxaxxbxxcxx", true),
            ("*a*b*c", "xxaxxbxxcxx", false),
            ("us?r", "user", true),
            ("us?r", "usr", false),
            ("[a-c]x", "bx", true),
            ("[^a-c]x", "bx", false),
            ("[\\]]", "]", true),
            ("\\*", "*", true),
            ("\\*", "a", false),
            ("订*", "订单", true),
            ("*", "a/b", false),
            ("", "", true),
            ("", "a", false),
        ];
        for (pattern, name, fits) in rows {
            assert_eq!(Pattern::new(pattern).unwrap().matches(name), fits, "{pattern} {name}");
        }
        for bad in ["[", "[]", "[]a]", "[a", "[a-", "[a-]", "[^", "\\", "a[x-"] {
            assert_eq!(Pattern::new(bad), None, "{bad}");
        }
        assert!(Pattern::new("user").unwrap().is_plain() && !Pattern::new("user*").unwrap().is_plain());
    }

    #[test]
    fn many_stars_take_no_time() {
        let pattern = Pattern::new(&"*a".repeat(200)).unwrap();
        assert!(!pattern.matches(&format!("{}b", "a".repeat(5000))));
    }
}
