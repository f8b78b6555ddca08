//! The ways out against real others: a mail server, receivers of requests, a folder, and all of them misbehaving.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code)]

#[path = "../support/authority.rs"]
mod authority;
#[path = "../support/http.rs"]
mod http;
#[path = "../support/smtp.rs"]
mod smtp;

mod chats;
mod folder;
mod guard;
mod mail;
mod mail_encrypted;
mod mail_refused;
mod options;
mod texts;
mod web;
mod webhooks;

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel::i18n::Lang;
use varsel::outbox::transport::{Letter, Limits, Outcome, Outside, OutsideOptions};

pub fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-24T12:00:00Z").unwrap().to_utc()
}

/// A letter that says its key, so that it is known again.
pub fn letter(key: &str) -> Letter {
    Letter {
        key: key.into(),
        attempt: 1,
        kind: "reminder".into(),
        to: "kari@smbmobil.example".into(),
        to_name: "Kari Nordmann".into(),
        subject: format!("Frist om 4 timer ({key})"),
        text: "Meld bruddet til Nkom.".into(),
        link: Some("https://varsel.example/incidents/7".into()),
        data: json!({ "incident": 7, "duty": "nkom-breach" }),
        lang: Lang::Nb,
        created_at: DateTime::parse_from_rfc3339("2026-11-24T11:59:30Z").unwrap().to_utc(),
        urgent: false,
    }
}

/// Limits that a test can wait for.
pub fn short() -> Limits {
    Limits {
        mail_connect: Duration::from_millis(500),
        mail_command: Duration::from_millis(500),
        mail_content: Duration::from_millis(500),
        mail_total: Duration::from_secs(5),
        http_connect: Duration::from_millis(500),
        http_total: Duration::from_millis(1000),
    }
}

/// Options with a sender, the loopback network opened, and short limits.
pub fn options() -> OutsideOptions {
    OutsideOptions {
        mail_from: Some("Varsel <varsel@smbmobil.example>".into()),
        allowed_networks: Some("127.0.0.0/8".into()),
        limits: short(),
        ..OutsideOptions::default()
    }
}

/// The outside with a mail server at this address.
pub fn by_mail(url: &str) -> Outside {
    made(OutsideOptions { smtp_url: Some(url.into()), ..options() })
}

/// The outside where nothing goes into the folder.
pub fn made(options: OutsideOptions) -> Outside {
    let nowhere = Path::new("/nonexistent");
    let smtp_url = options.smtp_url.clone().or_else(|| Some("smtp://127.0.0.1:9".into()));
    Outside::new(&OutsideOptions { smtp_url, ..options }, nowhere).unwrap()
}

#[track_caller]
pub fn delivered(outcome: &Outcome) -> &str {
    assert!(matches!(outcome, Outcome::Delivered { .. }), "{outcome:?}");
    outcome.reply()
}

#[track_caller]
pub fn later(outcome: &Outcome) -> &str {
    assert!(matches!(outcome, Outcome::Later { .. }), "{outcome:?}");
    outcome.reply()
}

#[track_caller]
pub fn refused(outcome: &Outcome) -> &str {
    assert!(matches!(outcome, Outcome::Refused { .. }), "{outcome:?}");
    outcome.reply()
}
