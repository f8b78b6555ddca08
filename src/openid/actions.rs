//! What is done at the provider's door: beginning, coming back once, and letting a person in.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use super::provider::Secrets;
use super::store::{self, Subject, Try};
use super::{Fault, Person, Provider, Setup};
use crate::account::Role;
use crate::account::session::Whence;
use crate::account::store::{self as accounts, Account, Member, Session};
use crate::account::token::{self, Token};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Id};
use crate::error::Error;
use crate::i18n::Lang;

/// How long somebody may take at the provider.
pub const LASTS: Duration = Duration::minutes(10);

/// A sign-in that has begun.
pub struct Begun {
    /// Where the browser is sent.
    pub location: String,
    /// What the browser keeps until it comes back.
    pub browser: String,
}

/// Begins a sign-in for a browser, which keeps the secret it may have from another tab.
pub async fn begin(
    (db, provider): (&Db, &Provider),
    held: Option<String>,
    (next, redirect, lang): (String, &str, Lang),
    now: DateTime<Utc>,
) -> Result<Result<Begun, Fault>, Error> {
    let (state, nonce) = (Token::draw(), Token::draw());
    let browser = held.unwrap_or_else(|| Token::draw().secret);
    let verifier = Token::draw().secret;
    let secrets = Secrets { state: state.secret, nonce: nonce.secret, verifier: verifier.clone() };
    let location = match provider.way_in(&secrets, (redirect, lang.code()), now).await {
        Ok(location) => location,
        Err(fault) => return Ok(Err(fault)),
    };
    let new = Try {
        state_hash: state.hash,
        browser_hash: token::hash(&browser),
        nonce_hash: nonce.hash,
        verifier,
        next,
        expires_at: (now + LASTS).into(),
    };
    db.write(move |conn| store::begin(conn, &new, now.into())).await?;
    Ok(Ok(Begun { location, browser }))
}

/// Takes the sign-in that a browser comes back with. Whatever becomes of it, it is gone: nobody comes back twice.
pub async fn take(
    db: &Db,
    (state, browser): (&str, Option<&str>),
    now: DateTime<Utc>,
) -> Result<Result<Try, Fault>, Error> {
    let state_hash = token::hash(state);
    let found = db.write(move |conn| store::take(conn, &state_hash)).await?;
    let browser = browser.map(token::hash);
    Ok(match found {
        Some(found) if found.expires_at.utc() <= now => Err(Fault::Unknown),
        Some(found) if browser.as_ref() != Some(&found.browser_hash) => Err(Fault::OtherBrowser),
        Some(found) => Ok(found),
        None => Err(Fault::Unknown),
    })
}

/// Lets a person in whom the provider vouches for. Answers the new session's secret.
///
/// The provider's own name for the person decides who that is, never the e-mail: e-mails are given to the next person,
/// and in many a directory people set them themselves. Only where an administrator has invited this very e-mail, the
/// invitation is still open, and the provider says that it has checked the e-mail, the two are tied together: then the
/// administrator has said that whoever has the e-mail now is meant, and the invitation's secret would have gone there,
/// too. An account of somebody who has a password is never taken over otherwise, whatever a provider says of e-mails.
pub async fn enter(
    db: &Db,
    setup: &Setup,
    (person, usual): (Person, Lang),
    whence: Whence,
    now: DateTime<Utc>,
) -> Result<Result<String, Fault>, Error> {
    let roles = setup.roles_of(&person.groups);
    db.write(move |conn| {
        let entering = Entering { person: &person, roles: &roles, usual, whence: &whence, now };
        entering.enter(conn)
    })
    .await
}

/// Whether this person may be offered to sign out at the provider as well.
pub async fn is_linked(db: &Db, who: Id) -> Result<bool, Error> {
    db.read(move |conn| store::is_linked(conn, who)).await
}

struct Entering<'a> {
    person: &'a Person,
    roles: &'a [Role],
    usual: Lang,
    whence: &'a Whence,
    now: DateTime<Utc>,
}

