//! Adds up what the queries answer. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::Period;
use super::store::{Group, Sending};
use crate::i18n::{self, Lang};

/// The kinds of an incident, in the order they are shown; one incident may be of several.
pub const KINDS: [&str; 4] = ["privacy", "security", "availability", "other"];
/// To whom a notice goes, in the order they are shown.
pub const RECEIVERS: [&str; 4] = ["datatilsynet", "nkom", "controllers", "persons"];

/// Figures by month, one row of numbers a series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Months {
    /// As `2026-10`, in order.
    pub months: Vec<String>,
    /// The word of each series with its numbers.
    pub series: Vec<(&'static str, Vec<i64>)>,
}

impl Months {
    fn new(period: Period, words: &[&'static str]) -> Self {
        let months: Vec<String> = period.months().map(|month| month.to_string()).collect();
        let none = vec![0; months.len()];
        Self { series: words.iter().map(|word| (*word, none.clone())).collect(), months }
    }

    fn add(&mut self, word: &str, month: &str, many: i64) {
        let at = self.months.iter().position(|known| known == month);
        let series = self.series.iter_mut().find(|(known, _)| *known == word);
        if let (Some(at), Some((_, numbers))) = (at, series) {
            numbers[at] += many;
        }
    }
}

/// What the incidents of a period come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sums {
    /// All incidents logged in the period.
    pub all: i64,
    /// Dangers in which nothing happened.
    pub near_misses: i64,
    /// By certain severity.
    pub by_severity: Months,
    /// By kind.
    pub by_kind: Months,
    /// User-hours lost, and in how many losses of service nobody knows.
    pub lost: Months,
    /// Losses of service whose users or length nobody knows.
    pub unmeasured: i64,
    /// By root cause, the most frequent first; the empty word is «not known».
    pub causes: Vec<(String, i64)>,
}

/// Adds up a period.
#[must_use]
pub fn sums(period: Period, groups: &[Group]) -> Sums {
    let mut sums = Sums {
        by_severity: Months::new(period, crate::law::severity::LEVELS),
        by_kind: Months::new(period, &KINDS),
        lost: Months::new(period, &["hours"]),
        ..Sums::default()
    };
    let mut causes: BTreeMap<String, i64> = BTreeMap::new();
    let mut minutes: BTreeMap<&str, i64> = BTreeMap::new();
    for group in groups {
        sums.all += group.many;
        sums.near_misses += if group.near_miss { group.many } else { 0 };
        sums.unmeasured += group.unmeasured;
        sums.by_severity.add(&group.severity, &group.month, group.many);
        let is =
            [group.breach, group.security, group.availability, !(group.breach || group.security || group.availability)];
        for (word, is) in KINDS.into_iter().zip(is) {
            if is {
                sums.by_kind.add(word, &group.month, group.many);
            }
        }
        *minutes.entry(&group.month).or_default() += group.user_minutes;
        *causes.entry(group.cause.clone()).or_default() += group.many;
    }
    // Minutes are added before they are rounded.
    for (month, minutes) in minutes {
        sums.lost.add("hours", month, (minutes + 30) / 60);
    }
    sums.causes = causes.into_iter().collect();
    sums.causes.sort_by_key(|(_, many)| -many);
    sums
}

/// How one receiver was told.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Told {
    /// Duties met by sending.
    pub many: i64,
    /// Of these, the ones with a clock.
    pub measured: i64,
    /// Of these, in time.
    pub in_time: i64,
    /// Of these, in time by our own target only, since the law sets no number.
    pub by_target: i64,
    /// The middle of the times from the start of the clock to the sending, minutes.
    pub median: Option<i64>,
    /// The longest of these times, minutes.
    pub longest: Option<i64>,
}

impl Told {
    /// The share that was told in time; none where nothing had a clock.
    #[must_use]
    pub fn share(&self, lang: Lang) -> Option<String> {
        let whole = |part: i64| (part * 100 + self.measured / 2) / self.measured;
        (self.measured > 0).then(|| i18n::percent(lang, whole(self.in_time) as f64 / 100.0))
    }
}

/// Who a duty tells.
fn receiver(duty: &str) -> Option<&'static str> {
    if crate::law::question::TELLING.contains(&duty) {
        return Some("persons");
    }
    match duty {
        "gdpr-33-authority" | "reg-611-authority" => Some("datatilsynet"),
        "gdpr-33-2-controller" => Some("controllers"),
        _ if duty.starts_with("nkom-") => Some("nkom"),
        _ => None,
    }
}

