//! The audit chain for the auditor: search, export, check, and the signed head; as pages and for programs.

pub mod api;
pub mod export;
pub mod pages;
mod words;

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use chrono_tz::Europe::Oslo;
use serde::{Deserialize, Serialize};

use crate::account::right::Read;
use crate::account::{Officer, store as people};
use crate::audit::store::{Filter, Written};
use crate::db::{Conn, Id};
use crate::error::Error;
use crate::incident;
use crate::incident::drill::MARK;

/// How many entries a page shows.
pub const PAGE: i64 = 25;

/// What a search asks for, as the address has it; days are those of Norway.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// Whoever did it: the account.
    pub person: String,
    /// The stable word for what was done.
    pub what: String,
    /// What it was done to: a reference, an account or its e-mail, the name of a channel.
    pub subject: String,
    /// Words in the particulars.
    pub q: String,
    /// Where the last page ended.
    pub cursor: String,
}

impl Asked {
    /// The filter; whoever is named by an e-mail is looked up.
    ///
    /// # Errors
    /// What cannot be read, field by field.
    pub fn filter(&self, conn: &mut Conn) -> Result<Filter, Error> {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let day = |name: &str, text: &str, later: u64| -> Result<Option<DateTime<Utc>>, Error> {
            let Some(text) = some(text) else { return Ok(None) };
            let wrong = || Error::field(name, "not_a_day");
            let day: NaiveDate = text.parse().map_err(|_| wrong())?;
            let day =
                day.checked_add_days(Days::new(later)).and_then(|day| day.and_hms_opt(0, 0, 0)).ok_or_else(wrong)?;
            Ok(Some(Oslo.from_local_datetime(&day).earliest().ok_or_else(wrong)?.to_utc()))
        };
        let (from, until) = (day("from", &self.from, 0)?, day("until", &self.until, 1)?);
        let actor = some(&self.person).map(|id| Id::parse(&id).ok_or_else(|| Error::field("person", "missing")));
        let cursor = some(&self.cursor).map(|text| text.parse().map_err(|_| Error::field("cursor", "cursor_unknown")));
        let subject = match some(&self.subject) {
            Some(email) if email.contains('@') => {
                let account = people::by_email(conn, &email.to_lowercase())?;
                Some(account.map_or(email, |account| account.id.to_string()))
            }
            other => other,
        };
        Ok(Filter {
            from,
            until,
            actor: actor.transpose()?,
            what: some(&self.what),
            subject,
            words: some(&self.q).map(|words| words.replace('\0', "")),
            cursor: cursor.transpose()?,
            limit: PAGE,
            oldest_first: false,
        })
    }
}

/// Of which subjects this reader may see the particulars; of the others the act and the reference alone.
///
/// The chain is kept whole. This is the one place that decides what of it is shown: an incident that the reader may not
/// see keeps its facts to itself.
///
/// # Errors
/// When the database fails.
pub fn visible(conn: &mut Conn, by: &Officer, entries: &[Written]) -> Result<BTreeSet<String>, Error> {
    let subjects: BTreeSet<String> = entries.iter().map(|entry| entry.subject.clone()).collect();
    let (cases, mut shown): (BTreeSet<_>, BTreeSet<_>) =
        subjects.into_iter().partition(|subject| is_reference(subject));
    if by.may::<Read>() {
        shown.extend(incident::store::seen_of(conn, cases.into_iter().collect(), by.sight())?);
    }
    Ok(shown)
}

/// Whether a subject is the reference of an incident, a drill's too.
#[must_use]
pub fn is_reference(subject: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let subject = subject.strip_prefix(MARK).unwrap_or(subject);
    subject.split_once('-').is_some_and(|(year, number)| year.len() == 4 && digits(year) && digits(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drill_has_a_reference_like_any_incident_so_that_its_particulars_are_kept_alike() {
        assert!(is_reference("2026-0001") && is_reference("OV-2026-0001"));
        assert!(!is_reference("OV-") && !is_reference("settings") && !is_reference("XX-2026-0001"));
    }
}
