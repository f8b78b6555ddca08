//! Superseded rules, which still judge older incidents: until 31 December 2024.

use super::ekom::{
    BEGINNING, BREACH_WITH_EFFECT, INFORMATION, NEW_ACT, OCCURRED, PLANNED, PRIVACY, RELIES_ON_PROTECTION, REPORT,
    since_clock, to_nkom, to_subscribers,
};
use super::{NEVER, rule};
use crate::law::cond::Cond;
use crate::law::deadline::{Deadline, hours};
use crate::law::fact::{Fact, words};
use crate::law::rule::{Clock, Rule, Target};
use Cond::{All, Is, Yes};
use chrono::NaiveDate;

const KNOWN: Clock = Clock::Moment(&[Fact::KnownAt]);
const LAST: Option<NaiveDate> = NEW_ACT.pred_opt();
const NOT_LOOKED_UP: &str = "Taken as now; the older section has not been looked up.";

/// The rules.
pub static RULES: &[Rule] = &[
    to_nkom(Rule {
        until: LAST,
        target: Target::Minutes(hours(2)),
        note: "No number and no always-cases.",
        ..rule(
            "nkom-availability",
            "ekomforskriften (2004) § 8-5",
            All(&[OCCURRED, Yes(Fact::Material)]),
            KNOWN,
            Deadline::WithoutUndueDelay,
        )
    }),
    to_nkom(Rule {
        until: LAST,
        target: Target::Minutes(hours(2)),
        ..rule(
            "nkom-availability-risk",
            "ekomforskriften (2004) § 8-5",
            All(&[Is(Fact::Availability, words(Fact::Availability, &["may_occur"])), Yes(Fact::Material)]),
            KNOWN,
            Deadline::WithoutUndueDelay,
        )
    }),
    to_nkom(Rule {
        until: LAST,
        note: "No duty of its own before ekomloven of 2024.",
        ..rule("nkom-cia", "ekomloven (2003)", NEVER, KNOWN, Deadline::None)
    }),
    to_nkom(Rule {
        until: LAST,
        target: Target::Minutes(hours(2)),
        ..rule("nkom-privacy", "ekomloven (2003) § 2-7", PRIVACY, KNOWN, Deadline::Immediate)
    }),
    to_subscribers(Rule {
        until: LAST,
        ..rule(
            "subscriber-particular-risk",
            "ekomloven (2003) § 2-7",
            Yes(Fact::ParticularRisk),
            KNOWN,
            Deadline::Fixed(hours(24)),
        )
    }),
    to_subscribers(Rule {
        until: LAST,
        lifted_by: Some(Yes(Fact::ProtectionDocumented)),
        ..rule("subscriber-breach", "ekomloven (2003) § 2-7", BREACH_WITH_EFFECT, KNOWN, Deadline::Fixed(hours(24)))
    }),
    to_subscribers(Rule {
        until: LAST,
        verified_on: None,
        note: NOT_LOOKED_UP,
        ..rule("planned-outage", "ekomforskriften (2004)", PLANNED, BEGINNING, Deadline::Before)
    }),
    to_nkom(Rule {
        until: LAST,
        ..rule("nkom-protection-evidence", "ekomloven (2003) § 2-7", RELIES_ON_PROTECTION, KNOWN, Deadline::Before)
    }),
    to_nkom(Rule {
        until: LAST,
        verified_on: None,
        note: NOT_LOOKED_UP,
        answer: since_clock("nkom-incident-report"),
        ..rule(
            "nkom-incident-report",
            "ekomloven (2003)",
            Cond::Ordered(REPORT),
            Clock::Order(REPORT),
            Deadline::Ordered,
        )
    }),
    Rule {
        until: LAST,
        verified_on: None,
        recipient: "public",
        channel: "public_notice",
        note: NOT_LOOKED_UP,
        answer: since_clock("public-information-order"),
        ..rule(
            "public-information-order",
            "ekomloven (2003)",
            Cond::Ordered(INFORMATION),
            Clock::Order(INFORMATION),
            Deadline::Ordered,
        )
    },
];
