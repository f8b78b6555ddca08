//! Reminders, the pure part: which step of the ladder is due, who is told, and in what words.
//!
//! Level-triggered: everything is computed from what is open now and what has been said already, so a run that is
//! repeated says nothing twice and a run that was missed is made up for. Time is an argument, hours are elapsed hours.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub mod actions;
pub mod api;
mod change;
pub mod holiday;
mod ladder;
mod layout;
pub mod pages;
mod phrase;
mod plain;
mod plan;
pub mod receivers;
mod run;
mod standing;
pub mod store;
mod summary;
mod words;

use ladder::LATE;
pub use ladder::{due, ladder_for, longest_snooze, next};
pub use plain::{plain, short};
pub use plan::{Ladder, Ladders, Rung};
pub use run::Scheduler;
pub use standing::{Next, Standing, standings};
pub use summary::{Coming, GivenUp, Open, Sent, Week, summary};
pub use words::{Item, Rearm, Said, compose, step_words};

/// Who is told. Each circle holds the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Circle {
    /// Whoever owns the incident.
    Owner,
    /// The owner and the team.
    Team,
    /// The owner, the team and management.
    Management,
}

impl Circle {
    /// Every circle, the smallest first.
    pub const ALL: [Circle; 3] = [Circle::Owner, Circle::Team, Circle::Management];

    /// The word it is stored under.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Circle::Owner => "owner",
            Circle::Team => "team",
            Circle::Management => "management",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Circle> {
        Circle::ALL.into_iter().find(|circle| circle.word() == word)
    }

    /// The next larger circle; none beyond management.
    #[must_use]
    pub const fn further(self) -> Option<Circle> {
        match self {
            Circle::Owner => Some(Circle::Team),
            Circle::Team => Some(Circle::Management),
            Circle::Management => None,
        }
    }
}

/// A step of the ladder. Written and read as a stable word: `at-once`, `before-240`, `before-0`, `over-3`, `idle-2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Step {
    /// As soon as the duty stands as it does.
    AtOnce,
    /// So many minutes before the deadline; nought is the deadline itself.
    Before(u32),
    /// The n-th repetition after the deadline, from 1.
    Over(u32),
    /// The n-th reminder of a duty without any deadline, from 1.
    Idle(u32),
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Step::AtOnce => f.write_str("at-once"),
            Step::Before(minutes) => write!(f, "before-{minutes}"),
            Step::Over(n) => write!(f, "over-{n}"),
            Step::Idle(n) => write!(f, "idle-{n}"),
        }
    }
}

impl std::str::FromStr for Step {
    type Err = String;

    fn from_str(word: &str) -> Result<Step, String> {
        let step = match word.split_once('-') {
            Some(("at", "once")) => Some(Step::AtOnce),
            Some(("before", minutes)) => minutes.parse().ok().map(Step::Before),
            Some(("over", n)) => n.parse().ok().filter(|n| *n > 0).map(Step::Over),
            Some(("idle", n)) => n.parse().ok().filter(|n| *n > 0).map(Step::Idle),
            _ => None,
        };
        // Each step has one word only, since the word is a key.
        step.filter(|step| step.to_string() == word).ok_or_else(|| format!("`{word}` is not a step of the ladder"))
    }
}

impl From<Step> for String {
    fn from(step: Step) -> String {
        step.to_string()
    }
}

impl TryFrom<String> for Step {
    type Error = String;

    fn try_from(word: String) -> Result<Step, String> {
        word.parse()
    }
}

/// What somebody answered to a step. It silences that step, never the duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Somebody has seen it.
    Acknowledged,
    /// Somebody wants to be asked again then.
    Snoozed {
        /// When; no later than [`longest_snooze`], or the next step takes its place.
        until: DateTime<Utc>,
    },
}

/// A step that has been said, to a circle, at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fired {
    /// Which step.
    pub step: Step,
    /// Who was told.
    pub circle: Circle,
    /// When.
    pub at: DateTime<Utc>,
}

/// An open duty as far as reminding goes. When its state or deadline changes it is armed anew: what was said and
/// answered before that no longer counts, and is not in here.
#[derive(Clone, Copy, Debug)]
pub struct Watched<'a> {
    /// Since when state and deadline are what they are.
    pub armed_at: DateTime<Utc>,
    /// What its countdown runs to.
    pub deadline: Option<DateTime<Utc>>,
    /// Whether that is the company's own target, not the law's.
    pub is_target: bool,
    /// When the period that ends with the deadline began.
    pub period_starts: Option<DateTime<Utc>>,
    /// What has been said since it was armed.
    pub fired: &'a [Fired],
    /// What has been answered since it was armed, the oldest first; a step's last answer counts.
    pub answers: &'a [(Step, Answer)],
}

/// A reminder that is to be said now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Which step.
    pub step: Step,
    /// Who is told.
    pub circle: Circle,
    /// When it came due: the step's instant, the end of a snooze, or the end of the wait for an answer.
    pub since: DateTime<Utc>,
    /// How late it is, when that is more than two minutes.
    pub late_by: Option<TimeDelta>,
    /// Earlier steps that were never said and that this one stands for, the earliest first.
    pub missed: Vec<Step>,
    /// Whether nobody answered and it goes one circle further.
    pub escalated: bool,
    /// Whether a snooze has ended.
    pub again: bool,
}
