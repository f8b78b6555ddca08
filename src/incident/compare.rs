//! Two assessments of one case side by side: which facts differed, and what that did to the duties, the severity and
//! the risk. They are compared as they were kept, so that nothing is judged anew.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use super::foresee::Turn;
use super::reconcile::{Kind, kind};
use super::store::{self, Assessed, Head, Line};
use super::{Facts, differences};
use crate::account::Sight;
use crate::db::Conn;
use crate::error::Error;
use crate::law::State;

/// A duty in two assessments.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DutyTurn {
    /// What happened to it.
    pub change: Kind,
    /// Its stable id.
    pub duty: String,
    /// The controller it is for.
    #[serde(rename = "for")]
    pub for_whom: Option<String>,
    /// Where the rules put it, in each.
    pub state: Turn<State>,
    /// What its countdown ran to, in each.
    pub due_at: Turn<Option<DateTime<Utc>>>,
    /// Since when the version of the rule that judged it was in force, in each.
    pub rule_from: Turn<Value>,
}

/// What differs between two assessments.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// Which facts differed: path, from, to.
    pub facts: Vec<Value>,
    /// The duties that did not stay as they were.
    pub duties: Vec<DutyTurn>,
    /// The severity as it was kept: level, what it may rise to, what was proposed.
    pub severity: Option<Turn<Value>>,
    /// The risk as it was kept: level, between which, what was proposed.
    pub risk: Option<Turn<Value>>,
    /// Whether the affected had to be told.
    pub must_be_told: Option<Turn<Value>>,
    /// The rule book.
    pub rules_version: Option<Turn<String>>,
}

/// Two assessments of one case, with what stood and what was done between them.
pub struct Pair {
    /// The case.
    pub head: Head,
    /// The earlier one.
    pub from: Assessed,
    /// The later one.
    pub to: Assessed,
    /// What differs.
    pub compared: Comparison,
    /// What was done between them, the oldest first.
    pub between: Vec<Line>,
}

/// Reads two assessments by the versions of the case they belong to, the earlier one first whichever way they are named;
/// without a version the last one, and the one before the later.
///
/// # Errors
/// When there is no such case in sight, or no such assessment.
pub fn read(conn: &mut Conn, key: &str, sight: Sight, asked: (Option<i32>, Option<i32>)) -> Result<Pair, Error> {
    let head = store::head(conn, key, sight)?;
    let all = store::assessments(conn, head.seq)?;
    let last = all.last().map_or(0, |one| one.version);
    let to = asked.1.unwrap_or(last);
    let before = all.iter().rev().find(|one| one.version < to).map_or(to, |one| one.version);
    let from = asked.0.unwrap_or(before);
    let (from, to) = (from.min(to), from.max(to));
    let of = |version: i32| all.iter().find(|one| one.version == version).cloned().ok_or(Error::NotFound);
    let (from, to) = (of(from)?, of(to)?);
    let facts = (store::facts_at(conn, head.seq, from.version)?, store::facts_at(conn, head.seq, to.version)?);
    let compared = compare((&from, &facts.0), (&to, &facts.1));
    let mut between = store::timeline(conn, head.seq)?;
    between.retain(|line| line.version > from.version && line.version <= to.version);
    Ok(Pair { head, from, to, compared, between })
}

/// What differs between two assessments, each with the facts it was made from. Pure.
pub fn compare((old, before): (&Assessed, &Facts), (new, after): (&Assessed, &Facts)) -> Comparison {
    let (was, is) = (&old.assessment.0, &new.assessment.0);
    let part = |name: &str, fields: &[&str]| {
        let of =
            |whole: &Value| fields.iter().map(|field| ((*field).to_owned(), whole[name][*field].clone())).collect();
        turn(Value::Object(of(was)), Value::Object(of(is)))
    };
    Comparison {
        facts: differences(before, after),
        duties: duties(was, is),
        severity: part("severity", &["level", "may_rise_to", "proposed", "stated"]),
        risk: part("risk", &["level", "between", "proposed", "stated"]),
        must_be_told: turn(was["affected_users"]["must_be_told"].clone(), is["affected_users"]["must_be_told"].clone()),
        rules_version: turn(old.rules_version.clone(), new.rules_version.clone()),
    }
}

fn turn<T: PartialEq>(from: T, to: T) -> Option<Turn<T>> {
    (from != to).then_some(Turn { from, to })
}

