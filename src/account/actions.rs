//! What people do with accounts: the first link, its use, signing in and out.

use chrono::{DateTime, Duration, Utc};

use serde_json::{Value, json};

use super::session::Whence;
use super::store::{self, Account, Half, Link, Session};
use super::token::Token;
use super::{Desk, Role, Throttle, Wish, password, token};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Id, Instant};
use crate::error::{Error, FieldError};
use crate::i18n::Lang;

mod factor;
mod forgotten;
mod own;
pub mod passkeys;
mod people;
mod rules;
pub mod tokens;

pub use factor::{
    Enrolment, begin_factor, confirm_factor, enrolment, enter_by_code, new_recovery_codes, remove_factor, reset_factor,
    reset_factor_blocking,
};
pub use forgotten::forgotten;
pub use own::{Own, change_password, end_all, end_one, end_others, own};
pub(crate) use people::add_with_password;
pub use people::{Invited, add, add_blocking, change, come_back, everybody, everybody_blocking, invite_again, member};
pub use rules::{rules, save_rules};

const LINK_LASTS: Duration = Duration::hours(24);
/// How long the code of a second factor is awaited.
const HALF_LASTS: Duration = Duration::minutes(10);

/// How far somebody got: the secret of a session, or that of a sign-in that owes the code of a second factor.
pub enum Entered {
    /// All the way.
    In(String),
    /// Half the way.
    Half(String),
}

/// Makes a link for the first administrator, or answers none when there is one already.
///
/// Several instances may start on an empty database at once: each one's link is good until one of them is used.
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
        if store::tokens::is_machine(conn, account.id)? {
            return Err(Error::NotFound);
        }
        if account.left_at.is_some() {
            return Err(Error::conflict("has-left"));
        }
        store::kill_links(conn, Some(account.id))?;
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

/// Uses a link up: makes the first administrator, or sets the password, and signs in.
pub async fn use_link(
    db: &Db,
    secret: &str,
    (wish, lang): (Wish, Lang),
    whence: Whence,
    now: DateTime<Utc>,
) -> Result<Entered, Error> {
    let holder = look_at_link(db, secret, now).await?;
    let wish = match &holder {
        Some(account) => Wish { email: account.email.clone(), name: account.name.clone(), ..wish },
        None => wish,
    };
    let applicant = wish.check(&db.read(store::company).await?)?;
    let password_hash = password::hash(applicant.password).await?;
    let link_hash = token::hash(secret);
    db.write(move |conn| {
        if !store::use_link(conn, &link_hash, now.into())? {
            return Err(Error::NotFound);
        }
        note(conn, (None, &whence.address), "link.used", holder.as_ref().map(|account| account.id), now)?;
        let id = match &holder {
            Some(account) => {
                store::set_password(conn, account.id, &password_hash)?;
                note(conn, (Some(account.id), &whence.address), "password.set", Some(account.id), now)?;
                // Whoever had got in may have left a passkey behind: it must not outlive the password they got in by.
                passkeys::drop_all(conn, (Some(account.id), &whence.address), account.id, now)?;
                account.id
            }
            None => {
                if !store::members(conn, Role::Administrator)?.is_empty() {
                    return Err(Error::NotFound);
                }
                store::kill_links(conn, None)?;
                let (id, language, created_at) = (Id::new(), lang.code().to_owned(), Instant::from(now));
                let (email, name) = (applicant.email.clone(), applicant.name.clone());
                let password_hash = password_hash.clone();
                store::insert(
                    conn,
                    &Account { id, email, name, password_hash, language, created_at, phone: None, left_at: None },
                    &Role::OF_THE_FIRST,
                )?;
                note(conn, (Some(id), &whence.address), "account.made", Some(id), now)?;
                id
            }
        };
        enter(conn, id, &whence, now)
    })
    .await
}

