//! The queries on alerts: which case came of which.

use diesel::prelude::*;

use crate::db::{Conn, Instant, Json};
use crate::error::Error;
use crate::schema::{alert, incident};

/// An alert as it is stored, with the case that came of it.
#[derive(Clone, Debug, Queryable)]
pub struct Known {
    pub seq: i64,
    pub state: String,
    pub started_at: Instant,
    pub told: Json,
    pub digest: String,
    pub times: i32,
    pub reference: String,
    pub status: String,
}

/// The last case that came of an alert.
pub fn find(conn: &mut Conn, (source, key): (&str, &str)) -> Result<Option<Known>, Error> {
    use alert as a;
    let columns =
        (a::seq, a::state, a::started_at, a::told, a::digest, a::times, incident::reference, incident::status);
    let of = a::table.inner_join(incident::table).filter(a::source.eq(source)).filter(a::key.eq(key));
    Ok(of.order(a::seq.desc()).select(columns).first(conn).optional()?)
}

/// What is written of an alert.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = alert)]
pub struct Heard<'a> {
    pub state: &'a str,
    pub started_at: Instant,
    pub told: Json,
    pub digest: &'a str,
    pub times: i32,
    pub last_at: Instant,
}

/// Stores a new alert.
pub fn insert(conn: &mut Conn, (source, key, incident): (&str, &str, i64), heard: Heard<'_>) -> Result<(), Error> {
    use alert as a;
    let row = (a::source.eq(source), a::key.eq(key), a::incident_seq.eq(incident), a::first_at.eq(heard.last_at));
    diesel::insert_into(a::table).values((row, heard)).execute(conn)?;
    Ok(())
}

/// Writes what was heard of an alert that is known.
pub fn update(conn: &mut Conn, seq: i64, heard: Heard<'_>) -> Result<(), Error> {
    diesel::update(alert::table.find(seq)).set(heard).execute(conn)?;
    Ok(())
}

/// Notes that the same was heard again.
pub fn again(conn: &mut Conn, seq: i64, at: Instant) -> Result<(), Error> {
    let more = (alert::times.eq(alert::times + 1), alert::last_at.eq(at));
    diesel::update(alert::table.find(seq)).set(more).execute(conn)?;
    Ok(())
}
