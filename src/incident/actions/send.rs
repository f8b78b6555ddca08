//! Recording what was sent.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::json;

use super::AHEAD;
use super::settle::find_duty;
use crate::db::{Conn, Db, Id, Instant};
use crate::error::{Error, FieldError};
use crate::incident::record::{Act, assess, record, take_open};
use crate::incident::store::{self, Head};
use crate::incident::{DutyStatus, refuse};
use crate::law::{Duty, Fact, Facts};
use crate::schema::submission;

/// Something that has gone out, to be recorded.
#[derive(Clone)]
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

/// Records that a notification was sent, and that the same one answers the duties in `covers`, too.
pub async fn record_submission(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    (sending, covers): (Sending, Vec<String>),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    db.write(move |conn| submit(conn, by, (&key, seen), (&sending, &covers), now)).await
}

/// Does the same in the caller's own transaction, for whoever sends and records in one.
pub(crate) fn submit(
    conn: &mut Conn,
    by: Id,
    (key, seen): (&str, Option<i32>),
    (sending, covers): (&Sending, &[String]),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let case = take_open(conn, by, key, seen)?;
    let here = case.head.here(now);
    if sending.sent_at.utc() > here + AHEAD {
        return Err(Error::field("sent_at", "in_future"));
    }
    let assessed = assess(conn, &case.facts, here)?;
    let duty = find_duty(&assessed, &sending.duty, sending.for_whom.as_deref())?;
    if !covers.is_empty() {
        covered(&store::duties(conn, case.head.seq, &assessed)?, duty, covers)?;
    }
    let sending = Sending { for_whom: duty.for_whom.clone().map(String::from), ..sending.clone() };
    let facts = with_sent(&case.facts, &sending, covers)?;
    let first = case.facts.items(Fact::Sent).len();
    for duty in std::iter::once(&sending.duty).chain(covers) {
        insert_submission(conn, case.head.seq, &Sending { duty: duty.clone(), ..sending.clone() }, (by, here.into()))?;
    }
    let payload = json!({
        "duty": sending.duty, "covers": covers, "for": sending.for_whom, "sent_at": sending.sent_at,
        "channel": sending.channel, "reference": sending.reference, "complete": sending.complete, "stage": sending.stage,
    });
    let act = Act { kind: "submission.recorded", payload, by: Some(by), now };
    record(conn, case, facts, act).map_err(|why| without(first, why))
}

/// Whether the same message answers this other duty: open, to the same recipient, for the same controller.
pub fn can_cover(duty: &Duty, other: &DutyStatus) -> bool {
    let itself = other.duty.id == duty.id && other.duty.for_whom == duty.for_whom;
    !itself && other.state.is_open() && duty.shares_recipient_with(&other.duty)
}

/// Refuses what the same message does not answer, each with why.
fn covered(all: &[DutyStatus], duty: &Duty, covers: &[String]) -> Result<(), Error> {
    let could: Vec<&str> = all.iter().filter(|other| can_cover(duty, other)).map(|other| other.duty.id).collect();
    let why = |(at, id): (usize, &String)| {
        let path = format!("covers[{at}]");
        let named: Vec<&DutyStatus> = all.iter().filter(|other| other.duty.id == id).collect();
        let twice = id == duty.id || covers.iter().take(at).any(|before| before == id);
        let fault = match named.as_slice() {
            _ if twice => FieldError::new(path, "covers_twice"),
            [] => FieldError::new(path, "covers_no_duty").with("given", id.as_str()),
            _ if could.contains(&id.as_str()) => return None,
            several if several.iter().any(|other| duty.shares_recipient_with(&other.duty)) => {
                FieldError::new(path, "covers_not_open")
            }
            _ => FieldError::new(path, "covers_other_recipient"),
        };
        Some(fault.with("possible", could.clone()))
    };
    // Whoever names more than there are names one twice, or one that does not exist.
    let wrong: Vec<FieldError> = covers.iter().take(all.len() + 1).enumerate().filter_map(why).collect();
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

/// The facts with what was sent, a fact of its own for each duty it answers.
fn with_sent(facts: &Facts, sending: &Sending, covers: &[String]) -> Result<Facts, Error> {
    let mut json = facts.to_json();
    let mut all = json["sent"].as_array().cloned().unwrap_or_default();
    let first = all.len();
    let one = |duty: &String| {
        json!({
            "duty": duty, "for": sending.for_whom, "stage": sending.stage,
            "sent_at": sending.sent_at, "complete": sending.complete,
        })
    };
    all.extend(std::iter::once(&sending.duty).chain(covers).map(one));
    json["sent"] = all.into();
    Facts::from_json(&json).map_err(|wrong| without(first, refuse(wrong)))
}

/// The same faults with the paths that the caller knows, those from the first place on each told once.
fn without(first: usize, why: Error) -> Error {
    let place = |path: &str| {
        let (at, rest) = path.strip_prefix("sent[")?.split_once("].")?;
        // The book names the fact without its place; what was there before it had accepted.
        (at.is_empty() || at.parse::<usize>().ok()? >= first).then(|| rest.to_owned())
    };
    let Error::Invalid(fields) = why else { return why };
    let mut told: Vec<FieldError> = Vec::new();
    for field in fields {
        let field = FieldError { path: place(&field.path).unwrap_or(field.path), ..field };
        if !told.contains(&field) {
            told.push(field);
        }
    }
    Error::Invalid(told)
}

pub(super) fn insert_submission(
    conn: &mut Conn,
    seq: i64,
    sending: &Sending,
    (by, at): (Id, Instant),
) -> Result<(), Error> {
    use submission as s;
    let for_whom = sending.for_whom.as_deref().unwrap_or_default();
    let row = (
        s::incident_seq.eq(seq),
        s::duty_id.eq(&sending.duty),
        s::for_whom.eq(for_whom),
        s::sent_at.eq(sending.sent_at),
    );
    let row =
        (row, s::channel.eq(&sending.channel), s::reference.eq(&sending.reference), s::complete.eq(sending.complete));
    let row = (row, s::stage.eq(&sending.stage), s::by_account.eq(by), s::recorded_at.eq(at));
    diesel::insert_into(s::table).values(row).execute(conn)?;
    Ok(())
}
