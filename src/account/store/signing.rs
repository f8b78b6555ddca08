//! The queries on signing in: the rules, sessions as they are listed, second factors, and sign-ins that owe a code.

use diesel::prelude::*;

use super::{Account, Session};
use crate::account::rules::Rules;
use crate::db::{Conn, Id, Instant, Json};
use crate::error::Error;
use crate::schema::{account, half_sign_in, recovery_code, second_factor, session, settings_version, sign_in_version};
use crate::seal::Seal;

/// The rules that hold, and the number of their version; the built-in ones before anybody saved others.
pub fn rules(conn: &mut Conn) -> Result<(i32, Rules), Error> {
    use sign_in_version as v;
    let latest: Option<(i32, Json)> =
        v::table.order(v::version.desc()).select((v::version, v::rules)).first(conn).optional()?;
    match latest {
        None => Ok((0, Rules::default())),
        Some((version, kept)) => Ok((version, serde_json::from_value(kept.0).map_err(Error::internal)?)),
    }
}

/// Stores the next version of the rules.
pub fn save_rules(conn: &mut Conn, version: i32, rules: &Rules, by: Id, at: Instant) -> Result<(), Error> {
    use sign_in_version as v;
    let kept = Json(serde_json::to_value(rules).map_err(Error::internal)?);
    let row = (v::version.eq(version), v::rules.eq(kept), v::by_account.eq(by), v::at.eq(at));
    diesel::insert_into(v::table).values(row).execute(conn)?;
    Ok(())
}

/// The company's name as the settings have it; empty before anybody gave one.
pub fn company(conn: &mut Conn) -> Result<String, Error> {
    use settings_version as s;
    let kept: Option<Json> = s::table.order(s::version.desc()).select(s::company).first(conn).optional()?;
    Ok(kept.and_then(|kept| kept.0["name"].as_str().map(str::to_owned)).unwrap_or_default())
}

/// The sessions of an account, the one used last first; those too old to be of use among them.
pub fn sessions(conn: &mut Conn, of: Id) -> Result<Vec<Session>, Error> {
    let own = session::table.filter(session::account_id.eq(of));
    Ok(own.order((session::last_seen_at.desc(), session::token_hash)).select(Session::as_select()).load(conn)?)
}

/// Ends every session of an account but one, and answers how many.
pub fn end_others(conn: &mut Conn, of: Id, but: &str) -> Result<usize, Error> {
    let others = session::table.filter(session::account_id.eq(of)).filter(session::token_hash.ne(but));
    Ok(diesel::delete(others).execute(conn)?)
}

/// A second factor as it is stored.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = second_factor)]
pub struct Factor {
    /// Whose.
    pub account_id: Id,
    /// The secret, sealed.
    pub sealed_secret: String,
    /// When a first code showed that the telephone has it.
    pub confirmed_at: Option<Instant>,
    /// The step of the last code that was used.
    pub last_step: i64,
}

/// Where the secret of an account's second factor is sealed for.
pub fn factor_place(of: Id) -> String {
    format!("second factor {of}")
}

/// Seals every second factor anew; answers how many were changed.
pub fn reseal_factors(conn: &mut Conn, (old, new): (&Seal, &Seal)) -> Result<usize, Error> {
    use second_factor as f;
    let mut many = 0;
    for factor in f::table.select(Factor::as_select()).load(conn)? {
        let place = factor_place(factor.account_id);
        if new.open(&place, &factor.sealed_secret).is_ok() {
            continue;
        }
        let secret = old.open(&place, &factor.sealed_secret).map_err(Error::internal)?;
        let sealed = new.seal(&place, &secret).map_err(Error::internal)?;
        diesel::update(f::table.find(factor.account_id)).set(f::sealed_secret.eq(sealed)).execute(conn)?;
        many += 1;
    }
    Ok(many)
}

/// Finds the second factor of an account, confirmed or not.
pub fn factor(conn: &mut Conn, of: Id) -> Result<Option<Factor>, Error> {
    Ok(second_factor::table.find(of).select(Factor::as_select()).first(conn).optional()?)
}

