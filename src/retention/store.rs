//! The queries on what is kept for how long: what was chosen, what is held back, and what has been done today.

mod sweeps;

/// The condition that a column names an incident whose time is over: it is closed, was last closed before an instant, and
/// is not held back. A sweep puts this into its own query: `expired!("message.incident_seq", before)`.
macro_rules! expired {
    ($column:literal, $before:expr) => {
        diesel::dsl::sql::<diesel::sql_types::Bool>(concat!(
            $column,
            " IN (SELECT incident.seq FROM incident WHERE incident.status = 'closed' \
              AND coalesce((SELECT hold.what FROM hold WHERE hold.incident_seq = incident.seq \
              ORDER BY hold.seq DESC LIMIT 1), '') <> 'held' \
              AND NOT EXISTS (SELECT 1 FROM closure WHERE closure.incident_seq = incident.seq AND closure.at >= "
        ))
        .bind::<$crate::db::InstantText, _>($before)
        .sql("))")
    };
}
pub(crate) use expired;

mod files;
mod talk;

use diesel::prelude::*;
use diesel::sql_types::Bool;

pub use sweeps::{
    accounts_due, affected_due, blank, messages_due, remove_accounts, remove_affected, remove_messages, remove_traces,
    strip, traces_due,
};

pub use files::{attachments_due, remove_attachments, remove_reports, reports_due};
pub use talk::{comments_due, remove_comments, remove_tasks, tasks_due};

use super::{Due, Keeping, Removed};
use crate::account::Sight;
use crate::account::store::in_sight;
use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::schema::{account, closure, hold, incident, keeping_version, occasion};

/// What holds, and its version: 0 until somebody has saved.
pub fn keeping(conn: &mut Conn) -> Result<(i32, Keeping), Error> {
    use keeping_version as k;
    let latest = k::table.order(k::version.desc()).select((k::version, k::keeping));
    let Some((version, kept)) = latest.first::<(i32, crate::db::Json)>(conn).optional()? else {
        return Ok((0, Keeping::default()));
    };
    Ok((version, serde_json::from_value(kept.0).map_err(Error::internal)?))
}

/// The reference of each of these incidents, and when it was last closed.
pub fn closings(conn: &mut Conn, of: &[i64]) -> Result<Vec<(i64, String, Instant)>, Error> {
    let references: Vec<(i64, String)> = incident::table
        .filter(incident::seq.eq_any(of.to_vec()))
        .select((incident::seq, incident::reference))
        .load(conn)?;
    let closed: Vec<(i64, Instant)> = closure::table
        .filter(closure::incident_seq.eq_any(of.to_vec()))
        .order(closure::seq.desc())
        .select((closure::incident_seq, closure::at))
        .load(conn)?;
    let last = |seq: i64| closed.iter().find(|(of, _)| *of == seq).map(|(_, at)| *at);
    Ok(references.into_iter().filter_map(|(seq, reference)| Some((seq, reference, last(seq)?))).collect())
}

/// What is due of these incidents, each with how many rows.
fn due(conn: &mut Conn, counted: &[(i64, i64)]) -> Result<Vec<Due>, Error> {
    let seqs: Vec<i64> = counted.iter().map(|(seq, _)| *seq).collect();
    let rows = |seq: i64| counted.iter().find(|(of, _)| *of == seq).map_or(0, |(_, rows)| *rows);
    let due = |(seq, reference, since)| Due { incident: Some((seq, reference)), since, rows: rows(seq) };
    Ok(closings(conn, &seqs)?.into_iter().map(due).collect())
}

/// How many rows there are of each incident; a row is its number and that of its incident.
fn counted(rows: &[(i64, i64)]) -> Removed {
    let mut removed = std::collections::BTreeMap::<Option<i64>, i64>::new();
    for (_, incident_seq) in rows {
        *removed.entry(Some(*incident_seq)).or_default() += 1;
    }
    removed.into_iter().collect()
}

/// An incident that is held back: reference, why, by whom and since when.
pub type Held = (String, String, String, Instant);

/// Every incident that is held back and seen, the latest first.
pub fn holds(conn: &mut Conn, sight: Sight) -> Result<Vec<Held>, Error> {
    let last = "hold.seq = (SELECT max(later.seq) FROM hold later WHERE later.incident_seq = hold.incident_seq)";
    let held = hold::table
        .inner_join(incident::table)
        .inner_join(account::table.on(account::id.eq(hold::by_account)))
        .filter(hold::what.eq("held"))
        .filter(diesel::dsl::sql::<Bool>(last))
        .filter(in_sight(sight));
    let columns = (incident::reference, hold::reason, account::name, hold::at);
    Ok(held.order(hold::seq.desc()).select(columns).load(conn)?)
}

/// Whether an incident is held back.
pub fn is_held(conn: &mut Conn, incident_seq: i64) -> Result<bool, Error> {
    let latest = hold::table.filter(hold::incident_seq.eq(incident_seq)).order(hold::seq.desc()).select(hold::what);
    Ok(latest.first::<String>(conn).optional()?.is_some_and(|what| what == "held"))
}

/// Writes down that an incident is held back, or no longer.
pub fn insert_hold(
    conn: &mut Conn,
    incident_seq: i64,
    (what, reason): (&str, &str),
    (by, at): (Id, Instant),
) -> Result<(), Error> {
    use hold as h;
    let row = (h::incident_seq.eq(incident_seq), h::what.eq(what), h::reason.eq(reason), h::by_account.eq(by));
    diesel::insert_into(h::table).values((row, h::at.eq(at))).execute(conn)?;
    Ok(())
}

/// Stores what was chosen as the next version.
pub fn insert_keeping(conn: &mut Conn, version: i32, keeping: &Keeping, (by, at): (Id, Instant)) -> Result<(), Error> {
    use keeping_version as k;
    let kept = crate::db::Json(serde_json::to_value(keeping).map_err(Error::internal)?);
    let row = (k::version.eq(version), k::keeping.eq(kept), k::by_account.eq(by), k::at.eq(at));
    diesel::insert_into(k::table).values(row).execute(conn)?;
    Ok(())
}

/// Whether what comes round by the calendar has been done this time.
pub fn was_done(conn: &mut Conn, name: &str, period: &str) -> Result<bool, Error> {
    let found = occasion::table.find((name, period)).select(occasion::at);
    Ok(found.first::<Instant>(conn).optional()?.is_some())
}

/// Marks what comes round by the calendar as done this time.
pub fn mark_done(conn: &mut Conn, name: &str, period: &str, at: Instant) -> Result<(), Error> {
    if !was_done(conn, name, period)? {
        let row = (occasion::name.eq(name), occasion::period.eq(period), occasion::at.eq(at));
        diesel::insert_into(occasion::table).values(row).execute(conn)?;
    }
    Ok(())
}
