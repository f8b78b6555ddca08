//! One thread that writes: it takes all jobs that wait, commits them together, and only then answers.
//!
//! Full durability costs one flush to disk a commit; sharing it among those who wait anyway keeps that cost flat.

use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::connection::{AnsiTransactionManager as Manager, TransactionManager};
use tokio::sync::{mpsc, oneshot};

use super::Conn;
use crate::error::Error;

const WAITING: usize = 256;
const TOGETHER: usize = 64;

/// Tells the caller how it went, once it is known whether the commit held.
type Answer = Box<dyn FnOnce(Result<(), String>) + Send>;
type Job = Box<dyn FnOnce(&mut Conn) -> Answer + Send>;

/// The way in to the writer thread, which ends when this is dropped.
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
}

impl Writer {
    /// Starts the thread on a connection that it owns from now on.
    pub(super) fn start(mut conn: Conn) -> std::io::Result<Self> {
        let (jobs, mut waiting) = mpsc::channel::<Job>(WAITING);
        std::thread::Builder::new().name("writer".into()).spawn(move || {
            while let Some(first) = waiting.blocking_recv() {
                commit_together(&mut conn, first, &mut waiting);
            }
        })?;
        Ok(Self { jobs })
    }

    pub(super) async fn run<T, F>(&self, job: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, Error> + Send + 'static,
    {
        let (job, answer) = envelope(job);
        self.jobs.send(job).await.map_err(|_| Error::internal("the writer has ended"))?;
        answer.await.map_err(|_| Error::internal("the writer gave no answer"))?
    }

    pub(super) fn run_blocking<T, F>(&self, job: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, Error> + Send + 'static,
    {
        let (job, answer) = envelope(job);
        self.jobs.blocking_send(job).map_err(|_| Error::internal("the writer has ended"))?;
        answer.blocking_recv().map_err(|_| Error::internal("the writer gave no answer"))?
    }
}

fn envelope<T, F>(job: F) -> (Job, oneshot::Receiver<Result<T, Error>>)
where
    T: Send + 'static,
    F: FnOnce(&mut Conn) -> Result<T, Error> + Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    let job: Job = Box::new(move |conn| {
        let outcome = in_savepoint(conn, job);
        Box::new(move |committed| {
            let answer = outcome.and_then(|value| committed.map(|()| value).map_err(Error::internal));
            // The caller may have gone; what is committed stands.
            let _ = sender.send(answer);
        })
    });
    (job, receiver)
}

fn commit_together(conn: &mut Conn, first: Job, waiting: &mut mpsc::Receiver<Job>) {
    // IMMEDIATE: a transaction that means to write takes the lock at once instead of failing half-way.
    if let Err(why) = Manager::begin_transaction_sql(conn, "BEGIN IMMEDIATE") {
        // Running the job outside a transaction would be worse than not at all: dropped, it is answered with a fault.
        tracing::error!(%why, "The writer could not begin");
        return drop(first);
    }
    let mut answers = vec![first(conn)];
    while answers.len() < TOGETHER
        && let Ok(job) = waiting.try_recv()
    {
        answers.push(job(conn));
    }
    let committed = Manager::commit_transaction(conn).map_err(|why| why.to_string());
    if let Err(why) = &committed {
        tracing::error!(%why, jobs = answers.len(), "The writer could not commit");
        roll_back_to(conn, 0);
    }
    for answer in answers {
        answer(committed.clone());
    }
}

/// Runs a job so that an error or a panic rolls back this job and no other.
fn in_savepoint<T>(conn: &mut Conn, job: impl FnOnce(&mut Conn) -> Result<T, Error>) -> Result<T, Error> {
    let outside = depth(conn);
    Manager::begin_transaction(conn)?;
    let outcome =
        catch_unwind(AssertUnwindSafe(|| job(conn))).unwrap_or_else(|_| Err(Error::internal("a write job panicked")));
    match outcome {
        Ok(value) => Manager::commit_transaction(conn).map(|()| value).map_err(Error::from),
        Err(why) => {
            roll_back_to(conn, outside);
            Err(why)
        }
    }
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
fn roll_back_to(conn: &mut Conn, outside: u32) {
    while depth(conn) > outside {
        if let Err(why) = Manager::rollback_transaction(conn) {
            tracing::error!(%why, "The writer could not roll back");
            return;
        }
    }
}
