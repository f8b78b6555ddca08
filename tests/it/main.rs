//! Stories over HTTP against the whole app, each with a database of its own and a clock that is moved by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code)]

mod account;
mod affected;
mod app;
mod attachments;
mod bad_input;
mod case;
mod dashboard;
#[path = "../support/device.rs"]
mod device;
mod dossier;
mod drafts;
#[path = "../support/http.rs"]
mod http;
mod many;
mod notices;
mod outbox;
mod pages;
mod people;
#[path = "../support/postgres.rs"]
mod postgres;
mod reminder_pages;
mod reminders;
mod rough;
mod settings;
#[path = "../support/smtp.rs"]
mod smtp;
mod strangers;
mod time;

mod access;
mod calendar;
mod figures;
mod finding;
mod intake;
mod keeping;
mod kept;
mod links;
mod openid;
mod passkeys;
#[path = "../support/openid.rs"]
mod provider;
mod signin;
mod together;
mod tokens;
mod told;
mod trail;
mod watching;

mod demonstration;
mod drills;

mod ahead;
