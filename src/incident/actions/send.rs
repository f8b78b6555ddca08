//! Recording what was sent.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::json;

use super::AHEAD;
use super::settle::find_duty;
use crate::db::{Conn, Db, Id, Instant};
use crate::error::{Error, FieldError};
use crate::incident::record::{Act, assess, record, take_open};
use crate::incident::refuse;
use crate::incident::store::Head;
use crate::law::Facts;
use crate::schema::submission;

/// Something that has gone out, to be recorded.
pub struct Sending {
    /// The duty's stable id.
    pub duty: String,
    /// The controller it is for.
    pub for_whom: Option<String>,
    /// When it went out.
    pub sent_at: Instant,
    /// How.
    pub channel: Option<String>,
    /// The receiver's reference.
    pub reference: Option<String>,
    /// Whether nothing is left to send.
    pub complete: bool,
    /// Which of several stages.
    pub stage: Option<String>,
}

/// Records that a notification was sent.
pub async fn record_submission(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    sending: Sending,
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    if sending.sent_at.utc() > now + AHEAD {
        return Err(Error::field("sent_at", "in_future"));
    }
    db.write(move |conn| {
        let case = take_open(conn, &key, seen)?;
        let assessed = assess(conn, &case.facts, now)?;
        let for_whom = find_duty(&assessed, &sending.duty, sending.for_whom.as_deref())?.for_whom.clone();
        let sending = Sending { for_whom: for_whom.map(String::from), ..sending };
        let mut json = case.facts.to_json();
        let mut all = json["sent"].as_array().cloned().unwrap_or_default();
        let place = format!("sent[{}].", all.len());
        all.push(json!({
            "duty": sending.duty, "for": sending.for_whom, "stage": sending.stage,
            "sent_at": sending.sent_at, "complete": sending.complete,
        }));
        json["sent"] = all.into();
        let facts = Facts::from_json(&json).map_err(|wrong| without(&place, refuse(wrong)))?;
        insert_submission(conn, case.head.seq, &sending, (by, now.into()))?;
        let payload = json!({
            "duty": sending.duty, "for": sending.for_whom, "sent_at": sending.sent_at, "channel": sending.channel,
            "reference": sending.reference, "complete": sending.complete, "stage": sending.stage,
        });
        record(conn, case, facts, Act { kind: "submission.recorded", payload, by, now })
    })
    .await
}

/// The same faults with the paths that the caller knows.
fn without(place: &str, why: Error) -> Error {
    let strip = |field: FieldError| FieldError { path: field.path.replace(place, ""), ..field };
    match why {
        Error::Invalid(fields) => Error::Invalid(fields.into_iter().map(strip).collect()),
        other => other,
    }
}

pub(super) fn insert_submission(conn: &mut Conn, seq: i64, sending: &Sending, (by, at): (Id, Instant)) -> Result<(), Error> {
    use submission as s;
    let for_whom = sending.for_whom.as_deref().unwrap_or_default();
    let row = (s::incident_seq.eq(seq), s::duty_id.eq(&sending.duty), s::for_whom.eq(for_whom), s::sent_at.eq(sending.sent_at));
    let row = (row, s::channel.eq(&sending.channel), s::reference.eq(&sending.reference), s::complete.eq(sending.complete));
    let row = (row, s::stage.eq(&sending.stage), s::by_account.eq(by), s::recorded_at.eq(at));
    diesel::insert_into(s::table).values(row).execute(conn)?;
    Ok(())
}
