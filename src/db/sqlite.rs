//! The embedded database: how its file is made, opened and kept durable.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};

use crate::private;

// The cache is kept small on purpose; the operating system caches the file anyway. The log is moved into the file
// every 16 MB: more seldom than usual, so that fewer commits wait for it.
const WRITER: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;
    PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;";
const READER: &str =
    "PRAGMA busy_timeout = 10000; PRAGMA cache_size = -2000; PRAGMA trusted_schema = OFF; PRAGMA query_only = ON;";

/// Opens the file for writing and makes it if it is missing, readable by its owner only.
pub(super) fn writer(path: &Path) -> Result<SqliteConnection, String> {
    make_private_file(path)?;
    let url = path.to_str().ok_or("The path of the database is not valid UTF-8.")?;
    let mut conn =
        SqliteConnection::establish(url).map_err(|why| format!("The database {url} cannot be opened: {why}."))?;
    conn.batch_execute(WRITER).map_err(|why| format!("The database {url} refuses its settings: {why}."))?;
    Ok(conn)
}

/// Opens the file for reading only.
pub(super) fn reader(path: &Path) -> diesel::ConnectionResult<SqliteConnection> {
    let mut conn = SqliteConnection::establish(&path.to_string_lossy())?;
    conn.batch_execute(READER).map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

fn make_private_file(path: &Path) -> Result<(), String> {
    private::file(path).map(drop).map_err(|why| format!("The database {} cannot be made: {why}.", path.display()))
}
