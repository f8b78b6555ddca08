//! What the queries answer: a case's head and the rows that hang on it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use crate::db::{Id, Instant, Json};
use crate::incident::drill::{Clock, Span};
use crate::schema::incident;

/// The head of a case, as lists show it.
#[derive(Clone, Debug, Queryable, Selectable, AsChangeset, Serialize)]
#[diesel(table_name = incident, primary_key(seq), treat_none_as_null = true)]
pub struct Head {
    /// The inner number, in the order of logging.
    #[serde(skip)]
    pub seq: i64,
    /// The inner name.
    pub id: Id,
    /// The name for people, as `2026-0042`.
    pub reference: String,
    /// What happened, in a line.
    pub title: String,
    /// `open` or `closed`.
    pub status: String,
    /// Grows by one with every action.
    pub version: i32,
    /// What is certain already.
    pub severity: String,
    /// What the unknown facts may make of it.
    pub may_rise_to: String,
    /// `unlikely`, `risk`, `high` or `undetermined`.
    pub risk: String,
    /// `yes`, `no` or `undetermined`.
    pub must_be_told: String,
    /// The nearest deadline or target of an open duty.
    pub next_due_at: Option<Instant>,
    /// The last instant at which all this holds while no fact changes; none when time changes nothing or the case is closed.
    #[serde(skip)]
    pub holds_until: Option<Instant>,
    /// How many duties are required.
    pub required: i32,
    /// How many are open.
    pub undetermined: i32,
    /// How many are done.
    pub fulfilled: i32,
    /// How many an exception lifts.
    pub exempt: i32,
    /// Who logged it.
    #[serde(skip)]
    pub opened_by: Id,
    /// When it was logged.
    pub created_at: Instant,
    /// When anything in it last changed.
    pub updated_at: Instant,
    /// The settings it was last judged by.
    #[serde(skip)]
    pub judged_under: i32,
    /// Who sees to it; none: whoever logged it.
    #[serde(skip)]
    pub owner: Option<Id>,
    /// Since when it is for named people only; none: for everybody who may read cases.
    pub restricted_at: Option<Instant>,
    /// Of a drill, the real instant since which its clock runs as it does; none where it is no drill.
    #[serde(skip)]
    pub clock_real: Option<Instant>,
    /// What the clock of a drill showed then.
    #[serde(skip)]
    pub clock_here: Option<Instant>,
    /// How fast it runs since.
    #[serde(skip)]
    pub clock_factor: Option<i32>,
}

impl Head {
    /// A case that has not been written yet.
    pub(in crate::incident) fn new(reference: String, opened_by: Id, now: DateTime<Utc>) -> Self {
        let (none, at) = (String::new, Instant::from(now));
        Self {
            seq: 0,
            id: Id::new(),
            reference,
            title: none(),
            status: "open".to_owned(),
            version: 0,
            severity: none(),
            may_rise_to: none(),
            risk: none(),
            must_be_told: none(),
            next_due_at: None,
            holds_until: None,
            required: 0,
            undetermined: 0,
            fulfilled: 0,
            exempt: 0,
            opened_by,
            created_at: at,
            updated_at: at,
            judged_under: 0,
            owner: None,
            restricted_at: None,
            clock_real: None,
            clock_here: None,
            clock_factor: None,
        }
    }

    /// The same as a drill with a clock that begins so.
    pub(in crate::incident) fn on(self, span: Span) -> Self {
        Self { created_at: span.here.into(), ..self }.runs(span)
    }

    /// The same with a clock that runs so from now on.
    pub(in crate::incident) fn runs(self, span: Span) -> Self {
        Self {
            clock_real: Some(span.real.into()),
            clock_here: Some(span.here.into()),
            clock_factor: i32::try_from(span.factor).ok(),
            ..self
        }
    }

    /// Whether it is only practised.
    pub fn is_drill(&self) -> bool {
        self.clock_real.is_some()
    }

    /// The clock that everything in it is reckoned by: everybody's, or of a drill its own as it runs now.
    pub fn clock(&self) -> Clock {
        clock_of((self.clock_real, self.clock_here, self.clock_factor))
    }

    /// What its clock shows at a real instant.
    pub fn here(&self, real: DateTime<Utc>) -> DateTime<Utc> {
        self.clock().at(real)
    }

