//! Where persons can stand, and how what may go is erased.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use serde_json::{Value, json};

use super::{Hit, Needle};
use crate::affected::{Person, store as registers};
use crate::db::{Conn, Id, Instant, Json, containing};
use crate::error::Error;
use crate::incident::store as cases;
use crate::retention::store::{blank, strip};
use crate::schema::{
    account, attempt, audit_entry, channel, duty, facts_version, incident, incident_comment, message, reminder, report,
    settings_version, task, timeline,
};

/// The condition that a text, written as SQL, holds one of the spellings.
macro_rules! holds {
    ($needle:expr, $text:literal) => {{
        let [first, second, third, fourth, fifth] = $needle.spellings.each_ref().map(|spelling| containing(spelling));
        let or = concat!(") ESCAPE '\\' OR lower(CAST(", $text, " AS TEXT)) LIKE lower(");
        diesel::dsl::sql::<Bool>(concat!("(lower(CAST(", $text, " AS TEXT)) LIKE lower("))
            .bind::<Text, _>(first)
            .sql(or)
            .bind::<Text, _>(second)
            .sql(or)
            .bind::<Text, _>(third)
            .sql(or)
            .bind::<Text, _>(fourth)
            .sql(or)
            .bind::<Text, _>(fifth)
            .sql(") ESCAPE '\\')")
    }};
}

fn hit(id: impl ToString, reference: Option<String>, at: Option<Instant>, says: Value) -> Hit {
    Hit { id: id.to_string(), reference, at, says, erasable: false }
}

