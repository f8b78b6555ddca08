//! Stories over HTTP against the whole app, each with a database of its own and a clock that is moved by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code)]

mod account;
mod app;
mod bad_input;
mod case;
mod drafts;
mod many;
mod pages;
#[path = "../support/postgres.rs"]
mod postgres;
mod reminder_pages;
mod rough;
mod settings;
mod strangers;
mod time;
