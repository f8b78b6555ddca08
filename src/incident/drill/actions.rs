//! Making a drill, and turning its clock.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use chrono_tz::Europe::Oslo;
use serde_json::json;

use super::{FACTORS, INJECTS, Inject, LAST_MINUTE, Setup, Span, store};
use crate::db::{Conn, Db, Id, Instant};
use crate::error::{Error, FieldError};
use crate::incident::actions::{log_as, words};
use crate::incident::record::{line, save_head, take_open};
use crate::incident::store::{Head, People, next_update};
use crate::law::{Fact, Facts};

/// Logs an incident as a drill, which it stays. Where the facts do not say since when we know, it is the beginning.
///
/// # Errors
/// What is wrong with the facts or the setup.
pub async fn begin(db: &Db, by: Id, facts: Facts, setup: Setup, now: DateTime<Utc>) -> Result<Head, Error> {
    let factor = setup.factor.unwrap_or(1);
    let mut wrong = Vec::new();
    if !(1..=*FACTORS.end()).contains(&factor) {
        wrong.push(factor_fault(i64::from(factor), 1));
    }
    let injects = checked(&setup.injects, &mut wrong);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let here = setup.begins.map_or(now, Instant::utc);
    let facts = match facts.time(Fact::KnownAt) {
        Some(_) => facts,
        None => facts
            .patched(&json!({ "timeline": { "known_at": Instant::from(here) } }))
            .map_err(crate::incident::refuse)?,
    };
    let span = Span { real: now, here, factor };
    db.write(move |conn| begin_in(conn, by, (facts.clone(), &setup), (span, &injects))).await
}

fn begin_in(
    conn: &mut Conn,
    by: Id,
    (facts, setup): (Facts, &Setup),
    (span, injects): (Span, &[Inject]),
) -> Result<Head, Error> {
    let people = People::all(conn)?;
    let mut who = setup.participants.clone();
    who.push(by);
    who.sort_unstable();
    who.dedup();
    let strange = |id: &&Id| **id != by && !people.may_read(**id, by);
    if let Some(strange) = who.iter().find(strange) {
        let fault = FieldError::new("participants", "reader_unknown").with("given", strange.to_string());
        return Err(Error::Invalid(vec![fault]));
    }
    let reference = store::next_reference(conn, span.real.with_timezone(&Oslo).year())?;
    let head = log_as(conn, Head::new(reference, by, span.real).on(span), facts, span.real)?;
    let shows = |inject: &Inject| {
        let at = span.here + TimeDelta::minutes(i64::from(inject.minute));
        (inject.clone(), Instant::from(at))
    };
    let injects: Vec<_> = injects.iter().map(shows).collect();
    store::insert(conn, head.seq, (setup.channels, &who), &injects, (by, span.real))?;
    store::turn(conn, &head, span, by)?;
    let names: Vec<String> = people.named(&who).into_iter().map(|(_, name)| name).collect();
    let payload =
        json!({ "factor": span.factor, "participants": names, "channels": setup.channels, "injects": injects.len() });
    line(conn, &head, ("drill.begun", payload), (Some(by), span.real.into()))?;
    Ok(head)
}

/// Lets the clock of a drill stand still that is closed, and nothing more be said of it; and run again where it goes on.
pub(in crate::incident) fn end(
    conn: &mut Conn,
    head: Head,
    is_over: bool,
    (by, now): (Id, DateTime<Utc>),
) -> Result<Head, Error> {
    let span = Span { real: now, here: head.here(now), factor: u32::from(!is_over) };
    let head = head.runs(span);
    store::turn(conn, &head, span, by)?;
    if is_over {
        store::silence(conn, head.seq)?;
    }
    Ok(head)
}

fn factor_fault(given: i64, least: u32) -> FieldError {
    FieldError::new("factor", "outside_range").with("given", given).with("from", least).with("to", *FACTORS.end())
}

fn checked(injects: &[Inject], wrong: &mut Vec<FieldError>) -> Vec<Inject> {
    if injects.len() > INJECTS {
        wrong.push(FieldError::new("injects", "too_many_injects").with("max", INJECTS).with("given", injects.len()));
        return Vec::new();
    }
    let mut all = Vec::new();
    for (at, inject) in injects.iter().enumerate() {
        if inject.minute > LAST_MINUTE {
            let fault = FieldError::new(format!("injects[{at}].minute"), "outside_range");
            wrong.push(fault.with("given", inject.minute).with("from", 0).with("to", LAST_MINUTE));
        }
        match words(&format!("injects[{at}].words"), &inject.words, 2_000) {
            Ok(words) => all.push(Inject { minute: inject.minute, words }),
            Err(why) => wrong.extend_from_slice(why.fields()),
        }
    }
    all.sort_by_key(|inject| inject.minute);
    all
}

/// Lets the clock of a drill run so many times as fast from now on; nought lets it stand still.
///
/// # Errors
/// When it is no drill, it is over, or no clock runs that fast.
pub async fn turn(db: &Db, by: Id, key: String, factor: i64, now: DateTime<Utc>) -> Result<Head, Error> {
    let Some(factor) = u32::try_from(factor).ok().filter(|factor| FACTORS.contains(factor)) else {
        return Err(Error::Invalid(vec![factor_fault(factor, 0)]));
    };
    db.write(move |conn| {
        let head = take_open(conn, by, &key, None)?.head;
        if !head.is_drill() {
            return Err(Error::conflict("not-a-drill"));
        }
        let was = head.clock();
        if was.factor() == factor {
            return Ok(head);
        }
        let span = Span { real: now, here: was.at(now), factor };
        let mut head = head.runs(span);
        head.version += 1;
        head.updated_at = next_update(conn, now)?;
        // What time alone changes is looked at by the new clock.
        head.holds_until = Some(now.into());
        save_head(conn, &head)?;
        store::turn(conn, &head, span, by)?;
        let payload = json!({ "from": was.factor(), "to": factor });
        line(conn, &head, ("drill.clock", payload), (Some(by), now.into()))?;
        Ok(head)
    })
    .await
}
