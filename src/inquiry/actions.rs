//! What is done for a person who asks: search everything, take it out, erase what may go. Each is written down.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::{Hit, MOST, Needle, PLACES, Place};
use crate::account::Sight;
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Id};
use crate::error::Error;
use crate::incident::store::seen_of;

/// What a search found, place by place.
pub type Found = Vec<(&'static Place, Vec<Hit>)>;

/// Searches every place, as of one instant, and writes down that it was done and why.
///
/// # Errors
/// When the database fails.
pub async fn search(db: &Db, by: Id, needle: &Needle, what: &'static str, now: DateTime<Utc>) -> Result<Found, Error> {
    let (asked, masked) = (needle.clone(), needle.masked());
    let found = db.read(move |conn| find(conn, by, &asked)).await?;
    let counts: Map<String, Value> =
        found.iter().map(|(place, hits)| (place.name.to_owned(), json!(hits.len()))).collect();
    let detail = json!({ "asked": masked, "hits": counts });
    db.write(move |conn| audit::read(conn, by, (what, "request"), detail.clone(), now.into())).await?;
    Ok(found)
}

/// What there is of incidents that this person sees; drills hold persons, too.
fn find(conn: &mut Conn, by: Id, needle: &Needle) -> Result<Found, Error> {
    let mut all = Vec::new();
    for place in PLACES {
        all.push((place, (place.find)(conn, needle, MOST)?));
    }
    let named = all.iter().flat_map(|(_, hits): &(_, Vec<Hit>)| hits).filter_map(|hit| hit.reference.clone());
    let seen = seen_of(conn, named.collect(), Sight::of(by).with_drills())?;
    for (_, hits) in &mut all {
        hits.retain(|hit| hit.reference.as_ref().is_none_or(|reference| seen.contains(reference)));
    }
    Ok(all)
}

/// Erases what was chosen, as `place:id`, and answers how much went; what must stay is passed over.
///
/// # Errors
/// When there is no reason, or nothing was chosen.
pub async fn erase(
    db: &Db,
    by: Id,
    needle: &Needle,
    (chosen, reason): (Vec<String>, &str),
    now: DateTime<Utc>,
) -> Result<i64, Error> {
    let reason = reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Error::field("reason", "missing"));
    }
    if chosen.is_empty() {
        return Err(Error::field("item", "nothing_chosen"));
    }
    let needle = needle.clone();
    db.write(move |conn| {
        // Only what the search finds: an address that was made up erases nothing.
        let found = find(conn, by, &needle)?;
        let (mut counts, mut all) = (Map::new(), 0);
        for (place, hits) in &found {
            let Some(erase) = place.erase else { continue };
            let mut went = 0;
            for hit in hits.iter().filter(|hit| hit.erasable) {
                if chosen.contains(&format!("{}:{}", place.name, hit.id)) {
                    went += i64::from(erase(conn, &hit.id)?);
                }
            }
            if went > 0 {
                counts.insert(place.name.to_owned(), json!(went));
            }
            all += went;
        }
        let detail = json!({ "asked": needle.masked(), "removed": counts, "reason": reason });
        let entry = Entry { actor: Some(by), address: "", what: "request.erased", subject: "request", detail };
        audit::append(conn, &entry, now.into())?;
        Ok(all)
    })
    .await
}
