//! The queries of the dashboard, one a tile.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use super::Period;
use crate::account::Sight;
use crate::account::store::in_sight;
use crate::db::{Conn, Instant};
use crate::error::Error;
use crate::incident::store::is_open_duty;
use crate::law::State;
use crate::law::question::TELLING;
use crate::schema::{duty, figure, incident, submission};

/// A duty that is late or falls due.
#[derive(Clone, Debug, Queryable)]
pub struct Due {
    /// The incident.
    pub reference: String,
    /// What happened.
    pub title: String,
    /// The duty.
    pub duty: String,
    /// Whom for.
    pub for_whom: String,
    /// `required` or `undetermined`.
    pub state: String,
    /// The deadline or the own target that comes next, UTC.
    pub at: Option<Instant>,
}

/// The duties in a state whose next deadline or target lies before an instant (from another one on), the earliest
/// first: so many, behind so many others; and how many there are in all.
pub fn due(
    conn: &mut Conn,
    sight: Sight,
    state: State,
    (from, until): (Option<DateTime<Utc>>, DateTime<Utc>),
    (most, before): (i64, i64),
) -> Result<(Vec<Due>, i64), Error> {
    let from = Instant::from(from.unwrap_or(DateTime::UNIX_EPOCH));
    let open = || duty::state.eq(state.word()).and(is_open_duty());
    let within = || duty::next_at.ge(from).and(duty::next_at.lt(Instant::from(until)));
    let seen = || duty::table.inner_join(incident::table).filter(in_sight(sight));
    let all = seen().filter(open()).filter(within()).select(count_star()).first(conn)?;
    let columns = (incident::reference, incident::title, duty::duty_id, duty::for_whom, duty::state, duty::next_at);
    let first = seen().filter(open()).filter(within());
    Ok((first.order((duty::next_at, duty::seq)).limit(most).offset(before).select(columns).load(conn)?, all))
}

/// Persons of incidents whose affected must be told, or have been: how many, and in how many incidents nobody knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Persons {
    /// The persons of incidents where it is known.
    pub known: i64,
    /// The incidents where it is not.
    pub unknown: i64,
}

/// The incidents whose affected must still be told, the newest first, with how many these are.
pub fn waiting_to_be_told(conn: &mut Conn, sight: Sight) -> Result<Vec<(i64, Option<i64>)>, Error> {
    let waiting = duty::state.eq("required").and(is_open_duty());
    let seen = duty::table
        .inner_join(incident::table)
        .inner_join(figure::table.on(figure::incident_seq.eq(duty::incident_seq)))
        .filter(in_sight(sight));
    let waiting = seen.filter(waiting).filter(duty::next_at.is_not_null()).filter(duty::duty_id.eq_any(TELLING));
    // One incident may have several such duties.
    let waiting = waiting.select((figure::incident_seq, figure::persons)).distinct();
    Ok(waiting.order(figure::incident_seq.desc()).load(conn)?)
}

/// The incidents for which it was recorded as complete in a period that the affected are told, with how many these are.
pub fn completely_told(conn: &mut Conn, sight: Sight, period: Period) -> Result<Vec<(i64, Option<i64>)>, Error> {
    let (from, until) = period.span();
    let sent = submission::table
        .filter(submission::sent_at.ge(Instant::from(from)).and(submission::sent_at.lt(Instant::from(until))))
        .filter(submission::duty_id.eq_any(TELLING))
        .filter(submission::complete)
        .select(submission::incident_seq);
    let seen = figure::table.inner_join(incident::table).filter(in_sight(sight));
    let told = seen.filter(figure::incident_seq.eq_any(sent)).select((figure::incident_seq, figure::persons));
    Ok(told.order(figure::incident_seq.desc()).load(conn)?)
}

/// Adds up the persons of incidents.
#[must_use]
pub fn persons(rows: &[(i64, Option<i64>)]) -> Persons {
    let unknown = rows.iter().filter(|(_, persons)| persons.is_none()).count();
    Persons {
        known: rows.iter().filter_map(|(_, persons)| *persons).sum(),
        unknown: i64::try_from(unknown).unwrap_or(i64::MAX),
    }
}

/// The reference and title of each of some incidents.
pub fn names(conn: &mut Conn, seqs: Vec<i64>) -> Result<BTreeMap<i64, (String, String)>, Error> {
    let columns = (incident::seq, incident::reference, incident::title);
    let rows: Vec<(i64, String, String)> =
        incident::table.filter(incident::seq.eq_any(seqs)).select(columns).load(conn)?;
    Ok(rows.into_iter().map(|(seq, reference, title)| (seq, (reference, title))).collect())
}

/// Incidents that are alike in all that figures count by.
#[derive(Clone, Debug, QueryableByName)]
pub struct Group {
    /// As `2026-10`.
    #[diesel(sql_type = Text)]
    pub month: String,
    /// The certain severity.
    #[diesel(sql_type = Text)]
    pub severity: String,
    /// Personal data were breached.
    #[diesel(sql_type = Bool)]
    pub breach: bool,
    /// Security was breached.
    #[diesel(sql_type = Bool)]
    pub security: bool,
    /// A service was lost.
    #[diesel(sql_type = Bool)]
    pub availability: bool,
    /// Nothing happened, but it might have.
    #[diesel(sql_type = Bool)]
    pub near_miss: bool,
    /// The root cause; empty where nobody has said it.
    #[diesel(sql_type = Text)]
    pub cause: String,
    /// How many incidents.
    #[diesel(sql_type = BigInt)]
    pub many: i64,
    /// Users times minutes, where known.
    #[diesel(sql_type = BigInt)]
    pub user_minutes: i64,
    /// Losses of service whose users or length nobody knows.
    #[diesel(sql_type = BigInt)]
    pub unmeasured: i64,
}

