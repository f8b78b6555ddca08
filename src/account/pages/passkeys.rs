//! Passkeys on the page of the own account, and the button at the door.

use actix_web::{HttpRequest, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::own::{Answered, App, changed_session, field};
use crate::account::actions::passkeys;
use crate::account::passkey::Party;
use crate::account::session::Whence;
use crate::account::store::passkeys::Passkey;
use crate::account::{By, Desk, Officer, Throttle, caller, right::Anyone};
use crate::config::Config;
use crate::db::{Db, Id};
use crate::error::{Error, FieldError};
use crate::i18n::{self, Lang};
use crate::outbox::transport::Secret;

fn is_offered(config: &Config, request: &HttpRequest) -> bool {
    Party::of(config, caller::way(request).host.as_deref()).is_some()
}

/// What the button at the door needs: where to go on to. None where no browser has passkeys for us.
pub(super) fn offer(config: &Config, request: &HttpRequest, next: &str) -> Option<Value> {
    is_offered(config, request).then(|| json!({ "next": next }))
}

/// The own passkeys, the form for another one, and what was wrong with the last removal.
pub(super) async fn panel(request: &HttpRequest, db: &Db, by: &Officer, wrong: &[FieldError]) -> Result<Value, Error> {
    let config =
        request.app_data::<web::Data<Config>>().ok_or_else(|| Error::internal("the app has no configuration"))?;
    let (all, may) = passkeys::own(db, by.id).await?;
    let name = json!({
        "id": "passkey_name", "name": "name", "kind": "text", "complete": "off", "must": true,
        "label": i18n::text(by.lang, "passkey-name"), "value": Whence::of(request).browser,
    });
    let mut password = field(by.lang, "passkey_password", "current-password", &[]);
    password["name"] = "password".into();
    Ok(json!({
        "offered": is_offered(config, request), "may": may, "all": all.iter().map(|key| row(by.lang, key, wrong)).collect::<Vec<_>>(),
        "name": name, "password": password, "next": "/account?done=passkey_added", "passkey": offer(config, request, "/"),
        "first": !all.is_empty() && !Whence::of(request).by_passkey,
    }))
}

fn row(lang: Lang, key: &Passkey, wrong: &[FieldError]) -> Value {
    let short = |at: crate::db::Instant| i18n::instant_short(lang, at.utc());
    let id = format!("passkey_{}", key.id);
    let mut password = field(lang, "passkey_password", "current-password", &[]);
    (password["id"], password["name"]) = (id.clone().into(), "password".into());
    if let Some(fault) = wrong.iter().find(|fault| fault.path == id) {
        (password["wrong"], password["described"]) = (fault.message(lang).into(), format!("{id}-wrong").into());
    }
    json!({
        "id": key.id, "name": key.name, "made": short(key.made_at), "used": key.last_used_at.map(short),
        "password": password, "open": password["wrong"].is_string(),
    })
}

/// What the form that gives a passkey up sends.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Removal {
    password: Secret,
}

/// Gives one of the own passkeys up.
pub async fn remove(
    request: HttpRequest,
    app: App,
    (config, throttle, desk): (web::Data<Config>, web::Data<Throttle>, web::Data<Desk>),
    By(by, (id, sent)): By<Anyone, (web::Path<String>, web::Form<Removal>)>,
) -> Answered {
    let key = Id::parse(&id).ok_or(Error::NotFound)?;
    let given = (by.id, key, sent.password.reveal().to_owned());
    let removed = passkeys::remove(&app.0, &throttle, Whence::of(&request), given, app.1.now()).await;
    // The page has a field for each key.
    let removed = removed.map_err(|why| match why {
        Error::Invalid(wrong) => Error::Invalid(
            wrong.into_iter().map(|fault| FieldError { path: format!("passkey_{key}"), ..fault }).collect(),
        ),
        other => other,
    });
    changed_session(&request, &app, (&config, &desk), &by, (removed, "passkey_removed")).await
}
