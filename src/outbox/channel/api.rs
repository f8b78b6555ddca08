//! Channels for programs. No secret is ever told again, but a webhook's when it is drawn.

use actix_web::http::StatusCode;
use actix_web::http::header::{ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, Value, json};

use super::store::{self, Channel};
use super::{Typed, actions, fields, host_of, shown};
use crate::account::{
    By, May,
    right::{KeepHouse, ReadHouse},
};
use crate::db::Id;
use crate::error::{Error, FieldError};
use crate::outbox::Worker;
use crate::outbox::api::{body, version};
use crate::outbox::transport::{Route, Secret};

type Answered = Result<HttpResponse, Error>;
type App = web::Data<Worker>;

/// Every channel.
pub async fn list(worker: App, _by: May<ReadHouse>) -> Answered {
    let all = worker.db.read(store::all).await?;
    let items: Vec<Value> = all.iter().map(|channel| told(&worker, channel, None)).collect();
    Ok(HttpResponse::Ok().json(json!({ "items": items })))
}

/// One channel.
pub async fn show(worker: App, By(_by, path): By<ReadHouse, web::Path<String>>) -> Answered {
    let channel = actions::find(&worker, id(&path)?).await?;
    Ok(answer(&worker, StatusCode::OK, &channel, None))
}

/// Makes a channel.
pub async fn create(request: HttpRequest, worker: App, By(by, sent): By<KeepHouse, web::Bytes>) -> Answered {
    let mut given = body(&request, &sent)?;
    let kind = given.remove("kind").and_then(|kind| kind.as_str().map(str::to_owned));
    let kind = kind.ok_or_else(|| Error::field("kind", "missing"))?;
    let (channel, secret) = actions::create(&worker, by.id, &kind, &typed(&kind, given)?).await?;
    let place = format!("/api/v1/channels/{}", channel.id);
    let mut made = answer(&worker, StatusCode::CREATED, &channel, secret.as_ref());
    made.headers_mut().insert(LOCATION, place.parse().map_err(Error::internal)?);
    Ok(made)
}

/// Changes a channel, or switches it with `enabled`; what is left out stays. The version last seen must be told.
pub async fn change(
    request: HttpRequest,
    worker: App,
    By(by, (path, sent)): By<KeepHouse, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let (id, mut given) = (id(&path)?, body(&request, &sent)?);
    let mut seen = version(&request, &mut given)?;
    let on = match given.remove("enabled") {
        None => None,
        Some(Value::Bool(on)) => Some(on),
        Some(other) => {
            let fault = FieldError::new("enabled", "wrong_type").with("expected", "bool");
            return Err(Error::Invalid(vec![fault.with("given", other.to_string())]));
        }
    };
    let mut channel = actions::find(&worker, id).await?;
    let mut secret = None;
    let typed = typed(&channel.kind, given)?;
    if !typed.is_empty() || on.is_none() {
        (channel, secret) = actions::change(&worker, by.id, (id, seen), &typed).await?;
        seen = channel.version;
    }
    if let Some(on) = on {
        channel = actions::switch(&worker, by.id, (id, seen), on).await?;
    }
    Ok(answer(&worker, StatusCode::OK, &channel, secret.as_ref()))
}

/// Draws a new signing secret for a webhook.
pub async fn secret(
    request: HttpRequest,
    worker: App,
    By(by, (path, sent)): By<KeepHouse, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let seen = version(&request, &mut body(&request, &sent)?)?;
    let (channel, secret) = actions::new_secret(&worker, by.id, (id(&path)?, seen)).await?;
    Ok(answer(&worker, StatusCode::OK, &channel, Some(&secret)))
}

/// Sends a message by the channel at once and tells what the other side answered.
pub async fn test(
    request: HttpRequest,
    worker: App,
    By(by, (path, sent)): By<KeepHouse, (web::Path<String>, web::Bytes)>,
) -> Answered {
    let given = body(&request, &sent)?;
    let number = given.get("number").and_then(Value::as_str).unwrap_or_default();
    let (message, outcome) = actions::test(&worker, Some(by.id), id(&path)?, number).await?;
    let said = json!({ "message": message, "outcome": outcome.name(), "reply": outcome.reply() });
    Ok(HttpResponse::Ok().json(said))
}

fn id(path: &str) -> Result<Id, Error> {
    Id::parse(path).ok_or(Error::NotFound)
}

fn answer(worker: &Worker, status: StatusCode, channel: &Channel, secret: Option<&Secret>) -> HttpResponse {
    let tag = (ETAG, format!("\"{}\"", channel.version));
    HttpResponse::build(status).insert_header(tag).json(told(worker, channel, secret))
}

fn told(worker: &Worker, channel: &Channel, secret: Option<&Secret>) -> Value {
    let route = channel.open(&worker.seal).ok();
    let mut told = json!({
        "id": channel.id, "kind": channel.kind, "enabled": channel.enabled, "version": channel.version,
        "opens": route.is_some(), "created_at": channel.created_at, "updated_at": channel.updated_at,
    });
    for (name, text) in shown(channel, route.as_ref()) {
        told[name] = text.into();
    }
    if let Some(host) = route.as_ref().and_then(host_of) {
        told["host"] = host.into();
    }
    if let Some(Route::Sms(gateway)) = &route {
        told["header_names"] = gateway.headers.iter().map(|header| header.name.as_str()).collect();
    }
    if let Some(secret) = secret {
        told["secret"] = secret.reveal().into();
    }
    told
}

/// What a program sent, as a form would have it: headers one a line, numbers as text.
fn typed(kind: &str, given: Map<String, Value>) -> Result<Typed, Error> {
    let plain = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let (mut typed, mut wrong) = (Typed::new(), Vec::new());
    for (name, value) in given {
        let text = match &value {
            Value::Null => Some(String::new()),
            Value::Array(items) if name == "delivered" => {
                items.iter().map(plain).collect::<Option<Vec<_>>>().map(|all| all.join(", "))
            }
            Value::Object(lines) if name == "headers" && lines.is_empty() => Some("-".into()),
            Value::Object(lines) if name == "headers" => {
                let line = |(name, value): (&String, &Value)| Some(format!("{name}: {}", value.as_str()?));
                lines.iter().map(line).collect::<Option<Vec<_>>>().map(|all| all.join("\n"))
            }
            value => plain(value),
        };
        match text {
            _ if !fields(kind).contains(&name.as_str()) => wrong.push(FieldError::new(name, "unknown_key")),
            Some(text) if text.contains('\0') => wrong.push(FieldError::new(name, "unprintable")),
            Some(text) => drop(typed.insert(name, text)),
            None => {
                let fault = FieldError::new(name, "wrong_type").with("expected", "text");
                wrong.push(fault.with("given", value.to_string().chars().take(60).collect::<String>()));
            }
        }
    }
    if wrong.is_empty() { Ok(typed) } else { Err(Error::Invalid(wrong)) }
}
