//! Drills for programs: making one, turning its clock, its report.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{document, report, sheet};
use crate::account::right::{Judge, Read, Work};
use crate::account::{By, Sight, language_of};
use crate::clock::Clock;
use crate::db::{Db, is_demo};
use crate::error::{Error, FieldError};
use crate::flow::download;
use crate::i18n::Lang;
use crate::incident::api::body::{Body, is_json};
use crate::incident::api::show as told_of;
use crate::incident::drill::{Setup, actions};
use crate::incident::{Settings, refuse};
use crate::law::{Fact, Facts};

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>);

/// Makes a drill: `facts` as of any incident, and beside them `participants`, `begins`, `factor`, `channels`, `injects`.
pub async fn begin(request: HttpRequest, (db, clock): App, By(by, sent): By<Work, web::Bytes>) -> Answered {
    is_json(&request)?;
    // Read as facts are, so that nothing is there twice.
    let mut given: Value = crate::law::json::read(&sent).map_err(|wrong| refuse(vec![wrong]))?;
    let facts = given.as_object_mut().and_then(|given| given.remove("facts"));
    let facts = Facts::from_json(&facts.unwrap_or_else(|| json!({}))).map_err(refuse).map_err(below_facts)?;
    if facts.word(Fact::Risk).is_some() && !by.may::<Judge>() {
        return Err(Error::Forbidden);
    }
    let setup: Setup = serde_json::from_value(given)
        .map_err(|why| Error::Malformed(FieldError::new("", "unreadable").with("reason", why.to_string())))?;
    let now = clock.now();
    let head = actions::begin(&db, by.id, facts, setup, now).await?;
    let (key, sight) = (head.reference.clone(), by.sight());
    let case = db.read(move |conn| crate::incident::store::find(conn, &key, sight, now)).await?;
    let place = (LOCATION, format!("/api/v1/incidents/{}", head.reference));
    Ok(HttpResponse::build(StatusCode::CREATED).insert_header(place).json(told_of::case(&case)))
}

fn below_facts(why: Error) -> Error {
    let below = |field: FieldError| FieldError { path: format!("facts.{}", field.path), ..field };
    match why {
        Error::Invalid(fields) => Error::Invalid(fields.into_iter().map(below).collect()),
        other => other,
    }
}

/// Turns the clock: `factor` times as fast as everybody's, nought lets it stand still.
pub async fn turn(
    request: HttpRequest,
    (db, clock): App,
    By(by, (key, sent)): By<Work, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let body = Body::read(&request, &sent)?.rest();
    let factor = body.get("factor").ok_or_else(|| Error::field("factor", "missing"))?;
    let factor = factor.as_i64().ok_or_else(|| {
        let fault = FieldError::new("factor", "wrong_type").with("expected", "whole");
        Error::Invalid(vec![fault.with("given", factor.to_string())])
    })?;
    let head = actions::turn(&db, by.id, key.into_inner(), factor, clock.now()).await?;
    told(&db, head.reference, by.sight(), clock.now()).await
}

/// The report.
pub async fn show((db, clock): App, By(by, key): By<Read, web::Path<String>>) -> Answered {
    told(&db, key.into_inner(), by.sight(), clock.now()).await
}

async fn told(db: &Db, key: String, sight: Sight, now: DateTime<Utc>) -> Answered {
    let (case, report) = db.read(move |conn| report::of(conn, &key, sight, now)).await?;
    let mut shown = serde_json::to_value(&report).map_err(Error::internal)?;
    shown["reference"] = json!(case.head.reference);
    shown["drill"] = told_of::of_drill(&case.head, case.now);
    Ok(HttpResponse::Ok().json(shown))
}

/// The report as a document; the same for people and programs.
pub async fn pdf(request: HttpRequest, (db, clock): App, By(by, key): By<Read, web::Path<String>>) -> Answered {
    let (lang, sight, now) = (language_of(&request), by.sight(), clock.now());
    let (reference, made) = web::block(move || make(&db, key.into_inner().as_str(), sight, (lang, now)))
        .await
        .map_err(Error::internal)??;
    let name = format!("{}-{reference}.pdf", crate::i18n::text(lang, "drill-file"));
    Ok(download(&name, &name).content_type("application/pdf").body(made))
}

/// Makes the document; blocks while it does. Answers the reference with it.
///
/// # Errors
/// When there is no such drill.
pub fn make(db: &Db, key: &str, sight: Sight, (lang, now): (Lang, DateTime<Utc>)) -> Result<(String, Vec<u8>), Error> {
    let ((case, report), settings, is_demo) =
        db.read_all(|conn| Ok((report::of(conn, key, sight, now)?, Settings::load(conn)?, is_demo(conn)?)))?;
    let sheet = sheet::sheet(lang, &case, &report);
    Ok((case.head.reference.clone(), document::pdf(lang, &case.head, &settings.company.name, &sheet, (now, is_demo))?))
}
