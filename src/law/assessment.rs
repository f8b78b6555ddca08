//! What an assessment answers: severity, risk, every duty with its clock, and what to ask next.

use super::book;
use super::cond::{Cond, Eye, Tri};
use super::deadline::{Deadline as Kind, after, one_month, reg_1182_71};
use super::fact::{COUNT, Fact, Path, Paths};
use super::risk::{self, Risk};
use super::rule::{Also, Clock, Rule, Target};
use super::severity::{self, Severity};
use super::value::{Facts, Item};
use super::{OutsideBook, norwegian_date};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use std::collections::HashMap;
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
}

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
        let bands = (super::enisa::Score::band(score.total.0), super::enisa::Score::band(score.total.1));
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

/// The Norwegian dates of the moments met so far: most duties share a few clocks.
type Days = Vec<(DateTime<Utc>, NaiveDate)>;

/// Every duty of the book, judged; `gdpr-33-2-controller` once for each controller.
pub(super) fn duties(eye: &Eye<'_>) -> Result<Vec<Duty>, OutsideBook> {
    let mut days = Days::with_capacity(4);
    let fallback = selecting_moment(eye, &mut days)?;
    let mut duties = Vec::with_capacity(book::DUTY_IDS.len() + 2);
    for (place, id) in book::DUTY_IDS.iter().enumerate() {
        let rule = version(eye, place, fallback, &mut days)?;
        if *id == "gdpr-33-2-controller" && super::controllers(eye.facts).next().is_some() {
            let roles = eye.facts.items(Fact::Roles);
            for (at, _) in super::controllers(eye.facts) {
                duties.extend(roles.get(usize::from(at)).map(|role| judge(eye, rule, Some((at, role)))));
            }
        } else {
            duties.push(judge(eye, rule, None));
        }
    }
    Ok(duties)
}

/// The moment that selects rules whose own clock has not started: the earliest awareness or sign, else now.
fn selecting_moment(eye: &Eye<'_>, days: &mut Days) -> Result<NaiveDate, OutsideBook> {
    let order = [Fact::KnownAt, Fact::BreachAwareAt, Fact::DetectedAt, Fact::StartedAt];
    let found = order.iter().find_map(|fact| Some((*fact, eye.facts.time(*fact)?)));
    let (fact, at) = found.unwrap_or((Fact::KnownAt, eye.now));
    covered(fact, at, days)
}

/// The Norwegian date of a moment, if the book covers it.
fn covered(fact: Fact, at: DateTime<Utc>, days: &mut Days) -> Result<NaiveDate, OutsideBook> {
    let on = match days.iter().find(|(known, _)| *known == at) {
        Some((_, on)) => *on,
        None => {
            let on = norwegian_date(at);
            days.push((at, on));
            on
        }
    };
    if on < book::FIRST_DAY || on > book::LAST_DAY { Err(OutsideBook { fact, on }) } else { Ok(on) }
}

