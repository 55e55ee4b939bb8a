//! The names of time zones. Source: the IANA time zone database, release 2025c, as Go carries it.

use crate::naming::nearest;

/// A name a line, in byte order.
const NAMES: &str = include_str!("time_zone.txt");

/// Whether there is a time zone of this name; case counts.
fn is_known(name: &str) -> bool {
    NAMES.lines().any(|known| known == name)
}

/// The name that may have been meant: written otherwise, or the only one with that city.
fn meant(name: &str) -> Option<&'static str> {
    let city = |name: &str| name.rsplit('/').next().unwrap_or_default().replace(' ', "_").to_ascii_lowercase();
    let sought = city(name);
    let mut of_city = NAMES.lines().filter(|known| known.contains('/') && city(known) == sought);
    match (of_city.next(), of_city.next()) {
        (Some(only), None) => Some(only),
        _ => nearest(name, NAMES.lines()),
    }
}

/// What is said of a name that there is no time zone of.
pub const UNKNOWN: &str = "is no time zone (IANA time zone database)";

/// What may help with a name that there is no time zone of; `None` where there is one.
pub fn help(name: &str) -> Option<String> {
    if is_known(name) {
        return None;
    }
    Some(match meant(name) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "such as `Asia/Shanghai`, `Europe/Berlin`, `Etc/UTC`".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in ["Asia/Shanghai", "UTC", "Etc/GMT+8", "America/Argentina/Buenos_Aires"] {
            assert!(is_known(name), "{name}");
        }
        for name in ["", "Local", "asia/shanghai", "Asia", "../UTC", "Asia/Shanghai\n"] {
            assert!(!is_known(name), "{name:?}");
        }
        assert!(NAMES.lines().is_sorted());
    }

    #[test]
    fn what_helps() {
        assert_eq!(help("UTC"), None);
        assert_eq!(help("Shanghai").as_deref(), Some("did you mean `Asia/Shanghai`?"));
        assert!(help("Mars/Olympus").is_some_and(|help| help.starts_with("such as")));
    }

    #[test]
    fn what_was_meant() {
        let rows = [
            ("asia/shanghai", Some("Asia/Shanghai")),
            ("Asia/Shangai", Some("Asia/Shanghai")),
            ("Shanghai", Some("Asia/Shanghai")),
            ("America/New York", Some("America/New_York")),
            ("Europe/Tokyo", Some("Asia/Tokyo")),
            ("Mars/Olympus", None),
        ];
        for (name, expected) in rows {
            assert_eq!(meant(name), expected, "{name}");
        }
    }
}
