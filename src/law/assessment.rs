//! What an assessment answers: severity, risk, every duty with its clock, and what to ask next.

use super::deadline::Deadline as Kind;
use super::enisa::Score;
use super::fact::Path;
use super::risk::{self, Risk};
use super::rule::Rule;
use super::severity::{self, Severity};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeStruct, Serializer};

/// Where a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It must be done, whatever the unknown facts turn out to be.
    Required,
    /// The unknown facts decide; the clock runs as if it were required.
    Undetermined,
    /// It has been done.
    Fulfilled,
    /// It arose, and an exception lifts it.
    Exempt,
    /// It need not be done, whatever the unknown facts turn out to be.
    NotRequired,
}

impl State {
    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            State::Required => "required",
            State::Undetermined => "undetermined",
            State::Fulfilled => "fulfilled",
            State::Exempt => "exempt",
            State::NotRequired => "not_required",
        }
    }
    /// Whether somebody still has to act: required or undetermined.
    pub fn is_open(self) -> bool {
        matches!(self, State::Required | State::Undetermined)
    }
}

/// The deadline of one duty, UTC.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Deadline {
    /// `fixed`, `immediate`, `without_undue_delay`, `before` or `none`.
    pub kind: &'static str,
    /// The latest instant, where the rule, the contract or the order has one.
    pub due_at: Option<DateTime<Utc>>,
    /// The company's own target.
    pub target_at: Option<DateTime<Utc>>,
    /// Further instants: `reg_1182_71`, `update`, `second_notice`, `report`.
    #[serde(serialize_with = "as_map")]
    pub also: Vec<(&'static str, DateTime<Utc>)>,
}

impl Deadline {
    /// What the countdown runs to: the deadline, else the target.
    pub fn next(&self) -> Option<DateTime<Utc>> {
        self.due_at.or(self.target_at)
    }
}

fn as_map<S: Serializer>(pairs: &[(&'static str, DateTime<Utc>)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(pairs.len()))?;
    for (name, at) in pairs {
        map.serialize_entry(name, at)?;
    }
    map.end()
}

/// The moment a duty's clock starts from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClockStart {
    /// The fact.
    pub from: Path,
    /// The instant, UTC; unknown until the fact is.
    pub starts_at: Option<DateTime<Utc>>,
}

/// One duty of an incident.
#[derive(Debug, Clone, Serialize)]
pub struct Duty {
    /// Its stable id.
    pub id: &'static str,
    /// The controller it is for.
    #[serde(rename = "for")]
    pub for_whom: Option<Box<str>>,
    /// Where it stands.
    pub state: State,
    /// The citation.
    pub basis: &'static str,
    /// Who is told.
    pub recipient: &'static str,
    /// How.
    pub channel: &'static str,
    /// What started the clock.
    pub clock: ClockStart,
    /// By when.
    pub deadline: Deadline,
    /// The facts behind the state.
    pub because: Vec<Path>,
    /// The unknown facts that would decide it.
    pub decided_by: Vec<Path>,
    /// First day in force of the rule's version that was applied, Norwegian date.
    pub rule_from: NaiveDate,
    /// The rule.
    #[serde(skip)]
    pub rule: &'static Rule,
}

impl Duty {
    /// The instant a countdown runs to, UTC: the deadline, else the target. None while a notice that had to go out
    /// before something is only a possibility: that it is too late for it says nothing yet.
    pub fn counts_down_to(&self) -> Option<DateTime<Utc>> {
        let only_possible = self.state == State::Undetermined && self.deadline.kind == Kind::Before.kind();
        if only_possible { None } else { self.deadline.next() }
    }

    /// Whether one message can answer both duties: it goes to the same recipient, and for the same controller.
    /// Subscribers and the persons the data are about are reached by the same message.
    pub fn shares_recipient_with(&self, other: &Duty) -> bool {
        let persons = |duty: &Duty| PERSONS.contains(&duty.recipient);
        let same = self.recipient == other.recipient || (persons(self) && persons(other));
        same && self.for_whom == other.for_whom
    }
}

/// Recipients who are the persons themselves, whichever law asks that they be told.
const PERSONS: [&str; 2] = ["subscribers", "data_subjects"];

/// A fact to ask for next.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct Question {
    /// Which fact.
    pub fact: Path,
    /// The duties it helps to decide, or whose clock it starts.
    pub decides: Vec<&'static str>,
}

/// Whether the affected must be told.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct AffectedUsers {
    /// `yes`, `no` or `undetermined`.
    pub must_be_told: &'static str,
    /// The duties that say so, or that may.
    pub duties: Vec<&'static str>,
}

