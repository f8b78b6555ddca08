//! varsel: an incident and breach notification tracker. Who must be told, by when, and why.
//!
//! The modules in the order of the ladder; each may use those above it and none below.

#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

// The kit.
pub mod assets;
pub mod canonical;
pub mod clock;
pub mod digest;
pub mod i18n;
pub mod origin;
pub mod private;
pub mod seal;
pub mod telemetry;
pub mod templates;

pub mod error;
pub mod flow;
pub mod page;
pub mod pdf;

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

// The company's own identity provider, for whoever signs in by it.
pub mod openid;

// The case file: what is known, what follows, what was decided.
pub mod incident;

// First drafts of what goes out: pure.
pub mod notice;

// The affected: who must be told, who was, and who could not be reached.
pub mod affected;

// Who is reminded of what, when, and in what words.
pub mod reminder;

// What management looks at: what is late, and how the months went.
pub mod dashboard;
// The deadlines in the calendars of people.
pub mod calendar;
// What other systems report.
pub mod intake;
// Everything about one incident in one document and one archive.
pub mod dossier;
// What one sees of a drill, and how it went.
pub mod drill;
// How long personal data are kept, what one person's request finds, and the pages of the audit chain.
pub mod inquiry;
pub mod retention;
pub mod trail;

// What is done once a day.
pub mod daily;
// Two years of made-up incidents, for whoever wants to look.
pub mod demo;

// The whole: every URL, and the server that answers them.
pub mod watch;

pub mod routes;

pub mod app;
