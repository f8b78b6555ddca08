//! Whether this instance does its work: asked for by a load balancer, and told to somebody outside who notices silence.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde_json::json;
use tokio::sync::watch;

use crate::clock::{Clock, Pulse};
use crate::db::Db;
use crate::outbox::{store as outbox, trouble};

/// A loop that has done nothing for longer than this is not well.
const STALE: i64 = 120;
/// A message that waits for longer than this is worth a look.
const LONG_UNSENT: i64 = 15 * 60;
/// How often the address outside is called.
const EVERY: Duration = Duration::from_secs(60);

/// The loops of this instance.
#[derive(Clone, Debug, Default)]
pub struct Loops {
    /// Whether they run in this instance at all.
    pub running: bool,
    /// The one that sends.
    pub worker: Pulse,
    /// The one that reminds.
    pub scheduler: Pulse,
}

impl Loops {
    /// Whether both did their work of late.
    pub fn are_well(&self, now: DateTime<Utc>) -> bool {
        let fresh = |pulse: &Pulse| pulse.age(now).is_some_and(|age| age.num_seconds() <= STALE);
        fresh(&self.worker) && fresh(&self.scheduler)
    }
}

/// Answers 200 while this instance can serve and does its work, else 503, and in both cases with the figures.
pub async fn ready(
    (db, clock, loops): (web::Data<Db>, web::Data<Clock>, web::Data<Loops>),
) -> HttpResponse {
    let now = clock.now();
    let read = db.read(move |conn| {
        let current = crate::db::is_current(conn)?;
        Ok((current, outbox::counts(conn, now)?, trouble::names(conn)?))
    });
    let age = |pulse: &Pulse| pulse.age(now).map(|age| age.num_seconds());
    let well = !loops.running || loops.are_well(now);
    let (status, body) = match read.await {
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "down", "database": false })),
        Ok((current, counts, troubles)) => {
            let late = counts.oldest_unsent_seconds.is_some_and(|age| age > LONG_UNSENT);
            let (status, word) = match (current && well, late || counts.gave_up > 0 || !troubles.is_empty()) {
                (false, _) => (StatusCode::SERVICE_UNAVAILABLE, "down"),
                (true, true) => (StatusCode::OK, "degraded"),
                (true, false) => (StatusCode::OK, "ok"),
            };
            let body = json!({
                "status": word, "database": true, "migrations_current": current, "loops": loops.running,
                "worker_age_seconds": age(&loops.worker), "scheduler_age_seconds": age(&loops.scheduler),
                "messages_waiting": counts.waiting, "oldest_unsent_seconds": counts.oldest_unsent_seconds,
                "messages_given_up": counts.gave_up, "troubles": troubles,
            });
            (status, body)
        }
    };
    HttpResponse::build(status).json(body)
}

/// Calls an address outside while both loops are well, so that somebody there notices when it falls silent.
pub async fn call(url: String, loops: Loops, clock: Clock, mut stop: watch::Receiver<bool>) {
    let Ok(client) = reqwest::Client::builder().timeout(Duration::from_secs(10)).no_proxy().build() else {
        return tracing::error!("The heartbeat has no client; nobody outside is called");
    };
    while !*stop.borrow() {
        if loops.are_well(clock.now()) {
            match client.get(&url).send().await.and_then(reqwest::Response::error_for_status) {
                Ok(_) => tracing::debug!("The heartbeat was heard"),
                // The address may hold a secret.
                Err(why) => tracing::warn!(why = %why.without_url(), "The heartbeat was not heard"),
            }
        }
        let _ = tokio::time::timeout(EVERY, stop.changed()).await;
    }
}
