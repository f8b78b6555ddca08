//! The queries on files.

use diesel::prelude::*;
use serde::Serialize;

use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::schema::{account, attachment, attachment_part, attachment_removal};

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
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// Every file of a case, the oldest first.
pub fn list(conn: &mut Conn, incident: i64) -> Result<Vec<Attachment>, Error> {
    use attachment as a;
    use attachment_removal as r;
    let gone = r::table
        .inner_join(account::table)
        .filter(r::attachment_seq.eq_any(a::table.filter(a::incident_seq.eq(incident)).select(a::seq)));
    let gone: Vec<Removal> = gone.select((r::attachment_seq, r::reason, account::name, r::at)).load(conn)?;
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

/// A file of a case by its id.
pub fn find(conn: &mut Conn, incident: i64, id: &str) -> Result<Attachment, Error> {
    let id = Id::parse(id).ok_or(Error::NotFound)?;
    list(conn, incident)?.into_iter().find(|file| file.id == id).ok_or(Error::NotFound)
}

/// A sealed part of a file.
pub fn part(conn: &mut Conn, seq: i64, number: i32) -> Result<String, Error> {
    Ok(attachment_part::table.find((seq, number)).select(attachment_part::content).first(conn)?)
}
