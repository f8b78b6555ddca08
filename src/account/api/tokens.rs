//! Tokens for programs: listing, making, revoking.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::people::Body;
use crate::account::actions::tokens::{self, Actor, Wish};
use crate::account::right::{Anyone, KeepPeople};
use crate::account::store::tokens::ApiToken;
use crate::account::{By, May, caller};
use crate::clock::Clock;
use crate::db::{Db, Id};
use crate::error::Error;

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>);

/// Lists the caller's own tokens, the newest first.
pub async fn list((db, clock): App, by: May<Anyone>) -> Answered {
    let all = tokens::of(&db, by.id).await?;
    let items: Vec<Value> = all.iter().map(|token| shown(token, clock.now())).collect();
    Ok(HttpResponse::Ok().json(json!({ "items": items })))
}

/// Makes a token for the caller, or for a machine; the answer holds its secret, which is not shown again.
pub async fn make(request: HttpRequest, (db, clock): App, By(by, sent): By<Anyone, web::Bytes>) -> Answered {
    by.is_here_in_person()?;
    let mut body = Body::read(&sent)?;
    let wish = Wish {
        name: body.text("name").unwrap_or_default(),
        scopes: body.texts("scopes").unwrap_or_default(),
        days: body.whole("days"),
    };
    let machine = body.text("machine");
    body.done()?;
    let (actor, now) = (actor(&request, by.id), clock.now());
    let made = match machine {
        None => tokens::make(&db, actor, by.id, wish, now).await?,
        Some(_) if !by.may::<KeepPeople>() => return Err(Error::Forbidden),
        Some(id) => {
            let id = Id::parse(&id).ok_or(Error::NotFound)?;
            tokens::make_for_machine(&db, actor, id, wish, now).await?
        }
    };
    let mut answer = shown(&made.token, now);
    answer["token"] = made.secret.into();
    Ok(HttpResponse::build(StatusCode::CREATED).insert_header(("cache-control", "no-store")).json(answer))
}

/// Takes a token out of use: the caller's own, or anybody's where the caller keeps people.
pub async fn revoke(request: HttpRequest, (db, clock): App, By(by, id): By<Anyone, web::Path<String>>) -> Answered {
    let id = Id::parse(&id).ok_or(Error::NotFound)?;
    tokens::revoke(&db, actor(&request, by.id), by.may::<KeepPeople>(), id, clock.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn actor(request: &HttpRequest, id: Id) -> Actor {
    Actor { id: Some(id), address: caller::address(request) }
}

fn shown(token: &ApiToken, now: chrono::DateTime<chrono::Utc>) -> Value {
    json!({
        "id": token.id, "name": token.name, "scopes": token.scopes(), "made_at": token.made_at,
        "expires_at": token.expires_at, "last_used_at": token.last_used_at, "revoked_at": token.revoked_at,
        "is_live": token.is_live(now),
    })
}
