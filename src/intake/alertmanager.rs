//! What Prometheus Alertmanager sends to a webhook (version 4); Grafana sends the same shape with version 1.
//!
//! A message is about a group of alerts, and the group is what becomes a case: the operator decides with `group_by` what
//! belongs together. What is not needed is passed over, for these senders add fields from release to release.

use actix_web::HttpRequest;
use chrono::{DateTime, Duration, Utc};
use serde_json::Value;

use super::{AHEAD, LONGEST_KEY, MOST_ALERTS, Report, tidy, tidy_line};
use crate::digest;
use crate::error::{Error, FieldError};
use crate::incident::api::body::{is_json, time};
use crate::incident::refuse;
use crate::law::json;

/// How many alerts are told of by name.
const MOST_NAMED: usize = 20;

/// One alert of a group.
struct Alert {
    name: String,
    fingerprint: String,
    is_firing: bool,
    started_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
}

/// Reads a message.
///
/// # Errors
/// Everything that is wrong, field by field.
pub fn read(request: &HttpRequest, sent: &[u8], now: DateTime<Utc>) -> Result<Report, Error> {
    is_json(request)?;
    let message = json::read(sent).map_err(|wrong| refuse(vec![wrong]))?;
    let mut wrong = Vec::new();
    if !message.is_object() {
        return Err(Error::Invalid(vec![
            FieldError::new("", "wrong_type").with("expected", "object").with("given", "…"),
        ]));
    }
    chosen(&mut wrong, "version", &message["version"], &["4", "1"]);
    let is_firing = chosen(&mut wrong, "status", &message["status"], &["firing", "resolved"]) == Some("firing");
    let key = text(&message["groupKey"]);
    if key.is_empty() {
        wrong.push(FieldError::new("groupKey", "missing"));
    }
    let listed = message["alerts"].as_array().map(Vec::as_slice).unwrap_or_default();
    if listed.is_empty() {
        wrong.push(FieldError::new("alerts", "missing"));
    } else if listed.len() > MOST_ALERTS {
        wrong.push(FieldError::new("alerts", "too_many_alerts").with("most", MOST_ALERTS));
    }
    let alerts: Vec<Alert> = match wrong.is_empty() {
        true => listed.iter().enumerate().filter_map(|(at, alert)| one(&mut wrong, at, alert, now)).collect(),
        false => Vec::new(),
    };
    let starts = alerts.iter().map(|alert| alert.started_at);
    let (Some(started_at), Some(latest_start), true) = (starts.clone().min(), starts.max(), wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let ended_at = alerts.iter().filter_map(|alert| alert.ended_at).max().map_or(now, |at| at.min(now));
    Ok(Report {
        source: "alertmanager".to_owned(),
        key: if key.chars().count() > LONGEST_KEY { digest::sha256(key.as_bytes()) } else { key.to_owned() },
        title: title(&message, &alerts),
        text: described(&message, &alerts),
        line: tidy_line(&names(&alerts).join("; "), 1_000),
        is_firing,
        started_at: started_at.min(now),
        latest_start,
        ended_at: (!is_firing).then_some(ended_at.max(started_at.min(now))),
        service: None,
        users: None,
        minutes: None,
        digest: digest(is_firing, &alerts),
    })
}

fn chosen<'a>(wrong: &mut Vec<FieldError>, path: &str, given: &'a Value, choices: &[&str]) -> Option<&'a str> {
    let word = given.as_str().filter(|word| choices.contains(word));
    if word.is_none() {
        let fault =
            if given.is_null() { FieldError::new(path, "missing") } else { FieldError::new(path, "wrong_choice") };
        wrong.push(fault.with("given", tidy_line(&given.to_string(), 40)).with("choices", choices.to_vec()));
    }
    word
}

fn one(wrong: &mut Vec<FieldError>, at: usize, alert: &Value, now: DateTime<Utc>) -> Option<Alert> {
    let path = |name: &str| format!("alerts[{at}].{name}");
    let status = chosen(wrong, &path("status"), &alert["status"], &["firing", "resolved"]);
    let mut read = |name: &str| match alert[name].as_str().map(|text| time(&path(name), text)) {
        Some(Ok(at)) if at > now + Duration::minutes(AHEAD) => {
            wrong.push(FieldError::new(path(name), "in_future"));
            None
        }
        Some(Ok(at)) => Some(at),
        Some(Err(why)) => {
            wrong.extend_from_slice(why.fields());
            None
        }
        None => {
            wrong.push(FieldError::new(path(name), "missing"));
            None
        }
    };
    let started_at = read("startsAt");
    let is_firing = status == Some("firing");
    // Of one that goes on, the end is a year nought or a guess.
    let ended_at = if is_firing { None } else { read("endsAt") };
    Some(Alert {
        name: named(alert),
        fingerprint: tidy_line(text(&alert["fingerprint"]), 64),
        is_firing,
        started_at: started_at?,
        ended_at,
    })
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// What an alert is called: its summary, else its name, with where it is.
fn named(alert: &Value) -> String {
    let label = |name: &str| text(&alert["labels"][name]);
    let summary = text(&alert["annotations"]["summary"]);
    let name = if summary.is_empty() { label("alertname") } else { summary };
    let place = ["instance", "site", "cell", "host"].into_iter().map(label).find(|place| !place.is_empty());
    let place = place.filter(|place| !name.contains(place)).map_or_else(String::new, |place| format!(" ({place})"));
    tidy_line(&format!("{name}{place}"), 200)
}

fn title(message: &Value, alerts: &[Alert]) -> String {
    let common = [&message["commonAnnotations"]["summary"], &message["groupLabels"]["alertname"]];
    let common = common.into_iter().chain([&message["commonLabels"]["alertname"]]).map(text);
    let first = alerts.first().map(|alert| alert.name.as_str()).into_iter();
    let title = common.chain(first).map(|title| tidy_line(title, 200)).find(|title| !title.is_empty());
    title.unwrap_or_else(|| "Alert".to_owned())
}

/// Those that go on first, the first of them by name.
fn names(alerts: &[Alert]) -> Vec<&str> {
    let mut all: Vec<&Alert> = alerts.iter().filter(|alert| !alert.name.is_empty()).collect();
    all.sort_by_key(|alert| !alert.is_firing);
    all.into_iter().take(MOST_NAMED).map(|alert| alert.name.as_str()).collect()
}

fn described(message: &Value, alerts: &[Alert]) -> String {
    let common = tidy(text(&message["commonAnnotations"]["description"]), 5_000);
    let lines = names(alerts).into_iter().map(|name| format!("- {name}"));
    let more = alerts.len().saturating_sub(MOST_NAMED);
    let more = (more > 0).then(|| format!("+ {more}"));
    let parts: Vec<String> =
        Some(common).filter(|text| !text.is_empty()).into_iter().chain(lines).chain(more).collect();
    parts.join("\n")
}

/// The same for messages about the same alerts in the same state.
fn digest(is_firing: bool, alerts: &[Alert]) -> String {
    let mut all: Vec<String> = alerts
        .iter()
        .map(|alert| format!("{} {} {} {}", alert.fingerprint, alert.name, alert.is_firing, alert.started_at))
        .collect();
    all.sort_unstable();
    digest::sha256(format!("{is_firing}\n{}", all.join("\n")).as_bytes())
}
