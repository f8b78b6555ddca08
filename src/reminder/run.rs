//! The loop that says what is due, as long as the program runs.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::actions::{self, Book};
use crate::clock::Clock;
use crate::db::{Db, is_demo};
use crate::error::Error;
use crate::notice::actions::record_arrivals;
use crate::outbox::Pulse;
use crate::templates::Demo;

/// How long it rests between two rounds. A round with nothing due costs three small reads.
const REST: Duration = Duration::from_secs(2);

/// Says what is due. Any number may run beside each other, in one program or in several.
#[derive(Clone)]
pub struct Scheduler {
    /// The database.
    pub db: Db,
    /// What messages are written with.
    pub book: Arc<Book>,
    /// The clock it goes by.
    pub clock: Clock,
    /// When a round last went well.
    pub pulse: Pulse,
    /// Told when the database turns out to be a demonstration, as one that was filled while the program ran.
    pub demo: Demo,
}

impl Scheduler {
    /// One round; answers how many messages it wrote.
    ///
    /// # Errors
    /// When the database fails; the next round makes up for it.
    pub async fn round(&self) -> Result<usize, Error> {
        if !self.demo.is_on() && self.db.read(is_demo).await? {
            self.demo.found();
        }
        // What the outbox delivered meets its duty before anybody is reminded of it.
        record_arrivals(&self.db, self.clock.now()).await?;
        let written = actions::round(&self.db, &self.book, self.clock.now()).await?;
        self.pulse.beat(self.clock.now());
        Ok(written)
    }

    /// Rounds until it is told to stop. What goes wrong is told and tried again; nothing ends it.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            match self.round().await {
                Ok(0) => {}
                Ok(messages) => tracing::info!(messages, "Reminders were written"),
                Err(why) => tracing::error!(%why, "Reminders could not be looked through; it is tried again"),
            }
            let _ = tokio::time::timeout(REST, stop.changed()).await;
        }
    }
}
