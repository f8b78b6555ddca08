//! The case file for programs: JSON in, JSON out, the same actions as the pages.

pub mod ahead;
pub(crate) mod body;
mod bulk;
mod export;
mod readers;
pub mod reports;
pub mod settings;
pub(crate) mod show;

use actix_web::http::StatusCode;
use actix_web::http::header::{ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::actions::{self, Logged, Repeatable, Sending};
use super::reconcile::Answer;
use super::store::{self, Filter};
use super::{CaseFile, explain, refuse, vocabulary};
use crate::account::{
    By, May, Sight, language_of,
    right::{Anyone, Judge, Read, Work},
};
use crate::clock::Clock;
use crate::db::{Db, Id, Instant};
use crate::error::{Error, FieldError};
use crate::law::{Fact, Facts};
use body::{Body, is_json, time};

pub use bulk::bulk;
pub use export::csv;
pub use readers::readers;

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>);

/// Logs an incident.
pub async fn log(request: HttpRequest, (db, clock): App, By(by, sent): By<Work, web::Bytes>) -> Answered {
    is_json(&request)?;
    let facts = Facts::parse(&sent).map_err(refuse)?;
    if facts.word(Fact::Risk).is_some() && !by.may::<Judge>() {
        return Err(Error::Forbidden);
    }
    let again = repeatable(&request, &sent)?;
    let answer = |case: &CaseFile| show::case(case).to_string();
    let now = clock.now();
    let (status, text, place, tag) = match actions::log_incident(&db, by.id, facts, (again, answer), now).await? {
        Logged::Before(text) => {
            let (place, sight) = (reference_in(&text), by.sight());
            // One that has gone out of sight since is not told again.
            let head = db.read(move |conn| store::head(conn, &place, sight)).await?;
            (StatusCode::CREATED, text, head.reference, None)
        }
        Logged::New(head) => {
            let case = find(&db, head.reference.clone(), by.sight(), &clock).await?;
            (StatusCode::CREATED, show::case(&case).to_string(), head.reference, Some(head.version))
        }
    };
    let mut answer = HttpResponse::build(status);
    answer.content_type("application/json").insert_header((LOCATION, format!("/api/v1/incidents/{place}")));
    if let Some(version) = tag {
        answer.insert_header((ETAG, format!("\"{version}\"")));
    } else {
        answer.insert_header(("Idempotency-Replayed", "true"));
    }
    Ok(answer.body(text))
}

fn reference_in(text: &str) -> String {
    let read: Value = serde_json::from_str(text).unwrap_or_default();
    read["reference"].as_str().unwrap_or_default().to_owned()
}

fn repeatable(request: &HttpRequest, sent: &[u8]) -> Result<Option<Repeatable>, Error> {
    let Some(key) = request.headers().get("idempotency-key") else { return Ok(None) };
    let key = key.to_str().ok().filter(|key| (1..=255).contains(&key.len()));
    let key = key.ok_or_else(|| Error::field("Idempotency-Key", "key_unreadable"))?.to_owned();
    Ok(Some(Repeatable { key, digest: crate::digest::sha256(sent) }))
}

/// What a list can be asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    status: Option<String>,
    severity: Option<String>,
    risk: Option<String>,
    duty_state: Option<String>,
    month_from: Option<String>,
    month_to: Option<String>,
    kind: Option<String>,
    cause: Option<String>,
    drill: Option<String>,
    q: Option<String>,
    updated_since: Option<String>,
    limit: Option<String>,
    cursor: Option<String>,
    #[serde(rename = "lang")]
    _lang: Option<String>,
}

/// Lists cases, a page at a time.
pub async fn list((db, clock): App, By(by, asked): By<Read, web::Query<Asked>>) -> Answered {
    let asked = asked.into_inner();
    // A plus sign that was not escaped arrives as a blank.
    let since = asked.updated_since.map(|text| time("updated_since", &text.replace(' ', "+"))).transpose()?;
    let filter = Filter {
        status: asked.status,
        severity: asked.severity,
        risk: asked.risk,
        duty_state: asked.duty_state,
        month_from: asked.month_from,
        month_to: asked.month_to,
        kind: asked.kind,
        cause: asked.cause,
        drill: asked.drill,
        q: asked.q,
        updated_since: since.map(Instant::from),
        limit: asked
            .limit
            .map(|text| text.parse().map_err(|_| Error::field("limit", "limit_out_of_range")))
            .transpose()?,
        cursor: asked.cursor,
    };
    let now = clock.now();
    actions::renew_outdated(&db, now).await?;
    let sight = by.sight();
    let page = db.read(move |conn| store::list(conn, &filter, sight)).await?;
    let items: Vec<Value> = page.items.iter().map(|listed| show::listed(listed, now)).collect();
    Ok(HttpResponse::Ok().json(json!({ "items": items, "next": page.next, "paused": page.paused })))
}

