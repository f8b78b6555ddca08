//! The clock of a drill, pure: what it shows at a real instant, and when it shows an instant.

use chrono::{DateTime, TimeDelta, Utc};

/// From a real instant on, the clock shows this and runs so many times as fast as everybody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The real instant.
    pub real: DateTime<Utc>,
    /// What the clock showed then.
    pub here: DateTime<Utc>,
    /// How fast it runs; nought is standing still.
    pub factor: u32,
}

impl Span {
    fn at(&self, real: DateTime<Utc>) -> DateTime<Utc> {
        let passed = (real - self.real).num_microseconds().unwrap_or(i64::MAX);
        // Before it began it ran as everybody's does.
        let factor = if passed < 0 { 1 } else { i64::from(self.factor) };
        self.here.checked_add_signed(TimeDelta::microseconds(passed.saturating_mul(factor))).unwrap_or(self.here)
    }

    /// The first real instant at which it shows an instant or a later one.
    fn real_of(&self, here: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let ahead = (here - self.here).num_microseconds()?;
        if ahead <= 0 {
            return self.real.checked_add_signed(TimeDelta::microseconds(ahead));
        }
        let factor = i64::from(self.factor);
        let passed = ahead.checked_div(factor)? + i64::from(ahead.checked_rem(factor)? > 0);
        self.real.checked_add_signed(TimeDelta::microseconds(passed))
    }
}

/// A clock: everybody's, or one that has run in spans, each until the next begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock(Vec<Span>);

impl Clock {
    /// The clock that ran in these spans, the earliest first; none is everybody's clock.
    #[must_use]
    pub fn of(spans: Vec<Span>) -> Self {
        Self(spans)
    }

    /// The spans it ran in.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// How fast it runs now.
    #[must_use]
    pub fn factor(&self) -> u32 {
        self.0.last().map_or(1, |span| span.factor)
    }

    /// What it shows at a real instant.
    #[must_use]
    pub fn at(&self, real: DateTime<Utc>) -> DateTime<Utc> {
        let span = self.0.iter().rfind(|span| span.real <= real).or(self.0.first());
        span.map_or(real, |span| span.at(real))
    }

    /// The first real instant at which it shows an instant or a later one; none while it stands still before it.
    #[must_use]
    pub fn real_of(&self, here: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let Some(last) = self.0.last() else { return Some(here) };
        let within = self.0.iter().zip(self.0.iter().skip(1)).find(|(_, next)| here <= next.here);
        match within {
            // Where it stood still until the next span, it is the next one that brings it there.
            Some((span, next)) => span.real_of(here).map(|real| real.min(next.real)).or(Some(next.real)),
            None => last.real_of(here),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    fn clock(spans: &[(i64, i64, u32)]) -> Clock {
        Clock::of(
            spans
                .iter()
                .map(|(real, here, factor)| Span { real: at(*real), here: at(*here), factor: *factor })
                .collect(),
        )
    }

    #[test]
    fn everybodys_clock_changes_nothing() {
        let everybodys = Clock::default();
        assert_eq!((everybodys.at(at(7)), everybodys.real_of(at(7)), everybodys.factor()), (at(7), Some(at(7)), 1));
    }

    #[test]
    fn it_runs_faster_stands_still_and_goes_on_from_where_it_stood() {
        // Ten times as fast for 6 minutes, still for 4, then 60 times as fast.
        let clock = clock(&[(100, 1_000, 10), (106, 1_060, 0), (110, 1_060, 60)]);
        for (real, here) in
            [(90, 990), (100, 1_000), (103, 1_030), (106, 1_060), (109, 1_060), (110, 1_060), (112, 1_180)]
        {
            assert_eq!(clock.at(at(real)), at(here), "{real}");
        }
        for (here, real) in [(990, 90), (1_000, 100), (1_030, 103), (1_060, 106), (1_180, 112)] {
            assert_eq!(clock.real_of(at(here)), Some(at(real)), "{here}");
        }
    }

    #[test]
    fn while_it_stands_still_what_lies_ahead_never_comes() {
        let clock = clock(&[(0, 0, 60), (1, 60, 0)]);
        assert_eq!(clock.real_of(at(61)), None);
        assert_eq!(clock.real_of(at(60)), Some(at(1)));
        assert_eq!(clock.at(at(1_000_000)), at(60));
    }

    #[test]
    fn an_instant_has_come_when_its_real_one_has_and_never_a_moment_before() {
        let clock = clock(&[(0, 0, 7), (3, 21, 13)]);
        for micros in [1, 6, 7, 8, 1_000_001, 1_260_000_000, 1_260_000_001, 5_000_000_003] {
            let here = DateTime::UNIX_EPOCH + TimeDelta::microseconds(micros);
            let real = clock.real_of(here).unwrap();
            assert!(clock.at(real) >= here, "{micros}");
            assert!(clock.at(real - TimeDelta::microseconds(1)) < here, "{micros}");
        }
    }

    #[test]
    fn no_instant_is_too_far_away() {
        let clock = clock(&[(0, 0, 1_440)]);
        assert!(clock.at(DateTime::<Utc>::MAX_UTC) >= at(0));
        assert!(clock.real_of(DateTime::<Utc>::MAX_UTC).is_none_or(|real| real > at(0)));
    }
}
