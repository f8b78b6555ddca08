//! The queries on what must be reminded of, what was, and what people answered.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use super::{Answer, Circle, Fired, Ladders, Rearm, Step};
use crate::account::Sight;
use crate::account::store::in_sight;
use crate::db::{Conn, Id, Instant, Json};
use crate::error::Error;
use crate::incident::drill::Clock;
use crate::incident::store::clock_of;
use crate::schema::{
    account, assessment, duty, incident, ladders_version, message, occasion, reminder, reminder_answer, submission,
};

/// An open duty with what of its incident a reminder says.
#[derive(Clone, Debug)]
pub struct Open {
    /// The duty's number.
    pub seq: i64,
    /// The incident's number.
    pub incident_seq: i64,
    /// The incident's inner name.
    pub incident_id: Id,
    /// The incident's reference.
    pub reference: String,
    /// The incident's title.
    pub title: String,
    /// Who sees to the incident, where somebody was named.
    pub owner: Option<Id>,
    /// Who logged it.
    pub opened_by: Id,
    /// Since when the incident is for named people only.
    pub restricted_at: Option<Instant>,
    /// The duty's stable id.
    pub duty_id: String,
    /// The controller it is for; empty where it is for nobody in particular.
    pub for_whom: String,
    /// Where it stands.
    pub state: String,
    /// The citation.
    pub basis: String,
    /// When its period began.
    pub starts_at: Option<Instant>,
    /// The law's deadline.
    pub due_at: Option<Instant>,
    /// What its countdown runs to: the deadline, or the company's own target.
    pub next_at: Option<Instant>,
    /// When it first arose.
    pub opened_at: Instant,
    /// Since when state and deadline are what they are.
    pub armed_at: Option<Instant>,
    /// When somebody is to be reminded next, by everybody's clock.
    pub remind_at: Option<Instant>,
    /// The clock that all the others are told by: of a drill its own.
    pub clock: Clock,
}

impl Open {
    /// Since when state and deadline are what they are.
    pub fn armed(&self) -> Instant {
        self.armed_at.unwrap_or(self.opened_at)
    }

    /// Whether it belongs to a drill.
    pub fn is_drill(&self) -> bool {
        !self.clock.spans().is_empty()
    }

    /// Whether the countdown runs to the company's own target, not to the law's deadline.
    pub fn is_target(&self) -> bool {
        self.next_at != self.due_at
    }

    /// Whether somebody still has to act on it.
    pub fn is_open(&self) -> bool {
        crate::incident::store::state(&self.state).is_open()
    }

    /// Whether it is not settled that the duty holds.
    pub fn is_undetermined(&self) -> bool {
        self.state == "undetermined"
    }
}

macro_rules! open_columns {
    () => {
        (
            (duty::seq, duty::incident_seq, incident::id, incident::reference, incident::title),
            (
                incident::owner,
                incident::opened_by,
                incident::restricted_at,
                duty::duty_id,
                duty::for_whom,
                duty::state,
                duty::basis,
            ),
            (duty::starts_at, duty::due_at, duty::next_at, duty::opened_at, duty::armed_at, duty::remind_at),
            (incident::clock_real, incident::clock_here, incident::clock_factor),
        )
    };
}

type Columns = (
    (i64, i64, Id, String, String),
    (Option<Id>, Id, Option<Instant>, String, String, String, String),
    (Option<Instant>, Option<Instant>, Option<Instant>, Instant, Option<Instant>, Option<Instant>),
    (Option<Instant>, Option<Instant>, Option<i32>),
);

impl From<Columns> for Open {
    fn from((first, second, third, clock): Columns) -> Self {
        let (seq, incident_seq, incident_id, reference, title) = first;
        let (owner, opened_by, restricted_at, duty_id, for_whom, state, basis) = second;
        let (starts_at, due_at, next_at, opened_at, armed_at, remind_at) = third;
        Self {
            seq,
            incident_seq,
            incident_id,
            reference,
            title,
            owner,
            opened_by,
            restricted_at,
            duty_id,
            for_whom,
            state,
            basis,
            starts_at,
            due_at,
            next_at,
            opened_at,
            armed_at,
            remind_at,
            clock: clock_of(clock),
        }
    }
}

