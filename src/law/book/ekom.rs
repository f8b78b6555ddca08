//! Electronic communications: ekomloven (LOV-2024-12-13-76) and ekomforskriften, in force from 1 January 2025, and
//! Nkom's published procedure.

use super::{rule, sent};
use crate::law::cond::{Cond, Number, Term};
use crate::law::deadline::{Deadline, hours};
use crate::law::fact::{Fact, words};
use crate::law::rule::{Answer, Clock, Rule, Target, day};
use Cond::{All, Any, AnyItem, Is, MoreThan, ShareOver, Yes};
use chrono::NaiveDate;

/// The first day of ekomloven of 2024 and ekomforskriften of 2025.
pub const NEW_ACT: NaiveDate = day(2025, 1, 1);
const KNOWN: Clock = Clock::Moment(&[Fact::KnownAt]);
/// The latest for a notice of lost availability, ekomforskriften § 2-8 first paragraph.
const HALF_AN_HOUR: i64 = 30;
/// Always-cases (a) and (b): more than half.
const HALF: Number = Number::Law(50.0);
/// Always-case (b): an urban area of more inhabitants than this.
const URBAN: Number = Number::Law(20_000.0);
/// Always-case (c): more than ten per cent nationally.
const TENTH: Number = Number::Law(10.0);

/// Loss of service has occurred; instability counts.
pub const OCCURRED: Cond = Is(Fact::Availability, words(Fact::Availability, &["occurred"]));
/// Loss of service has occurred or may occur.
pub static TOUCHED: Term = Term {
    id: "service-touched",
    cond: Is(Fact::Availability, words(Fact::Availability, &["may_occur", "occurred"])),
    source: "ekomforskriften § 2-8",
};

const AREA_SHARE: Cond = Any(&[
    ShareOver(Fact::AreaCustomersAffected, Fact::AreaCustomersTotal, HALF),
    ShareOver(Fact::AreaStationsAffected, Fact::AreaStationsTotal, HALF),
]);
/// More than half of the customers or base stations in a municipality.
pub static ALWAYS_A: Term = Term {
    id: "always-case-a",
    cond: All(&[
        OCCURRED,
        AnyItem(Fact::Areas, &All(&[Is(Fact::AreaKind, words(Fact::AreaKind, &["municipality"])), AREA_SHARE])),
    ]),
    source: "ekomforskriften § 2-8 tredje ledd bokstav a",
};
/// The same in an urban area of more than 20 000 inhabitants.
pub static ALWAYS_B: Term = Term {
    id: "always-case-b",
    cond: All(&[
        OCCURRED,
        AnyItem(
            Fact::Areas,
            &All(&[
                Is(Fact::AreaKind, words(Fact::AreaKind, &["urban_area"])),
                MoreThan(Fact::AreaInhabitants, URBAN),
                AREA_SHARE,
            ]),
        ),
    ]),
    source: "ekomforskriften § 2-8 tredje ledd bokstav b",
};
/// More than ten per cent of the customers or base stations nationally.
pub static ALWAYS_C: Term = Term {
    id: "always-case-c",
    cond: All(&[
        OCCURRED,
        Any(&[
            ShareOver(Fact::CustomersAffected, Fact::CustomersTotal, TENTH),
            ShareOver(Fact::StationsAffected, Fact::StationsTotal, TENTH),
        ]),
    ]),
    source: "ekomforskriften § 2-8 tredje ledd bokstav c",
};
/// Users with responsibility for life and health, or a high risk of losing life or health.
pub static ALWAYS_D: Term = Term {
    id: "always-case-d",
    cond: All(&[OCCURRED, Any(&[Yes(Fact::LifeAndHealthUsers), Yes(Fact::HighRiskToLife)])]),
    source: "ekomforskriften § 2-8 tredje ledd bokstav d",
};
/// The four always-cases with their letters.
pub static ALWAYS: &[(char, &Term)] = &[('a', &ALWAYS_A), ('b', &ALWAYS_B), ('c', &ALWAYS_C), ('d', &ALWAYS_D)];

