//! Slows guessing down: after a few wrong tries each next one has to wait longer.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use sha2::{Digest, Sha256};

use crate::error::Error;

const MOST_KEPT: usize = 10_000;
const LONGEST_WAIT: i64 = 15 * 60;
const FORGOTTEN_AFTER: Duration = Duration::hours(1);

/// Whose tries are counted, as a digest: what is typed may be of any length.
type Key = [u8; 32];

/// Wrong tries of late, by who tries and by whom they try to be. Kept in memory, of bounded size.
#[derive(Default)]
pub struct Throttle(Mutex<HashMap<Key, Tries>>);

#[derive(Clone, Copy)]
struct Tries {
    wrong: u32,
    last: DateTime<Utc>,
}

impl Throttle {
    /// Counts a try as wrong before it is looked at, or refuses it when this pair of address and name, this address with
    /// whatever name, or this name from everywhere has to wait. So many tries at once are no way around the wait.
    pub fn admit(&self, from: &str, name: &str, now: DateTime<Utc>) -> Result<(), Error> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = keys(from, name);
        let wait = keys.iter().filter_map(|(key, free)| Some(kept.get(key)?.wait(*free, now))).max();
        if let Some(retry_after) = wait.filter(|seconds| *seconds > 0) {
            return Err(Error::TooMany { retry_after });
        }
        if kept.len() + keys.len() > MOST_KEPT {
            make_room(&mut kept, now);
        }
        for (key, _) in keys {
            let tries = kept.entry(key).or_insert(Tries { wrong: 0, last: now });
            let stale = now - tries.last > FORGOTTEN_AFTER;
            *tries = Tries { wrong: if stale { 1 } else { tries.wrong.saturating_add(1) }, last: now };
        }
        Ok(())
    }

    /// Forgets the wrong tries of this pair, for it got in.
    pub fn right(&self, from: &str, name: &str) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [(pair, _), (from, _), (to, _)] = keys(from, name);
        kept.remove(&pair);
        // A whole office may sit behind one address, and a program may come in often: the own try was not a wrong one.
        for key in [from, to] {
            if let Some(tries) = kept.get_mut(&key) {
                tries.wrong = tries.wrong.saturating_sub(1);
            }
        }
    }
}

/// Forgets what is of no use any more; where that is not enough, the half with the fewest wrong tries, so that a flood of
/// new names cannot push out whoever is being guessed at.
fn make_room(kept: &mut HashMap<Key, Tries>, now: DateTime<Utc>) {
    kept.retain(|_, tries| now - tries.last <= FORGOTTEN_AFTER);
    if kept.len() > MOST_KEPT / 2 {
        let mut order: Vec<_> = kept.iter().map(|(key, tries)| (tries.wrong, tries.last, *key)).collect();
        order.sort_unstable();
        for (_, _, key) in order.iter().take(MOST_KEPT / 2) {
            kept.remove(key);
        }
    }
}

/// The counters a try touches, each with how many wrong tries it forgives.
fn keys(from: &str, name: &str) -> [(Key, u32); 3] {
    let from = net(from);
    let of = |parts: [&str; 3]| Sha256::digest(parts.join("\n")).into();
    [(of(["pair", &from, name]), 4), (of(["from", &from, ""]), 20), (of(["to", "", name]), 50)]
}

/// An address as far as somebody has it to themselves: who has one IPv6 address has the 2⁶⁴ beside it, too.
fn net(from: &str) -> String {
    match from.parse() {
        Ok(IpAddr::V6(six)) if six.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = six.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
        _ => from.to_owned(),
    }
}

impl Tries {
    fn wait(self, free: u32, now: DateTime<Utc>) -> i64 {
        let over = self.wrong.saturating_sub(free);
        if over == 0 || now - self.last > FORGOTTEN_AFTER {
            return 0;
        }
        let wait = 1_i64.checked_shl(over.min(20)).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
        (self.last + Duration::seconds(wait) - now).num_seconds().max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn waits(throttle: &Throttle, from: &str, name: &str) -> Option<i64> {
        match throttle.admit(from, name, NOW) {
            Err(Error::TooMany { retry_after }) => Some(retry_after),
            _ => None,
        }
    }

    #[test]
    fn the_sixth_wrong_try_waits_and_waiting_helps() {
        let throttle = Throttle::default();
        for _ in 0..5 {
            assert_eq!(waits(&throttle, "1.2.3.4", "a@b"), None);
        }
        assert_eq!(waits(&throttle, "1.2.3.4", "a@b"), Some(2));
        assert_eq!(waits(&throttle, "5.6.7.8", "a@b"), None, "another address is not punished for it");
        assert!(throttle.admit("1.2.3.4", "a@b", NOW + Duration::seconds(2)).is_ok());
    }

    #[test]
    fn many_names_from_one_address_and_one_name_from_many_addresses_wait_too() {
        let throttle = Throttle::default();
        let tried = |from: &dyn Fn(u32) -> String, name: &dyn Fn(u32) -> String| {
            (0..200).find(|n| waits(&throttle, &from(*n), &name(*n)).is_some())
        };
        assert_eq!(tried(&|_| "1.2.3.4".into(), &|n| format!("{n}@b")), Some(21));
        assert_eq!(tried(&|n| format!("10.0.0.{n}"), &|_| "kari@b".into()), Some(51));
        assert_eq!(tried(&|n| format!("2001:db8:1:2::{n:x}"), &|n| format!("{n}@c")), Some(21), "one net is one");
    }

    #[test]
    fn a_flood_of_names_neither_fills_memory_nor_frees_whoever_is_guessed_at() {
        let throttle = Throttle::default();
        while waits(&throttle, "1.2.3.4", "kari@b").is_none() {}
        let long = "x".repeat(1000);
        for n in 0..30_000_u32 {
            let [_, b, c, d] = n.to_be_bytes();
            assert_eq!(waits(&throttle, &format!("{}.{b}.{c}.{d}", 11), &format!("{long}{n}")), None);
        }
        assert!(throttle.0.lock().unwrap().len() <= MOST_KEPT);
        assert!(waits(&throttle, "1.2.3.4", "kari@b").is_some());
    }
}