/// The duties that somebody is to be reminded of by now, the longest waiting first, at most so many.
pub fn waiting(conn: &mut Conn, now: DateTime<Utc>, most: i64) -> Result<Vec<i64>, Error> {
    let due = duty::table.filter(duty::remind_at.le(Instant::from(now)));
    Ok(due.order(duty::remind_at).limit(most).select(duty::seq).load(conn)?)
}

/// One duty, open or not.
pub fn duty_by_seq(conn: &mut Conn, seq: i64) -> Result<Open, Error> {
    let found: Columns =
        duty::table.inner_join(incident::table).filter(duty::seq.eq(seq)).select(open_columns!()).first(conn)?;
    Ok(found.into())
}

/// Every duty of an incident, open or not, in the order they arose.
pub fn duties_of(conn: &mut Conn, incident_seq: i64) -> Result<Vec<Open>, Error> {
    let of = duty::table.inner_join(incident::table).filter(duty::incident_seq.eq(incident_seq));
    let found: Vec<Columns> = of.order(duty::seq).select(open_columns!()).load(conn)?;
    Ok(found.into_iter().map(Open::from).collect())
}

/// The open duties in sight whose countdown runs out in a period, the nearest first, at most so many.
pub fn ending(
    conn: &mut Conn,
    sight: Sight,
    (from, to): (Option<DateTime<Utc>>, DateTime<Utc>),
    most: i64,
) -> Result<Vec<Open>, Error> {
    let open = duty::table.inner_join(incident::table).filter(duty::remind_at.is_not_null());
    let mut of = open.filter(in_sight(sight)).filter(duty::next_at.lt(Instant::from(to))).into_boxed();
    if let Some(from) = from {
        of = of.filter(duty::next_at.ge(Instant::from(from)));
    }
    let found: Vec<Columns> = of.order((duty::next_at, duty::seq)).limit(most).select(open_columns!()).load(conn)?;
    Ok(found.into_iter().map(Open::from).collect())
}

/// A step that was taken.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = reminder)]
pub struct Taken {
    /// Its number.
    pub seq: i64,
    /// The arming it belongs to.
    pub armed_at: Instant,
    /// Where the duty stood.
    pub state: String,
    /// What its countdown ran to.
    pub deadline_at: Option<Instant>,
    /// The step's word.
    pub step: String,
    /// The circle's word.
    pub circle: String,
    /// How often it had been taken before.
    pub again: i32,
    /// When it came due.
    pub due_at: Instant,
    /// When it was taken.
    pub fired_at: Instant,
    /// Who was told, by name.
    pub told: Json,
}

impl Taken {
    /// The same for the ladder; a word of a later version says nothing to this one.
    pub fn fired(&self) -> Option<Fired> {
        let (step, circle) = (self.step.parse().ok()?, Circle::parse(&self.circle)?);
        Some(Fired { step, circle, at: self.fired_at.utc() })
    }

    /// Whether it came later than it should, by more than anybody minds.
    pub fn is_late(&self) -> bool {
        self.fired_at.utc() - self.due_at.utc() > super::LATE
    }
}

/// Every step taken for a duty, the oldest first.
pub fn taken(conn: &mut Conn, duty_seq: i64) -> Result<Vec<Taken>, Error> {
    let of = reminder::table.filter(reminder::duty_seq.eq(duty_seq));
    Ok(of.order(reminder::seq).select(Taken::as_select()).load(conn)?)
}

/// Every step taken for the duties of an incident, the oldest first, each with its duty's number.
pub fn taken_in(conn: &mut Conn, incident_seq: i64) -> Result<Vec<(i64, Taken)>, Error> {
    let of = reminder::table.inner_join(duty::table).filter(duty::incident_seq.eq(incident_seq));
    Ok(of.order(reminder::seq).select((reminder::duty_seq, Taken::as_select())).load(conn)?)
}

