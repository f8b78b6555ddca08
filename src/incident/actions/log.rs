//! Logging: the case, its first facts, what follows; a repeated request is harmless.

use chrono::{DateTime, Datelike, Duration, Utc};
use chrono_tz::Europe::Oslo;
use diesel::prelude::*;
use serde_json::json;

use super::judge::{overrule, proposal};
use super::send::{Sending, insert_submission};
use super::settle::find_duty;
use crate::account::Sight;
use crate::db::{Conn, Db, Id, Instant};
use crate::error::Error;
use crate::incident::CaseFile;
use crate::incident::record::{self, Act, Case, assess, record};
use crate::incident::store::{self, Head};
use crate::law::{Fact, Facts};
use crate::schema::idempotency_key;

/// How long an answered request is remembered.
const REMEMBERED: Duration = Duration::days(7);

/// The key of a request that may be repeated without harm.
pub struct Repeatable {
    /// The caller's key.
    pub key: String,
    /// The digest of what was sent.
    pub digest: String,
}

/// How a request to log or report an incident ended.
pub enum Logged {
    /// It is logged now.
    New(Box<Head>),
    /// The same request was answered before, with this.
    Before(String),
}

/// Logs an incident: the case, its first facts, what follows from them. `answer` writes what a repetition gets again.
pub async fn log_incident(
    db: &Db,
    by: Id,
    facts: Facts,
    (again, answer): (Option<Repeatable>, fn(&CaseFile) -> String),
    now: DateTime<Utc>,
) -> Result<Logged, Error> {
    db.write(move |conn| {
        once(conn, by, again.as_ref(), now, |conn| {
            let head = log_in(conn, by, facts.clone(), now)?;
            let case = again.as_ref().map(|_| store::find(conn, &head.reference, Sight::of(by), now)).transpose()?;
            Ok((head, case.map(|case| answer(&case)).unwrap_or_default()))
        })
    })
    .await
}

/// Does a job that makes a case, unless the same request was answered before; the job answers what a repetition gets.
pub(super) fn once(
    conn: &mut Conn,
    by: Id,
    again: Option<&Repeatable>,
    now: DateTime<Utc>,
    job: impl FnOnce(&mut Conn) -> Result<(Head, String), Error>,
) -> Result<Logged, Error> {
    if let Some(answer) = again.map(|again| answered(conn, by, again)).transpose()?.flatten() {
        return Ok(Logged::Before(answer));
    }
    let (head, answer) = job(conn)?;
    if let Some(again) = again {
        remember(conn, by, (again, answer), now)?;
    }
    Ok(Logged::New(Box::new(head)))
}

/// Logs an incident in the caller's transaction.
pub(crate) fn log_in(conn: &mut Conn, by: Id, facts: Facts, now: DateTime<Utc>) -> Result<Head, Error> {
    let reference = store::next_reference(conn, now.with_timezone(&Oslo).year())?;
    log_as(conn, Head::new(reference, by, now), facts, now)
}

/// Logs it under a head that is there already but not written.
pub(in crate::incident) fn log_as(
    conn: &mut Conn,
    head: Head,
    facts: Facts,
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let (by, here) = (head.opened_by, head.here(now));
    let (moments, stated) = (record::moments_in(&facts), stated(&facts));
    let sent = facts.to_json()["sent"].clone();
    let act = Act { kind: "incident.logged", payload: json!({ "title": facts.title() }), by: Some(by), now };
    let case = Case { head, facts: Facts::default() };
    let assessed = if stated.is_empty() && sent.is_null() { None } else { Some(assess(conn, &facts, here)?) };
    let head = record(conn, case, facts, act)?;
    let at = Instant::from(here);
    for (which, value) in moments {
        record::state_moment(conn, head.seq, (which, Some(value), ""), (by, at))?;
    }
    for (what, value, reason) in stated {
        let proposed = assessed.as_ref().map_or("", |assessed| proposal(assessed, what));
        overrule(conn, head.seq, (what, Some(value), proposed, &reason), (by, at))?;
    }
    for sending in sent.as_array().into_iter().flatten() {
        let of = |key: &str| sending[key].as_str().map(str::to_owned);
        let when =
            of("sent_at").and_then(|at| DateTime::parse_from_rfc3339(&at).ok()).map_or(at, |at| at.to_utc().into());
        let sending = Sending {
            duty: of("duty").unwrap_or_default(),
            // With one controller only, nobody has to name it.
            for_whom: of("for").or_else(|| {
                let duty = find_duty(assessed.as_ref()?, sending["duty"].as_str()?, None).ok()?;
                duty.for_whom.as_deref().map(str::to_owned)
            }),
            sent_at: when,
            channel: None,
            reference: None,
            complete: sending["complete"].as_bool().unwrap_or(false),
            stage: of("stage"),
        };
        insert_submission(conn, head.seq, &sending, (by, at))?;
    }
    Ok(head)
}

/// The severity and risk that people stated among the facts, with the reason.
fn stated(facts: &Facts) -> Vec<(&'static str, &'static str, String)> {
    let severity = facts.word(Fact::ProviderSeverity).map(|level| ("severity", level, String::new()));
    let reason = facts.text(Fact::RiskReason).unwrap_or_default().to_owned();
    let risk = facts.word(Fact::Risk).map(|level| ("risk", level, reason));
    severity.into_iter().chain(risk).collect()
}

/// What the same request was answered before, or that the key was used for another.
fn answered(conn: &mut Conn, by: Id, again: &Repeatable) -> Result<Option<String>, Error> {
    use idempotency_key as k;
    let kept: Option<(String, String)> =
        k::table.find((by, &again.key)).select((k::digest, k::body)).first(conn).optional()?;
    match kept {
        Some((digest, body)) if digest == again.digest => Ok(Some(body)),
        Some(_) => Err(Error::field("Idempotency-Key", "key_used")),
        None => Ok(None),
    }
}

fn remember(conn: &mut Conn, by: Id, (again, body): (&Repeatable, String), now: DateTime<Utc>) -> Result<(), Error> {
    use idempotency_key as k;
    diesel::delete(k::table.filter(k::created_at.lt(Instant::from(now - REMEMBERED)))).execute(conn)?;
    let row = (k::account_id.eq(by), k::key.eq(&again.key), k::digest.eq(&again.digest), k::status.eq(201));
    diesel::insert_into(k::table)
        .values((row, k::body.eq(body), k::created_at.eq(Instant::from(now))))
        .execute(conn)?;
    Ok(())
}
