//! The audit chain for programs: a page of it, and its head, signed.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Asked, visible};
use crate::account::right::ReadAudit;
use crate::account::{By, May};
use crate::audit::store::{head as last, search};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::error::Error;

const LONGEST: i64 = 500;

/// What a list can be asked for, beside what narrows it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Page {
    limit: String,
}

/// Lists entries, the newest first.
pub async fn list(
    db: web::Data<Db>,
    By(by, (asked, page)): By<ReadAudit, (web::Query<Asked>, web::Query<Page>)>,
) -> Result<HttpResponse, Error> {
    let limit = match page.limit.trim() {
        "" => 100,
        text => text.parse().map_err(|_| Error::field("limit", "limit_out_of_range"))?,
    };
    if !(1..=LONGEST).contains(&limit) {
        return Err(Error::field("limit", "limit_out_of_range"));
    }
    let (asked, reader) = (asked.into_inner(), (*by).clone());
    let (found, shown) = db
        .read(move |conn| {
            let mut filter = asked.filter(conn)?;
            filter.limit = limit;
            let found = search(conn, &filter)?;
            let shown = visible(conn, &reader, &found.items)?;
            Ok((found, shown))
        })
        .await?;
    let items: Vec<Value> = found
        .items
        .iter()
        .map(|entry| {
            let may = shown.contains(&entry.subject);
            json!({
                "number": entry.number, "at": entry.at, "actor": entry.actor, "name": entry.name, "address": entry.address,
                "what": entry.what, "subject": entry.subject, "detail": may.then_some(&entry.detail), "withheld": !may,
                "before": entry.before, "digest": entry.digest,
            })
        })
        .collect();
    let next = found.next.map(|next| next.to_string());
    Ok(HttpResponse::Ok().json(json!({ "items": items, "next": next, "paused": found.paused })))
}

/// The last entry, and the same signed where there is a key.
pub async fn head(
    (db, clock, config): (web::Data<Db>, web::Data<Clock>, web::Data<Config>),
    _by: May<ReadAudit>,
) -> Result<HttpResponse, Error> {
    let head = db.read(last).await?;
    let signer = config.signer.as_ref();
    Ok(HttpResponse::Ok().json(json!({
        "number": head.number, "digest": head.digest,
        "signed": signer.map(|signer| signer.sign(&head, clock.now()).to_string()),
        "public_key": signer.map(crate::audit::Signer::public_key),
    })))
}
