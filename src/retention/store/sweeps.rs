//! What goes: who the affected were, what messages say, the traces of signing in, the ways to reach those who have left.

use std::collections::BTreeMap;

use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::{closings, counted, due, expired};
use crate::affected::store as persons;
use crate::db::{Conn, Id, Instant, Json};
use crate::error::Error;
use crate::retention::{Due, Removed, Turn};
use crate::schema::{account, affected, affected_import, idempotency_key, message, one_time_link, session};

/// The end of an address that nobody has, for whoever's own was removed.
const GONE: &str = "@removed.invalid";

/// The condition of the partial index, written out so that it is used; what still waits is never touched.
fn says_something() -> diesel::expression::SqlLiteral<Bool> {
    diesel::dsl::sql("message.body <> '' AND message.state <> 'waiting'")
}

/// Messages about incidents that were closed, and those about none.
pub fn messages_due(conn: &mut Conn, before: Instant, most: i64) -> Result<Vec<Due>, Error> {
    let of_incidents = message::table.filter(says_something()).filter(expired!("message.incident_seq", before));
    let counted: Vec<(Option<i64>, i64)> = of_incidents
        .group_by(message::incident_seq)
        .order(message::incident_seq)
        .select((message::incident_seq, count_star()))
        .limit(most)
        .load(conn)?;
    let seqs: Vec<i64> = counted.iter().filter_map(|(seq, _)| *seq).collect();
    let rows = |seq: i64| counted.iter().find(|(of, _)| *of == Some(seq)).map_or(0, |(_, rows)| *rows);
    let mut all: Vec<Due> = closings(conn, &seqs)?
        .into_iter()
        .map(|(seq, reference, since)| Due { incident: Some((seq, reference)), since, rows: rows(seq) })
        .collect();
    let of_none = || {
        let none = message::table.filter(says_something()).filter(message::incident_seq.is_null());
        none.filter(message::created_at.lt(before))
    };
    let first = of_none().order(message::created_at).select(message::created_at).first(conn).optional()?;
    if let Some(since) = first {
        all.push(Due { incident: None, since, rows: of_none().count().get_result(conn)? });
    }
    Ok(all)
}

/// Takes out of messages what they say and to whom they went; that they went, when, and about what stays.
pub fn remove_messages(conn: &mut Conn, Turn { before, .. }: Turn, most: i64) -> Result<Removed, Error> {
    type Row = (i64, Id, Option<i64>);
    let columns = (message::seq, message::id, message::incident_seq);
    let of_incidents = message::table.filter(says_something()).filter(expired!("message.incident_seq", before));
    let mut rows: Vec<Row> =
        of_incidents.order((message::incident_seq, message::seq)).select(columns).limit(most).load(conn)?;
    if rows.is_empty() {
        let of_none = message::table.filter(says_something()).filter(message::incident_seq.is_null());
        rows = of_none
            .filter(message::created_at.lt(before))
            .order(message::seq)
            .select(columns)
            .limit(most)
            .load(conn)?;
    }
    let mut removed = BTreeMap::<Option<i64>, i64>::new();
    for (seq, id, incident_seq) in rows {
        blank(conn, seq, id)?;
        *removed.entry(incident_seq).or_default() += 1;
    }
    Ok(removed.into_iter().collect())
}

/// Persons affected by incidents that were closed.
pub fn affected_due(conn: &mut Conn, before: Instant, most: i64) -> Result<Vec<Due>, Error> {
    let named = affected::table.filter(affected::sealed.ne("")).filter(expired!("affected.incident_seq", before));
    let counted = named.group_by(affected::incident_seq).order(affected::incident_seq);
    let counted: Vec<(i64, i64)> = counted.select((affected::incident_seq, count_star())).limit(most).load(conn)?;
    due(conn, &counted)
}

/// Takes away who the affected were; how many they were, and where the telling of each stands, is kept.
pub fn remove_affected(conn: &mut Conn, Turn { before, .. }: Turn, most: i64) -> Result<Removed, Error> {
    let files = affected_import::table.filter(expired!("affected_import.incident_seq", before));
    let files: Vec<i64> = files.select(affected_import::incident_seq).distinct().load(conn)?;
    persons::forget_files(conn, &files)?;
    let named = affected::table.filter(affected::sealed.ne("")).filter(expired!("affected.incident_seq", before));
    let named = named.order((affected::incident_seq, affected::seq)).limit(most);
    let rows: Vec<(i64, i64)> = named.select((affected::seq, affected::incident_seq)).load(conn)?;
    let seqs: Vec<i64> = rows.iter().map(|(seq, _)| *seq).collect();
    persons::forget(conn, &seqs)?;
    Ok(counted(&rows))
}

