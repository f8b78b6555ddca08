//! The queries on passkeys, and on what browsers were asked for one.

use diesel::prelude::*;

use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::schema::{passkey, passkey_try};

/// A passkey as it is stored.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = passkey)]
pub struct Passkey {
    /// Its inner name.
    pub id: Id,
    /// Whose.
    pub account_id: Id,
    /// What its owner calls it.
    pub name: String,
    /// What the device calls it.
    pub credential_id: String,
    /// What its signatures are checked with.
    pub public_key: String,
    /// What changes with use, the counter of signatures among it.
    pub state: String,
    /// The ways a browser reaches it.
    pub transports: i32,
    /// When it was added.
    pub made_at: Instant,
    /// When it was last signed in with.
    pub last_used_at: Option<Instant>,
}

/// What a browser was asked.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = passkey_try)]
pub struct Try {
    /// The hash of what the browser keeps: of the session where a key is added, else of a cookie of its own.
    pub token_hash: String,
    /// Who adds a key; none where somebody signs in.
    pub account_id: Option<Id>,
    /// The challenge, and what the answer is held against.
    pub state: String,
    /// When it is too late to answer.
    pub expires_at: Instant,
}

/// The passkeys of an account, the one added first coming first.
pub fn of(conn: &mut Conn, account_id: Id) -> Result<Vec<Passkey>, Error> {
    let own = passkey::table.filter(passkey::account_id.eq(account_id));
    Ok(own.order((passkey::made_at, passkey::id)).select(Passkey::as_select()).load(conn)?)
}

/// How many passkeys an account has.
pub fn count(conn: &mut Conn, account_id: Id) -> Result<i64, Error> {
    Ok(passkey::table.filter(passkey::account_id.eq(account_id)).count().get_result(conn)?)
}

/// Finds a passkey by what the device calls it.
pub fn by_credential(conn: &mut Conn, credential_id: &str) -> Result<Option<Passkey>, Error> {
    let found = passkey::table.filter(passkey::credential_id.eq(credential_id));
    Ok(found.select(Passkey::as_select()).first(conn).optional()?)
}

/// Stores a new passkey.
pub fn insert(conn: &mut Conn, new: &Passkey) -> Result<(), Error> {
    diesel::insert_into(passkey::table).values(new).execute(conn)?;
    Ok(())
}

/// Notes that somebody signed in with a passkey, and what changed by it.
pub fn used(conn: &mut Conn, id: Id, state: &str, at: Instant) -> Result<(), Error> {
    let now = (passkey::state.eq(state), passkey::last_used_at.eq(Some(at)));
    diesel::update(passkey::table.find(id)).set(now).execute(conn)?;
    Ok(())
}

/// Takes one passkey away.
pub fn remove(conn: &mut Conn, id: Id) -> Result<(), Error> {
    diesel::delete(passkey::table.find(id)).execute(conn)?;
    Ok(())
}

/// Takes every passkey of an account away, and what was asked for another; answers how many there were.
pub fn drop_all(conn: &mut Conn, account_id: Id) -> Result<usize, Error> {
    diesel::delete(passkey_try::table.filter(passkey_try::account_id.eq(account_id))).execute(conn)?;
    Ok(diesel::delete(passkey::table.filter(passkey::account_id.eq(account_id))).execute(conn)?)
}

/// Stores what a browser is asked, in place of what it was asked before, and sweeps away what nobody answered in time.
pub fn ask(conn: &mut Conn, new: &Try, now: Instant) -> Result<(), Error> {
    diesel::delete(passkey_try::table.filter(passkey_try::expires_at.le(now))).execute(conn)?;
    diesel::delete(passkey_try::table.find(&new.token_hash)).execute(conn)?;
    diesel::insert_into(passkey_try::table).values(new).execute(conn)?;
    Ok(())
}

/// Takes out what a browser was asked, so that nothing is answered twice.
pub fn take(conn: &mut Conn, token_hash: &str) -> Result<Option<Try>, Error> {
    let found = passkey_try::table.find(token_hash).select(Try::as_select()).first(conn).optional()?;
    let taken = diesel::delete(passkey_try::table.find(token_hash)).execute(conn)?;
    Ok(found.filter(|_| taken == 1))
}
