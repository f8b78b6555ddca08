//! The second factor: chosen, confirmed, asked for, given up, and taken away by an administrator.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{begin_session, note, note_with, passkeys, swap};
use crate::account::rules::Demand;
use crate::account::session::Whence;
use crate::account::store::{self, Factor, factor_place};
use crate::account::{Desk, Throttle, factor, password, token};
use crate::db::{Conn, Db, Id};
use crate::error::{Error, FieldError};

/// How many wrong codes end a sign-in that owes one.
const TRIES: i32 = 5;

/// Under what wrong codes are counted.
pub(super) fn counted(id: Id) -> String {
    format!("code of {id}")
}

/// The second factor of an account, once the telephone has shown that it has the secret.
pub(super) fn confirmed(conn: &mut Conn, id: Id) -> Result<Option<Factor>, Error> {
    Ok(store::factor(conn, id)?.filter(|factor| factor.confirmed_at.is_some()))
}

fn open(desk: &Desk, kept: &Factor) -> Result<String, Error> {
    desk.seal.open(&factor_place(kept.account_id), &kept.sealed_secret).map_err(Error::internal)
}

/// Sees that a code is right, and uses it up; a recovery code is as good.
pub(super) fn prove(
    conn: &mut Conn,
    desk: &Desk,
    kept: &Factor,
    (typed, address): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let id = kept.account_id;
    if factor::is_recovery(typed) {
        if !store::use_recovery(conn, id, &factor::recovery_hash(typed), now.into())? {
            return Err(Error::field("code", "recovery_code_wrong"));
        }
        let detail = json!({ "left": store::recovery_left(conn, id)? });
        return note_with(conn, (Some(id), address), "recovery-code.used", (Some(id), detail), now);
    }
    let secret =
        factor::from_base32(&open(desk, kept)?).ok_or_else(|| Error::internal("a secret that is no secret"))?;
    let step =
        factor::step_of(&secret, typed, kept.last_step, now).ok_or_else(|| Error::field("code", "code_wrong"))?;
    store::use_step(conn, id, step)
}

/// Gives the code that a sign-in owes. Answers the new session's secret; a session held before ends.
pub async fn enter_by_code(
    db: &Db,
    (throttle, desk): (&Throttle, &Arc<Desk>),
    (whence, held): (Whence, Option<String>),
    (half, typed): (&str, String),
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let hash = token::hash(half);
    let asked = hash.clone();
    let found = db.read(move |conn| store::half(conn, &asked, now.into())).await?;
    let (_, account) = found.ok_or(Error::NotSignedIn)?;
    let name = counted(account.id);
    throttle.admit(&whence.address, &name, now)?;
    let (desk, from) = (desk.clone(), whence.address.clone());
    let entered = db.write(move |conn| {
        let (half, account) = store::half(conn, &hash, now.into())?.ok_or(Error::NotSignedIn)?;
        let factor = confirmed(conn, account.id)?.ok_or(Error::NotSignedIn)?;
        match prove(conn, &desk, &factor, (&typed, &whence.address), now) {
            Ok(()) => {
                store::end_half(conn, &hash)?;
                swap(conn, (account.id, held.as_deref()), &whence, now).map(Ok)
            }
            // What is wrong is counted, so it is no error of the transaction.
            Err(Error::Invalid(wrong)) if half.tries + 1 < TRIES => {
                store::count_try(conn, &hash)?;
                Ok(Err(Error::Invalid(wrong)))
            }
            Err(Error::Invalid(_)) => {
                store::end_half(conn, &hash)?;
                note(conn, (None, &whence.address), "second-factor.refused", Some(account.id), now)?;
                Ok(Err(Error::NotSignedIn))
            }
            Err(why) => Err(why),
        }
    });
    let entered = entered.await?.inspect_err(|_| tracing::warn!(from, "A code was refused"))?;
    throttle.right(&from, &name);
    Ok(entered)
}

/// Where somebody stands with the second factor.
pub enum Enrolment {
    /// There is none.
    Off,
    /// A secret waits for its first code; it may be shown, for nothing depends on it yet.
    Waits(String),
    /// It is asked for, and so many recovery codes are left.
    On(i64),
}

/// Answers where somebody stands with the second factor.
pub async fn enrolment(db: &Db, desk: &Arc<Desk>, id: Id) -> Result<Enrolment, Error> {
    let desk = desk.clone();
    db.read(move |conn| match store::factor(conn, id)? {
        None => Ok(Enrolment::Off),
        Some(kept) if kept.confirmed_at.is_none() => open(&desk, &kept).map(Enrolment::Waits),
        Some(_) => store::recovery_left(conn, id).map(Enrolment::On),
    })
    .await
}

/// Draws a secret that waits for its first code; the one that waited before is gone.
pub async fn begin_factor(
    db: &Db,
    desk: &Arc<Desk>,
    (whence, id): (Whence, Id),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let sealed = desk.seal.seal(&factor_place(id), &factor::draw_secret()).map_err(Error::internal)?;
    db.write(move |conn| {
        if confirmed(conn, id)?.is_some() {
            return Err(Error::conflict("second-factor-on"));
        }
        passkeys::must_have_shown(conn, &whence, id)?;
        store::new_factor(conn, id, &sealed, now.into())
    })
    .await
}

