//! Passkeys for the script of our pages: what a browser is asked and what it answers; and listing and removing.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::people::Body;
use crate::account::actions::passkeys;
use crate::account::limits::{Costly, Limits};
use crate::account::passkey::Party;
use crate::account::right::Anyone;
use crate::account::session::{self, Whence};
use crate::account::store::passkeys::Passkey;
use crate::account::{By, May, Throttle, Timely, caller, officer};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Id};
use crate::error::{Error, FieldError};

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>, web::Data<Config>);

/// Whom passkeys are made for by the browser that asks.
fn party(config: &Config, request: &HttpRequest) -> Result<Party, Error> {
    let host = caller::way(request).host;
    Party::of(config, host.as_deref()).ok_or_else(|| Error::conflict("passkey-needs-https"))
}

fn missing(name: &str) -> Error {
    Error::Invalid(vec![FieldError::new(name, "missing")])
}

/// Lists the own passkeys.
pub async fn list((db, _, _): App, by: May<Anyone>) -> Answered {
    let (all, _) = passkeys::own(&db, by.id).await?;
    Ok(HttpResponse::Ok().json(json!({ "items": all.iter().map(shown).collect::<Vec<_>>() })))
}

fn shown(key: &Passkey) -> Value {
    json!({ "id": key.id, "name": key.name, "made_at": key.made_at, "last_used_at": key.last_used_at })
}

/// Asks for a new key, by `{"password": …}`; answers what `navigator.credentials.create` is given.
pub async fn ask_new(
    request: HttpRequest,
    (db, clock, config): App,
    throttle: web::Data<Throttle>,
    By(by, sent): By<Anyone, web::Bytes>,
) -> Answered {
    by.is_here_in_person()?;
    let mut body = Body::read(&sent)?;
    let given = body.text("password");
    body.done()?;
    let given = given.ok_or_else(|| missing("password"))?;
    let (this, _) = officer::held(&request)?;
    let whence = (Whence::of(&request), this.token_hash);
    let party = party(&config, &request)?;
    let options = passkeys::ask_new(&db, &throttle, party, whence, (by.id, given), clock.now()).await?;
    Ok(HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(options))
}

/// Adds what the browser has made, as `{"name": …, "credential": …}`; the session goes on under a new cookie.
pub async fn add(request: HttpRequest, (db, clock, config): App, By(by, sent): By<Anyone, web::Bytes>) -> Answered {
    by.is_here_in_person()?;
    let mut body = Body::read(&sent)?;
    let (name, answer) = (body.text("name").unwrap_or_default(), body.take("credential"));
    body.done()?;
    let answer = answer.ok_or_else(|| missing("credential"))?;
    let (this, _) = officer::held(&request)?;
    let whence = (Whence::of(&request), this.token_hash);
    let party = party(&config, &request)?;
    let (key, secret) = passkeys::add(&db, party, whence, (by.id, name, answer), clock.now()).await?;
    Ok(HttpResponse::build(StatusCode::CREATED).cookie(session::cookie(&config, secret)).json(shown(&key)))
}

/// Gives a passkey up, by `{"password": …}`; every session ends, and this one goes on under a new cookie.
pub async fn remove(
    request: HttpRequest,
    (db, clock, config): App,
    throttle: web::Data<Throttle>,
    By(by, (id, sent)): By<Anyone, (web::Path<String>, web::Bytes)>,
) -> Answered {
    by.is_here_in_person()?;
    let key = Id::parse(&id).ok_or(Error::NotFound)?;
    let mut body = Body::read(&sent)?;
    let given = body.text("password");
    body.done()?;
    let given = (by.id, key, given.ok_or_else(|| missing("password"))?);
    let secret = passkeys::remove(&db, &throttle, Whence::of(&request), given, clock.now()).await?;
    Ok(HttpResponse::NoContent().cookie(session::cookie(&config, secret)).finish())
}

/// Asks for any passkey; answers what `navigator.credentials.get` is given.
pub async fn ask_any(request: HttpRequest, (db, clock, config): App, limits: web::Data<Limits>) -> Answered {
    limits.take(Costly::Passkey, &[&format!("from {}", caller::address(&request))], clock.now())?;
    let (options, secret) = passkeys::ask_any(&db, party(&config, &request)?, clock.now()).await?;
    let mut answer = HttpResponse::Ok();
    answer.cookie(session::asked_cookie(&config, secret)).insert_header(("cache-control", "no-store"));
    Ok(answer.json(options))
}

/// Signs in by what the browser answered, as `{"credential": …}`; sets the session cookie.
pub async fn enter(
    request: HttpRequest,
    (db, clock, config): App,
    throttle: web::Data<Throttle>,
    Timely(sent): Timely<web::Bytes>,
) -> Answered {
    let mut body = Body::read(&sent)?;
    let answer = body.take("credential");
    body.done()?;
    let answer = (session::asked_secret(&config, &request), answer.ok_or_else(|| missing("credential"))?);
    let held = (Whence::of(&request), session::secret(&config, &request));
    let tried = (throttle.as_ref(), party(&config, &request)?);
    let secret = passkeys::enter(&db, tried, held, answer, clock.now()).await?;
    let cookies = [session::cookie(&config, secret), session::asked_removal(&config)];
    let mut done = HttpResponse::NoContent();
    for cookie in cookies {
        done.cookie(cookie);
    }
    Ok(done.finish())
}
