//! The settings for programs: what the company is, what it is subject to, its own numbers of severity.

use actix_web::http::header::ETAG;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::body::Body;
use super::{Answered, App};
use crate::account::{
    By, May,
    right::{KeepHouse, ReadHouse},
};
use crate::db::{Conn, Db};
use crate::error::Error;
use crate::incident::settings::{Settings, Version, actions};

/// How many savings the history goes back.
const HISTORY: i64 = 100;

/// The settings that hold, who saved them when, and what was saved before.
pub async fn show((db, _): App, _by: May<ReadHouse>) -> Answered {
    whole(&db).await
}

/// Saves settings; what is left out stays as it is. The version last seen must be told, in `If-Match` or `version`.
pub async fn save(request: HttpRequest, (db, clock): App, By(by, sent): By<KeepHouse, web::Bytes>) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let seen = body.version(&request)?.ok_or_else(|| Error::field("version", "version_missing"))?;
    let mut given = body.rest();
    if let Some(given) = given.as_object_mut() {
        // What we said ourselves may come back with the answer that was edited.
        given.retain(|name, _| !matches!(name.as_str(), "history" | "defaults" | "not_given"));
    }
    actions::save(&db, by.id, seen, given, clock.now()).await?;
    whole(&db).await
}

async fn whole(db: &Db) -> Answered {
    let (version, shown) = db.read(read).await?;
    Ok(HttpResponse::Ok().insert_header((ETAG, format!("\"{version}\""))).json(shown))
}

fn read(conn: &mut Conn) -> Result<(i32, Value), Error> {
    let saved = Version::newest(conn, HISTORY)?;
    let settings = saved.first().map_or_else(|| Ok(Settings::default()), Version::settings)?;
    let version = saved.first().map_or(0, |latest| latest.version);
    let mut shown = settings.tree();
    shown["version"] = json!(version);
    shown["not_given"] = json!(settings.company.lacks());
    shown["defaults"] = json!({ "thresholds": Settings::default().tree()["thresholds"] });
    shown["history"] = history(&saved)?;
    Ok((version, shown))
}

/// Each saving with what it changed, the newest first.
fn history(saved: &[Version]) -> Result<Value, Error> {
    let mut all = Vec::new();
    for (at, version) in saved.iter().enumerate() {
        let before = saved.get(at + 1).map_or_else(|| Ok(Settings::default()), Version::settings)?;
        let changes: Vec<Value> = before.changes(&version.settings()?).into_iter().map(|(_, change)| change).collect();
        // The oldest one shown may have others before it, and then nobody can say here what it changed.
        let known = version.version == 1 || saved.len() > at + 1;
        all.push(json!({ "version": version.version, "by": version.by, "at": version.at, "changes": known.then_some(changes) }));
    }
    Ok(all.into())
}