fn duties(was: &Value, is: &Value) -> Vec<DutyTurn> {
    let all = |whole: &Value| whole["duties"].as_array().cloned().unwrap_or_default();
    let name = |duty: &Value| (duty["id"].clone(), duty["for"].clone());
    let (old, new) = (all(was), all(is));
    let known = new.iter().map(|duty| (old.iter().find(|other| name(other) == name(duty)), Some(duty)));
    // A controller that is no longer named has no duty in the later one.
    let gone = old.iter().filter(|duty| !new.iter().any(|other| name(other) == name(duty)));
    known.chain(gone.map(|duty| (Some(duty), None))).filter_map(|(from, to)| duty_turn(from, to)).collect()
}

fn duty_turn(from: Option<&Value>, to: Option<&Value>) -> Option<DutyTurn> {
    let state = |duty: Option<&Value>| {
        duty.map_or(State::NotRequired, |duty| store::state(duty["state"].as_str().unwrap_or_default()))
    };
    let turn = Turn { from: state(from), to: state(to) };
    let due_at = Turn { from: from.and_then(due), to: to.and_then(due) };
    let moved = turn.to.is_open() && due_at.from != due_at.to;
    let change = kind(Some(turn.from), turn.to, (moved, false))?;
    let duty = to.or(from)?;
    let rule = |duty: Option<&Value>| duty.map_or(json!(null), |duty| duty["rule_from"].clone());
    Some(DutyTurn {
        change,
        duty: duty["id"].as_str()?.to_owned(),
        for_whom: duty["for"].as_str().map(str::to_owned),
        state: turn,
        due_at,
        rule_from: Turn { from: rule(from), to: rule(to) },
    })
}

/// What the countdown of a kept duty ran to while it was open.
fn due(duty: &Value) -> Option<DateTime<Utc>> {
    let open = matches!(duty["state"].as_str(), Some("required" | "undetermined"));
    let deadline = &duty["deadline"];
    let at = deadline["due_at"].as_str().or_else(|| deadline["target_at"].as_str()).filter(|_| open)?;
    DateTime::parse_from_rfc3339(at).ok().map(|at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Json;

    fn kept(version: i32, rules: &str, answer: Value) -> Assessed {
        let at = DateTime::<Utc>::UNIX_EPOCH.into();
        Assessed { seq: 1, version, rules_version: rules.into(), assessment: Json(answer), by: None, at }
    }

    fn duty(id: &str, state: &str, due_at: Option<&str>) -> Value {
        json!({ "id": id, "for": null, "state": state, "deadline": { "due_at": due_at, "target_at": null }, "rule_from": "2018-07-20" })
    }

    #[test]
    fn what_appeared_fell_moved_and_stayed_is_told_apart() {
        let (early, late) = (Some("2026-10-26T11:50:00Z"), Some("2026-10-27T11:50:00Z"));
        let answer = |duties: Value, level: &str| json!({ "duties": duties, "severity": { "level": level }, "risk": { "level": "risk" }, "affected_users": { "must_be_told": "no" } });
        let old = json!([
            duty("a", "undetermined", early),
            duty("b", "required", early),
            duty("c", "not_required", None),
            duty("d", "required", early),
            duty("e", "required", early)
        ]);
        let new = json!([
            duty("a", "required", early),
            duty("b", "not_required", None),
            duty("c", "required", late),
            duty("d", "required", late),
            duty("e", "required", early)
        ]);
        let (old, new) = (kept(1, "1", answer(old, "low")), kept(2, "2", answer(new, "serious")));
        let facts = Facts::default();
        let compared = compare((&old, &facts), (&new, &facts));
        let changes: Vec<(&str, Kind)> = compared.duties.iter().map(|one| (one.duty.as_str(), one.change)).collect();
        assert_eq!(changes, [("a", Kind::Confirmed), ("b", Kind::Lifted), ("c", Kind::Opened), ("d", Kind::Moved)]);
        assert_eq!(compared.severity.unwrap().to["level"], "serious");
        assert!(compared.risk.is_none() && compared.must_be_told.is_none() && compared.facts.is_empty());
        assert_eq!(compared.rules_version, Some(Turn { from: "1".into(), to: "2".into() }));
        let same = compare((&old, &facts), (&old, &facts));
        assert!(same.duties.is_empty() && same.severity.is_none() && same.rules_version.is_none());
    }
}
