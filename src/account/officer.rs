//! The permission that stands in a handler's signature: whoever lacks a live session or the right never gets a [`May`].

use std::future::Future;
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::bearer::{self, Shown};
use super::limits::{Costly, Limits};
use super::right::{self, Named, Right};
use super::rules::{Demand, Rules};
use super::timely::in_time;
use super::{Role, caller, session, store, token};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Id};
use crate::error::Error;
use crate::i18n::Lang;

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Officer {
    /// The account.
    pub id: Id,
    /// As shown in the timeline.
    pub name: String,
    /// The name to sign in with.
    pub email: String,
    /// The language the person reads.
    pub lang: Lang,
    /// The roles the person has.
    pub roles: Vec<Role>,
    /// What the token names that the request shows; none where a person is signed in.
    pub scopes: Option<Vec<String>>,
}

impl Officer {
    /// Nobody in particular, who may do nothing: whom a document is made for, and what no reader makes a difference to.
    #[must_use]
    pub fn nobody(lang: Lang) -> Self {
        Self { id: Id::nil(), name: String::new(), email: String::new(), lang, roles: Vec::new(), scopes: None }
    }

    /// Whether a right is held, by the roles and by the token where there is one; for what a page offers. What a handler
    /// does is guarded by [`May`].
    #[must_use]
    pub fn may<R: Right>(&self) -> bool {
        let named = |scopes: &Vec<String>| scopes.iter().any(|word| word == R::WORD);
        Named::of::<R>().is_held_by(&self.roles) && self.scopes.as_ref().is_none_or(named)
    }
}

impl Officer {
    /// Refuses a token where a person must be signed in: what a token could give itself would outlive it.
    ///
    /// # Errors
    /// When the request shows a token.
    pub fn is_here_in_person(&self) -> Result<(), Error> {
        if self.scopes.is_none() { Ok(()) } else { Err(Error::Forbidden) }
    }
}

impl Officer {
    /// Every right by its word, for what a page offers: `read_house` is true or false.
    #[must_use]
    pub fn rights(&self) -> Value {
        let one = |right: &Named| (right.word.replace('-', "_"), Value::Bool(right.is_held_by(&self.roles)));
        Value::Object(right::ALL.iter().map(one).collect())
    }
}

/// An officer who holds the right `R`: nobody else gets one.
#[derive(Clone, Debug)]
pub struct May<R>(Officer, PhantomData<R>);

impl<R> Deref for May<R> {
    type Target = Officer;

    fn deref(&self) -> &Officer {
        &self.0
    }
}

impl<R> From<May<R>> for Officer {
    fn from(by: May<R>) -> Self {
        by.0
    }
}

/// Left on the request for [`language_of`].
struct Reads(Lang);

/// Left on the request for [`held`].
#[derive(Clone)]
struct Held(store::Session, Rules);

/// The session by which a request was let in, and when it ends.
pub fn held(request: &HttpRequest) -> Result<(store::Session, DateTime<Utc>), Error> {
    let held = request.extensions().get::<Held>().cloned();
    held.map(|Held(held, rules)| (held.clone(), session::ends_at(&held, &rules))).ok_or(Error::NotSignedIn)
}

/// Where somebody gets without the second factor that is asked of everybody: to choose one, or out again.
const WITHOUT_FACTOR: [&str; 8] = [
    "/account/second-factor",
    "/account/second-factor/confirmation",
    "/api/v1/passkeys",
    "/api/v1/passkeys/options",
    "/sign-out",
    "/language",
    "/api/v1/session",
    "/session/renew",
];

/// Whether a request only looks how long the session lasts, or says that a page lies open: such a page must not keep it alive.
fn only_looks(request: &HttpRequest) -> bool {
    if request.match_pattern().as_deref() == Some("/incidents/{key}/presence") {
        return true;
    }
    request.method() == Method::GET
        && ["/api/v1/session", "/session/renew"].contains(&request.path())
        && request.query_string() != "working"
}

impl<R: Right> FromRequest for May<R> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { admit(&request).await })
    }
}

/// An officer with a right and what they send: the body is not even read for others.
pub struct By<R, T>(pub May<R>, pub T);

impl<R: Right, T: FromRequest + 'static> FromRequest for By<R, T> {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, actix_web::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let officer = admit(&request).await?;
            let sent = in_time(&request, payload).await?;
            Ok(Self(officer, sent))
        })
    }
}

async fn admit<R: Right>(request: &HttpRequest) -> Result<May<R>, Error> {
    let officer = recognise(request).await?;
    spend(request, &officer)?;
    if officer.may::<R>() { Ok(May(officer, PhantomData)) } else { Err(Error::Forbidden) }
}

/// Counts what is costly against the account and the address.
fn spend(request: &HttpRequest, officer: &Officer) -> Result<(), Error> {
    let Some(what) = Costly::of(request) else { return Ok(()) };
    let (limits, now) = limits(request)?;
    limits.take(what, &[&officer.id.to_string(), &format!("from {}", caller::address(request))], now)
}

