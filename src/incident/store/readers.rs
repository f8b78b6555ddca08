//! The readers of a case that is for named people only.

use diesel::prelude::*;

use crate::account::right::{Right, Work};
use crate::db::{Conn, Id};
use crate::error::Error;
use crate::schema::{account, account_role, incident, incident_reader, machine};

/// How many restricted cases that nobody is left to work on are seen to in one round.
const TOGETHER: i64 = 50;

/// Who is named, whether they are still here or not; nobody where everybody may read the case.
pub fn readers(conn: &mut Conn, seq: i64) -> Result<Vec<Id>, Error> {
    let of = incident_reader::table.filter(incident_reader::incident_seq.eq(seq));
    Ok(of.order(incident_reader::account_id).select(incident_reader::account_id).load(conn)?)
}

/// Restricted cases none of whose readers may work on them any more, as when they have left.
pub fn left_alone(conn: &mut Conn) -> Result<Vec<i64>, Error> {
    let words: Vec<&str> = Work::ROLES.iter().map(|role| role.word()).collect();
    let at_work = incident_reader::table
        .inner_join(account::table)
        .inner_join(account_role::table.on(account_role::account_id.eq(incident_reader::account_id)))
        .filter(incident_reader::incident_seq.eq(incident::seq))
        .filter(account::left_at.is_null())
        .filter(account_role::role.eq_any(words))
        .filter(diesel::dsl::not(account::id.eq_any(machine::table.select(machine::account_id))));
    let alone = incident::table
        .filter(incident::restricted_at.is_not_null())
        .filter(diesel::dsl::not(diesel::dsl::exists(at_work.select(account::id))));
    Ok(alone.order(incident::seq).limit(TOGETHER).select(incident::seq).load(conn)?)
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
