//! Says what is due: the steps of the ladder and the messages that tell of them, written together.
//!
//! What it costs grows with what is due, not with what is stored: each open duty has the instant at which to look at it
//! again, and only those whose instant has come are looked at. Run twice, or by two instances at once, it says nothing
//! twice, since the steps that were taken are read in the same transaction in which the next are written.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use serde_json::json;

use super::{inject, week};
use crate::db::{Conn, Db, Instant, Json};
use crate::digest::sha256;
use crate::error::Error;
use crate::i18n::{self, Lang};
use crate::incident::actions::{pass_on, renew_outdated};
use crate::incident::drill::store::waiting_injects;
use crate::incident::letter::Pen;
use crate::incident::task::actions::remind;
use crate::outbox::store::{self as outbox, trouble};
use crate::outbox::{Address, Draft};
use crate::reminder::receivers::{Receiver, Receivers};
use crate::reminder::store::{self, Open, Taken};
use crate::reminder::{Circle, Due, Fired, Item, Ladders, Said, Step, Watched, compose, due, next, plain, short};
use crate::schema::{duty, reminder};
use crate::templates::Templates;

/// How many duties are looked at in one transaction: enough that what falls together is told together.
const TOGETHER: i64 = 256;
/// How many transactions one round takes; the next round goes on.
const ROUNDS: usize = 20;
/// When to look again at a duty that could not be reminded of.
const AFTER_A_FAULT: Duration = Duration::minutes(5);
/// The ladders of periods of this length or less are urgent from the first step on.
const SHORT_PERIOD: Duration = Duration::hours(4);

/// What messages are written with.
pub struct Book {
    /// The templates of mails.
    pub mails: Templates,
    /// Scheme and host that people use, without a slash at the end.
    pub base: String,
}

impl Book {
    /// What mails about tasks are written with.
    #[must_use]
    pub fn pen(&self) -> Pen<'_> {
        Pen { mails: &self.mails, base: &self.base }
    }
}

/// One round: judges anew what time has changed, says what is due, of tasks too, and once a week the summary. Answers how many
/// messages it wrote.
///
/// # Errors
/// When the database fails; the next round makes up for it.
pub async fn round(db: &Db, book: &Arc<Book>, now: DateTime<Utc>) -> Result<usize, Error> {
    renew_outdated(db, now).await?;
    pass_on(db, now).await?;
    let mut written = 0;
    for _ in 0..ROUNDS {
        let waiting = db.read(move |conn| store::waiting(conn, now, TOGETHER)).await?;
        if waiting.is_empty() {
            break;
        }
        let book = book.clone();
        written += db.write(move |conn| say(conn, &waiting, &book, now)).await?;
    }
    if !db.read(move |conn| waiting_injects(conn, now, 1)).await?.is_empty() {
        let book = book.clone();
        written += db.write(move |conn| inject::tell(conn, &book, now)).await?;
    }
    written += remind(db, (book.clone(), Book::pen), now).await?;
    written += week::summarise(db, book, now).await?;
    Ok(written)
}

/// The reminders that one receiver gets, each with the key of its step. Those of an incident that is for named people only,
/// and those of a drill, stand in a letter of their own, under its number.
type Letters = BTreeMap<(Receiver, Option<i64>), Vec<Reminder>>;

/// A reminder in a letter.
struct Reminder {
    item: Item,
    key: String,
    incident_seq: i64,
    /// What the clock of its incident shows.
    here: DateTime<Utc>,
}

fn say(conn: &mut Conn, waiting: &[i64], book: &Book, now: DateTime<Utc>) -> Result<usize, Error> {
    let (_, ladders) = store::ladders(conn)?;
    let (mut receivers, mut letters, mut urgent) = (Receivers::default(), Letters::new(), false);
    for &seq in waiting {
        let step = conn.transaction(|conn| take_step(conn, seq, (&ladders, book), &mut receivers, now));
        match step {
            Ok(Some(taken)) => {
                urgent |= taken.urgent;
                for receiver in taken.to {
                    let (key, incident_seq) = (taken.key.clone(), taken.incident_seq);
                    let item = if receiver.may_read { taken.item.clone() } else { veiled(&taken.item, receiver.lang) };
                    let apart = taken.apart.then_some(incident_seq);
                    letters.entry((receiver, apart)).or_default().push(Reminder {
                        item,
                        key,
                        incident_seq,
                        here: taken.here,
                    });
                }
            }
            Ok(None) => {}
            Err(why @ Error::Unavailable(_)) => return Err(why),
            Err(why) => {
                // One duty that cannot be reminded of must not keep the others from it, and must be seen.
                tracing::error!(duty = seq, %why, "A reminder could not be made; it is tried again");
                if !store::duty_by_seq(conn, seq)?.is_drill() {
                    trouble::raise(conn, "reminder", &format!("duty {seq}: {why}"), now)?;
                }
                let again = Instant::from(now + AFTER_A_FAULT);
                diesel::update(duty::table.find(seq)).set(duty::remind_at.eq(again)).execute(conn)?;
            }
        }
    }
    let mut written = 0;
    for ((receiver, _), items) in letters {
        written += usize::from(write(conn, &receiver, &items, (book, urgent), now)?);
    }
    Ok(written)
}

