//! Passkeys: listed, added, given up, taken away, and signed in with.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{begin_session, factor, note_with, swap};
use crate::account::passkey::{LASTS, Party, Refusal, Shown};
use crate::account::rules::Demand;
use crate::account::session::Whence;
use crate::account::store::passkeys::{self as keys, Passkey, Try};
use crate::account::store::{self, Account};
use crate::account::token::{self, Token};
use crate::account::{Throttle, password};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Id};
use crate::error::Error;

/// More than anybody has devices.
const MOST: usize = 20;
const LONGEST_NAME: usize = 60;

/// The own passkeys, the one added first coming first, and whether there may be any: they lean on a password.
pub async fn own(db: &Db, id: Id) -> Result<(Vec<Passkey>, bool), Error> {
    db.read(move |conn| {
        let may = store::by_id(conn, id)?.is_some_and(|account| account.has_password());
        Ok((keys::of(conn, id)?, may))
    })
    .await
}

/// Asks the browser of somebody who is signed in and gives the password for a new key. Only this session may answer.
pub async fn ask_new(
    db: &Db,
    throttle: &Throttle,
    party: Party,
    (whence, this): (Whence, String),
    (id, given): (Id, String),
    now: DateTime<Utc>,
) -> Result<Value, Error> {
    prove(db, throttle, &whence, (id, given), now).await?;
    db.write(move |conn| {
        let who = store::by_id(conn, id)?.filter(Account::may_sign_in).ok_or(Error::NotSignedIn)?;
        must_have_shown(conn, &whence, id)?;
        let held = keys::of(conn, id)?;
        if held.len() >= MOST {
            return Err(Error::conflict("passkey-too-many"));
        }
        let asked = party.ask_new(&who, &held)?;
        let (account_id, expires_at) = (Some(id), (now + LASTS).into());
        keys::ask(conn, &Try { token_hash: this.clone(), account_id, state: asked.state, expires_at }, now.into())?;
        Ok(asked.options)
    })
    .await
}

/// Sees that the password is the own one.
async fn prove(
    db: &Db,
    throttle: &Throttle,
    whence: &Whence,
    (id, given): (Id, String),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let account = db.read(move |conn| store::by_id(conn, id)).await?.ok_or(Error::NotSignedIn)?;
    if !account.has_password() {
        // Whoever comes in by the identity provider alone would get past it.
        return Err(Error::conflict("passkey-needs-password"));
    }
    throttle.admit(&whence.address, &account.email, now)?;
    if !password::fits(given, Some(account.password_hash.clone())).await? {
        return Err(Error::field("password", "password_wrong"));
    }
    throttle.right(&whence.address, &account.email);
    Ok(())
}

/// Where everybody needs a second factor and somebody's is a passkey, the password alone must not add another factor.
pub(super) fn must_have_shown(conn: &mut Conn, whence: &Whence, id: Id) -> Result<(), Error> {
    let (_, rules) = store::rules(conn)?;
    let owes = rules.second_factor == Demand::All && !whence.by_passkey && is_only_factor(conn, id)?;
    if owes { Err(Error::conflict("passkey-first")) } else { Ok(()) }
}

/// Whether somebody's second factor is a passkey and nothing else.
pub(super) fn is_only_factor(conn: &mut Conn, id: Id) -> Result<bool, Error> {
    Ok(factor::confirmed(conn, id)?.is_none() && keys::count(conn, id)? > 0)
}

/// Adds the key that the browser has made. This session ends, and one begins that has shown a passkey; answers its secret.
pub async fn add(
    db: &Db,
    party: Party,
    (whence, this): (Whence, String),
    (id, name, answer): (Id, String, Value),
    now: DateTime<Utc>,
) -> Result<(Passkey, String), Error> {
    let name = name.trim().to_owned();
    let long = name.chars().count();
    if long == 0 || long > LONGEST_NAME {
        return Err(Error::field("name", if long == 0 { "passkey_unnamed" } else { "passkey_name_too_long" }));
    }
    db.write(move |conn| {
        // Whatever is wrong, the question is used up, so it is no error of the transaction.
        let asked = keys::take(conn, &this)?.filter(|asked| asked.account_id == Some(id));
        let asked = asked.filter(|asked| now < asked.expires_at.utc());
        let made = match asked.ok_or_else(unasked).and_then(|asked| party.take_new(&asked.state, &answer)) {
            Ok(made) if keys::by_credential(conn, &made.credential_id)?.is_none() => made,
            Ok(_) => return Ok(Err(refused(&Refusal::new("the key is here already")))),
            Err(why) => return Ok(Err(refused(&why))),
        };
        let new = Passkey {
            id: Id::new(),
            account_id: id,
            name: name.clone(),
            credential_id: made.credential_id,
            public_key: made.public_key,
            state: made.state,
            transports: made.transports,
            made_at: now.into(),
            last_used_at: None,
        };
        keys::insert(conn, &new)?;
        note_with(conn, (Some(id), &whence.address), "passkey.added", (Some(id), json!({ "name": new.name })), now)?;
        store::end_session(conn, &this)?;
        let whence = Whence { by_passkey: true, ..whence.clone() };
        Ok(Ok((new, begin_session(conn, id, &whence, now)?)))
    })
    .await?
}

