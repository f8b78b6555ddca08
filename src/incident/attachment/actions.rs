//! Attaching a file to a case, handing it out, and taking it away.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::json;

use super::spool::Received;
use super::store::{self, Attachment};
use super::{Spool, place};
use crate::account::Sight;
use crate::audit::{self};
use crate::db::{Conn, Db, Id, Instant};
use crate::error::Error;
use crate::incident::actions::words;
use crate::incident::record::{self, save_head, take_open};
use crate::incident::store::{self as cases, Head};
use crate::schema::{attachment, attachment_part};
use crate::seal::Seal;

/// The most characters of a reason.
const MOST: usize = 2000;
/// The most files of a case, so that its page can show them.
const FILES: usize = 100;

/// Writes a received file into its case.
pub async fn attach(db: &Db, by: Id, key: String, spool: Spool, now: DateTime<Utc>) -> Result<(Head, Id), Error> {
    let mut file = spool.end()?;
    db.write(move |conn| {
        let head = take_open(conn, by, &key, None)?.head;
        let there = store::list(conn, head.seq)?;
        if there.len() >= FILES {
            return Err(Error::conflict("attachments-full"));
        }
        if let Some(same) = there.iter().find(|same| same.sha256 == file.sha256 && same.removed.is_none()) {
            let mut why = Error::conflict("attachment-there");
            if let Error::Conflict { about, .. } = &mut why {
                about.insert("name".to_owned(), json!(same.name));
            }
            return Err(why);
        }
        insert(conn, head.seq, &mut file, (by, head.here(now).into()))?;
        let particulars = json!({ "id": file.id, "name": file.name, "size": file.size, "sha256": file.sha256 });
        Ok((told(conn, head, ("attachment.added", particulars), (by, now))?, file.id))
    })
    .await
}

fn insert(conn: &mut Conn, incident: i64, file: &mut Received, (by, at): (Id, Instant)) -> Result<(), Error> {
    use attachment as a;
    use attachment_part as p;
    let row = (a::id.eq(file.id), a::incident_seq.eq(incident), a::name.eq(&file.name), a::kind.eq(file.kind));
    let row = (row, a::size.eq(file.size), a::parts.eq(file.parts), a::sha256.eq(&file.sha256));
    let row = (row, a::by_account.eq(by), a::at.eq(at));
    let seq: i64 = diesel::insert_into(a::table).values(row).returning(a::seq).get_result(conn)?;
    file.each(|number, content| {
        let row = (p::attachment_seq.eq(seq), p::number.eq(number), p::content.eq(content));
        diesel::insert_into(p::table).values(row).execute(conn)?;
        Ok(())
    })
}

/// Takes the content of a file away; its digest and the reason stay.
pub async fn remove(
    db: &Db,
    by: Id,
    (key, id): (String, String),
    reason: String,
    now: DateTime<Utc>,
) -> Result<Head, Error> {
    let reason = words("reason", &reason, MOST)?;
    db.write(move |conn| {
        let head = take_open(conn, by, &key, None)?.head;
        let file = store::find(conn, head.seq, &id)?;
        if file.removed.is_some() {
            return Err(Error::conflict("attachment-removed"));
        }
        store::take_away(conn, file.seq, (Some(by), &reason), head.here(now).into())?;
        let particulars = json!({ "id": file.id, "name": file.name, "sha256": file.sha256, "reason": reason });
        told(conn, head, ("attachment.removed", particulars), (by, now))
    })
    .await
}

/// The next version of a case that nothing follows from, with its line.
fn told(
    conn: &mut Conn,
    mut head: Head,
    what: (&str, serde_json::Value),
    (by, now): (Id, DateTime<Utc>),
) -> Result<Head, Error> {
    head.version += 1;
    head.updated_at = cases::next_update(conn, now)?;
    save_head(conn, &head)?;
    record::line(conn, &head, what, (Some(by), now.into()))?;
    Ok(head)
}

/// Finds a file that is about to be handed out, and writes down to whom.
pub async fn hand_out(db: &Db, by: Id, (key, id): (String, String), now: DateTime<Utc>) -> Result<Attachment, Error> {
    db.write(move |conn| {
        let head = cases::head(conn, &key, Sight::of(by))?;
        let file = store::find(conn, head.seq, &id)?;
        if file.removed.is_some() {
            return Err(Error::NotFound);
        }
        let detail = json!({ "id": file.id, "name": file.name, "sha256": file.sha256 });
        audit::read(conn, by, ("attachment.read", &head.reference), detail, now.into())?;
        Ok(file)
    })
    .await
}

/// Opens a sealed part of a file.
///
/// # Errors
/// When it was sealed with another key, or somebody changed it.
pub fn open(seal: &Seal, file: &Attachment, number: i32, sealed: &str) -> Result<Vec<u8>, Error> {
    let place = place(file.id, number);
    seal.open_bytes(&place, sealed).map_err(|why| Error::internal(format!("The attachment {}: {why}", file.id)))
}
