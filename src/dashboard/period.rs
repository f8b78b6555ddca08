//! A span of whole months, and the one before it.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Utc};
use chrono_tz::Europe::Oslo;

/// The most months that are shown at once.
const LONGEST: i32 = 60;

/// A month, counted from the year nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(i32);

impl Month {
    /// The month of an instant in Norway.
    #[must_use]
    pub fn of(at: DateTime<Utc>) -> Self {
        let local = at.with_timezone(&Oslo);
        Self(local.year() * 12 + local.month0() as i32)
    }

    /// Reads `2026-10`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let is_plain = year.len() == 4 && month.len() == 2 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let (year, month): (i32, i32) = (year.parse().ok()?, month.parse().ok()?);
        (is_plain && (1..=12).contains(&month) && year >= 2000).then_some(Self(year * 12 + month - 1))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// 1 to 12.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }

    /// The instant at which it begins in Norway.
    #[must_use]
    pub fn begins(self) -> DateTime<Utc> {
        let first = NaiveDate::from_ymd_opt(self.year(), self.number(), 1).and_then(|day| day.and_hms_opt(0, 0, 0));
        let local = first.and_then(|midnight| Oslo.from_local_datetime(&midnight).earliest());
        local.map_or(DateTime::<Utc>::MAX_UTC, |local| local.to_utc())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

/// Whole months, the last one included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first month.
    pub first: Month,
    /// The last month.
    pub last: Month,
}

impl Period {
    /// The twelve months that end with this one.
    #[must_use]
    pub fn year_until(now: DateTime<Utc>) -> Self {
        let last = Month::of(now);
        Self { first: Month(last.0 - 11), last }
    }

    /// Reads two months; none when they are no period of at most five years.
    #[must_use]
    pub fn parse(from: &str, to: &str) -> Option<Self> {
        let (first, last) = (Month::parse(from)?, Month::parse(to)?);
        (first <= last && last.0 - first.0 < LONGEST).then_some(Self { first, last })
    }

    /// The period of the same length that ends where this one begins.
    #[must_use]
    pub fn before(self) -> Self {
        let length = self.last.0 - self.first.0 + 1;
        Self { first: Month(self.first.0 - length), last: Month(self.last.0 - length) }
    }

    /// Its months in order.
    pub fn months(self) -> impl Iterator<Item = Month> {
        (self.first.0..=self.last.0).map(Month)
    }

    /// From the first instant to the first one that is no longer in it, UTC.
    #[must_use]
    pub fn span(self) -> (DateTime<Utc>, DateTime<Utc>) {
        (self.first.begins(), Month(self.last.0 + 1).begins())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_knows_its_months_and_the_one_before() {
        let period = Period::parse("2025-11", "2026-02").unwrap();
        let months: Vec<String> = period.months().map(|month| month.to_string()).collect();
        assert_eq!(months, ["2025-11", "2025-12", "2026-01", "2026-02"]);
        let before = period.before();
        assert_eq!((before.first.to_string(), before.last.to_string()), ("2025-07".into(), "2025-10".into()));
        // Midnight in Norway is 23 or 22 UTC.
        assert_eq!(period.span().0.to_rfc3339(), "2025-10-31T23:00:00+00:00");
        assert_eq!(Month::parse("2026-07").unwrap().begins().to_rfc3339(), "2026-06-30T22:00:00+00:00");
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for (from, to) in [
            ("2026-02", "2026-01"),
            ("2026-13", "2026-14"),
            ("26-01", "26-02"),
            ("", ""),
            ("2000-01", "2026-01"),
            ("2026-+1", "2026-02"),
        ] {
            assert_eq!(Period::parse(from, to), None, "{from} {to}");
        }
    }
}
