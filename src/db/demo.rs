//! Whether everything in this database is made up: said once by the command that filled it, and never unsaid.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::{Conn, Instant};
use crate::error::Error;
use crate::schema::demonstration;

/// Whether this is a demonstration.
pub fn is_demo(conn: &mut Conn) -> Result<bool, Error> {
    Ok(demonstration::table.select(demonstration::id).first::<i32>(conn).optional()?.is_some())
}

/// Says that it is one, for ever.
pub fn mark_demo(conn: &mut Conn, now: DateTime<Utc>) -> Result<(), Error> {
    let row = (demonstration::id.eq(1), demonstration::at.eq(Instant::from(now)));
    diesel::insert_into(demonstration::table).values(row).execute(conn)?;
    Ok(())
}