/// Shows a case, assessed now.
pub async fn show((db, clock): App, By(by, key): By<Read, web::Path<String>>) -> Answered {
    whole(&db, key.into_inner(), by.sight(), &clock, StatusCode::OK).await
}

/// Changes facts by a JSON merge patch.
pub async fn change(
    request: HttpRequest,
    (db, clock): App,
    By(by, (key, sent)): By<Work, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let seen = body.version(&request)?.ok_or_else(|| Error::field("version", "version_missing"))?;
    let head = actions::change_facts(&db, by.id, key.into_inner(), seen, body.rest(), clock.now()).await?;
    whole(&db, head.reference, by.sight(), &clock, StatusCode::OK).await
}

/// States one of the four moments.
pub async fn moment(
    request: HttpRequest,
    (db, clock): App,
    By(by, (key, sent)): By<Work, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let seen = body.version(&request)?;
    let statement = (body.must("moment"), body.time("at", true), body.must("reason"));
    body.done()?;
    let head = actions::state_moment(&db, by.id, (key.into_inner(), seen), statement, clock.now()).await?;
    whole(&db, head.reference, by.sight(), &clock, StatusCode::CREATED).await
}

/// Sets the severity by a person's judgement; null takes it back.
pub async fn severity(
    request: HttpRequest,
    (db, clock): App,
    By(by, (key, sent)): By<Work, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let (seen, judgement) = judgement(&request, &sent)?;
    let head = actions::overrule_severity(&db, by.id, (key.into_inner(), seen), judgement, clock.now()).await?;
    whole(&db, head.reference, by.sight(), &clock, StatusCode::OK).await
}

/// Sets the risk by a person's judgement; null takes it back.
pub async fn risk(
    request: HttpRequest,
    (db, clock): App,
    By(by, (key, sent)): By<Judge, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let (seen, judgement) = judgement(&request, &sent)?;
    let head = actions::overrule_risk(&db, by.id, (key.into_inner(), seen), judgement, clock.now()).await?;
    whole(&db, head.reference, by.sight(), &clock, StatusCode::OK).await
}

/// Names who sees to a case; null gives it back to who logged it.
pub async fn owner(
    request: HttpRequest,
    (db, clock): App,
    By(by, (key, sent)): By<Work, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let seen = body.version(&request)?;
    let owner = body.nullable("owner");
    body.done()?;
    let named = owner.map(|id| Id::parse(&id).ok_or_else(|| Error::field("owner", "owner_not_here"))).transpose()?;
    let head = actions::set_owner(&db, by.id, (key.into_inner(), seen), named, clock.now()).await?;
    whole(&db, head.reference, by.sight(), &clock, StatusCode::OK).await
}

type Judgement = (Option<i32>, (Option<String>, String));

fn judgement(request: &HttpRequest, sent: &[u8]) -> Result<Judgement, Error> {
    let mut body = Body::read(request, sent)?;
    let seen = body.version(request)?;
    let judgement = (body.nullable("level"), body.must("reason"));
    body.done()?;
    Ok((seen, judgement))
}

/// Which controller a duty is for.
#[derive(Deserialize)]
pub struct ForWhom {
    #[serde(rename = "for")]
    name: Option<String>,
}

type OneDuty = (web::Path<(String, String)>, web::Query<ForWhom>);

/// Records that a notification was sent, and which further duties the same one answers.
pub async fn submission(
    request: HttpRequest,
    (db, clock): App,
    By(by, ((path, query), sent)): By<Work, (OneDuty, web::Bytes)>,
) -> Answered {
    let (key, duty) = path.into_inner();
    let mut body = Body::read(&request, &sent)?;
    let seen = body.version(&request)?;
    let now = clock.now();
    let (wanted, sight) = (key.clone(), by.sight());
    let here = db.read(move |conn| Ok(store::head(conn, &wanted, sight)?.here(now))).await?;
    let sending = Sending {
        duty,
        for_whom: body.optional("for", 200).or(query.into_inner().name),
        sent_at: body.time("sent_at", false).unwrap_or(here).into(),
        channel: body.optional("channel", 100),
        reference: body.optional("reference", 200),
        complete: body.flag("complete"),
        stage: body.optional("stage", 40),
    };
    let covers = body.texts("covers");
    body.done()?;
    let head = actions::record_submission(&db, by.id, (key, seen), (sending, covers), now).await?;
    whole(&db, head.reference, by.sight(), &clock, StatusCode::CREATED).await
}

