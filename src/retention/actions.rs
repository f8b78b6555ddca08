//! What is done about retention: choose how long, hold an incident back, and the daily removal.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Keeping, SWEEPS, Sweep, Turn, day, store};
use crate::account::Sight;
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Id, Instant};
use crate::error::{Error, FieldError};
use crate::incident::actions::note;
use crate::incident::store::head;

/// How many rows go in one transaction: others who wait to write get their turn in between.
const TOGETHER: i64 = 200;
const DAILY: &str = "retention";
const LONGEST_REASON: usize = 4_000;

/// Saves what was chosen; `seen` is the version last seen.
///
/// # Errors
/// What is wrong with it, or that somebody else saved since.
pub async fn save(db: &Db, by: Id, seen: i32, new: Keeping, now: DateTime<Utc>) -> Result<(), Error> {
    new.check()?;
    db.write(move |conn| {
        let (version, stands) = store::keeping(conn)?;
        if seen != version {
            return Err(Error::Stale { current: version, changes: Value::Array(Vec::new()) });
        }
        if new == stands {
            return Ok(());
        }
        store::insert_keeping(conn, version + 1, &new, (by, now.into()))?;
        audit::change(conn, Some(by), ("retention.saved", "retention"), (told(&stands), told(&new)), now.into())
    })
    .await
}

/// What holds, as the audit chain tells of it: every kind with its months.
fn told(keeping: &Keeping) -> Value {
    let mut all: Value = SWEEPS.iter().map(|sweep| (sweep.name.to_owned(), json!(keeping.months_of(sweep)))).collect();
    all["head_to"] = json!(keeping.head_to);
    all["head_channels"] = json!(keeping.head_channels);
    all
}

/// Holds an incident back: nothing of it goes until somebody releases it. Or releases it.
///
/// # Errors
/// When there is no such incident, no reason, or nothing to change.
pub async fn hold(db: &Db, by: Id, key: String, reason: String, hold: bool, now: DateTime<Utc>) -> Result<(), Error> {
    let reason = reason.trim().to_owned();
    let length = reason.chars().count();
    if reason.is_empty() {
        return Err(Error::field("reason", "missing"));
    }
    if length > LONGEST_REASON {
        let fault = FieldError::new("reason", "too_long").with("max", LONGEST_REASON);
        return Err(Error::Invalid(vec![fault.with("given", length)]));
    }
    db.write(move |conn| {
        let head = head(conn, &key, Sight::of(by)).map_err(|why| match why {
            Error::NotFound => Error::field("reference", "incident_unknown"),
            other => other,
        })?;
        if store::is_held(conn, head.seq)? == hold {
            return Err(Error::conflict(if hold { "held-already" } else { "not-held" }));
        }
        let (what, kind) = if hold { ("held", "retention.held") } else { ("released", "retention.released") };
        store::insert_hold(conn, head.seq, (what, &reason), (by, now.into()))?;
        note(conn, head.seq, (kind, json!({ "reason": reason })), (Some(by), now.into()))
    })
    .await
}

/// Removes what is due, once a day, and answers how many rows went.
///
/// Each batch is a transaction of its own with its entry and its lines, and looks anew at what is due: two that run at
/// once, a day that is missed, and a program that dies half-way do no harm.
///
/// # Errors
/// When the database fails; the next round goes on.
pub async fn sweep(db: &Db, now: DateTime<Utc>) -> Result<i64, Error> {
    let today = day(now);
    let asked = today.clone();
    if db.read(move |conn| store::was_done(conn, DAILY, &asked)).await? {
        return Ok(0);
    }
    let mut all = 0;
    for sweep in SWEEPS {
        loop {
            match db.write(move |conn| batch(conn, sweep, now)).await? {
                0 => break,
                rows => all += rows,
            }
        }
    }
    db.write(move |conn| store::mark_done(conn, DAILY, &today, now.into())).await?;
    Ok(all)
}

fn batch(conn: &mut Conn, sweep: &Sweep, now: DateTime<Utc>) -> Result<i64, Error> {
    let (_, keeping) = store::keeping(conn)?;
    let (at, months) = (Instant::from(now), keeping.months_of(sweep));
    let removed = (sweep.remove)(conn, Turn { before: keeping.before(sweep, now).into(), at }, TOGETHER)?;
    for (incident_seq, rows) in &removed {
        let told = json!({ "removed": { sweep.name: rows }, "months": months });
        match incident_seq {
            Some(seq) => note(conn, *seq, ("retention.removed", told), (None, at))?,
            None => {
                let (actor, what) = (None, "retention.removed");
                audit::append(conn, &Entry { actor, address: "", what, subject: sweep.name, detail: told }, at)?;
            }
        }
    }
    Ok(removed.iter().map(|(_, rows)| rows).sum())
}
