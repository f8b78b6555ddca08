//! The same done to several cases: each by its own action, in a transaction of its own, with its own line.

use chrono::{DateTime, Utc};

use super::{close, open_up, restrict, set_owner};
use crate::account::Sight;
use crate::db::{Db, Id};
use crate::error::{Error, FieldError};
use crate::incident::store::{self, Head, People};

/// How many cases may be picked at once.
pub const MOST_PICKED: usize = 100;

/// A case that was picked, by its reference or id, and the version last seen of it.
pub type Picked = (String, i32);

/// What is done to each.
#[derive(Clone, Debug)]
pub enum Together {
    /// Give an owner; none gives each back to who logged it.
    Own(Option<Id>),
    /// Close, with a reason.
    Close(String),
    /// Restrict to these people, and to whoever does it and whoever sees to the case; with a reason.
    Restrict(Vec<Id>, String),
    /// Open up for everybody who reads incidents, with a reason.
    OpenUp(String),
}

/// Does it to each, and answers for each how it ended; one that is refused keeps no other from being done.
///
/// # Errors
/// When none or too many are picked.
pub async fn each(
    db: &Db,
    by: Id,
    picked: Vec<Picked>,
    what: Together,
    now: DateTime<Utc>,
) -> Result<Vec<(String, Result<Head, Error>)>, Error> {
    if picked.is_empty() {
        return Err(Error::field("incidents", "none_picked"));
    }
    if picked.len() > MOST_PICKED {
        let fault = FieldError::new("incidents", "too_many_picked").with("max", MOST_PICKED);
        return Err(Error::Invalid(vec![fault]));
    }
    let mut ended = Vec::new();
    for (key, seen) in picked {
        let case = (key.clone(), Some(seen));
        let one = match what.clone() {
            Together::Own(owner) => set_owner(db, by, case, owner, now).await,
            Together::Close(reason) => close(db, by, case, reason, now).await,
            Together::OpenUp(reason) => open_up(db, by, case, reason, now).await,
            Together::Restrict(named, reason) => match with_owner(db, by, key.clone(), named).await {
                Ok(named) => restrict(db, by, case, (named, reason), now).await,
                Err(why) => Err(why),
            },
        };
        ended.push((key, one));
    }
    Ok(ended)
}

/// Those named, whoever names them, and whoever sees to the case.
async fn with_owner(db: &Db, by: Id, key: String, named: Vec<Id>) -> Result<Vec<Id>, Error> {
    db.read(move |conn| {
        let head = store::head(conn, &key, Sight::of(by))?;
        let owner = People::all(conn)?.owner(&head);
        let owner = Some(owner.id).filter(|_| owner.sees_to_it);
        Ok(named.iter().copied().chain([by]).chain(owner).collect())
    })
    .await
}
