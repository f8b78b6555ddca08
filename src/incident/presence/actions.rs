//! Being on the page of a case.

use chrono::{DateTime, Duration, Utc};

use super::store;
use crate::account::Officer;
use crate::db::{Db, Instant};
use crate::error::Error;

/// How old a note may be before it is written anew, so that reloading costs no writing.
const FRESH: Duration = Duration::seconds(20);

/// Notes that somebody has left the page; another page of theirs that lies open says so again.
pub async fn leave(db: &Db, by: &Officer, incident: i64) -> Result<(), Error> {
    let me = by.id;
    if by.scopes.is_some() {
        return Ok(());
    }
    db.write(move |conn| store::gone(conn, incident, me)).await
}

/// Notes that somebody has the page open, and answers who else has. A program that asks is nobody on the page.
pub async fn arrive(db: &Db, by: &Officer, incident: i64, now: DateTime<Utc>) -> Result<Vec<(String, Instant)>, Error> {
    let (me, in_person) = (by.id, by.scopes.is_none());
    let (seen, others) =
        db.read(move |conn| Ok((store::seen(conn, incident, me)?, store::others(conn, incident, me, now)?))).await?;
    if in_person && seen.is_none_or(|seen| now - seen.utc() >= FRESH) {
        db.write(move |conn| store::beat(conn, incident, me, now)).await?;
    }
    Ok(others)
}