/// A loss that is material, or one of the always-cases.
pub const MATERIAL_LOSS: Cond = All(&[
    OCCURRED,
    Any(&[
        Yes(Fact::Material),
        Cond::Term(&ALWAYS_A),
        Cond::Term(&ALWAYS_B),
        Cond::Term(&ALWAYS_C),
        Cond::Term(&ALWAYS_D),
    ]),
]);

/// A breach that has touched, or may touch, the protection of a subscriber or user.
pub const BREACH_WITH_EFFECT: Cond =
    All(&[Yes(Fact::SecurityBreach), Is(Fact::NegativeEffect, words(Fact::NegativeEffect, &["possible", "occurred"]))]);
/// Particular risk, or a breach that has touched privacy.
pub const PRIVACY: Cond = Any(&[
    Yes(Fact::ParticularRisk),
    All(&[Yes(Fact::SecurityBreach), Is(Fact::NegativeEffect, words(Fact::NegativeEffect, &["occurred"]))]),
]);

/// What counts as a notice to Nkom that later changes must update.
pub const NOTICES: u64 =
    sent(&["nkom-availability", "nkom-availability-risk", "nkom-cia", "nkom-own-severity", "nkom-privacy"]);

/// To Nkom, by e-mail with the duty officer's telephone.
pub const fn to_nkom(rule: Rule) -> Rule {
    Rule { recipient: "nkom", channel: "email_and_phone", ..rule }
}
/// To subscribers and users, by any effective channel.
pub const fn to_subscribers(rule: Rule) -> Rule {
    Rule { recipient: "subscribers", channel: "direct", ..rule }
}
/// Sendings of this duty at or after its clock's start.
pub const fn since_clock(duty: &'static str) -> Answer {
    Answer { duties: sent(&[duty]), since_clock: true, complete: false }
}
/// An order to report an incident.
pub const REPORT: u64 = words(Fact::OrderKind, &["incident_report"]);
/// An order to inform the public.
pub const INFORMATION: u64 = words(Fact::OrderKind, &["public_information"]);

