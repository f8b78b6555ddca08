//! The names behind a case: who logged it, who owns it, who may, who may read it.

use diesel::prelude::*;

use super::{Head, Owner};
use crate::account::Role;
use crate::account::right::{Named, Read, Report, Right, Work};
use crate::account::store::tokens;
use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::schema::{account, account_role};

/// The people a case may speak of.
pub(in crate::incident) struct People(Vec<Person>);

/// Everybody who may own a case that is not restricted, by name.
pub fn may_own(conn: &mut Conn) -> Result<Vec<(Id, String)>, Error> {
    let all = People::all(conn)?;
    Ok(all.0.iter().filter(|person| person.may::<Work>()).map(Person::named).collect())
}

/// Somebody, as far as a case needs to know.
struct Person {
    id: Id,
    name: String,
    left_at: Option<Instant>,
    roles: Vec<Role>,
    /// A machine sees to nothing.
    is_machine: bool,
}

impl Person {
    fn may<R: Right>(&self) -> bool {
        self.left_at.is_none() && !self.is_machine && Named::of::<R>().is_held_by(&self.roles)
    }
}

impl People {
    /// Everybody there is, and was.
    pub(in crate::incident) fn all(conn: &mut Conn) -> Result<Self, Error> {
        let all = account::table.select((account::id, account::name, account::left_at)).load(conn)?;
        let roles = account_role::table.select((account_role::account_id, account_role::role)).load(conn)?;
        let mut all = together(all, &roles);
        let machines = tokens::machines(conn)?;
        for person in &mut all {
            person.is_machine = machines.iter().any(|one| one.account.id == person.id);
        }
        all.sort_by_cached_key(|person| (person.name.to_lowercase(), person.id));
        Ok(Self(all))
    }

    /// Those that cases of a list speak of.
    pub(super) fn of(conn: &mut Conn, heads: &[Head]) -> Result<Self, Error> {
        let mut who: Vec<Id> = heads.iter().flat_map(|head| [Some(head.opened_by), head.owner]).flatten().collect();
        who.sort_unstable();
        who.dedup();
        let roles = account_role::table.filter(account_role::account_id.eq_any(who.clone()));
        let roles: Vec<(Id, String)> = roles.select((account_role::account_id, account_role::role)).load(conn)?;
        let found = account::table.filter(account::id.eq_any(who));
        Ok(Self(together(found.select((account::id, account::name, account::left_at)).load(conn)?, &roles)))
    }

    fn find(&self, who: Id) -> Option<&Person> {
        self.0.iter().find(|person| person.id == who)
    }

    /// What somebody is called.
    pub(in crate::incident) fn name(&self, of: Id) -> String {
        self.find(of).map(|person| person.name.clone()).unwrap_or_default()
    }

    /// Whether somebody may see to a case: they are here, and they work on incidents.
    pub(in crate::incident) fn may_own(&self, who: Id) -> bool {
        self.find(who).is_some_and(Person::may::<Work>)
    }

    /// Whether somebody may be named as a reader: who reads incidents, or reported this one.
    pub(in crate::incident) fn may_read(&self, who: Id, opened_by: Id) -> bool {
        self.find(who).is_some_and(|person| person.may::<Read>() || (who == opened_by && person.may::<Report>()))
    }

    /// Whoever sees to a case.
    pub(in crate::incident) fn owner(&self, head: &Head) -> Owner {
        let id = head.owner.unwrap_or(head.opened_by);
        let has_left = self.find(id).is_none_or(|person| person.left_at.is_some());
        Owner { id, name: self.name(id), named: head.owner.is_some(), has_left, sees_to_it: self.may_own(id) }
    }

    /// Everybody who may own a case, by name; of a restricted one, those of its readers who may.
    pub(super) fn owners(&self, readers: &[Id], head: &Head) -> Vec<(Id, String)> {
        self.among::<Work>(readers, head)
    }

    /// Everybody who holds a right and may see a case, by name.
    pub(in crate::incident) fn among<R: Right>(&self, readers: &[Id], head: &Head) -> Vec<(Id, String)> {
        let among = |person: &&Person| head.restricted_at.is_none() || readers.contains(&person.id);
        self.0.iter().filter(|person| person.may::<R>()).filter(among).map(Person::named).collect()
    }

    /// Who sees to a case that nobody is left to work on: the privacy officers, or where there is none whoever may.
    pub(in crate::incident) fn successors(&self) -> Vec<Id> {
        let may = || self.0.iter().filter(|person| person.may::<Work>());
        let officers: Vec<Id> =
            may().filter(|person| person.roles.contains(&Role::PrivacyOfficer)).map(|person| person.id).collect();
        if officers.is_empty() { may().map(|person| person.id).collect() } else { officers }
    }

    /// Everybody who may be named as a reader, by name.
    pub(super) fn readers(&self, head: &Head) -> Vec<(Id, String)> {
        self.0.iter().filter(|person| self.may_read(person.id, head.opened_by)).map(Person::named).collect()
    }

    /// Those named, by name.
    pub(in crate::incident) fn named(&self, who: &[Id]) -> Vec<(Id, String)> {
        self.0.iter().filter(|person| who.contains(&person.id)).map(Person::named).collect()
    }
}

impl Person {
    fn named(&self) -> (Id, String) {
        (self.id, self.name.clone())
    }
}

fn together(people: Vec<(Id, String, Option<Instant>)>, held: &[(Id, String)]) -> Vec<Person> {
    let roles =
        |id: Id| held.iter().filter(|(whose, _)| *whose == id).filter_map(|(_, word)| Role::parse(word)).collect();
    people
        .into_iter()
        .map(|(id, name, left_at)| Person { id, name, left_at, roles: roles(id), is_machine: false })
        .collect()
}
