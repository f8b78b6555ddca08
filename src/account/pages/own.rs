//! The page of one's own account: the password, the second factor, and where one is signed in.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{go_to, keys, passkeys};
use crate::account::actions::{self, Enrolment};
use crate::account::caller;
use crate::account::session::{self, Whence};
use crate::account::store::Session;
use crate::account::{By, Desk, May, Officer, Throttle, Wish, officer, password, right::Anyone};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::error::{Error, FieldError};
use crate::i18n::{self, Lang};
use crate::outbox::transport::Secret;
use crate::page::Frame;
use crate::templates::Templates;

pub(super) type Answered = Result<HttpResponse, Error>;
pub(super) type App = (web::Data<Db>, web::Data<Clock>, web::Data<Templates>);

/// What the address says of the last thing done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const DONE: [&str; 9] = [
    "password",
    "ended",
    "others",
    "factor_on",
    "factor_off",
    "passkey_added",
    "passkey_removed",
    "keys_on",
    "keys_off",
];

/// Shows the own account.
pub async fn show(
    request: HttpRequest,
    app: App,
    desk: web::Data<Desk>,
    By(by, asked): By<Anyone, web::Query<Asked>>,
) -> Answered {
    let done = DONE.into_iter().find(|done| *done == asked.done);
    page(&request, &app, &desk, &by, (done, &[])).await
}

/// The page, with what was done or refused last.
pub(super) async fn page(
    request: &HttpRequest,
    (db, clock, templates): &App,
    desk: &web::Data<Desk>,
    by: &Officer,
    (done, wrong): (Option<&str>, &[FieldError]),
) -> Answered {
    let lang = by.lang;
    let (this, _) = officer::held(request)?;
    let own = actions::own(db, by.id, clock.now()).await?;
    let (on, left) = match actions::enrolment(db, desk, by.id).await? {
        Enrolment::On(left) => (true, left),
        Enrolment::Off | Enrolment::Waits(_) => (false, 0),
    };
    let of = |id: &str, complete: &str| field(lang, id, complete, wrong);
    let sessions: Vec<Value> =
        own.sessions.iter().map(|held| row(lang, held, held.token_hash == this.token_hash)).collect();
    let context = json!({
        "done": done.map(|done| i18n::text(lang, &format!("signin-done-{done}"))),
        "wrong": summary(lang, wrong), "email": by.email, "shortest": password::SHORTEST,
        "old": of("old", "current-password"), "password": of("password", "new-password"),
        "again": of("again", "new-password"), "off_password": of("off_password", "current-password"),
        "code": of("code", "one-time-code"), "factor": on, "left": left, "others": sessions.len() > 1, "sessions": sessions,
        "passkeys": passkeys::panel(request, db, by, wrong).await?, "keys_on": keys::are_on(request), "must": own.rules.second_factor == crate::account::rules::Demand::All,
    });
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    own_frame(by, clock, "signin-account").answer(templates, status, "signin/account", &context)
}

/// The frame of a page of the own account.
pub(super) fn own_frame(by: &Officer, clock: &Clock, title: &str) -> Frame {
    let (lang, officer) = (by.lang, Some(by.name.clone()));
    Frame {
        lang,
        officer,
        person: Some(by.id),
        rights: by.rights(),
        here: "/account".into(),
        now: clock.now(),
        title: i18n::text(lang, title),
    }
}

/// A field that is never filled in again.
pub(super) fn field(lang: Lang, id: &str, complete: &str, wrong: &[FieldError]) -> Value {
    let kind = if complete == "one-time-code" { "text" } else { "password" };
    let wrong = wrong.iter().find(|fault| fault.path == id).map(|fault| fault.message(lang));
    let args = [("min", i18n::Arg::from(password::SHORTEST))];
    let help = i18n::find(lang, &format!("signin-field-{id}-help"), &args);
    let described = [help.as_ref().map(|_| format!("{id}-help")), wrong.as_ref().map(|_| format!("{id}-wrong"))];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    json!({
        "id": id, "name": id, "kind": kind, "complete": complete, "label": i18n::text(lang, &format!("signin-field-{id}")),
        "help": help, "wrong": wrong, "described": described, "must": true, "value": "", "numeric": false, "default": null,
    })
}

/// What is wrong, each with the field it is about.
pub(super) fn summary(lang: Lang, wrong: &[FieldError]) -> Vec<Value> {
    let label = |path: &str| i18n::find(lang, &format!("signin-field-{path}"), &[]);
    wrong
        .iter()
        .map(|fault| json!({ "id": fault.path, "label": label(&fault.path), "message": fault.message(lang) }))
        .collect()
}

fn row(lang: Lang, held: &Session, this: bool) -> Value {
    let short = |at: crate::db::Instant| i18n::instant_short(lang, at.utc());
    json!({
        "id": session::name_of(&held.token_hash), "is_this": this, "began": short(held.created_at),
        "seen": short(held.last_seen_at), "browser": held.browser, "address": held.address,
    })
}

/// What the form of the password sends.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Change {
    old: Secret,
    password: Secret,
    again: Secret,
}

/// Changes the own password.
pub async fn change_password(
    request: HttpRequest,
    app: App,
    (config, throttle, desk): (web::Data<Config>, web::Data<Throttle>, web::Data<Desk>),
    By(by, sent): By<Anyone, web::Form<Change>>,
) -> Answered {
    let Change { old, password, again } = sent.into_inner();
    let wish = (by.id, old.reveal().to_owned(), Wish { password, again, ..Wish::default() });
    let changed = actions::change_password(&app.0, &throttle, Whence::of(&request), wish, app.1.now()).await;
    changed_session(&request, &app, (&config, &desk), &by, (changed, "password")).await
}

/// Goes on with the session that took the place of the old one, or shows what was wrong.
pub(super) async fn changed_session(
    request: &HttpRequest,
    app: &App,
    (config, desk): (&Config, &web::Data<Desk>),
    by: &Officer,
    (changed, done): (Result<String, Error>, &str),
) -> Answered {
    match changed {
        Ok(secret) => Ok(go_to(format!("/account?done={done}"), &[session::cookie(config, secret)])),
        Err(Error::Invalid(wrong)) => page(request, app, desk, by, (None, &wrong)).await,
        Err(why) => Err(why),
    }
}

/// Ends one of the own sessions.
pub async fn end_one(request: HttpRequest, app: App, By(by, id): By<Anyone, web::Path<String>>) -> Answered {
    actions::end_one(&app.0, (by.id, caller::address(&request)), id.into_inner(), app.1.now()).await?;
    Ok(go_to("/account?done=ended".into(), &[]))
}

/// Ends all of the own sessions but this one.
pub async fn end_others(request: HttpRequest, app: App, by: May<Anyone>) -> Answered {
    let (this, _) = officer::held(&request)?;
    actions::end_others(&app.0, (by.id, caller::address(&request)), this.token_hash, app.1.now()).await?;
    Ok(go_to("/account?done=others".into(), &[]))
}