/// An assessment of the facts at an instant.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The rule book's version.
    pub rules_version: &'static str,
    /// The instant, UTC.
    pub assessed_at: DateTime<Utc>,
    /// The severity.
    pub severity: Severity,
    /// The risk to persons.
    pub risk: Risk,
    /// Every duty, in the book's order.
    pub duties: Vec<Duty>,
    /// Whether the affected must be told.
    pub affected_users: AffectedUsers,
    /// What to ask next, the most deciding first.
    pub questions: Vec<Question>,
    /// The last instant at which every duty stands as it does now while no fact changes, UTC; none when time changes nothing.
    pub holds_until: Option<DateTime<Utc>>,
}

impl Assessment {
    /// The risk's word: a level, or `undetermined`.
    pub fn risk_level(&self) -> &'static str {
        interval(risk::LEVELS, self.risk.low, self.risk.high)
    }
    /// The severity's word: what is certain already.
    pub fn severity_level(&self) -> &'static str {
        level(severity::LEVELS, self.severity.low)
    }
    /// The duties somebody still has to act on, the nearest deadline first; those without a countdown last.
    pub fn open_duties(&self) -> Vec<&Duty> {
        let mut open: Vec<&Duty> = self.duties.iter().filter(|duty| duty.state.is_open()).collect();
        open.sort_by_key(|duty| (duty.counts_down_to().is_none(), duty.counts_down_to(), duty.state));
        open
    }
}

fn level(levels: &[&'static str], at: u8) -> &'static str {
    levels.get(usize::from(at)).copied().unwrap_or("undetermined")
}

fn interval(levels: &[&'static str], low: u8, high: u8) -> &'static str {
    if low == high { level(levels, low) } else { "undetermined" }
}

impl Serialize for Assessment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut top = serializer.serialize_struct("Assessment", 7)?;
        top.serialize_field("rules_version", self.rules_version)?;
        top.serialize_field("assessed_at", &self.assessed_at)?;
        top.serialize_field("severity", &SeverityJson::of(&self.severity))?;
        top.serialize_field("risk", &RiskJson::of(&self.risk))?;
        top.serialize_field("duties", &self.duties)?;
        top.serialize_field("affected_users", &self.affected_users)?;
        top.serialize_field("questions", &self.questions)?;
        top.end()
    }
}

#[derive(Serialize)]
struct SeverityJson<'a> {
    level: &'static str,
    may_rise_to: &'static str,
    proposed: &'static str,
    stated: bool,
    reasons: &'a [risk::Reason],
    decided_by: &'a [Path],
}

impl<'a> SeverityJson<'a> {
    fn of(severity: &'a Severity) -> Self {
        SeverityJson {
            level: level(severity::LEVELS, severity.low),
            may_rise_to: level(severity::LEVELS, severity.high),
            proposed: level(severity::LEVELS, severity.proposed.0),
            stated: severity.stated,
            reasons: &severity.reasons,
            decided_by: &severity.open,
        }
    }
}

#[derive(Serialize)]
struct RiskJson<'a> {
    level: &'static str,
    between: [&'static str; 2],
    proposed: &'static str,
    stated: bool,
    enisa: EnisaJson,
    reasons: &'a [risk::Reason],
    decided_by: &'a [Path],
}

/// A number where the facts settle it, else null beside its range.
#[derive(Serialize)]
struct EnisaJson {
    dpc: Option<f64>,
    ei: Option<f64>,
    cb: Option<f64>,
    score: Option<f64>,
    band: Option<&'static str>,
    score_range: [f64; 2],
}

impl<'a> RiskJson<'a> {
    fn of(risk: &'a Risk) -> Self {
        let settled = |(low, high): (f64, f64)| (low == high).then_some(low);
        let score = risk.score;
        let bands = (Score::band(score.total.0), Score::band(score.total.1));
        RiskJson {
            level: interval(risk::LEVELS, risk.low, risk.high),
            between: [level(risk::LEVELS, risk.low), level(risk::LEVELS, risk.high)],
            proposed: interval(risk::LEVELS, risk.proposed.0, risk.proposed.1),
            stated: risk.stated,
            enisa: EnisaJson {
                dpc: settled(score.context),
                ei: settled(score.identification),
                cb: settled(score.circumstances),
                score: settled(score.total),
                band: (bands.0 == bands.1).then_some(bands.0),
                score_range: [score.total.0, score.total.1],
            },
            reasons: &risk.reasons,
            decided_by: &risk.open[1],
        }
    }
}
