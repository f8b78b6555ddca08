//! Restricting a case to named people, and opening it up again. To everybody else a restricted case does not exist.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::words;
use crate::db::{Conn, Db, Id, Instant};
use crate::error::{Error, FieldError};
use crate::incident::record::{self, save_head, take};
use crate::incident::store::{self, Head, People};

/// Lets none but these people see a case. Whoever restricts it stays among them, and so does its owner.
pub async fn restrict(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    (mut named, reason): (Vec<Id>, String),
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let reason = words("reason", &reason, 4_000)?;
    named.sort_unstable();
    named.dedup();
    db.write(move |conn| {
        let head = take(conn, by, &key, seen)?.head;
        let people = People::all(conn)?;
        check(&people, &head, by, &named)?;
        let was = store::readers(conn, head.seq)?;
        if head.restricted_at.is_some() && was == named {
            return Ok(head);
        }
        let names = |who: &[Id]| people.named(who).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        let payload = json!({ "readers": names(&named), "from": names(&was), "reason": reason });
        let since = head.restricted_at.or(Some(now.into()));
        save(conn, head, (since, &named), ("readers.named", payload), (Some(by), now))
    })
    .await
}

/// Lets everybody who reads incidents see a case again.
pub async fn open_up(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    reason: String,
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let reason = words("reason", &reason, 4_000)?;
    db.write(move |conn| {
        let head = take(conn, by, &key, seen)?.head;
        if head.restricted_at.is_none() {
            return Ok(head);
        }
        save(conn, head, (None, &[]), ("readers.everybody", json!({ "reason": reason })), (Some(by), now))
    })
    .await
}

/// Refuses names that would lock out whoever has to see to the case, or that could not read it anyway.
fn check(people: &People, head: &Head, by: Id, named: &[Id]) -> Result<(), Error> {
    let mut wrong = Vec::new();
    if named.iter().any(|id| !people.may_read(*id, head.opened_by)) {
        wrong.push(FieldError::new("readers", "reader_unknown"));
    }
    if !named.contains(&by) {
        wrong.push(FieldError::new("readers", "readers_without_you"));
    }
    let owner = people.owner(head);
    if owner.sees_to_it && !named.contains(&owner.id) {
        wrong.push(FieldError::new("readers", "readers_without_owner").with("name", owner.name));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

pub(super) fn save(
    conn: &mut Conn,
    mut head: Head,
    (since, named): (Option<Instant>, &[Id]),
    line: (&str, serde_json::Value),
    (by, now): (Option<Id>, DateTime<Utc>),
) -> Result<Head, Error> {
    head.restricted_at = since;
    head.version += 1;
    head.updated_at = store::next_update(conn, now)?;
    save_head(conn, &head)?;
    store::set_readers(conn, head.seq, named)?;
    record::line(conn, &head, line, (by, Instant::from(now)))?;
    Ok(head)
}
