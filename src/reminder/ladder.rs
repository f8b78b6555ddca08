//! What is due now, and when that can change: the course of one duty's reminders.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Answer, Circle, Due, Fired, Ladder, Ladders, Step, Watched};
use crate::law::deadline::after;

/// Periods up to this are short: their steps are minutes apart.
const SHORT: TimeDelta = TimeDelta::hours(4);

/// A reminder later than this says that it is late.
pub(super) const LATE: TimeDelta = TimeDelta::minutes(2);

/// The ladder of a duty: by the length of its period, and by whether the deadline is the law's or the company's own.
#[must_use]
pub fn ladder_for<'a>(ladders: &'a Ladders, watched: &Watched<'_>) -> &'a Ladder {
    let length = |deadline| {
        // What must be done before something has no period but the notice that we have of it.
        let starts = watched.period_starts.filter(|starts| *starts < deadline).unwrap_or(watched.armed_at);
        deadline - starts
    };
    let length = watched.deadline.map(length).filter(|length| *length > TimeDelta::zero());
    match (length.is_some_and(|length| length <= SHORT), watched.is_target) {
        (true, false) => &ladders.minutes30,
        (true, true) => &ladders.target_short,
        (false, false) => &ladders.hours72,
        (false, true) => &ladders.target_long,
    }
}

/// What is to be said now, if anything. Once it has been said, asking again at the same instant gives nothing.
#[must_use]
pub fn due(now: DateTime<Utc>, watched: &Watched<'_>, ladders: &Ladders) -> Option<Due> {
    Course::of(watched, ladders).due(now)
}

/// The first later instant at which [`due`] can answer anew, taking it that what is due now has been said.
/// None only at the end of time: an open duty is never left alone.
#[must_use]
pub fn next(now: DateTime<Utc>, watched: &Watched<'_>, ladders: &Ladders) -> Option<DateTime<Utc>> {
    let mut fired = watched.fired.to_vec();
    let said = due(now, watched, ladders).map(|due| Fired { step: due.step, circle: due.circle, at: now });
    fired.extend(said);
    Course::of(&Watched { fired: &fired, ..*watched }, ladders).turns_after(now)
}

/// The latest instant that a step can be snoozed to now: when the next step takes its place.
#[must_use]
pub fn longest_snooze(now: DateTime<Utc>, watched: &Watched<'_>, ladders: &Ladders) -> DateTime<Utc> {
    Course::of(watched, ladders).following(now).map_or(DateTime::<Utc>::MAX_UTC, |place| place.at)
}

/// A step with its instant and who is told.
#[derive(Clone, Copy)]
struct Place {
    step: Step,
    at: DateTime<Utc>,
    circle: Circle,
}

/// What becomes of a step that has been said and not dealt with.
struct Turn {
    at: DateTime<Utc>,
    circle: Circle,
    again: bool,
}

/// The steps of one duty in the order of time.
struct Course<'a> {
    watched: &'a Watched<'a>,
    ladder: &'a Ladder,
    idle_every: i64,
}

impl<'a> Course<'a> {
    fn of(watched: &'a Watched<'a>, ladders: &'a Ladders) -> Self {
        let idle_every = i64::from(ladders.idle_every.max(1));
        Course { watched, ladder: ladder_for(ladders, watched), idle_every }
    }

    fn due(&self, now: DateTime<Utc>) -> Option<Due> {
        let here = self.standing(now);
        let late = |since| Some(now - since).filter(|late| *late > LATE);
        let Some(step) = self.said_last(here, now) else {
            let missed = self.missed(here, now);
            let circle = missed.iter().map(|place| place.circle).fold(here.circle, Circle::max);
            let missed = missed.iter().map(|place| place.step).collect();
            let (since, late_by) = (here.at, late(here.at));
            return Some(Due { step: here.step, circle, since, late_by, missed, escalated: false, again: false });
        };
        let turn = self.turn(step).filter(|turn| turn.at <= now)?;
        let (circle, since, late_by) = (turn.circle, turn.at, late(turn.at));
        Some(Due { step, circle, since, late_by, missed: Vec::new(), escalated: !turn.again, again: turn.again })
    }

    /// The step that holds at an instant: the latest that has come. What lies at or before the arming has fallen away,
    /// and the reminder at once stands for it, whatever a clock that went back says.
    fn standing(&self, now: DateTime<Utc>) -> Place {
        let over = self.repetition(|start, every| (now - start).num_minutes() / every);
        let over = over.filter(|place| place.at <= now);
        let rung = || self.rungs().filter(|place| place.at <= now).max_by_key(|place| place.at);
        over.or_else(rung).unwrap_or(self.at_once())
    }

