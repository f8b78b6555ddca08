//! The database on its bad days: behind, ahead, stopped, slow, contended; and what must hold all the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code, unused_imports)]

mod behaviour;
mod outage;
mod tables;

#[path = "../support/postgres.rs"]
mod postgres;

use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl};
use varsel::db::{Conn, Database, Db, Server, Upkeep};
use varsel::error::Error;

fn server(url: &str) -> Database {
    Database::Server(Server::parse(url).unwrap())
}

/// An empty database of each engine, opened with its tables made, and what keeps it there.
fn both() -> Vec<(Database, Box<dyn std::any::Any>)> {
    let folder = tempfile::tempdir().unwrap();
    let made =
        postgres::Cluster::shared().copy_of("migrated", |empty| varsel::db::migrate(&server(&empty.url())).unwrap());
    vec![(Database::File(folder.path().join("varsel.sqlite")), Box::new(folder)), (server(&made.url()), Box::new(made))]
}

fn open(database: &Database) -> Db {
    Db::open(database, Upkeep::Check).unwrap()
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Asks for one number, named n.
fn number(conn: &mut Conn, sql: &str) -> Result<i64, Error> {
    let found: Number = match conn {
        Conn::Postgres(conn) => diesel::sql_query(sql).get_result(conn)?,
        Conn::Sqlite(conn) => diesel::sql_query(sql).get_result(conn)?,
    };
    Ok(found.n)
}

fn run(conn: &mut Conn, sql: &str) -> Result<(), Error> {
    Ok(conn.batch_execute(sql)?)
}
