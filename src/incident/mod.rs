//! The case file of an incident: what is known, what follows, what was decided, and everything that happened.

pub mod actions;
pub mod api;
pub mod attachment;
pub mod comment;
pub mod compare;
pub mod drill;
pub mod explain;
pub mod foresee;
pub mod letter;
pub mod pages;
pub mod presence;
pub mod reconcile;
mod record;
pub mod search;
pub mod settings;
pub mod store;
pub mod task;
pub mod view;
pub mod vocabulary;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::db::Id;
use crate::error::{Error, FieldError};
use crate::law::question::TELLING;
use crate::law::{self, Assessment, Fact, FactError, Facts, OutsideBook, Problem, State};

pub use settings::Settings;
pub use store::{Filter, Head, Page};

/// The four moments that start clocks; each is stated as an event of its own and never edited.
pub const MOMENTS: [(&str, Fact); 4] = [
    ("known_at", Fact::KnownAt),
    ("breach_aware_at", Fact::BreachAwareAt),
    ("high_risk_at", Fact::HighRiskAt),
    ("normalised_at", Fact::NormalisedAt),
];

/// A whole case, assessed at the instant it was asked for.
pub struct CaseFile {
    /// The head, as lists show it.
    pub head: Head,
    /// The name of who logged it.
    pub opened_by: String,
    /// Who sees to it.
    pub owner: store::Owner,
    /// Everybody who may, by name.
    pub may_own: Vec<(Id, String)>,
    /// Who may see it, by name; none where everybody may who reads incidents.
    pub readers: Option<Vec<(Id, String)>>,
    /// Everybody who may be named as a reader, by name.
    pub may_read: Vec<(Id, String)>,
    /// What somebody reported that the case was made of.
    pub report: Option<store::Report>,
    /// The facts as people gave them.
    pub facts: Facts,
    /// The same as JSON.
    pub known: Value,
    /// The company's switches and numbers it is judged by.
    pub settings: Settings,
    /// What follows from them now, with the company's switches and numbers.
    pub assessment: Assessment,
    /// Every duty of the book, with what people decided and did.
    pub duties: Vec<DutyStatus>,
    /// Every statement of a moment, the oldest first.
    pub moments: Vec<store::Moment>,
    /// What happened, the oldest first.
    pub timeline: Vec<store::Line>,
    /// Severity and risk that a person set, the oldest first.
    pub overrulings: Vec<store::Overruling>,
    /// Closings and reopenings, the oldest first.
    pub closures: Vec<store::Closure>,
    /// The files that belong to it, the oldest first.
    pub attachments: Vec<attachment::Attachment>,
    /// The newest comments that stand, the oldest of them first, and how many stand in all.
    pub comments: (Vec<comment::Comment>, i64),
    /// The open tasks, the nearest first.
    pub tasks: Vec<task::Task>,
    /// How far the telling of the affected has come; none where nobody is registered.
    pub figures: Option<store::Figures>,
    /// Of a drill, how its clock ran and who takes part.
    pub drill: Option<drill::store::Drill>,
    /// The instant of the assessment, UTC, by the clock of the case.
    pub now: DateTime<Utc>,
}

/// One duty: the rule's answer now, and what people decided and did about it.
pub struct DutyStatus {
    /// The rule's answer.
    pub duty: law::Duty,
    /// Where it stands, a person's settlement counted in.
    pub state: State,
    /// The settlement that holds, if any.
    pub settlement: Option<store::Settlement>,
    /// What was sent for it, the oldest first.
    pub submissions: Vec<store::Submission>,
    /// When it first arose in this case.
    pub opened_at: Option<DateTime<Utc>>,
}

impl DutyStatus {
    /// What the countdown runs to while the duty is open.
    pub fn next_at(&self) -> Option<DateTime<Utc>> {
        self.duty.counts_down_to().filter(|_| self.state.is_open())
    }
}

impl CaseFile {
    /// The duties somebody still has to act on, the nearest deadline first; those without one last.
    pub fn open_duties(&self) -> Vec<&DutyStatus> {
        let mut open: Vec<&DutyStatus> = self.duties.iter().filter(|duty| duty.state.is_open()).collect();
        open.sort_by_key(|duty| (duty.next_at().is_none(), duty.next_at(), duty.state));
        open
    }

    /// Whether the affected must be told (`yes`, `no`, `undetermined`), and the duties that say so or that may.
    pub fn must_be_told(&self) -> (&'static str, Vec<&'static str>) {
        told(self.duties.iter().map(|duty| (duty.duty.id, duty.state)))
    }
}

/// Judges from duties and where they stand whether the affected must be told.
pub fn told(duties: impl Iterator<Item = (&'static str, State)> + Clone) -> (&'static str, Vec<&'static str>) {
    let of = |wanted: &[State]| -> Vec<&'static str> {
        duties.clone().filter(|(id, state)| TELLING.contains(id) && wanted.contains(state)).map(|(id, _)| id).collect()
    };
    let (must, may) = (of(&[State::Required, State::Fulfilled]), of(&[State::Undetermined]));
    match (must.is_empty(), may.is_empty()) {
        (false, _) => ("yes", must),
        (true, false) => ("undetermined", may),
        (true, true) => ("no", Vec::new()),
    }
}

/// The value at a path as `services.areas[0].code` in the JSON of facts; null when nothing is known there.
pub fn value_at<'a>(json: &'a Value, path: &str) -> &'a Value {
    let mut here = json;
    for part in path.split('.') {
        let (key, at) = match part.split_once('[') {
            Some((key, at)) => (key, at.trim_end_matches(']').parse::<usize>().ok()),
            None => (part, None),
        };
        here = &here[key];
        if let Some(at) = at {
            here = &here[at];
        }
    }
    here
}

/// Which facts differ and how: path, from, to.
pub fn differences(old: &Facts, new: &Facts) -> Vec<Value> {
    let (before, after) = (old.to_json(), new.to_json());
    let of = |fact: Fact| {
        let path = fact.path();
        json!({ "path": path, "from": value_at(&before, path), "to": value_at(&after, path) })
    };
    old.diff(new).into_iter().map(of).collect()
}

impl From<FactError> for FieldError {
    fn from(wrong: FactError) -> Self {
        let mut args = match serde_json::to_value(&wrong.problem) {
            Ok(Value::Object(args)) => args,
            _ => Map::new(),
        };
        let code = args.remove("code").and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default();
        Self { path: wrong.path, code, args }
    }
}

/// What a caller is told of facts that cannot be taken.
pub fn refuse(wrong: Vec<FactError>) -> Error {
    match wrong.as_slice() {
        [FactError { problem: Problem::NotJson { .. }, .. }] => {
            Error::Malformed(wrong.into_iter().next().map_or_else(|| FieldError::new("", "not_json"), Into::into))
        }
        _ => Error::Invalid(wrong.into_iter().map(Into::into).collect()),
    }
}

impl From<OutsideBook> for Error {
    fn from(outside: OutsideBook) -> Self {
        let (first, last) = (law::book::FIRST_DAY.to_string(), law::book::LAST_DAY.to_string());
        let field = FieldError::new(outside.fact.path(), "outside_book").with("on", outside.on.to_string());
        Self::Invalid(vec![field.with("first", first).with("last", last)])
    }
}
