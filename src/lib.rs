//! varsel: an incident and breach notification tracker. Who must be told, by when, and why.
//!
//! The modules in the order of the ladder; each may use those above it and none below.

#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

// The kit.
pub mod assets;
pub mod canonical;
pub mod clock;
pub mod i18n;
pub mod seal;
pub mod telemetry;
pub mod templates;

pub mod error;
pub mod page;

pub mod db;
pub mod schema;

// The law, pure: facts in, an assessment out.
pub mod law;

// The command that needs nothing but the law.
pub mod assess;
mod assess_text;

// What the operator decides before the start.
pub mod config;

// People: accounts, sessions, and the extractor that is the permission.
pub mod account;

// What was done, and the proof that nobody touched the record of it.
pub mod audit;

// A copy of everything, and the way back.
pub mod backup;

// What goes out, by which way, and what became of it.
pub mod outbox;

// The case file: what is known, what follows, what was decided.
pub mod incident;

// First drafts of what goes out: pure.
pub mod notice;

// The affected: who must be told, who was, and who could not be reached.
pub mod affected;

// Who is reminded of what, when, and in what words.
pub mod reminder;

// The whole: every URL, and the server that answers them.
pub mod watch;

pub mod routes;

pub mod app;
