//! Answers to reminders, and the company's own ladders.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use serde_json::{Value, json};

use super::say::{look_again, watched};
use crate::account::Sight;
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Id, Instant, Json};
use crate::error::{Error, FieldError};
use crate::incident::store::head;
use crate::reminder::store::{self, Taken};
use crate::reminder::{Fired, Ladders, longest_snooze, next};
use crate::schema::{duty, ladders_version, reminder_answer};

/// What somebody answers to the step that was last taken for a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Seen: the step is silent, the next one comes.
    Acknowledge,
    /// Remind me again then; never beyond the next step.
    Snooze(DateTime<Utc>),
}

/// Takes an answer to the last step of a duty; the duty itself stays as it is. `said` is how many steps had been said
/// when the answer was chosen: whoever answers one does not thereby answer the next, which nobody has seen.
///
/// # Errors
/// When there is no such duty, no step has been taken yet, another was taken since, or the snooze is in the past or beyond the next step.
pub async fn answer(
    db: &Db,
    by: Id,
    (key, duty_seq): (String, i64),
    (reply, said): (Reply, Option<usize>),
    real: DateTime<Utc>,
) -> Result<(), Error> {
    db.write(move |conn| {
        let case = head(conn, &key, Sight::of(by))?;
        let now = case.here(real);
        let open = store::duty_by_seq(conn, duty_seq)?;
        if open.incident_seq != case.seq {
            return Err(Error::NotFound);
        }
        if !open.is_open() {
            return Err(Error::conflict("duty-not-open"));
        }
        let (taken, answers) = (store::taken(conn, duty_seq)?, store::answers(conn, duty_seq)?);
        if said.is_some_and(|said| said != taken.len()) {
            return Err(Error::conflict("reminded-since"));
        }
        let armed = open.armed();
        let fired: Vec<Fired> = taken.iter().filter(|t| t.armed_at == armed).filter_map(Taken::fired).collect();
        let Some(last) = fired.last() else { return Err(Error::conflict("nothing-to-answer")) };
        let mut all: Vec<_> = answers.iter().filter(|a| a.armed_at == armed).filter_map(|a| a.answer()).collect();
        let (_, ladders) = store::ladders(conn)?;
        let until = match reply {
            Reply::Acknowledge => None,
            Reply::Snooze(until) => {
                let latest = longest_snooze(now, &watched(&open, &fired, &all), &ladders);
                if until <= now || until > latest {
                    let fault = FieldError::new("until", "snooze_out_of_range");
                    return Err(Error::Invalid(vec![fault.with("latest", Instant::from(latest).to_string())]));
                }
                Some(until)
            }
        };
        use reminder_answer as a;
        let row = (a::duty_seq.eq(duty_seq), a::armed_at.eq(armed), a::step.eq(last.step.to_string()));
        let row =
            (row, a::snoozed_until.eq(until.map(Instant::from)), a::by_account.eq(by), a::at.eq(Instant::from(now)));
        diesel::insert_into(a::table).values(row).execute(conn)?;
        let what = if until.is_some() { "reminder.snoozed" } else { "reminder.seen" };
        let after = json!({
            "duty": open.duty_id, "for": open.for_whom, "step": last.step.to_string(),
            "until": until.map(Instant::from),
        });
        audit::change(conn, Some(by), (what, &case.reference), (json!({}), after), real.into())?;
        all.extend(store::answers(conn, duty_seq)?.last().and_then(|last| last.answer()));
        look_again(conn, &open, next(now, &watched(&open, &fired, &all), &ladders))
    })
    .await
}

/// Saves ladders laid over those that stand; every open duty is looked at anew. `seen` is the version last seen.
///
/// # Errors
/// What is wrong with them, field by field, or that somebody else saved others since.
pub async fn save_ladders(db: &Db, by: Id, seen: i32, given: Value, now: DateTime<Utc>) -> Result<(), Error> {
    db.write(move |conn| {
        let (version, stands) = store::ladders(conn)?;
        if seen != version {
            let changes = store::ladders_at(conn, seen)?.map(|was| was.changes(&stands)).unwrap_or_default();
            return Err(Error::Stale { current: version, changes: Value::Array(changes) });
        }
        let new = stands.with(&given).map_err(Error::Invalid)?;
        if new == stands {
            return Ok(());
        }
        write_ladders(conn, (version + 1, &new), by, now)?;
        let detail = json!({ "version": version + 1, "changes": stands.changes(&new) });
        let entry = Entry { actor: Some(by), address: "", what: "ladders.saved", subject: "ladders", detail };
        audit::append(conn, &entry, now.into())
    })
    .await
}

fn write_ladders(conn: &mut Conn, (version, new): (i32, &Ladders), by: Id, now: DateTime<Utc>) -> Result<(), Error> {
    use ladders_version as l;
    let at = Instant::from(now);
    let kept = Json(serde_json::to_value(new).map_err(Error::internal)?);
    let row = (l::version.eq(version), l::ladders.eq(kept), l::by_account.eq(by), l::at.eq(at));
    diesel::insert_into(l::table).values(row).execute(conn)?;
    let open = duty::table.filter(duty::remind_at.gt(Instant::from(now - Duration::days(36_500))));
    diesel::update(open).set(duty::remind_at.eq(at)).execute(conn)?;
    Ok(())
}
