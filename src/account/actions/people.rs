//! What is done with people: adding, inviting again, changing, letting go and taking back.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use super::make_link;
use crate::account::Role;
use crate::account::desk::{Desk, Why};
use crate::account::person::{Change, Newcomer};
use crate::account::store::{self, Account, Member};
use crate::audit;
use crate::db::{Conn, Db, Id};
use crate::error::{Error, FieldError};
use crate::outbox::transport::Secret;

/// How long an invitation may lie unread.
const INVITATION_LASTS: Duration = Duration::days(3);

/// A person, and the one-time link they come in by.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Who was invited.
    pub member: Member,
    /// The secret of the link; it is not kept and cannot be shown again.
    pub secret: Secret,
    /// Whether it went to them by mail, so that nobody else need see it.
    pub mailed: bool,
    /// When the link dies unused.
    pub expires_at: DateTime<Utc>,
}

/// Everybody with their roles, by name; who has left comes last.
pub async fn everybody(db: &Db) -> Result<Vec<Member>, Error> {
    db.read(store::everybody).await
}

/// Everybody, for the command line.
pub fn everybody_blocking(db: &Db) -> Result<Vec<Member>, Error> {
    db.read_all(store::everybody)
}

/// Finds one person.
pub async fn member(db: &Db, id: Id) -> Result<Member, Error> {
    db.read(move |conn| found(conn, id)).await
}

/// Adds a person, who gets no password but a one-time link to choose one.
pub async fn add(db: &Db, by: Id, newcomer: Newcomer, desk: &Arc<Desk>, now: DateTime<Utc>) -> Result<Invited, Error> {
    let desk = desk.clone();
    db.write(move |conn| add_now(conn, Some(by), &newcomer, Some(&desk), now)).await
}

/// Adds a person, for the command line, which shows the link.
pub fn add_blocking(db: &Db, newcomer: Newcomer, now: DateTime<Utc>) -> Result<Invited, Error> {
    db.write_blocking(move |conn| add_now(conn, None, &newcomer, None, now))
}

fn add_now(
    conn: &mut Conn,
    by: Option<Id>,
    newcomer: &Newcomer,
    desk: Option<&Desk>,
    now: DateTime<Utc>,
) -> Result<Invited, Error> {
    if let Some(other) = store::by_email(conn, &newcomer.email)? {
        let code = if other.left_at.is_some() { "email_of_one_who_left" } else { "email_taken" };
        return Err(Error::Invalid(vec![FieldError::new("email", code).with("name", other.name)]));
    }
    let account = Account {
        id: Id::new(),
        email: newcomer.email.clone(),
        name: newcomer.name.clone(),
        password_hash: String::new(),
        language: newcomer.lang.code().to_owned(),
        created_at: now.into(),
        phone: newcomer.phone.clone(),
        left_at: None,
    };
    store::insert(conn, &account, &newcomer.roles)?;
    let member = Member { account, roles: newcomer.roles.clone(), linked: false, governed: false };
    note(conn, by, "account.added", (json!({}), told(&member)), (member.account.id, now))?;
    invite(conn, by, member, desk, now)
}

/// Makes a new link for a person; an older unused one dies.
pub async fn invite_again(db: &Db, by: Id, id: Id, desk: &Arc<Desk>, now: DateTime<Utc>) -> Result<Invited, Error> {
    let desk = desk.clone();
    db.write(move |conn| {
        let member = found(conn, id)?;
        if member.account.left_at.is_some() {
            return Err(Error::conflict("has-left"));
        }
        if member.governed {
            // A password would outlive what the identity provider says of the person.
            return Err(Error::conflict("governed-elsewhere"));
        }
        invite(conn, Some(by), member, Some(&desk), now)
    })
    .await
}

/// Makes the link, and puts the mail with it down where mail leaves the house.
fn invite(
    conn: &mut Conn,
    by: Option<Id>,
    member: Member,
    desk: Option<&Desk>,
    now: DateTime<Utc>,
) -> Result<Invited, Error> {
    let (lasts, why) = match member.account.has_password() {
        true => (super::LINK_LASTS, Why::NewPassword),
        false => (INVITATION_LASTS, Why::Invitation),
    };
    store::kill_links(conn, Some(member.account.id))?;
    let (secret, expires_at) = (make_link(conn, by, Some(member.account.id), now, lasts)?, now + lasts);
    let desk = desk.filter(|desk| desk.by_server);
    if let Some(desk) = desk {
        desk.mail(conn, (&member.account, why), (&secret, expires_at), now)?;
    }
    Ok(Invited { member, secret: secret.into(), expires_at, mailed: desk.is_some() })
}

