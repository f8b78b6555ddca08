//! Passing on what nobody is left to work on: a restricted case whose readers have left, or lost the role for it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::json;

use super::restrict::save;
use crate::db::{Conn, Db, Id};
use crate::error::Error;
use crate::incident::store::{self, Head, People};
use crate::schema::incident;

/// Lets those who come next see the restricted cases that nobody is left to work on, and answers how many there were.
///
/// Somebody may have to be let go at once, so nothing stands in the way of that; nobody is told of such a case but who
/// then has to see to it.
///
/// # Errors
/// When the database fails; nothing is passed on by halves.
pub async fn pass_on(db: &Db, now: DateTime<Utc>) -> Result<usize, Error> {
    let left = db.read(store::left_alone).await?;
    if left.is_empty() {
        return Ok(0);
    }
    db.write(move |conn| {
        let people = People::all(conn)?;
        let next = people.successors();
        if next.is_empty() {
            tracing::error!(cases = left.len(), "Nobody may work on restricted cases; give somebody the role for it");
            return Ok(0);
        }
        left.iter().map(|seq| pass_on_one(conn, *seq, (&people, &next), now)).sum()
    })
    .await
}

fn pass_on_one(
    conn: &mut Conn,
    seq: i64,
    (people, next): (&People, &[Id]),
    now: DateTime<Utc>,
) -> Result<usize, Error> {
    let head: Head = incident::table.find(seq).select(Head::as_select()).first(conn)?;
    // Another instance may have been quicker.
    if !store::left_alone(conn)?.contains(&seq) {
        return Ok(0);
    }
    let mut named = store::readers(conn, seq)?;
    named.extend(next.iter().filter(|id| !named.contains(id)).copied().collect::<Vec<_>>());
    let names: Vec<String> = people.named(next).into_iter().map(|(_, name)| name).collect();
    let since = head.restricted_at;
    save(conn, head, (since, &named), ("readers.passed_on", json!({ "readers": names })), (None, now))?;
    Ok(1)
}