/// The incidents of a period in groups.
pub fn groups(conn: &mut Conn, sight: Sight, period: Period) -> Result<Vec<Group>, Error> {
    // The engine keeps the sums of all; what is hidden is little, and taken off again.
    let hidden = hidden(conn, sight, period)?;
    summed(conn, period, &hidden)
}

/// The incidents of a period that are not in sight.
fn hidden(conn: &mut Conn, sight: Sight, period: Period) -> Result<Vec<i64>, Error> {
    let restricted = incident::table.filter(incident::restricted_at.is_not_null());
    let restricted = restricted.filter(diesel::dsl::not(in_sight(sight))).select(incident::seq);
    let within = figure::month.ge(period.first.to_string()).and(figure::month.le(period.last.to_string()));
    Ok(figure::table
        .filter(figure::incident_seq.eq_any(restricted))
        .filter(within)
        .select(figure::incident_seq)
        .load(conn)?)
}

fn summed(conn: &mut Conn, period: Period, without: &[i64]) -> Result<Vec<Group>, Error> {
    const ALIKE: &str = "month, severity, breach, security, availability, near_miss, cause";
    // Numbers of our own, so that they may stand in the query's text.
    let without: Vec<String> = without.iter().map(i64::to_string).collect();
    let less = match without.as_slice() {
        [] => String::new(),
        some => format!(
            "UNION ALL SELECT {ALIKE}, -1, -COALESCE(user_minutes, 0), \
             CASE WHEN availability AND user_minutes IS NULL THEN -1 ELSE 0 END \
             FROM figure WHERE incident_seq IN ({})",
            some.join(",")
        ),
    };
    let query = format!(
        "SELECT {ALIKE}, CAST(SUM(many) AS BIGINT) AS many, CAST(SUM(user_minutes) AS BIGINT) AS user_minutes, \
         CAST(SUM(unmeasured) AS BIGINT) AS unmeasured \
         FROM (SELECT {ALIKE}, many, user_minutes, unmeasured FROM figure_sum WHERE month >= $1 AND month <= $2 {less}) s \
         GROUP BY {ALIKE} HAVING SUM(many) > 0"
    );
    let (first, last) = (period.first.to_string(), period.last.to_string());
    let query = diesel::sql_query(query).bind::<Text, _>(first).bind::<Text, _>(last);
    Ok(match conn {
        Conn::Sqlite(conn) => query.load(conn)?,
        Conn::Postgres(conn) => query.load(conn)?,
    })
}

/// A duty that was met by sending, and how long that took.
#[derive(Clone, Debug, Queryable)]
pub struct Sending {
    /// The incident.
    pub incident_seq: i64,
    /// The duty.
    pub duty: String,
    /// Whom for.
    pub for_whom: String,
    /// The start of its clock, UTC.
    pub starts_at: Option<Instant>,
    /// The deadline, UTC.
    pub due_at: Option<Instant>,
    /// The own target, UTC.
    pub target_at: Option<Instant>,
    /// When it was sent, UTC.
    pub sent_at: Instant,
}

impl Sending {
    /// Whether it went out before the deadline, or the own target where the law sets none; none without either.
    #[must_use]
    pub fn in_time(&self) -> Option<bool> {
        self.starts_at?;
        self.due_at.or(self.target_at).map(|limit| self.sent_at <= limit)
    }

    /// How long it took from the start of the clock.
    #[must_use]
    pub fn took(&self) -> Option<TimeDelta> {
        Some((self.sent_at.utc() - self.starts_at?.utc()).max(TimeDelta::zero()))
    }
}

/// What was sent in a period, the earliest first.
pub fn sendings(conn: &mut Conn, sight: Sight, period: Period) -> Result<Vec<Sending>, Error> {
    let (from, until) = period.span();
    let same = duty::incident_seq
        .eq(submission::incident_seq)
        .and(duty::duty_id.eq(submission::duty_id))
        .and(duty::for_whom.eq(submission::for_whom));
    let of = incident::seq.eq(submission::incident_seq);
    let columns = (
        submission::incident_seq,
        submission::duty_id,
        submission::for_whom,
        duty::starts_at,
        duty::due_at,
        duty::target_at,
        submission::sent_at,
    );
    let sent =
        submission::table.inner_join(duty::table.on(same)).inner_join(incident::table.on(of)).filter(in_sight(sight));
    let sent = sent.filter(submission::sent_at.ge(Instant::from(from)));
    let sent = sent.filter(submission::sent_at.lt(Instant::from(until)));
    Ok(sent.order((submission::sent_at, submission::seq)).select(columns).load(conn)?)
}

/// The instant of the last change of any incident.
pub fn last_change(conn: &mut Conn) -> Result<Option<Instant>, Error> {
    let latest = incident::table.select(incident::updated_at).order(incident::updated_at.desc());
    Ok(latest.first(conn).optional()?)
}