/// Changes a person, and lets them go or takes them back where `left` says so; all of it or nothing.
///
/// Who has left cannot sign in, no session of theirs goes on, no link works; what they did keeps their name.
pub async fn change(
    db: &Db,
    by: Id,
    id: Id,
    (change, left): (Change, Option<bool>),
    now: DateTime<Utc>,
) -> Result<Member, Error> {
    db.write(move |conn| {
        let before = told(&found(conn, id)?);
        change_now(conn, id, &change)?;
        match left {
            Some(true) => leave_now(conn, id, now),
            Some(false) => store::come_back(conn, id),
            None => Ok(()),
        }?;
        let member = found(conn, id)?;
        let after = told(&member);
        if before != after {
            let what = match left {
                Some(true) if before["left_at"].is_null() => "account.left",
                Some(false) if !before["left_at"].is_null() => "account.returned",
                _ => "account.changed",
            };
            note(conn, Some(by), what, (before, after), (id, now))?;
        }
        Ok(member)
    })
    .await
}

/// A person as the audit chain tells of them.
fn told(Member { account, roles, .. }: &Member) -> Value {
    let roles: Vec<&str> = roles.iter().map(|role| role.word()).collect();
    json!({
        "name": account.name, "email": account.email, "phone": account.phone, "language": account.language,
        "roles": roles, "left_at": account.left_at,
    })
}

fn note(
    conn: &mut Conn,
    by: Option<Id>,
    what: &str,
    change: (Value, Value),
    (whose, now): (Id, DateTime<Utc>),
) -> Result<(), Error> {
    audit::change(conn, by, (what, &whose.to_string()), change, now.into())
}

fn change_now(conn: &mut Conn, id: Id, change: &Change) -> Result<(), Error> {
    let member = found(conn, id)?;
    if member.governed && change.roles.as_ref().is_some_and(|roles| *roles != member.roles) {
        return Err(Error::conflict("governed-elsewhere"));
    }
    let loses = change.roles.as_ref().is_some_and(|roles| !roles.contains(&Role::Administrator));
    if loses && is_last_administrator(conn, &member)? {
        return Err(Error::conflict("last-administrator"));
    }
    store::change(conn, id, change)
}

fn leave_now(conn: &mut Conn, id: Id, now: DateTime<Utc>) -> Result<(), Error> {
    let member = found(conn, id)?;
    if member.account.left_at.is_some() {
        return Ok(());
    }
    if is_last_administrator(conn, &member)? {
        return Err(Error::conflict("last-administrator"));
    }
    store::leave(conn, id, now.into())
}

/// Takes a person back who had left, with a new link, for the old password is gone; whoever signs in by the identity
/// provider needs none.
pub async fn come_back(
    db: &Db,
    by: Id,
    id: Id,
    desk: &Arc<Desk>,
    now: DateTime<Utc>,
) -> Result<Option<Invited>, Error> {
    let desk = desk.clone();
    db.write(move |conn| {
        let before = told(&found(conn, id)?);
        store::come_back(conn, id)?;
        let member = found(conn, id)?;
        note(conn, Some(by), "account.returned", (before, told(&member)), (id, now))?;
        if member.governed { Ok(None) } else { invite(conn, Some(by), member, Some(&desk), now).map(Some) }
    })
    .await
}

fn found(conn: &mut Conn, id: Id) -> Result<Member, Error> {
    store::member(conn, id)?.ok_or(Error::NotFound)
}

/// Whether nobody else could keep people and settings. One who has not come in yet is no help, nor is one who comes in by
/// the identity provider, which may be away when it matters.
fn is_last_administrator(conn: &mut Conn, member: &Member) -> Result<bool, Error> {
    let can = |account: &Account| account.left_at.is_none() && account.has_password();
    if !can(&member.account) || !member.roles.contains(&Role::Administrator) {
        return Ok(false);
    }
    let all = store::members(conn, Role::Administrator)?;
    Ok(!all.iter().any(|other| other.id != member.account.id && can(other)))
}

/// Adds a person who has a password already, which only its hash is known of here: for a demonstration.
pub(crate) fn add_with_password(
    conn: &mut Conn,
    newcomer: &Newcomer,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<Id, Error> {
    let account = Account {
        id: Id::new(),
        email: newcomer.email.clone(),
        name: newcomer.name.clone(),
        password_hash: password_hash.to_owned(),
        language: newcomer.lang.code().to_owned(),
        created_at: now.into(),
        phone: newcomer.phone.clone(),
        left_at: None,
    };
    store::insert(conn, &account, &newcomer.roles)?;
    let member = Member { account, roles: newcomer.roles.clone(), linked: false, governed: false };
    note(conn, None, "account.added", (json!({}), told(&member)), (member.account.id, now))?;
    Ok(member.account.id)
}
