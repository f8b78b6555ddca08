//! What the company asks of signing in: how long a session lasts, and whether everybody needs a second factor.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::error::{Error, FieldError};

/// Whom a second factor is asked of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Demand {
    /// Whoever has chosen one.
    #[default]
    Off,
    /// Everybody.
    All,
}

impl Demand {
    /// Both, in the order they are shown.
    pub const ALL: [Demand; 2] = [Demand::Off, Demand::All];

    /// The word it is stored under.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Demand::Off => "off",
            Demand::All => "all",
        }
    }
}

/// The rules for signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// How long a session lasts without use.
    pub idle_minutes: i64,
    /// How long a session lasts at most.
    pub absolute_hours: i64,
    /// Whom a second factor is asked of.
    pub second_factor: Demand,
}

/// The bounds of [`Rules::idle_minutes`]: shorter, nobody gets to write; longer, a forgotten screen stays open.
pub const IDLE: (i64, i64) = (5, 24 * 60);
/// The bounds of [`Rules::absolute_hours`].
pub const ABSOLUTE: (i64, i64) = (1, 7 * 24);

impl Default for Rules {
    fn default() -> Self {
        Self { idle_minutes: 8 * 60, absolute_hours: 24, second_factor: Demand::Off }
    }
}

impl Rules {
    /// How long a session lasts without use.
    #[must_use]
    pub fn idle(&self) -> Duration {
        Duration::minutes(self.idle_minutes)
    }

    /// How long a session lasts at most.
    #[must_use]
    pub fn absolute(&self) -> Duration {
        Duration::hours(self.absolute_hours)
    }

    /// Checks rules as they were typed or sent.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn check(idle: Option<i64>, absolute: Option<i64>, second_factor: Option<&str>) -> Result<Self, Error> {
        let mut wrong = Vec::new();
        let mut within = |path: &str, given: Option<i64>, (from, to): (i64, i64)| {
            let fits = given.filter(|given| (from..=to).contains(given));
            if fits.is_none() {
                wrong.push(FieldError::new(path, "outside_bounds").with("from", from).with("to", to));
            }
            fits.unwrap_or(from)
        };
        let idle_minutes = within("idle_minutes", idle, IDLE);
        let absolute_hours = within("absolute_hours", absolute, ABSOLUTE);
        let demand = Demand::ALL.into_iter().find(|demand| Some(demand.word()) == second_factor);
        if demand.is_none() {
            let given = second_factor.unwrap_or_default().chars().take(40).collect::<String>();
            let fault = FieldError::new("second_factor", "wrong_choice").with("given", given);
            wrong.push(fault.with("choices", Demand::ALL.map(Demand::word).to_vec()));
        }
        if wrong.is_empty() && idle_minutes > absolute_hours * 60 {
            wrong.push(FieldError::new("idle_minutes", "idle_above_absolute"));
        }
        match demand {
            Some(second_factor) if wrong.is_empty() => Ok(Self { idle_minutes, absolute_hours, second_factor }),
            _ => Err(Error::Invalid(wrong)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stay_within_sane_bounds() {
        assert_eq!(Rules::check(Some(480), Some(24), Some("off")).unwrap(), Rules::default());
        for (idle, absolute, demand, many) in
            [(4, 24, "off", 1), (480, 0, "off", 1), (480, 169, "none", 2), (120, 1, "all", 1), (-1, -1, "", 3)]
        {
            let why = Rules::check(Some(idle), Some(absolute), Some(demand)).unwrap_err();
            assert_eq!(why.fields().len(), many, "{idle} {absolute} {demand}");
        }
    }
}
