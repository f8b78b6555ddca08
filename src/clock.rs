//! The only place that reads the time; everybody else is given a moment as an argument.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, DurationRound, Utc};

/// Answers what time it is: the machine's clock, or one that a test moves by hand.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands still until it is moved (microseconds since 1970).
    Movable(Arc<AtomicI64>),
}

impl Clock {
    /// Makes a clock that stands at `at` until [`Clock::advance`] moves it.
    pub fn standing_at(at: DateTime<Utc>) -> Self {
        Self::Movable(Arc::new(AtomicI64::new(at.timestamp_micros())))
    }

    /// Answers the present moment in UTC, cut to microseconds so that it survives the database unchanged.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the one place")]
            Self::System => to_micros(Utc::now()),
            Self::Movable(at) => {
                DateTime::from_timestamp_micros(at.load(Ordering::SeqCst)).unwrap_or(DateTime::UNIX_EPOCH)
            }
        }
    }

    /// Moves a movable clock; the system's clock cannot be moved and stays.
    pub fn advance(&self, by: Duration) {
        if let (Self::Movable(at), Some(micros)) = (self, by.num_microseconds()) {
            at.fetch_add(micros, Ordering::SeqCst);
        }
    }
}

/// Cuts a moment to whole microseconds, the precision that both databases keep.
pub fn to_micros(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(Duration::microseconds(1)).unwrap_or(at)
}
