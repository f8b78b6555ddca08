//! The queries on messages: putting one down, leasing what is due, recording what became of each attempt.
//!
//! Whoever writes to the database has it alone (see [`crate::db`]), so looking first and writing then is safe here.

mod drill;
mod list;
pub mod trouble;

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use serde_json::json;

use super::channel::store::Channel;
use super::transport::{Letter, Outcome};
use super::{Address, Draft, Found, Lane, PATIENCE, TEST, WAVE};
use crate::account::Sight;
use crate::audit;
use crate::db::{Conn, Id, Instant, Json, insert_many};
use crate::error::Error;
use crate::i18n::Lang;
use crate::schema::{attempt, message};
use crate::seal::{MARK, Seal};

pub use list::{Attempt, Counts, Filter, Line, Page, STATES, attempts, counts, find, last_attempt, list, veiled};

const SHORTEST_WAIT: f64 = 1_000.0;
const FIRST_CEILING: f64 = 5_000.0;
const LAST_CEILING: f64 = 600_000.0;

/// A message that somebody has leased, as far as sending needs it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = message)]
pub struct Message {
    /// Its place in the order of writing.
    pub seq: i64,
    /// Its name for people and programs.
    pub id: Id,
    /// Its key.
    pub key: String,
    /// What it is.
    pub kind: String,
    /// The channel it goes by; none is mail to a person.
    pub channel_id: Option<Id>,
    recipient: String,
    recipient_name: String,
    language: String,
    subject: String,
    body: String,
    link: Option<String>,
    data: Json,
    urgent: bool,
    created_at: Instant,
    give_up_at: Instant,
    /// The number of the attempt that the lease is for.
    pub attempts: i32,
    leased_by: Option<String>,
    leased_until: Option<Instant>,
}

impl Message {
    /// The message of a wave as a transport takes it, with what was found.
    pub(super) fn letter_with(&self, found: Found) -> Letter {
        let Found { to, to_name, subject, text, lang } = found;
        Letter { to, to_name, subject, text, lang, ..self.letter(None) }
    }

    /// The message as a transport takes it; a channel's own address stands in where it has none of its own.
    pub fn letter(&self, channel: Option<&Channel>) -> Letter {
        let own = channel.map(|channel| channel.recipient.as_str()).filter(|_| self.recipient.is_empty());
        Letter {
            key: self.key.clone(),
            attempt: self.attempts.unsigned_abs(),
            kind: self.kind.clone(),
            to: own.unwrap_or(&self.recipient).to_owned(),
            to_name: self.recipient_name.clone(),
            subject: self.subject.clone(),
            text: self.body.clone(),
            link: self.link.clone(),
            data: self.data.0.clone(),
            lang: Lang::parse(&self.language).unwrap_or_default(),
            created_at: self.created_at.utc(),
            urgent: self.urgent,
        }
    }
}

/// A message of a wave: it is found by its key, and keeps nothing of the person.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The same key is never sent twice.
    pub key: String,
    /// The gateway it goes by; none is mail.
    pub gateway: Option<Id>,
    /// The language of its words.
    pub lang: Lang,
}

/// Puts the messages of a wave down, of which none may be there already.
pub fn put_wave(
    conn: &mut Conn,
    (incident_seq, subject): (i64, &str),
    mentions: &[Mention],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    use message as m;
    if drill::is_drill(conn, incident_seq)? {
        return Err(Error::conflict("drill-stays-inside"));
    }
    let (at, end) = (Instant::from(now), Instant::from(now + PATIENCE));
    let row = |mention: &Mention| {
        let who = (m::id.eq(Id::new()), m::key.eq(mention.key.clone()), m::kind.eq(WAVE), m::urgent.eq(false));
        let whom = (m::channel_id.eq(mention.gateway), m::recipient.eq(""), m::recipient_name.eq(""));
        let what = (m::language.eq(mention.lang.code()), m::subject.eq(subject.to_owned()), m::body.eq(""));
        let more =
            (m::data.eq(Json(serde_json::Value::Null)), m::incident_seq.eq(incident_seq), m::state.eq("waiting"));
        let when = (m::created_at.eq(at), m::due_at.eq(at), m::give_up_at.eq(end), m::attempts.eq(0));
        (who, whom, what, more, when)
    };
    for some in mentions.chunks(500) {
        let rows: Vec<_> = some.iter().map(row).collect();
        insert_many!(conn, m::table, rows)?;
    }
    Ok(())
}

/// How many messages of waves wait for their first attempt.
pub fn untried_of_waves(conn: &mut Conn) -> Result<i64, Error> {
    let fresh = message::table.filter(waiting()).filter(message::kind.eq(WAVE)).filter(message::attempts.eq(0));
    Ok(fresh.count().get_result(conn)?)
}

