//! Waves: written, approved as they stand, let go, held, and taken up again.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;

use super::{open, tell, words};
use crate::affected::store::{self, Wave};
use crate::affected::{Circle, Person, Texts, WAYS, check_texts, key_of};
use crate::db::{Conn, Db, Id};
use crate::error::{Error, FieldError};
use crate::i18n::{self, Lang};
use crate::incident::Settings;
use crate::incident::store::Head;
use crate::law::question::TELLING;
use crate::outbox::store::resend_all;
use crate::seal::Seal;

const RATES: std::ops::RangeInclusive<i32> = 1..=60_000;

/// A wave as somebody writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entry {
    /// What people call it.
    pub name: String,
    /// The duty it meets.
    pub duty: String,
    /// Whom it tells.
    pub chosen: Circle,
    /// What it says.
    pub texts: Texts,
    /// `email` or `sms`: the way that is tried first.
    pub first: String,
    /// Whether the other way is tried when the first fails.
    pub both: bool,
    /// At most so many messages a minute.
    pub rate: i32,
}

impl Default for Entry {
    fn default() -> Self {
        Self {
            name: String::new(),
            duty: "gdpr-34-subjects".into(),
            chosen: Circle::default(),
            texts: Texts::default(),
            first: "email".into(),
            both: true,
            rate: 6_000,
        }
    }
}

impl Entry {
    fn check(&self) -> Result<(), Error> {
        words("name", &self.name, 120)?;
        let choice = |path: &str, given: &str, choices: &[&str]| {
            let fault = FieldError::new(path, "wrong_choice").with("given", given);
            if choices.contains(&given) {
                Ok(())
            } else {
                Err(Error::Invalid(vec![fault.with("choices", choices.to_vec())]))
            }
        };
        choice("duty", &self.duty, TELLING)?;
        choice("first", &self.first, &WAYS)?;
        if !RATES.contains(&self.rate) {
            return Err(Error::field("rate", "affected_rate"));
        }
        if self.texts.is_empty() { Ok(()) } else { check_texts(&self.texts, &self.first, self.both) }
    }
}

/// Makes a wave.
///
/// # Errors
/// When it is not written as it must be.
pub async fn make(db: &Db, key: String, entry: Entry, (by, now): (Id, DateTime<Utc>)) -> Result<Wave, Error> {
    entry.check()?;
    db.write(move |conn| {
        let head = open(conn, by, &key)?;
        let (name, duty) = (entry.name.trim(), entry.duty.as_str());
        let how = (entry.first.as_str(), entry.both);
        let mut wave = store::new_wave(conn, head.seq, (name, duty, entry.rate), how, (by, head.here(now).into()))?;
        wave.say(&entry.chosen, &entry.texts);
        store::save_wave(conn, &wave)?;
        tell(conn, &head, ("wave.made", json!({ "wave": wave.id, "name": wave.name })), (by, now.into()))?;
        Ok(wave)
    })
    .await
}

/// Writes a wave anew that does not go; what was approved before is approved no longer.
///
/// # Errors
/// When it goes or has gone.
pub async fn change(
    db: &Db,
    (key, id): (String, Id),
    entry: Entry,
    (by, now): (Id, DateTime<Utc>),
) -> Result<Wave, Error> {
    entry.check()?;
    db.write(move |conn| {
        let (head, mut wave) = wave(conn, by, &key, id)?;
        if !matches!(wave.state.as_str(), "draft" | "paused") {
            return Err(Error::conflict("wave-goes"));
        }
        let before = wave.digest.clone();
        (wave.name, wave.duty_id) = (entry.name.trim().to_owned(), entry.duty.clone());
        (wave.first_way, wave.both_ways, wave.rate) = (entry.first.clone(), entry.both, entry.rate);
        wave.say(&entry.chosen, &entry.texts);
        if wave.digest != before {
            wave.edited_by = by;
        }
        store::save_wave(conn, &wave)?;
        tell(conn, &head, ("wave.changed", json!({ "wave": wave.id, "name": wave.name })), (by, now.into()))?;
        Ok(wave)
    })
    .await
}

fn wave(conn: &mut Conn, by: Id, key: &str, id: Id) -> Result<(Head, Wave), Error> {
    let head = open(conn, by, key)?;
    let wave = store::find_wave(conn, head.seq, id)?;
    Ok((head, wave))
}

