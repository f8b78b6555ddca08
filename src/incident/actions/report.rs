//! Reporting: anybody tells what happened in their own words; a case is made of it as of any other.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::log::{Logged, Repeatable, log_in, once};
use super::{AHEAD, words};
use crate::account::Desk;
use crate::account::right::Work;
use crate::db::{Db, Id, Instant};
use crate::error::{Error, FieldError};
use crate::incident::letter::{self, Letter};
use crate::incident::record::{self, save_head};
use crate::incident::refuse;
use crate::incident::store::{self, People};
use crate::law::Facts;

/// What somebody reports.
#[derive(Clone, Debug)]
pub struct Reported {
    /// What happened, in the person's own words.
    pub what: String,
    /// When it was noticed.
    pub noticed_at: DateTime<Utc>,
    /// The service or the system.
    pub system: Option<String>,
    /// Whether personal data may be involved: `yes`, `no` or `unknown`.
    pub personal_data: String,
    /// Where to reach the person.
    pub contact: Option<String>,
}

/// The words for [`Reported::personal_data`].
pub const INVOLVED: [&str; 3] = ["yes", "no", "unknown"];
/// How long the title is that is made of a report.
const TITLE: usize = 100;

/// Reports something: the case, what follows from it, and the report beside it.
///
/// What a reporter thinks of personal data is no fact yet: whether it is a breach is for those who work on it to say.
///
/// A repetition with the same key makes no second case; it is answered with the reference of the first.
pub async fn report(
    db: &Db,
    by: Id,
    reported: Reported,
    again: Option<Repeatable>,
    now: DateTime<Utc>,
) -> Result<Logged, Error> {
    let reported = check(reported, now)?;
    let facts = facts(&reported, now)?;
    db.write(move |conn| {
        once(conn, by, again.as_ref(), now, |conn| {
            let head = log_in(conn, by, facts.clone(), now)?;
            store::insert_report(conn, &head, &reported, (by, now))?;
            let reference = head.reference.clone();
            Ok((head, reference))
        })
    })
    .await
}

/// Checks everything, so that all that is wrong is told at once.
fn check(reported: Reported, now: DateTime<Utc>) -> Result<Reported, Error> {
    let mut wrong = Vec::new();
    let mut given = |name: &str, text: &str, most: usize| {
        words(name, text, most).unwrap_or_else(|why| {
            wrong.extend_from_slice(why.fields());
            String::new()
        })
    };
    let what = given("what", &reported.what, 10_000);
    let mut some = |name: &str, text: Option<&String>| {
        text.filter(|text| !text.trim().is_empty()).map(|text| given(name, text, 200))
    };
    let (system, contact) = (some("system", reported.system.as_ref()), some("contact", reported.contact.as_ref()));
    if reported.noticed_at > now + AHEAD {
        wrong.push(FieldError::new("noticed_at", "in_future"));
    }
    if !INVOLVED.contains(&reported.personal_data.as_str()) {
        let fault = FieldError::new("personal_data", "wrong_choice").with("given", reported.personal_data.clone());
        wrong.push(fault.with("choices", INVOLVED.to_vec()));
    }
    if wrong.is_empty() { Ok(Reported { what, system, contact, ..reported }) } else { Err(Error::Invalid(wrong)) }
}

/// The facts of a report: what happened, when the first sign was seen, and that we know of it from now on.
fn facts(reported: &Reported, now: DateTime<Utc>) -> Result<Facts, Error> {
    let first = reported.what.lines().next().unwrap_or_default().trim();
    let title = if first.chars().count() > TITLE {
        format!("{}…", first.chars().take(TITLE).collect::<String>().trim_end())
    } else {
        first.to_owned()
    };
    let description = match &reported.system {
        Some(system) => format!("{}\n\n({system})", reported.what),
        None => reported.what.clone(),
    };
    let noticed = Instant::from(reported.noticed_at);
    let times = json!({ "detected_at": noticed, "known_at": Instant::from(reported.noticed_at.max(now)) });
    let facts = Facts::from_json(&json!({ "title": title, "description": description, "timeline": times }));
    facts.map_err(|why| at_the_field(refuse(why)))
}

/// A fault of a fact is a fault of the field it was typed in.
fn at_the_field(why: Error) -> Error {
    let Error::Invalid(fields) = why else { return why };
    let named = |field: FieldError| {
        let path = if field.path.starts_with("timeline.") { "noticed_at" } else { "what" };
        FieldError { path: path.into(), ..field }
    };
    Error::Invalid(fields.into_iter().map(named).collect())
}

/// Adds to what one reported oneself, and tells whoever sees to the case, or where nobody does everybody who may.
pub async fn remark(
    db: &Db,
    desk: Arc<Desk>,
    by: Id,
    (key, text): (String, String),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let text = words("words", &text, 4_000)?;
    db.write(move |conn| {
        let mut head = store::own_report(conn, by, &key)?.0;
        store::insert_remark(conn, head.seq, &text, now)?;
        head.updated_at = store::next_update(conn, now)?;
        save_head(conn, &head)?;
        record::line(conn, &head, ("report.remarked", json!({ "reason": text })), (Some(by), Instant::from(now)))?;
        let (people, readers) = (People::all(conn)?, store::readers(conn, head.seq)?);
        let owner = people.owner(&head);
        let may_work = people.among::<Work>(&readers, &head);
        let told = may_work.iter().map(|(id, _)| *id).filter(|id| !owner.sees_to_it || *id == owner.id);
        for to in told.filter(|id| *id != by) {
            let letter = Letter {
                kind: "remark",
                key: format!("remark-{}", Id::new()),
                to,
                head: &head,
                place: "#report".into(),
                more: json!({ "by": people.name(by) }),
            };
            letter::put(conn, desk.pen(), letter, now)?;
        }
        Ok(())
    })
    .await
}
