//! Judges every duty of the book: its version, clock, state, deadline and reasons.

use super::assessment::{ClockStart, Deadline, Duty, State};
use super::book;
use super::cond::{Cond, Tri};
use super::deadline::{Deadline as Kind, after, one_month, reg_1182_71};
use super::eye::Eye;
use super::fact::{Fact, Path, Paths};
use super::rule::{Also, Clock, Rule, Target};
use super::severity;
use super::value::{Facts, Item};
use super::{OutsideBook, norwegian_date};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Europe::Oslo;

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

/// The last instant at which these duties stand as judged while no fact changes; none when time changes nothing.
///
/// Time works in two ways only: a mark passes with nothing sent, and, while no moment of the case is known, the day
/// of the assessment selects the versions of the rules.
pub(super) fn holds_until(eye: &Eye<'_>, duties: &[Duty]) -> Option<DateTime<Utc>> {
    let mark = |duty: &Duty| {
        let mark =
            duty.clock.starts_at.filter(|mark| matches!(duty.rule.clock, Clock::Mark(..)) && *mark >= eye.now)?;
        let after = Eye { now: mark + TimeDelta::microseconds(1), ..*eye };
        (after.judge(&duty.rule.trigger) != eye.judge(&duty.rule.trigger)).then_some(mark)
    };
    duties.iter().filter_map(mark).chain(last_of_versions(eye)).min()
}

/// The last instant before other versions of the rules are selected by the day of the assessment.
fn last_of_versions(eye: &Eye<'_>) -> Option<DateTime<Utc>> {
    if SELECTING.iter().any(|fact| eye.facts.time(*fact).is_some()) {
        return None;
    }
    let today = norwegian_date(eye.now);
    let next = book::rules().map(|rule| rule.from).filter(|from| *from > today).min()?;
    let midnight = next.and_time(NaiveTime::MIN).and_local_timezone(Oslo).earliest()?;
    Some(midnight.to_utc() - TimeDelta::microseconds(1))
}

/// The moments that select rules whose own clock has not started, the first that is known.
const SELECTING: [Fact; 4] = [Fact::KnownAt, Fact::BreachAwareAt, Fact::DetectedAt, Fact::StartedAt];

/// The moment that selects rules whose own clock has not started: the earliest awareness or sign, else now.
fn selecting_moment(eye: &Eye<'_>, days: &mut Days) -> Result<NaiveDate, OutsideBook> {
    let found = SELECTING.iter().find_map(|fact| Some((*fact, eye.facts.time(*fact)?)));
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
    if state == State::Required
        && let Some(lifted_by) = rule.lifted_by.as_ref().filter(|cond| eye.judge(cond) == Tri::True)
    {
        state = State::Exempt;
        eye.explain_as(lifted_by, Tri::True, &mut because);
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
            Some((at, item)) => {
                ClockStart { from: Path { fact: Fact::SentAt, at: Some(at) }, starts_at: item.time(Fact::SentAt) }
            }
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