/// Signs in by e-mail and password, and a code where one is given at once. A session held before ends.
pub async fn sign_in(
    db: &Db,
    (throttle, desk): (&Throttle, &std::sync::Arc<Desk>),
    (whence, held): (Whence, Option<String>),
    (email, password, code): (&str, String, Option<String>),
    now: DateTime<Utc>,
) -> Result<Entered, Error> {
    let email = email.trim().to_lowercase();
    throttle.admit(&whence.address, &email, now)?;
    let asked = email.clone();
    let account = db.read(move |conn| store::by_email(conn, &asked)).await?;
    let account = account.filter(Account::may_sign_in);
    let kept = account.as_ref().map(|a| a.password_hash.clone());
    let fits = password::fits(password, kept).await?;
    let whose = account.as_ref().map(|account| account.id.to_string());
    let Some(account) = account.filter(|_| fits) else {
        tracing::warn!(from = whence.address, "A sign-in was refused");
        let (whose, refused_at) = (whose.unwrap_or_else(|| "nobody".to_owned()), whence.address.clone());
        db.write(move |conn| {
            // What was typed is not kept: it may be a password in the wrong field.
            let (detail, subject, address) = (json!({}), whose.as_str(), refused_at.as_str());
            audit::append(conn, &Entry { actor: None, address, what: "session.refused", subject, detail }, now.into())
        })
        .await?;
        return Err(Error::Invalid(vec![FieldError::new("password", "sign_in_refused")]));
    };
    throttle.right(&whence.address, &email);
    if code.is_some() {
        throttle.admit(&whence.address, &factor::counted(account.id), now)?;
    }
    let (desk, from) = (desk.clone(), whence.address.clone());
    let id = account.id;
    let given = code.is_some();
    let entered = db
        .write(move |conn| {
            // Whoever left, or got another password, while this one was checked, stays outside.
            let still = store::by_id(conn, id)?;
            if still.is_none_or(|now| now.password_hash != account.password_hash) {
                return Err(Error::NotSignedIn);
            }
            match (factor::confirmed(conn, id)?, &code) {
                (Some(_), None) => return owe_code(conn, id, now),
                (Some(factor), Some(code)) => factor::prove(conn, &desk, &factor, (code, &whence.address), now)?,
                (None, _) => {}
            }
            swap(conn, (id, held.as_deref()), &whence, now).map(Entered::In)
        })
        .await?;
    if given {
        throttle.right(&from, &factor::counted(id));
    }
    Ok(entered)
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
    who: (Option<Id>, &str),
    what: &str,
    whose: Option<Id>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    note_with(conn, who, what, (whose, json!({})), now)
}

fn note_with(
    conn: &mut Conn,
    (actor, address): (Option<Id>, &str),
    what: &str,
    (whose, detail): (Option<Id>, Value),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let subject = whose.map_or_else(|| "first-administrator".to_owned(), |id| id.to_string());
    audit::append(conn, &Entry { actor, address, what, subject: &subject, detail }, now.into())
}

/// Begins a session for whoever may come in, or awaits the code of their second factor.
fn enter(conn: &mut Conn, id: Id, whence: &Whence, now: DateTime<Utc>) -> Result<Entered, Error> {
    match factor::confirmed(conn, id)? {
        Some(_) => owe_code(conn, id, now),
        None => begin_session(conn, id, whence, now).map(Entered::In),
    }
}

fn owe_code(conn: &mut Conn, account_id: Id, now: DateTime<Utc>) -> Result<Entered, Error> {
    let token = Token::draw();
    let (began_at, expires_at) = (now.into(), (now + HALF_LASTS).into());
    store::begin_half(conn, &Half { token_hash: token.hash, account_id, began_at, expires_at, tries: 0 })?;
    Ok(Entered::Half(token.secret))
}

/// Ends the session held before, if any, and begins another.
fn swap(conn: &mut Conn, (id, held): (Id, Option<&str>), whence: &Whence, now: DateTime<Utc>) -> Result<String, Error> {
    if let Some(old) = held {
        end_session(conn, &token::hash(old), &whence.address, now)?;
    }
    begin_session(conn, id, whence, now)
}

fn begin_session(conn: &mut Conn, account_id: Id, whence: &Whence, now: DateTime<Utc>) -> Result<String, Error> {
    let token = Token::draw();
    let (address, browser) = (whence.address.clone(), whence.browser.clone());
    let (created_at, last_seen_at) = (now.into(), now.into());
    let by_passkey = whence.by_passkey;
    let session =
        Session { token_hash: token.hash, account_id, created_at, last_seen_at, address, browser, by_passkey };
    let (_, rules) = store::rules(conn)?;
    store::begin_session(conn, &session, (now - rules.absolute()).into())?;
    let detail = if by_passkey { json!({ "by": "passkey" }) } else { json!({}) };
    note_with(conn, (Some(account_id), &whence.address), "session.begun", (Some(account_id), detail), now)?;
    Ok(token.secret)
}
