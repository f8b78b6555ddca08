//! The queries on accounts, sessions and one-time links.

use diesel::prelude::*;

use super::Role;
use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::schema::{account, half_sign_in, one_time_link, session};

mod people;
mod sight;

pub use sight::{InSight, in_sight};
mod signing;
pub use signing::{
    Factor, Half, begin_half, company, confirm_factor, count_try, drop_factor, end_half, end_others, factor,
    factor_place, half, new_factor, put_recovery, recovery_left, reseal_factors, rules, save_rules, sessions,
    use_recovery, use_step,
};
pub mod passkeys;
pub mod tokens;

pub use people::{Member, change, come_back, everybody, leave, member, members, roles, set_roles};

/// An account as it is stored.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = account)]
pub struct Account {
    /// Its inner name.
    pub id: Id,
    /// Lower case.
    pub email: String,
    /// As shown to others.
    pub name: String,
    /// The argon2id text; empty until a password is chosen.
    pub password_hash: String,
    /// nb, nn or en.
    pub language: String,
    /// When it was made.
    pub created_at: Instant,
    /// Where to reach the person by text message, as E.164.
    pub phone: Option<String>,
    /// Since when the person is gone.
    pub left_at: Option<Instant>,
}

/// The hash of the password is nobody's business in a log.
impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}

impl Account {
    /// Whether the person has chosen a password yet.
    pub fn has_password(&self) -> bool {
        !self.password_hash.is_empty()
    }

    /// Whether the person may sign in, given the right password.
    pub fn may_sign_in(&self) -> bool {
        self.has_password() && self.left_at.is_none()
    }
}

/// A session as it is stored, without its secret.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = session)]
pub struct Session {
    /// The hash of the secret in the cookie.
    pub token_hash: String,
    /// Whose it is.
    pub account_id: Id,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, to the minute.
    pub last_seen_at: Instant,
    /// Where it began.
    pub address: String,
    /// In which browser, in a few words.
    pub browser: String,
    /// Whether it was begun with a passkey.
    pub by_passkey: bool,
}

/// A link that works once.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = one_time_link)]
pub struct Link {
    /// The hash of the secret in the address.
    pub token_hash: String,
    /// Whose password it sets; none for the first administrator.
    pub account_id: Option<Id>,
    /// When it was made.
    pub created_at: Instant,
    /// When it dies unused.
    pub expires_at: Instant,
    /// When it was used.
    pub used_at: Option<Instant>,
}

/// Finds an account by its e-mail, in lower case.
pub fn by_email(conn: &mut Conn, email: &str) -> Result<Option<Account>, Error> {
    Ok(account::table.filter(account::email.eq(email)).select(Account::as_select()).first(conn).optional()?)
}

/// Finds an account.
pub fn by_id(conn: &mut Conn, id: Id) -> Result<Option<Account>, Error> {
    Ok(account::table.find(id).select(Account::as_select()).first(conn).optional()?)
}

/// Stores a new account with its roles.
pub fn insert(conn: &mut Conn, new: &Account, roles: &[Role]) -> Result<(), Error> {
    diesel::insert_into(account::table).values(new).execute(conn)?;
    set_roles(conn, new.id, roles)
}

/// Gives an account another password; sessions, links and what waits for a code by the old one end.
pub fn set_password(conn: &mut Conn, id: Id, hash: &str) -> Result<(), Error> {
    diesel::update(account::table.find(id)).set(account::password_hash.eq(hash)).execute(conn)?;
    kill_links(conn, Some(id))?;
    end_sessions(conn, id)
}

/// Gives an account another language.
pub fn set_language(conn: &mut Conn, id: Id, language: &str) -> Result<(), Error> {
    diesel::update(account::table.find(id)).set(account::language.eq(language)).execute(conn)?;
    Ok(())
}