/// Stores a new secret that waits for its first code, in place of one that still waits.
pub fn new_factor(conn: &mut Conn, of: Id, sealed: &str, now: Instant) -> Result<(), Error> {
    use second_factor as f;
    diesel::delete(f::table.find(of)).execute(conn)?;
    let row = (f::account_id.eq(of), f::sealed_secret.eq(sealed), f::made_at.eq(now), f::last_step.eq(0_i64));
    diesel::insert_into(f::table).values(row).execute(conn)?;
    Ok(())
}

/// Notes that the telephone has the secret.
pub fn confirm_factor(conn: &mut Conn, of: Id, now: Instant) -> Result<(), Error> {
    diesel::update(second_factor::table.find(of)).set(second_factor::confirmed_at.eq(Some(now))).execute(conn)?;
    Ok(())
}

/// Notes the step of the code that was used.
pub fn use_step(conn: &mut Conn, of: Id, step: i64) -> Result<(), Error> {
    diesel::update(second_factor::table.find(of)).set(second_factor::last_step.eq(step)).execute(conn)?;
    Ok(())
}

/// Takes a second factor away with its recovery codes; answers whether there was one.
pub fn drop_factor(conn: &mut Conn, of: Id) -> Result<bool, Error> {
    diesel::delete(recovery_code::table.filter(recovery_code::account_id.eq(of))).execute(conn)?;
    Ok(diesel::delete(second_factor::table.find(of)).execute(conn)? == 1)
}

/// Stores new recovery codes in place of the old ones.
pub fn put_recovery(conn: &mut Conn, of: Id, hashes: &[String], now: Instant) -> Result<(), Error> {
    use recovery_code as r;
    diesel::delete(r::table.filter(r::account_id.eq(of))).execute(conn)?;
    for hash in hashes {
        let row = (r::code_hash.eq(hash), r::account_id.eq(of), r::made_at.eq(now));
        diesel::insert_into(r::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Uses a recovery code up; answers false when there is none, or it was used.
pub fn use_recovery(conn: &mut Conn, of: Id, hash: &str, now: Instant) -> Result<bool, Error> {
    use recovery_code as r;
    let unused = r::table.filter(r::code_hash.eq(hash)).filter(r::account_id.eq(of)).filter(r::used_at.is_null());
    Ok(diesel::update(unused).set(r::used_at.eq(Some(now))).execute(conn)? == 1)
}

/// How many recovery codes are unused.
pub fn recovery_left(conn: &mut Conn, of: Id) -> Result<i64, Error> {
    use recovery_code as r;
    Ok(r::table.filter(r::account_id.eq(of)).filter(r::used_at.is_null()).count().get_result(conn)?)
}

/// A sign-in that owes the code.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = half_sign_in)]
pub struct Half {
    /// The hash of the secret in the cookie.
    pub token_hash: String,
    /// Whose it is.
    pub account_id: Id,
    /// When the password was given.
    pub began_at: Instant,
    /// Until when the code is awaited.
    pub expires_at: Instant,
    /// How many wrong codes were given.
    pub tries: i32,
}

/// Stores a sign-in that owes the code, and sweeps away those whose time is out.
pub fn begin_half(conn: &mut Conn, new: &Half) -> Result<(), Error> {
    diesel::delete(half_sign_in::table.filter(half_sign_in::expires_at.le(new.began_at))).execute(conn)?;
    diesel::insert_into(half_sign_in::table).values(new).execute(conn)?;
    Ok(())
}

/// Finds a sign-in that owes the code, and whose it is.
pub fn half(conn: &mut Conn, token_hash: &str, now: Instant) -> Result<Option<(Half, Account)>, Error> {
    let alive = half_sign_in::table
        .inner_join(account::table)
        .filter(half_sign_in::token_hash.eq(token_hash))
        .filter(half_sign_in::expires_at.gt(now))
        .filter(account::left_at.is_null());
    Ok(alive.select((Half::as_select(), Account::as_select())).first(conn).optional()?)
}

/// Counts a wrong code.
pub fn count_try(conn: &mut Conn, token_hash: &str) -> Result<(), Error> {
    let tried = half_sign_in::tries.eq(half_sign_in::tries + 1);
    diesel::update(half_sign_in::table.find(token_hash)).set(tried).execute(conn)?;
    Ok(())
}

/// Ends a sign-in that owed the code.
pub fn end_half(conn: &mut Conn, token_hash: &str) -> Result<(), Error> {
    diesel::delete(half_sign_in::table.find(token_hash)).execute(conn)?;
    Ok(())
}
