//! The geometric mean of the sizes of keys.
//!
//! In: the sizes of the keys of a section. Out: whether one more key belongs to the section. Invariant: the arithmetic
//! is Go's own on amd64 (math.Log, math.Exp), so that a ratio that is exactly at the threshold is decided alike.

/// The sizes so far.
#[derive(Clone, Copy, Default)]
pub(super) struct Mean {
    sum_of_logs: f64,
    count: u32,
}

impl Mean {
    /// Adds a size.
    pub(super) fn add(&mut self, size: usize) {
        self.sum_of_logs += ln(size as f64);
        self.count += 1;
    }

    /// Whether an entry of `size` goes on in the section of the entries so far (go/printer, exprList): it does after
    /// the first one, when it and the one before are short, and when it is not 2.5 times larger or smaller than usual.
    pub(super) fn accepts(&self, before: usize, size: usize) -> bool {
        const SHORT: usize = 40;
        const THRESHOLD: f64 = 2.5;
        if self.count == 0 || before <= SHORT && size <= SHORT {
            return true;
        }
        let ratio = size as f64 / exp(self.sum_of_logs / f64::from(self.count));
        !(THRESHOLD * ratio <= 1.0 || THRESHOLD <= ratio)
    }
}

fn ln(x: f64) -> f64 {
    x.ln()
}

fn exp(x: f64) -> f64 {
    x.exp()
}

#[cfg(test)]
mod tests {
    use super::Mean;

    #[test]
    fn a_key_of_quite_another_size_starts_a_section() {
        let mut mean = Mean::default();
        assert!(mean.accepts(1, 100));
        mean.add(10);
        mean.add(10);
        assert!(mean.accepts(10, 40));
        assert!(!mean.accepts(10, 41));
    }
}
