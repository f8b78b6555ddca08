//! Reminders, tested pure: no database, no network, no clock.

mod course;
mod holidays;
mod patterns;
mod plan;
mod said;
mod week;

use chrono::{DateTime, TimeDelta, Utc};
use varsel::reminder::{Answer, Due, Fired, Ladders, Step, Watched, due, next};

fn time(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn minutes(n: i64) -> TimeDelta {
    TimeDelta::minutes(n)
}

/// A duty and what a machine has said of it.
#[derive(Clone, Debug)]
struct Run {
    ladders: Ladders,
    armed_at: DateTime<Utc>,
    deadline: Option<DateTime<Utc>>,
    period_starts: Option<DateTime<Utc>>,
    is_target: bool,
    fired: Vec<Fired>,
    answers: Vec<(Step, Answer)>,
}

impl Run {
    fn new(armed_at: DateTime<Utc>, deadline: Option<DateTime<Utc>>) -> Run {
        let (ladders, fired, answers) = (Ladders::default(), Vec::new(), Vec::new());
        Run { ladders, armed_at, deadline, period_starts: Some(armed_at), is_target: false, fired, answers }
    }

    fn watched(&self) -> Watched<'_> {
        Watched {
            armed_at: self.armed_at,
            deadline: self.deadline,
            is_target: self.is_target,
            period_starts: self.period_starts,
            fired: &self.fired,
            answers: &self.answers,
        }
    }

    fn due(&self, now: DateTime<Utc>) -> Option<Due> {
        due(now, &self.watched(), &self.ladders)
    }

    fn next(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        next(now, &self.watched(), &self.ladders).expect("an open duty is never left alone")
    }

    /// Says what is due now, if anything.
    fn tick(&mut self, now: DateTime<Utc>) -> Option<Due> {
        let due = self.due(now)?;
        self.fired.push(Fired { step: due.step, circle: due.circle, at: now });
        Some(due)
    }

    fn answer(&mut self, step: Step, answer: Answer) {
        self.answers.push((step, answer));
    }

    /// Ticks at the instants that `next` names, from the arming, so many times.
    fn follow(&mut self, times: usize) -> Vec<(DateTime<Utc>, Due)> {
        let mut said = Vec::new();
        let mut now = self.armed_at;
        while said.len() < times {
            let due = self.tick(now).unwrap_or_else(|| panic!("nothing is due at {now}, which was named"));
            said.push((now, due));
            now = self.next(now);
        }
        said
    }
}
