//! What is done once a day, on whichever instance is first: removing what is due, checking the chain, sending its head.

mod store;

use std::time::Duration;

use actix_web::web;
use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Europe::Oslo;
use serde_json::json;
use tokio::sync::watch;

use crate::audit::{self, Signer};
use crate::clock::Clock;
use crate::db::Db;
use crate::error::Error;
use crate::i18n::{self, Arg, Lang};
use crate::outbox::{Address, Draft};
use crate::reminder::actions::Book;
use crate::retention::{self, day};
use store::Letter;

/// How long it rests between two rounds. One with nothing due costs two small reads.
const REST: Duration = Duration::from_secs(60);
/// The head goes out from this hour on, in Norway, so that somebody is awake to file it.
const HOUR: u32 = 6;

/// Does what is done daily. Any number may run beside each other, in one program or in several.
#[derive(Clone)]
pub struct Daily {
    /// The database.
    pub db: Db,
    /// What mails are written with.
    pub book: std::sync::Arc<Book>,
    /// Signs heads; without one none is sent.
    pub signer: Option<Signer>,
    /// The clock it goes by.
    pub clock: Clock,
}

impl Daily {
    /// One round; answers how many rows went and how many messages were written.
    ///
    /// # Errors
    /// When the database fails; the next round makes up for it.
    pub async fn round(&self) -> Result<(i64, usize), Error> {
        let now = self.clock.now();
        let removed = retention::actions::sweep(&self.db, now).await?;
        Ok((removed, self.send_head(now).await?))
    }

    /// Rounds until it is told to stop. What goes wrong is told and tried again; nothing ends it.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            match self.round().await {
                Ok((0, 0)) => {}
                Ok((removed, messages)) => tracing::info!(removed, messages, "What is done daily was done"),
                Err(why) => tracing::error!(%why, "What is done daily could not be done; it is tried again"),
            }
            let _ = tokio::time::timeout(REST, stop.changed()).await;
        }
    }

    /// Checks the whole chain and sends its signed head to whoever is to have it.
    async fn send_head(&self, now: DateTime<Utc>) -> Result<usize, Error> {
        let today = day(now);
        let asked = today.clone();
        let early = now.with_timezone(&Oslo).hour() < HOUR;
        if early || self.db.read(move |conn| store::was_sent(conn, &asked)).await? {
            return Ok(0);
        }
        let db = self.db.clone();
        let checked = web::block(move || db.read_all(|conn| audit::verify(conn, None)));
        let chain = checked.await.map_err(Error::internal)??;
        let signed =
            self.signer.as_ref().map(|signer| (signer.sign(&chain.head, now).to_string(), signer.public_key()));
        let broken = chain.broken.as_ref().map(ToString::to_string);
        let letter = Letter { day: day(now), head: chain.head.to_string(), broken };
        let book = self.book.clone();
        let write = move |to: &Address, lang: Lang| {
            let Some((word, key)) = &signed else { return Ok(None) };
            let broken = chain.broken.as_ref();
            let facts = json!({
                "lang": lang.code(), "now": now, "word": word, "public_key": key, "entries": chain.head.number,
                "broken": broken.map(|broken| broken.number), "link": format!("{}/audit", book.base),
            });
            let text = book.mails.render(&format!("audit-head.{lang}"), &facts).map_err(Error::internal)?;
            let subject = if broken.is_some() { "audit-head-subject-broken" } else { "audit-head-subject" };
            let args = [
                ("n", Arg::from(chain.head.number)),
                ("day", i18n::day(lang, now.with_timezone(&Oslo).date_naive()).into()),
            ];
            Ok(Some(Draft {
                key: format!("audit-head {today} {}", store::way(to)),
                kind: "audit-head".into(),
                to: to.clone(),
                lang,
                subject: i18n::text_with(lang, subject, &args),
                text,
                link: None,
                data: json!({ "head": word, "public_key": key }),
                urgent: broken.is_some(),
                incident_seq: None,
            }))
        };
        self.db.write(move |conn| store::send(conn, &letter, &write, now)).await
    }
}