/// Finds a session and its account by the hash of the secret.
pub fn session(conn: &mut Conn, token_hash: &str) -> Result<Option<(Session, Account)>, Error> {
    Ok(session::table
        .inner_join(account::table)
        .filter(session::token_hash.eq(token_hash))
        .filter(account::left_at.is_null())
        .select((Session::as_select(), Account::as_select()))
        .first(conn)
        .optional()?)
}

/// Stores a new session and sweeps away those that are too old to be of use.
pub fn begin_session(conn: &mut Conn, new: &Session, too_old: Instant) -> Result<(), Error> {
    diesel::delete(session::table.filter(session::created_at.lt(too_old))).execute(conn)?;
    diesel::insert_into(session::table).values(new).execute(conn)?;
    Ok(())
}

/// Notes that a session was used.
pub fn seen(conn: &mut Conn, token_hash: &str, at: Instant) -> Result<(), Error> {
    diesel::update(session::table.find(token_hash)).set(session::last_seen_at.eq(at)).execute(conn)?;
    Ok(())
}

/// Ends one session, and answers whose it was.
pub fn end_session(conn: &mut Conn, token_hash: &str) -> Result<Option<Id>, Error> {
    let whose = session::table.find(token_hash).select(session::account_id).first(conn).optional()?;
    diesel::delete(session::table.find(token_hash)).execute(conn)?;
    Ok(whose)
}

/// Ends every session of an account, and every sign-in that waits for a code.
pub fn end_sessions(conn: &mut Conn, of: Id) -> Result<(), Error> {
    diesel::delete(session::table.filter(session::account_id.eq(of))).execute(conn)?;
    diesel::delete(half_sign_in::table.filter(half_sign_in::account_id.eq(of))).execute(conn)?;
    Ok(())
}

/// Stores a link and sweeps away those that died unused.
pub fn insert_link(conn: &mut Conn, new: &Link) -> Result<(), Error> {
    let unused = one_time_link::table.filter(one_time_link::used_at.is_null());
    diesel::delete(unused.filter(one_time_link::expires_at.le(new.created_at))).execute(conn)?;
    diesel::insert_into(one_time_link::table).values(new).execute(conn)?;
    Ok(())
}

/// Kills the unused links of an account; with none, those for the first administrator.
pub fn kill_links(conn: &mut Conn, of: Option<Id>) -> Result<(), Error> {
    let unused = one_time_link::table.filter(one_time_link::used_at.is_null());
    match of {
        None => diesel::delete(unused.filter(one_time_link::account_id.is_null())).execute(conn)?,
        Some(id) => diesel::delete(unused.filter(one_time_link::account_id.eq(id))).execute(conn)?,
    };
    Ok(())
}

/// Whether an unused link of an account was made after an instant.
pub fn has_link_since(conn: &mut Conn, of: Id, since: Instant) -> Result<bool, Error> {
    let of = one_time_link::table.filter(one_time_link::account_id.eq(of)).filter(one_time_link::used_at.is_null());
    let found = of.filter(one_time_link::created_at.gt(since)).select(one_time_link::created_at);
    Ok(found.first::<Instant>(conn).optional()?.is_some())
}

/// Finds a link that still works.
pub fn live_link(conn: &mut Conn, token_hash: &str, now: Instant) -> Result<Option<(Link, Option<Account>)>, Error> {
    Ok(one_time_link::table
        .left_join(account::table)
        .filter(one_time_link::token_hash.eq(token_hash))
        .filter(one_time_link::used_at.is_null())
        .filter(one_time_link::expires_at.gt(now))
        .filter(account::left_at.nullable().is_null())
        .select((Link::as_select(), Option::<Account>::as_select()))
        .first(conn)
        .optional()?)
}

/// Marks a link as used; answers false when somebody was quicker.
pub fn use_link(conn: &mut Conn, token_hash: &str, now: Instant) -> Result<bool, Error> {
    let unused = one_time_link::table.find(token_hash).filter(one_time_link::used_at.is_null());
    Ok(diesel::update(unused).set(one_time_link::used_at.eq(now)).execute(conn)? == 1)
}
