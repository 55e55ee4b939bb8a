//! Durations as Go writes them.

/// A duration as Go's `time.ParseDuration` reads it, in nanoseconds: `1h30m`, `1.5s`, `10µs`; `None` for what is
/// none.
pub fn parse(text: &str) -> Option<i64> {
    const UNITS: [(&str, u64); 8] = [
        ("ns", 1),
        ("us", 1_000),
        ("µs", 1_000),
        ("μs", 1_000),
        ("ms", 1_000_000),
        ("s", 1_000_000_000),
        ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ];
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if text == "0" {
        return Some(0);
    }
    let mut rest = text;
    let mut nanos: u64 = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, tail) = rest.split_at(digits);
        let end = tail.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(end);
        let (_, scale) = UNITS.iter().find(|(name, _)| *name == unit)?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
            return None;
        }
        let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let mut part = whole.checked_mul(*scale)?;
        let mut place = *scale;
        for digit in fraction.bytes() {
            place /= 10;
            part = part.checked_add(u64::from(digit - b'0') * place)?;
        }
        nanos = nanos.checked_add(part)?;
        rest = tail;
    }
    if text.is_empty() { None } else { i64::try_from(nanos).ok().map(|nanos| sign * nanos) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_as_go_reads_them() {
        let rows = [
            ("3s", 3_000_000_000),
            ("1h10m10s10ms10µs10ns", 4_210_010_010_010),
            ("1ms500µs", 1_500_000),
            ("1.5s", 1_500_000_000),
            ("0s", 0),
            ("-1s", -1_000_000_000),
            ("+1s", 1_000_000_000),
        ];
        for (text, nanos) in rows {
            assert_eq!(parse(text), Some(nanos), "{text}");
        }
        for text in ["", "abc", "5", "3d", "1m30", "9999999999h", ".s", "s", "1..5s", "--1s", "-"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
