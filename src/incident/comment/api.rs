//! Comments for programs.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::actions::{self, Said};
use super::store::{self, Comment};
use crate::account::right::{Approve, Read};
use crate::account::{By, Desk};
use crate::clock::Clock;
use crate::db::Db;
use crate::error::Error;
use crate::incident::api::body::Body;
use crate::incident::store as cases;

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>);

/// Lists the comments on a case, the oldest first; what was corrected names what stands for it.
pub async fn list((db, _): App, By(by, key): By<Read, web::Path<String>>) -> Answered {
    let sight = by.sight();
    let all = db.read(move |conn| cases::head(conn, &key, sight).and_then(|head| store::list(conn, head.seq))).await?;
    let items: Vec<Value> = all.iter().map(|one| shown(&all, one)).collect();
    Ok(HttpResponse::Ok().json(json!({ "items": items })))
}

/// Adds a comment, or a correction of one's own.
pub async fn add(
    request: HttpRequest,
    (db, clock): App,
    By(by, (key, sent)): By<Approve, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let (words, to, replaces) = (body.must("words"), body.texts("mentions"), body.optional("replaces", 100));
    body.done()?;
    let desk = Desk::of(&request)?;
    let said = Said { words, to, replaces };
    let (head, id) = actions::comment(&db, desk, by.id, (key.into_inner(), said), clock.now()).await?;
    let all = db.read(move |conn| store::list(conn, head.seq)).await?;
    let one = all.iter().find(|one| one.id == id).ok_or(Error::NotFound)?;
    Ok(HttpResponse::build(StatusCode::CREATED).json(shown(&all, one)))
}

/// A comment as programs and archives have it.
pub(crate) fn shown(all: &[Comment], one: &Comment) -> Value {
    let id = |seq: Option<i64>| seq.and_then(|seq| all.iter().find(|other| other.seq == seq)).map(|other| other.id);
    let later = all.iter().find(|other| other.replaces == Some(one.seq)).map(|other| other.id);
    json!({
        "id": one.id, "words": one.words, "by": one.by, "at": one.at, "replaces": id(one.replaces), "replaced_by": later,
    })
}