    /// Whether time alone has changed the answer since it was stored.
    pub fn is_outdated(&self, now: DateTime<Utc>) -> bool {
        self.holds_until.is_some_and(|until| until.utc() < now)
    }
}

/// The clock that the three columns of an incident tell of.
pub fn clock_of((real, here, factor): (Option<Instant>, Option<Instant>, Option<i32>)) -> Clock {
    let (Some(real), Some(here)) = (real, here) else { return Clock::default() };
    let factor = factor.and_then(|factor| u32::try_from(factor).ok()).unwrap_or(1);
    Clock::of(vec![Span { real: real.utc(), here: here.utc(), factor }])
}

/// Whoever sees to a case, or may.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Owner {
    /// The account.
    pub id: Id,
    /// As shown to others.
    pub name: String,
    /// Whether somebody was named; else it is who logged the case.
    pub named: bool,
    /// Whether the person has left since, so that the case needs another.
    pub has_left: bool,
    /// Whether the person is here and works on incidents; whoever only reported one does not.
    pub sees_to_it: bool,
}

/// A statement of a moment.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Moment {
    /// Its number.
    pub seq: i64,
    /// `known_at`, `breach_aware_at`, `high_risk_at` or `normalised_at`.
    pub moment: String,
    /// The moment; none takes an earlier statement back.
    pub value: Option<Instant>,
    /// Why; empty when it came with the logging.
    pub reason: String,
    /// The statement this one corrects.
    pub supersedes: Option<i64>,
    /// Who stated it.
    pub stated_by: String,
    /// When it was recorded.
    pub recorded_at: Instant,
}

/// A line of the timeline.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Line {
    /// Its number.
    pub seq: i64,
    /// The version of the case it made.
    pub version: i32,
    /// What happened: a stable word, as `facts.changed`.
    pub kind: String,
    /// The particulars.
    pub payload: Json,
    /// Who did it; nobody where it came about by itself.
    pub by: Option<String>,
    /// When.
    pub at: Instant,
    /// Of a drill, when by everybody's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub real_at: Option<Instant>,
}

/// A severity or risk that a person set.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Overruling {
    /// Its number.
    pub seq: i64,
    /// `severity` or `risk`.
    pub what: String,
    /// The person's; none takes it back.
    pub value: Option<String>,
    /// What the rules proposed.
    pub proposed: String,
    /// Why; empty when it came with the logging.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// A closing or a reopening.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Closure {
    /// Its number.
    pub seq: i64,
    /// `closed` or `reopened`.
    pub what: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// A person's answer to a duty.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Settlement {
    /// Its number.
    pub seq: i64,
    /// The duty's stable id.
    pub duty: String,
    /// The controller it is for; empty for the others.
    #[serde(rename = "for")]
    pub for_whom: String,
    /// `required` or `not_required`.
    pub answer: String,
    /// What the rule said then.
    pub rule_state: String,
    /// The rule book then.
    pub rules_version: String,
    /// What was asked and what was known then.
    pub questions: Json,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// Something that was sent.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Submission {
    /// Its number.
    pub seq: i64,
    /// The duty's stable id.
    pub duty: String,
    /// The controller it is for; empty for the others.
    #[serde(rename = "for")]
    pub for_whom: String,
    /// When it went out.
    pub sent_at: Instant,
    /// How.
    pub channel: Option<String>,
    /// The receiver's reference.
    pub reference: Option<String>,
    /// Whether nothing is left to send.
    pub complete: bool,
    /// Which of several stages.
    pub stage: Option<String>,
    /// Who recorded it.
    pub by: String,
    /// When it was recorded.
    pub recorded_at: Instant,
}

impl Submission {
    /// As programs read it; one of a drill says so.
    #[must_use]
    pub fn json(&self, is_drill: bool) -> serde_json::Value {
        let mut shown = serde_json::json!(self);
        if is_drill {
            shown["drill"] = serde_json::json!(true);
        }
        shown
    }
}

/// An assessment as it was made.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Assessed {
    /// Its number.
    pub seq: i64,
    /// The version of the case it belongs to.
    pub version: i32,
    /// The rule book.
    pub rules_version: String,
    /// The whole answer.
    pub assessment: Json,
    /// Who caused it; nobody where time did.
    pub by: Option<String>,
    /// When.
    pub at: Instant,
}
