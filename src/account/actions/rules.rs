//! The rules for signing in: read, and saved as a new version.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::account::rules::Rules;
use crate::account::store;
use crate::audit::{self, Entry};
use crate::db::{Db, Id};
use crate::error::Error;

/// Reads the rules that hold, and the number of their version.
pub async fn rules(db: &Db) -> Result<(i32, Rules), Error> {
    db.read(store::rules).await
}

/// Saves the rules, unless somebody saved others since the version that was looked at.
pub async fn save_rules(
    db: &Db,
    (by, address): (Id, String),
    (seen, new): (i32, Rules),
    now: DateTime<Utc>,
) -> Result<(i32, Rules), Error> {
    db.write(move |conn| {
        let (current, old) = store::rules(conn)?;
        if seen != current {
            return Err(Error::Stale { current, changes: json!([]) });
        }
        if old == new {
            return Ok((current, old));
        }
        store::save_rules(conn, current + 1, &new, by, now.into())?;
        let detail = json!({ "version": current + 1, "from": old, "to": new });
        let entry = Entry { actor: Some(by), address: &address, what: "sign-in.saved", subject: "settings", detail };
        audit::append(conn, &entry, now.into())?;
        Ok((current + 1, new))
    })
    .await
}
