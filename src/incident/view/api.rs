//! Saved views for programs.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::{Wish, actions, store};
use crate::account::right::Read;
use crate::account::{By, May};
use crate::clock::Clock;
use crate::db::Db;
use crate::error::Error;
use crate::incident::api::body::Body;

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>);

/// Lists one's own views and those that are shared.
pub async fn list((db, _): App, by: May<Read>) -> Answered {
    let who = by.id;
    let all = db.read(move |conn| store::all(conn, who)).await?;
    Ok(HttpResponse::Ok().json(json!({ "items": all })))
}

/// Saves a view.
pub async fn save(request: HttpRequest, (db, clock): App, By(by, sent): By<Read, web::Bytes>) -> Answered {
    let view = actions::save(&db, &by, wish(&request, &sent)?, clock.now()).await?;
    let place = (LOCATION, format!("/api/v1/views/{}", view.id));
    Ok(HttpResponse::build(StatusCode::CREATED).insert_header(place).json(view))
}

/// Changes a view.
pub async fn change(
    request: HttpRequest,
    (db, clock): App,
    By(by, (id, sent)): By<Read, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let view = actions::change(&db, &by, id.into_inner(), wish(&request, &sent)?, clock.now()).await?;
    Ok(HttpResponse::Ok().json(view))
}

/// Removes a view.
pub async fn remove((db, clock): App, By(by, id): By<Read, web::Path<String>>) -> Answered {
    actions::remove(&db, &by, id.into_inner(), clock.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn wish(request: &HttpRequest, sent: &[u8]) -> Result<Wish, Error> {
    let mut body = Body::read(request, sent)?;
    let (name, filter) = (body.must("name"), body.must("filter"));
    let shared = body.has("shared") && body.flag("shared");
    let first = body.has("first") && body.flag("first");
    body.done()?;
    Ok(Wish { name, filter, shared, first })
}