/// The version in force when the duty's clock started. All versions of a duty have the same clock.
fn version(eye: &Eye<'_>, duty: usize, fallback: NaiveDate, days: &mut Days) -> Result<&'static Rule, OutsideBook> {
    let outside = || OutsideBook { fact: Fact::KnownAt, on: fallback };
    let now = book::version(duty, fallback).ok_or_else(outside)?;
    let start = clock(eye.facts, now);
    // A mark is reckoned from its fact, and so is the version.
    let moment = match now.clock {
        Clock::Mark(fact, _) => eye.facts.time(fact),
        _ => start.starts_at,
    };
    match moment {
        Some(at) => {
            let on = covered(start.from.fact, at, days)?;
            book::version(duty, on).ok_or_else(outside)
        }
        None => Ok(now),
    }
}

fn judge(eye: &Eye<'_>, rule: &'static Rule, role: Option<(u16, &Item)>) -> Duty {
    // For one controller the role is settled; what is left is the breach.
    let trigger = if role.is_some() { &Cond::Yes(Fact::Breach) } else { &rule.trigger };
    let clock = clock(eye.facts, rule);
    let arisen = eye.judge(trigger);
    let mut because = Paths::default();
    let mut decided_by = Paths::default();
    eye.explain_as(trigger, arisen, if arisen == Tri::Open { &mut decided_by } else { &mut because });
    if let Some((at, _)) = role {
        because.add(Path { fact: Fact::Role, at: Some(at) });
    }
    let for_whom = role.and_then(|(_, role)| role.text(Fact::RoleController)).map(Box::from);
    let mut state = match arisen {
        Tri::True => State::Required,
        Tri::False => State::NotRequired,
        Tri::Open => State::Undetermined,
    };
    if state == State::Required {
        if let Some(lifted_by) = rule.lifted_by.as_ref().filter(|cond| eye.judge(cond) == Tri::True) {
            state = State::Exempt;
            eye.explain_as(lifted_by, Tri::True, &mut because);
        }
    }
    if state.is_open() {
        let sent = answers(eye.facts, rule, &clock, for_whom.as_deref());
        if !sent.is_empty() {
            state = State::Fulfilled;
            decided_by = Paths::default();
            because.add_all(&sent);
        }
    }
    let deadline = deadline(eye, rule, &clock, role);
    Duty {
        id: rule.duty,
        for_whom,
        state,
        basis: rule.basis,
        recipient: rule.recipient,
        channel: rule.channel,
        clock,
        deadline,
        because: because.into_vec(),
        decided_by: decided_by.into_vec(),
        rule_from: rule.from,
        rule,
    }
}

/// The sendings that fulfil the duty, and the claim that the protection is documented.
fn answers(facts: &Facts, rule: &Rule, clock: &ClockStart, for_whom: Option<&str>) -> Vec<Path> {
    if rule.duty == "nkom-protection-evidence" && facts.bool(Fact::ProtectionDocumented) == Some(true) {
        return vec![Fact::ProtectionDocumented.into()];
    }
    let answer = rule.answer;
    book::sendings(facts, answer.duties)
        .filter(|(_, item)| !answer.complete || item.get(Fact::SentComplete).bool() == Some(true))
        .filter(|(_, item)| !answer.since_clock || item.time(Fact::SentAt) >= clock.starts_at)
        .filter(|(_, item)| item.text(Fact::SentFor).is_none() || item.text(Fact::SentFor) == for_whom)
        .map(|(at, _)| Path { fact: Fact::SentDuty, at: Some(at) })
        .collect()
}

/// The order that the clock runs from: the earliest due that has not been answered, else the latest.
fn order(facts: &Facts, rule: &Rule, kinds: u64) -> Option<(u16, Option<DateTime<Utc>>)> {
    let last_answer = book::sendings(facts, rule.answer.duties).filter_map(|(_, item)| item.time(Fact::SentAt)).max();
    let open = book::orders(facts, kinds)
        .filter(|(_, item)| last_answer.is_none() || item.time(Fact::OrderedAt) > last_answer)
        .min_by_key(|(_, item)| (item.time(Fact::OrderDueAt).is_none(), item.time(Fact::OrderDueAt)));
    open.or_else(|| book::orders(facts, kinds).max_by_key(|(_, item)| item.time(Fact::OrderedAt)))
        .map(|(at, item)| (at, item.time(Fact::OrderDueAt)))
}

fn clock(facts: &Facts, rule: &Rule) -> ClockStart {
    let from = |fact: Fact| ClockStart { from: fact.into(), starts_at: facts.time(fact) };
    match rule.clock {
        Clock::Moment(moments) => {
            let known = moments.iter().find(|fact| facts.time(**fact).is_some()).or(moments.first());
            known.map_or(ClockStart { from: Fact::KnownAt.into(), starts_at: None }, |fact| from(*fact))
        }
        Clock::Mark(fact, minutes) => {
            let mark = from(fact);
            ClockStart { starts_at: mark.starts_at.map(|at| after(at, minutes)), ..mark }
        }
        Clock::Order(kinds) => match order(facts, rule, kinds) {
            Some((at, _)) => {
                let from = Path { fact: Fact::OrderedAt, at: Some(at) };
                ClockStart { from, starts_at: facts.at(from).time() }
            }
            None => from(Fact::OrderedAt),
        },
        Clock::FirstSending(duties) => match book::first_sending(facts, duties) {
            Some((at, item)) => ClockStart {
                from: Path { fact: Fact::SentAt, at: Some(at) },
                starts_at: item.time(Fact::SentAt),
            },
            None => from(Fact::SentAt),
        },
    }
}

fn deadline(eye: &Eye<'_>, rule: &Rule, clock: &ClockStart, role: Option<(u16, &Item)>) -> Deadline {
    let start = clock.starts_at;
    let contract = role.and_then(|(_, role)| role.get(Fact::RoleHours).number());
    let (kind, due_at) = match rule.deadline {
        Kind::Fixed(minutes) => (rule.deadline.kind(), start.map(|at| after(at, minutes))),
        Kind::Before if rule.duty == "planned-outage" => (rule.deadline.kind(), start),
        Kind::Ordered => {
            let due = match rule.clock {
                Clock::Order(kinds) => order(eye.facts, rule, kinds).and_then(|(_, due)| due),
                _ => None,
            };
            (rule.deadline.kind(), due)
        }
        Kind::Contract => match contract {
            // A contract counts in hours, perhaps half ones.
            Some(hours) => ("fixed", start.map(|at| after(at, (hours * 60.0).round() as i64))),
            None => (rule.deadline.kind(), None),
        },
        _ => (rule.deadline.kind(), None),
    };
    let target = match rule.target {
        Target::None => None,
        Target::Minutes(_) if contract.is_some() => None,
        Target::Minutes(minutes) => Some(minutes),
        Target::BySeverity(critical, below) => {
            let level = eye.severity.map_or(0, |severity| match severity.at_least(severity::level("serious")) {
                Tri::True => severity.low,
                _ => severity.high,
            });
            Some(if level == severity::level("critical") { critical } else { below })
        }
    };
    let target_at = target.and_then(|minutes| start.map(|at| after(at, minutes)));
    Deadline { kind, due_at, target_at, also: also(eye.facts, rule, start) }
}

fn also(facts: &Facts, rule: &Rule, start: Option<DateTime<Utc>>) -> Vec<(&'static str, DateTime<Utc>)> {
    let first = book::first_sending(facts, rule.answer.duties).and_then(|(_, item)| item.time(Fact::SentAt));
    let instant = |also: &Also| match (*also, rule.deadline) {
        (Also::Reg1182, Kind::Fixed(minutes)) => Some(("reg_1182_71", reg_1182_71(start?, minutes))),
        (Also::Reg1182, _) => None,
        (Also::Update(minutes), _) => Some(("update", after(start?, minutes))),
        (Also::SecondNotice(minutes), _) => Some(("second_notice", after(first?, minutes))),
        (Also::ReportInAMonth, _) => Some(("report", one_month(first?))),
    };
    rule.also.iter().filter_map(instant).collect()
}

/// What to ask next. A fact weighs what it decides: more for a near deadline, and most where it is the first gate.
pub(super) fn questions(duties: &[Duty], now: DateTime<Utc>) -> Vec<Question> {
    let mut ranked: Vec<(f64, Question)> = Vec::new();
    // Where each fact stands among the ranked: outside lists of objects, and inside them.
    let mut place_of = [usize::MAX; COUNT];
    let mut place_inside = HashMap::new();
    for duty in duties.iter().filter(|duty| duty.state.is_open()) {
        let hours = duty.counts_down_to().map_or(48.0, |at| (at - now).num_minutes() as f64 / 60.0);
        let urgency = 1.0 / (1.0 + hours.clamp(0.0, 720.0) / 24.0);
        let from = duty.clock.from;
        let asked = from.at.is_none() && from.fact.list().is_none();
        let no_clock = duty.clock.starts_at.is_none() && asked && !duty.decided_by.contains(&from);
        for (place, fact) in duty.decided_by.iter().chain(no_clock.then_some(&from)).enumerate() {
            let weight = urgency / (1.0 + place as f64);
            let at = match fact.at {
                None => &mut place_of[fact.fact as usize],
                Some(_) => place_inside.entry(*fact).or_insert(usize::MAX),
            };
            if *at == usize::MAX {
                *at = ranked.len();
            }
            match ranked.get_mut(*at) {
                Some((total, question)) => {
                    *total += weight;
                    if question.decides.last() != Some(&duty.id) {
                        question.decides.push(duty.id);
                    }
                }
                None => ranked.push((weight, Question { fact: *fact, decides: vec![duty.id] })),
            }
        }
    }
    ranked.sort_by(|(a, first), (b, second)| b.total_cmp(a).then(first.fact.cmp(&second.fact)));
    ranked.into_iter().map(|(_, question)| question).collect()
}

/// The duties by which persons, subscribers or the public are told of what happened to them.
pub const TELLING: &[&str] =
    &["subscriber-particular-risk", "subscriber-breach", "gdpr-34-subjects", "gdpr-34-public", "gdpr-34-order", "reg-611-subscriber"];

pub(super) fn affected_users(duties: &[Duty]) -> AffectedUsers {
    let of = |wanted: fn(State) -> bool| -> Vec<&'static str> {
        duties.iter().filter(|duty| TELLING.contains(&duty.id) && wanted(duty.state)).map(|duty| duty.id).collect()
    };
    let must = of(|state| matches!(state, State::Required | State::Fulfilled));
    if !must.is_empty() {
        return AffectedUsers { must_be_told: "yes", duties: must };
    }
    let may = of(|state| state == State::Undetermined);
    let must_be_told = if may.is_empty() { "no" } else { "undetermined" };
    AffectedUsers { must_be_told, duties: may }
}