/// Which of these keys are settled, with the state and what was answered last.
pub fn settled(conn: &mut Conn, keys: &[String]) -> Result<Vec<(String, String, String)>, Error> {
    use message as m;
    let of = m::table.filter(m::key.eq_any(keys.to_vec())).filter(m::state.ne("waiting"));
    let found: Vec<(String, String, Option<String>)> = of.select((m::key, m::state, m::last_reply)).load(conn)?;
    Ok(found.into_iter().map(|(key, state, reply)| (key, state, reply.unwrap_or_default())).collect())
}

/// Lets messages that were given up, by their keys, be tried anew.
pub fn resend_all(conn: &mut Conn, keys: &[String], now: DateTime<Utc>) -> Result<usize, Error> {
    use message as m;
    let at = Instant::from(now);
    let anew = (m::state.eq("waiting"), m::due_at.eq(at), m::give_up_at.eq(Instant::from(now + PATIENCE)));
    let given_up = m::table.filter(m::key.eq_any(keys.to_vec())).filter(m::state.eq("gave_up"));
    Ok(diesel::update(given_up).set((anew, m::settled_at.eq(None::<Instant>))).execute(conn)?)
}

/// Puts a message down; answers false when one with its key is there already.
pub fn put(conn: &mut Conn, draft: &Draft, now: DateTime<Utc>) -> Result<bool, Error> {
    use message as m;
    let known = m::table.filter(m::key.eq(&draft.key)).select(m::seq).first::<i64>(conn).optional()?;
    if known.is_some() {
        return Ok(false);
    }
    let marked = drill::guard(conn, draft)?;
    let draft = marked.as_ref().unwrap_or(draft);
    let (channel_id, recipient, name) = match &draft.to {
        Address::Person { email, name } => (None, email.as_str(), name.clone()),
        Address::Phone { gateway, number, name } => (Some(*gateway), number.as_str(), name.clone()),
        Address::Channel { id } => {
            let channel = super::channel::store::find(conn, *id)?.ok_or(Error::NotFound)?;
            (Some(*id), "", channel.name)
        }
    };
    let whom = (m::channel_id.eq(channel_id), m::recipient.eq(recipient), m::recipient_name.eq(name));
    let what = (
        m::language.eq(draft.lang.code()),
        m::subject.eq(&draft.subject),
        m::body.eq(&draft.text),
        m::link.eq(draft.link.as_deref()),
        m::data.eq(Json(draft.data.clone())),
        m::urgent.eq(draft.urgent),
        m::incident_seq.eq(draft.incident_seq),
    );
    let (at, until) = (Instant::from(now), Instant::from(now + PATIENCE));
    let when = (m::state.eq("waiting"), m::created_at.eq(at), m::due_at.eq(at), m::give_up_at.eq(until));
    let row = (m::id.eq(Id::new()), m::key.eq(&draft.key), m::kind.eq(&draft.kind), m::attempts.eq(0));
    diesel::insert_into(m::table).values((row, whom, what, when)).execute(conn)?;
    Ok(true)
}

/// Seals the links anew that are themselves permissions; answers how many were changed. One that neither key opens is left.
pub fn reseal_links(conn: &mut Conn, (old, new): (&Seal, &Seal)) -> Result<usize, Error> {
    use message as m;
    let sealed = m::table.filter(m::link.like(format!("{MARK}%"))).select((m::seq, m::key, m::link.assume_not_null()));
    let mut many = 0;
    for (seq, key, link) in sealed.load::<(i64, String, String)>(conn)? {
        if let Ok(plain) = super::open_link(old, &key, link) {
            let anew = super::sealed_link(new, &key, &plain)?;
            diesel::update(m::table.find(seq)).set(m::link.eq(anew)).execute(conn)?;
            many += 1;
        }
    }
    Ok(many)
}

/// The condition of the partial index, written out so that it is used.
fn waiting() -> diesel::expression::SqlLiteral<Bool> {
    diesel::dsl::sql("message.state = 'waiting'")
}

/// What is due and nobody is trying; spelled once for looking and for leasing.
macro_rules! due {
    ($now:expr) => {
        message::table
            .filter(waiting())
            .filter(message::due_at.le($now))
            .filter(message::leased_until.is_null().or(message::leased_until.le($now)))
    };
}

/// The condition of a lane.
fn lane(lane: Lane) -> diesel::expression::SqlLiteral<Bool> {
    diesel::dsl::sql(match lane {
        Lane::All => "message.kind IS NOT NULL",
        Lane::House => "message.kind <> 'affected'",
        Lane::Waves => "message.kind = 'affected'",
    })
}

