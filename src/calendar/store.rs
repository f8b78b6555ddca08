//! The queries on the addresses of calendars, and on the deadlines they show.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use crate::account::Sight;
use crate::account::store::{self as accounts, Account};
use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::reminder::store::{Open, ending};
use crate::schema::{account, calendar_token, duty, incident};

/// The most deadlines of a feed, the nearest of them.
const MOST: i64 = 1000;
/// How far ahead a feed looks; no rule gives anybody longer.
const AHEAD: Duration = Duration::days(3650);

/// The address of a calendar as it is stored, without its secret.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_token)]
pub struct Address {
    /// Its inner name.
    pub id: Id,
    /// Whose it is.
    pub account_id: Id,
    /// What it shows.
    pub span: String,
    /// The hash of the secret.
    pub token_hash: String,
    /// When it was made.
    pub made_at: Instant,
    /// When it was last fetched, to the minute.
    pub last_used_at: Option<Instant>,
    /// When it was ended.
    pub ended_at: Option<Instant>,
}

/// The addresses of an account that work, the newest first.
pub fn of(conn: &mut Conn, who: Id) -> Result<Vec<Address>, Error> {
    use calendar_token as c;
    let live = c::table.filter(c::account_id.eq(who)).filter(c::ended_at.is_null());
    Ok(live.order((c::made_at.desc(), c::id.desc())).select(Address::as_select()).load(conn)?)
}

/// Finds an address that works and its account by the hash of the secret; none whose person has left.
pub fn by_hash(conn: &mut Conn, hash: &str) -> Result<Option<(Address, Account)>, Error> {
    use calendar_token as c;
    let live = c::table.inner_join(account::table).filter(c::token_hash.eq(hash)).filter(c::ended_at.is_null());
    let live = live.filter(account::left_at.is_null());
    Ok(live.select((Address::as_select(), Account::as_select())).first(conn).optional()?)
}

/// What an account is allowed to do, by its roles.
pub fn roles(conn: &mut Conn, who: Id) -> Result<Vec<crate::account::Role>, Error> {
    accounts::roles(conn, who)
}

pub(super) fn insert(conn: &mut Conn, new: &Address) -> Result<(), Error> {
    diesel::insert_into(calendar_token::table).values(new).execute(conn)?;
    Ok(())
}

pub(super) fn used(conn: &mut Conn, id: Id, at: Instant) -> Result<(), Error> {
    let one = calendar_token::table.find(id);
    diesel::update(one).set(calendar_token::last_used_at.eq(Some(at))).execute(conn)?;
    Ok(())
}

/// Ends an address of an account; answers whether there was one that worked.
pub(super) fn end(conn: &mut Conn, (id, of): (Id, Id), at: Instant) -> Result<bool, Error> {
    use calendar_token as c;
    let live = c::table.find(id).filter(c::account_id.eq(of)).filter(c::ended_at.is_null());
    Ok(diesel::update(live).set(c::ended_at.eq(Some(at))).execute(conn)? > 0)
}

/// The open duties in sight that have a deadline or a target, the nearest first, each with when it last changed.
pub fn deadlines(conn: &mut Conn, sight: Sight, now: DateTime<Utc>) -> Result<Vec<(Open, DateTime<Utc>)>, Error> {
    let open = ending(conn, sight, (None, now + AHEAD), MOST)?;
    with_change(conn, open)
}

/// Each duty with when it, or its incident, last changed.
pub fn with_change(conn: &mut Conn, open: Vec<Open>) -> Result<Vec<(Open, DateTime<Utc>)>, Error> {
    let seqs: Vec<i64> = open.iter().map(|duty| duty.seq).collect();
    let of = duty::table.inner_join(incident::table).filter(duty::seq.eq_any(seqs));
    let changed: Vec<(i64, Instant, Instant)> =
        of.select((duty::seq, duty::changed_at, incident::updated_at)).load(conn)?;
    let last = |seq: i64| {
        let found = changed.iter().find(|(of, ..)| *of == seq);
        found.map_or(DateTime::UNIX_EPOCH, |(_, duty, incident)| duty.utc().max(incident.utc()))
    };
    Ok(open.into_iter().map(|duty| (last(duty.seq), duty)).map(|(at, duty)| (duty, at)).collect())
}
