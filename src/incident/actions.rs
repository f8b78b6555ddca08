//! The verbs of a case. Each is one transaction: what changed, what follows from it, and its line in the timeline.

mod bulk;
mod change;
mod end;
mod judge;
mod log;
mod own;
mod pass_on;
mod renew;
mod report;
mod restrict;
mod send;
mod settle;
mod tell;

use chrono::Duration;
use diesel::prelude::*;
use serde_json::Value;

pub use bulk::{MOST_PICKED, Picked, Together, each};
pub(crate) use change::change_facts_in;
pub use change::{change_facts, state_moment};
pub(crate) use end::close_in;
pub use end::{close, reopen};
pub(crate) use judge::overrule_risk_in;
pub use judge::{overrule_risk, overrule_severity};
pub(in crate::incident) use log::log_as;
pub(crate) use log::log_in;
pub use log::{Logged, Repeatable, log_incident};
pub use own::set_owner;
pub use pass_on::pass_on;
pub use renew::{current, renew_outdated};
pub use report::{INVOLVED, Reported, remark, report};
pub use restrict::{open_up, restrict};
pub(crate) use send::submit;
pub use send::{Sending, can_cover, record_submission};
pub(crate) use settle::settle_in;
pub use settle::{assess_again, settle_duty};
pub(crate) use tell::{tell, tell_beside, touch};

use crate::db::{Conn, Id, Instant};
use crate::error::{Error, FieldError};
use crate::incident::record;
use crate::incident::store::Head;
use crate::schema::incident;

/// How far a clock may be ahead of ours before a moment counts as in the future.
const AHEAD: Duration = Duration::minutes(5);

/// Writes a line into the timeline of a case, and into the audit chain: for what is done to a case by others than its
/// own verbs.
///
/// # Errors
/// When there is no such case.
pub fn note(conn: &mut Conn, seq: i64, line: (&str, Value), (by, at): (Option<Id>, Instant)) -> Result<(), Error> {
    let head: Head = incident::table.find(seq).select(Head::as_select()).first(conn)?;
    record::line(conn, &head, line, (by, at))
}

/// A text a person must give: not blank, not too long.
pub(crate) fn words(field: &str, text: &str, most: usize) -> Result<String, Error> {
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