/// A step that has been taken, and whom it must be told.
struct Taking {
    to: Vec<Receiver>,
    item: Item,
    key: String,
    urgent: bool,
    incident_seq: i64,
    apart: bool,
    here: DateTime<Utc>,
}

/// Takes the step that is due for a duty, if one is, and notes when to look again.
fn take_step(
    conn: &mut Conn,
    seq: i64,
    (ladders, book): (&Ladders, &Book),
    receivers: &mut Receivers,
    real: DateTime<Utc>,
) -> Result<Option<Taking>, Error> {
    let open = store::duty_by_seq(conn, seq)?;
    let now = open.clock.at(real);
    if !open.is_open() {
        look_again(conn, &open, None)?;
        return Ok(None);
    }
    let (taken, answers) = (store::taken(conn, seq)?, store::answers(conn, seq)?);
    let armed = open.armed();
    let mut fired: Vec<Fired> = taken.iter().filter(|t| t.armed_at == armed).filter_map(Taken::fired).collect();
    let answers: Vec<_> = answers.iter().filter(|a| a.armed_at == armed).filter_map(|a| a.answer()).collect();
    let Some(step) = due(now, &watched(&open, &fired, &answers), ladders) else {
        look_again(conn, &open, next(now, &watched(&open, &fired, &answers), ladders))?;
        return Ok(None);
    };
    let said = Fired { step: step.step, circle: step.circle, at: now };
    fired.push(said);
    let following = next(now, &watched(&open, &fired, &answers), ladders);
    let urgent = is_urgent(&open, &step, now);
    let to = receivers.of(conn, &open, (step.circle, urgent))?;
    let mut told: Vec<String> = to.iter().map(|receiver| receiver.name.clone()).collect();
    told.dedup();
    let again = taken
        .iter()
        .filter(|t| t.armed_at == armed && t.step == said.step.to_string() && t.circle == said.circle.word());
    let again = i32::try_from(again.count()).unwrap_or(i32::MAX);
    keep(conn, &open, (&step, again), &told, now)?;
    look_again(conn, &open, following)?;
    let key = format!(
        "{}/{}/{}/{}/{}/{}/{again}",
        open.incident_id,
        open.duty_id,
        open.for_whom,
        armed,
        step.step,
        step.circle.word()
    );
    let item = item(conn, &open, (step, told, following), &taken, book)?;
    let (incident_seq, apart) = (open.incident_seq, open.restricted_at.is_some() || open.is_drill());
    Ok(Some(Taking { to, item, key, urgent, incident_seq, apart, here: now }))
}

/// The reminder for somebody who stands in and may not read incidents: that something waits, not what it is.
fn veiled(item: &Item, lang: Lang) -> Item {
    let title = i18n::text(lang, "reminder-veiled");
    Item { title, for_whom: None, decided_by: Vec::new(), ..item.clone() }
}

/// A duty as the ladder sees it.
pub(crate) fn watched<'a>(
    open: &Open,
    fired: &'a [Fired],
    answers: &'a [(Step, crate::reminder::Answer)],
) -> Watched<'a> {
    Watched {
        armed_at: open.armed().utc(),
        deadline: open.next_at.map(Instant::utc),
        is_target: open.is_target(),
        period_starts: open.starts_at.map(Instant::utc),
        fired,
        answers,
    }
}

/// Whether a telephone may ring for it: the period is short, management is told, or the deadline has passed.
fn is_urgent(open: &Open, step: &Due, now: DateTime<Utc>) -> bool {
    let Some(deadline) = open.next_at.map(Instant::utc) else { return false };
    let starts = open.starts_at.unwrap_or(open.opened_at).utc();
    deadline - starts <= SHORT_PERIOD || step.circle == Circle::Management || deadline <= now
}

fn keep(
    conn: &mut Conn,
    open: &Open,
    (step, again): (&Due, i32),
    told: &[String],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    use reminder as r;
    let row = (r::duty_seq.eq(open.seq), r::armed_at.eq(open.armed()), r::state.eq(&open.state));
    let row = (row, r::deadline_at.eq(open.next_at), r::step.eq(step.step.to_string()), r::again.eq(again));
    let row = (row, r::circle.eq(step.circle.word()), r::due_at.eq(Instant::from(step.since)));
    diesel::insert_into(r::table)
        .values((row, r::fired_at.eq(Instant::from(now)), r::told.eq(Json(json!(told)))))
        .execute(conn)?;
    Ok(())
}

