//! Overruling severity and risk by a person's judgement; the proposal stays beside it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::{Value, json};

use super::words;
use crate::db::{Conn, Db, Id, Instant};
use crate::error::{Error, FieldError};
use crate::incident::record::{Act, assess, record, take_open};
use crate::incident::refuse;
use crate::incident::store::Head;
use crate::law;
use crate::schema::overruling;

/// Sets the severity by a person's judgement, or takes it back.
pub async fn overrule_severity(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    (level, reason): (Option<String>, String),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let reason = words("reason", &reason, 4_000)?;
    db.write(move |conn| {
        let patch = json!({ "provider_severity": level });
        overrule_by(conn, by, (&key, seen), ("severity", patch, level.as_deref(), &reason), now)
    })
    .await
}

/// Sets the risk by a person's judgement, or takes it back.
pub async fn overrule_risk(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    (level, reason): (Option<String>, String),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let reason = words("reason", &reason, 4_000)?;
    db.write(move |conn| {
        let kept = level.as_ref().map(|_| &reason);
        let patch = json!({ "personal_data": { "risk": level, "risk_reason": kept } });
        overrule_by(conn, by, (&key, seen), ("risk", patch, level.as_deref(), &reason), now)
    })
    .await
}

/// Overrules in the caller's transaction.
pub(crate) fn overrule_risk_in(
    conn: &mut Conn,
    by: Id,
    key: &str,
    (level, reason): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let patch = json!({ "personal_data": { "risk": level, "risk_reason": reason } });
    overrule_by(conn, by, (key, None), ("risk", patch, Some(level), reason), now)
}

fn overrule_by(
    conn: &mut Conn,
    by: Id,
    (key, seen): (&str, Option<i32>),
    (what, patch, level, reason): (&'static str, Value, Option<&str>, &str),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let case = take_open(conn, by, key, seen)?;
    let facts = case.facts.patched(&patch).map_err(|wrong| at_level(refuse(wrong)))?;
    let here = case.head.here(now);
    let assessed = assess(conn, &facts, here)?;
    let proposed = proposal(&assessed, what);
    overrule(conn, case.head.seq, (what, level, proposed, reason), (by, here.into()))?;
    let payload = json!({ "level": level, "proposed": proposed, "reason": reason });
    let kind = if what == "risk" { "risk.overruled" } else { "severity.overruled" };
    record(conn, case, facts, Act { kind, payload, by: Some(by), now })
}

/// The level is wrong, not the fact it is kept in.
fn at_level(why: Error) -> Error {
    match why {
        Error::Invalid(fields) => {
            Error::Invalid(fields.into_iter().map(|field| FieldError { path: "level".into(), ..field }).collect())
        }
        other => other,
    }
}

pub(super) fn proposal(assessed: &law::Assessment, what: &str) -> &'static str {
    let level = |levels: &[&'static str], at: u8| levels.get(usize::from(at)).copied().unwrap_or("undetermined");
    match what {
        "severity" => level(law::severity::LEVELS, assessed.severity.proposed.0),
        _ if assessed.risk.proposed.0 == assessed.risk.proposed.1 => level(law::risk::LEVELS, assessed.risk.proposed.0),
        _ => "undetermined",
    }
}

pub(super) fn overrule(
    conn: &mut Conn,
    seq: i64,
    (what, value, proposed, reason): (&str, Option<&str>, &str, &str),
    (by, at): (Id, Instant),
) -> Result<(), Error> {
    use overruling as o;
    let row = (o::incident_seq.eq(seq), o::what.eq(what), o::value.eq(value), o::proposed.eq(proposed));
    diesel::insert_into(o::table)
        .values((row, o::reason.eq(reason), o::by_account.eq(by), o::at.eq(at)))
        .execute(conn)?;
    Ok(())
}