/// Tells whether anything is due in a lane.
pub fn anything_due(conn: &mut Conn, of: Lane, now: DateTime<Utc>) -> Result<bool, Error> {
    let now = Instant::from(now);
    Ok(due!(now).filter(lane(of)).select(message::seq).first::<i64>(conn).optional()?.is_some())
}

/// Leases what is due to a worker, the urgent first, and begins an attempt on each.
///
/// An attempt whose lease ran out is written down as lost: nobody knows what became of it, and it is made again.
pub fn claim(
    conn: &mut Conn,
    worker: &str,
    now: DateTime<Utc>,
    lease: Duration,
    most: i64,
) -> Result<Vec<Message>, Error> {
    claim_in(conn, Lane::All, worker, (now, lease), most)
}

/// The same for the messages of one lane.
pub fn claim_in(
    conn: &mut Conn,
    of: Lane,
    worker: &str,
    (now, lease): (DateTime<Utc>, Duration),
    most: i64,
) -> Result<Vec<Message>, Error> {
    let at = Instant::from(now);
    let order = (message::urgent.desc(), message::due_at, message::seq);
    let found: Vec<Message> =
        due!(at).filter(lane(of)).order(order).limit(most).select(Message::as_select()).load(conn)?;
    let mut leased = Vec::new();
    for message in found {
        if let Some(dead) = &message.leased_by {
            lose(conn, &message, dead, lease)?;
            // Whoever is affected is never told twice: a person decides whether to send again.
            if now >= message.give_up_at.utc() || message.kind == WAVE {
                settle(conn, &message, "gave_up", LOST, now)?;
                continue;
            }
        }
        leased.push(begin(conn, message, worker, now, lease)?);
    }
    Ok(leased)
}

/// Leases the message with this key, if it waits and nobody is trying.
pub fn claim_one(
    conn: &mut Conn,
    key: &str,
    worker: &str,
    now: DateTime<Utc>,
    lease: Duration,
) -> Result<Option<Message>, Error> {
    let at = Instant::from(now);
    let found = due!(at).filter(message::key.eq(key)).filter(message::leased_by.is_null());
    let found: Option<Message> = found.select(Message::as_select()).first(conn).optional()?;
    found.map(|message| begin(conn, message, worker, now, lease)).transpose()
}

fn begin(
    conn: &mut Conn,
    mut leased: Message,
    worker: &str,
    now: DateTime<Utc>,
    lease: Duration,
) -> Result<Message, Error> {
    leased.attempts += 1;
    leased.leased_by = Some(worker.to_owned());
    leased.leased_until = Some(Instant::from(now + lease));
    use message as m;
    diesel::update(m::table.find(leased.seq))
        .set((
            m::attempts.eq(leased.attempts),
            m::leased_by.eq(&leased.leased_by),
            m::leased_until.eq(leased.leased_until),
        ))
        .execute(conn)?;
    Ok(leased)
}

/// What a message says of itself when its sender died.
pub const LOST: &str = "Nobody reported what became of it; the program was stopped while it was sending.";

fn lose(conn: &mut Conn, message: &Message, dead: &str, lease: Duration) -> Result<(), Error> {
    let ended = message.leased_until.map_or(message.created_at, |until| until).utc();
    insert_attempt(conn, message, dead, (ended - lease, ended), ("lost", LOST))
}

fn insert_attempt(
    conn: &mut Conn,
    message: &Message,
    worker: &str,
    (started, ended): (DateTime<Utc>, DateTime<Utc>),
    (outcome, reply): (&str, &str),
) -> Result<(), Error> {
    use attempt as a;
    let when = (a::started_at.eq(Instant::from(started)), a::ended_at.eq(Instant::from(ended)));
    let what = (a::outcome.eq(outcome), a::reply.eq(reply), a::worker.eq(worker));
    diesel::insert_into(a::table)
        .values((a::message_seq.eq(message.seq), a::number.eq(message.attempts), when, what))
        .execute(conn)?;
    Ok(())
}

