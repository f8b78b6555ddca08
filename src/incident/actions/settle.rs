//! Settling duties that the rules leave to a person, and assessing anew.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::{Value, json};

use super::words;
use crate::db::{Conn, Db, Id, Instant};
use crate::error::{Error, FieldError};
use crate::incident::reconcile::{Answer, because};
use crate::incident::record::{Act, assess, record, take_open};
use crate::incident::store::{self, Head};
use crate::incident::value_at;
use crate::law::{self, Facts};
use crate::schema::settlement;

/// Answers a duty that the rules leave to a person: not telling is a decision and is kept with all it rested on.
pub async fn settle_duty(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    (duty, for_whom): (String, Option<String>),
    (answer, reason): (Answer, String),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let reason = words("reason", &reason, 4_000)?;
    let of = (duty, for_whom);
    db.write(move |conn| settle_in(conn, by, (&key, seen), (&of.0, of.1.as_deref()), (answer, &reason), now)).await
}

/// Answers it in the caller's transaction.
pub(crate) fn settle_in(
    conn: &mut Conn,
    by: Id,
    (key, seen): (&str, Option<i32>),
    (duty, for_whom): (&str, Option<&str>),
    (answer, reason): (Answer, &str),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let case = take_open(conn, by, key, seen)?;
    let here = case.head.here(now);
    let assessed = assess(conn, &case.facts, here)?;
    let rule = find_duty(&assessed, duty, for_whom)?;
    if !rule.state.is_open() {
        return Err(Error::conflict("duty-not-open"));
    }
    let word = if answer == Answer::Required { "required" } else { "not_required" };
    let questions = snapshot(&case.facts, &assessed, rule);
    use settlement as s;
    let name = rule.for_whom.as_deref().unwrap_or_default().to_owned();
    let row = (s::incident_seq.eq(case.head.seq), s::duty_id.eq(duty), s::for_whom.eq(&name), s::answer.eq(word));
    let row = (row, s::rule_state.eq(rule.state.word()), s::rules_version.eq(assessed.rules_version));
    let row = (row, s::questions.eq(store::json(questions)?), s::reason.eq(reason));
    let row = (row, s::by_account.eq(by), s::at.eq(Instant::from(here)));
    let settled: i64 = diesel::insert_into(s::table).values(row).returning(s::seq).get_result(conn)?;
    store::hold(conn, case.head.seq, (duty, &name), settled)?;
    let payload =
        json!({ "duty": duty, "for": rule.for_whom, "answer": word, "reason": reason, "rule_state": rule.state });
    let facts = case.facts.clone();
    record(conn, case, facts, Act { kind: "duty.settled", payload, by: Some(by), now })
}

/// What was asked and known when a duty was settled, as art. 33(5) wants it kept.
fn snapshot(facts: &Facts, assessed: &law::Assessment, rule: &law::Duty) -> Value {
    let known = facts.to_json();
    let because: Vec<Value> =
        because(rule).into_iter().map(|path| json!({ "value": value_at(&known, &path), "path": path })).collect();
    json!({
        "state": rule.state, "basis": rule.basis, "rule_from": rule.rule_from, "because": because,
        "unknown": rule.decided_by, "severity": assessed.severity_level(), "risk": assessed.risk_level(),
    })
}

/// The duty by its id, and by its controller where there are several.
pub(super) fn find_duty<'a>(
    assessed: &'a law::Assessment,
    id: &str,
    for_whom: Option<&str>,
) -> Result<&'a law::Duty, Error> {
    let all: Vec<&law::Duty> = assessed.duties.iter().filter(|duty| duty.id == id).collect();
    match (all.as_slice(), for_whom) {
        ([], _) => Err(Error::NotFound),
        ([only], None) => Ok(only),
        (several, None) => {
            let names: Vec<&str> = several.iter().filter_map(|duty| duty.for_whom.as_deref()).collect();
            Err(Error::Invalid(vec![FieldError::new("for", "which_controller").with("choices", names)]))
        }
        (several, Some(name)) => {
            several.iter().find(|duty| duty.for_whom.as_deref() == Some(name)).copied().ok_or(Error::NotFound)
        }
    }
}

/// Assesses the same facts anew, as when time has passed or the rules have changed.
pub async fn assess_again(db: &Db, by: Id, key: String, now: DateTime<Utc>) -> Result<Head, Error> {
    db.write(move |conn| {
        let case = take_open(conn, by, &key, None)?;
        let facts = case.facts.clone();
        record(conn, case, facts, Act { kind: "assessment.made", payload: json!({}), by: Some(by), now })
    })
    .await
}
