//! The page of messages: what waits, what was given up and why, and every attempt with what the other side answered.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Worker;
use super::api::hidden;
use super::store::trouble::{self, Trouble};
use super::store::{self, Attempt, Filter, Line, STATES};
use super::worker::OURS;
use crate::account::{
    By, Officer,
    right::{ReadHouse, SendAgain},
};
use crate::clock::Clock;
use crate::db::{Conn, Id};
use crate::error::Error;
use crate::i18n::{self, Arg, Lang};
use crate::page::Frame;
use crate::templates::Templates;

type Answered = Result<HttpResponse, Error>;

/// The frame of a page for somebody who is signed in.
pub(super) fn frame(by: &Officer, clock: &Clock, here: &str, title: String) -> Frame {
    Frame {
        lang: by.lang,
        officer: Some(by.name.clone()),
        person: Some(by.id),
        rights: by.rights(),
        here: here.to_owned(),
        now: clock.now(),
        title,
    }
}

/// Sends the browser on, so that reloading never repeats what was done.
pub(super) fn go_to(place: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, place)).finish()
}

/// What the address of the list may say; anything else in it is not read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    state: String,
    cursor: String,
    done: String,
}

/// Shows the outbox.
pub async fn list(
    (worker, templates): (web::Data<Worker>, web::Data<Templates>),
    By(by, asked): By<ReadHouse, web::Query<Asked>>,
) -> Answered {
    let (lang, asked) = (by.lang, asked.into_inner());
    let state = Some(asked.state.clone()).filter(|state| STATES.contains(&state.as_str()));
    let cursor = Some(asked.cursor).filter(|cursor| cursor.parse::<i64>().is_ok());
    let filter = Filter { state: state.clone(), cursor, ..Filter::default() };
    let reader = Officer::clone(&by);
    let read = move |conn: &mut Conn| {
        let page = store::list(conn, &filter, reader.sight())?;
        let lines: Vec<&Line> = page.items.iter().map(|(line, _)| line).collect();
        let hidden = hidden(conn, &lines, &reader)?;
        let shown: Vec<i64> = page.items.iter().map(|(line, _)| line.seq).collect();
        let counts = store::counts(conn, reader.sight())?;
        Ok((store::attempts(conn, &shown)?, page, hidden, counts, trouble::all(conn)?))
    };
    let (attempts, page, hidden, counts, troubles) = worker.db.read(read).await?;
    let chosen = state.as_deref().unwrap_or_default();
    let row = |(line, by): &(Line, Option<(String, String)>)| {
        let own = attempts.iter().filter(|attempt| attempt.message_seq == line.seq);
        let subject =
            if hidden.contains(&line.seq) { i18n::text(lang, "message-hidden") } else { line.subject.clone() };
        message(lang, (line, subject), by.as_ref(), own.map(|attempt| attempt_words(lang, attempt)).collect())
    };
    let option = |word: &str| {
        let key = if word.is_empty() { "any" } else { word };
        json!({ "value": word, "label": i18n::text(lang, &format!("message-filter-{key}")), "chosen": word == chosen })
    };
    let older = page.next.map(|next| format!("/messages?state={chosen}&cursor={next}"));
    let own = json!({
        "messages": page.items.iter().map(row).collect::<Vec<_>>(), "older": older,
        "states": std::iter::once("").chain(STATES).map(option).collect::<Vec<_>>(),
        "waiting": counts.waiting, "gave_up": counts.gave_up, "oldest": counts.oldest,
        "troubles": troubles.iter().map(|trouble| trouble_words(lang, trouble)).collect::<Vec<_>>(),
        "done": asked.done == "resent",
    });
    let title = i18n::text(lang, "page-messages");
    frame(&by, &worker.clock, "/messages", title).answer(&templates, StatusCode::OK, "outbox/messages", &own)
}

/// Lets a message that was given up be tried anew.
pub async fn resend(worker: web::Data<Worker>, By(by, path): By<SendAgain, web::Path<String>>) -> Answered {
    let (id, sight, now) = (Id::parse(&path).ok_or(Error::NotFound)?, by.sight(), worker.clock.now());
    let who = by.id;
    worker.db.write(move |conn| store::resend(conn, (who, sight), id, now)).await?;
    Ok(go_to("/messages?done=resent"))
}

fn message(lang: Lang, (line, subject): (&Line, String), by: Option<&(String, String)>, attempts: Vec<Value>) -> Value {
    let tone = match line.state.as_str() {
        "sent" => "fulfilled",
        "gave_up" => "required",
        "waiting" => "undetermined",
        _ => "exempt",
    };
    let kind = i18n::find(lang, &format!("message-kind-{}", line.kind), &[]).unwrap_or_else(|| line.kind.clone());
    let way = by.map_or("mail", |(_, kind)| kind);
    let to = Some(&line.recipient_name).filter(|name| !name.is_empty()).or(by.map(|(name, _)| name));
    json!({
        "id": line.id, "subject": subject, "kind": kind, "tone": tone, "urgent": line.urgent,
        "to": to.cloned().unwrap_or_else(|| i18n::text(lang, "message-nameless")),
        "way": i18n::text(lang, &format!("channel-kind-{way}")),
        "state": i18n::text(lang, &format!("message-state-{}", line.state)), "attempts": attempts,
        "created": line.created_at, "next": (line.state == "waiting").then_some(line.due_at),
        "settled": line.settled_at, "again": line.state == "gave_up",
    })
}

/// An attempt in words.
pub(super) fn attempt_words(lang: Lang, attempt: &Attempt) -> Value {
    let good = attempt.outcome == "delivered";
    let ours = OURS.iter().find(|(reply, _)| *reply == attempt.reply);
    let reply = ours.map_or_else(|| attempt.reply.clone(), |(_, key)| i18n::text(lang, key));
    json!({
        "number": attempt.number, "good": good, "tone": if good { "fulfilled" } else { "required" },
        "outcome": i18n::text(lang, &format!("attempt-{}", attempt.outcome)), "reply": reply,
        "at": attempt.ended_at,
    })
}

fn trouble_words(lang: Lang, trouble: &Trouble) -> Value {
    let word = trouble.name.split(':').next().unwrap_or_default();
    let words = i18n::find(lang, &format!("trouble-{word}"), &[("detail", Arg::from(trouble.detail.clone()))]);
    json!({ "words": words.unwrap_or_else(|| trouble.detail.clone()), "since": trouble.first_at, "times": trouble.times })
}
