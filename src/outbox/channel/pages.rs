//! The pages of channels: the list with a form for each kind, and one channel with its changes and its trial.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::form::{Fault, Form};
use super::store::{self, Channel};
use super::{KINDS, Typed, actions, host_of, shown};
use crate::account::{
    By, May, Officer,
    right::{KeepHouse, ReadHouse},
};
use crate::db::{Conn, Id};
use crate::error::{Error, FieldError};
use crate::i18n;
use crate::outbox::Worker;
use crate::outbox::pages::{attempt_words, frame, go_to};
use crate::outbox::store as messages;
use crate::outbox::transport::{Route, Secret};
use crate::templates::Templates;

type Answered = Result<HttpResponse, Error>;
type App = (web::Data<Worker>, web::Data<Templates>);
type Sent = web::Form<Vec<(String, String)>>;

/// What the address of a channel says of the last thing done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
    test: String,
}

/// How the last thing ended, for the page that is shown again.
#[derive(Default)]
struct Shown {
    typed: Typed,
    wrong: Vec<FieldError>,
    /// What others changed since; none when nobody did.
    changes: Option<Value>,
    secret: Option<Secret>,
    done: String,
    test: Option<Id>,
    number: String,
}

fn typed(sent: Sent) -> Typed {
    // Nobody types U+0000, and not every database can keep it.
    sent.into_inner().into_iter().map(|(name, text)| (name, text.replace('\0', ""))).collect()
}

fn seen(typed: &Typed) -> Result<i32, Error> {
    let version = typed.get("version").and_then(|version| version.parse().ok());
    version.ok_or_else(|| Error::field("version", "version_missing"))
}

fn id(path: &str) -> Result<Id, Error> {
    Id::parse(path).ok_or(Error::NotFound)
}

/// Shows every channel, and a form for each kind.
pub async fn list(app: App, by: May<ReadHouse>) -> Answered {
    overview(app, &by, ("", &Typed::new(), &[]), StatusCode::OK).await
}

