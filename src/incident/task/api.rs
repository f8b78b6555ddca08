//! Tasks for programs.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::actions::{self, Wish};
use super::store::{self, Task};
use crate::account::right::{Approve, Read, Work};
use crate::account::{By, Desk, May};
use crate::clock::Clock;
use crate::db::Db;
use crate::error::Error;
use crate::incident::api::body::Body;
use crate::incident::store::{self as cases, Head};

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>);
type OneTask = web::Path<(String, String)>;

/// How many of one's own tasks are listed.
pub(super) const OWN: i64 = 100;

/// Lists the tasks of a case, the oldest first, those that are done among them.
pub async fn list((db, _): App, By(by, key): By<Read, web::Path<String>>) -> Answered {
    let sight = by.sight();
    let all = db.read(move |conn| cases::head(conn, &key, sight).and_then(|head| store::list(conn, head.seq))).await?;
    Ok(HttpResponse::Ok().json(json!({ "items": all })))
}

/// Lists one's own open tasks, the nearest first.
pub async fn own((db, _): App, by: May<Approve>) -> Answered {
    let (me, sight) = (by.id, by.sight());
    let all = db.read(move |conn| store::of_person(conn, me, sight, OWN)).await?;
    let one = |(task, reference, title): &(Task, String, String)| {
        let mut shown = serde_json::to_value(task).unwrap_or_default();
        shown["incident"] = json!({ "reference": reference, "title": title });
        shown
    };
    Ok(HttpResponse::Ok().json(json!({ "items": all.iter().map(one).collect::<Vec<Value>>() })))
}

/// Writes a task down.
pub async fn add(
    request: HttpRequest,
    (db, clock): App,
    By(by, (key, sent)): By<Work, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let (what, owner) = (body.must("what"), body.optional("owner", 100));
    let due_at = body.time("due_at", false);
    body.done()?;
    let wish = Wish { what, owner: owner.unwrap_or_else(|| by.id.to_string()), due_at };
    let desk = Desk::of(&request)?;
    let (head, id) = actions::add(&db, desk, by.id, (key.into_inner(), wish), clock.now()).await?;
    shown(&db, head, id.to_string(), StatusCode::CREATED).await
}

/// Changes a task; what is left out stays.
pub async fn change(
    request: HttpRequest,
    (db, clock): App,
    By(by, (path, sent)): By<Work, (OneTask, web::Bytes)>,
) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let seen = body.version(&request)?.ok_or_else(|| Error::field("version", "version_missing"))?;
    let (key, id) = path.into_inner();
    let (sight, asked, wanted) = (by.sight(), key.clone(), id.clone());
    let was = db
        .read(move |conn| cases::head(conn, &asked, sight).and_then(|head| store::find(conn, head.seq, &wanted)))
        .await?;
    let (what, owner) = (body.optional("what", super::MOST), body.optional("owner", 100));
    let never = body.is_null("due_at");
    let due_at = body.time("due_at", false).or_else(|| was.due_at.filter(|_| !never).map(crate::db::Instant::utc));
    body.done()?;
    let wish = Wish { what: what.unwrap_or(was.what), owner: owner.unwrap_or_else(|| was.owner.to_string()), due_at };
    let desk = Desk::of(&request)?;
    let head = actions::change(&db, desk, by.id, (key, id.clone(), Some(seen)), wish, clock.now()).await?;
    shown(&db, head, id, StatusCode::OK).await
}

/// Marks a task as done.
pub async fn finish((db, clock): App, By(by, path): By<Approve, OneTask>) -> Answered {
    let (key, id) = path.into_inner();
    let who = (by.id, by.may::<Work>());
    let head = actions::end(&db, who, (key, id.clone()), true, clock.now()).await?;
    shown(&db, head, id, StatusCode::CREATED).await
}

/// Takes a task up again.
pub async fn reopen((db, clock): App, By(by, path): By<Approve, OneTask>) -> Answered {
    let (key, id) = path.into_inner();
    let who = (by.id, by.may::<Work>());
    let head = actions::end(&db, who, (key, id.clone()), false, clock.now()).await?;
    shown(&db, head, id, StatusCode::OK).await
}

async fn shown(db: &Db, head: Head, id: String, status: StatusCode) -> Answered {
    let task = db.read(move |conn| store::find(conn, head.seq, &id)).await?;
    Ok(HttpResponse::build(status).json(task))
}
