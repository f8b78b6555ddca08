//! Reports for programs: one's own, and nothing else of what became of them.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::Body;
use super::{Answered, App, repeatable};
use crate::account::right::Report;
use crate::account::{By, Desk, Officer};
use crate::db::Db;
use crate::error::Error;
use crate::incident::actions::{self, Logged, Reported};
use crate::incident::store::{self, Head};

/// How many reports a page holds.
const SHOWN: i64 = 50;

/// Reports something that happened; with an `Idempotency-Key` a repetition makes no second report.
pub async fn report(request: HttpRequest, (db, clock): App, By(by, sent): By<Report, web::Bytes>) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let now = clock.now();
    let reported = Reported {
        what: body.must("what"),
        noticed_at: body.time("noticed_at", false).unwrap_or(now),
        system: body.optional("system", 200),
        personal_data: body.optional("personal_data", 20).unwrap_or_else(|| "unknown".into()),
        contact: body.optional("contact", 200),
    };
    body.done()?;
    let again = repeatable(&request, &[b"reports ".as_slice(), &sent].concat())?;
    let (reference, is_new) = match actions::report(&db, by.id, reported, again, now).await? {
        Logged::New(head) => (head.reference, true),
        Logged::Before(reference) => (reference, false),
    };
    let shown = own(&db, &by, reference.clone()).await?;
    let mut answer = HttpResponse::Created();
    answer.insert_header((LOCATION, format!("/api/v1/reports/{reference}")));
    if !is_new {
        answer.insert_header(("Idempotency-Replayed", "true"));
    }
    Ok(answer.json(shown))
}

/// Where a list goes on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    cursor: Option<String>,
    #[serde(rename = "lang")]
    _lang: Option<String>,
}

/// One's own reports, the newest first.
pub async fn list((db, _): App, By(by, asked): By<Report, web::Query<Asked>>) -> Answered {
    let cursor = |text: &String| text.parse::<i64>().map_err(|_| Error::field("cursor", "cursor_unknown"));
    let (who, before) = (by.id, asked.cursor.as_ref().map(cursor).transpose()?);
    let page = db.read(move |conn| store::own_reports(conn, who, before, SHOWN)).await?;
    let items: Vec<Value> = page.items.iter().map(|(head, report, state)| told(head, report, state)).collect();
    Ok(HttpResponse::Ok().json(json!({ "items": items, "next": page.next.map(|next| next.to_string()) })))
}

/// One of one's own reports.
pub async fn show((db, _): App, By(by, key): By<Report, web::Path<String>>) -> Answered {
    Ok(HttpResponse::Ok().json(own(&db, &by, key.into_inner()).await?))
}

/// Adds to one of one's own reports.
pub async fn remark(
    request: HttpRequest,
    (db, clock): App,
    desk: web::Data<Desk>,
    By(by, (key, sent)): By<Report, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let words = body.must("words");
    body.done()?;
    actions::remark(&db, desk.into_inner(), by.id, (key.clone(), words), clock.now()).await?;
    Ok(HttpResponse::Created().json(own(&db, &by, key.into_inner()).await?))
}

async fn own(db: &Db, by: &Officer, key: String) -> Result<Value, Error> {
    let who = by.id;
    let (head, report, state) = db.read(move |conn| store::own_report(conn, who, &key)).await?;
    Ok(told(&head, &report, state))
}

fn told(head: &Head, report: &store::Report, state: &str) -> Value {
    let mut shown = serde_json::to_value(report).unwrap_or_default();
    shown["reference"] = json!(head.reference);
    shown["state"] = json!(state);
    shown
}
