//! The queries on sign-ins under way, and on whom the provider knows by which account.

use diesel::prelude::*;

use crate::account::store::{Account, Member, member};
use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::schema::{one_time_link, openid_subject, openid_try};

/// A sign-in that was sent to the provider.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = openid_try)]
pub struct Try {
    /// The hash of what the provider gives back.
    pub state_hash: String,
    /// The hash of what the browser keeps.
    pub browser_hash: String,
    /// The hash of what the identity token must hold.
    pub nonce_hash: String,
    /// What proves that whoever brings the code has begun the sign-in (RFC 7636).
    pub verifier: String,
    /// The page to go on to.
    pub next: String,
    /// When it is too late to come back.
    pub expires_at: Instant,
}

/// Whom the provider knows by which account.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = openid_subject)]
pub struct Subject {
    /// Who vouches.
    pub issuer: String,
    /// The provider's own name for the person.
    pub subject: String,
    /// The account here.
    pub account_id: Id,
    /// Whether the groups decide the roles; else an administrator does.
    pub governs_roles: bool,
    /// When the two were tied together.
    pub linked_at: Instant,
}

/// Stores a new try and sweeps away those that came too late.
pub fn begin(conn: &mut Conn, new: &Try, now: Instant) -> Result<(), Error> {
    diesel::delete(openid_try::table.filter(openid_try::expires_at.le(now))).execute(conn)?;
    diesel::insert_into(openid_try::table).values(new).execute(conn)?;
    Ok(())
}

/// Takes a try out, so that nobody takes it again.
pub fn take(conn: &mut Conn, state_hash: &str) -> Result<Option<Try>, Error> {
    let found = openid_try::table.find(state_hash).select(Try::as_select()).first(conn).optional()?;
    let taken = diesel::delete(openid_try::table.find(state_hash)).execute(conn)?;
    Ok(found.filter(|_| taken == 1))
}

/// Finds the account that the provider knows somebody by.
pub fn by_subject(conn: &mut Conn, issuer: &str, subject: &str) -> Result<Option<(Subject, Member)>, Error> {
    let found: Option<Subject> =
        openid_subject::table.find((issuer, subject)).select(Subject::as_select()).first(conn).optional()?;
    let Some(found) = found else { return Ok(None) };
    Ok(member(conn, found.account_id)?.map(|member| (found, member)))
}

/// Ties an account to the provider's name for the person.
pub fn link(conn: &mut Conn, new: &Subject) -> Result<(), Error> {
    diesel::insert_into(openid_subject::table).values(new).execute(conn)?;
    Ok(())
}

/// Whether the provider knows somebody by this account already.
pub fn is_linked(conn: &mut Conn, account_id: Id) -> Result<bool, Error> {
    let known = openid_subject::table.filter(openid_subject::account_id.eq(account_id));
    Ok(diesel::select(diesel::dsl::exists(known)).get_result(conn)?)
}

/// Whether the groups decide the roles of this account.
pub fn is_governed(conn: &mut Conn, account_id: Id) -> Result<bool, Error> {
    let known = openid_subject::table.filter(openid_subject::account_id.eq(account_id));
    let governing = known.filter(openid_subject::governs_roles.eq(true));
    Ok(diesel::select(diesel::dsl::exists(governing)).get_result(conn)?)
}

/// Every account that the provider knows somebody by, and whether the groups decide its roles.
pub fn linked(conn: &mut Conn) -> Result<Vec<(Id, bool)>, Error> {
    Ok(openid_subject::table.select((openid_subject::account_id, openid_subject::governs_roles)).load(conn)?)
}

/// Uses up the open invitation of an account; answers false when there is none.
pub fn use_invitation(conn: &mut Conn, of: &Account, now: Instant) -> Result<bool, Error> {
    let open = one_time_link::table
        .filter(one_time_link::account_id.eq(of.id))
        .filter(one_time_link::used_at.is_null())
        .filter(one_time_link::expires_at.gt(now));
    Ok(diesel::update(open).set(one_time_link::used_at.eq(Some(now))).execute(conn)? > 0)
}
