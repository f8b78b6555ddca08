//! The summary of the week for management: on Monday at eight in Norway, or as soon after as the program runs.

use std::sync::Arc;

use chrono::{DateTime, Datelike, Duration, NaiveDate, TimeZone, Utc, Weekday};
use chrono_tz::Europe::Oslo;
use diesel::prelude::*;
use serde_json::json;

use super::say::{Book, anchor, way};
use crate::account::Sight;
use crate::db::{Conn, Db, Instant};
use crate::error::Error;
use crate::incident::store::open_by_severity;
use crate::outbox::Draft;
use crate::outbox::store::{self as outbox, trouble};
use crate::reminder::receivers::management;
use crate::reminder::store::{self, Open};
use crate::reminder::{Coming, GivenUp, Open as OpenOnes, Sent, Week, summary};
use crate::schema::occasion;

const NAME: &str = "weekly-summary";
/// The hour of Monday morning, in Norway.
const HOUR: u32 = 8;
/// How long each list of a summary is at most.
const MOST: i64 = 50;

/// The Monday morning that has last been, and the name of its week.
fn last_monday(now: DateTime<Utc>) -> Option<(DateTime<Utc>, String)> {
    let local = now.with_timezone(&Oslo);
    let at = |day: NaiveDate| Oslo.from_local_datetime(&day.and_hms_opt(HOUR, 0, 0)?).earliest();
    let monday = local.date_naive() - Duration::days(i64::from(local.weekday().num_days_from_monday()));
    let begins = at(monday).filter(|begins| *begins <= local).or_else(|| at(monday - Duration::days(7)))?;
    let week = begins.date_naive().iso_week();
    debug_assert_eq!(begins.weekday(), Weekday::Mon);
    Some((begins.to_utc(), format!("{}-W{:02}", week.year(), week.week())))
}

/// Writes the summary of the week to management unless that was done; answers how many messages it wrote.
pub(super) async fn summarise(db: &Db, book: &Arc<Book>, now: DateTime<Utc>) -> Result<usize, Error> {
    let Some((begins, week)) = last_monday(now) else { return Ok(0) };
    let asked = week.clone();
    let owed =
        db.read(move |conn| Ok(!store::was_done(conn, NAME, &asked)? && store::in_use_before(conn, begins)?)).await?;
    if !owed {
        return Ok(0);
    }
    let book = book.clone();
    db.write(move |conn| write(conn, &week, &book, now)).await
}

fn write(conn: &mut Conn, week: &str, book: &Book, now: DateTime<Utc>) -> Result<usize, Error> {
    if store::was_done(conn, NAME, week)? {
        return Ok(0);
    }
    let mut written = 0;
    for receiver in management(conn)?.into_iter().filter(|receiver| !receiver.is_short) {
        // Each is told of what they may see; a channel of what everybody may.
        let sight = receiver.who.map_or(Sight::unrestricted(), Sight::of);
        let figures = gather(conn, sight, book, now)?;
        match summary(&book.mails, receiver.lang, now, &figures) {
            Ok(said) => {
                let draft = Draft {
                    key: format!("summary-{week}-{}", way(&receiver.to)),
                    kind: "summary".into(),
                    to: receiver.to,
                    lang: receiver.lang,
                    subject: said.subject,
                    text: said.text,
                    link: Some(figures.link.clone()),
                    data: json!({ "week": week }),
                    urgent: false,
                    incident_seq: None,
                };
                written += usize::from(outbox::put(conn, &draft, now)?);
            }
            Err(why) => {
                tracing::error!(%why, "The summary of the week could not be written");
                trouble::raise(conn, "mail-template", &why.to_string(), now)?;
            }
        }
    }
    let row = (occasion::name.eq(NAME), occasion::period.eq(week), occasion::at.eq(Instant::from(now)));
    diesel::insert_into(occasion::table).values(row).execute(conn)?;
    Ok(written)
}

fn gather(conn: &mut Conn, sight: Sight, book: &Book, now: DateTime<Utc>) -> Result<Week, Error> {
    let whom = |name: String| Some(name).filter(|name| !name.is_empty());
    let coming = |duty: Open| {
        let undetermined = duty.is_undetermined();
        Some(Coming {
            undetermined,
            deadline: duty.next_at?.utc(),
            is_target: duty.is_target(),
            link: format!("{}/incidents/{}#{}", book.base, duty.reference, anchor(&duty)),
            for_whom: whom(duty.for_whom),
            reference: duty.reference,
            title: duty.title,
            duty_id: duty.duty_id,
        })
    };
    let open = open_by_severity(conn, sight)?.into_iter();
    let open = open.map(|(severity, n)| OpenOnes { severity, incidents: u32::try_from(n).unwrap_or(u32::MAX) });
    let sent = store::sent_since(conn, sight, now - Duration::days(7), MOST)?.into_iter();
    let sent = sent.map(|(reference, duty_id, for_whom, sent_at, due_at, next_at)| Sent {
        reference,
        duty_id,
        for_whom: whom(for_whom),
        sent_at: sent_at.utc(),
        deadline: due_at.or(next_at).map(Instant::utc),
        is_target: due_at.is_none(),
    });
    let given_up = store::given_up(conn, sight, MOST)?.into_iter();
    let given_up = given_up.filter_map(|(subject, to, at)| Some(GivenUp { subject, to, at: at?.utc() }));
    let (given_up, sent, open) = (given_up.collect(), sent.collect(), open.collect());
    let week_on = now + Duration::days(7);
    Ok(Week {
        open,
        overdue: store::ending(conn, sight, (None, now), MOST)?.into_iter().filter_map(coming).collect(),
        coming: store::ending(conn, sight, (Some(now), week_on), MOST)?.into_iter().filter_map(coming).collect(),
        sent,
        given_up,
        link: format!("{}/", book.base),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_begins_on_monday_at_eight_in_norway() {
        for (now, begins, week) in [
            ("2026-11-23T06:59:59Z", "2026-11-16T07:00:00Z", "2026-W47"),
            ("2026-11-23T07:00:00Z", "2026-11-23T07:00:00Z", "2026-W48"),
            ("2026-11-29T23:30:00Z", "2026-11-23T07:00:00Z", "2026-W48"),
            ("2026-07-06T06:00:00Z", "2026-07-06T06:00:00Z", "2026-W28"),
            ("2027-01-02T12:00:00Z", "2026-12-28T07:00:00Z", "2026-W53"),
        ] {
            let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
            assert_eq!(last_monday(at(now)), Some((at(begins), week.to_owned())), "{now}");
        }
    }
}
