//! The names behind a case: who logged it, who owns it, who may.

use diesel::prelude::*;

use super::{Head, Owner};
use crate::account::store::tokens;
use crate::db::{Conn, Id, Instant};
use crate::error::Error;
use crate::schema::account;

/// The people a case may speak of, as far as names go.
pub(in crate::incident) struct People {
    all: Vec<(Id, String, Option<Instant>)>,
    /// Those of them that are no persons, and so can see to nothing.
    machines: Vec<Id>,
}

impl People {
    /// Everybody there is, and was.
    pub(in crate::incident) fn all(conn: &mut Conn) -> Result<Self, Error> {
        let mut all: Vec<_> = account::table.select((account::id, account::name, account::left_at)).load(conn)?;
        all.sort_by_cached_key(|(id, name, _): &(Id, String, _)| (name.to_lowercase(), *id));
        let machines = tokens::machines(conn)?.into_iter().map(|one| one.account.id).collect();
        Ok(Self { all, machines })
    }

    /// Those that cases of a list speak of.
    pub(super) fn of(conn: &mut Conn, heads: &[Head]) -> Result<Self, Error> {
        let mut who: Vec<Id> = heads.iter().flat_map(|head| [Some(head.opened_by), head.owner]).flatten().collect();
        who.sort_unstable();
        who.dedup();
        let found = account::table.filter(account::id.eq_any(who));
        let all = found.select((account::id, account::name, account::left_at)).load(conn)?;
        Ok(Self { all, machines: Vec::new() })
    }

    /// What somebody is called.
    pub(in crate::incident) fn name(&self, of: Id) -> String {
        self.all.iter().find(|(id, ..)| *id == of).map(|(_, name, _)| name.clone()).unwrap_or_default()
    }

    /// Whether somebody is here who can see to a case: there is such a person, and they have not left.
    pub(in crate::incident) fn has(&self, who: Id) -> bool {
        !self.machines.contains(&who) && self.is_there(who)
    }

    fn is_there(&self, who: Id) -> bool {
        self.all.iter().any(|(id, _, left_at)| *id == who && left_at.is_none())
    }

    /// Whoever sees to a case.
    pub(in crate::incident) fn owner(&self, head: &Head) -> Owner {
        let id = head.owner.unwrap_or(head.opened_by);
        Owner { id, name: self.name(id), named: head.owner.is_some(), has_left: !self.is_there(id) }
    }

    /// Everybody who may own a case, by name.
    pub(super) fn here(&self) -> Vec<(Id, String)> {
        let can = self.all.iter().filter(|(id, ..)| self.has(*id));
        can.map(|(id, name, _)| (*id, name.clone())).collect()
    }
}
