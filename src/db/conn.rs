//! The connection that every store function takes: one type, two engines behind it.

use diesel::{Connection, MultiConnection, PgConnection, SqliteConnection};

/// A connection to either engine; queries are written once for both.
#[derive(MultiConnection)]
pub enum Conn {
    /// A PostgreSQL server, or one that speaks as it does.
    Postgres(PgConnection),
    /// The embedded database.
    Sqlite(SqliteConnection),
}

/// What queries are built for: both engines at once.
pub type Backend = <Conn as Connection>::Backend;
