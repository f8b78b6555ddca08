//! The queries on drills: how the clock ran, who takes part, what is told when.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::{Clock, MARK, Span};
use crate::account::Sight;
use crate::account::store::in_sight;
use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::incident::store::{Head, clock_of};
use crate::schema::{account, drill, drill_clock, drill_inject, drill_participant, duty, incident};

/// What makes a case a drill.
#[derive(Clone, Debug)]
pub struct Drill {
    /// How its clock has run.
    pub clock: Clock,
    /// Each turn of the clock, the earliest first.
    pub turns: Vec<Turn>,
    /// Who takes part, by name.
    pub participants: Vec<(Id, String)>,
    /// Whether the company's own channels hear of it, too.
    pub channels: bool,
    /// What the participants are told, in the order of the clock.
    pub injects: Vec<Told>,
}

/// A turn of the clock of a drill.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Turn {
    /// When, by everybody's clock.
    pub real_at: Instant,
    /// What its own showed then.
    pub here_at: Instant,
    /// How fast it ran from then on; nought is standing still.
    pub factor: i32,
    /// Who turned it.
    pub by: String,
}

/// Something the participants are told.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Told {
    /// Its number.
    #[serde(skip)]
    pub seq: i64,
    /// After how many minutes of the drill.
    pub minute: i32,
    /// What.
    pub words: String,
    /// When it is due, by the clock of the drill.
    pub shows_at: Instant,
    /// When it was told.
    pub shown_at: Option<Instant>,
}

/// What belongs to a drill; none where it is none.
pub fn drill(conn: &mut Conn, seq: i64) -> Result<Option<Drill>, Error> {
    let made = drill::table.find(seq).select(drill::channels).first::<bool>(conn).optional()?;
    let Some(channels) = made else { return Ok(None) };
    use drill_clock as c;
    let turns = c::table.inner_join(account::table).filter(c::incident_seq.eq(seq)).order(c::seq);
    let turns: Vec<Turn> = turns.select((c::real_at, c::here_at, c::factor, account::name)).load(conn)?;
    let span = |turn: &Turn| Span {
        real: turn.real_at.utc(),
        here: turn.here_at.utc(),
        factor: u32::try_from(turn.factor).unwrap_or(0),
    };
    let clock = Clock::of(turns.iter().map(span).collect());
    use drill_inject as i;
    let injects = i::table.filter(i::incident_seq.eq(seq)).order((i::shows_at, i::seq));
    let injects = injects.select((i::seq, i::minute, i::words, i::shows_at, i::shown_at)).load(conn)?;
    let mut participants = names(conn, seq)?;
    participants.sort_by_cached_key(|(_, name)| name.to_lowercase());
    Ok(Some(Drill { clock, turns, participants, channels, injects }))
}

fn names(conn: &mut Conn, seq: i64) -> Result<Vec<(Id, String)>, Error> {
    let of = drill_participant::table.inner_join(account::table).filter(drill_participant::incident_seq.eq(seq));
    Ok(of.select((account::id, account::name)).load(conn)?)
}

/// Who takes part in a drill.
pub fn participants(conn: &mut Conn, seq: i64) -> Result<Vec<Id>, Error> {
    let of = drill_participant::table.filter(drill_participant::incident_seq.eq(seq));
    Ok(of.select(drill_participant::account_id).load(conn)?)
}

/// Whether the company's own channels hear of a drill.
pub fn has_channels(conn: &mut Conn, seq: i64) -> Result<bool, Error> {
    Ok(drill::table.find(seq).select(drill::channels).first(conn).optional()?.unwrap_or(false))
}

/// The clock of the drill of this name as it runs now; none where there is no drill of that name.
pub fn clock_named(conn: &mut Conn, key: &str) -> Result<Option<Clock>, Error> {
    let clock = incident::table.filter(incident::clock_real.is_not_null());
    let clock = clock.select((incident::clock_real, incident::clock_here, incident::clock_factor));
    let found = match Id::parse(key) {
        Some(id) => clock.filter(incident::id.eq(id)).first(conn).optional()?,
        None => clock.filter(incident::reference.eq(key)).first(conn).optional()?,
    };
    Ok(found.map(clock_of))
}

/// The drills in sight that are not over, the newest first.
pub fn running(conn: &mut Conn, sight: Sight, most: i64) -> Result<Vec<Head>, Error> {
    let open = incident::table.filter(incident::clock_real.is_not_null()).filter(incident::status.eq("open"));
    let open = open.filter(in_sight(sight.drills_only())).order(incident::seq.desc()).limit(most);
    Ok(open.select(Head::as_select()).load(conn)?)
}