/// Accounts: what a person is called and how to reach them.
pub fn accounts(conn: &mut Conn, needle: &Needle, most: i64) -> Result<Vec<Hit>, Error> {
    type Row = (Id, String, String, Option<String>, Instant, Option<Instant>);
    let found = holds!(needle, "account.name || ' ' || account.email || ' ' || coalesce(account.phone, '')");
    let columns = (account::id, account::name, account::email, account::phone, account::created_at, account::left_at);
    let rows: Vec<Row> =
        account::table.filter(found).order(account::created_at).select(columns).limit(most).load(conn)?;
    let one = |(id, name, email, phone, at, left): Row| {
        let reachable = !email.ends_with("@removed.invalid");
        let says = json!({ "name": name, "email": email, "phone": phone, "left_at": left });
        Hit { erasable: left.is_some() && reachable, ..hit(id, None, Some(at), says) }
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Takes e-mail and telephone away from somebody who has left.
pub fn erase_account(conn: &mut Conn, id: &str) -> Result<bool, Error> {
    let Some(id) = Id::parse(id) else { return Ok(false) };
    let left = account::table.find(id).filter(account::left_at.is_not_null()).select(account::id);
    let Some(id) = left.first::<Id>(conn).optional()? else { return Ok(false) };
    strip(conn, id)?;
    Ok(true)
}

/// Messages: whom they went to and what they say.
pub fn messages(conn: &mut Conn, needle: &Needle, most: i64) -> Result<Vec<Hit>, Error> {
    type Row = (Id, String, String, String, String, String, Instant, Option<String>);
    let text = holds!(
        needle,
        "message.recipient || ' ' || message.recipient_name || ' ' || message.subject || ' ' || message.body"
    );
    let columns = (
        message::id,
        message::recipient,
        message::recipient_name,
        message::subject,
        message::body,
        message::state,
        message::created_at,
        incident::reference.nullable(),
    );
    let found = message::table.left_join(incident::table).filter(text).order(message::seq.desc());
    let rows: Vec<Row> = found.select(columns).limit(most).load(conn)?;
    let one = |(id, recipient, name, subject, body, state, at, reference): Row| {
        let erasable = state != "waiting" && !body.is_empty();
        let says = json!({ "recipient": recipient, "name": name, "subject": subject, "text": body, "state": state });
        Hit { erasable, ..hit(id, reference, Some(at), says) }
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Empties a message that does not wait.
pub fn erase_message(conn: &mut Conn, id: &str) -> Result<bool, Error> {
    let Some(id) = Id::parse(id) else { return Ok(false) };
    let settled = message::table.filter(message::id.eq(id)).filter(message::state.ne("waiting"));
    let Some(seq) = settled.select(message::seq).first::<i64>(conn).optional()? else { return Ok(false) };
    blank(conn, seq, id)?;
    Ok(true)
}

/// The facts of incidents, every version of them; the same said again is told once.
pub fn facts(conn: &mut Conn, needle: &Needle, most: i64) -> Result<Vec<Hit>, Error> {
    let found = facts_version::table
        .inner_join(incident::table.on(incident::seq.eq(facts_version::incident_seq)))
        .filter(holds!(needle, "facts_version.facts"))
        .order(facts_version::seq.desc())
        .select((facts_version::seq, incident::reference, facts_version::at, facts_version::facts))
        .limit(most);
    let rows: Vec<(i64, String, Instant, Json)> = found.load(conn)?;
    Ok(told(needle, rows))
}

/// The timelines of incidents.
pub fn timeline(conn: &mut Conn, needle: &Needle, most: i64) -> Result<Vec<Hit>, Error> {
    let found = timeline::table
        .inner_join(incident::table.on(incident::seq.eq(timeline::incident_seq)))
        .filter(holds!(needle, "timeline.payload"))
        .order(timeline::seq.desc())
        .select((timeline::seq, incident::reference, timeline::at, timeline::payload))
        .limit(most);
    let rows: Vec<(i64, String, Instant, Json)> = found.load(conn)?;
    Ok(told(needle, rows))
}

/// What colleagues said about incidents.
pub fn comments(conn: &mut Conn, needle: &Needle, most: i64) -> Result<Vec<Hit>, Error> {
    use incident_comment as c;
    let found = c::table
        .inner_join(incident::table.on(incident::seq.eq(c::incident_seq)))
        .filter(holds!(needle, "incident_comment.words"))
        .order(c::seq.desc())
        .select((c::id, incident::reference, c::at, c::words))
        .limit(most);
    let rows: Vec<(Id, String, Instant, String)> = found.load(conn)?;
    let one = |(id, reference, at, words): (Id, String, Instant, String)| Hit {
        erasable: true,
        ..hit(id, Some(reference), Some(at), json!({ "words": words }))
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Takes the words of a comment away; that somebody said something, and when, stays.
pub fn erase_comment(conn: &mut Conn, id: &str) -> Result<bool, Error> {
    let Some(id) = Id::parse(id) else { return Ok(false) };
    let of = incident_comment::table.filter(incident_comment::id.eq(id));
    Ok(diesel::update(of).set(incident_comment::words.eq("")).execute(conn)? > 0)
}

/// The registers of the affected: by the address or the number, or by every row that is opened.
pub fn affected(conn: &mut Conn, needle: &Needle, most: i64) -> Result<Vec<Hit>, Error> {
    let seal = &needle.seal;
    let mut found = registers::find_person(conn, seal, &needle.words)?;
    if found.is_empty() {
        let is_it = |person: &Person| {
            [&person.name, &person.post, &person.email, &person.phone].iter().any(|text| needle.is_in(text))
        };
        found = registers::find_named(conn, seal, is_it, usize::try_from(most).unwrap_or_default())?;
    }
    let one = |found: registers::Found| {
        let erasable = found.is_settled();
        let Person { name, email, phone, post } = found.person;
        let says = json!({
            "name": name, "email": email, "phone": phone, "post": post, "state": found.state, "categories": found.categories,
        });
        Hit { erasable, ..hit(found.id, Some(found.incident), Some(found.changed_at), says) }
    };
    Ok(found.into_iter().map(one).collect())
}

/// Takes away what names somebody whom nobody means to reach any more; that one was told, and how, stays.
pub fn erase_affected(conn: &mut Conn, id: &str) -> Result<bool, Error> {
    Id::parse(id).map_or(Ok(false), |id| registers::forget_one(conn, id))
}

/// Where to reach those who reported something.
pub fn reports(conn: &mut Conn, needle: &Needle, most: i64) -> Result<Vec<Hit>, Error> {
    let found = report::table
        .inner_join(incident::table)
        .filter(holds!(needle, "report.contact"))
        .order(report::incident_seq.desc())
        .select((report::incident_seq, incident::reference, report::at, report::contact))
        .limit(most);
    let rows: Vec<(i64, String, Instant, String)> = found.load(conn)?;
    let one = |(seq, reference, at, contact): (i64, String, Instant, String)| Hit {
        erasable: true,
        ..hit(seq, Some(reference), Some(at), json!({ "contact": contact }))
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Takes away where to reach a reporter; the account, and what was reported, stay.
pub fn erase_report(conn: &mut Conn, id: &str) -> Result<bool, Error> {
    id.parse().map_or(Ok(false), |seq| cases::forget_contact(conn, seq))
}

/// What was to be done about incidents.
pub fn tasks(conn: &mut Conn, needle: &Needle, most: i64) -> Result<Vec<Hit>, Error> {
    let found = task::table
        .inner_join(incident::table)
        .filter(holds!(needle, "task.what"))
        .order(task::seq.desc())
        .select((task::id, incident::reference, task::made_at, task::what, task::done_at))
        .limit(most);
    let rows: Vec<(Id, String, Instant, String, Option<Instant>)> = found.load(conn)?;
    let one = |(id, reference, at, what, done): (Id, String, Instant, String, Option<Instant>)| Hit {
        // What is still to be done must be known to whoever is to do it.
        erasable: done.is_some(),
        ..hit(id, Some(reference), Some(at), json!({ "what": what }))
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Takes away what was to be done, once it is done.
pub fn erase_task(conn: &mut Conn, id: &str) -> Result<bool, Error> {
    let Some(id) = Id::parse(id) else { return Ok(false) };
    let of = task::table.filter(task::id.eq(id)).filter(task::done_at.is_not_null());
    Ok(diesel::update(of).set(task::what.eq("")).execute(conn)? > 0)
}

/// What of each row is about the person, without what the row before already said.
fn told(needle: &Needle, rows: Vec<(i64, String, Instant, Json)>) -> Vec<Hit> {
    let all =
        rows.into_iter().map(|(seq, reference, at, json)| hit(seq, Some(reference), Some(at), needle.within(&json.0)));
    let mut hits: Vec<Hit> = all.filter(|hit| hit.says.as_object().is_some_and(|says| !says.is_empty())).collect();
    hits.dedup_by(|later, first| later.reference == first.reference && later.says == first.says);
    hits
}

/// Whom reminders told, by name.
pub fn reminders(conn: &mut Conn, needle: &Needle, most: i64) -> Result<Vec<Hit>, Error> {
    let found = reminder::table
        .inner_join(duty::table.inner_join(incident::table))
        .filter(holds!(needle, "reminder.told"))
        .order(reminder::seq.desc())
        .select((reminder::seq, incident::reference, reminder::fired_at, reminder::told))
        .limit(most);
    let rows: Vec<(i64, String, Instant, Json)> = found.load(conn)?;
    let one = |(seq, reference, at, told): (i64, String, Instant, Json)| {
        hit(seq, Some(reference), Some(at), needle.within(&told.0))
    };
    Ok(rows.into_iter().map(one).collect())
}

/// What servers answered when messages were sent; such an answer can name the receiver.
pub fn attempts(conn: &mut Conn, needle: &Needle, most: i64) -> Result<Vec<Hit>, Error> {
    let found = attempt::table
        .inner_join(message::table.left_join(incident::table))
        .filter(holds!(needle, "attempt.reply"))
        .order(attempt::seq.desc())
        .select((attempt::seq, incident::reference.nullable(), attempt::ended_at, attempt::reply))
        .limit(most);
    let rows: Vec<(i64, Option<String>, Instant, String)> = found.load(conn)?;
    let one = |(seq, reference, at, reply)| hit(seq, reference, Some(at), json!({ "reply": reply }));
    Ok(rows.into_iter().map(one).collect())
}

/// Channels that lead to one person's mailbox or telephone.
pub fn channels(conn: &mut Conn, needle: &Needle, most: i64) -> Result<Vec<Hit>, Error> {
    let found = channel::table
        .filter(holds!(needle, "channel.name || ' ' || channel.recipient"))
        .order(channel::created_at)
        .select((channel::id, channel::updated_at, channel::name, channel::recipient))
        .limit(most);
    let rows: Vec<(Id, Instant, String, String)> = found.load(conn)?;
    let one = |(id, at, name, recipient): (Id, Instant, String, String)| {
        hit(id, None, Some(at), json!({ "name": name, "recipient": recipient }))
    };
    Ok(rows.into_iter().map(one).collect())
}

/// The company's contacts, in every version of the settings.
pub fn settings(conn: &mut Conn, needle: &Needle, most: i64) -> Result<Vec<Hit>, Error> {
    let found = settings_version::table
        .filter(holds!(needle, "settings_version.company"))
        .order(settings_version::version.desc())
        .select((settings_version::version, settings_version::at, settings_version::company))
        .limit(most);
    let rows: Vec<(i32, Instant, Json)> = found.load(conn)?;
    Ok(rows.into_iter().map(|(version, at, company)| hit(version, None, Some(at), needle.within(&company.0))).collect())
}

/// The audit chain, beside what it repeats of the timeline.
pub fn audit(conn: &mut Conn, needle: &Needle, most: i64) -> Result<Vec<Hit>, Error> {
    crate::db::rows::take_time(conn)?;
    let found = audit_entry::table
        .filter(holds!(needle, "audit_entry.detail"))
        .order(audit_entry::seq.desc())
        .select((audit_entry::seq, audit_entry::at, audit_entry::subject, audit_entry::detail))
        .limit(most);
    let rows: Vec<(i64, Instant, String, Json)> = found.load(conn)?;
    let one = |(seq, at, subject, detail): (i64, Instant, String, Json)| {
        let reference = crate::trail::is_reference(&subject).then_some(subject);
        hit(seq, reference, Some(at), needle.within(&detail.0))
    };
    Ok(rows.into_iter().map(one).collect())
}
