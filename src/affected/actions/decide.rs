//! Deciding whom to tell, with the reasons; and numbers where nobody has names.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{open, tell, words};
use crate::affected::store::{self, Tally};
use crate::affected::{ANSWERS, Circle, EXCEPTIONS};
use crate::db::{Db, Id};
use crate::error::{Error, FieldError};

const LONGEST: usize = 4_000;

/// A decision as somebody sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Decision {
    /// `all`, `some` or `none`.
    pub answer: String,
    /// Which of them, where it is some.
    pub chosen: Circle,
    /// The exceptions relied upon, each with its evidence.
    pub exceptions: Map<String, Value>,
    /// Why.
    pub reason: String,
}

/// Writes down whom to tell, and why.
///
/// # Errors
/// When it lacks its reason, its choice or its evidence.
pub async fn decide(db: &Db, key: String, decision: Decision, (by, now): (Id, DateTime<Utc>)) -> Result<(), Error> {
    if !ANSWERS.contains(&decision.answer.as_str()) {
        let fault = FieldError::new("answer", "wrong_choice").with("given", decision.answer.as_str());
        return Err(Error::Invalid(vec![fault.with("choices", ANSWERS.to_vec())]));
    }
    let reason = words("reason", &decision.reason, LONGEST)?;
    if decision.answer == "some" && decision.chosen.is_all() {
        return Err(Error::field("chosen", "missing"));
    }
    for (name, evidence) in &decision.exceptions {
        if !EXCEPTIONS.contains(&name.as_str()) {
            let fault = FieldError::new("exceptions", "wrong_choice").with("given", name.as_str());
            return Err(Error::Invalid(vec![fault.with("choices", EXCEPTIONS.to_vec())]));
        }
        words(&format!("exceptions.{name}"), evidence.as_str().unwrap_or_default(), LONGEST)?;
    }
    db.write(move |conn| {
        let head = open(conn, by, &key)?;
        let circle = if decision.answer == "some" { decision.chosen.clone() } else { Circle::default() };
        let exceptions = Value::Object(decision.exceptions.clone());
        let why = (&exceptions, reason.as_str());
        store::decide(conn, head.seq, (&decision.answer, &circle), why, (by, head.here(now).into()))?;
        let payload =
            json!({ "answer": decision.answer, "chosen": circle, "exceptions": exceptions, "reason": reason });
        tell(conn, &head, ("affected.decided", payload), (by, now.into()))
    })
    .await
}

/// Writes down how many there are and how many are told, where nobody has their names.
///
/// # Errors
/// When the numbers cannot be.
pub async fn count(db: &Db, key: String, tally: Tally, (by, now): (Id, DateTime<Utc>)) -> Result<(), Error> {
    if tally.total < 0 || tally.told < 0 || tally.told > tally.total {
        return Err(Error::field("told", "affected_more_than_all"));
    }
    let note = words("note", &tally.note, LONGEST)?;
    db.write(move |conn| {
        let head = open(conn, by, &key)?;
        let tally = Tally { note: note.clone(), ..tally.clone() };
        store::tally(conn, head.seq, &tally, (by, head.here(now).into()))?;
        let payload = json!({ "total": tally.total, "told": tally.told, "reason": tally.note });
        tell(conn, &head, ("affected.counted", payload), (by, now.into()))
    })
    .await
}
