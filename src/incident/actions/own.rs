//! Naming who sees to a case.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::db::{Db, Id, Instant};
use crate::error::Error;
use crate::incident::record::{self, save_head, take_open};
use crate::incident::store::{self, Head, People};

/// Names the owner of a case; none gives it back to who logged it. Who has left can own nothing.
pub async fn set_owner(
    db: &Db,
    by: Id,
    (key, seen): (String, Option<i32>),
    owner: Option<Id>,
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    db.write(move |conn| {
        let mut head = take_open(conn, by, &key, seen)?.head;
        let people = People::all(conn)?;
        let next = owner.unwrap_or(head.opened_by);
        if !people.may_own(next) {
            return Err(Error::field("owner", "owner_not_here"));
        }
        if head.restricted_at.is_some() && !store::readers(conn, head.seq)?.contains(&next) {
            return Err(Error::field("owner", "owner_not_reader"));
        }
        if owner == head.owner {
            return Ok(head);
        }
        let was = people.owner(&head);
        head.owner = owner;
        head.version += 1;
        head.updated_at = store::next_update(conn, now)?;
        save_head(conn, &head)?;
        let payload = json!({ "owner": owner, "from": was.name, "to": people.owner(&head).name });
        record::line(conn, &head, ("owner.changed", payload), (Some(by), Instant::from(now)))?;
        Ok(head)
    })
    .await
}
