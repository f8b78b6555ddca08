//! Connections that are kept open and lent out.

use std::path::PathBuf;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::r2d2::{self, ManageConnection};

use super::conn::Conn;
use super::{postgres, sqlite};

/// Where connections lead.
#[derive(Clone)]
pub(super) enum Target {
    /// A file, for reading.
    File(PathBuf),
    /// A server.
    Server(postgres::Server),
}

/// Makes connections and tells whether they still work.
pub(super) struct Manager(pub(super) Target);

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = r2d2::Error;

    fn connect(&self) -> Result<Conn, r2d2::Error> {
        match &self.0 {
            Target::File(path) => sqlite::reader(path).map(Conn::Sqlite),
            Target::Server(server) => server.connect().map(Conn::Postgres),
        }
        .map_err(r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), r2d2::Error> {
        conn.batch_execute("SELECT 1").map_err(r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        r2d2::R2D2Connection::is_broken(conn)
    }
}

/// A pool of so many connections at most; nobody waits for one longer than this.
pub(super) fn build(target: Target, most: u32, patience: Duration) -> Result<r2d2::Pool<Manager>, String> {
    // A server may have been restarted since a connection was last used; a file has not.
    let ask_first = matches!(target, Target::Server(_));
    r2d2::Pool::builder()
        .max_size(most)
        .min_idle(Some(1))
        .test_on_check_out(ask_first)
        .connection_timeout(patience)
        .error_handler(Box::new(Silent))
        .build(Manager(target))
        .map_err(|why| format!("The database cannot be reached: {}.", super::on_one_line(&why)))
}

/// Whoever asked for a connection is told; a line in the log for every retry in the background would tell nothing more.
#[derive(Debug)]
struct Silent;

impl<E: std::error::Error> r2d2::HandleError<E> for Silent {
    fn handle_error(&self, why: E) {
        tracing::debug!(%why, "A connection to the database could not be made");
    }
}
