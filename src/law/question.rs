//! What to ask next, and whether the affected must be told.

use super::assessment::{AffectedUsers, Duty, Question, State};
use super::fact::COUNT;
use chrono::{DateTime, Utc};
use std::collections::HashMap;

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
pub const TELLING: &[&str] = &[
    "subscriber-particular-risk",
    "subscriber-breach",
    "gdpr-34-subjects",
    "gdpr-34-public",
    "gdpr-34-order",
    "reg-611-subscriber",
];

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
