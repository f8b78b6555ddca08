//! The database: a few readers, one writer that groups waiting commits, and the column types.
//!
//! Everything that knows which engine it is stands here; the stores speak plain diesel.

mod columns;
mod writer;

use std::path::Path;
use std::sync::Arc;

use actix_web::web;
use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool};
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::Sqlite;
use diesel::{Connection, RunQueryDsl, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

pub use columns::{Id, Instant, InstantText, Json, JsonText, UuidText};

use crate::error::Error;
use writer::Writer;

/// The connection every store function takes.
pub type Conn = SqliteConnection;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const READERS: u32 = 3;

/// A handle on the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    readers: Pool<ConnectionManager<Conn>>,
    writer: Arc<Writer>,
}

impl Db {
    /// Opens or makes the database file, brings it up to date and starts the writer; an error is one sentence.
    pub fn open(path: &Path) -> Result<Self, String> {
        let url = path.to_str().ok_or("The path of the database is not valid UTF-8.")?.to_owned();
        make_private_file(path)?;
        let mut conn = Conn::establish(&url).map_err(|why| format!("The database {url} cannot be opened: {why}."))?;
        conn.batch_execute(SETTINGS).map_err(|why| format!("The database {url} refuses its settings: {why}."))?;
        bring_up_to_date(&mut conn)
            .map_err(|why| format!("The database {url} cannot be brought up to date: {why}."))?;
        let writer = Writer::start(conn).map_err(|why| format!("The writer thread cannot start: {why}."))?;
        let readers = Pool::builder()
            .max_size(READERS)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_customizer(Box::new(ReadOnly))
            .build(ConnectionManager::new(url))
            .map_err(|why| format!("The database cannot be read: {why}."))?;
        Ok(Self { readers, writer: Arc::new(writer) })
    }

    /// Runs a read on a thread that may block.
    pub async fn read<T, F>(&self, read: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, Error> + Send + 'static,
    {
        let readers = self.readers.clone();
        web::block(move || read(&mut *readers.get().map_err(Error::internal)?)).await.map_err(Error::internal)?
    }

    /// Answers when the database does.
    pub async fn ping(&self) -> Result<(), Error> {
        self.read(|conn| Ok(conn.batch_execute("SELECT 1")?)).await
    }

    /// Runs a job in a transaction of its own and answers only when the commit is on disk.
    ///
    /// A job that answers an error, or panics, leaves no trace.
    pub async fn write<T, F>(&self, job: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, Error> + Send + 'static,
    {
        self.writer.run(job).await
    }

    /// Does the same from a thread that is not async, as the command line.
    pub fn write_blocking<T, F>(&self, job: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, Error> + Send + 'static,
    {
        self.writer.run_blocking(job)
    }
}

fn bring_up_to_date(conn: &mut Conn) -> Result<(), String> {
    let ours: Vec<_> = MigrationSource::<Sqlite>::migrations(&MIGRATIONS).map_err(|why| why.to_string())?;
    let applied = conn.applied_migrations().map_err(|why| why.to_string())?;
    if applied.iter().any(|version| !ours.iter().any(|known| known.name().version() == *version)) {
        return Err("it was made by a newer version of varsel; start that one".to_owned());
    }
    conn.run_pending_migrations(MIGRATIONS).map(drop).map_err(|why| why.to_string())
}

// The cache is kept small on purpose; the operating system caches the file anyway. The log is moved into the file
// every 16 MB: more seldom than usual, so that fewer commits wait for it.
const SETTINGS: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;
    PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;";

/// Finds the newest cases below `before` whose title holds these words, letter case aside.
///
/// It stands here because each engine has its own index for parts of words.
pub fn titles_with(conn: &mut Conn, words: &str, before: i64, limit: i64) -> diesel::QueryResult<Vec<i64>> {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        seq: i64,
    }
    let phrase = format!("\"{}\"", words.replace('"', "\"\"").replace('\0', "\u{fffd}"));
    let found: Vec<Row> = diesel::sql_query(
        "SELECT rowid AS seq FROM incident_search WHERE incident_search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
    )
    .bind::<Text, _>(phrase)
    .bind::<BigInt, _>(before)
    .bind::<BigInt, _>(limit)
    .load(conn)?;
    Ok(found.into_iter().map(|row| row.seq).collect())
}

#[derive(Debug)]
struct ReadOnly;

impl CustomizeConnection<Conn, diesel::r2d2::Error> for ReadOnly {
    fn on_acquire(&self, conn: &mut Conn) -> Result<(), diesel::r2d2::Error> {
        conn.batch_execute(
            "PRAGMA busy_timeout = 10000; PRAGMA cache_size = -2000; PRAGMA trusted_schema = OFF; PRAGMA query_only = ON;",
        )
        .map_err(diesel::r2d2::Error::QueryError)
    }
}

fn make_private_file(path: &Path) -> Result<(), String> {
    let mut open = std::fs::OpenOptions::new();
    open.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    open.open(path).map(drop).map_err(|why| format!("The database {} cannot be made: {why}.", path.display()))
}
