//! How many of the affected are told, counted anew each time it is asked.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::Serialize;

use crate::db::Conn;
use crate::error::Error;
use crate::schema::{affected, affected_tally};

/// How far the telling of the affected has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// How many there are.
    pub total: i64,
    /// How many are to be told, by the decision that holds.
    pub to_tell: i64,
    /// How many are told, by a message or otherwise.
    pub told: i64,
    /// How many remain: neither told nor declined.
    pub remaining: i64,
    /// Those to be told by their state.
    pub states: BTreeMap<String, i64>,
    /// Whether these are numbers that somebody wrote down, without persons.
    pub counted: bool,
}

/// The figures of an incident; none where nobody has been registered or counted.
pub fn figures(conn: &mut Conn, incident_seq: i64) -> Result<Option<Figures>, Error> {
    use affected as a;
    use affected_tally as t;
    let rows: Vec<(String, bool, i64)> = a::table
        .filter(a::incident_seq.eq(incident_seq))
        .group_by((a::state, a::chosen))
        .select((a::state, a::chosen, diesel::dsl::count_star()))
        .load(conn)?;
    if rows.is_empty() {
        let of = t::table.filter(t::incident_seq.eq(incident_seq)).order(t::seq.desc());
        let last: Option<(i64, i64)> = of.select((t::total, t::told)).first(conn).optional()?;
        let counted = |(total, told)| Figures {
            total,
            to_tell: total,
            told,
            remaining: total - told,
            states: BTreeMap::new(),
            counted: true,
        };
        return Ok(last.map(counted));
    }
    let mut figures = Figures::default();
    for (state, chosen, many) in rows {
        figures.total += many;
        if !chosen {
            continue;
        }
        figures.to_tell += many;
        match state.as_str() {
            "sent" | "delivered" | "told_otherwise" => figures.told += many,
            "declined" => {}
            _ => figures.remaining += many,
        }
        *figures.states.entry(state).or_default() += many;
    }
    Ok(Some(figures))
}
