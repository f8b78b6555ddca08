//! The outbox for programs: which messages wait, went out or were given up, and every attempt with its answer.

use actix_web::http::header::{CONTENT_TYPE, IF_MATCH};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::store::{self, Attempt, Filter, Line};
use super::{TEST, Worker};
use crate::account::By;
use crate::account::Officer;
use crate::account::right::{Read, ReadHouse, SendAgain};
use crate::db::{Conn, Id};
use crate::error::{Error, FieldError};

type Answered = Result<HttpResponse, Error>;

/// What a list can be asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    state: Option<String>,
    kind: Option<String>,
    channel: Option<String>,
    limit: Option<String>,
    cursor: Option<String>,
    #[serde(rename = "lang")]
    _lang: Option<String>,
}

/// Lists messages, the newest first, with how many wait and were given up.
pub async fn list(worker: web::Data<Worker>, By(by, asked): By<ReadHouse, web::Query<Asked>>) -> Answered {
    let asked = asked.into_inner();
    let number = |text: String| text.parse().map_err(|_| Error::field("limit", "limit_out_of_range"));
    let channel = asked.channel.map(|id| Id::parse(&id).ok_or_else(|| Error::field("channel", "missing")));
    let filter = Filter {
        state: asked.state,
        kind: asked.kind,
        channel: channel.transpose()?,
        incident_seq: None,
        limit: asked.limit.map(number).transpose()?,
        cursor: asked.cursor,
    };
    let reader = by.clone();
    let read = move |conn: &mut Conn| {
        let page = store::list(conn, &filter, reader.sight())?;
        let lines: Vec<&Line> = page.items.iter().map(|(line, _)| line).collect();
        let hidden = hidden(conn, &lines, &reader)?;
        Ok((page, hidden, store::counts(conn, reader.sight())?))
    };
    let (page, hidden, counts) = worker.db.read(read).await?;
    let one = |(line, way): &(Line, Option<(String, String)>)| told(line, way.as_ref(), hidden.contains(&line.seq));
    let items: Vec<Value> = page.items.iter().map(one).collect();
    let oldest = counts.oldest;
    Ok(HttpResponse::Ok().json(json!({
        "items": items, "next": page.next, "waiting": counts.waiting, "oldest_waiting": oldest,
        "gave_up": counts.gave_up, "troubles": counts.troubles,
    })))
}

/// One message with its attempts.
pub async fn show(worker: web::Data<Worker>, By(by, path): By<ReadHouse, web::Path<String>>) -> Answered {
    let id = Id::parse(&path).ok_or(Error::NotFound)?;
    whole(&worker, &by, id).await
}

/// Lets a message that was given up be tried anew.
pub async fn resend(worker: web::Data<Worker>, By(by, path): By<SendAgain, web::Path<String>>) -> Answered {
    let (id, sight, now) = (Id::parse(&path).ok_or(Error::NotFound)?, by.sight(), worker.clock.now());
    let who = by.id;
    worker.db.write(move |conn| store::resend(conn, (who, sight), id, now)).await?;
    whole(&worker, &by, id).await
}

async fn whole(worker: &Worker, by: &Officer, id: Id) -> Answered {
    let reader = by.clone();
    let read = move |conn: &mut Conn| {
        let line = store::find(conn, id, reader.sight())?.ok_or(Error::NotFound)?;
        let hidden = !hidden(conn, &[&line], &reader)?.is_empty();
        let attempts = store::attempts(conn, &[line.seq])?;
        Ok((line, hidden, attempts))
    };
    let (line, hidden, attempts) = worker.db.read(read).await?;
    let mut told = told(&line, None, hidden);
    told["tries"] = attempts.iter().map(tried).collect();
    Ok(HttpResponse::Ok().json(told))
}

/// Which of these messages' subjects are not for this person: an administrator keeps the outbox going, and needs to know
/// nothing of the incidents to do so.
pub(super) fn hidden(conn: &mut Conn, lines: &[&Line], by: &Officer) -> Result<Vec<i64>, Error> {
    if by.may::<Read>() {
        return store::veiled(conn, lines, by.sight());
    }
    Ok(lines.iter().filter(|line| line.kind != TEST).map(|line| line.seq).collect())
}

fn told(line: &Line, by: Option<&(String, String)>, hidden: bool) -> Value {
    json!({
        "id": line.id, "key": line.key, "kind": line.kind, "to": line.recipient_name, "subject": (!hidden).then_some(&line.subject),
        "channel": line.channel_id, "channel_name": by.map(|(name, _)| name), "urgent": line.urgent, "state": line.state,
        "created_at": line.created_at, "due_at": line.due_at, "settled_at": line.settled_at,
        "attempts": line.attempts, "last_reply": line.last_reply,
    })
}

fn tried(attempt: &Attempt) -> Value {
    json!({
        "number": attempt.number, "outcome": attempt.outcome, "reply": attempt.reply, "worker": attempt.worker,
        "started_at": attempt.started_at, "ended_at": attempt.ended_at,
    })
}

/// Reads a JSON object; nothing at all is an empty one.
pub(super) fn body(request: &HttpRequest, sent: &[u8]) -> Result<Map<String, Value>, Error> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("application/json") {
        return Err(Error::UnsupportedMedia);
    }
    if sent.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(sent) {
        Ok(Value::Object(given)) => Ok(given),
        Ok(other) => {
            let given: String = other.to_string().chars().take(60).collect();
            let fault = FieldError::new("", "wrong_type").with("expected", "object").with("given", given);
            Err(Error::Invalid(vec![fault]))
        }
        Err(why) => {
            let fault = FieldError::new("", "not_json").with("reason", why.to_string());
            Err(Error::Malformed(fault.with("line", why.line()).with("column", why.column())))
        }
    }
}

/// The version the caller last saw: from `If-Match`, else from `version`.
pub(super) fn version(request: &HttpRequest, given: &mut Map<String, Value>) -> Result<i32, Error> {
    let unreadable = || Error::field("version", "version_unreadable");
    let inside = given.remove("version");
    if let Some(tag) = request.headers().get(IF_MATCH) {
        let tag = tag.to_str().map_err(|_| unreadable())?.trim();
        return tag.trim_start_matches("W/").trim_matches('"').parse().map_err(|_| unreadable());
    }
    let inside = inside.ok_or_else(|| Error::field("version", "version_missing"))?;
    inside.as_i64().and_then(|version| version.try_into().ok()).ok_or_else(unreadable)
}
