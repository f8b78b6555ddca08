//! Facts that can't both be true.

use super::fact::{Fact, Path, word, words};
use super::fault::{FactError, Problem};
use super::value::{Facts, Value};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Every contradiction in the facts; each names both fields.
pub fn find(facts: &Facts) -> Vec<FactError> {
    let mut errors = Vec::new();
    moments(facts, &mut errors);
    counts(facts, &mut errors);
    breach(facts, &mut errors);
    objects(facts, &mut errors);
    errors
}

fn clash(errors: &mut Vec<FactError>, path: impl ToString, other: impl ToString, rule: &'static str) {
    let problem = Problem::Contradiction { rule, other: other.to_string() };
    errors.push(FactError::new(path.to_string(), problem));
}

fn moments(facts: &Facts, errors: &mut Vec<FactError>) {
    // What is planned or only feared is known before it begins.
    let foreseen = facts.bool(Fact::PlannedWork) == Some(true) || facts.word(Fact::Availability) == Some("may_occur");
    let mut after = |later: Fact, earlier: Fact, rule| {
        if let (Some(late), Some(early)) = (facts.time(later), facts.time(earlier))
            && late < early
        {
            clash(errors, later, earlier, rule);
        }
    };
    after(Fact::EndedAt, Fact::StartedAt, "ended_before_started");
    after(Fact::NormalisedAt, Fact::StartedAt, "normalised_before_started");
    after(Fact::HighRiskAt, Fact::BreachAwareAt, "high_risk_before_awareness");
    if !foreseen {
        after(Fact::DetectedAt, Fact::StartedAt, "detected_before_started");
        for fact in [Fact::KnownAt, Fact::BreachAwareAt, Fact::HighRiskAt] {
            after(fact, Fact::StartedAt, "aware_before_started");
        }
    }
}

fn counts(facts: &Facts, errors: &mut Vec<FactError>) {
    let pairs = [
        (Fact::CustomersAffected, Fact::CustomersTotal),
        (Fact::StationsAffected, Fact::StationsTotal),
        (Fact::AreaCustomersAffected, Fact::AreaCustomersTotal),
        (Fact::AreaStationsAffected, Fact::AreaStationsTotal),
    ];
    for (part, whole) in pairs {
        let objects = part.list().map_or(0, |list| facts.items(list).len());
        let places = (0..objects).filter_map(|at| u16::try_from(at).ok()).map(Some);
        let places: Vec<_> = if part.list().is_none() { vec![None] } else { places.collect() };
        for at in places {
            let (part, whole) = (Path { fact: part, at }, Path { fact: whole, at });
            if let (Value::Whole(some), Value::Whole(all)) = (facts.at(part), facts.at(whole))
                && some > all
            {
                clash(errors, part, whole, "part_above_whole");
            }
        }
    }
}

fn breach(facts: &Facts, errors: &mut Vec<FactError>) {
    match facts.bool(Fact::Breach) {
        Some(false) => {
            let not_without_a_breach = [
                (Fact::Confidentiality, word(Fact::Confidentiality, "disclosed")),
                (Fact::Confidentiality, word(Fact::Confidentiality, "likely_disclosed")),
                (Fact::Misuse, word(Fact::Misuse, "confirmed")),
                (Fact::Risk, word(Fact::Risk, "risk")),
                (Fact::Risk, word(Fact::Risk, "high")),
            ];
            for (fact, choice) in not_without_a_breach {
                if *facts.get(fact) == Value::Choice(choice) {
                    clash(errors, Fact::Breach, fact, "no_breach_yet_its_effect");
                }
            }
        }
        Some(true) => {
            for fact in [Fact::BreachKinds, Fact::Data, Fact::Roles] {
                let empty = match facts.get(fact) {
                    Value::Choices(bits) => *bits == 0,
                    Value::Items(items) => items.is_empty(),
                    _ => false,
                };
                if empty {
                    clash(errors, fact, Fact::Breach, "breach_of_nothing");
                }
            }
        }
        None => {}
    }
    let beyond_kinds = [
        (
            "confidentiality",
            Fact::Confidentiality,
            words(Fact::Confidentiality, &["disclosed", "likely_disclosed", "not_assessable"]),
        ),
        (
            "integrity",
            Fact::Integrity,
            words(Fact::Integrity, &["altered_used_reversible", "altered_used_irreversible"]),
        ),
    ];
    if let Value::Choices(kinds) = facts.get(Fact::BreachKinds) {
        for (kind, fact, told) in beyond_kinds {
            let named = kinds >> word(Fact::BreachKinds, kind) & 1 == 1;
            if !named && matches!(facts.get(fact), Value::Choice(word) if told >> word & 1 == 1) {
                clash(errors, fact, Fact::BreachKinds, "kind_is_missing_from_the_list");
            }
        }
    }
    if facts.get(Fact::Risk).is_known() && facts.text(Fact::RiskReason).is_none_or(|reason| reason.trim().is_empty()) {
        errors.push(FactError::new(Fact::RiskReason.path(), Problem::Missing));
    }
}

/// What each object must have, and what may not stand twice.
fn objects(facts: &Facts, errors: &mut Vec<FactError>) {
    let needed: [(Fact, &[Fact]); 3] = [
        (Fact::Roles, &[Fact::Role]),
        (Fact::Orders, &[Fact::OrderKind]),
        (Fact::Sent, &[Fact::SentDuty, Fact::SentAt]),
    ];
    for (list, facts_needed) in needed {
        for (i, item) in facts.items(list).iter().enumerate() {
            let at = u16::try_from(i).ok();
            for fact in facts_needed.iter().filter(|fact| !item.get(**fact).is_known()) {
                errors.push(FactError::new(Path { fact: *fact, at }.to_string(), Problem::Missing));
            }
        }
    }
    let mut controllers = HashMap::new();
    for (at, name) in super::controllers(facts) {
        let place = |at| Path { fact: Fact::RoleController, at: Some(at) };
        match controllers.entry(name) {
            Entry::Occupied(first) => clash(errors, place(at), place(*first.get()), "controller_named_twice"),
            Entry::Vacant(new) => {
                new.insert(at);
            }
        }
    }
    for (i, item) in facts.items(Fact::Sent).iter().enumerate() {
        let path = Path { fact: Fact::SentFor, at: u16::try_from(i).ok() };
        if item.word(Fact::SentDuty) == Some("gdpr-33-2-controller") {
            match item.text(Fact::SentFor) {
                None if controllers.len() > 1 => clash(errors, path, Fact::Roles, "several_controllers_which_was_told"),
                Some(name) if facts.get(Fact::Roles).is_known() && !controllers.contains_key(&Some(name)) => {
                    clash(errors, path, Fact::Roles, "told_a_controller_that_is_not_named");
                }
                _ => {}
            }
        }
    }
}
