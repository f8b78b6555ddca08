//! Whether this instance does its work: asked for by a load balancer, and told to somebody outside who notices silence.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde_json::json;
use tokio::sync::watch;

use crate::account::Sight;
use crate::clock::Clock;
use crate::db::Db;
use crate::outbox::Pulse;
use crate::outbox::store::{self as outbox, trouble};

/// A loop that has done nothing for longer than this is not well.
const STALE: i64 = 120;
/// A message that waits for longer than this is worth a look.
const LONG_UNSENT: i64 = 15 * 60;
/// How often the address outside is called.
const EVERY: Duration = Duration::from_secs(60);

/// How the loops of this instance are.
#[derive(Clone, Default)]
pub struct Pulses {
    /// Whether they run in this instance at all.
    pub running: bool,
    /// The one that sends.
    pub worker: Pulse,
    /// The one that reminds.
    pub scheduler: Pulse,
}

impl Pulses {
    /// Whether both did their work of late.
    pub fn are_well(&self, now: DateTime<Utc>) -> bool {
        let fresh = |pulse: &Pulse| age(pulse, now).is_some_and(|seconds| seconds <= STALE);
        fresh(&self.worker) && fresh(&self.scheduler)
    }
}

/// How many seconds ago a loop last did its work; none before the first time.
fn age(pulse: &Pulse, now: DateTime<Utc>) -> Option<i64> {
    pulse.last().map(|last| (now - last).num_seconds())
}

/// Answers 200 while this instance can serve and does its work, else 503, and in both cases with the figures.
pub async fn ready((db, clock, pulses): (web::Data<Db>, web::Data<Clock>, web::Data<Pulses>)) -> HttpResponse {
    let now = clock.now();
    let read = db.read(move |conn| {
        let current = crate::db::is_current(conn)?;
        Ok((current, outbox::counts(conn, Sight::everything())?, trouble::all(conn)?))
    });
    let well = !pulses.running || pulses.are_well(now);
    let (status, body) = match read.await {
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "down", "database": false })),
        Ok((current, counts, troubles)) => {
            let oldest = counts.oldest.map(|oldest| (now - oldest.utc()).num_seconds());
            let late = oldest.is_some_and(|age| age > LONG_UNSENT);
            let troubles: Vec<&str> = troubles.iter().map(|trouble| trouble.name.as_str()).collect();
            let (status, word) = match (current && well, late || counts.gave_up > 0 || !troubles.is_empty()) {
                (false, _) => (StatusCode::SERVICE_UNAVAILABLE, "down"),
                (true, true) => (StatusCode::OK, "degraded"),
                (true, false) => (StatusCode::OK, "ok"),
            };
            let body = json!({
                "status": word, "database": true, "migrations_current": current, "loops": pulses.running,
                "worker_age_seconds": age(&pulses.worker, now), "scheduler_age_seconds": age(&pulses.scheduler, now),
                "messages_waiting": counts.waiting, "oldest_unsent_seconds": oldest,
                "messages_given_up": counts.gave_up, "troubles": troubles,
            });
            (status, body)
        }
    };
    HttpResponse::build(status).json(body)
}

/// Calls an address outside while both loops are well, so that somebody there notices when it falls silent.
pub async fn call(url: String, pulses: Pulses, clock: Clock, mut stop: watch::Receiver<bool>) {
    let Ok(client) = reqwest::Client::builder().timeout(Duration::from_secs(10)).no_proxy().build() else {
        return tracing::error!("The heartbeat has no client; nobody outside is called");
    };
    while !*stop.borrow() {
        if pulses.are_well(clock.now()) {
            match client.get(&url).send().await.and_then(reqwest::Response::error_for_status) {
                Ok(_) => tracing::debug!("The heartbeat was heard"),
                // The address may hold a secret.
                Err(why) => tracing::warn!(why = %why.without_url(), "The heartbeat was not heard"),
            }
        }
        let _ = tokio::time::timeout(EVERY, stop.changed()).await;
    }
}
