//! Duties behind a switch of the organisation, off by default.

use super::ekom::MATERIAL_LOSS;
use super::{FIRST_DAY, NEVER, rule};
use crate::law::cond::Cond;
use crate::law::deadline::{Deadline, hours};
use crate::law::fact::{Fact, words};
use crate::law::rule::{Also, Clock, Rule, Target, day};
use Cond::{All, Any, Is, Yes};
use chrono::NaiveDate;

const KNOWN: Clock = Clock::Moment(&[Fact::KnownAt]);
const AWARE: Clock = Clock::Moment(&[Fact::BreachAwareAt]);
/// Digitalsikkerhetsloven in force.
const DIGITAL_SECURITY: NaiveDate = day(2025, 10, 1);

/// The rules.
pub static RULES: &[Rule] = &[
    Rule {
        recipient: "nkom",
        channel: "email_and_phone",
        also: &[Also::SecondNotice(hours(72))],
        note: "Not in force in the text of May 2026 (ekomforskriften § 12-1 leaves it to the ministry). No threshold.",
        ..rule(
            "reg-611-authority",
            "ekomforskriften § 3-8; forordning (EU) 611/2013 art. 2",
            All(&[Yes(Fact::Regulation611), Yes(Fact::Breach)]),
            AWARE,
            Deadline::Fixed(hours(24)),
        )
    },
    Rule {
        recipient: "subscribers",
        channel: "direct",
        target: Target::Minutes(hours(24)),
        note: "Not in force in the text of May 2026. «Likely to affect» is read as a risk that is not unlikely; \
               unintelligible data fall out by that.",
        ..rule(
            "reg-611-subscriber",
            "ekomforskriften § 3-8; forordning (EU) 611/2013 art. 3 og 4",
            All(&[Yes(Fact::Regulation611), Yes(Fact::Breach), Cond::Risk(crate::law::risk::level("risk"))]),
            AWARE,
            Deadline::WithoutUndueDelay,
        )
    },
    Rule {
        from: DIGITAL_SECURITY,
        recipient: "supervisory_authority",
        channel: "nsm_copy",
        also: &[Also::Update(hours(72)), Also::ReportInAMonth],
        note: "Operators of ordinary networks are not listed. To the supervisory authority with a copy to NSM.",
        ..rule(
            "digital-security-act",
            "digitalsikkerhetsloven § 8; digitalsikkerhetsforskriften § 17",
            All(&[Yes(Fact::DigitalSecurityAct), Any(&[MATERIAL_LOSS, Yes(Fact::CiaMaterial)])]),
            KNOWN,
            Deadline::Fixed(hours(24)),
        )
    },
    Rule {
        from: FIRST_DAY,
        until: DIGITAL_SECURITY.pred_opt(),
        recipient: "supervisory_authority",
        channel: "nsm_copy",
        note: "The act was not in force.",
        ..rule("digital-security-act", "digitalsikkerhetsloven § 8", NEVER, KNOWN, Deadline::None)
    },
    Rule {
        recipient: "nsm",
        channel: "nsm_form",
        target: Target::Minutes(hours(2)),
        note: "Only for a company that is subject to the act by decision under § 1-3.",
        ..rule(
            "security-act",
            "sikkerhetsloven § 4-5",
            All(&[
                Yes(Fact::SecurityAct),
                Any(&[
                    Yes(Fact::SecurityBreach),
                    Yes(Fact::ParticularRisk),
                    Is(Fact::Origin, words(Fact::Origin, &["internal_malicious", "external_malicious"])),
                    Is(Fact::RootCause, words(Fact::RootCause, &["malicious_action"])),
                ]),
            ]),
            KNOWN,
            Deadline::Immediate,
        )
    },
    Rule {
        recipient: "nkom",
        channel: "altinn",
        note: "Severity 3 of 5 on the scale for trust services is read as moderate and above.",
        ..rule(
            "trust-service",
            "eIDAS (forordning (EU) 910/2014) art. 19; Nkoms skjema",
            All(&[Yes(Fact::TrustService), Cond::Severity(crate::law::severity::level("moderate"))]),
            KNOWN,
            Deadline::Fixed(hours(24)),
        )
    },
];
