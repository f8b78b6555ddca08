//! The queries that show messages: a page of them, their attempts, and how many wait or were given up.

use diesel::prelude::*;

use crate::account::Sight;
use crate::account::store::in_sight;
use crate::db::{Conn, Id, Instant, Json};
use crate::error::{Error, FieldError};
use crate::schema::{attempt, channel, incident, message};

/// The states of a message.
pub const STATES: [&str; 4] = ["waiting", "sent", "gave_up", "cancelled"];
const USUAL: i64 = 50;
const LONGEST: i64 = 100;

/// Which messages to list. Everything is optional.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// One of [`STATES`].
    pub state: Option<String>,
    /// What the message is.
    pub kind: Option<String>,
    /// The channel it goes by.
    pub channel: Option<Id>,
    /// The incident it is about.
    pub incident_seq: Option<i64>,
    /// At most this many; 1 to 100.
    pub limit: Option<i64>,
    /// Where the last page ended.
    pub cursor: Option<String>,
}

/// A message as it is shown; what it says is not told.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = message)]
pub struct Line {
    /// Its place in the order of writing.
    pub seq: i64,
    /// Its name.
    pub id: Id,
    /// Its key.
    pub key: String,
    /// What it is.
    pub kind: String,
    /// The incident it is about; none where it is about several, or none.
    pub incident_seq: Option<i64>,
    /// The channel it goes by; none is mail to a person.
    pub channel_id: Option<Id>,
    /// The receiver's name: a person's, or that of the channel when it was written.
    pub recipient_name: String,
    /// The subject.
    pub subject: String,
    /// Whether it goes before others.
    pub urgent: bool,
    /// One of [`STATES`].
    pub state: String,
    /// When it was written.
    pub created_at: Instant,
    /// The next attempt is not before this.
    pub due_at: Instant,
    /// How many attempts were begun.
    pub attempts: i32,
    /// What the other side answered last.
    pub last_reply: Option<String>,
    /// When it was sent, given up or cancelled.
    pub settled_at: Option<Instant>,
}

/// A page of messages, the newest first, each with the name and the kind of its channel.
pub struct Page {
    /// The messages.
    pub items: Vec<(Line, Option<(String, String)>)>,
    /// Where the next page begins; none after the last.
    pub next: Option<String>,
}

/// An attempt and what the other side answered.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = attempt)]
pub struct Attempt {
    /// Of which message.
    pub message_seq: i64,
    /// The first is 1.
    pub number: i32,
    /// Who tried.
    pub worker: String,
    /// When it began.
    pub started_at: Instant,
    /// When it ended.
    pub ended_at: Instant,
    /// `delivered`, `later`, `refused` or `lost`.
    pub outcome: String,
    /// What was answered, or what went wrong.
    pub reply: String,
}

/// Lists messages, but for those about incidents out of sight.
pub fn list(conn: &mut Conn, filter: &Filter, sight: Sight) -> Result<Page, Error> {
    let limit = filter.limit.unwrap_or(USUAL);
    if !(1..=LONGEST).contains(&limit) {
        return Err(Error::field("limit", "limit_out_of_range"));
    }
    let mut query = message::table
        .left_join(channel::table)
        .left_join(incident::table)
        .filter(in_sight(sight.with_drills()))
        .select((Line::as_select(), (channel::name, channel::kind).nullable()))
        .into_boxed();
    if let Some(state) = &filter.state {
        if !STATES.contains(&state.as_str()) {
            let fault = FieldError::new("state", "wrong_choice").with("given", state.as_str());
            return Err(Error::Invalid(vec![fault.with("choices", STATES.to_vec())]));
        }
        query = query.filter(message::state.eq(state));
    }
    if let Some(kind) = &filter.kind {
        query = query.filter(message::kind.eq(kind));
    }
    if let Some(id) = filter.channel {
        query = query.filter(message::channel_id.eq(id));
    }
    if let Some(seq) = filter.incident_seq {
        query = query.filter(message::incident_seq.eq(seq));
    }
    if let Some(cursor) = &filter.cursor {
        let before: i64 = cursor.parse().map_err(|_| Error::field("cursor", "cursor_unknown"))?;
        query = query.filter(message::seq.lt(before));
    }
    let mut items: Vec<(Line, Option<(String, String)>)> =
        query.order(message::seq.desc()).limit(limit + 1).load(conn)?;
    let more = i64::try_from(items.len()).is_ok_and(|found| found > limit);
    if more {
        items.pop();
    }
    let next = items.last().filter(|_| more).map(|(last, _)| last.seq.to_string());
    Ok(Page { items, next })
}

