//! The tables of both engines: made, taken down and made again by every migration, the same on both, and as diesel is
//! told. Each check is tried on a planted fault as well.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod catalogue_postgres;
mod catalogue_sqlite;
mod cluster;
mod declared;
mod engine;
mod model;
mod refused;
mod round;
mod rows;
mod same;

#[path = "../support/postgres.rs"]
mod postgres;

use std::path::{Path, PathBuf};

use diesel::{Connection, SqliteConnection};

use engine::Engine;

/// What one engine has and the other has not: a name or what begins with it, and why.
const APART: &[(&str, &str)] = &[
    ("turn", "SQLite has one writer anyway; on PostgreSQL each takes its turn by locking this row"),
    ("incident_search", "each engine has its own index for words"),
];

/// Tables whose numbers the program gives itself, where others take what the engine gives, and why.
const COUNTED: &[(&str, &str)] = &[
    ("audit_entry", "a number left out would look like an entry that was taken away"),
    ("figure", "its number is that of the incident"),
    ("incident_text", "its number is that of the incident"),
    ("report", "its number is that of the incident"),
    ("drill", "its number is that of the incident"),
    ("demonstration", "there is one"),
    ("attachment_removal", "its number is that of the attachment"),
];

/// Whether a thing is one that only one engine has.
fn is_apart(name: &str) -> bool {
    APART.iter().any(|(known, _)| name.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('_')))
}

/// The folder with the migrations of an engine.
fn folder<E: Engine>() -> PathBuf {
    Path::new("migrations").join(E::FOLDER)
}

/// An empty SQLite database in memory that keeps its foreign keys, as ours do.
fn memory() -> SqliteConnection {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    conn.run("PRAGMA foreign_keys = ON").unwrap();
    conn
}