    /// The first step after an instant.
    fn following(&self, from: DateTime<Utc>) -> Option<Place> {
        let rung = self.rungs().filter(|place| place.at > from).min_by_key(|place| place.at);
        let since = from.max(self.watched.armed_at);
        let over = || self.repetition(|start, every| (since - start).num_minutes().max(0) / every + 1);
        rung.or_else(over).filter(|place| place.at > from)
    }

    fn at_once(&self) -> Place {
        let circle = if self.watched.deadline.is_some() { self.ladder.first } else { Circle::Owner };
        Place { step: Step::AtOnce, at: self.watched.armed_at, circle }
    }

    fn rungs(&self) -> impl Iterator<Item = Place> {
        let armed_at = self.watched.armed_at;
        let place = move |deadline: DateTime<Utc>| {
            move |rung: &super::Rung| Place {
                step: Step::Before(rung.minutes_before),
                at: after(deadline, -i64::from(rung.minutes_before)),
                circle: rung.circle,
            }
        };
        let rungs = self.watched.deadline.map(|deadline| self.ladder.rungs.iter().map(place(deadline)));
        rungs.into_iter().flatten().filter(move |place| place.at > armed_at)
    }

    /// A repetition after the deadline, or of a duty without one, by its number; none that lies at or before the arming.
    fn repetition(&self, number: impl Fn(DateTime<Utc>, i64) -> i64) -> Option<Place> {
        let armed_at = self.watched.armed_at;
        let (start, every) = match self.watched.deadline {
            Some(deadline) => (deadline, i64::from(self.ladder.again_every.max(1))),
            None => (armed_at, self.idle_every),
        };
        let n = u32::try_from(number(start, every)).ok().filter(|n| *n > 0)?;
        let at = after(start, i64::from(n) * every);
        let (step, circle) = match self.watched.deadline {
            Some(_) => (Step::Over(n), self.ladder.again),
            None => (Step::Idle(n), Circle::Owner),
        };
        Some(Place { step, at, circle }).filter(|place| place.at > armed_at)
    }

    /// The step that was said last since the one that holds now came; none if that is still to be said.
    ///
    /// What was said at an instant that has not come yet was said by a clock that ran ahead. It counts for its own
    /// step, which is not said twice, and for no other: those to come are not lost to a wrong clock.
    fn said_last(&self, here: Place, now: DateTime<Utc>) -> Option<Step> {
        let fired = self.watched.fired.iter();
        let since = fired.clone().filter(|fired| here.at <= fired.at && fired.at <= now).max_by_key(|fired| fired.at);
        let own = || fired.clone().find(|fired| fired.step == here.step);
        since.or_else(own).map(|fired| fired.step)
    }

    /// The steps before this one for which nothing has been said; repetitions stand for each other.
    fn missed(&self, here: Place, now: DateTime<Utc>) -> Vec<Place> {
        let unsaid = |place: &Place| self.said_last(*place, now).is_none();
        let earlier = std::iter::once(self.at_once()).chain(self.rungs());
        let mut missed: Vec<Place> =
            earlier.filter(|place| place.step != here.step && place.at <= here.at).filter(unsaid).collect();
        missed.sort_by_key(|place| place.at);
        missed
    }

    /// When a step that has been said comes back: at the end of a snooze, or one circle further when nobody answers.
    fn turn(&self, step: Step) -> Option<Turn> {
        let said = || self.watched.fired.iter().filter(|fired| fired.step == step);
        let last = said().map(|fired| fired.at).max()?;
        let circle = said().map(|fired| fired.circle).max()?;
        let answer = self.watched.answers.iter().rev().find(|(to, _)| *to == step);
        match answer.map(|(_, answer)| *answer) {
            Some(Answer::Acknowledged) => None,
            Some(Answer::Snoozed { until }) if last < until => Some(Turn { at: until, circle, again: true }),
            _ => {
                let minutes = Some(self.ladder.unanswered_after).filter(|minutes| *minutes > 0)?;
                // Without any deadline nothing is pressing: the owner is asked again in time, and nobody else.
                self.watched.deadline?;
                Some(Turn { at: after(last, i64::from(minutes)), circle: circle.further()?, again: false })
            }
        }
    }

    /// The first instant after this one at which something is due. Between two steps only the turn of what was said
    /// last can come; a step that a clock ahead of time has said already passes in silence.
    fn turns_after(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut from = now;
        loop {
            let end = self.following(from)?.at;
            let turn = self.said_last(self.standing(from), from).and_then(|step| self.turn(step));
            if let Some(turn) = turn.filter(|turn| from < turn.at && turn.at < end) {
                return Some(turn.at);
            }
            if self.due(end).is_some() {
                return Some(end);
            }
            from = end;
        }
    }
}
