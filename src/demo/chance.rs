//! Chance with a seed: the same seed makes the same two years.

use std::num::Wrapping;

/// A small generator (SplitMix64); fit for stories, not for secrets.
#[derive(Clone)]
pub(super) struct Chance(Wrapping<u64>);

impl Chance {
    /// Begins anew from a seed.
    pub(super) fn of(seed: u64) -> Self {
        Self(Wrapping(seed))
    }

    fn next(&mut self) -> u64 {
        self.0 += 0x9e37_79b9_7f4a_7c15;
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)) * Wrapping(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)) * Wrapping(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)).0
    }

    /// A whole number from one to the other, both included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let wide = most.abs_diff(least).saturating_add(1).max(1);
        least.saturating_add_unsigned(self.next() % wide)
    }

    /// Whether something happens that does in so many of a hundred cases.
    pub(super) fn percent(&mut self, of_hundred: i64) -> bool {
        self.between(1, 100) <= of_hundred
    }

    /// One of several.
    pub(super) fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> Option<&'a T> {
        let at = usize::try_from(self.between(0, i64::try_from(of.len()).unwrap_or(1) - 1)).unwrap_or(0);
        of.get(at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_the_same_numbers_and_they_stay_within_their_bounds() {
        let (mut one, mut other) = (Chance::of(7), Chance::of(7));
        let mut seen = [false; 6];
        for _ in 0..500 {
            let n = one.between(1, 6);
            assert_eq!(n, other.between(1, 6));
            seen[usize::try_from(n - 1).unwrap()] = true;
        }
        assert_eq!(seen, [true; 6]);
        assert!(!one.percent(0) && one.percent(100));
    }
}
