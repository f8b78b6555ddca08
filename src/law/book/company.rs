//! What the company has promised in its own privacy statement.

use super::rule;
use crate::law::cond::Cond;
use crate::law::deadline::{Deadline, hours};
use crate::law::fact::Fact;
use crate::law::rule::{Clock, Rule, Target};

/// The rules.
pub static RULES: &[Rule] = &[Rule {
    recipient: "management",
    target: Target::Minutes(hours(4)),
    note: "A possible breach is reported too: any personal data fact is enough until a breach is ruled out.",
    ..rule(
        "management-report",
        "personvernerklæringen punkt 6",
        Cond::Any(&[
            Cond::Yes(Fact::Breach),
            Cond::AnyPersonalData,
            Cond::Severity(crate::law::severity::level("serious")),
        ]),
        Clock::Moment(&[Fact::KnownAt, Fact::BreachAwareAt, Fact::DetectedAt]),
        Deadline::WithoutUndueDelay,
    )
}];
