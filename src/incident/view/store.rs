//! The queries on saved views.

use diesel::prelude::*;
use serde::Serialize;

use super::Wish;
use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::schema::{account, first_view, saved_view};

/// A saved view, as somebody sees it.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    /// Its id.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// What it narrows by, as the end of an address.
    pub filter: String,
    /// Whether everybody who reads incidents has it.
    pub shared: bool,
    /// Whether it is one's own.
    pub mine: bool,
    /// Who saved it.
    pub by: String,
    /// Whether the list opens with it.
    pub first: bool,
}

/// One's own views and those that are shared, by name.
pub fn all(conn: &mut Conn, who: Id) -> Result<Vec<View>, Error> {
    use saved_view as v;
    type Row = (Id, Id, String, String, bool, String);
    let columns = (v::id, v::account_id, v::name, v::filter, v::shared, account::name);
    let seen = v::table.inner_join(account::table).filter(v::account_id.eq(who).or(v::shared.eq(true)));
    let rows: Vec<Row> = seen.select(columns).load(conn)?;
    let first: Option<Id> = first_view::table.find(who).select(first_view::view_id).first(conn).optional()?;
    let one = |(id, whose, name, filter, shared, by): Row| View {
        id,
        name,
        filter,
        shared,
        mine: whose == who,
        by,
        first: first == Some(id),
    };
    let mut all: Vec<View> = rows.into_iter().map(one).collect();
    all.sort_by_cached_key(|view| (!view.mine, view.name.to_lowercase(), view.id));
    Ok(all)
}

/// One of them.
pub fn find(conn: &mut Conn, who: Id, id: &str) -> Result<View, Error> {
    let id = Id::parse(id).ok_or(Error::NotFound)?;
    all(conn, who)?.into_iter().find(|view| view.id == id).ok_or(Error::NotFound)
}

/// How many somebody has saved.
pub(super) fn count(conn: &mut Conn, who: Id) -> Result<i64, Error> {
    Ok(saved_view::table.filter(saved_view::account_id.eq(who)).count().get_result(conn)?)
}

pub(super) fn insert(conn: &mut Conn, id: Id, wish: &Wish, (by, at): (Id, Instant)) -> Result<(), Error> {
    use saved_view as v;
    let row = (v::id.eq(id), v::account_id.eq(by), v::name.eq(&wish.name), v::filter.eq(&wish.filter));
    diesel::insert_into(v::table).values((row, v::shared.eq(wish.shared), v::created_at.eq(at))).execute(conn)?;
    Ok(())
}

pub(super) fn update(conn: &mut Conn, id: Id, wish: &Wish) -> Result<(), Error> {
    use saved_view as v;
    let now = (v::name.eq(&wish.name), v::filter.eq(&wish.filter), v::shared.eq(wish.shared));
    diesel::update(v::table.find(id)).set(now).execute(conn)?;
    Ok(())
}

/// Deletes a view; no list opens with it any more.
pub(super) fn delete(conn: &mut Conn, id: Id) -> Result<(), Error> {
    diesel::delete(first_view::table.filter(first_view::view_id.eq(id))).execute(conn)?;
    diesel::delete(saved_view::table.find(id)).execute(conn)?;
    Ok(())
}

/// No list of others opens with a view that is no longer shared.
pub(super) fn keep_to(conn: &mut Conn, id: Id, owner: Id) -> Result<(), Error> {
    let others = first_view::table.filter(first_view::view_id.eq(id)).filter(first_view::account_id.ne(owner));
    diesel::delete(others).execute(conn)?;
    Ok(())
}

/// Lets somebody's list open with a view, or with everything.
pub(super) fn set_first(conn: &mut Conn, who: Id, view: Option<Id>) -> Result<(), Error> {
    use first_view as f;
    diesel::delete(f::table.find(who)).execute(conn)?;
    if let Some(view) = view {
        diesel::insert_into(f::table).values((f::account_id.eq(who), f::view_id.eq(view))).execute(conn)?;
    }
    Ok(())
}
