//! The queries on people: who is here, in which roles, and who has left.

use diesel::prelude::*;

use super::{Account, end_sessions, kill_links};
use crate::account::Role;
use crate::account::person::Change;
use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::openid::store as openid;
use crate::schema::{account, account_role, machine};

/// A person and the roles they have.
#[derive(Clone, Debug)]
pub struct Member {
    /// The account.
    pub account: Account,
    /// In the order of [`Role::ALL`].
    pub roles: Vec<Role>,
    /// Whether the person can sign in by the company's identity provider.
    pub linked: bool,
    /// Whether the groups there decide the roles.
    pub governed: bool,
}

/// The roles of an account.
pub fn roles(conn: &mut Conn, of: Id) -> Result<Vec<Role>, Error> {
    let held = account_role::table.filter(account_role::account_id.eq(of)).select(account_role::role);
    let words: Vec<String> = held.load(conn)?;
    Ok(in_order(words.iter().map(String::as_str)))
}

fn in_order<'a>(words: impl Iterator<Item = &'a str>) -> Vec<Role> {
    let mut roles: Vec<Role> = words.filter_map(Role::parse).collect();
    roles.sort_unstable();
    roles
}

/// Everybody with a role, by name; nobody who has left, and no machine.
pub fn members(conn: &mut Conn, role: Role) -> Result<Vec<Account>, Error> {
    let holding = account_role::table.filter(account_role::role.eq(role.word())).select(account_role::account_id);
    let here = account::table.filter(account::left_at.is_null()).filter(account::id.eq_any(holding));
    let here = here.filter(account::id.ne_all(machine::table.select(machine::account_id)));
    let mut found: Vec<Account> = here.select(Account::as_select()).load(conn)?;
    found.sort_by_cached_key(by_name);
    Ok(found)
}

/// Everybody with their roles, by name; who has left comes last.
pub fn everybody(conn: &mut Conn) -> Result<Vec<Member>, Error> {
    let people = account::table.filter(account::id.ne_all(machine::table.select(machine::account_id)));
    let mut accounts: Vec<Account> = people.select(Account::as_select()).load(conn)?;
    let held: Vec<(Id, String)> =
        account_role::table.select((account_role::account_id, account_role::role)).load(conn)?;
    accounts.sort_by_cached_key(|account| (account.left_at.is_some(), by_name(account)));
    let of = |id: Id| in_order(held.iter().filter(|(whose, _)| *whose == id).map(|(_, word)| word.as_str()));
    let known = openid::linked(conn)?;
    let member = |account: Account| Member {
        roles: of(account.id),
        linked: known.iter().any(|(id, _)| *id == account.id),
        governed: known.contains(&(account.id, true)),
        account,
    };
    Ok(accounts.into_iter().map(member).collect())
}

/// The database's own order differs from engine to engine.
fn by_name(account: &Account) -> (String, Id) {
    (account.name.to_lowercase(), account.id)
}

/// Finds one person; a machine is none.
pub fn member(conn: &mut Conn, id: Id) -> Result<Option<Member>, Error> {
    if super::tokens::is_machine(conn, id)? {
        return Ok(None);
    }
    let Some(account) = super::by_id(conn, id)? else { return Ok(None) };
    let (linked, governed) = (openid::is_linked(conn, id)?, openid::is_governed(conn, id)?);
    Ok(Some(Member { roles: roles(conn, id)?, account, linked, governed }))
}

/// Gives an account these roles and no others.
pub fn set_roles(conn: &mut Conn, of: Id, roles: &[Role]) -> Result<(), Error> {
    diesel::delete(account_role::table.filter(account_role::account_id.eq(of))).execute(conn)?;
    for role in roles {
        let row = (account_role::account_id.eq(of), account_role::role.eq(role.word()));
        diesel::insert_into(account_role::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Writes what is to change about a person.
pub fn change(conn: &mut Conn, id: Id, change: &Change) -> Result<(), Error> {
    if let Some(name) = &change.name {
        diesel::update(account::table.find(id)).set(account::name.eq(name)).execute(conn)?;
    }
    if let Some(phone) = &change.phone {
        diesel::update(account::table.find(id)).set(account::phone.eq(phone)).execute(conn)?;
    }
    if let Some(lang) = change.lang {
        super::set_language(conn, id, lang.code())?;
    }
    if let Some(roles) = &change.roles {
        set_roles(conn, id, roles)?;
    }
    Ok(())
}

/// Lets somebody go: their password, passkeys, sessions, tokens and unused links are gone from now on.
pub fn leave(conn: &mut Conn, id: Id, at: Instant) -> Result<(), Error> {
    let gone = (account::left_at.eq(Some(at)), account::password_hash.eq(""));
    diesel::update(account::table.find(id)).set(gone).execute(conn)?;
    kill_links(conn, Some(id))?;
    super::passkeys::drop_all(conn, id)?;
    super::tokens::revoke_all(conn, id, at)?;
    super::tokens::end_calendars(conn, id, at)?;
    end_sessions(conn, id)
}

/// Takes somebody back who had left.
pub fn come_back(conn: &mut Conn, id: Id) -> Result<(), Error> {
    diesel::update(account::table.find(id)).set(account::left_at.eq(None::<Instant>)).execute(conn)?;
    Ok(())
}
