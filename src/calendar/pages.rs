//! The feed itself, one deadline as a file, and the page where addresses are made and ended.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Span, actions};
use crate::account::right::{Anyone, Read};
use crate::account::{By, Desk, Limits, May, Officer, caller};
use crate::db::Id;
use crate::error::Error;
use crate::flow::download;
use crate::i18n;
use crate::incident::pages::{Answered, App, Sent, frame, go_to};

type OneDuty = web::Path<(String, String)>;

/// What calendars take it for.
const KIND: &str = "text/calendar; charset=utf-8";

/// What the address of the page may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

/// For whom a duty is, where there are several.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ForWhom {
    r#for: String,
}

/// Hands out what an address shows. The secret in it is all that lets anybody in.
pub async fn feed(
    request: HttpRequest,
    (db, clock, _): App,
    (desk, limits): (web::Data<Desk>, web::Data<Limits>),
    secret: web::Path<String>,
) -> Answered {
    let from = caller::address(&request);
    let (written, mark) = actions::feed(&db, &limits, (&secret, from), desk.base.clone(), clock.now()).await?;
    // What was asked for a moment ago may be kept, and is asked for again each time.
    let kept = (CACHE_CONTROL, "private, no-cache");
    let tag = (ETAG, format!("W/\"{mark}\""));
    let known = request.headers().get(IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or_default();
    if known.split(',').any(|one| one.trim().trim_start_matches("W/").trim_matches('"') == mark) {
        return Ok(HttpResponse::NotModified().insert_header(kept).insert_header(tag).finish());
    }
    Ok(HttpResponse::Ok()
        .insert_header(kept)
        .insert_header(tag)
        .content_type(KIND)
        .insert_header((CONTENT_DISPOSITION, "inline; filename=\"varsel.ics\""))
        .body(written))
}

/// Hands out one deadline of a case.
pub async fn one(
    (db, clock, _): App,
    desk: web::Data<Desk>,
    By(by, (path, whom)): By<Read, (OneDuty, web::Query<ForWhom>)>,
) -> Answered {
    let ((key, duty), whom) = (path.into_inner(), whom.into_inner().r#for);
    let (name, written) = actions::one(&db, &by, (key, duty, whom), desk.base.clone(), clock.now()).await?;
    Ok(download(&name, &name).content_type(KIND).body(written))
}

/// Shows the addresses one has made.
pub async fn own(app: App, By(by, asked): By<Anyone, web::Query<Asked>>) -> Answered {
    let done = (asked.done == "ended").then(|| i18n::text(by.lang, "calendar-done-ended"));
    page(app, &by, json!({ "done": done }), StatusCode::OK).await
}

/// Makes an address, and shows it once.
pub async fn make(app: App, desk: web::Data<Desk>, By(by, sent): By<Read, Sent>) -> Answered {
    let span = sent.iter().find(|(name, _)| name == "span").map_or("mine", |(_, value)| value.as_str());
    let made = match Span::parse(span) {
        Ok(span) => actions::make(&app.0, &by, span, app.1.now()).await,
        Err(_) => Err(Error::NotFound),
    };
    match made {
        Ok((_, secret)) => {
            let address = address(&desk.base, &secret);
            let bare = address.split_once("://").map_or(address.as_str(), |(_, bare)| bare);
            page(app, &by, json!({ "webcal": format!("webcal://{bare}"), "address": address }), StatusCode::OK).await
        }
        Err(why @ Error::Conflict { .. }) => {
            let said = json!({ "refusal": why.title_and_detail(by.lang).1 });
            page(app, &by, said, why.status_and_code().0).await
        }
        Err(why) => Err(why),
    }
}

/// Ends an address.
pub async fn end((db, clock, _): App, by: May<Anyone>, id: web::Path<String>) -> Answered {
    let id = Id::parse(&id).ok_or(Error::NotFound)?;
    actions::end(&db, by.id, id, clock.now()).await?;
    Ok(go_to("/account/calendar?done=ended".into()))
}

/// Where a calendar finds its feed.
pub(super) fn address(base: &str, secret: &str) -> String {
    format!("{base}/calendar/{secret}.ics")
}

async fn page((db, clock, templates): App, by: &Officer, said: Value, status: StatusCode) -> Answered {
    let row = |one: &super::store::Address| {
        json!({
            "id": one.id, "name": i18n::text(by.lang, &format!("calendar-{}-short", one.span)),
            "made": i18n::instant_short(by.lang, one.made_at.utc()),
            "used": one.last_used_at.map(|at| i18n::instant_short(by.lang, at.utc())),
        })
    };
    let rows: Vec<Value> = actions::of(&db, by.id).await?.iter().map(row).collect();
    let mut own = json!({ "rows": rows, "done": null, "address": null, "webcal": null, "refusal": null });
    if let (Some(own), Value::Object(said)) = (own.as_object_mut(), said) {
        own.extend(said);
    }
    let title = i18n::text(by.lang, "calendar-own");
    frame(by, &clock, "/account/calendar", title).answer(&templates, status, "calendar/own", &own)
}
