//! Signing in and out for programs: the session as a resource.

pub mod people;
pub mod tokens;

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::{May, Throttle, Timely, actions, caller, right::Anyone, session};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::error::{Error, FieldError};

/// Signs in with `{"email": …, "password": …}` and sets the session cookie.
pub async fn begin(
    request: HttpRequest,
    (db, clock, config): (web::Data<Db>, web::Data<Clock>, web::Data<Config>),
    throttle: web::Data<Throttle>,
    Timely(body): Timely<web::Bytes>,
) -> Result<HttpResponse, Error> {
    let body = json_of(&body)?;
    let word = |name: &str| body.get(name).and_then(Value::as_str).ok_or_else(|| Error::field(name, "missing"));
    let (email, password) = (word("email")?, word("password")?.to_owned());
    let held = session::secret(&config, &request);
    let from = caller::address(&request);
    let secret = actions::sign_in(&db, &throttle, (&from, held), (email, password), clock.now()).await?;
    Ok(HttpResponse::NoContent().cookie(session::cookie(&config, secret)).finish())
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
