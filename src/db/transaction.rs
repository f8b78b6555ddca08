//! Transactions, whichever engine: begun for a purpose, ended whatever happens inside.

use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::{Connection, QueryResult};

use super::conn::Conn;
use super::postgres;
use crate::error::Error;

type Manager = <Conn as Connection>::TransactionManager;

/// What a transaction is for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum For {
    /// A few reads that belong together.
    Reading,
    /// Everything there is, however long it takes.
    ReadingAll,
    /// Reads and writes, when it is our turn.
    Writing,
}

/// Begins a transaction.
pub(super) fn begin(conn: &mut Conn, purpose: For) -> QueryResult<()> {
    match conn {
        Conn::Postgres(conn) => postgres::begin(conn, purpose),
        // IMMEDIATE: a transaction that means to write takes the lock at once instead of failing half-way.
        Conn::Sqlite(conn) if purpose == For::Writing => {
            AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")
        }
        Conn::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN"),
    }
}

/// Makes everything since [`begin`] durable.
pub(super) fn commit(conn: &mut Conn) -> QueryResult<()> {
    Manager::commit_transaction(conn)
}

/// Runs a job in a transaction of its own; its error, or its panic, undoes everything.
pub(super) fn run<T>(
    conn: &mut Conn,
    purpose: For,
    job: &mut impl FnMut(&mut Conn) -> Result<T, Error>,
) -> Result<T, Error> {
    begin(conn, purpose).map_err(|why| Error::Unavailable(why.to_string()))?;
    match guarded(conn, job) {
        Ok(value) => commit(conn).map(|()| value).map_err(|why| {
            roll_back_to(conn, 0);
            match why {
                // Nobody knows whether it held: trying again could do it twice.
                DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, _) => Error::internal(why),
                other => other.into(),
            }
        }),
        Err(why) => {
            roll_back_to(conn, 0);
            Err(why)
        }
    }
}

/// Runs a job so that an error or a panic undoes this job and no other.
pub(super) fn in_savepoint<T>(
    conn: &mut Conn,
    job: &mut impl FnMut(&mut Conn) -> Result<T, Error>,
) -> Result<T, Error> {
    let outside = depth(conn);
    Manager::begin_transaction(conn)?;
    match guarded(conn, job) {
        Ok(value) => Manager::commit_transaction(conn).map(|()| value).map_err(Error::from),
        Err(why) => {
            roll_back_to(conn, outside);
            Err(why)
        }
    }
}

fn guarded<T>(conn: &mut Conn, job: &mut impl FnMut(&mut Conn) -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(|| job(conn))).unwrap_or_else(|_| Err(Error::internal("a database job panicked")))
}

/// How many transactions and savepoints are open.
fn depth(conn: &mut Conn) -> u32 {
    Manager::transaction_manager_status_mut(conn)
        .transaction_depth()
        .ok()
        .flatten()
        .map_or(0, std::num::NonZeroU32::get)
}

/// Rolls back until no more than so many are open; a panic may have left some behind.
pub(super) fn roll_back_to(conn: &mut Conn, outside: u32) {
    while depth(conn) > outside {
        if let Err(why) = Manager::rollback_transaction(conn) {
            // A server that is gone has rolled back by itself.
            tracing::warn!(%why, "A transaction could not be rolled back");
            return;
        }
    }
}