/// Finds one message, unless it is about an incident out of sight.
pub fn find(conn: &mut Conn, id: Id, sight: Sight) -> Result<Option<Line>, Error> {
    let shown = message::table.left_join(incident::table).filter(in_sight(sight.with_drills()));
    Ok(shown.filter(message::id.eq(id)).select(Line::as_select()).first(conn).optional()?)
}

/// Which of these messages speak of several incidents of which one has gone out of sight since: what they say is not told.
pub fn veiled(conn: &mut Conn, lines: &[&Line], sight: Sight) -> Result<Vec<i64>, Error> {
    let several = lines.iter().filter(|line| line.incident_seq.is_none() && line.kind == "digest");
    let several: Vec<i64> = several.map(|line| line.seq).collect();
    if several.is_empty() {
        return Ok(several);
    }
    let of = message::table.filter(message::seq.eq_any(several));
    let said: Vec<(i64, Json)> = of.select((message::seq, message::data)).load(conn)?;
    let named = |data: &Json| -> Vec<String> {
        let duties = data.0["duties"].as_array().into_iter().flatten();
        duties.filter_map(|duty| duty["incident"].as_str().map(str::to_owned)).collect()
    };
    let mut all: Vec<String> = said.iter().flat_map(|(_, data)| named(data)).collect();
    all.sort_unstable();
    all.dedup();
    let shown = incident::table.filter(incident::reference.eq_any(all)).filter(in_sight(sight.with_drills()));
    let shown: Vec<String> = shown.select(incident::reference).load(conn)?;
    let hides = |data: &Json| named(data).iter().any(|reference| !shown.contains(reference));
    Ok(said.iter().filter(|(_, data)| hides(data)).map(|(seq, _)| *seq).collect())
}

/// Every attempt on these messages, the first one first.
pub fn attempts(conn: &mut Conn, of: &[i64]) -> Result<Vec<Attempt>, Error> {
    Ok(attempt::table
        .filter(attempt::message_seq.eq_any(of.to_vec()))
        .order((attempt::message_seq, attempt::number))
        .select(Attempt::as_select())
        .load(conn)?)
}

/// The last attempt that went by a channel.
pub fn last_attempt(conn: &mut Conn, channel: Id) -> Result<Option<Attempt>, Error> {
    Ok(attempt::table
        .inner_join(message::table)
        .filter(message::channel_id.eq(channel))
        .order(attempt::seq.desc())
        .select(Attempt::as_select())
        .first(conn)
        .optional()?)
}

/// How the outbox stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// How many messages have not gone out yet.
    pub waiting: i64,
    /// Since when the oldest of them waits.
    pub oldest: Option<Instant>,
    /// How many were given up; those of waves are shown with their wave.
    pub gave_up: i64,
    /// How many things do not work and need somebody.
    pub troubles: i64,
}

/// Counts what somebody may have to see to, but for messages about incidents out of sight and about drills.
pub fn counts(conn: &mut Conn, sight: Sight) -> Result<Counts, Error> {
    let all = || message::table.left_join(incident::table).filter(in_sight(sight));
    let waiting = || all().filter(super::waiting());
    let given_up =
        diesel::dsl::sql::<diesel::sql_types::Bool>("message.state = 'gave_up' AND message.kind <> 'affected'");
    Ok(Counts {
        waiting: waiting().count().get_result(conn)?,
        oldest: waiting().order(message::created_at).select(message::created_at).first(conn).optional()?,
        gave_up: all().filter(given_up).count().get_result(conn)?,
        troubles: crate::schema::trouble::table.count().get_result(conn)?,
    })
}
