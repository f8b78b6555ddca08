//! How long personal data are kept in our own files, and that they go when their time is over.
//!
//! Whoever keeps personal data adds a [`Sweep`] to [`SWEEPS`]: what goes, after how many months, and the two functions
//! that show and remove it. What happened, what was decided and why, and how many were affected stays: the law wants it
//! documented (GDPR art. 33(5) and 5(2)), and it names nobody but those who worked on the case.

pub mod actions;
pub mod pages;
pub mod store;

use std::collections::BTreeMap;

use chrono::{DateTime, Months, Utc};
use serde::{Deserialize, Serialize};

use crate::account::looks_like_email;
use crate::db::{Conn, Id, Instant};
use crate::error::{Error, FieldError};

/// The longest that may be chosen, in months.
pub const LONGEST: u32 = 240;
const MOST_RECEIVERS: usize = 20;

/// What is due to go, as the preview shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The incident it hangs on, by inner number and reference; none where it hangs on none.
    pub incident: Option<(i64, String)>,
    /// Since when its time is counted: the closing of the incident, or when it came about.
    pub since: Instant,
    /// How many.
    pub rows: i64,
}

/// What went: of which incident, and how many.
pub type Removed = Vec<(Option<i64>, i64)>;

/// A kind of personal data that goes.
pub struct Sweep {
    /// Its stable word; `retention-WORD`, `retention-WORD-help` and `retention-count-WORD` are its texts.
    pub name: &'static str,
    /// After how many months, until somebody chooses otherwise.
    pub months: u32,
    /// What would go if everything counted from before this instant went, at most so many lines.
    pub due: fn(&mut Conn, Instant, i64) -> Result<Vec<Due>, Error>,
    /// Removes what is due, at most so many, and answers what went; nothing is the end.
    pub remove: fn(&mut Conn, Turn, i64) -> Result<Removed, Error>,
}

/// When something is removed.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    /// What is counted from before this goes.
    pub before: Instant,
    /// Now.
    pub at: Instant,
}

/// Everything that goes. The months that stand here are a proposal, each with its source in `retention-WORD-help`.
pub const SWEEPS: &[Sweep] = &[
    Sweep { name: "affected", months: 36, due: store::affected_due, remove: store::remove_affected },
    Sweep { name: "attachments", months: 36, due: store::attachments_due, remove: store::remove_attachments },
    Sweep { name: "reports", months: 12, due: store::reports_due, remove: store::remove_reports },
    Sweep { name: "comments", months: 36, due: store::comments_due, remove: store::remove_comments },
    Sweep { name: "tasks", months: 36, due: store::tasks_due, remove: store::remove_tasks },
    Sweep { name: "messages", months: 12, due: store::messages_due, remove: store::remove_messages },
    Sweep { name: "traces", months: 3, due: store::traces_due, remove: store::remove_traces },
    Sweep { name: "accounts", months: 12, due: store::accounts_due, remove: store::remove_accounts },
];

/// What the company has chosen: how long things are kept, and who gets the signed head of the audit chain.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Keeping {
    /// Months by the word of the sweep; what is not there is as [`SWEEPS`] proposes.
    pub months: BTreeMap<String, u32>,
    /// Whom the signed head is mailed to.
    pub head_to: Vec<String>,
    /// The channels it goes by.
    pub head_channels: Vec<Id>,
}

impl Keeping {
    /// How many months a kind is kept.
    #[must_use]
    pub fn months_of(&self, sweep: &Sweep) -> u32 {
        self.months.get(sweep.name).copied().unwrap_or(sweep.months)
    }

    /// What was counted from before this is due at `now`.
    #[must_use]
    pub fn before(&self, sweep: &Sweep, now: DateTime<Utc>) -> DateTime<Utc> {
        now.checked_sub_months(Months::new(self.months_of(sweep))).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// When what is counted from `since` goes.
    #[must_use]
    pub fn goes_at(&self, sweep: &Sweep, since: DateTime<Utc>) -> DateTime<Utc> {
        since.checked_add_months(Months::new(self.months_of(sweep))).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Checks what was chosen.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn check(&self) -> Result<(), Error> {
        let mut wrong = Vec::new();
        for sweep in SWEEPS.iter().filter(|sweep| !(1..=LONGEST).contains(&self.months_of(sweep))) {
            wrong.push(FieldError::new(sweep.name, "months_out_of_range").with("max", LONGEST));
        }
        for address in self.head_to.iter().filter(|address| !looks_like_email(address)) {
            wrong.push(FieldError::new("head_to", "not_an_email").with("given", address.as_str()));
        }
        if self.head_to.len() > MOST_RECEIVERS {
            wrong.push(FieldError::new("head_to", "too_many_receivers").with("max", MOST_RECEIVERS));
        }
        if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
    }
}

/// The day in Norway, as occasions are named.
#[must_use]
pub fn day(now: DateTime<Utc>) -> String {
    now.with_timezone(&chrono_tz::Europe::Oslo).format("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_counted_by_the_calendar_both_ways() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        let messages = SWEEPS.iter().find(|sweep| sweep.name == "messages").unwrap();
        let keeping = Keeping::default();
        assert_eq!(keeping.before(messages, at("2027-10-23T12:00:00Z")), at("2026-10-23T12:00:00Z"));
        assert_eq!(keeping.goes_at(messages, at("2024-02-29T12:00:00Z")), at("2025-02-28T12:00:00Z"));
        let mut wrong = Keeping { head_to: vec!["tull".into()], ..Keeping::default() };
        wrong.months.insert("traces".into(), 0);
        let codes: Vec<String> = wrong.check().unwrap_err().fields().iter().map(|f| f.code.clone()).collect();
        assert_eq!(codes, ["months_out_of_range", "not_an_email"]);
    }
}
