//! An open duty as an event of a calendar, in the words of whoever reads it; and whose calendar it belongs in.

use chrono::{DateTime, Duration, Utc};

use super::ical::Event;
use crate::db::{Conn, Id};
use crate::digest::sha256;
use crate::error::Error;
use crate::i18n::{self, Lang};
use crate::incident::pages::{anchor, words};
use crate::reminder::Ladders;
use crate::reminder::receivers::{Receivers, widest};
use crate::reminder::store::Open;

/// The period of a deadline that is told a day and an hour before; a shorter one is told some minutes before.
const LONG: Duration = Duration::hours(4);

/// The event of a duty; none where it has no deadline and no target.
pub(super) fn event(
    lang: Lang,
    (duty, changed): (&Open, DateTime<Utc>),
    (base, rings): (&str, bool),
    now: DateTime<Utc>,
) -> Option<Event> {
    let at = duty.next_at?.utc();
    let over = at < now;
    // That it is overdue now is a change, too.
    let modified = if over { changed.max(at) } else { changed };
    let whom = Some(duty.for_whom.as_str()).filter(|name| !name.is_empty());
    let url = format!("{base}/incidents/{}#{}", duty.reference, anchor(&duty.duty_id, whom));
    Some(Event {
        uid: uid(duty, whom),
        // Seconds since it arose: they only grow, and nobody has to count.
        sequence: (modified - duty.opened_at.utc()).num_seconds().max(0),
        modified,
        at,
        summary: summary(lang, duty, whom, over),
        description: description(lang, duty, at, &url),
        url,
        tentative: duty.is_undetermined(),
        alarms: if rings && !over { alarms(duty, at) } else { Vec::new() },
    })
}

/// The same for as long as the incident has this duty towards this receiver, whatever becomes of the deadline.
fn uid(duty: &Open, whom: Option<&str>) -> String {
    let of =
        whom.map_or_else(String::new, |name| format!("-{}", sha256(name.as_bytes()).get(..16).unwrap_or_default()));
    format!("{}-{}{of}@varsel", duty.incident_id, duty.duty_id)
}

fn summary(lang: Lang, duty: &Open, whom: Option<&str>, over: bool) -> String {
    let title = words::duty(lang, &duty.duty_id);
    let title = whom.map_or(title.clone(), |name| format!("{title}: {name}"));
    let state = if duty.is_undetermined() { "undetermined" } else { "required" };
    let kind = if duty.is_target() { "target" } else { "due" };
    let key = format!("calendar-{state}-{}{kind}", if over { "over-" } else { "" });
    i18n::text_with(lang, &key, &[("duty", title.into()), ("reference", duty.reference.clone().into())])
}

fn description(lang: Lang, duty: &Open, at: DateTime<Utc>, url: &str) -> String {
    let kind = if duty.is_target() { "calendar-says-target" } else { "calendar-says-due" };
    let mut lines = vec![match duty.restricted_at {
        // A calendar may lie with somebody else: what a restricted incident is about stays here.
        Some(_) => i18n::text(lang, "calendar-says-restricted"),
        None => duty.title.clone(),
    }];
    lines.push(i18n::text_with(lang, kind, &[("when", i18n::instant(lang, at).into())]));
    if duty.is_undetermined() {
        lines.push(i18n::text(lang, "calendar-says-undetermined"));
    }
    lines.push(i18n::text_with(lang, "calendar-says-basis", &[("basis", words::cite(lang, &duty.basis).into())]));
    lines.push(url.to_owned());
    lines.join("\n")
}

fn alarms(duty: &Open, at: DateTime<Utc>) -> Vec<u32> {
    let starts = duty.starts_at.unwrap_or(duty.opened_at).utc();
    if at - starts > LONG { vec![24 * 60, 60] } else { vec![10] }
}

/// Whose duties somebody is reminded of; what was looked up once is kept.
pub(super) struct Mine {
    who: Id,
    ladders: Ladders,
    receivers: Receivers,
}

impl Mine {
    /// For somebody, by the ladders that hold.
    pub(super) fn of(who: Id, ladders: Ladders) -> Self {
        Self { who, ladders, receivers: Receivers::default() }
    }

    /// Whether somebody owns the incident of a duty, or is reached by the reminders of it.
    pub(super) fn holds(&mut self, conn: &mut Conn, duty: &Open) -> Result<bool, Error> {
        if duty.owner.unwrap_or(duty.opened_by) == self.who {
            return Ok(true);
        }
        let circle = widest(duty, &self.ladders);
        let all = self.receivers.of(conn, duty, (circle, false))?;
        Ok(all.iter().any(|receiver| receiver.who == Some(self.who) && receiver.may_read))
    }
}