/// Makes a channel, or shows the page again with what was wrong and everything typed kept.
pub async fn create(app: App, By(by, sent): By<KeepHouse, Sent>) -> Answered {
    let typed = typed(sent);
    let kind = typed.get("kind").cloned().unwrap_or_default();
    match actions::create(&app.0, by.id, &kind, &typed).await {
        Ok((channel, None)) => Ok(go_to(&format!("/channels/{}?done=made", channel.id))),
        // The secret is in no address and in no cookie: it stands in this one answer.
        Ok((channel, secret)) => one(app, &by, channel.id, Shown { secret, ..Shown::default() }, StatusCode::OK).await,
        Err(Error::Invalid(wrong)) => {
            overview(app, &by, (&kind, &typed, &wrong), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

async fn overview(
    (worker, templates): App,
    by: &Officer,
    (kind, typed, wrong): (&str, &Typed, &[FieldError]),
    status: StatusCode,
) -> Answered {
    let read = |conn: &mut Conn| {
        let all = store::all(conn)?.into_iter().map(|channel| {
            let last = messages::last_attempt(conn, channel.id)?;
            Ok((channel, last))
        });
        all.collect::<Result<Vec<_>, Error>>()
    };
    let (all, lang) = (worker.db.read(read).await?, by.lang);
    let channels: Vec<Value> = all
        .iter()
        .map(|(channel, last)| {
            let mut row = head(&worker, by, channel);
            row["last"] = last.as_ref().map_or(Value::Null, |last| attempt_words(lang, last));
            row
        })
        .collect();
    let forms: Vec<Value> = KINDS
        .iter()
        .map(|own| {
            let (typed, wrong) = if *own == kind { (typed.clone(), wrong) } else { (Typed::new(), &[][..]) };
            let form = Form { lang, kind: own, typed: &typed, wrong, stands: false };
            json!({
                "kind": own, "open": *own == kind, "entries": form.entries(),
                "title": i18n::text(lang, &format!("channel-kind-{own}")),
                "help": i18n::text(lang, &format!("channel-about-{own}")),
            })
        })
        .collect();
    let form = Form { lang, kind, typed, wrong, stands: false };
    let faults: Vec<Fault> = wrong.iter().map(|fault| Fault::of(&form, fault)).collect();
    let folder = worker.outside.mail_folder().map(|folder| folder.display().to_string());
    let own = json!({ "channels": channels, "forms": forms, "wrong": faults, "folder": folder });
    let title = i18n::text(lang, "page-channels");
    frame(by, &worker.clock, "/channels", title).answer(&templates, status, "outbox/channels", &own)
}

/// What is shown of a channel everywhere.
fn head(worker: &Worker, by: &Officer, channel: &Channel) -> Value {
    let lang = by.lang;
    let text = |part: &str, word: &str| i18n::text(lang, &format!("channel-{part}-{word}"));
    let route = channel.open(&worker.seal);
    let address = match &route {
        Err(_) => i18n::text(lang, "channel-sealed"),
        Ok(route) => [host_of(route), Some(channel.recipient.clone())]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
    };
    json!({
        "id": channel.id, "name": channel.name, "on": channel.enabled, "kind": channel.kind, "address": address,
        "kind_words": text("kind", &channel.kind), "about_words": text("about", &channel.about),
        "circle_words": text("circle", channel.circle.as_deref().unwrap_or("none")),
        "state_words": text("is", if channel.enabled { "on" } else { "off" }),
    })
}

/// Shows one channel.
pub async fn show(app: App, By(by, (path, asked)): By<ReadHouse, (web::Path<String>, web::Query<Asked>)>) -> Answered {
    let Asked { done, test } = asked.into_inner();
    let done = if ["made", "changed"].contains(&done.as_str()) { done } else { String::new() };
    one(app, &by, id(&path)?, Shown { done, test: Id::parse(&test), ..Shown::default() }, StatusCode::OK).await
}

/// Changes a channel, or shows the page again with what was wrong and everything typed kept.
pub async fn change(app: App, By(by, (path, sent)): By<KeepHouse, (web::Path<String>, Sent)>) -> Answered {
    let (id, typed) = (id(&path)?, typed(sent));
    match actions::change(&app.0, by.id, (id, seen(&typed)?), &typed).await {
        Ok((_, None)) => Ok(go_to(&format!("/channels/{id}?done=changed"))),
        Ok((_, secret)) => one(app, &by, id, Shown { secret, ..Shown::default() }, StatusCode::OK).await,
        Err(why) => again(app, &by, id, typed, why).await,
    }
}

/// Switches a channel on or off.
pub async fn switch(app: App, By(by, (path, sent)): By<KeepHouse, (web::Path<String>, Sent)>) -> Answered {
    let (id, typed) = (id(&path)?, typed(sent));
    let on = typed.get("on").is_some_and(|on| on == "yes");
    match actions::switch(&app.0, by.id, (id, seen(&typed)?), on).await {
        Ok(_) => Ok(go_to(&format!("/channels/{id}?done=changed"))),
        Err(why) => again(app, &by, id, Typed::new(), why).await,
    }
}

/// Draws a new signing secret and shows it, once.
pub async fn secret(app: App, By(by, (path, sent)): By<KeepHouse, (web::Path<String>, Sent)>) -> Answered {
    let (id, typed) = (id(&path)?, typed(sent));
    match actions::new_secret(&app.0, by.id, (id, seen(&typed)?)).await {
        Ok((_, secret)) => one(app, &by, id, Shown { secret: Some(secret), ..Shown::default() }, StatusCode::OK).await,
        Err(why) => again(app, &by, id, Typed::new(), why).await,
    }
}

/// Sends a message by the channel at once; the page it leads to shows what the other side answered.
pub async fn test(app: App, By(by, (path, sent)): By<KeepHouse, (web::Path<String>, Sent)>) -> Answered {
    let (id, typed) = (id(&path)?, typed(sent));
    let number = typed.get("number").cloned().unwrap_or_default();
    match actions::test(&app.0, Some(by.id), id, &number).await {
        Ok((message, _)) => Ok(go_to(&format!("/channels/{id}?test={message}"))),
        Err(Error::Invalid(wrong)) => {
            let shown = Shown { wrong, number, ..Shown::default() };
            one(app, &by, id, shown, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

async fn again(app: App, by: &Officer, id: Id, typed: Typed, why: Error) -> Answered {
    let status = why.status_and_code().0;
    let shown = match why {
        Error::Invalid(wrong) => Shown { typed, wrong, ..Shown::default() },
        Error::Stale { changes, .. } => Shown { typed, changes: Some(changes), ..Shown::default() },
        other => return Err(other),
    };
    one(app, by, id, shown, status).await
}

async fn one((worker, templates): App, by: &Officer, id: Id, last: Shown, status: StatusCode) -> Answered {
    let (test, lang, sight) = (last.test, by.lang, by.sight());
    let read = move |conn: &mut Conn| {
        let channel = store::find(conn, id)?.ok_or(Error::NotFound)?;
        let tried = test.map(|test| messages::find(conn, test, sight)).transpose()?.flatten();
        let tried = tried.filter(|message| message.channel_id == Some(id));
        let tried = tried.map(|message| messages::attempts(conn, &[message.seq])).transpose()?;
        Ok((channel, tried.and_then(|mut tried| tried.pop())))
    };
    let (channel, tried) = worker.db.read(read).await?;
    let route = channel.open(&worker.seal).ok();
    let stands = shown(&channel, route.as_ref());
    let mut values = stands.clone();
    values.extend(last.typed.clone());
    let form = Form { lang, kind: &channel.kind, typed: &values, wrong: &last.wrong, stands: route.is_some() };
    let faults: Vec<Fault> = last.wrong.iter().map(|fault| Fault::of(&form, fault)).collect();
    let conflicts: Vec<Value> = last.changes.iter().filter_map(Value::as_array).flatten().map(|change| {
        let path = change["path"].as_str().unwrap_or_default();
        json!({ "label": i18n::text(lang, &format!("channel-field-{path}")), "yours": last.typed.get(path), "theirs": change["to"] })
    }).collect();
    let number_wrong = last.wrong.iter().find(|fault| fault.path == "number").map(|fault| fault.message(lang));
    let headers: Vec<&str> = match &route {
        Some(Route::Sms(gateway)) => gateway.headers.iter().map(|header| header.name.as_str()).collect(),
        _ => Vec::new(),
    };
    let own = json!({
        "channel": head(&worker, by, &channel), "version": channel.version, "entries": form.entries(), "wrong": faults,
        "stale": last.changes.is_some(), "conflicts": conflicts, "secret": last.secret.as_ref().map(Secret::reveal),
        "done": (!last.done.is_empty()).then(|| i18n::text(lang, &format!("page-channel-{}", last.done))),
        "tried": tried.as_ref().map(|tried| attempt_words(lang, tried)), "headers": headers,
        "asks_number": channel.kind == "sms" && channel.recipient.is_empty(), "number": last.number,
        "number_wrong": number_wrong, "webhook": channel.kind == "webhook" && route.is_some(),
        "both_sign": matches!(&route, Some(Route::Webhook(webhook)) if webhook.old_secret.is_some()),
    });
    let title = channel.name.clone();
    frame(by, &worker.clock, &format!("/channels/{id}"), title).answer(&templates, status, "outbox/channel", &own)
}
