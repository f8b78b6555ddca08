//! The database: readers that see one instant, writers that take turns, and the column types.
//!
//! Everything that knows which engine it is stands here; the stores speak plain diesel. A job runs in a transaction of its
//! own and may be run again when the database asks for it: it must do nothing but read and write the database.

mod columns;
mod conn;
mod demo;
mod dialect;
mod migrations;
mod pool;
mod postgres;
pub mod rows;
mod sqlite;
mod tables;
mod tls;
mod transaction;
mod writer;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use diesel::connection::SimpleConnection;
use diesel::r2d2::Pool;

pub use columns::{Id, Instant, InstantText, Json, JsonText, UuidText};
pub use conn::{Backend, Conn};
pub use demo::{is_demo, mark_demo};
pub(crate) use dialect::insert_many;
pub use dialect::{Wanted, cases_with, containing};
pub use migrations::{Upkeep, is_current, known as known_migrations};
pub use postgres::Server;
pub(crate) use postgres::is_passing;
pub use tables::{Column, Kind, Table, table, tables};

use crate::error::Error;
use crate::origin::Origin;
use pool::{Manager, Target};
use transaction::For;
use writer::Writer;

const READERS: u32 = 3;
const CONNECTIONS: u32 = 8;
/// How long a request waits for a connection before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(6);

/// Which database, as the operator chose it.
#[derive(Clone, Debug)]
pub enum Database {
    /// The embedded one, in this file.
    File(PathBuf),
    /// A server.
    Server(Server),
}

/// A handle on the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Manager>,
    /// The one thread that writes the file; a server has writers in the pool that take turns.
    writer: Option<Arc<Writer>>,
}

/// What libpq says ends with a line break, and may have one inside.
fn on_one_line(why: &impl std::fmt::Display) -> String {
    why.to_string().split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(" .").to_owned()
}

/// Brings a database up to date and does nothing else.
///
/// # Errors
/// One sentence for the operator.
pub fn migrate(database: &Database) -> Result<(), String> {
    match database {
        Database::File(path) => migrations::bring_up_to_date(&mut sqlite::writer(path)?)
            .map_err(|why| format!("The database {} cannot be brought up to date: {why}.", path.display())),
        Database::Server(server) => {
            let mut conn = server
                .connect()
                .map_err(|why| format!("The database {server:?} cannot be reached: {}.", on_one_line(&why)))?;
            migrations::check(&mut conn, Upkeep::Migrate).map_err(|why| format!("The database {server:?} {why}."))
        }
    }
}

/// Fills a database that gets the tables of these migrations only, and brings it up to date afterwards; an error of the job
/// leaves no row behind, and is answered as it is.
///
/// # Errors
/// One sentence where the database cannot be reached or made, or what the job says.
pub fn fill_at<T>(
    database: &Database,
    level: &[String],
    mut job: impl FnMut(&mut Conn) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut conn = match database {
        Database::File(path) => Conn::Sqlite(sqlite::writer(path).map_err(Error::Internal)?),
        Database::Server(server) => Conn::Postgres(server.connect().map_err(|why| {
            Error::Internal(format!("The database {server:?} cannot be reached: {}.", on_one_line(&why)))
        })?),
    };
    migrations::make_only(&mut conn, level)
        .map_err(|why| Error::Internal(format!("The database cannot be filled: {why}.")))?;
    let done = transaction::run(&mut conn, For::Writing, &mut job)?;
    drop(conn);
    migrate(database).map_err(Error::Internal)?;
    Ok(done)
}

impl Db {
    /// Opens the database and makes sure that its tables are this program's; an error is one sentence.
    ///
    /// A file is made and brought up to date. A server is brought up to date only where that was asked for, since others
    /// may work on it; one that is behind is refused.
    pub fn open(database: &Database, upkeep: Upkeep) -> Result<Self, String> {
        match database {
            Database::File(path) => {
                let mut conn = sqlite::writer(path)?;
                migrations::bring_up_to_date(&mut conn)
                    .map_err(|why| format!("The database {} cannot be brought up to date: {why}.", path.display()))?;
                let writer = Writer::start(Conn::Sqlite(conn))
                    .map_err(|why| format!("The writer thread cannot start: {why}."))?;
                let pool = pool::build(Target::File(path.clone()), READERS, PATIENCE)?;
                Ok(Self { pool, writer: Some(Arc::new(writer)) })
            }
            Database::Server(server) => {
                let pool = pool::build(Target::Server(server.clone()), CONNECTIONS, PATIENCE)?;
                let mut conn = pool
                    .get()
                    .map_err(|why| format!("The database {server:?} cannot be reached: {}.", on_one_line(&why)))?;
                if let Conn::Postgres(conn) = &mut *conn {
                    migrations::check(conn, upkeep).map_err(|why| format!("The database {server:?} {why}."))?;
                }
                drop(conn);
                Ok(Self { pool, writer: None })
            }
        }
    }

    /// Runs a read on a thread that may block; all it reads is as of one instant.
    pub async fn read<T, F>(&self, read: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnMut(&mut Conn) -> Result<T, Error> + Send + 'static,
    {
        let db = self.clone();
        web::block(move || db.in_turn(For::Reading, read)).await.map_err(Error::internal)?
    }

    /// Reads as long as it takes, all as of one instant, on this thread.
    pub fn read_all<T>(&self, read: impl FnMut(&mut Conn) -> Result<T, Error>) -> Result<T, Error> {
        self.in_turn(For::ReadingAll, read)
    }

    /// Answers when the database does.
    pub async fn ping(&self) -> Result<(), Error> {
        self.read(|conn| Ok(conn.batch_execute("SELECT 1")?)).await
    }

    /// Runs a job in a transaction of its own and answers only when the commit is durable.
    ///
    /// A job that answers an error, or panics, leaves no trace. What it writes down comes from where the caller comes from.
    pub async fn write<T, F>(&self, mut job: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnMut(&mut Conn) -> Result<T, Error> + Send + 'static,
    {
        let origin = Origin::current();
        let job = move |conn: &mut Conn| origin.around(|| job(conn));
        match &self.writer {
            Some(writer) => writer.run(job).await,
            None => {
                let db = self.clone();
                web::block(move || db.in_turn(For::Writing, job)).await.map_err(Error::internal)?
            }
        }
    }

    /// Does the same from a thread that is not async, as the command line.
    pub fn write_blocking<T, F>(&self, mut job: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnMut(&mut Conn) -> Result<T, Error> + Send + 'static,
    {
        let origin = Origin::current();
        let job = move |conn: &mut Conn| origin.around(|| job(conn));
        match &self.writer {
            Some(writer) => writer.run_blocking(job),
            None => self.in_turn(For::Writing, job),
        }
    }

    /// Runs a job on a connection of the pool, again when the database asks for it.
    fn in_turn<T>(&self, purpose: For, mut job: impl FnMut(&mut Conn) -> Result<T, Error>) -> Result<T, Error> {
        let mut tried = 0;
        loop {
            let mut conn = self.pool.get().map_err(|why| Error::Unavailable(why.to_string()))?;
            let outcome = transaction::run(&mut conn, purpose, &mut job);
            tried += 1;
            match outcome {
                Err(Error::Unavailable(why)) if tried < postgres::TRIES && !postgres::ran_out_of_time(&why) => {
                    tracing::debug!(why, tried, "A transaction is tried again");
                    drop(conn);
                    std::thread::sleep(postgres::pause(tried));
                }
                other => return other,
            }
        }
    }
}
