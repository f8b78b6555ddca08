//! How often something costly may be asked for: a bucket a person or token and one an address, filled again by time.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use actix_web::HttpRequest;
use chrono::{DateTime, Utc};

use crate::error::Error;

/// The most buckets that are kept.
const MOST_KEPT: usize = 10_000;

/// What is costly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Costly {
    /// Reports from other systems.
    Intake,
    /// Searching in texts.
    Search,
    /// Taking much out at once.
    Export,
    /// Handing out the deadlines of a calendar.
    Feed,
    /// Being asked for a passkey, which is written down.
    Passkey,
    /// Showing a token that is none.
    Guess,
}

impl Costly {
    /// How many at once, and how many seconds until one more is allowed.
    const fn measure(self) -> (f64, f64) {
        match self {
            Self::Intake => (120.0, 0.5),
            Self::Search => (60.0, 1.0),
            Self::Export => (20.0, 6.0),
            Self::Feed => (60.0, 2.0),
            Self::Passkey => (30.0, 4.0),
            Self::Guess => (20.0, 30.0),
        }
    }

    /// What a request costs, if it is one of the costly ones.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Option<Self> {
        let route = request.match_pattern().unwrap_or_default();
        let ends = [".csv", ".xlsx", ".pdf", ".zip", ".ics", ".jsonl"];
        let searches = |pair: &str| pair.strip_prefix("q=").is_some_and(|words| !words.is_empty());
        if route.starts_with("/api/v1/intake/") {
            Some(Self::Intake)
        } else if route.contains("/export") || ends.iter().any(|end| route.ends_with(end)) {
            Some(Self::Export)
        } else {
            request.query_string().split('&').any(searches).then_some(Self::Search)
        }
    }
}

#[derive(Clone, Copy)]
struct Bucket {
    left: f64,
    at: DateTime<Utc>,
}

impl Bucket {
    fn filled(self, (most, pace): (f64, f64), now: DateTime<Utc>) -> Self {
        // Whole milliseconds are exact in a float for as long as any program runs.
        #[allow(clippy::cast_precision_loss)]
        let passed = (now - self.at).num_milliseconds().max(0) as f64 / 1000.0;
        Self { left: (self.left + passed / pace).min(most), at: now }
    }
}

/// What is left to whom. Kept in memory, of bounded size; where it is full, newcomers share one bucket.
#[derive(Default)]
pub struct Limits(Mutex<HashMap<(Costly, String), Bucket>>);

impl Limits {
    /// Takes one from each of these buckets, or refuses and says when to come back.
    ///
    /// # Errors
    /// When one of them is empty.
    pub fn take(&self, what: Costly, whose: &[&str], now: DateTime<Utc>) -> Result<(), Error> {
        let (most, pace) = what.measure();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() + whose.len() > MOST_KEPT {
            kept.retain(|(what, _), bucket| bucket.filled(what.measure(), now).left < what.measure().0);
        }
        let mut wait = 0.0_f64;
        for who in whose {
            let known = (what, (*who).to_owned());
            let full = kept.len() >= MOST_KEPT && !kept.contains_key(&known);
            let key = if full { (what, String::new()) } else { known };
            let bucket = kept.entry(key).or_insert(Bucket { left: most, at: now });
            *bucket = bucket.filled((most, pace), now);
            if bucket.left < 1.0 {
                wait = wait.max((1.0 - bucket.left) * pace);
            } else {
                bucket.left -= 1.0;
            }
        }
        #[allow(clippy::cast_possible_truncation)]
        if wait > 0.0 { Err(Error::TooMany { retry_after: (wait.ceil() as i64).max(1) }) } else { Ok(()) }
    }

    /// Whether one of these buckets is empty; takes nothing.
    ///
    /// # Errors
    /// When one is.
    pub fn check(&self, what: Costly, whose: &str, now: DateTime<Utc>) -> Result<(), Error> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(bucket) = kept.get(&(what, whose.to_owned())) else { return Ok(()) };
        let (most, pace) = what.measure();
        let left = bucket.filled((most, pace), now).left;
        #[allow(clippy::cast_possible_truncation)]
        if left < 1.0 {
            Err(Error::TooMany { retry_after: (((1.0 - left) * pace).ceil() as i64).max(1) })
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;

    #[test]
    fn a_bucket_empties_for_its_owner_alone_and_time_fills_it() {
        let (limits, now) = (Limits::default(), DateTime::UNIX_EPOCH);
        for n in 0..60 {
            assert!(limits.take(Costly::Search, &["kari"], now).is_ok(), "{n}");
        }
        assert!(matches!(limits.take(Costly::Search, &["kari"], now), Err(Error::TooMany { retry_after: 1 })));
        assert!(limits.take(Costly::Search, &["ola"], now).is_ok());
        assert!(limits.take(Costly::Export, &["kari"], now).is_ok());
        assert!(limits.take(Costly::Search, &["kari"], now + Duration::seconds(1)).is_ok());
    }

    #[test]
    fn the_memory_is_bounded_and_a_flood_of_newcomers_shares_one_bucket() {
        let (limits, now) = (Limits::default(), DateTime::UNIX_EPOCH);
        let refused = (0..MOST_KEPT + 1_000).filter(|n| limits.take(Costly::Guess, &[&n.to_string()], now).is_err());
        assert!(refused.count() > 900);
        assert!(limits.0.lock().unwrap().len() <= MOST_KEPT + 1);
        assert!(limits.take(Costly::Guess, &["late"], now + Duration::days(1)).is_ok(), "full buckets are forgotten");
    }
}
