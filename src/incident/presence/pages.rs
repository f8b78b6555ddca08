//! The beat of a page that lies open, and what it is answered: who else is there, in a sentence.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::{actions, store};
use crate::account::right::Read;
use crate::account::{By, May, Officer};
use crate::clock::Clock;
use crate::db::{Db, Instant};
use crate::error::Error;
use crate::i18n::{self, Lang};
use crate::incident::store as cases;

type App = (web::Data<Db>, web::Data<Clock>);

/// Takes the beat of a page, its last one with `?left`.
pub async fn beat(
    request: HttpRequest,
    (db, clock): App,
    By(by, key): By<Read, web::Path<String>>,
) -> Result<HttpResponse, Error> {
    let sight = by.sight();
    let seq = db.read(move |conn| Ok(cases::head(conn, &key, sight)?.seq)).await?;
    if request.query_string() == "left" {
        actions::leave(&db, &by, seq).await?;
        return Ok(HttpResponse::NoContent().finish());
    }
    let others = actions::arrive(&db, &by, seq, clock.now()).await?;
    Ok(HttpResponse::Ok().json(json!({ "said": said(by.lang, &others) })))
}

/// Tells a program who has the page open; it is nobody on the page itself.
pub async fn show((db, clock): App, by: May<Read>, key: web::Path<String>) -> Result<HttpResponse, Error> {
    let (sight, me, now) = (by.sight(), by.id, clock.now());
    let others = db
        .read(move |conn| {
            let seq = cases::head(conn, &key, sight)?.seq;
            store::others(conn, seq, me, now)
        })
        .await?;
    let items: Vec<_> = others.iter().map(|(name, at)| json!({ "name": name, "seen_at": at })).collect();
    Ok(HttpResponse::Ok().json(json!({ "items": items })))
}

/// Who else is on the page, in a sentence; empty where nobody is.
pub(in crate::incident) fn said(lang: Lang, others: &[(String, Instant)]) -> String {
    let names: Vec<&str> = others.iter().map(|(name, _)| name.as_str()).collect();
    if names.is_empty() {
        return String::new();
    }
    i18n::text_with(lang, "presence-others", &[("names", i18n::list(lang, &names).into()), ("n", names.len().into())])
}

/// Who else is on the page, for the page itself; where that cannot be told the page still shows.
pub(in crate::incident) async fn on_page(db: &Db, by: &Officer, seq: i64, clock: &Clock) -> String {
    match actions::arrive(db, by, seq, clock.now()).await {
        Ok(others) => said(by.lang, &others),
        Err(why) => {
            tracing::warn!(%why, "Who else has a page open could not be told");
            String::new()
        }
    }
}
