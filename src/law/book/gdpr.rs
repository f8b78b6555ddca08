//! GDPR art. 33 and 34 as Norwegian law (personopplysningsloven § 1, in force 20 July 2018).

use super::{rule, sent};
use crate::law::cond::{Cond, Term};
use crate::law::deadline::{Deadline, hours};
use crate::law::fact::{Fact, words};
use crate::law::rule::{Also, Answer, Clock, Rule, Target};
use Cond::{All, Any, AnyItem, Is, Yes};

/// GDPR art. 33(1).
const SEVENTY_TWO_HOURS: i64 = hours(72);
const AWARE: Clock = Clock::Moment(&[Fact::BreachAwareAt]);
/// High risk established, by default when the breach was.
const HIGH: Clock = Clock::Moment(&[Fact::HighRiskAt, Fact::BreachAwareAt]);

/// The company decides over the data, alone or with others.
pub const CONTROLLER: Cond =
    AnyItem(Fact::Roles, &Is(Fact::Role, words(Fact::Role, &["controller", "joint_controller"])));
/// The company handles the data for a business customer.
pub const PROCESSOR: Cond = AnyItem(Fact::Roles, &Is(Fact::Role, words(Fact::Role, &["processor"])));

static AUTHORITY: Term = Term {
    id: "authority-must-be-told",
    cond: All(&[Yes(Fact::Breach), CONTROLLER, Cond::Risk(crate::law::risk::level("risk"))]),
    source: "GDPR art. 33(1)",
};
const HIGH_RISK: Cond = All(&[Yes(Fact::Breach), CONTROLLER, Cond::Risk(crate::law::risk::level("high"))]);
const NOTIFICATION: u64 = sent(&["gdpr-33-authority"]);

const fn to_datatilsynet(rule: Rule) -> Rule {
    Rule { recipient: "datatilsynet", channel: "altinn", ..rule }
}
const fn to_subjects(rule: Rule) -> Rule {
    Rule { recipient: "data_subjects", channel: "direct", ..rule }
}

/// The rules.
pub static RULES: &[Rule] = &[
    to_datatilsynet(Rule {
        also: &[Also::Reg1182],
        note: "Awareness («kjennskap») is reasonable certainty that personal data are compromised (EDPB 9/2022). \
               E-mail or letter where Altinn can't be used; telephone first if others will ask Datatilsynet.",
        ..rule(
            "gdpr-33-authority",
            "GDPR art. 33(1)",
            Cond::Term(&AUTHORITY),
            AWARE,
            Deadline::Fixed(SEVENTY_TWO_HOURS),
        )
    }),
    to_datatilsynet(Rule {
        note: "Goes with the late notification.",
        ..rule(
            "gdpr-33-delay-reasons",
            "GDPR art. 33(1) annet punktum",
            All(&[Cond::Term(&AUTHORITY), Cond::LateBy(Fact::BreachAwareAt, SEVENTY_TWO_HOURS, NOTIFICATION)]),
            Clock::Mark(Fact::BreachAwareAt, SEVENTY_TWO_HOURS),
            Deadline::WithoutUndueDelay,
        )
    }),
    to_datatilsynet(Rule {
        target: Target::Minutes(hours(72)),
        answer: Answer { duties: sent(&["gdpr-33-authority", "gdpr-33-phased"]), since_clock: false, complete: true },
        note: "Reopen the form that was sent; the first one must have said that more follows.",
        ..rule(
            "gdpr-33-phased",
            "GDPR art. 33(4)",
            Cond::SentIncomplete(NOTIFICATION),
            Clock::FirstSending(NOTIFICATION),
            Deadline::WithoutUndueDelay,
        )
    }),
    Rule {
        recipient: "controller",
        channel: "contract_contact",
        target: Target::Minutes(hours(24)),
        note: "One duty for each controller, with no assessment of the risk first. A processor tells Datatilsynet for \
               a controller only with that controller's authorisation.",
        ..rule(
            "gdpr-33-2-controller",
            "GDPR art. 33(2) og 28(3)(f)",
            All(&[Yes(Fact::Breach), PROCESSOR]),
            AWARE,
            Deadline::Contract,
        )
    },
    Rule {
        note: "Facts, effects, remedies, and why nobody was told; also when nobody is.",
        ..rule("gdpr-33-5-register", "GDPR art. 33(5)", Yes(Fact::Breach), AWARE, Deadline::None)
    },
    to_subjects(Rule {
        target: Target::Minutes(hours(72)),
        lifted_by: Some(Any(&[
            Yes(Fact::ExceptionProtected),
            Yes(Fact::ExceptionLaterMeasures),
            Yes(Fact::ExceptionEffort),
            Yes(Fact::ExceptionSecrecy),
        ])),
        note: "In a message of its own. Lifted by art. 34(3)(a)–(c) or personopplysningsloven § 16.",
        ..rule("gdpr-34-subjects", "GDPR art. 34(1)–(2)", HIGH_RISK, HIGH, Deadline::WithoutUndueDelay)
    }),
    Rule {
        recipient: "public",
        channel: "public_notice",
        target: Target::Minutes(hours(72)),
        lifted_by: Some(Any(&[
            Yes(Fact::ExceptionProtected),
            Yes(Fact::ExceptionLaterMeasures),
            Yes(Fact::ExceptionSecrecy),
        ])),
        note: "Instead of direct messages, equally effective.",
        ..rule(
            "gdpr-34-public",
            "GDPR art. 34(3)(c)",
            All(&[
                Yes(Fact::Breach),
                CONTROLLER,
                Cond::Risk(crate::law::risk::level("high")),
                Cond::Stated(Fact::ExceptionEffort),
            ]),
            HIGH,
            Deadline::WithoutUndueDelay,
        )
    },
    to_subjects(Rule {
        answer: Answer { duties: sent(&["gdpr-34-order", "gdpr-34-subjects"]), since_clock: true, complete: false },
        ..rule(
            "gdpr-34-order",
            "GDPR art. 34(4)",
            Cond::Ordered(words(Fact::OrderKind, &["tell_subjects"])),
            Clock::Order(words(Fact::OrderKind, &["tell_subjects"])),
            Deadline::Ordered,
        )
    }),
];
