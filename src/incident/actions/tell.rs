//! A line in the timeline for what is done beside the facts, such as a text that is saved or approved.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use crate::audit::{self, Entry};
use crate::db::{Conn, Id};
use crate::error::Error;
use crate::incident::record::line;
use crate::incident::store::{self, Head};
use crate::schema::incident;

/// Writes what was done into the timeline and the audit chain, in the caller's transaction. The version stays: nobody's
/// form has become stale.
pub(crate) fn tell(
    conn: &mut Conn,
    head: &Head,
    what: (&str, Value),
    (by, now): (Id, DateTime<Utc>),
) -> Result<(), Error> {
    touch(conn, head, now)?;
    line(conn, head, what, (Some(by), now.into()))
}

/// Writes what was said among colleagues into the audit chain alone: the timeline is shown to the authority.
pub(crate) fn tell_beside(
    conn: &mut Conn,
    head: &Head,
    (what, detail): (&str, Value),
    (by, now): (Id, DateTime<Utc>),
) -> Result<(), Error> {
    touch(conn, head, now)?;
    audit::append(conn, &Entry { actor: Some(by), address: "", what, subject: &head.reference, detail }, now.into())
}

/// Notes that something about a case is new, for whoever asks what was updated.
pub(crate) fn touch(conn: &mut Conn, head: &Head, now: DateTime<Utc>) -> Result<(), Error> {
    let at = store::next_update(conn, now)?;
    diesel::update(incident::table.find(head.seq)).set(incident::updated_at.eq(at)).execute(conn)?;
    Ok(())
}
