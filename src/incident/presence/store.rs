//! The queries on who has a page open.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::schema::{account, presence};

/// Whoever was seen within this time has the page open.
pub const HERE: Duration = Duration::seconds(90);
/// What is older goes.
const KEPT: Duration = Duration::minutes(10);

/// When somebody was last seen on the page of a case.
pub fn seen(conn: &mut Conn, incident: i64, who: Id) -> Result<Option<Instant>, Error> {
    Ok(presence::table.find((incident, who)).select(presence::seen_at).first(conn).optional()?)
}

/// Who else has the page of a case open, by name.
pub fn others(conn: &mut Conn, incident: i64, me: Id, now: DateTime<Utc>) -> Result<Vec<(String, Instant)>, Error> {
    use presence as p;
    let here = p::table.inner_join(account::table).filter(p::incident_seq.eq(incident)).filter(p::account_id.ne(me));
    let here = here.filter(p::seen_at.gt(Instant::from(now - HERE))).filter(account::left_at.is_null());
    Ok(here.order((account::name, p::account_id)).limit(20).select((account::name, p::seen_at)).load(conn)?)
}

/// Forgets that somebody has the page of a case open.
pub(super) fn gone(conn: &mut Conn, incident: i64, who: Id) -> Result<(), Error> {
    diesel::delete(presence::table.find((incident, who))).execute(conn)?;
    Ok(())
}

/// Notes that somebody has the page of a case open, and forgets who had long ago.
pub(super) fn beat(conn: &mut Conn, incident: i64, who: Id, now: DateTime<Utc>) -> Result<(), Error> {
    use presence as p;
    let at = Instant::from(now);
    diesel::delete(p::table.filter(p::seen_at.lt(Instant::from(now - KEPT)))).execute(conn)?;
    let here = diesel::update(p::table.find((incident, who))).set(p::seen_at.eq(at)).execute(conn)?;
    if here == 0 {
        let row = (p::incident_seq.eq(incident), p::account_id.eq(who), p::seen_at.eq(at));
        diesel::insert_into(p::table).values(row).execute(conn)?;
    }
    Ok(())
}