fn limits(request: &HttpRequest) -> Result<(&Limits, chrono::DateTime<chrono::Utc>), Error> {
    let missing = || Error::internal("the app has no limits or clock");
    let limits = request.app_data::<web::Data<Limits>>().ok_or_else(missing)?;
    Ok((limits, request.app_data::<web::Data<Clock>>().ok_or_else(missing)?.now()))
}

/// Finds whoever a token belongs to. Wrong ones cost, so that nobody tries many.
async fn by_token(request: &HttpRequest, shown: Shown) -> Result<Officer, Error> {
    let (limits, now) = limits(request)?;
    let from = caller::address(request);
    limits.check(Costly::Guess, &from, now)?;
    let wrong = || limits.take(Costly::Guess, &[&from], now).and(Err(Error::NotSignedIn));
    let Shown::Secret(secret) = shown else { return wrong() };
    let db = request.app_data::<web::Data<Db>>().ok_or_else(|| Error::internal("the app has no database"))?.clone();
    let asked = token::hash(&secret);
    let found = db.read(move |conn| {
        let Some((held, account)) = store::tokens::api_token(conn, &asked)? else { return Ok(None) };
        let roles = store::roles(conn, account.id)?;
        Ok(Some((held, account, roles)))
    });
    let Some((held, account, roles)) = found.await?.filter(|(held, ..)| held.is_live(now)) else { return wrong() };
    if held.last_used_at.is_none_or(|last| now - last.utc() >= session::SEEN_EVERY) {
        let id = held.id;
        db.write(move |conn| store::tokens::token_used(conn, id, now.into())).await?;
    }
    let lang = Lang::parse(&account.language).unwrap_or_default();
    request.extensions_mut().insert(Reads(lang));
    let scopes = Some(held.scopes());
    Ok(Officer { id: account.id, name: account.name, email: account.email, lang, roles, scopes })
}

async fn recognise(request: &HttpRequest) -> Result<Officer, Error> {
    match bearer::shown(request) {
        Shown::Nothing => by_session(request).await,
        shown => by_token(request, shown).await,
    }
}

async fn by_session(request: &HttpRequest) -> Result<Officer, Error> {
    let missing = || Error::internal("the app has no database, clock or configuration");
    let db = request.app_data::<web::Data<Db>>().ok_or_else(missing)?.clone();
    let now = request.app_data::<web::Data<Clock>>().ok_or_else(missing)?.now();
    let config = request.app_data::<web::Data<Config>>().ok_or_else(missing)?;
    let hash = token::hash(&session::secret(config, request).ok_or(Error::NotSignedIn)?);
    let asked = hash.clone();
    let found = db.read(move |conn| {
        let Some((held, account)) = store::session(conn, &asked)? else { return Ok(None) };
        let roles = store::roles(conn, account.id)?;
        let (_, rules) = store::rules(conn)?;
        let owes = rules.second_factor == Demand::All
            && store::factor(conn, account.id)?.is_none_or(|factor| factor.confirmed_at.is_none())
            && !(held.by_passkey && store::passkeys::count(conn, account.id)? > 0);
        Ok(Some((held, account, roles, rules, owes)))
    });
    let (mut held, account, roles, rules, owes) = found.await?.ok_or(Error::NotSignedIn)?;
    if now >= session::ends_at(&held, &rules) {
        return Err(Error::NotSignedIn);
    }
    if now - held.last_seen_at.utc() >= session::SEEN_EVERY && !only_looks(request) {
        db.write(move |conn| store::seen(conn, &hash, now.into())).await?;
        held.last_seen_at = now.into();
    }
    if owes && !request.match_pattern().is_some_and(|path| WITHOUT_FACTOR.contains(&path.as_str())) {
        return Err(Error::SecondFactorNeeded);
    }
    request.extensions_mut().insert(Held(held, rules));
    let lang = Lang::parse(&account.language).unwrap_or_default();
    request.extensions_mut().insert(Reads(lang));
    Ok(Officer { id: account.id, name: account.name, email: account.email, lang, roles, scopes: None })
}

/// The language to answer a request in: what the address asks for, else the person's own, else the browser's.
pub fn language_of(request: &HttpRequest) -> Lang {
    #[derive(serde::Deserialize)]
    struct Asked {
        lang: Option<String>,
    }
    let asked = web::Query::<Asked>::from_query(request.query_string()).ok().and_then(|q| q.into_inner().lang);
    if let Some(lang) = asked.as_deref().and_then(Lang::parse) {
        return lang;
    }
    if let Some(Reads(lang)) = request.extensions().get::<Reads>() {
        return *lang;
    }
    let header = request.headers().get(ACCEPT_LANGUAGE).and_then(|h| h.to_str().ok());
    header.map(Lang::from_accept_language).unwrap_or_default()
}
