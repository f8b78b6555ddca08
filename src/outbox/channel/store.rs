//! The queries on channels.

use diesel::prelude::*;

use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::outbox::transport::Route;
use crate::schema::channel;
use crate::seal::{Broken, Seal};

/// A channel as it is stored.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = channel, treat_none_as_null = true)]
pub struct Channel {
    /// Its inner name.
    pub id: Id,
    /// What people call it; no other has the same.
    pub name: String,
    /// `mail`, `webhook`, `teams`, `slack` or `sms`.
    pub kind: String,
    /// Where a shared mailbox is, or a fixed number; empty where the route is the address.
    pub recipient: String,
    /// `team` or `management`; none for a gateway for persons, or for what hears of no reminders.
    pub circle: Option<String>,
    /// `all`, `privacy` or `network`: which duties it hears of.
    pub about: String,
    /// nb, nn or en.
    pub language: String,
    /// The route as JSON, sealed.
    pub sealed_route: String,
    /// Whether anything is sent by it.
    pub enabled: bool,
    /// Grows by one with every change.
    pub version: i32,
    /// Who made it.
    pub created_by: Id,
    /// When.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Channel {
    /// Opens the route.
    ///
    /// # Errors
    /// When it was sealed with another key.
    pub fn open(&self, seal: &Seal) -> Result<Route, Broken> {
        let json = seal.open(&place(self.id), &self.sealed_route)?;
        serde_json::from_str(&json).map_err(|_| Broken)
    }

    /// Seals a route for the channel of this id.
    pub(super) fn seal(seal: &Seal, id: Id, route: &Route) -> Result<String, Error> {
        let json = serde_json::to_string(route).map_err(Error::internal)?;
        seal.seal(&place(id), &json).map_err(Error::internal)
    }
}

/// Seals every channel's route anew; answers how many were changed. What the new key opens already stays as it is.
pub fn reseal(conn: &mut Conn, (old, new): (&Seal, &Seal)) -> Result<usize, Error> {
    let mut many = 0;
    for one in all(conn)?.into_iter().filter(|one| one.open(new).is_err()) {
        let route = one.open(old).map_err(Error::internal)?;
        let sealed = Channel::seal(new, one.id, &route)?;
        diesel::update(channel::table.find(one.id)).set(channel::sealed_route.eq(sealed)).execute(conn)?;
        many += 1;
    }
    Ok(many)
}

fn place(id: Id) -> String {
    format!("channel {id}")
}

/// Every channel, by name.
pub fn all(conn: &mut Conn) -> Result<Vec<Channel>, Error> {
    Ok(channel::table.order(channel::name).select(Channel::as_select()).load(conn)?)
}

/// Finds a channel.
pub fn find(conn: &mut Conn, id: Id) -> Result<Option<Channel>, Error> {
    Ok(channel::table.find(id).select(Channel::as_select()).first(conn).optional()?)
}

/// Finds a channel by its name.
pub fn by_name(conn: &mut Conn, name: &str) -> Result<Option<Channel>, Error> {
    Ok(channel::table.filter(channel::name.eq(name)).select(Channel::as_select()).first(conn).optional()?)
}

/// Stores a new channel.
pub fn insert(conn: &mut Conn, new: &Channel) -> Result<(), Error> {
    diesel::insert_into(channel::table).values(new).execute(conn)?;
    Ok(())
}

/// Stores a changed channel.
pub fn update(conn: &mut Conn, changed: &Channel) -> Result<(), Error> {
    diesel::update(channel::table.find(changed.id)).set(changed).execute(conn)?;
    Ok(())
}

/// The channels that are on, belong to a circle of the ladder, and hear of duties of this kind (`privacy` or `network`).
pub fn channels_for(conn: &mut Conn, circle: &str, about: &str) -> Result<Vec<Channel>, Error> {
    let on = channel::table.filter(channel::enabled.eq(true)).filter(channel::circle.eq(circle));
    let heard = on.filter(channel::about.eq_any(["all", about]));
    Ok(heard.order(channel::name).select(Channel::as_select()).load(conn)?)
}

/// The gateway that text messages to persons go by, where there is one that is on.
pub fn gateway(conn: &mut Conn) -> Result<Option<Id>, Error> {
    let on = channel::table.filter(channel::enabled.eq(true)).filter(channel::kind.eq("sms"));
    let open = on.filter(channel::recipient.eq("")).order(channel::created_at);
    Ok(open.select(channel::id).first(conn).optional()?)
}
