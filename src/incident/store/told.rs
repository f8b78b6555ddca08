//! How many of the affected are told, counted anew each time it is asked.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::Serialize;

use crate::db::{Conn, Instant};
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
    /// How many declined, or cannot be told for a reason that somebody wrote down.
    pub excused: i64,
    /// How many remain: neither told nor excused.
    pub remaining: i64,
    /// Whether nobody remains and somebody is told.
    pub all_told: bool,
    /// Those to be told by their state.
    pub states: BTreeMap<String, i64>,
    /// Those who are told by the way: `email`, `sms`, `letter` or `other`.
    pub by_way: BTreeMap<String, i64>,
    /// When the last of them was told.
    pub last_told_at: Option<Instant>,
    /// Whether these are numbers that somebody wrote down, without persons.
    pub counted: bool,
}

/// How a letter is marked among the ways that were tried.
pub const BY_LETTER: i32 = 4;

impl Figures {
    /// The way by which they were told, as duties name it; `mixed` where there were several.
    #[must_use]
    pub fn channel(&self) -> Option<&str> {
        let mut ways = self.by_way.iter().filter(|(_, many)| **many > 0).map(|(way, _)| way.as_str());
        ways.next().map(|way| if ways.next().is_some() { "mixed" } else { way })
    }

    /// A number written down without persons.
    fn counted(total: i64, told: i64, at: Instant) -> Self {
        let all_told = total > 0 && told == total;
        let last_told_at = (told > 0).then_some(at);
        Self {
            total,
            to_tell: total,
            told,
            remaining: total - told,
            all_told,
            last_told_at,
            counted: true,
            ..Self::default()
        }
    }
}

/// The figures of an incident; none where nobody has been registered or counted.
pub fn figures(conn: &mut Conn, incident_seq: i64) -> Result<Option<Figures>, Error> {
    use affected as a;
    use affected_tally as t;
    type Row = (String, bool, bool, String, i32, i64, Option<Instant>);
    let columns = (a::state, a::chosen, a::excused, a::way, a::tried);
    let counts = (diesel::dsl::count_star(), diesel::dsl::max(a::changed_at));
    let rows: Vec<Row> = a::table
        .filter(a::incident_seq.eq(incident_seq))
        .group_by(columns)
        .select((a::state, a::chosen, a::excused, a::way, a::tried, counts.0, counts.1))
        .load(conn)?;
    if rows.is_empty() {
        let of = t::table.filter(t::incident_seq.eq(incident_seq)).order(t::seq.desc());
        let last: Option<(i64, i64, Instant)> = of.select((t::total, t::told, t::at)).first(conn).optional()?;
        return Ok(last.map(|(total, told, at)| Figures::counted(total, told, at)));
    }
    let mut figures = Figures::default();
    for (state, chosen, excused, way, tried, many, at) in rows {
        figures.total += many;
        if !chosen {
            continue;
        }
        figures.to_tell += many;
        match state.as_str() {
            "sent" | "delivered" | "told_otherwise" => {
                let way = match state.as_str() {
                    "told_otherwise" if tried & BY_LETTER != 0 => "letter".to_owned(),
                    "told_otherwise" => "other".to_owned(),
                    _ => way,
                };
                figures.told += many;
                *figures.by_way.entry(way).or_default() += many;
                figures.last_told_at = figures.last_told_at.max(at);
            }
            "declined" => figures.excused += many,
            _ if excused => figures.excused += many,
            _ => figures.remaining += many,
        }
        *figures.states.entry(state).or_default() += many;
    }
    figures.all_told = figures.told > 0 && figures.remaining == 0;
    Ok(Some(figures))
}