/// Notes when to look at a duty again, told by its own clock and kept by everybody's.
pub(super) fn look_again(conn: &mut Conn, open: &Open, at: Option<DateTime<Utc>>) -> Result<(), Error> {
    let at = at.and_then(|at| open.clock.real_of(at)).map(Instant::from);
    diesel::update(duty::table.find(open.seq)).set(duty::remind_at.eq(at)).execute(conn)?;
    Ok(())
}

fn item(
    conn: &mut Conn,
    open: &Open,
    (step, told, following): (Due, Vec<String>, Option<DateTime<Utc>>),
    taken: &[Taken],
    book: &Book,
) -> Result<Item, Error> {
    let undetermined = open.is_undetermined();
    let first_of_arming = step.step == Step::AtOnce || step.missed.contains(&Step::AtOnce);
    Ok(Item {
        reference: open.reference.clone(),
        title: open.title.clone(),
        duty_id: open.duty_id.clone(),
        for_whom: Some(open.for_whom.clone()).filter(|name| !name.is_empty()),
        basis: open.basis.clone(),
        undetermined,
        decided_by: if undetermined { store::decided_by(conn, open)? } else { Vec::new() },
        deadline: open.next_at.map(Instant::utc),
        is_target: open.is_target(),
        link: format!("{}/incidents/{}#{}", book.base, open.reference, anchor(open)),
        due: step,
        told,
        next: following,
        armed_again: if first_of_arming { store::rearmed(open, taken) } else { None },
    })
}

/// Where the duty stands on its incident's page.
pub(crate) fn anchor(open: &Open) -> String {
    crate::incident::pages::anchor(&open.duty_id, Some(open.for_whom.as_str()).filter(|name| !name.is_empty()))
}

/// Writes the message to one receiver: a reminder, or a digest of several.
fn write(
    conn: &mut Conn,
    receiver: &Receiver,
    items: &[Reminder],
    (book, urgent): (&Book, bool),
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let here = items.first().map_or(now, |first| first.here);
    let (mut all, mut keys): (Vec<Item>, Vec<&str>) = (Vec::new(), Vec::new());
    for reminder in items {
        all.push(reminder.item.clone());
        keys.push(&reminder.key);
    }
    let about = items.first().map(|first| first.incident_seq);
    let about = about.filter(|seq| items.iter().all(|reminder| reminder.incident_seq == *seq));
    keys.sort_unstable();
    let said = if receiver.is_short {
        let text = short(receiver.lang, here, &all);
        Said { subject: text.clone(), text }
    } else {
        say_to(conn, receiver, &all, book, here)?
    };
    let kind = if all.len() == 1 { "reminder" } else { "digest" };
    let nearest = all.iter().min_by_key(|item| (item.deadline.is_none(), item.deadline));
    let duties: Vec<_> = all.iter().map(particulars).collect();
    let draft = Draft {
        key: format!("{kind}-{}", sha256(format!("{} {}", keys.join(" "), way(&receiver.to)).as_bytes())),
        kind: kind.into(),
        to: receiver.to.clone(),
        lang: receiver.lang,
        subject: said.subject,
        text: said.text,
        link: nearest.map(|item| item.link.clone()),
        data: json!({ "duties": duties }),
        urgent,
        incident_seq: about,
    };
    outbox::put(conn, &draft, now)
}

/// The words of a template; where one fails, plain words, and somebody is told that it did.
fn say_to(
    conn: &mut Conn,
    receiver: &Receiver,
    items: &[Item],
    book: &Book,
    now: DateTime<Utc>,
) -> Result<Said, Error> {
    match compose(&book.mails, receiver.lang, now, &receiver.name, items) {
        Ok(said) => {
            trouble::clear(conn, "mail-template")?;
            Ok(said)
        }
        Err(why) => {
            tracing::error!(%why, "A mail's template failed; the reminder goes out in plain words");
            trouble::raise(conn, "mail-template", &why.to_string(), now)?;
            Ok(plain(receiver.lang, now, items))
        }
    }
}

/// What a program is told of a reminder.
fn particulars(item: &Item) -> serde_json::Value {
    json!({
        "incident": item.reference, "duty": item.duty_id, "for": item.for_whom, "state": if item.undetermined { "undetermined" } else { "required" },
        "deadline": item.deadline, "own_target": item.is_target, "step": item.due.step, "circle": item.due.circle,
        "late": item.due.late_by.is_some(), "escalated": item.due.escalated, "told": item.told, "next": item.next, "link": item.link,
    })
}

/// The receiver in a key.
pub(super) fn way(to: &Address) -> String {
    match to {
        Address::Person { email, .. } => format!("mail {email}"),
        Address::Phone { number, .. } => format!("sms {number}"),
        Address::Channel { id } => format!("channel {id}"),
    }
}