impl Entering<'_> {
    fn enter(&self, conn: &mut Conn) -> Result<Result<String, Fault>, Error> {
        let who = match store::by_subject(conn, &self.person.issuer, &self.person.subject)? {
            Some((_, member)) if member.account.left_at.is_some() => Err(Fault::Left),
            Some((subject, member)) if subject.governs_roles => self.refresh(conn, &member)?,
            Some((_, member)) if member.roles.is_empty() => Err(Fault::NoRole),
            Some((_, member)) => Ok(member.account.id),
            None => self.first_time(conn)?,
        };
        match who {
            Ok(id) => self.begin_session(conn, id).map(Ok),
            Err(fault) => Ok(Err(fault)),
        }
    }

    /// Gives an account the roles that the groups give now. Who has none left is out, in every browser.
    fn refresh(&self, conn: &mut Conn, member: &Member) -> Result<Result<Id, Fault>, Error> {
        let id = member.account.id;
        if member.roles != self.roles {
            accounts::set_roles(conn, id, self.roles)?;
            let detail = json!({ "by": "openid", "from": words(&member.roles), "to": words(self.roles) });
            self.note(conn, "roles.changed", id, detail)?;
        }
        if self.roles.is_empty() {
            accounts::end_sessions(conn, id)?;
            return Ok(Err(Fault::NoRole));
        }
        Ok(Ok(id))
    }

    fn first_time(&self, conn: &mut Conn) -> Result<Result<Id, Fault>, Error> {
        let Some(email) = &self.person.email else {
            return Ok(Err(if self.roles.is_empty() { Fault::NoRole } else { Fault::NoEmail }));
        };
        match accounts::by_email(conn, email)? {
            Some(other) => self.take_invitation(conn, &other),
            None if self.roles.is_empty() => Ok(Err(Fault::NoRole)),
            None if self.person.verified == Some(false) => Ok(Err(Fault::Unverified)),
            None => self.make(conn, email).map(Ok),
        }
    }

    /// Somebody has this e-mail here already: see [`enter`].
    fn take_invitation(&self, conn: &mut Conn, other: &Account) -> Result<Result<Id, Fault>, Error> {
        if other.left_at.is_some() {
            return Ok(Err(Fault::Left));
        }
        let meant = self.person.verified == Some(true) && !store::is_linked(conn, other.id)?;
        if !meant || !store::use_invitation(conn, other, self.now.into())? {
            return Ok(Err(Fault::EmailTaken));
        }
        self.note(conn, "link.used", other.id, json!({ "by": "openid" }))?;
        self.link(conn, other.id, false)?;
        Ok(Ok(other.id))
    }

    fn make(&self, conn: &mut Conn, email: &str) -> Result<Id, Error> {
        let account = Account {
            id: Id::new(),
            email: email.to_owned(),
            name: self.person.name.clone().unwrap_or_else(|| email.to_owned()),
            password_hash: String::new(),
            language: self.person.lang.unwrap_or(self.usual).code().to_owned(),
            created_at: self.now.into(),
            phone: None,
            left_at: None,
        };
        accounts::insert(conn, &account, self.roles)?;
        self.note(conn, "account.made", account.id, json!({ "by": "openid", "roles": words(self.roles) }))?;
        self.link(conn, account.id, true)?;
        Ok(account.id)
    }

    fn link(&self, conn: &mut Conn, account_id: Id, governs_roles: bool) -> Result<(), Error> {
        let (issuer, subject) = (self.person.issuer.clone(), self.person.subject.clone());
        store::link(conn, &Subject { issuer, subject, account_id, governs_roles, linked_at: self.now.into() })
    }

    fn begin_session(&self, conn: &mut Conn, account_id: Id) -> Result<String, Error> {
        let (token, at) = (Token::draw(), self.now.into());
        let (address, browser) = (self.whence.address.clone(), self.whence.browser.clone());
        let new = Session {
            token_hash: token.hash,
            account_id,
            created_at: at,
            last_seen_at: at,
            address,
            browser,
            by_passkey: false,
        };
        let (_, rules) = accounts::rules(conn)?;
        accounts::begin_session(conn, &new, (self.now - rules.absolute()).into())?;
        self.note(conn, "session.begun", account_id, json!({ "by": "openid" }))?;
        Ok(token.secret)
    }

    fn note(&self, conn: &mut Conn, what: &str, whose: Id, detail: Value) -> Result<(), Error> {
        let subject = whose.to_string();
        let entry = Entry { actor: Some(whose), address: &self.whence.address, what, subject: &subject, detail };
        audit::append(conn, &entry, self.now.into())
    }
}

fn words(roles: &[Role]) -> Vec<&'static str> {
    roles.iter().copied().map(Role::word).collect()
}