/// What somebody answered to a step.
#[derive(Clone, Debug, Queryable)]
pub struct Answered {
    /// The arming it belongs to.
    pub armed_at: Instant,
    /// The step's word.
    pub step: String,
    /// Until when it sleeps; none when it was seen.
    pub snoozed_until: Option<Instant>,
    /// Who.
    pub by: String,
    /// When.
    pub at: Instant,
}

impl Answered {
    /// The same for the ladder.
    pub fn answer(&self) -> Option<(Step, Answer)> {
        let answer = match self.snoozed_until {
            Some(until) => Answer::Snoozed { until: until.utc() },
            None => Answer::Acknowledged,
        };
        Some((self.step.parse().ok()?, answer))
    }
}

/// Every answer to a duty's steps, the oldest first.
pub fn answers(conn: &mut Conn, duty_seq: i64) -> Result<Vec<Answered>, Error> {
    use reminder_answer as a;
    let of = a::table.inner_join(account::table).filter(a::duty_seq.eq(duty_seq));
    Ok(of.order(a::seq).select((a::armed_at, a::step, a::snoozed_until, account::name, a::at)).load(conn)?)
}

/// Every answer to the steps of an incident's duties, the oldest first, each with its duty's number.
pub fn answers_in(conn: &mut Conn, incident_seq: i64) -> Result<Vec<(i64, Answered)>, Error> {
    use reminder_answer as a;
    let of = a::table.inner_join(account::table).inner_join(duty::table).filter(duty::incident_seq.eq(incident_seq));
    let answered = (a::armed_at, a::step, a::snoozed_until, account::name, a::at);
    Ok(of.order(a::seq).select((a::duty_seq, answered)).load(conn)?)
}

/// Why a duty's reminders begin anew, read off the last step of the arming before.
pub fn rearmed(duty: &Open, taken: &[Taken]) -> Option<Rearm> {
    let armed = duty.armed();
    let last = taken.iter().rev().find(|step| step.armed_at != armed)?;
    Some(match (last.state.as_str(), last.deadline_at == duty.next_at) {
        ("undetermined", _) if !duty.is_undetermined() => Rearm::Confirmed,
        (_, false) => Rearm::Moved { from: last.deadline_at.map(Instant::utc) },
        (_, true) => Rearm::Reopened,
    })
}

/// The facts that would settle an undetermined duty, as the last assessment has them.
pub fn decided_by(conn: &mut Conn, duty: &Open) -> Result<Vec<String>, Error> {
    let last: Option<Json> = assessment::table
        .filter(assessment::incident_seq.eq(duty.incident_seq))
        .order(assessment::seq.desc())
        .select(assessment::answer)
        .first(conn)
        .optional()?;
    let duties = last.as_ref().and_then(|last| last.0["duties"].as_array());
    let whom = Some(duty.for_whom.as_str()).filter(|name| !name.is_empty());
    let same = |one: &&Value| one["id"] == duty.duty_id.as_str() && one["for"].as_str() == whom;
    let paths = duties.into_iter().flatten().find(same).and_then(|one| one["decided_by"].as_array().cloned());
    Ok(paths.unwrap_or_default().iter().filter_map(|path| path.as_str().map(str::to_owned)).collect())
}

/// The ladders that hold, and the number of their version; the built-in ones before anybody saved others.
pub fn ladders(conn: &mut Conn) -> Result<(i32, Ladders), Error> {
    use ladders_version as l;
    let latest: Option<(i32, Json)> =
        l::table.order(l::version.desc()).select((l::version, l::ladders)).first(conn).optional()?;
    match latest {
        None => Ok((0, Ladders::default())),
        Some((version, kept)) => Ok((version, serde_json::from_value(kept.0).map_err(Error::internal)?)),
    }
}

