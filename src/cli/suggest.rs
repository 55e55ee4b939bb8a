//! What a mistyped word may have meant. Pure.

/// The candidates within two edits of `word`, or that start with it, whatever the case; the latter first, then the nearest.
pub(super) fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let word = word.to_lowercase();
    let mut near: Vec<(bool, usize, &str)> = Vec::new();
    for candidate in candidates {
        let lower = candidate.to_lowercase();
        let distance = distance(&word, &lower);
        // Two edits turn any two letters into any other two: a suggestion must share something.
        let (few, many) = (word.chars().count().min(lower.chars().count()), word.chars().count().max(lower.chars().count()));
        let close = distance < many && (distance <= 1 || (distance == 2 && few > 2));
        let starts = !word.is_empty() && lower.starts_with(&word);
        if close || starts {
            near.push((!starts, distance, candidate));
        }
    }
    near.sort();
    near.dedup();
    near.into_iter().map(|(_, _, candidate)| candidate.to_owned()).collect()
}

/// How many single-letter edits lead from one word to the other.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], k: usize| row.get(k).copied().unwrap_or(usize::MAX - 1);
            let best = (at(&row, j) + usize::from(x != *y)).min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            next.push(best);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        for (a, b, n) in [
            ("", "", 0),
            ("src", "src", 0),
            ("sorc", "src", 1),
            ("dirr", "dir", 1),
            ("dockr", "docker", 1),
            ("go", "ts", 2),
            ("表", "名", 1),
        ] {
            assert_eq!(distance(a, b), n, "{a} {b}");
        }
    }

    #[test]
    fn near_words_and_prefixes() {
        let all = ["api", "docker", "kube", "go", "kt", "ts"];
        assert_eq!(suggest("dockr", all), ["docker"]);
        assert_eq!(suggest("DOC", all), ["docker"]);
        assert_eq!(suggest("gol", all), ["go"]);
        assert_eq!(suggest("zz", all), Vec::<String>::new());
        assert_eq!(suggest("k", all), ["kt", "kube"]);
        assert_eq!(suggest("", all), Vec::<String>::new());
    }
}