fn unasked() -> Refusal {
    Refusal::new("nothing was asked, or the time is out")
}

fn refused(why: &Refusal) -> Error {
    tracing::warn!(%why, "A passkey was refused");
    Error::field("credential", "passkey_refused")
}

/// Gives one of the own passkeys up, by the password. Every session ends; answers a new one's secret.
pub async fn remove(
    db: &Db,
    throttle: &Throttle,
    whence: Whence,
    (id, key, given): (Id, Id, String),
    now: DateTime<Utc>,
) -> Result<String, Error> {
    prove(db, throttle, &whence, (id, given), now).await?;
    db.write(move |conn| {
        let held = keys::of(conn, id)?;
        let gone = held.iter().find(|held| held.id == key).ok_or(Error::NotFound)?;
        let (_, rules) = store::rules(conn)?;
        if rules.second_factor == Demand::All && held.len() == 1 && is_only_factor(conn, id)? {
            return Err(Error::conflict("second-factor-must-stay"));
        }
        keys::remove(conn, key)?;
        note_with(conn, (Some(id), &whence.address), "passkey.removed", (Some(id), json!({ "name": gone.name })), now)?;
        store::end_sessions(conn, id)?;
        begin_session(conn, id, &whence, now)
    })
    .await
}

/// Takes every passkey of somebody away; answers whether there was one.
pub(super) fn drop_all(conn: &mut Conn, who: (Option<Id>, &str), id: Id, now: DateTime<Utc>) -> Result<bool, Error> {
    let many = keys::drop_all(conn, id)?;
    if many > 0 {
        note_with(conn, who, "passkeys.removed", (Some(id), json!({ "many": many })), now)?;
    }
    Ok(many > 0)
}

/// Asks a browser for any passkey of ours. Answers what it is asked, and the secret that it keeps until it answers.
pub async fn ask_any(db: &Db, party: Party, now: DateTime<Utc>) -> Result<(Value, String), Error> {
    let (token, asked) = (Token::draw(), party.ask_any()?);
    let new = Try { token_hash: token.hash, account_id: None, state: asked.state, expires_at: (now + LASTS).into() };
    db.write(move |conn| keys::ask(conn, &new, now.into())).await?;
    Ok((asked.options, token.secret))
}

/// Signs in with a passkey, which is both factors. Answers the new session's secret; a session held before ends.
pub async fn enter(
    db: &Db,
    (throttle, party): (&Throttle, Party),
    (whence, held): (Whence, Option<String>),
    (asked, answer): (Option<String>, Value),
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let shown = Shown::read(&answer).map_err(|why| refused(&why))?;
    let (from, counted) = (whence.address.clone(), format!("passkey {}", shown.credential_id()));
    throttle.admit(&from, &counted, now)?;
    let asked = token::hash(&asked.unwrap_or_default());
    let entered = db.write(move |conn| {
        let kept = keys::by_credential(conn, &shown.credential_id())?;
        let tried = keys::take(conn, &asked)?.filter(|tried| tried.account_id.is_none());
        let tried = tried.filter(|tried| now < tried.expires_at.utc()).ok_or_else(unasked);
        let who = match &kept {
            Some(kept) => store::by_id(conn, kept.account_id)?.filter(Account::may_sign_in),
            None => None,
        };
        let judged = tried.and_then(|tried| match (&kept, &who) {
            (Some(kept), Some(_)) => party.take(&tried.state, &shown, kept).map(|changed| (kept, changed)),
            _ => Err(Refusal::new("nobody may sign in with this key")),
        });
        match judged {
            Ok((kept, changed)) => {
                keys::used(conn, kept.id, &changed, now.into())?;
                let whence = Whence { by_passkey: true, ..whence.clone() };
                swap(conn, (kept.account_id, held.as_deref()), &whence, now).map(Ok)
            }
            // What is wrong is written down, and the question is used up, so it is no error of the transaction.
            Err(why) => {
                let whose = kept.map_or_else(|| "nobody".to_owned(), |kept| kept.account_id.to_string());
                let (detail, address) = (json!({ "by": "passkey" }), whence.address.as_str());
                let entry = Entry { actor: None, address, what: "session.refused", subject: &whose, detail };
                audit::append(conn, &entry, now.into())?;
                Ok(Err(refused(&why)))
            }
        }
    });
    let entered = entered.await??;
    throttle.right(&from, &counted);
    Ok(entered)
}
