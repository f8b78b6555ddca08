//! Changing facts, and stating the four moments that start clocks.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{AHEAD, words};
use crate::db::{Conn, Db, Id, Instant};
use crate::error::{Error, FieldError};
use crate::incident::record::{self, Act, record, take_open};
use crate::incident::store::Head;
use crate::incident::{MOMENTS, differences, refuse};
use crate::law::Fact;

/// Changes facts by a JSON merge patch; `seen` is the version the caller last saw.
pub async fn change_facts(
    db: &Db,
    by: Id,
    key: String,
    seen: i32,
    patch: Value,
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    db.write(move |conn| change_facts_in(conn, by, (&key, Some(seen)), &patch, now)).await
}

/// Changes facts in the caller's transaction; whoever saw no version before speaks of the present one.
pub(crate) fn change_facts_in(
    conn: &mut Conn,
    by: Id,
    (key, seen): (&str, Option<i32>),
    patch: &Value,
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let case = take_open(conn, by, key, seen)?;
    let facts = case.facts.patched(patch).map_err(refuse)?;
    let locked: Vec<FieldError> = case.facts.diff(&facts).into_iter().filter_map(lock).collect();
    if !locked.is_empty() {
        return Err(Error::Invalid(locked));
    }
    let changes = differences(&case.facts, &facts);
    if changes.is_empty() {
        return Ok(case.head);
    }
    let payload = json!({ "changes": changes });
    record(conn, case, facts, Act { kind: "facts.changed", payload, by: Some(by), now })
}

/// Facts that have an action of their own, so that they are never changed in passing.
fn lock(fact: Fact) -> Option<FieldError> {
    let code = match fact {
        fact if MOMENTS.iter().any(|(_, moment)| *moment == fact) => "use_moments",
        Fact::ProviderSeverity => "use_severity",
        Fact::Risk | Fact::RiskReason => "use_risk",
        Fact::Sent => "use_submission",
        Fact::ChangedAt => "set_by_program",
        _ => return None,
    };
    Some(FieldError::new(fact.path(), code))
}

/// States one of the four moments (or takes it back), beside all earlier statements.
pub async fn state_moment(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    (which, value, reason): (String, Option<DateTime<Utc>>, String),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let Some((name, fact)) = MOMENTS.into_iter().find(|(name, _)| *name == which) else {
        let names: Vec<&str> = MOMENTS.iter().map(|(name, _)| *name).collect();
        let fault = FieldError::new("moment", "wrong_choice").with("given", which).with("choices", names);
        return Err(Error::Invalid(vec![fault]));
    };
    let reason = words("reason", &reason, 4_000)?;
    db.write(move |conn| state_in(conn, by, (&key, seen), (name, fact, value, &reason), now)).await
}

/// States one in the caller's transaction.
fn state_in(
    conn: &mut Conn,
    by: Id,
    (key, seen): (&str, Option<i32>),
    (name, fact, value, reason): (&'static str, Fact, Option<DateTime<Utc>>, &str),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let case = take_open(conn, by, key, seen)?;
    let here = case.head.here(now);
    if value.is_some_and(|at| at > here + AHEAD) {
        return Err(Error::field(fact.path(), "in_future"));
    }
    let facts = case.facts.patched(&json!({ "timeline": { name: value } })).map_err(refuse)?;
    let value = facts.time(fact).map(Instant::from);
    let was = record::state_moment(conn, case.head.seq, (name, value, reason), (by, here.into()))?;
    let payload = json!({ "moment": name, "value": value, "was": was, "reason": reason });
    record(conn, case, facts, Act { kind: "moment.stated", payload, by: Some(by), now })
}