/// Approves a wave as it was seen. Where the company wants four eyes, nobody approves their own.
///
/// # Errors
/// When it has been changed since, says nothing yet, or is one's own.
pub async fn approve(
    db: &Db,
    (key, id): (String, Id),
    seen: String,
    (by, now): (Id, DateTime<Utc>),
) -> Result<(), Error> {
    db.write(move |conn| {
        let (head, wave) = wave(conn, by, &key, id)?;
        check_texts(&wave.texts(), &wave.first_way, wave.both_ways)?;
        if wave.digest != seen {
            return Err(Error::conflict("wave-changed"));
        }
        if wave.edited_by == by && Settings::load(conn)?.company.four_eyes {
            return Err(Error::conflict("wave-own"));
        }
        store::approve(conn, &wave, (by, head.here(now).into()))?;
        let payload = json!({ "wave": wave.id, "name": wave.name, "digest": wave.digest });
        tell(conn, &head, ("wave.approved", payload), (by, now.into()))
    })
    .await
}

/// Lets a wave go that is approved as it stands.
///
/// # Errors
/// When it is not approved, or nobody is to be told by it.
pub async fn run(db: &Db, (key, id): (String, Id), (by, now): (Id, DateTime<Utc>)) -> Result<(), Error> {
    db.write(move |conn| {
        let (head, mut wave) = wave(conn, by, &key, id)?;
        if wave.state == "going" {
            return Ok(());
        }
        if head.is_drill() {
            return Err(Error::conflict("drill-stays-inside"));
        }
        if !store::approvals(conn, wave.seq)?.iter().any(|approval| approval.digest == wave.digest) {
            return Err(Error::conflict("wave-not-approved"));
        }
        if store::decision(conn, head.seq)?.is_none_or(|decided| decided.answer == "none") {
            return Err(Error::conflict("affected-not-decided"));
        }
        wave.go(now);
        store::save_wave(conn, &wave)?;
        tell(conn, &head, ("wave.begun", json!({ "wave": wave.id, "name": wave.name })), (by, now.into()))
    })
    .await
}

/// Holds a wave; what was handed to the outbox already goes out.
///
/// # Errors
/// When there is no such wave.
pub async fn halt(db: &Db, (key, id): (String, Id), (by, now): (Id, DateTime<Utc>)) -> Result<(), Error> {
    db.write(move |conn| {
        let (head, mut wave) = wave(conn, by, &key, id)?;
        if wave.state != "going" {
            return Ok(());
        }
        wave.state = "paused".into();
        store::save_wave(conn, &wave)?;
        tell(conn, &head, ("wave.paused", json!({ "wave": wave.id, "name": wave.name })), (by, now.into()))
    })
    .await
}

/// Writes down that the letters of an approved wave were sent: whoever has a postal address is told. Answers how many.
///
/// # Errors
/// When the wave is not approved as it stands.
pub async fn posted(
    db: &Db,
    seal: &Seal,
    (key, id): (String, Id),
    (by, lang, now): (Id, Lang, DateTime<Utc>),
) -> Result<usize, Error> {
    let (seal, reason) = (seal.clone(), i18n::text(lang, "told-by-letter"));
    db.write(move |conn| {
        let (head, wave) = wave(conn, by, &key, id)?;
        if !store::approvals(conn, wave.seq)?.iter().any(|approval| approval.digest == wave.digest) {
            return Err(Error::conflict("wave-not-approved"));
        }
        let (mut after, mut many) = (0, 0);
        loop {
            let some = store::by_letter(conn, &wave, after, 1_000)?;
            let Some(last) = some.last() else { break };
            after = last.seq;
            for line in &some {
                let person = Person::open(&seal, line.id, &line.sealed).map_err(Error::internal)?;
                if !person.post.is_empty() {
                    store::posted(conn, line.seq, &reason, now)?;
                    many += 1;
                }
            }
        }
        let payload = json!({ "wave": wave.id, "name": wave.name, "count": many });
        tell(conn, &head, ("wave.posted", payload), (by, now.into()))?;
        Ok(many)
    })
    .await
}

/// Sends again to those of whom nobody knows whether they were told; the message is the same one, by its identity too.
///
/// # Errors
/// When the database fails.
pub async fn tell_again(db: &Db, key: String, (by, now): (Id, DateTime<Utc>)) -> Result<usize, Error> {
    db.write(move |conn| {
        let head = open(conn, by, &key)?;
        if head.is_drill() {
            return Err(Error::conflict("drill-stays-inside"));
        }
        let filter = store::Filter { state: Some("uncertain".into()), ..Default::default() };
        let mut many = 0;
        loop {
            let some = store::each(conn, head.seq, &filter)?;
            if some.is_empty() {
                break;
            }
            let keys: Vec<String> = some.iter().map(|line| key_of(line.id, &line.way)).collect();
            for keys in keys.chunks(500) {
                resend_all(conn, keys, now)?;
            }
            for line in &some {
                store::set_state(conn, line.seq, "queued", None, now)?;
            }
            many += some.len();
        }
        tell(conn, &head, ("affected.again", json!({ "count": many })), (by, now.into()))?;
        Ok(many)
    })
    .await
}
