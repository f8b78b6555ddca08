//! The queries on files.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use serde::Serialize;

use super::place;
use crate::db::{Conn, Db, Id, Instant};
use crate::error::Error;
use crate::i18n::{self, Lang};
use crate::schema::{account, attachment, attachment_part, attachment_removal};
use crate::seal::Seal;

/// A file of a case.
#[derive(Clone, Debug, Serialize)]
pub struct Attachment {
    /// Its number.
    pub seq: i64,
    /// Its id.
    pub id: Id,
    /// Its name where it came from.
    pub name: String,
    /// The ending that says what it is.
    pub kind: String,
    /// How many bytes it has.
    pub size: i64,
    /// How many parts it is kept in.
    #[serde(skip)]
    pub parts: i32,
    /// The digest of its content.
    pub sha256: String,
    /// Who attached it.
    pub by: String,
    /// When.
    pub at: Instant,
    /// That it was taken away, if it was.
    pub removed: Option<Removal>,
}

/// That a file was taken away.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Removal {
    #[serde(skip)]
    attachment_seq: i64,
    /// Why; empty when its time was over.
    pub reason: String,
    /// Who; nobody when its time was over.
    pub by: Option<String>,
    /// When.
    pub at: Instant,
}

/// Every file of a case, the oldest first.
pub fn list(conn: &mut Conn, incident: i64) -> Result<Vec<Attachment>, Error> {
    use attachment as a;
    use attachment_removal as r;
    let gone = r::table
        .left_join(account::table)
        .filter(r::attachment_seq.eq_any(a::table.filter(a::incident_seq.eq(incident)).select(a::seq)));
    let gone: Vec<Removal> = gone.select((r::attachment_seq, r::reason, account::name.nullable(), r::at)).load(conn)?;
    type Row = (i64, Id, String, String, i64, i32, String, String, Instant);
    let columns = (a::seq, a::id, a::name, a::kind, a::size, a::parts, a::sha256, account::name, a::at);
    let of = a::table.inner_join(account::table).filter(a::incident_seq.eq(incident));
    let rows: Vec<Row> = of.order(a::seq).select(columns).load(conn)?;
    let one = |(seq, id, name, kind, size, parts, sha256, by, at): Row| {
        let removed = gone.iter().find(|gone| gone.attachment_seq == seq).cloned();
        Attachment { seq, id, name, kind, size, parts, sha256, by, at, removed }
    };
    Ok(rows.into_iter().map(one).collect())
}

impl Removal {
    /// What became of the file, in words; `when` is the time as the reader is told it.
    #[must_use]
    pub fn told(&self, lang: Lang, when: String) -> String {
        match &self.by {
            Some(by) => {
                let args = [("by", by.clone().into()), ("when", when.into()), ("reason", self.reason.clone().into())];
                i18n::text_with(lang, "attachment-removed", &args)
            }
            None => i18n::text_with(lang, "attachment-expired", &[("when", when.into())]),
        }
    }
}

/// Takes the content of a file away; that it was there, its digest, who took it away and why stay.
pub fn take_away(conn: &mut Conn, seq: i64, (by, reason): (Option<Id>, &str), at: Instant) -> Result<(), Error> {
    use attachment_removal as r;
    let row = (r::attachment_seq.eq(seq), r::reason.eq(reason), r::by_account.eq(by), r::at.eq(at));
    diesel::insert_into(r::table).values(row).execute(conn)?;
    let content = attachment_part::table.filter(attachment_part::attachment_seq.eq(seq));
    diesel::delete(content).execute(conn)?;
    Ok(())
}

/// A file of a case by its id.
pub fn find(conn: &mut Conn, incident: i64, id: &str) -> Result<Attachment, Error> {
    let id = Id::parse(id).ok_or(Error::NotFound)?;
    list(conn, incident)?.into_iter().find(|file| file.id == id).ok_or(Error::NotFound)
}

/// A sealed part of a file.
pub fn part(conn: &mut Conn, seq: i64, number: i32) -> Result<String, Error> {
    Ok(attachment_part::table.find((seq, number)).select(attachment_part::content).first(conn)?)
}

/// Seals every part of every file anew, a file in a transaction, so that it can be broken off and taken up again; answers
/// how many parts were changed.
pub fn reseal_all(db: &Db, old: &Seal, new: &Seal) -> Result<usize, Error> {
    let files: Vec<(i64, Id)> = db.read_all(|conn| {
        Ok(attachment::table.order(attachment::seq).select((attachment::seq, attachment::id)).load(conn)?)
    })?;
    let mut many = 0;
    for file in files {
        let (old, new) = (old.clone(), new.clone());
        many += db.write_blocking(move |conn| reseal(conn, (&old, &new), file))?;
    }
    Ok(many)
}

fn reseal(conn: &mut Conn, (old, new): (&Seal, &Seal), (seq, id): (i64, Id)) -> Result<usize, Error> {
    use attachment_part as p;
    let numbers: Vec<i32> = p::table.filter(p::attachment_seq.eq(seq)).order(p::number).select(p::number).load(conn)?;
    let mut many = 0;
    for number in numbers {
        let (sealed, place) = (part(conn, seq, number)?, place(id, number));
        if new.open_bytes(&place, &sealed).is_ok() {
            continue;
        }
        let plain = old.open_bytes(&place, &sealed).map_err(Error::internal)?;
        let anew = new.seal_bytes(&place, &plain).map_err(Error::internal)?;
        if many == 0 {
            guard(conn, false)?;
        }
        diesel::update(p::table.find((seq, number))).set(p::content.eq(anew)).execute(conn)?;
        many += 1;
    }
    if many > 0 {
        guard(conn, true)?;
    }
    Ok(many)
}

/// Sets or lifts the guard that lets nobody change a part; it is lifted inside one transaction only.
fn guard(conn: &mut Conn, on: bool) -> Result<(), Error> {
    let set = match (&conn, on) {
        (Conn::Postgres(_), true) => "ALTER TABLE attachment_part ENABLE TRIGGER attachment_part_keep",
        (Conn::Postgres(_), false) => "ALTER TABLE attachment_part DISABLE TRIGGER attachment_part_keep",
        (Conn::Sqlite(_), true) => {
            "CREATE TRIGGER attachment_part_keep BEFORE UPDATE ON attachment_part BEGIN SELECT RAISE(ABORT, 'attachment_part is append-only'); END"
        }
        (Conn::Sqlite(_), false) => "DROP TRIGGER attachment_part_keep",
    };
    Ok(conn.batch_execute(set)?)
}
