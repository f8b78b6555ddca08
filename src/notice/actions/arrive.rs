//! What the outbox delivered is recorded on its duty, once, with what the other side answered.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use super::send::receipt;
use crate::db::{Conn, Db, Id, Instant};
use crate::error::Error;
use crate::incident::actions::{Sending, submit};
use crate::notice::Stage;
use crate::schema::{incident, message, notice_receipt, notice_sending, notice_version};

/// How many are recorded in one transaction.
const TOGETHER: i64 = 16;

/// What waits for its receipt.
#[derive(Queryable)]
struct Waiting {
    seq: i64,
    reference: String,
    duty: String,
    for_whom: String,
    notice_seq: Option<i64>,
    complete: bool,
    content: String,
    key: Option<String>,
    by: Id,
}

/// Records what has arrived since; answers how many. It looks at what is left, so it may run at any time and as often as
/// one likes.
///
/// # Errors
/// When the database fails; the next round makes up for it.
pub async fn record_arrivals(db: &Db, now: DateTime<Utc>) -> Result<usize, Error> {
    if db.read(arrived).await?.is_empty() {
        return Ok(0);
    }
    db.write(move |conn| {
        let all = arrived(conn)?;
        for (waiting, reply, at) in &all {
            record(conn, waiting, (reply, *at), now)?;
        }
        Ok(all.len())
    })
    .await
}

fn arrived(conn: &mut Conn) -> Result<Vec<(Waiting, String, Instant)>, Error> {
    use notice_sending as s;
    let columns = (
        (s::seq, incident::reference, s::duty_id, s::for_whom),
        (s::notice_seq, s::complete, s::content, s::message_key, s::by_account),
    );
    type Row = ((i64, String, String, String), (Option<i64>, bool, String, Option<String>, Id));
    let rows: Vec<Row> = s::table
        .inner_join(incident::table)
        .left_join(notice_receipt::table)
        .filter(notice_receipt::seq.nullable().is_null())
        .filter(s::message_key.is_not_null())
        .order(s::seq)
        .select(columns)
        .load(conn)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<String> = rows.iter().filter_map(|row| row.1.3.clone()).collect();
    let sent = message::table.filter(message::key.eq_any(keys)).filter(message::state.eq("sent"));
    type Told = (String, Option<String>, Option<Instant>);
    let told: Vec<Told> =
        sent.select((message::key, message::last_reply, message::settled_at)).limit(TOGETHER).load(conn)?;
    let mut all = Vec::new();
    for ((seq, reference, duty, for_whom), (notice_seq, complete, content, key, by)) in rows {
        let waiting = Waiting { seq, reference, duty, for_whom, notice_seq, complete, content, key, by };
        let found = told.iter().find(|(key, ..)| Some(key) == waiting.key.as_ref()).cloned();
        if let Some((_, reply, Some(at))) = found {
            all.push((waiting, reply.unwrap_or_default(), at));
        }
    }
    Ok(all)
}

fn record(conn: &mut Conn, waiting: &Waiting, (reply, at): (&str, Instant), now: DateTime<Utc>) -> Result<(), Error> {
    let content: Value = serde_json::from_str(&waiting.content).unwrap_or_default();
    let covers: Vec<String> =
        content["covers"].as_array().into_iter().flatten().filter_map(|id| id.as_str().map(str::to_owned)).collect();
    let stage: Option<String> = match waiting.notice_seq {
        Some(seq) => notice_version::table.find(seq).select(notice_version::stage).first(conn).optional()?,
        None => None,
    };
    let sending = Sending {
        duty: waiting.duty.clone(),
        for_whom: Some(waiting.for_whom.clone()).filter(|name| !name.is_empty()),
        sent_at: at,
        channel: Some("email".to_owned()),
        reference: Some(reply.chars().take(200).collect::<String>()).filter(|reply| !reply.is_empty()),
        complete: waiting.complete,
        stage: stage.or_else(|| Some(Stage::default().word().to_owned())),
    };
    let mut tried =
        conn.transaction(|conn| submit(conn, waiting.by, (&waiting.reference, None), (&sending, &covers), now));
    if matches!(tried, Err(Error::Invalid(_))) && !covers.is_empty() {
        // What the same message was to answer besides may have been settled since.
        tried = conn.transaction(|conn| submit(conn, waiting.by, (&waiting.reference, None), (&sending, &[]), now));
    }
    let recorded = match tried {
        Ok(_) => true,
        // A case that was closed meanwhile, or a duty that is no longer there: it arrived all the same.
        Err(why @ (Error::Conflict { .. } | Error::Invalid(_) | Error::NotFound)) => {
            tracing::warn!(%why, sending = waiting.seq, "What arrived could not be recorded on its duty");
            false
        }
        Err(why) => return Err(why),
    };
    receipt(conn, waiting.seq, (reply, recorded), at)
}
