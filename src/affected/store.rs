//! The queries on the affected.

mod files;
mod keep;
mod persons;
mod waves;

pub use files::{
    Bad, Import, bad, begin, each_bad, find_import, finish, imports, new_import, part, put_part, remove, running,
    save_import, take_in,
};
pub use keep::{Found, find_named, find_person, forget, forget_files, forget_one, reseal_all};
pub use persons::{
    Decided, Filter, Line, Page, Tally, by_hash, by_id, customers, customers_named, decide, decision, each, list,
    moved_at, posted, set_state, state_of, tally, write_down,
};
pub use waves::{
    Approval, Wave, approvals, approve, bounced, by_letter, chosen_left, feed, find, find_wave, going, letters_begin,
    new_wave, save_wave, settle, waves,
};

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::Circle;
use crate::db::{Backend, Conn, containing};
use crate::error::Error;
use crate::incident::store::Head;
use crate::schema::{affected, incident};

/// The head of a case by its inner number.
pub fn head_of(conn: &mut Conn, incident_seq: i64) -> Result<Head, Error> {
    Ok(incident::table.find(incident_seq).select(Head::as_select()).first(conn)?)
}

type Condition = Box<dyn BoxableExpression<affected::table, Backend, SqlType = Bool>>;

/// The condition that a person of an incident belongs to these.
fn within(incident_seq: i64, circle: &Circle) -> Condition {
    use affected as a;
    let mut all: Condition = Box::new(a::incident_seq.eq(incident_seq));
    if !circle.customers.is_empty() {
        all = Box::new(all.and(a::customer.eq_any(circle.customers.clone())));
    }
    if let Some(minor) = circle.minor {
        all = Box::new(all.and(a::minor.eq(minor)));
    }
    if let Some(protected) = circle.protected {
        all = Box::new(all.and(a::protected.eq(protected)));
    }
    let mut any: Option<Condition> = None;
    for category in &circle.categories {
        let one = a::categories.like(containing(&format!(",{category},")));
        any = Some(match any {
            None => Box::new(one),
            Some(any) => Box::new(any.or(one)),
        });
    }
    match any {
        Some(any) => Box::new(all.and(any)),
        None => all,
    }
}
