//! The queries on tokens of programs, and on machines: accounts that have nothing else to get in by.

use diesel::prelude::*;

use super::{Account, Member, insert, roles};
use crate::account::Role;
use crate::db::{Conn, Id, Instant, Json};
use crate::error::Error;
use crate::schema::{account, api_token, calendar_token, machine};

/// A token as it is stored, without its secret.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = api_token)]
pub struct ApiToken {
    /// Its inner name.
    pub id: Id,
    /// Whose it is.
    pub account_id: Id,
    /// What it is for, in the words of whoever made it.
    pub name: String,
    /// The hash of the secret.
    pub token_hash: String,
    /// The words of the rights it may use.
    pub scopes: Json,
    /// Who made it; nobody where the command line did.
    pub made_by: Option<Id>,
    /// When it was made.
    pub made_at: Instant,
    /// When it dies.
    pub expires_at: Instant,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Instant>,
    /// When it was taken out of use.
    pub revoked_at: Option<Instant>,
    /// Who took it out of use.
    pub revoked_by: Option<Id>,
}

impl ApiToken {
    /// The words of the rights it may use.
    #[must_use]
    pub fn scopes(&self) -> Vec<String> {
        let words = self.scopes.0.as_array().into_iter().flatten();
        words.filter_map(|word| word.as_str().map(str::to_owned)).collect()
    }

    /// Whether it still lets anybody in.
    #[must_use]
    pub fn is_live(&self, now: chrono::DateTime<chrono::Utc>) -> bool {
        self.revoked_at.is_none() && now < self.expires_at.utc()
    }
}

/// Finds a token and its account by the hash of the secret; none whose holder has left.
pub fn api_token(conn: &mut Conn, token_hash: &str) -> Result<Option<(ApiToken, Account)>, Error> {
    Ok(api_token::table
        .inner_join(account::table.on(account::id.eq(api_token::account_id)))
        .filter(api_token::token_hash.eq(token_hash))
        .filter(account::left_at.is_null())
        .select((ApiToken::as_select(), Account::as_select()))
        .first(conn)
        .optional()?)
}

/// Finds a token by its inner name.
pub fn token_by_id(conn: &mut Conn, id: Id) -> Result<Option<ApiToken>, Error> {
    Ok(api_token::table.find(id).select(ApiToken::as_select()).first(conn).optional()?)
}

/// Every token of an account, the newest first.
pub fn tokens_of(conn: &mut Conn, of: Id) -> Result<Vec<ApiToken>, Error> {
    let all = api_token::table.filter(api_token::account_id.eq(of));
    Ok(all.order((api_token::made_at.desc(), api_token::id.desc())).select(ApiToken::as_select()).load(conn)?)
}

/// Every token there is with its holder, the newest first.
pub fn all_tokens(conn: &mut Conn) -> Result<Vec<(ApiToken, Account)>, Error> {
    let all = api_token::table.inner_join(account::table.on(account::id.eq(api_token::account_id)));
    let newest = all.order((api_token::made_at.desc(), api_token::id.desc()));
    Ok(newest.select((ApiToken::as_select(), Account::as_select())).load(conn)?)
}

/// Stores a new token.
pub fn insert_token(conn: &mut Conn, new: &ApiToken) -> Result<(), Error> {
    diesel::insert_into(api_token::table).values(new).execute(conn)?;
    Ok(())
}

/// Notes that a token was used.
pub fn token_used(conn: &mut Conn, id: Id, at: Instant) -> Result<(), Error> {
    diesel::update(api_token::table.find(id)).set(api_token::last_used_at.eq(Some(at))).execute(conn)?;
    Ok(())
}

/// Takes a token out of use.
pub fn revoke(conn: &mut Conn, id: Id, (by, at): (Option<Id>, Instant)) -> Result<(), Error> {
    let live = api_token::table.find(id).filter(api_token::revoked_at.is_null());
    let gone = (api_token::revoked_at.eq(Some(at)), api_token::revoked_by.eq(by));
    diesel::update(live).set(gone).execute(conn)?;
    Ok(())
}

/// Takes every token of an account out of use.
pub fn revoke_all(conn: &mut Conn, of: Id, at: Instant) -> Result<(), Error> {
    let live = api_token::table.filter(api_token::account_id.eq(of)).filter(api_token::revoked_at.is_null());
    diesel::update(live).set(api_token::revoked_at.eq(Some(at))).execute(conn)?;
    Ok(())
}

/// Ends every calendar of an account.
pub fn end_calendars(conn: &mut Conn, of: Id, at: Instant) -> Result<(), Error> {
    use calendar_token as c;
    let live = c::table.filter(c::account_id.eq(of)).filter(c::ended_at.is_null());
    diesel::update(live).set(c::ended_at.eq(Some(at))).execute(conn)?;
    Ok(())
}

/// Stores a machine: an account with roles and no way to sign in.
pub fn insert_machine(conn: &mut Conn, new: &Account, roles: &[Role], by: Option<Id>) -> Result<(), Error> {
    insert(conn, new, roles)?;
    let row = (machine::account_id.eq(new.id), machine::made_by.eq(by), machine::made_at.eq(new.created_at));
    diesel::insert_into(machine::table).values(row).execute(conn)?;
    Ok(())
}

/// Whether an account is a machine's.
pub fn is_machine(conn: &mut Conn, id: Id) -> Result<bool, Error> {
    Ok(diesel::select(diesel::dsl::exists(machine::table.find(id))).get_result(conn)?)
}

/// Every machine with its roles, by name; those out of use come last.
pub fn machines(conn: &mut Conn) -> Result<Vec<Member>, Error> {
    let found = account::table.filter(account::id.eq_any(machine::table.select(machine::account_id)));
    let mut accounts: Vec<Account> = found.select(Account::as_select()).load(conn)?;
    accounts.sort_by_cached_key(|one| (one.left_at.is_some(), one.name.to_lowercase(), one.id));
    accounts
        .into_iter()
        .map(|account| Ok(Member { roles: roles(conn, account.id)?, account, linked: false, governed: false }))
        .collect()
}
