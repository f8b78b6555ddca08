//! What comes back: a report that a mail did not arrive, a gateway's word, and what a person writes down by hand.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{open, tell, words};
use crate::account::Sight;
use crate::affected::bounce;
use crate::affected::read_key;
use crate::affected::store::{self, Line};
use crate::db::{Conn, Db, Id};
use crate::error::{Error, FieldError};
use crate::incident::store::head;
use crate::outbox::transport::e164;
use crate::seal::Seal;

/// The states a person may be set to by hand.
pub const BY_HAND: [&str; 3] = ["told_otherwise", "declined", "unreachable"];

/// Writes down by hand where a person stands, and why.
///
/// # Errors
/// When the state is none of those, or the reason is missing.
pub async fn answer_person(
    db: &Db,
    (key, id): (String, Id),
    (state, reason): (String, String),
    (by, now): (Id, DateTime<Utc>),
) -> Result<(), Error> {
    if !BY_HAND.contains(&state.as_str()) {
        let fault = FieldError::new("state", "wrong_choice").with("given", state.as_str());
        return Err(Error::Invalid(vec![fault.with("choices", BY_HAND.to_vec())]));
    }
    let reason = words("reason", &reason, 500)?;
    db.write(move |conn| {
        let head = open(conn, by, &key)?;
        let line = store::by_id(conn, head.seq, id)?;
        store::write_down(conn, line.seq, (&state, &reason), now)?;
        let payload = json!({ "person": id, "from": line.state, "to": state });
        tell(conn, &head, ("affected.answered", payload), (by, now.into()))
    })
    .await
}

/// The secret in the address that a gateway calls back for an incident.
pub fn callback_token(seal: &Seal, incident: Id) -> String {
    seal.lookup(&format!("affected callback {incident}"))
}

/// Takes what a gateway says of a message; answers whether somebody was found.
///
/// # Errors
/// When the secret is wrong or nothing can be read from it.
pub async fn take_callback(
    db: &Db,
    seal: &Seal,
    (key, token): (String, String),
    said: &Value,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let word = |names: &[&str]| {
        let found = names.iter().find_map(|name| said.get(*name));
        found.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    let status = word(&["status", "state", "delivery_status", "dlr"]).unwrap_or_default().to_lowercase();
    let failed = ["fail", "undeliv", "reject", "expired", "error"].iter().any(|part| status.contains(part));
    let arrived = !failed && (status.starts_with("deliv") || status == "ok" || status == "success");
    let person = word(&["key", "reference", "id", "client_ref"]).and_then(|key| read_key(&key));
    let hash = word(&["to", "msisdn", "recipient", "number"]).and_then(|to| e164(&to)).map(|to| seal.lookup(&to));
    let seal = seal.clone();
    db.write(move |conn| {
        let head = head(conn, &key, Sight::everything())?;
        let right = callback_token(&seal, head.id);
        // Compared as hashes, so that the time it takes tells nothing of the secret.
        if seal.lookup(&right) != seal.lookup(&token) {
            return Err(Error::NotFound);
        }
        let lines = match (&person, &hash) {
            (Some((id, _)), _) => vec![store::by_id(conn, head.seq, *id)?],
            (None, Some(hash)) => store::by_hash(conn, head.seq, hash)?,
            _ => Vec::new(),
        };
        let by_sms = lines.iter().filter(|line| line.way == "sms");
        let mut found = false;
        for line in by_sms {
            found |= match failed {
                true => fail(conn, head.seq, line, &status, now)?,
                false => arrived && arrive(conn, line, now)?,
            };
        }
        Ok(found)
    })
    .await
}

/// Takes a report of a mail server (RFC 3464); answers how many persons it speaks of.
///
/// # Errors
/// When it is no such report.
pub async fn take_bounce(
    db: &Db,
    seal: &Seal,
    key: String,
    report: &[u8],
    (by, now): (Id, DateTime<Utc>),
) -> Result<usize, Error> {
    let reports = bounce::read(report).ok_or_else(|| Error::field("report", "affected_no_report"))?;
    let seal = seal.clone();
    db.write(move |conn| {
        let head = open(conn, by, &key)?;
        let mut many = 0;
        for report in &reports {
            let by_hash =
                |conn: &mut Conn| store::by_hash(conn, head.seq, &seal.lookup(&report.recipient.to_lowercase()));
            let lines = match report.person {
                Some(id) => match store::by_id(conn, head.seq, id) {
                    Err(Error::NotFound) => by_hash(conn)?,
                    found => vec![found?],
                },
                None => by_hash(conn)?,
            };
            for line in lines.iter().filter(|line| line.way == "email") {
                let changed = match report.failed {
                    true => fail(conn, head.seq, line, &report.status, now)?,
                    false => arrive(conn, line, now)?,
                };
                many += usize::from(changed);
            }
        }
        tell(conn, &head, ("affected.bounced", json!({ "count": many })), (by, now.into()))?;
        Ok(many)
    })
    .await
}

fn fail(conn: &mut Conn, incident_seq: i64, line: &Line, why: &str, now: DateTime<Utc>) -> Result<bool, Error> {
    if !matches!(line.state.as_str(), "queued" | "sent" | "delivered" | "uncertain") {
        return Ok(false);
    }
    let wave = store::waves(conn, incident_seq)?.into_iter().find(|wave| Some(wave.seq) == line.wave_seq);
    let state = store::bounced(wave.as_ref(), (line.email_hash.is_some(), line.phone_hash.is_some()), line.tried);
    let why: String = why.chars().filter(|c| !c.is_control()).take(200).collect();
    store::set_state(conn, line.seq, state, Some(&why), now)?;
    // A wave that was done has somebody left to tell by the other way.
    if let Some(mut wave) = wave.filter(|wave| state == "bounced" && wave.state == "done") {
        wave.state = "going".into();
        wave.ended_at = None;
        store::save_wave(conn, &wave)?;
    }
    Ok(true)
}

fn arrive(conn: &mut Conn, line: &Line, now: DateTime<Utc>) -> Result<bool, Error> {
    let on_the_way = matches!(line.state.as_str(), "queued" | "sent" | "uncertain");
    if on_the_way {
        store::set_state(conn, line.seq, "delivered", None, now)?;
    }
    Ok(on_the_way)
}
