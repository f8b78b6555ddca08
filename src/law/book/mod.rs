//! The rule book: every duty, each with exactly one version in force on a day.

pub mod company;
pub mod ekom;
pub mod factors;
pub mod gdpr;
pub mod retired;
pub mod switched;

use super::cond::Cond;
use super::deadline::Deadline;
use super::fact::{Fact, words};
use super::rule::{Answer, Clock, Rule, Target, day};
use super::value::{Facts, Item};
use chrono::NaiveDate;
use std::sync::LazyLock;

/// The version of the whole book; it changes with every change of a rule.
pub const VERSION: &str = "2026.11.1";
/// The first day the book covers: GDPR became Norwegian law (personopplysningsloven § 32; in force 20 July 2018).
pub const FIRST_DAY: NaiveDate = day(2018, 7, 20);
/// The last day the book answers for.
pub const LAST_DAY: NaiveDate = day(2030, 12, 31);
/// The day the texts in force were last read.
pub const READ: Option<NaiveDate> = Some(day(2026, 11, 22));

/// The stable ids of the duties, in the order of the contract.
pub const DUTY_IDS: &[&str] = &[
    "nkom-availability",
    "nkom-availability-risk",
    "nkom-cia",
    "nkom-own-severity",
    "nkom-privacy",
    "nkom-update",
    "nkom-normalised",
    "nkom-incident-report",
    "nkom-protection-evidence",
    "subscriber-particular-risk",
    "subscriber-breach",
    "gdpr-33-authority",
    "gdpr-33-delay-reasons",
    "gdpr-33-phased",
    "gdpr-33-2-controller",
    "gdpr-33-5-register",
    "gdpr-34-subjects",
    "gdpr-34-public",
    "gdpr-34-order",
    "planned-outage",
    "public-information-order",
    "management-report",
    "reg-611-authority",
    "reg-611-subscriber",
    "digital-security-act",
    "security-act",
    "trust-service",
];

/// All rules, in force, behind a switch, and retired.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    ekom::RULES.iter().chain(gdpr::RULES).chain(company::RULES).chain(switched::RULES).chain(retired::RULES)
}

/// The versions of each duty's rule, in the order of [`DUTY_IDS`].
static VERSIONS: LazyLock<Vec<Vec<&'static Rule>>> =
    LazyLock::new(|| DUTY_IDS.iter().map(|id| rules().filter(|rule| rule.duty == *id).collect()).collect());

/// The version of a duty's rule in force on a Norwegian date; none only outside the dates the book covers.
pub fn in_force(duty: &str, on: NaiveDate) -> Option<&'static Rule> {
    version(DUTY_IDS.iter().position(|id| *id == duty)?, on)
}

/// The same by the duty's place in [`DUTY_IDS`].
pub fn version(place: usize, on: NaiveDate) -> Option<&'static Rule> {
    let versions = VERSIONS.get(place)?;
    versions.iter().copied().find(|rule| rule.from <= on && rule.until.is_none_or(|until| on <= until))
}

/// The bits of these duties in `sent[].duty`.
pub const fn sent(duties: &[&str]) -> u64 {
    words(Fact::SentDuty, duties)
}

/// A duty that does not exist at the time.
pub const NEVER: Cond = Cond::Any(&[]);

/// The objects of `sent[]` for these duties, with their places.
pub fn sendings(facts: &Facts, duties: u64) -> impl Iterator<Item = (u16, &Item)> {
    chosen(facts, Fact::Sent, Fact::SentDuty, duties)
}

/// The earliest of them.
pub fn first_sending(facts: &Facts, duties: u64) -> Option<(u16, &Item)> {
    sendings(facts, duties).min_by_key(|(_, item)| item.time(Fact::SentAt))
}

/// The objects of `orders[]` of these kinds, with their places.
pub fn orders(facts: &Facts, kinds: u64) -> impl Iterator<Item = (u16, &Item)> {
    chosen(facts, Fact::Orders, Fact::OrderKind, kinds)
}

fn chosen(facts: &Facts, list: Fact, fact: Fact, bits: u64) -> impl Iterator<Item = (u16, &Item)> {
    (0..)
        .zip(facts.items(list))
        .filter(move |(_, item)| matches!(item.get(fact), super::value::Value::Choice(word) if bits >> word & 1 == 1))
}

/// A rule in force since the book's first day, to be filled with what is its own.
pub const fn rule(duty: &'static str, basis: &'static str, trigger: Cond, clock: Clock, deadline: Deadline) -> Rule {
    Rule {
        duty,
        basis,
        recipient: "register",
        channel: "internal",
        from: FIRST_DAY,
        until: None,
        verified_on: READ,
        clock,
        trigger,
        lifted_by: None,
        deadline,
        target: Target::None,
        also: &[],
        answer: Answer { duties: sent(&[duty]), since_clock: false, complete: false },
        note: "",
    }
}
