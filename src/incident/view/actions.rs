//! What is done with saved views: save, change, remove, and choose what the list opens with.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::store::{self, View};
use crate::account::Officer;
use crate::account::right::Work;
use crate::audit;
use crate::db::{Db, Id};
use crate::error::{Error, FieldError};
use crate::incident::actions::words;
use crate::incident::pages::Asked;

/// How long a name may be.
const LONGEST: usize = 80;
/// How long what it narrows by may be.
const LONGEST_FILTER: usize = 4_000;
/// How many views one person may save.
const MOST: i64 = 50;

/// How a view is to be.
#[derive(Clone, Debug)]
pub struct Wish {
    /// What it is called.
    pub name: String,
    /// What it narrows by, as the end of an address.
    pub filter: String,
    /// Whether everybody who reads incidents has it.
    pub shared: bool,
    /// Whether the list opens with it for whoever says so.
    pub first: bool,
}

impl Wish {
    /// Checks everything, so that all that is wrong is told at once.
    fn checked(&self) -> Result<Self, Error> {
        let mut wrong = Vec::new();
        let name = words("name", &self.name, LONGEST).unwrap_or_else(|why| {
            wrong.extend_from_slice(why.fields());
            String::new()
        });
        let given = self.filter.chars().count();
        let filter = match Asked::read(&self.filter) {
            _ if given > LONGEST_FILTER => {
                wrong.push(FieldError::new("filter", "too_long").with("max", LONGEST_FILTER).with("given", given));
                String::new()
            }
            Ok(asked) => asked.known().query(),
            Err(why) => {
                wrong.extend_from_slice(why.fields());
                String::new()
            }
        };
        if wrong.is_empty() { Ok(Self { name, filter, ..self.clone() }) } else { Err(Error::Invalid(wrong)) }
    }

    fn told(&self) -> Value {
        json!({ "name": self.name, "filter": self.filter, "shared": self.shared, "opens_with": self.first })
    }
}

/// Saves a view.
///
/// # Errors
/// What is wrong with it, or that it may not be shared by this person.
pub async fn save(db: &Db, by: &Officer, wish: Wish, now: DateTime<Utc>) -> Result<View, Error> {
    let (who, wish) = (by.id, wish.checked()?);
    if wish.shared && !by.may::<Work>() {
        return Err(Error::Forbidden);
    }
    let id = Id::new();
    db.write(move |conn| {
        if store::count(conn, who)? >= MOST {
            return Err(Error::Invalid(vec![FieldError::new("name", "too_many_views").with("max", MOST)]));
        }
        store::insert(conn, id, &wish, (who, now.into()))?;
        if wish.first {
            store::set_first(conn, who, Some(id))?;
        }
        audit::change(conn, Some(who), ("view.saved", "views"), (json!({}), wish.told()), now.into())?;
        store::find(conn, who, &id.to_string())
    })
    .await
}

/// Changes a view: its name, what it narrows by, who has it, and whether one's own list opens with it.
///
/// # Errors
/// When there is no such view for this person, or it is not for them to change.
pub async fn change(db: &Db, by: &Officer, id: String, wish: Wish, now: DateTime<Utc>) -> Result<View, Error> {
    let (officer, wish) = (by.clone(), wish.checked()?);
    db.write(move |conn| {
        let who = officer.id;
        let view = store::find(conn, who, &id)?;
        let stands =
            Wish { name: view.name.clone(), filter: view.filter.clone(), shared: view.shared, first: view.first };
        if (&stands.name, &stands.filter, stands.shared) != (&wish.name, &wish.filter, wish.shared) {
            may_change(&officer, &view, wish.shared)?;
            store::update(conn, view.id, &wish)?;
            if !wish.shared {
                store::keep_to(conn, view.id, who)?;
            }
        }
        if wish.first != view.first {
            store::set_first(conn, who, wish.first.then_some(view.id))?;
        }
        if stands.told() != wish.told() {
            let (before, after) = (stands.told(), wish.told());
            audit::change(conn, Some(who), ("view.changed", &view.name), (before, after), now.into())?;
        }
        store::find(conn, who, &id)
    })
    .await
}

/// Removes a view.
///
/// # Errors
/// When there is no such view for this person, or it is not for them to remove.
pub async fn remove(db: &Db, by: &Officer, id: String, now: DateTime<Utc>) -> Result<(), Error> {
    let officer = by.clone();
    db.write(move |conn| {
        let view = store::find(conn, officer.id, &id)?;
        may_change(&officer, &view, view.shared)?;
        store::delete(conn, view.id)?;
        let before = json!({ "name": view.name, "filter": view.filter, "shared": view.shared });
        audit::change(conn, Some(officer.id), ("view.removed", "views"), (before, json!({})), now.into())
    })
    .await
}

/// One's own is one's own; what everybody has, or will have, is for those who work on incidents. Whoever did not save a
/// view cannot take it for themselves.
fn may_change(by: &Officer, view: &View, shared: bool) -> Result<(), Error> {
    let is_house = view.shared || shared;
    if (is_house && !by.may::<Work>()) || (!view.mine && !shared) { Err(Error::Forbidden) } else { Ok(()) }
}
