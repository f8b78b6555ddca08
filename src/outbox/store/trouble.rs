//! What does not work and needs somebody: raised by whoever meets it, cleared by whoever sees it work again.
//!
//! A name is a word and whatever tells it apart, as `channel-sealed:<id>`; the words for people stand under
//! `trouble-<word>` in the locales and mention the detail.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::db::{Conn, Instant};
use crate::error::Error;
use crate::schema::trouble;

/// Something that does not work.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = trouble)]
pub struct Trouble {
    /// Its name.
    pub name: String,
    /// What the words for people mention.
    pub detail: String,
    /// How often it was met.
    pub times: i32,
    /// When it was first met.
    pub first_at: Instant,
    /// When it was last met.
    pub last_at: Instant,
}

/// Notes that something does not work, once more or for the first time.
pub fn raise(conn: &mut Conn, name: &str, detail: &str, now: DateTime<Utc>) -> Result<(), Error> {
    use trouble as t;
    let at = Instant::from(now);
    let known = diesel::update(t::table.find(name))
        .set((t::times.eq(t::times + 1), t::detail.eq(detail), t::last_at.eq(at)))
        .execute(conn)?;
    if known == 0 {
        let new = (t::name.eq(name), t::detail.eq(detail), t::times.eq(1), t::first_at.eq(at), t::last_at.eq(at));
        diesel::insert_into(t::table).values(new).execute(conn)?;
    }
    Ok(())
}

/// Notes that it works again.
pub fn clear(conn: &mut Conn, name: &str) -> Result<(), Error> {
    diesel::delete(trouble::table.find(name)).execute(conn)?;
    Ok(())
}

/// Everything that does not work, the oldest first.
pub fn all(conn: &mut Conn) -> Result<Vec<Trouble>, Error> {
    Ok(trouble::table.order((trouble::first_at, trouble::name)).select(Trouble::as_select()).load(conn)?)
}
