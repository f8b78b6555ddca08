//! A line in the timeline for what is done beside the facts, such as a text that is saved or approved.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

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
    let at = store::next_update(conn, now)?;
    diesel::update(incident::table.find(head.seq)).set(incident::updated_at.eq(at)).execute(conn)?;
    line(conn, head, what, (Some(by), now.into()))
}
