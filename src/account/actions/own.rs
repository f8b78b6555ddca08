//! What people do with their own account: another password, and the sessions that go on elsewhere.

use chrono::{DateTime, Utc};

use super::{begin_session, note};
use crate::account::rules::Rules;
use crate::account::session::{self, Whence};
use crate::account::store::{self, Session};
use crate::account::{Throttle, Wish, password};
use crate::db::{Db, Id};
use crate::error::{Error, FieldError};

/// The sessions of a person that are alive, and the rules they live by.
pub struct Own {
    /// The one used last comes first.
    pub sessions: Vec<Session>,
    /// The rules that hold.
    pub rules: Rules,
    /// Whether they have a second factor, be it a passkey.
    pub has_factor: bool,
}

/// Reads the sessions of a person.
pub async fn own(db: &Db, id: Id, now: DateTime<Utc>) -> Result<Own, Error> {
    db.read(move |conn| {
        let (_, rules) = store::rules(conn)?;
        let mut sessions = store::sessions(conn, id)?;
        sessions.retain(|held| now < session::ends_at(held, &rules));
        let has_factor = super::factor::confirmed(conn, id)?.is_some() || store::passkeys::count(conn, id)? > 0;
        Ok(Own { sessions, rules, has_factor })
    })
    .await
}

/// Changes the own password, the old one being asked. Every session ends; answers a new one's secret.
pub async fn change_password(
    db: &Db,
    throttle: &Throttle,
    whence: Whence,
    (id, old, wish): (Id, String, Wish),
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let read = db.read(move |conn| Ok((store::by_id(conn, id)?, store::company(conn)?))).await?;
    let (Some(account), company) = read else { return Err(Error::NotSignedIn) };
    let wish = Wish { email: account.email.clone(), name: account.name.clone(), ..wish };
    let new = wish.check(&company);
    throttle.admit(&whence.address, &account.email, now)?;
    let mut wrong = Vec::new();
    if !password::fits(old.clone(), Some(account.password_hash.clone())).await? {
        wrong.push(FieldError::new("old", "password_wrong"));
    } else {
        throttle.right(&whence.address, &account.email);
        if wish.password.reveal() == old {
            wrong.push(FieldError::new("password", "password_as_before"));
        }
    }
    let new = match new {
        Ok(new) if wrong.is_empty() => new,
        Ok(_) => return Err(Error::Invalid(wrong)),
        Err(Error::Invalid(more)) => return Err(Error::Invalid(wrong.into_iter().chain(more).collect())),
        Err(why) => return Err(why),
    };
    let hash = password::hash(new.password).await?;
    db.write(move |conn| {
        let still = store::by_id(conn, id)?.filter(|now| now.may_sign_in());
        if still.is_none_or(|now| now.password_hash != account.password_hash) {
            return Err(Error::NotSignedIn);
        }
        store::set_password(conn, id, &hash)?;
        note(conn, (Some(id), &whence.address), "password.changed", Some(id), now)?;
        begin_session(conn, id, &whence, now)
    })
    .await
}

/// Ends one of the own sessions.
pub async fn end_one(db: &Db, (id, address): (Id, String), name: String, now: DateTime<Utc>) -> Result<(), Error> {
    db.write(move |conn| {
        let found = store::sessions(conn, id)?.into_iter().find(|held| session::name_of(&held.token_hash) == name);
        store::end_session(conn, &found.ok_or(Error::NotFound)?.token_hash)?;
        note(conn, (Some(id), &address), "session.ended", Some(id), now)
    })
    .await
}

/// Ends all of the own sessions but the one in use.
pub async fn end_others(db: &Db, (id, address): (Id, String), this: String, now: DateTime<Utc>) -> Result<(), Error> {
    db.write(move |conn| match store::end_others(conn, id, &this)? {
        0 => Ok(()),
        _ => note(conn, (Some(id), &address), "sessions.ended", Some(id), now),
    })
    .await
}

/// Ends every session of another.
pub async fn end_all(db: &Db, (by, address): (Id, String), of: Id, now: DateTime<Utc>) -> Result<(), Error> {
    db.write(move |conn| {
        store::by_id(conn, of)?.ok_or(Error::NotFound)?;
        store::end_sessions(conn, of)?;
        note(conn, (Some(by), &address), "sessions.ended", Some(of), now)
    })
    .await
}
