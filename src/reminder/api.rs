//! Reminders for programs: what was said and comes next, answers to it, and the company's ladders.

use actix_web::http::header::ETAG;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::actions::{self, Reply};
use super::holiday::{self, Holiday};
use super::store::{self, Answered as Given, Taken};
use super::{Ladders, Next, Standing, standings};
use crate::account::{
    By, May, Sight,
    right::{Approve, KeepHouse, Read, ReadHouse},
};
use crate::clock::Clock;
use crate::db::{Conn, Db};
use crate::error::{Error, FieldError};
use crate::i18n::Lang;
use crate::incident::api::body::Body;

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Db>, web::Data<Clock>);

/// How many savings the history goes back.
const HISTORY: i64 = 100;

/// Every duty of an incident that is open or was reminded of: what was said, what was answered, what comes next.
pub async fn show((db, clock): App, By(by, key): By<Read, web::Path<String>>) -> Answered {
    whole(&db, key.into_inner(), by.sight(), clock.now()).await
}

/// Answers the step that was said last for a duty: `acknowledge`, or `snooze_until` an instant before the next step.
/// With `said` as it was read the answer is refused when another step has been said since.
pub async fn answer(
    request: HttpRequest,
    (db, clock): App,
    By(by, (path, sent)): By<Approve, (web::Path<(String, String)>, web::Bytes)>,
) -> Answered {
    let (key, seq) = path.into_inner();
    let seq = seq.parse().map_err(|_| Error::NotFound)?;
    let answer = reply(Body::read(&request, &sent)?)?;
    let now = clock.now();
    actions::answer(&db, by.id, (key.clone(), seq), answer, now).await.map_err(as_sent)?;
    whole(&db, key, by.sight(), now).await
}

fn reply(mut body: Body) -> Result<(Reply, Option<usize>), Error> {
    let said = body.whole("said", u64::MAX).and_then(|said| usize::try_from(said).ok());
    if body.has("acknowledge") == body.has("snooze_until") {
        return Err(Error::field("", "either_answer"));
    }
    if body.has("acknowledge") {
        let seen = body.flag("acknowledge");
        body.done()?;
        return if seen { Ok((Reply::Acknowledge, said)) } else { Err(Error::field("acknowledge", "either_answer")) };
    }
    let until = body.time("snooze_until", false);
    body.done()?;
    until.map(|until| (Reply::Snooze(until), said)).ok_or_else(|| Error::field("snooze_until", "missing"))
}

/// A fault of the snooze is a fault of the field it was sent in.
fn as_sent(why: Error) -> Error {
    let named = |field: FieldError| match field.path.as_str() {
        "until" => FieldError { path: "snooze_until".into(), ..field },
        _ => field,
    };
    match why {
        Error::Invalid(fields) => Error::Invalid(fields.into_iter().map(named).collect()),
        other => other,
    }
}

async fn whole(db: &Db, key: String, sight: Sight, now: DateTime<Utc>) -> Answered {
    let (case, all) = db.read(move |conn| standings(conn, &key, sight, now)).await?;
    let items: Vec<Value> = all.iter().map(one).collect();
    Ok(HttpResponse::Ok().json(json!({ "reference": case.reference, "items": items })))
}

fn one(standing: &Standing) -> Value {
    let duty = &standing.duty;
    let staffing = duty.next_at.filter(|_| duty.is_open()).and_then(|at| holiday::staffing(at.utc()));
    json!({
        "seq": duty.seq, "duty": duty.duty_id, "for": Some(duty.for_whom.as_str()).filter(|name| !name.is_empty()),
        "state": duty.state, "deadline": duty.next_at, "own_target": duty.next_at.is_some() && duty.is_target(),
        "armed_at": duty.armed(), "can_answer": standing.latest.is_some(), "snooze_latest": standing.latest,
        "said": standing.taken.len(), "taken": standing.taken.iter().map(taken).collect::<Vec<_>>(),
        "answers": standing.answers.iter().map(answered).collect::<Vec<_>>(),
        "next": standing.next.as_ref().map(coming),
        "staffing": staffing.map(|note| json!({
            "day": note.day, "holiday": note.holiday.map(|day: Holiday| day.name(Lang::Nb)),
            "working_day": note.is_working_day, "outside_hours": note.outside_hours,
        })),
    })
}

fn taken(step: &Taken) -> Value {
    json!({
        "step": step.step, "circle": step.circle, "told": step.told.0, "due_at": step.due_at, "taken_at": step.fired_at,
        "late": step.is_late(), "armed_at": step.armed_at, "state": step.state, "deadline": step.deadline_at,
    })
}

fn answered(answer: &Given) -> Value {
    json!({
        "step": answer.step, "armed_at": answer.armed_at, "acknowledged": answer.snoozed_until.is_none(),
        "snoozed_until": answer.snoozed_until, "by": answer.by, "at": answer.at,
    })
}

fn coming(next: &Next) -> Value {
    json!({
        "at": next.at, "step": next.due.step, "circle": next.due.circle, "told": next.told,
        "escalated": next.due.escalated, "again": next.due.again,
    })
}

/// The ladders that hold, who saved them when, and what was saved before.
pub async fn ladders((db, _): App, _by: May<ReadHouse>) -> Answered {
    all_ladders(&db).await
}

/// Saves ladders; what is left out stays as it is. The version last seen must be told, in `If-Match` or `version`.
pub async fn save_ladders(request: HttpRequest, (db, clock): App, By(by, sent): By<KeepHouse, web::Bytes>) -> Answered {
    let mut body = Body::read(&request, &sent)?;
    let seen = body.version(&request)?.ok_or_else(|| Error::field("version", "version_missing"))?;
    let mut given = body.rest();
    if let Some(given) = given.as_object_mut() {
        // What we said ourselves may come back with the answer that was edited.
        given.retain(|name, _| !matches!(name.as_str(), "history" | "defaults"));
    }
    actions::save_ladders(&db, by.id, seen, given, clock.now()).await?;
    all_ladders(&db).await
}

async fn all_ladders(db: &Db) -> Answered {
    let (version, shown) = db.read(read).await?;
    Ok(HttpResponse::Ok().insert_header((ETAG, format!("\"{version}\""))).json(shown))
}

fn read(conn: &mut Conn) -> Result<(i32, Value), Error> {
    let (version, stands) = store::ladders(conn)?;
    let mut shown = serde_json::to_value(stands).map_err(Error::internal)?;
    shown["version"] = json!(version);
    shown["defaults"] = json!(Ladders::default());
    let mut history = Vec::new();
    for saved in store::savings(conn, HISTORY)? {
        history.push(json!({ "version": saved.version, "by": saved.by, "at": saved.at, "changes": saved.changes }));
    }
    shown["history"] = history.into();
    Ok((version, shown))
}