/// Switches the second factor on by its first code. Every session ends; answers a new one's secret and the recovery codes.
pub async fn confirm_factor(
    db: &Db,
    (throttle, desk): (&Throttle, &Arc<Desk>),
    whence: Whence,
    (id, typed): (Id, String),
    now: DateTime<Utc>,
) -> Result<(String, Vec<String>), Error> {
    throttle.admit(&whence.address, &counted(id), now)?;
    let (desk, from) = (desk.clone(), whence.address.clone());
    let done = db.write(move |conn| {
        let waits = store::factor(conn, id)?.filter(|factor| factor.confirmed_at.is_none());
        let waits = waits.ok_or_else(|| Error::conflict("second-factor-not-begun"))?;
        if factor::is_recovery(&typed) {
            return Err(Error::field("code", "code_wrong"));
        }
        passkeys::must_have_shown(conn, &whence, id)?;
        prove(conn, &desk, &waits, (&typed, &whence.address), now)?;
        store::confirm_factor(conn, id, now.into())?;
        let codes = hand_out(conn, id, now)?;
        note(conn, (Some(id), &whence.address), "second-factor.on", Some(id), now)?;
        store::end_sessions(conn, id)?;
        Ok((begin_session(conn, id, &whence, now)?, codes))
    });
    let done = done.await?;
    throttle.right(&from, &counted(id));
    Ok(done)
}

fn hand_out(conn: &mut Conn, id: Id, now: DateTime<Utc>) -> Result<Vec<String>, Error> {
    let codes = factor::draw_recovery();
    let hashes: Vec<String> = codes.iter().map(|code| factor::recovery_hash(code)).collect();
    store::put_recovery(conn, id, &hashes, now.into())?;
    Ok(codes)
}

/// Hands out new recovery codes for a code of the telephone; the old ones are gone.
pub async fn new_recovery_codes(
    db: &Db,
    (throttle, desk): (&Throttle, &Arc<Desk>),
    whence: Whence,
    (id, typed): (Id, String),
    now: DateTime<Utc>,
) -> Result<Vec<String>, Error> {
    throttle.admit(&whence.address, &counted(id), now)?;
    let (desk, from) = (desk.clone(), whence.address.clone());
    let codes = db.write(move |conn| {
        let kept = confirmed(conn, id)?.ok_or_else(|| Error::conflict("second-factor-not-begun"))?;
        prove(conn, &desk, &kept, (&typed, &whence.address), now)?;
        note(conn, (Some(id), &whence.address), "recovery-codes.made", Some(id), now)?;
        hand_out(conn, id, now)
    });
    let codes = codes.await?;
    throttle.right(&from, &counted(id));
    Ok(codes)
}

/// Gives the own second factor up, by the password. Every session ends; answers a new one's secret.
pub async fn remove_factor(
    db: &Db,
    throttle: &Throttle,
    whence: Whence,
    (id, given): (Id, String),
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let account = db.read(move |conn| store::by_id(conn, id)).await?.ok_or(Error::NotSignedIn)?;
    throttle.admit(&whence.address, &account.email, now)?;
    if !password::fits(given, Some(account.password_hash.clone())).await? {
        return Err(Error::Invalid(vec![FieldError::new("off_password", "password_wrong")]));
    }
    throttle.right(&whence.address, &account.email);
    db.write(move |conn| {
        let (_, rules) = store::rules(conn)?;
        if rules.second_factor == Demand::All {
            return Err(Error::conflict("second-factor-must-stay"));
        }
        if store::drop_factor(conn, id)? {
            note(conn, (Some(id), &whence.address), "second-factor.off", Some(id), now)?;
        }
        store::end_sessions(conn, id)?;
        begin_session(conn, id, &whence, now)
    })
    .await
}

/// Takes the second factor of another away, passkeys among it, who is signed out everywhere; answers whether there was one.
pub async fn reset_factor(db: &Db, (by, address): (Id, String), id: Id, now: DateTime<Utc>) -> Result<bool, Error> {
    db.write(move |conn| {
        store::by_id(conn, id)?.ok_or(Error::NotFound)?;
        reset_now(conn, (Some(by), &address), id, now)
    })
    .await
}

/// Takes somebody's second factor away, for the command line.
pub fn reset_factor_blocking(db: &Db, email: &str, now: DateTime<Utc>) -> Result<bool, Error> {
    let email = email.trim().to_lowercase();
    db.write_blocking(move |conn| {
        let account = store::by_email(conn, &email)?.ok_or(Error::NotFound)?;
        reset_now(conn, (None, ""), account.id, now)
    })
}

fn reset_now(conn: &mut Conn, who: (Option<Id>, &str), id: Id, now: DateTime<Utc>) -> Result<bool, Error> {
    let (codes, keys) = (store::drop_factor(conn, id)?, passkeys::drop_all(conn, who, id, now)?);
    let was = codes || keys;
    if was {
        store::end_sessions(conn, id)?;
        note(conn, who, "second-factor.reset", Some(id), now)?;
    }
    Ok(was)
}
