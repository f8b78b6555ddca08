//! Closing a case, and opening it again.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::json;

use super::words;
use crate::account::Sight;
use crate::db::{Conn, Db, Id, Instant};
use crate::error::Error;
use crate::incident::DutyStatus;
use crate::incident::drill::actions as drill;
use crate::incident::record::{self, take, take_open};
use crate::incident::store::{self, Head};
use crate::schema::closure;

/// Closes a case; one with open duties is refused, and they are named.
pub async fn close(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    reason: String,
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let reason = words("reason", &reason, 4_000)?;
    db.write(move |conn| close_in(conn, by, (&key, seen), &reason, now)).await
}

/// Closes it in the caller's transaction.
pub(crate) fn close_in(
    conn: &mut Conn,
    by: Id,
    (key, seen): (&str, Option<i32>),
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    take_open(conn, by, key, seen)?;
    let case = store::find(conn, key, Sight::of(by), now)?;
    let name = |duty: &DutyStatus| match &duty.duty.for_whom {
        Some(name) => format!("{} ({name})", duty.duty.id),
        None => duty.duty.id.to_owned(),
    };
    let open: Vec<String> = case.open_duties().into_iter().map(name).collect();
    // A drill ends when it ends; what was left undone is what its report tells.
    if !open.is_empty() && !case.head.is_drill() {
        return Err(Error::Conflict {
            code: "open-duties",
            about: [("duties".to_owned(), json!(open))].into_iter().collect(),
        });
    }
    end(conn, case.head, ("closed", "incident.closed", reason), by, now)
}

/// Opens a closed case again.
pub async fn reopen(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    reason: String,
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let reason = words("reason", &reason, 4_000)?;
    db.write(move |conn| {
        let case = take(conn, by, &key, seen)?;
        if case.head.status == "open" {
            return Err(Error::conflict("not-closed"));
        }
        end(conn, case.head, ("reopened", "incident.reopened", &reason), by, now)
    })
    .await
}

fn end(
    conn: &mut Conn,
    mut head: Head,
    (what, kind, reason): (&str, &str, &str),
    by: Id,
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    use closure as c;
    let at = Instant::from(now);
    if head.is_drill() {
        head = drill::end(conn, head, what == "closed", (by, now))?;
    }
    let row = (
        c::incident_seq.eq(head.seq),
        c::what.eq(what),
        c::reason.eq(reason),
        c::by_account.eq(by),
        c::at.eq(Instant::from(head.here(now))),
    );
    diesel::insert_into(c::table).values(row).execute(conn)?;
    head.version += 1;
    head.status = if what == "closed" { "closed" } else { "open" }.to_owned();
    // Nothing is owed in a closed case; one that is opened again is judged anew when somebody looks.
    head.holds_until = (what == "reopened").then_some(at);
    head.updated_at = store::next_update(conn, now)?;
    diesel::update(crate::schema::incident::table.find(head.seq)).set(&head).execute(conn)?;
    record::line(conn, &head, (kind, json!({ "reason": reason })), (Some(by), at))?;
    Ok(head)
}