/// The ladders of a version; the built-in ones are version nought.
pub fn ladders_at(conn: &mut Conn, version: i32) -> Result<Option<Ladders>, Error> {
    use ladders_version as l;
    if version == 0 {
        return Ok(Some(Ladders::default()));
    }
    let kept: Option<Json> = l::table.filter(l::version.eq(version)).select(l::ladders).first(conn).optional()?;
    kept.map(|kept| serde_json::from_value(kept.0).map_err(Error::internal)).transpose()
}

/// The savings of the ladders, the newest first: version, ladders, who, when.
pub fn ladders_history(conn: &mut Conn, most: i64) -> Result<Vec<(i32, Json, String, Instant)>, Error> {
    use ladders_version as l;
    let all = l::table.inner_join(account::table).order(l::version.desc()).limit(most);
    Ok(all.select((l::version, l::ladders, account::name, l::at)).load(conn)?)
}

/// A saving of the ladders.
#[derive(Clone, Debug)]
pub struct Saving {
    /// Its number, from 1.
    pub version: i32,
    /// Who saved them.
    pub by: String,
    /// When.
    pub at: Instant,
    /// What it changed, field by field.
    pub changes: Vec<Value>,
}

/// The savings of the ladders with what each changed, the newest first.
pub fn savings(conn: &mut Conn, most: i64) -> Result<Vec<Saving>, Error> {
    let read = |kept: &Json| serde_json::from_value::<Ladders>(kept.0.clone()).map_err(Error::internal);
    let rows = ladders_history(conn, most.saturating_add(1))?;
    let mut all = Vec::new();
    for (at, (version, kept, by, when)) in rows.iter().enumerate().take(usize::try_from(most).unwrap_or(usize::MAX)) {
        let before = rows.get(at + 1).map_or_else(|| Ok(Ladders::default()), |(_, kept, ..)| read(kept))?;
        all.push(Saving { version: *version, by: by.clone(), at: *when, changes: before.changes(&read(kept)?) });
    }
    Ok(all)
}

/// Whether what comes round by the calendar was done for a period.
pub fn was_done(conn: &mut Conn, name: &str, period: &str) -> Result<bool, Error> {
    let found = occasion::table.find((name, period)).select(occasion::at);
    Ok(found.first::<Instant>(conn).optional()?.is_some())
}

/// Whether anybody used the program before an instant.
pub fn in_use_before(conn: &mut Conn, at: DateTime<Utc>) -> Result<bool, Error> {
    let early = account::table.filter(account::created_at.lt(Instant::from(at))).select(account::id);
    Ok(early.first::<Id>(conn).optional()?.is_some())
}

/// What was recorded as sent since an instant for incidents in sight: reference, duty, for whom, when, and the duty's deadline and countdown.
#[allow(clippy::type_complexity)]
pub fn sent_since(
    conn: &mut Conn,
    sight: Sight,
    since: DateTime<Utc>,
    most: i64,
) -> Result<Vec<(String, String, String, Instant, Option<Instant>, Option<Instant>)>, Error> {
    let of = submission::table
        .inner_join(incident::table.on(incident::seq.eq(submission::incident_seq)))
        .inner_join(
            duty::table.on(duty::incident_seq
                .eq(submission::incident_seq)
                .and(duty::duty_id.eq(submission::duty_id))
                .and(duty::for_whom.eq(submission::for_whom))),
        )
        .filter(submission::recorded_at.ge(Instant::from(since)))
        .filter(in_sight(sight));
    let columns = (
        incident::reference,
        submission::duty_id,
        submission::for_whom,
        submission::sent_at,
        duty::due_at,
        duty::next_at,
    );
    Ok(of.order(submission::sent_at).limit(most).select(columns).load(conn)?)
}

/// The messages that were given up, but for those about incidents out of sight: subject, to whom, when.
pub fn given_up(conn: &mut Conn, sight: Sight, most: i64) -> Result<Vec<(String, String, Option<Instant>)>, Error> {
    let lost = message::table.left_join(incident::table).filter(message::state.eq("gave_up")).filter(in_sight(sight));
    let lost = lost.order(message::seq.desc()).limit(most);
    Ok(lost.select((message::subject, message::recipient_name, message::settled_at)).load(conn)?)
}
