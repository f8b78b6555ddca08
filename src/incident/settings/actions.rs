//! The verb of the settings: save them, and judge anew every open case that they judge otherwise.

use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::{Value, json};

use super::{Settings, Version};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Id, Instant};
use crate::error::Error;
use crate::incident::record::{Act, Case, record};
use crate::incident::store::{self, is_open};
use crate::origin::Origin;
use crate::schema::{incident, settings_version};

/// How many cases are judged in one transaction: others who wait to write get their turn in between.
const TOGETHER: i64 = 20;
/// How long a caller waits for the open cases; those that are left are judged all the same.
const PATIENCE: Duration = Duration::from_secs(3);

/// Saves settings laid over those that stand; `seen` is the version the caller last saw.
///
/// Nothing that differs writes nothing. Where a switch or a number of severity changed, the open cases are judged anew.
pub async fn save(db: &Db, by: Id, seen: i32, given: Value, now: DateTime<Utc>) -> Result<(), Error> {
    let judging = db.write(move |conn| write(conn, by, seen, &given, now)).await?;
    if judging {
        let (db, patience) = (db.clone(), PATIENCE);
        // A caller who goes away, or whose patience ends, stops nothing.
        let judging = async move { judge_open(&db, now).await };
        let judged = tokio::spawn(Origin::current().carry(judging));
        if let Ok(Ok(Err(why))) = tokio::time::timeout(patience, judged).await {
            tracing::error!(%why, "Open cases could not be judged by the new settings");
        }
    }
    Ok(())
}

/// Writes them in the caller's transaction; answers whether open cases must be judged anew.
pub(crate) fn write(conn: &mut Conn, by: Id, seen: i32, given: &Value, now: DateTime<Utc>) -> Result<bool, Error> {
    let latest = Version::latest(conn)?;
    let current = latest.as_ref().map_or(0, |latest| latest.version);
    let stands = Settings::load(conn)?;
    if seen != current {
        let then = super::at(conn, seen)?;
        let changes = then.changes(&stands).into_iter().map(|(_, change)| change).collect();
        return Err(Error::Stale { current, changes });
    }
    let new = stands.with(given)?;
    let changes = stands.changes(&new);
    if changes.is_empty() && latest.is_some() {
        return Ok(false);
    }
    let judging = changes.iter().any(|(field, _)| field.judges());
    use settings_version as s;
    let row = (s::version.eq(current + 1), s::company.eq(store::json(&new.company)?));
    let row =
        (row, s::organisation.eq(store::json(&new.organisation)?), s::thresholds.eq(store::json(&new.thresholds)?));
    let judged = if judging { current + 1 } else { latest.map_or(0, |latest| latest.judging) };
    diesel::insert_into(s::table)
        .values((row, s::judging.eq(judged), s::by_account.eq(by), s::at.eq(Instant::from(now))))
        .execute(conn)?;
    let changes: Vec<Value> = changes.into_iter().map(|(_, change)| change).collect();
    let detail = json!({ "version": current + 1, "changes": changes });
    let entry = Entry { actor: Some(by), address: "", what: "settings.saved", subject: "settings", detail };
    audit::append(conn, &entry, now.into())?;
    Ok(judging)
}

/// Judges anew every open case that was last judged by other settings, some at a time; answers how many.
///
/// It looks at what is left, so it may be run at any time and as often as one likes: after saving, and when the app starts.
pub async fn judge_open(db: &Db, now: DateTime<Utc>) -> Result<usize, Error> {
    let mut judged = 0;
    loop {
        match db.write(move |conn| judge_some(conn, now)).await? {
            0 => return Ok(judged),
            some => judged += some,
        }
    }
}

fn judge_some(conn: &mut Conn, now: DateTime<Utc>) -> Result<usize, Error> {
    let judging = super::judging(conn)?;
    let left: Vec<i64> = incident::table
        .filter(is_open())
        .filter(incident::judged_under.lt(judging))
        .order((incident::judged_under, incident::seq))
        .limit(TOGETHER)
        .select(incident::seq)
        .load(conn)?;
    for seq in &left {
        // A case that cannot be judged must not keep the others from it.
        if let Err(why) = conn.transaction(|conn| judge(conn, *seq, judging, now)) {
            tracing::error!(%why, seq, "A case could not be judged by the new settings");
            diesel::update(incident::table.find(seq)).set(incident::judged_under.eq(judging)).execute(conn)?;
        }
    }
    Ok(left.len())
}

fn judge(conn: &mut Conn, seq: i64, judging: i32, now: DateTime<Utc>) -> Result<(), Error> {
    let head: store::Head = incident::table.find(seq).select(store::Head::as_select()).first(conn)?;
    let facts = store::facts_at(conn, seq, head.version)?;
    let (then, stands) = (super::at(conn, head.judged_under)?, super::at(conn, judging)?);
    let changes = then.changes(&stands).into_iter().filter(|(field, _)| field.judges()).map(|(_, change)| change);
    let payload = json!({ "settings": judging, "changes": changes.collect::<Vec<_>>() });
    let by = settings_version::table.find(judging).select(settings_version::by_account).first(conn)?;
    record(
        conn,
        Case { head, facts: facts.clone() },
        facts,
        Act { kind: "settings.changed", payload, by: Some(by), now },
    )?;
    Ok(())
}
