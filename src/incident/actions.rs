//! The verbs of a case. Each is one transaction: what changed, what follows from it, and its line in the timeline.

mod change;
mod end;
mod judge;
mod log;
mod own;
mod renew;
mod send;
mod settle;

use chrono::Duration;

pub use change::{change_facts, state_moment};
pub use end::{close, reopen};
pub use judge::{overrule_risk, overrule_severity};
pub use log::{Logged, Repeatable, log_incident};
pub use own::set_owner;
pub use renew::{current, renew_outdated};
pub use send::{Sending, can_cover, record_submission};
pub use settle::{assess_again, settle_duty};

use serde_json::Value;

use super::record;
use super::store::Head;
use crate::db::{Conn, Id, Instant};
use crate::error::{Error, FieldError};

/// How far a clock may be ahead of ours before a moment counts as in the future.
const AHEAD: Duration = Duration::minutes(5);

/// Writes a line of the timeline and of the audit chain that changes nothing in the case itself.
///
/// # Errors
/// When the database fails.
pub fn note(
    conn: &mut Conn,
    head: &Head,
    (kind, payload): (&str, Value),
    (by, at): (Option<Id>, Instant),
) -> Result<(), Error> {
    record::line(conn, head, (kind, payload), (by, at))
}

/// A text a person must give: not blank, not too long.
fn words(field: &str, text: &str, most: usize) -> Result<String, Error> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Error::field(field, "missing")),
        _ if text.contains('\0') => Err(Error::field(field, "unprintable")),
        given if given > most => {
            Err(Error::Invalid(vec![FieldError::new(field, "too_long").with("max", most).with("given", given)]))
        }
        _ => Ok(text.to_owned()),
    }
}
