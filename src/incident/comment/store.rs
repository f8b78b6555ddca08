//! The queries on comments.

use diesel::prelude::*;

use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::schema::{account, incident_comment};

/// How many of the newest are read to find the few that a page shows.
const LATEST: i64 = 20;

/// A comment.
#[derive(Clone, Debug, Queryable)]
pub struct Comment {
    /// Its number.
    pub seq: i64,
    /// Its id.
    pub id: Id,
    /// What was said; empty when it was taken away.
    pub words: String,
    /// The number of the comment it stands for.
    pub replaces: Option<i64>,
    /// Who said it.
    pub by_id: Id,
    /// What that person is called.
    pub by: String,
    /// When.
    pub at: Instant,
}

macro_rules! columns {
    () => {{
        use incident_comment as c;
        (c::seq, c::id, c::words, c::replaces_seq, c::by_account, account::name, c::at)
    }};
}

/// Every comment on a case, the oldest first, those that were replaced among them.
pub fn list(conn: &mut Conn, incident: i64) -> Result<Vec<Comment>, Error> {
    let of = incident_comment::table.inner_join(account::table).filter(incident_comment::incident_seq.eq(incident));
    Ok(of.order(incident_comment::seq).select(columns!()).load(conn)?)
}

/// The newest comments that stand, the oldest of them first, and how many stand in all.
pub fn newest(conn: &mut Conn, incident: i64, most: usize) -> Result<(Vec<Comment>, i64), Error> {
    let of = || incident_comment::table.filter(incident_comment::incident_seq.eq(incident));
    let latest = of().inner_join(account::table).order(incident_comment::seq.desc()).limit(LATEST);
    let mut all: Vec<Comment> = latest.select(columns!()).load(conn)?;
    let replaced: Vec<i64> = all.iter().filter_map(|comment| comment.replaces).collect();
    all.retain(|comment| !replaced.contains(&comment.seq));
    all.truncate(most);
    all.reverse();
    let first = of().filter(incident_comment::replaces_seq.is_null());
    Ok((all, first.count().get_result(conn)?))
}

/// A comment on a case by its id.
pub fn find(conn: &mut Conn, incident: i64, id: &str) -> Result<Comment, Error> {
    let id = Id::parse(id).ok_or(Error::NotFound)?;
    let of = incident_comment::table.inner_join(account::table).filter(incident_comment::incident_seq.eq(incident));
    Ok(of.filter(incident_comment::id.eq(id)).select(columns!()).first(conn)?)
}

/// The first of the comments that this one corrects, one after the other; itself where it corrects none.
pub fn root(all: &[Comment], of: &Comment) -> Id {
    let before = of.replaces.and_then(|seq| all.iter().find(|other| other.seq == seq));
    before.map_or(of.id, |before| root(all, before))
}

/// Stores a comment, and answers its id.
pub(super) fn insert(
    conn: &mut Conn,
    incident: i64,
    (words, replaces): (&str, Option<i64>),
    (by, at): (Id, Instant),
) -> Result<Id, Error> {
    use incident_comment as c;
    let id = Id::new();
    let row = (c::id.eq(id), c::incident_seq.eq(incident), c::words.eq(words), c::replaces_seq.eq(replaces));
    diesel::insert_into(c::table).values((row, c::by_account.eq(by), c::at.eq(at))).execute(conn)?;
    Ok(id)
}
