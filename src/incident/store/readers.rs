//! The readers of a case that is for named people only.

use diesel::prelude::*;

use crate::db::{Conn, Id};
use crate::error::Error;
use crate::schema::incident_reader;

/// Who is named, whether they are still here or not; nobody where everybody may read the case.
pub fn readers(conn: &mut Conn, seq: i64) -> Result<Vec<Id>, Error> {
    let of = incident_reader::table.filter(incident_reader::incident_seq.eq(seq));
    Ok(of.order(incident_reader::account_id).select(incident_reader::account_id).load(conn)?)
}

/// Names these and no others.
pub(in crate::incident) fn set_readers(conn: &mut Conn, seq: i64, named: &[Id]) -> Result<(), Error> {
    use incident_reader as r;
    diesel::delete(r::table.filter(r::incident_seq.eq(seq))).execute(conn)?;
    for id in named {
        diesel::insert_into(r::table).values((r::incident_seq.eq(seq), r::account_id.eq(id))).execute(conn)?;
    }
    Ok(())
}
