//! Slows guessing down: after a few wrong tries each next one has to wait longer.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};

use crate::error::Error;

const MOST_KEPT: usize = 10_000;
const LONGEST_WAIT: i64 = 15 * 60;

/// Wrong tries of late, by who tries and by whom they try to be. Kept in memory, of bounded size.
#[derive(Default)]
pub struct Throttle(Mutex<HashMap<String, Tries>>);

#[derive(Clone, Copy)]
struct Tries {
    wrong: u32,
    last: DateTime<Utc>,
}

impl Throttle {
    /// Refuses when this pair of address and e-mail, or this e-mail from everywhere, has to wait.
    pub fn check(&self, from: &str, email: &str, now: DateTime<Utc>) -> Result<(), Error> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = keys(from, email).iter().filter_map(|(key, free)| Some(kept.get(key)?.wait(*free, now))).max();
        match wait {
            Some(seconds) if seconds > 0 => Err(Error::TooMany { retry_after: seconds }),
            _ => Ok(()),
        }
    }

    /// Remembers a wrong try.
    pub fn wrong(&self, from: &str, email: &str, now: DateTime<Utc>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_KEPT {
            kept.retain(|_, tries| now - tries.last < Duration::seconds(LONGEST_WAIT));
        }
        for (key, _) in keys(from, email) {
            if kept.len() < MOST_KEPT || kept.contains_key(&key) {
                let tries = kept.entry(key).or_insert(Tries { wrong: 0, last: now });
                let stale = now - tries.last > Duration::hours(1);
                *tries = Tries { wrong: if stale { 1 } else { tries.wrong.saturating_add(1) }, last: now };
            }
        }
    }

    /// Forgets the wrong tries of this pair, for it got in.
    pub fn right(&self, from: &str, email: &str) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.remove(&format!("{from} {email}"));
    }
}

/// The counters a try touches, each with how many wrong tries it forgives.
fn keys(from: &str, email: &str) -> [(String, u32); 3] {
    [(format!("{from} {email}"), 4), (format!("from {from}"), 20), (format!("to {email}"), 50)]
}

impl Tries {
    fn wait(self, free: u32, now: DateTime<Utc>) -> i64 {
        let over = self.wrong.saturating_sub(free);
        if over == 0 {
            return 0;
        }
        let wait = 1_i64.checked_shl(over.min(20)).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
        (self.last + Duration::seconds(wait) - now).num_seconds().max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_wrong_try_waits_and_waiting_helps() {
        let (throttle, now) = (Throttle::default(), DateTime::UNIX_EPOCH);
        for _ in 0..4 {
            assert!(throttle.check("1.2.3.4", "a@b", now).is_ok());
            throttle.wrong("1.2.3.4", "a@b", now);
        }
        throttle.wrong("1.2.3.4", "a@b", now);
        assert!(matches!(throttle.check("1.2.3.4", "a@b", now), Err(Error::TooMany { retry_after: 2 })));
        assert!(throttle.check("5.6.7.8", "a@b", now).is_ok(), "another address is not punished for it");
        assert!(throttle.check("1.2.3.4", "a@b", now + Duration::seconds(2)).is_ok());
    }
}