/// Answers a duty that the rules leave to a person.
pub async fn settlement(
    request: HttpRequest,
    (db, clock): App,
    By(by, ((path, query), sent)): By<Work, (OneDuty, web::Bytes)>,
) -> Answered {
    let (key, duty) = path.into_inner();
    let mut body = Body::read(&request, &sent)?;
    let seen = body.version(&request)?;
    let for_whom = body.optional("for", 200).or(query.into_inner().name);
    let answer = match body.optional("answer", 40).as_deref() {
        None | Some("not_required") => Answer::NotRequired,
        Some("required") => Answer::Required,
        Some(other) => {
            let fault = FieldError::new("answer", "wrong_choice").with("given", other);
            return Err(Error::Invalid(vec![fault.with("choices", vec!["required", "not_required"])]));
        }
    };
    let reason = body.must("reason");
    body.done()?;
    let head = actions::settle_duty(&db, by.id, (key, seen), (duty, for_whom), (answer, reason), clock.now()).await?;
    whole(&db, head.reference, by.sight(), &clock, StatusCode::CREATED).await
}

/// Every assessment as it was made.
pub async fn assessments((db, clock): App, By(by, key): By<Read, web::Path<String>>) -> Answered {
    actions::renew_outdated(&db, clock.now()).await?;
    let sight = by.sight();
    let all =
        db.read(move |conn| store::head(conn, &key, sight).and_then(|head| store::assessments(conn, head.seq))).await?;
    Ok(HttpResponse::Ok().json(json!({ "items": all })))
}

/// Assesses the same facts anew.
pub async fn assess(request: HttpRequest, (db, clock): App, By(by, key): By<Work, web::Path<String>>) -> Answered {
    is_json(&request)?;
    let head = actions::assess_again(&db, by.id, key.into_inner(), clock.now()).await?;
    whole(&db, head.reference, by.sight(), &clock, StatusCode::CREATED).await
}

/// Every duty as it stands now.
pub async fn duties((db, clock): App, By(by, key): By<Read, web::Path<String>>) -> Answered {
    let case = find(&db, key.into_inner(), by.sight(), &clock).await?;
    let items: Vec<Value> = case.duties.iter().map(|status| show::duty_of(&case, status)).collect();
    Ok(HttpResponse::Ok().json(json!({ "items": items })))
}

/// Every step from the event to the deadline.
pub async fn explanation((db, clock): App, By(by, (path, query)): By<Read, OneDuty>) -> Answered {
    let (key, duty) = path.into_inner();
    let case = find(&db, key, by.sight(), &clock).await?;
    let status = explain::duty(&case, &duty, query.name.as_deref())?;
    let steps = explain::steps(&case, status);
    Ok(HttpResponse::Ok().json(json!({
        "duty": status.duty.id, "for": status.duty.for_whom, "state": status.state,
        "rules_version": case.assessment.rules_version, "steps": steps,
    })))
}

/// What happened, the oldest first.
pub async fn timeline((db, clock): App, By(by, key): By<Read, web::Path<String>>) -> Answered {
    actions::renew_outdated(&db, clock.now()).await?;
    let sight = by.sight();
    let all =
        db.read(move |conn| store::head(conn, &key, sight).and_then(|head| store::timeline(conn, head.seq))).await?;
    Ok(HttpResponse::Ok().json(json!({ "items": all })))
}

/// Closes a case.
pub async fn close(
    request: HttpRequest,
    (db, clock): App,
    By(by, (key, sent)): By<Work, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let (seen, reason) = ending(&request, &sent)?;
    let head = actions::close(&db, by.id, (key.into_inner(), seen), reason, clock.now()).await?;
    whole(&db, head.reference, by.sight(), &clock, StatusCode::CREATED).await
}

/// Opens a closed case again.
pub async fn reopen(
    request: HttpRequest,
    (db, clock): App,
    By(by, (key, sent)): By<Work, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let (seen, reason) = ending(&request, &sent)?;
    let head = actions::reopen(&db, by.id, (key.into_inner(), seen), reason, clock.now()).await?;
    whole(&db, head.reference, by.sight(), &clock, StatusCode::OK).await
}

fn ending(request: &HttpRequest, sent: &[u8]) -> Result<(Option<i32>, String), Error> {
    let mut body = Body::read(request, sent)?;
    let ending = (body.version(request)?, body.must("reason"));
    body.done()?;
    Ok(ending)
}

/// The JSON Schema of the facts.
pub async fn facts_schema(request: HttpRequest, _by: May<Anyone>) -> Answered {
    Ok(HttpResponse::Ok().content_type("application/schema+json").json(vocabulary::schema(language_of(&request))))
}

async fn find(db: &Db, key: String, sight: Sight, clock: &Clock) -> Result<CaseFile, Error> {
    actions::current(db, key, sight, clock.now()).await
}

async fn whole(db: &Db, key: String, sight: Sight, clock: &Clock, status: StatusCode) -> Answered {
    let case = find(db, key, sight, clock).await?;
    let tag = (ETAG, format!("\"{}\"", case.head.version));
    Ok(HttpResponse::build(status).insert_header(tag).json(show::case(&case)))
}