/// Empties one message. Its key goes too, for it may name the receiver.
pub fn blank(conn: &mut Conn, seq: i64, id: Id) -> Result<(), Error> {
    use message as m;
    let said = (m::body.eq(""), m::link.eq(None::<String>), m::data.eq(Json(serde_json::json!({}))));
    let whom = (m::recipient.eq(""), m::recipient_name.eq(""), m::key.eq(format!("removed {id}")));
    diesel::update(m::table.find(seq)).set((said, whom)).execute(conn)?;
    Ok(())
}

/// Sessions, one-time links and the answers kept for repeated requests.
pub fn traces_due(conn: &mut Conn, before: Instant, _: i64) -> Result<Vec<Due>, Error> {
    let sessions = || session::table.filter(session::created_at.lt(before));
    let links = || one_time_link::table.filter(one_time_link::created_at.lt(before));
    let answers = || idempotency_key::table.filter(idempotency_key::created_at.lt(before));
    let rows: i64 = sessions().count().get_result::<i64>(conn)?
        + links().count().get_result::<i64>(conn)?
        + answers().count().get_result::<i64>(conn)?;
    let first: [Option<Instant>; 3] = [
        sessions().order(session::created_at).select(session::created_at).first(conn).optional()?,
        links().order(one_time_link::created_at).select(one_time_link::created_at).first(conn).optional()?,
        answers().order(idempotency_key::created_at).select(idempotency_key::created_at).first(conn).optional()?,
    ];
    Ok(first.into_iter().flatten().min().map(|since| Due { incident: None, since, rows }).into_iter().collect())
}

/// Deletes them. That somebody signed in stays in the audit chain, which nothing is taken out of.
pub fn remove_traces(conn: &mut Conn, Turn { before, .. }: Turn, _: i64) -> Result<Removed, Error> {
    let sessions = diesel::delete(session::table.filter(session::created_at.lt(before))).execute(conn)?;
    let links = diesel::delete(one_time_link::table.filter(one_time_link::created_at.lt(before))).execute(conn)?;
    let old = idempotency_key::table.filter(idempotency_key::created_at.lt(before));
    let all = sessions + links + diesel::delete(old).execute(conn)?;
    let all = i64::try_from(all).map_err(Error::internal)?;
    Ok(if all > 0 { vec![(None, all)] } else { Vec::new() })
}

/// Accounts of those who have left and can still be reached.
pub fn accounts_due(conn: &mut Conn, before: Instant, _: i64) -> Result<Vec<Due>, Error> {
    let left = || {
        let left = account::table.filter(account::left_at.lt(before));
        left.filter(account::email.not_like(format!("%{GONE}")))
    };
    let first: Option<Option<Instant>> =
        left().order(account::left_at).select(account::left_at).first(conn).optional()?;
    let rows = left().count().get_result(conn)?;
    Ok(first.flatten().map(|since| Due { incident: None, since, rows }).into_iter().collect())
}

/// Takes e-mail and telephone away from those who have left; the name stays with what they did and decided.
pub fn remove_accounts(conn: &mut Conn, Turn { before, .. }: Turn, most: i64) -> Result<Removed, Error> {
    let left = account::table.filter(account::left_at.lt(before)).filter(account::email.not_like(format!("%{GONE}")));
    let ids: Vec<Id> = left.order(account::left_at).select(account::id).limit(most).load(conn)?;
    for id in &ids {
        strip(conn, *id)?;
    }
    let rows = i64::try_from(ids.len()).map_err(Error::internal)?;
    Ok(if rows > 0 { vec![(None, rows)] } else { Vec::new() })
}

/// Takes e-mail and telephone away from one account.
pub fn strip(conn: &mut Conn, id: Id) -> Result<(), Error> {
    let gone = (account::email.eq(format!("{id}{GONE}")), account::phone.eq(None::<String>));
    diesel::update(account::table.find(id)).set(gone).execute(conn)?;
    Ok(())
}
