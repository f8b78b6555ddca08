//! The loop behind the register: it reads files in, feeds waves to the outbox, and takes back what became of messages.

use std::time::Duration;

use actix_web::web;
use tokio::sync::watch;

use super::{actions, store};
use crate::clock::Clock;
use crate::db::Db;
use crate::error::Error;
use crate::incident::actions::note;
use crate::seal::Seal;

const REST: Duration = Duration::from_secs(1);
const REST_AFTER_ERROR: Duration = Duration::from_secs(5);

/// Whoever reads files in and feeds waves. Any number may work beside each other, in one program or in several.
#[derive(Clone)]
pub struct Clerk {
    /// The database.
    pub db: Db,
    /// Opens what is sealed.
    pub seal: Seal,
    /// The time.
    pub clock: Clock,
}

impl Clerk {
    /// One round; answers how much it did, so that it goes on at once while there is work.
    ///
    /// # Errors
    /// When the database fails; the next round makes up for it.
    pub async fn round(&self) -> Result<usize, Error> {
        Ok(self.read_in(|| false).await? + self.tell().await?)
    }

    /// Reads the next file that waits to be read.
    async fn read_in(&self, stop: impl Fn() -> bool + Send + 'static) -> Result<usize, Error> {
        let Some(import) = self.db.read(store::running).await? else { return Ok(0) };
        let (db, seal, clock) = (self.db.clone(), self.seal.clone(), self.clock.clone());
        let read = web::block(move || actions::read_in(&db, &seal, import, || clock.now(), stop));
        match read.await.map_err(Error::internal)? {
            // Another clerk reads it.
            Err(Error::Conflict { .. }) => Ok(0),
            other => other.map(|_| 1),
        }
    }

    /// Takes back what became of messages, and hands over the next.
    async fn tell(&self) -> Result<usize, Error> {
        let mut many = 0;
        for wave in self.db.read(store::going).await? {
            let now = self.clock.now();
            let job = move |conn: &mut crate::db::Conn| {
                let settled = store::settle(conn, &wave, now)?;
                let mut wave = store::find_wave(conn, wave.incident_seq, wave.id)?;
                if wave.state != "going" {
                    return Ok(settled);
                }
                let head = store::head_of(conn, wave.incident_seq)?;
                let subject = format!("{} {}", head.reference, wave.name);
                let (fed, idle) = store::feed(conn, &mut wave, &subject, now)?;
                if idle {
                    wave.state = "done".into();
                    wave.ended_at = Some(now.into());
                    let payload = serde_json::json!({ "wave": wave.id, "name": wave.name });
                    note(conn, head.seq, ("wave.done", payload), (None, now.into()))?;
                }
                store::save_wave(conn, &wave)?;
                Ok(settled + fed)
            };
            many += self.db.write(job).await?;
        }
        Ok(many)
    }

    async fn files(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let told = stop.clone();
            let pause = match self.read_in(move || *told.borrow()).await {
                Ok(0) => REST,
                Ok(_) => Duration::ZERO,
                Err(why) => {
                    tracing::error!(%why, "A file with persons could not be read on; it is tried again");
                    REST_AFTER_ERROR
                }
            };
            let _ = tokio::time::timeout(pause, stop.changed()).await;
        }
    }

    async fn waves(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let pause = match self.tell().await {
                Ok(0) => REST,
                // What was handed over needs a moment to go out.
                Ok(_) => REST / 5,
                Err(why) => {
                    tracing::error!(%why, "Waves could not be looked through; it is tried again");
                    REST_AFTER_ERROR
                }
            };
            let _ = tokio::time::timeout(pause, stop.changed()).await;
        }
    }

    /// Works until it is told to stop. A long file is in no wave's way.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        tokio::join!(self.clone().files(stop.clone()), self.waves(stop));
    }
}