/// Records how an attempt ended and gives the lease back; answers false when the lease had passed to somebody else.
pub fn record(
    conn: &mut Conn,
    leased: &Message,
    started: DateTime<Utc>,
    ended: DateTime<Utc>,
    outcome: &Outcome,
) -> Result<bool, Error> {
    use message as m;
    let Some(worker) = leased.leased_by.as_deref() else { return Ok(false) };
    let mine = m::table.find(leased.seq).filter(m::leased_by.eq(worker)).filter(m::attempts.eq(leased.attempts));
    if mine.filter(waiting()).select(m::seq).first::<i64>(conn).optional()?.is_none() {
        return Ok(false);
    }
    insert_attempt(conn, leased, worker, (started, ended), (outcome.name(), outcome.reply()))?;
    let late = ended >= leased.give_up_at.utc();
    match outcome {
        Outcome::Delivered { reply } => settle(conn, leased, "sent", reply, ended)?,
        Outcome::Later { reply, .. } | Outcome::Refused { reply } if leased.kind == TEST => {
            settle(conn, leased, "cancelled", reply, ended)?;
        }
        Outcome::Later { reply, after } if !late => {
            let wait = back_off(leased.attempts, rand::random::<f64>());
            let asked = after.and_then(|after| Duration::from_std(after).ok()).unwrap_or_default();
            let due = (ended + wait.max(asked.min(PATIENCE))).min(leased.give_up_at.utc());
            let free = (m::leased_by.eq(None::<String>), m::leased_until.eq(None::<Instant>));
            diesel::update(m::table.find(leased.seq))
                .set((m::due_at.eq(Instant::from(due)), m::last_reply.eq(reply), free))
                .execute(conn)?;
        }
        Outcome::Later { reply, .. } | Outcome::Refused { reply } => settle(conn, leased, "gave_up", reply, ended)?,
    }
    Ok(true)
}

fn settle(conn: &mut Conn, of: &Message, state: &str, reply: &str, at: DateTime<Utc>) -> Result<(), Error> {
    use message as m;
    let free = (m::leased_by.eq(None::<String>), m::leased_until.eq(None::<Instant>));
    let settled = (m::state.eq(state), m::last_reply.eq(reply), m::settled_at.eq(Instant::from(at)));
    diesel::update(m::table.find(of.seq)).set((settled, free)).execute(conn)?;
    Ok(())
}

/// How long to wait after an attempt: anything up to a ceiling that doubles from 5 seconds to 10 minutes, so that many
/// messages to a server that was away do not come back all at once. `luck` is from 0 to 1.
fn back_off(attempt: i32, luck: f64) -> Duration {
    let doublings = attempt.saturating_sub(1).clamp(0, 20);
    let ceiling = (FIRST_CEILING * 2f64.powi(doublings)).min(LAST_CEILING);
    #[expect(clippy::cast_possible_truncation, reason = "at most 600000")]
    let millis = (SHORTEST_WAIT + (ceiling - SHORTEST_WAIT) * luck.clamp(0.0, 1.0)) as i64;
    Duration::milliseconds(millis)
}

/// Lets a message that was given up be tried anew, as long as a new one.
pub fn resend(conn: &mut Conn, (by, sight): (Id, Sight), id: Id, now: DateTime<Utc>) -> Result<(), Error> {
    use message as m;
    find(conn, id, sight)?.ok_or(Error::NotFound)?;
    let at = Instant::from(now);
    let anew = (m::state.eq("waiting"), m::due_at.eq(at), m::give_up_at.eq(Instant::from(now + PATIENCE)));
    let given_up = m::table.filter(m::id.eq(id)).filter(m::state.eq("gave_up")).filter(m::body.ne(""));
    match diesel::update(given_up).set((anew, m::settled_at.eq(None::<Instant>))).execute(conn)? {
        0 => Err(Error::conflict("message-not-given-up")),
        _ => {
            let (was, is) = (json!({ "state": "gave_up" }), json!({ "state": "waiting" }));
            audit::change(conn, Some(by), ("message.resent", &id.to_string()), (was, is), at)
        }
    }
}

/// Takes a message back that nobody is sending; answers false when it is too late for that.
pub fn cancel(conn: &mut Conn, key: &str, now: DateTime<Utc>) -> Result<bool, Error> {
    use message as m;
    let taken = (m::state.eq("cancelled"), m::settled_at.eq(Instant::from(now)));
    let waits = m::table.filter(m::key.eq(key)).filter(waiting()).filter(m::leased_by.is_null());
    Ok(diesel::update(waits).set(taken).execute(conn)? == 1)
}

/// Takes back all that waits for a channel, as when it is switched off.
pub fn cancel_all(conn: &mut Conn, channel: Id, now: DateTime<Utc>) -> Result<usize, Error> {
    use message as m;
    let taken = (m::state.eq("cancelled"), m::settled_at.eq(Instant::from(now)));
    let waits = m::table.filter(m::channel_id.eq(channel)).filter(waiting()).filter(m::leased_by.is_null());
    Ok(diesel::update(waits).set(taken).execute(conn)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_up_to_ten_minutes_and_is_anything_below_that() {
        let seconds = |attempt, luck| back_off(attempt, luck).num_milliseconds();
        assert_eq!([1, 2, 3, 8].map(|attempt| seconds(attempt, 1.0)), [5_000, 10_000, 20_000, 600_000]);
        assert_eq!([0, 1, 8, i32::MAX].map(|attempt| seconds(attempt, 0.0)), [1_000; 4]);
        assert_eq!((seconds(i32::MAX, 1.0), seconds(1, 0.5)), (600_000, 3_000));
    }
}