/// The first sending for each duty, with whom it went to.
pub fn first_of_each(sendings: &[Sending]) -> impl Iterator<Item = (&'static str, &Sending)> {
    let mut seen = BTreeSet::new();
    sendings.iter().filter_map(move |sending| {
        let receiver = receiver(&sending.duty)?;
        seen.insert((sending.incident_seq, &sending.duty, &sending.for_whom)).then_some((receiver, sending))
    })
}

/// Adds up how receivers were told; of several sendings for one duty the first counts.
#[must_use]
pub fn told(sendings: &[Sending]) -> Vec<(&'static str, Told)> {
    let mut times: BTreeMap<&str, (Told, Vec<i64>)> = BTreeMap::new();
    for (receiver, sending) in first_of_each(sendings) {
        let (told, took) = times.entry(receiver).or_default();
        told.many += 1;
        let (Some(in_time), Some(span)) = (sending.in_time(), sending.took()) else { continue };
        told.measured += 1;
        told.in_time += i64::from(in_time);
        told.by_target += i64::from(in_time && sending.due_at.is_none());
        took.push(span.num_minutes());
    }
    let one = |receiver: &'static str| {
        let (mut told, mut took) = times.remove(receiver).unwrap_or_default();
        took.sort_unstable();
        told.median = took.get(took.len().saturating_sub(1) / 2).copied();
        told.longest = took.last().copied();
        (receiver, told)
    };
    RECEIVERS.map(one).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta, Utc};

    fn group(month: &str, severity: &str, (breach, availability): (bool, bool), many: i64, user_minutes: i64) -> Group {
        let (month, severity) = (month.to_owned(), severity.to_owned());
        let cause = if availability { "human_error".to_owned() } else { String::new() };
        Group {
            month,
            severity,
            breach,
            security: false,
            availability,
            near_miss: false,
            cause,
            many,
            user_minutes,
            unmeasured: 0,
        }
    }

    #[test]
    fn an_incident_of_two_kinds_counts_in_both_and_once_in_all() {
        let period = Period::parse("2026-09", "2026-10").unwrap();
        let sums = sums(
            period,
            &[
                group("2026-09", "low", (true, true), 2, 100),
                group("2026-10", "critical", (false, false), 1, 0),
                group("2026-09", "low", (false, true), 1, 20),
            ],
        );
        assert_eq!(sums.all, 4);
        let of =
            |months: &Months, word: &str| months.series.iter().find(|(known, _)| *known == word).unwrap().1.clone();
        assert_eq!(of(&sums.by_kind, "privacy"), [2, 0]);
        assert_eq!(of(&sums.by_kind, "availability"), [3, 0]);
        assert_eq!(of(&sums.by_kind, "other"), [0, 1]);
        assert_eq!(of(&sums.by_severity, "critical"), [0, 1]);
        assert_eq!(of(&sums.lost, "hours"), [2, 0], "120 minutes are two hours, though neither group is one");
        assert_eq!(sums.causes, [("human_error".to_owned(), 3), (String::new(), 1)]);
    }

    #[test]
    fn the_first_sending_counts_and_a_target_is_told_apart_from_a_deadline() {
        let start = DateTime::<Utc>::UNIX_EPOCH;
        let hours = |hours| (start + TimeDelta::hours(hours)).into();
        let sent = |seq, due: Option<i64>, target: Option<i64>, at| Sending {
            incident_seq: seq,
            duty: "gdpr-33-authority".into(),
            for_whom: String::new(),
            starts_at: Some(hours(0)),
            due_at: due.map(hours),
            target_at: target.map(hours),
            sent_at: hours(at),
        };
        let all = [
            sent(1, Some(72), None, 70),
            sent(2, Some(72), None, 73),
            sent(1, Some(72), None, 90),
            sent(3, None, Some(24), 20),
            sent(4, None, None, 1),
        ];
        let (name, told) = told(&all).into_iter().next().unwrap();
        assert_eq!(name, "datatilsynet");
        let expected =
            Told { many: 4, measured: 3, in_time: 2, by_target: 1, median: Some(70 * 60), longest: Some(73 * 60) };
        assert_eq!(told, expected);
    }
}
