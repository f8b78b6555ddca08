//! A small alert of any system: who says it, its key, what it is, when it began and ended.

use actix_web::HttpRequest;
use chrono::{DateTime, Duration, Utc};

use super::{AHEAD, LONGEST_KEY, Report, tidy, tidy_line};
use crate::digest;
use crate::error::{Error, FieldError};
use crate::incident::api::body::Body;
use crate::law::Fact;

/// Reads an alert.
///
/// # Errors
/// Everything that is wrong, field by field.
pub fn read(request: &HttpRequest, sent: &[u8], now: DateTime<Utc>) -> Result<Report, Error> {
    let mut body = Body::read(request, sent)?;
    let (source, key, title) = (body.must("source"), body.must("key"), body.must("title"));
    let text = body.optional("text", 10_000).unwrap_or_default();
    let (started_at, ended_at) = (body.time("started_at", true), body.time("ended_at", false));
    let (service, users) = (body.optional("service", 40), body.whole("users", 1_000_000_000));
    let minutes = body.whole("minutes", 1_000_000);
    body.done()?;
    let mut wrong = Vec::new();
    for (name, value, most) in [("source", &source, 100), ("key", &key, LONGEST_KEY), ("title", &title, 200)] {
        let given = value.chars().count();
        if value.trim().is_empty() {
            wrong.push(FieldError::new(name, "missing"));
        } else if given > most {
            wrong.push(FieldError::new(name, "too_long").with("max", most).with("given", given));
        }
    }
    for (name, at) in [("started_at", started_at), ("ended_at", ended_at)] {
        if at.is_some_and(|at| at > now + Duration::minutes(AHEAD)) {
            wrong.push(FieldError::new(name, "in_future"));
        }
    }
    if started_at.is_none() {
        wrong.push(FieldError::new("started_at", "missing"));
    }
    if let (Some(start), Some(end)) = (started_at, ended_at)
        && end < start
    {
        wrong.push(FieldError::new("ended_at", "alert_ended_before"));
    }
    let services = Fact::ServicesAffected.choices();
    if let Some(given) = service.as_deref().filter(|given| !services.contains(given)) {
        let fault = FieldError::new("service", "wrong_choice").with("given", given);
        wrong.push(fault.with("choices", services.to_vec()));
    }
    let Some(started_at) = started_at.filter(|_| wrong.is_empty()) else { return Err(Error::Invalid(wrong)) };
    let (title, text) = (tidy_line(&title, 200), tidy(&text, 10_000));
    let line = if text.is_empty() { title.clone() } else { tidy_line(&text, 400) };
    Ok(Report {
        source: tidy_line(&source, 100),
        key: key.trim().to_owned(),
        title,
        text,
        line,
        is_firing: ended_at.is_none(),
        started_at: started_at.min(now),
        latest_start: started_at,
        ended_at: ended_at.map(|at| at.min(now)),
        service,
        users,
        minutes,
        digest: digest::sha256(sent),
    })
}
