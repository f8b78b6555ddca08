//! Signing in and out for programs: the session as a resource.

pub mod passkeys;
pub mod people;
pub mod tokens;

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::actions::Entered;
use super::right::{Anyone, KeepHouse, KeepPeople, ReadHouse};
use super::rules::Rules;
use super::session::Whence;
use super::store::Session;
use super::{By, Desk, May, Role, Throttle, Timely, actions, caller, officer, session};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, Id};
use crate::error::{Error, FieldError};

/// Signs in with `{"email": …, "password": …}`, and `"code"` where a second factor is on; sets the session cookie.
pub async fn begin(
    request: HttpRequest,
    (db, clock, config): (web::Data<Db>, web::Data<Clock>, web::Data<Config>),
    (throttle, desk): (web::Data<Throttle>, web::Data<Desk>),
    Timely(body): Timely<web::Bytes>,
) -> Result<HttpResponse, Error> {
    let body = json_of(&body)?;
    let word = |name: &str| body.get(name).and_then(Value::as_str).ok_or_else(|| Error::field(name, "missing"));
    let (email, password) = (word("email")?, word("password")?.to_owned());
    let code = body.get("code").and_then(Value::as_str).map(str::to_owned);
    let held = (Whence::of(&request), session::secret(&config, &request));
    let tried = (email, password, code);
    match actions::sign_in(&db, (&throttle, &desk), held, tried, clock.now()).await? {
        Entered::In(secret) => Ok(HttpResponse::NoContent().cookie(session::cookie(&config, secret)).finish()),
        Entered::Half(_) => Err(Error::field("code", "code_missing")),
    }
}

/// Tells who is signed in, in which roles, and when the session ends. Asking does not keep it alive; with `?working` it does.
pub async fn show(request: HttpRequest, by: May<Anyone>) -> Result<HttpResponse, Error> {
    let (held, ends_at) = officer::held(&request)?;
    let roles: Vec<&str> = by.roles.iter().copied().map(Role::word).collect();
    Ok(HttpResponse::Ok().json(json!({
        "id": session::name_of(&held.token_hash), "account": by.id, "name": by.name, "email": by.email, "roles": roles,
        "language": by.lang.code(), "began_at": held.created_at, "ends_at": ends_at,
    })))
}

/// Lists the own sessions, the one used last first.
pub async fn list(
    request: HttpRequest,
    (db, clock): (web::Data<Db>, web::Data<Clock>),
    by: May<Anyone>,
) -> Result<HttpResponse, Error> {
    let (this, _) = officer::held(&request)?;
    let own = actions::own(&db, by.id, clock.now()).await?;
    let one = |held: &Session| {
        json!({
            "id": session::name_of(&held.token_hash), "began_at": held.created_at, "last_seen_at": held.last_seen_at,
            "ends_at": session::ends_at(held, &own.rules), "address": held.address, "browser": held.browser,
            "this": held.token_hash == this.token_hash,
        })
    };
    Ok(HttpResponse::Ok().json(json!({ "items": own.sessions.iter().map(one).collect::<Vec<_>>() })))
}

/// Ends one of the own sessions.
pub async fn end_one(
    request: HttpRequest,
    (db, clock): (web::Data<Db>, web::Data<Clock>),
    By(by, id): By<Anyone, web::Path<String>>,
) -> Result<HttpResponse, Error> {
    actions::end_one(&db, (by.id, caller::address(&request)), id.into_inner(), clock.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Ends all of the own sessions but this one.
pub async fn end_others(
    request: HttpRequest,
    (db, clock): (web::Data<Db>, web::Data<Clock>),
    by: May<Anyone>,
) -> Result<HttpResponse, Error> {
    let (this, _) = officer::held(&request)?;
    actions::end_others(&db, (by.id, caller::address(&request)), this.token_hash, clock.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Ends every session of another.
pub async fn end_all(
    request: HttpRequest,
    (db, clock): (web::Data<Db>, web::Data<Clock>),
    By(by, id): By<KeepPeople, web::Path<String>>,
) -> Result<HttpResponse, Error> {
    let of = Id::parse(&id).ok_or(Error::NotFound)?;
    actions::end_all(&db, (by.id, caller::address(&request)), of, clock.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes the second factor of another away.
pub async fn reset_factor(
    request: HttpRequest,
    (db, clock): (web::Data<Db>, web::Data<Clock>),
    By(by, id): By<KeepPeople, web::Path<String>>,
) -> Result<HttpResponse, Error> {
    let of = Id::parse(&id).ok_or(Error::NotFound)?;
    actions::reset_factor(&db, (by.id, caller::address(&request)), of, clock.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Shows the rules for signing in.
pub async fn rules(db: web::Data<Db>, _by: May<ReadHouse>) -> Result<HttpResponse, Error> {
    Ok(HttpResponse::Ok().json(told(actions::rules(&db).await?)))
}

/// Saves the rules for signing in, all of them, with the `version` that was looked at.
pub async fn save_rules(
    request: HttpRequest,
    (db, clock): (web::Data<Db>, web::Data<Clock>),
    By(by, sent): By<KeepHouse, web::Bytes>,
) -> Result<HttpResponse, Error> {
    let body = json_of(&sent)?;
    let whole = |name: &str| body.get(name).and_then(Value::as_i64);
    let version = whole("version").and_then(|version| version.try_into().ok());
    let version = version.ok_or_else(|| Error::field("version", "version_unreadable"))?;
    let demand = body.get("second_factor").and_then(Value::as_str);
    let rules = Rules::check(whole("idle_minutes"), whole("absolute_hours"), demand)?;
    let by = (by.id, caller::address(&request));
    Ok(HttpResponse::Ok().json(told(actions::save_rules(&db, by, (version, rules), clock.now()).await?)))
}

fn told((version, rules): (i32, Rules)) -> Value {
    json!({
        "version": version, "idle_minutes": rules.idle_minutes, "absolute_hours": rules.absolute_hours,
        "second_factor": rules.second_factor.word(),
    })
}

/// Reads what should be JSON; the fault says where it is not.
fn json_of(sent: &[u8]) -> Result<Value, Error> {
    serde_json::from_slice(sent).map_err(|why| {
        let at = json!({ "line": why.line(), "column": why.column() });
        let field = FieldError::new("", "not_json").with("reason", why.to_string());
        Error::Malformed(field.with("line", at["line"].clone()).with("column", at["column"].clone()))
    })
}

/// Ends the session.
pub async fn end(
    request: HttpRequest,
    (db, clock, config): (web::Data<Db>, web::Data<Clock>, web::Data<Config>),
    _by: May<Anyone>,
) -> Result<HttpResponse, Error> {
    if let Some(secret) = session::secret(&config, &request) {
        actions::sign_out(&db, &caller::address(&request), &secret, clock.now()).await?;
    }
    Ok(HttpResponse::NoContent().cookie(session::removal(&config)).finish())
}
