//! One thread that writes: it takes all jobs that wait, commits them together, and only then answers.
//!
//! Full durability costs one flush to disk a commit; sharing it among those who wait anyway keeps that cost flat.

use tokio::sync::{mpsc, oneshot};

use super::Conn;
use super::transaction::{self, For};
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
        F: FnMut(&mut Conn) -> Result<T, Error> + Send + 'static,
    {
        let (job, answer) = envelope(job);
        self.jobs.send(job).await.map_err(|_| Error::internal("the writer has ended"))?;
        answer.await.map_err(|_| Error::internal("the writer gave no answer"))?
    }

    pub(super) fn run_blocking<T, F>(&self, job: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnMut(&mut Conn) -> Result<T, Error> + Send + 'static,
    {
        let (job, answer) = envelope(job);
        self.jobs.blocking_send(job).map_err(|_| Error::internal("the writer has ended"))?;
        answer.blocking_recv().map_err(|_| Error::internal("the writer gave no answer"))?
    }
}

fn envelope<T, F>(mut job: F) -> (Job, oneshot::Receiver<Result<T, Error>>)
where
    T: Send + 'static,
    F: FnMut(&mut Conn) -> Result<T, Error> + Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    let job: Job = Box::new(move |conn| {
        let outcome = transaction::in_savepoint(conn, &mut job);
        Box::new(move |committed| {
            let answer = outcome.and_then(|value| committed.map(|()| value).map_err(Error::internal));
            // The caller may have gone; what is committed stands.
            let _ = sender.send(answer);
        })
    });
    (job, receiver)
}

fn commit_together(conn: &mut Conn, first: Job, waiting: &mut mpsc::Receiver<Job>) {
    if let Err(why) = transaction::begin(conn, For::Writing) {
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
    let committed = transaction::commit(conn).map_err(|why| why.to_string());
    if let Err(why) = &committed {
        tracing::error!(%why, jobs = answers.len(), "The writer could not commit");
        transaction::roll_back_to(conn, 0);
    }
    for answer in answers {
        answer(committed.clone());
    }
}