/// The rules.
pub static RULES: &[Rule] = &[
    to_nkom(Rule {
        from: NEW_ACT,
        target: Target::Minutes(HALF_AN_HOUR),
        note: "At once, at the latest 30 minutes. For the always-cases the text has no number of its own; read as the \
               same 30 minutes. Customers are the company's own. The duty holds too when the host network failed.",
        ..rule(
            "nkom-availability",
            "ekomforskriften § 2-8 første og tredje ledd; ekomloven § 3-3 første ledd",
            MATERIAL_LOSS,
            KNOWN,
            Deadline::Fixed(HALF_AN_HOUR),
        )
    }),
    to_nkom(Rule {
        from: NEW_ACT,
        target: Target::Minutes(HALF_AN_HOUR),
        ..rule(
            "nkom-availability-risk",
            "ekomforskriften § 2-8 annet ledd",
            All(&[Is(Fact::Availability, words(Fact::Availability, &["may_occur"])), Yes(Fact::Material)]),
            KNOWN,
            Deadline::Immediate,
        )
    }),
    to_nkom(Rule {
        from: NEW_ACT,
        target: Target::Minutes(hours(24)),
        note: "That the clock is the provider's knowledge is a reading; the text names none.",
        ..rule(
            "nkom-cia",
            "ekomloven § 3-3 første ledd annet punktum",
            Yes(Fact::CiaMaterial),
            KNOWN,
            Deadline::WithoutUndueDelay,
        )
    }),
    to_nkom(Rule {
        target: Target::BySeverity(30, hours(2)),
        note: "What the company classes serious or critical, as its privacy statement promises.",
        ..rule(
            "nkom-own-severity",
            "Nkoms varslingsrutine; personvernerklæringen punkt 6",
            All(&[
                Cond::Severity(crate::law::severity::level("serious")),
                Any(&[Cond::Term(&TOUCHED), Yes(Fact::SecurityBreach), Yes(Fact::CiaMaterial)]),
            ]),
            KNOWN,
            Deadline::Immediate,
        )
    }),
    to_nkom(Rule {
        from: NEW_ACT,
        target: Target::Minutes(hours(2)),
        ..rule("nkom-privacy", "Nkoms varslingsrutine; ekomloven § 3-2", PRIVACY, KNOWN, Deadline::Immediate)
    }),
    to_nkom(Rule {
        target: Target::Minutes(hours(1)),
        answer: since_clock("nkom-update"),
        note: "Severity, services, areas, customers affected, cause or expected duration changed after a notice.",
        ..rule(
            "nkom-update",
            "Nkoms varslingsrutine (oppdatert varsel)",
            Cond::SentBefore(NOTICES, Fact::ChangedAt),
            Clock::Moment(&[Fact::ChangedAt]),
            Deadline::WithoutUndueDelay,
        )
    }),
    to_nkom(Rule {
        target: Target::Minutes(hours(1)),
        ..rule(
            "nkom-normalised",
            "Nkoms varslingsrutine (normalisert)",
            All(&[Cond::Sent(NOTICES), Cond::Term(&TOUCHED), Cond::Known(Fact::NormalisedAt)]),
            Clock::Moment(&[Fact::NormalisedAt]),
            Deadline::WithoutUndueDelay,
        )
    }),
    to_nkom(Rule {
        from: NEW_ACT,
        answer: since_clock("nkom-incident-report"),
        ..rule(
            "nkom-incident-report",
            "ekomloven § 15-2",
            Cond::Ordered(REPORT),
            Clock::Order(REPORT),
            Deadline::Ordered,
        )
    }),
    to_nkom(Rule {
        from: NEW_ACT,
        note: "Arises where the company leaves out the telling of subscribers because the data were technically \
               protected; done when the protection is documented.",
        ..rule(
            "nkom-protection-evidence",
            "ekomloven § 3-2 annet ledd annet punktum",
            RELIES_ON_PROTECTION,
            KNOWN,
            Deadline::Before,
        )
    }),
    to_subscribers(Rule {
        from: NEW_ACT,
        target: Target::Minutes(hours(24)),
        note: "With the protective measures that the subscriber can take.",
        ..rule(
            "subscriber-particular-risk",
            "ekomloven § 3-2 første ledd",
            Yes(Fact::ParticularRisk),
            KNOWN,
            Deadline::WithoutUndueDelay,
        )
    }),
    to_subscribers(Rule {
        from: NEW_ACT,
        target: Target::Minutes(hours(24)),
        lifted_by: Some(Yes(Fact::ProtectionDocumented)),
        note: "No threshold of high risk; a subscriber may be a company.",
        ..rule(
            "subscriber-breach",
            "ekomloven § 3-2 annet ledd",
            BREACH_WITH_EFFECT,
            KNOWN,
            Deadline::WithoutUndueDelay,
        )
    }),
    to_subscribers(Rule {
        from: NEW_ACT,
        ..rule("planned-outage", "ekomforskriften § 4-17", PLANNED, BEGINNING, Deadline::Before)
    }),
    Rule {
        from: NEW_ACT,
        recipient: "public",
        channel: "public_notice",
        answer: since_clock("public-information-order"),
        ..rule(
            "public-information-order",
            "ekomloven § 3-3 tredje ledd",
            Cond::Ordered(INFORMATION),
            Clock::Order(INFORMATION),
            Deadline::Ordered,
        )
    },
];

/// The company leaves out the telling of subscribers because the data were protected; open until it says so or not.
pub const RELIES_ON_PROTECTION: Cond = All(&[BREACH_WITH_EFFECT, Cond::Stated(Fact::ProtectionDocumented)]);
/// A planned loss of service.
pub const PLANNED: Cond = All(&[Yes(Fact::PlannedWork), Cond::Term(&TOUCHED)]);
/// The beginning of the incident.
pub const BEGINNING: Clock = Clock::Moment(&[Fact::StartedAt]);
