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

/// The natural logarithm of a positive number, as math.Log computes it (after FreeBSD's e_log.c).
fn ln(x: f64) -> f64 {
    const LN2_HI: f64 = 6.931_471_803_691_238e-1;
    const LN2_LO: f64 = 1.908_214_929_270_587_7e-10;
    const ODD: [f64; 4] = [6.666_666_666_666_735e-1, 2.857_142_874_366_239e-1, 1.818_357_216_161_805e-1, 1.479_819_860_511_658_6e-1];
    const EVEN: [f64; 3] = [3.999_999_999_940_942e-1, 2.222_219_843_214_978_4e-1, 1.531_383_769_920_937_3e-1];
    // x is f * 2^k, f between the root of 1/2 and the root of 2.
    let bits = x.to_bits();
    let mut k = ((bits >> 52) & 0x7ff) as f64 - 1022.0;
    let mut f = f64::from_bits(bits & 0x000f_ffff_ffff_ffff | 0x3fe0_0000_0000_0000);
    if f < std::f64::consts::FRAC_1_SQRT_2 {
        f *= 2.0;
        k -= 1.0;
    }
    let f = f - 1.0;
    let s = f / (2.0 + f);
    let s2 = s * s;
    let s4 = s2 * s2;
    let t1 = s2 * (ODD[0] + s4 * (ODD[1] + s4 * (ODD[2] + s4 * ODD[3])));
    let t2 = s4 * (EVEN[0] + s4 * (EVEN[1] + s4 * EVEN[2]));
    let half = 0.5 * f * f;
    k * LN2_HI - ((half - (s * (half + (t1 + t2)) + k * LN2_LO)) - f)
}

/// The exponential of a number that is not large, as math.Exp computes it on amd64 (after SLEEF).
fn exp(x: f64) -> f64 {
    const LN2_UPPER: f64 = 0.693_147_180_559_662_956_511_601_805_686_950_683_593_75;
    const LN2_LOWER: f64 = 0.282_352_905_630_315_77e-12;
    // One over the factorials from 8 down to 1.
    const TAYLOR: [f64; 7] = [
        1.984_126_984_126_984e-4,
        1.388_888_888_888_889e-3,
        8.333_333_333_333_333e-3,
        4.166_666_666_666_666_4e-2,
        1.666_666_666_666_666_6e-1,
        0.5,
        1.0,
    ];
    let k = (x * std::f64::consts::LOG2_E).round_ties_even();
    let x = (-k).mul_add(LN2_UPPER, x);
    let x = (-k).mul_add(LN2_LOWER, x) * 0.0625;
    let sum = TAYLOR.iter().fold(2.480_158_730_158_73e-5, |sum: f64, &term| sum.mul_add(x, term));
    // e^x - 1 of a sixteenth, doubled four times.
    let mut y = sum * x;
    for _ in 0..3 {
        y *= y + 2.0;
    }
    y = (y + 2.0).mul_add(y, 1.0);
    y * f64::powi(2.0, k as i32)
}

#[cfg(test)]
mod tests {
    use super::{Mean, exp, ln};

    #[test]
    fn a_key_of_quite_another_size_starts_a_section() {
        let mut mean = Mean::default();
        assert!(mean.accepts(1, 100));
        mean.add(10);
        mean.add(10);
        assert!(mean.accepts(10, 40));
        assert!(!mean.accepts(10, 41));
    }

    #[test]
    fn the_arithmetic_is_that_of_go() {
        // math.Float64bits(math.Log(x)), math.Float64bits(math.Exp(math.Log(x)))
        for (x, log, back) in [
            (1.0, 0x0, 0x3ff0000000000000),
            (3.0, 0x3ff193ea7aad030a, 0x4007ffffffffffff),
            (7.0, 0x3fff2272ae325a57, 0x401c000000000000),
            (16.0, 0x40062e42fefa39ef, 0x402fffffffffffff),
            (18.0, 0x40071f7b3a6b9186, 0x4031ffffffffffff),
            (20.0, 0x4007f7427b73e391, 0x4033ffffffffffff),
            (41.0, 0x400db565458eac4e, 0x4044800000000001),
            (50.0, 0x400f4bd2b7ac1baf, 0x4049000000000000),
            (100.0, 0x40126bb1bbb55516, 0x4059000000000003),
            (1999.0, 0x401e66cfde9c7c2e, 0x409f3bfffffffffd),
        ] {
            assert_eq!((ln(x).to_bits(), exp(ln(x)).to_bits()), (log, back), "{x}");
        }
    }
}
