//! How the reminders of an incident stand, for people and programs alike: what was said, answered, and comes next.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::actions::watched;
use super::receivers::Receivers;
use super::store::{self, Answered, Open, Taken};
use super::{Due, Fired, Ladders, due, longest_snooze, next};
use crate::account::Sight;
use crate::db::Conn;
use crate::error::Error;
use crate::incident::store::{Head, head};

/// The reminder that comes next.
#[derive(Clone, Debug)]
pub struct Next {
    /// When; the present moment for one that is due and waits for the next round.
    pub at: DateTime<Utc>,
    /// Which step, and which circle.
    pub due: Due,
    /// Whom it will reach, by name, as things are now.
    pub told: Vec<String>,
}

/// A duty that is open or was reminded of.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The duty.
    pub duty: Open,
    /// Every step taken, the oldest first.
    pub taken: Vec<Taken>,
    /// Every answer, the oldest first.
    pub answers: Vec<Answered>,
    /// What comes next, while the duty is open.
    pub next: Option<Next>,
    /// The latest instant to snooze to; none when there is nothing to answer.
    pub latest: Option<DateTime<Utc>>,
}

impl Standing {
    /// The answer that holds for the step that was said last, if anybody gave one.
    #[must_use]
    pub fn answer(&self) -> Option<&Answered> {
        let armed = self.duty.armed();
        let last = self.taken.iter().rfind(|step| step.armed_at == armed)?;
        let same = |answer: &&Answered| answer.armed_at == armed && answer.step == last.step;
        self.answers.iter().rfind(same).filter(|answer| answer.at >= last.fired_at)
    }
}

/// The incident and its duties that are open or were reminded of: the open ones first, the nearest deadline on top.
///
/// # Errors
/// When there is no such incident.
pub fn standings(
    conn: &mut Conn,
    key: &str,
    sight: Sight,
    real: DateTime<Utc>,
) -> Result<(Head, Vec<Standing>), Error> {
    let case = head(conn, key, sight)?;
    let now = case.here(real);
    let (_, ladders) = store::ladders(conn)?;
    let mut taken = by_duty(store::taken_in(conn, case.seq)?);
    let mut answers = by_duty(store::answers_in(conn, case.seq)?);
    let (mut receivers, mut all) = (Receivers::default(), Vec::new());
    for duty in store::duties_of(conn, case.seq)? {
        let (taken, answers) = (taken.remove(&duty.seq).unwrap_or_default(), answers.remove(&duty.seq));
        if duty.is_open() || !taken.is_empty() {
            let said = (taken, answers.unwrap_or_default());
            all.push(standing(conn, duty, said, (&ladders, &mut receivers), now)?);
        }
    }
    all.sort_by_key(|one| {
        let duty = &one.duty;
        (!duty.is_open(), duty.next_at.is_none(), duty.next_at, duty.is_undetermined(), duty.seq)
    });
    Ok((case, all))
}

fn by_duty<T>(rows: Vec<(i64, T)>) -> BTreeMap<i64, Vec<T>> {
    let mut all: BTreeMap<i64, Vec<T>> = BTreeMap::new();
    for (duty, row) in rows {
        all.entry(duty).or_default().push(row);
    }
    all
}

fn standing(
    conn: &mut Conn,
    duty: Open,
    (taken, answers): (Vec<Taken>, Vec<Answered>),
    (ladders, receivers): (&Ladders, &mut Receivers),
    now: DateTime<Utc>,
) -> Result<Standing, Error> {
    if !duty.is_open() {
        return Ok(Standing { duty, taken, answers, next: None, latest: None });
    }
    let armed = duty.armed();
    let fired: Vec<Fired> = taken.iter().filter(|step| step.armed_at == armed).filter_map(Taken::fired).collect();
    let given: Vec<_> = answers.iter().filter(|answer| answer.armed_at == armed).filter_map(Answered::answer).collect();
    let watched = watched(&duty, &fired, &given);
    let latest = (!fired.is_empty()).then(|| longest_snooze(now, &watched, ladders));
    let coming = match due(now, &watched, ladders) {
        Some(due) => Some((now, due)),
        None => next(now, &watched, ladders).and_then(|at| Some((at, due(at, &watched, ladders)?))),
    };
    let next = match coming {
        Some((at, due)) => {
            // Text messages go to the same persons as mails, so that names do not hang on how urgent it is.
            let reached = receivers.of(conn, &duty, (due.circle, false))?;
            let mut told: Vec<String> = reached.into_iter().map(|receiver| receiver.name).collect();
            told.sort();
            told.dedup();
            Some(Next { at, due, told })
        }
        None => None,
    };
    Ok(Standing { duty, taken, answers, next, latest })
}
