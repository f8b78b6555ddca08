//! Judging anew what time alone has changed: by nobody, and when somebody looks, so that the cost grows with what is due.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::json;

use crate::account::Sight;
use crate::db::{Conn, Db, Instant};
use crate::error::Error;
use crate::incident::CaseFile;
use crate::incident::record::{Act, Case, record};
use crate::incident::store::{self, Head};
use crate::schema::incident;

/// How many cases are judged in one transaction, so that nobody waits long behind them.
const TOGETHER: i64 = 16;
/// How many transactions one reader waits for; whoever reads next takes the rest.
const ROUNDS: usize = 16;

/// Judges the cases anew whose stored answer time alone has changed; to be done before a list is read.
pub async fn renew_outdated(db: &Db, now: DateTime<Utc>) -> Result<(), Error> {
    for _ in 0..ROUNDS {
        let due = db.read(move |conn| store::outdated(conn, now, TOGETHER)).await?;
        if due.is_empty() {
            return Ok(());
        }
        renew(db, due, now).await?;
    }
    tracing::warn!("More cases are outdated than one reader waits for; the next reader goes on");
    Ok(())
}

/// Finds a whole case by its id or its reference, assessed at `now`, its stored answer and timeline up to date.
pub async fn current(db: &Db, key: String, sight: Sight, now: DateTime<Utc>) -> Result<CaseFile, Error> {
    let wanted = key.clone();
    let case = db.read(move |conn| store::find(conn, &wanted, sight, now)).await?;
    if !case.head.is_outdated(now) {
        return Ok(case);
    }
    renew(db, vec![case.head.seq], now).await?;
    db.read(move |conn| store::find(conn, &key, sight, now)).await
}

async fn renew(db: &Db, due: Vec<i64>, now: DateTime<Utc>) -> Result<(), Error> {
    db.write(move |conn| {
        for &seq in &due {
            if let Err(why) = conn.transaction(|conn| renew_one(conn, seq, now)) {
                // Left as it is, it would stand first in the way of all others for ever.
                tracing::error!(seq, %why, "A case could not be judged anew; it stands as it was");
                diesel::update(incident::table.find(seq))
                    .set(incident::holds_until.eq(None::<Instant>))
                    .execute(conn)?;
            }
        }
        Ok(())
    })
    .await
}

fn renew_one(conn: &mut Conn, seq: i64, now: DateTime<Utc>) -> Result<(), Error> {
    let head: Head = incident::table.find(seq).select(Head::as_select()).first(conn)?;
    // Another reader may have been here first.
    if !head.is_outdated(now) {
        return Ok(());
    }
    let facts = store::facts_at(conn, seq, head.version)?;
    let held_until = head.holds_until.map(|until| Instant::from(head.here(until.utc())));
    let payload = json!({ "held_until": held_until });
    let case = Case { head, facts: facts.clone() };
    record(conn, case, facts, Act { kind: "assessment.renewed", payload, by: None, now }).map(drop)
}
