//! What people do with accounts: the first link, its use, signing in and out.

use chrono::{DateTime, Duration, Utc};

use serde_json::json;

use super::store::{self, Account, Link, Session};
use super::token::Token;
use super::{Role, Throttle, Wish, password, session, token};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Id, Instant};
use crate::error::{Error, FieldError};
use crate::i18n::Lang;

mod people;

pub use people::{Invited, add, add_blocking, change, come_back, everybody, everybody_blocking, invite_again, member};

const LINK_LASTS: Duration = Duration::hours(24);

/// Makes the link for the first administrator, or answers none when there is one already.
pub fn first_link(db: &Db, now: DateTime<Utc>) -> Result<Option<String>, Error> {
    db.write_blocking(move |conn| match store::members(conn, Role::Administrator)?.is_empty() {
        false => Ok(None),
        true => make_link(conn, None, None, now, LINK_LASTS).map(Some),
    })
}

/// Makes a link with which the holder of this e-mail sets a new password.
pub fn reset_link(db: &Db, email: &str, now: DateTime<Utc>) -> Result<String, Error> {
    let email = email.trim().to_lowercase();
    db.write_blocking(move |conn| {
        let account = store::by_email(conn, &email)?.ok_or(Error::NotFound)?;
        if account.left_at.is_some() {
            return Err(Error::conflict("has-left"));
        }
        make_link(conn, None, Some(account.id), now, LINK_LASTS)
    })
}

fn make_link(
    conn: &mut Conn,
    by: Option<Id>,
    account_id: Option<Id>,
    now: DateTime<Utc>,
    lasts: Duration,
) -> Result<String, Error> {
    let token = Token::draw();
    let expires_at = (now + lasts).into();
    let link = Link { token_hash: token.hash, account_id, created_at: now.into(), expires_at, used_at: None };
    store::insert_link(conn, &link)?;
    note(conn, (by, ""), "link.made", account_id, now)?;
    Ok(token.secret)
}

/// Answers whose link this is (none: the first administrator's), or that it does not work.
pub async fn look_at_link(db: &Db, secret: &str, now: DateTime<Utc>) -> Result<Option<Account>, Error> {
    let hash = token::hash(secret);
    let found = db.read(move |conn| store::live_link(conn, &hash, now.into())).await?;
    found.map(|(_, account)| account).ok_or(Error::NotFound)
}

/// Uses a link up: makes the first administrator, or sets the password, and signs in. Answers the session's secret.
pub async fn use_link(db: &Db, secret: &str, wish: Wish, lang: Lang, now: DateTime<Utc>) -> Result<String, Error> {
    let holder = look_at_link(db, secret, now).await?;
    let wish = match &holder {
        Some(account) => Wish { email: account.email.clone(), name: account.name.clone(), ..wish },
        None => wish,
    };
    let applicant = wish.check()?;
    let password_hash = password::hash(applicant.password).await?;
    let link_hash = token::hash(secret);
    db.write(move |conn| {
        if !store::use_link(conn, &link_hash, now.into())? {
            return Err(Error::NotFound);
        }
        note(conn, (None, ""), "link.used", holder.as_ref().map(|account| account.id), now)?;
        let id = match &holder {
            Some(account) => {
                store::set_password(conn, account.id, &password_hash)?;
                store::end_sessions(conn, account.id)?;
                note(conn, (Some(account.id), ""), "password.set", Some(account.id), now)?;
                account.id
            }
            None => {
                let (id, language, created_at) = (Id::new(), lang.code().to_owned(), Instant::from(now));
                let (email, name) = (applicant.email.clone(), applicant.name.clone());
                let password_hash = password_hash.clone();
                store::insert(
                    conn,
                    &Account { id, email, name, password_hash, language, created_at, phone: None, left_at: None },
                    &Role::OF_THE_FIRST,
                )?;
                note(conn, (Some(id), ""), "account.made", Some(id), now)?;
                id
            }
        };
        begin_session(conn, id, "", now)
    })
    .await
}

/// Signs in by e-mail and password. Answers the new session's secret; a session held before ends.
pub async fn sign_in(
    db: &Db,
    throttle: &Throttle,
    (from, held): (&str, Option<String>),
    (email, password): (&str, String),
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let email = email.trim().to_lowercase();
    throttle.check(from, &email, now)?;
    // Counted before it is checked, so that many tries at once are no way around the wait.
    throttle.wrong(from, &email, now);
    let (asked, address, refused_at) = (email.clone(), from.to_owned(), from.to_owned());
    let account = db.read(move |conn| store::by_email(conn, &asked)).await?;
    let account = account.filter(Account::may_sign_in);
    let kept = account.as_ref().map(|a| a.password_hash.clone());
    let fits = password::fits(password, kept).await?;
    match account {
        Some(account) if fits => {
            throttle.right(from, &email);
            db.write(move |conn| {
                // Whoever left, or got another password, while this one was checked, stays outside.
                let still = store::by_id(conn, account.id)?;
                if still.is_none_or(|now| now.password_hash != account.password_hash) {
                    return Err(Error::NotSignedIn);
                }
                if let Some(old) = &held {
                    end_session(conn, &token::hash(old), &address, now)?;
                }
                begin_session(conn, account.id, &address, now)
            })
            .await
        }
        other => {
            tracing::warn!(from, "A sign-in was refused");
            // What was typed is not kept: it may be a password in the wrong field.
            let whose = other.map_or_else(|| "nobody".to_owned(), |account| account.id.to_string());
            db.write(move |conn| {
                let detail = json!({});
                let entry =
                    Entry { actor: None, address: &refused_at, what: "session.refused", subject: &whose, detail };
                audit::append(conn, &entry, now.into())
            })
            .await?;
            Err(Error::Invalid(vec![FieldError::new("password", "sign_in_refused")]))
        }
    }
}

/// Ends the session.
pub async fn sign_out(db: &Db, from: &str, secret: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let (hash, address) = (token::hash(secret), from.to_owned());
    db.write(move |conn| end_session(conn, &hash, &address, now)).await
}

/// Remembers in which language the person reads.
pub async fn speak(db: &Db, who: Id, lang: Lang) -> Result<(), Error> {
    db.write(move |conn| store::set_language(conn, who, lang.code())).await
}

fn end_session(conn: &mut Conn, hash: &str, address: &str, now: DateTime<Utc>) -> Result<(), Error> {
    match store::end_session(conn, hash)? {
        Some(whose) => note(conn, (Some(whose), address), "session.ended", Some(whose), now),
        None => Ok(()),
    }
}

/// Writes down what was done to an account; to none yet where it is about the first administrator.
fn note(
    conn: &mut Conn,
    (actor, address): (Option<Id>, &str),
    what: &str,
    whose: Option<Id>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let subject = whose.map_or_else(|| "first-administrator".to_owned(), |id| id.to_string());
    audit::append(conn, &Entry { actor, address, what, subject: &subject, detail: json!({}) }, now.into())
}

fn begin_session(conn: &mut Conn, account_id: Id, address: &str, now: DateTime<Utc>) -> Result<String, Error> {
    let token = Token::draw();
    let session = Session { token_hash: token.hash, account_id, created_at: now.into(), last_seen_at: now.into() };
    store::begin_session(conn, &session, (now - session::ABSOLUTE).into())?;
    note(conn, (Some(account_id), address), "session.begun", Some(account_id), now)?;
    Ok(token.secret)
}
