//! The loop that empties the outbox: lease what is due, send it outside any transaction, record each as it ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::channel::store::{self as channels, Channel};
use super::open_link;
use super::store::{self, Message, trouble};
use super::transport::{Letter, Outcome, Outside, Route};
use super::{Finder, Found, Lane, WAVE};
use crate::clock::Clock;
use crate::db::{Db, Id, is_demo};
use crate::error::Error;
use crate::i18n;
use crate::seal::Seal;

/// How many messages are sent at a time, and how many of a wave.
const TOGETHER: i64 = 16;
const WAVE_TOGETHER: i64 = 32;
const SPARE: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_secs(1);
const PAUSE_AFTER_ERROR: Duration = Duration::from_secs(5);
/// How often the end of an attempt is written down before the lease is left to run out.
const TRIES: u32 = 5;

/// When the loop last went round without a fault; everybody's clone is the same.
#[derive(Clone, Debug, Default)]
pub struct Pulse(Arc<AtomicI64>);

impl Pulse {
    /// Notes a good round.
    pub fn beat(&self, now: DateTime<Utc>) {
        self.0.store(now.timestamp_millis(), Ordering::Relaxed);
    }

    /// The last good round; none before the first.
    pub fn last(&self) -> Option<DateTime<Utc>> {
        let millis = self.0.load(Ordering::Relaxed);
        (millis != 0).then(|| DateTime::from_timestamp_millis(millis)).flatten()
    }
}

/// Whoever sends: all that it needs. A clone works beside it under the same name.
#[derive(Clone)]
pub struct Worker {
    /// Where the messages wait.
    pub db: Db,
    /// The way out.
    pub outside: Outside,
    /// Opens the channels.
    pub seal: Seal,
    /// The time.
    pub clock: Clock,
    /// Who it is, among all instances of the program.
    pub name: String,
    /// Whether it is well.
    pub pulse: Pulse,
    /// Which messages it sends.
    pub lane: Lane,
    /// Finds what messages of waves say.
    pub finder: Option<Finder>,
}

/// A leased message with its channel and, for one of a wave, what was found.
type Claimed = (Message, Option<Channel>, Option<Found>);

impl Worker {
    /// Makes a worker with a name that no other has.
    pub fn new(db: Db, outside: Outside, seal: Seal, clock: Clock) -> Self {
        Self {
            db,
            outside,
            seal,
            clock,
            name: format!("worker-{}", Id::new()),
            pulse: Pulse::default(),
            lane: Lane::All,
            finder: None,
        }
    }

    /// The same with somebody who finds what messages of waves say.
    #[must_use]
    pub fn finding(self, finder: Finder) -> Self {
        Self { finder: Some(finder), ..self }
    }

    /// One beside this that sends the messages of one lane only. The lane of the house is the one whose pulse is felt.
    #[must_use]
    pub fn in_lane(&self, lane: Lane) -> Self {
        let pulse = if lane == Lane::Waves { Pulse::default() } else { self.pulse.clone() };
        Self { lane, pulse, ..self.clone() }
    }

    /// How long a lease lasts: longer than any sending, and short, since what a worker that died had leased waits for it.
    pub(super) fn lease(&self) -> TimeDelta {
        TimeDelta::from_std(self.outside.longest() + SPARE).unwrap_or(TimeDelta::minutes(10))
    }

    /// Sends what is due now, all at once; answers how many messages it took on.
    pub async fn round(&self) -> Result<usize, Error> {
        let now = self.clock.now();
        let lane = self.lane;
        if !self.db.read(move |conn| store::anything_due(conn, lane, now)).await? {
            self.pulse.beat(now);
            return Ok(0);
        }
        let (name, lease, seal, finder) = (self.name.clone(), self.lease(), self.seal.clone(), self.finder);
        let most = if lane == Lane::Waves { WAVE_TOGETHER } else { TOGETHER };
        let claimed = self.db.write(move |conn| {
            let leased = store::claim_in(conn, lane, &name, (now, lease), most)?;
            let whole = leased.into_iter().map(|message| -> Result<Claimed, Error> {
                let channel = message.channel_id.map(|id| channels::find(conn, id)).transpose()?.flatten();
                let found = match finder.filter(|_| message.kind == WAVE) {
                    Some(finder) => finder(conn, &seal, &message.key)?,
                    None => None,
                };
                Ok((message, channel, found))
            });
            whole.collect::<Result<Vec<_>, Error>>()
        });
        let claimed = claimed.await?;
        let many = claimed.len();
        let mut sending = JoinSet::new();
        for (message, channel, found) in claimed {
            let worker = self.clone();
            sending.spawn(async move { worker.deliver(message, channel, found).await.map(drop) });
        }
        let mut outcome = Ok(many);
        while let Some(ended) = sending.join_next().await {
            if let Err(why) = ended.map_err(Error::internal).flatten() {
                outcome = Err(why);
            }
        }
        if outcome.is_ok() {
            self.pulse.beat(self.clock.now());
        }
        outcome
    }