/// The reference of the next drill of a year. Drills are never deleted, so their number is the last one's.
pub(super) fn next_reference(conn: &mut Conn, year: i32) -> Result<String, Error> {
    let begins = format!("{MARK}{year}-");
    let (from, to) = (begins.clone(), format!("{MARK}{year}."));
    let of = incident::table.filter(incident::reference.ge(from)).filter(incident::reference.lt(to));
    let many: i64 = of.filter(incident::clock_real.is_not_null()).count().get_result(conn)?;
    Ok(format!("{begins}{:04}", many + 1))
}

/// Writes what was decided when a drill was made.
pub(super) fn insert(
    conn: &mut Conn,
    seq: i64,
    (channels, participants): (bool, &[Id]),
    injects: &[(super::Inject, Instant)],
    (by, now): (Id, DateTime<Utc>),
) -> Result<(), Error> {
    let row = (drill::incident_seq.eq(seq), drill::channels.eq(channels), drill::by_account.eq(by));
    diesel::insert_into(drill::table).values((row, drill::at.eq(Instant::from(now)))).execute(conn)?;
    for who in participants {
        use drill_participant as p;
        let row = (p::incident_seq.eq(seq), p::account_id.eq(*who));
        diesel::insert_into(p::table).values(row).execute(conn)?;
    }
    for (inject, shows_at) in injects {
        use drill_inject as i;
        let minute = i32::try_from(inject.minute).unwrap_or(i32::MAX);
        let row =
            (i::incident_seq.eq(seq), i::minute.eq(minute), i::words.eq(&inject.words), i::shows_at.eq(*shows_at));
        diesel::insert_into(i::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Writes a turn of the clock, and lets everything that waits for it be looked at anew.
pub(super) fn turn(conn: &mut Conn, head: &Head, span: Span, by: Id) -> Result<(), Error> {
    use drill_clock as c;
    let factor = i32::try_from(span.factor).unwrap_or(i32::MAX);
    let row = (c::incident_seq.eq(head.seq), c::real_at.eq(Instant::from(span.real)));
    let row = (row, c::here_at.eq(Instant::from(span.here)), c::factor.eq(factor), c::by_account.eq(by));
    diesel::insert_into(c::table).values(row).execute(conn)?;
    let now = Instant::from(span.real);
    let open =
        duty::table.filter(duty::incident_seq.eq(head.seq)).filter(duty::state.eq_any(["required", "undetermined"]));
    diesel::update(open).set(duty::remind_at.eq(now)).execute(conn)?;
    use drill_inject as i;
    let waiting: Vec<(i64, Instant)> = i::table
        .filter(i::incident_seq.eq(head.seq))
        .filter(i::shown_at.is_null())
        .select((i::seq, i::shows_at))
        .load(conn)?;
    let clock = head.clock();
    for (seq, shows_at) in waiting {
        let at = clock.real_of(shows_at.utc()).map(Instant::from);
        diesel::update(i::table.find(seq)).set(i::look_at.eq(at)).execute(conn)?;
    }
    Ok(())
}

/// Lets nothing more be said of a drill.
pub(super) fn silence(conn: &mut Conn, seq: i64) -> Result<(), Error> {
    let open = duty::table.filter(duty::incident_seq.eq(seq));
    diesel::update(open).set(duty::remind_at.eq(None::<Instant>)).execute(conn)?;
    let waiting = drill_inject::table.filter(drill_inject::incident_seq.eq(seq));
    diesel::update(waiting).set(drill_inject::look_at.eq(None::<Instant>)).execute(conn)?;
    Ok(())
}

/// The texts that are to be told by now, at most so many: the number, the drill, the words.
pub fn waiting_injects(conn: &mut Conn, now: DateTime<Utc>, most: i64) -> Result<Vec<(i64, i64, String)>, Error> {
    use drill_inject as i;
    let due = i::table.filter(i::look_at.le(Instant::from(now))).order((i::look_at, i::seq)).limit(most);
    Ok(due.select((i::seq, i::incident_seq, i::words)).load(conn)?)
}

/// Notes that a text was told, or that it will not be told any more.
pub fn inject_done(conn: &mut Conn, seq: i64, shown_at: Option<Instant>) -> Result<(), Error> {
    use drill_inject as i;
    let done = (i::look_at.eq(None::<Instant>), i::shown_at.eq(shown_at));
    diesel::update(i::table.find(seq)).set(done).execute(conn)?;
    Ok(())
}
