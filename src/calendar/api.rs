//! The addresses of calendars for programs of one's own that are signed in as oneself.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::store::Address;
use super::{Span, actions, pages};
use crate::account::right::{Anyone, Read};
use crate::account::{By, Desk, May};
use crate::clock::Clock;
use crate::db::{Db, Id};
use crate::error::Error;
use crate::incident::api::body::Body;

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>);

/// Lists the addresses one has made.
pub async fn list((db, _): App, by: May<Anyone>) -> Answered {
    let items: Vec<Value> = actions::of(&db, by.id).await?.iter().map(shown).collect();
    Ok(HttpResponse::Ok().json(json!({ "items": items })))
}

/// Makes an address; this is the only answer that holds it.
pub async fn make(request: HttpRequest, (db, clock): App, By(by, sent): By<Read, web::Bytes>) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let span = body.must("span");
    body.done()?;
    let (made, secret) = actions::make(&db, &by, Span::parse(&span)?, clock.now()).await?;
    let mut told = shown(&made);
    told["address"] = json!(pages::address(&Desk::of(&request)?.base, &secret));
    Ok(HttpResponse::build(StatusCode::CREATED).json(told))
}

/// Ends an address.
pub async fn end((db, clock): App, by: May<Anyone>, id: web::Path<String>) -> Answered {
    let id = Id::parse(&id).ok_or(Error::NotFound)?;
    actions::end(&db, by.id, id, clock.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn shown(one: &Address) -> Value {
    json!({ "id": one.id, "span": one.span, "made_at": one.made_at, "last_used_at": one.last_used_at })
}