    /// Sends one message that is leased, and records what became of it.
    pub(super) async fn deliver(
        &self,
        message: Message,
        channel: Option<Channel>,
        found: Option<Found>,
    ) -> Result<Outcome, Error> {
        let started = self.clock.now();
        let route = self.route(&message, channel.as_ref());
        let demo = self.db.read(is_demo).await?;
        let route = if demo { indoors(route) } else { route };
        let marked = |letter: Letter| if demo { made_up(letter) } else { letter };
        let opens = !matches!(route, Err(Closed::Sealed));
        let outcome = match &route {
            Ok(route) if message.kind == WAVE => match found {
                Some(found) => {
                    let to = found.to.clone();
                    nameless(self.outside.send(route, &marked(message.letter_with(found)), started).await, &to)
                }
                None => Outcome::Refused { reply: "It is no longer to be sent.".into() },
            },
            Ok(route) => match self.letter(&message, channel.as_ref()) {
                Ok(letter) => self.outside.send(route, &marked(letter), started).await,
                Err(why) => why.outcome(),
            },
            Err(why) => why.outcome(),
        };
        let ended = self.clock.now();
        let (told, recorded) = (outcome.clone(), outcome);
        let job = move |conn: &mut crate::db::Conn| {
            if let Some(channel) = &channel {
                let name = format!("channel-sealed:{}", channel.id);
                match opens {
                    true => trouble::clear(conn, &name)?,
                    false => trouble::raise(conn, &name, &channel.name, ended)?,
                }
            }
            store::record(conn, &message, started, ended, &recorded)
        };
        let mut tried = 0;
        loop {
            tried += 1;
            match self.db.write(job.clone()).await {
                Ok(true) => return Ok(told),
                Ok(false) => {
                    tracing::warn!("An attempt ended after its lease had passed on.");
                    return Ok(told);
                }
                Err(why) if tried == TRIES => return Err(why),
                Err(why) => {
                    tracing::warn!(%why, tried, "The end of an attempt could not be written down yet.");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    fn letter(&self, message: &Message, channel: Option<&Channel>) -> Result<Letter, Closed> {
        let mut letter = message.letter(channel);
        letter.link =
            letter.link.map(|link| open_link(&self.seal, &message.key, link)).transpose().map_err(|_| Closed::Link)?;
        Ok(letter)
    }

    fn route(&self, message: &Message, channel: Option<&Channel>) -> Result<Route, Closed> {
        match (message.channel_id, channel) {
            (None, _) => Ok(Route::Mail),
            (Some(_), None) => Err(Closed::Off),
            (Some(_), Some(channel)) if !channel.enabled => Err(Closed::Off),
            (Some(_), Some(channel)) => channel.open(&self.seal).map_err(|_| Closed::Sealed),
        }
    }

    /// Goes round until it is told to stop: at once again while there is work, else every second. No fault ends it.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let pause = match self.round().await {
                Ok(0) => PAUSE,
                Ok(_) => Duration::ZERO,
                Err(why) => {
                    tracing::error!(%why, "A round of the outbox failed.");
                    PAUSE_AFTER_ERROR
                }
            };
            // An error here means that whoever could say stop is gone.
            if let Ok(Err(_)) = tokio::time::timeout(pause, stop.changed()).await {
                return;
            }
        }
    }
}

/// The outcome without the address, which mail servers like to repeat: what is kept for ever names nobody.
fn nameless(outcome: Outcome, to: &str) -> Outcome {
    let local = to.split('@').next().unwrap_or(to);
    let clean = |reply: String| {
        let mut reply = reply;
        for secret in [to, local].into_iter().filter(|secret| secret.len() > 2) {
            let (small, secret) = (reply.to_ascii_lowercase(), secret.to_ascii_lowercase());
            let (mut kept, mut from) = (String::new(), 0);
            for (at, _) in small.match_indices(&secret) {
                kept = kept + &reply[from..at] + "…";
                from = at + secret.len();
            }
            reply = kept + &reply[from..];
        }
        reply
    };
    match outcome {
        Outcome::Delivered { reply } => Outcome::Delivered { reply: clean(reply) },
        Outcome::Later { reply, after } => Outcome::Later { reply: clean(reply), after },
        Outcome::Refused { reply } => Outcome::Refused { reply: clean(reply) },
    }
}

/// What is made up goes into the folder, whatever the operator has set, and nowhere else.
fn indoors(route: Result<Route, Closed>) -> Result<Route, Closed> {
    match route {
        Ok(Route::Mail | Route::Folder) => Ok(Route::Folder),
        Ok(_) => Err(Closed::Demo),
        closed => closed,
    }
}

/// The letter of a demonstration says in its subject and its first line that nothing of it happened.
fn made_up(letter: Letter) -> Letter {
    let (mark, first) = (i18n::text(letter.lang, "demo-mark"), i18n::text(letter.lang, "demo-first"));
    if letter.subject.starts_with(&mark) {
        return letter;
    }
    Letter { subject: format!("{mark}: {}", letter.subject), text: format!("{first}\n\n{}", letter.text), ..letter }
}

/// What stands in the place of an answer where nothing was sent, and the key of the same in the reader's language.
pub(super) const OURS: [(&str, &str); 4] = [
    ("The link does not open with this VARSEL_SECRET_KEY.", "attempt-link"),
    ("This is a demonstration: nothing leaves it.", "attempt-demo"),
    ("The channel is switched off.", "attempt-off"),
    ("The channel's settings do not open with this VARSEL_SECRET_KEY.", "attempt-sealed"),
];

/// Why there is no way to go.
#[derive(Clone, Copy)]
enum Closed {
    Demo,
    Off,
    Sealed,
    Link,
}

impl Closed {
    fn outcome(self) -> Outcome {
        match self {
            Self::Link => Outcome::Later { reply: OURS[0].0.into(), after: None },
            Self::Demo => Outcome::Refused { reply: OURS[1].0.into() },
            Self::Off => Outcome::Refused { reply: OURS[2].0.into() },
            Self::Sealed => Outcome::Later { reply: OURS[3].0.into(), after: None },
        }
    }
}
